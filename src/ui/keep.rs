//! What is kept in this browser: the projects, and where the person was.

use super::messages::{M, fill, t};
use super::parts;
use super::session::Place;
use crate::adding::Remembered;
use crate::browser::{self, Guard, LocalEngine, Safety, SecondCopy};
use crate::model::{Id, Project, ProjectInfo, Time};
use crate::storage::{
    Backup, Change, Engine, Finding, Listed, Making, MemoryEngine, Mirror, Reason, Shares, Shelf,
    StorageError, Tab, is_worth_reading,
};
use crate::store::{History, Step};
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;

/// Where the person was is a convenience, not work: a key of its own, outside the shelf.
const PLACE: &str = "variorum.place";
/// Where choices of columns are kept.
const COLUMNS: &str = "variorum.columns";
/// Where choices for training data are kept.
const CHOICES: &str = "variorum.training";

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

/// What is said of storage and files beside whether the last change is safe.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Vitals {
    /// How much of the storage is in use, in hundredths.
    pub(super) percent: usize,
    /// Whether there is anything in the project that could be lost.
    pub(super) stored: bool,
    /// When the project was last saved as a file.
    pub(super) exported: Option<Time>,
    /// The commands since.
    pub(super) unexported: u64,
}

/// The shelf of this browser, or one that forgets everything where the browser keeps nothing.
pub(super) struct Keep {
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
pub(super) fn is_wanted(key: &str) -> bool {
    is_worth_reading(key, browser::is_kept_here(key))
}

/// A project that was read, its history, and what was noticed.
pub(super) type Loaded = (Project, History, Vec<String>);

impl Keep {
    /// Opens what the browser has. `saved` follows the second copy from now on.
    pub(super) fn open(
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
    pub(super) fn flush(&mut self) {
        if let Some(copy) = &self.second {
            copy.flush();
        }
    }

    /// The second copy, for what takes time.
    pub(super) fn second_copy(&self) -> Option<SecondCopy> {
        self.second.clone()
    }

    /// Takes up what another tab has written to the second copy.
    pub(super) fn set_mirror(&mut self, mirror: Mirror) {
        self.shelf.note_away(&mirror);
        self.mirror = mirror;
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

    /// What somebody chose for training data last time, as its desk wrote it.
    pub(super) fn choices(&self) -> String {
        self.shelf.engine().get(CHOICES).ok().flatten().unwrap_or_default()
    }

    pub(super) fn set_choices(&mut self, choices: &str) {
        if !self.shelf.is_read_only() {
            // Lost here, it costs the person a few clicks.
            let _ = self.shelf.engine_mut().set(CHOICES, choices);
        }
    }

    pub(super) fn set_place(&mut self, place: &Place) {
        let Ok(text) = serde_json::to_string(place) else { return };
        if self.shelf.is_read_only() {
            return;
        }
        // Lost here, it costs the person a click at the next visit.
        let _ = self.shelf.engine_mut().set(PLACE, &text);
        if let Some(copy) = &self.second {
            copy.send(vec![Change::Put(PLACE.to_owned(), text)]);
        }
    }

    /// The columns of tables that were chosen before, the last first.
    pub(super) fn columns(&self) -> Vec<Remembered> {
        let ours = || self.shelf.engine().get(COLUMNS).ok().flatten();
        let text = self.mirror.get(COLUMNS).cloned().or_else(ours).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// Keeps a choice of columns for the next visit; the oldest of very many go.
    pub(super) fn remember_columns(&mut self, choice: Remembered) {
        let mut all = self.columns();
        all.retain(|before| before.names != choice.names);
        all.insert(0, choice);
        all.truncate(20);
        let Ok(text) = serde_json::to_string(&all) else { return };
        if !self.shelf.is_read_only() {
            // Lost here, it costs the person a choice at the next table.
            let _ = self.shelf.engine_mut().set(COLUMNS, &text);
        }
        self.mirror.insert(COLUMNS.to_owned(), text.clone());
        if let Some(copy) = &self.second {
            copy.send(vec![Change::Put(COLUMNS.to_owned(), text)]);
        }
    }

    /// The project changed last, of those not removed.
    pub(super) fn latest(&mut self) -> Option<Id<ProjectInfo>> {
        let all = self.shelf.projects().ok()?;
        all.into_iter().filter(|p| p.trashed.is_none()).max_by_key(|p| p.changed).map(|p| p.id)
    }

    /// What the list shows of a project.
    pub(super) fn listed(&self, id: &Id<ProjectInfo>) -> Option<Listed> {
        self.shelf.listed(id).ok().flatten()
    }

    /// Whether a project is stored here and not removed.
    pub(super) fn has(&self, id: &Id<ProjectInfo>) -> bool {
        self.shelf.has(id).unwrap_or(false)
    }

    /// Takes a project out of the removed ones, if it is among them.
    pub(super) fn take_back(&mut self, id: &Id<ProjectInfo>) -> Result<(), StorageError> {
        if self.listed(id).is_some_and(|p| p.trashed.is_some()) { self.restore(id) } else { Ok(()) }
    }

    /// Reads a project in order to write it.
    pub(super) fn load(&mut self, id: &Id<ProjectInfo>) -> Result<Loaded, StorageError> {
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
    pub(super) fn look(&mut self, id: &Id<ProjectInfo>) -> Result<Loaded, StorageError> {
        let opened = self.shelf.look(id, &self.mirror)?;
        Ok((opened.project, opened.history, Vec::new()))
    }

    /// Takes note of values that were read from the second copy after all.
    pub(super) fn note_read(&mut self, keys: Vec<String>, values: Vec<Option<String>>) {
        for (key, value) in keys.into_iter().zip(values) {
            match value {
                Some(value) => self.mirror.insert(key, value),
                None => self.mirror.remove(&key),
            }
        }
    }

    /// Whether something removed for good may still be in some stored value.
    pub(super) fn is_removing(&self, id: &Id<ProjectInfo>) -> bool {
        self.shelf.is_removing(id)
    }

    /// Forgets what earlier joins brought: it names what was taken in.
    fn forget_reports(&mut self, id: &Id<ProjectInfo>) {
        // There is nothing then, or nothing can be changed.
        let _ = self.shelf.engine_mut().remove(&format!("{REPORTS}{id}"));
    }

    /// Gives up the right to write a project.
    pub(super) fn close(&mut self, id: &Id<ProjectInfo>) {
        self.shelf.close(id);
    }

    /// The epoch in which the project is written here, 0 where it is not.
    pub(super) fn epoch(&self, id: &Id<ProjectInfo>) -> u64 {
        self.shelf.epoch(id).unwrap_or(0)
    }

    /// The epoch that this tab was given for a project last, 0 for none.
    pub(super) fn raised(&self, id: &Id<ProjectInfo>) -> u64 {
        self.epoch.as_ref().filter(|(raised, _)| raised == id).map_or(0, |(_, epoch)| *epoch)
    }

    /// This tab was given an epoch for a project: it writes in that one, and the second copy refuses whoever
    /// comes with an older one.
    pub(super) fn fence(&mut self, id: &Id<ProjectInfo>, epoch: u64) {
        self.epoch = Some((id.clone(), epoch));
        self.shelf.fence(id, epoch);
        if let Some(copy) = &self.second {
            let prefix = Shelf::<MemoryEngine>::prefix(id);
            copy.guard(Guard { project: id.to_string(), prefix, epoch });
        }
    }

    pub(super) fn create(&mut self, project: &Project, history: &History) -> SaveState {
        let done = self.shelf.create(project, history, now());
        if let Some((raised, epoch)) = &self.epoch
            && raised == project.id()
        {
            self.shelf.fence(raised, *epoch);
        }
        self.said(done)
    }

    /// Begins to store a project a part at a time.
    pub(super) fn begin_making(&mut self, project: &Project) -> Result<Making, StorageError> {
        self.shelf.begin_making(project, now())
    }

    /// Stores the next `count` records; whether those were all.
    pub(super) fn go_on_making(
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
    pub(super) fn finish_making(
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

    pub(super) fn give_up_making(&mut self, id: &Id<ProjectInfo>) {
        // What is left is tidied up another day.
        let _ = self.shelf.give_up_making(id);
        self.send();
    }

    pub(super) fn append(&mut self, project: &Project, history: &History, step: &Step) -> SaveState {
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
    pub(super) fn catch_up(&mut self, project: &Project, history: &History) {
        self.compact_if_due(project, history);
        self.send();
    }

    fn compact_if_due(&mut self, project: &Project, history: &History) {
        if self.is_removing(project.id()) {
            self.forget_reports(project.id());
        }
        if self.shelf.needs_compaction(project.id()) {
            parts::compact(self, project, history);
        }
    }

    /// Writes a new snapshot.
    pub(super) fn compact(&mut self, project: &Project, history: &History) {
        // The journal stands until a snapshot has been read back; a failure costs nothing.
        let _ = self.shelf.compact(project, history);
    }

    /// Tries once more to store what is in this tab only.
    pub(super) fn store_waiting(&mut self, project: &Project) -> SaveState {
        let done = self.shelf.store_waiting(project).map(|_| ());
        self.said(done)
    }

    /// How many steps are in this tab only.
    pub(super) fn waiting(&self, id: &Id<ProjectInfo>) -> usize {
        self.shelf.waiting(id)
    }

    /// What can be said of a change that was just stored, or not; the second copy is sent its part.
    fn said(&mut self, done: Result<(), StorageError>) -> SaveState {
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

    /// All projects, the removed ones too.
    pub(super) fn list(&mut self) -> Vec<Listed> {
        self.shelf.projects().unwrap_or_default()
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

    /// Removes a project with all that belongs to it.
    pub(super) fn remove_for_good(&mut self, id: &Id<ProjectInfo>) -> Result<(), StorageError> {
        let done = self.shelf.remove_for_good(id);
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

    /// Removes what broken-off removals left.
    pub(super) fn tidy(&mut self) {
        // What cannot be tidied up now is tidied up the next time.
        let _ = self.shelf.tidy(&browser::today());
        self.send();
    }

    /// The second copy has acknowledged everything.
    pub(super) fn second_copy_is_whole(&mut self) {
        // What is kept twice for want of one is kept on, if this fails.
        let _ = self.shelf.second_copy_is_whole();
        self.send();
    }

    /// Stores a project that is not open, as a copy of one is.
    pub(super) fn store_aside(&mut self, project: &Project) -> Result<(), StorageError> {
        let done = self.shelf.create(project, &History::default(), now());
        self.shelf.close(project.id());
        self.send();
        done
    }

    /// Keeps the project as it is, before something large happens to it.
    pub(super) fn back_up(&mut self, project: &Project, why: Reason) -> Result<(), StorageError> {
        if !self.has(project.id()) {
            return Ok(());
        }
        let done = self.shelf.keep_backup(project, why, now()).map(|_| ());
        self.send();
        done
    }

    /// The backups of a project, oldest first.
    pub(super) fn backups(&self, id: &Id<ProjectInfo>) -> Vec<Backup> {
        self.shelf.backups(id).unwrap_or_default()
    }

    /// The project as a backup has it.
    pub(super) fn read_backup(&self, id: &Id<ProjectInfo>, number: u64) -> Result<Project, StorageError> {
        self.shelf.read_backup(id, number).map(|(project, _)| project)
    }

    /// Puts another state of the project into its place.
    pub(super) fn replace(&mut self, project: &Project) -> SaveState {
        let done = self.shelf.compact(project, &History::default());
        self.said(done)
    }

    /// Takes note that the project was saved as a file.
    pub(super) fn exported(&mut self, id: &Id<ProjectInfo>) {
        // Only the reminder to save would come too early.
        let _ = self.shelf.exported(id, now());
        self.send();
    }

    pub(super) fn vitals(&self, id: &Id<ProjectInfo>) -> Vitals {
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
    pub(super) fn shares(&mut self) -> (Shares, usize) {
        (self.shelf.shares().unwrap_or_default(), self.shelf.used().units)
    }

    /// Texts that should move to the second copy now.
    pub(super) fn texts_to_move(&self, open: &Id<ProjectInfo>) -> Vec<String> {
        if self.blocked.is_some() { Vec::new() } else { self.shelf.texts_to_move(open) }
    }

    /// Lets texts go that came back from the second copy as they are here; how many those were.
    pub(super) fn let_go(&mut self, texts: Vec<(String, Option<String>)>) -> usize {
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
    pub(super) fn set_aside(&self) -> Vec<(u64, String, String)> {
        self.shelf.set_aside_values().unwrap_or_default()
    }

    pub(super) fn forget_value(&mut self, number: u64) {
        // It stays in the list then.
        let _ = self.shelf.forget_value(number);
        self.send();
    }

    /// Whether the browser keeps a second copy.
    pub(super) fn has_second_copy(&self) -> bool {
        self.second.is_some()
    }
}

fn now() -> Time {
    Time::parse(&browser::now()).unwrap_or_default()
}
