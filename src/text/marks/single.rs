//! Single marks: quotations where they pair, apostrophes where they do not.

use super::Quotation;
use super::glyph::{Place, place};
use super::repair::quotation;
use crate::text::Span;

/// Words that begin with an apostrophe.
const ELIDED: &[&str] = &["em", "tis", "twas", "til", "cause", "bout", "n", "cos", "round"];

struct Single {
    at: usize,
    end: usize,
    glyph: char,
    opens: bool,
    closes: bool,
    /// It may as well belong to a plural: `the islands' berths`.
    possessive: bool,
    /// The innermost double quotation around it.
    within: Option<usize>,
}

/// The quotations in single marks of `block`. Both marks of a pair stand in the same one of `doubles`,
/// or in none, so that no two quotations cross. A mark without a partner is an apostrophe.
pub(super) fn read(text: &str, block: Span, doubles: &[Quotation]) -> Vec<Quotation> {
    let marks = singles(text, block, doubles);
    let mut found = Vec::new();
    let mut i = 0;
    while i < marks.len() {
        let opening = &marks[i];
        i += 1;
        if !opening.opens {
            continue;
        }
        let partner = |m: &Single| m.closes && m.within == opening.within && pairs(opening.glyph, m.glyph);
        let reach = marks[i..].iter().position(|m| m.opens && !m.closes).map_or(marks.len(), |n| i + n);
        let closing = (i..reach)
            .find(|&j| partner(&marks[j]) && !marks[j].possessive)
            .or_else(|| (i..reach).find(|&j| partner(&marks[j])));
        if let Some(j) = closing {
            let (span, inner) = ((opening.at, marks[j].end), (opening.end, marks[j].at));
            let read = quotation(text, span, inner, false, Vec::new());
            found.extend(read.map(|q| Quotation { single: true, ..q }));
            i = j + 1;
        }
    }
    found
}

fn pairs(open: char, close: char) -> bool {
    match open {
        '‹' => close == '›',
        '‚' => matches!(close, '‘' | '’'),
        '‘' => matches!(close, '’' | '\''),
        _ => matches!(close, '\'' | '’'),
    }
}

fn singles(text: &str, block: Span, doubles: &[Quotation]) -> Vec<Single> {
    let mut order: Vec<usize> = (0..doubles.len()).collect();
    super::super::order::sort_by_key(&mut order, |&d| {
        (doubles[d].span.start(), std::cmp::Reverse(doubles[d].span.end()))
    });
    let mut order = order.into_iter().peekable();
    let mut around: Vec<usize> = Vec::new();
    let (base, inner) = (block.start().byte(), block.slice(text));
    let mut found = Vec::new();
    for (at, glyph) in inner.char_indices() {
        if !matches!(glyph, '\'' | '‘' | '’' | '‚' | '‹' | '›') {
            continue;
        }
        while let Some(d) = order.next_if(|&d| doubles[d].span.start().byte() <= base + at) {
            around.push(d);
        }
        while around.last().is_some_and(|&d| doubles[d].span.end().byte() <= base + at) {
            around.pop();
        }
        let end = at + glyph.len_utf8();
        let place = place(inner, at, end);
        let word: String = inner[end..].chars().take_while(|c| c.is_alphanumeric()).take(6).collect();
        let elided =
            word.starts_with(|c: char| c.is_ascii_digit()) || ELIDED.contains(&&*word.to_lowercase());
        let before = inner[..at].chars().next_back();
        let mut after = inner[end..].chars();
        let goes_on = after.next() == Some(' ') && after.next().is_some_and(char::is_alphabetic);
        found.push(Single {
            at: base + at,
            end: base + end,
            glyph,
            opens: place == Place::BeforeWord && matches!(glyph, '\'' | '‘' | '‚' | '‹') && !elided,
            closes: place == Place::AfterWord && glyph != '‹' && glyph != '‚',
            possessive: goes_on && before.is_some_and(|c| matches!(c, 's' | 'S' | 'z' | 'x' | 'n')),
            within: around.last().copied(),
        });
    }
    found
}
