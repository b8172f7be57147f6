//! The shelf: all projects on one engine.

use super::card::{Card, Listed, Phase};
use super::engine::{Engine, units};
use super::error::{Finding, StorageError};
use super::frame::{self, Damage};
use super::journal;
use super::keys::{self, EntryId, Part, Space, Upto};
use super::ledger::{Change, Ledger, Usage};
use super::load::{self, Mirror, Opened, Trace};
use super::snapshot::{self, Head, Manifest};
use super::texts;
use crate::model::{Id, Project, ProjectInfo, Time};
use crate::store::{History, Step};
use std::collections::{BTreeMap, BTreeSet};

/// The version of the scheme of keys and values. A storage of a later one is only read.
const FORMAT: u64 = 1;
/// A snapshot is due after this many commands, or this many units of journal.
const MANY_ENTRIES: usize = 200;
const MANY_UNITS: usize = 64 * 1024;
/// Openings that a snapshot remembers though nothing of theirs is left, in case an entry comes late.
const REMEMBERED: u64 = 50;

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
    epoch: u64,
    seq: u64,
    trace: Trace,
    /// Steps that could not be stored yet; they go first, since later ones may build on them.
    waiting: Vec<Step>,
}

/// All projects on one engine. See the module for how; every method leaves the engine in a state from
/// which all that was acknowledged can be read, whatever fails in the middle.
#[derive(Debug)]
pub struct Shelf<E> {
    pub(super) ledger: Ledger<E>,
    tab: Tab,
    meta: String,
    read_only: bool,
    sessions: BTreeMap<Space, Session>,
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

    /// All projects, those in the trash too, in the order of their ids. Takes in what other tabs have
    /// written meanwhile.
    pub fn projects(&mut self) -> Result<Vec<Listed>, StorageError> {
        self.ledger.refresh()?;
        let mut listed = Vec::new();
        for space in self.spaces() {
            let card = match Card::read(&self.ledger, &space)? {
                Some(card) => card,
                None => {
                    let Some(id) = space.project() else { continue };
                    let Ok((opened, _)) = load::load(&self.ledger, &Mirror::new(), &id) else { continue };
                    Card::new(&opened.project, Phase::Here, Time::default())
                }
            };
            if card.phase == Phase::Here {
                listed.push(card.listed(self.ledger.size_of(space.prefix())));
            }
        }
        Ok(listed)
    }

    fn spaces(&self) -> BTreeSet<Space> {
        self.ledger.keys(keys::ALL).filter_map(Space::around).collect()
    }

    /// Stores a project that is not here yet. It is all stored, or nothing is.
    pub fn create(&mut self, project: &Project, history: &History, now: Time) -> Result<(), StorageError> {
        self.may_write()?;
        let space = Space::of(project.id());
        self.ledger.refresh()?;
        let unfinished = Card::read(&self.ledger, &space)?.is_some_and(|card| card.phase != Phase::Here);
        if unfinished {
            self.remove_space(&space)?;
        } else if self.ledger.keys(space.prefix()).next().is_some() {
            return Err(StorageError::AlreadyHere);
        }
        Card::new(project, Phase::Making, now).write(&mut self.ledger, &space)?;
        let session = Session { epoch: 1, ..Session::default() };
        self.sessions.insert(space.clone(), session);
        let made = self
            .write_snapshot(&space, project, history)
            .and_then(|()| Card::new(project, Phase::Here, now).write(&mut self.ledger, &space));
        if let Err(why) = made {
            self.sessions.remove(&space);
            self.remove_space(&space)?;
            return Err(why);
        }
        Ok(())
    }

    /// Reads a project in order to write it from now on; only one tab at a time may do so. `mirror` is
    /// the second copy, empty where there is none. Damaged values are set aside. Should
    /// [`Shelf::needs_compaction`] then say so, compact at once.
    pub fn load(&mut self, id: &Id<ProjectInfo>, mirror: &Mirror) -> Result<Opened, StorageError> {
        self.ledger.refresh()?;
        let (mut opened, trace) = load::load(&self.ledger, mirror, id)?;
        let space = Space::of(id);
        if self.may_write().is_ok() {
            self.set_aside(&opened.findings);
            if Card::read(&self.ledger, &space)?.is_none() {
                opened.findings.push(Finding::ListEntryLost);
                let changed = opened.history.to_undo().and_then(super::card::moment).unwrap_or_default();
                let card = Card::new(&opened.project, Phase::Here, changed);
                // Written again with the next command, should there be no room now.
                let _ = card.write(&mut self.ledger, &space);
            }
        }
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
        let space = Space::of(project.id());
        let writable = self.may_write();
        let session = self.sessions.get_mut(&space).ok_or(StorageError::NoProject)?;
        session.waiting.push(step.clone());
        writable?;
        let mut last = None;
        while let Some(step) = self.sessions.get(&space).and_then(|session| session.waiting.first()).cloned()
        {
            last = Some(self.append_one(&space, project, &step)?);
        }
        last.ok_or(StorageError::NoProject)
    }

