//! How far each text is adjudicated.

use super::{Case, CaseKind, State};
use crate::model::{ArticleText, Id};
use std::collections::BTreeMap;

/// The cases of a text, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Everybody agrees, and nobody has taken it into gold yet.
    pub agreed: usize,
    /// Decided.
    pub decided: usize,
    /// Not decided, and people differ.
    pub open: usize,
    /// Decided on an older state.
    pub stale: usize,
    /// Decided differently by two adjudicators.
    pub disputed: usize,
}

/// Counts the cases text by text.
pub fn progress(cases: &[Case]) -> BTreeMap<Id<ArticleText>, Progress> {
    let mut found: BTreeMap<Id<ArticleText>, Progress> = BTreeMap::new();
    for case in cases {
        let of = found.entry(case.text.clone()).or_default();
        match (case.state, case.kind) {
            (State::Open, CaseKind::AllAgree) => of.agreed += 1,
            (State::Open, _) => of.open += 1,
            (State::Decided, _) => of.decided += 1,
            (State::Stale, _) => of.stale += 1,
            (State::Disputed, _) => of.disputed += 1,
        }
    }
    found
}
