//! OpenDocument texts (.odt): ODF 1.2, part 1, sections 5 and 6.

use super::super::{Error, Loaded};
use super::prose::{About, Prose};
use super::xml::{Xml, value, walk};
use super::zip::{Archive, Budget};
use crate::codecs::NotText;
use crate::model::Origin;

const FORMAT: &str = "OpenDocument text";

/// Elements whose words are not the document's: remarks, footnotes, what was deleted.
const SILENT: &[&str] = &["annotation", "note", "tracked-changes", "forms", "sequence-decls"];

/// Reads a document.
pub(crate) fn read(bytes: &[u8], from: Option<Origin>, budget: &mut Budget) -> Result<Loaded, Error> {
    let archive = Archive::open(bytes)?;
    if let Some(manifest) = archive.text("META-INF/manifest.xml", budget)
        && manifest?.contains("encryption-data")
    {
        return Err(Error::Password { format: FORMAT });
    }
    let content = archive.text("content.xml", budget);
    let content =
        content.ok_or(Error::Broken { format: FORMAT, what: "it has no content part".into() })??;
    let mut prose = Prose::default();
    let (mut in_body, mut silent, mut in_paragraph) = (false, 0usize, 0usize);
    let sound = walk(&content, |xml| match xml {
        Xml::Open(name, _) if SILENT.contains(&name) => silent += 1,
        Xml::Close(name) if SILENT.contains(&name) => silent = silent.saturating_sub(1),
        _ if silent > 0 => {}
        Xml::Open("body", _) => in_body = true,
        Xml::Open("p" | "h", _) => {
            in_paragraph += 1;
            prose.paragraph();
        }
        Xml::Close("p" | "h") => {
            in_paragraph = in_paragraph.saturating_sub(1);
            prose.paragraph();
        }
        Xml::Open("s", a) => {
            let count = value(a, "c").and_then(|c| c.parse().ok()).unwrap_or(1);
            prose.exactly(&" ".repeat(usize::min(count, 100)));
        }
        Xml::Open("tab", _) => prose.exactly("\t"),
        Xml::Open("line-break", _) => prose.line(),
        Xml::Open("a", a) => prose.open_link(value(a, "href").unwrap_or_default()),
        Xml::Close("a") => prose.close_link(),
        Xml::Words(words) if in_body && in_paragraph > 0 => prose.words(words),
        _ => {}
    });
    match (prose.is_empty(), sound) {
        (false, _) => Ok(Loaded::one(prose.draft(About::default(), "odt", from))),
        (true, true) => Err(Error::NotText(NotText::Empty)),
        (true, false) => Err(Error::Broken { format: FORMAT, what: "its text cannot be read".into() }),
    }
}
