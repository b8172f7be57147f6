//! Word correspondence inside a pair of passages: what stayed, what is respelt, replaced, put in, left
//! out.
//!
//! The exact core is a word difference (`similar`, Myers with its bounded search) over interned words;
//! what lies between is matched where it is the same word in another form (`forms`). Work is bounded by a number of steps
//! ([`STEPS`]), never by time, so that a result is the same on every machine; where the steps run out
//! the result is coarser, still exact in what it says, and says so ([`Words::coarse`]).

use super::forms::{Case, Form, likeness};
use super::keys::{Map, word_key};
use crate::text::shingles::folded;
use crate::text::{Span, words};
use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Under this share of kept words a passage counts as rewritten: its scattered common words are
/// confetti, not correspondence.
pub const REWRITTEN: f32 = 0.3;
/// Comparisons of two words that one call may spend on what the exact core leaves.
pub const STEPS: usize = 400_000;

/// What became of some words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// The same words and marks; white space may differ.
    Equal,
    /// The same word with other letters, another ending or other marks around it.
    Respelt,
    /// Other words in their place.
    Replaced,
    /// Words only the second passage has.
    Inserted,
    /// Words only the first passage has.
    Dropped,
}

/// Words of both passages that belong together, with the marks and spaces around them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordOp {
    /// What became of them.
    pub change: Change,
    /// Where they are in the first text; empty for inserted words.
    pub a: Span,
    /// Where they are in the second text; empty for dropped words.
    pub b: Span,
}

/// The correspondence of two passages. Joined in order, the spans of one side are exactly its passage.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// The pieces, in order.
    pub ops: Vec<WordOp>,
    /// The share of the words of both sides that stayed or are respelt, 0 to 1.
    pub kept: f32,
    /// Whether the steps ran out, so that some replaced words may have closer partners.
    pub coarse: bool,
}

impl Words {
    /// Whether so little was kept that single common words should not be shown as such.
    pub fn rewritten(&self) -> bool {
        self.kept < REWRITTEN
    }
}

/// A word with the marks and spaces that go with it.
struct Token {
    span: Span,
    folded: String,
    key: u64,
}

impl Token {
    fn form(&self, text: &str) -> Form {
        Form::of(&self.folded, Case::of(self.span.slice(text)))
    }
}

/// The correspondence of the passage at `a` in `text_a` and the passage at `b` in `text_b`.
pub fn correspond(text_a: &str, a: Span, text_b: &str, b: Span) -> Words {
    let (mut ta, mut tb) = (tokens(text_a, a), tokens(text_b, b));
    join_hyphens(text_a, &mut ta, &tb);
    join_hyphens(text_b, &mut tb, &ta);
    let mut numbers: Map<u32> = Map::default();
    let mut interned = |tokens: &[Token]| -> Vec<u32> {
        let number = |t: &Token| {
            let next = numbers.len() as u32;
            *numbers.entry(t.key).or_insert(next)
        };
        tokens.iter().map(number).collect()
    };
    let (ia, ib) = (interned(&ta), interned(&tb));
    let mut found = Builder {
        text_a,
        text_b,
        a: &ta,
        b: &tb,
        at: (a, b),
        steps: STEPS,
        coarse: false,
        ops: vec![],
        kept: 0,
    };
    for op in capture_diff_slices(Algorithm::Myers, &ia, &ib) {
        match op {
            DiffOp::Equal { old_index, new_index, len } => {
                (0..len).for_each(|k| found.pair(old_index + k, new_index + k));
            }
            DiffOp::Delete { old_index, old_len, new_index } => {
                found.rest((old_index, old_index + old_len), (new_index, new_index));
            }
            DiffOp::Insert { old_index, new_index, new_len } => {
                found.rest((old_index, old_index), (new_index, new_index + new_len));
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                found.between((old_index, old_index + old_len), (new_index, new_index + new_len));
            }
        }
    }
    let all = ta.len() + tb.len();
    let kept = if all == 0 { 1.0 } else { 2.0 * found.kept as f32 / all as f32 };
    Words { coarse: found.coarse, kept, ops: without_crumbs(text_a, found.ops) }
}

