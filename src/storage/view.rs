//! Both places, here and the second copy, seen as one.

use super::engine::Engine;
use super::error::StorageError;
use super::frame::{self, Damage};
use super::keys::{self, Part, Space};
use super::ledger::Ledger;
use super::mirror::Mirror;
use super::snapshot::Manifest;
use super::texts::Mark;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Both places, seen as one: of each key whichever value is sound.
pub(super) struct View<'a, E> {
    pub(super) ledger: &'a Ledger<E>,
    pub(super) mirror: &'a Mirror,
    pub(super) space: &'a Space,
    pub(super) noted: RefCell<Noted>,
}

#[derive(Default)]
pub(super) struct Noted {
    pub(super) from_mirror: BTreeSet<String>,
    pub(super) damaged: BTreeMap<String, (String, Damage)>,
    /// What the second copy has and was not asked for yet, though it is needed.
    pub(super) unread: BTreeSet<String>,
}

impl<E: Engine> View<'_, E> {
    /// What the value under a key says.
    pub(super) fn open(&self, key: &str) -> Result<Option<String>, StorageError> {
        let local = if self.ledger.has(key) { self.ledger.get(key)? } else { None };
        let mut damage = None;
        if let Some(value) = local {
            match frame::open(&value) {
                Ok(said) => return Ok(Some(said)),
                Err(why) => damage = Some((value, why)),
            }
        }
        let mut said = self.mirror.get(key).and_then(|value| frame::open(value).ok());
        if said.is_none() {
            said = self.ledger.twin_of(key)?.and_then(|value| frame::open(&value).ok());
        }
        let mut noted = self.noted.borrow_mut();
        if said.is_none() && self.mirror.is_unread(key) {
            noted.unread.insert(key.to_owned());
        }
        if said.is_some() {
            noted.from_mirror.insert(key.to_owned());
        }
        if let Some(damage) = damage {
            noted.damaged.insert(key.to_owned(), damage);
        }
        Ok(said)
    }

    /// The framed value under a key, if it is sound.
    pub(super) fn value(&self, key: &str) -> Result<Option<String>, StorageError> {
        Ok(self.open(key)?.map(|said| frame::plain(&said)))
    }

    /// What a mark of a text says.
    pub(super) fn mark(&self, key: &str) -> Result<Mark, StorageError> {
        let here = if self.ledger.has(key) { self.ledger.get(key)? } else { self.mirror.get(key).cloned() };
        Ok(Mark::decode(&here.unwrap_or_default()))
    }

    /// The words of a text that was moved to the second copy.
    pub(super) fn open_away(&self, key: &str) -> Option<String> {
        if self.mirror.is_unread(key) {
            self.noted.borrow_mut().unread.insert(key.to_owned());
        }
        self.mirror.get(key).and_then(|value| frame::open(value).ok())
    }

    pub(super) fn keys(&self) -> BTreeSet<String> {
        let prefix = self.space.prefix();
        let theirs = self.mirror.keys_in(prefix).map(|key| &**key);
        let twins = keys::twins(prefix);
        let twins = self.ledger.keys(&twins).filter_map(keys::untwin);
        self.ledger.keys(prefix).chain(theirs).map(str::to_owned).chain(twins).collect()
    }

    /// The pieces of a manifest that are sound, and whether all are.
    pub(super) fn pieces(&self, manifest: &Manifest) -> Result<(Vec<String>, bool), StorageError> {
        let mut pieces = Vec::new();
        for hash in &manifest.pieces {
            pieces.extend(self.open(&self.space.key(&Part::Piece(hash)))?);
        }
        let whole = pieces.len() == manifest.pieces.len();
        Ok((pieces, whole))
    }
}
