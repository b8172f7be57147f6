//! What is kept in this browser: the projects, and where the person was.

use super::messages::{M, fill, t};
use super::session::Place;
use crate::browser::{self, LocalEngine, Safety, SecondCopy};
use crate::model::{Id, Project, ProjectInfo, Time};
use crate::storage::{Change, Engine, MemoryEngine, Mirror, Reason, Shelf, StorageError, Tab};
use crate::store::{History, Step};
use leptos::prelude::*;

/// Where the person was is a convenience, not work: a key of its own, outside the shelf.
const PLACE: &str = "variorum.place";

/// What joins brought is told again later, but is no part of a project: a key of its own for each.
const REPORTS: &str = "variorum.joined.";
/// So many reports are kept for a project.
const MOST_REPORTS: usize = 20;
/// Stands between reports: no line of theirs is so.
const BETWEEN: &str = "\n\n";

/// Whether the last change is safe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum SaveState {
    Saved,
    /// It is on its way to the disk.
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

/// The shelf of this browser, or one that forgets everything where the browser keeps nothing.
pub(super) struct Keep {
    shelf: Shelf<Box<dyn Engine>>,
    /// Why nothing is kept, where nothing is.
    blocked: Option<String>,
    /// The second copy, and what it held when the page opened.
    second: Option<SecondCopy>,
    mirror: Mirror,
}

impl Keep {
    /// Opens what the browser has. `saved` follows the second copy from now on.
    pub(super) fn open(
        second: Option<(SecondCopy, Mirror)>,
        saved: RwSignal<SaveState>,
    ) -> (Self, Vec<String>) {
        let tab = || Tab::random(browser::chance() as u64);
        let engine = LocalEngine::open().map(|engine| Box::new(engine) as Box<dyn Engine>);
        let opened = engine.map_err(StorageError::from).and_then(|engine| Shelf::open(engine, tab()));
        let mut findings = Vec::new();
        let (shelf, blocked) = match opened {
            Ok(shelf) => {
                let newer = shelf.is_read_only().then(|| StorageError::Newer.to_string());
                findings.extend(newer.clone());
                (shelf, newer)
            }
            Err(_) => {
                let memory: Box<dyn Engine> = Box::new(MemoryEngine::new());
                let shelf = Shelf::open(memory, tab()).expect("memory is never blocked, full or newer");
                (shelf, Some(t(M::StorageBlocked).to_owned()))
            }
        };
        let mut keep = Self { shelf, blocked, second: None, mirror: Mirror::new() };
        match second {
            Some((copy, mirror)) if keep.blocked.is_none() => {
                findings.extend(keep.pair_with(copy, mirror, saved))
            }
            None if keep.blocked.is_none() => findings.push(t(M::NoSecondCopy).to_owned()),
            _ => {}
        }
        (keep, findings)
    }

    /// Takes up the second copy: what only it has comes back, what it lacks is sent.
    fn pair_with(&mut self, copy: SecondCopy, mirror: Mirror, saved: RwSignal<SaveState>) -> Vec<String> {
        let mut findings = Vec::new();
        match self.shelf.adopt(&mirror) {
            Ok(0) => {}
            Ok(count) => findings.push(fill(M::RestoredFromCopy, &[&count.to_string()])),
            Err(why) => findings.push(why.to_string()),
        }
        if let Err(why) = self.shelf.mirror_to(&mirror) {
            findings.push(why.to_string());
        }
        copy.on_safety(move |safety| {
            let state = match safety {
                Safety::Saving => SaveState::Saving,
                Safety::Saved => SaveState::Saved,
                Safety::Failing(why) => SaveState::TabOnly(fill(M::StorageFailed, &[&why])),
            };
            saved.try_set(state);
        });
        self.second = Some(copy);
        self.mirror = mirror;
        self.send();
        findings
    }

    /// Hands what changed to the second copy.
    fn send(&mut self) {
        if let Some(copy) = &self.second {
            copy.send(self.shelf.take_changes());
        }
    }

    /// The page is being left: whatever waits is sent now.
    pub(super) fn flush(&mut self) {
        if let Some(copy) = &self.second {
            copy.flush();
        }
    }

    /// What can be said of the safety of work before anything was done.
    pub(super) fn state(&self) -> SaveState {
        self.blocked.clone().map_or(SaveState::Saved, SaveState::TabOnly)
    }

