//! Which sentence of one text answers which of the other: many to many, in any order, sure or maybe.
//!
//! Any pair whose cosine reaches [`SURE`] is sure; one that reaches [`MAYBE`] is kept when other signs
//! speak for it (`support`) and it explains something that no sure pair explains already. The scores
//! come from fixed weights (`grams`) by an inverted index, so that the work grows with the pairs that
//! share anything, and no pair's score depends on any other sentence. Both thresholds were found on
//! five real articles and one invented story: a hypothesis, not a calibration.

use super::Progress;
use super::candidates::candidates;
use super::grams::Vector;
use super::prepared::Prepared;
use super::sentences::UnitKind;
use super::support::Support;
use serde::{Deserialize, Serialize};
use std::ops::ControlFlow;

/// From here on a pair of sentences needs no other sign.
pub const SURE: f32 = 0.40;
/// Below, no sign helps.
pub const MAYBE: f32 = 0.15;
/// What a pair of headlines needs: few words, the same subject, often the opposite claim.
pub const HEADLINES: f32 = 0.55;
/// A unit with fewer words than this that matter proves nothing by its own wording.
const FEWEST_WORDS: usize = 2;
/// Where no sentence is sure of its answer, fewer doubtful pairs than this are chance.
const FEWEST_MAYBE: usize = 3;

/// How far a pair can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Look at it before you rely on it.
    Maybe,
    /// Its wording alone carries it.
    Sure,
    /// Somebody said so.
    Confirmed,
}

/// A unit of the one text that answers a unit of the other, as indices into their units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// The unit of the first text.
    pub a: usize,
    /// The unit of the second text.
    pub b: usize,
    /// How alike they are, 0 to 1: the cosine of their letter runs.
    pub score: f32,
    /// How far to trust it.
    pub certainty: Certainty,
}

/// The pairs of `a` and `b`, by their places in `a`, then in `b`. Swapping the two mirrors the pairs.
/// Breaks off when `progress` says so.
pub fn align(a: &Prepared, b: &Prepared, progress: Progress) -> ControlFlow<(), Vec<Edge>> {
    aligned(a, b, progress).map_continue(|(pairs, _)| pairs)
}

/// The same, and whether the texts are so long and so much alike that not every pair of sentences could
/// be looked at (`candidates`): what is found is true then, and something may be missing.
pub fn aligned(a: &Prepared, b: &Prepared, progress: Progress) -> ControlFlow<(), (Vec<Edge>, bool)> {
    let (candidates, coarse) = candidates(a, b, progress)?;
    let (sure, rest): (Vec<Edge>, Vec<Edge>) = candidates.into_iter().partition(|e| is_sure(a, b, *e));
    let mut kept = templates_removed(a, b, overshadowed_removed(sure));
    let support = Support::new(a, b, &kept);
    let maybe: Vec<Edge> = rest.into_iter().filter(|e| support.carries(*e)).collect();
    let answered = kept.iter().filter(|e| a.is_story(e.a)).count();
    if answered > 0 || maybe.len() >= FEWEST_MAYBE {
        kept.extend(maybe);
    }
    // Headlines of one subject look alike when they say the opposite; alone they join nothing.
    if !kept.iter().any(|e| a.is_story(e.a)) {
        kept.clear();
    }
    kept.sort_by_key(|e| (e.a, e.b));
    ControlFlow::Continue((kept, coarse))
}

fn is_sure(a: &Prepared, b: &Prepared, edge: Edge) -> bool {
    let matter = |p: &Prepared, i: usize| p.words[i].iter().filter(|w| w.content).count();
    let little = matter(a, edge.a).min(matter(b, edge.b)) < FEWEST_WORDS;
    match a.units[edge.a].kind {
        UnitKind::Headline => edge.score >= HEADLINES,
        // “He left.” is no evidence of anything; word for word it is at least likely.
        _ if little => edge.score >= 0.999,
        _ => edge.score >= SURE,
    }
}

/// Leaves out pairs that are sure by the number alone while both sides have a far better partner: such
/// a pair only says that the story keeps to its subject.
fn overshadowed_removed(sure: Vec<Edge>) -> Vec<Edge> {
    const FAR_BETTER: f32 = 1.6;
    let size = |of: fn(&Edge) -> usize| sure.iter().map(of).max().map_or(0, |last| last + 1);
    let (mut best_a, mut best_b) = (vec![0.0f32; size(|e| e.a)], vec![0.0f32; size(|e| e.b)]);
    for e in &sure {
        best_a[e.a] = best_a[e.a].max(e.score);
        best_b[e.b] = best_b[e.b].max(e.score);
    }
    sure.into_iter()
        .filter(|e| best_a[e.a] < FAR_BETTER * e.score || best_b[e.b] < FAR_BETTER * e.score)
        .map(|e| Edge { certainty: Certainty::Sure, ..e })
        .collect()
}

/// Leaves out pairs of sentences that have partners of their own and share nothing beyond what they share
/// with those: the lines of a list (`Holm voted for it. Varga voted for it.`) are all alike. Whose partner is
/// whose the wording decides, and between nearly equals the order.
fn templates_removed(a: &Prepared, b: &Prepared, sure: Vec<Edge>) -> Vec<Edge> {
    const STEP: f32 = 0.04;
    const STEPS: usize = 5;
    // What two sentences may share beyond their partners and still be of one template.
    const BEYOND: f32 = 0.12;
    // How much likelier the partner must be of a sentence whose pair with one that has none is left out.
    const FAR: f32 = 0.15;
    let rank = |e: &Edge| e.score - STEP * e.a.abs_diff(e.b).min(STEPS) as f32;
    let mut order: Vec<&Edge> = sure.iter().collect();
    // Equals have no unit in common, so the order among them decides nothing.
    order.sort_by(|x, y| rank(y).total_cmp(&rank(x)).then((x.a + x.b).cmp(&(y.a + y.b))));
    let (mut of_a, mut of_b) = (vec![None; a.units.len()], vec![None; b.units.len()]);
    for e in order {
        if of_a[e.a].is_none() && of_b[e.b].is_none() {
            (of_a[e.a], of_b[e.b]) = (Some(e.b), Some(e.a));
        }
    }
    let tells = |e: &Edge| {
        let (here, there) = (&a.vectors[e.a], &b.vectors[e.b]);
        let beyond = |other: &Vector| -> f32 {
            here.shared(there).filter(|(gram, _)| !other.has(*gram)).map(|(_, product)| product).sum()
        };
        let far = |i: usize, j: usize| a.vectors[i].cosine(&b.vectors[j]) >= e.score + FAR;
        match (of_a[e.a], of_b[e.b]) {
            (Some(j), Some(i)) => {
                j == e.b || beyond(&b.vectors[j]) >= BEYOND || beyond(&a.vectors[i]) >= BEYOND
            }
            // One line more on this side than on that is a line put in.
            (Some(j), None) => !far(e.a, j) || beyond(&b.vectors[j]) >= BEYOND,
            (None, Some(i)) => !far(i, e.b) || beyond(&a.vectors[i]) >= BEYOND,
            (None, None) => true,
        }
    };
    sure.iter().filter(|e| tells(e)).copied().collect()
}

#[cfg(test)]
mod tests;
