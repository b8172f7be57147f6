//! Backups: what a project was before something large was done to it.
//!
//! A backup is a list of pieces like a snapshot, and shares with it what has not changed.

use super::card::Card;
use super::engine::Engine;
use super::error::{Finding, StorageError};
use super::frame;
use super::journal;
use super::keys::{EntryId, Part, Space, Upto};
use super::load;
use super::mirror::Mirror;
use super::shelf::Shelf;
use super::snapshot::{self, Manifest};
use super::view::View;
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
    /// The commands after the manifest that belong to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) commands: Vec<EntryId>,
}

/// What a project was in an earlier format, as it was stored.
#[derive(Debug)]
pub(super) struct Older {
    manifest: Manifest,
    commands: Vec<EntryId>,
    /// The values of it that are not sound here, as the second copy has them.
    lacking: Vec<(String, String)>,
}

impl Older {
    pub(super) fn note<'a, E: Engine>(
        view: &View<'_, E>,
        manifest: Manifest,
        commands: impl Iterator<Item = &'a EntryId>,
    ) -> Result<Self, StorageError> {
        let commands: Vec<EntryId> = commands.cloned().collect();
        let mut lacking = Vec::new();
        let mut note = |key: String| -> Result<String, StorageError> {
            let here = view.ledger.get(&key)?.filter(|value| frame::is_sound(value));
            let value = match here {
                Some(value) => return Ok(value),
                None => view.value(&key)?.unwrap_or_default(),
            };
            lacking.push((key, value.clone()));
            Ok(value)
        };
        for hash in &manifest.pieces {
            note(view.space.key(&Part::Piece(hash)))?;
        }
        for command in &commands {
            let entry = note(view.space.key(&Part::Entry(command.clone())))?;
            for hash in journal::blobs_of(&entry) {
                note(view.space.key(&Part::Blob(&hash)))?;
            }
        }
        Ok(Self { manifest, commands, lacking })
    }
}

impl Kept {
    pub(super) fn read(value: &str) -> Option<Self> {
        serde_json::from_str(&frame::open(value).ok()?).ok()
    }

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
        let number = self.next_backup(&space);
        let mut written = Vec::new();
        let kept = self.write_backup(&space, project, number, reason, now, &mut written);
        if let Err(why) = kept {
            written.iter().for_each(|key| drop(self.ledger.take_back(key)));
            return Err(why);
        }
        self.drop_oldest_backups(&space)?;
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
        let kept = Kept { reason, made, manifest, commands: Vec::new() }.encode()?;
        snapshot::put_checked(&mut self.ledger, space.key(&Part::Backup(number)), kept)
    }

    /// Keeps a project as it was in an earlier format, byte for byte, before the first snapshot in this one.
    pub(super) fn keep_older(&mut self, space: &Space) -> Result<(), StorageError> {
        let Some(older) = self.sessions.get(space).and_then(|session| session.trace.older.as_ref()) else {
            return Ok(());
        };
        let (manifest, commands) = (older.manifest.clone(), older.commands.clone());
        for (key, value) in older.lacking.clone() {
            snapshot::put_checked(&mut self.ledger, key, value)?;
        }
        // Its last change: what the clock says now is nothing that is known here.
        let made = Card::read(&self.ledger, space)?.map(|card| card.changed).unwrap_or_default();
        let kept = Kept { reason: Reason::Migration, made, manifest, commands };
        let mut there = false;
        for number in self.backup_numbers(space) {
            there |= self.read_kept(space, number)?.is_some_and(|other| other.manifest == kept.manifest);
        }
        // It is, where the snapshot that should have followed could not be written.
        if !there {
            let key = space.key(&Part::Backup(self.next_backup(space)));
            snapshot::put_checked(&mut self.ledger, key, kept.encode()?)?;
            self.drop_oldest_backups(space)?;
        }
        if let Some(session) = self.sessions.get_mut(space) {
            session.trace.older = None;
        }
        Ok(())
    }

    fn next_backup(&self, space: &Space) -> u64 {
        self.backup_numbers(space).last().map_or(1, |last| last + 1)
    }

    /// Their pieces go with the next snapshot.
    fn drop_oldest_backups(&mut self, space: &Space) -> Result<(), StorageError> {
        for old in self.backup_numbers(space).iter().rev().skip(KEPT) {
            self.ledger.remove(&space.key(&Part::Backup(*old)))?;
        }
        Ok(())
    }

    /// The backups of a project, oldest first.
    pub fn backups(&self, id: &Id<ProjectInfo>) -> Result<Vec<Backup>, StorageError> {
        let space = Space::of(id);
        let mut found = Vec::new();
        for number in self.backup_numbers(&space) {
            if let Some(Kept { reason, made, manifest, .. }) = self.read_kept(&space, number)? {
                found.push(Backup { number, reason, made, records: manifest.records });
            }
        }
        Ok(found)
    }

    /// The project as a backup has it, with what was noticed. `mirror` is the second copy, which alone may have
    /// the words of texts.
    pub fn read_backup(
        &self,
        id: &Id<ProjectInfo>,
        number: u64,
        mirror: &Mirror,
    ) -> Result<(Project, Vec<Finding>), StorageError> {
        let space = Space::of(id);
        let kept = self.read_kept(&space, number)?.ok_or(StorageError::NoProject)?;
        load::read_kept(&self.ledger, mirror, id, &kept)
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
        Ok(value.and_then(|value| Kept::read(&value)))
    }
}

#[cfg(test)]
mod tests;
