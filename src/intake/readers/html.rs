//! Web pages: the article's text out of all that stands around it, and what the page says of itself.
//! The page is parsed, never rendered; nothing in it is run or fetched.
//!
//! Which element holds the article is told by `dom_smoothie`, a port of Mozilla's Readability.

use super::super::{Draft, Error, dates, limits, phrases};
use super::flat;
use super::prose::{About, Prose};
use crate::codecs::NotText;
use crate::model::Origin;
use crate::text::shingles::stable_hash;
use dom_query::{Document, NodeId, NodeRef};
use dom_smoothie::{CandidateSelectMode, Config, Readability, TextMode};
use std::collections::HashSet;

/// Of what was left out, at most so many bytes are shown.
const SHOWN: usize = 200_000;
/// Less text than this, in bytes, is not taken for the article of a page that has three times more.
const TOO_LITTLE: usize = 200;

/// Reads a page. With the draft comes whether all of the page was taken: because somebody wants it so, or
/// because the article could not be told from the rest.
pub(crate) fn read(
    page: &str,
    url: Option<&str>,
    from: Option<Origin>,
    whole: bool,
) -> Result<(Draft, bool), Error> {
    let flat = flat::flattened(page);
    let document = Document::from(flat.as_deref().unwrap_or(page));
    let mut seen = Seen::default();
    let mut all = Prose::default();
    walk(document.root(), &mut all, &mut seen);
    let too_deep = flat.is_some() || seen.depth > limits::DEPTH;
    let article = if too_deep || whole {
        None
    } else {
        for id in &seen.around {
            if let Some(node) = document.tree.get(id) {
                node.remove_from_parent();
            }
        }
        article(document)
    };
    let (about, main) = match article {
        Some((about, main)) => (about, Some(main)),
        None => (About::default(), None),
    };
    let about = seen.added_to(about, url);
    let enough = |main: &Prose| !main.is_empty() && (main.len() >= TOO_LITTLE || main.len() * 3 >= all.len());
    let Some(main) = main.filter(enough) else {
        if all.is_empty() {
            return Err(Error::NotText(NotText::Empty));
        }
        return Ok((all.draft(about, "html", from), true));
    };
    let mut draft = main.draft(about, "html", from);
    draft.set_aside = set_aside(all, &draft);
    Ok((draft, false))
}

/// All words of a piece of HTML, as paragraphs: for chapters and mails, which are all article.
pub(crate) fn all_of(page: &str, prose: &mut Prose) {
    let flat = flat::flattened(page);
    walk(Document::from(flat.as_deref().unwrap_or(page)).root(), prose, &mut Seen::default());
}

fn article(document: Document) -> Option<(About, Prose)> {
    let config = Config {
        text_mode: TextMode::Raw,
        candidate_select_mode: CandidateSelectMode::Readability,
        ..Config::default()
    };
    let mut readability = Readability::with_document(document, None, Some(config)).ok()?;
    let article = readability.parse().ok()?;
    let mut main = Prose::default();
    walk(Document::fragment(article.content).root(), &mut main, &mut Seen::default());
    let about = About {
        title: Some(article.title),
        byline: article.byline.map(|b| names(&b)).unwrap_or_default(),
        outlet: article.site_name,
        published: article.published_time.and_then(|d| dates::from_machine(&d)),
        url: article.url,
        language: article.lang,
    };
    Some((about, main))
}

/// The names in a byline; the line as it stands where none are recognised.
fn names(byline: &str) -> Vec<String> {
    let line: Vec<&str> = byline.split_whitespace().collect();
    let line = line.join(" ");
    let bare = ["By ", "by ", "BY "].iter().find_map(|by| line.strip_prefix(by)).unwrap_or(&line);
    let names = phrases::people(bare);
    if names.is_empty() && !bare.is_empty() && bare.len() < 200 { vec![bare.to_owned()] } else { names }
}

/// The paragraphs of the page that are not in the article.
fn set_aside(all: Prose, draft: &Draft) -> Vec<String> {
    let kept: HashSet<u64> = draft.content.lines().map(|line| stable_hash(line.trim())).collect();
    let (all, _) = all.finish();
    let mut left = SHOWN;
    let lines = all.lines().map(str::trim).filter(|l| !l.is_empty() && !kept.contains(&stable_hash(*l)));
    lines
        .take_while(|line| {
            left = left.saturating_sub(line.len());
            left > 0
        })
        .map(str::to_owned)
        .collect()
}

/// What a walk saw beside the words.
#[derive(Default)]
struct Seen {
    depth: usize,
    heading: Option<String>,
    time: Option<String>,
    canonical: Option<String>,
    site: Option<String>,
    authors: Vec<String>,
    language: Option<String>,
    /// Elements that never are the article.
    around: Vec<NodeId>,
}

