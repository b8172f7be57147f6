//! Pictures as SVG, in the colour of the text around them: no colour of its own, no script, no style.

use super::{Cell, Picture};
use std::fmt::Write;

/// The width of a column and the height of a row.
const STEP: usize = 72;
const ROW: usize = 24;

/// What a drawing consists of. Positions in pixels from the upper left.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// Words.
    Words {
        /// Where they are held.
        x: usize,
        /// Their base line.
        y: usize,
        /// Which end is held: `start`, `middle` or `end`.
        anchor: &'static str,
        /// The words themselves, not escaped.
        words: String,
    },
    /// A filled rectangle.
    Bar {
        /// Left.
        x: usize,
        /// Top.
        y: usize,
        /// From left to right.
        width: usize,
        /// From top to bottom.
        height: usize,
        /// How dense it is.
        thousandths: usize,
    },
}

/// A picture as shapes, so that a page can make elements of it and a file text.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// What it shows.
    pub title: String,
    /// Its width.
    pub width: usize,
    /// Its height.
    pub height: usize,
    /// What it consists of, the first at the bottom.
    pub shapes: Vec<Shape>,
}

impl Picture {
    /// What it shows.
    pub fn title(&self) -> &str {
        match self {
            Self::Matrix { title, .. } | Self::Series { title, .. } | Self::Bars { title, .. } => title,
        }
    }

    /// The picture as shapes.
    pub fn drawing(&self) -> Drawing {
        match self {
            Self::Matrix { title, rows, columns, cells } => matrix(title, rows, columns, cells),
            Self::Series { title, points } => {
                let bars = points.iter().map(|(name, value)| {
                    let shown = value.map_or_else(|why| why.to_string(), |v| format!("{v:.2}"));
                    (name.clone(), value.unwrap_or(0.0), shown)
                });
                lying_bars(title, &bars.collect::<Vec<_>>())
            }
            Self::Bars { title, bars } => {
                let most = bars.iter().map(|(_, count)| *count).max().unwrap_or(1).max(1) as f64;
                let bars = bars.iter().map(|(name, n)| (name.clone(), *n as f64 / most, n.to_string()));
                lying_bars(title, &bars.collect::<Vec<_>>())
            }
        }
    }

    /// A file with a title for screen readers. Every text is escaped.
    pub fn svg(&self) -> String {
        let Drawing { title, width, height, shapes } = self.drawing();
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" fill=\"currentColor\" font-family=\"sans-serif\" font-size=\"12\"><title>{}</title>",
            escaped(&title)
        );
        for shape in shapes {
            // Writing to a string cannot fail.
            let _ = match shape {
                Shape::Words { x, y, anchor, words } => {
                    write!(
                        out,
                        "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{}</text>",
                        escaped(&words)
                    )
                }
                Shape::Bar { x, y, width, height, thousandths } => write!(
                    out,
                    "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill-opacity=\"0.{thousandths:03}\"/>"
                ),
            };
        }
        out.push_str("</svg>");
        out
    }
}

/// Text as it may stand in SVG; characters XML does not allow are replaced.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(' '),
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// At most so many characters of a name are drawn.
fn short(name: &str) -> String {
    let mut chars = name.chars();
    let mut shown: String = chars.by_ref().take(28).collect();
    if chars.next().is_some() {
        shown.push('…');
    }
    shown
}

fn begin(width: usize, height: usize, title: &str) -> Drawing {
    let mut drawing = Drawing { title: title.to_owned(), width, height, shapes: Vec::new() };
    drawing.words(0, 16, "start", title.to_owned());
    drawing
}

impl Drawing {
    fn words(&mut self, x: usize, y: usize, anchor: &'static str, words: String) {
        self.shapes.push(Shape::Words { x, y, anchor, words });
    }

    fn bar(&mut self, x: usize, y: usize, width: usize, height: usize, thousandths: usize) {
        self.shapes.push(Shape::Bar { x, y, width, height, thousandths });
    }
}

fn matrix(title: &str, rows: &[String], columns: &[String], cells: &[Vec<Cell>]) -> Drawing {
    let left = 200;
    let mut out = begin(left + STEP * columns.len().max(3), ROW * (rows.len() + 2), title);
    let most = cells.iter().flatten().map(|c| if let Cell::Count(n) = c { *n } else { 0 }).max();
    let most = most.unwrap_or(1).max(1);
    for (i, name) in columns.iter().enumerate() {
        let short = name.chars().take(10).collect::<String>();
        out.words(left + STEP * i + STEP / 2, ROW + 16, "middle", short);
    }
    for (i, (name, cells)) in rows.iter().zip(cells).enumerate() {
        let y = ROW * (i + 2);
        out.words(left - 8, y + 16, "end", short(name));
        for (k, cell) in cells.iter().enumerate() {
            let x = left + STEP * k;
            let (depth, shown) = match cell {
                Cell::Empty => continue,
                Cell::Number(Ok(value)) => (value.clamp(0.0, 1.0), format!("{value:.2}")),
                Cell::Number(Err(_)) => (0.0, "–".to_owned()),
                Cell::Count(count) => (*count as f64 / most as f64, count.to_string()),
            };
            // At most two fifths, so that the number on it can be read.
            out.bar(x + 1, y + 1, STEP - 2, ROW - 2, 40 + (depth * 360.0) as usize);
            out.words(x + STEP / 2, y + 16, "middle", shown);
        }
    }
    out
}

/// Bars from left to right, below zero none; the value stands at the end.
fn lying_bars(title: &str, bars: &[(String, f64, String)]) -> Drawing {
    let (left, room) = (200, 240);
    let mut out = begin(left + room + 260, ROW * (bars.len() + 1), title);
    for (i, (name, share, shown)) in bars.iter().enumerate() {
        let y = ROW * (i + 1);
        let long = (share.clamp(0.0, 1.0) * room as f64) as usize;
        out.words(left - 8, y + 16, "end", short(name));
        out.bar(left, y + 4, long.max(1), ROW - 8, 400);
        out.words(left + long + 8, y + 16, "start", short(shown));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreement::Undefined;

    #[test]
    fn hostile_names_are_text_and_nothing_else() {
        let name = "</text><script>alert(\"1\")</script>&\u{0}".to_owned();
        let cells = vec![vec![Cell::Count(3), Cell::Number(Err(Undefined::NoVariation))]];
        let picture = Picture::Matrix {
            title: name.clone(),
            rows: vec![name.clone()],
            columns: vec![name, "b".into()],
            cells,
        };
        let svg = picture.svg();
        assert!(!svg.contains("<script") && !svg.contains('\u{0}'), "{svg}");
        assert_eq!(svg.matches("<text").count(), svg.matches("</text>").count());
        assert!(svg.contains("&lt;/text&gt;"));
        assert!(picture.csv().contains("\"\"1\"\""));
    }

    #[test]
    fn a_series_gives_each_value_or_its_reason() {
        let points = vec![("A".to_owned(), Ok(0.5)), ("B".to_owned(), Err(Undefined::NothingMarked))];
        let picture = Picture::Series { title: "t".into(), points };
        assert!(picture.csv().starts_with("name,value\r\nA,0.5\r\nB,\"nothing was marked, so"));
        assert!(picture.svg().contains(">0.50<"));
        let bars = Picture::Bars { title: "t".into(), bars: vec![("same".into(), 4), ("+1".into(), 1)] };
        assert_eq!(bars.csv(), "name,count\r\nsame,4\r\n'+1,1\r\n");
        assert!(bars.svg().contains("width=\"240\""), "the longest bar has all the room");
    }
}
