//! The comparison of two texts in one call, in a form that travels: from a worker to the page, and out
//! of the command line. All positions are in code points of the texts compared.

use super::align::{Certainty, aligned};
use super::corrections::{Correction, corrected, said};
use super::evidence::Signs;
use super::measures::Measures;
use super::operation::{Flag, Op, groups};
use super::relation::{Relation, relation};
use super::reuse::{Containment, reuse};
use super::sentences::UnitKind;
use super::words::Change;
use super::{Prepared, Progress};
use crate::text::{CodePoints, Span, Text};
use serde::{Deserialize, Serialize};
use std::ops::ControlFlow;

/// A text to compare and what is known of it.
#[derive(Clone, Debug)]
pub struct Side {
    /// The text.
    pub text: Text,
    /// When it was published, as it says: an ISO date or time. Other forms are passed over.
    pub published: Option<String>,
}

impl Side {
    /// A text of which nothing else is known.
    pub fn new(text: Text) -> Self {
        Self { text, published: None }
    }
}

/// A unit of comparison.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct UnitAt {
    /// Where it is.
    pub at: CodePoints,
    /// What it belongs to.
    pub kind: UnitKind,
    /// The number of its paragraph.
    pub paragraph: usize,
}

/// What became of some words.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangeAt {
    /// What became of them.
    pub change: Change,
    /// Where they are in the first text; empty for inserted words.
    pub a: CodePoints,
    /// Where they are in the second text; empty for dropped words.
    pub b: CodePoints,
}

/// Two stretches compared word by word.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WordsAt {
    /// The pieces, in order; joined they are both stretches.
    pub changes: Vec<ChangeAt>,
    /// The share of words that stayed, 0 to 1.
    pub kept: f32,
    /// Whether so little stayed that it should be shown as rewritten.
    pub rewritten: bool,
    /// Whether the work was cut short.
    pub coarse: bool,
}

/// Units that answer each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Units of the first text.
    pub a: Vec<usize>,
    /// Units of the second text.
    pub b: Vec<usize>,
    /// What happened.
    pub op: Op,
    /// How alike they are, 0 to 1.
    pub score: f32,
    /// How far to trust it.
    pub certainty: Certainty,
    /// Whether it stands elsewhere in the other text's order.
    pub moved: bool,
    /// Reasons to look twice.
    pub flags: Vec<Flag>,
    /// The words.
    pub words: Vec<WordsAt>,
}

/// Words in a row in both texts.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TileAt {
    /// Where in the first text.
    pub a: CodePoints,
    /// Where in the second text.
    pub b: CodePoints,
    /// How many words.
    pub words: usize,
    /// How many of them in quotation marks.
    pub quoted: usize,
    /// Over how many bridges of one or two other words it goes.
    pub bridges: usize,
}

/// Reuse, with positions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReuseAt {
    /// Outside quotation marks.
    pub outside: Containment,
    /// Inside quotation marks.
    pub inside: Containment,
    /// All.
    pub all: Containment,
    /// The tiles.
    pub tiles: Vec<TileAt>,
    /// The share of the first story's words in tiles.
    pub tiled_a: f32,
    /// The share of the second story's words in tiles.
    pub tiled_b: f32,
    /// The share of the first story's words in aligned sentences.
    pub aligned_a: f32,
    /// The share of the second story's words in aligned sentences.
    pub aligned_b: f32,
    /// Words in the longest run, without bridges.
    pub longest_run: usize,
    /// The measures of what stands outside quotation marks.
    pub told: Measures,
    /// The measures of what stands inside.
    pub quoted: Measures,
}

/// All that is known of a pair of texts. Units without a row are new (in the second) or dropped.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The units of the first text.
    pub a: Vec<UnitAt>,
    /// The units of the second text.
    pub b: Vec<UnitAt>,
    /// The units that answer each other, by their place in the first text.
    pub rows: Vec<Row>,
    /// How much each holds of the other.
    pub reuse: ReuseAt,
    /// What that says.
    pub relation: Relation,
    /// Whether the texts are so long and so much alike that not every pair of sentences could be looked
    /// at: what is found is true, and something may be missing.
    pub coarse: bool,
}

