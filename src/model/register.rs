//! Registers: fields that may change, on any machine, without anything being lost when files meet.
//!
//! A register holds the writes that no other write has superseded. A write is superseded when another
//! write of the same register has *seen* it. So merging is the union of the writes less the
//! superseded ones: any order, any repetition, the same result. Clocks decide nothing.

use super::{Id, Json, Person, Time};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One opening of a project on one machine. Random, made anew at each opening, never read from a
/// file: two writers can then never give two writes the same name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReplicaId(Arc<str>);

impl ReplicaId {
    /// A replica by name.
    pub fn new(name: &str) -> Self {
        Self(name.into())
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Serialize for ReplicaId {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for ReplicaId {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Ok(Self(Cow::<str>::deserialize(d)?.into()))
    }
}

/// The name of one write: `[replica, n]`, where `n` rises by one with each write of that replica.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Dot(pub ReplicaId, pub u64);

/// The writes that a write knew of: for each replica, all up to a number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seen(BTreeMap<ReplicaId, u64>);

impl Seen {
    /// Knowledge of a single write, and so of its replica's earlier ones.
    pub fn of(dot: &Dot) -> Self {
        Self(BTreeMap::from([(dot.0.clone(), dot.1)]))
    }

    /// Whether `dot` is among them.
    pub fn has(&self, dot: &Dot) -> bool {
        self.0.get(&dot.0).is_some_and(|n| dot.1 <= *n)
    }

    /// Adds all that `other` knows.
    pub fn join(&mut self, other: &Seen) {
        for (replica, n) in &other.0 {
            let known = self.0.entry(replica.clone()).or_default();
            *known = (*known).max(*n);
        }
    }

    /// The replicas and their highest numbers.
    pub fn iter(&self) -> impl Iterator<Item = (&ReplicaId, u64)> {
        self.0.iter().map(|(replica, n)| (replica, *n))
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Who wrote something, when, and under which name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The write's name.
    pub at: Dot,
    /// Who.
    pub by: Id<Person>,
    /// When, for display only.
    pub on: Time,
}

/// One value given to a register. Fields in the order of the file's sorted keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Write<T> {
    /// The write's name.
    pub at: Dot,
    /// Who wrote it.
    pub by: Id<Person>,
    /// When, for display only.
    pub on: Time,
    /// The writes this one replaces, and all that they had replaced.
    #[serde(default, skip_serializing_if = "Seen::is_empty")]
    pub seen: Seen,
    /// The value.
    pub v: T,
}

impl<T> Write<T> {
    fn with<U>(self, v: U) -> Write<U> {
        Write { at: self.at, by: self.by, on: self.on, seen: self.seen, v }
    }
}

/// A field that may change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Register<T> {
    /// The value given when the record was made (the default, where none was), never changed since.
    Bare(T),
    /// Changed since: the writes that stand, sorted by dot, never empty. More than one is a conflict
    /// unless their values are equal.
    Written(Vec<Write<T>>),
}

impl<T: Default> Default for Register<T> {
    fn default() -> Self {
        Self::Bare(T::default())
    }
}

impl<T> From<T> for Register<T> {
    fn from(value: T) -> Self {
        Self::Bare(value)
    }
}

impl<T> Register<T> {
    /// The value to show: of several that stand, the one written last by the clock (a clock may be
    /// wrong, so all of them are kept and shown on demand), ties broken by dot.
    pub fn get(&self) -> &T {
        match self {
            Self::Bare(value) => value,
            Self::Written(writes) => {
                let latest = writes.iter().max_by(|a, b| (a.on, &a.at).cmp(&(b.on, &b.at)));
                &latest.expect("a written register has a write").v
            }
        }
    }

    /// The writes that stand; none while the value is the one given at creation.
    pub fn writes(&self) -> &[Write<T>] {
        match self {
            Self::Bare(_) => &[],
            Self::Written(writes) => writes,
        }
    }

