//! The meter: what the storage is used for, and texts that make room by moving to the second copy.

use super::engine::Engine;
use super::error::StorageError;
use super::frame;
use super::keys::{self, Part, Space};
use super::ledger::QUOTA;
use super::shelf::Shelf;
use super::texts::{self, Mark};
use crate::model::{Id, ProjectInfo};
use std::collections::BTreeSet;

/// From so many hundredths of the quota on, texts move away, until so many are in use.
const FROM: usize = 80;
const TO: usize = 60;

/// What the storage is used for, in UTF-16 units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shares {
    /// Article texts, which projects share.
    pub texts: usize,
    /// Projects in the list and their backups.
    pub projects: usize,
    /// Projects in the trash.
    pub trash: usize,
    /// Damaged values that were set aside.
    pub aside: usize,
    /// The reserve, and what is kept twice for want of a second copy.
    pub reserve: usize,
    /// Everything else of this origin: other pages share the same room.
    pub others: usize,
}

impl<E: Engine> Shelf<E> {
    /// What the storage is used for.
    pub fn shares(&mut self) -> Result<Shares, StorageError> {
        let mut shares = Shares {
            texts: self.ledger.size_of(&keys::text("")),
            aside: self.ledger.size_of(keys::QUARANTINE),
            reserve: self.ledger.size_of(keys::BALLAST) + self.ledger.size_of(&keys::twins(keys::ALL)),
            ..Shares::default()
        };
        for project in self.projects()? {
            let share = if project.trashed.is_some() { &mut shares.trash } else { &mut shares.projects };
            *share += project.size_units;
        }
        let Shares { texts, projects, trash, aside, reserve, .. } = shares;
        shares.others = self.used().units.saturating_sub(texts + projects + trash + aside + reserve);
        Ok(shares)
    }

    /// The texts that should move to the second copy now, by their keys: none below four fifths of the
    /// quota; else as many as bring it down to three, those of the largest projects first, those of
    /// `open` last.
    pub fn texts_to_move(&self, open: &Id<ProjectInfo>) -> Vec<String> {
        let used = self.used().units;
        if !self.ledger.is_mirrored() || used < QUOTA / 100 * FROM {
            return Vec::new();
        }
        // The keys of a project lie side by side.
        let mut order: Vec<(Space, usize, Vec<String>)> = Vec::new();
        for key in self.ledger.keys(keys::ALL) {
            let Some(space) = Space::around(key) else { continue };
            if let Some(Part::TextMark(name)) = space.part(key) {
                let text = keys::text(texts::hash_of(name));
                if order.last().is_none_or(|(last, ..)| *last != space) {
                    order.push((space, 0, Vec::new()));
                }
                if let Some((_, size, all)) = order.last_mut().filter(|_| self.ledger.has(&text)) {
                    *size += self.ledger.size_of(&text);
                    all.push(text);
                }
            }
        }
        let open = Space::of(open);
        crate::text::order::sort_by(&mut order, |(a, a_size, _), (b, b_size, _)| {
            (*a == open, b_size).cmp(&(*b == open, a_size))
        });
        let (mut wanted, mut chosen) = (used - QUOTA / 100 * TO, BTreeSet::new());
        let mut keys = Vec::new();
        for key in order.into_iter().flat_map(|(_, _, keys)| keys) {
            if wanted == 0 {
                break;
            }
            if chosen.insert(key.clone()) {
                wanted = wanted.saturating_sub(self.ledger.size_of(&key));
                keys.push(key);
            }
        }
        keys
    }

    /// Lets a text go that the second copy has, as `read_back` shows; false where that is not what is
    /// here. Its marks say from now on where it is.
    pub fn let_go(&mut self, key: &str, read_back: &str) -> Result<bool, StorageError> {
        self.may_write()?;
        let here = self.ledger.get(key)?;
        if !keys::is_text(key) || here.as_deref() != Some(read_back) || !frame::is_sound(read_back) {
            return Ok(false);
        }
        let all: Vec<String> = self.ledger.keys(keys::ALL).map(str::to_owned).collect();
        for mark_key in all {
            let Some(space) = Space::around(&mark_key) else { continue };
            let Some(Part::TextMark(name)) = space.part(&mark_key) else { continue };
            if keys::text(texts::hash_of(name)) == key {
                let mark = Mark::decode(&self.ledger.get(&mark_key)?.unwrap_or_default());
                self.ledger.put(mark_key, Mark { away: true, ..mark }.encode())?;
            }
        }
        self.ledger.let_go(key)?;
        Ok(true)
    }

    /// Lays the reserve anew, where texts that moved away have made room.
    pub fn restock(&mut self) {
        if !self.is_read_only() {
            self.ledger.lay_reserve();
        }
    }
}
