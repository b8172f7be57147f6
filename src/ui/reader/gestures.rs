//! Marking: what keys and buttons do with the selected words and the active attribution.

use super::desk::{Desk, desk};
use super::marks::{Card, Part};
use super::move_caret;
use crate::model::{Attribution, AttributionType, Defect, Id, Source};
use crate::store::{Command, MarkRole};
use crate::text::marks::{MarkDefect, Quotation};
use crate::text::{Span, Text};
use crate::ui::actions::how;
use crate::ui::messages::{M, fill, fill_in, t};
use crate::ui::session::{Screen, Selected, Session, fresh_bits};
use leptos::prelude::*;

/// The words selected. An empty span is the caret.
pub(super) fn selection(desk: Desk) -> Option<Span> {
    let (text_id, text) = desk.text()?;
    let noted = || desk.session.selected.get_untracked().filter(|s| s.text == text_id).map(|s| s.span);
    // The page itself first: the event that tells of a selection can come later than a fast key.
    move_caret::on_page(&text).or_else(noted)
}

/// The words selected; says what to do where there are none.
pub(super) fn selected_words(desk: Desk) -> Option<Span> {
    let selected = selection(desk).filter(|span| !span.is_empty());
    if selected.is_none() {
        desk.session.say(t(M::SelectFirst).to_owned());
    }
    selected
}

/// Words to be marked as content, with what is wrong with the marks around them.
pub(super) struct Meant {
    pub(super) span: Span,
    defects: Vec<Defect>,
    /// It goes on with the quotation of the paragraph before.
    continues: bool,
}

/// What a person means by the selection: the quotation at the caret, or the one whose words are selected with
/// or without their marks, as it was repaired in the reading; else just these words.
pub(super) fn meant(desk: Desk, span: Span) -> Option<Meant> {
    let units = desk.units()?;
    let found = if span.is_empty() { units.quotation_at(span.start()) } else { units.quotation_of(span) };
    match found {
        Some(quotation) => Some(Meant {
            span: quotation.span,
            defects: defects_of(quotation),
            continues: quotation.continues_previous,
        }),
        None => (!span.is_empty()).then(|| Meant { span, defects: Vec::new(), continues: false }),
    }
}

fn defects_of(quotation: &Quotation) -> Vec<Defect> {
    let named = |defect: &MarkDefect| match defect {
        MarkDefect::MarkMissingOpen => Defect::MarkMissingOpen,
        MarkDefect::MarkMissingClose => Defect::MarkMissingClose,
        MarkDefect::MarkReversed => Defect::MarkReversed,
        MarkDefect::MarkSpacing => Defect::MarkSpacing,
        MarkDefect::FalseParagraphBreak => Defect::FalseParagraphBreak,
        MarkDefect::MarkupInside => Defect::MarkupInside,
        MarkDefect::CueFused => Defect::CueFused,
    };
    quotation.defects.iter().map(named).collect()
}

/// The attribution that is active and still there.
pub(super) fn active(desk: Desk) -> Option<Id<Attribution>> {
    let active = desk.session.active.get_untracked()?;
    desk.session.project.with_untracked(|p| p.find(&active).is_some()).then_some(active)
}

/// Says how an attribution comes to be the active one.
pub(super) fn say_active_first(session: Session) {
    let reads = matches!(session.screen.get_untracked(), Screen::Read(_));
    let some = desk().and_then(|desk| desk.marks(|marks| !marks.cards().is_empty())).unwrap_or_default();
    session.say_how(if reads && some { M::GoFirst } else { M::ActiveFirst });
}

/// Marks the selected words, or the quotation at the caret, as content. An attribution that says something
/// already is left: the next quotation begins a new one, unless the words touch it.
pub(in crate::ui) fn mark_content(session: Session) {
    let Some(desk) = desk() else { return };
    let meant = selection(desk).and_then(|span| meant(desk, span));
    let Some(meant) = meant else { return session.say(t(M::SelectFirst).to_owned()) };
    let attribution = joined(desk, &meant).unwrap_or_else(|| Id::random(fresh_bits()));
    let commands = content_commands(desk, &attribution, &meant);
    if do_all(desk, commands, meant.span) {
        session.active.set(Some(attribution.clone()));
        let known = desk.card(&attribution).is_some_and(|card| !card.speakers.is_empty());
        session.spoken.set(how(if known { M::MarkedMore } else { M::KeepSelecting }));
    }
}

