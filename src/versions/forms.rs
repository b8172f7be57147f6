//! Whether two words are one word in another form: inflected, contracted, with other marks or capitals,
//! spelt in the British or the American way, transliterated otherwise.
//!
//! Strict rather than generous: a word that is said to have stayed must not have turned into another one,
//! for a reader trusts the line below it and does not look. So likeness of letters counts for nothing
//! (*leads* and *heads*, *Austria* and *Australia* have most in common). Both words are first brought to one
//! spelling; then they must begin alike, so that no prefix can come or go, and what follows must be endings
//! of one kind of word. What the endings do not know is another word, which is then merely shown as changed:
//! degrees (*high*, *higher*) and makers (*report*, *reporter*) on purpose, irregular forms (*say*, *said*)
//! and typing errors for want of a rule that would not join *county* and *country*.

use super::keys::word_key;
use super::lexicon::{Class, List, class, has};

/// Endings that may stand for each other: how many letters the words must share before them, what those
/// may end in (nothing given: in anything), plain endings, and endings that change with all of the row.
/// `-` is no ending.
type Row = (usize, &'static str, &'static str, &'static str);

const LATIN: &[Row] = &[
    (3, "", "-", "s ed ing ings"),
    (3, "", "e es ed", "ing ings"),
    (3, "e", "- s", "d"),
    (3, "sxzhoi", "- ed ing", "es"),
    (3, "", "e ing", "en"),
    (4, "ew", "- s ing", "n"),
    (4, "l", "- s", "en"),
    (4, "", "is", "es"),
    (5, "", "t", "ed"),
    (5, "", "e es ed ing", "ion ions ation ations"),
    (6, "", "- s", "ion ions ation ations"),
    (5, "", "-", "li"),
    (6, "", "- s e es d ed ing", "ment ments"),
    (6, "n", "- s", "al"),
    (6, "g", "- s", "ue ues"),
];

/// Of names only: the country, its people, what is theirs.
const LATIN_NAMES: &[Row] = &[(4, "", "- e a o s", "n ns an ans ian ians ese"), (4, "qln", "-", "i is")];

const CYRILLIC: &[Row] = &[
    // Nouns, adjectives, verbs; then vowels and consonants that change before the ending.
    (
        3,
        "",
        "-",
        "а я и і ї у ю о е є ь й ы ё м х ми ом ем єм ам ям им ым ами ями ах ях ів їв ов ев ові еві єві ою ею єю \
         ей ой",
    ),
    (
        3,
        "",
        "",
        "ий ій ый ой а я е є і ї у ю о ого ього его ому ьому ему им ім ым ої ьої ою ьою ей ими іми ыми их іх ых \
         ая яя ое ее ые ие ую юю",
    ),
    (
        3,
        "",
        "-",
        "ти ть в л ла ло ли ив ила ило или ити ю у лю еш єш иш їш ешь ишь е є ет ит ить їть емо ємо имо їмо ете \
         єте ите їте уть ють лять ать ять ут ют ат ят вав вала вало вали вати",
    ),
    (3, "", "ка ки ку кою га ги гу гою", "ці зі"),
    (3, "", "ість", "ості остей істю"),
    (3, "", "ок", "ка ку ки кові ком ків кам ками ках"),
    (3, "", "ець", "ця цю ці цеві цем ців цям цями цях"),
    (3, "", "ень", "ня ню ні нем нів ням нями нях"),
    (3, "", "ів", "ова ову ові овом"),
];

/// Letters with marks, each line by the letter without.
const MARKED: &[&str] = &[
    "aàáâãäåāăą",
    "cçćĉċč",
    "dďđ",
    "eèéêëēĕėęě",
    "gĝğġģ",
    "iìíîïĩīĭįı",
    "lĺļľł",
    "nñńņň",
    "oòóôõöøōŏő",
    "rŕŗř",
    "sśŝşšș",
    "tţťț",
    "uùúûüũūŭůűų",
    "yýÿŷ",
    "zźżž",
    "гґ",
];

/// A word as it is compared with others.
pub(super) struct Form {
    /// In the one spelling that its variants share.
    spelt: String,
    letters: usize,
    number: bool,
    grammar: bool,
    pronoun: bool,
    capital: bool,
    /// Whether it is an abbreviation with full stops.
    dotted: bool,
}

/// How a word begins.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Case {
    Small,
    Capital,
    /// Capitals throughout, and few of them.
    Abbreviation,
}

