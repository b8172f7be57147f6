//! Removed for good: a note that stays, so that no copy brings the project back.
//!
//! A removal reaches local storage and the second copy at different moments, and a crash may lose either.
//! Whichever note survives completes the removal at the next start. A project that came into being again
//! since then has a later life than the note, which is then dropped instead.

use super::card::Card;
use super::engine::Engine;
use super::error::StorageError;
use super::frame;
use super::keys::{self, Part, Space};
use super::ledger::Change;
use super::mirror::Mirror;
use super::shelf::Shelf;
use super::texts;
use std::collections::BTreeSet;

/// The life that a note ends.
fn life_in(note: &str) -> u64 {
    frame::open(note).ok().and_then(|life| life.parse().ok()).unwrap_or(0)
}

impl<E: Engine> Shelf<E> {
    /// Notes that a project was removed for good in this life.
    pub(super) fn note_gone(&mut self, space: &Space, life: u64) -> Result<(), StorageError> {
        self.ledger.put(space.gone(), frame::plain(&life.to_string()))
    }

    /// The life that a project of this id begins now.
    pub(super) fn next_life(&self, space: &Space) -> Result<u64, StorageError> {
        Ok(self.ledger.get(&space.gone())?.map_or(0, |note| life_in(&note) + 1))
    }

    pub(super) fn forget_gone(&mut self, space: &Space) -> Result<(), StorageError> {
        if self.ledger.has(&space.gone()) { self.ledger.remove(&space.gone()) } else { Ok(()) }
    }

    /// Completes the removals that either place knows of; the projects they were about.
    pub(super) fn bury(&mut self, mirror: &Mirror) -> Result<BTreeSet<Space>, StorageError> {
        let mut notes: Vec<(Space, u64)> = Vec::new();
        let ours: Vec<String> = self.ledger.keys(keys::GONE).map(str::to_owned).collect();
        let theirs = mirror.keys().filter(|key| key.starts_with(keys::GONE)).cloned();
        for key in ours.into_iter().chain(theirs) {
            let Some(space) = Space::of_gone(&key) else { continue };
            let here = self.ledger.get(&key)?.map(|note| life_in(&note));
            let life = here.max(mirror.get(&key).map(|note| life_in(note))).unwrap_or(0);
            // One that both have is looked at twice, which does no harm.
            notes.push((space, life));
        }
        let mut gone = BTreeSet::new();
        for (space, life) in notes {
            let here = Card::read(&self.ledger, &space)?;
            let there = mirror.get(&space.key(&Part::Card)).and_then(|value| Card::decode(value));
            if here.into_iter().chain(there).any(|card| card.life > life) {
                self.ledger.remove(&space.gone())?;
                continue;
            }
            self.note_gone(&space, life)?;
            if self.ledger.keys(space.prefix()).next().is_some() {
                self.remove_space(&space)?;
            }
            self.bury_there(&space, mirror);
            gone.insert(space);
        }
        Ok(gone)
    }

    /// Has the second copy let go of a project, and of the texts that no other uses.
    fn bury_there(&mut self, space: &Space, mirror: &Mirror) {
        let mark_of = |key: &str| match Space::around(key)?.part(key)? {
            Part::TextMark(name) => Some(texts::hash_of(name).to_owned()),
            _ => None,
        };
        let in_space = |key: &&String| key.starts_with(space.prefix());
        let mut hashes: BTreeSet<String> =
            mirror.keys().filter(in_space).filter_map(|key| mark_of(key)).collect();
        let others = mirror.keys().filter(|key| !in_space(key)).map(|key| &**key);
        for key in others.chain(self.ledger.keys(keys::ALL)) {
            if let Some(hash) = mark_of(key) {
                hashes.remove(&hash);
            }
        }
        for key in mirror.keys().filter(in_space) {
            self.ledger.report(Change::Remove(key.clone()));
        }
        for hash in hashes {
            self.ledger.report(Change::Remove(keys::text(&hash)));
        }
    }
}
