//! Quotation marks understood: which stretches of a text stand between marks, although copies lose
//! marks, turn them round and put spaces before them.
//!
//! The marks of a paragraph are read by the cheapest story that explains them (`pairing`): each mark
//! opens, closes or is stray, and a missing, turned or spaced mark has its price. The repair is in the
//! *reading* only; each [`Quotation`] says what was wrong ([`MarkDefect`]) and the text stays as it is.
//! State never crosses a paragraph, so one lost mark cannot turn the rest of an article inside out.
//!
//! This module does not know who speaks, nor whether a stretch in marks quotes anybody at all.

mod glyph;
mod pairing;
mod repair;
mod single;

use super::Span;
use super::segment::blocks;

/// What is wrong with a quotation's marks or text. The names are those of the model's `Defect`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MarkDefect {
    /// It closes and never opened: its begin is a guess.
    MarkMissingOpen,
    /// It opens and never closes: its end is a guess.
    MarkMissingClose,
    /// A mark looks the wrong way, or the pair stands around the name before the words.
    MarkReversed,
    /// A space stands between a mark and the words.
    MarkSpacing,
    /// A paragraph break goes through it that no writer made.
    FalseParagraphBreak,
    /// Link markup stands between the marks.
    MarkupInside,
    /// The words after it follow without a space.
    CueFused,
}

/// A stretch in quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// From mark to mark, both included where they exist.
    pub span: Span,
    /// What stands between the marks, without white space at its ends.
    pub inner: Span,
    /// How many other quotations it stands in.
    pub level: usize,
    /// Whether its marks are single ones.
    pub single: bool,
    /// Whether it goes on with the quotation of the paragraph before, which was left open as is usual.
    pub continues_previous: bool,
    /// What is wrong with it, sorted, each once.
    pub defects: Vec<MarkDefect>,
}

/// The quotations of `text`, by where they begin, the outer before the inner. Any two are apart or one
/// lies in the other. Linear in the length of the text.
pub fn quotations(text: &str) -> Vec<Quotation> {
    let blocks = blocks(text);
    let habits = glyph::Habits::of(text, &blocks);
    let mut found = Vec::new();
    let mut left_open = false;
    for (i, block) in blocks.iter().enumerate() {
        let next_opens = blocks.get(i + 1).is_some_and(|next| glyph::begins_open(next.slice(text)));
        let here = pairing::read(text, *block, &habits, left_open, next_opens);
        left_open = here.left_open;
        let singles = single::read(text, *block, &here.quotations);
        found.extend(here.quotations);
        found.extend(singles);
    }
    super::order::sort_by_key(&mut found, |q| (q.span.start(), std::cmp::Reverse(q.span.end()), q.single));
    let mut around: Vec<Span> = Vec::new();
    for quotation in &mut found {
        while around.last().is_some_and(|outer| !outer.contains(quotation.span)) {
            around.pop();
        }
        quotation.level = around.len();
        around.push(quotation.span);
        repair::note_inside(text, quotation);
    }
    found
}

/// Whether `span` lies wholly in one of `quotations` (as [`quotations`] returns them), marks included.
pub fn inside(quotations: &[Quotation], span: Span) -> bool {
    let begun = quotations.partition_point(|q| q.span.start() <= span.start());
    let outermost = quotations[..begun].iter().rev().find(|q| q.level == 0);
    outermost.is_some_and(|q| q.span.contains(span))
}

#[cfg(test)]
mod tests;
