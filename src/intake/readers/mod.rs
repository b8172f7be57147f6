//! Every format that is read, a module each. Large crates come in here (HTML, mail, tables, character
//! sets): only the command line and a worker call [`read`].
//!
//! - `charset`: bytes to text; `prose`: a text in the making; `xml`, `zip`: what documents are packed in;
//! - `html` (`flat`: pages made flat that nest without end), `mail` (and MHTML), `docx`, `odt`, `epub`, `rtf`, `pdf`: one article a file;
//! - `table`, `json`: many articles a file; `archive`: files in a file.
//!
//! A reader gives the same text for the same bytes on every machine: offsets hang on it. Whatever
//! changes what a reader makes of a file changes the program's version, which the text's record names.

mod archive;
mod charset;
mod docx;
mod epub;
mod flat;
mod html;
mod json;
mod mail;
mod odt;
mod pdf;
mod prose;
mod rtf;
mod table;
mod xml;
mod zip;

use super::{Columns, Error, Format, Loaded, Trouble, draft, limits, origin, sniff};
use crate::codecs::NotText;
use crate::model::Origin;

/// What is known of a file beside its bytes.
#[derive(Clone, Debug, Default)]
pub struct Hint {
    /// Its name.
    pub name: String,
    /// Its format, where somebody says so; else it is told from the bytes.
    pub format: Option<Format>,
    /// Its encoding, where somebody says so; else it is told from the bytes.
    pub encoding: Option<String>,
    /// Which columns hold what, where somebody says so; else they are told by their names.
    pub columns: Columns,
    /// Whether all words of a web page are taken, not only its main text.
    pub whole: bool,
}

impl Hint {
    /// Nothing but a name.
    pub fn named(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }
}

/// Reads all articles in a file. Never panics, never fetches anything, runs nothing.
pub fn read(bytes: &[u8], hint: &Hint) -> Result<Loaded, Error> {
    read_within(bytes, hint, &mut zip::Budget::default(), 0)
}

/// The files in a ZIP file, by their paths, those left out that systems put beside them.
pub fn unpack(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, Error> {
    archive::files(bytes)
}

/// The columns of a table or the fields of JSON objects, for a person to choose from, and which of them are
/// told to be what.
pub fn columns(bytes: &[u8], hint: &Hint) -> Result<(Vec<String>, Columns), Error> {
    match hint.format.unwrap_or_else(|| sniff(&hint.name, bytes)) {
        Format::Json | Format::JsonLines => json::columns(bytes, hint),
        Format::Tsv => table::columns(bytes, hint, Some(b'\t')),
        _ => table::columns(bytes, hint, None),
    }
}

/// The main text of a web page, for scoring.
pub fn main_text(page: &[u8]) -> Result<String, Error> {
    let said = charset::said_by_page(page);
    let page = charset::decode(page, None, said.as_deref(), limits::PAGE)?;
    html::read(&page.text, None, None, false).map(|(draft, _)| draft.content.as_str().to_owned())
}

fn read_within(bytes: &[u8], hint: &Hint, budget: &mut zip::Budget, depth: usize) -> Result<Loaded, Error> {
    let format = hint.format.unwrap_or_else(|| sniff(&hint.name, bytes));
    // Before anything is done with the bytes, which takes long for very many.
    let limit = match format {
        Format::Zip => limits::UNPACKED,
        Format::Text | Format::Markdown => limits::ARTICLE,
        Format::Html => limits::PAGE,
        _ => limits::FILE,
    };
    if bytes.len() > limit {
        return Err(Error::NotText(NotText::TooLarge { size: bytes.len(), limit }));
    }
    let from = Some(origin(&hint.name, bytes));
    match format {
        Format::Text => plain(bytes, hint, "plain-text", from),
        Format::Markdown => plain(bytes, hint, "markdown", from),
        Format::Html => page(bytes, hint, from),
        Format::Mhtml => mail::read_page(bytes, from),
        Format::Mail => mail::read(bytes, from),
        Format::Docx => docx::read(bytes, from, budget),
        Format::Odt => odt::read(bytes, from, budget),
        Format::Epub => epub::read(bytes, from, budget),
        Format::Rtf => rtf::read(bytes, from),
        Format::Pdf => pdf::read(bytes, from),
        Format::Csv => table::read(bytes, hint, None, from),
        Format::Tsv => table::read(bytes, hint, Some(b'\t'), from),
        Format::Json => json::read(bytes, hint, from),
        Format::JsonLines => json::read_lines(bytes, hint, from),
        Format::Zip => archive::read(bytes, budget, depth),
        Format::Project => Err(Error::IsProject),
        Format::Other(what) => Err(Error::UnknownFormat(what)),
    }
}

fn plain(bytes: &[u8], hint: &Hint, reader: &str, from: Option<Origin>) -> Result<Loaded, Error> {
    let decoded = charset::decode(bytes, hint.encoding.as_deref(), None, limits::ARTICLE)?;
    let mut loaded = Loaded::one(draft(decoded.text.clone(), reader, from));
    note_encoding(&mut loaded, &decoded);
    Ok(loaded)
}

fn page(bytes: &[u8], hint: &Hint, from: Option<Origin>) -> Result<Loaded, Error> {
    let said = charset::said_by_page(bytes);
    let decoded = charset::decode(bytes, hint.encoding.as_deref(), said.as_deref(), limits::PAGE)?;
    let (draft, whole) = html::read(&decoded.text, None, from, hint.whole)?;
    let mut loaded = Loaded::one(draft);
    note_encoding(&mut loaded, &decoded);
    if whole && !hint.whole {
        loaded.say(Trouble::WholePage);
    }
    Ok(loaded)
}

fn note_encoding(loaded: &mut Loaded, decoded: &charset::Decoded) {
    let encoding = decoded.encoding;
    for (_, draft) in &mut loaded.drafts {
        draft.encoding = Some((encoding, decoded.guessed));
    }
    if decoded.guessed {
        loaded.say(Trouble::Guessed { encoding });
    }
    if decoded.replaced {
        loaded.say(Trouble::Replaced { encoding });
    }
}

#[cfg(test)]
mod tests;