/// The attribution that the words join without being told so.
fn joined(desk: Desk, meant: &Meant) -> Option<Id<Attribution>> {
    let open = active(desk).and_then(|id| desk.card(&id)).filter(|card| {
        let mut contents = card.of_part(Part::Content).peekable();
        // Words wholly inside are somebody's within it.
        let meets = |span: &Span| span.overlaps(meant.span) && !is_inside(meant.span, *span);
        contents.peek().is_none() || contents.any(|(span, _)| meets(span))
    });
    if let Some(card) = open {
        return Some(card.id.clone());
    }
    // A quotation that was left open in the paragraph before goes on here.
    let units = desk.units().filter(|_| meant.continues)?;
    let at = units.outermost().partition_point(|q| q.start() < meant.span.start());
    let before = *units.outermost().get(at.checked_sub(1)?)?;
    desk.marks(|marks| {
        let says =
            |card: &&std::sync::Arc<Card>| card.of_part(Part::Content).any(|(s, _)| s.overlaps(before));
        marks.cards().iter().rev().find(says).map(|card| card.id.clone())
    })
    .flatten()
}

/// What it takes to mark content: the words, what is wrong with their marks, and, for words inside somebody
/// else's, inside whose.
fn content_commands(desk: Desk, attribution: &Id<Attribution>, meant: &Meant) -> Vec<Command> {
    let Some((text, _)) = desk.text() else { return Vec::new() };
    let blind = desk.session.blind(&text);
    let mut commands = vec![Command::Mark {
        attribution: attribution.clone(),
        text,
        span: meant.span,
        role: MarkRole::Content,
        blind,
    }];
    if !meant.defects.is_empty() {
        let defects = meant.defects.clone();
        commands.push(Command::NoteDefects { attribution: attribution.clone(), defects });
    }
    let is_new = desk.card(attribution).is_none_or(|card| card.of_part(Part::Content).next().is_none());
    if let Some(parent) = around(desk, attribution, meant.span).filter(|_| is_new) {
        commands.push(Command::SetParent { attribution: attribution.clone(), parent: Some(parent) });
    }
    commands
}

/// Whether words are some of these, and not all.
fn is_inside(words: Span, these: Span) -> bool {
    these.contains(words) && these != words
}

/// The attribution in whose content these words stand: the innermost, and not this one.
pub(super) fn around(desk: Desk, but: &Id<Attribution>, span: Span) -> Option<Id<Attribution>> {
    desk.marks(|marks| {
        let holds =
            |card: &&std::sync::Arc<Card>| card.of_part(Part::Content).any(|(s, _)| is_inside(span, *s));
        let all = marks.with_content_at(span).filter(|card| card.id != *but).filter(holds);
        let length = |card: &std::sync::Arc<Card>| {
            card.of_part(Part::Content).filter(|(s, _)| s.contains(span)).map(|(s, _)| s.len()).min()
        };
        all.min_by_key(|card| length(card)).map(|card| card.id.clone())
    })
    .flatten()
}

/// Runs commands as one step; the selection has done its work and becomes a caret behind the words.
fn do_all(desk: Desk, mut commands: Vec<Command>, span: Span) -> bool {
    let command = match commands.len() {
        1 => commands.pop(),
        0 => None,
        _ => Some(Command::Several { commands }),
    };
    let done = command.is_some_and(|command| desk.session.run(command));
    if done {
        put_caret(desk, span.end().byte());
    }
    done
}

/// Puts the caret at a place in the text.
pub(super) fn put_caret(desk: Desk, at: usize) {
    let Some((text_id, text)) = desk.text() else { return };
    if let Some(span) = Span::new(&text, at, at) {
        move_caret::show_soon(desk.session, text, Selected { text: text_id, span });
    }
}

