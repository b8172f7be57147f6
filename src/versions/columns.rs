//! Any number of versions as columns: the rows of their graph in the order of a base, each sentence with
//! what became of its words beside the base's, in a form that travels.

use super::graph::{Corrections, Row, Version, graph};
use super::words::{Change, WordOp, Words, correspond};
use super::{Prepared, Progress};
use crate::text::{CodePoints, Span, Text};
use serde::{Deserialize, Serialize};
use std::ops::ControlFlow;

/// Some words of a version beside those of the base.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// What became of them.
    pub change: Change,
    /// Where they are in the version; empty, at the place where they stood, for words that it dropped.
    pub at: CodePoints,
    /// Where the base has what stands there instead or was dropped; empty for words put in.
    pub base: CodePoints,
}

/// A sentence in a column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sentence {
    /// Where it is.
    pub at: CodePoints,
    /// What differs from the base, by place. Empty in the base, and where all is new.
    pub changes: Vec<Changed>,
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
    let cell = |version: usize| -> Vec<Sentence> {
        let there = runs(&all[version], row.of(version));
        // One stretch on both sides is compared as one, so that what one sentence took over from another
        // is not shown as dropped.
        let whole = match (&origin[..], &there[..]) {
            ([from], [to]) if version != base => {
                Some(correspond(all[base].text, *from, all[version].text, *to))
            }
            _ => None,
        };
        row.of(version).map(|unit| sentence(all, base, (version, unit), &origin, whole.as_ref())).collect()
    };
    let cells: Vec<Vec<Sentence>> = (0..all.len()).map(cell).collect();
    let words = |version: usize| {
        let units = row.of(version).flat_map(|unit| &all[version].prepared.words[unit]);
        units.map(|w| w.key).collect::<Vec<_>>()
    };
    let first = words(base);
    let same = !first.is_empty() && (0..all.len()).all(|v| words(v) == first);
    Group { cells, same }
}

/// A sentence beside the base: by the words of the whole group, else beside the likest stretch of the base.
fn sentence(
    all: &[Version],
    base: usize,
    (version, unit): (usize, usize),
    origin: &[Span],
    whole: Option<&Words>,
) -> Sentence {
    let (text, span) = (all[version].text, all[version].prepared.units[unit].span);
    let at = text.chars_of(span);
    if version == base || origin.is_empty() {
        return Sentence { at, changes: Vec::new(), rewritten: false };
    }
    let likest = || {
        let each = origin.iter().map(|run| correspond(all[base].text, *run, text, span));
        each.max_by(|x, y| x.kept.total_cmp(&y.kept))
    };
    let alone = if whole.is_none() { likest() } else { None };
    let Some(words) = whole.or(alone.as_ref()) else {
        return Sentence { at, changes: Vec::new(), rewritten: false };
    };
    let base_text = all[base].text;
    let changed = |op: &WordOp| {
        let begins_here = span.start() <= op.b.start();
        let here = if op.b.is_empty() {
            // Beside a stretch that was not compared as a whole, what is missing may stand elsewhere.
            (whole.is_some() && begins_here && op.b.start() <= span.end()).then_some(op.b)?
        } else {
            op.b.intersection(span)?
        };
        // What goes over two sentences has its counterpart at the first.
        let from = if begins_here { base_text.chars_of(op.a) } else { CodePoints::default() };
        let base = if op.change == Change::Inserted { CodePoints::default() } else { from };
        (op.change != Change::Equal).then(|| Changed { change: op.change, at: text.chars_of(here), base })
    };
    Sentence { at, changes: words.ops.iter().filter_map(changed).collect(), rewritten: words.rewritten() }
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

    fn words(text: &Text, at: CodePoints) -> &str {
        text.span_from_chars(at).map_or("", |span| span.slice(text).trim())
    }

    /// The words of the base that each sentence of the second version says to have dropped.
    fn dropped(base: &str, other: &str) -> Vec<Vec<String>> {
        let versions = [("a".to_owned(), Text::new(base)), ("b".to_owned(), Text::new(other))];
        let ControlFlow::Continue(groups) =
            columns(&versions, 0, &Corrections::new(), &mut |_| ControlFlow::Continue(()))
        else {
            panic!("nobody cancelled")
        };
        let of = |s: &Sentence| {
            let gone = s.changes.iter().filter(|c| c.change == Change::Dropped);
            gone.map(|c| words(&versions[0].1, c.base).to_owned()).collect()
        };
        groups.iter().flat_map(|g| &g.cells[1]).map(of).collect()
    }

    #[test]
    fn what_a_version_drops_is_said_where_it_stood() {
        let base = "The old harbour office closed the northern quay on Monday after divers found a crack.";
        assert_eq!(
            dropped(base, "The harbour office closed the northern quay after divers found a crack."),
            [["old", "on Monday"]]
        );
        // A sentence split in two has dropped nothing of what stands in the other half.
        let joined = "She was scathing about what the lay-up had done to Fenna, and there the clinic is rationing oxygen.";
        let split =
            "She was scathing about what the lay-up had done to Fenna. There the clinic is rationing oxygen.";
        assert_eq!(dropped(joined, split).concat(), ["and"]);
        // Nor one whose counterparts stand apart.
        assert_eq!(dropped(base, base).concat(), Vec::<String>::new());
    }

    #[test]
    fn a_changed_word_is_marked_in_the_version_that_has_it() {
        let (groups, versions) = shown(0);
        let ferry = &groups[0].cells;
        let [changed] = &ferry[1][0].changes[..] else { panic!("one change: {:?}", ferry[1]) };
        assert!(matches!(changed.change, Change::Replaced | Change::Respelt));
        assert_eq!(words(&versions[1].1, changed.at), "remains");
        assert_eq!(words(&versions[0].1, changed.base), "stays");
        assert!(ferry[0][0].changes.is_empty() && ferry[2][0].changes.is_empty() && !groups[0].same);
    }
}
