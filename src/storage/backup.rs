//! Backups: what a project was before something large was done to it.
//!
//! A backup is a list of pieces like a snapshot, and shares with it what has not changed.

use super::engine::Engine;
use super::error::{Finding, StorageError};
use super::frame;
use super::keys::{Part, Space, Upto};
use super::load;
use super::shelf::Shelf;
use super::snapshot::{self, Manifest};
use crate::model::{Id, Project, ProjectInfo, Time};
use serde::{Deserialize, Serialize};

/// How many backups of a project are kept; the oldest goes for a new one.
const KEPT: usize = 8;

/// What a backup was made before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Articles or annotations were taken in from files.
    Import,
    /// A colleague's copy was merged.
    Merge,
    /// The project was brought to a later format.
    Migration,
    /// An older backup was brought back.
    Restore,
    /// Somebody asked for it.
    Asked,
}

/// A backup in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// Its number in its project.
    pub number: u64,
    /// What it was made before.
    pub reason: Reason,
    /// When.
    pub made: Time,
    /// How many records it has, deleted ones too.
    pub records: usize,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) reason: Reason,
    pub(super) made: Time,
    #[serde(flatten)]
    pub(super) manifest: Manifest,
}

impl Kept {
    pub(super) fn encode(&self) -> Result<String, StorageError> {
        let json = serde_json::to_string(self).map_err(|why| StorageError::Failed(why.to_string()))?;
        Ok(frame::packed(&json))
    }
}

impl<E: Engine> Shelf<E> {
    /// Keeps the project as it is now. It is all kept, or nothing is.
    pub fn keep_backup(&mut self, project: &Project, reason: Reason, now: Time) -> Result<u64, StorageError> {
        self.may_write()?;
        let space = Space::of(project.id());
        let numbers = self.backup_numbers(&space);
        let number = numbers.last().map_or(1, |last| last + 1);
        let mut written = Vec::new();
        let kept = self.write_backup(&space, project, number, reason, now, &mut written);
        if let Err(why) = kept {
            written.iter().for_each(|key| drop(self.ledger.take_back(key)));
            return Err(why);
        }
        for old in numbers.iter().rev().skip(KEPT - 1) {
            // Its pieces go with the next snapshot.
            self.ledger.remove(&space.key(&Part::Backup(*old)))?;
        }
        Ok(number)
    }

    fn write_backup(
        &mut self,
        space: &Space,
        project: &Project,
        number: u64,
        reason: Reason,
        made: Time,
        written: &mut Vec<String>,
    ) -> Result<(), StorageError> {
        let manifest = snapshot::write(&mut self.ledger, space, project, Upto::default(), written)?;
        let kept = Kept { reason, made, manifest }.encode()?;
        snapshot::put_checked(&mut self.ledger, space.key(&Part::Backup(number)), kept)
    }

    /// The backups of a project, oldest first.
    pub fn backups(&self, id: &Id<ProjectInfo>) -> Result<Vec<Backup>, StorageError> {
        let space = Space::of(id);
        let mut found = Vec::new();
        for number in self.backup_numbers(&space) {
            if let Some(Kept { reason, made, manifest }) = self.read_kept(&space, number)? {
                found.push(Backup { number, reason, made, records: manifest.records });
            }
        }
        Ok(found)
    }

    /// The project as a backup has it, with what was noticed.
    pub fn read_backup(
        &self,
        id: &Id<ProjectInfo>,
        number: u64,
    ) -> Result<(Project, Vec<Finding>), StorageError> {
        let space = Space::of(id);
        let kept = self.read_kept(&space, number)?.ok_or(StorageError::NoProject)?;
        load::read_manifest(&self.ledger, id, &kept.manifest)
    }

    pub(super) fn backup_numbers(&self, space: &Space) -> Vec<u64> {
        let parts = self.ledger.keys(space.prefix()).filter_map(|key| space.part(key));
        let mut numbers: Vec<u64> =
            parts.filter_map(|part| if let Part::Backup(n) = part { Some(n) } else { None }).collect();
        numbers.sort_unstable();
        numbers
    }

    pub(super) fn read_kept(&self, space: &Space, number: u64) -> Result<Option<Kept>, StorageError> {
        let value = self.ledger.get(&space.key(&Part::Backup(number)))?;
        Ok(value.and_then(|value| serde_json::from_str(&frame::open(&value).ok()?).ok()))
    }
}
