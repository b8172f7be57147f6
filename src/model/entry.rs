//! A record: who made it and when, the fields every kind shares, and a body of its kind.

use super::body::{Field, Fields, RecordBody, Shared, standing_writes};
use super::records::*;
use super::{Dot, Id, Json, Kind, RecordId, Register, Seen, Stamp, Time, Write};
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
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
        #[allow(clippy::large_enum_variant, reason = "entries are shared by reference, never moved about")]
        pub enum Body {
            $( #[doc = concat!("See [`", stringify!($kind), "`].")] $kind($kind), )*
            /// Removed for good: nothing is left but that it was.
            Purged,
            /// A kind this version does not know, or a record it cannot read; kept as it came.
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
                Self::$kind(inner)
            }
        } )*

        /// The kinds by prefix of id, kind name and fields, for schema, checker and documentation.
        pub const KINDS: &[(&str, &str, &[Field])] = &[
            $( ($kind::PREFIX, $kind::KIND, $kind::FIELDS), )*
        ];

        /// Runs `$then` on the body of a known kind, `$otherwise` on the rest.
        macro_rules! on_body {
            ($body:expr, $inner:ident => $then:expr, $otherwise:expr) => {
                match $body {
                    $( Body::$kind($inner) => $then, )*
                    Body::Purged | Body::Unknown(_) => $otherwise,
                }
            };
        }

        impl Entry {
            /// Reads the record that stands in a file under `id`.
            pub fn read(id: &RecordId, json: &str) -> Result<Self, serde_json::Error> {
                let mut reader = serde_json::Deserializer::from_str(json);
                let entry = match id.prefix() {
                    $( $kind::PREFIX => reader.deserialize_map(Reader::<$kind>::default())?, )*
                    _ => Self::read_unknown(json)?,
                };
                Ok(entry)
            }
        }

        fn merge_bodies(a: Body, created: &Stamp, b: Body, other: &Stamp) -> Body {
            match (a, b) {
                (Body::Purged, _) | (_, Body::Purged) => Body::Purged,
                $( (Body::$kind(a), Body::$kind(b)) => Body::$kind(a.merge(created, b, other)), )*
                (Body::Unknown(a), Body::Unknown(b)) => Body::Unknown(if b.as_str() < a.as_str() { b } else { a }),
                (Body::Unknown(_), known) | (known, _) => known,
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
#[allow(private_bounds, reason = "the body's inner workings stay in the model")]
pub trait AsBody: Kind + RecordBody {
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
    WrongValue(String, serde_json::Error),
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
        !self.deleted.get() && !matches!(self.body, Body::Purged)
    }

    /// The body, if it is of kind `K`.
    pub fn as_kind<K: AsBody>(&self) -> Option<&K> {
        K::in_body(&self.body)
    }

    /// The value to show of any field.
    pub fn value(&self, field: &str) -> Option<Json> {
        match field {
            "deleted" => Some(self.deleted.json()),
            "note" => Some(self.note.json()),
            "unsure" => Some(self.unsure.json()),
            _ => on_body!(&self.body, inner => inner.value(field), None),
        }
    }

    /// What a new write of a register has seen; `None` where there is no such register.
    pub fn seen(&self, field: &str) -> Option<Seen> {
        let created = &self.made;
        match field {
            "deleted" => Some(self.deleted.seen(&created.at)),
            "note" => Some(self.note.seen(&created.at)),
            "unsure" => Some(self.unsure.seen(&created.at)),
            _ => on_body!(&self.body, inner => inner.seen(field, created), None),
        }
    }

    /// Takes a write into a register.
    pub fn take(&mut self, field: &str, write: Write<Json>) -> Result<(), WriteError> {
        let created = &self.made;
        let taken = match field {
            "deleted" => Some(self.deleted.take_json(created, write)),
            "note" => Some(self.note.take_json(created, write)),
            "unsure" => Some(self.unsure.take_json(created, write)),
            _ => on_body!(&mut self.body, inner => inner.take(created, field, write), None),
        };
        taken
            .ok_or_else(|| WriteError::NoSuchField(field.to_owned()))?
            .map_err(|why| WriteError::WrongValue(field.to_owned(), why))
    }

    /// Joins another copy of the same record. Order and repetition do not matter.
    pub fn merge(self, other: Self) -> Self {
        let (a, b) =
            if stamp_key(&other.made) < stamp_key(&self.made) { (other, self) } else { (self, other) };
        let mut unknown = b.unknown;
        unknown.extend(a.unknown);
        let deleted = a.deleted.merge(&a.made, b.deleted, &b.made);
        let note = a.note.merge(&a.made, b.note, &b.made);
        let unsure = a.unsure.merge(&a.made, b.unsure, &b.made);
        match merge_bodies(a.body, &a.made, b.body, &b.made) {
            Body::Purged => Self::purged(a.made),
            body => Self { made: a.made, deleted, note, unsure, unknown, body },
        }
    }

    /// The registers whose values are in conflict.
    pub fn conflicts(&self) -> Vec<&'static str> {
        let mut found = on_body!(&self.body, inner => inner.conflicts(), Vec::new());
        let shared = [
            ("deleted", self.deleted.in_conflict()),
            ("note", self.note.in_conflict()),
            ("unsure", self.unsure.in_conflict()),
        ];
        found.extend(shared.iter().filter(|(_, conflict)| *conflict).map(|(name, _)| *name));
        found
    }

    /// Every write that stands in a changed register, with its field.
    pub fn writes(&self) -> Vec<(&'static str, Write<Json>)> {
        let mut found = on_body!(&self.body, inner => inner.writes(), Vec::new());
        found.extend(standing_writes("deleted", &self.deleted));
        found.extend(standing_writes("note", &self.note));
        found.extend(standing_writes("unsure", &self.unsure));
        found
    }

    /// The record's `kind`.
    pub fn kind(&self) -> &str {
        fn name<K: Kind>(_: &K) -> &'static str {
            K::KIND
        }
        on_body!(&self.body, inner => name(inner), match self.body {
            Body::Purged => "purged",
            _ => "unknown",
        })
    }

    /// The record in canonical form.
    pub fn write(&self, out: &mut String) {
        if let Body::Unknown(json) = &self.body {
            out.push_str(json.as_str());
            return;
        }
        let mut fields = Fields::default();
        fields.put("at", &self.made.at);
        fields.put("by", &self.made.by);
        fields.put("kind", &self.kind());
        fields.put("on", &self.made.on);
        fields.put_register("deleted", &self.deleted);
        fields.put_register("note", &self.note);
        fields.put_register("unsure", &self.unsure);
        on_body!(&self.body, inner => inner.put_fields(&mut fields), ());
        let unknown = self.unknown.iter().map(|(k, v)| (k.clone().into(), v.as_str().to_owned()));
        fields.0.extend(unknown);
        fields.0.sort();
        out.push('{');
        for (i, (name, value)) in fields.0.iter().enumerate() {
            out.push_str(if i == 0 { "" } else { "," });
            out.push_str(&serde_json::to_string(name).unwrap_or_default());
            out.push(':');
            out.push_str(value);
        }
        out.push('}');
    }

    /// A record of a kind this version does not know.
    fn read_unknown(json: &str) -> Result<Self, serde_json::Error> {
        #[derive(Deserialize)]
        struct Head {
            at: Dot,
            by: Id<Person>,
            on: Time,
        }
        let Head { at, by, on } = serde_json::from_str(json)?;
        Ok(Self::new(Stamp { at, by, on }, Body::Unknown(Json::read(json)?)))
    }
}

