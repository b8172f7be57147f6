//! Who finished what. «No mark» and «not looked at» are told apart here, or every number is wrong.

use crate::model::{Aliases, ArticleText, Coverage, CoverageState, Id, Layer, Project, RecordId};
use std::collections::{BTreeMap, BTreeSet};

/// For each text and layer, the people who finished all of it; people who are the same count once.
#[derive(Clone, Debug, Default)]
pub struct Finished(BTreeMap<(Id<ArticleText>, Layer), BTreeSet<RecordId>>);

impl Finished {
    /// Reads it off a project.
    pub fn of(project: &Project, aliases: &Aliases) -> Self {
        let mut found: BTreeMap<_, BTreeSet<RecordId>> = BTreeMap::new();
        for coverage in project.all::<Coverage>() {
            let whole = coverage.range.get().is_none();
            if whole && *coverage.state.get() == Some(CoverageState::Done) {
                let who = aliases.one(coverage.person.record()).clone();
                found.entry((coverage.text.clone(), coverage.layer.clone())).or_default().insert(who);
            }
        }
        Self(found)
    }

    /// Who finished a layer of a text.
    pub fn by(&self, text: &Id<ArticleText>, layer: &Layer) -> impl Iterator<Item = &RecordId> {
        self.0.get(&(text.clone(), layer.clone())).into_iter().flatten()
    }

    /// The texts of a layer that two people or more finished, with who did.
    pub fn shared<'a>(
        &'a self,
        layer: &'a Layer,
    ) -> impl Iterator<Item = (&'a Id<ArticleText>, &'a BTreeSet<RecordId>)> {
        self.0
            .iter()
            .filter(move |((_, of), who)| of == layer && who.len() > 1)
            .map(|((text, _), who)| (text, who))
    }
}
