//! F1 between annotators' spans: 2 · matched / (n_a + n_b), the same in both directions (Dice).
//!
//! Unlike kappa it needs no count of what nobody marked. Sums go over texts and pairs of annotators.

use super::{Statistic, Sums, Undefined, Unit, Units, matching};

/// When two spans, or parts of them, match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    /// Same start and end.
    Exact,
    /// They share a position: maximum one-to-one matching.
    Overlap,
    /// They share at least half of the positions of either: maximum one-to-one matching.
    HalfShared,
    /// Not spans but the positions in them are matched.
    Character,
    /// Not spans but the words they touch are matched.
    Token,
}

impl Match {
    /// The measure's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "span_f1_exact",
            Self::Overlap => "span_f1_overlap",
            Self::HalfShared => "span_f1_half_shared",
            Self::Character => "span_f1_character",
            Self::Token => "span_f1_token",
        }
    }
}

/// How many matched, and how many there are on either side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Matched {
    /// Matched.
    pub matched: u64,
    /// On the one side.
    pub a: u64,
    /// On the other.
    pub b: u64,
}

/// Span F1 over all texts and pairs of annotators; labels must be equal, too, where `labelled`.
pub fn span_f1(units: &Units, how: Match, labelled: bool) -> Statistic {
    let mut amounts = Vec::new();
    for (document, continuum) in units.shared() {
        for (i, (_, a)) in continuum.observers.iter().enumerate() {
            for (_, b) in &continuum.observers[i + 1..] {
                let found = count(a, b, &continuum.tokens, how, labelled);
                amounts.push((document, 0, found.matched as f64));
                amounts.push((document, 1, (found.a + found.b) as f64));
            }
        }
    }
    let compared = units.shared().next().is_some();
    Statistic::new(how.name(), Sums::collect(2, units.documents.len(), amounts), move |s| match s[1] {
        _ if !compared => Err(Undefined::NothingFinished),
        0.0 => Err(Undefined::NothingMarked),
        all => Ok(2.0 * s[0] / all),
    })
}

/// Compares two annotators' units of one text. Duplicates must have been taken out ([`Units::tidy`]).
pub fn count(a: &[Unit], b: &[Unit], tokens: &[(u32, u32)], how: Match, labelled: bool) -> Matched {
    let relabel = |units: &[Unit]| -> Vec<Unit> {
        let mut units: Vec<Unit> =
            units.iter().map(|u| Unit { label: if labelled { u.label } else { 0 }, ..*u }).collect();
        units.sort_unstable();
        if !matches!(how, Match::Overlap | Match::HalfShared) {
            units.dedup();
        }
        units
    };
    let (a, b) = (relabel(a), relabel(b));
    match how {
        Match::Exact => Matched {
            matched: a.iter().filter(|unit| b.binary_search(unit).is_ok()).count() as u64,
            a: a.len() as u64,
            b: b.len() as u64,
        },
        Match::Overlap | Match::HalfShared => Matched {
            matched: pairs(&a, &b, how == Match::HalfShared).iter().flatten().count() as u64,
            a: a.len() as u64,
            b: b.len() as u64,
        },
        Match::Character => of_places(&a, &b, |unit| vec![(unit.start, unit.end)]),
        Match::Token => of_places(&a, &b, |unit| {
            let from = tokens.partition_point(|(_, end)| *end <= unit.start);
            let to = tokens.partition_point(|(start, _)| *start < unit.end);
            // Numbers of tokens instead of characters.
            if from < to { vec![(from as u32, to as u32)] } else { Vec::new() }
        }),
    }
}

/// For each unit of `a` its partner in `b`, of those with the same label, by maximum matching that
/// prefers long overlaps.
pub fn pairs(a: &[Unit], b: &[Unit], half: bool) -> Vec<Option<usize>> {
    let mut may = Vec::new();
    let mut by_start: Vec<usize> = (0..b.len()).collect();
    by_start.sort_unstable_by_key(|i| b[*i].start);
    for (i, x) in a.iter().enumerate() {
        let before_end = by_start.partition_point(|k| b[*k].start < x.end);
        for &k in &by_start[..before_end] {
            let shared = x.shared(b[k]);
            let either = x.len() + b[k].len() - shared;
            if shared > 0 && x.label == b[k].label && (!half || 2 * shared >= either) {
                may.push((i, k, u64::from(shared)));
            }
        }
    }
    matching(a.len(), b.len(), &may)
}

/// Compares sets of (label, place), each given as ranges.
fn of_places(a: &[Unit], b: &[Unit], ranges: impl Fn(&Unit) -> Vec<(u32, u32)>) -> Matched {
    let places = |units: &[Unit]| -> Vec<(usize, u32, u32)> {
        let mut all: Vec<(usize, u32, u32)> =
            units.iter().flat_map(|u| ranges(u).into_iter().map(|(s, e)| (u.label, s, e))).collect();
        all.sort_unstable();
        let mut union: Vec<(usize, u32, u32)> = Vec::new();
        for (label, start, end) in all {
            match union.last_mut() {
                Some(last) if last.0 == label && start <= last.2 => last.2 = last.2.max(end),
                _ => union.push((label, start, end)),
            }
        }
        union
    };
    let (a, b) = (places(a), places(b));
    let size = |all: &[(usize, u32, u32)]| all.iter().map(|(_, s, e)| u64::from(e - s)).sum();
    let (mut i, mut k, mut matched) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(k)) {
        if x.0 == y.0 {
            matched += u64::from(x.2.min(y.2).saturating_sub(x.1.max(y.1)));
        }
        if (x.0, x.2) <= (y.0, y.2) { i += 1 } else { k += 1 }
    }
    Matched { matched, a: size(&a), b: size(&b) }
}
