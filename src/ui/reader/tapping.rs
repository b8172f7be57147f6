//! Selecting words with a finger and no handles: a tap in a quotation takes the quotation, a tap inside what was
//! tapped narrows it to the word and then lets go, a tap elsewhere takes everything up to there.

use super::desk::Desk;
use super::move_caret;
use super::page::PAGE;
use crate::browser;
use crate::text::{Span, Text};
use crate::ui::session::{ReadSoFar, Selected};
use leptos::prelude::*;
use std::cell::RefCell;
use web_sys::Event;

thread_local! {
    /// What taps have selected, and how far the project's changes went then: after a step (undo, a nudge) words
    /// that are selected were selected by it, and the next tap begins anew.
    static TAPPED: RefCell<Option<(Selected, ReadSoFar)>> = const { RefCell::new(None) };
    /// What was selected when the finger went down: the browser lets go of it before the tap is told.
    static BEFORE: RefCell<Option<Selected>> = const { RefCell::new(None) };
}

/// A finger or a button went down on the text.
pub(super) fn down(desk: Desk) {
    let selected = desk.session.selected.get_untracked();
    BEFORE.set(selected.filter(|selected| !selected.span.is_empty()));
}

/// A tap on the text; true if it selected or let go of words, so that it means nothing else.
pub(super) fn tap(desk: Desk, event: &Event, on_mark: bool) -> bool {
    if !browser::is_touch(event) {
        return false;
    }
    let Some((text_id, text)) = desk.text() else { return false };
    let (mut before, tapped, mut so_far) = (BEFORE.take(), TAPPED.take(), ReadSoFar::default());
    let ours = tapped.and_then(|(tapped, read)| {
        so_far = read;
        if desk.session.touched_since(&mut so_far).is_none_or(|touched| !touched.is_empty()) {
            // A step was taken since: whatever is selected now was shown by it.
            before = None;
        }
        before.as_ref().filter(|before| **before == tapped).map(|before| before.span)
    });
    // What was selected with the browser's own handles is let go of, as people are used to.
    if before.is_some() && ours.is_none() || on_mark && ours.is_none() {
        return false;
    }
    let Some(span) = meant(desk, &text, event, ours) else { return false };
    let selected = Selected { text: text_id, span };
    if !span.is_empty() {
        // Up to here: what came before is not asked about again.
        let _ = desk.session.touched_since(&mut so_far);
        TAPPED.set(Some((selected.clone(), so_far)));
    }
    move_caret::show(&text, &selected);
    desk.session.selected.set(Some(selected));
    true
}

/// The words that a tap means beside those tapped before.
fn meant(desk: Desk, text: &Text, event: &Event, before: Option<Span>) -> Option<Span> {
    let page = document().get_element_by_id(PAGE)?;
    let at = browser::place_of(event, &page, text)?;
    let units = desk.units()?;
    let words = units.words();
    let word = *words.get(words.partition_point(|word| word.end() < at))?;
    let quotation = units.quotation_at(at).map(|quotation| quotation.span);
    match before {
        None => Some(quotation.unwrap_or(word)),
        Some(before) if before == word => Span::new(text, at.byte(), at.byte()),
        Some(before) if before.start() <= at && at <= before.end() => Some(word),
        Some(before) => {
            let (start, end) = (before.start().min(word.start()), before.end().max(word.end()));
            Span::new(text, start.byte(), end.byte())
        }
    }
}