/// Adds the selected words, or the quotation at the caret, to the active attribution as one more piece.
pub(in crate::ui) fn mark_more_content(session: Session) {
    let Some(desk) = desk() else { return };
    let Some(attribution) = active(desk) else { return say_active_first(session) };
    let meant = selection(desk).and_then(|span| meant(desk, span));
    let Some(meant) = meant else { return session.say(t(M::SelectFirst).to_owned()) };
    if do_all(desk, content_commands(desk, &attribution, &meant), meant.span) {
        session.spoken.set(t(M::MarkedMore).to_owned());
    }
}

/// Cue, source, intermediary and addressee join the active attribution; without one they begin one, so that
/// the order of marking is free.
pub(in crate::ui) fn mark_part(session: Session, role: MarkRole) {
    let Some(desk) = desk() else { return };
    let (Some(span), Some((text, content))) = (selected_words(desk), desk.text()) else { return };
    if role == MarkRole::Source && is_in_credit(desk, &content, span) {
        return session.say(t(M::CreditNoSource).to_owned());
    }
    let attribution = active(desk).unwrap_or_else(|| Id::random(fresh_bits()));
    let blind = session.blind(&text);
    let mark = Command::Mark { attribution: attribution.clone(), text, span, role, blind };
    if do_all(desk, vec![mark], span) {
        session.active.set(Some(attribution.clone()));
        say_which(desk, &attribution);
    }
}

/// Whether words stand in a line that credits contributors.
fn is_in_credit(desk: Desk, text: &Text, span: Span) -> bool {
    let Some(units) = desk.units() else { return false };
    let all = units.paragraphs();
    let at = all.partition_point(|p| p.end() <= span.start());
    all.get(at).is_some_and(|paragraph| super::cast::is_credit(paragraph.slice(text)))
}

/// Says that the numbered member of the cast speaks. Words that are selected and are no part of the active
/// attribution are marked as content first: content and known speaker in two keys.
pub(in crate::ui) fn pick_speaker(session: Session, number: usize) {
    let Some(desk) = desk() else { return };
    match super::cast::members(desk).into_iter().nth(number - 1) {
        Some(member) => say_speaker(desk, member.id, &member.name),
        None => session.say(fill_in(&how(M::NobodyHasNumber), &[&number.to_string()])),
    }
}

/// Says who speaks in the active attribution, or in a new one with the selected words as content.
pub(super) fn say_speaker(desk: Desk, source: Id<Source>, name: &str) {
    let session = desk.session;
    let held = active(desk).and_then(|id| desk.card(&id));
    let selected = selection(desk).and_then(|span| meant(desk, span).map(|meant| (meant, span.is_empty())));
    let fresh = selected.filter(|(meant, caret)| match &held {
        Some(card) => !caret && card.pieces.iter().all(|(_, (span, _))| !span.overlaps(meant.span)),
        None => true,
    });
    let (attribution, mut commands, span) = match (fresh, held) {
        (Some((meant, _)), held) => {
            let open = held.filter(|card| card.of_part(Part::Content).next().is_none());
            let id = open.map_or_else(|| Id::random(fresh_bits()), |card| card.id.clone());
            let commands = content_commands(desk, &id, &meant);
            (id, commands, Some(meant.span))
        }
        (None, Some(card)) => (card.id.clone(), Vec::new(), None),
        (None, None) => return say_active_first(session),
    };
    commands.push(Command::SetSpeaker { attribution: attribution.clone(), source });
    let done = match span {
        Some(span) => do_all(desk, commands, span),
        None => commands.pop().is_some_and(|command| session.run(command)),
    };
    if done {
        session.active.set(Some(attribution.clone()));
    }
    match span {
        Some(_) => say_which(desk, &attribution),
        None => session.spoken.set(fill(M::SpeakerIs, &[name])),
    }
}

/// Leaves the active attribution and whatever has the keyboard; what is marked next begins a new one.
pub(in crate::ui) fn finish(session: Session) {
    if super::find::close() {
        return;
    }
    session.active.set(None);
    session.stance.set(None);
    super::to_text();
}

pub(in crate::ui) fn delete_active(session: Session) {
    let Some(id) = desk().and_then(active) else { return say_active_first(session) };
    session.active.set(None);
    if session.run(Command::Delete { records: vec![id.record().clone()] }) {
        session.say_how(M::AttributionDeleted);
    }
}

