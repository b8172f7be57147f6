//! Writing new snapshots of a project. The code for it comes with every part of the program: until one is
//! here, the journal stands, which is as safe and only takes longer to read.

use crate::model::Project;
use crate::store::History;
use crate::ui::keep::Keep;
use std::cell::Cell;

type Compact = fn(&mut Keep, &Project, &History);

thread_local! {
    static COMPACT: Cell<Option<Compact>> = const { Cell::new(None) };
}

/// A part that has come brings what writes snapshots.
pub(super) fn take_up() {
    COMPACT.set(Some(Keep::compact));
}

/// Writes a new snapshot, if a part is here. [`super::arrived`] asks again whether one is due.
pub(in crate::ui) fn compact(keep: &mut Keep, project: &Project, history: &History) {
    if let Some(compact) = COMPACT.get() {
        compact(keep, project, history);
    }
}
