//! Paragraphs, sentences and words of a text, as spans.

use super::{Span, bounds};

/// The paragraphs: every line that holds something, without the white space at its ends. News texts
/// put a paragraph on a line, with or without blank lines between.
pub fn paragraphs(text: &str) -> Vec<Span> {
    text.split('\n')
        .filter(|line| !line.trim().is_empty())
        .filter_map(|line| Span::of(text, line.trim()))
        .collect()
}

/// The paragraphs, joined again where a copy broke them in the middle of a sentence: a line long enough
/// to be no list item, without an end, and a line after it that begins in lower case.
pub fn blocks(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for next in paragraphs(text) {
        match found.last_mut() {
            Some(last) if is_false_break(last.slice(text), next.slice(text)) => *last = last.union(next),
            _ => found.push(next),
        }
    }
    found
}

/// A shorter line that ends without a stop may be an item of a list; in characters.
const SHORTEST_BROKEN_LINE: usize = 40;

fn is_false_break(before: &str, next: &str) -> bool {
    let end = before.trim_end_matches(['”', '"', '’', '\'', '»', ')', ']']);
    let unfinished = end.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '-' | '–' | '#'));
    let begins_small = next.chars().find(|c| !matches!(c, '[' | '(')).is_some_and(char::is_lowercase);
    begins_small
        && unfinished
        && (end.ends_with(',')
            || before.chars().rev().take(SHORTEST_BROKEN_LINE).count() == SHORTEST_BROKEN_LINE)
}

/// The sentences of `range`, each without the white space at its ends. Unicode's rules (UAX #29),
/// mended where news breaks them: titles, initials and other abbreviations do not end a sentence, and
/// a lower-case word does not begin one, not even after a break that a copy put in.
pub fn sentences(text: &str, range: Span) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let parts = bounds::sentences(range.slice(text)).into_iter();
    for next in parts.filter_map(|part| Span::of(text, part)).map(|s| s.trimmed(text)) {
        match found.last_mut() {
            _ if next.is_empty() => {}
            Some(last) if continues(text, *last, next) => *last = last.union(next),
            _ => found.push(next),
        }
    }
    found
}

/// Whether `next` goes on with the sentence that `last` began.
fn continues(text: &str, last: Span, next: Span) -> bool {
    let before = last.slice(text);
    if text[last.end().byte()..next.start().byte()].contains('\n') {
        let line = text[..last.end().byte()].rsplit('\n').next().unwrap_or(before);
        return is_false_break(line.trim_start(), next.slice(text));
    }
    let first = next.slice(text).chars().find(|c| c.is_alphanumeric());
    if first.is_none() || !before.contains(char::is_alphanumeric) {
        return true; // a stray mark belongs to its neighbour
    }
    let begins_small = first.is_some_and(char::is_lowercase);
    let ends_with_mark = before.ends_with(['”', '"', '’', '\'', '»', '“']);
    if begins_small && (ends_with_mark || before.ends_with('.') || before.ends_with('…')) {
        return true;
    }
    before.ends_with('.') && (ends_in_abbreviation(before) || names_a_state(before, next.slice(text)))
}

const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "sen", "rep", "gov", "gen", "col", "lt", "sgt", "capt", "adm", "st",
    "rev", "hon", "pres", "vs", "etc", "inc", "ltd", "co", "corp", "no", "jan", "feb", "mar", "apr", "jun",
    "jul", "aug", "sep", "sept", "oct", "nov", "dec", "e.g", "i.e", "p.m", "a.m", "u.s", "u.k", "u.n",
];

/// Abbreviations that do end a sentence as often as not, so that a capital after them begins one.
const MAY_END: &[&str] = &["p.m", "a.m", "etc", "inc", "ltd", "co", "corp", "u.s", "u.k", "u.n", "no"];

fn ends_in_abbreviation(before: &str) -> bool {
    let word = before.trim_end_matches('.').rsplit([' ', '\u{a0}', '(', '“', '"', '-']).next().unwrap_or("");
    let folded = word.to_lowercase();
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    (initial && word != "I") || (ABBREVIATIONS.contains(&&*folded) && !MAY_END.contains(&&*folded))
}

