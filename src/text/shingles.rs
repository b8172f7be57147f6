//! Word shingles and character grams: small overlapping runs by which texts are compared.

use super::{Span, words};
use std::hash::{Hash, Hasher};

/// A word as comparison sees it: lower case, apostrophes of every kind as `'`.
pub fn folded(word: &str) -> String {
    if word.bytes().all(|b| b.is_ascii() && b != b'`') {
        return word.to_ascii_lowercase();
    }
    word.chars()
        .map(|c| if matches!(c, '\u{2019}' | '\u{2bc}' | '`') { '\'' } else { c })
        .flat_map(char::to_lowercase)
        .collect()
}

/// The words of `range`, folded, with their places.
pub fn folded_words(text: &str, range: Span) -> Vec<(Span, String)> {
    words(text, range).into_iter().map(|w| (w, folded(w.slice(text)))).collect()
}

/// A hash that is the same on every machine and in every build (FNV-1a), so that results are too.
pub fn stable_hash<T: Hash + ?Sized>(value: &T) -> u64 {
    struct Fnv(u64);
    impl Hasher for Fnv {
        fn write(&mut self, bytes: &[u8]) {
            for b in bytes {
                self.0 = (self.0 ^ u64::from(*b)).wrapping_mul(0x100_0000_01b3);
            }
        }
        fn finish(&self) -> u64 {
            self.0
        }
    }
    let mut hasher = Fnv(0xcbf2_9ce4_8422_2325);
    value.hash(&mut hasher);
    hasher.finish()
}

/// Hashes of the runs of `n` words, in order.
pub fn word_shingles(words: &[String], n: usize) -> Vec<u64> {
    words.windows(n.max(1)).map(stable_hash).collect()
}

/// Hashes of the runs of `n` characters of the folded words joined by single spaces, in order.
pub fn char_grams(words: &[String], n: usize) -> Vec<u64> {
    let joined: Vec<char> = format!(" {} ", words.join(" ")).chars().collect();
    joined.windows(n.max(1)).map(stable_hash).collect()
}
