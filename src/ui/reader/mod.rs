//! Reading and annotating one article: the text in a column, a card in the margin for each attribution.

mod cards;
mod cast;
mod gestures;
mod marks;
mod move_caret;
mod page;
mod selection_bar;
mod stances;

pub(super) use gestures::{
    delete_active, digit, finish, go_attribution, mark_content, mark_cue, mark_evidence, mark_source,
    next_version, pick_speaker, set_stance,
};
pub(super) use marks::{Marked, Marks, marks_of};
pub(super) use move_caret::{Step, show, step};
pub(super) use selection_bar::selection_bar;

use super::messages::{M, fill, t};
use super::session::{Screen, Session};
use super::view::{El, Node, button, el, many, when};
use crate::model::{Article, ArticleText, Id};
use crate::text::{Text, words};
use leptos::prelude::*;

/// The article that the reader shows, for the parts of the reader.
#[derive(Clone)]
pub(super) struct Shown {
    pub(super) article: Id<Article>,
    pub(super) text_id: Id<ArticleText>,
    pub(super) text: Text,
}

/// The reader.
pub(super) fn reader(session: Session, article: Id<Article>) -> Node {
    let shown = session.project.with_untracked(|p| {
        let found = p.find(&article)?;
        let text = p.text(&found.text)?.clone();
        Some(Shown { article: article.clone(), text_id: found.text.clone(), text })
    });
    let Some(shown) = shown else {
        return el("p").class("empty").child(t(M::NoArticles)).into();
    };
    let marks = marks::marks_of(session, shown.text_id.clone());
    let reading = el("article")
        .class("reading")
        .label(t(M::Reading))
        .child(head(session, &shown))
        .child(page::page(session, &shown, marks));
    let margin = el("aside")
        .class("margin")
        .child(cast::cast(session, &shown))
        .child(stances::stances(session, &shown))
        .child(cards::cards(session, marks));
    el("div").class("reader").child(reading).child(margin).child(selection_bar(session)).into()
}

/// Another version of the story: the article, its title, its outlet and date.
type Version = (Id<Article>, String, String);

/// Where the article comes from, and the way to its other versions.
fn head(session: Session, shown: &Shown) -> Node {
    let article = shown.article.clone();
    let count = words(&shown.text, shown.text.whole()).len().to_string();
    let story = session.story_of(&article);
    let others = {
        let article = article.clone();
        Memo::new(move |_| {
            let Some(story) = &story else { return Vec::new() };
            session.project.with(|p| {
                let versions = p.versions(story).into_iter();
                versions
                    .map(|a| (a.id(), a.title.get().clone().unwrap_or_default(), outlet_words(&a)))
                    .filter(|(id, ..)| *id != article)
                    .collect::<Vec<Version>>()
            })
        })
    };
    let from = article.clone();
    let source =
        move || session.project.with(|p| p.find(&from).map(|a| outlet_words(&a)).unwrap_or_default());
    let versions = when(
        move || !others.read().is_empty(),
        move || {
            let article = article.clone();
            el("p")
                .class("versions")
                .child(el("span").class("label").child(t(M::CompareWith)))
                .part(move || {
                    many(others.get().into_iter().map(|v| compare_with(session, article.clone(), v)))
                })
                .into()
        },
    );
    el("header")
        .class("article-head")
        .child(
            el("p")
                .class("facts")
                .child(el("span").words(source))
                .child(el("span").child(fill(M::Words, &[&count]))),
        )
        .child(versions)
        .into()
}

fn compare_with(session: Session, article: Id<Article>, (other, title, outlet): Version) -> El {
    let words = if outlet.is_empty() { title.clone() } else { outlet };
    let target = Screen::Compare(article, other);
    button(words).class("quiet compare-with").tip(title).on_click(move || session.go(target.clone()))
}

/// Outlet and date, as far as they are known.
pub(super) fn outlet_words(article: &Article) -> String {
    let parts = [article.outlet.get(), article.published.get()];
    parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(", ")
}
