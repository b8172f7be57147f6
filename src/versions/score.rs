//! An alignment scored against one made by hand: precision, recall and F1 of pairs.

use super::align::Edge;
use crate::text::Span;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How well an alignment agrees with one made by hand. Shares, 0 to 1; `None` where nothing was there
/// to divide by.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// The share of the pairs found that are in the gold.
    pub precision: Option<f64>,
    /// The share of the gold that was found.
    pub recall: Option<f64>,
    /// Their harmonic mean.
    pub f1: Option<f64>,
    /// Pairs in both.
    pub hits: usize,
    /// Pairs found, as far as both ends lie in units of the gold.
    pub found: usize,
    /// Pairs of the gold.
    pub gold: usize,
}

impl Score {
    /// From counts.
    pub fn of(hits: usize, found: usize, gold: usize) -> Self {
        let share = |part: usize, whole: usize| (whole > 0).then(|| part as f64 / whole as f64);
        let f1 = share(2 * hits, found + gold);
        Self { precision: share(hits, found), recall: share(hits, gold), f1, hits, found, gold }
    }

    /// Several alignments counted as one.
    pub fn pooled(scores: &[Score]) -> Self {
        let sum = |of: fn(&Score) -> usize| scores.iter().map(of).sum();
        Self::of(sum(|s| s.hits), sum(|s| s.found), sum(|s| s.gold))
    }
}

/// The gold units that `span` answers: those of which it covers at least half, or which cover at least
/// half of it. Units of two tools seldom end at the same character.
fn answers(span: Span, gold: &[Span]) -> impl Iterator<Item = usize> {
    gold.iter().enumerate().filter_map(move |(i, unit)| {
        let shared = span.intersection(*unit)?.len();
        (2 * shared >= unit.len().min(span.len())).then_some(i)
    })
}

/// Scores `edges`, whose ends are at `a` and `b`, against `pairs` of gold units at `gold_a` and
/// `gold_b`. Pairs with an end outside all gold units (headlines, furniture) are not judged.
pub fn score(
    edges: &[Edge],
    (a, b): (&[Span], &[Span]),
    (gold_a, gold_b): (&[Span], &[Span]),
    pairs: &[(usize, usize)],
) -> Score {
    let gold: BTreeSet<(usize, usize)> = pairs.iter().copied().collect();
    let mut found = BTreeSet::new();
    for edge in edges {
        let (Some(a), Some(b)) = (a.get(edge.a), b.get(edge.b)) else { continue };
        for i in answers(*a, gold_a) {
            found.extend(answers(*b, gold_b).map(|j| (i, j)));
        }
    }
    Score::of(found.intersection(&gold).count(), found.len(), gold.len())
}
