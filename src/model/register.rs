//! Registers: fields that may change, on any machine, without anything being lost when files meet.
//!
//! A register holds the writes that no other write has superseded. A write is superseded when another
//! write of the same register has *seen* it (`join.rs` says it exactly). So merging is the union of the writes less the
//! superseded ones: any order, any repetition, the same result. Clocks decide nothing.
//!
//! The rules work on values as JSON ([`AnyRegister`]), once for all types; a [`Register`] adds the one
//! value that is shown, read.

use super::cursor::{Cursor, write_string};
use super::join::{is_bare, standing};
use super::value::{Value, ValueError, object, take_string};
use super::{Id, Json, Person, Time};
use crate::text::order;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::value::RawValue;
use std::borrow::Cow;
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
// A few replicas as a rule: a list in their order, each once.
pub struct Seen(Vec<(ReplicaId, u64)>);

impl Seen {
    /// Knowledge of a single write, and so of its replica's earlier ones.
    pub fn of(dot: &Dot) -> Self {
        Self(vec![(dot.0.clone(), dot.1)])
    }

    /// Whether `dot` is among them.
    pub fn has(&self, dot: &Dot) -> bool {
        self.place(&dot.0).is_ok_and(|at| dot.1 <= self.0[at].1)
    }

    /// Adds all that `other` knows.
    pub fn join(&mut self, other: &Seen) {
        for (replica, n) in &other.0 {
            let known = self.number(replica);
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

    /// Where a replica stands, or would.
    fn place(&self, replica: &ReplicaId) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.cmp(replica))
    }

    /// The number of a replica, 0 for one not known before.
    fn number(&mut self, replica: &ReplicaId) -> &mut u64 {
        let at = self.place(replica).unwrap_or_else(|at| {
            self.0.insert(at, (replica.clone(), 0));
            at
        });
        &mut self.0[at].1
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

object! {
    /// One value given to a register.
    Write {
        /// The write's name.
        at: Dot;
        /// Who wrote it.
        by: Id<Person>;
        /// When, for display only.
        on: Time;
        /// The writes this one replaces, and all that they had replaced.
        seen: Seen, or Seen::default();
        /// The value.
        v: Json;
    }
}

impl Serialize for Write {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        Json::of(self).serialize(s)
    }
}

impl<'de> Deserialize<'de> for Write {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(d)?;
        Self::read(raw.get()).map_err(de::Error::custom)
    }
}

impl Value for Dot {
    fn take(from: &mut Cursor<'_>) -> Result<Self, ValueError> {
        let (mut replica, mut n) = (None, None);
        let rest = from.rest();
        from.list(&mut |from| {
            match (&replica, n) {
                (None, _) => replica = Some(ReplicaId(take_string(from, "a replica")?.into())),
                (_, None) => n = Some(u64::take(from)?),
                _ => return Err(ValueError::wanted("`[replica, number]`", rest)),
            }
            Ok(())
        })?;
        replica
            .zip(n)
            .map(|(replica, n)| Self(replica, n))
            .ok_or_else(|| ValueError::wanted("`[replica, number]`", rest))
    }
    fn write(&self, out: &mut String) {
        out.push('[');
        write_string(self.0.as_str(), out);
        out.push(',');
        self.1.write(out);
        out.push(']');
    }
}

impl Value for Seen {
    fn take(from: &mut Cursor<'_>) -> Result<Self, ValueError> {
        let mut seen = Self::default();
        from.object(&mut |replica, from| {
            *seen.number(&ReplicaId::new(replica)) = u64::take(from)?;
            Ok(())
        })?;
        Ok(seen)
    }
    fn write(&self, out: &mut String) {
        let mut comma = '{';
        for (replica, n) in self.iter() {
            out.push(std::mem::replace(&mut comma, ','));
            write_string(replica.as_str(), out);
            out.push(':');
            n.write(out);
        }
        out.push_str(if self.is_empty() { "{}" } else { "}" });
    }
}

/// A field that may change: the value to show, and, once it was changed, the writes that stand.
#[derive(Clone, Debug, PartialEq)]
// In this order, so that what is done with writes is the same code for every type, which wasm-opt keeps once.
#[repr(C)]
pub struct Register<T> {
    /// Once changed: the writes that stand, sorted by dot. More than one is a conflict unless their
    /// values are equal. Boxed, since hardly any of a project's hundred thousand registers has any.
    #[allow(clippy::box_collection, reason = "a third of the size of every register")]
    writes: Option<Box<Vec<Write>>>,
    /// The value given when the record was made (the default, where none was), or that of the write
    /// shown.
    value: T,
}

impl<T: Default> Default for Register<T> {
    fn default() -> Self {
        T::default().into()
    }
}

impl<T> From<T> for Register<T> {
    fn from(value: T) -> Self {
        Self { value, writes: None }
    }
}

impl<T> Register<T> {
    /// The value to show: of several that stand, the one written last by the clock (a clock may be
    /// wrong, so all of them are kept and shown on demand), ties broken by dot.
    pub fn get(&self) -> &T {
        &self.value
    }
}

/// A register of whatever type.
pub(crate) trait AnyRegister {
    /// Appends the value to show.
    fn put_value(&self, out: &mut String);
    /// Whether nothing was ever said: the field is then left out of the file.
    fn is_absent(&self) -> bool;
    /// The writes that stand; none while the value is the one given at creation.
    fn writes(&self) -> &[Write];
    /// Shows the value that comes next.
    fn take_value(&mut self, from: &mut Cursor<'_>) -> Result<(), ValueError>;
    /// Shows the default.
    fn clear(&mut self);
    /// Keeps the writes that stand.
    fn keep(&mut self, writes: Vec<Write>);
}

impl<T: Value + Default> AnyRegister for Register<T> {
    fn put_value(&self, out: &mut String) {
        self.value.write(out);
    }

