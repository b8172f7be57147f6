//! Makes articles out of whatever file a person has.
//!
//! In reading order:
//! - `format`: which format a file is in; `limits`: how much is read; `loaded`: what comes out;
//! - `headline`, `links`, `dates`, `phrases`, `recognise`: what the lines of an article are, and what
//!   they say of it;
//! - `cleaning`: proposals to leave something out, which a person accepts or not;
//! - `kin`: of which story a new article seems to be a version, or what it repeats;
//! - `readers`: a module for each format. They bring in large crates, so the page never calls them:
//!   the command line does, and a worker of the page;
//! - `score` (native only): how well the main text of pages is found.
//!
//! The text is fixed here: line ends LF, no byte order mark, nothing else. This module does not know
//! where bytes come from, nor where articles go.

pub mod cleaning;
mod columns;
mod dates;
pub(crate) mod format;
mod headline;
pub mod kin;
pub mod limits;
mod links;
mod loaded;
mod phrases;
pub mod readers;
mod recognise;
#[cfg(not(target_arch = "wasm32"))]
pub mod score;

pub use columns::Columns;
pub use format::{Format, sniff};
pub use loaded::{Draft, Error, Issue, Loaded, Trouble};

use crate::codecs::decode;
use crate::model::Origin;
use crate::text::Text;
use sha2::{Digest, Sha256};

/// The largest article file that is read as text.
pub const MAX_ARTICLE: usize = limits::ARTICLE;

/// Whether a file should be opened as a project: its name or its first words say so.
pub fn is_project(name: &str, bytes: &[u8]) -> bool {
    let near = &bytes[..bytes.len().min(4_096)];
    // A project in UTF-16, too; and one that somebody laid out with spaces.
    let said: Vec<u8> = near.iter().filter(|b| **b > b' ' && b.is_ascii()).copied().take(64).collect();
    name.to_lowercase().ends_with(".variorum.json") || said.starts_with(b"{\"format\":\"variorum")
}

/// Reads the article in a file of plain text or Markdown, in UTF-8 or UTF-16: what the page can do
/// alone. [`readers::read`] reads everything.
pub fn read(name: &str, bytes: &[u8]) -> Result<Draft, Error> {
    if let Some(what) = beyond_text(sniff(name, bytes)) {
        return Err(Error::UnknownFormat(what));
    }
    let text = decode(bytes, limits::ARTICLE).map_err(Error::NotText)?;
    Ok(draft(text, "plain-text", Some(origin(name, bytes))))
}

/// The files in a ZIP file, by their paths, those left out that systems put beside them. Of the readers this
/// brings in the small one of ZIP files alone.
pub fn unpack(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, Error> {
    readers::archive::files(bytes)
}

/// Takes a pasted text.
pub fn paste(text: &str) -> Result<Draft, Error> {
    let text = decode(text.as_bytes(), limits::ARTICLE).map_err(Error::NotText)?;
    Ok(draft(text, "plain-text", None))
}

/// The date that somebody wrote, as ISO 8601 has it; `None` where it is none.
pub fn as_date(words: &str) -> Option<String> {
    dates::from_machine(words).or_else(|| dates::find(words).map(|date| date.iso))
}

/// Whether a link's address may be kept: nothing that runs code.
pub fn is_address(words: &str) -> bool {
    links::is_sound(words)
}

/// The file as a draft remembers it.
pub(crate) fn origin(name: &str, bytes: &[u8]) -> Origin {
    let hash = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
    Origin { hash, name: name.to_owned() }
}

/// A draft of a text whose form says nothing: all is found in its lines.
pub(crate) fn draft(text: String, reader: &str, origin: Option<Origin>) -> Draft {
    let content = Text::new(text);
    let found = recognise::recognise(&content);
    let title = found.title.or_else(|| headline::find(&content));
    Draft {
        extractor: extractor(reader),
        origin,
        title: title.unwrap_or_else(|| "Untitled".to_owned()),
        language: headline::language(&content).map(str::to_owned),
        links: links::as_data(&content),
        facts: found.facts,
        content,
        ..Draft::default()
    }
}

/// «name version» of a reader.
pub(crate) fn extractor(reader: &str) -> String {
    format!("{reader} {}", env!("CARGO_PKG_VERSION"))
}

/// What a format is called that the page does not read alone.
fn beyond_text(format: Format) -> Option<&'static str> {
    Some(match format {
        Format::Text | Format::Markdown | Format::Csv | Format::Tsv | Format::JsonLines => return None,
        Format::Json | Format::Project => return None,
        Format::Html => "a web page (HTML)",
        Format::Mhtml => "a saved web page (MHTML)",
        Format::Mail => "a mail",
        Format::Docx => "a Word document",
        Format::Odt => "an OpenDocument text",
        Format::Epub => "an electronic book (EPUB)",
        Format::Rtf => "an RTF document",
        Format::Pdf => "a PDF file",
        Format::Zip => "a ZIP file",
        Format::Other(what) => what,
    })
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
        assert!(is_project("a.variorum.JSON", b"[]"));
        assert!(is_project("a.txt", b"\xEF\xBB\xBF {\"format\": \"variorum/1\""));
        assert!(!is_project("a.json", b"{\"format\":\"other\"}"));
        assert!(!is_project("a.txt", b"{ it began }"));
    }
}
