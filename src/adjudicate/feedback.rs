//! What was decided about one annotator's work, for that annotator.

use super::{Case, Outcome};
use crate::model::{Project, RecordId};
use std::collections::BTreeMap;

/// What became of a person's annotations in decided cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feedback {
    /// For each label the person gave: how often gold says the same, and how often it does not.
    pub by_label: BTreeMap<String, (usize, usize)>,
    /// Cases in which gold has what the person said.
    pub upheld: Vec<usize>,
    /// Cases in which gold says something else, or nothing.
    pub changed: Vec<usize>,
    /// Cases in which gold has something and the person, who finished the text, has nothing.
    pub missed: Vec<usize>,
    /// The reasons given in the changed and missed cases.
    pub reasons: BTreeMap<String, usize>,
}

/// Reads it off the decided cases. Cases that could not be decided, or that adjudicators dispute, count
/// neither way.
pub fn feedback(project: &Project, cases: &[Case], person: &RecordId) -> Feedback {
    let same = project.same();
    let person = same.of(person);
    let mut found = Feedback::default();
    for (place, case) in cases.iter().enumerate() {
        if case.state == super::State::Disputed {
            continue;
        }
        let decided = case.decisions.iter().filter_map(|id| project.find(id));
        for decision in decided {
            let outcome = decision.outcome.get().as_deref().unwrap_or_default();
            if outcome == Outcome::CannotDecide.as_str() {
                continue;
            }
            let upheld = gold_sources(project, decision.entry.made.by.record(), case, outcome);
            let own = case.variants.iter().filter(|v| v.people.contains(person));
            let mut right = None;
            for variant in own {
                let same = upheld.contains(&&variant.record);
                let counts = found.by_label.entry(variant.label.clone()).or_default();
                if same {
                    counts.0 += 1
                } else {
                    counts.1 += 1
                }
                right = Some(right.unwrap_or(false) | same);
            }
            let wrong = match right {
                Some(true) => {
                    found.upheld.push(place);
                    false
                }
                Some(false) => {
                    found.changed.push(place);
                    true
                }
                None if case.missing.contains(person) && !upheld.is_empty() => {
                    found.missed.push(place);
                    true
                }
                None => false,
            };
            if let Some(reason) = decision.reason.get().as_ref().filter(|_| wrong) {
                *found.reasons.entry(reason.clone()).or_default() += 1;
            }
        }
    }
    found
}

/// The variants that an adjudicator made gold as they are.
fn gold_sources<'c>(project: &Project, by: &RecordId, case: &'c Case, outcome: &str) -> Vec<&'c RecordId> {
    if outcome == Outcome::Own.as_str() || outcome == Outcome::None.as_str() {
        return Vec::new();
    }
    let from = |id: &RecordId| {
        use crate::model::{Body, How};
        project.records().any(|(_, entry)| {
            let made = match &entry.body {
                Body::Attribution(a) => &a.made,
                Body::Stance(s) => &s.made,
                _ => return false,
            };
            entry.is_live()
                && entry.made.by.record() == by
                && made.how == How::Gold
                && made.from.as_ref() == Some(id)
        })
    };
    case.variants.iter().filter(|v| from(&v.record)).map(|v| &v.record).collect()
}
