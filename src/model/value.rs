//! How single values are read from and written to the file.
//!
//! Not by derived code: with some twenty kinds of records and forty types of fields that came to more
//! than a megabyte of wasm. Here each type says in a line what it is, and one reader of objects,
//! strings and lists serves them all.

use super::{Id, Json, Kind, RecordId};
use crate::text::{CodePoint, Text};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::fmt;

/// Why a value does not fit its field, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueError(pub(crate) String);

impl ValueError {
    fn wanted(what: &str, raw: &str) -> Self {
        let shown: String = raw.chars().take(60).collect();
        Self(format!("expected {what}, found {shown}"))
    }

    /// The same, with the field it is about.
    pub(crate) fn in_field(self, field: &str) -> Self {
        Self(format!("field `{field}`: {}", self.0))
    }
}

impl fmt::Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ValueError {}

impl From<serde_json::Error> for ValueError {
    fn from(why: serde_json::Error) -> Self {
        Self(why.to_string())
    }
}

/// A value of a field: reads and writes itself as JSON. What it writes is canonical.
pub trait Value: Clone + PartialEq + fmt::Debug {
    /// Reads the value from a JSON text.
    fn read(raw: &str) -> Result<Self, ValueError>
    where
        Self: Sized;
    /// Appends the value as JSON.
    fn write(&self, out: &mut String);
}

/// Reads a JSON string.
pub(crate) fn read_string(raw: &str, what: &str) -> Result<String, ValueError> {
    if !raw.trim_start().starts_with('"') {
        return Err(ValueError::wanted(what, raw));
    }
    Ok(serde_json::from_str(raw)?)
}

/// Appends a JSON string.
pub(crate) fn write_string(text: &str, out: &mut String) {
    // Strings always serialise.
    out.push_str(&serde_json::to_string(text).unwrap_or_default());
}

fn read_number(raw: &str, limit: u64, what: &str) -> Result<u64, ValueError> {
    raw.trim().parse().ok().filter(|n| *n <= limit).ok_or_else(|| ValueError::wanted(what, raw))
}

impl Value for String {
    fn read(raw: &str) -> Result<Self, ValueError> {
        read_string(raw, "a string")
    }
    fn write(&self, out: &mut String) {
        write_string(self, out);
    }
}

impl Value for Text {
    fn read(raw: &str) -> Result<Self, ValueError> {
        read_string(raw, "a text").map(Text::new)
    }
    fn write(&self, out: &mut String) {
        write_string(self, out);
    }
}

impl Value for bool {
    fn read(raw: &str) -> Result<Self, ValueError> {
        match raw.trim() {
            "true" => Ok(true),
            "false" => Ok(false),
            other => Err(ValueError::wanted("true or false", other)),
        }
    }
    fn write(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }
}

impl Value for u32 {
    fn read(raw: &str) -> Result<Self, ValueError> {
        read_number(raw, u64::from(u32::MAX), "a whole number").map(|n| n as Self)
    }
    fn write(&self, out: &mut String) {
        out.push_str(&self.to_string());
    }
}

impl Value for u8 {
    fn read(raw: &str) -> Result<Self, ValueError> {
        read_number(raw, u64::from(u8::MAX), "a small whole number").map(|n| n as Self)
    }
    fn write(&self, out: &mut String) {
        out.push_str(&self.to_string());
    }
}

impl Value for CodePoint {
    fn read(raw: &str) -> Result<Self, ValueError> {
        u32::read(raw).map(Self)
    }
    fn write(&self, out: &mut String) {
        self.0.write(out);
    }
}

impl Value for RecordId {
    fn read(raw: &str) -> Result<Self, ValueError> {
        read_string(raw, "an id").map(|id| Self::from_file(&id))
    }
    fn write(&self, out: &mut String) {
        write_string(self.as_str(), out);
    }
}

impl<K: Kind> Value for Id<K> {
    fn read(raw: &str) -> Result<Self, ValueError> {
        let id = read_string(raw, "an id")?;
        Self::parse(&id).ok_or_else(|| {
            ValueError(format!("expected `{}:` and 26 characters of base 32, found “{id}”", K::PREFIX))
        })
    }
    fn write(&self, out: &mut String) {
        write_string(self.as_str(), out);
    }
}

impl<T: Value> Value for Option<T> {
    fn read(raw: &str) -> Result<Self, ValueError> {
        if raw.trim() == "null" { Ok(None) } else { T::read(raw).map(Some) }
    }
    fn write(&self, out: &mut String) {
        match self {
            Some(value) => value.write(out),
            None => out.push_str("null"),
        }
    }
}

