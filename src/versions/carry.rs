//! Carries places from one version to another: where are these words over there?
//!
//! Through sentence alignment and word correspondence, then snapped to quotation marks; what the
//! aligned sentences do not hold is looked for word for word in all of the other text, because copies
//! lose and move marks. A place may come out as several (a quotation split in two) or as none. Nothing
//! is guessed silently: each place says what became of it and how far to trust it. Figures for this way
//! against anchoring and offset maps: design note `versions.md` 2.6.

use super::Prepared;
use super::align::{Certainty, Edge};
use super::operation::Group;
use super::words::{Change, WordOp, correspond};
use crate::text::{Span, words};

/// Fewer words than this are not looked for outside the aligned sentences: they stand anywhere.
const FEWEST_WORDS: usize = 3;
/// The share of the words of a part that must be found for the part to count.
const FOUND: f32 = 0.34;
/// How much of a quotation must be hit for a place to snap to its marks.
const SNAP: f32 = 0.5;

/// What became of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// The same words in the same order of things.
    Exact,
    /// The same words elsewhere.
    Moved,
    /// Other words.
    Reworded,
    /// Several places.
    Split,
    /// Nowhere.
    Lost,
}

/// A place carried over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// What became of it.
    pub fate: Fate,
    /// Where it is in the other text, in order; empty where it is lost.
    pub places: Vec<Span>,
    /// How far to trust it.
    pub certainty: Certainty,
}

/// What is needed to carry places from one text to another.
pub struct Carrier<'p, 't> {
    a: &'p Prepared<'t>,
    b: &'p Prepared<'t>,
    edges: Vec<Edge>,
    /// Whether each unit of `a` stands elsewhere in the order of `b`.
    moved: Vec<bool>,
    /// The words of `b`, with their numbers.
    there: Vec<(Span, u64)>,
}

impl<'p, 't> Carrier<'p, 't> {
    /// From `a` to `b`, by their alignment.
    pub fn new(a: &'p Prepared<'t>, b: &'p Prepared<'t>, edges: &[Edge], groups: &[Group]) -> Self {
        let mut moved = vec![false; a.units.len()];
        for group in groups.iter().filter(|g| g.moved) {
            group.a.iter().for_each(|i| moved[*i] = true);
        }
        let there = b.words.iter().flatten().map(|w| (w.span, w.key)).collect();
        Self { a, b, edges: edges.to_vec(), moved, there }
    }

    /// Where the words of `span`, a place in the first text, are in the second.
    pub fn carry(&self, span: Span) -> Carried {
        let wanted: Vec<u64> = self.words_in(span);
        if wanted.is_empty() {
            return Carried { fate: Fate::Lost, places: Vec::new(), certainty: Certainty::Sure };
        }
        let (mut places, mut certainty, mut moved) = (Vec::new(), Certainty::Confirmed, false);
        for (i, unit) in self.a.units.iter().enumerate() {
            let Some(part) = unit.span.intersection(span) else { continue };
            for (edge, place) in self.best_partners(i, part) {
                places.push(place);
                certainty = certainty.min(edge.certainty);
                moved |= self.moved[i];
            }
        }
        if places.is_empty() || !self.holds(&places, &wanted) {
            // Word for word somewhere else is better than in other words here.
            if let Some(place) = self.verbatim(&wanted) {
                moved = places.is_empty() || !places.iter().any(|p| p.overlaps(place));
                (places, certainty) = (vec![place], Certainty::Sure);
            }
        }
        let places = self.snapped(span, joined(self.b.text, places));
        let fate = match places.len() {
            0 => Fate::Lost,
            1 if !self.holds(&places, &wanted) => Fate::Reworded,
            1 if moved => Fate::Moved,
            1 => Fate::Exact,
            _ => Fate::Split,
        };
        Carried { fate, places, certainty: if fate == Fate::Lost { Certainty::Maybe } else { certainty } }
    }

    fn words_in(&self, span: Span) -> Vec<u64> {
        let units = self.a.units.iter().zip(&self.a.words).filter(|(u, _)| u.span.overlaps(span));
        units.flat_map(|(_, words)| words).filter(|w| span.contains(w.span)).map(|w| w.key).collect()
    }

    /// Whether the places are exactly the words wanted.
    fn holds(&self, places: &[Span], wanted: &[u64]) -> bool {
        let here = self.there.iter().filter(|(at, _)| places.iter().any(|p| p.contains(*at)));
        here.map(|(_, key)| *key).eq(wanted.iter().copied())
    }

    /// Of the partners of a unit, those that hold words of `part` which no better partner holds.
    fn best_partners(&self, i: usize, part: Span) -> Vec<(Edge, Span)> {
        let from = self.a.units[i].span;
        let mut found: Vec<(usize, Edge, Span, Vec<Span>)> = Vec::new();
        for edge in self.edges.iter().filter(|e| e.a == i) {
            let to = self.b.units[edge.b].span;
            let pair = correspond(self.a.text, from, self.b.text, to);
            let (place, hits) = project(&pair.ops, (self.a.text, part), self.b.text);
            if let Some(place) = place {
                found.push((hits.len(), *edge, place, hits));
            }
        }
        found.sort_by(|x, y| y.0.cmp(&x.0).then(y.1.score.total_cmp(&x.1.score)).then(x.1.b.cmp(&y.1.b)));
        let size = words(self.a.text, part).len().max(1);
        let mut taken: Vec<Span> = Vec::new();
        let mut kept = Vec::new();
        for (_, edge, place, hits) in found {
            let fresh = hits.iter().filter(|hit| !taken.contains(hit)).count();
            let enough =
                if kept.is_empty() { fresh as f32 >= FOUND * size as f32 } else { fresh >= FEWEST_WORDS };
            if enough {
                taken.extend(hits);
                kept.push((edge, place));
            }
        }
        kept
    }

