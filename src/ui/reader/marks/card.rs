//! An attribution as its card shows it.

use super::{Eyes, Part, Whose};
use crate::model::{
    Anchor, Attribution, Comment, Defect, Holder, Id, Mention, Project, RecordId, Source, Stance,
};
use crate::text::{Offset, Span, Text};
use crate::ui::reader::label_look;
use std::cmp::Reverse;

/// A stance taken in an attribution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ui::reader) struct Chip {
    pub(in crate::ui::reader) id: Id<Stance>,
    pub(in crate::ui::reader) words: String,
    /// The colour of its label.
    pub(in crate::ui::reader) colour: &'static str,
}

/// A question to the curator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ui::reader) struct Question {
    pub(in crate::ui::reader) id: Id<Comment>,
    pub(in crate::ui::reader) words: String,
}

/// A marked stretch with its words.
pub(in crate::ui::reader) type Piece = (Span, String);

/// An attribution as its card shows it. `Eq`, so that a shared one is compared by its place in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ui::reader) struct Card {
    pub(in crate::ui::reader) id: Id<Attribution>,
    /// Its first words, of whichever part; where it stands among the others.
    pub(in crate::ui::reader) first: Option<Span>,
    pub(in crate::ui::reader) hue: u8,
    pub(in crate::ui::reader) kind: String,
    pub(in crate::ui::reader) medium: Vec<String>,
    /// All marked pieces by their part, contents first.
    pub(in crate::ui::reader) pieces: Vec<(Part, Piece)>,
    /// Who speaks, as far as anybody said.
    pub(in crate::ui::reader) speakers: Vec<String>,
    /// Through whom, and to whom, by name.
    pub(in crate::ui::reader) via: Option<String>,
    pub(in crate::ui::reader) addressees: Vec<String>,
    pub(in crate::ui::reader) parent: Option<Id<Attribution>>,
    pub(in crate::ui::reader) continues: Option<Id<Attribution>>,
    pub(in crate::ui::reader) defects: Vec<Defect>,
    pub(in crate::ui::reader) note: String,
    pub(in crate::ui::reader) unsure: bool,
    pub(in crate::ui::reader) stances: Vec<Chip>,
    pub(in crate::ui::reader) questions: Vec<Question>,
    /// Whose it is, unless one's own.
    pub(in crate::ui::reader) credit: Option<String>,
    /// Every other record that was looked at.
    pub(super) refers: Vec<RecordId>,
}

impl Card {
    /// Where it stands in reading order.
    pub(super) fn place(&self) -> Place {
        (self.first.map(|s| (s.start(), Reverse(s.end()))), self.id.clone())
    }

    pub(in crate::ui::reader) fn of_part(&self, part: Part) -> impl Iterator<Item = &Piece> {
        self.pieces.iter().filter(move |(of, _)| *of == part).map(|(_, piece)| piece)
    }

    /// Whether something is missing that an attribution has: content, or somebody who says it. Marks that
    /// quote nobody need nobody.
    pub(in crate::ui::reader) fn is_unfinished(&self) -> bool {
        let quotes_nobody = ["scare", "title", "term", "orphan"].contains(&&*self.kind);
        self.of_part(Part::Content).next().is_none() || (self.speakers.is_empty() && !quotes_nobody)
    }
}

/// A place in reading order; of two that begin together the longer one is first.
pub(super) type Place = (Option<(Offset, Reverse<Offset>)>, Id<Attribution>);

/// Looks an attribution up, with the stances taken in it; `None` where it is not to be seen.
pub(super) fn card(
    project: &Project,
    text: &Text,
    id: &Id<Attribution>,
    stances: Vec<Id<Stance>>,
    eyes: &Eyes,
) -> Option<Card> {
    let a = project.find(id)?;
    let whose = Whose::of(a.entry, &a.made);
    if !eyes.see(&whose) {
        return None;
    }
    let mut refers: Vec<RecordId> = vec![a.entry.made.by.record().clone()];
    let piece = |span: Span| (span, span.slice(text).to_owned());
    let mut pieces: Vec<(Part, Piece)> = Vec::new();
    pieces.extend(a.contents.get().iter().filter_map(|c| Some((Part::Content, piece(c.span(text)?)))));
    pieces.extend(a.cues.get().iter().filter_map(|c| Some((Part::Cue, piece(c.span(text)?)))));
    let mut named = |part: Part, mentions: &[Id<Mention>]| -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for id in mentions {
            refers.push(id.record().clone());
            let Some(mention) = project.find(id) else { continue };
            let span = mention.anchor.get().as_ref().and_then(|anchor: &Anchor| anchor.span(text));
            pieces.extend(span.map(|span| (part, piece(span))));
            let source: Option<&Id<Source>> = mention.source.get().as_ref();
            let name = source.map(|source| {
                refers.push(source.record().clone());
                project.source_name(source)
            });
            names.extend(name.filter(|name| !name.is_empty() && !names.contains(name)));
        }
        names
    };
    let speakers = named(Part::Source, a.sources.get());
    let via = named(Part::Via, a.via.get().as_slice());
    let addressees = named(Part::Addressee, a.addressees.get());
    let mut chips = Vec::new();
    for stance in stances {
        let Some(found) = project.find(&stance).filter(|found| eyes.see_stance(found)) else { continue };
        refers.push(stance.record().clone());
        refers.extend(found.value.get().as_ref().map(|l| l.record().clone()));
        refers.extend(found.target.get().as_ref().map(|t| t.record().clone()));
        let colour = label_look::colour(found.value.get().as_ref(), project);
        chips.push(Chip { words: stance_words(project, &found), colour, id: stance });
    }
    let about_this = project.all::<Comment>().filter(|c| c.about == *id.record() && !*c.resolved.get());
    let questions =
        about_this.map(|c| Question { id: c.id(), words: c.words.get().clone().unwrap_or_default() });
    let questions: Vec<Question> = questions.collect();
    refers.extend(questions.iter().map(|q| q.id.record().clone()));
    Some(Card {
        first: pieces.iter().map(|(_, (span, _))| *span).min(),
        hue: 0,
        kind: a.r#type.get().as_ref().map(|t| t.as_str().to_owned()).unwrap_or_default(),
        medium: a.medium.get().iter().map(|m| m.as_str().to_owned()).collect(),
        pieces,
        speakers,
        via: via.into_iter().next(),
        addressees,
        parent: a.parent.get().clone(),
        continues: a.continues.get().clone(),
        defects: a.defects.get().clone(),
        note: a.entry.note.get().clone().unwrap_or_default(),
        unsure: *a.entry.unsure.get(),
        stances: chips,
        questions,
        credit: eyes.credit(project, &whose),
        refers,
        id: id.clone(),
    })
}

/// A stance in a few words: `against: closing the harbour`.
pub(in crate::ui::reader) fn stance_words(project: &Project, stance: &Stance) -> String {
    let value = stance.value.get().as_ref().and_then(|id| project.find(id)?.name.get().clone());
    let target = stance.target.get().as_ref().and_then(|id| project.find(id)?.name.get().clone());
    format!("{}: {}", value.unwrap_or_default(), target.unwrap_or_default())
}

/// Whose stance it is, in words; `article` for the article's own.
pub(in crate::ui::reader) fn holder_words(project: &Project, holder: &Holder, article: &str) -> String {
    match holder {
        Holder::Article => article.to_owned(),
        Holder::Source(id) => project.source_name(id),
    }
}
