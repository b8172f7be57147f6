//! In which order the rows of a comparison are shown.

use crate::versions::compare::Comparison;

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
    let mut rows_at: Vec<Vec<usize>> = vec![Vec::new(); found.a.len()];
    let mut answered = vec![false; found.a.len()];
    let mut row_of_b = vec![None; found.b.len()];
    for (i, row) in found.rows.iter().enumerate() {
        rows_at[row.a.iter().copied().min().unwrap_or_default()].push(i);
        row.a.iter().for_each(|unit| answered[*unit] = true);
        row.b.iter().for_each(|unit| row_of_b[*unit] = Some(i));
    }
    // What follows each row on the right alone; first, what stands before all of them.
    let mut alone: Vec<Vec<usize>> = vec![Vec::new(); found.rows.len() + 1];
    let mut after = 0;
    for (j, row) in row_of_b.iter().enumerate() {
        match row {
            Some(row) => after = row + 1,
            None => alone[after].push(j),
        }
    }
    let mut lines: Vec<Line> = alone[0].iter().copied().map(Line::OnlyRight).collect();
    for (i, rows) in rows_at.iter().enumerate() {
        if !answered[i] {
            lines.push(Line::OnlyLeft(i));
        }
        for row in rows {
            lines.push(Line::Row(*row));
            lines.extend(alone[row + 1].iter().copied().map(Line::OnlyRight));
        }
    }
    lines
}
