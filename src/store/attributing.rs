//! Commands on attributions: marking words, moving their ends, saying who speaks.

use super::command::Rejection;
use super::editor::{Editor, set};
use crate::model::{
    Anchor, Article, ArticleText, Attribution, AttributionType, Content, Id, Made, Mention, MentionForm,
    Part, Source, SourceKind, Story,
};
use crate::text::{Span, Text, order, shingles::folded};

/// What words are in an attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MarkRole {
    /// What was said.
    Content,
    /// The words that say that it was said.
    Cue,
    /// Who said it.
    Source,
}

/// Marks words as part of an attribution. Words that overlap a piece already marked in the same role
/// extend that piece.
pub(super) fn mark(
    e: &mut Editor<'_, '_, '_>,
    id: &Id<Attribution>,
    text_id: &Id<ArticleText>,
    span: Span,
    role: MarkRole,
    blind: bool,
) -> Result<(), Rejection> {
    let text = e.project().text(text_id).ok_or(Rejection::Gone("article"))?.clone();
    let span = span.trimmed(&text);
    if span.is_empty() {
        return Err(Rejection::NothingSelected);
    }
    e.make(id.record(), Attribution::blank(text_id.clone(), Made::by_hand(blind)));
    let attribution = e.get(id).ok_or(Rejection::Gone("attribution"))?;
    match role {
        MarkRole::Content => {
            let pieces = attribution.contents.get().iter().filter_map(|c| c.span(&text)).collect();
            let contents = joined(pieces, span).into_iter().filter_map(|s| content(&text, s)).collect();
            set_contents(e, id, contents);
        }
        MarkRole::Cue => {
            let cues = attribution.cues.get().iter().filter_map(|c| c.span(&text)).collect();
            let cues = joined(cues, span).into_iter().filter_map(|s| Anchor::of(&text, s)).collect();
            set!(e, id, Attribution.cues = cues);
        }
        MarkRole::Source => add_mention(e, id, text_id, &text, span),
    }
    Ok(())
}

/// Takes the piece at `span` out of an attribution; the last piece takes the attribution with it.
pub(super) fn unmark(
    e: &mut Editor<'_, '_, '_>,
    id: &Id<Attribution>,
    span: Span,
    role: MarkRole,
) -> Result<(), Rejection> {
    let attribution = e.get(id).ok_or(Rejection::Gone("attribution"))?.clone();
    let text = e.project().text(&attribution.text).ok_or(Rejection::Gone("article"))?.clone();
    match role {
        MarkRole::Content => {
            let mut contents = attribution.contents.get().clone();
            contents.retain(|c| c.span(&text) != Some(span));
            set_contents(e, id, contents);
        }
        MarkRole::Cue => {
            let mut cues = attribution.cues.get().clone();
            cues.retain(|c| c.span(&text) != Some(span));
            set!(e, id, Attribution.cues = cues);
        }
        MarkRole::Source => {
            let at_span = |m: &Id<Mention>| mention_span(e, &text, m) == Some(span);
            let (gone, kept): (Vec<_>, Vec<_>) =
                attribution.sources.get().clone().into_iter().partition(at_span);
            set!(e, id, Attribution.sources = kept);
            gone.iter().for_each(|mention| drop_unused(e, mention, id));
        }
    }
    let left = e.get(id).is_some_and(|a| {
        !(a.contents.get().is_empty() && a.cues.get().is_empty() && a.sources.get().is_empty())
    });
    if !left {
        e.delete(id.record());
    }
    Ok(())
}

