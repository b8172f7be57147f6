//! What happened to a sentence on its way from one version to another: groups of aligned sentences, the
//! operation on each, whether it moved, and whether its claim may have flipped.

use super::Prepared;
use super::align::{Certainty, Edge};
use super::claims::claim_flags;
use super::words::{Change, WordOp, Words, correspond};
use crate::text::shingles::stable_hash;
use crate::text::{Span, order};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// From this share of kept words on a changed sentence is lightly edited, below rewritten.
const LIGHT: f32 = 0.7;

/// What happened to a sentence. `moved` is said apart: a sentence may be moved *and* edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Op {
    /// Word for word the same; marks, letters' case and spaces may differ.
    Verbatim,
    /// Most words stayed.
    LightEdit,
    /// Said in other words.
    Rewrite,
    /// One sentence became several.
    Split,
    /// Several became one.
    Merge,
}

/// A reason to look twice at a pair that looks alike: the few words that changed can turn its claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// A negation came or went, or a word turned into its opposite.
    Negation,
    /// *May*, *must*, *possible* came, went or changed.
    Modal,
    /// A number changed.
    Number,
    /// The verb that reports the words lets on something else: *said*, *claimed*.
    ReportingVerb,
    /// Another name stands there.
    Name,
}

/// Sentences that belong together: one and one, one and several, or several and one.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Units of the first text, in order.
    pub a: Vec<usize>,
    /// Units of the second text, in order.
    pub b: Vec<usize>,
    /// What happened.
    pub op: Op,
    /// The mean likeness of its pairs, 0 to 1.
    pub score: f32,
    /// The least certain of its pairs.
    pub certainty: Certainty,
    /// Whether it stands elsewhere in the order of the other text.
    pub moved: bool,
    /// Reasons to look twice, in order.
    pub flags: Vec<Flag>,
    /// The words of each stretch that can be compared as one: the spans on both sides, and what became
    /// of the words.
    pub words: Vec<(Span, Span, Words)>,
}

/// One sentence on one side and those that answer it on the other, in the making.
#[derive(Default)]
struct Star {
    a: Vec<usize>,
    b: Vec<usize>,
    edges: Vec<Edge>,
}

/// On which side an edge makes a star that is there already greater.
#[derive(Clone, Copy, PartialEq)]
enum Grows {
    A(usize),
    B(usize),
    Neither,
}

/// The groups of `edges`, by their first unit in `a`. An edge that would join two groups many to many
/// stays a pair of its own. Swapping the sides mirrors the groups.
pub fn groups(a: &Prepared, b: &Prepared, edges: &[Edge]) -> Vec<Group> {
    let mut order: Vec<&Edge> = edges.iter().collect();
    let rank = |x: &Edge, y: &Edge| {
        y.certainty.cmp(&x.certainty).then(y.score.total_cmp(&x.score)).then((x.a + x.b).cmp(&(y.a + y.b)))
    };
    order.sort_by(|x, y| rank(x, y));
    let mut stars: Vec<Star> = Vec::new();
    // The first star that each unit came into.
    let (mut star_a, mut star_b) = (vec![None::<usize>; a.units.len()], vec![None::<usize>; b.units.len()]);
    // Equals have no unit in common. They are decided at once, lest the order of one side decide.
    for equals in order.chunk_by(|x, y| rank(x, y).is_eq()) {
        let grows = |edge: &&Edge| match (star_a[edge.a], star_b[edge.b]) {
            (Some(s), None) if stars[s].a.len() == 1 => Grows::B(s),
            (None, Some(s)) if stars[s].b.len() == 1 => Grows::A(s),
            _ => Grows::Neither,
        };
        let wanted: Vec<Grows> = equals.iter().map(grows).collect();
        for (edge, grows) in equals.iter().zip(&wanted) {
            let star = match *grows {
                Grows::B(s) if !wanted.contains(&Grows::A(s)) => s,
                Grows::A(s) if !wanted.contains(&Grows::B(s)) => s,
                _ => {
                    stars.push(Star::default());
                    stars.len() - 1
                }
            };
            let Star { a: in_a, b: in_b, edges } = &mut stars[star];
            if !in_a.contains(&edge.a) {
                in_a.push(edge.a);
            }
            if !in_b.contains(&edge.b) {
                in_b.push(edge.b);
            }
            edges.push(**edge);
            star_a[edge.a].get_or_insert(star);
            star_b[edge.b].get_or_insert(star);
        }
    }
    let mut groups: Vec<Group> = stars.into_iter().map(|star| group(a, b, star)).collect();
    order::sort_by(&mut groups, |x, y| (&x.a, &x.b).cmp(&(&y.a, &y.b)));
    mark_moved(a, b, &mut groups);
    groups
}

