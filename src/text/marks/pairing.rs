//! Pairing of double and angle marks in one block: the cheapest reading, by dynamic programming over
//! the marks with what is open as the state. Linear in the number of marks.

use super::glyph::{Family, Habits, Mark, Place, Side, marks};
use super::{MarkDefect, Quotation, repair};
use crate::text::Span;

/// What was read in a block.
pub(super) struct Read {
    pub quotations: Vec<Quotation>,
    /// Whether a quotation was left open for the next block to take up, as is usual in print.
    pub left_open: bool,
}

/// Prices of what can be wrong, chosen so that one damaged mark never costs more than two stories
/// about whole ones.
mod price {
    pub(super) const STRAY: f32 = 2.5;
    pub(super) const INCHES: f32 = 0.9;
    pub(super) const NO_CLOSE: f32 = 2.0;
    pub(super) const NO_OPEN: f32 = 2.2;
    pub(super) const LEFT_OPEN: f32 = 0.2;
    pub(super) const NESTED_ALIKE: f32 = 1.9;
    pub(super) const AROUND_NAME: f32 = 0.5;
    pub(super) const TURNED: f32 = 1.0;
}

/// What is open, outer first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Open {
    Nothing,
    Double,
    Angle,
    AngleInDouble,
    DoubleInAngle,
    DoubleInDouble,
}

const STATES: [Open; 6] = [
    Open::Nothing,
    Open::Double,
    Open::Angle,
    Open::AngleInDouble,
    Open::DoubleInAngle,
    Open::DoubleInDouble,
];

/// What a mark does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Act {
    Stray,
    Opens,
    Closes,
    /// Closes what is open and the one around it.
    ClosesBoth,
    /// Closes what never opened.
    ClosesNothing,
    /// Opens although what is open never closed.
    OpensAnew,
    /// Second mark of a pair around a name: the first is stray, the words follow this one.
    OpensAfterName,
}

fn opening(mark: &Mark) -> f32 {
    let turned = if mark.side == Side::Close { price::TURNED } else { 0.0 };
    turned
        + match mark.place {
            Place::BeforeWord => 0.0,
            Place::Loose if mark.family == Family::Angle => 0.1,
            Place::Loose => 0.6,
            Place::Fused => 0.5,
            Place::AfterWord => 1.5,
            Place::Adrift => 1.6,
        }
}

fn closing(mark: &Mark) -> f32 {
    let turned = if mark.side == Side::Open { price::TURNED } else { 0.0 };
    turned
        + match mark.place {
            Place::AfterWord => 0.0,
            Place::Loose | Place::Adrift if mark.family == Family::Angle => 0.1,
            Place::Loose => 0.6,
            Place::Fused | Place::Adrift => 0.5,
            Place::BeforeWord => 1.5,
        }
}

/// What `mark` may do in `state`: the act, the state after it and its price.
fn acts(state: Open, mark: &Mark) -> [Option<(Act, Open, f32)>; 4] {
    use {Family as F, Open as O};
    let inches = mark.glyph == '"' && mark.digit_before;
    let stray = Some((Act::Stray, state, if inches { price::INCHES } else { price::STRAY }));
    let (open, close) = (opening(mark), closing(mark));
    let fresh = if mark.family == F::Double { O::Double } else { O::Angle };
    let opens = |to, extra: f32| Some((Act::Opens, to, open + extra));
    let closes = |to| Some((Act::Closes, to, close));
    let anew = Some((Act::OpensAnew, fresh, open + price::NO_CLOSE));
    match (state, mark.family) {
        (O::Nothing, _) => {
            let unopened = Some((Act::ClosesNothing, O::Nothing, close + price::NO_OPEN));
            [stray, opens(fresh, 0.0), unopened, None]
        }
        (O::Double, F::Double) => {
            [stray, closes(O::Nothing), anew, opens(O::DoubleInDouble, price::NESTED_ALIKE)]
        }
        (O::Double, F::Angle) => [stray, opens(O::AngleInDouble, 0.0), None, None],
        (O::Angle, F::Angle) => [stray, closes(O::Nothing), anew, None],
        (O::Angle, F::Double) => [stray, opens(O::DoubleInAngle, 0.0), None, None],
        (O::AngleInDouble, F::Angle) => [stray, closes(O::Double), None, None],
        (O::DoubleInAngle, F::Double) => [stray, closes(O::Angle), None, None],
        (O::DoubleInDouble, F::Double) => [stray, closes(O::Double), None, None],
        _ => [stray, Some((Act::ClosesBoth, O::Nothing, close + price::NO_CLOSE)), None, None],
    }
}

/// Reads the double and angle marks of `block`.
pub(super) fn read(text: &str, block: Span, habits: &Habits, continued: bool, next_opens: bool) -> Read {
    let marks = marks(text, block, habits);
    let tagged = marks.last().is_some_and(|m| repair::tag(text, m.end, block.end().byte()).is_some());
    let carries_on = next_opens && !tagged;
    let acts = cheapest(text, &marks, carries_on);
    replay(text, block, &marks, &acts, Ends { continued, carries_on })
}

