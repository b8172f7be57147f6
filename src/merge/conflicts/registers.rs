//! Conflicts that the registers of a record show.

use super::{Conflict, ConflictKind};
use crate::merge::dots::Dots;
use crate::model::{Body, Entry, Project, RecordId};

pub(super) fn look(id: &RecordId, entry: &Entry, found: &mut Vec<Conflict>) {
    if matches!(entry.body, Body::Unknown(_)) || !entry.unknown.is_empty() {
        found.push(Conflict::of(ConflictKind::NewerFormat, id));
    }
    if entry.edited_beside_deletion() {
        found.push(Conflict::of(ConflictKind::EditAndDelete, id).in_field("deleted"));
    }
    for field in entry.conflicts() {
        found.push(Conflict::of(ConflictKind::TwoValues, id).in_field(field));
    }
}

/// Writes of one name in two records, or with two values in one register. (One name in several registers of
/// one record is how a record is made.)
pub(super) fn same_writes(project: &Project, found: &mut Vec<Conflict>) {
    let mut dots = Dots::default();
    for (id, entry) in project.records() {
        dots.put(&entry.made.at, id);
        let writes = entry.writes();
        writes.iter().for_each(|(_, write)| dots.put(&write.at, id));
        for pair in writes.windows(2) {
            let ((field, a), (other, b)) = (&pair[0], &pair[1]);
            if field == other && a.at == b.at {
                found.push(Conflict::of(ConflictKind::SameWrite, id).in_field(field));
            }
        }
    }
    dots.twice(&mut |first, other| {
        if first != other {
            found.push(Conflict::between(ConflictKind::SameWrite, first, other));
        }
    });
}
