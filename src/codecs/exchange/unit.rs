//! The units in which formats count, and the way there and back.

use crate::text::{CodePoint, CodePoints, Span, Text, Utf16};

/// What a format counts positions in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Unicode code points.
    CodePoints,
    /// UTF-16 units: an emoji counts two.
    Utf16,
    /// Tokens, by their place in the sentence.
    Tokens,
    /// None: no positions in the format.
    None,
}

impl Unit {
    /// Its name in `variorum formats`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CodePoints => "code points",
            Self::Utf16 => "UTF-16 units",
            Self::Tokens => "tokens",
            Self::None => "none",
        }
    }
}

/// Positions of one text in one unit.
pub struct Units<'a> {
    text: &'a Text,
    unit: Unit,
}

impl<'a> Units<'a> {
    /// Of `text`, counted in `unit`.
    pub fn of(text: &'a Text, unit: Unit) -> Self {
        Self { text, unit }
    }

    /// The ends of a span in the unit.
    pub fn ends(&self, span: Span) -> (usize, usize) {
        if self.unit == Unit::Utf16 {
            let at = |offset| self.text.to_utf16(offset).map_or(0, |u| u.0 as usize);
            return (at(span.start()), at(span.end()));
        }
        let CodePoints { start, end } = self.text.chars_of(span);
        (start.0 as usize, end.0 as usize)
    }

    /// The span between two positions; `None` where they are no boundaries of the text or hold nothing.
    pub fn span(&self, start: u64, end: u64) -> Option<Span> {
        let [start, end] = [start, end].map(u32::try_from);
        let (start, end) = (start.ok()?, end.ok()?);
        let span = if self.unit == Unit::Utf16 {
            self.text.span_from_utf16(Utf16(start), Utf16(end))
        } else {
            self.text.span_from_chars(CodePoints { start: CodePoint(start), end: CodePoint(end) })
        };
        span.filter(|span| !span.is_empty())
    }
}
