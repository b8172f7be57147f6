//! Storing what was done, and saying whether it is safe.

use super::{Keep, SaveState, now};
use crate::browser::SecondCopy;
use crate::model::{Id, Project, ProjectInfo};
use crate::storage::{Making, StorageError};
use crate::store::{History, Step};
use crate::ui::messages::{M, fill, t};
use crate::ui::parts;

impl Keep {
    /// Whether something removed for good may still be in some stored value.
    pub(in crate::ui) fn is_removing(&self, id: &Id<ProjectInfo>) -> bool {
        self.shelf.is_removing(id)
    }

    pub(in crate::ui) fn create(&mut self, project: &Project, history: &History) -> SaveState {
        let done = self.shelf.create(project, history, now());
        if let Some((raised, epoch)) = &self.epoch
            && raised == project.id()
        {
            self.shelf.fence(raised, *epoch);
        }
        self.said(done)
    }

    /// Begins to store a project a part at a time.
    pub(in crate::ui) fn begin_making(&mut self, project: &Project) -> Result<Making, StorageError> {
        self.shelf.begin_making(project, now())
    }

    /// Stores the next `count` records; whether those were all.
    pub(in crate::ui) fn go_on_making(
        &mut self,
        making: &mut Making,
        project: &Project,
        count: usize,
    ) -> Result<bool, StorageError> {
        let done = self.shelf.go_on_making(making, project, count);
        self.send();
        done
    }

    /// Makes what was stored count, or says why it could not be stored.
    pub(in crate::ui) fn finish_making(
        &mut self,
        making: Result<Making, StorageError>,
        project: &Project,
    ) -> SaveState {
        let done = making.and_then(|making| self.shelf.finish_making(making, project, &History::default()));
        if let Some((raised, epoch)) = &self.epoch
            && raised == project.id()
        {
            self.shelf.fence(raised, *epoch);
        }
        self.said(done)
    }

    pub(in crate::ui) fn give_up_making(&mut self, id: &Id<ProjectInfo>) {
        // What is left is tidied up another day.
        let _ = self.shelf.give_up_making(id);
        self.send();
    }

    pub(in crate::ui) fn append(&mut self, project: &Project, history: &History, step: &Step) -> SaveState {
        let done = self.shelf.journal(project, step).map(|_| ());
        // On its way before anything else is done: the list entry goes with the next.
        self.send();
        self.shelf.list(project);
        self.send_late();
        if done.is_ok() {
            self.compact_if_due(project, history);
        }
        self.said(done)
    }

    /// Writes a new snapshot where one is due that had to wait for the code that writes it.
    pub(in crate::ui) fn catch_up(&mut self, project: &Project, history: &History) {
        self.compact_if_due(project, history);
        self.send();
    }

    pub(in crate::ui) fn compact_if_due(&mut self, project: &Project, history: &History) {
        if self.is_removing(project.id()) {
            self.forget_reports(project.id());
        }
        if self.shelf.needs_compaction(project.id()) {
            parts::compact(self, project, history);
        }
    }

    /// Writes a new snapshot.
    pub(in crate::ui) fn compact(&mut self, project: &Project, history: &History) {
        // The journal stands until a snapshot has been read back; a failure costs nothing.
        let _ = self.shelf.compact(project, history);
    }

    /// Tries once more to store what is in this tab only.
    pub(in crate::ui) fn store_waiting(&mut self, project: &Project) -> SaveState {
        let done = self.shelf.store_waiting(project).map(|_| ());
        self.said(done)
    }

    /// How many steps are in this tab only.
    pub(in crate::ui) fn waiting(&self, id: &Id<ProjectInfo>) -> usize {
        self.shelf.waiting(id)
    }

    /// What can be said of a change that was just stored, or not; the second copy is sent its part.
    pub(in crate::ui) fn said(&mut self, done: Result<(), StorageError>) -> SaveState {
        self.at_risk.set(done.is_err() || self.blocked.is_some());
        self.send();
        let waiting = self.second.as_ref().is_some_and(SecondCopy::is_waiting);
        match (done, &self.blocked) {
            (_, Some(why)) => SaveState::TabOnly(why.clone()),
            (Ok(()), None) if waiting => SaveState::Saving,
            (Ok(()), None) => SaveState::Saved,
            (Err(StorageError::Full), None) => SaveState::TabOnly(t(M::StorageFull).to_owned()),
            (Err(StorageError::Newer), None) => SaveState::TabOnly(StorageError::Newer.to_string()),
            (Err(why), None) => SaveState::TabOnly(fill(M::StorageFailed, &[&why.to_string()])),
        }
    }
}
