//! Commands on attributions: marking words, moving their ends, saying who speaks.

use super::command::Rejection;
use super::editor::{Editor, set};
use super::mentions::{add_mention, mention_span};
use crate::model::{
    Anchor, ArticleText, Attribution, AttributionType, Content, Defect, Id, Made, Mention, MentionForm, Part,
    Source, SourceKind, Story,
};
use crate::text::{Span, Text, order};

/// What words are in an attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MarkRole {
    /// What was said.
    Content,
    /// The words that say that it was said.
    Cue,
    /// Who said it.
    Source,
    /// Through whom it came.
    Via,
    /// To whom it was said.
    Addressee,
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
        MarkRole::Source | MarkRole::Via | MarkRole::Addressee => {
            add_mention(e, id, text_id, &text, span, role);
        }
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
        MarkRole::Source | MarkRole::Via | MarkRole::Addressee => {
            let at_span = |m: &Id<Mention>| mention_span(e, &text, m) == Some(span);
            let (gone, kept): (Vec<_>, Vec<_>) = named(&attribution, role).into_iter().partition(at_span);
            match role {
                MarkRole::Via => set!(e, id, Attribution.via = kept.into_iter().next()),
                MarkRole::Addressee => set!(e, id, Attribution.addressees = kept),
                _ => set!(e, id, Attribution.sources = kept),
            }
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

/// The mentions that have a role in an attribution.
fn named(attribution: &Attribution, role: MarkRole) -> Vec<Id<Mention>> {
    match role {
        MarkRole::Via => attribution.via.get().iter().cloned().collect(),
        MarkRole::Addressee => attribution.addressees.get().clone(),
        MarkRole::Source => attribution.sources.get().clone(),
        MarkRole::Content | MarkRole::Cue => Vec::new(),
    }
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
        MarkRole::Source | MarkRole::Via | MarkRole::Addressee => {
            for mention in named(&attribution, role) {
                if mention_span(e, &text, &mention) == Some(old) {
                    set!(e, &mention, Mention.anchor = Anchor::of(&text, new));
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

/// Says inside which attribution this one is reported. Nobody is reported inside their own words.
pub(super) fn set_parent(
    e: &mut Editor<'_, '_, '_>,
    id: &Id<Attribution>,
    parent: Option<Id<Attribution>>,
) -> Result<(), Rejection> {
    e.get(id).ok_or(Rejection::Gone("attribution"))?;
    let mut above = parent.clone();
    let mut steps = 0;
    while let Some(next) = above {
        if next == *id || steps > DEEPEST {
            return Err(Rejection::Circle);
        }
        above = e.get(&next).ok_or(Rejection::Gone("attribution"))?.parent.get().clone();
        steps += 1;
    }
    set!(e, id, Attribution.parent = parent);
    Ok(())
}

/// No report is nested deeper; it ends the search in files that hold a circle.
const DEEPEST: usize = 50;

/// Says which attribution this one goes on with. Whoever speaks there speaks here, unless somebody said
/// otherwise.
pub(super) fn set_continues(
    e: &mut Editor<'_, '_, '_>,
    id: &Id<Attribution>,
    continues: Option<Id<Attribution>>,
) -> Result<(), Rejection> {
    let alone = e.get(id).ok_or(Rejection::Gone("attribution"))?.sources.get().is_empty();
    if continues.as_ref() == Some(id) {
        return Err(Rejection::Circle);
    }
    if let Some(before) = &continues {
        let sources = e.get(before).ok_or(Rejection::Gone("attribution"))?.sources.get().clone();
        let speaker = sources.iter().find_map(|m| e.get(m)?.source.get().clone());
        if let Some(speaker) = speaker.filter(|_| alone) {
            set_speaker(e, id, speaker)?;
        }
    }
    set!(e, id, Attribution.continues = continues);
    Ok(())
}

/// Notes what is wrong with an attribution's marks or text; what is noted already stays.
pub(super) fn note_defects(
    e: &mut Editor<'_, '_, '_>,
    id: &Id<Attribution>,
    found: Vec<Defect>,
) -> Result<(), Rejection> {
    let mut defects = e.get(id).ok_or(Rejection::Gone("attribution"))?.defects.get().clone();
    defects.extend(found);
    order::sort_by(&mut defects, Ord::cmp);
    defects.dedup();
    set!(e, id, Attribution.defects = defects);
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

/// Deletes an attribution and what only it used: its mentions and the stances taken in it. What was reported
/// inside it, or went on from it, hangs on to what it hung on to itself.
pub(super) fn delete(e: &mut Editor<'_, '_, '_>, id: &Id<Attribution>) {
    let Some(attribution) = e.get(id).cloned() else { return };
    e.delete(id.record());
    for other in beside(e, id, &attribution.text) {
        let Some(body) = e.get(&other) else { continue };
        let (inside, after) =
            (body.parent.get().as_ref() == Some(id), body.continues.get().as_ref() == Some(id));
        if inside {
            set!(e, &other, Attribution.parent = attribution.parent.get().clone());
        }
        if after {
            set!(e, &other, Attribution.continues = attribution.continues.get().clone());
        }
    }
    let stances = e.project().about::<crate::model::Stance>(&attribution.text);
    let of_this = stances.filter(|s| s.attribution.get().as_ref() == Some(id));
    let stances: Vec<_> = of_this.map(|s| s.id()).collect();
    stances.iter().for_each(|stance| e.delete(stance.record()));
    let mentions = attribution.sources.get().iter().chain(attribution.via.get());
    for mention in mentions.chain(attribution.addressees.get()) {
        drop_unused(e, mention, id);
    }
}

/// The other attributions of a text.
fn beside(e: &Editor<'_, '_, '_>, id: &Id<Attribution>, text: &Id<ArticleText>) -> Vec<Id<Attribution>> {
    e.project().about::<Attribution>(text).map(|a| a.id()).filter(|other| other != id).collect()
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