fn group(a: &Prepared, b: &Prepared, Star { a: mut ia, b: mut ib, edges }: Star) -> Group {
    ia.sort_unstable();
    ib.sort_unstable();
    let score = edges.iter().map(|e| e.score).sum::<f32>() / edges.len() as f32;
    let certainty = edges.iter().map(|e| e.certainty).min().unwrap_or(Certainty::Maybe);
    let words: Vec<(Span, Span, Words)> = match (as_one(a, &ia), as_one(b, &ib)) {
        (Some(pa), Some(pb)) => vec![(pa, pb, correspond(a.text, pa, b.text, pb))],
        // Apart on one side: each pair for itself.
        _ => edges
            .iter()
            .map(|e| {
                let (pa, pb) = (a.units[e.a].span, b.units[e.b].span);
                (pa, pb, correspond(a.text, pa, b.text, pb))
            })
            .collect(),
    };
    let op = match (ia.len(), ib.len()) {
        (1, 1) => operation(a, b, (ia[0], ib[0]), &words[0].2),
        (1, _) => Op::Split,
        _ => Op::Merge,
    };
    let flags: BTreeSet<Flag> = words.iter().flat_map(|pair| flags(a.text, b.text, pair)).collect();
    Group { a: ia, b: ib, op, score, certainty, moved: false, flags: flags.into_iter().collect(), words }
}

/// The span of units that follow one another.
fn as_one(side: &Prepared, units: &[usize]) -> Option<Span> {
    let next = units.windows(2).all(|w| w[0] + 1 == w[1]);
    let (first, last) = (side.units[*units.first()?].span, side.units[*units.last()?].span);
    next.then(|| first.union(last))
}

fn operation(a: &Prepared, b: &Prepared, (i, j): (usize, usize), words: &Words) -> Op {
    let same = a.words[i].iter().map(|w| w.key).eq(b.words[j].iter().map(|w| w.key));
    let stayed = |op: &WordOp| matches!(op.change, Change::Equal | Change::Respelt);
    if same && words.ops.iter().all(stayed) {
        Op::Verbatim
    } else if words.kept >= LIGHT {
        Op::LightEdit
    } else {
        Op::Rewrite
    }
}

/// Marks as moved what stands outside the longest increasing run of the groups, weighed by words, so
/// that the fewest words move.
fn mark_moved(a: &Prepared, b: &Prepared, groups: &mut [Group]) {
    let words =
        |side: &Prepared, units: &[usize]| -> u64 { units.iter().map(|i| side.words[*i].len() as u64).sum() };
    // Between equals the words decide, not the side they stand on, so that swapping mirrors the moves.
    let text = |side: &Prepared, units: &[usize]| stable_hash(&side.units[units[0]].span.slice(side.text));
    let weight = |g: &Group| {
        let tie = (text(a, &g.a) ^ text(b, &g.b)) & 0xffff;
        ((words(a, &g.a) + words(b, &g.b)) << 16) | tie
    };
    // By the first unit of either side alone: of what else a group holds the sides need not agree. For each
    // place in `b` the best run that ends before it is kept in a Fenwick tree of maxima, so that long texts
    // take n log n steps.
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|k| (groups[*k].a[0], groups[*k].b[0]));
    let size = b.units.len() + 1;
    let mut tree: Vec<(u64, Option<usize>)> = vec![(0, None); size + 1];
    let mut runs: Vec<Option<usize>> = vec![None; groups.len()];
    let mut best = (0, None);
    for k in order {
        let g = &groups[k];
        let place = g.b[0] + 1;
        let (mut before, mut at) = ((0, None), place);
        while at > 0 {
            before = if tree[at].0 > before.0 { tree[at] } else { before };
            at -= at & at.wrapping_neg();
        }
        runs[k] = before.1;
        let here = (before.0 + weight(g), Some(k));
        best = if here.0 > best.0 { here } else { best };
        let mut at = place;
        while at <= size {
            tree[at] = if here.0 > tree[at].0 { here } else { tree[at] };
            at += at & at.wrapping_neg();
        }
    }
    groups.iter_mut().for_each(|g| g.moved = true);
    let mut at = best.1;
    while let Some(k) = at {
        groups[k].moved = false;
        at = runs[k];
    }
}

