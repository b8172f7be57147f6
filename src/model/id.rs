//! Names of records: a three-letter prefix that tells the kind, a colon, 26 characters of base 32.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::sync::Arc;

/// Crockford's base 32: no I, L, O, U, so that an id read aloud is not misheard.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const DIGITS: usize = 26;

/// Whether a byte is in [`ALPHABET`], without looking through it: a project file has hundreds of thousands.
fn is_digit(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'A'..=b'H' | b'J' | b'K' | b'M' | b'N' | b'P'..=b'T' | b'V'..=b'Z')
}

/// What distinguishes one kind of record from another.
pub trait Kind {
    /// The value of the record's `kind` field.
    const KIND: &'static str;
    /// The three letters before the colon in its ids.
    const PREFIX: &'static str;
}

/// The id of any record, as it stands in the file. Cloning shares the text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(Arc<str>);

impl RecordId {
    /// Takes an id as it was found; nothing about its form is assumed.
    pub fn from_file(id: &str) -> Self {
        Self(id.into())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part before the colon.
    pub fn prefix(&self) -> &str {
        match self.0.as_bytes() {
            // What every id of ours looks like.
            [a, b, c, b':', ..] if [a, b, c].iter().all(|b| b.is_ascii_lowercase()) => &self.0[..3],
            _ => self.0.split(':').next().unwrap_or_default(),
        }
    }

    /// The id as one of kind `K`, if its prefix says so.
    pub fn typed<K: Kind>(&self) -> Option<Id<K>> {
        (self.prefix() == K::PREFIX).then(|| Id(self.clone(), PhantomData))
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for RecordId {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for RecordId {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Ok(Self::from_file(&Cow::<str>::deserialize(d)?))
    }
}

/// The id of a record of kind `K`: a reference that cannot point at another kind.
pub struct Id<K>(RecordId, PhantomData<fn() -> K>);

impl<K: Kind> Id<K> {
    /// A new id. The first 48 of the `random` bits should be the time in milliseconds, so that ids
    /// sort by age; see [`timed_bits`].
    pub fn random(random: u128) -> Self {
        let mut digits = [b'0'; DIGITS];
        for (i, digit) in digits.iter_mut().rev().enumerate() {
            *digit = ALPHABET[((random >> (5 * i)) & 31) as usize];
        }
        Self::from_digits(&digits)
    }

    /// The id that follows from `parts`: the same thing, made by two people apart, is one thing.
    /// The first 130 bits of SHA-256 over the parts joined by U+001F.
    pub fn derived(parts: &[&str]) -> Self {
        let hash = Sha256::digest(parts.join("\u{1f}"));
        let digits: [u8; DIGITS] = std::array::from_fn(|i| {
            let bit = i * 5;
            let pair = u16::from(hash[bit / 8]) << 8 | u16::from(hash[bit / 8 + 1]);
            ALPHABET[usize::from(pair >> (11 - bit % 8) & 31)]
        });
        Self::from_digits(&digits)
    }

    /// Reads an id, checking prefix and form.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix(K::PREFIX)?.strip_prefix(':')?;
        let sound = digits.len() == DIGITS && digits.bytes().all(is_digit);
        sound.then(|| Self(RecordId(text.into()), PhantomData))
    }

    fn from_digits(digits: &[u8]) -> Self {
        let digits: String = digits.iter().map(|b| char::from(*b)).collect();
        Self(RecordId(format!("{}:{digits}", K::PREFIX).into()), PhantomData)
    }
}

impl<K> Id<K> {
    /// The id without its kind.
    pub fn record(&self) -> &RecordId {
        &self.0
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// 128 bits for [`Id::random`]: the time above, chance below.
pub fn timed_bits(millis: u64, chance: u128) -> u128 {
    u128::from(millis) << 80 | chance & ((1 << 80) - 1)
}

// Derived traits would ask the same of `K`, which is only a mark.
impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), PhantomData)
    }
}
impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<K> Eq for Id<K> {}
impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}
impl<K> Hash for Id<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.0.fmt(f)
    }
}
impl<K> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.0.fmt(f)
    }
}
impl<K> Serialize for Id<K> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(s)
    }
}
impl<'de, K: Kind> Deserialize<'de> for Id<K> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(d)?;
        Self::parse(&text).ok_or_else(|| {
            let wanted = format!("`{}:` and {DIGITS} characters of base 32", K::PREFIX);
            de::Error::invalid_value(de::Unexpected::Str(&text), &wanted.as_str())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    struct Thing;
    impl Kind for Thing {
        const KIND: &'static str = "thing";
        const PREFIX: &'static str = "thg";
    }

    #[test]
    fn a_derived_id_is_the_first_130_bits_of_the_hash() {
        let id = Id::<Thing>::derived(&["a", "b"]);
        let hash = Sha256::digest("a\u{1f}b");
        let bits: String = hash.iter().map(|b| format!("{b:08b}")).collect();
        let value = |c: char| ALPHABET.iter().position(|a| char::from(*a) == c).unwrap();
        let from_id: String = id.as_str()[4..].chars().map(|c| format!("{:05b}", value(c))).collect();
        assert_eq!(from_id, bits[..130]);
    }

    #[test]
    fn digits_are_those_of_the_alphabet() {
        assert!((0..=u8::MAX).all(|byte| is_digit(byte) == ALPHABET.contains(&byte)));
    }

    proptest! {
        #[test]
        fn ids_sort_by_time_and_read_back(a in 0u64..1 << 48, b in 0u64..1 << 48, chance: u128) {
            let [x, y] = [a, b].map(|t| Id::<Thing>::random(timed_bits(t, chance)));
            prop_assert_eq!(a.cmp(&b), x.cmp(&y));
            prop_assert_eq!(Id::parse(x.as_str()), Some(x));
        }
    }
}
