//! Who annotated what.

use crate::model::{ArticleText, Attribution, Entry, How, Id, Made, Project, RecordId, Same, Stance};
use std::collections::{BTreeMap, BTreeSet};

/// Those who annotated, text by text. Gold is nobody's, and people who are the same are one.
pub struct Annotators(BTreeMap<Id<ArticleText>, BTreeSet<RecordId>>);

impl Annotators {
    /// Reads it off a project.
    pub fn of(project: &Project, same: &Same) -> Self {
        let mut found: BTreeMap<Id<ArticleText>, BTreeSet<RecordId>> = BTreeMap::new();
        let mut add = |text: &Id<ArticleText>, entry: &Entry, made: &Made| {
            if made.how == How::Gold {
                return;
            }
            let (who, people) = (same.of(entry.made.by.record()), found.entry(text.clone()).or_default());
            if !people.contains(who) {
                people.insert(who.clone());
            }
        };
        project.all::<Attribution>().for_each(|a| add(&a.text, a.entry, &a.made));
        project.all::<Stance>().for_each(|s| add(&s.text, s.entry, &s.made));
        Self(found)
    }

    /// All of them.
    pub fn all(&self) -> BTreeSet<&RecordId> {
        self.0.values().flatten().collect()
    }

    /// Whether several people annotated a text.
    pub fn are_several(&self, text: &Id<ArticleText>) -> bool {
        self.0.get(text).is_some_and(|people| people.len() > 1)
    }
}
