//! What keys, buttons and the palette do in the reader.

use super::marks::in_reading_order;
use super::move_caret;
use crate::browser;
use crate::model::{Article, ArticleText, Attribution, Holder, Id, Mention, Source, Stance};
use crate::store::{Command, MarkRole};
use crate::text::{Span, Text, order};
use crate::ui::messages::{M, fill, t};
use crate::ui::session::{Screen, Selected, Session, fresh_bits};
use leptos::prelude::*;
use web_sys::KeyboardEvent;

/// The article on the screen with its text.
fn on_screen(session: Session) -> Option<(Id<Article>, Id<ArticleText>, Text)> {
    let article = match session.screen.get_untracked() {
        Screen::Read(article) => article,
        // Of several on the screen, the one in which words are selected.
        Screen::Compare(left, right) => with_selection(session, &[left, right])?,
        Screen::Columns(articles) => with_selection(session, &articles)?,
        Screen::Library | Screen::Family(_) | Screen::Passage(_) => return None,
    };
    session.project.with_untracked(|p| {
        let text_id = p.find(&article)?.text.clone();
        let text = p.text(&text_id)?.clone();
        Some((article, text_id, text))
    })
}

/// The article in whose text words are selected, or the active attribution is.
fn with_selection(session: Session, articles: &[Id<Article>]) -> Option<Id<Article>> {
    let selected = session.selected.get_untracked().map(|s| s.text);
    let found = session.project.with_untracked(|p| {
        let active = session.active.get_untracked();
        let text = selected.or_else(|| Some(p.find(active.as_ref()?)?.text.clone()))?;
        articles.iter().find(|a| p.find(a).is_some_and(|a| a.text == text)).cloned()
    });
    if found.is_none() {
        session.say(t(M::SelectFirst).to_owned());
    }
    found
}

/// The words selected, or `None` with a word of what to do.
fn selected_words(session: Session, text: &Id<ArticleText>) -> Option<Span> {
    let noted = || session.selected.get_untracked().filter(|s| s.text == *text).map(|s| s.span);
    // The page itself first: the event that tells of a selection can come later than a fast key.
    let selected = move_caret::on_page(session, text).or_else(noted).filter(|span| !span.is_empty());
    if selected.is_none() {
        session.say(t(M::SelectFirst).to_owned());
    }
    selected
}

/// Marks the selected words as content. An attribution that has its source already is finished: the
/// next quotation begins a new one, unless the words touch it.
pub(in crate::ui) fn mark_content(session: Session) {
    let Some((_, text_id, text)) = on_screen(session) else { return };
    let Some(span) = selected_words(session, &text_id) else { return };
    let joins = session.active.get_untracked().filter(|id| {
        session.project.with_untracked(|p| {
            p.find(id).is_some_and(|a| {
                let contents: Vec<Span> = a.contents.get().iter().filter_map(|c| c.span(&text)).collect();
                a.sources.get().is_empty() && contents.is_empty() || contents.iter().any(|c| c.overlaps(span))
            })
        })
    });
    let attribution = joins.unwrap_or_else(|| Id::random(fresh_bits()));
    if mark(session, &attribution, text_id, span, MarkRole::Content) {
        session.active.set(Some(attribution));
        session.spoken.set(t(M::KeepSelecting).to_owned());
    }
}

/// Adds the selected words to the active attribution as one more piece of content.
pub(super) fn mark_more_content(session: Session) {
    let Some((_, text_id, _)) = on_screen(session) else { return };
    let (Some(span), Some(active)) = (selected_words(session, &text_id), session.active.get_untracked())
    else {
        return;
    };
    mark(session, &active, text_id, span, MarkRole::Content);
}

pub(in crate::ui) fn mark_cue(session: Session) {
    mark_part(session, MarkRole::Cue);
}

pub(in crate::ui) fn mark_source(session: Session) {
    mark_part(session, MarkRole::Source);
}

/// Cue and source join the active attribution; without one they begin one, so that the order of
/// marking is free.
fn mark_part(session: Session, role: MarkRole) {
    let Some((_, text_id, _)) = on_screen(session) else { return };
    let Some(span) = selected_words(session, &text_id) else { return };
    let active =
        session.active.get_untracked().filter(|id| session.project.with_untracked(|p| p.find(id).is_some()));
    let attribution = active.unwrap_or_else(|| Id::random(fresh_bits()));
    if mark(session, &attribution, text_id, span, role) {
        session.active.set(Some(attribution));
    }
}

fn mark(
    session: Session,
    attribution: &Id<Attribution>,
    text: Id<ArticleText>,
    span: Span,
    role: MarkRole,
) -> bool {
    let blind = session.blind(&text);
    let attribution = attribution.clone();
    let done = session.run(Command::Mark { attribution, text: text.clone(), span, role, blind });
    if done {
        // The words stay where they are; the selection has done its work and becomes a caret behind them.
        collapse(session, text, span);
    }
    done
}

fn collapse(session: Session, text_id: Id<ArticleText>, span: Span) {
    let text = session.project.with_untracked(|p| p.text(&text_id).cloned());
    let caret = text.as_ref().and_then(|t| Span::new(t, span.end().byte(), span.end().byte()));
    if let (Some(text), Some(span)) = (text, caret) {
        let selected = Selected { text: text_id, span };
        session.selected.set(Some(selected.clone()));
        // The paragraph is painted anew first; its old nodes would lose the caret.
        request_animation_frame(move || move_caret::show(&text, &selected));
    }
}

