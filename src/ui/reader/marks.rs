//! What is marked in a text, as the page and the cards show it.

use crate::model::{ArticleText, Attribution, Holder, Id, Mention, Project, Stance};
use crate::text::{Span, Text, order};
use crate::ui::session::Session;
use leptos::prelude::*;
use std::sync::Arc;

/// What a marked stretch is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::ui) enum Part {
    Content,
    Cue,
    Source,
    Evidence,
}

impl Part {
    pub(in crate::ui) fn class(self) -> &'static str {
        match self {
            Self::Content => "content",
            Self::Cue => "cue",
            Self::Source => "source",
            Self::Evidence => "evidence",
        }
    }
}

/// A marked stretch.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui) struct Marked {
    pub(in crate::ui) span: Span,
    pub(in crate::ui) part: Part,
    /// The attribution it belongs to, and the number under which that is shown; for evidence the one in
    /// which the stance is taken, if any.
    pub(in crate::ui) of: Option<(Id<Attribution>, usize)>,
}

/// An attribution as its card shows it.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui) struct Card {
    pub(super) id: Id<Attribution>,
    pub(super) number: usize,
    pub(super) kind: String,
    pub(super) contents: Vec<(Span, String)>,
    pub(super) cues: Vec<(Span, String)>,
    pub(super) sources: Vec<(Span, String)>,
    /// Who speaks, as far as anybody said.
    pub(super) speakers: Vec<String>,
    pub(super) note: String,
    pub(super) unsure: bool,
    pub(super) stances: Vec<String>,
}

/// Everything marked in a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::ui) struct Marks {
    pub(in crate::ui) marked: Vec<Marked>,
    pub(super) cards: Vec<Card>,
}

/// The marks of a text, kept up to date.
pub(in crate::ui) fn marks_of(session: Session, text_id: Id<ArticleText>) -> Memo<Arc<Marks>> {
    Memo::new(move |_| {
        Arc::new(session.project.with(|p| match p.text(&text_id) {
            Some(text) => collect(p, &text_id, text),
            None => Marks::default(),
        }))
    })
}

/// The attributions of a text in reading order.
pub(super) fn in_reading_order(
    project: &Project,
    text_id: &Id<ArticleText>,
    text: &Text,
) -> Vec<(Id<Attribution>, Option<Span>)> {
    let mut found: Vec<_> = project
        .about::<Attribution>(text_id)
        .map(|a| {
            let contents = a.contents.get().iter().filter_map(|c| c.span(text));
            let cues = a.cues.get().iter().filter_map(|c| c.span(text));
            let sources = a.sources.get().iter().filter_map(|m| mention_span(project, text, m));
            (a.id(), contents.chain(cues).chain(sources).min())
        })
        .collect();
    order::sort_by_key(&mut found, |(id, first)| {
        (first.map(|s| (s.start(), std::cmp::Reverse(s.end()))), id.clone())
    });
    found
}

fn mention_span(project: &Project, text: &Text, mention: &Id<Mention>) -> Option<Span> {
    project.find(mention)?.anchor.get().as_ref()?.span(text)
}

fn collect(project: &Project, text_id: &Id<ArticleText>, text: &Text) -> Marks {
    let mut marks = Marks::default();
    for (i, (id, _)) in in_reading_order(project, text_id, text).into_iter().enumerate() {
        let Some(card) = card(project, text, id, i + 1) else { continue };
        let of = Some((card.id.clone(), card.number));
        let parts = [(&card.contents, Part::Content), (&card.cues, Part::Cue), (&card.sources, Part::Source)];
        for (pieces, part) in parts {
            marks.marked.extend(pieces.iter().map(|(span, _)| Marked { span: *span, part, of: of.clone() }));
        }
        marks.cards.push(card);
    }
    for stance in project.about::<Stance>(text_id) {
        let of = stance.attribution.get().clone().and_then(|id| {
            let number = marks.cards.iter().find(|c| c.id == id)?.number;
            Some((id, number))
        });
        let evidence = stance.evidence.get().iter().filter_map(|a| a.span(text));
        marks.marked.extend(evidence.map(|span| Marked { span, part: Part::Evidence, of: of.clone() }));
    }
    order::sort_by_key(&mut marks.marked, |m| (m.span.start(), std::cmp::Reverse(m.span.end()), m.part));
    marks
}

fn card(project: &Project, text: &Text, id: Id<Attribution>, number: usize) -> Option<Card> {
    let a = project.find(&id)?;
    let words = |span: Span| (span, span.slice(text).to_owned());
    let speakers = a.sources.get().iter().filter_map(|m| project.find(m)?.source.get().clone());
    let mut speakers: Vec<String> = speakers.map(|source| project.source_name(&source)).collect();
    speakers.dedup();
    let of_this = |s: &crate::model::Item<'_, Stance>| s.attribution.get().as_ref() == Some(&id);
    let stances = project.about::<Stance>(&a.text).filter(of_this).map(|s| stance_words(project, &s));
    Some(Card {
        number,
        kind: a.r#type.get().as_ref().map(|t| t.as_str().to_owned()).unwrap_or_default(),
        contents: a.contents.get().iter().filter_map(|c| c.span(text)).map(words).collect(),
        cues: a.cues.get().iter().filter_map(|c| c.span(text)).map(words).collect(),
        sources: a.sources.get().iter().filter_map(|m| mention_span(project, text, m)).map(words).collect(),
        speakers,
        note: a.entry.note.get().clone().unwrap_or_default(),
        unsure: *a.entry.unsure.get(),
        stances: stances.collect(),
        id,
    })
}

/// A stance in a few words: `against: closing the harbour`.
pub(super) fn stance_words(project: &Project, stance: &Stance) -> String {
    let value = stance.value.get().as_ref().and_then(|id| project.find(id)?.name.get().clone());
    let target = stance.target.get().as_ref().and_then(|id| project.find(id)?.name.get().clone());
    format!("{}: {}", value.unwrap_or_default(), target.unwrap_or_default())
}

/// Whose stance it is, in words; `article` for the article's own.
pub(super) fn holder_words(project: &Project, holder: &Holder, article: &str) -> String {
    match holder {
        Holder::Article => article.to_owned(),
        Holder::Source(id) => project.source_name(id),
    }
}
