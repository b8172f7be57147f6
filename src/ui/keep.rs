//! What is kept in this browser: the projects, and where the person was.

use super::session::Place;
use crate::model::{Id, Project, ProjectInfo};
use crate::store::{History, Step};
use leptos::prelude::*;

/// Whether the last change is safe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum SaveState {
    Saved,
    Saving,
    /// It is only in this tab; why, in words.
    TabOnly(String),
}

/// A project as the list shows it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stored {
    pub(super) id: Id<ProjectInfo>,
    pub(super) name: String,
    pub(super) removed: bool,
}

pub(super) struct Keep;

impl Keep {
    pub(super) fn open() -> (Self, Vec<String>) {
        (Self, vec![])
    }
    pub(super) fn state(&self) -> SaveState {
        SaveState::Saved
    }
    pub(super) fn watch(&self, _: RwSignal<SaveState>) {}
    pub(super) fn place(&self) -> Place {
        Place::default()
    }
    pub(super) fn set_place(&mut self, _: &Place) {}
    pub(super) fn latest(&self) -> Option<Id<ProjectInfo>> {
        None
    }
    pub(super) fn has(&self, _: &Id<ProjectInfo>) -> bool {
        false
    }
    pub(super) fn load(&mut self, _: &Id<ProjectInfo>) -> Result<(Project, History, Vec<String>), String> {
        Err("".into())
    }
    pub(super) fn create(&mut self, _: &Project, _: &History) -> SaveState {
        SaveState::Saved
    }
    pub(super) fn append(&mut self, _: &Project, _: &History, _: &Step) -> SaveState {
        SaveState::Saved
    }
    pub(super) fn append_unnoted(&mut self, _: &Project, _: &History, _: &Step) {}
    pub(super) fn list(&self) -> Vec<Stored> {
        vec![]
    }
    pub(super) fn remove(&mut self, _: &Id<ProjectInfo>) {}
    pub(super) fn restore(&mut self, _: &Id<ProjectInfo>) {}
    pub(super) fn back_up(&mut self, _: &Project) {}
    pub(super) fn exported(&mut self, _: &Id<ProjectInfo>) {}
}
