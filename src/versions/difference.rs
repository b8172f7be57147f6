//! The word difference of two whole texts in their order, for light edits and for looking things up
//! fast. It never says what was reused: a moved paragraph is dropped here and put in there (`align`
//! finds it).
//!
//! imara-diff's histogram over interned words: 1.4 to 8 times as fast as `similar` on such lists (design
//! note `versions.md` 3). It anchors on rare words and turns quadratic where there are none, so a text
//! with a long stretch of nothing but common words is compared by `similar` in blocks of [`BLOCK`] words
//! instead: coarser, linear, and said ([`Difference::coarse`]). A word is what stands between white
//! space; it is compared without the marks at its ends.

use super::keys::{Map, mixed, word_key};
use super::words::{Change, WordOp};
use crate::text::Span;
use imara_diff::{Algorithm, Diff, Hunk, Token};

/// What became of the words of one text in another.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The pieces, in order; joined, the spans of one side are exactly its text.
    pub ops: Vec<WordOp>,
    /// The share of the words of both sides that stayed, 0 to 1.
    pub kept: f32,
    /// Whether the texts repeat themselves so much that they were compared block by block.
    pub coarse: bool,
}

/// Words in a block where rare words are missing.
const BLOCK: usize = 1_024;
/// A word that stands more often than this in either text anchors nothing.
const COMMON: u32 = 63;

/// The word difference of two texts.
pub fn difference(a: &str, b: &str) -> Difference {
    let mut numbers: Map<u32> = Map::default();
    let (wa, wb) = (Words::new(a, &mut numbers), Words::new(b, &mut numbers));
    let coarse = is_monotonous(&wa.tokens, &wb.tokens, numbers.len());
    let hunks = if coarse {
        block_by_block(&wa.tokens, &wb.tokens)
    } else {
        histogram(&wa.tokens, &wb.tokens, numbers.len())
    };
    let mut made = Made { a: &wa, b: &wb, at: (0, 0), ops: Vec::new() };
    let mut gone = 0;
    for ((a0, a1), (b0, b1)) in hunks {
        made.kept(a0, b0);
        made.changed(a1, b1);
        gone += a1 - a0 + b1 - b0;
    }
    made.kept(wa.tokens.len(), wb.tokens.len());
    let mut ops = made.ops;
    if ops.is_empty() && !(a.is_empty() && b.is_empty()) {
        // White space only: nothing that could differ in a word.
        ops.extend(wa.span(0, 0).zip(wb.span(0, 0)).map(|(a, b)| WordOp { change: Change::Equal, a, b }));
    }
    let all = wa.tokens.len() + wb.tokens.len();
    let kept = if all == 0 { 1.0 } else { 1.0 - gone as f32 / all as f32 };
    Difference { ops, kept, coarse }
}

/// What differs: from and to in the words of each side.
type Changed = ((usize, usize), (usize, usize));

fn histogram(a: &[Token], b: &[Token], numbers: usize) -> Vec<Changed> {
    let mut diff = Diff::default();
    diff.compute_with(Algorithm::Histogram, a, b, numbers as u32);
    let range = |r: std::ops::Range<u32>| (r.start as usize, r.end as usize);
    diff.hunks().map(|Hunk { before, after }| (range(before), range(after))).collect()
}

/// Whether some stretch of [`BLOCK`] words that both texts have consists of common words only.
fn is_monotonous(a: &[Token], b: &[Token], numbers: usize) -> bool {
    let count = |side: &[Token]| {
        let mut counts = vec![0u32; numbers];
        side.iter().for_each(|t| counts[t.0 as usize] += 1);
        counts
    };
    let (in_a, in_b) = (count(a), count(b));
    let monotonous = |block: &[Token]| {
        let in_both =
            block.iter().map(|t| (in_a[t.0 as usize], in_b[t.0 as usize])).filter(|(x, y)| x.min(y) > &0);
        let (mut rare, mut common) = (0, 0);
        in_both.for_each(|(x, y)| *(if x.max(y) > COMMON { &mut common } else { &mut rare }) += 1);
        2 * common > BLOCK && 50 * rare < common
    };
    a.chunks(BLOCK).chain(b.chunks(BLOCK)).any(monotonous)
}

/// Both texts cut into equally many blocks, each compared with its counterpart.
fn block_by_block(a: &[Token], b: &[Token]) -> Vec<Changed> {
    let blocks = a.len().max(b.len()).div_ceil(BLOCK).max(1);
    let cut = |side: &[Token], k: usize| side.len() * k / blocks;
    let mut found = Vec::new();
    for k in 0..blocks {
        let (a0, b0) = (cut(a, k), cut(b, k));
        let (pa, pb) = (&a[a0..cut(a, k + 1)], &b[b0..cut(b, k + 1)]);
        for op in similar::capture_diff_slices(similar::Algorithm::Myers, pa, pb) {
            let (x, y) = (op.old_range(), op.new_range());
            if op.tag() != similar::DiffTag::Equal {
                found.push(((a0 + x.start, a0 + x.end), (b0 + y.start, b0 + y.end)));
            }
        }
    }
    found
}

/// A text as interned words that together are all of it.
struct Words<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    /// Where each word begins, in bytes, the space before the first with it; then the end of the text.
    starts: Vec<usize>,
}