/// The reasons to look twice at a pair. A pair that kept little is no look-alike and gets none.
fn flags(text_a: &str, text_b: &str, pair: &(Span, Span, Words)) -> Vec<Flag> {
    if pair.2.rewritten() { Vec::new() } else { claim_flags(text_a, text_b, pair) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::versions::align::align;
    use std::ops::ControlFlow;

    fn of(a: &str, b: &str) -> Vec<Group> {
        let (a, b) = (Prepared::new(a), Prepared::new(b));
        match align(&a, &b, &mut |_| ControlFlow::Continue(())) {
            ControlFlow::Continue(edges) => groups(&a, &b, &edges),
            ControlFlow::Break(()) => panic!("nobody cancelled"),
        }
    }

    fn flags_of(a: &str, b: &str) -> Vec<Flag> {
        of(a, b).remove(0).flags
    }

    const LONG: &str = "The inspectors recovered the engine records of all three ships on Monday.";
    const OTHER: &str = "Castellin hopes to be welcomed in Aldersund as an honest broker again.";
    const THIRD: &str =
        "Forty tonnes of salmon were dumped by a fish farm on Fenna last week, residents complained.";

    #[test]
    fn operations_are_named() {
        let op = |a: &str, b: &str| of(a, b)[0].op;
        assert_eq!(op(LONG, &LONG.replace("The", "the").replace("ships", "“ships”")), Op::Verbatim);
        assert_eq!(op(LONG, &LONG.replace("all three", "the")), Op::LightEdit);
        let split =
            "She was scathing about what the lay-up had done to Fenna. There the clinic is rationing oxygen.";
        let joined =
            "She was scathing about what the lay-up had done to Fenna, where the clinic is rationing oxygen.";
        assert_eq!((op(joined, split), op(split, joined)), (Op::Split, Op::Merge));
    }

    #[test]
    fn the_fewest_words_move() {
        let (a, b) = (format!("{LONG} {OTHER} {THIRD}"), format!("{OTHER} {THIRD} {LONG}"));
        let moved: Vec<_> = of(&a, &b).into_iter().map(|g| (g.a[0], g.moved)).collect();
        assert_eq!(moved, [(0, true), (1, false), (2, false)]);
        let back: Vec<_> = of(&b, &a).into_iter().map(|g| (g.b[0], g.moved)).collect();
        assert_eq!(back, [(1, false), (2, false), (0, true)]);
    }

    #[test]
    fn a_word_turned_into_its_opposite_is_flagged_like_a_negation() {
        let of = |from: &str, to: &str| {
            let sentence =
                |w: &str| format!("The harbour board called the old licence {w} on Monday evening.");
            flags_of(&sentence(from), &sentence(to))
        };
        for (from, to) in [
            ("appropriate", "inappropriate"),
            ("legal", "illegal"),
            ("harmful", "harmless"),
            ("an increase", "a decrease"),
            ("war-time", "anti-war-time"),
            ("pro-island", "anti-island"),
        ] {
            assert_eq!(
                (of(from, to), of(to, from)),
                (vec![Flag::Negation], vec![Flag::Negation]),
                "{from} {to}"
            );
        }
        assert_eq!((of("denied", "denying"), of("non-binding", "nonbinding")), (vec![], vec![]));
    }

    #[test]
    fn a_claim_that_may_have_flipped_is_flagged() {
        use Flag::*;
        assert_eq!(
            flags_of("The owners will sell the ferry.", "The owners will not sell the ferry."),
            [Negation]
        );
        assert_eq!(
            flags_of("The owners sold the old ferry.", "The owners may have sold the old ferry."),
            [Modal]
        );
        assert_eq!(
            flags_of("They dumped 40 tonnes of salmon.", "They dumped 14 tonnes of salmon."),
            [Number]
        );
        assert_eq!(flags_of("They dumped two tonnes of salmon.", "They dumped 2 tonnes of salmon."), []);
        assert_eq!(flags_of("The old ferry cost $40 million.", "The old ferry cost €40 million."), [Number]);
        assert_eq!(flags_of("The old ferry cost $40.", "The old ferry cost 40 dollars."), []);
        let ferry = |scale: &str| format!("Новий пором коштував острову понад сорок {scale} торік.");
        assert_eq!(flags_of(&ferry("мільйонів"), &ferry("мільярдів")), [Number]);
        assert_eq!(flags_of(&ferry("мільйонів"), &ferry("мільйони")), []);
        assert_eq!(
            flags_of("The log was doctored, Holm said.", "The log was doctored, Holm claimed."),
            [ReportingVerb]
        );
        assert_eq!(flags_of("The log was kept by Renk then.", "The log was kept by Malloy then."), [Name]);
        assert_eq!(flags_of("He can't see the ferry log.", "He cannot see the ferry log."), []);
    }
}
