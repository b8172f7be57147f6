//! A command as it is journalled: one small entry, its texts and large parts under keys of their own.

use super::engine::{Engine, units};
use super::frame::{self, Damage};
use super::keys::{self, EntryId, Part, Space};
use super::ledger::Ledger;
use super::texts;
use crate::store::{Before, Nature, Op, Step};
use serde::{Deserialize, Serialize};

/// The most units of JSON that an entry holds itself.
const SMALL: usize = 2_000;
/// About how many units of JSON go into one blob.
const BLOB: usize = 128 * 1024;

/// The payload of an entry.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Written {
    name: String,
    nature: Nature,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    ops: Vec<Op>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    before: Vec<Before>,
    /// The hashes of blobs with further changes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    blobs: Vec<String>,
}

/// The payload of a blob.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Large {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    ops: Vec<Op>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    before: Vec<Before>,
}

/// The step without the words of texts.
pub(super) fn without_texts(step: &Step) -> Step {
    let mut step = step.clone();
    for op in &mut step.ops {
        if let Op::Make(made) = op {
            texts::take_content(&mut made.entry);
        }
    }
    step
}

/// The writes that journal a step: texts and blobs first, the entry last.
pub(super) fn writes<E: Engine>(
    ledger: &Ledger<E>,
    space: &Space,
    id: &EntryId,
    step: &Step,
) -> Result<Vec<(String, String)>, serde_json::Error> {
    let mut writes = Vec::new();
    for op in &step.ops {
        if let Op::Make(made) = op
            && let Some(content) = texts::content(&made.entry)
        {
            writes.extend(texts::writes(ledger, space, &made.id, content));
        }
    }
    let Step { name, nature, ops, before } = without_texts(step);
    let mut written = Written { name, nature, ops, before, blobs: Vec::new() };
    let mut json = serde_json::to_string(&written)?;
    if units(&json) > SMALL {
        for blob in blobs(std::mem::take(&mut written.ops), std::mem::take(&mut written.before))? {
            let hash = keys::hash(&blob);
            writes.push((space.key(&Part::Blob(&hash)), frame::packed(&blob)));
            written.blobs.push(hash);
        }
        json = serde_json::to_string(&written)?;
    }
    writes.push((space.key(&Part::Entry(id.clone())), frame::plain(&json)));
    Ok(writes)
}

fn blobs(ops: Vec<Op>, before: Vec<Before>) -> Result<Vec<String>, serde_json::Error> {
    let (mut blobs, mut current, mut size) = (Vec::new(), Large::default(), 0);
    let mut full = |current: &mut Large, size: &mut usize, added: usize| -> Result<(), serde_json::Error> {
        *size += added;
        if *size > BLOB {
            blobs.push(serde_json::to_string(&std::mem::take(current))?);
            *size = 0;
        }
        Ok(())
    };
    for op in ops {
        let added = serde_json::to_string(&op)?.len();
        current.ops.push(op);
        full(&mut current, &mut size, added)?;
    }
    for value in before {
        let added = value.v.as_str().len() + 80;
        current.before.push(value);
        full(&mut current, &mut size, added)?;
    }
    if size > 0 {
        blobs.push(serde_json::to_string(&current)?);
    }
    Ok(blobs)
}

/// The hashes of the blobs that an entry names.
pub(super) fn blobs_of(entry: &str) -> Vec<String> {
    #[derive(Deserialize)]
    struct Names {
        #[serde(default)]
        blobs: Vec<String>,
    }
    let json = frame::open(entry).unwrap_or_default();
    serde_json::from_str::<Names>(&json).map(|names| names.blobs).unwrap_or_default()
}

/// The step of an entry. `blob` gives what a blob of that hash says; what it does not give is left
/// out, and `true` is returned beside the step.
pub(super) fn read(
    entry: &str,
    mut blob: impl FnMut(&str) -> Option<String>,
) -> Result<(Step, bool), Damage> {
    let json = frame::open(entry)?;
    let written: Written = serde_json::from_str(&json).map_err(|_| Damage::Content)?;
    let Written { name, nature, mut ops, mut before, blobs } = written;
    let mut lacking = false;
    for hash in blobs {
        let large = blob(&hash).and_then(|json| serde_json::from_str::<Large>(&json).ok());
        match large {
            Some(large) => {
                ops.extend(large.ops);
                before.extend(large.before);
            }
            None => lacking = true,
        }
    }
    Ok((Step { name, nature, ops, before }, lacking))
}
