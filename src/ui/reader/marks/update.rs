//! Taking in what changed.

use super::card::{Card, card};
use super::{HUES, Marked, Marks, Part, in_order, marked, mention, whose};
use crate::model::{
    ArticleText, Attribution, Comment, Id, Kind as _, Label, Mention, Person, Project, RecordId, Source,
    Stance, Target,
};
use crate::text::{Text, order};
use std::rc::Rc;
use std::sync::Arc;

impl Marks {
    /// Takes in what became of the records touched. Returns the paragraphs that look different now.
    pub(in crate::ui::reader) fn update(
        &mut self,
        project: &Project,
        text_id: &Id<ArticleText>,
        text: &Text,
        touched: &[RecordId],
    ) -> Vec<usize> {
        touched.iter().filter_map(|id| whose(project, id)).for_each(|whose| self.meet(&whose));
        let changed = self.attributions_of(project, touched);
        let mut dirty: Vec<usize> = Vec::new();
        let mut fresh: Vec<Marked> = Vec::new();
        for id in &changed {
            let before = self.remove(id);
            dirty.extend(before.iter().flat_map(|card| self.unmark(card)));
            let mut stances: Vec<Id<Stance>> =
                before.iter().flat_map(|card| card.stances.iter().map(|chip| chip.id.clone())).collect();
            stances.extend(touched.iter().filter_map(RecordId::typed::<Stance>));
            order::sort_by(&mut stances, Ord::cmp);
            stances.dedup();
            stances.retain(|s| project.find(s).is_some_and(|s| s.attribution.get().as_ref() == Some(id)));
            let about_this = project.find(id).is_some_and(|a| a.text == *text_id);
            if let Some(mut card) = card(project, text, id, stances, &self.eyes).filter(|_| about_this) {
                card.hue = before.as_ref().map_or_else(|| self.hue_beside(&card), |before| before.hue);
                let card = Arc::new(card);
                fresh.extend(marked(&card));
                self.insert(card);
            }
        }
        let mut owners: Vec<RecordId> = Vec::new();
        // Evidence takes the hue of its attribution.
        let stances = changed.iter().filter_map(|id| self.card(id)).flat_map(|c| &c.stances);
        let stances = stances.map(|chip| chip.id.clone());
        let mut stances: Vec<Id<Stance>> =
            stances.chain(touched.iter().filter_map(RecordId::typed)).collect();
        order::sort_by(&mut stances, Ord::cmp);
        stances.dedup();
        for id in stances {
            owners.push(id.record().clone());
            if let Some(stance) = project.find(&id).filter(|s| s.text == *text_id) {
                fresh.extend(self.evidence(text, &stance));
            }
        }
        for id in touched.iter().filter_map(RecordId::typed::<Mention>) {
            owners.push(id.record().clone());
            let used = self.cards.iter().any(|c| c.refers.contains(id.record()));
            let here = project.find(&id).is_some_and(|m| m.text == *text_id);
            if here && !used {
                fresh.extend(mention(project, text, &id, &self.eyes));
            }
        }
        dirty.extend(self.repaint(&owners, fresh));
        dirty.sort_unstable();
        dirty.dedup();
        dirty
    }

    /// Takes the marks of a card away; returns the paragraphs that had them. No other need be looked at.
    fn unmark(&mut self, card: &Card) -> Vec<usize> {
        let had = self.paragraphs_of_card(card);
        for i in &had {
            Rc::make_mut(&mut self.paragraphs[*i]).retain(|m| m.owner != *card.id.record());
        }
        had
    }

    /// Takes the marks of `owners` away, which are stances and mentions, and puts `fresh` in.
    fn repaint(&mut self, owners: &[RecordId], fresh: Vec<Marked>) -> Vec<usize> {
        let mut dirty = Vec::new();
        let theirs =
            |m: &Marked| matches!(m.part, Part::Evidence | Part::Mention) && owners.contains(&m.owner);
        let none = owners.is_empty();
        for (i, bucket) in self.paragraphs.iter_mut().enumerate().filter(|_| !none) {
            if bucket.iter().any(theirs) {
                Rc::make_mut(bucket).retain(|m| !theirs(m));
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
        let named = [
            Person::PREFIX,
            Mention::PREFIX,
            Source::PREFIX,
            Stance::PREFIX,
            Label::PREFIX,
            Target::PREFIX,
            Comment::PREFIX,
        ];
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
}
