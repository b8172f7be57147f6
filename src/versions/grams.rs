//! A sentence as a bag of letter runs: four letters each, weighted, of length one.
//!
//! Cosine over runs of four letters held up best of eleven similarities on paraphrased, translated and
//! spun news (design note `versions.md` 2.2 to 2.4), because it sees through inflection and respelling.
//! There the weights came from the pair; here they are fixed: a letter weighs as its word does, grammar
//! least, names less than matter, since the names of a story stand in all of its sentences.

use super::keys::{run_key, word_key};
use super::lexicon::{Class, class, stem};
use crate::text::Span;
use crate::text::shingles::folded_words;

const GRAMMAR: f32 = 0.2;
const NEWS: f32 = 0.6;
const NAME: f32 = 0.7;
const RUN: usize = 4;

/// A word of a sentence, as comparison sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// Where it is.
    pub span: Span,
    /// Lower case, apostrophes alike.
    pub folded: String,
    /// The folded word as a number.
    pub(super) key: u64,
    /// The folded word without the possessive, as a number.
    pub(super) bare: u64,
    /// Whether it looks like a name: a capital inside the sentence.
    pub name: bool,
    /// Whether it carries matter: neither grammar nor newspeak.
    pub content: bool,
    /// How much it weighs, 0 to 1.
    weight: f32,
}

impl Word {
    /// The word without its inflection.
    pub fn stem(&self) -> &str {
        stem(&self.folded)
    }

    /// Whether it says a number in digits.
    pub fn is_number(&self) -> bool {
        self.folded.starts_with(|c: char| c.is_ascii_digit())
    }
}

/// The words of `span`, without the addresses of links.
pub fn words(text: &str, span: Span) -> Vec<Word> {
    let links = link_addresses(text, span);
    let mut found = Vec::new();
    let mut begun = false;
    for (at, folded) in folded_words(text, span) {
        if links.iter().any(|link| link.contains(at)) {
            continue;
        }
        let key = word_key(&folded);
        let class = class(key);
        let capital = at.slice(text).starts_with(char::is_uppercase);
        let before = text[span.start().byte()..at.start().byte()].trim_end();
        let begins = !begun || before.ends_with(['“', '"', '.', ':', '?', '!']);
        begun = true;
        let name = capital && class != Class::Grammar && !(begins && class == Class::News);
        let weight = match class {
            Class::Grammar => GRAMMAR,
            Class::News => NEWS,
            Class::Content if capital && !begins => NAME,
            Class::Content => 1.0,
        };
        let bare = folded.strip_suffix("'s").map_or(key, word_key);
        found.push(Word { span: at, folded, key, bare, name, content: class == Class::Content, weight });
    }
    found
}

/// The vector of some words.
pub fn vector(words: &[Word]) -> Vector {
    let mut letters: Vec<(char, f32)> = vec![(' ', 0.0)];
    for word in words {
        // A space belongs to the lighter of its neighbours.
        if let Some((' ', weight)) = letters.last_mut() {
            *weight = if *weight == 0.0 { word.weight } else { weight.min(word.weight) };
        }
        letters.extend(word.folded.chars().map(|c| (c, word.weight)));
        letters.push((' ', word.weight));
    }
    let mut grams: Vec<(u64, f32)> = letters
        .windows(RUN)
        .map(|run| {
            (
                run_key(run.iter().map(|(c, _)| u64::from(*c))),
                run.iter().map(|(_, weight)| weight).sum::<f32>() / RUN as f32,
            )
        })
        .collect();
    grams.sort_unstable_by_key(|(gram, _)| *gram);
    let mut merged: Vec<(u64, f32)> = Vec::with_capacity(grams.len());
    for (gram, weight) in grams {
        match merged.last_mut() {
            Some((last, sum)) if *last == gram => *sum += weight,
            _ => merged.push((gram, weight)),
        }
    }
    let length = merged.iter().map(|(_, w)| w * w).sum::<f32>().sqrt();
    if length > 0.0 {
        merged.iter_mut().for_each(|(_, w)| *w /= length);
    }
    Vector(merged)
}

/// Weighted grams of a sentence, by gram, of Euclidean length one (or empty).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vector(Vec<(u64, f32)>);

impl Vector {
    /// Its grams with their weights, by gram.
    pub fn grams(&self) -> &[(u64, f32)] {
        &self.0
    }

    /// What `self` and `other` share, gram by gram: the product of the weights.
    pub fn shared<'a>(&'a self, other: &'a Vector) -> impl Iterator<Item = (u64, f32)> + 'a {
        let mut theirs = other.0.iter().peekable();
        self.0.iter().filter_map(move |(gram, weight)| {
            while theirs.next_if(|(other, _)| other < gram).is_some() {}
            theirs.next_if(|(other, _)| other == gram).map(|(_, their)| (*gram, weight * their))
        })
    }

    /// The cosine of the two, 0 to 1.
    pub fn cosine(&self, other: &Vector) -> f32 {
        self.shared(other).map(|(_, product)| product).sum()
    }

    /// Whether it has `gram`.
    pub fn has(&self, gram: u64) -> bool {
        self.0.binary_search_by_key(&gram, |(g, _)| *g).is_ok()
    }

    /// The share of its weight that `other` has too, 0 to 1: high for a part of a longer sentence.
    pub fn held_by(&self, other: &Vector) -> f32 {
        let all: f32 = self.0.iter().map(|(_, w)| w).sum();
        let mut theirs = other.0.iter().peekable();
        let mut held = 0.0;
        for (gram, weight) in &self.0 {
            while theirs.next_if(|(other, _)| other < gram).is_some() {}
            held += theirs.next_if(|(other, _)| other == gram).map_or(0.0, |_| *weight);
        }
        if all > 0.0 { held / all } else { 0.0 }
    }
}

/// The addresses in `[words](address)` and `<address>`: markup, not words.
fn link_addresses(text: &str, span: Span) -> Vec<Span> {
    let slice = span.slice(text);
    if !slice.contains("](") {
        return Vec::new();
    }
    let base = span.start().byte();
    slice
        .match_indices("](")
        .filter_map(|(at, _)| {
            let end = at + slice[at..].find(')')? + 1;
            Span::new(text, base + at, base + end)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cosine(a: &str, b: &str) -> f32 {
        let vector = |t: &str| vector(&words(t, Span::new(t, 0, t.len()).unwrap()));
        vector(a).cosine(&vector(b))
    }

    #[test]
    fn a_paraphrase_scores_above_a_neighbour_with_the_same_names() {
        let a = "Holm told reporters that talks with Halvane had run their course.";
        let near = "Talks with Halvane had run their course, Ms Holm told journalists.";
        let far = "Holm said that Halvane would carry the cost of every boat.";
        assert!((cosine(a, a) - 1.0).abs() < 1e-5);
        assert!(cosine(a, near) > 0.6, "{}", cosine(a, near));
        assert!(cosine(a, far) < 0.3, "{}", cosine(a, far));
    }

    #[test]
    fn grammar_alone_is_worth_little() {
        assert!(
            cosine("It was not that they would have had it.", "That they would not have had the ferry.")
                < 0.75
        );
        assert!(cosine("He said that it is in the harbour.", "He said that it is in the clinic.") < 0.3);
        assert_eq!(cosine("", "word"), 0.0);
    }

    #[test]
    fn the_address_of_a_link_is_no_word() {
        assert!(
            (cosine("the [two ships](http://x.example/two) sail", "the two ships sail") - 1.0).abs() < 1e-5
        );
    }
}
