//! The second copy: the same keys and values somewhere else, kept by whoever takes the changes.

use super::card::{Card, Phase};
use super::engine::Engine;
use super::error::StorageError;
use super::frame;
use super::keys::{self, Part, Space};
use super::ledger::Change;
use super::load::Mirror;
use super::shelf::Shelf;
use super::snapshot::Head;
use std::collections::BTreeSet;

impl<E: Engine> Shelf<E> {
    /// From now on every change is also handed out by [`Shelf::take_changes`], to begin with all that
    /// `mirror`, the second copy as it is, does not have yet. A command that finds no room here is then
    /// left to the second copy alone.
    pub fn mirror_to(&mut self, mirror: &Mirror) -> Result<(), StorageError> {
        self.ledger.set_mirrored(true);
        let ours =
            self.ledger.keys(keys::ALL).filter(|key| Space::around(key).is_some() || keys::is_text(key));
        let ours: Vec<String> = ours.map(str::to_owned).collect();
        for key in ours {
            let changing = Space::around(&key)
                .and_then(|space| space.part(&key).map(|p| matches!(p, Part::Head | Part::Card)));
            if mirror.contains_key(&key) && changing != Some(true) {
                continue;
            }
            let value = self.ledger.get(&key)?.unwrap_or_default();
            let theirs = mirror.get(&key);
            if theirs != Some(&value) && is_no_older(&value, theirs) {
                self.ledger.report(Change::Put(key, value));
            }
        }
        Ok(())
    }

    /// The second copy is lost; changes are not handed out any more.
    pub fn mirror_to_nothing(&mut self) {
        self.ledger.set_mirrored(false);
    }

    /// The changes since the last call, in order, for the second copy.
    pub fn take_changes(&mut self) -> Vec<Change> {
        self.ledger.take_changes()
    }

    /// Puts the projects that only the second copy has back into the list; how many those were. Their
    /// content follows when they are opened.
    pub fn adopt(&mut self, mirror: &Mirror) -> Result<usize, StorageError> {
        self.may_write()?;
        let mut adopted = 0;
        for space in mirror.keys().filter_map(|key| Space::around(key)).collect::<BTreeSet<_>>() {
            let key = space.key(&Part::Card);
            if let Some(value) = mirror.get(&key)
                && !self.ledger.has(&key)
                && Card::decode(value).is_some_and(|card| card.phase == Phase::Here)
            {
                self.ledger.put(key, value.clone())?;
                adopted += 1;
            }
        }
        Ok(adopted)
    }
}

/// Whether a value of ours may take the place of theirs: a head or a list entry that local storage fell
/// back to must not.
fn is_no_older(ours: &str, theirs: Option<&String>) -> bool {
    let Some(theirs) = theirs else { return ours.is_empty() || frame::is_sound(ours) };
    match (Head::read(ours), Head::read(theirs), Card::decode(ours), Card::decode(theirs)) {
        (Some(ours), Some(theirs), ..) => ours >= theirs,
        (_, _, Some(ours), Some(theirs)) => ours.changed >= theirs.changed,
        _ => frame::is_sound(ours),
    }
}
