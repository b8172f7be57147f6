//! How well the main text of pages is found: precision and recall of the runs of four words, against
//! texts that people wrote down.

use super::readers;
use crate::text::Text;
use crate::text::shingles::{folded_words, stable_hash};
use std::collections::HashMap;

/// Words in a run.
const RUN: usize = 4;

/// Shares from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Score {
    /// Of what was found, how much belongs to the article.
    pub precision: f64,
    /// Of the article, how much was found.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
}

/// Scores the main text found in a page against the article's text.
pub fn page(page: &[u8], gold: &str) -> Score {
    let found = readers::main_text(page).unwrap_or_default();
    texts(&found, gold)
}

/// Scores one text against another. Runs count as often as they occur.
pub fn texts(found: &str, gold: &str) -> Score {
    let (found, gold) = (runs(found), runs(gold));
    let both: usize = found.iter().map(|(run, n)| *gold.get(run).unwrap_or(&0).min(n)).sum();
    let share = |of: usize| if of == 0 { 0.0 } else { both as f64 / of as f64 };
    let (all_found, all_gold) = (found.values().sum::<usize>(), gold.values().sum::<usize>());
    if all_found == 0 && all_gold == 0 {
        return Score { precision: 1.0, recall: 1.0, f1: 1.0 };
    }
    let (precision, recall) = (share(all_found), share(all_gold));
    let sum = precision + recall;
    Score { precision, recall, f1: if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 } }
}

/// The mean of each measure over the pages; `None` without pages.
pub fn mean(scores: &[Score]) -> Option<Score> {
    let count = scores.len() as f64;
    let of = |get: fn(&Score) -> f64| scores.iter().map(get).sum::<f64>() / count;
    (!scores.is_empty()).then(|| Score {
        precision: of(|s| s.precision),
        recall: of(|s| s.recall),
        f1: of(|s| s.f1),
    })
}

fn runs(text: &str) -> HashMap<u64, usize> {
    let text = Text::new(text);
    let words: Vec<String> = folded_words(&text, text.whole()).into_iter().map(|(_, w)| w).collect();
    let mut counts = HashMap::new();
    // A text of fewer words than a run is one run.
    let wide = RUN.min(words.len()).max(1);
    for run in words.windows(wide) {
        *counts.entry(stable_hash(run)).or_default() += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_count_runs_of_four_words() {
        assert_eq!(texts("a b c d e", "a b c d e").f1, 1.0);
        let half = texts("a b c d e x y z w v", "a b c d e");
        assert_eq!((half.precision, half.recall), (2.0 / 7.0, 1.0));
        assert_eq!(texts("", "a b c d").f1, 0.0);
        assert_eq!(mean(&[]), None);
    }
}
