//! Signs beside the wording that two sentences belong together: what they quote, name and count, and
//! what their neighbours do. They decide on the pairs whose wording leaves it open.

use super::align::{Certainty, Edge};
use super::grams::{Vector, Word};
use super::keys::{Map, Set, run_key, shared};
use super::prepared::Prepared;
use super::sentences::UnitKind;

/// What score and signs must reach together.
const ENOUGH: f32 = 0.35;
/// What must be left of the likeness when everything is taken out that a sure partner explains.
const UNEXPLAINED: f32 = 0.12;
/// A word is rare when it stands in at most so many sentences of either text.
const RARE: u32 = 2;

/// What each sign adds to the score.
mod worth {
    /// One quotes what the other has too.
    pub(super) const QUOTED: f32 = 0.14;
    /// Three words in a row.
    pub(super) const RUN: f32 = 0.10;
    /// A rare number.
    pub(super) const NUMBER: f32 = 0.08;
    /// A rare name.
    pub(super) const NAME: f32 = 0.07;
    /// The sentences before, after or beside are a sure pair.
    pub(super) const NEIGHBOUR: f32 = 0.06;
    /// The one is nearly a part of the other.
    pub(super) const HELD: f32 = 0.10;
}

/// One side: its text and what is asked of it again and again.
struct Side<'p, 't> {
    text: &'p Prepared<'t>,
    /// In how many units each word stands.
    standing: Map<u32>,
    quoted: Vec<Vec<&'p [Word]>>,
    /// Of each unit, the runs of three words of which one carries matter and is no name, sorted.
    runs: Vec<Vec<u64>>,
    /// The sure partners of each unit, on the other side.
    partners: Vec<Vec<usize>>,
}

impl<'p, 't> Side<'p, 't> {
    fn new(text: &'p Prepared<'t>) -> Self {
        let mut standing: Map<u32> = Map::default();
        for words in &text.words {
            let mut here: Vec<u64> = words.iter().map(|w| w.bare).collect();
            here.sort_unstable();
            here.dedup();
            here.into_iter().for_each(|word| *standing.entry(word).or_default() += 1);
        }
        let runs = text.words.iter().map(|w| telling_runs(w)).collect();
        Self {
            text,
            standing,
            quoted: text.quoted_runs(),
            runs,
            partners: vec![Vec::new(); text.units.len()],
        }
    }

    fn count(&self, word: &Word) -> u32 {
        self.standing.get(&word.bare).copied().unwrap_or(0)
    }

    /// The likeness of the two that no sure partner of `unit` has too.
    fn unexplained(&self, unit: usize, vector: &Vector, other: &Vector, across: &Side) -> f32 {
        let partners: Vec<&Vector> = self.partners[unit].iter().map(|k| &across.text.vectors[*k]).collect();
        let free = |gram: u64| partners.iter().all(|v| !v.has(gram));
        vector.shared(other).filter(|(gram, _)| free(*gram)).map(|(_, product)| product).sum()
    }
}

/// The signs between two texts, given their sure pairs.
pub(super) struct Support<'p, 't> {
    a: Side<'p, 't>,
    b: Side<'p, 't>,
    sure: Set,
}

impl<'p, 't> Support<'p, 't> {
    pub(super) fn new(a: &'p Prepared<'t>, b: &'p Prepared<'t>, edges: &[Edge]) -> Self {
        let (mut a, mut b) = (Side::new(a), Side::new(b));
        for e in edges.iter().filter(|e| e.certainty == Certainty::Sure) {
            a.partners[e.a].push(e.b);
            b.partners[e.b].push(e.a);
        }
        Self { a, b, sure: edges.iter().map(|e| pair(e.a, e.b)).collect() }
    }

    /// Whether `edge`, not sure by itself, is carried by the signs.
    pub(super) fn carries(&self, edge: Edge) -> bool {
        let Edge { a: i, b: j, score, .. } = edge;
        let (va, vb) = (&self.a.text.vectors[i], &self.b.text.vectors[j]);
        self.a.text.units[i].kind == UnitKind::Sentence
            && !self.sure.contains(&pair(i, j))
            && score + self.signs(edge) >= ENOUGH
            && self.b.unexplained(j, va, vb, &self.a) >= UNEXPLAINED
            && self.a.unexplained(i, va, vb, &self.b) >= UNEXPLAINED
    }

