//! Corrections by hand: what people said of pairs of sentences overrides what was computed.
//!
//! A correction is an alignment record with an author. `confirmed` true joins the sentences it names
//! (found by the program or not), false keeps them apart. Where two people say different things of one
//! pair, the later record holds; its id tells, so that every copy of the project agrees.

use super::Prepared;
use super::align::{Certainty, Edge};
use super::operation::Op;
use crate::model::{Alignment, AlignmentOp, Anchor, ArticleText, Id, Project};
use crate::text::{CodePoints, Span, Text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What somebody said of some sentences of two texts, in code points of each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// Where in the first text.
    pub a: Vec<CodePoints>,
    /// Where in the second text.
    pub b: Vec<CodePoints>,
    /// Whether they belong together.
    pub joined: bool,
    /// What happened, where somebody said so.
    pub op: Option<Op>,
}

/// What a project's people said of two of its texts, the latest last. Records of the pair in either
/// direction count.
pub fn corrections(project: &Project, a: &Id<ArticleText>, b: &Id<ArticleText>) -> Vec<Correction> {
    let mut found = Vec::new();
    for record in project.all::<Alignment>() {
        let turned = record.from_text == *b && record.to_text == *a && a != b;
        let straight = record.from_text == *a && record.to_text == *b;
        let Some(joined) = *record.confirmed.get() else { continue };
        if !straight && !turned {
            continue;
        }
        let places = |anchors: &[Anchor]| -> Vec<CodePoints> {
            anchors.iter().map(|x| CodePoints { start: x.start, end: x.end }).collect()
        };
        let (from, to) = (places(record.from.get()), places(record.to.get()));
        let op = record.op.get().as_ref().and_then(|op| operation(op, turned));
        let (a, b) = if turned { (to, from) } else { (from, to) };
        found.push(Correction { a, b, joined, op });
    }
    found
}

fn operation(op: &AlignmentOp, turned: bool) -> Option<Op> {
    match op {
        AlignmentOp::Verbatim => Some(Op::Verbatim),
        AlignmentOp::LightEdit => Some(Op::LightEdit),
        AlignmentOp::Rewrite => Some(Op::Rewrite),
        AlignmentOp::Split => Some(if turned { Op::Merge } else { Op::Split }),
        AlignmentOp::Merge => Some(if turned { Op::Split } else { Op::Merge }),
        AlignmentOp::New | AlignmentOp::Dropped | AlignmentOp::Other(_) => None,
    }
}

/// What the corrections say of pairs of units: whether they are joined, and how.
pub(super) type Said = BTreeMap<(usize, usize), (bool, Option<Op>)>;

/// The pairs of units that the corrections speak of. Places that are no sentence any more say nothing.
pub(super) fn said(
    corrections: &[Correction],
    (a, ta): (&Prepared, &Text),
    (b, tb): (&Prepared, &Text),
) -> Said {
    let mut found = Said::new();
    for correction in corrections {
        let (in_a, in_b) = (units_at(a, ta, &correction.a), units_at(b, tb, &correction.b));
        for i in &in_a {
            found.extend(in_b.iter().map(|j| ((*i, *j), (correction.joined, correction.op))));
        }
    }
    found
}

/// The units of which at least half lies in one of the places.
fn units_at(side: &Prepared, text: &Text, places: &[CodePoints]) -> Vec<usize> {
    let spans: Vec<Span> = places.iter().filter_map(|p| text.span_from_chars(*p)).collect();
    let mostly =
        |unit: Span, place: &Span| unit.intersection(*place).is_some_and(|x| 2 * x.len() >= unit.len());
    (0..side.units.len()).filter(|i| spans.iter().any(|place| mostly(side.units[*i].span, place))).collect()
}

/// The pairs of an alignment with what people said of them carried out, by their places.
pub fn carried_out(
    a: (&Prepared, &Text),
    b: (&Prepared, &Text),
    edges: Vec<Edge>,
    corrections: &[Correction],
) -> Vec<Edge> {
    corrected(a.0, b.0, edges, &said(corrections, a, b))
}

/// The same with the corrections found already.
pub(super) fn corrected(a: &Prepared, b: &Prepared, mut edges: Vec<Edge>, said: &Said) -> Vec<Edge> {
    if said.is_empty() {
        return edges;
    }
    edges.retain(|e| said.get(&(e.a, e.b)).is_none_or(|(joined, _)| *joined));
    for (&(i, j), _) in said.iter().filter(|(_, (joined, _))| *joined) {
        match edges.iter_mut().find(|e| (e.a, e.b) == (i, j)) {
            Some(edge) => edge.certainty = Certainty::Confirmed,
            None => {
                let score = a.vectors[i].cosine(&b.vectors[j]).min(1.0);
                edges.push(Edge { a: i, b: j, score, certainty: Certainty::Confirmed });
            }
        }
    }
    edges.sort_by_key(|e| (e.a, e.b));
    edges
}
