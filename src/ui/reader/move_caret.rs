//! Moving through the text by keys: a caret of words and sentences that needs no mouse.

use super::desk::desk;
use super::page::PAGE;
use super::units::{Units, after, before};
use crate::browser;
use crate::model::{ArticleText, Id};
use crate::text::{Offset, Span, Text};
use crate::ui::session::{Selected, Session};
use leptos::prelude::*;
use std::cell::{Cell, RefCell};

/// How far a key moves, and which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Step {
    Character(i32),
    Word(i32),
    Sentence(i32),
    Paragraph(i32),
}

/// Which end of a selection moves. Valid while the selection is the one it led to.
#[derive(Clone)]
struct Stretch {
    led_to: Selected,
    anchor: Offset,
    moving: Offset,
}

thread_local! {
    /// Which showing of a selection is the latest: an earlier one that still waits for its frame is void.
    static TURN: Cell<u32> = const { Cell::new(0) };
    static STRETCH: RefCell<Option<Stretch>> = const { RefCell::new(None) };
}

/// Moves the caret, or the moving end of the selection.
pub(in crate::ui) fn step(session: Session, step: Step, extend: bool) {
    let Some(desk) = desk() else { return };
    let (Some((text_id, text)), Some(cut)) = (desk.text(), desk.units()) else { return };
    // Left and right are meant as they are seen.
    let step = if browser::reads_leftwards() { step.turned() } else { step };
    let now = session.selected.get_untracked().filter(|s| s.text == text_id);
    let stretch = STRETCH.take().filter(|s| Some(&s.led_to) == now.as_ref());
    let (span, ends) = match (now, extend) {
        (None, _) => (units_of(&cut, step).first().copied(), None),
        (Some(now), false) => (beside(&text, &cut, now.span, step), None),
        (Some(now), true) => {
            let (anchor, moving) =
                stretch.map_or((now.span.start(), now.span.end()), |s| (s.anchor, s.moving));
            let moving = stretched(&text, &cut, anchor, moving, step).unwrap_or(moving);
            let span = Span::new(&text, anchor.min(moving).byte(), anchor.max(moving).byte());
            let exact = matches!(step, Step::Character(_));
            (span.and_then(|s| if exact { Some(s) } else { with_marks(&text, s) }), Some((anchor, moving)))
        }
    };
    let Some(span) = span else { return };
    let selected = Selected { text: text_id, span };
    STRETCH.set(ends.map(|(anchor, moving)| Stretch { led_to: selected.clone(), anchor, moving }));
    show(&text, &selected);
    session.selected.set(Some(selected));
}

/// What is selected in the page at this moment; `None` while the selection is elsewhere, say in a field.
pub(super) fn on_page(text: &Text) -> Option<Span> {
    let page = web_sys::window()?.document()?.get_element_by_id(PAGE)?;
    browser::span_of_selection(&page, text)
}

/// Selects a span once the page is painted, unless something else was selected meanwhile: the nodes there
/// now will be gone.
pub(super) fn show_soon(session: Session, text: Text, selected: Selected) {
    session.selected.set(Some(selected.clone()));
    let turn = TURN.get().wrapping_add(1);
    TURN.set(turn);
    request_animation_frame(move || {
        // A fast key may have begun a note or a question meanwhile.
        if TURN.get() == turn && !browser::in_text_field() {
            show(&text, &selected);
        }
    });
}

/// Selects a span in the page and brings it into view.
pub(in crate::ui) fn show(text: &Text, selected: &Selected) {
    TURN.set(TURN.get().wrapping_add(1));
    let document = web_sys::window().and_then(|w| w.document());
    let Some(page) = document.and_then(|d| d.get_element_by_id(PAGE)) else { return };
    browser::focus_in_place(PAGE);
    browser::select(&page, text, selected.span);
    browser::scroll_selection_into_view();
}

/// Keeps the selection where it is when marks are painted anew under it: the browser would move its ends. It is
/// put back before the browser tells of that, so that nothing a person selects can come between.
pub(super) fn hold(session: Session, text: Text, text_id: &Id<ArticleText>) {
    // What had the keyboard may be gone with the card that it was on.
    request_animation_frame(|| browser::focus_if_lost(PAGE));
    let held = session.selected.get_untracked().filter(|selected| selected.text == *text_id);
    let Some(held) = held else { return };
    wasm_bindgen_futures::spawn_local(async move {
        let moved = on_page(&text).is_some_and(|now| now != held.span);
        if let Some(page) = document().get_element_by_id(PAGE).filter(|_| moved) {
            browser::select(&page, &text, held.span);
        }
    });
}

