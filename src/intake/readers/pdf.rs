//! PDFs with a text layer. Own code, because the crates for it panic on torn files: `object` and `file`
//! read what a PDF is made of, `font` and `content` what its pages say and where, `flow` makes
//! paragraphs of it. Nothing in a PDF is run, shown or fetched.

mod content;
mod file;
mod flow;
mod font;
mod object;

use super::super::{Error, Loaded, Trouble, draft, limits};
use crate::codecs::NotText;
use crate::model::Origin;

const FORMAT: &str = "PDF";

/// Reads a PDF as one article.
pub(crate) fn read(bytes: &[u8], from: Option<Origin>) -> Result<Loaded, Error> {
    let file = file::File::open(bytes);
    if file.locked {
        return Err(Error::Password { format: FORMAT });
    }
    let pages = file.pages();
    if pages.is_empty() {
        return Err(Error::Broken { format: FORMAT, what: "it has no pages".into() });
    }
    let count = pages.len().min(limits::PDF_PAGES);
    let mut reader = content::Reader::new(&file);
    let (mut lines, mut without) = (Vec::new(), 0);
    for (number, (page, resources)) in pages.iter().take(limits::PDF_PAGES).enumerate() {
        let here = flow::lines(reader.page(page, resources), number);
        without += usize::from(here.is_empty());
        lines.extend(here);
    }
    if lines.is_empty() {
        return Err(Error::NoTextLayer);
    }
    let (lines, aside) = flow::set_furniture_aside(lines, count);
    let text = flow::paragraphs(&lines).join("\n\n") + "\n";
    if text.trim().is_empty() {
        return Err(Error::NoTextLayer);
    }
    if text.len() > limits::ARTICLE {
        return Err(Error::NotText(NotText::TooLarge { size: text.len(), limit: limits::ARTICLE }));
    }
    let mut article = draft(text, "pdf", from);
    article.set_aside = aside;
    let mut loaded = Loaded::one(article);
    if without > 0 {
        loaded.say(Trouble::NoTextLayer { pages: without, of: count });
    }
    if pages.len() > limits::PDF_PAGES {
        loaded.say(Trouble::TooMany { what: "pages", limit: limits::PDF_PAGES });
    }
    Ok(loaded)
}