/// A total order of stamps, the same in every file.
fn stamp_key(stamp: &Stamp) -> (&Dot, &str, Time) {
    (&stamp.at, stamp.by.as_str(), stamp.on)
}

/// The shared fields while a record is being read.
struct Head {
    at: Option<Dot>,
    by: Option<Id<Person>>,
    on: Option<Time>,
    kind: Option<String>,
    deleted: Register<bool>,
    note: Register<Option<String>>,
    unsure: Register<bool>,
    unknown: BTreeMap<String, Json>,
}

impl Default for Head {
    fn default() -> Self {
        Self {
            at: None,
            by: None,
            on: None,
            kind: None,
            deleted: Register::default(),
            note: Register::default(),
            unsure: Register::default(),
            unknown: BTreeMap::new(),
        }
    }
}

impl<'de> Shared<'de> for Head {
    fn read<A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
        match name {
            "at" => self.at = Some(map.next_value()?),
            "by" => self.by = Some(map.next_value()?),
            "on" => self.on = Some(map.next_value()?),
            "kind" => self.kind = Some(map.next_value()?),
            "deleted" => self.deleted = map.next_value()?,
            "note" => self.note = map.next_value()?,
            "unsure" => self.unsure = map.next_value()?,
            _ => {
                let raw: &RawValue = map.next_value()?;
                let value = Json::read(raw.get()).map_err(de::Error::custom)?;
                self.unknown.insert(name.to_owned(), value);
            }
        }
        Ok(())
    }
}

/// Reads a record whose id says that it is a `K`.
struct Reader<K>(std::marker::PhantomData<K>);

impl<K> Default for Reader<K> {
    fn default() -> Self {
        Self(std::marker::PhantomData)
    }
}

impl<'de, K: AsBody + Into<Body>> Visitor<'de> for Reader<K> {
    type Value = Entry;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a record of kind `{}`", K::KIND)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Entry, A::Error> {
        let mut head = Head::default();
        let body = K::read(map, &mut head);
        let purged = head.kind.as_deref() == Some("purged");
        let body: Body = match body {
            _ if purged => Body::Purged,
            Ok(body) => body.into(),
            Err(why) => return Err(why),
        };
        let Head { at, by, on, kind, deleted, note, unsure, unknown } = head;
        match kind.as_deref() {
            Some("purged") => {}
            Some(kind) if kind == K::KIND => {}
            Some(other) => {
                let wanted = format!("`{}`, as its id says", K::KIND);
                return Err(de::Error::invalid_value(de::Unexpected::Str(other), &wanted.as_str()));
            }
            None => return Err(de::Error::missing_field("kind")),
        }
        let at = at.ok_or_else(|| de::Error::missing_field("at"))?;
        let by = by.ok_or_else(|| de::Error::missing_field("by"))?;
        let on = on.ok_or_else(|| de::Error::missing_field("on"))?;
        let made = Stamp { at, by, on };
        if purged {
            return Ok(Entry::purged(made));
        }
        Ok(Entry { made, deleted, note, unsure, unknown, body })
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
