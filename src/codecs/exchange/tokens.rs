//! The tokens of a text, and which marks fall on their borders.

use super::{Document, Tokenisation};
use crate::text::{Span, bounds, paragraphs, sentences};

/// A token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where.
    pub span: Span,
    /// The sentence it is in, an index into [`Tokens::sentences`].
    pub sentence: usize,
}

/// A text in sentences and tokens. No token holds white space, none is empty, together they hold all
/// that is no white space.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    /// The sentences, in order; they hold every token.
    pub sentences: Vec<Span>,
    /// The tokens, in order.
    pub tokens: Vec<Token>,
}

/// White space as the readers of token formats see it (Python's `str.split`).
fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\x1c'..='\x1f').contains(&c)
}

impl Tokens {
    /// Cuts a document's text: words and marks by Unicode's rules (UAX #29), and, where asked for, at
    /// every border of a mark.
    pub fn of(document: &Document, how: Tokenisation) -> Self {
        let text = &document.text;
        let mut borders: Vec<usize> = Vec::new();
        if how == Tokenisation::CutAtMarks {
            borders.extend(document.marks.iter().flat_map(|m| [m.span.start().byte(), m.span.end().byte()]));
            borders.sort_unstable();
            borders.dedup();
        }
        let mut borders = &borders[..];
        let mut found = Self { sentences: whole_sentences(text), tokens: Vec::new() };
        for (at, sentence) in found.sentences.iter().enumerate() {
            let from = sentence.start().byte();
            bounds::each_piece(sentence.slice(text), &mut |offset, word| {
                pieces(word, from + offset, &mut borders, |start, end| {
                    let span = Span::new(text, start, end);
                    found.tokens.extend(span.map(|span| Token { span, sentence: at }));
                });
            });
        }
        found
    }

    /// The tokens that a span consists of, if its ends are borders of tokens.
    pub fn range(&self, span: Span) -> Option<std::ops::Range<usize>> {
        let from = self.tokens.partition_point(|t| t.span.start() < span.start());
        let to = self.tokens.partition_point(|t| t.span.end() <= span.end());
        let fits = self.tokens.get(from)?.span.start() == span.start()
            && to > from
            && self.tokens.get(to - 1)?.span.end() == span.end();
        fits.then_some(from..to)
    }

    /// The tokens of a sentence.
    pub fn in_sentence(&self, sentence: usize) -> std::ops::Range<usize> {
        let from = self.tokens.partition_point(|t| t.sentence < sentence);
        let to = self.tokens.partition_point(|t| t.sentence <= sentence);
        from..to
    }
}

/// The sentences of a text, each with the white space up to the next one of its line, so that only line
/// ends (and lines of nothing but white space) lie between them.
fn whole_sentences(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for line in paragraphs(text) {
        let start = text[..line.start().byte()].rfind('\n').map_or(0, |at| at + 1);
        let end = text[line.end().byte()..].find('\n').map_or(text.len(), |at| line.end().byte() + at);
        let inside = sentences(text, line);
        let mut from = start;
        for (i, _) in inside.iter().enumerate() {
            let to = inside.get(i + 1).map_or(end, |next| next.start().byte());
            found.extend(Span::new(text, from, to));
            from = to;
        }
    }
    found
}

/// A word in pieces without white space, cut at the borders; those that lie before it are left behind.
fn pieces(word: &str, at: usize, borders: &mut &[usize], mut found: impl FnMut(usize, usize)) {
    let passed = borders.iter().take_while(|border| **border <= at).count();
    *borders = &borders[passed..];
    let whole = borders.first().is_none_or(|border| *border >= at + word.len());
    if whole && !word.contains(is_space) {
        return found(at, at + word.len());
    }
    let mut from: Option<usize> = None;
    for (i, c) in word.char_indices() {
        let here = at + i;
        let cut = borders.binary_search(&here).is_ok();
        if (is_space(c) || cut)
            && let Some(start) = from.take()
        {
            found(start, here);
        }
        if !is_space(c) && from.is_none() {
            from = Some(here);
        }
    }
    if let Some(start) = from {
        found(start, at + word.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn tokens_hold_everything_but_white_space(text in "[a-zїé👩\u{200d}💻\u{301}“.\u{a0}\t\n ]{0,80}") {
            let document = Document { text: Text::new(text.clone()), ..Document::default() };
            let tokens = Tokens::of(&document, Tokenisation::Words);
            let joined: String = tokens.tokens.iter().map(|t| t.span.slice(&text)).collect();
            let wanted: String = text.chars().filter(|c| !is_space(*c)).collect();
            prop_assert_eq!(joined, wanted);
            prop_assert!(tokens.tokens.iter().all(|t| !t.span.is_empty()));
            let gaps: String = tokens.sentences.windows(2).map(|w| &text[w[0].end().byte()..w[1].start().byte()]).collect();
            prop_assert!(gaps.chars().all(is_space));
        }
    }
}
