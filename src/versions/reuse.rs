//! How much one text holds of another: runs of three words, tiles, the longest run, each outside and
//! inside quotation marks.
//!
//! The split is what tells a copy from a second report of the same press conference: what two reporters
//! heard is the same inside the marks and different outside (design note `versions.md` 2.5). Only the
//! story counts, not headlines and furniture, or two pages of one site would be copies of each other.

use super::Prepared;
use super::align::Edge;
use super::keys::{Map, run_key, shared};
use super::measures::{Measures, measures};
use crate::text::Span;
use crate::text::marks::Quotation;
use serde::{Deserialize, Serialize};
use std::collections::BinaryHeap;

/// Words in a run that counts as reuse.
const RUN: usize = 3;
/// Other words that a tile may go over, on either side.
const BRIDGE: usize = 2;
/// Places at which one run is looked up; further ones are boilerplate.
const PLACES: usize = 24;

/// Shares of runs of three words, 0 to 1. `None` where a side has no such run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Containment {
    /// The share of the first text's runs that the second has.
    pub a_in_b: Option<f32>,
    /// The share of the second text's runs that the first has.
    pub b_in_a: Option<f32>,
    /// How many different runs the two share.
    pub shared: usize,
}

impl Containment {
    /// The greater of the two: how much of the text that holds less is reused. 0 where nothing is there.
    pub fn greater(&self) -> f32 {
        self.a_in_b.unwrap_or(0.0).max(self.b_in_a.unwrap_or(0.0))
    }
}

/// Words that stand in a row in both texts, and in no other tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tile {
    /// Where in the first text.
    pub a: Span,
    /// Where in the second text.
    pub b: Span,
    /// How many words, those of bridges left out.
    pub words: usize,
    /// How many of them stand in quotation marks in the first text.
    pub quoted: usize,
    /// How many bridges of one or two other words it goes over: scattered edits break a long run, and
    /// the run is still one.
    pub bridges: usize,
}

/// How much of each text is in the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Reuse {
    /// Runs that stand outside quotation marks in both texts.
    pub outside: Containment,
    /// Runs inside marks in one text that stand anywhere in the other: copies lose and move marks.
    pub inside: Containment,
    /// All runs.
    pub all: Containment,
    /// The tiles, by their place in the first text.
    pub tiles: Vec<Tile>,
    /// The share of the first story's words that tiles cover, 0 to 1.
    pub tiled_a: f32,
    /// The share of the second story's words that tiles cover, 0 to 1.
    pub tiled_b: f32,
    /// Words in the longest run, without bridges.
    pub longest_run: usize,
    /// The measures of what stands outside quotation marks.
    pub told: Measures,
    /// The measures of what stands inside.
    pub quoted: Measures,
}

/// The words of a story with whether they stand in marks.
pub(super) struct Story {
    /// Where each word is, its key, and whether it stands in marks.
    pub(super) words: Vec<(Span, u64, bool)>,
}

impl Story {
    fn new(side: &Prepared) -> Self {
        let mut quoted = side.quotations.iter().filter(|q| counts(side.text, q)).map(|q| q.span).peekable();
        let units = side.words.iter().enumerate().filter(|(i, _)| side.is_story(*i));
        let words = units.flat_map(|(_, words)| words).map(|word| {
            while quoted.next_if(|q| q.end() <= word.span.start()).is_some() {}
            (word.span, word.key, quoted.peek().is_some_and(|q| q.contains(word.span)))
        });
        Self { words: words.collect() }
    }

