//! A record: who made it and when, the fields every kind shares, and a body of its kind. How records are
//! read, written, changed and joined is said here once for all kinds.

use super::body::{Field, Fields, ReadBody, RecordBody};
use super::cursor::Cursor;
use super::records::*;
use super::register::AnyRegister;
use super::value::{Object, ValueError};
use super::{Dot, Id, Json, Kind, RecordId, Register, Seen, Stamp, Time, Write};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fmt;

/// A record of any kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Who made it, when, and under which name.
    pub made: Stamp,
    /// Whether it is deleted. Its content stays, so that the deletion can be undone.
    pub deleted: Register<bool>,
    /// A remark.
    pub note: Register<Option<String>>,
    /// Whether the annotator is unsure.
    pub unsure: Register<bool>,
    /// Fields this version of the program does not know, kept as they came.
    pub unknown: BTreeMap<String, Json>,
    /// What is particular to its kind.
    pub body: Body,
}

macro_rules! bodies {
    ($( $kind:ident ),* $(,)?) => {
        /// What is particular to each kind of record.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Body {
            $( #[doc = concat!("See [`", stringify!($kind), "`].")] $kind(Box<$kind>), )*
            /// Removed for good: nothing is left but that it was.
            Purged,
            /// A kind this version does not know, kept as it came.
            Unknown(Json),
        }

        $( impl AsBody for $kind {
            fn in_body(body: &Body) -> Option<&Self> {
                if let Body::$kind(inner) = body { Some(inner) } else { None }
            }
            fn in_body_mut(body: &mut Body) -> Option<&mut Self> {
                if let Body::$kind(inner) = body { Some(inner) } else { None }
            }
        }
        impl From<$kind> for Body {
            fn from(inner: $kind) -> Self {
                Self::$kind(Box::new(inner))
            }
        } )*

        /// The kinds by prefix of id, kind name and fields, for schema, checker and documentation.
        pub const KINDS: &[(&str, &str, &[Field])] = &[
            $( ($kind::PREFIX, $kind::KIND, $kind::FIELDS), )*
        ];

        /// The prefix of each kind's ids, by the kind's name in the code.
        #[cfg(not(target_arch = "wasm32"))]
        pub(crate) const PREFIXES: &[(&str, &str)] = &[ $( (stringify!($kind), $kind::PREFIX), )* ];

        impl Body {
            /// The body of a known kind.
            fn known(&self) -> Option<&dyn RecordBody> {
                match self {
                    $( Self::$kind(inner) => Some(&**inner), )*
                    Self::Purged | Self::Unknown(_) => None,
                }
            }

            fn known_mut(&mut self) -> Option<&mut dyn RecordBody> {
                match self {
                    $( Self::$kind(inner) => Some(&mut **inner), )*
                    Self::Purged | Self::Unknown(_) => None,
                }
            }

            /// A body of the kind that `prefix` says, with its fixed fields; `None` for an unknown kind.
            fn read_fixed(prefix: &str, object: &mut Object<'_>) -> Option<Result<Self, ValueError>> {
                match prefix {
                    $( $kind::PREFIX => Some($kind::read_fixed(object).map(Self::from)), )*
                    _ => None,
                }
            }
        }
    };
}

bodies!(
    Alignment,
    Alias,
    Article,
    Attribution,
    Comment,
    Coverage,
    Decision,
    Fate,
    Label,
    Link,
    Mention,
    Person,
    ProjectInfo,
    QuoteLink,
    Segment,
    Source,
    Stance,
    Story,
    Target,
    ArticleText,
);

/// Kinds that a [`Body`] can hold.
pub trait AsBody: Kind {
    /// The body as this kind.
    fn in_body(body: &Body) -> Option<&Self>;
    /// The body as this kind, to change.
    fn in_body_mut(body: &mut Body) -> Option<&mut Self>;
}

/// Why a write was not taken.
#[derive(Debug)]
pub enum WriteError {
    /// The record has no register of that name.
    NoSuchField(String),
    /// The value is none for that field.
    WrongValue(String, ValueError),
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchField(field) => write!(f, "this kind of record has no changeable field `{field}`"),
            Self::WrongValue(field, why) => write!(f, "the value for `{field}` does not fit: {why}"),
        }
    }
}

impl std::error::Error for WriteError {}

impl Entry {
    /// A new record.
    pub fn new(made: Stamp, body: impl Into<Body>) -> Self {
        Self {
            made,
            deleted: Register::default(),
            note: Register::default(),
            unsure: Register::default(),
            unknown: BTreeMap::new(),
            body: body.into(),
        }
    }

    /// What is left of a record removed for good.
    pub fn purged(made: Stamp) -> Self {
        Self::new(made, Body::Purged)
    }