struct Builder<'t> {
    text_a: &'t str,
    text_b: &'t str,
    a: &'t [Token],
    b: &'t [Token],
    /// What is left of both passages.
    at: (Span, Span),
    steps: usize,
    coarse: bool,
    ops: Vec<WordOp>,
    kept: usize,
}

impl Builder<'_> {
    /// The next piece: up to token `a` of the one and `b` of the other side, exclusive.
    fn push(&mut self, change: Change, a: usize, b: usize) {
        let cut = |rest: Span, tokens: &[Token], text: &str, to: usize| {
            let end = tokens.get(to).map_or(rest.end(), |t| t.span.start());
            let piece = Span::new(text, rest.start().byte(), end.byte()).unwrap_or(rest);
            let left = Span::new(text, end.byte(), rest.end().byte()).unwrap_or(rest);
            (piece, left)
        };
        let (piece_a, left_a) = cut(self.at.0, self.a, self.text_a, a);
        let (piece_b, left_b) = cut(self.at.1, self.b, self.text_b, b);
        self.at = (left_a, left_b);
        match self.ops.last_mut() {
            Some(last) if last.change == change && change != Change::Respelt => {
                (last.a, last.b) = (last.a.union(piece_a), last.b.union(piece_b));
            }
            _ => self.ops.push(WordOp { change, a: piece_a, b: piece_b }),
        }
    }

    /// Tokens that are one word on both sides, or one word respelt.
    fn pair(&mut self, a: usize, b: usize) {
        let (slice_a, slice_b) = (self.a[a].span.slice(self.text_a), self.b[b].span.slice(self.text_b));
        let same = slice_a.split_whitespace().eq(slice_b.split_whitespace());
        // *$40* is not *€40*; that a sign gave way to a word is no change of what is said.
        let other = || !signs(slice_a).eq(signs(slice_b));
        if !same && other() && signs(slice_a).next().is_some() && signs(slice_b).next().is_some() {
            return self.push(Change::Replaced, a + 1, b + 1);
        }
        self.kept += 1;
        self.push(if same { Change::Equal } else { Change::Respelt }, a + 1, b + 1);
    }

    /// Tokens without partners up to the given ends.
    fn rest(&mut self, a: (usize, usize), b: (usize, usize)) {
        match (a.0 < a.1, b.0 < b.1) {
            (true, true) => self.push(Change::Replaced, a.1, b.1),
            (true, false) => self.push(Change::Dropped, a.1, b.1),
            (false, true) => self.push(Change::Inserted, a.1, b.1),
            (false, false) => {}
        }
    }

    /// What the exact core left on both sides: words in other forms, in order, the likest.
    fn between(&mut self, (a0, a1): (usize, usize), (b0, b1): (usize, usize)) {
        let (n, m) = (a1 - a0, b1 - b0);
        let Some(left) = n.checked_mul(m).and_then(|cost| self.steps.checked_sub(cost)) else {
            self.coarse = true;
            return self.rest((a0, a1), (b0, b1));
        };
        self.steps = left;
        let forms = |text: &str, tokens: &[Token]| tokens.iter().map(|t| t.form(text)).collect::<Vec<_>>();
        let (fa, fb) = (forms(self.text_a, &self.a[a0..a1]), forms(self.text_b, &self.b[b0..b1]));
        let like: Vec<f32> = (0..n * m).map(|k| likeness(&fa[k / m], &fb[k % m])).collect();
        let mut best = vec![0.0f32; (n + 1) * (m + 1)];
        let at = |i: usize, j: usize| i * (m + 1) + j;
        for i in (0..n).rev() {
            for j in (0..m).rev() {
                let through = like[i * m + j] + best[at(i + 1, j + 1)];
                let through = if like[i * m + j] > 0.0 { through } else { 0.0 };
                best[at(i, j)] = through.max(best[at(i + 1, j)]).max(best[at(i, j + 1)]);
            }
        }
        let (mut i, mut j, mut done) = (0, 0, (0, 0));
        while i < n && j < m && best[at(i, j)] > 0.0 {
            let here = like[i * m + j];
            if here > 0.0 && best[at(i, j)] == here + best[at(i + 1, j + 1)] {
                self.rest((a0 + done.0, a0 + i), (b0 + done.1, b0 + j));
                self.pair(a0 + i, b0 + j);
                (i, j) = (i + 1, j + 1);
                done = (i, j);
            } else if best[at(i, j)] == best[at(i + 1, j)] {
                i += 1;
            } else {
                j += 1;
            }
        }
        self.rest((a0 + done.0, a1), (b0 + done.1, b1));
    }
}

