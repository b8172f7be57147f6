//! A record removed for good: every stored value that may still hold its words goes, or is written anew.
//!
//! Due as soon as such a command was journalled: the snapshot that knows of the removal is written first, all
//! else follows, and last of all each copy's entry in the list says for how many records it was done. A crash
//! in the middle, or one that takes a copy back to what it was before, leaves an entry that says too few: then
//! all of it is due again.

use super::backup::Kept;
use super::card::Card;
use super::engine::Engine;
use super::error::StorageError;
use super::frame;
use super::keys::{self, Part, Space};
use super::ledger::Change;
use super::load;
use super::mirror::Mirror;
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
        self.drop_left_there(space)?;
        self.sweep(space, &[n], n)?;
        if let Some(card) = Card::read(&self.ledger, space)? {
            Card { cleaned: removed(project).count(), ..card }.write(&mut self.ledger, space)?;
        }
        if let Some(session) = self.sessions.get_mut(space) {
            session.trace.removing = false;
        }
        Ok(())
    }

    /// Has the second copy let go of texts, and of what was set aside, that only it has.
    fn drop_left_there(&mut self, space: &Space) -> Result<(), StorageError> {
        let Some(session) = self.sessions.get_mut(space) else { return Ok(()) };
        let marks = std::mem::take(&mut session.trace.marks_left);
        let aside = std::mem::take(&mut session.trace.set_aside_there);
        aside.into_iter().for_each(|key| self.ledger.report(Change::Remove(key)));
        texts::drop_marked(&mut self.ledger, space, &marks)
    }

    /// Writes each backup anew that does not know of a removal; one that cannot be read goes.
    fn clean_backups(&mut self, space: &Space, project: &Project) -> Result<(), StorageError> {
        let removed: Vec<(RecordId, Entry)> =
            removed(project).map(|(id, entry)| (id.clone(), entry.clone())).collect();
        for number in self.backup_numbers(space) {
            let key = space.key(&Part::Backup(number));
            let Some(kept) = self.read_kept(space, number)? else {
                self.ledger.remove(&key)?;
                continue;
            };
            let (mut backup, _) = load::read_kept(&self.ledger, &Mirror::new(), project.id(), &kept)?;
            let lacks = |(id, entry): &&(RecordId, Entry)| backup.entry(id) != Some(entry);
            let lacking: Vec<_> = removed.iter().filter(lacks).cloned().collect();
            if removed.iter().any(|(id, _)| backup.damaged().contains_key(id)) {
                self.ledger.remove(&key)?;
                continue;
            }
            if lacking.is_empty() {
                // The second copy may have it as it was before.
                self.ledger.report(Change::Put(key.clone(), self.ledger.get(&key)?.unwrap_or_default()));
                continue;
            }
            lacking.into_iter().for_each(|(id, entry)| backup.merge_entry(id, entry));
            let written = &mut Vec::new();
            let manifest = snapshot::write(&mut self.ledger, space, &backup, kept.manifest.upto, written)?;
            let kept = Kept { manifest, commands: Vec::new(), ..kept };
            snapshot::put_checked(&mut self.ledger, key, kept.encode()?)?;
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
                _ if key.starts_with(keys::QUARANTINE) => {
                    self.ledger.get(&key)?.is_some_and(|value| is_doubtful(space, &value))
                }
                _ => false,
            };
            if doubtful {
                self.ledger.remove(&key)?;
            }
        }
        Ok(())
    }
}

/// The records that are removed for good.
pub(super) fn removed(project: &Project) -> impl Iterator<Item = (&RecordId, &Entry)> {
    project.records().filter(|(_, entry)| is_removed(entry))
}

pub(super) fn is_removed(entry: &Entry) -> bool {
    matches!(entry.body, Body::Purged)
}

/// Whether what was set aside is of this project or of any text: nobody can tell what is in it.
pub(super) fn is_doubtful(space: &Space, set_aside: &str) -> bool {
    let was = set_aside.split('\n').next().unwrap_or_default();
    was.starts_with(space.prefix()) || keys::is_text(was)
}

/// What a stored value says, unpacked: for whoever looks for words in all that is stored.
pub fn words_of(value: &str) -> Option<String> {
    frame::open(value).ok()
}
