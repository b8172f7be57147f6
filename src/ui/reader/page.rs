//! The text, paragraph by paragraph, painted where it is marked.

use super::Shown;
use super::marks::{Marked, Marks, Part};
use crate::browser::{self, BlockIndex};
use crate::model::{Attribution, Id};
use crate::text::{Piece, Span, order, paragraphs, pieces};
use crate::ui::messages::{M, fill, t};
use crate::ui::session::{Selected, Session};
use crate::ui::view::{El, Node, el, many};
use gloo::events::EventListener;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// The id of the element that holds the text.
pub(super) const PAGE: &str = "page-text";

/// The text.
pub(super) fn page(session: Session, shown: &Shown, marks: Memo<Arc<Marks>>) -> Node {
    follow_selection(session, shown.clone());
    let article = shown.article.clone();
    let language = move || session.project.with(|p| p.find(&article).and_then(|a| a.language.get().clone()));
    let title =
        session.project.with_untracked(|p| p.find(&shown.article).and_then(|a| a.title.get().clone()));
    let spans = paragraphs(&shown.text);
    let headline = spans.iter().position(|s| Some(s.slice(&shown.text)) == title.as_deref());
    let blocks = spans
        .into_iter()
        .enumerate()
        .map(|(i, span)| paragraph(session, shown.clone(), span, Some(i) == headline, marks));
    el("div")
        .id(PAGE)
        .class("page")
        .set("tabindex", "0")
        .live_some("lang", language)
        .set("dir", "auto")
        .set("role", "document")
        .on("click", move |event| pick(session, event))
        .children(blocks)
        .into()
}

/// Clicking a marked word makes its attribution the active one.
fn pick(session: Session, event: &web_sys::Event) {
    let Some(element) = event.target().and_then(|t| t.dyn_into::<Element>().ok()) else { return };
    let mark = element.closest("[data-attribution]").ok().flatten();
    let id = mark.and_then(|m| m.get_attribute("data-attribution")).and_then(|id| Id::parse(&id));
    if browser::selected().is_none() && id.is_some() {
        session.active.set(id);
    }
}

/// Keeps the session's selection in step with the page's.
fn follow_selection(session: Session, shown: Shown) {
    let listener = EventListener::new(&document(), "selectionchange", move |_| {
        let Some(container) = document().get_element_by_id(PAGE) else { return };
        let Some(span) = browser::span_of_selection(&container, &shown.text) else { return };
        let selected = Selected { text: shown.text_id.clone(), span };
        if session.selected.get_untracked().as_ref() != Some(&selected) {
            session.selected.set(Some(selected));
        }
    });
    let listener = StoredValue::new_local(Some(listener));
    on_cleanup(move || listener.dispose());
}

/// The marks in a paragraph, and the active attribution where it is one of them.
type Painted = (Vec<Marked>, Option<Id<Attribution>>);

fn paragraph(session: Session, shown: Shown, span: Span, headline: bool, marks: Memo<Arc<Marks>>) -> El {
    let from = shown.text.to_utf16(span.start()).map(|at| at.0.to_string()).unwrap_or_default();
    let painted: Memo<Painted> = Memo::new(move |_| {
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
        many(pieces(span, &spans).into_iter().map(|piece| paint(&shown.text, piece, &here, active.as_ref())))
    };
    el("p")
        .class(if headline { "headline" } else { "" })
        .set("dir", "auto")
        .set("data-from", from)
        .set("data-block", BlockIndex::FROM)
        .part(content)
}

fn paint(text: &str, piece: Piece, here: &[Marked], active: Option<&Id<Attribution>>) -> Node {
    let words = piece.span.slice(text).to_owned();
    let covering: Vec<&Marked> = piece.covered_by.iter().map(|i| &here[*i]).collect();
    // The innermost mark decides where a click goes and which card is described.
    let Some(inner) = covering.iter().min_by_key(|m| m.span.len()) else { return words.into() };
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
    el("mark")
        .class(classes.join(" "))
        .set_some("data-attribution", attribution)
        .set_some("aria-details", card)
        .tip(title)
        .child(words)
        .into()
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
