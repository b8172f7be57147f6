//! JSON that is kept without being understood: unknown kinds and fields, and values on their way.

use super::cursor::{Cursor, DEPTH, is_number, write_string};
use super::{Value, ValueError};
use crate::text::order;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::ops::Range;

/// A JSON value as text in canonical form: keys sorted, no insignificant space, numbers as they came.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Json(Box<str>);

impl Json {
    /// The canonical form of a JSON text; of equal keys in one object the last counts.
    pub fn read(text: &str) -> Result<Self, ValueError> {
        <Self as Value>::read(text)
    }

    /// A text that is canonical already.
    pub(super) fn canonical(text: String) -> Self {
        Self(text.into())
    }

    /// The canonical form of a value.
    pub fn of(value: &impl Value) -> Self {
        let mut out = String::new();
        value.write(&mut out);
        Self::canonical(out)
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

impl Value for Json {
    fn take(from: &mut Cursor<'_>) -> Result<Self, ValueError> {
        let mut out = String::new();
        canonical(from, &mut out, DEPTH)?;
        Ok(Self(out.into()))
    }

    fn write(&self, out: &mut String) {
        out.push_str(&self.0);
    }
}

/// Appends the canonical form of the value that comes next.
fn canonical(from: &mut Cursor<'_>, out: &mut String, depth: usize) -> Result<(), ValueError> {
    match from.peek() {
        Some(b'{' | b'[') if depth == 0 => Err(ValueError("brackets are nested too deeply".into())),
        Some(b'{') => canonical_object(from, out, depth - 1),
        Some(b'[') => {
            let mut comma = '[';
            from.list(&mut |from| {
                out.push(std::mem::replace(&mut comma, ','));
                canonical(from, out, depth - 1)
            })?;
            out.push_str(if comma == '[' { "[]" } else { "]" });
            Ok(())
        }
        // Escaped anew, so that one string has one form.
        Some(b'"') => {
            match from.string()? {
                Cow::Borrowed(plain) => {
                    out.push('"');
                    out.push_str(plain);
                    out.push('"');
                }
                Cow::Owned(text) => write_string(&text, out),
            }
            Ok(())
        }
        _ => {
            let rest = from.rest();
            let word = from.word();
            if !matches!(word, "true" | "false" | "null") && !is_number(word) {
                return Err(ValueError::wanted("a value", rest));
            }
            out.push_str(word);
            Ok(())
        }
    }
}

/// Appends an object, written as it comes and put in order afterwards where it was not.
fn canonical_object(from: &mut Cursor<'_>, out: &mut String, depth: usize) -> Result<(), ValueError> {
    from.pass(b'{');
    let begin = out.len();
    let mut fields: Vec<(Cow<'_, str>, Range<usize>)> = Vec::new();
    let (mut sorted, mut first) = (true, true);
    while from.more(b'}', &mut first)? {
        let key = from.key()?;
        out.push(if fields.is_empty() { '{' } else { ',' });
        let start = out.len();
        write_string(&key, out);
        out.push(':');
        canonical(from, out, depth)?;
        sorted = sorted && fields.last().is_none_or(|(last, _)| *last < key);
        fields.push((key, start..out.len()));
    }
    if !sorted {
        let written = out.split_off(begin);
        order::sort_by(&mut fields, |a, b| a.0.cmp(&b.0));
        let mut comma = '{';
        for (i, (key, place)) in fields.iter().enumerate() {
            // Of equal keys the last counts.
            if fields.get(i + 1).is_none_or(|(next, _)| next != key) {
                out.push(std::mem::replace(&mut comma, ','));
                out.push_str(&written[place.start - begin..place.end - begin]);
            }
        }
    }
    out.push_str(if fields.is_empty() { "{}" } else { "}" });
    Ok(())
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
