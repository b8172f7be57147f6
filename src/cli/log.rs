//! `variorum log`: who wrote what when, derived from the writes in the file.
//!
//! A record's making comes first, then the values it was given, then every write that still stands. What
//! a later write replaced is no longer in the file. Nothing but the clock orders writes of different
//! openings, and clocks may be wrong; those of one opening are in the order in which they were made.

use super::{Outcome, Sound, files};
use crate::model::{
    Article, Body, Dot, Entry, Id, Json, KINDS, Person, Project, RecordId, Source, Stamp, Time,
};
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
    #[serde(skip)]
    at: Dot,
    /// Whether the value was given when the record was made.
    #[serde(skip)]
    given: bool,
}

pub(super) fn run(path: &Path, json: bool) -> Outcome {
    let project = files::look(path)?.value;
    let mut lines: Vec<Line> = Vec::new();
    for (id, entry) in project.records() {
        lines.extend(given(id, entry));
        lines.extend(entry.writes().into_iter().map(|(field, write)| Line {
            on: write.on,
            by: write.by,
            record: id.clone(),
            field: Some(field),
            value: Some(write.v),
            at: write.at,
            given: false,
        }));
    }
    lines.sort_by(|a, b| (a.on, &a.at, a.field).cmp(&(b.on, &b.at, b.field)));
    if json {
        println!("{}", serde_json::to_string(&lines).unwrap_or_default());
        return Ok(Sound::Yes);
    }
    // What a record was given is said in its name.
    for line in lines.iter().filter(|line| !line.given) {
        println!("{}", sentence(&project, line));
    }
    Ok(Sound::Yes)
}

/// The making of a record, and the values it was given then.
fn given(id: &RecordId, entry: &Entry) -> Vec<Line> {
    let Stamp { by, on, at } = &entry.made;
    let line = |field, value, given| Line {
        on: *on,
        by: by.clone(),
        record: id.clone(),
        field,
        value,
        at: at.clone(),
        given,
    };
    let written: Vec<&str> = entry.writes().into_iter().map(|(field, _)| field).collect();
    let fields =
        KINDS.iter().find(|(_, kind, _)| *kind == entry.kind()).map_or(&[][..], |(.., fields)| fields);
    let names = fields.iter().map(|field| field.name).chain(["deleted", "note", "unsure"]);
    let mut lines = vec![line(None, None, false)];
    for field in names.filter(|field| !written.contains(field)) {
        let value = entry.value(field).filter(|v| !matches!(v.as_str(), "null" | "[]" | "false"));
        if let Some(value) = value {
            lines.push(line(Some(field), Some(value), true));
        }
    }
    lines
}

/// `2026-11-21T18:42:20Z  Olena: type of attribution “We are not leaving” (att:…) is now "direct"`.
fn sentence(project: &Project, line: &Line) -> String {
    let who = Some(project.person_name(&line.by)).filter(|name| !name.is_empty());
    let who = who.unwrap_or_else(|| line.by.to_string());
    let what = project.entry(&line.record).map(|entry| named(project, entry)).unwrap_or_default();
    let what = format!("{what} ({})", line.record);
    let purged = project.entry(&line.record).is_some_and(|entry| entry.body == Body::Purged);
    let said = match (line.field, line.value.as_ref().map(Json::as_str)) {
        (None, _) if purged => format!("removed for good: {}", line.record),
        (None, _) => format!("made {what}"),
        (Some("deleted"), Some("true")) => format!("deleted {what}"),
        (Some("deleted"), _) => format!("brought back {what}"),
        (Some(field), Some("null" | "[]")) => format!("emptied {field} of {what}"),
        (Some(field), value) => format!("{field} of {what} is now {}", value.unwrap_or_default()),
    };
    format!("{}  {who}: {said}", line.on)
}

/// A record in words: its kind, and a name or the words it is about.
fn named(project: &Project, entry: &Entry) -> String {
    let title = |article: &Id<Article>| project.find(article).and_then(|a| a.title.get().clone());
    let source = |source: &Id<Source>| Some(project.source_name(source));
    let words = match &entry.body {
        Body::Article(a) => a.title.get().clone(),
        Body::ArticleText(t) => t.content.as_ref().map(|text| text.as_str().to_owned()),
        Body::Attribution(a) => {
            let content = a.contents.get().first().map(|content| content.exact.clone());
            content.or_else(|| a.cues.get().first().map(|cue| cue.exact.clone()))
        }
        Body::Mention(m) => match m.anchor.get() {
            Some(anchor) => Some(anchor.exact.clone()),
            None => m.source.get().as_ref().and_then(source),
        },
        Body::Stance(s) => {
            let target = s.target.get().as_ref().and_then(|target| project.find(target));
            target.and_then(|target| target.name.get().clone())
        }
        Body::Segment(s) => Some(s.anchor.exact.clone()),
        Body::Link(l) => title(&l.from).zip(title(&l.to)).map(|(a, b)| format!("{a} – {b}")),
        Body::Comment(c) => c.words.get().clone(),
        _ => entry.value("name").and_then(|name| name.to().ok()).flatten(),
    };
    let kind = entry.kind().replace('_', " ");
    let Some(words) = words.filter(|words| !words.is_empty()) else { return kind };
    let mut short: String = words.chars().take(60).map(|c| if c == '\n' { ' ' } else { c }).collect();
    if short.len() < words.len() {
        short.push('…');
    }
    format!("{kind} “{short}”")
}
