//! What is known of the second copy: its keys, and the values that were worth reading.

use super::keys::{self, Part, Space};
use super::ledger::Change;
use std::collections::BTreeMap;

/// The second copy's keys and values, as [`Change`]s left them. A value that is here as well need not have
/// been read from there: reading a project asks for it where it is needed after all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mirror(BTreeMap<String, Option<String>>);

impl Mirror {
    /// A second copy of nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// The value under a key, if it was read.
    pub fn get(&self, key: &str) -> Option<&String> {
        self.0.get(key)?.as_ref()
    }

    /// Whether there is a value under a key, read or not.
    pub fn contains_key(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// Whether there is a value under a key that was not read.
    pub fn is_unread(&self, key: &str) -> bool {
        matches!(self.0.get(key), Some(None))
    }

    /// All keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &String> {
        self.0.keys()
    }

    /// The keys that begin with `prefix`, in order.
    pub(super) fn keys_in(&self, prefix: &str) -> impl Iterator<Item = &String> {
        self.0.range(prefix.to_owned()..).map(|(key, _)| key).take_while(move |key| key.starts_with(prefix))
    }

    /// Takes note of a value.
    pub fn insert(&mut self, key: String, value: String) {
        self.0.insert(key, Some(value));
    }

    /// Takes note that there is a value under a key.
    pub fn insert_unread(&mut self, key: String) {
        self.0.insert(key, None);
    }

    /// Takes note that there is none.
    pub fn remove(&mut self, key: &str) {
        self.0.remove(key);
    }

    /// Takes note of a change that was sent there. Only what may be asked for at any time is held on to.
    pub fn take(&mut self, change: &Change) {
        match change {
            Change::Put(key, value) if is_worth_reading(key, true) => self.insert(key.clone(), value.clone()),
            Change::Put(key, _) => self.insert_unread(key.clone()),
            Change::Remove(key) => self.remove(key),
        }
    }
}

impl FromIterator<(String, String)> for Mirror {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(all: I) -> Self {
        Self(all.into_iter().map(|(key, value)| (key, Some(value))).collect())
    }
}

/// Whether the second copy's value under a key is to be read at the start: where the first has none, or
/// where the two may rightly differ. All others are written once, and the first copy's will do.
pub fn is_worth_reading(key: &str, is_here: bool) -> bool {
    let part = |key: &str| {
        let space = Space::around(key)?;
        Some(matches!(space.part(key)?, Part::Head | Part::Card))
    };
    !is_here
        || !key.starts_with(keys::ALL)
        || key == keys::META
        || key.starts_with(keys::GONE)
        || part(key) == Some(true)
}
