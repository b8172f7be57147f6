//! Snapshots in the place of a journal that has grown long.
//!
//! The generation before the current one stays, with the journal since it: one damaged snapshot costs
//! nothing.

use super::backup::Kept;
use super::engine::Engine;
use super::error::{Finding, StorageError};
use super::frame::Damage;
use super::journal;
use super::keys::{self, Part, Space, Upto};
use super::ledger::Change;
use super::load::Trace;
use super::shelf::Shelf;
use super::snapshot::{self, Head, Manifest};
use super::texts;
use crate::model::{Id, Project, ProjectInfo};
use crate::store::History;
use std::collections::BTreeSet;

/// A snapshot is due after this many commands, or this many units of journal.
const MANY_ENTRIES: usize = 200;
const MANY_UNITS: usize = 64 * 1024;
/// Openings that a snapshot remembers though nothing of theirs is left, in case an entry comes late.
const REMEMBERED: u64 = 50;
/// The numbers of snapshots that an opening has to itself.
pub(super) const PER_EPOCH: u64 = 1 << 16;

impl<E: Engine> Shelf<E> {
    /// Whether a new snapshot is due: the journal is long, or something was repaired in memory only.
    pub fn needs_compaction(&self, id: &Id<ProjectInfo>) -> bool {
        self.sessions.get(&Space::of(id)).is_some_and(|session| {
            let Trace { entries, units, lacking, removing, .. } = session.trace;
            lacking || removing || entries > MANY_ENTRIES || units > MANY_UNITS
        })
    }

    /// Writes a snapshot, and drops what the one before it did not need any more. `project` and
    /// `history` must be what was loaded with all that was appended since.
    pub fn compact(&mut self, project: &Project, history: &History) -> Result<(), StorageError> {
        self.may_write()?;
        self.write_snapshot(&Space::of(project.id()), project, history)
    }

    pub(super) fn write_snapshot(
        &mut self,
        space: &Space,
        project: &Project,
        history: &History,
    ) -> Result<(), StorageError> {
        let mut written = Vec::new();
        let mut done = self.try_snapshot(space, project, history, &mut written);
        if done == Err(StorageError::Full) {
            // The generation before is a luxury; the journal since the current one is not.
            written.drain(..).for_each(|key| drop(self.ledger.take_back(&key)));
            let current = self.sessions.get(space).and_then(|session| session.trace.current);
            if let Some(current) = current {
                self.sweep(space, &[current], current)?;
                done = self.try_snapshot(space, project, history, &mut written);
            }
        }
        if done.is_err() {
            written.iter().for_each(|key| drop(self.ledger.take_back(key)));
        }
        done
    }

    fn try_snapshot(
        &mut self,
        space: &Space,
        project: &Project,
        history: &History,
        written: &mut Vec<String>,
    ) -> Result<(), StorageError> {
        self.keep_older(space)?;
        let session = self.sessions.get(space).ok_or(StorageError::NoProject)?;
        // Two tabs that for a moment both believe to be the writer never write the same snapshot.
        let removing = session.trace.removing;
        let n = (session.trace.highest + 1).max(session.epoch * PER_EPOCH);
        let before = session.trace.current;
        let mut upto = session.trace.seen.clone();
        let floor = session.epoch.saturating_sub(REMEMBERED);
        upto.retain(|writer| {
            writer.split('.').next().and_then(|e| e.parse().ok()).is_none_or(|e: u64| e >= floor)
        });
        let manifest = snapshot::write(&mut self.ledger, space, project, upto, written)?;
        self.put_snapshot(space, n, &manifest, history, written)?;

        if let Some(session) = self.sessions.get_mut(space) {
            let trace = &mut session.trace;
            (trace.current, trace.highest) = (Some(n), n);
            (trace.entries, trace.units, trace.lacking) = (0, 0, false);
            session.waiting.clear();
            let strays = std::mem::take(&mut trace.strays);
            self.drop_strays(space, strays, removing);
        }
        if removing {
            self.drop_removed(space, project, n)?;
        }
        // The snapshot counts from here on. What cannot be tidied up now is tidied up the next time.
        let before = before.filter(|_| !removing).unwrap_or(n);
        let _ = texts::drop_purged(&mut self.ledger, space, project);
        let _ = self.sweep(space, &[n, before], before);
        self.ledger.lay_reserve();
        Ok(())
    }

