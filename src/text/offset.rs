//! One newtype for each unit of position, and the span in bytes that the core works with.

use serde::{Deserialize, Serialize};

/// A position in bytes, always on a character boundary of the text it belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Offset(pub(crate) u32);

impl Offset {
    /// The position as an index into the text's `str`.
    pub fn byte(self) -> usize {
        self.0 as usize
    }
}

/// A position in Unicode code points: the unit of the project file and of the command line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CodePoint(pub u32);

/// A position in UTF-16 units: what the browser's DOM counts in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Utf16(pub u32);

/// A stretch of code points, end exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CodePoints {
    /// First code point.
    pub start: CodePoint,
    /// One past the last code point.
    pub end: CodePoint,
}

/// A stretch of a text in bytes, end exclusive. Both ends are on character boundaries and
/// `start <= end`: [`Span::new`] is the only door from outside this module.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: Offset,
    end: Offset,
}

impl Span {
    /// The span of `text` from byte `start` to byte `end`, or `None` where that is no slice of it.
    pub fn new(text: &str, start: usize, end: usize) -> Option<Self> {
        text.get(start..end)?;
        Some(Self { start: Offset(u32::try_from(start).ok()?), end: Offset(u32::try_from(end).ok()?) })
    }

    /// For callers in this module whose ends come from the text itself.
    pub(crate) fn between(start: Offset, end: Offset) -> Self {
        debug_assert!(start <= end);
        Self { start, end }
    }

    /// The span that `part`, a slice of `text`, occupies in it. `None` if it is no slice of it.
    pub fn of(text: &str, part: &str) -> Option<Self> {
        let start = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
        Self::new(text, start, start + part.len())
    }

    /// Where it begins.
    pub fn start(self) -> Offset {
        self.start
    }

    /// One past where it ends.
    pub fn end(self) -> Offset {
        self.end
    }

    /// The range of bytes, for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start.byte()..self.end.byte()
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end.byte() - self.start.byte()
    }

    /// Whether it holds no character.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the character that begins at `at` lies inside.
    pub fn holds(self, at: Offset) -> bool {
        self.start <= at && at < self.end
    }

    /// Whether the two share at least one character.
    pub fn overlaps(self, other: Span) -> bool {
        self.start.max(other.start) < self.end.min(other.end)
    }

    /// What the two share, if anything.
    pub fn intersection(self, other: Span) -> Option<Span> {
        self.overlaps(other)
            .then(|| Span { start: self.start.max(other.start), end: self.end.min(other.end) })
    }

    /// The smallest span that holds both.
    pub fn union(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The words of the span.
    pub fn slice(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// The span without the white space at its ends (which may leave it empty).
    pub fn trimmed(self, text: &str) -> Span {
        let inner = self.slice(text);
        let lead = inner.len() - inner.trim_start().len();
        let kept = inner.trim().len();
        let start = self.start.byte() + lead;
        Span { start: Offset(start as u32), end: Offset((start + kept) as u32) }
    }
}
