//! From the bytes of a file to text, or to a sentence that says why not.

use std::fmt;

/// The largest file that is read: 256 MB.
pub const MAX_FILE: usize = 256 * 1024 * 1024;

/// Why bytes are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant is documented; its fields say what they are")]
pub enum NotText {
    /// There is nothing in the file, or only white space.
    Empty,
    /// The file is larger than `limit` bytes.
    TooLarge { size: usize, limit: usize },
    /// The file holds bytes that no text has.
    Binary,
    /// The bytes are not UTF-8 from this byte on.
    NotUtf8 { at: usize },
}

impl fmt::Display for NotText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("The file is empty. Choose a file that holds text."),
            Self::TooLarge { size, limit } => write!(
                f,
                "The file has {} MB; at most {} MB can be read here. Split it, or use the command line.",
                size.div_ceil(1_048_576),
                limit / 1_048_576
            ),
            Self::Binary => f.write_str(
                "This is not a text file (it looks like a picture, a program or an office document). Save the article as plain text (.txt) and add that.",
            ),
            Self::NotUtf8 { at } => write!(
                f,
                "The file is not in UTF-8 (the byte at position {at} cannot be read). Open it in an editor and save it with the encoding UTF-8.",
            ),
        }
    }
}

impl std::error::Error for NotText {}

/// The text of a file: UTF-8 or UTF-16 with a byte order mark, line ends made LF, the mark dropped.
/// Nothing else is changed.
pub fn decode(bytes: &[u8], limit: usize) -> Result<String, NotText> {
    if bytes.len() > limit {
        return Err(NotText::TooLarge { size: bytes.len(), limit });
    }
    let text = match bytes {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes)?,
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes)?,
        _ => utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes))?,
    };
    if text.trim().is_empty() {
        return Err(NotText::Empty);
    }
    Ok(unix_lines(text))
}

fn utf8(bytes: &[u8]) -> Result<String, NotText> {
    // A NUL, or a control character that no editor writes, is the surest sign of a binary file.
    let control = |b: &u8| *b < 9 || (14..27).contains(b) || (28..32).contains(b);
    if bytes.iter().take(64 * 1024).any(control) {
        return Err(NotText::Binary);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(why) => Err(NotText::NotUtf8 { at: why.valid_up_to() }),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, NotText> {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
    String::from_utf16(&units).map_err(|_| NotText::Binary)
}

fn unix_lines(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_become_lf_and_the_byte_order_mark_goes() {
        assert_eq!(decode(b"\xEF\xBB\xBFa\r\nb\rc\n", 99).unwrap(), "a\nb\nc\n");
        assert_eq!(decode(b"\xFF\xFE\x57\x04!\x00", 99).unwrap(), "ї!");
    }

    #[test]
    fn what_is_no_text_is_named() {
        assert_eq!(decode(b" \n", 99), Err(NotText::Empty));
        assert_eq!(decode(b"\x89PNG\x0d\x0a\x1a\x0a\x00", 99), Err(NotText::Binary));
        assert_eq!(decode(b"caf\xe9 au lait", 99), Err(NotText::NotUtf8 { at: 3 }));
        assert_eq!(decode(b"abc", 2), Err(NotText::TooLarge { size: 3, limit: 2 }));
    }
}
