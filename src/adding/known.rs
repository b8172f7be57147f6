//! What the project holds already, as far as new articles are matched against it.

use super::batch::Batch;
use crate::model::SegmentKind;
use crate::text::{Span, Text};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// An article of the project.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Known {
    /// Its id.
    pub article: String,
    /// Its headline.
    pub title: String,
    /// Its story's id and name.
    pub story: Option<(String, String)>,
}

/// The text of an article of the project.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct KnownText {
    /// The article's id.
    pub article: String,
    /// Its text.
    pub text: String,
    /// What its lines are, in bytes of the text.
    pub segments: Vec<(u32, u32, String)>,
}

/// The articles of the project by their ids, and its stories in order.
#[derive(Default)]
pub(super) struct KnownArticles {
    by_id: HashMap<String, Known>,
    /// Id and name.
    pub(super) stories: Vec<(String, String)>,
}

impl KnownArticles {
    pub(super) fn take(&mut self, all: Vec<Known>) {
        self.stories.clear();
        for story in all.iter().filter_map(|known| known.story.as_ref()) {
            if !self.stories.contains(story) {
                self.stories.push(story.clone());
            }
        }
        self.by_id = all.into_iter().map(|known| (known.article.clone(), known)).collect();
    }

    pub(super) fn get(&self, article: &str) -> Option<&Known> {
        self.by_id.get(article)
    }
}

impl Batch {
    /// Takes texts of the project into the index. Those of this batch are there.
    pub(super) fn learn(&mut self, texts: Vec<KnownText>) {
        for KnownText { article, text, segments } in texts {
            if self.handed.contains(&article) {
                continue;
            }
            let text = Text::new(text);
            self.index.add(&article, &text, &spans(&text, &segments));
        }
    }
}

/// Segments as spans; what does not fit the text is left out.
pub(super) fn spans(text: &Text, segments: &[(u32, u32, String)]) -> Vec<(Span, SegmentKind)> {
    let span = |(start, end, kind): &(u32, u32, String)| {
        Some((Span::new(text, *start as usize, *end as usize)?, SegmentKind::from(&**kind)))
    };
    segments.iter().filter_map(span).collect()
}