/// Moves the ends of the piece at `old`; ids and links stay.
pub(super) fn remark(
    e: &mut Editor<'_, '_, '_>,
    id: &Id<Attribution>,
    old: Span,
    new: Span,
    role: MarkRole,
) -> Result<(), Rejection> {
    let attribution = e.get(id).ok_or(Rejection::Gone("attribution"))?.clone();
    let text = e.project().text(&attribution.text).ok_or(Rejection::Gone("article"))?.clone();
    if new.is_empty() {
        return Err(Rejection::NothingSelected);
    }
    match role {
        MarkRole::Content => {
            let moved = |c: Content| if c.span(&text) == Some(old) { content(&text, new) } else { Some(c) };
            let contents = attribution.contents.get().iter().cloned().filter_map(moved).collect();
            set_contents(e, id, contents);
        }
        MarkRole::Cue => {
            let moved = |c: Anchor| if c.span(&text) == Some(old) { Anchor::of(&text, new) } else { Some(c) };
            let cues = attribution.cues.get().iter().cloned().filter_map(moved).collect();
            set!(e, id, Attribution.cues = cues);
        }
        MarkRole::Source => {
            for mention in attribution.sources.get() {
                if mention_span(e, &text, mention) == Some(old) {
                    set!(e, mention, Mention.anchor = Anchor::of(&text, new));
                }
            }
        }
    }
    Ok(())
}

/// Says who speaks. The first mention is resolved to the source; where the words name nobody, an
/// implicit mention stands in.
pub(super) fn set_speaker(
    e: &mut Editor<'_, '_, '_>,
    id: &Id<Attribution>,
    source: Id<Source>,
) -> Result<(), Rejection> {
    let attribution = e.get(id).ok_or(Rejection::Gone("attribution"))?.clone();
    e.get(&source).ok_or(Rejection::Gone("source"))?;
    if let Some(mention) = attribution.sources.get().first() {
        set!(e, mention, Mention.source = Some(source));
        return Ok(());
    }
    let mention: Id<Mention> = e.new_id();
    let implicit = Mention {
        source: Some(source).into(),
        form: Some(MentionForm::Implicit).into(),
        ..Mention::blank(attribution.text.clone())
    };
    e.make(mention.record(), implicit);
    set!(e, id, Attribution.sources = vec![mention]);
    Ok(())
}

/// Adds somebody to a story's cast.
pub(super) fn make_source(
    e: &mut Editor<'_, '_, '_>,
    id: &Id<Source>,
    story: Option<Id<Story>>,
    name: String,
    kind: Option<SourceKind>,
) {
    let source =
        Source { name: Some(name).into(), source_kind: kind.into(), story: story.into(), ..Source::blank() };
    e.make(id.record(), source);
}

/// Deletes what only this attribution used: its mentions and the stances taken in it.
pub(super) fn delete(e: &mut Editor<'_, '_, '_>, id: &Id<Attribution>) {
    let Some(attribution) = e.get(id).cloned() else { return };
    e.delete(id.record());
    let stances = e.project().about::<crate::model::Stance>(&attribution.text);
    let of_this = stances.filter(|s| s.attribution.get().as_ref() == Some(id));
    let stances: Vec<_> = of_this.map(|s| s.id()).collect();
    stances.iter().for_each(|stance| e.delete(stance.record()));
    let mentions = attribution.sources.get().iter().chain(attribution.via.get());
    for mention in mentions.chain(attribution.addressees.get()) {
        drop_unused(e, mention, id);
    }
}

fn drop_unused(e: &mut Editor<'_, '_, '_>, mention: &Id<Mention>, but: &Id<Attribution>) {
    let Some(text) = e.get(mention).map(|m| m.text.clone()) else { return };
    let mut others = e.project().about::<Attribution>(&text).filter(|a| a.id() != *but);
    let used = others.any(|a| {
        let mut all = a.sources.get().iter().chain(a.via.get()).chain(a.addressees.get());
        all.any(|m| m == mention)
    });
    if !used {
        e.delete(mention.record());
    }
}