/// Says whether one is sure of the active attribution.
pub(in crate::ui) fn flip_unsure(session: Session) {
    let Some(card) = active_card() else { return say_active_first(session) };
    let (record, unsure) = (card.id.record().clone(), !card.unsure);
    if session.run(Command::SetUnsure { record, unsure }) {
        session.spoken.set(t(if unsure { M::Unsure } else { M::Sure }).to_owned());
    }
}

/// The active attribution as its card shows it.
pub(super) fn active_card() -> Option<std::sync::Arc<Card>> {
    let desk = desk()?;
    desk.card(&active(desk)?)
}

/// The active attribution is reported inside the one around it, or, where none is, inside the one before it in
/// the text. Said again, it is not.
pub(in crate::ui) fn nest(session: Session) {
    let (Some(desk), Some(card)) = (desk(), active_card()) else {
        return say_active_first(session);
    };
    let parent = match card.parent {
        Some(_) => None,
        None => {
            let inside = card.first.and_then(|first| around(desk, &card.id, first));
            let Some(parent) = inside.or_else(|| before(desk, &card)) else {
                return session.say(t(M::NothingAround).to_owned());
            };
            Some(parent)
        }
    };
    let command = Command::SetParent { attribution: card.id.clone(), parent: parent.clone() };
    if session.run(command) {
        say_link(desk, parent, M::InsideWhich, M::NotInside);
    }
}

/// The active attribution goes on with the one before it in the text. Said again, it does not.
pub(in crate::ui) fn go_on(session: Session) {
    let (Some(desk), Some(card)) = (desk(), active_card()) else {
        return say_active_first(session);
    };
    let continues = match card.continues {
        Some(_) => None,
        None => match before(desk, &card) {
            Some(before) => Some(before),
            None => return session.say(t(M::NothingAround).to_owned()),
        },
    };
    let command = Command::SetContinues { attribution: card.id.clone(), continues: continues.clone() };
    if session.run(command) {
        say_link(desk, continues, M::ContinuesWhich, M::NotGoingOn);
    }
}

/// Says to screen readers with which attribution the active one hangs together now.
fn say_link(desk: Desk, other: Option<Id<Attribution>>, linked: M, alone: M) {
    let words = other.map(|id| desk.marks(|marks| super::cards::link_words(marks, &id, linked)).flatten());
    desk.session.spoken.set(words.map_or(t(alone).to_owned(), Option::unwrap_or_default));
}

/// The attribution before this one in the text.
fn before(desk: Desk, card: &Card) -> Option<Id<Attribution>> {
    desk.marks(|marks| {
        let at = marks.position(card)?.checked_sub(1)?;
        marks.cards().get(at).map(|card| card.id.clone())
    })
    .flatten()
}

/// Marks as scare quotes and the like: quotation marks that quote nobody.
pub(super) fn set_kind(session: Session, kind: AttributionType) {
    let Some(card) = active_card() else { return say_active_first(session) };
    let words = kind.as_str().replace('_', " ");
    if session.run(Command::SetType { attribution: card.id.clone(), r#type: Some(kind) }) {
        session.spoken.set(fill(M::PieceOf, &[t(M::AttributionKind), &words]));
    }
}

/// Makes an attribution the active one, shows where it begins and says which it is.
pub(in crate::ui) fn focus_attribution(session: Session, id: &Id<Attribution>) {
    session.active.set(Some(id.clone()));
    let Some(desk) = desk() else { return };
    if let Some(first) = desk.card(id).and_then(|card| card.first) {
        put_caret(desk, first.start().byte());
    }
    say_which(desk, id);
}

/// Says to screen readers which attribution this is.
pub(super) fn say_which(desk: Desk, id: &Id<Attribution>) {
    let look = desk.marks(|m| {
        let card = m.card(id)?;
        Some((card.clone(), m.position(card)? + 1, m.cards().len()))
    });
    if let Some(look) = look.flatten() {
        desk.session.spoken.set(super::cards::spoken(desk, &look));
    }
}
