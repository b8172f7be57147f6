//! Guesses where a quotation begins or ends when its mark is lost, and names round which marks slipped.

use super::glyph::{Family, Mark};
use super::{MarkDefect, Quotation};
use crate::text::Span;

/// How far from the end a tag is looked for, in bytes.
const REACH: usize = 160;

/// Verbs that follow a quotation, for guessing where one ends that lost its mark. Not the lexicon of
/// cues, which is the suggester's: a short list is enough where a comma comes before.
const SAYING: &[&str] = &[
    "said",
    "says",
    "say",
    "added",
    "adds",
    "told",
    "asked",
    "wrote",
    "warned",
    "insisted",
    "noted",
    "explained",
    "replied",
    "continued",
    "concluded",
    "argued",
    "claimed",
    "declared",
    "stated",
    "announced",
    "mentioned",
    "opined",
    "recalled",
    "stressed",
    "tweeted",
    "сказав",
    "сказала",
    "додав",
    "додала",
    "заявив",
    "заявила",
    "каже",
    "зазначив",
    "зазначила",
    "наголосив",
    "наголосила",
];

/// A tag such as `, he added` at the end of a stretch.
#[derive(Clone, Copy)]
pub(super) struct Tag {
    /// Where the words before the tag end, their comma included.
    pub content_end: usize,
    /// Whether the tag follows without a space.
    pub fused: bool,
}

/// The tag that ends `text[from..to]`, if one does: after a comma or stop, few words, and one of the
/// first three says that somebody said it.
pub(super) fn tag(text: &str, from: usize, to: usize) -> Option<Tag> {
    let mut floor = from.max(to.saturating_sub(REACH));
    while !text.is_char_boundary(floor) {
        floor += 1;
    }
    let reach = text.get(floor..to)?;
    let stops = reach.char_indices().rev().filter(|(_, c)| matches!(c, ',' | '?' | '!' | '.' | '…'));
    for (at, c) in stops {
        let rest = &reach[at + c.len_utf8()..];
        let mut words = rest.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()));
        if words.by_ref().take(3).any(|w| SAYING.contains(&&*w.to_lowercase())) {
            let content_end = floor + at + c.len_utf8();
            return Some(Tag { content_end, fused: rest.starts_with(char::is_alphabetic) });
        }
    }
    None
}

/// Where a quotation began that closes at `close` and never opened: after a colon, else at the begin
/// of the block, else with the first sentence after what `free_from` ends.
pub(super) fn begin(text: &str, block: usize, free_from: usize, close: usize) -> usize {
    let stretch = &text[free_from..close];
    let start = match stretch.rfind(": ") {
        Some(colon) => free_from + colon + 1,
        None if free_from == block => block,
        None => stretch.find(". ").map_or(free_from, |stop| free_from + stop + 1),
    };
    let lead = text[start..close].len() - text[start..close].trim_start().len();
    start + lead
}

/// Whether mark `i` and the one before stand around a name of at most three words, with a word in
/// lower case after: `Xi “Biden” makes clear`. Only then may the words after be what was quoted.
pub(super) fn around_a_name(text: &str, marks: &[Mark], i: usize) -> bool {
    let (first, second) = (&marks[i - 1], &marks[i]);
    if first.family != Family::Double || second.family != Family::Double || second.at - first.end > 60 {
        return false;
    }
    let name = &text[first.end..second.at];
    let rest = &text[second.end..];
    let words = name.split(' ').count();
    words <= 3
        && name.split(' ').all(|w| w.starts_with(char::is_uppercase))
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '’' | '\''))
        && rest.starts_with(' ')
        && rest[1..].starts_with(char::is_lowercase)
}

/// A quotation from bytes `start..end` with its words at `inner`; `None` where no word is between.
pub(super) fn quotation(
    text: &str,
    (start, end): (usize, usize),
    inner: (usize, usize),
    continues_previous: bool,
    mut defects: Vec<MarkDefect>,
) -> Option<Quotation> {
    let inner = Span::new(text, inner.0, inner.1)?.trimmed(text);
    if !inner.slice(text).contains(char::is_alphanumeric) {
        return None;
    }
    defects.sort_unstable();
    defects.dedup();
    let span = Span::new(text, start, end)?;
    Some(Quotation { span, inner, level: 0, single: false, continues_previous, defects })
}

/// Notes the defects that show between the marks.
pub(super) fn note_inside(text: &str, quotation: &mut Quotation) {
    let inner = quotation.inner.slice(text);
    if inner.contains('\n') {
        quotation.defects.push(MarkDefect::FalseParagraphBreak);
    }
    if inner.contains("](") {
        quotation.defects.push(MarkDefect::MarkupInside);
    }
    quotation.defects.sort_unstable();
    quotation.defects.dedup();
}
