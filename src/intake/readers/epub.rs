//! Electronic books (.epub): EPUB 3.3, the container, the package's spine, and its chapters in order.

use super::super::{Error, Loaded, dates, limits};
use super::html;
use super::prose::{About, Prose};
use super::xml::{Xml, value, walk};
use super::zip::{Archive, Budget};
use crate::codecs::NotText;
use crate::model::Origin;
use std::collections::HashMap;

const FORMAT: &str = "electronic book (EPUB)";

/// Reads a book as one article.
pub(crate) fn read(bytes: &[u8], from: Option<Origin>, budget: &mut Budget) -> Result<Loaded, Error> {
    let archive = Archive::open(bytes)?;
    let broken = |what: &str| Error::Broken { format: FORMAT, what: what.to_owned() };
    let container =
        archive.text("META-INF/container.xml", budget).ok_or(broken("its container is missing"))??;
    let mut package = None;
    walk(&container, |xml| {
        if let Xml::Open("rootfile", a) = xml {
            package = package.take().or(value(a, "full-path").map(str::to_owned));
        }
    });
    let package = package.ok_or(broken("its container names no package"))?;
    let opf = archive.text(&package, budget).ok_or(broken("its package is missing"))??;
    let folder = package.rsplit_once('/').map_or("", |(folder, _)| folder);
    let Package { about, chapters } = Package::read(&opf);
    let mut prose = Prose::default();
    for href in chapters {
        let name = joined(folder, &href);
        let Some(chapter) = archive.text(&name, budget) else { continue };
        html::all_of(&chapter?, &mut prose);
        prose.paragraph();
        if prose.len() > limits::ARTICLE {
            return Err(Error::NotText(NotText::TooLarge { size: prose.len(), limit: limits::ARTICLE }));
        }
    }
    if prose.is_empty() {
        let protected = archive.find("META-INF/encryption.xml").is_some();
        return Err(if protected {
            Error::Password { format: FORMAT }
        } else {
            Error::NoText { format: FORMAT }
        });
    }
    Ok(Loaded::one(prose.draft(about, "epub", from)))
}

#[derive(Default)]
struct Package {
    about: About,
    chapters: Vec<String>,
}

impl Package {
    fn read(opf: &str) -> Self {
        let mut package = Self::default();
        let mut items: HashMap<String, String> = HashMap::new();
        let mut spine = Vec::new();
        let mut inside = String::new();
        walk(opf, |xml| match xml {
            Xml::Open("item", a) => {
                if let (Some(id), Some(href)) = (value(a, "id"), value(a, "href")) {
                    items.insert(id.to_owned(), href.to_owned());
                }
            }
            Xml::Open("itemref", a) => spine.extend(value(a, "idref").map(str::to_owned)),
            Xml::Open(name, _) => inside = name.to_owned(),
            Xml::Close(_) => inside.clear(),
            Xml::Words(words) => {
                let about = &mut package.about;
                let keep = |slot: &mut Option<String>| {
                    slot.get_or_insert_default().push_str(words);
                };
                match &*inside {
                    "title" => keep(&mut about.title),
                    "publisher" => keep(&mut about.outlet),
                    "language" => keep(&mut about.language),
                    "creator" => about.byline.push(words.trim().to_owned()),
                    "date" if about.published.is_none() => about.published = dates::from_machine(words),
                    _ => {}
                }
            }
        });
        package.about.byline.retain(|name| !name.is_empty());
        package.chapters = spine.into_iter().filter_map(|id| items.remove(&id)).collect();
        package
    }
}

/// A name relative to a folder, its `..` and `%20` resolved.
fn joined(folder: &str, href: &str) -> String {
    let path = href.split('#').next().unwrap_or(href).replace("%20", " ");
    let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    for part in path.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "." | "" => {}
            _ => parts.push(part),
        }
    }
    parts.join("/")
}