    /// Whether it is there to be shown: neither deleted nor purged.
    pub fn is_live(&self) -> bool {
        (!self.deleted.get() || self.edited_beside_deletion()) && !matches!(self.body, Body::Purged)
    }

    /// Whether somebody changed the record while somebody else, who did not know, deleted it. It then
    /// stays until one of them decides.
    pub fn edited_beside_deletion(&self) -> bool {
        let deletions = (&self.deleted as &dyn AnyRegister).writes();
        let deletions: Vec<&Write> = deletions.iter().filter(|w| w.v.as_str() == "true").collect();
        if deletions.is_empty() || !self.deleted.get() {
            return false;
        }
        let knew = |edit: &Write| {
            let of_each_other = |d: &&Write| d.seen.has(&edit.at) || edit.seen.has(&d.at);
            deletions.iter().any(|d| d.at.0 == edit.at.0 || of_each_other(d))
        };
        let mut beside = false;
        self.registers(&mut |name, register| {
            beside |= name != "deleted" && register.writes().iter().any(|edit| !knew(edit));
        });
        beside
    }

    /// The body, if it is of kind `K`.
    pub fn as_kind<K: AsBody>(&self) -> Option<&K> {
        K::in_body(&self.body)
    }

    /// The record's `kind`.
    pub fn kind(&self) -> &str {
        match &self.body {
            Body::Purged => "purged",
            body => body.known().map_or("unknown", RecordBody::kind_name),
        }
    }