/// Writes the contents in the order of the text. The type follows them for as long as nobody said
/// otherwise.
fn set_contents(e: &mut Editor<'_, '_, '_>, id: &Id<Attribution>, mut contents: Vec<Content>) {
    order::sort_by_key(&mut contents, |c| (c.start, c.end));
    let Some(attribution) = e.get(id) else { return };
    let followed = *attribution.r#type.get() == type_of(attribution.contents.get());
    let follows = type_of(&contents);
    set!(e, id, Attribution.contents = contents);
    if followed {
        set!(e, id, Attribution.r#type = follows);
    }
}

/// Direct where all content stands in quotation marks, indirect where none does.
fn type_of(contents: &[Content]) -> Option<AttributionType> {
    let quoted = contents.iter().filter(|c| c.part == Part::Quoted).count();
    let marks_within =
        contents.iter().any(|c| c.part != Part::Quoted && c.exact.contains(['“', '"', '„', '«']));
    match quoted {
        _ if contents.is_empty() => None,
        0 if marks_within => Some(AttributionType::Mixed),
        0 => Some(AttributionType::Indirect),
        all if all == contents.len() => Some(AttributionType::Direct),
        _ => Some(AttributionType::Mixed),
    }
}

/// A piece of content; quoted where quotation marks stand at its ends or right around it. An opening
/// mark alone is enough where no other opens inside: news texts lose closing marks.
fn content(text: &Text, span: Span) -> Option<Content> {
    let is_mark = |c: Option<char>| c.is_some_and(|c| "“”„«»\"‹›".contains(c));
    let words = span.slice(text);
    let before = text[..span.start().byte()].chars().next_back();
    let after = text[span.end().byte()..].chars().next();
    let single = words.starts_with(['‘', '\'']) && words.ends_with(['’', '\'']);
    let opened = is_mark(words.chars().next()) || is_mark(before);
    let closed = is_mark(words.chars().next_back()) || is_mark(after);
    let opens_again = words.chars().skip(1).any(is_double_open);
    let quoted = single || (opened && (closed || !opens_again));
    let part = if quoted { Part::Quoted } else { Part::Paraphrase };
    Anchor::of(text, span).map(|anchor| Content::new(anchor, part))
}

fn is_double_open(c: char) -> bool {
    matches!(c, '“' | '„' | '«')
}

/// `spans` with `new`; those that overlap it grow together with it.
fn joined(spans: Vec<Span>, new: Span) -> Vec<Span> {
    let (touching, mut apart): (Vec<_>, Vec<_>) = spans.into_iter().partition(|s| s.overlaps(new));
    apart.push(touching.into_iter().fold(new, Span::union));
    order::sort_by(&mut apart, Ord::cmp);
    apart
}

fn mention_span(e: &Editor<'_, '_, '_>, text: &Text, mention: &Id<Mention>) -> Option<Span> {
    e.get(mention)?.anchor.get().as_ref()?.span(text)
}

/// Adds the words as a mention of whom they name, who joins the cast if not known yet.
fn add_mention(
    e: &mut Editor<'_, '_, '_>,
    id: &Id<Attribution>,
    text_id: &Id<ArticleText>,
    text: &Text,
    span: Span,
) {
    let Some(attribution) = e.get(id) else { return };
    let sources = attribution.sources.get().clone();
    // A speaker said by key before the words were marked: the words now name that speaker.
    if let Some(implicit) = sources.iter().find(|m| e.get(*m).is_some_and(|m| m.anchor.get().is_none())) {
        set!(e, implicit, Mention.anchor = Anchor::of(text, span));
        set!(e, implicit, Mention.form = None);
        return;
    }
    if let Some(overlapping) =
        sources.iter().find(|m| mention_span(e, text, m).is_some_and(|s| s.overlaps(span)))
    {
        let grown = mention_span(e, text, overlapping).map_or(span, |s| s.union(span));
        set!(e, overlapping, Mention.anchor = Anchor::of(text, grown));
        return;
    }
    let known = e
        .project()
        .about::<Mention>(text_id)
        .find(|m| m.anchor.get().as_ref().and_then(|anchor| anchor.span(text)) == Some(span));
    let mention = match known.map(|m| m.id()) {
        Some(mention) => mention,
        None => make_mention(e, text_id, text, span),
    };
    let mut sources = sources;
    sources.push(mention);
    set!(e, id, Attribution.sources = sources);
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
