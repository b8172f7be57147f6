//! The text, paragraph by paragraph, painted where it is marked.

use super::Shown;
use super::marks::{Marked, Marks, Part};
use crate::browser::{self, BlockIndex};
use crate::text::{Piece, Span, order, paragraphs, pieces};
use crate::ui::messages::{M, fill, t};
use crate::ui::session::{Selected, session};
use gloo::events::EventListener;
use leptos::html::Div;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// The id of the element that holds the text.
pub(super) const PAGE: &str = "page-text";

/// The text.
#[component]
pub(super) fn Page(marks: Memo<Arc<Marks>>) -> impl IntoView {
    let session = session();
    let shown = expect_context::<Shown>();
    let page = NodeRef::<Div>::new();
    follow_selection(page, shown.clone());
    let language = {
        let article = shown.article.clone();
        move || session.project.with(|p| p.find(&article).and_then(|a| a.language.get().clone()))
    };
    let title =
        session.project.with_untracked(|p| p.find(&shown.article).and_then(|a| a.title.get().clone()));
    let spans = paragraphs(&shown.text);
    let headline = spans.iter().position(|s| Some(s.slice(&shown.text)) == title.as_deref());
    let blocks = spans
        .into_iter()
        .enumerate()
        .map(|(i, span)| view! { <Paragraph span headline={Some(i) == headline} marks /> })
        .collect_view();
    // Clicking a marked word makes its attribution the active one.
    let pick = move |event: leptos::ev::MouseEvent| {
        let Some(element) = event.target().and_then(|t| t.dyn_into::<Element>().ok()) else { return };
        let mark = element.closest("[data-attribution]").ok().flatten();
        let id = mark
            .and_then(|m| m.get_attribute("data-attribution"))
            .and_then(|id| crate::model::Id::parse(&id));
        if browser::selected().is_none() && id.is_some() {
            session.active.set(id);
        }
    };
    view! {
        <div id=PAGE class="page" node_ref=page tabindex="0" lang=language dir="auto" on:click=pick role="document">
            {blocks}
        </div>
    }
}

/// Keeps the session's selection in step with the page's.
fn follow_selection(page: NodeRef<Div>, shown: Shown) {
    let session = session();
    let Some(document) = web_sys::window().and_then(|w| w.document()) else { return };
    let listener = EventListener::new(&document, "selectionchange", move |_| {
        let Some(container) = page.get_untracked() else { return };
        let Some(span) = browser::span_of_selection(&container, &shown.text) else { return };
        let selected = Selected { text: shown.text_id.clone(), span };
        if session.selected.get_untracked().as_ref() != Some(&selected) {
            session.selected.set(Some(selected));
        }
    });
    let listener = StoredValue::new_local(Some(listener));
    on_cleanup(move || listener.dispose());
}

#[component]
fn Paragraph(span: Span, headline: bool, marks: Memo<Arc<Marks>>) -> impl IntoView {
    let shown = expect_context::<Shown>();
    let session = session();
    let from = shown.text.to_utf16(span.start()).map(|at| at.0.to_string()).unwrap_or_default();
    let painted = Memo::new(move |_| {
        let marks = marks.read();
        let here: Vec<Marked> = marks.marked.iter().filter(|m| m.span.overlaps(span)).cloned().collect();
        let active = session.active.get();
        let active =
            here.iter().filter_map(|m| m.of.as_ref()).find(|(id, _)| Some(id) == active.as_ref()).cloned();
        (here, active.map(|(id, _)| id))
    });
    let content = move || {
        let (here, active) = painted.get();
        let spans: Vec<Span> = here.iter().map(|m| m.span).collect();
        pieces(span, &spans)
            .into_iter()
            .map(|piece| paint(&shown.text, piece, &here, active.as_ref()))
            .collect_view()
    };
    view! {
        <p class:headline=headline dir="auto" data-from=from attr:data-block=BlockIndex::FROM>{content}</p>
    }
}

fn paint(
    text: &str,
    piece: Piece,
    here: &[Marked],
    active: Option<&crate::model::Id<crate::model::Attribution>>,
) -> AnyView {
    let words = piece.span.slice(text).to_owned();
    let covering: Vec<&Marked> = piece.covered_by.iter().map(|i| &here[*i]).collect();
    // The innermost mark decides where a click goes and which card is described.
    let Some(inner) = covering.iter().min_by_key(|m| m.span.len()) else { return words.into_any() };
    // One hue, however many marks cover the words: that of the active attribution, else of the innermost.
    let is_active = |mark: &&&Marked| mark.of.as_ref().is_some_and(|(id, _)| Some(id) == active);
    let lead = covering.iter().find(is_active);
    let mut classes: Vec<String> = vec!["m".into()];
    if let Some((_, number)) = &lead.unwrap_or(inner).of {
        classes.push(format!("h{}", number % 6));
    }
    if lead.is_some() {
        classes.push("active".into());
    }
    classes.extend(covering.iter().map(|mark| mark.part.class().to_owned()));
    order::sort_by(&mut classes, Ord::cmp);
    classes.dedup();
    let attribution = inner.of.as_ref().map(|(id, _)| id.to_string());
    let card = inner.of.as_ref().map(|(_, number)| format!("card-{number}"));
    let title = covering.iter().map(|m| described(m)).collect::<Vec<_>>().join(" · ");
    view! {
        <mark class=classes.join(" ") data-attribution=attribution aria-details=card title=title>{words}</mark>
    }
    .into_any()
}

fn described(mark: &Marked) -> String {
    let part = t(match mark.part {
        Part::Content => M::PartContent,
        Part::Cue => M::PartCue,
        Part::Source => M::PartSource,
        Part::Evidence => M::PartEvidence,
    });
    match &mark.of {
        Some((_, number)) => fill(M::PieceOf, &[part, &number.to_string()]),
        None => part.to_owned(),
    }
}
