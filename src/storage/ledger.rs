//! An engine with the books kept: what is in use, what was changed, and a reserve for the last moment.

use super::engine::{Engine, EngineError, units};
use super::error::StorageError;
use super::keys;
use std::collections::BTreeMap;

/// What a browser gives an origin, in UTF-16 units, keys and values together (measured; the browser's
/// own estimate does not count local storage).
pub const QUOTA: usize = 5_242_880;

/// The size of the reserve that is freed when there is no room left for a command.
const BALLAST: usize = 32 * 1024;

/// How full the storage is, in UTF-16 units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage {
    /// In use, by other pages of this origin too.
    pub units: usize,
    /// There in all.
    pub quota: usize,
    /// Whether the reserve has been used up: the next command may not fit.
    pub reserve_gone: bool,
}

/// A write that was done, for whoever keeps a second copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A value was put under a key.
    Put(String, String),
    /// A key was taken away.
    Remove(String),
}

/// See the module.
#[derive(Debug)]
pub(super) struct Ledger<E> {
    engine: E,
    sizes: BTreeMap<String, usize>,
    total: usize,
    changes: Option<Vec<Change>>,
}

impl<E: Engine> Ledger<E> {
    pub(super) fn open(engine: E) -> Result<Self, StorageError> {
        let mut ledger = Self { engine, sizes: BTreeMap::new(), total: 0, changes: None };
        ledger.refresh()?;
        Ok(ledger)
    }

    /// Takes note of what other tabs have written meanwhile.
    pub(super) fn refresh(&mut self) -> Result<(), StorageError> {
        let mut sizes = BTreeMap::new();
        for key in self.engine.keys()? {
            let size = match self.sizes.get(&key) {
                Some(size) => *size,
                None => self.engine.get(&key)?.map_or(0, |value| units(&key) + units(&value)),
            };
            sizes.insert(key, size);
        }
        self.total = sizes.values().sum();
        self.sizes = sizes;
        Ok(())
    }

    pub(super) fn engine(&self) -> &E {
        &self.engine
    }

    pub(super) fn engine_mut(&mut self) -> &mut E {
        &mut self.engine
    }

    pub(super) fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        Ok(self.engine.get(key)?)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.sizes.contains_key(key)
    }

    /// The keys that begin with `prefix`, in order.
    pub(super) fn keys<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a str> {
        self.sizes
            .range(prefix.to_owned()..)
            .map(|(key, _)| &**key)
            .take_while(move |k| k.starts_with(prefix))
    }

    /// What the keys that begin with `prefix` take up, in units.
    pub(super) fn size_of(&self, prefix: &str) -> usize {
        self.keys(prefix).filter_map(|key| self.sizes.get(key)).sum()
    }

    /// Puts a value. Where there is no room, the reserve is freed for it.
    pub(super) fn put(&mut self, key: String, value: String) -> Result<(), StorageError> {
        match self.try_put(&key, &value) {
            Err(EngineError::Full) if self.has(keys::BALLAST) => {
                self.free_reserve()?;
                self.try_put(&key, &value)?;
            }
            other => other?,
        }
        self.report(Change::Put(key, value));
        Ok(())
    }

    fn try_put(&mut self, key: &str, value: &str) -> Result<(), EngineError> {
        self.engine.set(key, value)?;
        let size = units(key) + units(value);
        let old = self.sizes.insert(key.to_owned(), size).unwrap_or(0);
        self.total = self.total + size - old;
        Ok(())
    }

    pub(super) fn remove(&mut self, key: &str) -> Result<(), StorageError> {
        self.engine.remove(key)?;
        self.total -= self.sizes.remove(key).unwrap_or(0);
        self.report(Change::Remove(key.to_owned()));
        Ok(())
    }

    /// Whether somebody keeps a second copy.
    pub(super) fn is_mirrored(&self) -> bool {
        self.changes.is_some()
    }

    pub(super) fn set_mirrored(&mut self, mirrored: bool) {
        self.changes = mirrored.then(|| self.changes.take().unwrap_or_default());
    }

    /// Tells the second copy of a change that may not be in the engine.
    pub(super) fn report(&mut self, change: Change) {
        if let Some(changes) = &mut self.changes {
            changes.push(change);
        }
    }

    pub(super) fn take_changes(&mut self) -> Vec<Change> {
        self.changes.as_mut().map(std::mem::take).unwrap_or_default()
    }

    pub(super) fn usage(&self) -> Usage {
        Usage { units: self.total, quota: QUOTA, reserve_gone: !self.has(keys::BALLAST) }
    }

    /// Sets the reserve aside, where there is ample room.
    pub(super) fn lay_reserve(&mut self) {
        if !self.has(keys::BALLAST) && self.total + 2 * BALLAST < QUOTA {
            // No room for a reserve is no failure.
            let _ = self.try_put(keys::BALLAST, &"·".repeat(BALLAST));
        }
    }

    fn free_reserve(&mut self) -> Result<(), EngineError> {
        self.engine.remove(keys::BALLAST)?;
        self.total -= self.sizes.remove(keys::BALLAST).unwrap_or(0);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::engine::MemoryEngine;
    use super::*;

    #[test]
    fn the_books_agree_with_the_engine_after_any_change() {
        let mut ledger = Ledger::open(MemoryEngine::new()).unwrap();
        ledger.set_mirrored(true);
        ledger.put("a".into(), "їжак 😀".into()).unwrap();
        ledger.put("a".into(), "x".into()).unwrap();
        ledger.put("b".into(), "yy".into()).unwrap();
        ledger.remove("a").unwrap();
        ledger.remove("a").unwrap();
        assert_eq!(ledger.usage().units, ledger.engine().used());
        assert_eq!(ledger.usage().units, 3);
        assert_eq!(ledger.take_changes().len(), 5);
    }

    #[test]
    fn the_reserve_is_freed_for_a_value_that_does_not_fit() {
        let mut ledger = Ledger::open(MemoryEngine::with_quota(BALLAST + 100)).unwrap();
        ledger.lay_reserve();
        assert!(!ledger.usage().reserve_gone);
        ledger.put("a".into(), "x".repeat(1000)).unwrap();
        assert!(ledger.usage().reserve_gone);
        assert_eq!(ledger.put("b".into(), "x".repeat(BALLAST)), Err(StorageError::Full));
        assert_eq!(ledger.usage().units, 1001);
    }
}
