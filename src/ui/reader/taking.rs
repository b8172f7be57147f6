//! Saying what somebody thinks of something, and with which words they show it.

use super::desk::desk;
use super::gestures::{put_caret, selected_words};
use super::marks::{holder_words, stance_words};
use super::picker::Pick;
use crate::model::{Attribution, Holder, Id, Label, Source, Stance, Target};
use crate::store::Command;
use crate::ui::actions::how;
use crate::ui::messages::{M, fill, fill_in, t};
use crate::ui::session::Session;
use leptos::prelude::*;

/// Marks the selected words as evidence of the stance said last.
pub(in crate::ui) fn mark_evidence(session: Session) {
    let Some(desk) = desk() else { return };
    let Some(stance) =
        session.stance.get_untracked().filter(|id| session.project.with_untracked(|p| p.find(id).is_some()))
    else {
        return session.say_how(M::StanceFirst);
    };
    let Some(span) = selected_words(desk) else { return };
    if session.run(Command::AddEvidence { stance, span }) {
        put_caret(desk, span.end().byte());
        let words = desk.text().map(|(_, text)| span.slice(&text).to_owned()).unwrap_or_default();
        session.spoken.set(fill(M::PieceOf, &[t(M::PartEvidence), &words]));
    }
}

/// Says what the holder thinks of the target: the speaker of the active attribution, else the article.
pub(in crate::ui) fn set_stance(session: Session, label: usize) {
    match session.labels().into_iter().nth(label) {
        Some((value, _)) => say_value(session, value),
        None => session.say_how(M::NoLabelOnKey),
    }
}

/// Says a label of any scheme: for the speaker of the active attribution, else for the article.
pub(super) fn say_value(session: Session, value: Id<Label>) {
    let active = session.active.get_untracked();
    let speaker = active.as_ref().and_then(|id| speaker_of(session, id));
    if active.is_some() && speaker.is_none() {
        return session.say_how(M::SelectSource);
    }
    let (holder, attribution) = match speaker {
        Some(source) => (Holder::Source(source), active),
        None => (Holder::Article, None),
    };
    say_stance(session, holder, attribution, Some(value));
}

/// Writes a stance towards the current target. Without a target the field for its name is offered.
pub(super) fn say_stance(
    session: Session,
    holder: Holder,
    attribution: Option<Id<Attribution>>,
    value: Option<Id<Label>>,
) {
    let Some(desk) = desk() else { return };
    let Some((text, _)) = desk.text() else { return };
    let Some(target) =
        session.target.get_untracked().filter(|id| session.project.with_untracked(|p| p.find(id).is_some()))
    else {
        session.say(t(M::NoTarget).to_owned());
        return super::picker::open(desk, Pick::Target(value));
    };
    let blind = session.blind(&text);
    let command = Command::SetStance {
        text: text.clone(),
        holder: holder.clone(),
        target: target.clone(),
        attribution: attribution.clone(),
        value,
        blind,
    };
    session.run(command);
    let me = session.me();
    let found = session.project.with_untracked(|p| {
        let mut mine = p.about::<Stance>(&text).filter(|s| {
            s.entry.made.by == me
                && s.holder.get().as_ref() == Some(&holder)
                && s.target.get().as_ref() == Some(&target)
                && *s.attribution.get() == attribution
        });
        mine.next().map(|s| (s.id(), holder_words(p, &holder, t(M::TheArticle)), stance_words(p, &s)))
    });
    if let Some((id, who, what)) = found {
        session.stance.set(Some(id));
        session.spoken.set(fill(M::MarkedAs, &[&who, &what]));
    }
}

/// Who speaks in an attribution, as far as anybody said.
pub(super) fn speaker_of(session: Session, id: &Id<Attribution>) -> Option<Id<Source>> {
    session.project.with_untracked(|p| {
        let attribution = p.find(id)?;
        attribution.sources.get().iter().find_map(|m| p.find(m)?.source.get().clone())
    })
}

/// Makes the numbered target the one that stances are about.
pub(in crate::ui) fn pick_target(session: Session, number: usize) {
    let target = session.project.with_untracked(|p| p.all::<Target>().nth(number - 1).map(|t| t.id()));
    match target {
        Some(target) => choose_target(session, target),
        None => session.say(fill_in(&how(M::NoTargetHasNumber), &[&number.to_string()])),
    }
}

/// Makes a target the one that stances are about from now on.
pub(super) fn choose_target(session: Session, target: Id<Target>) {
    let name = session.project.with_untracked(|p| p.find(&target).and_then(|t| t.name.get().clone()));
    session.target.set(Some(target));
    session.remember_place();
    session.spoken.set(fill(M::TargetIs, &[&name.unwrap_or_default()]));
}
