//! Tables of ratings and of units from elsewhere, as comma-separated values.

use super::{Continuum, Ratings, Row, Unit, Units};
use std::collections::BTreeMap;
use std::fmt;

/// The level of measurement of a rating table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Names.
    Nominal,
    /// Ranks.
    Ordinal,
    /// Numbers with equal distances.
    Interval,
    /// Numbers with a zero.
    Ratio,
}

/// Why a table cannot be used: where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant is documented; its fields say what they are")]
pub enum TableError {
    /// There is nothing in it.
    Empty,
    /// A quotation mark is not closed.
    OpenQuote { line: usize },
    /// A row has too few or too many cells.
    Cells { line: usize, found: usize, wanted: usize },
    /// A rating table needs a unit column and two raters.
    TooFewColumns { found: usize },
    /// A column is missing.
    NoColumn { name: &'static str, found: String },
    /// A column, unit or document stands there twice.
    Twice { line: usize, what: &'static str, name: String },
    /// A cell is no number where one is needed.
    NotANumber { line: usize, cell: String, wanted: &'static str },
    /// A value is not on the scale that was given.
    NotOnScale { line: usize, cell: String },
    /// Ranks of values that are no numbers need a scale.
    NoOrder { line: usize, cell: String },
    /// A unit is empty, runs backwards or leaves its document.
    Place { line: usize, start: u32, end: u32, length: u32 },
    /// A document has no length.
    NoLength { line: usize, document: String },
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the table is empty; its first row should name the columns"),
            Self::OpenQuote { line } => write!(f, "line {line}: a quotation mark is opened and never closed"),
            Self::Cells { line, found, wanted } => {
                write!(f, "line {line}: {found} cells, but the first row has {wanted}")
            }
            Self::TooFewColumns { found } => write!(
                f,
                "line 1: {found} columns; a table of ratings needs a column for the unit and one for each of at least two raters"
            ),
            Self::NoColumn { name, found } => {
                write!(f, "line 1: there is no column “{name}” (found: {found})")
            }
            Self::Twice { line, what, name } => write!(f, "line {line}: the {what} “{name}” is there twice"),
            Self::NotANumber { line, cell, wanted } => write!(f, "line {line}: “{cell}” is not {wanted}"),
            Self::NotOnScale { line, cell } => {
                write!(f, "line {line}: “{cell}” is not on the scale that was given")
            }
            Self::NoOrder { line, cell } => write!(
                f,
                "line {line}: “{cell}” is no number, so its rank is not known; give the scale from low to high (--scale low,middle,high)"
            ),
            Self::Place { line, start, end, length } => write!(
                f,
                "line {line}: the unit {start}–{end} is empty, runs backwards or leaves its document, which has {length} positions"
            ),
            Self::NoLength { line, document } => {
                write!(
                    f,
                    "line {line}: the length of the document “{document}” is not in the table of lengths"
                )
            }
        }
    }
}

impl std::error::Error for TableError {}

/// Rows of cells with the number of the line each begins on (RFC 4180: cells in quotation marks may hold
/// commas, line ends and doubled quotation marks). Blank lines are left out.
fn rows(text: &str) -> Result<Vec<(usize, Vec<String>)>, TableError> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut line, mut began, mut quoted_from) = (1, 1, None);
    let mut chars = text.strip_prefix('\u{feff}').unwrap_or(text).chars().peekable();
    while let Some(c) = chars.next() {
        match (c, quoted_from) {
            ('"', Some(_)) if chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            ('"', Some(_)) => quoted_from = None,
            ('"', None) if cell.trim().is_empty() => {
                cell.clear();
                quoted_from = Some(line);
            }
            (',', None) => row.push(std::mem::take(&mut cell).trim().to_owned()),
            ('\n', None) => {
                row.push(std::mem::take(&mut cell).trim().to_owned());
                line += 1;
                end_row(&mut rows, &mut row, began);
                began = line;
            }
            _ => {
                line += usize::from(c == '\n');
                cell.push(c);
            }
        }
    }
    if let Some(line) = quoted_from {
        return Err(TableError::OpenQuote { line });
    }
    row.push(cell.trim().to_owned());
    end_row(&mut rows, &mut row, began);
    let wanted = rows.first().ok_or(TableError::Empty)?.1.len();
    match rows.iter().find(|(_, cells)| cells.len() != wanted) {
        Some((line, cells)) => Err(TableError::Cells { line: *line, found: cells.len(), wanted }),
        None => Ok(rows),
    }
}

fn end_row(rows: &mut Vec<(usize, Vec<String>)>, row: &mut Vec<String>, began: usize) {
    let row = std::mem::take(row);
    if row.iter().any(|cell| !cell.is_empty()) {
        rows.push((began, row));
    }
}

