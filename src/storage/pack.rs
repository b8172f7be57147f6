//! Compression into text: deflate, 15 bits to a UTF-16 unit.
//!
//! Units run from U+0020 to U+801F: no control characters and no surrogates, so that every engine and
//! every tool keeps them. The first unit holds the number of bytes modulo 15.

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;

/// The lowest unit in use.
const BASE: u32 = 0x20;
const BITS: usize = 15;
/// Deflate's effort: measured best for article texts at 0.2 ms each.
const LEVEL: u8 = 8;
/// The most bytes that one value may unpack to, so that a damaged one cannot exhaust the memory.
const MAX_BYTES: usize = 256 << 20;

/// Text in a quarter to a sixth of its units.
pub(super) fn pack(text: &str) -> String {
    to_units(&compress_to_vec(text.as_bytes(), LEVEL))
}

/// The text that was packed; `None` where this is nothing [`pack`] made.
pub(super) fn unpack(packed: &str) -> Option<String> {
    let bytes = decompress_to_vec_with_limit(&from_units(packed)?, MAX_BYTES).ok()?;
    String::from_utf8(bytes).ok()
}

fn unit(bits: u32) -> char {
    char::from_u32(BASE + bits).unwrap_or(' ')
}

fn to_units(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 8 / BITS * 3 + 6);
    out.push(unit((bytes.len() % BITS) as u32));
    let (mut held, mut count) = (0u32, 0);
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        count += 8;
        if count >= BITS {
            count -= BITS;
            out.push(unit(held >> count & 0x7fff));
            held &= (1 << count) - 1;
        }
    }
    if count > 0 {
        out.push(unit(held << (BITS - count) & 0x7fff));
    }
    out
}

fn from_units(text: &str) -> Option<Vec<u8>> {
    let mut chars = text.chars().map(|c| u32::from(c).checked_sub(BASE).filter(|bits| *bits <= 0x7fff));
    let remainder = chars.next()?? as usize;
    let mut out = Vec::with_capacity(text.len() / 3 * BITS / 8 + 2);
    let (mut held, mut count) = (0u32, 0);
    for bits in chars {
        held = held << BITS | bits?;
        count += BITS;
        while count >= 8 {
            count -= 8;
            out.push((held >> count & 0xff) as u8);
            held &= (1 << count) - 1;
        }
    }
    // The last unit may carry up to 14 bits of nothing: one byte too many at most.
    if out.len() % BITS != remainder {
        out.pop();
    }
    (out.len() % BITS == remainder).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_length_of_bytes_comes_back() {
        for length in 0..400usize {
            for pattern in [0x00, 0xff, 0xa5] {
                let bytes: Vec<u8> = (0..length).map(|i| pattern ^ (i as u8 & 3)).collect();
                let units = to_units(&bytes);
                assert_eq!(from_units(&units).as_ref(), Some(&bytes), "{length}");
                assert!(units.chars().all(|c| ('\u{20}'..='\u{801f}').contains(&c)));
                assert_eq!(units.chars().count(), 1 + (length * 8).div_ceil(BITS));
            }
        }
    }

    #[test]
    fn what_was_never_packed_is_refused_quietly() {
        for text in ["", "a", "\u{19}x", "\u{9000}", "some words that look like text"] {
            assert_eq!(unpack(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in "\\PC{0,300}") {
            prop_assert_eq!(unpack(&pack(&text)), Some(text));
        }

        #[test]
        fn no_input_makes_unpacking_panic(text in "\\PC{0,60}") {
            unpack(&text);
        }
    }
}
