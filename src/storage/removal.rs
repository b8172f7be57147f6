//! A record removed for good: every stored value that may still hold its words goes, or is written anew.
//!
//! Due as soon as such a command was journalled, and again after a crash in the middle: the snapshot that
//! knows of the removal is written first, and the project's entry in the list says so until all else is done.

use super::backup::Kept;
use super::card::Card;
use super::engine::Engine;
use super::error::StorageError;
use super::frame;
use super::keys::{self, Part, Space};
use super::load;
use super::shelf::Shelf;
use super::snapshot::{self, Manifest};
use super::texts;
use crate::model::{Body, Entry, Project, RecordId};

impl<E: Engine> Shelf<E> {
    /// Leaves nothing of the records that are removed for good in `project`, whose snapshot is `n`: neither
    /// in backups, nor in earlier snapshots and the journal, nor among what was set aside.
    pub(super) fn drop_removed(
        &mut self,
        space: &Space,
        project: &Project,
        n: u64,
    ) -> Result<(), StorageError> {
        self.clean_backups(space, project)?;
        self.drop_damaged(space, n)?;
        texts::drop_purged(&mut self.ledger, space, project)?;
        self.sweep(space, &[n], n)?;
        if let Some(session) = self.sessions.get_mut(space) {
            session.trace.removing = false;
        }
        match Card::read(&self.ledger, space)? {
            Some(card) => Card { removing: false, ..card }.write(&mut self.ledger, space),
            None => Ok(()),
        }
    }

    /// Writes each backup anew that has one of the records; one that cannot be read goes.
    fn clean_backups(&mut self, space: &Space, project: &Project) -> Result<(), StorageError> {
        let removed = project.records().filter(|(_, entry)| matches!(entry.body, Body::Purged));
        let removed: Vec<(RecordId, Entry)> =
            removed.map(|(id, entry)| (id.clone(), entry.clone())).collect();
        for number in self.backup_numbers(space) {
            let key = space.key(&Part::Backup(number));
            let Some(Kept { reason, made, manifest }) = self.read_kept(space, number)? else {
                self.ledger.remove(&key)?;
                continue;
            };
            let (mut backup, _) = load::read_manifest(&self.ledger, project.id(), &manifest)?;
            let has = |(id, entry): &&(RecordId, Entry)| backup.entry(id).is_some_and(|old| old != entry);
            let held: Vec<_> = removed.iter().filter(has).cloned().collect();
            if removed.iter().any(|(id, _)| backup.damaged().contains_key(id)) {
                self.ledger.remove(&key)?;
                continue;
            }
            if held.is_empty() {
                continue;
            }
            held.into_iter().for_each(|(id, entry)| backup.merge_entry(id, entry));
            let written = &mut Vec::new();
            let manifest = snapshot::write(&mut self.ledger, space, &backup, manifest.upto, written)?;
            snapshot::put_checked(&mut self.ledger, key, Kept { reason, made, manifest }.encode()?)?;
        }
        Ok(())
    }

    /// Removes earlier snapshots that do not say what they are made of, and what was set aside of this
    /// project or of any text: nobody can tell what is in it.
    fn drop_damaged(&mut self, space: &Space, n: u64) -> Result<(), StorageError> {
        let all: Vec<String> = self.ledger.keys(keys::ALL).map(str::to_owned).collect();
        for key in all {
            let doubtful = match space.part(&key) {
                Some(Part::Snapshot(other)) if other != n => {
                    self.ledger.get(&key)?.is_none_or(|value| Manifest::read(&value).is_none())
                }
                _ if key.starts_with(keys::QUARANTINE) => self.ledger.get(&key)?.is_some_and(|value| {
                    let was = value.split('\n').next().unwrap_or_default();
                    was.starts_with(space.prefix()) || keys::is_text(was)
                }),
                _ => false,
            };
            if doubtful {
                self.ledger.remove(&key)?;
            }
        }
        Ok(())
    }
}

/// What a stored value says, unpacked: for whoever looks for words in all that is stored.
pub fn words_of(value: &str) -> Option<String> {
    frame::open(value).ok()
}