    /// Who sits here and where they were. The second copy first: after a crash it knows more.
    pub(super) fn place(&self) -> Place {
        let ours = || self.shelf.engine().get(PLACE).ok().flatten();
        let text = self.mirror.get(PLACE).cloned().or_else(ours).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    pub(super) fn set_place(&mut self, place: &Place) {
        let Ok(text) = serde_json::to_string(place) else { return };
        // Lost here, it costs the person a click at the next visit.
        let _ = self.shelf.engine_mut().set(PLACE, &text);
        if let Some(copy) = &self.second {
            copy.send(vec![Change::Put(PLACE.to_owned(), text)]);
        }
    }

    /// The project changed last, of those not removed.
    pub(super) fn latest(&mut self) -> Option<Id<ProjectInfo>> {
        let all = self.shelf.projects().ok()?;
        all.into_iter().filter(|p| p.trashed.is_none()).max_by_key(|p| p.changed).map(|p| p.id)
    }

    /// Whether a project is stored here and not removed.
    pub(super) fn has(&mut self, id: &Id<ProjectInfo>) -> bool {
        self.list().iter().any(|p| p.id == *id && !p.removed)
    }

    /// Takes a project out of the removed ones, if it is among them.
    pub(super) fn take_back(&mut self, id: &Id<ProjectInfo>) -> Result<(), StorageError> {
        if self.list().iter().any(|p| p.id == *id && p.removed) { self.restore(id) } else { Ok(()) }
    }

    pub(super) fn load(&mut self, id: &Id<ProjectInfo>) -> Result<(Project, History, Vec<String>), String> {
        let opened = self.shelf.load(id, &self.mirror).map_err(|why| why.to_string())?;
        if self.shelf.needs_compaction(id) {
            // What was read stays readable if this fails.
            let _ = self.shelf.compact(&opened.project, &opened.history);
        }
        self.send();
        let findings = opened.findings.iter().map(ToString::to_string).collect();
        Ok((opened.project, opened.history, findings))
    }

    pub(super) fn create(&mut self, project: &Project, history: &History) -> SaveState {
        let done = self.shelf.create(project, history, now());
        self.said(done)
    }

    pub(super) fn append(&mut self, project: &Project, history: &History, step: &Step) -> SaveState {
        let done = self.shelf.append(project, step).map(|_| ());
        if done.is_ok() && self.shelf.needs_compaction(project.id()) {
            // The journal stands until a snapshot has been read back; a failure costs nothing.
            let _ = self.shelf.compact(project, history);
        }
        self.said(done)
    }

    /// What can be said of a change that was just stored, or not; the second copy is sent its part.
    fn said(&mut self, done: Result<(), StorageError>) -> SaveState {
        self.send();
        let waiting = self.second.as_ref().is_some_and(SecondCopy::is_waiting);
        match (done, &self.blocked) {
            (_, Some(why)) => SaveState::TabOnly(why.clone()),
            (Ok(()), None) if waiting => SaveState::Saving,
            (Ok(()), None) => SaveState::Saved,
            (Err(StorageError::Full), None) => SaveState::TabOnly(t(M::StorageFull).to_owned()),
            (Err(why), None) => SaveState::TabOnly(fill(M::StorageFailed, &[&why.to_string()])),
        }
    }

    pub(super) fn list(&mut self) -> Vec<Stored> {
        let all = self.shelf.projects().unwrap_or_default().into_iter();
        all.map(|p| Stored { id: p.id, name: p.name, removed: p.trashed.is_some() }).collect()
    }

    pub(super) fn remove(&mut self, id: &Id<ProjectInfo>) -> Result<(), StorageError> {
        let done = self.shelf.trash(id, now());
        self.send();
        done
    }

    pub(super) fn restore(&mut self, id: &Id<ProjectInfo>) -> Result<(), StorageError> {
        let done = self.shelf.restore(id);
        self.send();
        done
    }

    /// Keeps the project as it is, before something large happens to it.
    pub(super) fn back_up(&mut self, project: &Project) -> Result<(), StorageError> {
        let done = self.shelf.keep_backup(project, Reason::Merge, now()).map(|_| ());
        self.send();
        done
    }

    /// What earlier joins brought, the last first.
    pub(super) fn reports(&self, id: &Id<ProjectInfo>) -> Vec<String> {
        let all = self.shelf.engine().get(&format!("{REPORTS}{id}")).ok().flatten().unwrap_or_default();
        all.split(BETWEEN).filter(|report| !report.is_empty()).map(str::to_owned).collect()
    }

    /// Keeps a report of what a join brought.
    pub(super) fn add_report(&mut self, id: &Id<ProjectInfo>, report: String) {
        let mut all = self.reports(id);
        all.insert(0, report);
        all.truncate(MOST_REPORTS);
        // Lost here, it costs nothing but the telling.
        let _ = self.shelf.engine_mut().set(&format!("{REPORTS}{id}"), &all.join(BETWEEN));
    }

    /// Takes note that the project was saved as a file.
    pub(super) fn exported(&mut self, id: &Id<ProjectInfo>) {
        // Only the reminder to save would come too early.
        let _ = self.shelf.exported(id, now());
        self.send();
    }
}

fn now() -> Time {
    Time::parse(&browser::now()).unwrap_or_default()
}