    /// The hashes of the runs, and whether all of each stands inside (`Some(true)`) or outside marks.
    fn runs(&self) -> impl Iterator<Item = (u64, Option<bool>)> + '_ {
        self.words.windows(RUN).map(|run| {
            let quoted = run.iter().filter(|w| w.2).count();
            let side = [(0, Some(false)), (RUN, Some(true))].into_iter().find(|(n, _)| *n == quoted);
            (hash(run), side.and_then(|(_, side)| side))
        })
    }

    /// The runs of a side, sorted, each once.
    fn set(&self, side: Option<bool>) -> Vec<u64> {
        let runs = self.runs().filter(|(_, s)| side.is_none() || *s == side);
        let mut found: Vec<u64> = runs.map(|(run, _)| run).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Whether a quotation is words of somebody: outermost, and in double marks or more than a term long.
pub(super) fn counts(text: &str, q: &Quotation) -> bool {
    q.level == 0 && (!q.single || q.inner.slice(text).split_whitespace().count() > 2)
}

fn hash(run: &[(Span, u64, bool)]) -> u64 {
    run_key([run[0].1, run[1].1, run[2].1])
}

/// How much of each of `a` and `b` is in the other. Near linear: each run is looked up at a bounded
/// number of places.
pub fn reuse(a: &Prepared, b: &Prepared, edges: &[Edge]) -> Reuse {
    let (sa, sb) = (Story::new(a), Story::new(b));
    let share = |part: &[u64], whole: &[u64]| {
        let shared = shared(part, whole);
        ((!part.is_empty()).then(|| shared as f32 / part.len() as f32), shared)
    };
    let (all_a, all_b) = (sa.set(None), sb.set(None));
    let of = |from_a: &[u64], in_b: &[u64], from_b: &[u64], in_a: &[u64]| {
        let ((a_in_b, x), (b_in_a, y)) = (share(from_a, in_b), share(from_b, in_a));
        Containment { a_in_b, b_in_a, shared: x.max(y) }
    };
    let (out_a, out_b) = (sa.set(Some(false)), sb.set(Some(false)));
    let (in_a, in_b) = (sa.set(Some(true)), sb.set(Some(true)));
    let runs = tiles(&sa.words, &sb.words);
    let covered = runs.iter().map(|t| t.len).sum::<usize>() as f32;
    let [told, quoted] = measures((a, &sa), (b, &sb), edges, &runs);
    let of_all =
        |story: &Story| if story.words.is_empty() { 0.0 } else { covered / story.words.len() as f32 };
    Reuse {
        outside: of(&out_a, &out_b, &out_b, &out_a),
        inside: of(&in_a, &all_b, &in_b, &all_a),
        all: of(&all_a, &all_b, &all_b, &all_a),
        tiled_a: of_all(&sa),
        tiled_b: of_all(&sb),
        longest_run: runs.iter().map(|t| t.len).max().unwrap_or(0),
        tiles: bridged(&runs, &sa.words, &sb.words),
        told,
        quoted,
    }
}

/// Words in a row in both stories, by their places among the words of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Same {
    pub(super) a: usize,
    pub(super) b: usize,
    pub(super) len: usize,
}

/// Runs joined over bridges of one or two words, as tiles with their places in the texts.
fn bridged(runs: &[Same], a: &[(Span, u64, bool)], b: &[(Span, u64, bool)]) -> Vec<Tile> {
    let mut found: Vec<(Tile, (usize, usize))> = Vec::new();
    for run in runs {
        let (end_a, end_b) = (run.a + run.len, run.b + run.len);
        let (span_a, span_b) = (a[run.a].0.union(a[end_a - 1].0), b[run.b].0.union(b[end_b - 1].0));
        let quoted = a[run.a..end_a].iter().filter(|w| w.2).count();
        let near = |from: usize, to: usize| to.checked_sub(from).is_some_and(|gap| gap <= BRIDGE);
        match found.last_mut() {
            Some((tile, end)) if near(end.0, run.a) && near(end.1, run.b) => {
                (tile.a, tile.b) = (tile.a.union(span_a), tile.b.union(span_b));
                (tile.words, tile.quoted, tile.bridges) =
                    (tile.words + run.len, tile.quoted + quoted, tile.bridges + 1);
                *end = (end_a, end_b);
            }
            _ => {
                let tile = Tile { a: span_a, b: span_b, words: run.len, quoted, bridges: 0 };
                found.push((tile, (end_a, end_b)));
            }
        }
    }
    found.into_iter().map(|(tile, _)| tile).collect()
}

