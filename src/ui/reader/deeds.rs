//! What the reader's actions do, by their names in the registry. The registry is in the page's own file and the
//! reader is a part of the program, so that one must not name what the other does.

use super::desk::desk;
use super::find::{find, find_on};
use super::gestures::{
    self, delete_active, finish, flip_unsure, go_on, mark_content, mark_more_content, mark_part, nest,
};
use super::going::{Nudge, go_attribution, go_quotation, go_unfinished, next_version, nudge};
use super::move_caret::{Step, select_all, step};
use super::picker::{self, Pick};
use super::taking::{mark_evidence, set_stance};
use super::whose::only_mine;
use crate::browser;
use crate::store::MarkRole;
use crate::ui::session::Session;

type Deed = (&'static str, fn(Session));

const DEEDS: &[Deed] = &[
    ("quote", mark_content),
    ("more", mark_more_content),
    ("cue", |s| mark_part(s, MarkRole::Cue)),
    ("source", |s| mark_part(s, MarkRole::Source)),
    ("via", |s| mark_part(s, MarkRole::Via)),
    ("addressee", |s| mark_part(s, MarkRole::Addressee)),
    ("speaker", |_| pick(Pick::Speaker)),
    ("split-speaker", |s| pick_for_active(s, Pick::Split)),
    ("kind", |s| pick_for_active(s, Pick::Kind)),
    ("nest", nest),
    ("continue", go_on),
    ("end-right", |s| nudge_words(s, true, 1)),
    ("end-left", |s| nudge_words(s, true, -1)),
    ("start-right", |s| nudge_words(s, false, 1)),
    ("start-left", |s| nudge_words(s, false, -1)),
    ("end-right-character", |s| nudge_characters(s, true, 1)),
    ("end-left-character", |s| nudge_characters(s, true, -1)),
    ("start-right-character", |s| nudge_characters(s, false, 1)),
    ("start-left-character", |s| nudge_characters(s, false, -1)),
    ("unsure", flip_unsure),
    ("note", |s| write(s, "active-note")),
    ("ask", |s| write(s, "active-question")),
    ("delete", delete_active),
    ("done", finish),
    ("favor", |s| set_stance(s, 0)),
    ("against", |s| set_stance(s, 1)),
    ("neither", |s| set_stance(s, 2)),
    ("fourth", |s| set_stance(s, 3)),
    ("value", |_| pick(Pick::Value)),
    ("target", |_| pick(Pick::Target(None))),
    ("evidence", mark_evidence),
    ("scheme", |_| pick(Pick::Scheme)),
    ("word-right", |s| go(s, Step::Word(1))),
    ("word-left", |s| go(s, Step::Word(-1))),
    ("extend-right", |s| extend(s, Step::Word(1))),
    ("extend-left", |s| extend(s, Step::Word(-1))),
    ("character-right", |s| go(s, Step::Character(1))),
    ("character-left", |s| go(s, Step::Character(-1))),
    ("extend-character", |s| extend(s, Step::Character(1))),
    ("extend-character-back", |s| extend(s, Step::Character(-1))),
    ("sentence-down", |s| go(s, Step::Sentence(1))),
    ("sentence-up", |s| go(s, Step::Sentence(-1))),
    ("extend-sentence", |s| extend(s, Step::Sentence(1))),
    ("extend-sentence-back", |s| extend(s, Step::Sentence(-1))),
    ("paragraph-down", |s| go(s, Step::Paragraph(1))),
    ("paragraph-up", |s| go(s, Step::Paragraph(-1))),
    ("extend-paragraph", |s| extend(s, Step::Paragraph(1))),
    ("extend-paragraph-back", |s| extend(s, Step::Paragraph(-1))),
    ("next-quotation", |s| go_quotation(s, 1)),
    ("previous-quotation", |s| go_quotation(s, -1)),
    ("next-attribution", |s| go_attribution(s, 1)),
    ("previous-attribution", |s| go_attribution(s, -1)),
    ("next-unfinished", |s| go_unfinished(s, 1)),
    ("previous-unfinished", |s| go_unfinished(s, -1)),
    ("only-mine", only_mine),
    ("select-all", select_all),
    ("find", find),
    // Enter, while words are looked for.
    ("find-on", |_| find_on(true)),
    ("find-back", |_| find_on(false)),
    ("next-article", next_version),
];

/// Does what the action of this name stands for.
pub(in crate::ui) fn act(session: Session, name: &str) {
    if let Some((_, deed)) = DEEDS.iter().find(|(known, _)| *known == name) {
        deed(session);
    }
}

/// Whether an action of this name is known. For the compiler, which asks for all of them.
pub(in crate::ui) const fn does(name: &str) -> bool {
    let mut at = 0;
    while at < DEEDS.len() {
        if same(DEEDS[at].0.as_bytes(), name.as_bytes()) {
            return true;
        }
        at += 1;
    }
    false
}

const fn same(one: &[u8], other: &[u8]) -> bool {
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

/// Opens a list to pick from.
fn pick(what: Pick) {
    if let Some(desk) = desk() {
        picker::open(desk, what);
    }
}

/// Likewise for what is picked for the active attribution.
fn pick_for_active(session: Session, what: Pick) {
    match gestures::active_card() {
        Some(_) => pick(what),
        None => gestures::say_active_first(session),
    }
}

/// Goes to a field of the active card.
fn write(session: Session, field: &str) {
    browser::focus(field);
    if !browser::has_focus(field) {
        gestures::say_active_first(session);
    }
}

fn go(session: Session, by: Step) {
    step(session, by, false);
}

fn extend(session: Session, by: Step) {
    step(session, by, true);
}

fn nudge_words(session: Session, end: bool, by: i32) {
    nudge(session, Nudge { end, by, character: false });
}

fn nudge_characters(session: Session, end: bool, by: i32) {
    nudge(session, Nudge { end, by, character: true });
}
