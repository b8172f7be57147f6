//! The text, paragraph by paragraph, painted where it is marked.

use super::desk::Desk;
use super::gestures;
use super::marks::{Marked, Part};
use super::move_caret;
use super::tapping;
use crate::browser::{self, BlockIndex};
use crate::model::{ArticleText, Attribution, Id};
use crate::text::{Piece, Span, Text, pieces};
use crate::ui::messages::{M, fill, t};
use crate::ui::session::Selected;
use crate::ui::view::{El, Node, el, many, react};
use gloo::events::EventListener;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// The id of the element that holds the text.
pub(super) const PAGE: &str = "page-text";

/// The text.
pub(super) fn page(desk: Desk) -> Node {
    let (Some(article), Some((text_id, text)), Some(units)) = (desk.article(), desk.text(), desk.units())
    else {
        return Node::Nothing;
    };
    let session = desk.session;
    follow_selection(desk, text_id.clone(), text.clone());
    let held = text.clone();
    react(move || {
        desk.changed.track();
        session.active.track();
        move_caret::hold(session, held.clone(), &text_id);
    });
    let about = article.clone();
    let language = move || session.project.with(|p| p.find(&about).and_then(|a| a.language.get().clone()));
    let title = session.project.with_untracked(|p| p.find(&article).and_then(|a| a.title.get().clone()));
    let spans = units.paragraphs();
    let headline = spans.iter().position(|s| Some(s.slice(&text)) == title.as_deref());
    let long = spans.len() > LONG;
    let blocks = |from: usize, spans: &[Span]| {
        let all = spans.iter().enumerate();
        let made = |(i, span): (usize, &Span)| {
            paragraph(desk, text.clone(), from + i, *span, Some(from + i) == headline)
        };
        all.map(made).collect::<Vec<El>>()
    };
    let chunk = |(n, spans): (usize, &[Span])| {
        let begins = spans.first().map(|span| begin(&text, *span)).unwrap_or_default();
        el("div").class("chunk").set(BlockIndex::CHUNK, begins).children(blocks(n * CHUNK, spans))
    };
    let blocks: Vec<El> =
        if long { spans.chunks(CHUNK).enumerate().map(chunk).collect() } else { blocks(0, spans) };
    el("div")
        .id(PAGE)
        .class(if long { "page long" } else { "page" })
        .set("tabindex", "0")
        .live_some("lang", language)
        .set("dir", "auto")
        .set("role", "document")
        .label(t(M::Reading))
        .on("pointerdown", move |event| {
            tapping::down(desk);
            browser::select_anew(event);
        })
        .on("click", move |event| pick(desk, event))
        .children(blocks)
        .into()
}

/// Above so many paragraphs the browser lays out only those in sight, some at a time.
const LONG: usize = 300;
const CHUNK: usize = 10;

/// Clicking a marked word makes its attribution the active one.
fn pick(desk: Desk, event: &web_sys::Event) {
    let Some(element) = event.target().and_then(|t| t.dyn_into::<Element>().ok()) else { return };
    let mark = element.closest("[data-attribution]").ok().flatten();
    if tapping::tap(desk, event, mark.is_some()) {
        return;
    }
    let id = mark.and_then(|m| m.get_attribute("data-attribution")).and_then(|id| Id::parse(&id));
    if let Some(id) = id.filter(|_| browser::selected().is_none()) {
        desk.session.active.set(Some(id.clone()));
        gestures::say_which(desk, &id);
    }
}

/// Keeps the session's selection in step with the page's.
fn follow_selection(desk: Desk, text_id: Id<ArticleText>, text: Text) {
    let session = desk.session;
    let listener = EventListener::new(&document(), "selectionchange", move |_| {
        let Some(container) = document().get_element_by_id(PAGE) else { return };
        let Some(span) = browser::span_of_selection(&container, &text) else { return };
        let selected = Selected { text: text_id.clone(), span };
        if session.selected.get_untracked().as_ref() != Some(&selected) {
            session.selected.set(Some(selected));
        }
    });
    let listener = StoredValue::new_local(Some(listener));
    on_cleanup(move || listener.dispose());
}

/// Where a block begins, in the page's units.
fn begin(text: &Text, span: Span) -> String {
    text.to_utf16(span.start()).map(|at| at.0.to_string()).unwrap_or_default()
}

fn paragraph(desk: Desk, text: Text, i: usize, span: Span, headline: bool) -> El {
    let from = begin(&text, span);
    let changed = desk.paint_of(i);
    let content = move || {
        changed.track();
        let here = desk.paragraph(i);
        if here.is_empty() {
            return span.slice(&text).to_owned().into();
        }
        let active = desk.session.active.get_untracked();
        let spans: Vec<Span> = here.iter().map(|m| m.span).collect();
        let pieces = pieces(span, &spans).into_iter();
        many(pieces.map(|piece| paint(&text, piece, &here, active.as_ref(), true)))
    };
    el("p")
        .class(if headline { "headline" } else { "" })
        .set("dir", "auto")
        .set("data-from", from)
        .set("data-block", BlockIndex::FROM)
        .part(content)
}

/// A piece of text with the marks that cover it. Where cards stand beside the text, a mark names its own as what
/// says more of it.
pub(in crate::ui) fn paint(
    text: &str,
    piece: Piece,
    here: &[Marked],
    active: Option<&Id<Attribution>>,
    beside_cards: bool,
) -> Node {
    let words = piece.span.slice(text).to_owned();
    let covering: Vec<&Marked> = piece.covered_by.iter().map(|i| &here[*i]).collect();
    // The innermost mark decides where a click goes and which card is described.
    let Some(inner) = covering.iter().min_by_key(|m| m.span.len()) else { return words.into() };
    // One hue, however many marks cover the words: that of the active attribution, else of the innermost.
    let is_active = |mark: &&&Marked| mark.of.is_some() && mark.of.as_ref() == active;
    let lead = covering.iter().find(is_active);
    let mut classes = format!("m h{}", lead.unwrap_or(inner).hue);
    if lead.is_some() {
        classes.push_str(" active");
    }
    for part in Part::ALL.iter().filter(|part| covering.iter().any(|mark| mark.part == **part)) {
        classes.push(' ');
        classes.push_str(part.class());
    }
    let attribution = inner.of.as_ref().map(ToString::to_string);
    let card = attribution.as_ref().filter(|_| beside_cards).map(|id| format!("card-{id}"));
    let title = covering.iter().map(|m| described(m)).collect::<Vec<_>>().join(" · ");
    el("mark")
        .class(classes)
        .set_some("data-attribution", attribution)
        .set_some("aria-details", card)
        .tip(title)
        .child(words)
        .into()
}

/// What a mark is and whose.
fn described(mark: &Marked) -> String {
    match &*mark.who {
        "" => mark.part.words().to_owned(),
        who => fill(M::PieceOf, &[mark.part.words(), who]),
    }
}
