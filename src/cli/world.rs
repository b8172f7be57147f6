//! What the core asks of the world, natively: the time, chance, and who acts.

use crate::model::{Id, Person, ReplicaId, Stamp, Time, timed_bits};
use crate::store::{Context, Replica};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// One run of the program: a replica of its own.
pub(super) struct World {
    replica: Replica,
    by: Id<Person>,
}

impl World {
    pub(super) fn new() -> Self {
        let name = format!("r{:020x}", chance() >> 48);
        // The command line is one and the same writer everywhere.
        Self { replica: Replica::new(ReplicaId::new(&name)), by: Id::derived(&["variorum command line"]) }
    }

    /// Runs `f` with all that a command needs.
    pub(super) fn with<T>(&mut self, f: impl FnOnce(&mut Context<'_>) -> T) -> T {
        let mut bits = || timed_bits(since_1970().as_millis() as u64, chance());
        let by = self.by.clone();
        f(&mut Context { by, on: now(), replica: &mut self.replica, bits: &mut bits })
    }

    /// The stamp of the next record that is made outright.
    pub(super) fn stamp(&mut self) -> Stamp {
        Stamp { at: self.replica.next_dot(), by: self.by.clone(), on: now() }
    }

    /// Who acts.
    pub(super) fn by(&self) -> &Id<Person> {
        &self.by
    }
}

/// A new random id.
pub(super) fn fresh_bits() -> u128 {
    timed_bits(since_1970().as_millis() as u64, chance())
}

fn chance() -> u128 {
    let mut bytes = [0; 16];
    if getrandom::fill(&mut bytes).is_err() {
        // Ids must differ even where the system gives no randomness.
        return since_1970().as_nanos();
    }
    u128::from_le_bytes(bytes)
}

fn since_1970() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

fn now() -> Time {
    let text = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    Time::parse(&text).unwrap_or_default()
}