/// The signs in these words that say what a number is a number of: of which money, or of a hundred.
pub(super) fn signs(words: &str) -> impl Iterator<Item = char> {
    let narrow = |c| match c {
        '＄' => '$',
        '￡' => '£',
        '￥' => '¥',
        '％' | '٪' => '%',
        c => c,
    };
    let is_sign = |c: &char| matches!(c, '$' | '%' | '‰' | '¢'..='¥' | '\u{20a0}'..='\u{20cf}');
    words.chars().map(narrow).filter(is_sign)
}

/// The words of `range` as tokens that together are all of it: an opening mark goes with the word after
/// it, other marks and spaces with the word before.
fn tokens(text: &str, range: Span) -> Vec<Token> {
    let words = words(text, range);
    if words.is_empty() && !range.is_empty() {
        return vec![Token { span: range, folded: String::new(), key: 0 }];
    }
    let mut starts: Vec<usize> = Vec::with_capacity(words.len() + 1);
    for (i, word) in words.iter().enumerate() {
        let start = match i.checked_sub(1) {
            None => range.start().byte(),
            Some(before) => {
                let gap = words[before].end().byte();
                let space = text[gap..word.start().byte()].rfind(char::is_whitespace);
                space.map_or(word.start().byte(), |at| {
                    let space = text[gap + at..].chars().next().map_or(1, char::len_utf8);
                    gap + at + space
                })
            }
        };
        starts.push(start);
    }
    starts.push(range.end().byte());
    let token = |(i, word): (usize, &Span)| {
        let span = Span::new(text, starts[i], starts[i + 1])?;
        let folded = folded(word.slice(text));
        Some(Token { span, key: word_key(&folded), folded })
    };
    words.iter().enumerate().filter_map(token).collect()
}

/// Makes one token of two that a hyphen joins, where the other side has them as one word: *e-mail*.
fn join_hyphens(text: &str, tokens: &mut Vec<Token>, other: &[Token]) {
    for i in (1..tokens.len()).rev() {
        let before = &tokens[i - 1];
        if !before.span.slice(text).ends_with(['-', '\u{2010}', '\u{2011}']) {
            continue;
        }
        let folded = format!("{}{}", before.folded, tokens[i].folded);
        let key = word_key(&folded);
        if other.iter().any(|t| t.key == key) {
            let span = before.span.union(tokens[i].span);
            tokens[i - 1] = Token { span, folded, key };
            tokens.remove(i);
        }
    }
}

