//! A text with its index of positions, so that units convert in constant time.

use super::{CodePoint, CodePoints, Offset, Span, Utf16};
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// One stop of the index for every so many bytes: short enough to walk, sparse enough to be free.
const STRIDE: usize = 128;

/// An immutable text and its index. Cloning shares both. Texts above 4 GiB do not exist here: every
/// reader refuses them long before.
#[derive(Clone)]
pub struct Text(Arc<Inner>);

struct Inner {
    content: Box<str>,
    /// `stops[k]` describes the last character boundary at or before byte `k * STRIDE`.
    stops: Vec<Stop>,
    length: Stop,
}

#[derive(Clone, Copy, Default)]
struct Stop {
    byte: u32,
    chars: u32,
    utf16: u32,
}

impl Stop {
    /// The stop behind whole characters that follow. Counted by bytes: a character has one that continues no
    /// other, and two UTF-16 units where it begins with the byte of the longest ones.
    fn past(self, characters: &[u8]) -> Self {
        let chars = characters.iter().filter(|b| **b & 0xC0 != 0x80).count() as u32;
        let pairs = characters.iter().filter(|b| **b >= 0xF0).count() as u32;
        Self {
            byte: self.byte + characters.len() as u32,
            chars: self.chars + chars,
            utf16: self.utf16 + chars + pairs,
        }
    }

    fn after(self, c: char) -> Self {
        Self {
            byte: self.byte + c.len_utf8() as u32,
            chars: self.chars + 1,
            utf16: self.utf16 + c.len_utf16() as u32,
        }
    }
}

impl Text {
    /// Takes the text in and indexes it, in one pass.
    pub fn new(content: impl Into<Box<str>>) -> Self {
        let content = content.into();
        let mut stops = Vec::with_capacity(content.len() / STRIDE + 2);
        let mut at = Stop::default();
        for place in (0..content.len()).step_by(STRIDE) {
            at = at.past(&content.as_bytes()[at.byte as usize..content.floor_char_boundary(place)]);
            stops.push(at);
        }
        at = at.past(&content.as_bytes()[at.byte as usize..]);
        stops.push(at);
        Self(Arc::new(Inner { content, stops, length: at }))
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0.content
    }

    /// Its length in code points.
    pub fn length(&self) -> CodePoint {
        CodePoint(self.0.length.chars)
    }

    /// The span of the whole text.
    pub fn whole(&self) -> Span {
        Span::between(Offset(0), Offset(self.0.length.byte))
    }

    /// The boundary at byte `byte`, or `None` outside the text or inside a character.
    pub fn offset(&self, byte: usize) -> Option<Offset> {
        (byte <= self.len() && self.is_char_boundary(byte)).then_some(Offset(byte as u32))
    }

    /// Bytes to code points. `None` outside the text or inside a character.
    pub fn to_chars(&self, at: Offset) -> Option<CodePoint> {
        self.stop_at(at).map(|s| CodePoint(s.chars))
    }

    /// Bytes to UTF-16 units. `None` outside the text or inside a character.
    pub fn to_utf16(&self, at: Offset) -> Option<Utf16> {
        self.stop_at(at).map(|s| Utf16(s.utf16))
    }

    /// Code points to bytes. `None` past the end.
    pub fn from_chars(&self, at: CodePoint) -> Option<Offset> {
        self.find(at.0, |s| s.chars)
    }

    /// UTF-16 units to bytes. `None` past the end or between the halves of one character.
    pub fn from_utf16(&self, at: Utf16) -> Option<Offset> {
        self.find(at.0, |s| s.utf16)
    }

    /// A span in code points. Total for spans of this text; for others clamped to its end.
    pub fn chars_of(&self, span: Span) -> CodePoints {
        let chars = |at| self.to_chars(at).unwrap_or(self.length());
        CodePoints { start: chars(span.start()), end: chars(span.end()) }
    }

    /// A span from code points; `None` unless `start <= end` and both are in the text.
    pub fn span_from_chars(&self, points: CodePoints) -> Option<Span> {
        let (start, end) = (self.from_chars(points.start)?, self.from_chars(points.end)?);
        (start <= end).then(|| Span::between(start, end))
    }

    /// A span from UTF-16 units; `None` unless `start <= end` and both are boundaries in the text.
    pub fn span_from_utf16(&self, start: Utf16, end: Utf16) -> Option<Span> {
        let (start, end) = (self.from_utf16(start)?, self.from_utf16(end)?);
        (start <= end).then(|| Span::between(start, end))
    }

    fn stop_at(&self, at: Offset) -> Option<Stop> {
        self.offset(at.byte())?;
        let from = self.0.stops[(at.byte() / STRIDE).min(self.0.stops.len() - 1)];
        let between = &self.0.content[from.byte as usize..at.byte()];
        Some(between.chars().fold(from, Stop::after))
    }

    /// The boundary where `unit` reaches exactly `wanted`.
    fn find(&self, wanted: u32, unit: impl Fn(Stop) -> u32) -> Option<Offset> {
        let after = self.0.stops.partition_point(|s| unit(*s) <= wanted);
        let mut at = self.0.stops[after.saturating_sub(1)];
        let mut rest = self.0.content[at.byte as usize..].chars();
        while unit(at) < wanted {
            at = at.after(rest.next()?);
        }
        (unit(at) == wanted).then_some(Offset(at.byte))
    }
}

impl Deref for Text {
    type Target = str;
    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.as_str() == other.as_str()
    }
}

impl Eq for Text {}

impl Default for Text {
    fn default() -> Self {
        Self::new("")
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_emoji_counts_four_bytes_two_units_one_code_point() {
        let text = Text::new("😀їa");
        let a = text.offset(6).unwrap();
        assert_eq!((text.to_chars(a), text.to_utf16(a)), (Some(CodePoint(2)), Some(Utf16(3))));
        assert_eq!(text.from_utf16(Utf16(1)), None, "inside the surrogate pair");
        assert_eq!(text.offset(1), None, "inside the character");
        assert_eq!(text.from_chars(CodePoint(4)), None, "past the end");
    }

    proptest! {
        #[test]
        fn every_boundary_survives_the_way_through_each_unit(s in "[a-zї😀é\n ]{0,400}") {
            let text = Text::new(s.clone());
            for (chars, byte) in s.char_indices().map(|(i, _)| i).chain([s.len()]).enumerate() {
                let at = text.offset(byte).unwrap();
                let utf16 = s[..byte].encode_utf16().count() as u32;
                prop_assert_eq!(text.to_chars(at), Some(CodePoint(chars as u32)));
                prop_assert_eq!(text.to_utf16(at), Some(Utf16(utf16)));
                prop_assert_eq!(text.from_chars(CodePoint(chars as u32)), Some(at));
                prop_assert_eq!(text.from_utf16(Utf16(utf16)), Some(at));
            }
        }
    }
}
