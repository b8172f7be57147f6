//! Pairs of sentences that share enough letter runs to be looked at, by an inverted index.
//!
//! Work is bounded by a number that grows with the texts ([`WORK_PER_UNIT`]), never by time, so that a
//! result is the same on every machine. Texts of some hundred sentences never reach the bound. Beyond
//! it the commonest letter runs are left out of the *finding*, while every pair found is scored in full:
//! what can be missed is a pair that shares nothing but what half of both texts has.

use super::Progress;
use super::align::{Certainty, Edge, MAYBE};
use super::grams::Vector;
use super::keys::{Map, run_key};
use super::prepared::Prepared;
use super::sentences::UnitKind;
use std::ops::ControlFlow;

/// Products of weights that may be summed up for each sentence.
const WORK_PER_UNIT: u64 = 8_000;
/// What small texts may use anyhow.
const WORK_AT_LEAST: u64 = 2_000_000;
/// Of each sentence so many of its likest are kept: no sentence is split into more.
const PARTNERS: usize = 8;
/// Where the commonest runs were left out, what is left of the likeness of a pair worth scoring.
const PARTLY: f32 = MAYBE / 4.0;

/// A sentence and all the places where it stands word for word the same.
struct Saying<'p> {
    kind: UnitKind,
    vector: &'p Vector,
    units: Vec<usize>,
}

/// The different sentences of a text, by where each stands first.
fn sayings<'p>(side: &'p Prepared) -> Vec<Saying<'p>> {
    let mut known: Map<usize> = Map::default();
    let mut found: Vec<Saying> = Vec::new();
    for (i, words) in side.words.iter().enumerate() {
        let kind = side.units[i].kind;
        let key = run_key(std::iter::once(kind as u64).chain(words.iter().map(|w| w.key)));
        let at = *known.entry(key).or_insert(found.len());
        match found.get_mut(at) {
            Some(saying) => saying.units.push(i),
            None => found.push(Saying { kind, vector: &side.vectors[i], units: vec![i] }),
        }
    }
    found
}

/// Where a gram stands: the gram, the saying, its weight there (as bits, so that it sorts).
type Standing = (u64, u32, u32);

fn standings(sayings: &[Saying]) -> Vec<Standing> {
    let mut found: Vec<Standing> = Vec::new();
    for (i, saying) in sayings.iter().enumerate() {
        found.extend(saying.vector.grams().iter().map(|(gram, weight)| (*gram, i as u32, weight.to_bits())));
    }
    found.sort_unstable();
    found
}

/// A gram of both texts: its range in the standings of each.
type Common = ((usize, usize), (usize, usize));

/// The grams of both texts, by gram, and whether some had to be left out.
fn common(a: &[Standing], b: &[Standing], bound: u64) -> (Vec<Common>, bool) {
    let mut found: Vec<Common> = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        let gram = a[i].0.min(b[j].0);
        let end =
            |list: &[Standing], from: usize| from + list[from..].iter().take_while(|s| s.0 == gram).count();
        let (next_i, next_j) = (end(a, i), end(b, j));
        if next_i > i && next_j > j {
            found.push(((i, next_i), (j, next_j)));
        }
        (i, j) = (next_i, next_j);
    }
    let cost = |c: &Common| ((c.0.1 - c.0.0) * (c.1.1 - c.1.0)) as u64;
    if found.iter().map(cost).sum::<u64>() <= bound {
        return (found, false);
    }
    // The rarest first, as long as the work lasts; then by gram again.
    let mut by_cost: Vec<Standing> = (0u32..).zip(&found).map(|(k, c)| (cost(c), k, 0)).collect();
    by_cost.sort_unstable();
    let mut left = bound;
    let mut kept: Vec<bool> = vec![false; found.len()];
    for (cost, k, _) in by_cost {
        let Some(rest) = left.checked_sub(cost) else { break };
        left = rest;
        kept[k as usize] = true;
    }
    let mut keep = kept.into_iter();
    found.retain(|_| keep.next().unwrap_or(false));
    (found, true)
}

/// The likest so far, likest first, earlier before later.
#[derive(Clone, Default)]
struct Likest(Vec<(f32, u32)>);

impl Likest {
    /// Takes `at` in unless all kept are at least as alike. Must be called in the order of `at`.
    fn offer(&mut self, score: f32, at: u32) {
        if self.0.len() == PARTNERS {
            if self.0[PARTNERS - 1].0 >= score {
                return;
            }
            self.0.pop();
        }
        let place = self.0.partition_point(|(s, _)| *s >= score);
        self.0.insert(place, (score, at));
    }
}

/// All pairs that share enough to be looked at, with `Certainty::Maybe`, by their places. Where a
/// sentence stands several times, its first place answers the other's first, the second the second:
/// three of a kind on both sides would otherwise give nine pairs. And whether the bound was reached, so
/// that some may be missing.
pub(super) fn candidates(
    a: &Prepared,
    b: &Prepared,
    progress: Progress,
) -> ControlFlow<(), (Vec<Edge>, bool)> {
    let (in_a, in_b) = (sayings(a), sayings(b));
    let (at_a, at_b) = (standings(&in_a), standings(&in_b));
    let bound = WORK_AT_LEAST.max((in_a.len() + in_b.len()) as u64 / 2 * WORK_PER_UNIT);
    let (grams, cut) = common(&at_a, &at_b, bound);
    // For each saying of `a` its grams, in order: the sum must be the same whichever text comes first.
    let mut rows: Vec<Vec<(f32, (usize, usize))>> = vec![Vec::new(); in_a.len()];
    for (here, there) in grams {
        for (_, i, weight) in &at_a[here.0..here.1] {
            rows[*i as usize].push((f32::from_bits(*weight), there));
        }
    }
    let threshold = if cut { PARTLY } else { MAYBE };
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    let mut columns: Vec<Likest> = vec![Likest::default(); in_b.len()];
    let mut scores = vec![0.0f32; in_b.len()];
    for (i, row) in rows.iter().enumerate() {
        if i % 64 == 0 {
            progress((i * 1000 / in_a.len()) as u32)?;
        }
        let mut touched: Vec<u32> = Vec::new();
        for (weight, there) in row {
            for (_, j, other) in &at_b[there.0..there.1] {
                let score = &mut scores[*j as usize];
                if *score == 0.0 {
                    touched.push(*j);
                }
                *score += weight * f32::from_bits(*other);
            }
        }
        touched.sort_unstable();
        let mut likest = Likest::default();
        for j in touched {
            let score = std::mem::take(&mut scores[j as usize]);
            if score >= threshold && in_a[i].kind == in_b[j as usize].kind {
                likest.offer(score, j);
                columns[j as usize].offer(score, i as u32);
            }
        }
        pairs.extend(likest.0.into_iter().map(|(_, j)| (i as u32, j)));
    }
    for (j, column) in (0u32..).zip(columns) {
        pairs.extend(column.0.into_iter().map(|(_, i)| (i, j)));
    }
    pairs.sort_unstable();
    pairs.dedup();
    let mut found = Vec::new();
    for (i, j) in pairs {
        let (x, y) = (&in_a[i as usize], &in_b[j as usize]);
        let score = x.vector.cosine(y.vector).min(1.0);
        if score >= MAYBE {
            let places = x.units.iter().zip(&y.units);
            found.extend(places.map(|(a, b)| Edge { a: *a, b: *b, score, certainty: Certainty::Maybe }));
        }
    }
    found.sort_by_key(|e| (e.a, e.b));
    ControlFlow::Continue((found, cut))
}
