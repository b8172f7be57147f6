//! The shelf: all projects on one engine.

use super::card::{self, Card, Phase};
use super::engine::{Engine, units};
use super::error::{Finding, StorageError};
use super::frame;
use super::journal;
use super::keys::{self, EntryId, Space};
use super::ledger::{Ledger, Usage};
use super::load::{self, Opened, Trace};
use super::mirror::Mirror;
use super::removal;
use crate::model::{Id, Project, ProjectInfo, Time};
use crate::store::Step;
use std::collections::BTreeMap;

/// The version of the scheme of keys and values. A storage of a later one is only read.
const FORMAT: u64 = 1;
/// The name of this tab among those that write. Random, and new each time the page is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab(String);

impl Tab {
    /// A tab's name out of 64 random bits.
    pub fn random(bits: u64) -> Self {
        Self(format!("{bits:016x}"))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What this tab knows of a project it writes.
#[derive(Debug, Default)]
pub(super) struct Session {
    pub(super) epoch: u64,
    seq: u64,
    pub(super) trace: Trace,
    /// Steps that could not be stored yet; they go first, since later ones may build on them.
    pub(super) waiting: Vec<Step>,
    /// When the steps were taken that the list entry does not know of yet.
    unlisted: Vec<Option<Time>>,
}

impl Session {
    /// Of a project that was stored just now, as snapshot `n`.
    pub(super) fn begun(n: u64) -> Self {
        let trace = Trace { current: Some(n), highest: n, ..Trace::default() };
        Self { epoch: 1, trace, ..Self::default() }
    }
}

/// All projects on one engine. See the module for how; every method leaves the engine in a state from
/// which all that was acknowledged can be read, whatever fails in the middle.
#[derive(Debug)]
pub struct Shelf<E> {
    pub(super) ledger: Ledger<E>,
    tab: Tab,
    meta: String,
    read_only: bool,
    pub(super) sessions: BTreeMap<Space, Session>,
}

impl<E: Engine> Shelf<E> {
    /// Opens an engine. Where this says [`StorageError::Blocked`], work on a
    /// [`super::MemoryEngine`] and say so.
    pub fn open(engine: E, tab: Tab) -> Result<Self, StorageError> {
        let ledger = Ledger::open(engine)?;
        let mut shelf =
            Self { ledger, tab, meta: String::new(), read_only: false, sessions: BTreeMap::new() };
        shelf.check_format()?;
        if !shelf.read_only {
            shelf.ledger.lay_reserve();
        }
        Ok(shelf)
    }

    /// Whether a later version of Variorum has written here: then nothing is written any more.
    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// The engine.
    pub fn engine(&self) -> &E {
        self.ledger.engine()
    }

    /// The engine, for tests that harm it.
    pub fn engine_mut(&mut self) -> &mut E {
        self.ledger.engine_mut()
    }

    /// How full the storage is.
    pub fn used(&self) -> Usage {
        self.ledger.usage()
    }

    /// Everything stored under our keys as one JSON object, byte for byte, for a rescue: the form that the
    /// rescue page gives, without its time and its second copy.
    pub fn dump(&self) -> Result<String, StorageError> {
        let mut all = BTreeMap::new();
        for key in self.ledger.keys(keys::ALL).filter(|key| *key != keys::BALLAST) {
            all.insert(key, self.ledger.get(key)?.unwrap_or_default());
        }
        let failed = |why: serde_json::Error| StorageError::Failed(why.to_string());
        let all = serde_json::to_string(&all).map_err(failed)?;
        Ok(format!("{{\"format\":\"variorum-rescue\",\"version\":1,\"entries\":{all}}}\n"))
    }

    /// Reads a project in order to write it from now on; only one tab at a time may do so. `mirror` is
    /// the second copy, empty where there is none. Damaged values are set aside. Should
    /// [`Shelf::needs_compaction`] then say so, compact at once.
    pub fn load(&mut self, id: &Id<ProjectInfo>, mirror: &Mirror) -> Result<Opened, StorageError> {
        self.ledger.refresh()?;
        let (mut opened, mut trace) = load::load(&self.ledger, mirror, id)?;
        let space = Space::of(id);
        if self.may_write().is_ok() {
            self.set_aside(&opened.findings);
            if let Some(mut card) = Card::read(&self.ledger, &space)? {
                // A crash may have come between a step and its entry.
                let missed = opened.history.steps().map(card::moment).filter(|on| *on > Some(card.changed));
                let missed: Vec<_> = missed.collect();
                if !missed.is_empty() {
                    card.after(&opened.project, &missed);
                    // Tried again at the next start, or with the next step, should there be no room now.
                    let _ = card.write(&mut self.ledger, &space);
                }
            } else {
                opened.findings.push(Finding::ListEntryLost);
                let changed = opened.history.to_undo().and_then(card::moment).unwrap_or_default();
                let life = self.next_life(&space)?;
                let card = Card { life, ..Card::new(&opened.project, Phase::Here, changed) };
                // Tried again at the next start, should there be no room now.
                let _ = card.write(&mut self.ledger, &space);
            }
        }
        let cleaned = Card::read(&self.ledger, &space)?.map_or(0, |card| card.cleaned);
        trace.removing |= cleaned < removal::removed(&opened.project).count();
        let epoch = trace.epoch + 1;
        self.sessions.insert(space, Session { epoch, trace, ..Session::default() });
        Ok(opened)
    }

    /// Reads a project without any right to write it, as a tab does that follows another.
    pub fn look(&mut self, id: &Id<ProjectInfo>, mirror: &Mirror) -> Result<Opened, StorageError> {
        self.ledger.refresh()?;
        load::load(&self.ledger, mirror, id).map(|(opened, _)| opened)
    }

    /// Gives up the right to write a project.
    pub fn close(&mut self, id: &Id<ProjectInfo>) {
        self.sessions.remove(&Space::of(id));
    }

    /// The epoch in which this tab writes a project; see [`Shelf::fence`].
    pub fn epoch(&self, id: &Id<ProjectInfo>) -> Option<u64> {
        self.sessions.get(&Space::of(id)).map(|session| session.epoch)
    }

    /// What the keys of a project begin with.
    pub fn prefix(id: &Id<ProjectInfo>) -> String {
        Space::of(id).prefix().to_owned()
    }

    /// Raises the epoch to one that no other tab has been given.
    pub fn fence(&mut self, id: &Id<ProjectInfo>, epoch: u64) {
        if let Some(session) = self.sessions.get_mut(&Space::of(id))
            && epoch > session.epoch
        {
            session.epoch = epoch;
            session.seq = 0;
        }
    }

    /// Journals a step that was applied to `project`. On an error nothing was lost: the step is kept in
    /// memory and stored first the next time; until then it is in this tab only. Where the engine is
    /// full and a second copy is kept, that one alone gets it; [`Shelf::used`] tells.
    pub fn append(&mut self, project: &Project, step: &Step) -> Result<EntryId, StorageError> {
        let done = self.journal(project, step);
        self.list(project);
        done
    }

    /// [`Shelf::append`] without the entry in the list, which can wait until the step is on its way:
    /// [`Shelf::list`].
    pub fn journal(&mut self, project: &Project, step: &Step) -> Result<EntryId, StorageError> {
        let space = Space::of(project.id());
        let writable = self.may_write();
        let session = self.sessions.get_mut(&space).ok_or(StorageError::NoProject)?;
        session.waiting.push(step.clone());
        writable?;
        self.journal_waiting(project)?.ok_or(StorageError::NoProject)
    }

    /// Makes the project's entry in the list say what is so after the steps that were journalled.
    pub fn list(&mut self, project: &Project) {
        let space = Space::of(project.id());
        let Some(session) = self.sessions.get(&space).filter(|session| !session.unlisted.is_empty()) else {
            return;
        };
        let Ok(card) = Card::read(&self.ledger, &space) else { return };
        // One that is lost is written anew, as at the next start.
        let life = self.next_life(&space).unwrap_or(0);
        let mut card =
            card.unwrap_or_else(|| Card { life, ..Card::new(project, Phase::Here, Time::default()) });
        card.after(project, &session.unlisted);
        // The steps are stored; the list can wait for the next one.
        if card.write(&mut self.ledger, &space).is_ok()
            && let Some(session) = self.sessions.get_mut(&space)
        {
            session.unlisted.clear();
        }
    }

    /// Tries once more to store what is in this tab only; the last entry, if there was any.
    pub fn store_waiting(&mut self, project: &Project) -> Result<Option<EntryId>, StorageError> {
        let done = self.journal_waiting(project);
        self.list(project);
        done
    }

    fn journal_waiting(&mut self, project: &Project) -> Result<Option<EntryId>, StorageError> {
        self.may_write()?;
        let space = Space::of(project.id());
        let mut last = None;
        while let Some(step) = self.sessions.get(&space).and_then(|session| session.waiting.first()).cloned()
        {
            last = Some(self.journal_one(&space, &step)?);
        }
        Ok(last)
    }

    /// Whether something removed for good may still be in some stored value.
    pub fn is_removing(&self, id: &Id<ProjectInfo>) -> bool {
        self.sessions.get(&Space::of(id)).is_some_and(|session| session.trace.removing)
    }

    /// Steps that are in this tab only.
    pub fn waiting(&self, id: &Id<ProjectInfo>) -> usize {
        self.sessions.get(&Space::of(id)).map_or(0, |session| session.waiting.len())
    }

    fn journal_one(&mut self, space: &Space, step: &Step) -> Result<EntryId, StorageError> {
        let session = self.sessions.get_mut(space).ok_or(StorageError::NoProject)?;
        let id = EntryId { epoch: session.epoch, tab: self.tab.0.clone(), seq: session.seq + 1 };
        let writes = journal::writes(&self.ledger, space, &id, step)
            .map_err(|why| StorageError::Failed(why.to_string()))?;
        let size = writes.last().map_or(0, |(_, value)| units(value));
        let away = self.put_all(writes)?;
        if let Some(session) = self.sessions.get_mut(space) {
            session.waiting.remove(0);
            session.seq = id.seq;
            session.trace.seen.add(&id);
            session.trace.entries += 1;
            session.trace.units += size;
            session.trace.removing |= step.removes_for_good();
            session.trace.strays.extend(away);
            session.unlisted.push(card::moment(step));
        }
        Ok(id)
    }

    /// Puts all values, or none; the keys of those that went to the second copy alone, for want of room.
    fn put_all(&mut self, writes: Vec<(String, String)>) -> Result<Vec<String>, StorageError> {
        let mut new = Vec::new();
        let mut writes = writes.into_iter();
        while let Some((key, value)) = writes.next() {
            let fresh = !self.ledger.has(&key);
            match self.ledger.put(key.clone(), value.clone()) {
                Ok(()) if fresh => new.push(key),
                Ok(()) => {}
                Err(StorageError::Full) if self.ledger.is_mirrored() => {
                    let mut away = Vec::new();
                    for (key, value) in std::iter::once((key, value)).chain(writes) {
                        away.push(key.clone());
                        self.ledger.put_away(key, value);
                    }
                    return Ok(away);
                }
                Err(why) => {
                    new.iter().for_each(|key| drop(self.ledger.take_back(key)));
                    return Err(why);
                }
            }
        }
        Ok(Vec::new())
    }

    /// An error where a later version has written here since.
    pub(super) fn may_write(&mut self) -> Result<(), StorageError> {
        self.check_format()?;
        if self.read_only { Err(StorageError::Newer) } else { Ok(()) }
    }

    fn check_format(&mut self) -> Result<(), StorageError> {
        let found = self.ledger.get(keys::META)?;
        if found.as_deref() == Some(&*self.meta) && !self.meta.is_empty() {
            return Ok(());
        }
        match found.as_deref().and_then(format_in) {
            Some(format) => {
                self.read_only |= format > FORMAT;
                self.meta = found.unwrap_or_default();
                Ok(())
            }
            None => {
                self.meta = frame::plain(&format!("{{\"format\":{FORMAT}}}"));
                match self.ledger.put(keys::META.to_owned(), self.meta.clone()) {
                    // A full storage can still be read, and tidied up.
                    Err(StorageError::Full) => Ok(()),
                    other => other,
                }
            }
        }
    }

    /// What the second copy says of the format: local storage may have forgotten that a later version
    /// was here.
    pub(super) fn heed_format(&mut self, theirs: Option<&String>) {
        self.read_only |= theirs.and_then(|value| format_in(value)).is_some_and(|format| format > FORMAT);
    }
}

/// The format that a meta value says.
fn format_in(value: &str) -> Option<u64> {
    #[derive(serde::Deserialize)]
    struct Meta {
        format: u64,
    }
    serde_json::from_str::<Meta>(&frame::open(value).ok()?).ok().map(|meta| meta.format)
}
