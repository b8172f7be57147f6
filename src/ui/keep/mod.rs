//! What is kept in this browser: the projects, and where the person was.

mod projects;
mod remembered;
mod storing;
mod usage;

pub(in crate::ui) use projects::Loaded;
pub(in crate::ui) use usage::Vitals;

use super::messages::{M, fill, t};
use crate::browser::{self, LocalEngine, Safety, SecondCopy};
use crate::model::{Id, ProjectInfo, Time};
use crate::storage::{Change, Engine, MemoryEngine, Mirror, Shelf, StorageError, Tab, is_worth_reading};
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;

/// Where the person was is a convenience, not work: a key of its own, outside the shelf.
const PLACE: &str = "variorum.place";

/// Whether the last change is safe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ui) enum SaveState {
    Saved,
    /// It is on its way to the disk.
    Saving,
    /// It is only in this tab; why, in words.
    TabOnly(String),
}

/// The shelf of this browser, or one that forgets everything where the browser keeps nothing.
pub(in crate::ui) struct Keep {
    shelf: Shelf<Box<dyn Engine>>,
    /// Why nothing is kept, where nothing is.
    blocked: Option<String>,
    /// The second copy, and what it holds.
    second: Option<SecondCopy>,
    mirror: Mirror,
    /// The open project, and the epoch that no other tab was given.
    epoch: Option<(Id<ProjectInfo>, u64)>,
    /// Whether something could not be stored at all: an acknowledgement of other things is none of that.
    at_risk: Rc<Cell<bool>>,
}

/// Whether a value of the second copy is to be read at the start.
pub(in crate::ui) fn is_wanted(key: &str) -> bool {
    is_worth_reading(key, browser::is_kept_here(key))
}

impl Keep {
    /// Opens what the browser has. `saved` follows the second copy from now on.
    pub(in crate::ui) fn open(
        second: Option<(SecondCopy, Mirror)>,
        saved: RwSignal<SaveState>,
    ) -> (Self, Vec<String>) {
        let tab = || Tab::random(browser::chance() as u64);
        let engine = LocalEngine::open().map(|engine| Box::new(engine) as Box<dyn Engine>);
        let opened = engine.map_err(StorageError::from).and_then(|engine| Shelf::open(engine, tab()));
        let (shelf, blocked) = match opened {
            Ok(shelf) => (shelf, None),
            Err(_) => {
                let memory: Box<dyn Engine> = Box::new(MemoryEngine::new());
                let shelf = Shelf::open(memory, tab()).expect("memory is never blocked, full or newer");
                (shelf, Some(t(M::StorageBlocked).to_owned()))
            }
        };
        let (epoch, at_risk) = (None, Rc::default());
        let mut keep = Self { shelf, blocked, second: None, mirror: Mirror::new(), epoch, at_risk };
        let mut findings = Vec::new();
        match second {
            Some((copy, mirror)) if keep.blocked.is_none() => {
                findings.extend(keep.pair_with(copy, mirror, saved))
            }
            None if keep.blocked.is_none() => findings.push(t(M::NoSecondCopy).to_owned()),
            _ => {}
        }
        if keep.shelf.is_read_only() {
            let newer = StorageError::Newer.to_string();
            findings.retain(|finding| *finding != newer);
            keep.blocked = Some(newer);
        }
        (keep, findings)
    }

    /// Takes up the second copy: what only it has comes back, what it lacks is sent.
    fn pair_with(&mut self, copy: SecondCopy, mirror: Mirror, saved: RwSignal<SaveState>) -> Vec<String> {
        let mut findings = Vec::new();
        match self.shelf.adopt(&mirror) {
            Ok(0) => {}
            Ok(1) => findings.push(t(M::RestoredOneFromCopy).to_owned()),
            Ok(count) => findings.push(fill(M::RestoredFromCopy, &[&count.to_string()])),
            Err(why) => findings.push(why.to_string()),
        }
        if !self.shelf.is_read_only()
            && let Err(why) = self.shelf.mirror_to(&mirror)
        {
            findings.push(why.to_string());
        }
        let at_risk = self.at_risk.clone();
        copy.on_safety(move |safety| {
            let state = match safety {
                _ if at_risk.get() => return,
                Safety::Saving => SaveState::Saving,
                Safety::Saved => SaveState::Saved,
                Safety::Failing(why) => SaveState::TabOnly(fill(M::StorageFailed, &[&why])),
            };
            saved.try_set(state);
        });
        // Where the person was is no part of the shelf; it belongs in both places all the same.
        let place = self.shelf.engine().get(PLACE).ok().flatten();
        if let Some(place) = place.filter(|_| !mirror.contains_key(PLACE) && !self.shelf.is_read_only()) {
            copy.send(vec![Change::Put(PLACE.to_owned(), place)]);
        }
        self.second = Some(copy);
        self.mirror = mirror;
        self.send();
        findings
    }

    /// Hands what changed to the second copy.
    fn send(&mut self) {
        let changes = self.take_changes();
        if let Some(copy) = &self.second {
            copy.send(changes);
        }
    }

    /// The same for what nobody waits for.
    fn send_late(&mut self) {
        let changes = self.take_changes();
        if let Some(copy) = &self.second {
            copy.send_late(changes);
        }
    }

    fn take_changes(&mut self) -> Vec<Change> {
        if self.second.is_none() {
            return Vec::new();
        }
        let changes = self.shelf.take_changes();
        changes.iter().for_each(|change| self.mirror.take(change));
        changes
    }

    /// The page is being left: whatever waits is sent now.
    pub(in crate::ui) fn flush(&mut self) {
        if let Some(copy) = &self.second {
            copy.flush();
        }
    }

    /// The second copy, for what takes time.
    pub(in crate::ui) fn second_copy(&self) -> Option<SecondCopy> {
        self.second.clone()
    }

    /// Takes up what another tab has written to the second copy.
    pub(in crate::ui) fn set_mirror(&mut self, mirror: Mirror) {
        self.shelf.note_away(&mirror);
        self.mirror = mirror;
    }

    /// What can be said of the safety of work before anything was done.
    pub(in crate::ui) fn state(&self) -> SaveState {
        self.blocked.clone().map_or(SaveState::Saved, SaveState::TabOnly)
    }
}

fn now() -> Time {
    Time::parse(&browser::now()).unwrap_or_default()
}