/// Whether `before` ends in `U.S.` and the like and `next` goes on as a name does: `the U.S. Congress`.
/// A word that begins sentences, such as `The`, begins one here too.
fn names_a_state(before: &str, next: &str) -> bool {
    const BEGIN: &[&str] = &[
        "the", "a", "an", "he", "she", "it", "they", "we", "i", "you", "but", "and", "in", "on", "at", "for",
        "if", "this", "that", "these", "those", "there", "when", "while", "after", "before", "as", "its",
        "his", "her", "their", "however", "no", "some", "many", "what", "mr", "mrs", "ms",
    ];
    let state = ["U.S.", "U.K.", "U.N.", "E.U."].iter().any(|s| before.ends_with(s));
    let first: String = next.chars().take_while(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    state && !first.is_empty() && !BEGIN.contains(&&*first)
}

/// The words of `range`: runs with a letter or digit, by Unicode's rules (UAX #29).
pub fn words(text: &str, range: Span) -> Vec<Span> {
    let mut found = Vec::new();
    bounds::each_piece(range.slice(text), &mut |at, piece| {
        if piece.contains(char::is_alphanumeric) {
            let start = range.start().byte() + at;
            found.extend(Span::new(text, start, start + piece.len()));
        }
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_segmentation::UnicodeSegmentation;

    fn cut(text: &str) -> Vec<&str> {
        let whole = Span::new(text, 0, text.len()).unwrap();
        sentences(text, whole).into_iter().map(|s| s.slice(text)).collect()
    }

    #[test]
    fn titles_and_initials_do_not_end_a_sentence() {
        assert_eq!(cut("Mr. Varga met J. B. Holm. They left."), ["Mr. Varga met J. B. Holm.", "They left."]);
        assert_eq!(cut("He met the U.S. Congress. He left the U.S. The rest stayed.").len(), 3);
    }

    #[test]
    fn a_closing_mark_belongs_to_the_sentence_before_it() {
        assert_eq!(cut("“We stay.” “We fight.” He left."), ["“We stay.”", "“We fight.”", "He left."]);
        assert_eq!(cut("\"Stay.\" \"Go.\""), ["\"Stay.\"", "\"Go.\""]);
    }

    #[test]
    fn a_tag_in_lower_case_stays_with_its_quote() {
        assert_eq!(cut("“Will you stay?” he asked. No."), ["“Will you stay?” he asked.", "No."]);
    }

    proptest::proptest! {
        #[test]
        fn words_are_those_of_unicode(text in "([a-zA-Z0-9їЖé漢 \n\t\r'’‘“”«».,:;_/@#$%&*()–—…\u{a0}\u{301}\u{200d}🏳-]|\\PC){0,40}") {
            let whole = Span::new(&text, 0, text.len()).unwrap();
            // A sign that combines with the space before it would make the space a part of a word.
            proptest::prop_assume!(!text.unicode_words().any(|word| word.starts_with([' ', '\n'])));
            let ours: Vec<&str> = words(&text, whole).into_iter().map(|w| w.slice(&text)).collect();
            proptest::prop_assert_eq!(ours, text.unicode_words().collect::<Vec<_>>());
        }
    }

    #[test]
    fn paragraphs_are_lines_without_the_space_around_them() {
        let text = "\u{a0}One. \n\n  Two.\nThree.";
        let got: Vec<_> = paragraphs(text).into_iter().map(|s| s.slice(text)).collect();
        assert_eq!(got, ["One.", "Two.", "Three."]);
    }

    #[test]
    fn a_sentence_broken_by_the_page_is_one_sentence() {
        let text = "“The harbour board has looked away, and it is now\n\nvery quiet there.” He left.\nA list\nof items";
        assert_eq!(cut(text).len(), 4, "{:?}", cut(text));
        assert_eq!(blocks(text).len(), 3);
    }

    #[test]
    fn words_leave_marks_out_and_keep_apostrophes() {
        let text = "“We’re leaving,” Київ’s 3.5%.";
        let whole = Span::new(text, 0, text.len()).unwrap();
        let got: Vec<_> = words(text, whole).into_iter().map(|s| s.slice(text)).collect();
        assert_eq!(got, ["We’re", "leaving", "Київ’s", "3.5"]);
    }
}
