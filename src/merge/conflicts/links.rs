//! Conflicts between a record and what it points at: other records, words of a text, required fields.

use super::{Conflict, ConflictKind};
use crate::model::{Anchor, Body, Entry, Project, RecordId};

pub(super) fn look(project: &Project, id: &RecordId, entry: &Entry, found: &mut Vec<Conflict>) {
    if let Body::Stance(stance) = &entry.body {
        let empty = [
            ("holder", stance.holder.get().is_none()),
            ("target", stance.target.get().is_none()),
            ("value", stance.value.get().is_none()),
        ];
        let empty = empty.into_iter().filter(|(_, empty)| *empty);
        found.extend(empty.map(|(field, _)| Conflict::of(ConflictKind::RuleBroken, id).in_field(field)));
    }
    // Decisions say by themselves when what they rest on has changed; what became of a suggestion, and
    // whether two things are one, stays said.
    if !matches!(entry.body, Body::Decision(_) | Body::Fate(_) | Body::Alias(_)) {
        for (field, other) in entry.references() {
            if !project.entry(&other).is_some_and(Entry::is_live) {
                let conflict = Conflict::of(ConflictKind::DanglingLink, id).in_field(field);
                found.push(Conflict { other: Some(other), ..conflict });
            }
        }
    }
    for (field, anchor) in anchors(&entry.body) {
        let content = super::super::preview::text_of(&entry.body).and_then(|text| project.text(text));
        if content.is_some_and(|content| anchor.span(content).is_none()) {
            found.push(Conflict::of(ConflictKind::ReAnchor, id).in_field(field));
        }
    }
}

/// The places a record marks, with their fields.
pub(crate) fn anchors(body: &Body) -> Vec<(&'static str, Anchor)> {
    match body {
        Body::Attribution(a) => {
            let contents = a.contents.get().iter().map(|c| ("contents", c.anchor()));
            contents.chain(a.cues.get().iter().map(|c| ("cues", c.clone()))).collect()
        }
        Body::Mention(m) => m.anchor.get().iter().map(|a| ("anchor", a.clone())).collect(),
        Body::Stance(s) => s.evidence.get().iter().map(|a| ("evidence", a.clone())).collect(),
        Body::Segment(s) => vec![("anchor", s.anchor.clone())],
        _ => Vec::new(),
    }
}
