//! The frame around every stored value: `1 <codec> <units> <crc32> <payload>`.
//!
//! The checksum runs over codec and payload in UTF-16 units, in which browsers store: any change within
//! two neighbouring units is detected with certainty, any other but for one in four thousand million.

use super::engine::units;
use super::pack::{pack, unpack};
use crc::{Crc, Table};
use std::fmt;

/// Why a stored value cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// It does not begin as a record does.
    NoFrame,
    /// It is shorter or longer than it says.
    Torn,
    /// Its checksum is not that of its content.
    Checksum,
    /// It is whole, but says nothing that can be understood.
    Content,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoFrame => "it does not begin as a record does",
            Self::Torn => "a part of it is missing",
            Self::Checksum => "its checksum does not fit",
            Self::Content => "it cannot be understood",
        })
    }
}

impl std::error::Error for Damage {}

/// A value as it is, readable in developer tools and by the rescue page.
pub(super) fn plain(text: &str) -> String {
    frame('0', text)
}

/// A value compressed.
pub(super) fn packed(text: &str) -> String {
    frame('1', &pack(text))
}

/// What a framed value says.
pub(super) fn open(record: &str) -> Result<String, Damage> {
    match check(record)? {
        ('0', payload) => Ok(payload.to_owned()),
        (_, payload) => unpack(payload).ok_or(Damage::Content),
    }
}

/// Whether length and checksum fit; a compressed value is not unpacked for it.
pub(super) fn is_sound(record: &str) -> bool {
    check(record).is_ok()
}

fn frame(codec: char, payload: &str) -> String {
    let header = header(codec, payload);
    header + payload
}

fn header(codec: char, payload: &str) -> String {
    format!("1 {codec} {} {:08x} ", units(payload), checksum(codec, payload))
}

fn check(record: &str) -> Result<(char, &str), Damage> {
    let mut parts = record.splitn(5, ' ');
    let mut next = || parts.next().ok_or(Damage::NoFrame);
    let ("1", codec @ ("0" | "1"), length, _, payload) = (next()?, next()?, next()?, next()?, next()?) else {
        return Err(Damage::NoFrame);
    };
    let codec = if codec == "0" { '0' } else { '1' };
    if length.parse() != Ok(units(payload)) {
        return Err(Damage::Torn);
    }
    // Compared as text, so that a header in another spelling is a changed one.
    let as_written = record.strip_suffix(payload) == Some(header(codec, payload).as_str());
    if as_written { Ok((codec, payload)) } else { Err(Damage::Checksum) }
}

/// The checksum of gzip and PNG. The table of one kilobyte: a faster one is 16 times as large in the wasm.
pub(super) static CRC: Crc<u32, Table<1>> = Crc::<u32, Table<1>>::new(&crc::CRC_32_ISO_HDLC);

fn checksum(codec: char, payload: &str) -> u32 {
    let mut hasher = CRC.digest();
    hasher.update(&[codec as u8]);
    let mut buffer = [0u8; 512];
    let mut filled = 0;
    for unit in payload.encode_utf16() {
        buffer[filled..filled + 2].copy_from_slice(&unit.to_le_bytes());
        filled += 2;
        if filled == buffer.len() {
            hasher.update(&buffer);
            filled = 0;
        }
    }
    hasher.update(&buffer[..filled]);
    hasher.finalize()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_frame_is_as_documented() {
        assert_eq!(
            plain("{\"a\":\"ї\"}"),
            format!("1 0 9 {:08x} {{\"a\":\"ї\"}}", checksum('0', "{\"a\":\"ї\"}"))
        );
        assert_eq!(open(&packed("")), Ok(String::new()));
    }

    #[test]
    fn each_kind_of_damage_has_its_name() {
        let record = plain("words");
        assert_eq!(open("anything"), Err(Damage::NoFrame));
        assert_eq!(open(&record[..record.len() - 1]), Err(Damage::Torn));
        assert_eq!(open(&record.replace("words", "wards")), Err(Damage::Checksum));
        assert_eq!(open(&frame('1', "words")), Err(Damage::Content));
    }

    proptest! {
        #[test]
        fn any_single_changed_unit_is_detected(text in "[a-zї😀\" ]{0,60}", pack: bool, at: prop::sample::Index, other: u16) {
            let record = if pack { packed(&text) } else { plain(&text) };
            prop_assert_eq!(open(&record), Ok(text));
            let mut changed: Vec<u16> = record.encode_utf16().collect();
            let at = at.index(changed.len());
            prop_assume!(changed[at] != other);
            changed[at] = other;
            // What Rust makes of a lone surrogate when it reads it out of a browser.
            let changed = String::from_utf16_lossy(&changed);
            prop_assume!(changed != record);
            prop_assert!(open(&changed).is_err());
        }

        #[test]
        fn any_torn_record_is_detected(text in "[a-zї😀 ]{1,60}", pack: bool, keep: prop::sample::Index) {
            let record = if pack { packed(&text) } else { plain(&text) };
            let chars: Vec<char> = record.chars().collect();
            let torn: String = chars[..keep.index(chars.len())].iter().collect();
            prop_assert!(open(&torn).is_err());
        }
    }
}
