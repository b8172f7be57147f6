//! Looks for what is wrong in a project, and says what to do about it.
//!
//! It finds; it never mends. This module does not know where the project came from.

mod anchors;
mod circles;
mod ids;
mod references;
mod values;
mod writes;

use crate::model::{Body, Entry, Project, RecordId};
use crate::text::order;
use serde::Serialize;

/// Something wrong in a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The record.
    pub record: RecordId,
    /// The field; empty where the whole record is meant.
    pub field: String,
    /// What is wrong.
    pub problem: String,
    /// What to do about it.
    pub remedy: String,
}

/// Collects what is wrong with one record.
struct Look<'a> {
    project: &'a Project,
    id: &'a RecordId,
    found: Vec<Problem>,
}

impl Look<'_> {
    fn say(&mut self, field: &str, problem: impl Into<String>, remedy: &str) {
        let (problem, remedy) = (problem.into(), remedy.to_owned());
        self.found.push(Problem { record: self.id.clone(), field: field.to_owned(), problem, remedy });
    }
}

/// Everything wrong in a project, in the order of its records.
pub fn check(project: &Project) -> Vec<Problem> {
    let mut problems = Vec::new();
    for id in project.damaged().keys() {
        problems.push(Problem {
            record: id.clone(),
            field: String::new(),
            problem: "The record cannot be read; it is kept as it came.".into(),
            remedy: "Ask whoever sent the file for it again, or open it with the version that wrote it."
                .into(),
        });
    }
    if project.find(project.id()).is_none() {
        problems.push(Problem {
            record: project.id().record().clone(),
            field: String::new(),
            problem: "The project has no record of its own: its name, guidelines and layers are missing."
                .into(),
            remedy: "Rename the project, or ask for the file again.".into(),
        });
    }
    for (id, entry) in project.records() {
        problems.extend(look_at(project, id, entry));
    }
    problems.extend(writes::twice(project));
    problems.extend(circles::contradictions(project).into_iter().map(|record| Problem {
        record,
        field: "same".into(),
        problem: "It keeps apart what other aliases make one.".into(),
        remedy: "Take this alias back, or one of the others.".into(),
    }));
    order::sort_by(&mut problems, |a, b| a.record.cmp(&b.record));
    problems
}

fn look_at(project: &Project, id: &RecordId, entry: &Entry) -> Vec<Problem> {
    let mut look = Look { project, id, found: Vec::new() };
    if let Body::Unknown(_) = entry.body {
        look.say(
            "kind",
            "This kind of record is not known here; it is kept as it is.",
            "Nothing; or open the project with a newer version.",
        );
        return look.found;
    }
    ids::look(&mut look, entry);
    writes::look(&mut look, entry);
    values::look(&mut look, entry);
    if entry.is_live() {
        references::look(&mut look, entry);
        anchors::overlaps(&mut look, entry);
        circles::look(&mut look, entry);
    }
    for field in entry.conflicts() {
        look.say(
            field,
            "Two people changed this at the same time and differ.",
            "Open the project and choose one of the values.",
        );
    }
    look.found
}