fn number(line: usize, cell: &str) -> Result<f64, TableError> {
    let number = cell.parse::<f64>().ok().filter(|n| n.is_finite());
    number.ok_or_else(|| TableError::NotANumber { line, cell: cell.to_owned(), wanted: "a number" })
}

fn position(line: usize, cell: &str) -> Result<u32, TableError> {
    let wanted = "a whole number from 0 on";
    cell.parse().map_err(|_| TableError::NotANumber { line, cell: cell.to_owned(), wanted })
}

/// Reads a table of ratings: a name for the unit column and the raters in the first row, then a row for
/// each unit; blank cells are missing judgements. Without a `scale` the categories are those in use, numbers
/// in their order. Each unit is a document of its own: units are what is resampled.
pub fn read_ratings(text: &str, level: Level, scale: &[String]) -> Result<Ratings, TableError> {
    let mut rows = rows(text)?.into_iter();
    let (_, head) = rows.next().ok_or(TableError::Empty)?;
    if head.len() < 3 {
        return Err(TableError::TooFewColumns { found: head.len() });
    }
    for (i, name) in head.iter().enumerate() {
        if head[..i].contains(name) {
            return Err(TableError::Twice { line: 1, what: "column", name: name.clone() });
        }
    }
    let rows: Vec<(usize, Vec<String>)> = rows.collect();
    let categories = categories(&rows, level, scale)?;
    let mut known: BTreeMap<&str, ()> = BTreeMap::new();
    let mut found = Vec::with_capacity(rows.len());
    for (document, (line, cells)) in rows.iter().enumerate() {
        if known.insert(&cells[0], ()).is_some() {
            return Err(TableError::Twice { line: *line, what: "unit", name: cells[0].clone() });
        }
        let place = |cell: &String| {
            if cell.is_empty() {
                return Ok(None);
            }
            let found = categories.iter().position(|c| same(c, cell, level));
            found.map(Some).ok_or_else(|| TableError::NotOnScale { line: *line, cell: cell.clone() })
        };
        let judged = cells[1..].iter().map(place).collect::<Result<_, _>>()?;
        found.push(Row { unit: cells[0].clone(), document, cells: judged });
    }
    let documents = found.len();
    Ok(Ratings { categories, raters: head[1..].to_vec(), rows: found, documents })
}

/// Whether a cell is of a category: as words, or, where numbers are measured, as numbers.
fn same(category: &str, cell: &str, level: Level) -> bool {
    let as_numbers =
        || category.parse::<f64>().ok().zip(cell.parse::<f64>().ok()).is_some_and(|(a, b)| a == b);
    category == cell || (level != Level::Nominal && as_numbers())
}

fn categories(
    rows: &[(usize, Vec<String>)],
    level: Level,
    scale: &[String],
) -> Result<Vec<String>, TableError> {
    let cells = rows.iter().flat_map(|(line, cells)| cells[1..].iter().map(move |cell| (*line, cell)));
    let cells = cells.filter(|(_, cell)| !cell.is_empty());
    if matches!(level, Level::Interval | Level::Ratio) {
        for (line, cell) in cells.clone().chain(scale.iter().map(|cell| (1, cell))) {
            number(line, cell)?;
        }
    }
    if !scale.is_empty() {
        return Ok(scale.to_vec());
    }
    let mut all: Vec<(usize, String)> = Vec::new();
    for (line, cell) in cells {
        if !all.iter().any(|(_, known)| same(known, cell, level)) {
            all.push((line, cell.clone()));
        }
    }
    let words = all.iter().find(|(_, cell)| cell.parse::<f64>().is_err());
    match words {
        Some((line, cell)) if level == Level::Ordinal => {
            return Err(TableError::NoOrder { line: *line, cell: cell.clone() });
        }
        Some(_) => all.sort_by(|a, b| a.1.cmp(&b.1)),
        None => all.sort_by(|a, b| {
            let value = |cell: &str| cell.parse::<f64>().unwrap_or_default();
            value(&a.1).total_cmp(&value(&b.1))
        }),
    }
    Ok(all.into_iter().map(|(_, cell)| cell).collect())
}

fn columns<const N: usize>(head: &[String], names: [&'static str; N]) -> Result<[usize; N], TableError> {
    let mut found = [0; N];
    for (place, name) in found.iter_mut().zip(names) {
        let column = head.iter().position(|cell| cell.eq_ignore_ascii_case(name));
        *place = column.ok_or_else(|| TableError::NoColumn { name, found: head.join(", ") })?;
    }
    Ok(found)
}

/// Reads units (`annotator,document,start,end,label`) and the lengths of their documents
/// (`document,length`). Such tables cannot say who finished what: every annotator in them counts as having
/// finished every document.
pub fn read_units(units: &str, lengths: &str) -> Result<Units, UnitTables> {
    let (names, lengths) = read_lengths(lengths).map_err(UnitTables::Lengths)?;
    units_of(units, &names, &lengths).map_err(UnitTables::Units)
}

/// Which of the two tables of units is at fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnitTables {
    /// That of units.
    Units(TableError),
    /// That of lengths.
    Lengths(TableError),
}