    fn is_absent(&self) -> bool {
        self.writes.is_none() && self.value == T::default()
    }

    fn writes(&self) -> &[Write] {
        self.writes.as_ref().map_or(&[], |writes| writes)
    }

    fn take_value(&mut self, from: &mut Cursor<'_>) -> Result<(), ValueError> {
        self.value = T::take(from)?;
        Ok(())
    }

    fn clear(&mut self) {
        self.value = T::default();
    }

    fn keep(&mut self, writes: Vec<Write>) {
        self.writes = (!writes.is_empty()).then(|| Box::new(writes));
    }
}

impl dyn AnyRegister + '_ {
    /// The value to show.
    pub(crate) fn json(&self) -> Json {
        let mut text = String::new();
        self.put_value(&mut text);
        Json::canonical(text)
    }

    /// Shows a value.
    fn show(&mut self, value: &str) -> Result<(), ValueError> {
        let mut from = Cursor::new(value);
        self.take_value(&mut from)?;
        Ok(from.end()?)
    }

    /// What a new write has seen, in a record made at `created`.
    pub(crate) fn seen(&self, created: &Dot) -> Seen {
        let mut seen = if self.writes().is_empty() { Seen::of(created) } else { Seen::default() };
        for write in self.writes() {
            seen.join(&write.seen);
            seen.join(&Seen::of(&write.at));
        }
        seen
    }

    /// Whether the values that stand differ.
    pub(crate) fn in_conflict(&self) -> bool {
        self.writes().windows(2).any(|w| w[0].v != w[1].v)
    }

    /// Takes a write in. Nothing happens if it is there already or superseded; what it has seen goes.
    pub(crate) fn take(&mut self, created: &Stamp, write: Write) -> Result<(), ValueError> {
        let mut writes = self.all_writes(created);
        writes.push(write);
        self.stand(writes, created)
    }

    /// Joins the register of the same field in another copy of the record, made at `other_created`.
    /// `created` is the earlier of the two.
    pub(crate) fn merge(&mut self, created: &Stamp, other: &dyn AnyRegister, other_created: &Stamp) {
        let mut writes = self.all_writes(created);
        writes.extend(other.all_writes(other_created));
        // Both sides' values were read before; the one shown can be read again.
        let _ = self.stand(writes, created);
    }

    /// Reads the field as the file has it: a bare value, or `{"w":[…]}`.
    pub(crate) fn read(&mut self, raw: &str) -> Result<(), ValueError> {
        let Some(writes) = read_writes(raw) else { return self.show(raw) };
        let mut writes = writes?;
        if !writes.is_sorted_by(|a, b| a.at < b.at) {
            order::sort_by(&mut writes, |a, b| a.at.cmp(&b.at));
        }
        let shown = shown(&writes).ok_or_else(|| ValueError("a changed field needs a write".into()))?;
        self.show(shown.v.as_str())?;
        self.keep(writes);
        Ok(())
    }

    /// Appends the field as the file has it.
    pub(crate) fn put(&self, out: &mut String) {
        if self.writes().is_empty() {
            return self.put_value(out);
        }
        put_writes(self.writes(), out);
    }

    /// The writes, the bare value being the write that made the record. Absence is no write.
    fn all_writes(&self, created: &Stamp) -> Vec<Write> {
        if self.is_absent() {
            return Vec::new();
        }
        if self.writes().is_empty() {
            let Stamp { at, by, on } = created.clone();
            return vec![Write { at, by, on, seen: Seen::default(), v: self.json() }];
        }
        self.writes().to_vec()
    }

    /// Becomes the canonical register of these writes in a record made at `created`. On an error it stays
    /// as it was.
    fn stand(&mut self, writes: Vec<Write>, created: &Stamp) -> Result<(), ValueError> {
        let writes = standing(writes);
        match shown(&writes) {
            Some(write) => self.show(write.v.as_str())?,
            None => self.clear(),
        }
        self.keep(if is_bare(&writes, created) { Vec::new() } else { writes });
        Ok(())
    }
}

/// Reads the writes of a field that was changed; `None` where it is a bare value.
pub(super) fn read_writes(raw: &str) -> Option<Result<Vec<Write>, ValueError>> {
    let mut from = Cursor::new(raw);
    if !(from.pass(b'{') && from.key().is_ok_and(|key| key == "w")) {
        return None;
    }
    let writes = Vec::<Write>::take(&mut from).and_then(|writes| {
        if !from.pass(b'}') {
            return Err(ValueError::wanted("the end of `w`", from.rest()));
        }
        from.end()?;
        Ok(writes)
    });
    Some(writes)
}

/// Appends the writes of a changed field as the file has them.
pub(super) fn put_writes(writes: &[Write], out: &mut String) {
    let mut comma = '[';
    out.push_str("{\"w\":");
    for write in writes {
        out.push(std::mem::replace(&mut comma, ','));
        write.write(out);
    }
    out.push_str("]}");
}

/// Of several writes that stand, the one whose value is shown.
fn shown(writes: &[Write]) -> Option<&Write> {
    writes.iter().max_by(|a, b| (a.on, &a.at, a.v.as_str()).cmp(&(b.on, &b.at, b.v.as_str())))
}
