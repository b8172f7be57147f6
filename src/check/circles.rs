//! Links that come back to where they began, and aliases that contradict each other.

use super::Look;
use crate::model::{Alias, Body, Entry, Project, RecordId};
use std::collections::{BTreeMap, BTreeSet};

/// The fields by which records of one kind hang on each other.
const CHAINS: &[(&str, &str)] = &[
    ("parent", "The attributions report each other in a circle."),
    ("continues", "The attributions continue each other in a circle."),
    ("cleaned_from", "The texts are cleaned from each other in a circle."),
];

pub(super) fn look(look: &mut Look<'_>, entry: &Entry) {
    for (field, problem) in CHAINS {
        let mut seen = BTreeSet::new();
        let mut next = link(entry, field);
        while let Some(id) = next.filter(|id| seen.insert(id.clone())) {
            if id == *look.id {
                look.say(field, *problem, "Take one of the links back.");
                break;
            }
            next = look.project.entry(&id).filter(|e| e.is_live()).and_then(|e| link(e, field));
        }
    }
}

fn link(entry: &Entry, field: &str) -> Option<RecordId> {
    match (&entry.body, field) {
        (Body::Attribution(a), "parent") => a.parent.get().as_ref().map(|id| id.record().clone()),
        (Body::Attribution(a), "continues") => a.continues.get().as_ref().map(|id| id.record().clone()),
        (Body::ArticleText(t), "cleaned_from") => t.cleaned_from.as_ref().map(|id| id.record().clone()),
        _ => None,
    }
}

/// Aliases that keep apart what others, step by step, make one.
pub(super) fn contradictions(project: &Project) -> Vec<RecordId> {
    let mut one: BTreeMap<&RecordId, BTreeSet<&RecordId>> = BTreeMap::new();
    let aliases: Vec<_> = project.all::<Alias>().collect();
    for alias in aliases.iter().filter(|alias| *alias.same.get()) {
        let body = alias.entry.as_kind::<Alias>();
        let Some(Alias { a, b, .. }) = body else { continue };
        one.entry(a).or_default().insert(b);
        one.entry(b).or_default().insert(a);
    }
    let reaches = |from: &RecordId, to: &RecordId| {
        let (mut seen, mut open) = (BTreeSet::from([from]), vec![from]);
        while let Some(next) = open.pop() {
            if next == to {
                return true;
            }
            open.extend(one.get(next).into_iter().flatten().filter(|id| seen.insert(**id)).copied());
        }
        false
    };
    let apart = aliases.iter().filter(|alias| !*alias.same.get() && reaches(&alias.a, &alias.b));
    apart.map(|alias| alias.id().record().clone()).collect()
}