impl Seen {
    fn note(&mut self, name: &str, node: &NodeRef<'_>) {
        let attribute = |name: &str| node.attr(name).map(|v| v.to_string()).filter(|v| !v.trim().is_empty());
        let keep = |slot: &mut Option<String>, value: Option<String>| {
            if slot.is_none() {
                *slot = value;
            }
        };
        match name {
            "html" => keep(&mut self.language, attribute("lang")),
            "time" => keep(&mut self.time, attribute("datetime").and_then(|d| dates::from_machine(&d))),
            "h1" => keep(&mut self.heading, Some(node.text().to_string())),
            "link" if attribute("rel").as_deref() == Some("canonical") => {
                keep(&mut self.canonical, attribute("href"));
            }
            "meta" => {
                let Some(content) = attribute("content") else { return };
                match attribute("property").or_else(|| attribute("name")).as_deref() {
                    Some("article:published_time" | "date" | "dc.date" | "parsely-pub-date") => {
                        keep(&mut self.time, dates::from_machine(&content));
                    }
                    Some("og:site_name" | "application-name") => keep(&mut self.site, Some(content)),
                    Some("og:url") => keep(&mut self.canonical, Some(content)),
                    Some("author" | "article:author" | "parsely-author") if !content.contains("://") => {
                        for name in names(&content) {
                            if !self.authors.contains(&name) {
                                self.authors.push(name);
                            }
                        }
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }

    /// What readability found, and where it found nothing what was seen.
    fn added_to(self, about: About, url: Option<&str>) -> About {
        let some = |found: Option<String>| found.filter(|words| !words.trim().is_empty());
        // «Ferry stays | Harbour Post» where the headline says «Ferry stays».
        let headline = |title: String| match self.heading.as_deref().map(str::trim) {
            Some(heading) if !heading.is_empty() && title.strip_prefix(heading).is_some_and(is_outlet) => {
                heading.to_owned()
            }
            _ => title,
        };
        About {
            title: some(about.title).map(headline).or(self.heading),
            byline: if self.authors.is_empty() { about.byline } else { self.authors },
            outlet: some(about.outlet).or(self.site),
            published: some(about.published).or(self.time),
            url: some(self.canonical).or(some(about.url)).or(url.map(str::to_owned)),
            language: some(about.language).or(self.language),
        }
    }
}

/// Whether the end of a title is no more of it than the outlet's name.
fn is_outlet(end: &str) -> bool {
    let end = end.trim_start();
    end.starts_with(['|', '-', '–', '—', '·', '»', ':', '/']) && end.len() < 60
}

/// Elements whose words are no text of the page.
const SILENT: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "textarea", "select",
    "button", "video", "audio", "canvas", "title", "datalist",
];

/// Elements that stand on lines of their own.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "blockquote",
    "figure",
    "figcaption",
    "table",
    "tr",
    "header",
    "footer",
    "main",
    "aside",
    "nav",
    "form",
    "address",
    "dl",
    "dt",
    "dd",
    "pre",
    "hr",
    "body",
    "fieldset",
    "details",
    "summary",
    "center",
];

/// Elements that are taken away before the article is looked for: it looks at every element many times, and
/// takes these away itself in the end.
const AROUND: &[&str] = &["script", "style", "svg", "nav", "aside", "footer", "iframe", "object", "template"];

/// Whether a script is what the page says of itself (JSON-LD), which is needed.
fn is_told_data(name: &str, node: &NodeRef<'_>) -> bool {
    name == "script" && node.attr("type").is_some_and(|kind| kind.contains("json"))
}

/// Walks through the nodes below `root` without recursion, however deep they are.
fn walk(root: NodeRef<'_>, prose: &mut Prose, seen: &mut Seen) {
    let mut depth = 0;
    let mut next = root.first_child();
    while let Some(node) = next {
        let silent = enter(&node, prose, seen);
        let inside = if silent { None } else { node.first_child() };
        if inside.is_some() {
            depth += 1;
            seen.depth = seen.depth.max(depth);
            next = inside;
            continue;
        }
        leave(&node, prose);
        let mut at = node;
        next = loop {
            if let Some(sibling) = at.next_sibling() {
                break Some(sibling);
            }
            match at.parent() {
                Some(parent) if depth > 0 => {
                    leave(&parent, prose);
                    depth -= 1;
                    at = parent;
                }
                _ => break None,
            }
        };
    }
}

/// Takes in a node; says whether what is in it is to be passed over.
fn enter(node: &NodeRef<'_>, prose: &mut Prose, seen: &mut Seen) -> bool {
    if node.is_text() {
        prose.words(&node.text());
        return true;
    }
    let Some(name) = node.node_name() else { return false };
    let name = &*name;
    seen.note(name, node);
    if AROUND.contains(&name) && !is_told_data(name, node) {
        seen.around.push(node.id);
    }
    match name {
        _ if SILENT.contains(&name) => return true,
        "br" => prose.line(),
        "td" | "th" => prose.words(" "),
        "a" => prose.open_link(&node.attr("href").unwrap_or_default()),
        _ if BLOCKS.contains(&name) => prose.paragraph(),
        _ => {}
    }
    false
}

fn leave(node: &NodeRef<'_>, prose: &mut Prose) {
    let Some(name) = node.node_name() else { return };
    match &*name {
        "a" => prose.close_link(),
        name if BLOCKS.contains(&name) => prose.paragraph(),
        _ => {}
    }
}
