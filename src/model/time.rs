//! When something was written, for people to read. No rule of merging ever looks at it.

use super::cursor::{Cursor, write_string};
use super::value::{Value, ValueError, take_string};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::borrow::Cow;
use std::fmt;

/// A moment in UTC to the second, `2026-11-21T18:42:20Z`. Its text sorts by time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time([u8; 20]);

impl Time {
    /// Reads `2026-11-21T18:42:20Z`, and the same with a fraction of a second, which is dropped.
    pub fn parse(text: &str) -> Option<Self> {
        let whole = text.strip_suffix('Z')?;
        let whole = match whole.len() {
            19 => whole,
            _ => whole.split_once('.').map_or(whole, |(seconds, _)| seconds),
        };
        let bytes: [u8; 19] = whole.as_bytes().try_into().ok()?;
        let shaped = bytes.iter().zip(b"0000-00-00T00:00:00").all(|(b, pattern)| match pattern {
            b'0' => b.is_ascii_digit(),
            fixed => b == fixed,
        });
        let number = |from: usize| (bytes[from] - b'0') * 10 + bytes[from + 1] - b'0';
        let sound = shaped
            && (1..=12).contains(&number(5))
            && (1..=31).contains(&number(8))
            && number(11) < 24
            && number(14) < 60
            && number(17) < 61;
        sound.then(|| {
            let mut moment = [b'Z'; 20];
            moment[..19].copy_from_slice(&bytes);
            Self(moment)
        })
    }

    /// The moment as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl Default for Time {
    /// The beginning of the Unix era, for records made where no clock is at hand.
    fn default() -> Self {
        Self(*b"1970-01-01T00:00:00Z")
    }
}

impl fmt::Debug for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Value for Time {
    fn take(from: &mut Cursor<'_>) -> Result<Self, ValueError> {
        let text = take_string(from, "a time")?;
        Self::parse(&text)
            .ok_or_else(|| ValueError(format!("expected a time like 2026-11-21T18:42:20Z, found “{text}”")))
    }
    fn write(&self, out: &mut String) {
        write_string(self.as_str(), out);
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(d)?;
        Self::parse(&text).ok_or_else(|| {
            de::Error::invalid_value(de::Unexpected::Str(&text), &"a time like 2026-11-21T18:42:20Z")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_moments_in_utc_are_times() {
        assert_eq!(Time::parse("2026-11-21T18:42:20.512Z").unwrap().as_str(), "2026-11-21T18:42:20Z");
        for wrong in
            ["", "2026-11-21", "2026-13-21T18:42:20Z", "2026-11-21T18:42:20+02:00", "é026-11-21T18:42:2Z"]
        {
            assert_eq!(Time::parse(wrong), None, "{wrong}");
        }
    }
}