/// Greedy string tiling (Wise 1993): the longest common run first, each word in one tile at most.
/// Matches are found through an index of runs instead of by trying all places.
fn tiles(a: &[(Span, u64, bool)], b: &[(Span, u64, bool)]) -> Vec<Same> {
    let mut places: Map<Vec<usize>> = Map::default();
    for (j, run) in b.windows(RUN).enumerate() {
        let found = places.entry(hash(run)).or_default();
        if found.len() < PLACES {
            found.push(j);
        }
    }
    // Longest first, then where it stands, so that the result never depends on chance.
    let mut matches = BinaryHeap::new();
    let push = |matches: &mut BinaryHeap<_>, len: usize, i: usize, j: usize| {
        matches.push((len, std::cmp::Reverse(i), std::cmp::Reverse(j)));
    };
    for (i, run) in a.windows(RUN).enumerate() {
        for &j in places.get(&hash(run)).into_iter().flatten() {
            let begins = i == 0 || j == 0 || a[i - 1].1 != b[j - 1].1;
            if begins {
                let len = a[i..].iter().zip(&b[j..]).take_while(|(x, y)| x.1 == y.1).count();
                push(&mut matches, len, i, j);
            }
        }
    }
    let (mut taken_a, mut taken_b) = (vec![false; a.len()], vec![false; b.len()]);
    let mut found = Vec::new();
    while let Some((len, std::cmp::Reverse(i), std::cmp::Reverse(j))) = matches.pop() {
        let free = |k: usize| !taken_a[i + k] && !taken_b[j + k];
        if len < RUN {
            continue;
        }
        if let Some(blocked) = (0..len).find(|&k| !free(k)) {
            // The parts before and after what is taken may still be tiles.
            let resume = (blocked..len).find(|&k| free(k));
            push(&mut matches, blocked, i, j);
            if let Some(k) = resume {
                push(&mut matches, len - k, i + k, j + k);
            }
            continue;
        }
        taken_a[i..i + len].fill(true);
        taken_b[j..j + len].fill(true);
        found.push(Same { a: i, b: j, len });
    }
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(a: &str, b: &str) -> Reuse {
        let (a, b) = (Prepared::new(a), Prepared::new(b));
        let none = |_| std::ops::ControlFlow::Continue(());
        match crate::versions::align::align(&a, &b, &mut { none }) {
            std::ops::ControlFlow::Continue(edges) => reuse(&a, &b, &edges),
            std::ops::ControlFlow::Break(()) => panic!("nobody cancelled"),
        }
    }

    #[test]
    fn quoted_and_narrated_reuse_are_told_apart() {
        let a = "The minister was scathing about the owners. “I have kept a chair free for them,” she said.";
        let b = "Talks have broken down on Ostray again. She recalled: “I have kept a chair free for them.”";
        let got = of(a, b);
        assert_eq!((got.outside.a_in_b, got.inside.a_in_b), (Some(0.0), Some(1.0)));
        assert_eq!((got.longest_run, got.tiles.len(), got.tiles[0].quoted), (8, 1, 8));
    }

    #[test]
    fn a_text_holds_itself_and_an_empty_one_has_nothing_to_hold() {
        let a = "The ferry left the harbour early on Monday. Nobody was on board that day.";
        assert_eq!((of(a, a).all.greater(), of(a, a).tiled_a), (1.0, 1.0));
        assert_eq!(of(a, "").all.b_in_a, None);
    }

    #[test]
    fn tiles_are_the_longest_runs_first_and_do_not_overlap() {
        let got = of("one two three four five six seven.", "five six seven one two three four.");
        assert_eq!(got.tiles.iter().map(|t| t.words).collect::<Vec<_>>(), [4, 3]);
    }

    #[test]
    fn scattered_edits_leave_one_tile_over_bridges() {
        let a =
            "The harbour board refused the licence again on Monday because the log was doctored by the crew.";
        let got = of(a, &a.replace("again", "once more").replace("doctored", "forged"));
        let tiles: Vec<_> = got.tiles.iter().map(|t| (t.words, t.bridges)).collect();
        assert_eq!((tiles, got.longest_run), (vec![(15, 2)], 6));
        assert_eq!((got.told.tiled.a, got.quoted.tiled.a), (Some(15.0 / 17.0), None));
        assert!(got.told.replaced.a.is_some_and(|share| share > 0.1 && share < 0.3), "{:?}", got.told);
    }

    #[test]
    fn endless_repetition_stays_quick() {
        let got = of(&"a b c d. ".repeat(3_000), &"b c d a. ".repeat(3_000));
        assert!(got.tiled_a > 0.9);
    }
}
