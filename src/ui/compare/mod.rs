//! Two versions side by side: which sentence answers which, and what became of its words.

mod layout;
mod pair;
mod worker;

pub(super) use worker::serve;

use super::messages::{M, fill, t};
use super::reader::outlet_words;
use super::session::{Screen, session};
use crate::browser;
use crate::model::{Article, Id};
use crate::text::{Text, order};
use crate::versions::compare::{Comparison, Side};
use crate::versions::relation::{Guess, Refined, Way};
use layout::{Line, lines};
use leptos::prelude::*;
use std::sync::Arc;

/// The comparison screen.
#[component]
pub(super) fn Compare(left: Id<Article>, right: Id<Article>) -> impl IntoView {
    let session = session();
    let sides = session.project.with_untracked(|p| {
        let side = |id: &Id<Article>| {
            let article = p.find(id)?;
            Some(Side { text: p.text(&article.text)?.clone(), published: article.published.get().clone() })
        };
        Some((side(&left)?, side(&right)?))
    });
    let Some((a, b)) = sides else {
        return view! { <p class="empty">{t(M::CompareNeedTwo)}</p> }.into_any();
    };
    let found = worker::compare(a.clone(), b.clone());
    let texts = (a.text, b.text);
    let body = move || match found.get() {
        None => view! { <p class="empty" role="status">{t(M::Comparing)}</p> }.into_any(),
        Some(found) => view! { <Found found texts=texts.clone() /> }.into_any(),
    };
    view! {
        <div class="compare">
            <Head left right />
            {body}
        </div>
    }
    .into_any()
}

/// Which two versions, with a way to exchange either.
#[component]
fn Head(left: Id<Article>, right: Id<Article>) -> impl IntoView {
    let session = session();
    let swap = {
        let (left, right) = (left.clone(), right.clone());
        move |_| session.go(Screen::Compare(right.clone(), left.clone()))
    };
    let (with_left, with_right) = (right.clone(), left.clone());
    view! {
        <header class="compare-head">
            <Choice chosen=left label=M::CompareLeft go=Callback::new(move |id| Screen::Compare(id, with_left.clone())) />
            <button type="button" title=t(M::Swap) aria-label=t(M::Swap) on:click=swap>"⇄"</button>
            <Choice chosen=right label=M::CompareRight go=Callback::new(move |id| Screen::Compare(with_right.clone(), id)) />
        </header>
    }
}

#[component]
fn Choice(chosen: Id<Article>, label: M, go: Callback<Id<Article>, Screen>) -> impl IntoView {
    let session = session();
    let story = session.story_of(&chosen);
    let here = chosen.clone();
    let options = move || {
        let all = session.project.with(|p| {
            // Versions of the story first; an article of another story can be compared all the same.
            let mut all: Vec<_> = p.all::<Article>().collect();
            order::sort_by_key(&mut all, |a| *a.story.get() != story);
            let named = |a: &crate::model::Item<'_, Article>| {
                let (title, outlet) = (a.title.get().clone().unwrap_or_default(), outlet_words(a));
                let words = if outlet.is_empty() { title } else { format!("{outlet}: {title}") };
                (a.id(), words)
            };
            all.iter().map(named).collect::<Vec<_>>()
        });
        let one = |(id, words): (Id<Article>, String)| {
            let selected = id == here;
            view! { <option value=id.to_string() selected=selected>{words}</option> }
        };
        all.into_iter().map(one).collect_view()
    };
    let change = move |event: leptos::ev::Event| {
        if let Some(id) = Id::parse(&event_target_value(&event)) {
            session.go(go.run(id));
        }
    };
    view! {
        <span class="side">
            <select aria-label=t(label) on:change=change>{options}</select>
            <button type="button" class="quiet" on:click=move |_| session.go(Screen::Read(chosen.clone()))>
                {t(M::OpenArticle)}
            </button>
        </span>
    }
}

#[component]
fn Found(found: Arc<Comparison>, texts: (Text, Text)) -> impl IntoView {
    let (words, numbers) = (verdict(&found), reuse_words(&found));
    let evidence: Vec<String> = found.relation.evidence.iter().take(4).map(ToString::to_string).collect();
    let doubt = found.relation.would_change();
    let rows = lines(&found)
        .into_iter()
        .enumerate()
        .map(|(i, line)| {
            let change = match &line {
                Line::Row(row) => found.rows[*row].op != crate::versions::operation::Op::Verbatim,
                Line::OnlyLeft(_) | Line::OnlyRight(_) => true,
            };
            pair::pair(i, change, &line, &found, &texts)
        })
        .collect_view();
    view! {
        <section class="verdict">
            <p><b>{words}</b> " " <span class="hint">{numbers}</span></p>
            <details>
                <summary class="hint">{t(M::WhyThis)}</summary>
                <ul class="evidence-list">{evidence.into_iter().map(|e| view! { <li>{e}</li> }).collect_view()}</ul>
                <p class="hint">{doubt}</p>
            </details>
        </section>
        <p class="legend" aria-hidden="true">
            <span><del>{t(M::Removed)}</del></span>
            <span><ins>{t(M::Inserted)}</ins></span>
            <span class="respelt">{t(M::Respelt)}</span>
        </p>
        <div class="sides">{rows}</div>
    }
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
    let share = |share: Option<f32>| share.map_or("–".to_owned(), |s| format!("{:.0} %", s * 100.0));
    let reuse = &found.reuse;
    fill(M::ReuseNumbers, &[&share(reuse.outside.b_in_a), &share(reuse.inside.b_in_a)])
}

/// Goes to the next or previous place where something changed.
pub(super) fn go_change(by: i32) {
    browser::step_through(".pair[data-change]", "current", by);
}
