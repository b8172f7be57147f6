//! A text made ready for comparison, once, however many others it is compared with.

use super::grams::{self, Vector, Word};
use super::sentences::{Unit, UnitKind, units};
use crate::text::Span;
use crate::text::marks::{Quotation, quotations};

/// A text with its units, their words and vectors, and its quotations.
pub struct Prepared<'t> {
    /// The text.
    pub text: &'t str,
    /// Its units, in order.
    pub units: Vec<Unit>,
    /// The words of each unit.
    pub words: Vec<Vec<Word>>,
    /// The vector of each unit.
    pub vectors: Vec<Vector>,
    /// The quotations of the text.
    pub quotations: Vec<Quotation>,
}

impl<'t> Prepared<'t> {
    /// Reads `text`. Linear in its length, but for sorting.
    pub fn new(text: &'t str) -> Self {
        let units = units(text);
        let words: Vec<_> = units.iter().map(|u| grams::words(text, u.span)).collect();
        let vectors = words.iter().map(|w| grams::vector(w)).collect();
        Self { text, units, words, vectors, quotations: quotations(text) }
    }

    /// Whether unit `i` is a sentence of the story.
    pub fn is_story(&self, i: usize) -> bool {
        self.units[i].kind == UnitKind::Sentence
    }

    /// The words of each unit that stand in quotation marks, one list for each quotation, folded.
    pub(super) fn quoted_runs(&self) -> Vec<Vec<&[Word]>> {
        let mut from = 0;
        let runs = self.units.iter().zip(&self.words).map(|(unit, words)| {
            // Sorted by begin; one that ends before this unit may still hold a later inner one, so only
            // outermost ones move the floor.
            while self.quotations.get(from).is_some_and(|q| q.level == 0 && q.span.end() <= unit.span.start())
            {
                from += 1;
            }
            let here = self.quotations[from..].iter().take_while(|q| q.span.start() < unit.span.end());
            here.filter_map(|q| q.inner.intersection(unit.span))
                .map(|part| run_in(words, part))
                .filter(|run| run.iter().any(|w| w.content))
                .collect()
        });
        runs.collect()
    }
}

/// The words that lie in `part`.
fn run_in(words: &[Word], part: Span) -> &[Word] {
    let start = words.partition_point(|w| w.span.start() < part.start());
    let end = words.partition_point(|w| w.span.end() <= part.end());
    &words[start.min(end)..end]
}
