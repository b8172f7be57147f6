//! What is marked in a text, as the page and the cards show it, kept up to date record by record: a change
//! costs what it touches, however many attributions there are.

mod card;
mod part;
mod update;
mod whose;

pub(super) use card::{Card, Chip, Piece, holder_words, stance_words};
pub(super) use part::Part;
pub(super) use whose::{Eyes, Whose};

use crate::model::{
    ArticleText, Attribution, Id, Item, Kind as _, Mention, Project, RecordId, Source, Stance,
};
use crate::text::{Offset, Span, Text, order};
use card::card;
use std::cmp::Reverse;
use std::rc::Rc;
use std::sync::Arc;

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
    eyes: Eyes,
    /// Everybody who has annotated the text, shown or not.
    authors: Vec<Whose>,
}

impl Marks {
    /// The marks of a text whose paragraphs are `spans`, as far as `eyes` look at them.
    pub(super) fn of(
        project: &Project,
        text_id: &Id<ArticleText>,
        text: &Text,
        spans: &[Span],
        eyes: Eyes,
    ) -> Self {
        let mut marks = Self { spans: spans.to_vec(), eyes, ..Self::default() };
        let mut taken: Vec<(Id<Attribution>, Id<Stance>)> = project
            .about::<Stance>(text_id)
            .filter_map(|s| Some((s.attribution.get().clone()?, s.id())))
            .collect();
        order::sort_by(&mut taken, Ord::cmp);
        let mut cards: Vec<Card> = Vec::new();
        for attribution in project.about::<Attribution>(text_id) {
            let id = attribution.id();
            marks.meet(&Whose::of(attribution.entry, &attribution.made));
            let from = taken.partition_point(|(of, _)| *of < id);
            let stances = taken[from..].iter().take_while(|(of, _)| *of == id).map(|(_, s)| s.clone());
            cards.extend(card(project, text, &id, stances.collect(), &marks.eyes));
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
            marks.meet(&Whose::of(stance.entry, &stance.made));
            all.extend(marks.evidence(text, &stance));
        }
        let named: Vec<Id<Mention>> = project.about::<Mention>(text_id).map(|m| m.id()).collect();
        let mut used: Vec<&RecordId> = marks.cards.iter().flat_map(|c| &c.refers).collect();
        order::sort_by(&mut used, Ord::cmp);
        let free = named.iter().filter(|m| used.binary_search(&m.record()).is_err());
        all.extend(free.filter_map(|id| mention(project, text, id, &marks.eyes)));
        let mut buckets: Vec<Vec<Marked>> = vec![Vec::new(); spans.len()];
        for mark in all {
            for i in marks.paragraphs_of(mark.span) {
                buckets[i].push(mark.clone());
            }
        }
        marks.paragraphs = buckets.into_iter().map(|bucket| Rc::new(in_order(bucket))).collect();
        marks
    }

    /// Notes whose annotations there are.
    fn meet(&mut self, whose: &Whose) {
        if !self.authors.contains(whose) {
            self.authors.push(whose.clone());
        }
    }

    /// Everybody who has annotated the text.
    pub(super) fn authors(&self) -> &[Whose] {
        &self.authors
    }

    /// Whose annotations are shown.
    pub(super) fn eyes(&self) -> &Eyes {
        &self.eyes
    }

    /// Whether one's own annotation is among the records, and is not shown.
    pub(super) fn miss(&self, project: &Project, touched: &[RecordId]) -> bool {
        touched.iter().filter_map(|id| whose(project, id)).any(|whose| self.eyes.miss(&whose))
    }

    fn evidence(&self, text: &Text, stance: &Item<'_, Stance>) -> Vec<Marked> {
        if !self.eyes.see(&Whose::of(stance.entry, &stance.made)) {
            return Vec::new();
        }
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
            owner: stance.id().record().clone(),
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
    pub(super) fn position_after(&self, at: Offset) -> usize {
        self.cards.partition_point(|card| card.first.is_none_or(|first| first.start() < at))
    }

    /// What is marked in a paragraph.
    pub(super) fn paragraph(&self, i: usize) -> Rc<Vec<Marked>> {
        self.paragraphs.get(i).cloned().unwrap_or_default()
    }

    /// The paragraphs in which an attribution has marks.
    pub(super) fn paragraphs_with(&self, id: &Id<Attribution>) -> Vec<usize> {
        self.card(id).map(|card| self.paragraphs_of_card(card)).unwrap_or_default()
    }

    fn paragraphs_of_card(&self, card: &Card) -> Vec<usize> {
        let mut found: Vec<usize> =
            card.pieces.iter().flat_map(|(_, (span, _))| self.paragraphs_of(*span)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The attributions that have content where these words are.
    pub(super) fn with_content_at(&self, words: Span) -> impl Iterator<Item = &Arc<Card>> {
        let here = self.paragraphs_of(words).flat_map(|i| self.paragraphs[i].iter());
        let content = here.filter(|m| m.part == Part::Content).filter_map(|m| m.of.as_ref());
        content.filter_map(|id| self.card(id))
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

/// Whose a record is, if it is an attribution or a stance.
fn whose(project: &Project, id: &RecordId) -> Option<Whose> {
    let attribution = id.typed::<Attribution>().and_then(|id| project.find(&id));
    let stance = id.typed::<Stance>().and_then(|id| project.find(&id));
    let attribution = attribution.map(|a| Whose::of(a.entry, &a.made));
    attribution.or_else(|| stance.map(|s| Whose::of(s.entry, &s.made)))
}

fn mention(project: &Project, text: &Text, id: &Id<Mention>, eyes: &Eyes) -> Option<Marked> {
    let mention = project.find(id)?;
    if !eyes.see(&Whose::maker(mention.entry)) {
        return None;
    }
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
