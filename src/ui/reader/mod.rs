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
pub(super) use move_caret::{Step, step};

use super::messages::{M, fill, t};
use super::session::{Screen, session};
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
#[component]
pub(super) fn Reader(article: Id<Article>) -> impl IntoView {
    let session = session();
    let shown = session.project.with_untracked(|p| {
        let found = p.find(&article)?;
        let text = p.text(&found.text)?.clone();
        Some(Shown { article: article.clone(), text_id: found.text.clone(), text })
    });
    let Some(shown) = shown else {
        return view! { <p class="empty">{t(M::NoArticles)}</p> }.into_any();
    };
    let marks = marks::marks_of(session, shown.text_id.clone());
    provide_context(shown.clone());
    view! {
        <div class="reader">
            <article class="reading" aria-label=t(M::Reading)>
                <Head article=article.clone() />
                <page::Page marks />
            </article>
            <aside class="margin">
                <cast::Cast />
                <stances::Stances />
                <cards::Cards marks />
            </aside>
            <selection_bar::SelectionBar />
        </div>
    }
    .into_any()
}

/// Where the article comes from, and the way to its other versions.
#[component]
fn Head(article: Id<Article>) -> impl IntoView {
    let session = session();
    let shown = expect_context::<Shown>();
    let count = words(&shown.text, shown.text.whole()).len().to_string();
    let story = session.story_of(&article);
    let others = {
        let (article, story) = (article.clone(), story.clone());
        Memo::new(move |_| {
            let Some(story) = &story else { return Vec::new() };
            session.project.with(|p| {
                let versions = p.versions(story).into_iter();
                versions
                    .map(|a| (a.id(), a.title.get().clone().unwrap_or_default(), outlet_words(&a)))
                    .filter(|(id, ..)| *id != article)
                    .collect::<Vec<_>>()
            })
        })
    };
    let source = {
        let article = article.clone();
        move || session.project.with(|p| p.find(&article).map(|a| outlet_words(&a)).unwrap_or_default())
    };
    let links = move || {
        others
            .get()
            .into_iter()
            .map(|(other, title, outlet)| {
                let words = if outlet.is_empty() { title.clone() } else { outlet };
                let target = Screen::Compare(article.clone(), other);
                view! {
                    <button type="button" class="quiet compare-with" title=title on:click=move |_| session.go(target.clone())>
                        {words}
                    </button>
                }
            })
            .collect_view()
    };
    view! {
        <header class="article-head">
            <p class="facts">
                <span>{source}</span>
                <span>{fill(M::Words, &[&count])}</span>
            </p>
            <Show when=move || !others.read().is_empty()>
                <p class="versions">
                    <span class="label">{t(M::CompareWith)}</span>
                    {links.clone()}
                </p>
            </Show>
        </header>
    }
}

/// Outlet and date, as far as they are known.
pub(super) fn outlet_words(article: &Article) -> String {
    let parts = [article.outlet.get(), article.published.get()];
    parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(", ")
}
