//! Makes an article out of whatever file a person has.
//!
//! Plain text and Markdown for now. The text is fixed here: line ends LF, no byte order mark, nothing
//! else. This module does not know where bytes come from, nor where articles go.

mod headline;

use crate::codecs::{NotText, decode};
use crate::model::{Hyperlink, Origin};
use crate::text::Text;
use sha2::{Digest, Sha256};
use std::fmt;

/// The largest article file that is read: 10 MB, about two million words.
pub const MAX_ARTICLE: usize = 10 * 1024 * 1024;

/// An article as it came out of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Its text.
    pub content: Text,
    /// What read it, «name version».
    pub extractor: String,
    /// The file, where there was one.
    pub origin: Option<Origin>,
    /// What seems to be its headline.
    pub title: String,
    /// Its language as a BCP 47 tag, where it is plain.
    pub language: Option<String>,
    /// The links it carried.
    pub links: Vec<Hyperlink>,
}

/// Why no article came out of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// It holds no text.
    NotText(NotText),
    /// A format that cannot be read.
    UnknownFormat(&'static str),
    /// JSON, but no project.
    OtherJson,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotText(why) => why.fmt(f),
            Self::UnknownFormat(what) => write!(
                f,
                "This is {what}, which cannot be read yet. Save the article as plain text (.txt) or Markdown (.md), or paste it.",
            ),
            Self::OtherJson => f.write_str(
                "This is a JSON file, but not a Variorum project (its first line should say “format”: “variorum/1”). Choose a file that was exported from Variorum.",
            ),
        }
    }
}

impl std::error::Error for Error {}

/// Whether a file should be opened as a project: its name or its first byte says JSON.
pub fn is_project(name: &str, bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    name.to_lowercase().ends_with(".json") || start.starts_with(b"{\"format\"")
}

/// Reads the article in a file.
pub fn read(name: &str, bytes: &[u8]) -> Result<Draft, Error> {
    if let Some(what) = known_elsewhere(bytes) {
        return Err(Error::UnknownFormat(what));
    }
    let text = decode(bytes, MAX_ARTICLE).map_err(Error::NotText)?;
    let hash = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
    let origin = Origin { hash, name: name.to_owned() };
    Ok(draft(text, Some(origin)))
}

/// Takes a pasted text.
pub fn paste(text: &str) -> Result<Draft, Error> {
    let text = decode(text.as_bytes(), MAX_ARTICLE).map_err(Error::NotText)?;
    Ok(draft(text, None))
}

fn draft(text: String, origin: Option<Origin>) -> Draft {
    let title = headline::find(&text).unwrap_or_else(|| "Untitled".to_owned());
    let extractor = concat!("plain-text ", env!("CARGO_PKG_VERSION")).to_owned();
    let language = headline::language(&text).map(str::to_owned);
    Draft { content: Text::new(text), extractor, origin, title, language, links: Vec::new() }
}

/// Formats that are told by their first bytes and cannot be read yet.
fn known_elsewhere(bytes: &[u8]) -> Option<&'static str> {
    let lower = bytes.get(..1024.min(bytes.len())).unwrap_or_default().to_ascii_lowercase();
    let html = [&b"<!doctype html"[..], b"<html"];
    match bytes {
        [b'%', b'P', b'D', b'F', ..] => Some("a PDF file"),
        [b'P', b'K', 3, 4, ..] => Some("a ZIP file or an office document"),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Some("an old office document"),
        [b'{', b'\\', b'r', b't', b'f', ..] => Some("an RTF document"),
        _ if html.iter().any(|tag| lower.trim_ascii_start().starts_with(tag)) => Some("a web page (HTML)"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_keeps_the_text_and_remembers_its_file() {
        let draft = read("a.txt", "Ferry stays\r\n\r\n“We stay,” she said.\r\n".as_bytes()).unwrap();
        assert_eq!(&*draft.content, "Ferry stays\n\n“We stay,” she said.\n");
        assert_eq!(draft.title, "Ferry stays");
        assert_eq!(draft.origin.unwrap().name, "a.txt");
    }

    #[test]
    fn what_cannot_be_read_is_named_with_a_way_out() {
        let said = |bytes: &[u8]| read("x", bytes).unwrap_err().to_string();
        assert!(said(b"%PDF-1.7 ...").contains("PDF"));
        assert!(said(b"  <!DOCTYPE html><p>x").contains("web page"));
        assert!(said(b"").contains("empty"));
        assert!(said(b"caf\xe9").contains("UTF-8"));
        assert!(said(&vec![b'x'; MAX_ARTICLE + 1]).contains("at most 10 MB"));
    }

    #[test]
    fn a_project_is_told_by_name_or_by_its_first_words() {
        assert!(is_project("a.JSON", b"[]"));
        assert!(is_project("a.txt", b" {\"format\":\"variorum/1\""));
        assert!(!is_project("a.txt", b"{ it began }"));
    }
}
