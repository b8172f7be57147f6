//! The family of a story: how its versions hang together, every two compared, and what of that is
//! enough to tell who copied whom.
//!
//! Of all derived pairs the closest make a tree (the greatest spanning tree by reuse): a copy of a copy
//! hangs on the copy. The others are kept and marked as implied. A person's judgement of a pair stands
//! in place of the guess.

use super::compare::{Comparison, Side, compare_prepared};
use super::relation::{Guess, Refined, Way};
use super::{Prepared, Progress};
use serde::{Deserialize, Serialize};
use std::ops::ControlFlow;

/// A version on its way into a family.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its id.
    pub key: String,
    /// What it is called.
    pub title: String,
    /// Its text and date.
    pub side: Side,
}

/// What a person said of two versions, by their places in the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// One version.
    pub a: usize,
    /// The other.
    pub b: usize,
    /// How they hang together.
    pub relation: Guess,
    /// Which came first.
    pub direction: Way,
}

/// How two versions hang together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edge {
    /// The version that came first where `directed`, else the one that stands first in the list.
    pub from: usize,
    /// The other.
    pub to: usize,
    /// How they hang together.
    pub relation: Guess,
    /// What more can be said.
    pub refinement: Vec<Refined>,
    /// Whether it is known which came from which.
    pub directed: bool,
    /// The greater share of runs of three words that one has of the other, 0 to 1.
    pub reuse: f32,
    /// How far the measures stand from the thresholds, 0 to 1; 1 where a person judged.
    pub confidence: f32,
    /// Whether a person said so.
    pub judged: bool,
    /// Whether closer pairs connect the two already.
    pub implied: bool,
}

/// The versions of a story and what connects them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Family {
    /// Related pairs, by their ends.
    pub edges: Vec<Edge>,
    /// The reuse between every two versions: for `i < j` at `i * n + j` and `j * n + i`, 1 on the
    /// diagonal.
    pub heat: Vec<f32>,
    /// How many versions there are.
    pub size: usize,
}

impl Family {
    /// The reuse between two versions, 0 to 1.
    pub fn reuse(&self, a: usize, b: usize) -> f32 {
        self.heat.get(a * self.size + b).copied().unwrap_or(0.0)
    }

    /// Edges that are not implied by others.
    pub fn branches(&self) -> impl Iterator<Item = &Edge> {
        self.edges.iter().filter(|e| !e.implied)
    }
}

/// Whether a guess says that one text came from the other.
pub fn is_derived(guess: Guess) -> bool {
    !matches!(guess, Guess::SharedSource | Guess::NonDerived)
}

/// Compares every two members. `progress` hears thousandths and may break off.
pub fn family(members: &[Member], judged: &[Judged], progress: Progress) -> ControlFlow<(), Family> {
    let n = members.len();
    let count = (n * n.saturating_sub(1) / 2).max(1) as u32;
    let mut found = Family { edges: Vec::new(), heat: vec![0.0; n * n], size: n };
    (0..n).for_each(|i| found.heat[i * n + i] = 1.0);
    let prepared: Vec<Prepared> = members.iter().map(|m| Prepared::new(&m.side.text)).collect();
    for (done, (i, j)) in (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j))).enumerate() {
        let from = done as u32 * 1000 / count;
        let side = |k: usize| (&members[k].side, &prepared[k]);
        let pair = compare_prepared(side(i), side(j), &[], &mut |part| progress(from + part / count))?;
        let reuse = pair.reuse.all.greater();
        (found.heat[i * n + j], found.heat[j * n + i]) = (reuse, reuse);
        let said = judged.iter().rev().find(|x| (x.a, x.b) == (i, j) || (x.b, x.a) == (i, j));
        let edge = edge((i, j), &pair, reuse, said);
        found.edges.extend((edge.relation != Guess::NonDerived).then_some(edge));
    }
    mark_implied(members, &mut found.edges);
    ControlFlow::Continue(found)
}

fn edge((i, j): (usize, usize), pair: &Comparison, reuse: f32, said: Option<&Judged>) -> Edge {
    let guess = &pair.relation;
    let (relation, way) = match said {
        Some(said) if said.a == i => (said.relation, said.direction),
        Some(said) => (said.relation, turned(said.direction)),
        None => (guess.guess, guess.direction),
    };
    let (from, to) = if way == Way::BToA { (j, i) } else { (i, j) };
    Edge {
        from,
        to,
        relation,
        refinement: if relation == guess.guess { guess.refinement.clone() } else { Vec::new() },
        directed: way != Way::Unknown,
        reuse,
        confidence: if said.is_some() { 1.0 } else { guess.confidence },
        judged: said.is_some(),
        implied: false,
    }
}

fn turned(way: Way) -> Way {
    match way {
        Way::AToB => Way::BToA,
        Way::BToA => Way::AToB,
        Way::Unknown => Way::Unknown,
    }
}

/// Keeps the closest pairs that connect what is connected: judged before guessed, derived before a
/// shared source, then by reuse; between equals the members' keys decide, not their order.
fn mark_implied(members: &[Member], edges: &mut [Edge]) {
    let mut order: Vec<usize> = (0..edges.len()).collect();
    order.sort_by(|x, y| {
        let (x, y) = (&edges[*x], &edges[*y]);
        let keys = |e: &Edge| {
            let (p, q) = (&members[e.from].key, &members[e.to].key);
            (p.min(q).clone(), p.max(q).clone())
        };
        (y.judged, is_derived(y.relation))
            .cmp(&(x.judged, is_derived(x.relation)))
            .then(y.reuse.total_cmp(&x.reuse))
            .then_with(|| keys(x).cmp(&keys(y)))
    });
    let mut group: Vec<usize> = (0..members.len()).collect();
    for at in order {
        let (x, y) = (group[edges[at].from], group[edges[at].to]);
        edges[at].implied = x == y;
        group.iter_mut().filter(|g| **g == y).for_each(|g| *g = x);
    }
}

#[cfg(test)]
mod tests;
