//! `variorum check`: what is wrong in project files, and what to do about it.

use super::{Outcome, Sound, count, files};
use crate::check::{Problem, check};
use crate::model::{Project, RecordId};
use serde::Serialize;
use std::path::PathBuf;

#[derive(Serialize)]
struct Report {
    problems: Vec<Problem>,
}

pub(super) fn run(paths: &[PathBuf], json: bool) -> Outcome {
    let mut report = Report { problems: Vec::new() };
    for path in paths {
        let (loaded, newer) = files::look_closely(path)?;
        let mut problems: Vec<Problem> = loaded
            .issues
            .iter()
            .map(|issue| Problem {
                record: RecordId::from_file(&issue.place),
                field: String::new(),
                problem: issue.what.clone(),
                remedy: "Ask whoever sent the file for it again.".into(),
            })
            .collect();
        // A record that cannot be read is named once, by the issue that says why.
        let named: Vec<_> = problems.iter().map(|p| p.record.clone()).collect();
        problems.extend(check(&loaded.value).into_iter().filter(|p| !named.contains(&p.record)));
        if let Some(format) = newer {
            problems.insert(0, written_by_newer(&loaded.value, &format));
        }
        if !json {
            println!("{}: {}", path.display(), words(problems.len()));
            for Problem { record, field, problem, remedy } in &problems {
                let place = if field.is_empty() { record.to_string() } else { format!("{record} {field}") };
                println!("  {place}\n    {problem}\n    {remedy}");
            }
        }
        report.problems.extend(problems);
    }
    if json {
        println!("{}", serde_json::to_string(&report).unwrap_or_default());
    }
    Ok(if report.problems.is_empty() { Sound::Yes } else { Sound::No })
}

/// A file of a later format is no sound one: only what this version knows of it could be checked.
fn written_by_newer(project: &Project, format: &str) -> Problem {
    Problem {
        record: project.id().record().clone(),
        field: "format".into(),
        problem: format!(
            "The file was written by a newer Variorum (format “{format}”): only what this version knows of it was checked."
        ),
        remedy: "Check it with the newest Variorum.".into(),
    }
}

fn words(n: usize) -> String {
    match n {
        0 => "sound".into(),
        n => count(n, "problem", "problems"),
    }
}
