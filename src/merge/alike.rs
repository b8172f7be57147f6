//! How alike two texts are, in shingles of words.

use crate::text::Text;
use crate::text::shingles::{folded_words, word_shingles};
use std::collections::HashMap;

/// How many words a shingle has.
const SHINGLE: usize = 4;

/// How close two texts are, of those compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Closeness {
    /// Which text.
    pub a: usize,
    /// Which other, later one.
    pub b: usize,
    /// The share of shingles, of those in either, that are in both.
    pub similarity: f64,
}

/// All pairs of texts whose shingles are alike at least so far. Pairs are found through shared shingles
/// that sort first by hash in a text (any pair that is alike by nine tenths shares nearly all of them), so
/// that not every pair is compared.
pub fn alike(texts: &[&Text], at_least: f64) -> Vec<Closeness> {
    let shingles: Vec<Vec<u64>> = texts.iter().map(|text| of(text)).collect();
    let mut first: HashMap<u64, Vec<usize>> = HashMap::new();
    for (i, own) in shingles.iter().enumerate() {
        for hash in own.iter().take(SKETCH) {
            first.entry(*hash).or_default().push(i);
        }
    }
    let mut candidates: Vec<(usize, usize)> = Vec::new();
    for texts in first.values() {
        for (n, i) in texts.iter().enumerate() {
            candidates.extend(texts[n + 1..].iter().map(|k| (*i, *k)));
        }
    }
    candidates.sort_unstable();
    candidates.dedup();
    let compared = candidates.into_iter().map(|(a, b)| {
        let similarity = similarity(&shingles[a], &shingles[b]);
        Closeness { a, b, similarity }
    });
    compared.filter(|pair| pair.similarity >= at_least).collect()
}

/// How many of the least hashes of a text find others. The chance that two texts nine tenths alike share
/// none of sixteen is far below one in a million.
const SKETCH: usize = 16;

/// The distinct shingles of a text, sorted by hash; a short text is one shingle.
fn of(text: &Text) -> Vec<u64> {
    let words: Vec<String> = folded_words(text, text.whole()).into_iter().map(|(_, word)| word).collect();
    let mut hashes = word_shingles(&words, SHINGLE.min(words.len()).max(1));
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

fn similarity(a: &[u64], b: &[u64]) -> f64 {
    let (mut i, mut k, mut both) = (0, 0, 0usize);
    while i < a.len() && k < b.len() {
        match a[i].cmp(&b[k]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => k += 1,
            std::cmp::Ordering::Equal => (i, k, both) = (i + 1, k + 1, both + 1),
        }
    }
    let either = a.len() + b.len() - both;
    if either == 0 { 0.0 } else { both as f64 / either as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_with_a_changed_word_is_alike_and_another_is_not() {
        let words: Vec<String> = (0..300).map(|i| format!("word{i}")).collect();
        let text = Text::new(words.join(" "));
        let mut changed = words.clone();
        changed[150] = "other".into();
        let changed = Text::new(changed.join(" "));
        let other = Text::new((0..300).map(|i| format!("else{i}")).collect::<Vec<_>>().join(" "));
        let found = alike(&[&text, &other, &changed], 0.9);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].a, found[0].b), (0, 2));
        // Four of 297 shingles of each hold the changed word.
        assert!((found[0].similarity - 293.0 / 301.0).abs() < 1e-12, "{found:?}");
    }
}
