//! What is handed to the project: articles as they came through the desk.

use super::known::spans;
use crate::intake::Draft;
use crate::model::{Cleaning, Cut, Facts, Hyperlink, Id, Origin, Story};
use crate::store::NewArticle;
use crate::text::{CodePoint, Span, Text};
use serde::{Deserialize, Serialize};

/// The story an article joins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Joins {
    /// One of its own.
    Own,
    /// One that is there, by its id.
    There(String),
    /// One that begins with the first article of this number.
    Group(u32),
}

/// Stretches of a text, each with a word on it.
pub type Places = Vec<(u32, u32, String)>;

/// An article handed over, on its way from the worker to the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(
    missing_docs,
    reason = "the fields are those of `store::NewArticle`; places are bytes in segments, code points else"
)]
pub struct Given {
    pub content: String,
    pub extractor: String,
    pub origin: Option<(String, String)>,
    pub title: String,
    pub language: Option<String>,
    pub links: Places,
    pub outlet: Option<String>,
    pub byline: Vec<String>,
    pub credits: Vec<String>,
    pub published: Option<String>,
    pub url: Option<String>,
    pub segments: Places,
    /// Of which text it is a cleaning, and what was cut, with why.
    pub cleaned: Option<(String, Places)>,
    pub joins: Joins,
}

impl Given {
    pub(super) fn of(draft: &Draft, cleaning: Option<&Cleaning>, joins: Joins) -> Self {
        let bytes = |span: &Span| (span.start().byte() as u32, span.end().byte() as u32);
        let Facts { outlet, byline, credits, published, url, segments } = draft.facts.clone();
        let segments = segments.iter().map(|(span, kind)| {
            let (start, end) = bytes(span);
            (start, end, kind.as_str().to_owned())
        });
        let cut = |cut: &Cut| (cut.start.0, cut.end.0, cut.why.clone());
        Self {
            content: draft.content.as_str().to_owned(),
            extractor: draft.extractor.clone(),
            origin: draft.origin.as_ref().map(|o| (o.hash.clone(), o.name.clone())),
            title: draft.title.clone(),
            language: draft.language.clone(),
            links: draft.links.iter().map(|l| (l.start.0, l.end.0, l.href.clone())).collect(),
            outlet,
            byline,
            credits,
            published,
            url,
            segments: segments.collect(),
            cleaned: cleaning.map(|c| (c.from.as_str().to_owned(), c.cuts.iter().map(cut).collect())),
            joins,
        }
    }

    /// The article as the store takes it, in this story.
    pub fn into_new(self, story: Option<Id<Story>>) -> NewArticle {
        let content = Text::new(self.content);
        let facts = Facts {
            outlet: self.outlet,
            byline: self.byline,
            credits: self.credits,
            published: self.published,
            url: self.url,
            segments: spans(&content, &self.segments),
        };
        let link = |(start, end, href)| Hyperlink { start: CodePoint(start), end: CodePoint(end), href };
        let cut = |(start, end, why)| Cut { start: CodePoint(start), end: CodePoint(end), why };
        NewArticle {
            content,
            extractor: self.extractor,
            origin: self.origin.map(|(hash, name)| Origin { hash, name }),
            title: self.title,
            language: self.language,
            links: self.links.into_iter().map(link).collect(),
            story,
            facts,
            cleaning: self.cleaned.map(|(from, cuts)| Cleaning {
                from: Text::new(from),
                cuts: cuts.into_iter().map(cut).collect(),
            }),
        }
    }
}
