//! The project file, `variorum/1`: UTF-8, one record per line in the order of ids, keys sorted. Equal
//! state gives equal bytes; what this version does not know is kept and written back.
//!
//! [`read`] is for working on a project and refuses what a later version wrote; [`look`] takes that too,
//! for looking only. Both save what can be saved out of a damaged file and say so.

mod envelope;
mod error;
mod records;
mod recover;
mod slices;
#[cfg(test)]
mod tests;
mod write;

use super::migrations::{self, Step};
use super::{Issue, Loaded, MAX_FILE};
use crate::model::cursor::Fault;
use crate::model::{Id, Project, ProjectInfo};
pub use error::Error;
use records::Records;
pub use slices::{Slices, slices};
pub use write::write;

/// The major format this version writes.
pub const FORMAT: &str = "variorum/1";

/// What a rescue file says in the place of a project's format.
pub(crate) const RESCUE: &str = "variorum-rescue";

/// The number in [`FORMAT`].
pub(crate) const MAJOR: u32 = 1;

/// Reads a project to work on. Records that cannot be read are kept as they came and listed as issues.
pub fn read(text: &str) -> Result<Loaded<Project>, Error> {
    open(text, MAJOR, migrations::STEPS)
}

/// Reads a project to look at and never to write: also one of a later format, as far as it is known.
pub fn look(text: &str) -> Result<Loaded<Project>, Error> {
    open(text, u32::MAX, migrations::STEPS)
}

fn open(text: &str, highest: u32, steps: &[Step]) -> Result<Loaded<Project>, Error> {
    if text.len() > MAX_FILE {
        return Err(Error::TooLarge { size: text.len() });
    }
    let lines = in_lines(text);
    let mut records = Records::new(text, &[]);
    let (envelope, mut broken) = envelope::read(text, lines, &mut records);
    let format = envelope.format.or_else(|| broken.and_then(|_| recover::format(text)));
    let format = format.ok_or_else(|| refusal(text, broken))?;
    let major = format.strip_prefix("variorum/").and_then(|n| n.parse::<u32>().ok());
    let steps = match major {
        None if format == RESCUE => return Err(Error::Rescue),
        Some(later) if later > highest => return Err(Error::Newer { format }),
        Some(major) => migrations::from(major, steps).ok_or(Error::NotAProject)?,
        None => return Err(Error::NotAProject),
    };
    if let Some(mut from) = envelope.unread {
        records = Records::new(text, steps);
        broken = records.read(&mut from, lines).err().or(broken);
    }
    if !records.begun && broken.is_none() {
        return Err(Error::NotAProject);
    }
    let mut unknown = envelope.unknown;
    if broken.is_some() && lines {
        // Line by line: what is damaged on one costs no other.
        records = Records::new(text, steps);
        unknown.extend(recover::lines(text, &mut records));
    }
    if let Some(fault) = broken {
        if records.found.is_empty() {
            return Err(refusal(text, Some(fault)));
        }
        records.issues.insert(0, recover::said(text, fault, &records));
    }
    let id: Option<Id<ProjectInfo>> = envelope.project.as_deref().and_then(Id::parse);
    let id = id.or_else(|| broken.and_then(|_| records.project())).ok_or(Error::NoId)?;
    let mut loaded = records.gather(id);
    loaded.whole = broken.is_none();
    unknown.into_iter().for_each(|(name, value)| loaded.value.keep_unknown(name, value));
    Ok(loaded)
}

/// Whether the file has its records on lines of their own, as it should: then no record may go beyond
/// its line.
fn in_lines(text: &str) -> bool {
    text.split_once('\n').is_some_and(|(_, rest)| rest.starts_with('"'))
}

/// What is said of a text that is no project.
fn refusal(text: &str, fault: Option<Fault>) -> Error {
    let Some(fault) = fault else { return Error::NotAProject };
    let (line, column) = place(text, fault.at);
    Error::NotJson { line, column, why: fault.why.to_owned() }
}

/// The line and column of a byte, both from 1; columns count characters.
fn place(text: &str, at: usize) -> (usize, usize) {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let before = &text[..at];
    let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}