    /// Writes a snapshot whose pieces are there, and then the head that makes it count.
    pub(super) fn put_snapshot(
        &mut self,
        space: &Space,
        n: u64,
        manifest: &Manifest,
        history: &History,
        written: &mut Vec<String>,
    ) -> Result<(), StorageError> {
        for (part, value) in
            [(Part::Undo(n), snapshot::encode_history(history)?), (Part::Snapshot(n), manifest.encode()?)]
        {
            let key = space.key(&part);
            written.push(key.clone());
            snapshot::put_checked(&mut self.ledger, key, value)?;
        }
        snapshot::put_checked(&mut self.ledger, space.key(&Part::Head), Head { gen_no: n }.encode()?)?;
        written.clear();
        Ok(())
    }

    /// Tells the second copy to let go of what the snapshot now contains; where something is being removed
    /// for good, of what may hold it too.
    fn drop_strays(&mut self, space: &Space, strays: Vec<String>, removing: bool) {
        // A backup that only the second copy has stays there, and so do the pieces it may be made of.
        let backups = !removing && strays.iter().any(|key| matches!(space.part(key), Some(Part::Backup(_))));
        for key in strays {
            let spare = match space.part(&key) {
                Some(Part::Backup(_)) => !removing,
                Some(Part::Piece(_)) => backups,
                Some(Part::TextMark(_)) => backups || removing,
                _ => false,
            };
            if !spare && !self.ledger.has(&key) {
                // A twin may be here though its value is not.
                let twin = keys::twin(&key).filter(|twin| self.ledger.has(twin));
                let _ = twin.map(|twin| self.ledger.remove(&twin));
                self.ledger.report(Change::Remove(key));
            }
        }
    }

    /// Removes all snapshots but `keep`, the entries that `floor` contains, and the pieces and blobs
    /// that nothing names any more.
    pub(super) fn sweep(&mut self, space: &Space, keep: &[u64], floor: u64) -> Result<(), StorageError> {
        let mut contained = Upto::default();
        let mut pieces = BTreeSet::new();
        let mut blobs = BTreeSet::new();
        let mut doomed = Vec::new();
        let mut spared = BTreeSet::new();
        let all: Vec<String> = self.ledger.keys(space.prefix()).map(str::to_owned).collect();
        for key in &all {
            let kept = match space.part(key) {
                Some(Part::Snapshot(n)) => keep.contains(&n),
                Some(Part::Backup(_)) => true,
                _ => continue,
            };
            if !kept {
                doomed.push(key);
                continue;
            }
            let value = self.ledger.get(key)?.unwrap_or_default();
            if let (Some(Part::Backup(_)), Some(kept)) = (space.part(key), Kept::read(&value)) {
                spared.extend(kept.commands);
            }
            let Some(manifest) = Manifest::read(&value) else {
                // It does not say what it needs, so nothing may go this time.
                self.set_aside(&[Finding::Damaged { key: key.clone(), raw: value, why: Damage::Content }]);
                return Ok(());
            };
            if space.part(key) == Some(Part::Snapshot(floor)) {
                contained = manifest.upto;
            }
            pieces.extend(manifest.pieces);
        }
        for key in &all {
            match space.part(key) {
                Some(Part::Undo(n)) if !keep.contains(&n) => doomed.push(key),
                Some(Part::Piece(hash)) if !pieces.contains(hash) => doomed.push(key),
                Some(Part::Entry(id)) if contained.has(&id) && !spared.contains(&id) => doomed.push(key),
                Some(Part::Entry(_)) => {
                    blobs.extend(self.ledger.get(key)?.map(|v| journal::blobs_of(&v)).unwrap_or_default());
                }
                _ => {}
            }
        }
        for key in &all {
            if matches!(space.part(key), Some(Part::Blob(hash)) if !blobs.contains(hash)) {
                doomed.push(key);
            }
        }
        for key in doomed {
            self.ledger.remove(key)?;
        }
        Ok(())
    }
}
