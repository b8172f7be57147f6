//! Going from one thing to the next: attributions, unfinished ones, quotations, versions; and moving the ends
//! of what is marked.

use super::desk::{Desk, desk};
use super::gestures::{active, focus_attribution, put_caret, say_active_first, selection};
use super::marks::{Card, Part};
use super::move_caret::{self, character_beside};
use crate::model::{Article, Id};
use crate::store::Command;
use crate::text::{Offset, Span};
use crate::ui::messages::{M, t};
use crate::ui::session::{Screen, Session};
use leptos::prelude::*;
use std::sync::Arc;

/// Makes the next or previous attribution of the text the active one and shows it.
pub(in crate::ui) fn go_attribution(session: Session, by: i32) {
    go_among(session, by, |_| true, M::NoAttributions);
}

/// Likewise the next one in which something is missing.
pub(in crate::ui) fn go_unfinished(session: Session, by: i32) {
    let none = desk().and_then(|desk| desk.marks(|marks| marks.cards().is_empty())).unwrap_or_default();
    go_among(session, by, Card::is_unfinished, if none { M::NoAttributions } else { M::AllFinished });
}

fn go_among(session: Session, by: i32, fits: fn(&Card) -> bool, none: M) {
    let Some(desk) = desk() else { return };
    let here = active(desk);
    let caret = selection(desk).map(Span::start);
    let next = desk.marks(|marks| {
        let all = marks.cards();
        // From the active one; without one from the caret.
        let from = match &here {
            Some(id) => marks.card(id).and_then(|card| marks.position(card)),
            None => None,
        };
        let count = all.len();
        let next = |from: usize, step: usize| {
            (1..=count).map(|n| (from + n * step) % count).find(|i| fits(&all[*i]))
        };
        let at = caret.map_or(0, |caret| marks.position_after(caret));
        let found = match (from, by > 0) {
            _ if count == 0 => None,
            (Some(i), true) => next(i, 1),
            (Some(i), false) => next(i, count - 1),
            (None, true) => next((at + count - 1) % count, 1),
            (None, false) => next(at % count, count - 1),
        };
        found.map(|i| all[i].id.clone())
    });
    match next.flatten() {
        Some(id) => focus_attribution(session, &id),
        None => session.say(t(none).to_owned()),
    }
}

/// Selects the next or previous quotation that nothing says is marked; `q` or a number takes it.
pub(in crate::ui) fn go_quotation(session: Session, by: i32) {
    let Some(desk) = desk() else { return };
    let Some(units) = desk.units() else { return };
    let at = selection(desk);
    let unmarked = |span: &Span| {
        desk.marks(|marks| {
            let mut all = marks.with_content_at(*span).flat_map(|card| card.of_part(Part::Content));
            !all.any(|(content, _)| content.overlaps(*span))
        })
        .unwrap_or(true)
    };
    let all = units.outermost();
    let found = match at {
        Some(at) if by > 0 => {
            // At the caret itself counts too, where nothing is selected.
            let from = all.partition_point(|q| {
                if at.is_empty() { q.end() <= at.start() } else { q.start() <= at.start() }
            });
            all[from..].iter().find(|q| unmarked(q))
        }
        Some(at) => all[..all.partition_point(|q| q.start() < at.start())].iter().rev().find(|q| unmarked(q)),
        None => all.iter().find(|q| unmarked(q)),
    };
    match (found, desk.text()) {
        (Some(span), Some((text_id, text))) => {
            let selected = crate::ui::session::Selected { text: text_id, span: *span };
            move_caret::show(&text, &selected);
            session.selected.set(Some(selected));
            session.spoken.set(span.slice(&text).to_owned());
        }
        _ => session.say(t(M::NoQuotation).to_owned()),
    }
}

/// Which end of a marked piece moves, by how much, and whether by characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) struct Nudge {
    pub(in crate::ui) end: bool,
    pub(in crate::ui) by: i32,
    pub(in crate::ui) character: bool,
}

/// Moves an end of the piece at the caret, or of the last piece of the active attribution, keeping its id and
/// all links.
pub(in crate::ui) fn nudge(session: Session, nudge: Nudge) {
    let Some(desk) = desk() else { return };
    let Some(card) = active(desk).and_then(|id| desk.card(&id)) else {
        return say_active_first(session);
    };
    let Some((part, old)) = piece_at(&card, selection(desk)) else { return };
    let (Some(new), Some(role)) = (moved(desk, old, nudge), part.role()) else { return };
    if new != old && session.run(Command::Remark { attribution: card.id.clone(), old, new, role }) {
        put_caret(desk, if nudge.end { new.end().byte() } else { new.start().byte() });
        if let Some((_, text)) = desk.text() {
            session.spoken.set(new.slice(&text).to_owned());
        }
    }
}

/// The smallest piece that touches the caret or selection, else the last piece of content, else any.
fn piece_at(card: &Arc<Card>, at: Option<Span>) -> Option<(Part, Span)> {
    let all = || card.pieces.iter().map(|(part, (span, _))| (*part, *span));
    let touching = at.and_then(|at| {
        let touches = all().filter(|(_, s)| s.start() <= at.end() && at.start() <= s.end());
        touches.min_by_key(|(_, s)| s.len())
    });
    touching.or_else(|| all().rfind(|(part, _)| *part == Part::Content)).or_else(|| all().next())
}

fn moved(desk: Desk, old: Span, Nudge { end, by, character }: Nudge) -> Option<Span> {
    let ((_, text), units) = (desk.text()?, desk.units()?);
    let at = if end { old.end() } else { old.start() };
    let to: Offset = if character {
        character_beside(&text, at, by)
    } else {
        let words = units.words();
        match (end, by > 0) {
            (true, true) => words.get(words.partition_point(|w| w.end() <= at))?.end(),
            (true, false) => words[..words.partition_point(|w| w.end() < at)].last()?.end(),
            (false, true) => words.get(words.partition_point(|w| w.start() <= at))?.start(),
            (false, false) => words[..words.partition_point(|w| w.start() < at)].last()?.start(),
        }
    };
    let (start, stop) = if end { (old.start(), to) } else { (to, old.end()) };
    (start < stop).then(|| Span::new(&text, start.byte(), stop.byte())).flatten()
}

/// Goes to the next version of the story.
pub(in crate::ui) fn next_version(session: Session) {
    let Some(article): Option<Id<Article>> = desk().and_then(Desk::article) else { return };
    let next = session.project.with_untracked(|p| {
        let story = p.find(&article)?.story.get().clone()?;
        let versions: Vec<_> = p.versions(&story).into_iter().map(|a| a.id()).collect();
        let here = versions.iter().position(|id| *id == article)?;
        Some(versions[(here + 1) % versions.len()].clone()).filter(|next| *next != article)
    });
    match next {
        Some(next) => session.go(Screen::Read(next)),
        None => session.say(t(M::OnlyVersion).to_owned()),
    }
}
