//! What is marked in a text, as the page and the cards show it, kept up to date record by record: a change
//! costs what it touches, however many attributions there are.

use super::label_look;
use crate::model::{
    Anchor, ArticleText, Attribution, Comment, Defect, Holder, Id, Kind as _, Label, Mention, Project,
    RecordId, Source, Stance, Target,
};
use crate::store::MarkRole;
use crate::text::{Span, Text, order};
use crate::ui::messages::{M, t};
use std::cmp::Reverse;
use std::rc::Rc;
use std::sync::Arc;

/// What a marked stretch is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Content,
    Cue,
    Source,
    Via,
    Addressee,
    Evidence,
    /// Words that name somebody of the cast, in no attribution.
    Mention,
}

impl Part {
    pub(super) const ALL: [Self; 7] =
        [Self::Content, Self::Cue, Self::Source, Self::Via, Self::Addressee, Self::Evidence, Self::Mention];

    /// The role in the attribution that a piece of this part has.
    pub(super) fn role(self) -> Option<MarkRole> {
        match self {
            Self::Content => Some(MarkRole::Content),
            Self::Cue => Some(MarkRole::Cue),
            Self::Source => Some(MarkRole::Source),
            Self::Via => Some(MarkRole::Via),
            Self::Addressee => Some(MarkRole::Addressee),
            Self::Evidence | Self::Mention => None,
        }
    }

    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Content => "content",
            Self::Cue => "cue",
            Self::Source => "source",
            Self::Via => "via",
            Self::Addressee => "addressee",
            Self::Evidence => "evidence",
            Self::Mention => "mention",
        }
    }

    pub(super) fn words(self) -> &'static str {
        t(match self {
            Self::Content => M::PartContent,
            Self::Cue => M::PartCue,
            Self::Source => M::PartSource,
            Self::Via => M::PartVia,
            Self::Addressee => M::PartAddressee,
            Self::Evidence => M::PartEvidence,
            Self::Mention => M::PartMention,
        })
    }
}

/// A marked stretch.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui) struct Marked {
    pub(in crate::ui) span: Span,
    pub(super) part: Part,
    /// The attribution it belongs to; for evidence the one in which the stance is taken, if any.
    pub(super) of: Option<Id<Attribution>>,
    /// The attribution, stance or mention that it comes from.
    owner: RecordId,
    /// Which of the hues.
    pub(super) hue: u8,
    /// Who speaks, or is named.
    pub(super) who: Rc<str>,
}

/// How many hues there are. `style/tokens.css` has them.
const HUES: u8 = 6;

/// A stance taken in an attribution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chip {
    pub(super) id: Id<Stance>,
    pub(super) words: String,
    /// The colour of its label.
    pub(super) colour: &'static str,
}

/// A question to the curator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Question {
    pub(super) id: Id<Comment>,
    pub(super) words: String,
}

/// A marked stretch with its words.
pub(super) type Piece = (Span, String);

/// An attribution as its card shows it. `Eq`, so that a shared one is compared by its place in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Card {
    pub(super) id: Id<Attribution>,
    /// Its first words, of whichever part; where it stands among the others.
    pub(super) first: Option<Span>,
    pub(super) hue: u8,
    pub(super) kind: String,
    pub(super) medium: Vec<String>,
    /// All marked pieces by their part, contents first.
    pub(super) pieces: Vec<(Part, Piece)>,
    /// Who speaks, as far as anybody said.
    pub(super) speakers: Vec<String>,
    /// Through whom, and to whom, by name.
    pub(super) via: Option<String>,
    pub(super) addressees: Vec<String>,
    pub(super) parent: Option<Id<Attribution>>,
    pub(super) continues: Option<Id<Attribution>>,
    pub(super) defects: Vec<Defect>,
    pub(super) note: String,
    pub(super) unsure: bool,
    pub(super) stances: Vec<Chip>,
    pub(super) questions: Vec<Question>,
    /// Every other record that was looked at.
    refers: Vec<RecordId>,
}

impl Card {
    fn place(&self) -> Place {
        (self.first.map(|s| (s.start(), Reverse(s.end()))), self.id.clone())
    }

    pub(super) fn of_part(&self, part: Part) -> impl Iterator<Item = &Piece> {
        self.pieces.iter().filter(move |(of, _)| *of == part).map(|(_, piece)| piece)
    }

    /// Whether something is missing that an attribution has: content, or somebody who says it. Marks that
    /// quote nobody need nobody.
    pub(super) fn is_unfinished(&self) -> bool {
        let quotes_nobody = ["scare", "title", "term", "orphan"].contains(&&*self.kind);
        self.of_part(Part::Content).next().is_none() || (self.speakers.is_empty() && !quotes_nobody)
    }
}

