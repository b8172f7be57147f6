//! An engine with the books kept: what is in use, what was changed, and a reserve for the last moment.

use super::engine::{Engine, EngineError, units};
use super::error::StorageError;
use super::keys;
use std::collections::{BTreeMap, BTreeSet};

/// What a browser gives an origin, in UTF-16 units, keys and values together (measured; the browser's
/// own estimate does not count local storage).
pub const QUOTA: usize = 5_242_880;

/// The size of the reserve that is freed when there is no room left for a command.
const BALLAST: usize = 32 * 1024;

/// From so many hundredths of the quota on, new texts go to the second copy alone.
const TIGHT: usize = 95;

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

impl Change {
    /// The key that is changed.
    pub fn key(&self) -> &str {
        match self {
            Self::Put(key, _) | Self::Remove(key) => key,
        }
    }

    /// Whether it puts a command of the project whose keys begin with `prefix`, or what belongs to one:
    /// that may be written late, all else by the project's one writer only.
    pub fn is_part_of_a_command(&self, prefix: &str) -> bool {
        let part = |key: &str| key.strip_prefix(prefix)?.split('/').next().map(|part| part.to_owned());
        matches!(self, Self::Put(key, _) if matches!(part(key).as_deref(), Some("j" | "b" | "t")))
    }
}

/// See the module.
#[derive(Debug)]
pub(super) struct Ledger<E> {
    engine: E,
    sizes: BTreeMap<String, usize>,
    total: usize,
    changes: Option<Vec<Change>>,
    /// Texts that the second copy has and the engine need not.
    away: BTreeSet<String>,
    /// Keys of marks of texts that only the second copy has: those texts are in use all the same.
    marks_away: BTreeSet<String>,
}

impl<E: Engine> Ledger<E> {
    pub(super) fn open(engine: E) -> Result<Self, StorageError> {
        let mut ledger = Self {
            engine,
            sizes: BTreeMap::new(),
            total: 0,
            changes: None,
            away: BTreeSet::new(),
            marks_away: BTreeSet::new(),
        };
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

    /// Puts a value. Where there is no room, the reserve is freed for it, then the twins are. When little
    /// is left, a text goes to the second copy alone.
    pub(super) fn put(&mut self, key: String, value: String) -> Result<(), StorageError> {
        if self.is_tight() && keys::is_text(&key) {
            self.put_away(key, value);
            return Ok(());
        }
        let mut done = self.try_put(&key, &value);
        if done == Err(EngineError::Full) && !self.is_tight() {
            // Somebody else has filled the room that the books show as free.
            self.refresh()?;
            if self.is_tight() && keys::is_text(&key) {
                self.put_away(key, value);
                return Ok(());
            }
        }
        if done == Err(EngineError::Full) && self.has(keys::BALLAST) {
            self.free_reserve()?;
            done = self.try_put(&key, &value);
        }
        if done == Err(EngineError::Full) && self.drop_twins()? {
            done = self.try_put(&key, &value);
        }
        done?;
        self.away.remove(&key);
        self.put_twin(&key, &value);
        self.report(Change::Put(key, value));
        Ok(())
    }

    /// Hands a value to the second copy alone.
    pub(super) fn put_away(&mut self, key: String, value: String) {
        if keys::is_text(&key) {
            self.away.insert(key.clone());
        }
        self.report(Change::Put(key, value));
    }

    /// Whether texts are better kept by the second copy alone.
    pub(super) fn is_tight(&self) -> bool {
        self.is_mirrored() && self.total > QUOTA / 100 * TIGHT
    }

    /// Whether only the second copy has this text, and that is as it should be.
    pub(super) fn is_away(&self, key: &str) -> bool {
        self.away.contains(key)
    }

    pub(super) fn set_away(&mut self, away: BTreeSet<String>, marks_away: BTreeSet<String>) {
        (self.away, self.marks_away) = (away, marks_away);
    }

    /// The keys of marks of texts that only the second copy has.
    pub(super) fn marks_away(&self) -> impl Iterator<Item = &str> {
        self.marks_away.iter().map(|key| &**key)
    }

    /// Takes away a text that the second copy keeps.
    pub(super) fn let_go(&mut self, key: &str) -> Result<(), StorageError> {
        self.drop_here(key)?;
        self.away.insert(key.to_owned());
        Ok(())
    }

    /// Without a second copy, what nothing could replace is kept twice as long as there is ample room.
    fn put_twin(&mut self, key: &str, value: &str) {
        if !self.is_mirrored()
            && self.total < QUOTA / 2
            && let Some(twin) = keys::twin(key)
        {
            // No room for a twin is no failure.
            let _ = self.try_put(&twin, value);
        }
    }

    /// The twin's value of a key.
    pub(super) fn twin_of(&self, key: &str) -> Result<Option<String>, StorageError> {
        match keys::twin(key) {
            Some(twin) if self.has(&twin) => self.get(&twin),
            _ => Ok(None),
        }
    }

    /// Removes all twins; whether there were any.
    pub(super) fn drop_twins(&mut self) -> Result<bool, StorageError> {
        let twins: Vec<String> = self.keys(&keys::twins(keys::ALL)).map(str::to_owned).collect();
        for twin in &twins {
            self.drop_here(twin)?;
        }
        Ok(!twins.is_empty())
    }

    fn try_put(&mut self, key: &str, value: &str) -> Result<(), EngineError> {
        self.engine.set(key, value)?;
        let size = units(key) + units(value);
        let old = self.sizes.insert(key.to_owned(), size).unwrap_or(0);
        self.total = self.total + size - old;
        Ok(())
    }

    pub(super) fn remove(&mut self, key: &str) -> Result<(), StorageError> {
        self.drop_here(key)?;
        if let Some(twin) = keys::twin(key).filter(|twin| self.has(twin)) {
            self.drop_here(&twin)?;
        }
        self.away.remove(key);
        self.report(Change::Remove(key.to_owned()));
        Ok(())
    }

    /// Takes a value back that was put just now. What the second copy has under the key stays there.
    pub(super) fn take_back(&mut self, key: &str) -> Result<(), StorageError> {
        self.drop_here(key)?;
        if let Some(twin) = keys::twin(key).filter(|twin| self.has(twin)) {
            self.drop_here(&twin)?;
        }
        if let Some(changes) = &mut self.changes {
            changes.retain(|change| !matches!(change, Change::Put(put, _) if put == key));
        }
        Ok(())
    }

    /// Takes a key away without telling the second copy.
    fn drop_here(&mut self, key: &str) -> Result<(), StorageError> {
        self.engine.remove(key)?;
        self.total -= self.sizes.remove(key).unwrap_or(0);
        Ok(())
    }

    /// Whether somebody keeps a second copy.
    pub(super) fn is_mirrored(&self) -> bool {
        self.changes.is_some()
    }

    pub(super) fn set_mirrored(&mut self, mirrored: bool) {
        self.changes = mirrored.then(|| self.changes.take().unwrap_or_default());
        if !mirrored {
            self.away.clear();
        }
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

    fn free_reserve(&mut self) -> Result<(), StorageError> {
        self.drop_here(keys::BALLAST)
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
