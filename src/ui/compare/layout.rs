//! In which order the lines of a comparison are shown, and which of them fold.

use crate::versions::align::Certainty;
use crate::versions::compare::{Comparison, Row};
use crate::versions::operation::Op;

/// A line of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// Units of both texts that answer each other: a row of the comparison.
    Row(usize),
    /// A unit that only the left text has.
    OnlyLeft(usize),
    /// A unit that only the right text has.
    OnlyRight(usize),
    /// Where the right text has what stands elsewhere in the left one: the other end of a moved row.
    Moved(usize),
}

/// Lines that are shown, or folded away as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    Line(Line),
    Fold(Vec<Line>),
}

/// Fewer unchanged lines than this are not worth folding.
const FOLD: usize = 3;

impl Line {
    /// Its name: the units it is of. Its element's id ends with it.
    pub(super) fn name(self, found: &Comparison) -> String {
        let list = |units: &[usize]| units.iter().map(ToString::to_string).collect::<Vec<_>>().join(".");
        let row = |letter: char, row: &Row| format!("{letter}{}-{}", list(&row.a), list(&row.b));
        match self {
            Self::Row(i) => row('r', &found.rows[i]),
            Self::Moved(i) => row('m', &found.rows[i]),
            Self::OnlyLeft(i) => format!("a{i}"),
            Self::OnlyRight(j) => format!("b{j}"),
        }
    }

    /// A key that stays with the line as long as it says the same.
    pub(super) fn key(self, found: &Comparison) -> String {
        let (Self::Row(i) | Self::Moved(i)) = self else { return self.name(found) };
        let row = &found.rows[i];
        let moved = if row.moved { "m" } else { "" };
        format!("{}-{}{}{moved}", self.name(found), row.op as u8, row.certainty as u8)
    }

    /// The line among others, of the same two texts, that has its sentences now: the first of them on the left
    /// or, where it has none there, on the right.
    pub(super) fn again(self, here: &Comparison, lines: &[Self], found: &Comparison) -> Option<Self> {
        let (a, b) = self.units(here);
        let has = |line: &&Self| {
            let (left, right) = line.units(found);
            match (a.first(), b.first()) {
                (Some(unit), _) => left.contains(unit),
                (None, Some(unit)) => right.contains(unit),
                (None, None) => false,
            }
        };
        let same = lines.iter().find(|line| line.name(found) == self.name(here));
        same.or_else(|| lines.iter().find(has)).copied()
    }

    /// Its sentences on the left and on the right.
    fn units(self, found: &Comparison) -> (Vec<usize>, Vec<usize>) {
        match self {
            Self::Row(i) | Self::Moved(i) => (found.rows[i].a.clone(), found.rows[i].b.clone()),
            Self::OnlyLeft(i) => (vec![i], Vec::new()),
            Self::OnlyRight(j) => (Vec::new(), vec![j]),
        }
    }

    /// Whether something changed here.
    pub(super) fn is_change(self, found: &Comparison) -> bool {
        match self {
            Self::Row(i) => !is_unchanged(&found.rows[i]),
            Self::OnlyLeft(_) | Self::OnlyRight(_) => true,
            Self::Moved(_) => false,
        }
    }
}

fn is_unchanged(row: &Row) -> bool {
    row.op == Op::Verbatim && !row.moved && row.flags.is_empty() && row.certainty != Certainty::Maybe
}

/// The lines in the order of the left text; what only the right text has stands after what precedes it
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
    // What follows each row on the right alone; first, what stands before all of them. A moved row leads
    // nowhere on the right: what stands beside it there is told by its other end.
    let mut alone: Vec<Vec<Line>> = vec![Vec::new(); found.rows.len() + 1];
    let mut after = 0;
    for (j, row) in row_of_b.iter().enumerate() {
        match row {
            Some(row) if found.rows[*row].moved => {
                if found.rows[*row].b.iter().min() == Some(&j) {
                    alone[after].push(Line::Moved(*row));
                }
            }
            Some(row) => after = row + 1,
            None => alone[after].push(Line::OnlyRight(j)),
        }
    }
    let mut lines = alone[0].clone();
    for (i, rows) in rows_at.iter().enumerate() {
        if !answered[i] {
            lines.push(Line::OnlyLeft(i));
        }
        for row in rows {
            lines.push(Line::Row(*row));
            lines.extend(&alone[row + 1]);
        }
    }
    lines
}

/// The lines with the stretches in which nothing changed as one block each.
pub(super) fn blocks(lines: &[Line], found: &Comparison) -> Vec<Block> {
    let same = |line: &Line| matches!(line, Line::Row(i) if is_unchanged(&found.rows[*i]));
    let mut blocks = Vec::new();
    for stretch in lines.chunk_by(|x, y| same(x) && same(y)) {
        if stretch.len() >= FOLD {
            blocks.push(Block::Fold(stretch.to_vec()));
        } else {
            blocks.extend(stretch.iter().copied().map(Block::Line));
        }
    }
    blocks
}