    /// Steps that are in this tab only.
    pub fn waiting(&self, id: &Id<ProjectInfo>) -> usize {
        self.sessions.get(&Space::of(id)).map_or(0, |session| session.waiting.len())
    }

    fn append_one(&mut self, space: &Space, project: &Project, step: &Step) -> Result<EntryId, StorageError> {
        let session = self.sessions.get_mut(space).ok_or(StorageError::NoProject)?;
        let id = EntryId { epoch: session.epoch, tab: self.tab.0.clone(), seq: session.seq + 1 };
        let writes = journal::writes(&self.ledger, space, &id, step)
            .map_err(|why| StorageError::Failed(why.to_string()))?;
        let size = writes.last().map_or(0, |(_, value)| units(value));
        self.put_all(writes)?;
        if let Some(session) = self.sessions.get_mut(space) {
            session.waiting.remove(0);
            session.seq = id.seq;
            session.trace.seen.add(&id);
            session.trace.entries += 1;
            session.trace.units += size;
        }
        if let Some(mut card) = Card::read(&self.ledger, space)? {
            card.after(project, step);
            // The command is stored; the list can wait.
            let _ = card.write(&mut self.ledger, space);
        }
        Ok(id)
    }

    /// Puts all values, or none.
    fn put_all(&mut self, writes: Vec<(String, String)>) -> Result<(), StorageError> {
        let mut new = Vec::new();
        let mut writes = writes.into_iter();
        while let Some((key, value)) = writes.next() {
            let fresh = !self.ledger.has(&key);
            match self.ledger.put(key.clone(), value.clone()) {
                Ok(()) if fresh => new.push(key),
                Ok(()) => {}
                Err(StorageError::Full) if self.ledger.is_mirrored() => {
                    for (key, value) in std::iter::once((key, value)).chain(writes) {
                        self.ledger.report(Change::Put(key, value));
                    }
                    return Ok(());
                }
                Err(why) => {
                    new.iter().for_each(|key| drop(self.ledger.remove(key)));
                    return Err(why);
                }
            }
        }
        Ok(())
    }

    /// Whether a new snapshot is due: the journal is long, or something was repaired in memory only.
    pub fn needs_compaction(&self, id: &Id<ProjectInfo>) -> bool {
        self.sessions.get(&Space::of(id)).is_some_and(|session| {
            let Trace { entries, units, lacking, .. } = session.trace;
            lacking || entries > MANY_ENTRIES || units > MANY_UNITS
        })
    }

    /// Writes a snapshot, and drops what the one before it did not need any more. `project` and
    /// `history` must be what was loaded with all that was appended since.
    pub fn compact(&mut self, project: &Project, history: &History) -> Result<(), StorageError> {
        self.may_write()?;
        self.write_snapshot(&Space::of(project.id()), project, history)
    }

