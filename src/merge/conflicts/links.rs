//! Conflicts between a record and what it points at: other records, words of a text, required fields.

use super::{Conflict, ConflictKind};
use crate::model::{Anchor, Body, Entry, Project, RecordId};
use crate::text::Text;

/// Looks at one record after the other, and remembers what the last one was about: records that lie side by
/// side are mostly about the same text.
pub(super) struct Links<'a> {
    project: &'a Project,
    /// The record pointed at last that is there.
    there: Option<RecordId>,
    text: Option<(RecordId, Option<&'a Text>)>,
}

impl<'a> Links<'a> {
    pub(super) fn new(project: &'a Project) -> Self {
        Self { project, there: None, text: None }
    }

    pub(super) fn look(&mut self, id: &RecordId, entry: &Entry, found: &mut Vec<Conflict>) {
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
                if !self.is_there(&other) {
                    let conflict = Conflict::of(ConflictKind::DanglingLink, id).in_field(field);
                    found.push(Conflict { other: Some(other), ..conflict });
                }
            }
        }
        if let Some(content) = self.text_of(&entry.body) {
            for field in lost(&entry.body, content) {
                found.push(Conflict::of(ConflictKind::ReAnchor, id).in_field(field));
            }
        }
    }

    fn is_there(&mut self, id: &RecordId) -> bool {
        if self.there.as_ref() == Some(id) {
            return true;
        }
        let there = self.project.entry(id).is_some_and(Entry::is_live);
        if there {
            self.there = Some(id.clone());
        }
        there
    }

    fn text_of(&mut self, body: &Body) -> Option<&'a Text> {
        let id = super::super::preview::text_of(body)?;
        match &self.text {
            Some((last, text)) if last == id.record() => *text,
            _ => {
                let text = self.project.text(id);
                self.text = Some((id.record().clone(), text));
                text
            }
        }
    }
}

/// The fields with places whose words are not there in the text, a field for each place.
fn lost(body: &Body, text: &Text) -> Vec<&'static str> {
    let gone = |field, anchor: &Anchor| anchor.span(text).is_none().then_some(field);
    match body {
        Body::Attribution(a) => {
            let contents = a.contents.get().iter().filter(|c| c.span(text).is_none()).map(|_| "contents");
            contents.chain(a.cues.get().iter().filter_map(|c| gone("cues", c))).collect()
        }
        Body::Mention(m) => m.anchor.get().iter().filter_map(|a| gone("anchor", a)).collect(),
        Body::Stance(s) => s.evidence.get().iter().filter_map(|a| gone("evidence", a)).collect(),
        Body::Segment(s) => gone("anchor", &s.anchor).into_iter().collect(),
        _ => Vec::new(),
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
