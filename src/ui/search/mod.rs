//! Where else in the project a passage occurs, word for word or in other words.

use super::actions::how;
use super::compare::{name_of, open_place};
use super::messages::{M, fill, t};
use super::questions::{Answer, Place, Question, asked};
use super::session::{Screen, Session};
use super::view::{El, Node, button, el, live};
use crate::browser;
use crate::model::{Article, Id, Project};
use crate::text::{Span, Text, paragraphs, sentences};
use leptos::prelude::*;

/// The screen.
pub(super) fn search(session: Session, passage: String) -> Node {
    let wanted = RwSignal::new(passage);
    let texts = Memo::new(move |_| {
        session.project.with(|p| {
            let mut all: Vec<String> = p.all::<Article>().map(|a| a.text.to_string()).collect();
            all.sort_unstable();
            all.dedup();
            all
        })
    });
    let answer = asked(
        move || {
            let passage = wanted.get();
            let keys = texts.get();
            if passage.trim().is_empty() {
                return None;
            }
            let texts = session.project.with_untracked(|p| {
                let text = |key: &String| Some(p.text(&Id::parse(key)?)?.as_str().to_owned());
                keys.iter().filter_map(|key| Some((key.clone(), text(key)?))).collect()
            });
            Some(Question::Find(texts, passage))
        },
        |answer| match answer {
            Answer::Found(found) => Some(found),
            _ => None,
        },
    );
    let field = el("textarea")
        .id("passage")
        .set("rows", "3")
        .set("placeholder", t(M::PassageHint))
        .label(t(M::PassageHint))
        .value(move || wanted.get_untracked())
        .on_change(move |words| {
            session.go(Screen::Passage(words.clone()));
            wanted.set(words);
        });
    let found = live(move || match answer.answer.get() {
        Some(_) if wanted.read().trim().is_empty() => Node::Nothing,
        Some(found) => hits(session, &found),
        None => Node::Nothing,
    });
    el("div")
        .class("search")
        .child(el("h2").class("screen-title").child(t(M::PassageTitle)))
        .child(el("p").class("hint").child(how(M::PassageHow)))
        .child(field)
        .child(button(t(M::PassageFind)).class("primary").on_click(browser::blur))
        .child(answer.progress(M::PassageWorking))
        .child(found)
        .into()
}

/// A place as the list shows it.
struct Hit {
    article: Id<Article>,
    name: String,
    text: Text,
    span: Span,
    exact: bool,
    likeness: u8,
}

fn hits(session: Session, found: &[Place]) -> Node {
    let hits: Vec<Hit> = session.project.with_untracked(|p| found.iter().flat_map(|f| at(p, f)).collect());
    if hits.is_empty() {
        return el("p").class("empty").set("role", "status").child(t(M::PassageNowhere)).into();
    }
    let title = fill(M::PassagePlaces, &[&hits.len().to_string()]);
    el("section")
        .class("hits")
        .child(el("h2").set("role", "status").child(title))
        .child(el("ol").children(hits.into_iter().map(|hit| row(session, hit))))
        .into()
}

/// The articles with this text, with the sentence in each.
fn at(p: &Project, found: &Place) -> Vec<Hit> {
    let Some(text) = Id::parse(&found.text).and_then(|id| p.text(&id).cloned()) else { return Vec::new() };
    let Some(span) = text.span_from_chars(found.at) else { return Vec::new() };
    let articles = p.all::<Article>().filter(|a| a.text.as_str() == found.text);
    articles
        .map(|a| Hit {
            article: a.id(),
            name: name_of(&a),
            text: text.clone(),
            span,
            exact: found.exact,
            likeness: found.likeness,
        })
        .collect()
}

fn row(session: Session, hit: Hit) -> El {
    let how = match hit.exact {
        true => t(M::PassageExact).to_owned(),
        false => fill(M::PassageReworded, &[&hit.likeness.to_string()]),
    };
    let words = hit.span.slice(&hit.text).to_owned();
    let (article, text, span) = (hit.article, hit.text, hit.span);
    el("li").child(
        el("button")
            .set("type", "button")
            .class("quiet hit")
            .on_click(move || open_place(session, &article, &text, span))
            .child(el("span").class("from").child(hit.name))
            .child(el("span").class(if hit.exact { "how exact" } else { "how" }).child(how))
            .child(el("span").class("words").set("dir", "auto").child(words)),
    )
}

/// Looks for the selected words; without any, for the sentence that the caret is in.
pub(super) fn find_passage(session: Session) {
    let selected = session.selected.get_untracked();
    let words = selected.and_then(|s| {
        let text = session.project.with_untracked(|p| p.text(&s.text).cloned())?;
        if !s.span.is_empty() {
            return Some(s.span.slice(&text).to_owned());
        }
        let mut all = paragraphs(&text).into_iter().flat_map(|p| sentences(&text, p));
        let here = all.find(|one| one.start() <= s.span.start() && s.span.start() <= one.end())?;
        Some(here.slice(&text).to_owned())
    });
    session.go(Screen::Passage(words.unwrap_or_default()));
}