    fn write_snapshot(
        &mut self,
        space: &Space,
        project: &Project,
        history: &History,
    ) -> Result<(), StorageError> {
        let mut written = Vec::new();
        let mut done = self.try_snapshot(space, project, history, &mut written);
        if done == Err(StorageError::Full) {
            // The generation before is a luxury; the journal since the current one is not.
            written.drain(..).for_each(|key| drop(self.ledger.remove(&key)));
            let current = self.sessions.get(space).and_then(|session| session.trace.current);
            if let Some(current) = current {
                self.sweep(space, &[current], current)?;
                done = self.try_snapshot(space, project, history, &mut written);
            }
        }
        if done.is_err() {
            written.iter().for_each(|key| drop(self.ledger.remove(key)));
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
        let session = self.sessions.get(space).ok_or(StorageError::NoProject)?;
        let (before, n) = (session.trace.current, session.trace.highest + 1);
        let mut upto = session.trace.seen.clone();
        let floor = session.epoch.saturating_sub(REMEMBERED);
        upto.retain(|writer| {
            writer.split('.').next().and_then(|e| e.parse().ok()).is_none_or(|e: u64| e >= floor)
        });
        let manifest = snapshot::write(&mut self.ledger, space, project, upto, written)?;
        for (part, value) in
            [(Part::Undo(n), snapshot::encode_history(history)?), (Part::Snapshot(n), manifest.encode()?)]
        {
            let key = space.key(&part);
            written.push(key.clone());
            snapshot::put_checked(&mut self.ledger, key, value)?;
        }
        snapshot::put_checked(&mut self.ledger, space.key(&Part::Head), Head { gen_no: n }.encode()?)?;
        written.clear();

        if let Some(session) = self.sessions.get_mut(space) {
            let trace = &mut session.trace;
            (trace.current, trace.highest) = (Some(n), n);
            (trace.entries, trace.units, trace.lacking) = (0, 0, false);
            session.waiting.clear();
            let strays = std::mem::take(&mut trace.strays);
            self.drop_strays(space, strays);
        }
        // The snapshot counts from here on. What cannot be tidied up now is tidied up the next time.
        let _ = texts::drop_purged(&mut self.ledger, space, project);
        let _ = self.sweep(space, &[n, before.unwrap_or(n)], before.unwrap_or(n));
        self.ledger.lay_reserve();
        Ok(())
    }

    /// Tells the second copy to let go of what the snapshot now contains.
    fn drop_strays(&mut self, space: &Space, strays: Vec<String>) {
        // A backup that only the second copy has stays there, and so do the pieces it may be made of.
        let backups = strays.iter().any(|key| matches!(space.part(key), Some(Part::Backup(_))));
        for key in strays {
            let spare = match space.part(&key) {
                Some(Part::Backup(_)) => true,
                Some(Part::Piece(_) | Part::TextMark(_)) => backups,
                _ => false,
            };
            if !spare && !self.ledger.has(&key) {
                self.ledger.report(Change::Remove(key));
            }
        }
    }

    /// Removes all snapshots but `keep`, the entries that `floor` contains, and the pieces and blobs
    /// that nothing names any more.
    fn sweep(&mut self, space: &Space, keep: &[u64], floor: u64) -> Result<(), StorageError> {
        let mut contained = Upto::default();
        let mut pieces = BTreeSet::new();
        let mut blobs = BTreeSet::new();
        let mut doomed = Vec::new();
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
                Some(Part::Entry(id)) if contained.has(&id) => doomed.push(key),
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

    /// Puts a project into the trash.
    pub fn trash(&mut self, id: &Id<ProjectInfo>, now: Time) -> Result<(), StorageError> {
        self.change_card(id, |card| card.trashed = Some(now))
    }

    /// Takes a project out of the trash again.
    pub fn restore(&mut self, id: &Id<ProjectInfo>) -> Result<(), StorageError> {
        self.change_card(id, |card| card.trashed = None)
    }

    /// Takes note that a project was saved as a file.
    pub fn exported(&mut self, id: &Id<ProjectInfo>, now: Time) -> Result<(), StorageError> {
        self.change_card(id, |card| (card.exported, card.unexported) = (Some(now), 0))
    }

    fn change_card(
        &mut self,
        id: &Id<ProjectInfo>,
        change: impl FnOnce(&mut Card),
    ) -> Result<(), StorageError> {
        self.may_write()?;
        let space = Space::of(id);
        let mut card = Card::read(&self.ledger, &space)?.ok_or(StorageError::NoProject)?;
        change(&mut card);
        card.write(&mut self.ledger, &space)
    }

    /// Removes a project with its backups, and the texts that no other project uses.
    pub fn remove_for_good(&mut self, id: &Id<ProjectInfo>) -> Result<(), StorageError> {
        self.change_card(id, |card| card.phase = Phase::Going)?;
        self.sessions.remove(&Space::of(id));
        self.remove_space(&Space::of(id))
    }

    /// Removes what a crash left of projects that were being made or removed. Only what is from before
    /// `today` (as `2026-11-21`): another tab may be in the middle of it now.
    pub fn tidy(&mut self, today: &str) -> Result<(), StorageError> {
        self.may_write()?;
        for space in self.spaces() {
            if let Some(card) = Card::read(&self.ledger, &space)?
                && card.phase != Phase::Here
                && &card.changed.as_str()[..10] < today
            {
                self.remove_space(&space)?;
            }
        }
        Ok(())
    }

    /// The card goes last, so that a removal that broke off is seen.
    fn remove_space(&mut self, space: &Space) -> Result<(), StorageError> {
        self.ledger.refresh()?;
        let all: Vec<String> = self.ledger.keys(space.prefix()).map(str::to_owned).collect();
        let card = space.key(&Part::Card);
        let mut hashes = BTreeSet::new();
        for key in all.iter().filter(|key| **key != card) {
            if let Some(Part::TextMark(mark)) = space.part(key) {
                hashes.insert(texts::hash_of(mark).to_owned());
            }
            self.ledger.remove(key)?;
        }
        texts::drop_unmarked(&mut self.ledger, &hashes)?;
        self.ledger.remove(&card)
    }

    /// An error where a later version has written here since.
    pub(super) fn may_write(&mut self) -> Result<(), StorageError> {
        self.check_format()?;
        if self.read_only { Err(StorageError::Newer) } else { Ok(()) }
    }

    fn check_format(&mut self) -> Result<(), StorageError> {
        #[derive(serde::Deserialize)]
        struct Meta {
            format: u64,
        }
        let found = self.ledger.get(keys::META)?;
        if found.as_deref() == Some(&*self.meta) && !self.meta.is_empty() {
            return Ok(());
        }
        let said = found.as_deref().map(frame::open);
        let format = match &said {
            Some(Ok(json)) => serde_json::from_str::<Meta>(json).ok().map(|meta| meta.format),
            _ => None,
        };
        match format {
            Some(format) => {
                self.read_only = format > FORMAT;
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
}
