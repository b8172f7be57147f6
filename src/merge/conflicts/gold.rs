//! Conflicts about gold decisions.

use super::{Conflict, ConflictKind};
use crate::model::{Decision, Project, RecordId, Same};
use std::collections::BTreeMap;

pub(super) fn look(project: &Project, same: &Same, found: &mut Vec<Conflict>) {
    let mut about: BTreeMap<RecordId, Vec<(RecordId, RecordId, String)>> = BTreeMap::new();
    for decision in project.all::<Decision>() {
        let id = decision.id().record().clone();
        let changed =
            decision.digest.get().as_ref().is_some_and(|d| *d != project.digest(decision.members.get()));
        if changed {
            found.push(Conflict::of(ConflictKind::StaleDecision, &id));
        }
        let who = same.of(decision.entry.made.by.record()).clone();
        let said = format!("{:?} {}", decision.outcome.get(), result(project, decision.result.get()));
        for member in decision.members.get() {
            about.entry(member.clone()).or_default().push((id.clone(), who.clone(), said.clone()));
        }
    }
    for decisions in about.values() {
        for (i, (a, who, said)) in decisions.iter().enumerate() {
            for (b, other, otherwise) in &decisions[i + 1..] {
                if who != other && said != otherwise {
                    found.push(Conflict::between(ConflictKind::TwoAdjudicators, a, b));
                }
            }
        }
    }
}

/// What a gold record says, without its id: two adjudicators who decide alike make two records.
fn result(project: &Project, id: &Option<RecordId>) -> String {
    let Some(entry) = id.as_ref().and_then(|id| project.entry(id)) else { return String::new() };
    let shown = entry.shown().into_iter();
    shown.map(|(field, value)| format!("{field}={};", value.as_str())).collect()
}