impl Case {
    /// Of a word with whatever marks stand around it.
    pub(super) fn of(word: &str) -> Self {
        let mut letters = word.chars().filter(|c| c.is_alphabetic());
        match letters.next() {
            Some(c) if c.is_uppercase() => {
                let few = letters.clone().count() < 4 && letters.all(char::is_uppercase);
                if few { Self::Abbreviation } else { Self::Capital }
            }
            _ => Self::Small,
        }
    }
}

impl Form {
    /// Of a word, folded, that began so.
    pub(super) fn of(word: &str, case: Case) -> Self {
        let capital = case != Case::Small;
        let number = word.contains(|c: char| c.is_numeric());
        let spelt = if number { digits(word) } else { spelt(word, case) };
        Self {
            letters: spelt.chars().count(),
            spelt,
            number,
            grammar: class(word_key(word)) == Class::Grammar,
            pronoun: has(List::Pronoun, word),
            capital,
            dotted: capital && word.contains('.'),
        }
    }
}

/// How surely two words are one: 0 where they are two, else up to 1.
pub(super) fn likeness(a: &Form, b: &Form) -> f32 {
    const SHORTEST: usize = 3;
    const BEGIN_ALIKE: usize = 2;
    if a.spelt == b.spelt {
        // *U.S.* is *US*, but not *us*.
        let other = (a.dotted && !b.capital) || (b.dotted && !a.capital);
        return if other || a.letters == 0 { 0.0 } else { 1.0 };
    }
    let (x, y) = (a.spelt.as_bytes(), b.spelt.as_bytes());
    // Nearly all pairs end here.
    if x.len() < SHORTEST || y.len() < SHORTEST || x[..SHORTEST] != y[..SHORTEST] {
        return 0.0;
    }
    // *Not* and *noted*, *they* and *we*: words of grammar have no endings in common with others.
    if a.number || b.number || a.grammar != b.grammar || (a.pronoun && b.pronoun) {
        return 0.0;
    }
    let (mut x, mut y) = (&*a.spelt, &*b.spelt);
    if let (Some(u), Some(v)) = (reflexive(x), reflexive(y)) {
        (x, y) = (u, v);
    }
    let alike = x.chars().zip(y.chars()).take_while(|(u, v)| u == v).map(|(u, _)| u);
    let (end, shared) = alike.fold((0, 0), |(bytes, n), c| (bytes + c.len_utf8(), n + 1));
    let names = a.capital && b.capital;
    let stem = (&x[..end], shared);
    let at = |end: usize, shared: usize| endings((&x[..end], shared), &x[end..], &y[end..], names);
    // Endings may begin alike: *escalating*, *escalation*.
    let mut ends = x[..end].char_indices().rev().take(BEGIN_ALIKE).enumerate();
    let one = x == y
        || at(end, shared)
        || ends.any(|(back, (end, _))| at(end, shared - back - 1))
        || doubled(stem, &x[end..], &y[end..], names)
        || doubled(stem, &y[end..], &x[end..], names);
    if one { 2.0 * shared as f32 / (a.letters + b.letters) as f32 } else { 0.0 }
}

/// Whether two words, folded, neither of them known to be a name, are one; of words that differ in spelling
/// from the start it need not see it.
pub(super) fn same_word(a: &str, b: &str) -> bool {
    a.as_bytes().get(..3).is_some_and(|start| b.as_bytes().starts_with(start))
        && likeness(&Form::of(a, Case::Small), &Form::of(b, Case::Small)) > 0.0
}

/// Whether `x` and `y` are endings of one kind after `stem`.
fn endings((stem, letters): (&str, usize), x: &str, y: &str, names: bool) -> bool {
    // No word that ends in s takes another: *princes*, *princess*.
    if stem.ends_with('s') && (x == "s" || y == "s") {
        return false;
    }
    let is =
        |ending: &str, list: &str| list.split(' ').any(|e| e == if ending.is_empty() { "-" } else { ending });
    let fits = |(least, after, plain, others): &Row| {
        letters >= *least
            && (after.is_empty() || stem.ends_with(|c| after.contains(c)))
            && (is(x, others) && (is(y, plain) || is(y, others)) || is(y, others) && is(x, plain))
    };
    match stem.chars().next() {
        Some('\u{400}'..'\u{530}') => CYRILLIC.iter().any(fits),
        _ => LATIN.iter().any(fits) || names && LATIN_NAMES.iter().any(fits),
    }
}

