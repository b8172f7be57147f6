//! From bytes in any encoding to text: what the file says of itself first, then what its bytes allow.

use super::super::Error;
use crate::codecs::NotText;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Text, and how the bytes were read.
pub(crate) struct Decoded {
    /// Line ends LF, no byte order mark.
    pub(super) text: String,
    /// The encoding's name.
    pub(super) encoding: &'static str,
    /// Whether nothing said so.
    pub(super) guessed: bool,
    /// Whether letters had to be replaced.
    pub(super) replaced: bool,
}

/// Decodes `bytes`. `asked`: what a person chose. `said`: what the format says somewhere (a mail's head,
/// a page's `charset`), believed where the bytes allow it.
pub(crate) fn decode(
    bytes: &[u8],
    asked: Option<&str>,
    said: Option<&str>,
    limit: usize,
) -> Result<Decoded, Error> {
    if bytes.len() > limit {
        return Err(Error::NotText(NotText::TooLarge { size: bytes.len(), limit }));
    }
    let (encoding, guessed) = match asked {
        Some(label) => {
            let known = Encoding::for_label(label.as_bytes());
            (known.ok_or_else(|| Error::UnknownEncoding(label.to_owned()))?, false)
        }
        None => choose(bytes, said)?,
    };
    let (text, encoding, replaced) = encoding.decode(bytes);
    let text = unix_lines(text.into_owned());
    if text.trim().is_empty() {
        return Err(Error::NotText(NotText::Empty));
    }
    Ok(Decoded { text, encoding: encoding.name(), guessed, replaced })
}

fn choose(bytes: &[u8], said: Option<&str>) -> Result<(&'static Encoding, bool), Error> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok((encoding, false));
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return Ok((encoding, true));
    }
    let control = |b: &u8| *b < 9 || (14..27).contains(b) || (28..32).contains(b);
    if bytes.iter().take(64 * 1024).filter(|b| control(b)).count() > 0 {
        return Err(Error::NotText(NotText::Binary));
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Ok((UTF_8, false));
    }
    let said = said.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    if let Some(encoding) = said.filter(|e| *e != UTF_8 && *e != UTF_16LE && *e != UTF_16BE) {
        return Ok((encoding, false));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(512 * 1024)], true);
    Ok((detector.guess(None, Utf8Detection::Deny), true))
}

/// UTF-16 without its mark shows as text with a nought in every second byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let near = &bytes[..bytes.len().min(2_000) & !1];
    let noughts = |from: usize| near.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    let half = near.len() / 2;
    let (even, odd) = (noughts(0), noughts(1));
    match half {
        0..4 => None,
        _ if odd * 10 > half * 4 && even * 20 < half => Some(UTF_16LE),
        _ if even * 10 > half * 4 && odd * 20 < half => Some(UTF_16BE),
        _ => None,
    }
}

pub(crate) fn unix_lines(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

/// What a web page says of its encoding in its first bytes.
pub(crate) fn said_by_page(bytes: &[u8]) -> Option<String> {
    let near = String::from_utf8_lossy(&bytes[..bytes.len().min(2_048)]).to_lowercase();
    let at = near.find("charset=").map(|at| at + 8).or(near.find("encoding=").map(|at| at + 9))?;
    let label: String = near[at..]
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    (!label.is_empty()).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(bytes: &[u8]) -> (String, &'static str, bool) {
        let got = decode(bytes, None, None, 1_000_000).unwrap();
        (got.text, got.encoding, got.guessed)
    }

    #[test]
    fn the_common_encodings_are_told_apart() {
        let ukrainian = "Мер міста сказав, що пором залишиться ще на одну зиму. Їжак теж. Рада порту голосуватиме у травні.";
        let english = "The mayor’s “café” stays, she said – and the board agreed. It will vote in May.";
        for (label, words) in [("windows-1251", ukrainian), ("koi8-u", ukrainian), ("windows-1252", english)]
        {
            let (bytes, ..) = Encoding::for_label(label.as_bytes()).unwrap().encode(words);
            let (text, encoding, guessed) = text_of(&bytes);
            assert_eq!((&*text, encoding.to_lowercase(), guessed), (words, label.to_owned(), true));
        }
        let utf16: Vec<u8> = english.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(text_of(&utf16).0, english);
    }

    #[test]
    fn what_a_person_or_the_page_says_is_believed() {
        let (bytes, ..) = encoding_rs::ISO_8859_2.encode("Žena řekla");
        assert_eq!(decode(&bytes, Some("latin2"), None, 99).unwrap().text, "Žena řekla");
        assert_eq!(decode(&bytes, None, Some("iso-8859-2"), 99).unwrap().text, "Žena řekla");
        assert_eq!(
            decode(b"x", Some("klingon"), None, 99).err(),
            Some(Error::UnknownEncoding("klingon".into()))
        );
        assert_eq!(
            said_by_page(b"<meta http-equiv=x content='text/html; charset=Windows-1251'>").as_deref(),
            Some("windows-1251")
        );
    }

    #[test]
    fn a_picture_is_no_text() {
        assert!(matches!(
            decode(b"\x89PNG\x0d\x0a\x1a\x0a\x00\x01", None, None, 99),
            Err(Error::NotText(NotText::Binary))
        ));
    }
}
