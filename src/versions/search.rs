//! Passage search: where else in a corpus a sentence occurs, word for word or reworded.
//!
//! Two inverted indexes over the sentences of all articles: runs of three words, which find what was
//! taken over, and the first letters of the words that matter, which find what was reworded (inflection
//! sits at the ends). What they propose is then scored by the cosine that alignment uses. Articles come
//! and go one by one; a query looks at the rarest keys first and at a bounded number of places.

use super::align::SURE;
use super::grams::{self, Vector, Word};
use super::keys::{Map, run_key};
use super::sentences::{UnitKind, units};
use crate::text::{Span, Text, sentences};
use std::collections::BTreeMap;

/// Words in a run.
const RUN: usize = 3;
/// Letters of a word by which reworded sentences are found.
const HEAD: usize = 4;
/// Places that one sentence of a query may look at.
const PLACES: usize = 20_000;
/// Sentences that are scored in full for one sentence of a query.
const SCORED: usize = 48;
/// No place.
const END: u32 = u32::MAX;

/// How a passage was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HitKind {
    /// The words stand there in a row.
    Exact,
    /// In other words.
    Reworded,
}

/// A place where a sentence of the passage occurs.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The article, by its key.
    pub article: String,
    /// The sentence there.
    pub span: Span,
    /// Which sentence of the passage it answers.
    pub sentence: usize,
    /// How.
    pub kind: HitKind,
    /// How alike the two are, 0 to 1.
    pub score: f32,
}

/// An article in the index.
struct Document {
    key: String,
    text: Text,
    /// How many different runs of three words its story has.
    runs: usize,
    live: bool,
}

/// Places by key, as lists in one array: the newest first.
#[derive(Default)]
struct Postings {
    /// The newest place of a key, and how many there are.
    first: Map<(u32, u32)>,
    /// A sentence, and the next place of the same key.
    places: Vec<(u32, u32)>,
}

impl Postings {
    fn add(&mut self, key: u64, sentence: u32) {
        let (first, count) = self.first.entry(key).or_insert((END, 0));
        self.places.push((sentence, *first));
        (*first, *count) = (self.places.len() as u32 - 1, *count + 1);
    }

    fn count(&self, key: u64) -> u32 {
        self.first.get(&key).map_or(0, |(_, count)| *count)
    }

    fn of(&self, key: u64) -> impl Iterator<Item = u32> + '_ {
        let mut at = self.first.get(&key).map_or(END, |(first, _)| *first);
        std::iter::from_fn(move || {
            let (sentence, next) = *self.places.get(at as usize)?;
            at = next;
            Some(sentence)
        })
    }
}

/// The sentences of a corpus, ready to be looked up.
#[derive(Default)]
pub struct Index {
    documents: Vec<Document>,
    by_key: BTreeMap<String, u32>,
    /// Each sentence: its article and place.
    sentences: Vec<(u32, Span)>,
    runs: Postings,
    heads: Postings,
}

/// An article that has runs of words in common with another.
#[derive(Clone, Debug, PartialEq)]
pub struct Kin {
    /// The article, by its key.
    pub article: String,
    /// The share of the runs of the shorter of the two that the other has too, 0 to 1.
    pub contained: f32,
}

impl Index {
    /// How many articles it holds.
    pub fn len(&self) -> usize {
        self.by_key.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.by_key.is_empty()
    }

    /// Takes an article in under a key of its own; one that is there under it is replaced.
    pub fn add(&mut self, key: &str, text: &Text) {
        self.remove(key);
        let document = self.documents.len() as u32;
        let mut all: Vec<u64> = Vec::new();
        for unit in units(text).into_iter().filter(|u| u.kind != UnitKind::Furniture) {
            let sentence = self.sentences.len() as u32;
            self.sentences.push((document, unit.span));
            let words = grams::words(text, unit.span);
            let runs = runs(&words);
            runs.iter().for_each(|run| self.runs.add(*run, sentence));
            heads(&words).into_iter().for_each(|head| self.heads.add(head, sentence));
            all.extend(runs);
        }
        all.sort_unstable();
        all.dedup();
        self.by_key.insert(key.to_owned(), document);
        self.documents.push(Document {
            key: key.to_owned(),
            text: text.clone(),
            runs: all.len(),
            live: true,
        });
    }

