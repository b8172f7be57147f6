//! Pictures of agreement as data: a matrix, a series of values, bars. Each writes itself as SVG, in the colour
//! of the text around it, and as CSV.

mod csv;
mod svg;

pub use svg::{Drawing, Shape};

use super::bootstrap::Resampling;
use super::kappa::{self, Weights};
use super::report::{Ground, LayerReport, Measure};
use super::span_f1::{Match, pairs, span_f1};
use super::{Ratings, Units, Value};
use std::collections::BTreeMap;

/// A field of a matrix.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing belongs here.
    Empty,
    /// A number, or why there is none.
    Number(Value),
    /// A count.
    Count(u64),
}

/// A picture.
#[derive(Clone, Debug, PartialEq)]
pub enum Picture {
    /// Fields in rows and columns.
    Matrix {
        /// What it shows.
        title: String,
        /// Names of the rows.
        rows: Vec<String>,
        /// Names of the columns.
        columns: Vec<String>,
        /// The fields, row by row.
        cells: Vec<Vec<Cell>>,
    },
    /// Values in order, between −1 and 1 or 0 and 1.
    Series {
        /// What it shows.
        title: String,
        /// Name and value.
        points: Vec<(String, Value)>,
    },
    /// Counts in order.
    Bars {
        /// What it shows.
        title: String,
        /// Name and count.
        bars: Vec<(String, u64)>,
    },
}

/// Agreement of each pair of annotators: Cohen's kappa of judgements, overlap F1 of marks.
pub fn pairwise(report: &LayerReport) -> Picture {
    let (title, cells): (&str, Vec<Vec<Cell>>) = match &report.ground {
        Ground::Ratings(ratings) => {
            let cell = |v: Option<Value>| v.map_or(Cell::Empty, Cell::Number);
            let rows = kappa::pairwise(ratings, Weights::None).into_iter();
            ("Cohen's kappa of each pair", rows.map(|row| row.into_iter().map(cell).collect()).collect())
        }
        Ground::Units(units) => {
            let m = units.annotators.len();
            let of = |a: usize, b: usize| match a == b {
                true => Cell::Empty,
                false => Cell::Number(span_f1(&units.of_pair(a, b), Match::Overlap, true).value()),
            };
            let cells = (0..m).map(|a| (0..m).map(|b| of(a, b)).collect()).collect();
            ("Overlap F1 of each pair", cells)
        }
    };
    let title = format!("{}: {title}", report.layer);
    Picture::Matrix { title, rows: report.annotators.clone(), columns: report.annotators.clone(), cells }
}

/// Which categories were given to the same unit: for each pair of annotators the first's in the row, the
/// second's in the column.
pub fn confusion(layer: &str, ratings: &Ratings) -> Picture {
    let q = ratings.categories.len();
    let mut counts = vec![vec![0; q]; q];
    for row in &ratings.rows {
        let judged: Vec<usize> = row.cells.iter().flatten().copied().collect();
        for (i, a) in judged.iter().enumerate() {
            judged[i + 1..].iter().for_each(|b| counts[*a][*b] += 1);
        }
    }
    let cells = counts.into_iter().map(|row| row.into_iter().map(Cell::Count).collect()).collect();
    let title = format!("{layer}: categories of each pair");
    Picture::Matrix { title, rows: ratings.categories.clone(), columns: ratings.categories.clone(), cells }
}

/// The layer's first measure, article by article. `names` are in the order of the report's documents.
pub fn by_article(report: &LayerReport, names: &[String]) -> Picture {
    let points = names.iter().cloned().zip(report.by_document.iter().copied()).collect();
    Picture::Series { title: format!("{}: agreement by article", report.layer), points }
}

/// The same in the order in which the last person finished each text, as their clocks say.
pub fn over_time(report: &LayerReport) -> Picture {
    let mut points: Vec<(String, Value)> = report
        .finished
        .iter()
        .map(|on| on.as_str().to_owned())
        .zip(report.by_document.iter().copied())
        .collect();
    points.sort_by(|a, b| a.0.cmp(&b.0));
    Picture::Series { title: format!("{}: agreement over time", report.layer), points }
}

/// How far apart matched marks begin and end: by the difference in code points, starts and ends apart.
/// `layer` names the picture.
pub fn boundaries(layer: &str, units: &Units) -> Picture {
    let mut found: BTreeMap<(u8, i64), u64> = BTreeMap::new();
    for (_, document) in units.shared() {
        for (i, (_, a)) in document.observers.iter().enumerate() {
            for (_, b) in &document.observers[i + 1..] {
                for (x, y) in pairs(a, b, false).into_iter().enumerate().filter_map(|(x, y)| Some((x, y?))) {
                    let start = i64::from(b[y].start) - i64::from(a[x].start);
                    let end = i64::from(b[y].end) - i64::from(a[x].end);
                    *found.entry((0, bucket(start))).or_default() += 1;
                    *found.entry((1, bucket(end))).or_default() += 1;
                }
            }
        }
    }
    let name = |(side, by): (u8, i64)| {
        let side = if side == 0 { "start" } else { "end" };
        match by {
            LIMIT => format!("{side} +{LIMIT} or more"),
            by if by == -LIMIT => format!("{side} −{LIMIT} or more"),
            0 => format!("{side} same"),
            by if by > 0 => format!("{side} +{by}"),
            by => format!("{side} −{}", -by),
        }
    };
    let bars = found.into_iter().map(|(key, count)| (name(key), count)).collect();
    Picture::Bars { title: format!("{layer}: where matched marks begin and end"), bars }
}

/// Differences from here on are one group.
const LIMIT: i64 = 10;

fn bucket(by: i64) -> i64 {
    by.clamp(-LIMIT, LIMIT)
}

/// The measures of a report as one table.
pub fn measures(report: &LayerReport) -> Picture {
    let row = |m: &Measure| {
        let number = |v: Option<f64>| v.map_or(Cell::Empty, |v| Cell::Number(Ok(v)));
        vec![Cell::Number(m.value), number(m.interval.map(|i| i.low)), number(m.interval.map(|i| i.high))]
    };
    Picture::Matrix {
        title: format!("{}: measures", report.layer),
        rows: report.measures.iter().map(|m| m.name.to_string()).collect(),
        columns: ["value", "low", "high"].map(str::to_owned).to_vec(),
        cells: report.measures.iter().map(row).collect(),
    }
}

/// How intervals of a report were made, for a caption.
pub fn caption(how: Resampling) -> String {
    format!("95 % bootstrap intervals over documents, {} resamples, seed {}", how.resamples, how.seed)
}
