//! How single values are read from and written to the file.
//!
//! Not by derived code: with some twenty kinds of records and forty types of fields that came to more
//! than a megabyte of wasm. Here each type says in a line what it is, and one reader of objects,
//! strings and lists serves them all.

use super::cursor::{Cursor, Fault, write_string};
use super::{Id, Kind, RecordId};
use crate::text::{CodePoint, Text};
use std::borrow::Cow;
use std::fmt;

/// Why a value does not fit its field, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueError(pub(crate) String);

impl ValueError {
    pub(crate) fn wanted(what: &str, raw: &str) -> Self {
        let shown: String = raw.chars().take(60).collect();
        Self(format!("expected {what}, found {shown}"))
    }

    pub(crate) fn missing(field: &str) -> Self {
        Self(format!("missing field `{field}`"))
    }

    pub(crate) fn unknown(field: &str) -> Self {
        Self(format!("unknown field `{field}`"))
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

/// A value of a field: reads and writes itself as JSON. What it writes is canonical.
pub trait Value: Clone + PartialEq + fmt::Debug {
    /// Reads the value that comes next.
    fn take(from: &mut Cursor<'_>) -> Result<Self, ValueError>
    where
        Self: Sized;

    /// Appends the value as JSON.
    fn write(&self, out: &mut String);

    /// Reads the value from a JSON text that holds nothing else.
    fn read(raw: &str) -> Result<Self, ValueError>
    where
        Self: Sized,
    {
        let mut from = Cursor::new(raw);
        let value = Self::take(&mut from)?;
        from.end()?;
        Ok(value)
    }
}

/// Reads a JSON string.
pub(crate) fn take_string<'a>(from: &mut Cursor<'a>, what: &str) -> Result<Cow<'a, str>, ValueError> {
    if from.peek() != Some(b'"') {
        return Err(ValueError::wanted(what, from.rest()));
    }
    Ok(from.string()?)
}

fn take_number(from: &mut Cursor<'_>, limit: u64, what: &str) -> Result<u64, ValueError> {
    from.peek();
    let rest = from.rest();
    let word = from.word();
    let canonical = word.bytes().all(|b| b.is_ascii_digit()) && (word == "0" || !word.starts_with('0'));
    let number = word.parse().ok().filter(|n| *n <= limit && canonical);
    number.ok_or_else(|| ValueError::wanted(what, rest))
}

impl Value for String {
    fn take(from: &mut Cursor<'_>) -> Result<Self, ValueError> {
        take_string(from, "a string").map(Cow::into_owned)
    }
    fn write(&self, out: &mut String) {
        write_string(self, out);
    }
}

impl Value for Text {
    fn take(from: &mut Cursor<'_>) -> Result<Self, ValueError> {
        take_string(from, "a text").map(Text::new)
    }
    fn write(&self, out: &mut String) {
        write_string(self, out);
    }
}

impl Value for bool {
    fn take(from: &mut Cursor<'_>) -> Result<Self, ValueError> {
        from.peek();
        let rest = from.rest();
        match from.word() {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(ValueError::wanted("true or false", rest)),
        }
    }
    fn write(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }
}

impl Value for u64 {
    fn take(from: &mut Cursor<'_>) -> Result<Self, ValueError> {
        take_number(from, Self::MAX, "a whole number")
    }
    fn write(&self, out: &mut String) {
        out.push_str(&self.to_string());
    }
}

impl Value for u32 {
    fn take(from: &mut Cursor<'_>) -> Result<Self, ValueError> {
        take_number(from, u64::from(Self::MAX), "a whole number").map(|n| n as Self)
    }
    fn write(&self, out: &mut String) {
        out.push_str(&self.to_string());
    }
}

impl Value for u8 {
    fn take(from: &mut Cursor<'_>) -> Result<Self, ValueError> {
        take_number(from, u64::from(Self::MAX), "a small whole number").map(|n| n as Self)
    }
    fn write(&self, out: &mut String) {
        out.push_str(&self.to_string());
    }
}

impl Value for CodePoint {
    fn take(from: &mut Cursor<'_>) -> Result<Self, ValueError> {
        u32::take(from).map(Self)
    }
    fn write(&self, out: &mut String) {
        self.0.write(out);
    }
}

impl Value for RecordId {
    fn take(from: &mut Cursor<'_>) -> Result<Self, ValueError> {
        take_string(from, "an id").map(|id| Self::from_file(&id))
    }
    fn write(&self, out: &mut String) {
        write_string(self.as_str(), out);
    }
}

impl<K: Kind> Value for Id<K> {
    fn take(from: &mut Cursor<'_>) -> Result<Self, ValueError> {
        let id = take_string(from, "an id")?;
        Self::parse(&id).ok_or_else(|| {
            ValueError(format!("expected `{}:` and 26 characters of base 32, found “{id}”", K::PREFIX))
        })
    }
    fn write(&self, out: &mut String) {
        write_string(self.as_str(), out);
    }
}

impl<T: Value> Value for Option<T> {
    fn take(from: &mut Cursor<'_>) -> Result<Self, ValueError> {
        if from.peek() == Some(b'n') && from.rest().starts_with("null") {
            from.word();
            return Ok(None);
        }
        T::take(from).map(Some)
    }
    fn write(&self, out: &mut String) {
        match self {
            Some(value) => value.write(out),
            None => out.push_str("null"),
        }
    }
}

impl<T: Value> Value for Vec<T> {
    fn take(from: &mut Cursor<'_>) -> Result<Self, ValueError> {
        let mut items = Vec::new();
        from.list(&mut |from| {
            items.push(T::take(from)?);
            Ok(())
        })?;
        Ok(items)
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

/// The fields of a JSON object, their values still text. Of equal keys the last counts.
pub(crate) struct Object<'a> {
    fields: Vec<(Cow<'a, str>, &'a str)>,
    /// A key that stood there more than once.
    pub(crate) twice: Option<String>,
}

impl<'a> Object<'a> {
    /// Passes an object that comes next: its brackets and strings are sound then.
    pub(crate) fn take(from: &mut Cursor<'a>) -> Result<Self, Fault> {
        if !from.pass(b'{') {
            return from.fault("an object is expected");
        }
        let mut fields: Vec<(Cow<'a, str>, &'a str)> = Vec::with_capacity(16);
        let (mut sorted, mut first, mut twice) = (true, true, None);
        while from.more(b'}', &mut first)? {
            let key = from.key()?;
            sorted = sorted && fields.last().is_none_or(|(last, _)| *last < key);
            if !sorted && let Some(at) = fields.iter().position(|(name, _)| *name == key) {
                twice = Some(fields.remove(at).0.into_owned());
            }
            fields.push((key, from.skip()?));
        }
        Ok(Self { fields, twice })
    }