type Place = (Option<(crate::text::Offset, Reverse<crate::text::Offset>)>, Id<Attribution>);

/// Everything marked in a text.
#[derive(Default)]
pub(super) struct Marks {
    /// In reading order.
    cards: Vec<Arc<Card>>,
    /// The same by id.
    by_id: Vec<Arc<Card>>,
    /// For each paragraph what is marked in it, in reading order.
    paragraphs: Vec<Rc<Vec<Marked>>>,
    spans: Vec<Span>,
    /// Who has a part in an attribution, and in how many places; in the order of ids.
    sources: Vec<(RecordId, usize)>,
}

impl Marks {
    /// The marks of a text whose paragraphs are `spans`.
    pub(super) fn of(project: &Project, text_id: &Id<ArticleText>, text: &Text, spans: &[Span]) -> Self {
        let mut marks = Self { spans: spans.to_vec(), ..Self::default() };
        let mut taken: Vec<(Id<Attribution>, Id<Stance>)> = project
            .about::<Stance>(text_id)
            .filter_map(|s| Some((s.attribution.get().clone()?, s.id())))
            .collect();
        order::sort_by(&mut taken, Ord::cmp);
        let mut cards: Vec<Card> = Vec::new();
        for attribution in project.about::<Attribution>(text_id) {
            let id = attribution.id();
            let from = taken.partition_point(|(of, _)| *of < id);
            let stances = taken[from..].iter().take_while(|(of, _)| *of == id).map(|(_, s)| s.clone());
            cards.extend(card(project, text, &id, stances.collect()));
        }
        order::sort_by_key(&mut cards, Card::place);
        for (i, card) in cards.iter_mut().enumerate() {
            card.hue = (i % usize::from(HUES)) as u8;
        }
        marks.cards = cards.into_iter().map(Arc::new).collect();
        for card in marks.cards.clone() {
            marks.count_sources(&card, true);
        }
        marks.by_id = marks.cards.clone();
        order::sort_by(&mut marks.by_id, |a, b| a.id.cmp(&b.id));
        let mut all: Vec<Marked> = marks.cards.iter().flat_map(marked).collect();
        for stance in project.about::<Stance>(text_id) {
            all.extend(marks.evidence(text, &stance.id(), &stance));
        }
        let named: Vec<Id<Mention>> = project.about::<Mention>(text_id).map(|m| m.id()).collect();
        let mut used: Vec<&RecordId> = marks.cards.iter().flat_map(|c| &c.refers).collect();
        order::sort_by(&mut used, Ord::cmp);
        let free = named.iter().filter(|m| used.binary_search(&m.record()).is_err());
        all.extend(free.filter_map(|id| mention(project, text, id)));
        let mut buckets: Vec<Vec<Marked>> = vec![Vec::new(); spans.len()];
        for mark in all {
            for i in marks.paragraphs_of(mark.span) {
                buckets[i].push(mark.clone());
            }
        }
        marks.paragraphs = buckets.into_iter().map(|bucket| Rc::new(in_order(bucket))).collect();
        marks
    }

    /// Takes in what became of the records touched. Returns the paragraphs that look different now.
    pub(super) fn update(
        &mut self,
        project: &Project,
        text_id: &Id<ArticleText>,
        text: &Text,
        touched: &[RecordId],
    ) -> Vec<usize> {
        let changed = self.attributions_of(project, touched);
        let mut dirty: Vec<usize> = Vec::new();
        let mut fresh: Vec<Marked> = Vec::new();
        for id in &changed {
            let before = self.remove(id);
            if let Some(card) = &before {
                dirty.extend(card.pieces.iter().flat_map(|(_, (span, _))| self.paragraphs_of(*span)));
            }
            let mut stances: Vec<Id<Stance>> =
                before.iter().flat_map(|card| card.stances.iter().map(|chip| chip.id.clone())).collect();
            stances.extend(touched.iter().filter_map(RecordId::typed::<Stance>));
            order::sort_by(&mut stances, Ord::cmp);
            stances.dedup();
            stances.retain(|s| project.find(s).is_some_and(|s| s.attribution.get().as_ref() == Some(id)));
            let about_this = project.find(id).is_some_and(|a| a.text == *text_id);
            if let Some(mut card) = card(project, text, id, stances).filter(|_| about_this) {
                card.hue = before.as_ref().map_or_else(|| self.hue_beside(&card), |before| before.hue);
                let card = Arc::new(card);
                fresh.extend(marked(&card));
                self.insert(card);
            }
        }
        let mut owners: Vec<RecordId> = changed.iter().map(|id| id.record().clone()).collect();
        // Evidence takes the hue of its attribution.
        let stances = self.by_id.iter().filter(|c| changed.contains(&c.id)).flat_map(|c| &c.stances);
        let stances = stances.map(|chip| chip.id.clone());
        let mut stances: Vec<Id<Stance>> =
            stances.chain(touched.iter().filter_map(RecordId::typed)).collect();
        order::sort_by(&mut stances, Ord::cmp);
        stances.dedup();
        for id in stances {
            owners.push(id.record().clone());
            if let Some(stance) = project.find(&id).filter(|s| s.text == *text_id) {
                fresh.extend(self.evidence(text, &id, &stance));
            }
        }
        for id in touched.iter().filter_map(RecordId::typed::<Mention>) {
            owners.push(id.record().clone());
            let used = self.cards.iter().any(|c| c.refers.contains(id.record()));
            let here = project.find(&id).is_some_and(|m| m.text == *text_id);
            if here && !used {
                fresh.extend(mention(project, text, &id));
            }
        }
        dirty.extend(self.repaint(&owners, fresh));
        dirty.sort_unstable();
        dirty.dedup();
        dirty
    }