    /// What a new write of this register has seen, in a record made at `created`.
    pub fn seen(&self, created: &Dot) -> Seen {
        let Self::Written(writes) = self else { return Seen::of(created) };
        let mut seen = Seen::default();
        for write in writes {
            seen.join(&write.seen);
            seen.join(&Seen::of(&write.at));
        }
        seen
    }
}

impl<T: PartialEq + Default + Clone> Register<T> {
    /// Whether the values that stand differ.
    pub fn in_conflict(&self) -> bool {
        self.writes().windows(2).any(|w| w[0].v != w[1].v)
    }

    /// Whether nothing was ever said: the field is then left out of the file.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Bare(value) if *value == T::default())
    }

    /// Takes a write in. Nothing happens if it is there already or superseded; what it has seen goes.
    pub fn take(&mut self, created: &Stamp, write: Write<T>) {
        let mut writes = std::mem::take(self).into_writes(created);
        writes.push(write);
        *self = Self::standing(writes, created);
    }

    /// Joins the register of the same field in another copy of the record.
    pub fn merge(self, created: &Stamp, other: Self, other_created: &Stamp) -> Self {
        if created == other_created && self == other {
            return self;
        }
        let mut writes = self.into_writes(created);
        writes.extend(other.into_writes(other_created));
        let first = if other_created.at < created.at { other_created } else { created };
        Self::standing(writes, first)
    }

    /// The writes, the bare value being the write that made the record. Absence is no write.
    fn into_writes(self, created: &Stamp) -> Vec<Write<T>> {
        match self {
            Self::Bare(v) if v == T::default() => Vec::new(),
            Self::Bare(v) => {
                let Stamp { at, by, on } = created.clone();
                vec![Write { at, by, on, seen: Seen::default(), v }]
            }
            Self::Written(writes) => writes,
        }
    }

    /// The canonical register of these writes in a record made at `created`.
    fn standing(mut writes: Vec<Write<T>>, created: &Stamp) -> Self {
        writes.sort_by(|a, b| a.at.cmp(&b.at));
        writes.dedup();
        let superseded: Vec<bool> = writes
            .iter()
            .map(|w| writes.iter().any(|other| other.at != w.at && other.seen.has(&w.at)))
            .collect();
        let mut keep = superseded.into_iter().map(|gone| !gone);
        writes.retain(|_| keep.next().unwrap_or(true));
        match &*writes {
            [] => Self::default(),
            [only] if only.at == created.at && only.seen.is_empty() => Self::Bare(only.v.clone()),
            _ => Self::Written(writes),
        }
    }
}

impl<T: DeserializeOwned + Serialize> Register<T> {
    /// [`Register::take`] for a write whose value is still JSON.
    pub(crate) fn take_json(&mut self, created: &Stamp, write: Write<Json>) -> Result<(), serde_json::Error>
    where
        T: PartialEq + Default + Clone,
    {
        let value = write.v.to()?;
        self.take(created, write.with(value));
        Ok(())
    }

    /// The value to show, as JSON.
    pub(crate) fn json(&self) -> Json {
        Json::of(self.get())
    }
}

/// In the file: a bare value as it is, a changed one as `{"w":[…]}`.
impl<T: Serialize> Serialize for Register<T> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Writes<'a, T> {
            w: &'a [Write<T>],
        }
        match self {
            Self::Bare(value) => value.serialize(s),
            Self::Written(w) => Writes { w }.serialize(s),
        }
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Register<T> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields, bound = "T: DeserializeOwned")]
        struct Writes<T> {
            w: Vec<Write<T>>,
        }
        let raw = <&serde_json::value::RawValue>::deserialize(d)?;
        let text = raw.get().trim_start();
        if text.starts_with("{\"w\"") || (text.starts_with('{') && serde_json::from_str::<T>(text).is_err()) {
            let Writes { mut w } = serde_json::from_str::<Writes<T>>(text).map_err(de::Error::custom)?;
            if w.is_empty() {
                return Err(de::Error::custom("a changed field needs at least one write"));
            }
            w.sort_by(|a, b| a.at.cmp(&b.at));
            return Ok(Self::Written(w));
        }
        serde_json::from_str(text).map(Self::Bare).map_err(de::Error::custom)
    }
}
