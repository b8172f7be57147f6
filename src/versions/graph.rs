//! The sentences of any number of versions as one graph: what answers what across all of them.
//!
//! Nodes are sentences, edges are the pairs of `align` between every two versions. Connected groups are
//! the rows of a table; a pair that is only *maybe* joins two groups where that puts no two sentences
//! of one version together, and never against what a person said. Pairs are taken in an order that
//! follows from the sentences and the versions' own keys, so that the groups do not depend on the order
//! in which versions were loaded (the usual fault of collation programs). Two ways from one sentence to
//! another, directly and through a third version, support each other.

use super::align::{Certainty, Edge, align};
use super::corrections::{Correction, Said, corrected, said};
use super::keys::{mixed, word_key};
use super::{Prepared, Progress};
use crate::text::Text;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

/// A version of a story: its text, and a key that is its own wherever it stands in a list (its id).
pub struct Version<'p, 't> {
    /// Its key.
    pub key: &'p str,
    /// The text.
    pub text: &'p Text,
    /// The same, prepared.
    pub prepared: &'p Prepared<'t>,
}

/// A sentence: the index of its version, and of the unit in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node {
    /// The version.
    pub version: usize,
    /// The unit.
    pub unit: usize,
}

/// A pair of sentences of two versions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Join {
    /// One, of the version that stands first in the list.
    pub a: Node,
    /// The other.
    pub b: Node,
    /// How alike they are, 0 to 1; for a composed pair the product along the way.
    pub score: f32,
    /// How far to trust it.
    pub certainty: Certainty,
    /// Through how many sentences of third versions one comes from the one to the other as well.
    pub support: usize,
    /// Whether there is no pair of its own, only a way through a third version.
    pub composed: bool,
}

/// Sentences that belong together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// The sentences, by version, then by place.
    pub nodes: Vec<Node>,
}

impl Row {
    /// Its sentences in one version, in order.
    pub fn of(&self, version: usize) -> impl Iterator<Item = usize> + '_ {
        self.nodes.iter().filter(move |n| n.version == version).map(|n| n.unit)
    }
}

/// The pairs and groups of some versions.
#[derive(Clone, Debug, PartialEq)]
pub struct Graph {
    /// All pairs inside rows, composed ones too, by their ends.
    pub joins: Vec<Join>,
    /// The groups, each sentence in exactly one, in the order of their first nodes.
    pub rows: Vec<Row>,
}

/// What people said of two versions, by their places in the list, the smaller first.
pub type Corrections = BTreeMap<(usize, usize), Vec<Correction>>;

/// The graph of some versions. Every two are aligned, so the work grows with the square of their number.
pub fn graph(versions: &[Version], corrections: &Corrections, progress: Progress) -> ControlFlow<(), Graph> {
    let n = versions.len();
    let count = (n * n.saturating_sub(1) / 2).max(1) as u32;
    let (mut joins, mut apart) = (Vec::new(), BTreeSet::new());
    for (done, (i, j)) in (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j))).enumerate() {
        let (a, b) = (&versions[i], &versions[j]);
        let from = done as u32 * 1000 / count;
        let edges = align(a.prepared, b.prepared, &mut |part| progress(from + part / count))?;
        let none = Vec::new();
        let said =
            said(corrections.get(&(i, j)).unwrap_or(&none), (a.prepared, a.text), (b.prepared, b.text));
        let edges = corrected(a.prepared, b.prepared, edges, &said);
        joins.extend(edges.iter().map(|e| join((i, j), e)));
        apart.extend(kept_apart((i, j), &said));
    }
    ControlFlow::Continue(Groups::new(versions, &apart).made_of(joins))
}

fn join((i, j): (usize, usize), e: &Edge) -> Join {
    let (a, b) = (Node { version: i, unit: e.a }, Node { version: j, unit: e.b });
    Join { a, b, score: e.score, certainty: e.certainty, support: 0, composed: false }
}

fn kept_apart((i, j): (usize, usize), said: &Said) -> impl Iterator<Item = (Node, Node)> {
    let node = |version: usize, unit: usize| Node { version, unit };
    said.iter().filter(|(_, (joined, _))| !joined).map(move |((a, b), _)| (node(i, *a), node(j, *b)))
}

/// Groups in the making.
struct Groups<'v> {
    versions: &'v [Version<'v, 'v>],
    apart: &'v BTreeSet<(Node, Node)>,
    /// The group of each sentence, and the sentences of each group.
    group: BTreeMap<Node, usize>,
    members: Vec<Vec<Node>>,
}

