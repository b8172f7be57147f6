//! Word documents (.docx): ECMA-376, part 1, section 17: paragraphs, runs, tabs, breaks, tables, links.
//! What was deleted under tracked changes is left out, what was inserted is taken.

use super::super::{Error, Loaded};
use super::prose::{About, Prose};
use super::xml::{Xml, value, walk};
use super::zip::{Archive, Budget};
use crate::codecs::NotText;
use crate::model::Origin;
use std::collections::HashMap;

const FORMAT: &str = "Word document";

/// Reads a document.
pub(crate) fn read(bytes: &[u8], from: Option<Origin>, budget: &mut Budget) -> Result<Loaded, Error> {
    let archive = Archive::open(bytes)?;
    let document = archive.text("word/document.xml", budget);
    let document =
        document.ok_or(Error::Broken { format: FORMAT, what: "it has no document part".into() })??;
    let links = match archive.text("word/_rels/document.xml.rels", budget) {
        Some(links) => targets(&links?),
        None => HashMap::new(),
    };
    let mut walker = Walker { links, ..Walker::default() };
    let sound = walk(&document, |xml| walker.take(xml));
    let Walker { prose, title, .. } = walker;
    if prose.is_empty() {
        return Err(match sound {
            true => Error::NotText(NotText::Empty),
            false => Error::Broken { format: FORMAT, what: "its text cannot be read".into() },
        });
    }
    let about = About { title: Some(title).filter(|t| !t.trim().is_empty()), ..About::default() };
    Ok(Loaded::one(prose.draft(about, "docx", from)))
}

/// The addresses that links point at, by their ids.
fn targets(xml: &str) -> HashMap<String, String> {
    let mut found = HashMap::new();
    walk(xml, |xml| {
        if let Xml::Open("Relationship", a) = xml
            && let (Some(id), Some(target)) = (value(a, "Id"), value(a, "Target"))
        {
            found.insert(id.to_owned(), target.to_owned());
        }
    });
    found
}

#[derive(Default)]
struct Walker {
    prose: Prose,
    links: HashMap<String, String>,
    in_words: bool,
    /// Inside what is said a second time, for programs that cannot show the first.
    passed_over: usize,
    in_title: bool,
    title: String,
}

impl Walker {
    fn take(&mut self, xml: Xml<'_>) {
        match xml {
            Xml::Open("Fallback", _) => self.passed_over += 1,
            Xml::Close("Fallback") => self.passed_over = self.passed_over.saturating_sub(1),
            _ if self.passed_over > 0 => {}
            Xml::Open("t", _) => self.in_words = true,
            Xml::Close("t") => self.in_words = false,
            Xml::Words(words) if self.in_words => {
                self.prose.exactly(words);
                if self.in_title {
                    self.title.push_str(words);
                }
            }
            Xml::Open("tab", _) => self.prose.exactly("\t"),
            Xml::Open("br" | "cr", _) => self.prose.line(),
            Xml::Open("noBreakHyphen", _) => self.prose.exactly("\u{2011}"),
            Xml::Open("pStyle", a) => {
                self.in_title = value(a, "val") == Some("Title") && self.title.is_empty();
            }
            Xml::Open("hyperlink", a) => {
                let address = value(a, "id").and_then(|id| self.links.get(id)).cloned();
                self.prose.open_link(&address.unwrap_or_default());
            }
            Xml::Close("hyperlink") => self.prose.close_link(),
            Xml::Close("p") => {
                self.prose.paragraph();
                self.in_title = false;
            }
            _ => {}
        }
    }
}
