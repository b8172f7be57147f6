//! What the storage asks of a key-value engine, and the engine that forgets everything at the end.

use std::collections::BTreeMap;
use std::fmt;

/// Why an engine did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EngineError {
    /// There is no room for the value. What was there before is untouched.
    Full,
    /// The browser does not let this page store anything.
    Blocked,
    /// Something else, in the engine's own words.
    Failed(String),
}

impl fmt::Display for EngineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full => f.write_str("the storage is full"),
            Self::Blocked => f.write_str("the browser does not allow this page to store anything"),
            Self::Failed(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for EngineError {}

/// A place for values under keys, such as a browser's local storage. Each write is whole or not at
/// all; nothing more is asked, above all no order and no transactions.
pub trait Engine {
    /// The value under a key.
    fn get(&self, key: &str) -> Result<Option<String>, EngineError>;
    /// Puts a value under a key in the place of the one that is there.
    fn set(&mut self, key: &str, value: &str) -> Result<(), EngineError>;
    /// Takes a key away; nothing happens where there is none.
    fn remove(&mut self, key: &str) -> Result<(), EngineError>;
    /// All keys, other pages' of the same origin too, in any order.
    fn keys(&self) -> Result<Vec<String>, EngineError>;
}

impl<E: Engine + ?Sized> Engine for Box<E> {
    fn get(&self, key: &str) -> Result<Option<String>, EngineError> {
        (**self).get(key)
    }
    fn set(&mut self, key: &str, value: &str) -> Result<(), EngineError> {
        (**self).set(key, value)
    }
    fn remove(&mut self, key: &str) -> Result<(), EngineError> {
        (**self).remove(key)
    }
    fn keys(&self) -> Result<Vec<String>, EngineError> {
        (**self).keys()
    }
}

/// The length of a string in UTF-16 units, in which browsers count.
pub fn units(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.encode_utf16().count() }
}

/// Keeps everything in memory: what the app works with where storage is blocked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MemoryEngine {
    values: BTreeMap<String, String>,
    used: usize,
    quota: Option<usize>,
}

impl MemoryEngine {
    /// An empty engine without a limit.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty engine that holds `quota` UTF-16 units, keys and values together.
    pub fn with_quota(quota: usize) -> Self {
        Self { quota: Some(quota), ..Self::default() }
    }

    /// Sets the limit anew; what is there stays.
    pub fn set_quota(&mut self, quota: Option<usize>) {
        self.quota = quota;
    }

    /// The UTF-16 units in use.
    pub fn used(&self) -> usize {
        self.used
    }
}

impl Engine for MemoryEngine {
    fn get(&self, key: &str) -> Result<Option<String>, EngineError> {
        Ok(self.values.get(key).cloned())
    }

    fn set(&mut self, key: &str, value: &str) -> Result<(), EngineError> {
        let old = self.values.get(key).map_or(0, |old| units(key) + units(old));
        let used = self.used - old + units(key) + units(value);
        if self.quota.is_some_and(|quota| used > quota) {
            return Err(EngineError::Full);
        }
        self.values.insert(key.to_owned(), value.to_owned());
        self.used = used;
        Ok(())
    }

    fn remove(&mut self, key: &str) -> Result<(), EngineError> {
        if let Some(old) = self.values.remove(key) {
            self.used -= units(key) + units(&old);
        }
        Ok(())
    }

    fn keys(&self) -> Result<Vec<String>, EngineError> {
        Ok(self.values.keys().cloned().collect())
    }
}
