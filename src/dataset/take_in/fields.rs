//! The fields of marks: what is remarked of them, and what has no place here.

use super::meaning::Role;
use super::{Placed, Taker};
use crate::codecs::Issue;
use crate::codecs::exchange::{ANNOTATOR, Mark, understood};

/// What somebody remarked of a record.
#[derive(Default)]
pub(super) struct Remarks {
    pub(super) note: Option<String>,
    pub(super) unsure: bool,
}

impl Remarks {
    /// What is remarked of any of the marks it is made of, each thing once.
    pub(super) fn of(marks: &[&Mark]) -> Self {
        let mut notes: Vec<&str> = Vec::new();
        for note in marks.iter().filter_map(|mark| mark.attribute("note")) {
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
        let note = (!notes.is_empty()).then(|| notes.join("\n"));
        Self { note, unsure: marks.iter().any(|mark| mark.attribute("unsure") == Some("true")) }
    }

    /// The same of fields by name.
    pub(super) fn among<'f>(field: &dyn Fn(&str) -> Option<&'f str>) -> Self {
        Self { note: field("note").map(str::to_owned), unsure: field("unsure") == Some("true") }
    }
}

const OF_ATTRIBUTIONS: [&str; 11] = [
    "channel",
    "cue_polarity",
    "defects",
    "form",
    "medium",
    "note",
    "part",
    "record",
    "rule",
    "type",
    "verb_class",
];
const OF_MENTIONS: [&str; 3] = ["form", "note", "source"];
const OF_STANCES: [&str; 12] = [
    "conditional",
    "explicit",
    "holder",
    "intensity",
    "level",
    "meaning",
    "mixed",
    "note",
    "scheme",
    "target",
    "target_kind",
    "wording",
];

/// Whether a mark of this role has a place for a field.
fn has_place(role: &Role, field: &str) -> bool {
    let own: &[&str] = match role {
        Role::Content | Role::Cue => &OF_ATTRIBUTIONS,
        Role::Mention(_) => &OF_MENTIONS,
        Role::Stance(..) => &OF_STANCES,
        Role::Segment(_) => return field == ANNOTATOR,
        Role::Ignore => return true,
    };
    own.contains(&field) || matches!(field, ANNOTATOR | "unsure")
}

impl Taker<'_> {
    /// Counts the fields that are known here, but not of marks that are what these are.
    pub(super) fn without_a_place(&mut self, p: &Placed<'_>) {
        for (mark, role) in p.d.marks.iter().zip(&p.roles) {
            let Some(role) = role else { continue };
            for (field, _) in &mark.attributes {
                if understood(field) && !has_place(role, field) {
                    *self.no_place.entry((role.shown(), field.clone())).or_default() += 1;
                }
            }
        }
    }

    /// Lists them.
    pub(super) fn tell_of_fields(&mut self) {
        for ((role, field), count) in std::mem::take(&mut self.no_place) {
            let what = format!(
                "The field “{field}” has no place on marks that are {role}; its {count} values were left out. Where they matter, make them labels in the other tool."
            );
            self.issues.push(Issue { place: "fields".to_owned(), what });
        }
    }
}
