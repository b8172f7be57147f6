//! The second copy: the same keys and values somewhere else, kept by whoever takes the changes.

use super::card::{Card, Phase};
use super::engine::Engine;
use super::error::StorageError;
use super::frame;
use super::keys::{self, Part, Space};
use super::ledger::Change;
use super::load;
use super::mirror::Mirror;
use super::shelf::Shelf;
use super::snapshot::Head;
use super::texts::{self, Mark};
use std::collections::BTreeSet;

impl<E: Engine> Shelf<E> {
    /// From now on every change is also handed out by [`Shelf::take_changes`], to begin with all that
    /// `mirror`, the second copy as it is, does not have yet. A command that finds no room here is then
    /// left to the second copy alone.
    pub fn mirror_to(&mut self, mirror: &Mirror) -> Result<(), StorageError> {
        self.ledger.refresh()?;
        self.ledger.set_mirrored(true);
        let wanted = |key: &&str| {
            Space::around(key).is_some()
                || keys::is_text(key)
                || key.starts_with(keys::GONE)
                || *key == keys::META
        };
        let ours = self.ledger.keys(keys::ALL).filter(wanted);
        let ours: Vec<String> = ours.map(str::to_owned).collect();
        for space in ours.iter().filter_map(|key| Space::around(key)).collect::<BTreeSet<_>>() {
            self.level_removals(&space, mirror)?;
        }
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
        self.note_away(mirror);
        Ok(())
    }

    /// What is removed for good here and not there yet is not removed.
    fn level_removals(&mut self, space: &Space, mirror: &Mirror) -> Result<(), StorageError> {
        let card = Card::read(&self.ledger, space)?.filter(|card| card.cleaned > 0);
        let (Some(card), Some(_)) = (card, mirror.keys_in(space.prefix()).next()) else { return Ok(()) };
        let there = mirror.get(&space.key(&Part::Card)).and_then(|value| Card::decode(value));
        let cleaned = there.map_or(0, |there| there.cleaned);
        if cleaned < card.cleaned && !self.is_read_only() {
            Card { cleaned, ..card }.write(&mut self.ledger, space)?;
        }
        Ok(())
    }

    /// Takes note of the texts that were moved to the second copy. One that is only there because local
    /// storage lost it is none: it is to come back.
    pub fn note_away(&mut self, mirror: &Mirror) {
        let (mut away, mut marks_away) = (BTreeSet::new(), BTreeSet::new());
        for key in mirror.keys().map(|key| &**key).chain(self.ledger.keys(keys::ALL)) {
            let space = Space::around(key);
            let Some(Part::TextMark(name)) = space.as_ref().and_then(|space| space.part(key)) else {
                continue;
            };
            if !self.ledger.has(key) {
                marks_away.insert(key.to_owned());
            }
            let text = keys::text(texts::hash_of(name));
            if mirror.contains_key(&text) && !self.ledger.has(&text) {
                let ours = self.ledger.get(key).ok().flatten();
                let mark = ours.as_ref().or(mirror.get(key)).map(|value| Mark::decode(value));
                if mark.unwrap_or_default().away {
                    away.insert(text);
                }
            }
        }
        self.ledger.set_away(away, marks_away);
    }

    /// The second copy has acknowledged all it was sent: nothing need be kept twice here any more.
    pub fn second_copy_is_whole(&mut self) -> Result<(), StorageError> {
        if self.ledger.is_mirrored() { self.ledger.drop_twins().map(drop) } else { Ok(()) }
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
        self.heed_format(mirror.get(keys::META));
        self.may_write()?;
        self.ledger.set_mirrored(true);
        let gone = self.bury(mirror)?;
        let mut adopted = 0;
        for space in mirror.keys().filter_map(|key| Space::around(key)).collect::<BTreeSet<_>>() {
            let key = space.key(&Part::Card);
            if gone.contains(&space) || self.ledger.has(&key) {
                continue;
            }
            let card = match mirror.get(&key).and_then(|value| Card::decode(value)) {
                Some(card) => card,
                // The list entry is lost in both places; the project need not be.
                None => {
                    let Some(id) = space.project() else { continue };
                    let Ok((opened, _)) = load::load(&self.ledger, mirror, &id) else { continue };
                    Card::new(&opened.project, Phase::Here, Default::default())
                }
            };
            if card.phase == Phase::Here {
                card.write(&mut self.ledger, &space)?;
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
