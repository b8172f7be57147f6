//! In which order the rows of a comparison are shown.

use crate::versions::compare::Comparison;
use std::collections::BTreeMap;

/// A row of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// Units of both texts that answer each other: a row of the comparison.
    Row(usize),
    /// A unit that only the left text has.
    OnlyLeft(usize),
    /// A unit that only the right text has.
    OnlyRight(usize),
}

/// The rows in the order of the left text; what only the right text has stands after what precedes it
/// there.
pub(super) fn lines(found: &Comparison) -> Vec<Line> {
    // A row stands where its first unit on the left does.
    let first_a: BTreeMap<usize, Vec<usize>> =
        found.rows.iter().enumerate().fold(BTreeMap::new(), |mut map, (i, row)| {
            map.entry(row.a.iter().copied().min().unwrap_or_default()).or_insert_with(Vec::new).push(i);
            map
        });
    let in_a: Vec<bool> = (0..found.a.len()).map(|i| found.rows.iter().any(|r| r.a.contains(&i))).collect();
    let row_of_b: Vec<Option<usize>> =
        (0..found.b.len()).map(|j| found.rows.iter().position(|r| r.b.contains(&j))).collect();
    // What follows each row, or stands before the first, on the right alone.
    let mut alone: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    let mut after = None;
    for (j, row) in row_of_b.iter().enumerate() {
        match row {
            Some(row) => after = Some(*row),
            None => alone.entry(after).or_default().push(j),
        }
    }
    let mut lines: Vec<Line> =
        alone.remove(&None).unwrap_or_default().into_iter().map(Line::OnlyRight).collect();
    for (i, answered) in in_a.into_iter().enumerate() {
        if !answered {
            lines.push(Line::OnlyLeft(i));
        }
        for row in first_a.get(&i).into_iter().flatten() {
            lines.push(Line::Row(*row));
            lines.extend(alone.remove(&Some(*row)).unwrap_or_default().into_iter().map(Line::OnlyRight));
        }
    }
    lines
}
