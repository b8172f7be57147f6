//! What is known of an article beside its words, before it is a record.

use super::{Cut, SegmentKind};
use crate::text::{Span, Text};

/// What was found out about an article on its way in. All of it can be changed afterwards.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Who published it.
    pub outlet: Option<String>,
    /// Who wrote it.
    pub byline: Vec<String>,
    /// Who contributed.
    pub credits: Vec<String>,
    /// When it was published: a date or a time, as ISO 8601 has them.
    pub published: Option<String>,
    /// Where it stood.
    pub url: Option<String>,
    /// What stretches of its text are that are not plain paragraphs, in order, none over another.
    pub segments: Vec<(Span, SegmentKind)>,
}

/// A cleaning that somebody accepted: the text before, and what was cut from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleaning {
    /// The text before.
    pub from: Text,
    /// What was cut, in order, none over another.
    pub cuts: Vec<Cut>,
}