    /// Takes the marks of `owners` away and puts `fresh` in.
    fn repaint(&mut self, owners: &[RecordId], fresh: Vec<Marked>) -> Vec<usize> {
        let mut dirty = Vec::new();
        for (i, bucket) in self.paragraphs.iter_mut().enumerate() {
            if bucket.iter().any(|m| owners.contains(&m.owner)) {
                Rc::make_mut(bucket).retain(|m| !owners.contains(&m.owner));
                dirty.push(i);
            }
        }
        let mut grown = Vec::new();
        for mark in fresh {
            for i in self.paragraphs_of(mark.span) {
                Rc::make_mut(&mut self.paragraphs[i]).push(mark.clone());
                grown.push(i);
            }
        }
        grown.sort_unstable();
        grown.dedup();
        for i in &grown {
            let bucket = Rc::make_mut(&mut self.paragraphs[*i]);
            *bucket = in_order(std::mem::take(bucket));
        }
        dirty.extend(grown);
        dirty
    }

    /// The attributions whose cards may look different after a change of the records touched.
    fn attributions_of(&self, project: &Project, touched: &[RecordId]) -> Vec<Id<Attribution>> {
        let mut found: Vec<Id<Attribution>> = touched.iter().filter_map(RecordId::typed).collect();
        let stances = touched.iter().filter_map(RecordId::typed::<Stance>);
        found.extend(stances.filter_map(|s| project.find(&s)?.attribution.get().clone()));
        for comment in touched.iter().filter_map(RecordId::typed::<Comment>) {
            found.extend(project.find(&comment).and_then(|c| c.about.typed()));
        }
        // Most steps touch nothing that a card refers to: no card need be asked then.
        let named =
            [Mention::PREFIX, Source::PREFIX, Stance::PREFIX, Label::PREFIX, Target::PREFIX, Comment::PREFIX];
        let named: Vec<&RecordId> = touched.iter().filter(|id| named.contains(&id.prefix())).collect();
        if !named.is_empty() {
            let concerned = self.cards.iter().filter(|card| card.refers.iter().any(|id| named.contains(&id)));
            found.extend(concerned.map(|card| card.id.clone()));
        }
        order::sort_by(&mut found, Ord::cmp);
        found.dedup();
        found
    }

    fn insert(&mut self, card: Arc<Card>) {
        self.count_sources(&card, true);
        let place = card.place();
        let at = self.cards.partition_point(|other| other.place() < place);
        self.cards.insert(at, card.clone());
        let at = self.by_id.partition_point(|other| other.id < card.id);
        self.by_id.insert(at, card);
    }

    fn remove(&mut self, id: &Id<Attribution>) -> Option<Arc<Card>> {
        let at = self.by_id.binary_search_by(|card| card.id.cmp(id)).ok()?;
        let card = self.by_id.remove(at);
        self.count_sources(&card, false);
        if let Some(at) = self.position(&card) {
            self.cards.remove(at);
        }
        Some(card)
    }

    /// A hue that neither neighbour in reading order has.
    fn hue_beside(&self, card: &Card) -> u8 {
        let place = card.place();
        let at = self.cards.partition_point(|other| other.place() < place);
        let beside = self.cards[at.saturating_sub(2)..].iter().take(4).map(|c| c.hue).collect::<Vec<_>>();
        let from = (at % usize::from(HUES)) as u8;
        (0..HUES).map(|i| (from + i) % HUES).find(|hue| !beside.contains(hue)).unwrap_or(from)
    }

