//! What the annotators of a project said, text by text: the ground on which ratings and units are made.

use super::{Finished, Settings};
use crate::model::{Anchor, ArticleText, Entry, How, Id, Json, Layer, Made, Person, Project, RecordId, Same};
use crate::text::Text;
use std::collections::{BTreeMap, BTreeSet};

/// Records left out of the comparison, to be said beside the numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Times a person's work on a text was left out for not being blind.
    pub not_blind: usize,
    /// Marks whose words are not in the text where they should be.
    pub orphans: usize,
    /// Judgements a person gave twice on the same thing, with different results.
    pub twice: usize,
    /// Marks that the same person had made twice.
    pub duplicates: usize,
}

/// One layer of a project, as it is to be compared.
pub(super) struct Gather<'a> {
    pub(super) project: &'a Project,
    pub(super) same: &'a Same,
    pub(super) settings: &'a Settings,
    /// The texts that at least two finished, and who did.
    pub(super) texts: Vec<(Id<ArticleText>, Vec<usize>)>,
    /// Everybody who finished such a text.
    pub(super) people: Vec<RecordId>,
    pub(super) left_out: LeftOut,
}

impl<'a> Gather<'a> {
    pub(super) fn new(
        project: &'a Project,
        same: &'a Same,
        finished: &Finished,
        layer: &Layer,
        settings: &'a Settings,
    ) -> Self {
        let mut left_out = LeftOut::default();
        let mut texts: Vec<(Id<ArticleText>, Vec<RecordId>)> = Vec::new();
        for (text, who) in finished.shared(layer) {
            let seeing = if settings.blind_only { not_blind(project, same, text) } else { BTreeSet::new() };
            let kept: Vec<RecordId> = who.iter().filter(|p| !seeing.contains(*p)).cloned().collect();
            left_out.not_blind += who.len() - kept.len();
            if kept.len() > 1 {
                texts.push((text.clone(), kept));
            }
        }
        let people: BTreeSet<RecordId> = texts.iter().flat_map(|(_, who)| who).cloned().collect();
        let people: Vec<RecordId> = people.into_iter().collect();
        let place = |p: &RecordId| people.binary_search(p).unwrap_or_default();
        let texts = texts.into_iter().map(|(t, who)| (t, who.iter().map(place).collect())).collect();
        Self { project, same, settings, texts, people, left_out }
    }

    /// The names of the people, as shown; ids where they have none.
    pub(super) fn names(&self) -> Vec<String> {
        self.people.iter().map(|id| name_of(self.project, id)).collect()
    }

    /// The place of a person among those compared, whichever of their ids it is.
    pub(super) fn person(&self, id: &Id<Person>) -> Option<usize> {
        self.people.binary_search(self.same.of(id.record())).ok()
    }

    /// Whose annotation it is; nobody's, if it is gold.
    pub(super) fn annotator(&self, entry: &Entry, made: &Made) -> Option<usize> {
        if made.how == How::Gold { None } else { self.person(&entry.made.by) }
    }

    /// The ends of an anchor that its text bears out (or whose text is not here to ask), without space and
    /// punctuation at its edges if the settings say so.
    pub(super) fn ends(&mut self, text: &Id<ArticleText>, anchor: &Anchor) -> Option<(u32, u32)> {
        let ends = (anchor.start.0, anchor.end.0);
        let Some(content) = self.project.text(text) else { return (ends.0 < ends.1).then_some(ends) };
        if anchor.span(content).is_none() {
            self.left_out.orphans += 1;
            return None;
        }
        Some(if self.settings.trim_edges { trimmed(&anchor.exact, ends) } else { ends })
    }

    /// What each person said in a register of a record that people make together (its id follows from its
    /// content): of the writes that stand, each person's own.
    pub(super) fn said(&self, entry: &Entry, field: &str) -> Vec<(usize, Json)> {
        let mut found: BTreeMap<usize, Json> = BTreeMap::new();
        let mut writes = entry.writes();
        writes.retain(|(name, _)| *name == field);
        if writes.is_empty() {
            let person = self.person(&entry.made.by);
            found.extend(person.zip(entry.value(field)));
        }
        for (_, write) in writes {
            found.extend(self.person(&write.by).map(|person| (person, write.v)));
        }
        found.into_iter().collect()
    }

    /// The length of a text in code points.
    pub(super) fn length(&self, text: &Id<ArticleText>) -> u32 {
        self.project.find(text).map_or(0, |t| t.length.0)
    }

    /// The words of a text, as code points.
    pub(super) fn tokens(&self, text: &Id<ArticleText>) -> Vec<(u32, u32)> {
        self.project.text(text).map(tokens).unwrap_or_default()
    }
}

/// The name of a person, as shown; the id where there is none.
pub(super) fn name_of(project: &Project, id: &RecordId) -> String {
    let name = id.typed().map(|id| project.person_name(&id)).unwrap_or_default();
    if name.is_empty() { id.to_string() } else { name }
}

/// The people who saw others' work before they annotated this text.
fn not_blind(project: &Project, same: &Same, text: &Id<ArticleText>) -> BTreeSet<RecordId> {
    let of = |entry: &Entry, made: &Made| {
        let saw = !made.blind && made.how != How::Gold;
        saw.then(|| same.of(entry.made.by.record()).clone())
    };
    let attributions = project.about::<crate::model::Attribution>(text);
    let stances = project.about::<crate::model::Stance>(text);
    let attributions = attributions.filter_map(|a| of(a.entry, &a.made));
    attributions.chain(stances.filter_map(|s| of(s.entry, &s.made))).collect()
}

fn tokens(text: &Text) -> Vec<(u32, u32)> {
    let words = crate::text::words(text, text.whole());
    words
        .into_iter()
        .map(|word| {
            let points = text.chars_of(word);
            (points.start.0, points.end.0)
        })
        .collect()
}

/// Ends without white space and punctuation at the edges; as they were if nothing would be left.
fn trimmed(exact: &str, (start, end): (u32, u32)) -> (u32, u32) {
    let edge = |c: &char| !c.is_alphanumeric();
    let before = exact.chars().take_while(edge).count() as u32;
    let after = exact.chars().rev().take_while(edge).count() as u32;
    if before + after >= end - start { (start, end) } else { (start + before, end - after) }
}