impl<'t> Words<'t> {
    fn new(text: &'t str, numbers: &mut Map<u32>) -> Self {
        let mut made = Self { text, tokens: Vec::new(), starts: Vec::new() };
        for word in text.split_whitespace() {
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            made.starts.push(if made.starts.is_empty() { 0 } else { start });
            let next = numbers.len() as u32;
            made.tokens.push(Token(*numbers.entry(key(word)).or_insert(next)));
        }
        made.starts.push(text.len());
        if made.tokens.is_empty() {
            made.starts = vec![0];
        }
        made
    }

    /// From word `from` to word `to`, exclusive; of a text without words, all of it.
    fn span(&self, from: usize, to: usize) -> Option<Span> {
        if self.tokens.is_empty() {
            return Span::new(self.text, 0, self.text.len());
        }
        Span::new(self.text, self.starts[from], self.starts[to])
    }
}

/// A word as a number: lower case, without the marks at its ends unless it is nothing else.
fn key(word: &str) -> u64 {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let bare = if bare.is_empty() { word } else { bare };
    if bare.is_ascii() {
        return bare.bytes().fold(0x9d, |hash, b| mixed(hash, u64::from(b.to_ascii_lowercase())));
    }
    word_key(&crate::text::shingles::folded(bare))
}

struct Made<'w, 't> {
    a: &'w Words<'t>,
    b: &'w Words<'t>,
    /// The next words on both sides.
    at: (usize, usize),
    ops: Vec<WordOp>,
}

impl Made<'_, '_> {
    /// Words that are the same up to the given ones, exclusive; marks around them may differ.
    fn kept(&mut self, a: usize, b: usize) {
        let whole = |m: &Self| m.a.span(m.at.0, a).zip(m.b.span(m.at.1, b));
        let same = |x: &str, y: &str| x == y || x.split_whitespace().eq(y.split_whitespace());
        if whole(self).is_some_and(|(x, y)| same(x.slice(self.a.text), y.slice(self.b.text))) {
            return self.push(Change::Equal, a, b);
        }
        while self.at.0 < a {
            let next = (self.at.0 + 1, self.at.1 + 1);
            let pair = self.a.span(self.at.0, next.0).zip(self.b.span(self.at.1, next.1));
            let equal = pair.is_some_and(|(x, y)| {
                x.slice(self.a.text).trim_ascii() == y.slice(self.b.text).trim_ascii()
                    || same(x.slice(self.a.text), y.slice(self.b.text))
            });
            self.push(if equal { Change::Equal } else { Change::Respelt }, next.0, next.1);
        }
    }

    /// Words that are not the same up to the given ones, exclusive.
    fn changed(&mut self, a: usize, b: usize) {
        // White space without words has no other place to go to.
        let blank = |words: &Words| words.tokens.is_empty() && !words.text.is_empty();
        match (self.at.0 < a, self.at.1 < b) {
            (true, _) if blank(self.b) => self.push(Change::Replaced, a, b),
            (_, true) if blank(self.a) => self.push(Change::Replaced, a, b),
            (true, true) => self.push(Change::Replaced, a, b),
            (true, false) => self.push(Change::Dropped, a, b),
            (false, true) => self.push(Change::Inserted, a, b),
            (false, false) => {}
        }
    }

    fn push(&mut self, change: Change, a: usize, b: usize) {
        let from = std::mem::replace(&mut self.at, (a, b));
        if from == (a, b) {
            return;
        }
        let Some((x, y)) = self.a.span(from.0, a).zip(self.b.span(from.1, b)) else { return };
        match self.ops.last_mut() {
            Some(last) if last.change == change && change != Change::Respelt => {
                (last.a, last.b) = (last.a.union(x), last.b.union(y));
            }
            _ => self.ops.push(WordOp { change, a: x, b: y }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(a: &str, b: &str) -> Difference {
        let found = difference(a, b);
        let join = |text: &str, side: fn(&WordOp) -> Span| -> String {
            found.ops.iter().map(|op| side(op).slice(text)).collect()
        };
        assert_eq!((join(a, |op| op.a), join(b, |op| op.b)), (a.to_owned(), b.to_owned()));
        found
    }

    #[test]
    fn what_changed_is_found_and_marks_are_a_matter_of_spelling() {
        use Change::{Dropped, Equal, Inserted, Replaced, Respelt};
        let changes = |a, b| of(a, b).ops.iter().map(|op| op.change).collect::<Vec<_>>();
        assert_eq!(
            changes("The ferry sailed on Monday", "The ferry left on Monday"),
            [Equal, Replaced, Equal]
        );
        assert_eq!(changes("The ferry sailed, again", "The ferry sailed again"), [Equal, Respelt, Equal]);
        assert_eq!(changes("one two three", "one  three four"), [Equal, Dropped, Equal, Inserted]);
    }

    #[test]
    fn hostile_texts_stay_bounded_and_exact() {
        let noise = |seed: u32| -> String {
            let mut x = seed;
            let mut next = || {
                x = x.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                x >> 29
            };
            (0..20_000).map(|_| format!("w{} ", next())).collect()
        };
        of(&noise(1), &noise(2));
        of(&"a b ".repeat(20_000), &"b a a ".repeat(20_000));
        of(&noise(3), " \n ");
    }

    proptest! {
        #[test]
        fn both_texts_are_put_together_again(a in "[a-cі “”.,'\n]{0,50}", b in "[a-cі “”.,'\n]{0,50}") {
            of(&a, &b);
        }

        #[test]
        fn any_two_texts_have_a_difference(a in any::<String>(), b in any::<String>()) {
            of(&a, &b);
        }
    }
}
