//! A text cut once into what a key can move over: words, sentences, paragraphs, quotations.

use crate::model::{ArticleText, Id};
use crate::text::marks::{Quotation, quotations};
use crate::text::{Offset, Span, Text, paragraphs, sentences, words};
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

/// The cuts of one text, each made when it is first asked for. Each list is in the order of the text.
pub(super) struct Units {
    text: Text,
    paragraphs: Vec<Span>,
    words: OnceCell<Vec<Span>>,
    sentences: OnceCell<Vec<Span>>,
    quotations: OnceCell<Vec<Quotation>>,
    outermost: OnceCell<Vec<Span>>,
    folded: OnceCell<Folded>,
}

/// The text as it is searched, and where its runs of unchanged length begin: in it and in the text.
type Folded = (String, Vec<(u32, u32)>);

thread_local! {
    static LAST: RefCell<Option<(Id<ArticleText>, Rc<Units>)>> = const { RefCell::new(None) };
}

/// The cuts of a text; those of the text asked for last are at hand.
pub(super) fn units(id: &Id<ArticleText>, text: &Text) -> Rc<Units> {
    let known =
        LAST.with_borrow(|last| last.as_ref().filter(|(of, _)| of == id).map(|(_, units)| units.clone()));
    known.unwrap_or_else(|| {
        let units = Rc::new(Units::of(text));
        LAST.set(Some((id.clone(), units.clone())));
        units
    })
}

impl Units {
    fn of(text: &Text) -> Self {
        Self {
            paragraphs: paragraphs(text),
            text: text.clone(),
            words: OnceCell::new(),
            sentences: OnceCell::new(),
            quotations: OnceCell::new(),
            outermost: OnceCell::new(),
            folded: OnceCell::new(),
        }
    }

    pub(super) fn text(&self) -> &Text {
        &self.text
    }

    /// The text as it is searched.
    pub(super) fn folded(&self) -> &Folded {
        self.folded.get_or_init(|| {
            let mut folded = String::with_capacity(self.text.len());
            let mut places = vec![(0_u32, 0_u32)];
            for (at, c) in self.text.char_indices() {
                let new = super::find::fold(c);
                folded.push(new);
                if new.len_utf8() != c.len_utf8() {
                    places.push((folded.len() as u32, (at + c.len_utf8()) as u32));
                }
            }
            (folded, places)
        })
    }

    pub(super) fn paragraphs(&self) -> &[Span] {
        &self.paragraphs
    }

    pub(super) fn words(&self) -> &[Span] {
        self.words.get_or_init(|| self.paragraphs.iter().flat_map(|p| words(&self.text, *p)).collect())
    }

    pub(super) fn sentences(&self) -> &[Span] {
        self.sentences
            .get_or_init(|| self.paragraphs.iter().flat_map(|p| sentences(&self.text, *p)).collect())
    }

    /// All quotations, the outer before the inner.
    pub(super) fn quotations(&self) -> &[Quotation] {
        self.quotations.get_or_init(|| quotations(&self.text))
    }

    /// The quotations that stand in no other.
    pub(super) fn outermost(&self) -> &[Span] {
        self.outermost
            .get_or_init(|| self.quotations().iter().filter(|q| q.level == 0).map(|q| q.span).collect())
    }

    /// The innermost quotation around a caret, its marks included.
    pub(super) fn quotation_at(&self, at: Offset) -> Option<&Quotation> {
        let begun = self.quotations().partition_point(|q| q.span.start() <= at);
        // Quotations nest a few deep at most, and the outermost one is not far back.
        self.quotations()[..begun].iter().rev().take(8).find(|q| at <= q.span.end())
    }

    /// The quotation that selected words mean: the one whose words they are, give or take its marks.
    pub(super) fn quotation_of(&self, span: Span) -> Option<&Quotation> {
        let begun = self.quotations().partition_point(|q| q.span.start() <= span.start());
        // A comma or full stop before the closing mark may be left out.
        let end = |q: &Quotation| {
            let words = q.inner.slice(&self.text);
            q.inner.start().byte() + words.trim_end_matches([',', '.', ';', '!', '?', '…', '。', '，']).len()
        };
        let means = |q: &&Quotation| {
            let has_words = span.start() <= q.inner.start() && end(q) <= span.end().byte();
            q.span == span || q.span.contains(span) && has_words
        };
        self.quotations()[..begun].iter().rev().take(8).find(means)
    }
}

/// The first of `spans`, which are in order, that begins at or after `at` and is not `but`.
pub(super) fn after(spans: &[Span], at: Offset, but: Span) -> Option<Span> {
    let from = spans.partition_point(|s| s.start() < at);
    spans[from..].iter().find(|s| **s != but).copied()
}

/// The last of `spans` that begins before `at`.
pub(super) fn before(spans: &[Span], at: Offset) -> Option<Span> {
    let end = spans.partition_point(|s| s.start() < at);
    spans[..end].last().copied()
}
