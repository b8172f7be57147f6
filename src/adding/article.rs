//! One article at the desk: what its file gave, what the person changed, what it seems to be a version of.

use super::given::{Given, Joins};
use crate::intake::cleaning::{self, Proposal, Why};
use crate::intake::kin::Kin;
use crate::intake::{self, Draft};
use crate::model::{Article, Cleaning, Id, SegmentKind};
use crate::store::{article_id, text_id};

/// The story that somebody wants for an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Wish {
    /// The one of the article that it seems to be a version of; its own where there is none.
    #[default]
    Offered,
    /// Its own.
    Own,
    /// One with all others of the batch that wish this.
    Batch,
    /// One that is there, by its id.
    There(String),
}

/// What somebody can write of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    Outlet,
    Byline,
    Published,
    Url,
    Language,
    Credits,
}

impl Field {
    pub(super) const ALL: [Self; 7] =
        [Self::Title, Self::Outlet, Self::Byline, Self::Published, Self::Url, Self::Language, Self::Credits];
}

/// An article.
pub(super) struct Incoming {
    /// Its number at the desk; never used twice.
    pub(super) serial: u32,
    /// The number of its file.
    pub(super) file: u32,
    /// Which part of the file it was: empty for all of it.
    pub(super) place: String,
    pub(super) original: Draft,
    /// What might be cut.
    pub(super) proposals: Vec<Proposal>,
    /// Reasons for which nothing is to be cut.
    pub(super) refused: Vec<Why>,
    /// The text without what was cut, once that is accepted.
    clean: Option<(Draft, Cleaning)>,
    /// What is to be said of it.
    pub(super) troubles: Vec<String>,
    /// Whether somebody should look at it before it is annotated.
    pub(super) look: bool,
    /// The articles that it seems to be kin to, the nearest first.
    pub(super) kin: Vec<Kin>,
    pub(super) wish: Wish,
    pub(super) left_out: bool,
    /// A field that could not be taken as it was written, and why.
    pub(super) refusal: Option<(Field, &'static str)>,
    pub(super) id: Id<Article>,
}

impl Incoming {
    pub(super) fn new(serial: u32, file: u32, place: String, draft: Draft) -> Self {
        Self {
            serial,
            file,
            place,
            proposals: cleaning::propose(&draft),
            refused: Vec::new(),
            clean: None,
            troubles: Vec::new(),
            look: false,
            kin: Vec::new(),
            wish: Wish::Offered,
            left_out: false,
            refusal: None,
            id: article_id(&text_id(&draft.content), ""),
            original: draft,
        }
    }

    /// The article as it would be added now.
    pub(super) fn draft(&self) -> &Draft {
        self.clean.as_ref().map_or(&self.original, |(draft, _)| draft)
    }

    pub(super) fn is_clean(&self) -> bool {
        self.clean.is_some()
    }

    /// The proposals for reasons that were not refused.
    pub(super) fn wanted(&self) -> Vec<Proposal> {
        self.proposals.iter().filter(|p| !self.refused.contains(&p.why)).copied().collect()
    }

    /// Cuts what is proposed and not refused. False where nothing is left to cut.
    pub(super) fn accept(&mut self) -> bool {
        self.clean = cleaning::accept(&self.original, &self.wanted());
        self.rename();
        self.clean.is_some()
    }

    /// The text stays as it came.
    pub(super) fn keep_whole(&mut self) {
        self.clean = None;
        self.rename();
    }

    fn rename(&mut self) {
        self.id = article_id(&text_id(&self.draft().content), "");
    }

    /// Writes a field; what cannot be taken is kept as a refusal and changes nothing.
    pub(super) fn write(&mut self, field: Field, value: &str) {
        self.refusal = None;
        let value = value.trim();
        let some = || Some(value.to_owned()).filter(|words| !words.is_empty());
        let names = || value.split([',', ';']).map(str::trim).filter(|n| !n.is_empty()).map(str::to_owned);
        match field {
            Field::Title if value.is_empty() => self.refusal = Some((field, super::words::NO_TITLE)),
            Field::Title => self.each(|draft| value.clone_into(&mut draft.title)),
            Field::Outlet => self.each(|draft| draft.facts.outlet = some()),
            Field::Byline => self.each(|draft| draft.facts.byline = names().collect()),
            Field::Credits => self.each(|draft| draft.facts.credits = names().collect()),
            Field::Language => self.each(|draft| draft.language = some()),
            Field::Url if !value.is_empty() && !intake::is_address(value) => {
                self.refusal = Some((field, super::words::NO_ADDRESS));
            }
            Field::Url => self.each(|draft| draft.facts.url = some()),
            Field::Published => match intake::as_date(value) {
                _ if value.is_empty() => self.each(|draft| draft.facts.published = None),
                Some(date) => self.each(|draft| draft.facts.published = Some(date.clone())),
                None => self.refusal = Some((field, super::words::NO_DATE)),
            },
        }
    }

    fn each(&mut self, mut change: impl FnMut(&mut Draft)) {
        change(&mut self.original);
        if let Some((draft, _)) = &mut self.clean {
            change(draft);
        }
    }

    /// What a field holds.
    pub(super) fn field(&self, field: Field) -> String {
        let draft = self.draft();
        let some = |words: &Option<String>| words.clone().unwrap_or_default();
        match field {
            Field::Title => draft.title.clone(),
            Field::Outlet => some(&draft.facts.outlet),
            Field::Byline => draft.facts.byline.join(", "),
            Field::Credits => draft.facts.credits.join(", "),
            Field::Published => some(&draft.facts.published),
            Field::Url => some(&draft.facts.url),
            Field::Language => some(&draft.language),
        }
    }

    /// Says what a recognised stretch of the text is; a plain paragraph needs no saying.
    pub(super) fn say_segment(&mut self, at: usize, kind: &str) {
        let draft = match &mut self.clean {
            Some((draft, _)) => draft,
            None => &mut self.original,
        };
        match SegmentKind::from(kind) {
            SegmentKind::Paragraph if at < draft.facts.segments.len() => {
                draft.facts.segments.remove(at);
            }
            kind => {
                if let Some(segment) = draft.facts.segments.get_mut(at) {
                    segment.1 = kind;
                }
            }
        }
        // What might be cut hangs on what the lines are.
        if self.clean.is_none() {
            self.proposals = cleaning::propose(&self.original);
        }
    }

    pub(super) fn given(&self, joins: Joins) -> Given {
        Given::of(self.draft(), self.clean.as_ref().map(|(_, cleaning)| cleaning), joins)
    }
}
