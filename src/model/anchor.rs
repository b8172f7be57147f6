//! Where something stands in an immutable text, with enough of the text to find it again.

use super::Part;
use super::value::object;
use crate::text::{CodePoint, CodePoints, Span, Text};

/// How many code points of context an anchor keeps on either side.
const CONTEXT: usize = 32;

object! {
    /// A place in a text: code points, end exclusive, at least one long; `exact` equals the slice.
    /// Prefix and suffix hold up to 32 code points of what stands around it (W3C Web Annotation's
    /// text-quote selector).
    Anchor {
        /// One past the last code point.
        end: CodePoint;
        /// The words themselves.
        exact: String;
        /// What stands before.
        prefix: String;
        /// First code point.
        start: CodePoint;
        /// What stands after.
        suffix: String;
    }

    /// A piece of what was said: an anchor and what kind of piece it is.
    Content {
        /// One past the last code point.
        end: CodePoint;
        /// The words themselves.
        exact: String;
        /// Whether they are quoted, paraphrased, inserted by the article, or left out by it.
        part: Part;
        /// What stands before.
        prefix: String;
        /// First code point.
        start: CodePoint;
        /// What stands after.
        suffix: String;
    }
}

impl Anchor {
    /// The anchor of `span` in `text`; `None` where the span is empty.
    pub fn of(text: &Text, span: Span) -> Option<Self> {
        if span.is_empty() {
            return None;
        }
        let CodePoints { start, end } = text.chars_of(span);
        let before = &text[..span.start().byte()];
        let cut = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(i, _)| i);
        let suffix = text[span.end().byte()..].chars().take(CONTEXT).collect();
        let exact = span.slice(text).to_owned();
        Some(Self { end, exact, prefix: before[cut..].to_owned(), start, suffix })
    }

    /// The span in `text`, or `None` where the text does not say there what the anchor says.
    pub fn span(&self, text: &Text) -> Option<Span> {
        let points = CodePoints { start: self.start, end: self.end };
        text.span_from_chars(points).filter(|span| !span.is_empty() && span.slice(text) == self.exact)
    }
}

impl Content {
    /// A piece at `anchor`.
    pub fn new(anchor: Anchor, part: Part) -> Self {
        let Anchor { end, exact, prefix, start, suffix } = anchor;
        Self { end, exact, part, prefix, start, suffix }
    }

    /// Where it is.
    pub fn anchor(&self) -> Anchor {
        let Self { end, exact, prefix, start, suffix, .. } = self.clone();
        Anchor { end, exact, prefix, start, suffix }
    }

    /// The span in `text`, or `None` where the text does not say there what the piece says.
    pub fn span(&self, text: &Text) -> Option<Span> {
        let points = CodePoints { start: self.start, end: self.end };
        text.span_from_chars(points).filter(|span| !span.is_empty() && span.slice(text) == self.exact)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_counts_code_points_and_finds_its_words_again() {
        let text = Text::new(format!("😀 їжак{} said", "x".repeat(40)));
        let span = Span::new(&text, text.find("їжак").unwrap(), text.find(" said").unwrap()).unwrap();
        let anchor = Anchor::of(&text, span).unwrap();
        assert_eq!((anchor.start, anchor.end), (CodePoint(2), CodePoint(46)));
        assert_eq!((&*anchor.prefix, &*anchor.suffix), ("😀 ", " said"));
        assert_eq!(anchor.span(&text), Some(span));
    }

    #[test]
    fn an_anchor_of_other_words_has_no_place() {
        let text = Text::new("The mayor said");
        let mut anchor = Anchor::of(&text, Span::new(&text, 4, 9).unwrap()).unwrap();
        anchor.exact = "Mayor".into();
        assert_eq!(anchor.span(&text), None);
        anchor.end = CodePoint(99);
        assert_eq!(anchor.span(&text), None);
    }
}
