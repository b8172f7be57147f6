//! Two versions side by side: which sentence answers which, and what became of its words.

mod layout;
mod pair;
mod worker;

pub use worker::serve;

use super::messages::{M, fill, t};
use super::reader::outlet_words;
use super::session::{Screen, Session};
use super::view::{El, Node, button, el, many};
use crate::browser;
use crate::model::{Article, Id, Item};
use crate::text::{Text, order};
use crate::versions::compare::{Comparison, Side};
use crate::versions::relation::{Guess, Refined, Way};
use layout::{Line, lines};
use leptos::prelude::*;

/// The comparison screen.
pub(super) fn compare(session: Session, left: Id<Article>, right: Id<Article>) -> Node {
    let sides = session.project.with_untracked(|p| {
        let side = |id: &Id<Article>| {
            let article = p.find(id)?;
            Some(Side { text: p.text(&article.text)?.clone(), published: article.published.get().clone() })
        };
        Some((side(&left)?, side(&right)?))
    });
    let Some((a, b)) = sides else {
        return el("p").class("empty").child(t(M::CompareNeedTwo)).into();
    };
    let answer = worker::compare(a.clone(), b.clone());
    let texts = (a.text, b.text);
    let body = move || match answer.get() {
        None => el("p").class("empty").set("role", "status").child(t(M::Comparing)).into(),
        Some(comparison) => found(&comparison, &texts),
    };
    el("div").class("compare").child(head(session, left, right)).part(body).into()
}

/// Which two versions, with a way to exchange either.
fn head(session: Session, left: Id<Article>, right: Id<Article>) -> El {
    let swap = {
        let (left, right) = (left.clone(), right.clone());
        move || session.go(Screen::Compare(right.clone(), left.clone()))
    };
    let (with_left, with_right) = (right.clone(), left.clone());
    el("header")
        .class("compare-head")
        .child(choice(session, left, M::CompareLeft, move |id| Screen::Compare(id, with_left.clone())))
        .child(button("⇄").tip(t(M::Swap)).label(t(M::Swap)).on_click(swap))
        .child(choice(session, right, M::CompareRight, move |id| Screen::Compare(with_right.clone(), id)))
}

/// One of the two, and what could stand in its place.
fn choice(
    session: Session,
    chosen: Id<Article>,
    label: M,
    go: impl Fn(Id<Article>) -> Screen + 'static,
) -> El {
    let story = session.story_of(&chosen);
    let here = chosen.clone();
    let options = move || {
        let all = session.project.with(|p| {
            // Versions of the story first; an article of another story can be compared all the same.
            let mut all: Vec<_> = p.all::<Article>().collect();
            order::sort_by_key(&mut all, |a| *a.story.get() != story);
            let named = |a: &Item<'_, Article>| {
                let (title, outlet) = (a.title.get().clone().unwrap_or_default(), outlet_words(a));
                let words = if outlet.is_empty() { title } else { format!("{outlet}: {title}") };
                (a.id(), words)
            };
            all.iter().map(named).collect::<Vec<_>>()
        });
        many(all.into_iter().map(|(id, words)| {
            el("option").set("value", id.to_string()).flag("selected", id == here).child(words)
        }))
    };
    let change = move |id: String| {
        if let Some(id) = Id::parse(&id) {
            session.go(go(id));
        }
    };
    let open = move || session.go(Screen::Read(chosen.clone()));
    el("span")
        .class("side")
        .child(el("select").label(t(label)).on_change(change).part(options))
        .child(button(t(M::OpenArticle)).class("quiet").on_click(open))
}

/// What was found: the verdict with its reasons, then row by row.
fn found(found: &Comparison, texts: &(Text, Text)) -> Node {
    let evidence = found.relation.evidence.iter().take(4).map(|e| el("li").child(e.to_string()));
    let verdict = el("section")
        .class("verdict")
        .child(
            el("p")
                .child(el("b").child(verdict(found)))
                .child(" ")
                .child(el("span").class("hint").child(reuse_words(found))),
        )
        .child(
            el("details")
                .child(el("summary").class("hint").child(t(M::WhyThis)))
                .child(el("ul").class("evidence-list").children(evidence))
                .child(el("p").class("hint").child(found.relation.would_change())),
        );
    let legend = el("p")
        .class("legend")
        .set("aria-hidden", "true")
        .child(el("span").child(el("del").child(t(M::Removed))))
        .child(el("span").child(el("ins").child(t(M::Inserted))))
        .child(el("span").class("respelt").child(t(M::Respelt)));
    let rows = lines(found).into_iter().enumerate().map(|(i, line)| {
        let change = match &line {
            Line::Row(row) => found.rows[*row].op != crate::versions::operation::Op::Verbatim,
            Line::OnlyLeft(_) | Line::OnlyRight(_) => true,
        };
        pair::pair(i, change, &line, found, texts)
    });
    many([verdict, legend, el("div").class("sides").children(rows)])
}

/// The guess in a sentence.
fn verdict(found: &Comparison) -> String {
    let relation = &found.relation;
    let guess = t(match relation.guess {
        Guess::Identical => M::GuessIdentical,
        Guess::NearDuplicate => M::GuessNearDuplicate,
        Guess::WhollyDerived => M::GuessWhollyDerived,
        Guess::PartiallyDerived => M::GuessPartiallyDerived,
        Guess::SharedSource => M::GuessSharedSource,
        Guess::NonDerived => M::GuessNonDerived,
    });
    let way = match relation.direction {
        Way::AToB => Some(t(M::WayLeftToRight)),
        Way::BToA => Some(t(M::WayRightToLeft)),
        Way::Unknown => None,
    };
    let more = relation.refinement.iter().map(|r| {
        t(match r {
            Refined::Syndicated => M::RefinedSyndicated,
            Refined::Translation => M::RefinedTranslation,
            Refined::BackTranslated => M::RefinedBackTranslated,
            Refined::Spun => M::RefinedSpun,
        })
    });
    let parts: Vec<&str> = std::iter::once(guess).chain(way).chain(more).collect();
    format!("{}.", parts.join(", "))
}

/// What the guess rests on, in numbers.
fn reuse_words(found: &Comparison) -> String {
    let share =
        |share: Option<f32>| share.map_or("–".to_owned(), |s| format!("{} %", (s * 100.0).round() as i32));
    let reuse = &found.reuse;
    fill(M::ReuseNumbers, &[&share(reuse.outside.b_in_a), &share(reuse.inside.b_in_a)])
}

/// Goes to the next or previous place where something changed.
pub(super) fn go_change(by: i32) {
    browser::step_through(".pair[data-change]", "current", by);
}