impl<T: Value> Value for Vec<T> {
    fn read(raw: &str) -> Result<Self, ValueError> {
        items(raw)?.into_iter().map(|item| T::read(item.get())).collect()
    }
    fn write(&self, out: &mut String) {
        out.push('[');
        for (i, item) in self.iter().enumerate() {
            out.push_str(if i == 0 { "" } else { "," });
            item.write(out);
        }
        out.push(']');
    }
}

fn items(raw: &str) -> Result<Vec<&RawValue>, ValueError> {
    if !raw.trim_start().starts_with('[') {
        return Err(ValueError::wanted("a list", raw));
    }
    Ok(serde_json::from_str(raw)?)
}

/// A JSON object, its values still text. Of equal keys the last counts.
pub(crate) struct Object<'a>(Vec<(String, &'a RawValue)>);

impl<'a> Object<'a> {
    pub(crate) fn read(raw: &'a str) -> Result<Self, ValueError> {
        if !raw.trim_start().starts_with('{') {
            return Err(ValueError::wanted("an object", raw));
        }
        Ok(serde_json::from_str(raw)?)
    }

    /// Takes a value out.
    pub(crate) fn raw(&mut self, key: &str) -> Option<&'a str> {
        let mut found = None;
        self.0.retain(|(name, raw)| {
            let here = name == key;
            if here {
                found = Some(raw.get());
            }
            !here
        });
        found
    }

    /// Takes a value out and reads it.
    pub(crate) fn maybe<T: Value>(&mut self, key: &str) -> Result<Option<T>, ValueError> {
        self.raw(key).map(|raw| T::read(raw).map_err(|why| why.in_field(key))).transpose()
    }

    /// Takes a value out that must be there, and reads it.
    pub(crate) fn must<T: Value>(&mut self, key: &str) -> Result<T, ValueError> {
        self.maybe(key)?.ok_or_else(|| ValueError(format!("missing field `{key}`")))
    }

    /// What was not taken out.
    pub(crate) fn rest(self) -> Vec<(String, &'a RawValue)> {
        self.0
    }

    /// Nothing may be left: nested objects hold only what is known, so that nothing is dropped silently.
    pub(crate) fn end(self) -> Result<(), ValueError> {
        match self.0.first() {
            Some((key, _)) => Err(ValueError(format!("unknown field `{key}`"))),
            None => Ok(()),
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Object<'a> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Object<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<'de>, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Object(fields))
            }
        }
        d.deserialize_map(Fields)
    }
}

impl Json {
    /// The canonical form of a value.
    pub fn of(value: &impl Value) -> Self {
        let mut out = String::new();
        value.write(&mut out);
        Self::canonical(out)
    }
}

/// Declares a small object that is the value of a field, its fields in the order of sorted keys. A field
/// with `or` may be missing and is left out where it has that value.
macro_rules! object {
    ($( $(#[$doc:meta])* $name:ident { $( $(#[$fdoc:meta])* $field:ident : $type:ty $(, or $default:expr)? ; )* } )*) => { $(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name { $( $(#[$fdoc])* pub $field: $type, )* }

        impl $crate::model::Value for $name {
            fn read(raw: &str) -> Result<Self, $crate::model::ValueError> {
                let mut object = $crate::model::value::Object::read(raw)?;
                $( let $field = $crate::model::value::object!(@read object, $field $(, $default)?); )*
                object.end()?;
                Ok(Self { $( $field, )* })
            }
            fn write(&self, out: &mut String) {
                let mut comma = '{';
                $( $crate::model::value::object!(@write self, out, comma, $field $(, $default)?); )*
                if comma == '{' {
                    out.push('{');
                }
                out.push('}');
            }
        }
    )* };
    (@read $object:ident, $field:ident) => { $object.must(stringify!($field))? };
    (@read $object:ident, $field:ident, $default:expr) => {
        $object.maybe(stringify!($field))?.unwrap_or_else(|| $default)
    };
    (@write $self:ident, $out:ident, $comma:ident, $field:ident) => {{
        $out.push(std::mem::replace(&mut $comma, ','));
        $out.push_str(concat!("\"", stringify!($field), "\":"));
        $crate::model::Value::write(&$self.$field, $out);
    }};
    (@write $self:ident, $out:ident, $comma:ident, $field:ident, $default:expr) => {
        if $self.$field != $default {
            $crate::model::value::object!(@write $self, $out, $comma, $field);
        }
    };
}
pub(crate) use object;
