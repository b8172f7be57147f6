//! Snapshots: a project cut into pieces that are named by their hash, and the list of them.
//!
//! Where a piece ends depends on the ids of its records only, so that a change touches one piece and
//! the next snapshot writes that one alone.

use super::engine::Engine;
use super::error::StorageError;
use super::frame::{self, CRC};
use super::journal;
use super::keys::{self, Part, Space, Upto};
use super::ledger::Ledger;
use super::texts;
use crate::codecs::project_file;
use crate::model::{Json, Project, RecordId};
use crate::store::{History, Step};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A piece ends behind a record whose id's checksum has none of these bits: every 64th, on average.
const CUT: u32 = 63;
/// A piece also ends when it is this long, in bytes.
const LONG: usize = 256 * 1024;
/// A step whose changes are longer than this, in bytes of JSON, is kept without them: undo needs only
/// what was there before.
const LONG_STEP: usize = 64 * 1024;

/// The value of a snapshot's or a backup's key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// The major format of project files that its records are in.
    #[serde(default = "first_format")]
    pub(super) format: u32,
    /// The commands it contains.
    pub(super) upto: Upto,
    /// The hashes of its pieces, in order.
    pub(super) pieces: Vec<String>,
    /// How many records it has.
    pub(super) records: usize,
    /// What stood beside the records in the project's file.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) unknown: BTreeMap<String, Json>,
}

/// The format of manifests that do not say theirs.
fn first_format() -> u32 {
    1
}

impl Default for Manifest {
    fn default() -> Self {
        Self {
            format: project_file::MAJOR,
            upto: Upto::default(),
            pieces: Vec::new(),
            records: 0,
            unknown: BTreeMap::new(),
        }
    }
}

impl Manifest {
    /// Whether its records are in an earlier format than this version writes.
    pub(super) fn is_older(&self) -> bool {
        self.format < project_file::MAJOR
    }

    pub(super) fn read(value: &str) -> Option<Self> {
        serde_json::from_str(&frame::open(value).ok()?).ok()
    }

    pub(super) fn encode(&self) -> Result<String, StorageError> {
        json(self).map(|json| frame::packed(&json))
    }
}

/// The value of the head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Head {
    /// The snapshot that counts.
    pub(super) gen_no: u64,
}

impl Head {
    pub(super) fn read(value: &str) -> Option<Self> {
        serde_json::from_str(&frame::open(value).ok()?).ok()
    }

    pub(super) fn encode(self) -> Result<String, StorageError> {
        json(&self).map(|json| frame::plain(&json))
    }
}

fn json(value: &impl Serialize) -> Result<String, StorageError> {
    serde_json::to_string(value).map_err(|why| StorageError::Failed(why.to_string()))
}

/// A manifest in the making: pieces are written one after the other, in the order of the records.
#[derive(Debug, Default)]
pub(super) struct Making {
    manifest: Manifest,
    piece: String,
    /// The last record that is in.
    upto: Option<RecordId>,
}

impl Making {
    /// Puts the next `count` records in, each value read back and compared; whether those were all. Of a
    /// piece that is there already only the checksum is looked at. `written` receives the keys that were not
    /// there before.
    pub(super) fn go_on<E: Engine>(
        &mut self,
        ledger: &mut Ledger<E>,
        space: &Space,
        project: &Project,
        count: usize,
        written: &mut Vec<String>,
    ) -> Result<bool, StorageError> {
        let mut left = count;
        let after = self.upto.clone();
        for (id, entry) in project.records_after(after.as_ref()) {
            if left == 0 {
                return Ok(false);
            }
            left -= 1;
            if let Some(content) = texts::content(entry) {
                for (key, value) in texts::writes(ledger, space, id, content) {
                    written.push(key.clone());
                    put_checked(ledger, key, value)?;
                }
                let mut without = entry.clone();
                texts::take_content(&mut without);
                self.put(ledger, space, id, &|out| without.write(out), written)?;
            } else {
                self.put(ledger, space, id, &|out| entry.write(out), written)?;
            }
            self.upto = Some(id.clone());
        }
        for (id, damaged) in project.damaged() {
            self.put(ledger, space, id, &|out| out.push_str(damaged.as_str()), written)?;
        }
        self.end_piece(ledger, space, written)?;
        Ok(true)
    }

