//! Signs beside the wording that two sentences belong together: what they quote, name and count, and
//! what their neighbours do. They decide on the pairs whose wording leaves it open.

use super::align::{Certainty, Edge};
use super::grams::{Vector, Word};
use super::prepared::Prepared;
use super::sentences::UnitKind;
use std::collections::{HashMap, HashSet};

/// What score and signs must reach together.
const ENOUGH: f32 = 0.35;
/// What must be left of the likeness when everything is taken out that a sure partner explains.
const UNEXPLAINED: f32 = 0.12;
/// A word is rare when it stands in at most so many sentences of either text.
const RARE: usize = 2;

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
    /// The units in which each word stands.
    standing: HashMap<&'p str, Vec<usize>>,
    quoted: Vec<Vec<&'p [Word]>>,
    /// The sure partners of each unit, on the other side.
    partners: HashMap<usize, Vec<usize>>,
}

impl<'p, 't> Side<'p, 't> {
    fn new(text: &'p Prepared<'t>) -> Self {
        let mut standing: HashMap<&str, Vec<usize>> = HashMap::new();
        for (i, words) in text.words.iter().enumerate() {
            for word in words {
                let units = standing.entry(bare(word)).or_default();
                if units.last() != Some(&i) {
                    units.push(i);
                }
            }
        }
        Self { text, standing, quoted: text.quoted_runs(), partners: HashMap::new() }
    }

    fn count(&self, word: &Word) -> usize {
        self.standing.get(bare(word)).map_or(0, Vec::len)
    }

    /// The likeness of the two that no sure partner of `unit` has too.
    fn unexplained(&self, unit: usize, vector: &Vector, other: &Vector, across: &Side) -> f32 {
        let partners: Vec<&Vector> =
            self.partners.get(&unit).into_iter().flatten().map(|k| &across.text.vectors[*k]).collect();
        let free = |gram: u64| partners.iter().all(|v| !v.has(gram));
        vector.shared(other).filter(|(gram, _)| free(*gram)).map(|(_, product)| product).sum()
    }
}

/// The signs between two texts, given their sure pairs.
pub(super) struct Support<'p, 't> {
    a: Side<'p, 't>,
    b: Side<'p, 't>,
    sure: HashSet<(usize, usize)>,
}

impl<'p, 't> Support<'p, 't> {
    pub(super) fn new(a: &'p Prepared<'t>, b: &'p Prepared<'t>, edges: &[Edge]) -> Self {
        let (mut a, mut b) = (Side::new(a), Side::new(b));
        for e in edges.iter().filter(|e| e.certainty == Certainty::Sure) {
            a.partners.entry(e.a).or_default().push(e.b);
            b.partners.entry(e.b).or_default().push(e.a);
        }
        Self { a, b, sure: edges.iter().map(|e| (e.a, e.b)).collect() }
    }

    /// Whether `edge`, not sure by itself, is carried by the signs.
    pub(super) fn carries(&self, edge: Edge) -> bool {
        let Edge { a: i, b: j, score, .. } = edge;
        let (va, vb) = (&self.a.text.vectors[i], &self.b.text.vectors[j]);
        self.a.text.units[i].kind == UnitKind::Sentence
            && !self.sure.contains(&(i, j))
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
        let there: HashSet<&str> = wb.iter().filter(|w| w.is_number()).map(bare).collect();
        let number = wa.iter().any(|w| w.is_number() && there.contains(bare(w)) && self.is_rare(w));
        let near =
            |i: Option<usize>, j: Option<usize>| i.zip(j).is_some_and(|pair| self.sure.contains(&pair));
        let (before_i, before_j) = (i.checked_sub(1), j.checked_sub(1));
        let (after_i, after_j) = (Some(i + 1), Some(j + 1));
        let neighbour = near(before_i, before_j)
            || near(after_i, after_j)
            || [before_i, after_i].into_iter().any(|i| near(i, Some(j)))
            || [before_j, after_j].into_iter().any(|j| near(Some(i), j));
        let (va, vb) = (&self.a.text.vectors[i], &self.b.text.vectors[j]);
        [
            (quoted, worth::QUOTED),
            (!quoted && shares_run(wa, wb), worth::RUN),
            (number, worth::NUMBER),
            (self.shared_names(wa, wb).into_iter().any(|w| self.is_rare(w)), worth::NAME),
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

    /// The names that both sentences hold, each once. Of a name of several words only the commonest
    /// counts: `Antony` is as well known to a text as `Blinken` is.
    fn shared_names(&self, wa: &'p [Word], wb: &'p [Word]) -> Vec<&'p Word> {
        let there: HashSet<&str> = wb.iter().filter(|w| w.name).map(bare).collect();
        let mut found: Vec<&Word> = Vec::new();
        for run in wa.chunk_by(|x, y| x.name && y.name) {
            let shared = run.iter().filter(|w| w.name && there.contains(bare(w)));
            let commonest = shared.max_by_key(|w| (self.a.count(w) + self.b.count(w), bare(w)));
            found.extend(commonest.filter(|w| found.iter().all(|f| bare(f) != bare(w))));
        }
        found
    }
}

/// A word without the possessive.
fn bare(word: &Word) -> &str {
    word.folded.strip_suffix("'s").unwrap_or(&word.folded)
}

/// Whether the words of `run` stand in `words` one after the other.
fn has_run(words: &[Word], run: &[Word]) -> bool {
    const LONGEST: usize = 12;
    let run = &run[..run.len().min(LONGEST)];
    words.windows(run.len().max(1)).any(|w| w.iter().zip(run).all(|(x, y)| x.folded == y.folded))
}

/// Whether the two share three words in a row of which one carries matter and is no name.
fn shares_run(a: &[Word], b: &[Word]) -> bool {
    let key = |w: &[Word]| [w[0].folded.clone(), w[1].folded.clone(), w[2].folded.clone()];
    let theirs: HashSet<_> = b.windows(3).map(key).collect();
    a.windows(3).any(|w| w.iter().any(|w| w.content && !w.name) && theirs.contains(&key(w)))
}
