//! Copies of a project become one again.
//!
//! Joining itself is said in the model ([`Project::join`]): nothing is dropped, order and repetition do not
//! matter. Here is what stands around it: a preview of what each file brings, the list of conflicts, which
//! is a function of the joined state alone, texts that are variants of one publication, what can be taken
//! out to be sent ([`export`]), and the packages a project is handed out in ([`packages`]).
//!
//! A *conflict* is a fault in the data, to be put right before anything is counted. That two annotators see
//! a thing differently is none: that is a result (`agreement`, `adjudicate`). This module does not know who
//! shows its lists, nor how the result is stored.

mod alike;
pub mod conflicts;
mod dots;
pub mod export;
pub mod packages;
mod preview;
pub mod variants;

pub use alike::{Closeness, alike};
pub use conflicts::{Conflict, ConflictKind, conflicts};
pub use preview::{Brought, Fault};

use crate::model::{Entry, Project, RecordId};
use std::fmt;

/// Why files cannot be joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MergeError {
    /// A file is of another project.
    OtherProject {
        /// Which file.
        file: String,
        /// What its project is called.
        name: String,
    },
}

impl fmt::Display for MergeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::OtherProject { file, name } = self;
        write!(
            f,
            "{file} is of another project (“{name}”); nothing was joined. Copies of one project share its id: begin with one file and pass copies of it on."
        )
    }
}

impl std::error::Error for MergeError {}

/// What joining gives.
#[derive(Clone, Debug)]
pub struct Merged {
    /// The joined project.
    pub project: Project,
    /// What each file brings to the first one, in the order given.
    pub files: Vec<Brought>,
    /// What is wrong in the joined state.
    pub conflicts: Vec<Conflict>,
    /// What the files themselves show to have gone wrong.
    pub faults: Vec<Fault>,
}

impl Merged {
    /// The records by which the joined project differs from `base`: taken in by one command
    /// (`store::Command::TakeIn`) they make it the joined one, in one step that can be undone.
    pub fn records_to_take(&self, base: &Project) -> Vec<(RecordId, Entry)> {
        let new = self.project.records().filter(|(id, entry)| base.entry(id) != Some(entry));
        new.map(|(id, entry)| (id.clone(), entry.clone())).collect()
    }
}

/// Joins copies of a project into the first of them, which is not changed.
pub fn merge(base: (&str, &Project), others: &[(&str, &Project)]) -> Result<Merged, MergeError> {
    if let Some((file, other)) = others.iter().find(|(_, other)| other.id() != base.1.id()) {
        return Err(MergeError::OtherProject { file: (*file).to_owned(), name: other.name().to_owned() });
    }
    let mut project = base.1.clone();
    others.iter().for_each(|(_, other)| project.join(other));
    let files = std::iter::once(base).chain(others.iter().copied());
    let files: Vec<(&str, &Project)> = files.collect();
    let conflicts = conflicts(&project);
    let view = preview::View::new(base.1, &project, &conflicts);
    let brought = files.iter().map(|(name, file)| view.brought(name, file)).collect();
    let faults = preview::faults(&files);
    Ok(Merged { files: brought, conflicts, faults, project })
}
