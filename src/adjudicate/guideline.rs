//! What the guidelines leave open: which labels people confuse, with examples, rules and reasons.

use super::Case;
use crate::model::{Layer, Project};
use std::collections::{BTreeMap, BTreeSet};

/// Two labels that people gave to the same thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Confusion {
    /// The layer.
    pub layer: String,
    /// One label, the first by name; empty for none given.
    pub a: String,
    /// The other.
    pub b: String,
    /// How many pairs of people, over all cases.
    pub pairs: usize,
    /// The cases, as places in the list.
    pub cases: Vec<usize>,
    /// The rules cited by either side.
    pub rules: BTreeSet<String>,
    /// The reasons given when such cases were decided, with how often.
    pub reasons: BTreeMap<String, usize>,
}

/// The confusions of all cases, the most frequent first.
pub fn guideline_report(project: &Project, cases: &[Case]) -> Vec<Confusion> {
    let mut found: BTreeMap<(String, String, String), Confusion> = BTreeMap::new();
    for (place, case) in cases.iter().enumerate() {
        let decided = case.decisions.iter().filter_map(|id| project.find(id));
        let reasons: Vec<String> = decided.filter_map(|d| d.reason.get().clone()).collect();
        let mut here: BTreeSet<(String, String)> = BTreeSet::new();
        for (i, one) in case.variants.iter().enumerate() {
            for other in case.variants[i + 1..].iter().filter(|other| other.label != one.label) {
                let (a, b) =
                    (one.label.clone().min(other.label.clone()), one.label.clone().max(other.label.clone()));
                let key = (layer(&case.layer), a.clone(), b.clone());
                let confusion = found.entry(key).or_insert_with(|| Confusion {
                    layer: layer(&case.layer),
                    a: a.clone(),
                    b: b.clone(),
                    ..Confusion::default()
                });
                confusion.pairs += one.people.len() * other.people.len();
                confusion.rules.extend(one.rule.iter().chain(&other.rule).cloned());
                if here.insert((a, b)) {
                    confusion.cases.push(place);
                    for reason in &reasons {
                        *confusion.reasons.entry(reason.clone()).or_default() += 1;
                    }
                }
            }
        }
    }
    let mut all: Vec<Confusion> = found.into_values().collect();
    all.sort_by_key(|c| (usize::MAX - c.pairs, c.layer.clone(), c.a.clone(), c.b.clone()));
    all
}

fn layer(layer: &Layer) -> String {
    layer.as_str().to_owned()
}