/// Marks the selected words as evidence of the stance said last.
pub(in crate::ui) fn mark_evidence(session: Session) {
    let Some((_, text_id, _)) = on_screen(session) else { return };
    let Some(stance) =
        session.stance.get_untracked().filter(|id| session.project.with_untracked(|p| p.find(id).is_some()))
    else {
        return session.say(t(M::StanceFirst).to_owned());
    };
    let Some(span) = selected_words(session, &text_id) else { return };
    if session.run(Command::AddEvidence { stance, span }) {
        collapse(session, text_id, span);
    }
}

/// Says what the holder thinks of the target: the speaker of the active attribution, else the article.
pub(in crate::ui) fn set_stance(session: Session, label: usize) {
    let Some((value, _)) = session.labels().into_iter().nth(label) else { return };
    let active = session.active.get_untracked();
    let speaker = active.as_ref().and_then(|id| speaker_of(session, id));
    if active.is_some() && speaker.is_none() {
        return session.say(t(M::SelectSource).to_owned());
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
    value: Option<Id<crate::model::Label>>,
) {
    let Some((_, text, _)) = on_screen(session) else { return };
    let Some(target) =
        session.target.get_untracked().filter(|id| session.project.with_untracked(|p| p.find(id).is_some()))
    else {
        session.say(t(M::NoTarget).to_owned());
        return browser::focus("target-name");
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
        mine.next().map(|s| {
            (
                s.id(),
                super::marks::holder_words(p, &holder, t(M::TheArticle)),
                super::marks::stance_words(p, &s),
            )
        })
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

/// The cast in the order of its number keys: those who are mentioned in this article first, then the rest
/// of the story's; among each the ones that came first, so that a number keeps its speaker.
pub(super) fn cast(session: Session, article: &Id<Article>) -> Vec<(Id<Source>, String)> {
    session.project.with(|p| {
        let Some(article) = p.find(article) else { return Vec::new() };
        let here: Vec<Id<Source>> =
            p.about::<Mention>(&article.text).filter_map(|m| m.source.get().clone()).collect();
        let mut cast: Vec<_> = p.all::<Source>().filter(|s| s.story.get() == article.story.get()).collect();
        order::sort_by_key(&mut cast, |s| {
            (!here.contains(&s.id()), s.entry.made.on, s.entry.made.at.clone())
        });
        cast.iter().map(|s| (s.id(), s.name.get().clone().unwrap_or_default())).collect()
    })
}

/// The digit of a key press without modifiers, 1 to 9.
pub(in crate::ui) fn digit(event: &KeyboardEvent) -> Option<usize> {
    if event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key() {
        return None;
    }
    event.code().strip_prefix("Digit")?.parse().ok().filter(|n| (1..=9).contains(n))
}

/// Says that the numbered member of the cast speaks in the active attribution. Words that are selected
/// and not marked yet are marked as its content first: content and known speaker in two keys.
pub(in crate::ui) fn pick_speaker(session: Session, number: usize) {
    let Some((article, ..)) = on_screen(session) else { return };
    let Some((source, name)) = cast(session, &article).into_iter().nth(number - 1) else { return };
    let Some(attribution) = session.active.get_untracked() else {
        return session.say(t(M::ActiveFirst).to_owned());
    };
    session.run(Command::SetSpeaker { attribution, source });
    session.spoken.set(fill(M::SpeakerIs, &[&name]));
}

/// Leaves the active attribution; what is marked next begins a new one.
pub(in crate::ui) fn finish(session: Session) {
    session.active.set(None);
    session.stance.set(None);
}

pub(in crate::ui) fn delete_active(session: Session) {
    if let Some(id) = session.active.get_untracked() {
        session.active.set(None);
        session.run(Command::Delete { records: vec![id.record().clone()] });
    }
}

/// Makes the next or previous attribution of the text the active one and shows it.
pub(in crate::ui) fn go_attribution(session: Session, by: i32) {
    let Some((_, text_id, text)) = on_screen(session) else { return };
    let all = session.project.with_untracked(|p| in_reading_order(p, &text_id, &text));
    if all.is_empty() {
        return session.say(t(M::NoAttributions).to_owned());
    }
    let active = session.active.get_untracked();
    let here = active.and_then(|id| all.iter().position(|(other, _)| *other == id));
    let next = match (here, by > 0) {
        (Some(i), true) => (i + 1) % all.len(),
        (Some(i), false) => (i + all.len() - 1) % all.len(),
        (None, true) => 0,
        (None, false) => all.len() - 1,
    };
    focus_attribution(session, &all[next].0, all[next].1);
}

/// Makes an attribution the active one, and shows where it begins.
pub(super) fn focus_attribution(session: Session, id: &Id<Attribution>, first: Option<Span>) {
    session.active.set(Some(id.clone()));
    let Some((_, text_id, text)) = on_screen(session) else { return };
    if let Some(at) = first.and_then(|s| Span::new(&text, s.start().byte(), s.start().byte())) {
        let selected = Selected { text: text_id, span: at };
        session.selected.set(Some(selected.clone()));
        request_animation_frame(move || move_caret::show(&text, &selected));
    }
}

/// Goes to the next version of the story.
pub(in crate::ui) fn next_version(session: Session) {
    let Some((article, ..)) = on_screen(session) else { return };
    let next = session.project.with_untracked(|p| {
        let story = p.find(&article)?.story.get().clone()?;
        let versions: Vec<_> = p.versions(&story).into_iter().map(|a| a.id()).collect();
        let here = versions.iter().position(|id| *id == article)?;
        Some(versions[(here + 1) % versions.len()].clone())
    });
    if let Some(next) = next {
        session.go(Screen::Read(next));
    }
}