/// Selects the whole text where it is, and nothing beside it.
pub(super) fn select_all(session: Session) {
    let page = document().get_element_by_id(PAGE);
    let Some((page, (text_id, text))) = page.zip(desk().and_then(|desk| desk.text())) else { return };
    if let Some(span) = Span::new(&text, 0, text.len()) {
        browser::focus_in_place(PAGE);
        browser::select(&page, &text, span);
        session.selected.set(Some(Selected { text: text_id, span }));
    }
}

/// The units of a step in reading order.
fn units_of(units: &Units, step: Step) -> &[Span] {
    match step {
        Step::Word(_) | Step::Character(_) => units.words(),
        Step::Sentence(_) => units.sentences(),
        Step::Paragraph(_) => units.paragraphs(),
    }
}

impl Step {
    /// The same where words run from right to left; up and down are the same everywhere.
    fn turned(self) -> Self {
        match self {
            Self::Character(by) => Self::Character(-by),
            Self::Word(by) => Self::Word(-by),
            other => other,
        }
    }

    fn by(self) -> i32 {
        let (Self::Word(by) | Self::Character(by) | Self::Sentence(by) | Self::Paragraph(by)) = self;
        by
    }
}

/// The unit before or after the selection; the last or first one at the ends of the text.
fn beside(text: &Text, units: &Units, now: Span, step: Step) -> Option<Span> {
    if let Step::Character(by) = step {
        let at = if by > 0 { now.end() } else { now.start() };
        let at = if now.is_empty() { character_beside(text, at, by) } else { at };
        return Span::new(text, at.byte(), at.byte());
    }
    let all = units_of(units, step);
    if step.by() > 0 {
        let at = if now.is_empty() { now.start() } else { now.end() };
        after(all, at, now).or(all.last().copied())
    } else {
        before(all, now.start()).or(all.first().copied())
    }
}

/// One character further, or the same place at the ends of the text.
pub(super) fn character_beside(text: &Text, at: Offset, by: i32) -> Offset {
    let byte = match by > 0 {
        true => at.byte() + browser::character(&text[at.byte()..], false),
        false => at.byte() - browser::character(&text[..at.byte()], true),
    };
    text.offset(byte).unwrap_or(at)
}

/// Where the moving end goes: one unit further, on the far side of the anchor or back towards it.
fn stretched(text: &Text, units: &Units, anchor: Offset, moving: Offset, step: Step) -> Option<Offset> {
    if matches!(step, Step::Character(_)) {
        return Some(character_beside(text, moving, step.by()));
    }
    let all = units_of(units, step);
    // Both are in the order of the text, so that the place is found by halving.
    let (outwards, inwards) = (
        |u: &Span| if u.end() > anchor { u.end() } else { u.start() },
        |u: &Span| if u.end() > anchor && u.start() >= anchor { u.end() } else { u.start() },
    );
    if step.by() > 0 {
        let next = all.partition_point(|u| outwards(u) <= moving);
        all.get(next).map(outwards)
    } else {
        let next = all.partition_point(|u| inwards(u) < moving);
        all[..next].last().map(inwards)
    }
}

/// Whether a mark that was opened in these words is not closed in them: half a sentence in marks, say.
fn leaves_open(words: &str) -> bool {
    let (mut depth, mut straight) = (0_u32, false);
    for c in words.chars() {
        match c {
            '“' | '„' | '«' | '「' | '『' => depth += 1,
            '”' | '»' | '」' | '』' => depth = depth.saturating_sub(1),
            '"' => straight = !straight,
            _ => {}
        }
    }
    depth > 0 || straight
}

/// Quotation marks at the ends of words belong to the selection when it reaches them.
fn with_marks(text: &Text, span: Span) -> Option<Span> {
    let is_open = |c: char| "“„«‹「『\"‘".contains(c);
    let is_close = |c: char| "”“»›」』\".,!?…’".contains(c);
    let before: usize =
        text[..span.start().byte()].chars().rev().take_while(|c| is_open(*c)).map(char::len_utf8).sum();
    let inside = span.slice(text);
    let open = before > 0 || inside.starts_with(is_open) || leaves_open(inside);
    let mut after = 0;
    if open {
        let rest = &text[span.end().byte()..];
        let run: String = rest.chars().take_while(|c| is_close(*c)).collect();
        // Up to the closing mark: a comma before it belongs in, a full stop after it does not.
        let is_mark = |c: char| "”\"»›“」』".contains(c);
        after = run.char_indices().rfind(|(_, c)| is_mark(*c)).map_or(0, |(at, c)| at + c.len_utf8());
    }
    Span::new(text, span.start().byte() - before, span.end().byte() + after)
}
