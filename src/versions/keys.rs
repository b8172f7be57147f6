//! Numbers that stand for words and letter runs, the same on every machine (32 and 64 bits alike), and
//! the maps that go with them.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// A map whose keys are hashes already.
pub(super) type Map<V> = HashMap<u64, V, BuildHasherDefault<Ready>>;
/// A set of hashes.
pub(super) type Set = HashSet<u64, BuildHasherDefault<Ready>>;

/// Takes a number that is a hash already as it is.
#[derive(Clone, Copy, Default)]
pub(super) struct Ready(u64);

impl Hasher for Ready {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = mixed(self.0, u64::from(*byte));
        }
    }
    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
    fn finish(&self) -> u64 {
        self.0
    }
}

/// Joins one more part to a hash.
pub(super) fn mixed(hash: u64, part: u64) -> u64 {
    let product = (hash ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    product ^ (product >> 29)
}

/// The hash of a word.
pub(super) fn word_key(word: &str) -> u64 {
    word.bytes().fold(0x51_7cc1, |hash, byte| mixed(hash, u64::from(byte)))
}

/// The hash of some numbers in a row.
pub(super) fn run_key(parts: impl IntoIterator<Item = u64>) -> u64 {
    parts.into_iter().fold(0x2f_9be3, mixed)
}

/// How many numbers two sorted lists share; one that stands twice in both counts twice.
pub(super) fn shared(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut found) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        i += usize::from(x <= y);
        j += usize::from(y <= x);
        found += usize::from(x == y);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_matters_and_lists_are_counted_once() {
        assert_ne!(run_key([1, 2, 3]), run_key([3, 2, 1]));
        assert_ne!(word_key("ferry"), word_key("ferrz"));
        assert_eq!(shared(&[1, 3, 5, 9], &[2, 3, 9]), 2);
    }
}
