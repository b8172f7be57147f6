//! Reasons to look twice at words that were changed: a claim can turn by a single one of them.

use super::forms::same_word;
use super::lexicon::{List, has, reporting};
use super::operation::Flag;
use super::opposites::{is_negating, opposed};
use super::words::{Change, WordOp, Words, signs};
use crate::text::Span;
use crate::text::shingles::folded_words;
use std::collections::BTreeSet;

/// The changes of few words that can turn a claim, however much else changed.
pub(super) fn claim_flags(text_a: &str, text_b: &str, (pa, pb, words): &(Span, Span, Words)) -> Vec<Flag> {
    let changed = |text: &str, side: fn(&WordOp) -> Span| -> Vec<(Span, String)> {
        let ops = words.ops.iter().filter(|op| op.change != Change::Equal);
        ops.flat_map(|op| folded_words(text, side(op))).collect()
    };
    let (from, to) = (changed(text_a, |op| op.a), changed(text_b, |op| op.b));
    let set = |words: &[(Span, String)], of: &dyn Fn(&str) -> Option<String>| -> BTreeSet<String> {
        words.iter().filter_map(|(_, w)| of(w)).collect()
    };
    let differ = |of: &dyn Fn(&str) -> Option<String>| set(&from, of) != set(&to, of);
    let modal = |w: &str| {
        let word = match w {
            "can't" | "cannot" | "couldn't" => "can",
            "won't" | "wouldn't" => "will",
            w => w.strip_suffix("'ll").map_or(w, |_| "will"),
        };
        // Tense alone is no change of claim.
        let word = match word {
            "would" | "shall" => "will",
            "could" => "can",
            "might" => "may",
            word => word,
        };
        has(List::Modal, word).then(|| word.to_owned())
    };
    let classes = |words: &[(Span, String)]| -> BTreeSet<u32> {
        words.iter().filter_map(|(_, w)| reporting(w)).collect()
    };
    let (said, says) = (classes(&from), classes(&to));
    let mut found = Vec::new();
    let mut add = |is: bool, flag: Flag| found.extend(is.then_some(flag));
    add(turned(text_a, text_b, words), Flag::Negation);
    add(differ(&modal), Flag::Modal);
    let of_what = |text: &str, side: fn(&WordOp) -> Span| -> BTreeSet<char> {
        let ops = words.ops.iter().filter(|op| op.change == Change::Replaced);
        ops.flat_map(|op| signs(side(op).slice(text))).collect()
    };
    let (what_a, what_b) = (of_what(text_a, |op| op.a), of_what(text_b, |op| op.b));
    let other_things = what_a != what_b && !what_a.is_empty() && !what_b.is_empty();
    add(differ(&number) || other_things, Flag::Number);
    add(!said.is_empty() && !says.is_empty() && said.is_disjoint(&says), Flag::ReportingVerb);
    let lost = |words: &[(Span, String)], (text, here): (&str, Span), (other, there): (&str, Span)| {
        let there: BTreeSet<String> = folded_words(other, there).into_iter().map(|(_, w)| root(&w)).collect();
        words.iter().any(|(at, w)| {
            let name = at.slice(text).starts_with(char::is_uppercase) && w.chars().count() > 3;
            // The first word has its capital from the sentence.
            let first = !text[here.start().byte()..at.start().byte()].contains(char::is_alphanumeric);
            name && !first && !there.contains(&root(w))
        })
    };
    let (side_a, side_b) = ((text_a, *pa), (text_b, *pb));
    add(lost(&from, side_a, side_b) && lost(&to, side_b, side_a), Flag::Name);
    found
}

/// Whether a negation came or went: an odd number of them, or a word for its opposite.
fn turned(text_a: &str, text_b: &str, words: &Words) -> bool {
    // More words in one place than this have no opposites to find: they were said otherwise.
    const PAIRS: usize = 64;
    // A word that is only in another form there negates as it did.
    let ops = words.ops.iter().filter(|op| !matches!(op.change, Change::Equal | Change::Respelt));
    let negates = |text: &str, (at, w): &(Span, String)| {
        let joined = text[at.end().byte()..].starts_with(['-', '\u{2010}', '\u{2011}']);
        has(List::Negation, w) || w.ends_with("n't") || (joined && is_negating(w))
    };
    let (mut odd, mut opposite) = (false, false);
    for op in ops {
        let (from, to) = (folded_words(text_a, op.a), folded_words(text_b, op.b));
        let count = from.iter().filter(|w| negates(text_a, w)).count()
            + to.iter().filter(|w| negates(text_b, w)).count();
        odd ^= count % 2 == 1;
        opposite |=
            from.len() * to.len() <= PAIRS && from.iter().any(|(_, x)| to.iter().any(|(_, y)| opposed(x, y)));
    }
    odd || opposite
}

fn root(word: &str) -> String {
    word.trim_end_matches("'s").trim_end_matches('s').to_owned()
}

/// A number in digits or as a word, written one way.
fn number(word: &str) -> Option<String> {
    const SMALL: &[&str] =
        &["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    if let Some(i) = SMALL.iter().position(|w| *w == word) {
        return Some((i + 2).to_string());
    }
    // A scale is the same number in every case.
    const SCALES: &[&str] = &["тисяча", "мільйон", "мільярд", "трильйон"];
    if let Some(scale) = SCALES.iter().find(|scale| same_word(word, scale)) {
        return Some((*scale).to_owned());
    }
    let digits = word.starts_with(|c: char| c.is_ascii_digit());
    (digits || has(List::Number, word)).then(|| word.replace(',', ""))
}
