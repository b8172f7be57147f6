//! Saving what can be saved out of a file that is no sound JSON: every line that is a whole record.

use super::records::Records;
use super::{Issue, place};
use crate::model::cursor::Fault;
use crate::model::{Cursor, Json, RecordId, Value};

/// The format that a damaged first line says.
pub(super) fn format(text: &str) -> Option<String> {
    let line = text.lines().next().unwrap_or_default();
    let (_, after) = line.split_once("\"variorum/")?;
    let (number, _) = after.split_once('"')?;
    Some(format!("variorum/{number}"))
}

/// Reads the lines after the first, each for itself, and gives what stands behind the records.
pub(super) fn lines<'a>(text: &'a str, records: &mut Records<'a>) -> Vec<(String, Json)> {
    let mut unknown = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let begin = at;
        at += line.len();
        let line = line.trim_end();
        if begin == 0 || line.is_empty() {
            continue;
        }
        if line.starts_with('}') {
            unknown.extend(tail(line));
            continue;
        }
        let (found, issues) = (records.found.len(), records.issues.len());
        let mut from = Cursor::within(text, begin, begin + line.len());
        if let Err(fault) = one_line(&mut from, records) {
            // Whether what was read of the line is whole cannot be known.
            records.found.truncate(found);
            records.issues.truncate(issues);
            damaged(line, begin, fault, records);
        }
    }
    unknown
}

/// A line holds one record; or more, where only a line end was lost.
fn one_line<'a>(from: &mut Cursor<'a>, records: &mut Records<'a>) -> Result<(), Fault> {
    loop {
        let key = from.key()?;
        records.record(&key, from, true)?;
        if !from.pass(b',') || from.peek().is_none() {
            break;
        }
    }
    // The last record of a file that lost its last line end.
    while from.pass(b'}') {}
    from.end()
}

/// Keeps a line that is no whole record, under its id where that can still be read.
fn damaged(line: &str, begin: usize, fault: Fault, records: &mut Records<'_>) {
    let (number, column) = place(records.text, fault.at);
    let key = Cursor::new(line).key().ok();
    let id = key.map_or_else(|| format!("damaged:{number}"), |key| key.into_owned());
    let what = format!(
        "This line is damaged in column {column} ({}); it is kept as it is, but not shown.",
        fault.why
    );
    records.issue(&id, begin, &what);
    records.keep(RecordId::from_file(&id), line);
}

/// What stands behind the records, on the last line.
fn tail(line: &str) -> Vec<(String, Json)> {
    let mut from = Cursor::new(line);
    let mut found = Vec::new();
    from.pass(b'}');
    while from.pass(b',') {
        let (Ok(key), Ok(json)) = (from.key(), Json::take(&mut from)) else { break };
        found.push((key.into_owned(), json));
    }
    found
}

/// The sentence that comes first when a file was not whole.
pub(super) fn said(text: &str, fault: Fault, records: &Records<'_>) -> Issue {
    let (line, column) = place(text, fault.at);
    let whole = records.found.len();
    let what = format!(
        "The file breaks off or is damaged at line {line}, column {column} ({}). {whole} whole records were read{}. Ask for the file again, or open an older copy.",
        fault.why,
        match records.damaged.len() {
            0 => String::new(),
            1 => "; 1 that is not whole is kept as it is, but not shown".to_owned(),
            n => format!("; {n} that are not whole are kept as they are, but not shown"),
        }
    );
    Issue { place: format!("line {line}"), what }
}