    fn evidence(&self, text: &Text, id: &Id<Stance>, stance: &Stance) -> Vec<Marked> {
        let of = stance.attribution.get().clone();
        let card = of.as_ref().and_then(|id| self.card(id));
        let who: Rc<str> = card.map(|c| c.speakers.join(", ")).unwrap_or_default().into();
        let hue = card.map_or(0, |c| c.hue);
        let of = of.filter(|_| card.is_some());
        let spans = stance.evidence.get().iter().filter_map(|a| a.span(text));
        let mark = |span| Marked {
            span,
            part: Part::Evidence,
            of: of.clone(),
            owner: id.record().clone(),
            hue,
            who: who.clone(),
        };
        spans.map(mark).collect()
    }

    fn paragraphs_of(&self, span: Span) -> std::ops::Range<usize> {
        let from = self.spans.partition_point(|p| p.end() <= span.start());
        let to = self.spans.partition_point(|p| p.start() < span.end());
        from..to.max(from)
    }

    /// Everybody who has a part in an attribution of the text, in the order of ids.
    pub(super) fn sources(&self) -> Vec<RecordId> {
        self.sources.iter().map(|(id, _)| id.clone()).collect()
    }

    /// Counts those who have a part in a card that comes or goes.
    fn count_sources(&mut self, card: &Card, comes: bool) {
        for id in card.refers.iter().filter(|id| id.prefix() == Source::PREFIX) {
            match self.sources.binary_search_by(|(other, _)| other.cmp(id)) {
                Ok(at) if comes => self.sources[at].1 += 1,
                Ok(at) if self.sources[at].1 > 1 => self.sources[at].1 -= 1,
                Ok(at) => drop(self.sources.remove(at)),
                Err(at) => self.sources.insert(at, (id.clone(), 1)),
            }
        }
    }

    pub(super) fn cards(&self) -> &[Arc<Card>] {
        &self.cards
    }

    pub(super) fn card(&self, id: &Id<Attribution>) -> Option<&Arc<Card>> {
        let at = self.by_id.binary_search_by(|card| card.id.cmp(id)).ok()?;
        self.by_id.get(at)
    }

    /// Where a card stands in reading order.
    pub(super) fn position(&self, card: &Card) -> Option<usize> {
        let place = card.place();
        let at = self.cards.partition_point(|other| other.place() < place);
        self.cards.get(at).filter(|other| other.id == card.id).map(|_| at)
    }

    /// Where the first card stands whose words begin at or after `at`.
    pub(super) fn position_after(&self, at: crate::text::Offset) -> usize {
        self.cards.partition_point(|card| card.first.is_none_or(|first| first.start() < at))
    }

    /// What is marked in a paragraph.
    pub(super) fn paragraph(&self, i: usize) -> Rc<Vec<Marked>> {
        self.paragraphs.get(i).cloned().unwrap_or_default()
    }

    /// The paragraphs in which an attribution has marks.
    pub(super) fn paragraphs_with(&self, id: &Id<Attribution>) -> Vec<usize> {
        let Some(card) = self.card(id) else { return Vec::new() };
        let mut found: Vec<usize> =
            card.pieces.iter().flat_map(|(_, (span, _))| self.paragraphs_of(*span)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn in_order(mut bucket: Vec<Marked>) -> Vec<Marked> {
    order::sort_by_key(&mut bucket, |m| (m.span.start(), Reverse(m.span.end()), m.part));
    bucket
}

/// What a card marks in the text.
fn marked(card: &Arc<Card>) -> Vec<Marked> {
    let who: Rc<str> = card.speakers.join(", ").into();
    let mark = |(part, (span, _)): &(Part, Piece)| Marked {
        span: *span,
        part: *part,
        of: Some(card.id.clone()),
        owner: card.id.record().clone(),
        hue: card.hue,
        who: who.clone(),
    };
    card.pieces.iter().map(mark).collect()
}

fn mention(project: &Project, text: &Text, id: &Id<Mention>) -> Option<Marked> {
    let mention = project.find(id)?;
    let who = mention.source.get().as_ref().map(|s| project.source_name(s)).unwrap_or_default();
    Some(Marked {
        span: mention.anchor.get().as_ref()?.span(text)?,
        part: Part::Mention,
        of: None,
        owner: id.record().clone(),
        hue: 0,
        who: who.into(),
    })
}

fn card(project: &Project, text: &Text, id: &Id<Attribution>, stances: Vec<Id<Stance>>) -> Option<Card> {
    let a = project.find(id)?;
    let mut refers: Vec<RecordId> = Vec::new();
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
        let Some(found) = project.find(&stance) else { continue };
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
        refers,
        id: id.clone(),
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
