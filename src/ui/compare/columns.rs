//! Any number of versions in columns against a base, by the graph of their sentences.

use super::between::action_button;
use super::comparing::End;
use super::unit::{Differs, Paint, Shows, interleaved, unit};
use super::{active_bar, bar_at, end_of, follow_selection, name_of, sides};
use crate::model::{Article, Id};
use crate::text::Span;
use crate::ui::messages::{M, fill, t};
use crate::ui::questions::{Answer, Question, asked};
use crate::ui::reader::{self, Desk};
use crate::ui::session::{Screen, Session};
use crate::ui::view::{El, Node, button, el, many, react};
use crate::versions::columns::{Changed, Group, Sentence};
use crate::versions::corrections::corrections;
use crate::versions::words::Change;
use leptos::prelude::*;

/// Columns are compared in pairs, so that their number is bounded.
pub(super) const MOST: usize = 8;

/// The screen: the first article is the base.
pub(in crate::ui) fn columns(session: Session, articles: Vec<Id<Article>>) -> Node {
    let ends: Vec<End> = articles.iter().filter_map(|article| end_of(session, article)).take(MOST).collect();
    if ends.len() < 2 {
        return el("p").class("empty").child(t(M::CompareNeedTwo)).into();
    }
    session.compare.clear();
    let marks: Vec<Desk> = ends.iter().filter_map(|end| Desk::open(session, end.article.clone())).collect();
    let at_hand = follow_selection(session, &ends, &marks);
    let known = ends.clone();
    let said = Memo::new(move |_| {
        session.project.with(|p| {
            let pairs = (0..known.len()).flat_map(|i| (i + 1..known.len()).map(move |j| (i, j)));
            let said = pairs.map(|(i, j)| (i, j, corrections(p, &known[i].text_id, &known[j].text_id)));
            said.filter(|(_, _, said)| !said.is_empty()).collect::<Vec<_>>()
        })
    });
    let texts: Vec<(String, String)> =
        ends.iter().map(|end| (end.article.to_string(), end.text.as_str().to_owned())).collect();
    let answer = asked(
        move || Some(Question::Columns(texts.clone(), said.get())),
        |answer| match answer {
            Answer::Columns(found) => Some(found),
            _ => None,
        },
    );
    react(move || {
        let found = answer.answer.get();
        let changed = found.iter().flat_map(|f| f.iter().enumerate()).filter(|(_, group)| !group.same);
        session.compare.changes.set(changed.map(|(i, _)| format!("c{i}")).collect());
    });
    let count = ends.len().to_string();
    let heads = heads(session, &ends);
    let marks_shown = marks.clone();
    let rows = move || match answer.answer.get() {
        None => Node::Nothing,
        Some(found) => {
            many(found.iter().enumerate().map(|(i, group)| group_row(session, &ends, &marks, i, group)))
        }
    };
    let ways = el("div")
        .class("ways")
        .child(action_button(session, "previous-change"))
        .child(action_button(session, "next-change"))
        .child(add(session, articles));
    el("div")
        .class("compare many")
        .style("--columns", move || count.clone())
        .child(el("p").class("hint").child(t(M::ColumnsHint)))
        .child(ways)
        .child(answer.progress(M::Comparing))
        .child(heads)
        .child(sides(session).part(rows))
        .child(reader::over_texts(&marks_shown))
        .child(active_bar(session, marks_shown))
        .child(bar_at(at_hand))
        .into()
}

