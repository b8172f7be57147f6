//! Looks for what is wrong in a project, and says what to do about it.
//!
//! It finds; it never mends. This module does not know where the project came from.

mod references;
mod values;

use crate::model::{Body, Entry, Project, RecordId};
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
    for (id, entry) in project.records() {
        problems.extend(look_at(project, id, entry));
    }
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
    values::look(&mut look, entry);
    if entry.is_live() {
        references::look(&mut look, entry);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Id, Segment};

    fn sample_but(change: impl Fn(&str) -> String) -> Vec<String> {
        let sound = crate::codecs::project_file::write(&crate::sample::project().unwrap());
        let damaged = change(&sound);
        assert_ne!(damaged, sound, "the change hit something");
        let loaded = crate::codecs::project_file::read(&damaged).unwrap();
        check(&loaded.value).into_iter().map(|p| format!("{}: {}", p.field, p.problem)).collect()
    }

    #[test]
    fn the_sample_is_sound() {
        assert_eq!(check(&crate::sample::project().unwrap()), []);
    }

    #[test]
    fn an_anchor_that_says_something_else_than_its_text_is_found() {
        let found = sample_but(|f| f.replacen("\"exact\":\"Minister\"", "\"exact\":\"Monister\"", 1));
        assert!(found.iter().any(|p| p.contains("text says “Minister”")), "{found:?}");
    }

    #[test]
    fn a_dangling_reference_a_changed_text_and_a_wrong_value_are_found() {
        let found = sample_but(|f| f.replace("\"type\":\"indirect\"", "\"type\":\"sideways\""));
        assert!(found.iter().any(|p| p.starts_with("type: “sideways” is not")), "{found:?}");
        let found = sample_but(|f| {
            let changed = |l: &str| {
                if l.starts_with("\"txt:") { l.replacen("ferry", "fairy", 1) } else { l.to_owned() }
            };
            f.lines().map(changed).collect::<Vec<_>>().join("\n")
        });
        assert!(found.iter().any(|p| p.starts_with("content: ")), "{found:?}");
        let story = "\"kind\":\"story\"";
        let found = sample_but(|f| f.lines().filter(|l| !l.contains(story)).collect::<Vec<_>>().join("\n"));
        assert!(found.iter().any(|p| p.starts_with("story: ")), "{found:?}");
    }

    #[test]
    fn a_segment_outside_its_text_is_found() {
        let mut project = crate::sample::project().unwrap();
        let (id, entry) = {
            let segment = project.all::<Segment>().next().unwrap();
            (segment.id(), segment.entry.clone())
        };
        let mut broken = entry;
        if let Body::Segment(segment) = &mut broken.body {
            segment.anchor.end.0 += 100_000;
        }
        let record = Id::record(&id).clone();
        project.replace_entry(record, broken);
        let found = check(&project);
        assert!(found.iter().any(|p| p.field == "anchor" && p.problem.contains("outside")), "{found:?}");
    }
}
