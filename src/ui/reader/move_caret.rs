//! Moving through the text by keys: a caret of words and sentences that needs no mouse.

use super::page::PAGE;
use crate::browser;
use crate::model::{ArticleText, Id};
use crate::text::{Offset, Span, Text, paragraphs, sentences, words};
use crate::ui::session::{Screen, Selected, Session};
use leptos::prelude::*;
use std::cell::RefCell;

/// How far a key moves, and which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Step {
    Word(i32),
    Sentence(i32),
}

/// Which end of a selection moves. Valid while the selection is the one it led to.
#[derive(Clone)]
struct Stretch {
    led_to: Selected,
    anchor: Offset,
    moving: Offset,
}

thread_local! {
    static STRETCH: RefCell<Option<Stretch>> = const { RefCell::new(None) };
}

/// Moves the caret, or the moving end of the selection.
pub(in crate::ui) fn step(session: Session, step: Step, extend: bool) {
    let Screen::Read(article) = session.screen.get_untracked() else { return };
    let found = session.project.with_untracked(|p| {
        let text_id = p.find(&article)?.text.clone();
        Some((p.text(&text_id)?.clone(), text_id))
    });
    let Some((text, text_id)) = found else { return };
    let now = session.selected.get_untracked().filter(|s| s.text == text_id);
    let stretch = STRETCH.take().filter(|s| Some(&s.led_to) == now.as_ref());
    let (span, ends) = match (now, extend) {
        (None, _) => (first_unit(&text, step), None),
        (Some(now), false) => (beside(&text, now.span, step), None),
        (Some(now), true) => {
            let (anchor, moving) =
                stretch.map_or((now.span.start(), now.span.end()), |s| (s.anchor, s.moving));
            let moving = stretched(&text, anchor, moving, step).unwrap_or(moving);
            let span = Span::new(&text, anchor.min(moving).byte(), anchor.max(moving).byte());
            (span.and_then(|span| with_marks(&text, span)), Some((anchor, moving)))
        }
    };
    let Some(span) = span else { return };
    let selected = Selected { text: text_id, span };
    STRETCH.set(ends.map(|(anchor, moving)| Stretch { led_to: selected.clone(), anchor, moving }));
    show(&text, &selected);
    session.selected.set(Some(selected));
}

/// What is selected in the page at this moment; `None` while the selection is elsewhere, say in a field.
pub(in crate::ui) fn on_page(session: Session, text: &Id<ArticleText>) -> Option<Span> {
    let text = session.project.with_untracked(|p| p.text(text).cloned())?;
    let page = web_sys::window()?.document()?.get_element_by_id(PAGE)?;
    browser::span_of_selection(&page, &text)
}

/// Selects a span in the page and brings it into view.
pub(in crate::ui) fn show(text: &Text, selected: &Selected) {
    let document = web_sys::window().and_then(|w| w.document());
    let Some(page) = document.and_then(|d| d.get_element_by_id(PAGE)) else { return };
    browser::focus(PAGE);
    browser::select(&page, text, selected.span);
    browser::scroll_selection_into_view();
}

/// The units of a step in reading order.
fn units(text: &Text, step: Step) -> Vec<Span> {
    let blocks = paragraphs(text).into_iter();
    match step {
        Step::Word(_) => blocks.flat_map(|p| words(text, p)).collect(),
        Step::Sentence(_) => blocks.flat_map(|p| sentences(text, p)).collect(),
    }
}

fn first_unit(text: &Text, step: Step) -> Option<Span> {
    units(text, step).first().copied()
}

/// The unit before or after the selection.
fn beside(text: &Text, now: Span, step: Step) -> Option<Span> {
    let units = units(text, step);
    let (Step::Word(by) | Step::Sentence(by)) = step;
    if by > 0 {
        let after = if now.is_empty() { now.start() } else { now.end() };
        units.iter().find(|u| u.start() >= after && **u != now).or(units.last()).copied()
    } else {
        units.iter().rev().find(|u| u.start() < now.start()).or(units.first()).copied()
    }
}

/// Where the moving end goes: one unit further, on the far side of the anchor or back towards it.
fn stretched(text: &Text, anchor: Offset, moving: Offset, step: Step) -> Option<Offset> {
    let (Step::Word(by) | Step::Sentence(by)) = step;
    let units = units(text, step);
    if by > 0 {
        let ends = units.iter().map(|u| if u.end() > anchor { u.end() } else { u.start() });
        ends.filter(|end| *end > moving).min()
    } else {
        let ends =
            units.iter().map(|u| if u.end() > anchor && u.start() >= anchor { u.end() } else { u.start() });
        ends.filter(|at| *at < moving).max()
    }
}

/// Quotation marks at the ends of words belong to the selection when it reaches them.
fn with_marks(text: &Text, span: Span) -> Option<Span> {
    let is_open = |c: char| "“„«‹\"‘".contains(c);
    let is_close = |c: char| "”“»›\".,!?…’".contains(c);
    let before: usize =
        text[..span.start().byte()].chars().rev().take_while(|c| is_open(*c)).map(char::len_utf8).sum();
    let inside = span.slice(text);
    let open = before > 0 || inside.starts_with(is_open);
    let mut after = 0;
    if open {
        let rest = &text[span.end().byte()..];
        let run: String = rest.chars().take_while(|c| is_close(*c)).collect();
        // Up to the closing mark: a comma before it belongs in, a full stop after it does not.
        let is_mark = |c: char| "”\"»›“".contains(c);
        after = run.char_indices().rfind(|(_, c)| is_mark(*c)).map_or(0, |(at, c)| at + c.len_utf8());
    }
    Span::new(text, span.start().byte() - before, span.end().byte() + after)
}