/// The names of the columns; any but the first can become the base, or go.
fn heads(session: Session, ends: &[End]) -> El {
    let all: Vec<Id<Article>> = ends.iter().map(|end| end.article.clone()).collect();
    let heads = ends.iter().enumerate().map(|(i, end)| {
        let name = session.project.with_untracked(|p| p.find(&end.article).map(|a| name_of(&a)));
        let article = end.article.clone();
        let (mut first, mut without) = (all.clone(), all.clone());
        let base = first.remove(i);
        first.insert(0, base);
        without.remove(i);
        let tools = (i > 0).then(|| {
            let go = |screen: Vec<Id<Article>>| move || session.go(Screen::Columns(screen.clone()));
            let fewer = (without.len() >= 2).then(|| {
                button("×")
                    .class("quiet")
                    .label(t(M::ColumnRemove))
                    .tip(t(M::ColumnRemove))
                    .on_click(go(without))
            });
            let base = button(t(M::ColumnBase)).class("quiet make-base").on_click(go(first));
            many([Node::from(base), fewer.into()])
        });
        el("div")
            .class("column-head")
            .child(el("b").child(fill(M::ColumnNumber, &[&(i + 1).to_string()])))
            .child((i == 0).then(|| el("span").class("base").child(t(M::ColumnIsBase))))
            .child(
                button(name.unwrap_or_default())
                    .class("quiet name")
                    .on_click(move || session.go(Screen::Read(article.clone()))),
            )
            .child(tools)
    });
    el("header").class("column-heads").children(heads)
}

/// A list of what else could be a column.
fn add(session: Session, shown: Vec<Id<Article>>) -> El {
    let story = shown.first().and_then(|article| session.story_of(article));
    let others: Vec<(Id<Article>, String)> = session.project.with_untracked(|p| {
        let versions = story.map(|story| p.versions(&story)).unwrap_or_default();
        versions.iter().map(|a| (a.id(), name_of(a))).filter(|(id, _)| !shown.contains(id)).collect()
    });
    let none = others.is_empty();
    let options = others.into_iter().map(|(id, name)| el("option").set("value", id.to_string()).child(name));
    el("select")
        .label(t(M::ColumnAdd))
        .flag("hidden", none)
        .on_change(move |id| {
            if let Some(id) = Id::<Article>::parse(&id) {
                let mut more = shown.clone();
                more.push(id);
                session.go(Screen::Columns(more));
            }
        })
        .child(el("option").set("value", "").child(t(M::ColumnAdd)))
        .children(options)
}

fn group_row(session: Session, ends: &[End], marks: &[Desk], number: usize, group: &Group) -> El {
    let key = format!("c{number}");
    let cells = group.cells.iter().enumerate().map(|(version, sentences)| {
        let end = &ends[version];
        let missing = sentences.is_empty() && group.cells.iter().any(|other| !other.is_empty());
        let here = Shows { end, desk: marks[version] };
        let inner = sentences.iter().enumerate().flat_map(|(k, sentence)| {
            let gap = (k > 0).then(|| Node::from(" "));
            let span = end.text.span_from_chars(sentence.at).unwrap_or_default();
            let is_new = version > 0 && group.cells[0].is_empty();
            let shown: Vec<Node> = if is_new {
                vec![unit(session, here.desk, &end.text, span, vec![(span, Paint::Inserted)]).into()]
            } else {
                let base = Shows { end: &ends[0], desk: marks[0] };
                interleaved(session, here, base, span, differs(&ends[0], end, sentence))
            };
            gap.into_iter().chain(shown)
        });
        let class = if sentences.iter().any(|s| s.rewritten) { "cell rewritten" } else { "cell" };
        el("div")
            .class(class)
            .set("data-text", end.text_id.to_string())
            .set("data-column", (version + 1).to_string())
            .set("dir", "auto")
            .child(missing.then(|| el("span").class("missing").child(t(M::ColumnMissing))))
            .children(inner)
    });
    let (here, there) = (key.clone(), key.clone());
    el("div")
        .class("pair group")
        .id(format!("pair-{key}"))
        .set_some("data-change", (!group.same).then(|| "yes".to_owned()))
        .class_if("current", move || session.compare.current.read().as_ref() == Some(&here))
        .on_click(move || session.compare.current.set(Some(there.clone())))
        .children(cells)
}

/// What differs from the base, where so much is left of it that single words say something.
fn differs(base: &End, end: &End, sentence: &Sentence) -> Vec<Differs> {
    let changes = sentence.changes.iter().filter(|_| !sentence.rewritten);
    let place = |end: &End, at| end.text.span_from_chars(at).unwrap_or_default();
    // A word that is only spelt otherwise is not said twice.
    let gone = |c: &Changed| if c.change == Change::Respelt { Span::default() } else { place(base, c.base) };
    changes.map(|c| (Paint::of(c.change, true), place(end, c.at), gone(c))).collect()
}