/// Whether `x` only doubles the last letter of `stem` before an ending: *plan* and *planned*, *travelled*
/// and *traveled*, *Odessa* and *Odesa*.
fn doubled((stem, letters): (&str, usize), x: &str, y: &str, names: bool) -> bool {
    let Some(last) = stem.chars().last().filter(|c| !"aeiou".contains(*c)) else { return false };
    let Some(rest) = x.strip_prefix(last).filter(|rest| last != 's' || !rest.starts_with("es")) else {
        return false;
    };
    let l = last == 'l' && letters >= 4;
    if rest == y {
        return (l || names || letters >= 5) && (l || !rest.is_empty());
    }
    // *Sit* and *sitting*, not *site*.
    let before = l || !last.is_ascii() || rest == "en" || matches!(y, "" | "s");
    before && !rest.is_empty() && endings((stem, letters), rest, y, names)
}

/// A verb without the ending that turns it on itself.
fn reflexive(word: &str) -> Option<&str> {
    word.strip_suffix("ся").or(word.strip_suffix("сь"))
}

/// A number without what parts its thousands and makes it ordinal.
fn digits(word: &str) -> String {
    let ordinal = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end));
    let word = ordinal.filter(|rest| rest.ends_with(|c: char| c.is_ascii_digit())).unwrap_or(word);
    let thousands = |part: &str| part.len() == 3 && part.bytes().all(|b| b.is_ascii_digit());
    let parted = word.split(',').skip(1).all(thousands);
    word.replace(|c| c == '\'' || (parted && c == ','), "")
}

/// A word in the one spelling of its variants.
fn spelt(word: &str, case: Case) -> String {
    let open = ["'s", "'re", "'ve", "'m"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    if case != Case::Small && open.contains('.') {
        return open.replace('.', "");
    }
    let (open, not) = open.strip_suffix("n't").map_or((open, ""), |open| (open, "nnot"));
    // Letters of an abbreviation stand for themselves: *NY* is not *NJ*.
    let name = case == Case::Capital;
    let mut made = String::with_capacity(word.len() + 4);
    for c in open.chars().chain(not.chars()) {
        match c {
            '\'' | '\u{300}'..'\u{370}' => {}
            'y' | 'ý' if !made.is_empty() && case != Case::Abbreviation => made.push('i'),
            c if c.is_ascii() => made.push(c),
            c => made.push(MARKED.iter().find(|l| l.contains(c)).and_then(|l| l.chars().next()).unwrap_or(c)),
        }
    }
    if name {
        if made.ends_with('j') {
            made.pop();
            made.push('i');
        }
        made = made.replace("ii", "i").replace("kse", "xe").replace("ksa", "xa");
    }
    if made.is_ascii() { in_one_way(made, name) } else { made }
}

/// British and American spellings as one.
fn in_one_way(mut word: String, name: bool) -> String {
    for (from, least, to) in [
        ("our", 2, "or"),
        ("nce", 0, "nse"),
        ("nci", 0, "nsi"),
        ("ise", 3, "ize"),
        ("isa", 3, "iza"),
        ("isi", 3, "izi"),
        ("ice", 3, "ize"),
        ("ici", 3, "izi"),
        ("aem", 1, "em"),
        ("aed", 1, "ed"),
        ("aes", 1, "es"),
        ("gement", 2, "gment"),
    ] {
        if let Some(at) = word.rfind(from).filter(|at| *at >= least) {
            word.replace_range(at..at + from.len(), to);
        }
    }
    for (from, to) in [("tre", "ter"), ("bre", "ber"), ("men", "man"), ("mme", "m")] {
        let end = word.len() - usize::from(word.ends_with('s'));
        // Yemen is no plural.
        if word[..end].ends_with(from) && end > from.len() && !(name && from == "men") {
            word.replace_range(end - from.len()..end, to);
        }
    }
    word
}

#[cfg(test)]
mod tests;
