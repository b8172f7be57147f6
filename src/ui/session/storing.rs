//! Storing what was done, and the file on disk that follows it.

use super::Session;
use crate::codecs::project_file;
use crate::model::Project;
use crate::store::Step;
use crate::ui::messages::{M, fill, t};
use crate::ui::parts::{self, Part};
use crate::ui::review;
use crate::ui::tabs::Role;
use gloo::timers::future::TimeoutFuture;
use leptos::prelude::*;

/// Records that are stored before the page is given a chance to do something else.
const RECORDS_AT_ONCE: usize = 500;

impl Session {
    /// The open project as a file: of one that is only looked at, the very file it came from.
    pub(in crate::ui) fn as_file(&self) -> String {
        let visited = self.inner.with_value(|inner| inner.visited.clone());
        visited.unwrap_or_else(|| self.project.with_untracked(project_file::write))
    }

    /// Shows a project that a later version wrote, and keeps its file as it came.
    pub(in crate::ui) fn visit(&self, project: Project, file: String) {
        self.leave(None);
        self.take_up(project, Default::default());
        self.inner.update_value(|inner| inner.visited = Some(file));
        self.role.set(Role::Visitor);
    }

    /// Whether the open project may be left for another one; says why where its last changes would be lost with it.
    pub(in crate::ui) fn may_leave(&self) -> bool {
        let id = self.project.read_untracked().id().clone();
        let unstored = self.inner.with_value(|inner| {
            let never = !inner.keep.has(&id) && inner.history.to_undo().is_some();
            let kept_as_file = inner.exported == inner.touched.records.len();
            (inner.keep.waiting(&id) > 0 || never) && !kept_as_file
        });
        if unstored && self.role.get_untracked() == Role::Writer {
            self.complain(t(M::LeavesUnstored).to_owned());
            return false;
        }
        true
    }

    /// Says of another project that was taken up whether it is safe: what was said of the one before is not of it.
    pub(in crate::ui) fn show_safety(&self) {
        let state = self.keep(|keep| keep.said(Ok(())));
        self.saved.set(state);
    }

    /// Takes note that the project was handed out as a file.
    pub(in crate::ui) fn note_file(&self) {
        self.inner.update_value(|inner| inner.exported = inner.touched.records.len());
    }

    /// Stores a step that was applied: with the whole project, where that was not stored yet.
    pub(super) fn store(&self, step: &Step) -> bool {
        let project = self.project.read_untracked();
        let stored = self.inner.try_update_value(|inner| {
            let first = !inner.keep.has(project.id());
            // Another tab may have removed it in the moment in which this one took it over: work brings it back.
            let back = first && inner.keep.take_back(project.id()).is_ok() && inner.keep.has(project.id());
            // Its entry in the list may be lost though all else is here.
            let new = first && !back && !inner.keep.is_listless(project.id());
            let state = match new {
                true => inner.keep.create(&project, &inner.history),
                false => inner.keep.append(&project, &inner.history, step),
            };
            (first, state)
        });
        drop(project);
        let Some((first, state)) = stored else { return false };
        self.saved.set(state);
        self.show_vitals();
        self.make_room();
        first
    }

    /// Stores a project that came from a file, a part at a time; whether the person let it come to its end.
    pub(in crate::ui) async fn store_whole(self, project: &Project, name: &str) -> bool {
        self.busy.set(Some((fill(M::Storing1, &[name]), 0)));
        let mut making = self.keep(|keep| keep.begin_making(project));
        let mut stored = 0;
        while let Ok(begun) = &mut making {
            match self.keep(|keep| keep.go_on_making(begun, project, RECORDS_AT_ONCE)) {
                Ok(true) => break,
                Ok(false) => stored += RECORDS_AT_ONCE,
                Err(why) => making = Err(why),
            }
            let percent = stored * 100 / project.len().max(1);
            if !self.go_on(M::Storing1, name, percent as u32).await {
                self.keep(|keep| keep.give_up_making(project.id()));
                return false;
            }
        }
        let state = self.keep(|keep| keep.finish_making(making, project));
        self.saved.set(state);
        self.busy.set(None);
        true
    }

    /// Shows how far something has come, and lets the page do what else there is; false where the person broke
    /// it off.
    pub(in crate::ui) async fn go_on(self, what: M, name: &str, percent: u32) -> bool {
        if self.busy.with_untracked(Option::is_some) {
            self.busy.set(Some((fill(what, &[name]), percent)));
            TimeoutFuture::new(0).await;
        }
        self.busy.with_untracked(Option::is_some)
    }

    /// Tries once more to store what is in this tab only.
    pub(in crate::ui) fn store_again(&self) {
        if self.role.get_untracked() != Role::Writer {
            return;
        }
        let project = self.project.read_untracked();
        let state = self.inner.try_update_value(|inner| match inner.keep.has(project.id()) {
            true => inner.keep.store_waiting(&project),
            false => inner.keep.create(&project, &inner.history),
        });
        drop(project);
        if let Some(state) = state {
            self.saved.set(state);
        }
        self.show_vitals();
    }

    /// A part of the program has come: what was due and waited for its code is done now.
    pub(in crate::ui) fn catch_up_storing(&self) {
        if self.role.get_untracked() == Role::Writer {
            let project = self.project.read_untracked();
            self.inner.update_value(|inner| inner.keep.catch_up(&project, &inner.history));
        }
    }

    /// Brings up to date what is said of storage and files.
    pub(in crate::ui) fn show_vitals(&self) {
        let vitals = self.keep(|keep| keep.vitals(self.project.read_untracked().id()));
        if self.vitals.with_untracked(|shown| *shown != vitals) {
            self.vitals.set(vitals);
        }
    }

    /// The file on disk that follows the project from now on.
    pub(in crate::ui) fn follow_file(&self, name: Option<String>) {
        self.note_on_disk(None);
        self.file_waits.set(false);
        self.file.set(name);
    }

    /// Takes note of how this tab left the file on disk.
    pub(in crate::ui) fn note_on_disk(&self, state: Option<(u64, u64)>) {
        self.inner.update_value(|inner| inner.on_disk = state);
    }

    /// Whether the file on disk is as this tab left it.
    pub(in crate::ui) fn is_on_disk(&self, state: (u64, u64)) -> bool {
        self.inner.with_value(|inner| inner.on_disk == Some(state))
    }

    /// Brings files on disk up to date, some seconds after the last change.
    pub(super) fn file_changed(&self) {
        if self.file.with_untracked(Option::is_none) && !review::shares() {
            return;
        }
        let session = *self;
        let turn = self.inner.try_update_value(|inner| {
            inner.changes += 1;
            inner.changes
        });
        set_timeout(
            move || {
                if session.inner.try_with_value(|inner| inner.changes) == turn {
                    parts::act(session, Part::Files, "update-file");
                    parts::act(session, Part::Together, "share");
                }
            },
            std::time::Duration::from_secs(3),
        );
    }
}
