//! An engine that does what browsers have been seen to do.

use variorum::storage::{Engine, EngineError, MemoryEngine};

/// A write that was done.
#[derive(Clone, Debug)]
pub(crate) enum Done {
    /// A value was put.
    Set(String, String),
    /// A key was taken away.
    Remove(String),
}

/// Memory with faults to order, and a log of what was written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hostile {
    /// What is kept.
    pub(crate) kept: MemoryEngine,
    /// Every write that was done.
    pub(crate) log: Vec<Done>,
    /// After so many writes nothing is written any more, as if the machine were off.
    pub(crate) dies_after: Option<usize>,
    /// The write, counted from 0, for which there is no room.
    pub(crate) full_at: Option<usize>,
    /// The writes that were tried.
    pub(crate) tried: usize,
}

impl Hostile {
    /// What is kept if only the first `n` writes ever reach the disk.
    pub(crate) fn first(log: &[Done], n: usize) -> MemoryEngine {
        let mut kept = MemoryEngine::new();
        for done in &log[..n] {
            match done {
                Done::Set(key, value) => kept.set(key, value).unwrap(),
                Done::Remove(key) => kept.remove(key).unwrap(),
            }
        }
        kept
    }

    fn alive(&mut self) -> Result<(), EngineError> {
        self.tried += 1;
        match self.dies_after {
            Some(n) if self.tried > n => Err(EngineError::Failed("the machine is off".into())),
            _ => Ok(()),
        }
    }
}

impl Engine for Hostile {
    fn get(&self, key: &str) -> Result<Option<String>, EngineError> {
        self.kept.get(key)
    }

    fn set(&mut self, key: &str, value: &str) -> Result<(), EngineError> {
        self.alive()?;
        if self.full_at == Some(self.tried - 1) {
            return Err(EngineError::Full);
        }
        self.kept.set(key, value)?;
        self.log.push(Done::Set(key.to_owned(), value.to_owned()));
        Ok(())
    }

    fn remove(&mut self, key: &str) -> Result<(), EngineError> {
        self.alive()?;
        self.kept.remove(key)?;
        self.log.push(Done::Remove(key.to_owned()));
        Ok(())
    }

    fn keys(&self) -> Result<Vec<String>, EngineError> {
        self.kept.keys()
    }
}
