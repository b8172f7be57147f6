//! Pictures as comma-separated values. Every text is quoted where it must be, and no text can be taken for
//! a formula by a spreadsheet.

use super::{Cell, Picture};
use crate::text::fields::spreadsheet_field as text;

impl Picture {
    /// The data, comma-separated, with a line that names the columns.
    pub fn csv(&self) -> String {
        let mut out = String::new();
        match self {
            Self::Matrix { rows, columns, cells, .. } => {
                line(&mut out, std::iter::once(String::new()).chain(columns.iter().map(|c| text(c))));
                for (name, cells) in rows.iter().zip(cells) {
                    line(&mut out, std::iter::once(text(name)).chain(cells.iter().map(cell)));
                }
            }
            Self::Series { points, .. } => {
                line(&mut out, ["name".to_owned(), "value".to_owned()].into_iter());
                for (name, value) in points {
                    line(&mut out, [text(name), cell(&Cell::Number(*value))].into_iter());
                }
            }
            Self::Bars { bars, .. } => {
                line(&mut out, ["name".to_owned(), "count".to_owned()].into_iter());
                for (name, count) in bars {
                    line(&mut out, [text(name), count.to_string()].into_iter());
                }
            }
        }
        out
    }
}

fn line(out: &mut String, cells: impl Iterator<Item = String>) {
    out.push_str(&cells.collect::<Vec<_>>().join(","));
    out.push_str("\r\n");
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Number(Ok(value)) => format!("{value}"),
        Cell::Number(Err(why)) => text(&why.to_string()),
        Cell::Count(count) => count.to_string(),
    }
}
