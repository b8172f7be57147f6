//! JSON that is kept without being understood: unknown kinds and fields, and values on their way.

use super::{Value, ValueError};
use serde::de::{self, DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

/// A JSON value as text in canonical form: keys sorted, no insignificant space, numbers as they came.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Json(Box<str>);

/// Deeper nesting than this is refused, so that no input can exhaust the stack.
const DEPTH: usize = 100;

impl Json {
    /// The canonical form of a JSON text; of equal keys in one object the last counts.
    pub fn read(text: &str) -> Result<Self, serde_json::Error> {
        let mut out = String::with_capacity(text.len());
        canonical(text, &mut out, DEPTH)?;
        Ok(Self(out.into()))
    }

    /// A text that is canonical already.
    pub(super) fn canonical(text: String) -> Self {
        Self(text.into())
    }

    /// The value as `T`.
    pub fn to<T: Value>(&self) -> Result<T, ValueError> {
        T::read(&self.0)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Appends the canonical form of `text`, which is one JSON value.
fn canonical(text: &str, out: &mut String, depth: usize) -> Result<(), serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_str(text);
    Canonical { out, depth }.deserialize(&mut reader)?;
    reader.end()
}

struct Canonical<'a> {
    out: &'a mut String,
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for Canonical<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<(), D::Error> {
        let raw = <&RawValue>::deserialize(d)?.get().trim();
        match raw.as_bytes().first() {
            Some(b'{' | b'[') if self.depth == 0 => Err(de::Error::custom("nested too deeply")),
            Some(b'{' | b'[') => {
                let mut reader = serde_json::Deserializer::from_str(raw);
                let depth = self.depth - 1;
                de::Deserializer::deserialize_any(&mut reader, Inner { out: self.out, depth })
                    .map_err(de::Error::custom)
            }
            Some(b'"') => {
                // Re-escaped, so that one string has one form.
                let string: String = serde_json::from_str(raw).map_err(de::Error::custom)?;
                self.out.push_str(&serde_json::to_string(&string).map_err(de::Error::custom)?);
                Ok(())
            }
            _ => {
                self.out.push_str(raw);
                Ok(())
            }
        }
    }
}

/// The inside of an object or a list.
struct Inner<'a> {
    out: &'a mut String,
    depth: usize,
}

impl<'de> Visitor<'de> for Inner<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or a list")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut fields = BTreeMap::new();
        while let Some(key) = map.next_key::<String>()? {
            let mut value = String::new();
            map.next_value_seed(Canonical { out: &mut value, depth: self.depth })?;
            fields.insert(key, value);
        }
        self.out.push('{');
        for (i, (key, value)) in fields.iter().enumerate() {
            let comma = if i == 0 { "" } else { "," };
            let key = serde_json::to_string(key).map_err(de::Error::custom)?;
            let _ = write!(self.out, "{comma}{key}:{value}");
        }
        self.out.push('}');
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        self.out.push('[');
        let mut first = true;
        loop {
            let mut item = String::new();
            let seed = Canonical { out: &mut item, depth: self.depth };
            if list.next_element_seed(seed)?.is_none() {
                break;
            }
            self.out.push_str(if std::mem::take(&mut first) { "" } else { "," });
            self.out.push_str(&item);
        }
        self.out.push(']');
        Ok(())
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let raw = RawValue::from_string(self.0.to_string()).map_err(serde::ser::Error::custom)?;
        raw.serialize(s)
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(d)?;
        Self::read(raw.get()).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_sorted_spaces_dropped_and_numbers_kept_as_they_came() {
        let got = Json::read(
            r#" { "b" : [1.50, 123456789012345678901234567890, {"z":null,"a":"\u0041"}], "a": true } "#,
        );
        let want = r#"{"a":true,"b":[1.50,123456789012345678901234567890,{"a":"A","z":null}]}"#;
        assert_eq!(got.unwrap().as_str(), want);
    }

    #[test]
    fn deep_nesting_is_refused_without_exhausting_the_stack() {
        let deep = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
        assert!(Json::read(&deep).is_err());
    }
}