/// Compares two texts. `progress` hears thousandths and may break off.
pub fn compare(a: &Side, b: &Side, progress: Progress) -> ControlFlow<(), Comparison> {
    compare_corrected(a, b, &[], progress)
}

/// Compares two texts, with what people said of their sentences.
pub fn compare_corrected(
    a: &Side,
    b: &Side,
    corrections: &[Correction],
    progress: Progress,
) -> ControlFlow<(), Comparison> {
    progress(0)?;
    let (pa, pb) = (Prepared::new(&a.text), Prepared::new(&b.text));
    progress(150)?;
    compare_prepared((a, &pa), (b, &pb), corrections, &mut |done| progress(150 + done * 85 / 100))
}

/// The same for texts that are prepared already: of many that are compared each with each, each is read
/// once.
pub fn compare_prepared(
    (a, pa): (&Side, &Prepared),
    (b, pb): (&Side, &Prepared),
    corrections: &[Correction],
    progress: Progress,
) -> ControlFlow<(), Comparison> {
    let (edges, coarse) = aligned(pa, pb, &mut |done| progress(done * 7 / 10))?;
    progress(700)?;
    let said = said(corrections, (pa, &a.text), (pb, &b.text));
    let edges = corrected(pa, pb, edges, &said);
    let mut groups = groups(pa, pb, &edges);
    for group in &mut groups {
        let pairs = group.a.iter().flat_map(|i| group.b.iter().map(move |j| (*i, *j)));
        let op = pairs.filter_map(|pair| said.get(&pair)).find_map(|(_, op)| *op);
        group.op = op.unwrap_or(group.op);
    }
    progress(900)?;
    let reuse = reuse(pa, pb, &edges);
    let published = (a.published.as_deref(), b.published.as_deref());
    let signs = Signs::gather((pa, pb), (&edges, &groups), &reuse, published);
    let in_a = |span: Span| a.text.chars_of(span);
    let in_b = |span: Span| b.text.chars_of(span);
    let row = |group: super::operation::Group| {
        let words = group.words.iter().map(|(_, _, words)| {
            let change =
                |op: &super::words::WordOp| ChangeAt { change: op.change, a: in_a(op.a), b: in_b(op.b) };
            WordsAt {
                changes: words.ops.iter().map(change).collect(),
                kept: words.kept,
                rewritten: words.rewritten(),
                coarse: words.coarse,
            }
        });
        let words = words.collect();
        let super::operation::Group { a, b, op, score, certainty, moved, flags, .. } = group;
        Row { a, b, op, score, certainty, moved, flags, words }
    };
    let tile = |t: &super::reuse::Tile| TileAt {
        a: in_a(t.a),
        b: in_b(t.b),
        words: t.words,
        quoted: t.quoted,
        bridges: t.bridges,
    };
    let units = |side: &Prepared, at: &dyn Fn(Span) -> CodePoints| {
        side.units.iter().map(|u| UnitAt { at: at(u.span), kind: u.kind, paragraph: u.paragraph }).collect()
    };
    let found = Comparison {
        a: units(pa, &in_a),
        b: units(pb, &in_b),
        rows: groups.into_iter().map(row).collect(),
        reuse: ReuseAt {
            outside: reuse.outside,
            inside: reuse.inside,
            all: reuse.all,
            tiles: reuse.tiles.iter().map(tile).collect(),
            tiled_a: reuse.tiled_a,
            tiled_b: reuse.tiled_b,
            aligned_a: signs.aligned_a,
            aligned_b: signs.aligned_b,
            longest_run: reuse.longest_run,
            told: reuse.told,
            quoted: reuse.quoted,
        },
        relation: relation(&signs),
        coarse,
    };
    progress(1000)?;
    ControlFlow::Continue(found)
}

#[cfg(test)]
mod tests;
