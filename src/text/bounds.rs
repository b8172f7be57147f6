//! Where Unicode's rules (UAX #29) bound words and sentences, found without a look into their tables
//! wherever a text is plain, as nearly all of it is. The bounds are those of `unicode-segmentation`, but that a
//! space is always a bound of words: not always by the rules, where signs or other spaces hang on it.

use unicode_segmentation::UnicodeSegmentation;

/// Letters and digits of the Latin and Cyrillic scripts: for words they are all alike, and for sentences none of
/// them ends one or hangs on what stands before.
fn is_plain_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, 'Ѐ'..='ҁ' | 'Ҋ'..='ԯ' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ʯ')
}

/// Marks that belong to no word at whose edge they stand, and that end no sentence unless they are
/// [`may_end_a_sentence`].
fn is_plain_mark(c: char) -> bool {
    (c.is_ascii_punctuation() && c != '_') || matches!(c, '“' | '”' | '‘' | '’' | '«' | '»' | '–' | '—' | '…')
}

/// Gives what stands between the bounds of words, with the byte at which it begins, in order; what is nothing
/// but spaces and line ends is left out.
///
/// No word with a letter in it holds a space, so each stretch between spaces is cut for itself.
pub(crate) fn each_piece(text: &str, found: &mut impl FnMut(usize, &str)) {
    let mut at = 0;
    for stretch in text.split([' ', '\n']) {
        let bare = stretch.trim_matches(is_plain_mark);
        if bare.chars().all(is_plain_letter) {
            let from =
                if bare.is_empty() { stretch.len() } else { bare.as_ptr().addr() - stretch.as_ptr().addr() };
            each_char(&stretch[..from], at, found);
            if !bare.is_empty() {
                found(at + from, bare);
                each_char(&stretch[from + bare.len()..], at + from + bare.len(), found);
            }
        } else {
            stretch.split_word_bound_indices().for_each(|(i, piece)| found(at + i, piece));
        }
        at += stretch.len() + 1;
    }
}

fn each_char(marks: &str, at: usize, found: &mut impl FnMut(usize, &str)) {
    marks.char_indices().for_each(|(i, c)| found(at + i, &marks[i..i + c.len_utf8()]));
}

/// The sentences, each with the white space behind it: the whole text.
///
/// A bound stands only behind a full stop or its like (or a line end), and what follows decides on it up to the
/// next letter. So the rules are asked about the stretches from such a mark to a letter, and about no others.
pub(crate) fn sentences(text: &str) -> Vec<&str> {
    let (mut found, mut from, mut at) = (Vec::new(), 0, 0);
    while let Some(stop) = text[at..].find(may_end_a_sentence).map(|i| at + i) {
        let before = text[..stop].chars().next_back().map_or(0, char::len_utf8);
        let end = text[stop..].find(decides).map_or(text.len(), |i| stop + i + 1);
        let end = text.ceil_char_boundary(end);
        let start = stop - before;
        for (bound, _) in text[start..end].split_sentence_bound_indices().skip(1) {
            found.push(&text[from..start + bound]);
            from = start + bound;
        }
        at = end;
    }
    if from < text.len() {
        found.push(&text[from..]);
    }
    found
}

/// Anything that is not known to bound nothing.
fn may_end_a_sentence(c: char) -> bool {
    let plain = is_plain_letter(c) || (is_plain_mark(c) && !matches!(c, '.' | '!' | '?'));
    !plain && !matches!(c, ' ' | '_' | '\t' | '\u{a0}')
}

/// A letter, behind which nothing before it counts any more.
fn decides(c: char) -> bool {
    is_plain_letter(c) && !c.is_ascii_digit()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXTS: &str = "([a-zA-Z0-9їЖéß漢 \n\t\r'’‘“”«».,:;_/@#$%&*()!?–—…。\u{85}\u{a0}\u{301}\u{200d}🏳-]|[.?! A”]|\\PC){0,40}";

    proptest! {
        #[test]
        fn pieces_are_those_of_unicode(text in TEXTS) {
            let mut ours = Vec::new();
            each_piece(&text, &mut |at, piece| {
                assert_eq!(&text[at..at + piece.len()], piece);
                ours.push(piece.trim_matches([' ', '\n']).to_owned());
            });
            let theirs = text.split_word_bounds().map(|piece| piece.trim_matches([' ', '\n']));
            let empty = |piece: &&str| !piece.is_empty();
            prop_assert_eq!(ours, theirs.filter(empty).collect::<Vec<_>>());
        }

        #[test]
        fn sentences_are_those_of_unicode(text in TEXTS) {
            prop_assert_eq!(sentences(&text), text.split_sentence_bounds().collect::<Vec<_>>());
        }
    }

    /// Each in all places where a rule could make a difference.
    #[test]
    fn no_plain_letter_and_no_plain_mark_is_treated_otherwise_than_unicode_does() {
        for c in ('\0'..='\u{2fff}').filter(|c| is_plain_letter(*c) || is_plain_mark(*c)) {
            for text in [
                "A%B",
                "a. %b",
                "a. 1% b",
                "a. 1% B",
                "A.% b",
                "a.%",
                "%. b",
                "a%.b% c",
                "1.%",
                "“a.” %",
                "a\u{301}%",
            ] {
                let text = text.replace('%', &c.to_string());
                assert_eq!(sentences(&text), text.split_sentence_bounds().collect::<Vec<_>>(), "{text:?}");
                let mut ours = Vec::new();
                each_piece(&text, &mut |_, piece| ours.push(piece.to_owned()));
                let theirs: Vec<&str> = text.split_word_bounds().filter(|piece| *piece != " ").collect();
                assert_eq!(ours, theirs, "{text:?}");
            }
        }
    }
}
