//! Builds a step: reads the project as the step so far has left it, and writes with proper stamps.

use super::step::{Before, Nature, Op, Step};
use crate::model::{
    AsBody, Body, Dot, Entry, Id, Identified, Json, Kind, Person, Project, RecordId, Register, ReplicaId,
    Stamp, Time, Value, Write,
};
use std::collections::BTreeMap;
use std::sync::Arc;

/// One opening of a project, and how many writes it has made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replica {
    id: ReplicaId,
    made: u64,
}

impl Replica {
    /// A replica that has written nothing yet. Its name must be random and new at every opening.
    pub fn new(id: ReplicaId) -> Self {
        Self { id, made: 0 }
    }

    /// The name of the next write.
    pub(crate) fn next_dot(&mut self) -> Dot {
        self.made += 1;
        Dot(self.id.clone(), self.made)
    }
}

/// All that a command needs of the world: who, when, and where new ids come from.
pub struct Context<'a> {
    /// Who acts.
    pub by: Id<Person>,
    /// When.
    pub on: Time,
    /// Names writes.
    pub replica: &'a mut Replica,
    /// 128 bits for a new id; see [`crate::model::timed_bits`].
    pub bits: &'a mut dyn FnMut() -> u128,
}

/// A step in the making.
pub(super) struct Editor<'p, 'c, 'b> {
    project: &'p Project,
    context: &'c mut Context<'b>,
    /// Records as the step so far has left them, in a map like the project's own.
    touched: BTreeMap<RecordId, Arc<Entry>>,
    ops: Vec<Op>,
    before: Vec<Before>,
}

impl<'p, 'c, 'b> Editor<'p, 'c, 'b> {
    pub(super) fn new(project: &'p Project, context: &'c mut Context<'b>) -> Self {
        Self { project, context, touched: BTreeMap::new(), ops: Vec::new(), before: Vec::new() }
    }

    /// The project before the step.
    pub(super) fn project(&self) -> &'p Project {
        self.project
    }

    /// Who acts.
    pub(super) fn person(&self) -> Id<Person> {
        self.context.by.clone()
    }

    /// A new random id.
    pub(super) fn new_id<K: Kind>(&mut self) -> Id<K> {
        Id::random((self.context.bits)())
    }

    /// The live record under an id, as the step so far has left it.
    pub(super) fn get<K: AsBody>(&self, id: &Id<K>) -> Option<&K> {
        self.entry(id.record()).filter(|e| e.is_live())?.as_kind()
    }

    pub(super) fn entry(&self, id: &RecordId) -> Option<&Entry> {
        self.touched.get(id).map(|entry| &**entry).or_else(|| self.project.entry(id))
    }

    /// Makes a record. If one is there already it joins it; if that one is deleted it comes back.
    pub(super) fn make(&mut self, id: &RecordId, body: impl Into<Body>) {
        let existing = self.entry(id).map(|entry| *entry.deleted.get());
        match existing {
            Some(false) => {}
            Some(true) => self.write_json(id, "deleted", Json::of(&false)),
            None => {
                let entry = Entry::new(self.stamp(), body);
                self.touched.insert(id.clone(), Arc::new(entry.clone()));
                self.ops.push(Op::Make(Identified { id: id.clone(), entry }));
                self.before.push(Before { id: id.clone(), field: "deleted".into(), v: Json::of(&true) });
            }
        }
    }

    /// Removes a record for good: nothing of it is left but that it was, and nothing brings it back.
    pub(super) fn purge(&mut self, id: &RecordId) {
        if self.entry(id).is_none_or(|entry| matches!(entry.body, Body::Purged)) {
            return;
        }
        let entry = Entry::purged(self.stamp());
        self.touched.insert(id.clone(), Arc::new(entry.clone()));
        self.ops.push(Op::Make(Identified { id: id.clone(), entry }));
    }

    /// Takes in a record as it stands elsewhere, stamps and all.
    pub(super) fn take_in(&mut self, id: &RecordId, entry: Entry) {
        let before = match self.entry(id) {
            None => vec![("deleted", Json::of(&true))],
            Some(ours) => ours.shown_otherwise(&ours.clone().merge(entry.clone(), id)),
        };
        let before = before.into_iter();
        self.before.extend(before.map(|(field, v)| Before { id: id.clone(), field: field.into(), v }));
        self.ops.push(Op::Make(Identified { id: id.clone(), entry }));
    }

    /// Writes a register, unless it shows that value already. Use through [`set!`].
    pub(super) fn set<K: AsBody, T: Value + Default>(
        &mut self,
        id: &Id<K>,
        field: &'static str,
        register: impl Fn(&K) -> &Register<T>,
        value: T,
    ) {
        let unchanged = self.get(id).is_some_and(|body| *register(body).get() == value);
        if !unchanged {
            self.write_json(id.record(), field, Json::of(&value));
        }
    }

    /// Writes a register by its name, unless it shows that value already.
    pub(super) fn change_json(&mut self, id: &RecordId, field: &str, v: Json) {
        if self.entry(id).and_then(|entry| entry.value(field)).as_ref() != Some(&v) {
            self.write_json(id, field, v);
        }
    }

    /// Brings a deleted record back.
    pub(super) fn restore(&mut self, id: &RecordId) {
        if self.entry(id).is_some_and(|entry| *entry.deleted.get()) {
            self.write_json(id, "deleted", Json::of(&false));
        }
    }

    /// Deletes a record. Its content stays.
    pub(super) fn delete(&mut self, id: &RecordId) {
        if self.entry(id).is_some_and(Entry::is_live) {
            self.write_json(id, "deleted", Json::of(&true));
        }
    }

    pub(super) fn write_json(&mut self, id: &RecordId, field: &str, v: Json) {
        let Some(mut entry) = self.entry(id).cloned() else { return };
        if matches!(entry.body, Body::Purged) {
            return;
        }
        let (Some(seen), Some(shown)) = (entry.seen(field), entry.value(field)) else { return };
        let Stamp { at, by, on } = self.stamp();
        let write = Write { at, by, on, seen, v };
        if entry.take(field, write.clone()).is_err() {
            return;
        }
        self.touched.insert(id.clone(), Arc::new(entry));
        self.before.push(Before { id: id.clone(), field: field.to_owned(), v: shown });
        self.ops.push(Op::Write(id.clone(), field.to_owned(), write));
    }

    fn stamp(&mut self) -> Stamp {
        Stamp { at: self.context.replica.next_dot(), by: self.context.by.clone(), on: self.context.on }
    }

    /// The finished step. `before` is turned round, so that of several writes of one register the
    /// earliest value is restored last.
    pub(super) fn finish(mut self, name: &str, nature: Nature) -> Step {
        self.before.reverse();
        Step { name: name.to_owned(), nature, ops: self.ops, before: self.before }
    }
}

/// `set!(editor, id, Attribution.contents = value)`: a typed write of a register by its name.
macro_rules! set {
    ($editor:expr, $id:expr, $kind:ident . $field:ident = $value:expr) => {{
        let value = $value;
        $editor.set(
            $id,
            stringify!($field).trim_start_matches("r#"),
            |body: &$crate::model::$kind| &body.$field,
            value,
        )
    }};
}
pub(super) use set;