    /// The one place where the words stand in a row.
    fn verbatim(&self, wanted: &[u64]) -> Option<Span> {
        if wanted.len() < FEWEST_WORDS {
            return None;
        }
        let runs = self.there.windows(wanted.len());
        let mut places = runs.filter(|run| run.iter().map(|(_, key)| *key).eq(wanted.iter().copied()));
        let first = places.next()?;
        let place = first[0].0.union(first[first.len() - 1].0);
        places.next().is_none().then_some(place)
    }

    /// A quotation goes to the marks that stand around most of it over there.
    fn snapped(&self, span: Span, places: Vec<Span>) -> Vec<Span> {
        let core = |s: Span, text: &str| words(text, s).into_iter().reduce(Span::union);
        let quoted = self.a.quotations.iter().find(|q| core(q.inner, self.a.text) == core(span, self.a.text));
        let Some(from) = quoted else { return places };
        let with_marks = span.contains(from.span) && from.span != from.inner;
        let places = places.into_iter().flat_map(|place| self.without_narration(place)).collect::<Vec<_>>();
        let snap = |place: Span| {
            let shared = |q: Span| q.intersection(place).map_or(0, Span::len) as f32;
            let fits = |q: &&crate::text::marks::Quotation| {
                shared(q.inner) >= SNAP * q.inner.len() as f32 && shared(q.inner) >= SNAP * place.len() as f32
            };
            let hit = self
                .b
                .quotations
                .iter()
                .filter(fits)
                .max_by(|x, y| shared(x.inner).total_cmp(&shared(y.inner)));
            match hit {
                Some(q) if with_marks => q.span,
                Some(q) => q.inner,
                None if with_marks => self.with_marks(place),
                None => place,
            }
        };
        joined(self.b.text, places.into_iter().map(snap).collect())
    }
}

impl Carrier<'_, '_> {
    /// A place that goes from one quotation into another, without what is told between them.
    fn without_narration(&self, place: Span) -> Vec<Span> {
        let outer = self.b.quotations.iter().filter(|q| q.level == 0 && !q.single);
        let parts: Vec<Span> = outer
            .filter_map(|q| q.inner.intersection(place))
            .filter(|part| words(self.b.text, *part).len() >= FEWEST_WORDS)
            .collect();
        if parts.len() < 2 { vec![place] } else { parts }
    }

    /// A place with the marks that stand right at its ends, where a quotation begins or ends there.
    fn with_marks(&self, place: Span) -> Span {
        let ends = self.b.quotations.iter().filter(|q| q.inner.overlaps(place)).flat_map(|q| {
            let opens = (q.inner.start() >= place.start())
                .then(|| Span::between(q.span.start(), place.start().max(q.span.start())));
            let closes = (q.inner.end() <= place.end())
                .then(|| Span::between(q.span.end().min(place.end()), q.span.end()));
            [opens, closes]
        });
        ends.flatten().fold(place, Span::union)
    }
}

/// What of `part` the correspondence of a pair shows on the other side: from the first to the last word
/// found, and the words of `part` that were found.
fn project(ops: &[WordOp], (text_a, part): (&str, Span), text_b: &str) -> (Option<Span>, Vec<Span>) {
    let (mut place, mut hits): (Option<Span>, Vec<Span>) = (None, Vec::new());
    let mut pending: Option<Span> = None;
    for op in ops.iter().filter(|op| op.a.overlaps(part) || (op.a.is_empty() && part.holds(op.a.start()))) {
        match op.change {
            Change::Equal | Change::Respelt => {
                let (wa, wb) = (words(text_a, op.a), words(text_b, op.b));
                for (x, y) in wa.into_iter().zip(wb).filter(|(x, _)| part.contains(*x)) {
                    // What stands between found words belongs to them.
                    let between = pending.take().filter(|_| place.is_some());
                    place =
                        Some([between, Some(y)].into_iter().flatten().fold(place.unwrap_or(y), Span::union));
                    hits.push(x);
                }
            }
            Change::Replaced => {
                let (wa, wb) = (words(text_a, op.a), words(text_b, op.b));
                let inside = wa.iter().filter(|w| part.contains(**w)).count();
                let there = wb.into_iter().reduce(Span::union);
                if 2 * inside >= wa.len().max(1) {
                    // All of the part's edge was replaced: the words in its place stand for it.
                    place = there.map(|there| place.unwrap_or(there).union(there)).or(place);
                } else {
                    pending = there;
                }
            }
            Change::Inserted => pending = Some(op.b),
            Change::Dropped => {}
        }
    }
    (place.map(|p| p.trimmed(text_b)), hits)
}

/// The places in order, those that touch or overlap made one.
fn joined(text: &str, mut places: Vec<Span>) -> Vec<Span> {
    places.sort_unstable();
    let mut found: Vec<Span> = Vec::new();
    for next in places {
        match found.last_mut() {
            Some(last)
                if last.overlaps(next)
                    || !text[last.end().byte()..next.start().byte().max(last.end().byte())]
                        .contains(char::is_alphanumeric) =>
            {
                *last = last.union(next);
            }
            _ => found.push(next),
        }
    }
    found
}

#[cfg(test)]
mod tests;
