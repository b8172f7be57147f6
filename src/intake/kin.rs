//! Of which article a new one seems to be a version, and which it repeats: by runs of words that both
//! have, looked up in an index, and by quotations of one that stand in the other.
//!
//! Nothing is joined here: what is found is offered with its evidence. Runs that very many articles have
//! are stock phrases and are not looked at. Work is bounded: the articles with the most runs in common
//! are looked at closely, the rest not.

use crate::model::SegmentKind;
use crate::text::marks::quotations;
use crate::text::shingles::{folded_words, stable_hash};
use crate::text::{Span, Text};
use std::collections::HashMap;

/// Words in a run.
const RUN: usize = 3;
/// Articles that are looked at closely.
const CLOSE: usize = 24;
/// A run that more articles have than this, and than an eighth of all, is a stock phrase.
const STOCK: usize = 64;
/// Share of runs, in thousandths, from which the shorter article counts as a version of the longer.
const VERSION: u32 = 150;
/// The same, where quotations are in common too.
const VERSION_WITH_QUOTES: u32 = 60;
/// Quotations in common that make it a version together with the share above.
const QUOTES: usize = 2;
/// Share of runs, in thousandths and both ways, from which one repeats the other.
const REPEATS: u32 = 900;
/// Words in a row of a quotation that must stand in the other text for it to be in common.
const QUOTED_RUN: usize = 6;

/// What one article is to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nearly the same words.
    Repeats,
    /// A version of the same story.
    Version,
}

/// An article that seems to be kin to a new one, with the evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kin {
    /// The article, by its key.
    pub key: String,
    /// What it is to it.
    pub kind: Kind,
    /// Share of the new article's runs of three words that the other has, in thousandths.
    pub of_new: u32,
    /// Share of the other's that the new one has, in thousandths.
    pub of_other: u32,
    /// Quotations of either that stand in both, as far as six words in a row: the words in common.
    pub quotes: Vec<String>,
}

impl Kin {
    /// The evidence, in a sentence.
    pub fn evidence(&self) -> String {
        let share = self.of_new.max(self.of_other).div_ceil(10);
        let whose = if self.of_new >= self.of_other { "its" } else { "the other's" };
        let mut words = format!("{share} % of {whose} runs of three words stand in both");
        if let Some(longest) = self.quotes.iter().max_by_key(|q| q.len()) {
            let s = if self.quotes.len() == 1 { "" } else { "s" };
            words.push_str(&format!("; {} quotation{s} in common, such as “{longest}”", self.quotes.len()));
        }
        words
    }
}

struct Document {
    key: String,
    runs: Vec<u64>,
    quotes: Vec<Vec<(u64, String)>>,
}

/// The articles that are there, by the runs of their words.
#[derive(Default)]
pub struct Index {
    documents: Vec<Document>,
    by_run: HashMap<u64, Vec<u32>>,
}

impl Index {
    /// Takes an article in. Headlines count; furniture, captions and credits do not.
    pub fn add(&mut self, key: &str, text: &Text, segments: &[(Span, SegmentKind)]) {
        let document = of(key, text, segments);
        let at = self.documents.len() as u32;
        for run in &document.runs {
            self.by_run.entry(*run).or_default().push(at);
        }
        self.documents.push(document);
    }

    /// The articles that seem to be kin to a text, the nearest first.
    pub fn kin(&self, text: &Text, segments: &[(Span, SegmentKind)]) -> Vec<Kin> {
        let new = of("", text, segments);
        let mut shared = vec![0u32; self.documents.len()];
        let stock = STOCK.max(self.documents.len() / 8);
        for run in &new.runs {
            let places = self.by_run.get(run).filter(|places| places.len() <= stock);
            places.into_iter().flatten().for_each(|at| shared[*at as usize] += 1);
        }
        let mut near: Vec<(usize, u32)> =
            shared.iter().enumerate().filter(|(_, n)| **n > 0).map(|(at, n)| (at, *n)).collect();
        let share = |n: u32, of: usize| n * 1_000 / of.max(1) as u32;
        let nearness = |(at, n): &(usize, u32)| share(*n, self.documents[*at].runs.len().min(new.runs.len()));
        near.sort_by_key(|one| (std::cmp::Reverse(nearness(one)), one.0));
        near.truncate(CLOSE);
        let judged = near.into_iter().filter_map(|(at, n)| {
            let other = &self.documents[at];
            let (of_new, of_other) = (share(n, new.runs.len()), share(n, other.runs.len()));
            let mut quotes = in_common(&new.quotes, &other.runs);
            for quote in in_common(&other.quotes, &new.runs) {
                if !quotes.iter().any(|q| q.contains(&quote) || quote.contains(q.as_str())) {
                    quotes.push(quote);
                }
            }
            let most = of_new.max(of_other);
            let kind = if of_new >= REPEATS && of_other >= REPEATS {
                Kind::Repeats
            } else if most >= VERSION || (most >= VERSION_WITH_QUOTES && quotes.len() >= QUOTES) {
                Kind::Version
            } else {
                return None;
            };
            Some(Kin { key: other.key.clone(), kind, of_new, of_other, quotes })
        });
        judged.collect()
    }
}