impl<'v> Groups<'v> {
    fn new(versions: &'v [Version<'v, 'v>], apart: &'v BTreeSet<(Node, Node)>) -> Self {
        let nodes = versions
            .iter()
            .enumerate()
            .flat_map(|(version, v)| (0..v.prepared.units.len()).map(move |unit| Node { version, unit }));
        let members: Vec<Vec<Node>> = nodes.map(|node| vec![node]).collect();
        let group = members.iter().enumerate().map(|(at, group)| (group[0], at)).collect();
        Self { versions, apart, group, members }
    }

    /// A number for a sentence that does not depend on where its version stands in the list.
    fn key(&self, node: Node) -> u64 {
        mixed(word_key(self.versions[node.version].key), node.unit as u64)
    }

    fn made_of(mut self, mut joins: Vec<Join>) -> Graph {
        let rank = |j: &Join| {
            let (x, y) = (self.key(j.a), self.key(j.b));
            (std::cmp::Reverse((j.certainty, (j.score * 1e6) as u32)), x.min(y), x.max(y))
        };
        joins.sort_by_cached_key(rank);
        joins.retain(|j| self.unite(j));
        joins.sort_by_key(|j| (j.a, j.b));
        let composed = supported(&mut joins, &self.group, self.apart);
        joins.extend(composed);
        joins.sort_by_key(|j| (j.a, j.b));
        let mut rows: Vec<Row> =
            self.members.into_iter().filter(|m| !m.is_empty()).map(|nodes| Row { nodes }).collect();
        rows.iter_mut().for_each(|row| row.nodes.sort_unstable());
        rows.sort();
        Graph { joins, rows }
    }

    /// Puts the groups of a pair together, unless the pair is too weak for what that would mean.
    fn unite(&mut self, join: &Join) -> bool {
        let (x, y) = (self.group[&join.a], self.group[&join.b]);
        if x == y {
            return true;
        }
        let pairs = || self.members[x].iter().flat_map(|p| self.members[y].iter().map(move |q| (*p, *q)));
        let forbidden = |(p, q): (Node, Node)| self.apart.contains(&(p.min(q), p.max(q)));
        let crowded = |(p, q): (Node, Node)| p.version == q.version;
        if pairs().any(forbidden) || (join.certainty == Certainty::Maybe && pairs().any(crowded)) {
            return false;
        }
        let moved = std::mem::take(&mut self.members[y]);
        moved.iter().for_each(|node| *self.group.entry(*node).or_default() = x);
        self.members[x].extend(moved);
        true
    }
}

/// Counts for each pair the ways through third versions, and gives the pairs that have only such ways.
fn supported(joins: &mut [Join], group: &BTreeMap<Node, usize>, apart: &BTreeSet<(Node, Node)>) -> Vec<Join> {
    let mut near: BTreeMap<Node, Vec<(Node, f32)>> = BTreeMap::new();
    for j in joins.iter().filter(|j| j.certainty != Certainty::Maybe) {
        near.entry(j.a).or_default().push((j.b, j.score));
        near.entry(j.b).or_default().push((j.a, j.score));
    }
    let mut ways: BTreeMap<(Node, Node), (usize, f32)> = BTreeMap::new();
    for (through, ends) in &near {
        for (p, x) in ends {
            for (q, y) in ends.iter().filter(|(q, _)| p < q && p.version != q.version) {
                debug_assert!(through.version != p.version && group[p] == group[q]);
                let way = ways.entry((*p, *q)).or_default();
                *way = (way.0 + 1, way.1.max(x * y));
            }
        }
    }
    for j in joins.iter_mut() {
        j.support = ways.remove(&(j.a, j.b)).map_or(0, |(count, _)| count);
    }
    ways.into_iter()
        .filter(|(pair, _)| !apart.contains(pair))
        .map(|((a, b), (support, score))| Join {
            a,
            b,
            score,
            certainty: Certainty::Maybe,
            support,
            composed: true,
        })
        .collect()
}

impl Graph {
    /// The rows in the order of a base version: each row with a sentence of it where that stands, the
    /// others after the row that they follow in their own version.
    pub fn in_order_of(&self, base: usize) -> Vec<&Row> {
        let row_of: BTreeMap<Node, &Row> =
            self.rows.iter().flat_map(|row| row.nodes.iter().map(move |n| (*n, row))).collect();
        let place = |row: &Row| -> (usize, usize, Node) {
            let first = row.nodes[0];
            if let Some(unit) = row.of(base).next() {
                return (unit + 1, 0, first);
            }
            let before = (0..first.unit).rev().map(|unit| Node { version: first.version, unit });
            let anchor = before.filter_map(|n| row_of[&n].of(base).next()).next();
            (anchor.map_or(0, |unit| unit + 1), 1, first)
        };
        let mut rows: Vec<&Row> = self.rows.iter().collect();
        rows.sort_by_cached_key(|row| place(row));
        rows
    }
}

#[cfg(test)]
mod tests;