    /// Adds a line, as in the project file but without the words of texts.
    fn put<E: Engine>(
        &mut self,
        ledger: &mut Ledger<E>,
        space: &Space,
        id: &RecordId,
        write: &dyn Fn(&mut String),
        written: &mut Vec<String>,
    ) -> Result<(), StorageError> {
        let piece = &mut self.piece;
        piece.push_str(if piece.is_empty() { "" } else { ",\n" });
        piece.push_str(&serde_json::to_string(id).unwrap_or_default());
        piece.push(':');
        write(piece);
        if CRC.checksum(id.as_str().as_bytes()) & CUT == 0 || piece.len() > LONG {
            return self.end_piece(ledger, space, written);
        }
        Ok(())
    }

    fn end_piece<E: Engine>(
        &mut self,
        ledger: &mut Ledger<E>,
        space: &Space,
        written: &mut Vec<String>,
    ) -> Result<(), StorageError> {
        if self.piece.is_empty() {
            return Ok(());
        }
        let hash = keys::hash(&self.piece);
        let key = space.key(&Part::Piece(&hash));
        let sound = ledger.has(&key) && ledger.get(&key)?.is_some_and(|value| frame::is_sound(&value));
        if !sound {
            written.push(key.clone());
            put_checked(ledger, key, frame::packed(&self.piece))?;
        }
        self.piece.clear();
        self.manifest.pieces.push(hash);
        Ok(())
    }

    /// The manifest, once all records are in.
    pub(super) fn finish(self, project: &Project, upto: Upto) -> Manifest {
        let unknown = project.unknown().map(|(name, json)| (name.to_owned(), json.clone())).collect();
        Manifest { upto, records: project.len(), unknown, ..self.manifest }
    }
}

/// Writes what a manifest of the project needs, and gives the manifest.
pub(super) fn write<E: Engine>(
    ledger: &mut Ledger<E>,
    space: &Space,
    project: &Project,
    upto: Upto,
    written: &mut Vec<String>,
) -> Result<Manifest, StorageError> {
    let mut making = Making::default();
    making.go_on(ledger, space, project, usize::MAX, written)?;
    Ok(making.finish(project, upto))
}

/// Puts a value and makes sure that it is there.
pub(super) fn put_checked<E: Engine>(
    ledger: &mut Ledger<E>,
    key: String,
    value: String,
) -> Result<(), StorageError> {
    ledger.put(key.clone(), value.clone())?;
    if ledger.is_away(&key) {
        return Ok(());
    }
    if ledger.get(&key)?.as_deref() == Some(&*value) { Ok(()) } else { Err(StorageError::NotKept) }
}

/// The steps that can be undone and redone, to be kept beside a snapshot.
pub(super) fn encode_history(history: &History) -> Result<String, StorageError> {
    let mut steps = Vec::new();
    for step in history.steps() {
        let mut step = journal::without_texts(step);
        if json(&step.ops)?.len() > LONG_STEP {
            step.ops.clear();
        }
        steps.push(step);
    }
    json(&steps).map(|json| frame::packed(&json))
}

pub(super) fn read_history(value: &str) -> Option<History> {
    let steps: Vec<Step> = serde_json::from_str(&frame::open(value).ok()?).ok()?;
    Some(History::from_steps(steps))
}

/// A project file out of pieces, to be read as any other.
pub(super) fn assemble(project: &str, pieces: &[String], manifest: &Manifest) -> String {
    let Manifest { format, unknown, .. } = manifest;
    let size: usize = pieces.iter().map(String::len).sum();
    let mut file = String::with_capacity(size + 200);
    let _ = write!(file, "{{\"format\":\"variorum/{format}\",\"project\":\"{project}\",\"records\":{{");
    for (i, piece) in pieces.iter().enumerate() {
        file.push_str(if i == 0 { "\n" } else { ",\n" });
        file.push_str(piece);
    }
    file.push('}');
    for (name, value) in unknown {
        let name = serde_json::to_string(name).unwrap_or_default();
        let _ = write!(file, ",{name}:{}", value.as_str());
    }
    file.push_str("}\n");
    file
}