/// The cheapest act of each mark.
fn cheapest(text: &str, marks: &[Mark], carries_on: bool) -> Vec<Act> {
    const NEVER: f32 = f32::INFINITY;
    let slot = |state: Open| state as usize;
    // best[i][s]: the cheapest way to have read i marks and be in s, and by which act from which state.
    let mut best = vec![[(NEVER, Act::Stray, Open::Nothing); 6]; marks.len() + 1];
    best[0][slot(Open::Nothing)].0 = 0.0;
    for (i, mark) in marks.iter().enumerate() {
        for state in STATES {
            let so_far = best[i][slot(state)].0;
            if so_far == NEVER {
                continue;
            }
            for (act, to, extra) in acts(state, mark).into_iter().flatten() {
                // German and Ukrainian „…“: after a low opening mark both high ones close.
                let german = act == Act::Closes && mark.glyph == '“' && i > 0 && marks[i - 1].glyph == '„';
                let cost = so_far + if german { extra - price::TURNED } else { extra };
                if cost < best[i + 1][slot(to)].0 {
                    best[i + 1][slot(to)] = (cost, act, state);
                }
            }
        }
        let before = if i > 0 { best[i - 1][slot(Open::Nothing)].0 } else { NEVER };
        if before < NEVER && repair::around_a_name(text, marks, i) {
            let cost = before + price::AROUND_NAME;
            if cost < best[i + 1][slot(Open::Double)].0 {
                best[i + 1][slot(Open::Double)] = (cost, Act::OpensAfterName, Open::Nothing);
            }
        }
    }
    let ending = |state| match state {
        Open::Nothing => 0.0,
        Open::Double | Open::Angle if carries_on => price::LEFT_OPEN,
        Open::Double | Open::Angle => price::NO_CLOSE,
        _ => 2.0 * price::NO_CLOSE,
    };
    let last = &best[marks.len()];
    let mut state = STATES
        .into_iter()
        .min_by(|a, b| (last[slot(*a)].0 + ending(*a)).total_cmp(&(last[slot(*b)].0 + ending(*b))))
        .unwrap_or(Open::Nothing);
    let mut acts = vec![Act::Stray; marks.len()];
    let mut i = marks.len();
    while i > 0 {
        let (_, act, from) = best[i][slot(state)];
        acts[i - 1] = act;
        // The mark before the name was passed over.
        i -= if act == Act::OpensAfterName { 2 } else { 1 };
        state = from;
    }
    acts
}

/// How a block joins its neighbours.
struct Ends {
    continued: bool,
    carries_on: bool,
}

/// A quotation that is open while the acts are replayed.
struct Begun {
    start: usize,
    inner: usize,
    continues: bool,
    defects: Vec<MarkDefect>,
}

/// Turns acts into quotations.
fn replay(text: &str, block: Span, marks: &[Mark], acts: &[Act], ends: Ends) -> Read {
    let (first, last) = (block.start().byte(), block.end().byte());
    let mut read = Read { quotations: Vec::new(), left_open: false };
    let mut open: Vec<Begun> = Vec::new();
    let mut free_from = first; // everything before it is spoken for
    for (mark, act) in marks.iter().zip(acts) {
        if matches!(act, Act::OpensAnew | Act::ClosesBoth)
            && let Some(begun) = open.pop()
        {
            read.quotations.extend(unclosed(text, begun, mark.at));
        }
        match act {
            Act::Stray => continue,
            Act::Opens | Act::OpensAnew | Act::OpensAfterName => {
                let mut defects = Vec::new();
                if mark.side == Side::Close || *act == Act::OpensAfterName {
                    defects.push(MarkDefect::MarkReversed);
                }
                if mark.space_after && mark.family == Family::Double && *act != Act::OpensAfterName {
                    defects.push(MarkDefect::MarkSpacing);
                }
                let continues = ends.continued && text[first..mark.at].trim_matches('[').is_empty();
                open.push(Begun { start: mark.at, inner: mark.end, continues, defects });
            }
            Act::Closes | Act::ClosesBoth | Act::ClosesNothing => {
                let begun = open.pop().unwrap_or_else(|| {
                    let start = repair::begin(text, first, free_from, mark.at);
                    let defects = vec![MarkDefect::MarkMissingOpen];
                    Begun { start, inner: start, continues: false, defects }
                });
                let low = text[begun.start..].starts_with('„') && mark.glyph == '“';
                let mut defects = begun.defects;
                if mark.side == Side::Open && !low {
                    defects.push(MarkDefect::MarkReversed);
                }
                if mark.space_before && mark.family == Family::Double {
                    defects.push(MarkDefect::MarkSpacing);
                }
                if mark.letter_after {
                    defects.push(MarkDefect::CueFused);
                }
                let (start, end) = (begun.start, mark.end);
                let inner = (begun.inner, mark.at);
                read.quotations.extend(repair::quotation(
                    text,
                    (start, end),
                    inner,
                    begun.continues,
                    defects,
                ));
            }
        }
        free_from = mark.end;
    }
    while let Some(begun) = open.pop() {
        if ends.carries_on && open.is_empty() {
            read.left_open = true;
            let (start, inner) = (begun.start, (begun.inner, last));
            read.quotations.extend(repair::quotation(
                text,
                (start, last),
                inner,
                begun.continues,
                begun.defects,
            ));
        } else {
            read.quotations.extend(unclosed(text, begun, last));
        }
    }
    read
}

/// The quotation that `begun` is, although it never closed before `limit`.
fn unclosed(text: &str, begun: Begun, limit: usize) -> Option<Quotation> {
    let tag = repair::tag(text, begun.inner, limit);
    let end = tag.map_or(limit, |tag| tag.content_end);
    let mut defects = begun.defects;
    defects.push(MarkDefect::MarkMissingClose);
    if tag.is_some_and(|tag| tag.fused) {
        defects.push(MarkDefect::CueFused);
    }
    let end = begun.inner + text[begun.inner..end].trim_end().len();
    repair::quotation(text, (begun.start, end), (begun.inner, end), begun.continues, defects)
}