    /// Takes a value out.
    pub(crate) fn raw(&mut self, key: &str) -> Option<&'a str> {
        let at = self.fields.iter().position(|(name, _)| name == key)?;
        Some(self.fields.remove(at).1)
    }

    /// Takes a value out and reads it.
    pub(crate) fn maybe<T: Value>(&mut self, key: &str) -> Result<Option<T>, ValueError> {
        self.raw(key).map(|raw| T::read(raw).map_err(|why| why.in_field(key))).transpose()
    }

    /// Takes a value out that must be there, and reads it.
    pub(crate) fn must<T: Value>(&mut self, key: &str) -> Result<T, ValueError> {
        self.maybe(key)?.ok_or_else(|| ValueError::missing(key))
    }

    /// What was not taken out.
    pub(crate) fn rest(self) -> Vec<(Cow<'a, str>, &'a str)> {
        self.fields
    }
}

/// Reads a field of a small object. Twice would mean that one of the values is lost.
pub(crate) fn once<T: Value>(
    field: &mut Option<T>,
    key: &str,
    from: &mut Cursor<'_>,
) -> Result<(), ValueError> {
    if field.is_some() {
        return Err(ValueError(format!("field `{key}` stands there twice")));
    }
    *field = Some(T::take(from).map_err(|why| why.in_field(key))?);
    Ok(())
}

/// Declares a small object that is the value of a field, its fields in the order of sorted keys. A field
/// with `or` may be missing and is left out where it has that value.
macro_rules! object {
    ($( $(#[$doc:meta])* $name:ident { $( $(#[$fdoc:meta])* $field:ident : $type:ty $(, or $default:expr)? ; )* } )*) => { $(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name { $( $(#[$fdoc])* pub $field: $type, )* }

        #[cfg(not(target_arch = "wasm32"))]
        impl $name {
            /// Its fields, for the schema: name, type, whether it must be there.
            pub(crate) const FIELDS: &'static [(&'static str, &'static str, bool)] = &[
                $( (stringify!($field), stringify!($type), stringify!($($default)?).is_empty()), )*
            ];
        }

        impl $crate::model::Value for $name {
            fn take(from: &mut $crate::model::Cursor<'_>) -> Result<Self, $crate::model::ValueError> {
                $( let mut $field: Option<$type> = None; )*
                from.object(&mut |key, from| {
                    match key {
                        $( stringify!($field) => $crate::model::value::once(&mut $field, key, from)?, )*
                        // Nothing is dropped silently.
                        _ => return Err($crate::model::ValueError::unknown(key)),
                    }
                    Ok(())
                })?;
                $( let $field = $crate::model::value::object!(@read $field $(, $default)?); )*
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
    (@read $field:ident) => {
        $field.ok_or_else(|| $crate::model::ValueError::missing(stringify!($field)))?
    };
    (@read $field:ident, $default:expr) => { $field.unwrap_or_else(|| $default) };
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