/// Joins two replaced stretches over a single short word between them: `of`, left standing alone, is
/// chance.
fn without_crumbs(text: &str, ops: Vec<WordOp>) -> Vec<WordOp> {
    const CRUMB: usize = 3;
    let mut kept: Vec<WordOp> = Vec::with_capacity(ops.len());
    for (i, op) in ops.iter().enumerate() {
        let small = op.change == Change::Equal
            && op.a.slice(text).split_whitespace().count() == 1
            && op.a.slice(text).trim().chars().count() <= CRUMB
            && ops.get(i + 1).is_some_and(|next| next.change == Change::Replaced);
        match kept.last_mut() {
            Some(last) if last.change == Change::Replaced && (small || op.change == Change::Replaced) => {
                (last.a, last.b) = (last.a.union(op.a), last.b.union(op.b));
            }
            _ => kept.push(*op),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(a: &str, b: &str) -> Words {
        let whole = |t: &str| Span::new(t, 0, t.len()).unwrap();
        correspond(a, whole(a), b, whole(b))
    }

    fn shown(a: &str, b: &str) -> String {
        let show = |op: &WordOp| {
            let (x, y) = (op.a.slice(a).trim(), op.b.slice(b).trim());
            match op.change {
                Change::Equal => x.to_owned(),
                Change::Respelt => format!("{x}~{y}"),
                Change::Replaced => format!("{{{x}|{y}}}"),
                Change::Inserted => format!("+{y}+"),
                Change::Dropped => format!("-{x}-"),
            }
        };
        of(a, b).ops.iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn each_change_is_named() {
        let a = "The licence may lapse, she said, and owners of the ferry were willing to sail.";
        let b = "The license may expire, she said, and the owners of the ferry were ready to sail again.";
        let want = "The licence~license may {lapse,|expire,} she said, and +the+ owners of the ferry were {willing|ready} \
                    to sail.~sail +again.+";
        assert_eq!(shown(a, b), want);
    }

    #[test]
    fn marks_that_differ_make_a_word_respelt() {
        assert_eq!(shown("a “war criminal” now", "a war criminal now"), "a “war~war criminal”~criminal now");
        assert_eq!(shown("one  two\nthree", "one two three"), "one  two\nthree");
    }

    #[test]
    fn a_number_of_something_else_is_replaced_and_another_way_to_write_it_is_not() {
        assert_eq!(shown("It cost $40 million.", "It cost €40 million."), "It cost {$40|€40} million.");
        assert_eq!(shown("up 5%, she said", "up 5‰, she said"), "up {5%,|5‰,} she said");
        assert_eq!(shown("It cost $40.", "It cost 40 dollars."), "It cost $40.~40 +dollars.+");
        assert_eq!(shown("5 € each", "5€ each"), "5 €~5€ each");
        assert_eq!(shown("5％ each", "5% each"), "5％~5% each");
    }

    #[test]
    fn a_word_that_says_something_else_is_replaced_however_alike_it_is() {
        let a = "They spent 14 million across Austria under a legal treaty from 2024, possible but hardly appropriate.";
        let b = "They spent 14 billion across Australia under an illegal treaty from 2025, impossible but hardly inappropriate.";
        assert_eq!(
            shown(a, b),
            "They spent 14 {million|billion} across {Austria|Australia} under {a legal|an illegal} treaty from {2024, \
             possible|2025, impossible} but hardly {appropriate.|inappropriate.}"
        );
        let (a, b) = (
            "The ministers reported it by e-mail, and cooperated",
            "The minister's report by email, and co-operated",
        );
        assert_eq!(
            shown(a, b),
            "The ministers~minister's reported~report -it- by e-mail,~email, and cooperated~co-operated"
        );
    }

    #[test]
    fn little_kept_is_rewritten() {
        let words =
            of("The mayor of the town refused to go", "Nobody could say the whole harbour went under");
        assert!(words.rewritten(), "{}", words.kept);
        assert!((of("a b c", "a b c").kept - 1.0).abs() < 1e-6);
    }

    fn whole(a: &str, b: &str) -> Words {
        let words = of(a, b);
        let join = |text: &str, side: fn(&WordOp) -> Span| -> String {
            words.ops.iter().map(|op| side(op).slice(text)).collect()
        };
        assert_eq!((join(a, |op| op.a), join(b, |op| op.b)), (a.to_owned(), b.to_owned()));
        for op in &words.ops {
            assert!(op.change != Change::Inserted || op.a.is_empty());
            assert!(op.change != Change::Dropped || op.b.is_empty());
        }
        words
    }

    #[test]
    fn the_worst_cases_stay_bounded_and_exact() {
        let noise = |seed: u32, n: usize| -> String {
            let mut x = seed;
            let mut next = || {
                x = x.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                x >> 20
            };
            (0..n).map(|_| format!("w{} ", next())).collect()
        };
        let words = whole(&noise(1, 8_000), &noise(2, 8_000));
        assert!(words.coarse || words.kept > 0.0);
        whole(&"a b ".repeat(4_000), &"b a a ".repeat(4_000));
        whole(&noise(3, 3_000), "");
    }

    proptest! {
        #[test]
        fn both_passages_are_put_together_again(a in "[a-dсі “”.,'\n]{0,60}", b in "[a-dсі “”.,'\n]{0,60}") {
            whole(&a, &b);
        }

        #[test]
        fn any_two_texts_correspond(a in any::<String>(), b in any::<String>()) {
            whole(&a, &b);
        }
    }
}
