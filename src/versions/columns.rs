//! Any number of versions as columns: the rows of their graph in the order of a base, each sentence with
//! what became of its words beside the base's, in a form that travels.

use super::graph::{Corrections, Row, Version, graph};
use super::words::{Change, Words, correspond};
use super::{Prepared, Progress};
use crate::text::{CodePoints, Span, Text};
use serde::{Deserialize, Serialize};
use std::ops::ControlFlow;

/// A sentence in a column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sentence {
    /// Where it is.
    pub at: CodePoints,
    /// What the base does not have so, by place. Empty in the base, and where all is new.
    pub changes: Vec<(Change, CodePoints)>,
    /// Whether so little of the base is left that single words would say nothing.
    pub rewritten: bool,
}

/// The sentences of one group, a list for each version; a version without one has an empty list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// By version, in the order given.
    pub cells: Vec<Vec<Sentence>>,
    /// Whether every version has it, word for word.
    pub same: bool,
}

/// The versions (each a key of its own and its text) in columns against the one at `base`.
pub fn columns(
    versions: &[(String, Text)],
    base: usize,
    corrections: &Corrections,
    progress: Progress,
) -> ControlFlow<(), Vec<Group>> {
    let prepared: Vec<Prepared> = versions.iter().map(|(_, text)| Prepared::new(text)).collect();
    let all: Vec<Version> = versions
        .iter()
        .zip(&prepared)
        .map(|((key, text), prepared)| Version { key, text, prepared })
        .collect();
    if base >= all.len() {
        return ControlFlow::Continue(Vec::new());
    }
    let found = graph(&all, corrections, progress)?;
    ControlFlow::Continue(found.in_order_of(base).into_iter().map(|row| group(&all, base, row)).collect())
}

fn group(all: &[Version], base: usize, row: &Row) -> Group {
    let origin = runs(&all[base], row.of(base));
    let sentence = |version: usize, unit: usize| {
        let (text, span) = (all[version].text, all[version].prepared.units[unit].span);
        let best = || origin.iter().map(|run| correspond(all[base].text, *run, text, span));
        let words = if version == base { None } else { best().max_by(|x, y| x.kept.total_cmp(&y.kept)) };
        let rewritten = words.as_ref().is_some_and(Words::rewritten);
        let ops = words.iter().flat_map(|w| &w.ops);
        let changed = ops.filter(|op| op.change != Change::Equal && !op.b.is_empty());
        let changes = changed.map(|op| (op.change, text.chars_of(op.b))).collect();
        Sentence { at: text.chars_of(span), changes, rewritten }
    };
    let cells: Vec<Vec<Sentence>> =
        (0..all.len()).map(|v| row.of(v).map(|unit| sentence(v, unit)).collect()).collect();
    let words = |version: usize| {
        let units = row.of(version).flat_map(|unit| &all[version].prepared.words[unit]);
        units.map(|w| w.key).collect::<Vec<_>>()
    };
    let first = words(base);
    let same = !first.is_empty() && (0..all.len()).all(|v| words(v) == first);
    Group { cells, same }
}

/// The places of units, those that follow each other as one.
fn runs(version: &Version, units: impl Iterator<Item = usize>) -> Vec<Span> {
    let mut found: Vec<(usize, Span)> = Vec::new();
    for unit in units {
        let span = version.prepared.units[unit].span;
        match found.last_mut() {
            Some((last, run)) if *last + 1 == unit => (*last, *run) = (unit, run.union(span)),
            _ => found.push((unit, span)),
        }
    }
    found.into_iter().map(|(_, run)| run).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(base: usize) -> (Vec<Group>, Vec<(String, Text)>) {
        let texts = [
            "The ferry stays in port. The mayor waits for an answer. Nobody knows more.",
            "The mayor waits for an answer. The ferry remains in port.",
            "The ferry stays in port. Fares rise by nine percent in May.",
        ];
        let versions: Vec<_> =
            texts.iter().enumerate().map(|(i, t)| (i.to_string(), Text::new(*t))).collect();
        let none = Corrections::new();
        match columns(&versions, base, &none, &mut |_| ControlFlow::Continue(())) {
            ControlFlow::Continue(found) => (found, versions),
            ControlFlow::Break(()) => panic!("nobody cancelled"),
        }
    }

    #[test]
    fn rows_follow_the_base_and_every_sentence_stands_in_one() {
        for base in 0..3 {
            let (groups, versions) = shown(base);
            let places: Vec<u32> =
                groups.iter().filter_map(|g| g.cells[base].first().map(|s| s.at.start.0)).collect();
            assert!(places.is_sorted());
            for (v, (_, text)) in versions.iter().enumerate() {
                let sentences = groups.iter().map(|g| g.cells[v].len()).sum::<usize>();
                assert_eq!(sentences, text.matches('.').count());
            }
        }
    }

    #[test]
    fn a_changed_word_is_marked_in_the_version_that_has_it() {
        let (groups, versions) = shown(0);
        let ferry = &groups[0].cells;
        let [(change, at)] = &ferry[1][0].changes[..] else { panic!("one change: {:?}", ferry[1]) };
        let words = versions[1].1.span_from_chars(*at).map(|s| s.slice(&versions[1].1).trim().to_owned());
        assert!(matches!(change, Change::Replaced | Change::Respelt));
        assert_eq!(words.as_deref(), Some("remains"));
        assert!(ferry[0][0].changes.is_empty() && ferry[2][0].changes.is_empty() && !groups[0].same);
    }
}