    /// Shows every register with its name, those that all kinds share first.
    pub(super) fn registers(&self, see: &mut dyn FnMut(&'static str, &dyn AnyRegister)) {
        see("deleted", &self.deleted);
        see("note", &self.note);
        see("unsure", &self.unsure);
        if let Some(body) = self.body.known() {
            body.registers(see);
        }
    }

    fn registers_mut(&mut self, see: &mut dyn FnMut(&'static str, &mut dyn AnyRegister)) {
        see("deleted", &mut self.deleted);
        see("note", &mut self.note);
        see("unsure", &mut self.unsure);
        if let Some(body) = self.body.known_mut() {
            body.registers_mut(see);
        }
    }

    /// What `what` says of the register of a name, if there is one.
    fn with_register<T>(&self, field: &str, what: &dyn Fn(&dyn AnyRegister) -> T) -> Option<T> {
        let mut found = None;
        self.registers(&mut |name, register| {
            if name == field {
                found = Some(what(register));
            }
        });
        found
    }

    /// The value to show of any field.
    pub fn value(&self, field: &str) -> Option<Json> {
        if let Some(value) = self.with_register(field, &|register| register.json()) {
            return Some(value);
        }
        self.fixed(field)
    }

    /// The value of a fixed field.
    pub(super) fn fixed(&self, field: &str) -> Option<Json> {
        let mut fixed = Fields::default();
        self.body.known()?.put_fixed(&mut fixed);
        fixed.get(field).map(|value| Json::canonical(value.to_owned()))
    }

    /// What a new write of a register has seen; `None` where there is no such register. A deletion is
    /// about the whole record and so has seen all its writes, and a later write has seen the deletion: what
    /// have not seen each other were made beside each other.
    pub fn seen(&self, field: &str) -> Option<Seen> {
        let mut seen = self.with_register(field, &|register| register.seen(&self.made.at))?;
        if field == "deleted" {
            self.registers(&mut |_, register| seen.join(&register.seen(&self.made.at)));
        } else {
            let deletions = (&self.deleted as &dyn AnyRegister).writes();
            deletions.iter().for_each(|deletion| seen.join(&Seen::of(&deletion.at)));
        }
        Some(seen)
    }

    /// Takes a write into a register.
    pub fn take(&mut self, field: &str, write: Write) -> Result<(), WriteError> {
        // Removed for good wins over whatever was written elsewhere.
        if matches!(self.body, Body::Purged) {
            return Ok(());
        }
        let created = self.made.clone();
        let mut taken = None;
        self.registers_mut(&mut |name, register| {
            if name == field {
                taken = Some(register.take(&created, write.clone()));
            }
        });
        taken
            .ok_or_else(|| WriteError::NoSuchField(field.to_owned()))?
            .map_err(|why| WriteError::WrongValue(field.to_owned(), why))
    }

    /// Takes over fixed fields that may be missing and are, here, from another copy of the same kind.
    pub(super) fn complete(&mut self, other: &Body) {
        if let Some(body) = self.body.known_mut() {
            body.complete(other);
        }
    }

    pub(super) fn merge_registers(&mut self, other: &Self) {
        let created = self.made.clone();
        self.registers_mut(&mut |name, ours| {
            other.registers(&mut |theirs_name, theirs| {
                if theirs_name == name {
                    ours.merge(&created, theirs, &other.made);
                }
            });
        });
    }

    /// The registers that show something else in another copy, with what they show here.
    pub fn shown_otherwise(&self, other: &Self) -> Vec<(&'static str, Json)> {
        let mut found = Vec::new();
        self.registers(&mut |name, register| {
            let here = register.json();
            if other.value(name).as_ref() != Some(&here) {
                found.push((name, here));
            }
        });
        found
    }

    /// The registers whose values are in conflict.
    pub fn conflicts(&self) -> Vec<&'static str> {
        let mut found = Vec::new();
        self.registers(&mut |name, register| {
            if register.in_conflict() {
                found.push(name);
            }
        });
        found
    }

    /// The body with the values shown now, as if it had just been made.
    pub fn shown_body(&self) -> Body {
        let mut copy = self.clone();
        copy.registers_mut(&mut |_, register| register.keep(Vec::new()));
        copy.body
    }

    /// The value shown by each register of which anything was ever said.
    pub(super) fn said(&self) -> Vec<(&'static str, Json)> {
        let mut found = Vec::new();
        self.registers(&mut |name, register| {
            if !register.is_absent() {
                found.push((name, register.json()));
            }
        });
        found
    }

    /// The value that each register shows.
    pub fn shown(&self) -> Vec<(&'static str, Json)> {
        let mut found = Vec::new();
        self.registers(&mut |name, register| found.push((name, register.json())));
        found
    }

    /// Every write that stands in a changed register, with its field.
    pub fn writes(&self) -> Vec<(&'static str, Write)> {
        let mut found = Vec::new();
        self.registers(&mut |name, register| {
            found.extend(register.writes().iter().map(|write| (name, write.clone())));
        });
        found
    }

    /// Appends the record in canonical form.
    pub fn write(&self, out: &mut String) {
        if let Body::Unknown(json) = &self.body {
            return out.push_str(json.as_str());
        }
        let mut fields = Fields::default();
        fields.put("at", &self.made.at);
        fields.put("by", &self.made.by);
        fields.put("kind", &self.kind().to_owned());
        fields.put("on", &self.made.on);
        if let Some(body) = self.body.known() {
            body.put_fixed(&mut fields);
        }
        self.registers(&mut |name, register| fields.put_register(name, register));
        self.unknown.iter().for_each(|(name, value)| fields.put(name, value));
        fields.write(out);
    }

    /// Reads the record that stands in a file under `id`.
    pub fn read(id: &RecordId, json: &str) -> Result<Self, ValueError> {
        let mut from = Cursor::new(json);
        let object = Object::take(&mut from)?;
        from.end()?;
        Self::read_object(id, json, object)
    }

    /// Reads a record out of its fields; `json` is all of its text.
    pub(crate) fn read_object(id: &RecordId, json: &str, mut object: Object<'_>) -> Result<Self, ValueError> {
        let at: Dot = object.must("at")?;
        let by: Id<Person> = object.must("by")?;
        let on: Time = object.must("on")?;
        let kind: String = object.must("kind")?;
        let made = Stamp { at, by, on };
        if kind == "purged" {
            return Ok(Self::purged(made));
        }
        let Some(body) = Body::read_fixed(id.prefix(), &mut object) else {
            return Ok(Self::new(made, Body::Unknown(Json::read(json)?)));
        };
        let mut entry = Self::new(made, body?);
        if entry.kind() != kind {
            return Err(ValueError(format!("the kind is “{kind}”, the id says `{}`", entry.kind())));
        }
        entry.read_rest(object)?;
        Ok(entry)
    }

    /// Reads registers, and keeps what is not known.
    fn read_rest(&mut self, object: Object<'_>) -> Result<(), ValueError> {
        for (field, raw) in object.rest() {
            let mut done = None;
            self.registers_mut(&mut |name, register| {
                if name == field {
                    done = Some(register.read(raw));
                }
            });
            match done {
                Some(done) => done.map_err(|why| why.in_field(&field))?,
                None => {
                    self.unknown.insert(field.into_owned(), Json::read(raw)?);
                }
            }
        }
        Ok(())
    }
}

impl Serialize for Entry {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut text = String::new();
        self.write(&mut text);
        RawValue::from_string(text).map_err(serde::ser::Error::custom)?.serialize(s)
    }
}

/// An entry with its id, as a journal keeps it.
#[derive(Clone, Debug, PartialEq)]
pub struct Identified {
    /// Its id.
    pub id: RecordId,
    /// The record.
    pub entry: Entry,
}

impl Serialize for Identified {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        (&self.id, &self.entry).serialize(s)
    }
}

impl<'de> Deserialize<'de> for Identified {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let (id, raw) = <(RecordId, &RawValue)>::deserialize(d)?;
        let entry = Entry::read(&id, raw.get()).map_err(de::Error::custom)?;
        Ok(Self { id, entry })
    }
}
