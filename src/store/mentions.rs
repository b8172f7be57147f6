//! Words that name a source, and whom they name.

use super::attributing::{MarkRole, make_source};
use super::editor::{Editor, set};
use crate::model::{Anchor, Article, ArticleText, Attribution, Id, Mention, MentionForm, Source, Story};
use crate::text::{Span, Text, shingles::folded};

pub(super) fn mention_span(e: &Editor<'_, '_, '_>, text: &Text, mention: &Id<Mention>) -> Option<Span> {
    e.get(mention)?.anchor.get().as_ref()?.span(text)
}

/// Adds the words to an attribution as a mention of whom they name, who joins the cast if not known yet.
pub(super) fn add_mention(
    e: &mut Editor<'_, '_, '_>,
    id: &Id<Attribution>,
    text_id: &Id<ArticleText>,
    text: &Text,
    span: Span,
    role: MarkRole,
) {
    let Some(attribution) = e.get(id) else { return };
    let named: Vec<Id<Mention>> = match role {
        MarkRole::Via => attribution.via.get().iter().cloned().collect(),
        MarkRole::Addressee => attribution.addressees.get().clone(),
        MarkRole::Source | MarkRole::Content | MarkRole::Cue => attribution.sources.get().clone(),
    };
    // A speaker said by key before the words were marked: the words now name that speaker.
    if let Some(implicit) = named.iter().find(|m| e.get(*m).is_some_and(|m| m.anchor.get().is_none())) {
        set!(e, implicit, Mention.anchor = Anchor::of(text, span));
        set!(e, implicit, Mention.form = None);
        return;
    }
    if let Some(overlapping) =
        named.iter().find(|m| mention_span(e, text, m).is_some_and(|s| s.overlaps(span)))
    {
        let grown = mention_span(e, text, overlapping).map_or(span, |s| s.union(span));
        set!(e, overlapping, Mention.anchor = Anchor::of(text, grown));
        return;
    }
    let mention = mention_at(e, text_id, text, span).unwrap_or_else(|| make_mention(e, text_id, text, span));
    match role {
        MarkRole::Via => set!(e, id, Attribution.via = Some(mention)),
        MarkRole::Addressee => {
            set!(e, id, Attribution.addressees = [named, vec![mention]].concat());
        }
        MarkRole::Source | MarkRole::Content | MarkRole::Cue => {
            set!(e, id, Attribution.sources = [named, vec![mention]].concat());
        }
    }
}

/// The mention that is just these words, if there is one.
pub(super) fn mention_at(
    e: &Editor<'_, '_, '_>,
    text_id: &Id<ArticleText>,
    text: &Text,
    span: Span,
) -> Option<Id<Mention>> {
    let points = text.chars_of(span);
    let here = |a: &Anchor| a.start == points.start && a.end == points.end && a.span(text) == Some(span);
    let mut all = e.project().about::<Mention>(text_id);
    all.find(|m| m.anchor.get().as_ref().is_some_and(here)).map(|m| m.id())
}

fn make_mention(
    e: &mut Editor<'_, '_, '_>,
    text_id: &Id<ArticleText>,
    text: &Text,
    span: Span,
) -> Id<Mention> {
    let name = without_possessive(span.slice(text)).to_owned();
    let pronoun = is_pronoun(&name);
    let source = (!pronoun).then(|| {
        let story = story_of(e, text_id);
        known_source(e, story.as_ref(), &name).unwrap_or_else(|| {
            let source = e.new_id();
            make_source(e, &source, story, name, None);
            source
        })
    });
    let mention: Id<Mention> = e.new_id();
    let body = Mention {
        anchor: Anchor::of(text, span).into(),
        source: source.into(),
        form: pronoun.then_some(MentionForm::Pronoun).into(),
        ..Mention::blank(text_id.clone())
    };
    e.make(mention.record(), body);
    mention
}

fn story_of(e: &Editor<'_, '_, '_>, text: &Id<ArticleText>) -> Option<Id<Story>> {
    e.project().all::<Article>().find(|a| a.text == *text).and_then(|a| a.story.get().clone())
}

/// The member of the cast that `name` names: the same name or alias, or the surname of exactly one.
fn known_source(e: &Editor<'_, '_, '_>, story: Option<&Id<Story>>, name: &str) -> Option<Id<Source>> {
    let wanted = bare_name(name);
    let cast: Vec<_> = e
        .project()
        .all::<Source>()
        .filter(|s| s.story.get().as_ref() == story)
        .map(|s| {
            let names = s.name.get().iter().chain(s.aliases.get()).map(|n| bare_name(n)).collect::<Vec<_>>();
            (s.id(), names)
        })
        .collect();
    if let Some((id, _)) = cast.iter().find(|(_, names)| names.contains(&wanted)) {
        return Some(id.clone());
    }
    let capital = name.chars().next().is_some_and(char::is_uppercase);
    let last_word = |n: &String| n.rsplit(' ').next() == wanted.rsplit(' ').next();
    let one_is_surname = |n: &String| !n.contains(' ') || !wanted.contains(' ');
    let mut namesakes =
        cast.into_iter().filter(|(_, names)| names.iter().any(|n| last_word(n) && one_is_surname(n)));
    let first = namesakes.next().filter(|_| capital);
    first.filter(|_| namesakes.next().is_none()).map(|(id, _)| id)
}

/// A name as it is compared: folded, without honorifics and articles before it.
fn bare_name(name: &str) -> String {
    const BEFORE: &[&str] = &["mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "the", "a", "an"];
    let words: Vec<String> = name.split_whitespace().map(|w| folded(w.trim_matches(['.', ',']))).collect();
    let lead = words.iter().take_while(|w| BEFORE.contains(&w.as_str())).count();
    words[lead.min(words.len().saturating_sub(1))..].join(" ")
}

fn without_possessive(name: &str) -> &str {
    name.strip_suffix("’s").or_else(|| name.strip_suffix("'s")).unwrap_or(name)
}

/// Whether words are a pronoun, which names somebody only together with what stands before.
pub fn is_pronoun(words: &str) -> bool {
    const PRONOUNS: &[&str] = &[
        "he", "she", "they", "it", "we", "i", "you", "him", "her", "them", "who", "він", "вона", "вони",
        "воно", "хто", "який", "яка",
    ];
    PRONOUNS.contains(&folded(words).as_str())
}
