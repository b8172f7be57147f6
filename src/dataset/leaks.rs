//! What stands on both sides of a split: texts that share most of their runs of five words.

use crate::text::Text;
use crate::text::shingles::{folded_words, word_shingles};
use std::collections::{BTreeMap, HashMap};

/// Words in a run.
const RUN: usize = 5;
/// From this share of the shorter text's runs on, two texts are near-duplicates.
const NEAR: f64 = 0.5;
/// Runs that more texts have are phrases of the trade and prove nothing.
const COMMON: usize = 50;

/// Pairs of texts that are near-duplicates, by their places in the list, the smaller first.
pub fn near_duplicates(texts: &[&Text]) -> Vec<(usize, usize)> {
    let mut where_from: HashMap<u64, Vec<u32>> = HashMap::new();
    let mut runs = Vec::with_capacity(texts.len());
    for (i, text) in texts.iter().enumerate() {
        let words: Vec<String> = folded_words(text, text.whole()).into_iter().map(|(_, w)| w).collect();
        // A text shorter than a run is one run.
        let mut own = word_shingles(&words, RUN.min(words.len().max(1)));
        own.sort_unstable();
        own.dedup();
        for run in &own {
            where_from.entry(*run).or_default().push(i as u32);
        }
        runs.push(own.len());
    }
    let mut shared: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    for places in where_from.values().filter(|p| p.len() > 1 && p.len() <= COMMON) {
        for (n, a) in places.iter().enumerate() {
            for b in &places[n + 1..] {
                *shared.entry((*a, *b)).or_default() += 1;
            }
        }
    }
    let near = |((a, b), count): ((u32, u32), usize)| {
        let (a, b) = (a as usize, b as usize);
        (count as f64 >= NEAR * runs[a].min(runs[b]).max(1) as f64).then_some((a, b))
    };
    shared.into_iter().filter_map(near).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_with_a_changed_word_is_a_near_duplicate_and_another_text_is_not() {
        let one =
            Text::new("The ferry sailed with nobody on board and the mayor said nothing about it all day.");
        let copy =
            Text::new("The ferry sailed with nobody on board and the mayor said little about it all day.");
        let other =
            Text::new("Schools will open a week later this year because of repairs to the heating system.");
        assert_eq!(near_duplicates(&[&one, &other, &copy]), [(0, 2)]);
    }
}