fn of(key: &str, text: &Text, segments: &[(Span, SegmentKind)]) -> Document {
    let left_out = |span: Span| {
        let kind = segments.iter().find(|(s, _)| s.contains(span)).map(|(_, k)| k);
        kind.is_some_and(|k| !matches!(k, SegmentKind::Headline | SegmentKind::Subheading))
    };
    let mut words = folded_words(text, text.whole());
    words.retain(|(span, _)| !left_out(*span));
    let quotes = quotations(text).into_iter().filter(|q| q.level == 0).map(|q| {
        let from = words.partition_point(|(span, _)| span.start() < q.inner.start());
        let to = words.partition_point(|(span, _)| span.end() <= q.inner.end());
        let inside = &words[from..to.max(from)];
        runs(inside).zip(inside.iter().map(|(_, word)| word.clone())).collect::<Vec<_>>()
    });
    let quotes = quotes.filter(|runs| !runs.is_empty()).collect();
    let mut all: Vec<u64> = runs(&words).collect();
    all.sort_unstable();
    all.dedup();
    Document { key: key.to_owned(), runs: all, quotes }
}

fn runs(words: &[(Span, String)]) -> impl Iterator<Item = u64> + '_ {
    words.windows(RUN).map(|w| stable_hash(&(&*w[0].1, &*w[1].1, &*w[2].1)))
}

/// The longest stretch of each quotation that another text has, where it is long enough.
fn in_common(quotes: &[Vec<(u64, String)>], there: &[u64]) -> Vec<String> {
    let longest = |quote: &Vec<(u64, String)>| {
        let (mut best, mut begun) = (0..0, 0);
        for (at, (run, _)) in quote.iter().enumerate() {
            if there.binary_search(run).is_err() {
                begun = at + 1;
            } else if at + 1 - begun > best.len() {
                best = begun..at + 1;
            }
        }
        let words: Vec<&str> = quote[best.clone()].iter().map(|(_, word)| &**word).collect();
        (best.len() + RUN > QUOTED_RUN).then(|| words.join(" "))
    };
    quotes.iter().filter_map(longest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "The mayor said on Monday that the ferry would stay.\n\n“We are not going to leave the island without a boat this winter,” Holm said. “The people of the island have paid for this ferry for many years.”\n\nThe board of the harbour will vote in May.";

    fn kin_of(other: &str) -> Vec<Kin> {
        let mut index = Index::default();
        index.add("one", &Text::new(STORY), &[]);
        index.kin(&Text::new(other), &[])
    }

    #[test]
    fn a_light_edit_repeats_and_a_rewrite_with_the_same_quotes_is_a_version() {
        let found = kin_of(&STORY.replace("Monday", "Tuesday"));
        assert!(found[0].kind == Kind::Version || found[0].kind == Kind::Repeats);
        assert_eq!(kin_of(STORY)[0].kind, Kind::Repeats);
        let rewrite = "Holm, who leads the town, told reporters she had decided. “We are not going to leave the island without a boat this winter,” were her words, and she went on: “The people of the island have paid for this ferry for many years.” Nobody else spoke at length in the hall, and the vote of those who run the port comes in spring.";
        let found = kin_of(rewrite);
        assert_eq!((found[0].kind, found[0].quotes.len()), (Kind::Version, 2));
        assert!(found[0].evidence().contains("2 quotations in common"), "{}", found[0].evidence());
    }

    #[test]
    fn another_story_on_the_same_subject_is_not_joined() {
        let other = "The mayor spoke on Friday of the school. “There is no room for more children here,” Holm said. The ferry would be a subject for another day, she added.";
        assert_eq!(kin_of(other), []);
    }

    #[test]
    fn furniture_makes_nobody_kin() {
        let line =
            "Sign up to the newsletter of the harbour post and get the news of the coast every morning";
        let (a, b) = (
            Text::new(format!("One two three four.\n{line}")),
            Text::new(format!("Five six seven.\n{line}")),
        );
        let furniture =
            |t: &Text| vec![(Span::of(t, &t[t.find(line).unwrap()..]).unwrap(), SegmentKind::Boilerplate)];
        let mut index = Index::default();
        index.add("a", &a, &furniture(&a));
        assert_eq!(index.kin(&b, &furniture(&b)), []);
    }
}
