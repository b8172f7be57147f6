//! The projects of this browser, and the right to write one.

use super::{Keep, now};
use crate::browser::{self, Guard};
use crate::model::{Id, Project, ProjectInfo};
use crate::storage::{Backup, Finding, Listed, MemoryEngine, Reason, Shelf, StorageError};
use crate::store::History;

/// A project that was read, its history, and what was noticed.
pub(in crate::ui) type Loaded = (Project, History, Vec<String>);

impl Keep {
    /// The project changed last, of those not removed.
    pub(in crate::ui) fn latest(&mut self) -> Option<Id<ProjectInfo>> {
        let all = self.shelf.projects().ok()?;
        all.into_iter().filter(|p| p.trashed.is_none()).max_by_key(|p| p.changed).map(|p| p.id)
    }

    /// What the list shows of a project.
    pub(in crate::ui) fn listed(&self, id: &Id<ProjectInfo>) -> Option<Listed> {
        self.shelf.listed(id).ok().flatten()
    }

    /// Whether a project is stored here and not removed.
    pub(in crate::ui) fn has(&self, id: &Id<ProjectInfo>) -> bool {
        self.shelf.has(id).unwrap_or(false)
    }

    /// Whether a project is among the removed ones.
    pub(in crate::ui) fn is_removed(&self, id: &Id<ProjectInfo>) -> bool {
        self.listed(id).is_some_and(|p| p.trashed.is_some())
    }

    /// Whether this tab writes a project whose entry in the list is gone.
    pub(in crate::ui) fn is_listless(&self, id: &Id<ProjectInfo>) -> bool {
        self.epoch(id) > 0 && self.shelf.is_unlisted(id)
    }

    /// Takes a project out of the removed ones, if it is among them.
    pub(in crate::ui) fn take_back(&mut self, id: &Id<ProjectInfo>) -> Result<(), StorageError> {
        if self.is_removed(id) { self.restore(id) } else { Ok(()) }
    }

    /// Reads a project in order to write it.
    pub(in crate::ui) fn load(&mut self, id: &Id<ProjectInfo>) -> Result<Loaded, StorageError> {
        let opened = self.shelf.load(id, &self.mirror)?;
        if let Some((raised, epoch)) = &self.epoch
            && raised == id
        {
            self.shelf.fence(id, *epoch);
        }
        self.compact_if_due(&opened.project, &opened.history);
        self.send();
        Ok((opened.project, opened.history, opened.findings.iter().map(Finding::to_string).collect()))
    }

    /// Reads a project without the right to write it.
    pub(in crate::ui) fn look(&mut self, id: &Id<ProjectInfo>) -> Result<Loaded, StorageError> {
        let opened = self.shelf.look(id, &self.mirror)?;
        Ok((opened.project, opened.history, Vec::new()))
    }

    /// Takes note of values that were read from the second copy after all.
    pub(in crate::ui) fn note_read(&mut self, keys: Vec<String>, values: Vec<Option<String>>) {
        for (key, value) in keys.into_iter().zip(values) {
            match value {
                Some(value) => self.mirror.insert(key, value),
                None => self.mirror.remove(&key),
            }
        }
    }

    /// Gives up the right to write a project; what is still to be written of it is on its way first.
    pub(in crate::ui) fn close(&mut self, id: &Id<ProjectInfo>) {
        if let Some(copy) = &self.second {
            copy.write_now();
        }
        self.shelf.close(id);
    }

    /// The epoch in which the project is written here, 0 where it is not.
    pub(in crate::ui) fn epoch(&self, id: &Id<ProjectInfo>) -> u64 {
        self.shelf.epoch(id).unwrap_or(0)
    }

    /// The epoch that this tab was given for a project last, 0 for none.
    pub(in crate::ui) fn raised(&self, id: &Id<ProjectInfo>) -> u64 {
        self.epoch.as_ref().filter(|(raised, _)| raised == id).map_or(0, |(_, epoch)| *epoch)
    }

    /// This tab was given an epoch for a project: it writes in that one, and the second copy refuses whoever
    /// comes with an older one.
    pub(in crate::ui) fn fence(&mut self, id: &Id<ProjectInfo>, epoch: u64) {
        self.epoch = Some((id.clone(), epoch));
        self.shelf.fence(id, epoch);
        if let Some(copy) = &self.second {
            let prefix = Shelf::<MemoryEngine>::prefix(id);
            copy.guard(Guard { project: id.to_string(), prefix, epoch });
        }
    }

    /// All projects, the removed ones too.
    pub(in crate::ui) fn list(&mut self) -> Vec<Listed> {
        self.shelf.projects().unwrap_or_default()
    }

    pub(in crate::ui) fn remove(&mut self, id: &Id<ProjectInfo>) -> Result<(), StorageError> {
        let done = self.shelf.trash(id, now());
        self.send();
        done
    }

    pub(in crate::ui) fn restore(&mut self, id: &Id<ProjectInfo>) -> Result<(), StorageError> {
        let done = self.shelf.restore(id);
        self.send();
        done
    }

    /// Removes a project with all that belongs to it.
    pub(in crate::ui) fn remove_for_good(&mut self, id: &Id<ProjectInfo>) -> Result<(), StorageError> {
        let done = self.shelf.remove_for_good(id);
        self.send();
        done
    }

    /// Whether the time of a project in the trash was over on an earlier day, too; notes that it is.
    pub(in crate::ui) fn is_long_expired(&mut self, id: &Id<ProjectInfo>) -> bool {
        let expired = self.shelf.note_expired(id, now()).unwrap_or(false);
        self.send();
        expired
    }

    /// Removes what broken-off removals left.
    pub(in crate::ui) fn tidy(&mut self) {
        // What cannot be tidied up now is tidied up the next time.
        let _ = self.shelf.tidy(&browser::today());
        self.send();
    }

    /// Stores a project that is not open, as a copy of one is.
    pub(in crate::ui) fn store_aside(&mut self, project: &Project) -> Result<(), StorageError> {
        let done = self.shelf.create(project, &History::default(), now());
        self.shelf.close(project.id());
        self.send();
        done
    }

    /// Keeps the project as it is, before something large happens to it.
    pub(in crate::ui) fn back_up(&mut self, project: &Project, why: Reason) -> Result<(), StorageError> {
        if !self.has(project.id()) {
            return Ok(());
        }
        let done = self.shelf.keep_backup(project, why, now()).map(|_| ());
        self.send();
        done
    }

    /// The backups of a project, oldest first.
    pub(in crate::ui) fn backups(&self, id: &Id<ProjectInfo>) -> Vec<Backup> {
        self.shelf.backups(id).unwrap_or_default()
    }

    /// The project as a backup has it, and what of it could not be read. Words that are missing are no loss: what
    /// is there now keeps its own.
    pub(in crate::ui) fn read_backup(
        &self,
        id: &Id<ProjectInfo>,
        number: u64,
    ) -> Result<Loaded, StorageError> {
        let (project, mut findings) = self.shelf.read_backup(id, number, &self.mirror)?;
        findings.retain(|finding| !matches!(finding, Finding::TextMissing { .. }));
        Ok((project, History::default(), findings.iter().map(Finding::to_string).collect()))
    }

    /// Takes note that the project was saved as a file.
    pub(in crate::ui) fn exported(&mut self, id: &Id<ProjectInfo>) {
        // Only the reminder to save would come too early.
        let _ = self.shelf.exported(id, now());
        self.send();
    }
}