    fn signs(&self, Edge { a: i, b: j, .. }: Edge) -> f32 {
        let (wa, wb) = (&self.a.text.words[i][..], &self.b.text.words[j][..]);
        let quotes = |side: &Side, unit: usize, words: &[Word]| {
            side.quoted[unit].iter().any(|run| has_run(words, run) && self.is_rare_run(run))
        };
        let quoted = quotes(&self.a, i, wb) || quotes(&self.b, j, wa);
        let number = wa
            .iter()
            .filter(|w| w.is_number())
            .any(|w| wb.iter().any(|other| other.bare == w.bare) && self.is_rare(w));
        let near = |i: Option<usize>, j: Option<usize>| {
            i.zip(j).is_some_and(|(i, j)| self.sure.contains(&pair(i, j)))
        };
        let (before_i, before_j) = (i.checked_sub(1), j.checked_sub(1));
        let (after_i, after_j) = (Some(i + 1), Some(j + 1));
        let neighbour = near(before_i, before_j)
            || near(after_i, after_j)
            || [before_i, after_i].into_iter().any(|i| near(i, Some(j)))
            || [before_j, after_j].into_iter().any(|j| near(Some(i), j));
        let (va, vb) = (&self.a.text.vectors[i], &self.b.text.vectors[j]);
        [
            (quoted, worth::QUOTED),
            (!quoted && shared(&self.a.runs[i], &self.b.runs[j]) > 0, worth::RUN),
            (number, worth::NUMBER),
            (self.shares_rare_name(wa, wb) && self.shares_rare_name(wb, wa), worth::NAME),
            (neighbour, worth::NEIGHBOUR),
            (va.held_by(vb).max(vb.held_by(va)) >= 0.6, worth::HELD),
        ]
        .into_iter()
        .map(|(sign, worth)| if sign { worth } else { 0.0 })
        .sum()
    }

    fn is_rare(&self, word: &Word) -> bool {
        self.a.count(word) <= RARE && self.b.count(word) <= RARE
    }

    /// Whether some word that matters in `run` is rare: “war crimes” stand all over a story of war.
    fn is_rare_run(&self, run: &[Word]) -> bool {
        run.iter().any(|w| w.content && self.is_rare(w))
    }

    /// Whether the second sentence has a rare name of the first. Of a name of several words only the
    /// commonest counts: `Antony` is as well known to a text as `Blinken` is. What is one name on one side
    /// may be two on the other, so it is asked from both.
    fn shares_rare_name(&self, wa: &[Word], wb: &[Word]) -> bool {
        let is_there = |word: &Word| wb.iter().any(|w| w.name && w.bare == word.bare);
        wa.chunk_by(|x, y| x.name && y.name).any(|run| {
            let shared = run.iter().filter(|w| w.name && is_there(w));
            let commonest = shared.max_by_key(|w| (self.a.count(w) + self.b.count(w), w.bare));
            commonest.is_some_and(|w| self.is_rare(w))
        })
    }
}

/// A pair of units as one number.
fn pair(a: usize, b: usize) -> u64 {
    run_key([a as u64, b as u64])
}

/// Whether the words of `run` stand in `words` one after the other.
fn has_run(words: &[Word], run: &[Word]) -> bool {
    const LONGEST: usize = 12;
    let run = &run[..run.len().min(LONGEST)];
    words.windows(run.len().max(1)).any(|w| w.iter().zip(run).all(|(x, y)| x.key == y.key))
}

/// The runs of three words of which one carries matter and is no name, sorted, each once.
fn telling_runs(words: &[Word]) -> Vec<u64> {
    let telling = |run: &&[Word]| run.iter().any(|w| w.content && !w.name);
    let runs = words.windows(3).filter(telling);
    let mut found: Vec<u64> = runs.map(|run| run_key(run.iter().map(|w| w.key))).collect();
    found.sort_unstable();
    found.dedup();
    found
}