    /// Takes an article out.
    pub fn remove(&mut self, key: &str) {
        if let Some(document) = self.by_key.remove(key) {
            self.documents[document as usize].live = false;
        }
    }

    /// Where the sentences of `passage` occur, exact ones first, then the likest.
    pub fn find(&self, passage: &str) -> Vec<Hit> {
        let whole = Span::new(passage, 0, passage.len()).into_iter();
        let mut found = Vec::new();
        for (k, span) in whole.flat_map(|whole| sentences(passage, whole)).enumerate() {
            let words = grams::words(passage, span);
            found.extend(self.find_sentence(k, &words));
        }
        found.sort_by(|x, y| {
            let exact = x.kind.cmp(&y.kind).then(y.score.total_cmp(&x.score));
            exact.then_with(|| (&x.article, x.span, x.sentence).cmp(&(&y.article, y.span, y.sentence)))
        });
        found
    }

    fn find_sentence(&self, sentence: usize, words: &[Word]) -> Vec<Hit> {
        let vector = grams::vector(words);
        let mut found = Vec::new();
        for at in self.proposed(words) {
            let (document, span) = self.sentences[at as usize];
            let document = &self.documents[document as usize];
            let there = grams::words(&document.text, span);
            let exact = is_part(words, &there);
            let score = if exact { 1.0 } else { self.likeness(&vector, &there) };
            let kind = if exact { HitKind::Exact } else { HitKind::Reworded };
            if exact || score >= SURE {
                found.push(Hit { article: document.key.clone(), span, sentence, kind, score });
            }
        }
        found
    }

    /// The likeness of a sentence to one of the corpus: as a whole, or as a part of a longer one.
    fn likeness(&self, vector: &Vector, there: &[Word]) -> f32 {
        const PART: f32 = 0.8;
        let other = grams::vector(there);
        let held = vector.held_by(&other);
        let cosine = vector.cosine(&other).min(1.0);
        if held >= PART { cosine.max(SURE) } else { cosine }
    }

    /// The sentences that share most of what is rare with the words asked for, the best first.
    fn proposed(&self, words: &[Word]) -> Vec<u32> {
        let mut keys: Vec<(u32, u64, bool)> =
            runs(words).into_iter().map(|k| (self.runs.count(k), k, true)).collect();
        keys.extend(heads(words).into_iter().map(|k| (self.heads.count(k), k, false)));
        keys.retain(|(count, ..)| *count > 0);
        keys.sort_unstable();
        let mut shared: Map<f32> = Map::default();
        let mut left = PLACES;
        for (count, key, is_run) in keys {
            // Rare keys tell more; a bounded number of places keeps the commonest from costing all.
            let worth = 1.0 / (1.0 + count as f32).log2();
            let places = if is_run {
                self.runs.of(key).take(left).collect::<Vec<_>>()
            } else {
                self.heads.of(key).take(left).collect()
            };
            left -= places.len();
            for at in places {
                if self.documents[self.sentences[at as usize].0 as usize].live {
                    *shared.entry(u64::from(at)).or_default() += worth;
                }
            }
        }
        let mut found: Vec<(u32, f32)> = shared.into_iter().map(|(at, worth)| (at as u32, worth)).collect();
        found.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        found.into_iter().take(SCORED).map(|(at, _)| at).collect()
    }

