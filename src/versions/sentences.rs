//! The units of comparison: the sentences of a text, with what kind of line each stands in.

use crate::text::{Span, blocks, sentences};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// What a unit belongs to. Recognised weakly, by shape and a few phrases; a wrong guess costs a row in
/// a table, never a word of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// A line above the story without a full stop.
    Headline,
    /// A sentence of the story.
    Sentence,
    /// Credits, forms, copyright, links to other stories, a headline said again.
    Furniture,
}

/// A unit of comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Where it is.
    pub span: Span,
    /// What it belongs to.
    pub kind: UnitKind,
    /// The number of its paragraph among those of the text, false breaks joined.
    pub paragraph: usize,
}

/// Phrases by which furniture is known, lower case; they must begin the line.
const FURNITURE: &[&str] = &[
    "additional reporting",
    "further reporting",
    "reporting by",
    "contributed to this report",
    "copyright",
    "all rights reserved",
    "leave a reply",
    "post your comment",
    "your email",
    "your e-mail",
    "get instant",
    "sign up",
    "subscribe",
    "latest news",
    "related news",
    "read more",
    "advertisement",
    "follow the",
    "stay across",
    "share this",
    "you might also",
    "extra headlines",
    "by ",
    "©",
    "<http",
    "http",
];

/// The units of `text` in order. A sentence broken by a false paragraph break is one unit.
pub fn units(text: &str) -> Vec<Unit> {
    let blocks = blocks(text);
    let prose: Vec<bool> = blocks.iter().map(|b| is_prose(text, *b)).collect();
    let (story, last) = (prose.iter().position(|p| *p), prose.iter().rposition(|p| *p));
    let mut seen: HashSet<&str> = HashSet::new();
    let mut found = Vec::new();
    for (paragraph, block) in blocks.iter().enumerate() {
        let again = !seen.insert(block.slice(text));
        // What ends as prose does is story wherever it stands, so that no paragraph changes its kind
        // because another was added. A text without a single full stop is all story.
        let kind = match (story, last) {
            _ if is_furniture(text, *block) => UnitKind::Furniture,
            _ if prose[paragraph] => UnitKind::Sentence,
            (Some(_), _) if again => UnitKind::Furniture,
            (Some(first), _) if paragraph < first => UnitKind::Headline,
            (_, Some(last)) if paragraph > last => UnitKind::Furniture,
            _ => UnitKind::Sentence,
        };
        let spans = if kind == UnitKind::Headline { vec![*block] } else { sentences(text, *block) };
        let spans = spans.into_iter().filter(|s| s.slice(text).contains(char::is_alphanumeric));
        found.extend(spans.map(|span| Unit { span, kind, paragraph }));
    }
    found
}

/// Whether a paragraph ends as prose does.
fn is_prose(text: &str, block: Span) -> bool {
    let end = block.slice(text).trim_end_matches(|c: char| {
        matches!(c, '”' | '"' | '’' | '\'' | '»' | '“' | ')' | ']') || c.is_whitespace()
    });
    let stopped = end.ends_with(['.', '!', '?', '…', ':', ';', '。', '！', '？', ',']);
    stopped && !is_furniture(text, block)
}

fn is_furniture(text: &str, block: Span) -> bool {
    let line = block.slice(text);
    let line = line.trim_start_matches(['[', '(', '*', ' ']);
    let head: String = line.chars().take(40).flat_map(char::to_lowercase).collect();
    let short = line.len() < 200;
    short
        && (FURNITURE.iter().any(|phrase| head.starts_with(phrase))
            || line.to_lowercase().contains("contributed to this report"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use UnitKind::*;

    fn kinds(text: &str) -> Vec<(UnitKind, &str)> {
        units(text).into_iter().map(|u| (u.kind, u.span.slice(text))).collect()
    }

    #[test]
    fn headline_story_and_furniture_are_told_apart() {
        let text = "Ferry stays away\nFerry stays away\n\nThe owners said no again. Nobody minded at all.\n\nFurther \
                    reporting by Ann Oyle\nLeave a Reply";
        let want = [
            (Headline, "Ferry stays away"),
            (Furniture, "Ferry stays away"),
            (Sentence, "The owners said no again."),
            (Sentence, "Nobody minded at all."),
            (Furniture, "Further reporting by Ann Oyle"),
            (Furniture, "Leave a Reply"),
        ];
        assert_eq!(kinds(text), want);
    }

    #[test]
    fn a_sentence_over_a_false_break_is_one_unit() {
        let text =
            "They offered the ships for sale through foreign brokers,\n\nand asked a court. He left them.";
        assert_eq!(units(text).len(), 2);
    }

    #[test]
    fn a_text_without_a_stop_is_all_story() {
        assert_eq!(kinds("one\ntwo"), [(Sentence, "one"), (Sentence, "two")]);
        assert_eq!(kinds(" \n "), []);
    }
}
