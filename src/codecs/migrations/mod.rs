//! From older major formats to the one this version writes, step by numbered step.
//!
//! `variorum/1` is the first format that ever left a machine, so there is no step yet. The rule for the
//! first one, and each after it:
//!
//! 1. A step is a file of its own, `from_N.rs`, named by the format it reads; it is added to [`STEPS`]
//!    and never changed again.
//! 2. It sees one record at a time, as fields of JSON text, and changes it in place; it must not need
//!    other records, so that one bad record never costs the good ones. Dots and ids stay: a migrated
//!    file still merges with other copies that were migrated elsewhere.
//! 3. A file of the older format goes to `tests/golden/format-N.json`, what it becomes beside it, and
//!    `tests/golden.rs` compares.
//! 4. What a browser stores says its format too (`storage/snapshot.rs`): there the older state is kept as a
//!    backup before the first snapshot in the new format. A journal has values of fields alone; where a step
//!    changes what such a value means, `storage/journal.rs` has to do the same to it. The storage's own format
//!    (`storage/shelf.rs`) goes up as well, so that a tab with the older version does not write any more.
//! 5. Fields that are new and optional need no step and no new major format: older versions keep what
//!    they do not know.

use crate::model::{Cursor, Json, RecordId, Value, ValueError};
use std::collections::BTreeMap;

/// A record on its way from one format to the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Its id.
    pub id: RecordId,
    /// Its fields, as they stand in the file.
    pub fields: BTreeMap<String, Json>,
}

/// One step, from a major format to the next.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// The format that it reads.
    pub from: u32,
    /// Changes a record in place; an error is why the record cannot be understood.
    pub record: fn(&mut Record) -> Result<(), ValueError>,
}

/// All steps there are, each beginning where the one before it ends.
#[cfg(not(test))]
pub const STEPS: &[Step] = &[];

/// A step from a format that never was: its stories had their names elsewhere.
#[cfg(test)]
pub const STEPS: &[Step] = &[Step {
    from: 0,
    record: |record| {
        if let Some(words) = record.fields.remove("title_words") {
            record.fields.insert("name".into(), words);
        }
        Ok(())
    },
}];

/// The oldest format that can be read with these steps, and the one they lead to.
fn range(steps: &[Step]) -> (u32, u32) {
    (steps.first().map_or(CURRENT, |step| step.from), CURRENT)
}

/// The format this version writes.
const CURRENT: u32 = 1;

/// The steps that a file of a major format needs; `None` for a format that never was.
pub(super) fn from(major: u32, steps: &[Step]) -> Option<&[Step]> {
    let (oldest, current) = range(steps);
    if major < oldest {
        return None;
    }
    // A later format, where it may be looked at, is read as far as it is known.
    let first = steps.iter().position(|step| step.from >= major).filter(|_| major < current);
    Some(first.map_or(&[], |first| &steps[first..]))
}

/// Takes a record through steps.
pub(super) fn record(id: &RecordId, raw: &str, steps: &[Step]) -> Result<(RecordId, String), ValueError> {
    let mut record = Record { id: id.clone(), fields: BTreeMap::new() };
    Cursor::new(raw).object(&mut |name, from| {
        record.fields.insert(name.to_owned(), Json::take(from)?);
        Ok(())
    })?;
    steps.iter().try_for_each(|step| (step.record)(&mut record))?;
    let mut out = String::new();
    let mut comma = '{';
    for (name, value) in &record.fields {
        out.push(std::mem::replace(&mut comma, ','));
        name.write(&mut out);
        out.push(':');
        value.write(&mut out);
    }
    out.push_str(if comma == '{' { "{}" } else { "}" });
    Ok((record.id, out))
}
