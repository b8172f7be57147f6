//! How much room there is, and what became of what could not be read.

use super::Keep;
use crate::model::{Id, ProjectInfo, Time};
use crate::storage::Shares;

/// What is said of storage and files beside whether the last change is safe.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::ui) struct Vitals {
    /// How much of the storage is in use, in hundredths.
    pub(in crate::ui) percent: usize,
    /// Whether there is anything in the project that could be lost.
    pub(in crate::ui) stored: bool,
    /// When the project was last saved as a file.
    pub(in crate::ui) exported: Option<Time>,
    /// The commands since.
    pub(in crate::ui) unexported: u64,
}

impl Keep {
    /// The second copy has acknowledged everything.
    pub(in crate::ui) fn second_copy_is_whole(&mut self) {
        // What is kept twice for want of one is kept on, if this fails.
        let _ = self.shelf.second_copy_is_whole();
        self.send();
    }

    pub(in crate::ui) fn vitals(&self, id: &Id<ProjectInfo>) -> Vitals {
        let used = self.shelf.used();
        let listed = self.listed(id);
        Vitals {
            percent: used.units / (used.quota / 100),
            stored: listed.is_some(),
            exported: listed.as_ref().and_then(|p| p.exported),
            unexported: listed.map_or(0, |p| p.unexported),
        }
    }

    /// What the storage is used for, and how many units are in use in all.
    pub(in crate::ui) fn shares(&mut self) -> (Shares, usize) {
        (self.shelf.shares().unwrap_or_default(), self.shelf.used().units)
    }

    /// Texts that should move to the second copy now.
    pub(in crate::ui) fn texts_to_move(&self, open: &Id<ProjectInfo>) -> Vec<String> {
        if self.blocked.is_some() { Vec::new() } else { self.shelf.texts_to_move(open) }
    }

    /// Lets texts go that came back from the second copy as they are here; how many those were.
    pub(in crate::ui) fn let_go(&mut self, texts: Vec<(String, Option<String>)>) -> usize {
        let mut moved = 0;
        for (key, value) in texts {
            let gone = value.is_some_and(|value| self.shelf.let_go(&key, &value).unwrap_or(false));
            moved += usize::from(gone);
        }
        self.shelf.restock();
        self.send();
        moved
    }

    /// What was set aside: number, key, and the value as it was found.
    pub(in crate::ui) fn set_aside(&self) -> Vec<(u64, String, String)> {
        self.shelf.set_aside_values().unwrap_or_default()
    }

    pub(in crate::ui) fn forget_value(&mut self, number: u64) {
        // It stays in the list then.
        let _ = self.shelf.forget_value(number);
        self.send();
    }

    /// Whether the browser keeps a second copy.
    pub(in crate::ui) fn has_second_copy(&self) -> bool {
        self.second.is_some()
    }
}