    /// The articles that share runs of three words with one, the most first. What they share beyond
    /// `least` (a share, 0 to 1) proposes that they belong together.
    pub fn kin(&self, key: &str, least: f32) -> Vec<Kin> {
        let Some(&mine) = self.by_key.get(key) else { return Vec::new() };
        let document = &self.documents[mine as usize];
        let mut all: Vec<u64> = Vec::new();
        for unit in units(&document.text).into_iter().filter(|u| u.kind != UnitKind::Furniture) {
            all.extend(runs(&grams::words(&document.text, unit.span)));
        }
        all.sort_unstable();
        all.dedup();
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        for run in all {
            let mut there: Vec<u32> =
                self.runs.of(run).take(PLACES / 10).map(|at| self.sentences[at as usize].0).collect();
            there.sort_unstable();
            there.dedup();
            there.into_iter().for_each(|other| *counts.entry(other).or_default() += 1);
        }
        let mut found: Vec<Kin> = counts
            .into_iter()
            .filter(|(other, _)| *other != mine && self.documents[*other as usize].live)
            .map(|(other, shared)| {
                let other = &self.documents[other as usize];
                let shorter = document.runs.min(other.runs).max(1);
                Kin { article: other.key.clone(), contained: (shared as f32 / shorter as f32).min(1.0) }
            })
            .filter(|kin| kin.contained >= least)
            .collect();
        found.sort_by(|x, y| y.contained.total_cmp(&x.contained).then_with(|| x.article.cmp(&y.article)));
        found
    }
}

/// The different runs of three words.
fn runs(words: &[Word]) -> Vec<u64> {
    let mut found: Vec<u64> = words.windows(RUN).map(|run| run_key(run.iter().map(|w| w.key))).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The first letters of the different words that matter.
fn heads(words: &[Word]) -> Vec<u64> {
    let head = |w: &Word| run_key(w.folded.chars().take(HEAD).map(u64::from));
    let mut found: Vec<u64> = words.iter().filter(|w| w.content || w.is_number()).map(head).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether the words stand in a row in `there`.
fn is_part(words: &[Word], there: &[Word]) -> bool {
    !words.is_empty()
        && there.windows(words.len()).any(|run| run.iter().zip(words).all(|(x, y)| x.key == y.key))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index() -> Index {
        let mut index = Index::default();
        for (key, text) in [
            (
                "one",
                "Inspectors recovered the engine records of all three ships on Monday. Nobody answered at the ministry.",
            ),
            (
                "two",
                "On Monday the engine records of the three ships were recovered by inspectors, a spokesman said.",
            ),
            (
                "three",
                "Forty tonnes of salmon were dumped by a fish farm on Fenna last week, residents complained.",
            ),
        ] {
            index.add(key, &Text::new(text));
        }
        index
    }

    fn found(index: &Index, passage: &str) -> Vec<(String, HitKind)> {
        index.find(passage).into_iter().map(|hit| (hit.article, hit.kind)).collect()
    }

    #[test]
    fn a_passage_is_found_word_for_word_and_reworded() {
        let want = [("one".to_owned(), HitKind::Exact), ("two".to_owned(), HitKind::Reworded)];
        assert_eq!(
            found(&index(), "Inspectors recovered the engine records of all three ships on Monday."),
            want
        );
        assert_eq!(found(&index(), "“engine records of all three ships”")[0], want[0]);
        assert_eq!(found(&index(), "The licence lapsed in spring."), []);
        assert_eq!(found(&index(), " "), []);
    }

    #[test]
    fn an_article_taken_out_is_not_found_and_one_put_in_again_once() {
        let mut index = index();
        index.remove("one");
        assert_eq!(found(&index, "Nobody answered at the ministry."), []);
        let text = Text::new("Nobody answered at the ministry.");
        index.add("four", &text);
        index.add("four", &text);
        assert_eq!(found(&index, "Nobody answered at the ministry.").len(), 1);
        assert_eq!(index.len(), 3);
    }

    #[test]
    fn versions_of_a_story_are_kin() {
        let mut index = index();
        index.add(
            "copy",
            &Text::new("Forty tonnes of salmon were dumped by a fish farm on Fenna, residents said."),
        );
        let kin = index.kin("copy", 0.1);
        assert_eq!(kin.len(), 1);
        assert!(kin[0].article == "three" && kin[0].contained > 0.6, "{kin:?}");
    }
}
