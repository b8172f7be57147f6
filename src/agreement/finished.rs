//! Who finished what. «No mark» and «not looked at» are told apart here, or every number is wrong.

use crate::model::{ArticleText, Coverage, CoverageState, Id, Layer, Project, RecordId, Same, Time};
use std::collections::{BTreeMap, BTreeSet};

/// For each text and layer, the people who finished all of it; people who are the same count once.
#[derive(Clone, Debug, Default)]
pub struct Finished(BTreeMap<(Id<ArticleText>, Layer), Work>);

#[derive(Clone, Debug, Default)]
struct Work {
    by: BTreeSet<RecordId>,
    /// When the last of them did, by their clocks.
    on: Time,
}

impl Finished {
    /// Reads it off a project.
    pub fn of(project: &Project, same: &Same) -> Self {
        let mut found: BTreeMap<_, Work> = BTreeMap::new();
        for coverage in project.all::<Coverage>() {
            let whole = coverage.range.get().is_none();
            if whole && *coverage.state.get() == Some(CoverageState::Done) {
                let who = same.of(coverage.person.record()).clone();
                let work = found.entry((coverage.text.clone(), coverage.layer.clone())).or_default();
                work.by.insert(who);
                let writes = coverage.entry.writes().into_iter().filter(|(field, _)| *field == "state");
                let on = writes.map(|(_, write)| write.on).max().unwrap_or(coverage.entry.made.on);
                work.on = work.on.max(on);
            }
        }
        Self(found)
    }

    /// Who finished a layer of a text.
    pub fn by(&self, text: &Id<ArticleText>, layer: &Layer) -> impl Iterator<Item = &RecordId> {
        self.0.get(&(text.clone(), layer.clone())).into_iter().flat_map(|work| &work.by)
    }

    /// When the last of those who finished a layer of a text did, by their clocks.
    pub fn on(&self, text: &Id<ArticleText>, layer: &Layer) -> Time {
        self.0.get(&(text.clone(), layer.clone())).map_or(Time::default(), |work| work.on)
    }

    /// The texts of a layer that two people or more finished, with who did.
    pub fn shared<'a>(
        &'a self,
        layer: &'a Layer,
    ) -> impl Iterator<Item = (&'a Id<ArticleText>, &'a BTreeSet<RecordId>)> {
        let of_layer = self.0.iter().filter(move |((_, of), work)| of == layer && work.by.len() > 1);
        of_layer.map(|((text, _), work)| (text, &work.by))
    }
}
