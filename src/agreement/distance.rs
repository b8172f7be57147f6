//! How far apart two categories are, for alpha.

use std::collections::BTreeSet;

/// The level of measurement, as Krippendorff's alpha needs it.
#[derive(Clone, Debug, PartialEq)]
pub enum Distance {
    /// Same or not.
    Nominal,
    /// Ranks: the judgements between the two, counted in this very data.
    Ordinal,
    /// The square of the difference of the categories' numbers.
    Interval(Vec<f64>),
    /// The square of the difference over the sum of the categories' numbers.
    Ratio(Vec<f64>),
    /// Stated for each pair of categories, row by row: sets of labels use it.
    Stated(Vec<f64>),
}

impl Distance {
    /// Distances between sets of labels, by `between`.
    pub fn of_sets(
        sets: &[BTreeSet<String>],
        between: fn(&BTreeSet<String>, &BTreeSet<String>) -> f64,
    ) -> Self {
        Self::Stated(sets.iter().flat_map(|a| sets.iter().map(move |b| between(a, b))).collect())
    }

    /// The distance of the categories `c` and `k`, of `q`; `n` says how often each was used.
    pub(super) fn between(&self, n: &[f64], c: usize, k: usize) -> f64 {
        if c == k {
            return 0.0;
        }
        match self {
            Self::Nominal => 1.0,
            Self::Ordinal => {
                let (low, high) = (c.min(k), c.max(k));
                let through: f64 = n[low..=high].iter().sum();
                let ranks = through - (n[low] + n[high]) / 2.0;
                ranks * ranks
            }
            Self::Interval(numbers) => (numbers[c] - numbers[k]) * (numbers[c] - numbers[k]),
            Self::Ratio(numbers) => match numbers[c] + numbers[k] {
                0.0 => 0.0,
                sum => ((numbers[c] - numbers[k]) / sum).powi(2),
            },
            Self::Stated(all) => all[c * n.len() + k],
        }
    }
}

fn shared(a: &BTreeSet<String>, b: &BTreeSet<String>) -> (f64, f64) {
    (a.intersection(b).count() as f64, a.union(b).count() as f64)
}

/// Jaccard: the share of labels, of those in either set, that are not in both. Two empty sets are equal.
pub fn jaccard(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    let (both, either) = shared(a, b);
    if either == 0.0 { 0.0 } else { 1.0 - both / either }
}

/// MASI (Passonneau 2006): 1 − Jaccard similarity × 1 for equal sets, 2/3 where one holds the other, 1/3
/// where they overlap, 0 where they do not. Two empty sets are equal.
pub fn masi(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    let (both, either) = shared(a, b);
    let kind = match () {
        () if a == b => return 0.0,
        () if a.is_subset(b) || b.is_subset(a) => 2.0 / 3.0,
        () if both > 0.0 => 1.0 / 3.0,
        () => 0.0,
    };
    1.0 - both / either * kind
}