fn read_lengths(text: &str) -> Result<(BTreeMap<String, usize>, Vec<u32>), TableError> {
    let mut rows = rows(text)?.into_iter();
    let (_, head) = rows.next().ok_or(TableError::Empty)?;
    let [document, length] = columns(&head, ["document", "length"])?;
    let (mut names, mut lengths) = (BTreeMap::new(), Vec::new());
    for (line, cells) in rows {
        let name = cells[document].clone();
        if names.insert(name.clone(), lengths.len()).is_some() {
            return Err(TableError::Twice { line, what: "document", name });
        }
        lengths.push(position(line, &cells[length])?);
    }
    Ok((names, lengths))
}

fn units_of(text: &str, names: &BTreeMap<String, usize>, lengths: &[u32]) -> Result<Units, TableError> {
    let mut rows = rows(text)?.into_iter();
    let (_, head) = rows.next().ok_or(TableError::Empty)?;
    let [annotator, document, start, end, label] =
        columns(&head, ["annotator", "document", "start", "end", "label"])?;
    let rows: Vec<(usize, Vec<String>)> = rows.collect();
    let distinct = |column: usize| {
        let mut all: Vec<String> = rows.iter().map(|(_, cells)| cells[column].clone()).collect();
        all.sort();
        all.dedup();
        all
    };
    let (annotators, labels) = (distinct(annotator), distinct(label));
    let blank = |length: &u32| Continuum {
        length: *length,
        observers: (0..annotators.len()).map(|i| (i, Vec::new())).collect(),
        tokens: Vec::new(),
    };
    let mut documents: Vec<Continuum> = lengths.iter().map(blank).collect();
    for (line, cells) in rows {
        let document = &cells[document];
        let Some(place) = names.get(document) else {
            return Err(TableError::NoLength { line, document: document.clone() });
        };
        let (start, end) = (position(line, &cells[start])?, position(line, &cells[end])?);
        if start >= end || end > lengths[*place] {
            return Err(TableError::Place { line, start, end, length: lengths[*place] });
        }
        let found = |list: &[String], name: &String| list.binary_search(name).unwrap_or_default();
        let unit = Unit { start, end, label: found(&labels, &cells[label]) };
        documents[*place].observers[found(&annotators, &cells[annotator])].1.push(unit);
    }
    Ok(Units { labels, annotators, documents })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_with_its_quotes_and_its_gaps() {
        let text = "unit,\"A, the first\",B\r\n\"u \"\"1\"\"\",yes,no\r\n\r\nu2,,yes\r\n";
        let found = read_ratings(&text.replace("\r\n", "\n"), Level::Nominal, &[]).unwrap();
        assert_eq!(found.raters, ["A, the first", "B"]);
        assert_eq!(found.categories, ["no", "yes"]);
        assert_eq!(found.rows[0].unit, "u \"1\"");
        assert_eq!(found.rows[1].cells, [None, Some(1)]);
    }

    #[test]
    fn numbers_are_ordered_as_numbers_and_written_in_any_way() {
        let found = read_ratings("u,a,b\n1,10,9\n2,9.0,10", Level::Interval, &[]).unwrap();
        assert_eq!(found.categories, ["9", "10"]);
        assert_eq!(found.rows[1].cells, [Some(0), Some(1)]);
    }

    #[test]
    fn every_fault_says_its_line() {
        let said = |text: &str, level| read_ratings(text, level, &[]).unwrap_err().to_string();
        assert!(said("", Level::Nominal).contains("empty"));
        assert!(said("u,a,b\n1,2", Level::Nominal).starts_with("line 2: 2 cells"));
        assert!(said("u,a\n1,2", Level::Nominal).starts_with("line 1: 2 columns"));
        assert!(said("u,a,b\n1,2,3\n\n1,2,2", Level::Nominal).starts_with("line 4: the unit “1”"));
        assert!(said("u,a,b\n1,2,high", Level::Interval).starts_with("line 2: “high” is not a number"));
        assert!(said("u,a,b\n1,low,high", Level::Ordinal).contains("--scale"));
        assert!(said("u,a,b\n1,2,\"x", Level::Nominal).starts_with("line 2: a quotation mark"));
        let units = |rows: &str| {
            let text = format!("annotator,document,start,end,label\n{rows}");
            read_units(&text, "document,length\nd,10").unwrap_err()
        };
        assert_eq!(
            units("a,d,4,4,x"),
            UnitTables::Units(TableError::Place { line: 2, start: 4, end: 4, length: 10 })
        );
        assert!(matches!(units("a,e,4,5,x"), UnitTables::Units(TableError::NoLength { line: 2, .. })));
        assert!(matches!(units("a,d,-4,5,x"), UnitTables::Units(TableError::NotANumber { line: 2, .. })));
    }
}
