//! Finds names of writes that stand in two places. A replica numbers its writes one after the other, so that
//! its numbers come nearly sorted, and sorting them finds equal ones faster than a table would.

use crate::model::{Dot, ReplicaId};
use std::collections::BTreeMap;

/// Names of writes, each with what has it, in the order in which they were put.
pub(super) struct Dots<T> {
    /// For each replica its numbers and what has them.
    replicas: Vec<Vec<(u64, T)>>,
    places: BTreeMap<ReplicaId, usize>,
    /// The replica of the name put last, and its place: mostly that of the next one, too.
    last: Option<(ReplicaId, usize)>,
}

impl<T> Default for Dots<T> {
    fn default() -> Self {
        Self { replicas: Vec::new(), places: BTreeMap::new(), last: None }
    }
}

impl<T: Copy> Dots<T> {
    /// Puts a name in, with what has it.
    pub(super) fn put(&mut self, dot: &Dot, has: T) {
        let place = match &self.last {
            Some((replica, place)) if *replica == dot.0 => *place,
            _ => {
                let next = self.replicas.len();
                let place = *self.places.entry(dot.0.clone()).or_insert(next);
                if place == next {
                    self.replicas.push(Vec::new());
                }
                self.last = Some((dot.0.clone(), place));
                place
            }
        };
        self.replicas[place].push((dot.1, has));
    }

    /// Shows, of all that have one name, each later one with the first.
    pub(super) fn twice(mut self, see: &mut dyn FnMut(T, T)) {
        for numbers in &mut self.replicas {
            numbers.sort_by_key(|(n, _)| *n);
            for same in numbers.chunk_by(|a, b| a.0 == b.0) {
                same[1..].iter().for_each(|(_, other)| see(same[0].1, *other));
            }
        }
    }
}
