//! A measure as sums over documents and a formula over the sums.
//!
//! Every measure here is a formula over sums that simply add up from document to document. So the value
//! for all documents, for one of them and for any resample of them come from the same code, and a
//! resample costs additions only.

use super::Value;
use std::borrow::Cow;

/// For each document a sparse row of sums.
#[derive(Clone, Debug, Default)]
pub struct Sums {
    width: usize,
    ends: Vec<usize>,
    entries: Vec<(usize, f64)>,
}

impl Sums {
    /// No document yet; rows have `width` places.
    pub fn new(width: usize) -> Self {
        Self { width, ends: Vec::new(), entries: Vec::new() }
    }

    /// The rows of documents, each a list of (document, place, amount) in any order; amounts of one place
    /// add up.
    pub fn collect(
        width: usize,
        documents: usize,
        amounts: impl IntoIterator<Item = (usize, usize, f64)>,
    ) -> Self {
        let mut all: Vec<(usize, usize, f64)> = amounts.into_iter().collect();
        all.sort_by_key(|(document, place, _)| (*document, *place));
        let mut sums = Self::new(width);
        let mut rest = all.into_iter().peekable();
        for document in 0..documents {
            let from = sums.entries.len();
            while let Some((_, place, amount)) = rest.next_if(|(of, ..)| *of == document) {
                match sums.entries[from..].last_mut() {
                    Some(last) if last.0 == place => last.1 += amount,
                    _ => sums.entries.push((place, amount)),
                }
            }
            sums.ends.push(sums.entries.len());
        }
        sums
    }

    /// How many documents there are.
    pub fn documents(&self) -> usize {
        self.ends.len()
    }

    fn row(&self, document: usize) -> &[(usize, f64)] {
        let from = if document == 0 { 0 } else { self.ends[document - 1] };
        &self.entries[from..self.ends[document]]
    }

    /// The sums over documents, each counted as often as `times` says.
    pub fn weighted(&self, times: &[u32], out: &mut Vec<f64>) {
        out.clear();
        out.resize(self.width, 0.0);
        for (document, times) in times.iter().enumerate().filter(|(_, times)| **times > 0) {
            for (place, amount) in self.row(document) {
                out[*place] += amount * f64::from(*times);
            }
        }
    }

    /// The sums over all documents.
    pub fn total(&self) -> Vec<f64> {
        let mut out = Vec::new();
        self.weighted(&vec![1; self.documents()], &mut out);
        out
    }

    /// The sums of one document.
    pub fn only(&self, document: usize) -> Vec<f64> {
        let mut out = vec![0.0; self.width];
        self.row(document).iter().for_each(|(place, amount)| out[*place] += amount);
        out
    }
}

/// The formula of a measure, over sums.
pub type Formula = Box<dyn Fn(&[f64]) -> Value>;

/// A measure of some data.
pub struct Statistic {
    /// Its name, as reports and the command line print it.
    pub name: Cow<'static, str>,
    /// What adds up.
    pub sums: Sums,
    /// What is made of it.
    pub formula: Formula,
}

impl Statistic {
    /// A measure.
    pub fn new(
        name: impl Into<Cow<'static, str>>,
        sums: Sums,
        formula: impl Fn(&[f64]) -> Value + 'static,
    ) -> Self {
        Self { name: name.into(), sums, formula: Box::new(formula) }
    }

    /// Its value over all documents.
    pub fn value(&self) -> Value {
        (self.formula)(&self.sums.total())
    }

    /// Its value in one document.
    pub fn of_document(&self, document: usize) -> Value {
        (self.formula)(&self.sums.only(document))
    }
}
