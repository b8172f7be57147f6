//! `variorum log`: who wrote what when, derived from the writes in the file.

use super::{Outcome, Sound, files};
use crate::model::{Id, Json, Person, RecordId, Stamp, Time};
use serde::Serialize;
use std::path::Path;

/// One write.
#[derive(Serialize)]
struct Line {
    on: Time,
    by: Id<Person>,
    record: RecordId,
    /// The field; null where the record came to be.
    field: Option<&'static str>,
    value: Option<Json>,
}

pub(super) fn run(path: &Path, json: bool) -> Outcome {
    let project = files::open(path)?.value;
    let mut lines: Vec<Line> = Vec::new();
    for (id, entry) in project.records() {
        let Stamp { by, on, .. } = entry.made.clone();
        lines.push(Line { on, by, record: id.clone(), field: None, value: None });
        lines.extend(entry.writes().into_iter().map(|(field, write)| Line {
            on: write.on,
            by: write.by,
            record: id.clone(),
            field: Some(field),
            value: Some(write.v),
        }));
    }
    lines.sort_by(|a, b| (a.on, &a.record, a.field).cmp(&(b.on, &b.record, b.field)));
    if json {
        println!("{}", serde_json::to_string(&lines).unwrap_or_default());
        return Ok(Sound::Yes);
    }
    for line in &lines {
        let who = Some(project.person_name(&line.by)).filter(|name| !name.is_empty());
        let who = who.unwrap_or_else(|| line.by.to_string());
        match (line.field, &line.value) {
            (Some(field), Some(value)) => {
                println!("{}  {who}: {} {field} = {}", line.on, line.record, value.as_str());
            }
            _ => println!("{}  {who}: {} came to be", line.on, line.record),
        }
    }
    Ok(Sound::Yes)
}
