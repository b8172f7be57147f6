//! The project file, `variorum/1`: UTF-8, one record per line in the order of ids, keys sorted. Equal
//! state gives equal bytes; what this version does not know is kept and written back.

use super::{Issue, Loaded};
use crate::model::{Entry, Id, Json, Project, ProjectInfo, RecordId};
use serde::de::{self, DeserializeSeed, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// The major format this version writes.
pub const FORMAT: &str = "variorum/1";

/// Why a text is not a project that can be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant is documented; its fields say what they are")]
pub enum Error {
    /// It is not JSON.
    NotJson { line: usize, column: usize, why: String },
    /// It is JSON, but not a Variorum project.
    NotAProject,
    /// It was written by a later version of Variorum.
    Newer { format: String },
    /// Its project id cannot be read.
    NoId,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson { line, column, why } => write!(
                f,
                "This file cannot be read as a project: it breaks off or is damaged at line {line}, column {column} ({why}). Ask for the file again, or open an older copy.",
            ),
            Self::NotAProject => f.write_str(
                "This is a JSON file, but not a Variorum project (its first line should say “format”: “variorum/1”). Choose a file that was exported from Variorum.",
            ),
            Self::Newer { format } => write!(
                f,
                "This project was written by a newer Variorum (format “{format}”). Reload this page to get the newest version, then open it again.",
            ),
            Self::NoId => f.write_str(
                "This project file does not say which project it is (its “project” is missing or damaged). Ask for the file again, or open an older copy.",
            ),
        }
    }
}

impl std::error::Error for Error {}

/// Reads a project. Records that cannot be read are kept as they came and listed as issues.
pub fn read(text: &str) -> Result<Loaded<Project>, Error> {
    let file = envelope(text)?;
    let Some(format) = file.format else { return Err(Error::NotAProject) };
    match format.strip_prefix("variorum/").map(str::parse::<u32>) {
        Some(Ok(1)) => {}
        Some(Ok(later)) if later > 1 => return Err(Error::Newer { format }),
        _ => return Err(Error::NotAProject),
    }
    let id: Id<ProjectInfo> = file.project.as_deref().and_then(Id::parse).ok_or(Error::NoId)?;
    let records = file.records.ok_or(Error::NotAProject)?;
    let mut loaded = Loaded { value: Project::new(id), issues: Vec::new() };
    let mut reader = serde_json::Deserializer::from_str(records.get());
    Records(&mut loaded).deserialize(&mut reader).map_err(|why| not_json(&why))?;
    for (name, value) in file.unknown {
        loaded.value.keep_unknown(name, value);
    }
    Ok(loaded)
}

/// Writes a project. The same project gives the same bytes, whoever writes it.
pub fn write(project: &Project) -> String {
    let mut out = String::with_capacity(project.len() * 400);
    out.push_str(&format!("{{\"format\":\"{FORMAT}\",\"project\":\"{}\",\"records\":{{\n", project.id()));
    let mut damaged = project.damaged().iter().peekable();
    let mut lines = Lines(&mut out, true);
    for (id, entry) in project.records() {
        while let Some((id, json)) = damaged.next_if(|(other, _)| *other < id) {
            lines.begin(id).push_str(json.as_str());
        }
        // A damaged copy beside a sound one has nothing to add.
        damaged.next_if(|(other, _)| *other == id);
        entry.write(lines.begin(id));
    }
    for (id, json) in damaged {
        lines.begin(id).push_str(json.as_str());
    }
    let none = lines.1;
    out.push_str(if none { "}" } else { "\n}" });
    for (name, value) in project.unknown() {
        out.push(',');
        out.push_str(&serde_json::to_string(name).unwrap_or_default());
        out.push(':');
        out.push_str(value.as_str());
    }
    out.push_str("}\n");
    out
}

/// Record lines, with commas between; the flag says that none has begun yet.
struct Lines<'a>(&'a mut String, bool);

impl Lines<'_> {
    fn begin(&mut self, id: &RecordId) -> &mut String {
        self.0.push_str(if std::mem::replace(&mut self.1, false) { "" } else { ",\n" });
        self.0.push_str(&serde_json::to_string(id).unwrap_or_default());
        self.0.push(':');
        self.0
    }
}

/// The outermost object, its records unread.
#[derive(Default)]
struct Envelope<'a> {
    format: Option<String>,
    project: Option<String>,
    records: Option<&'a RawValue>,
    unknown: Vec<(String, Json)>,
}

fn envelope(text: &str) -> Result<Envelope<'_>, Error> {
    struct Outer;
    impl<'de> Visitor<'de> for Outer {
        type Value = Option<Envelope<'de>>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a project")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut file = Envelope::default();
            while let Some(key) = map.next_key::<Cow<'de, str>>()? {
                let raw: &RawValue = map.next_value()?;
                match &*key {
                    "format" => file.format = serde_json::from_str(raw.get()).ok(),
                    "project" => file.project = serde_json::from_str(raw.get()).ok(),
                    "records" => file.records = Some(raw),
                    _ => {
                        let value = Json::read(raw.get()).map_err(de::Error::custom)?;
                        file.unknown.push((key.into_owned(), value));
                    }
                }
            }
            Ok(Some(file))
        }
        // Other JSON is sound JSON, but no project.
        fn visit_seq<A: de::SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            while list.next_element::<IgnoredAny>()?.is_some() {}
            Ok(None)
        }
        fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
            Ok(None)
        }
        fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
            Ok(None)
        }
        fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
            Ok(None)
        }
        fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
            Ok(None)
        }
        fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
            Ok(None)
        }
        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(None)
        }
    }
    let mut reader = serde_json::Deserializer::from_str(text);
    let file = de::Deserializer::deserialize_any(&mut reader, Outer).map_err(|why| not_json(&why))?;
    reader.end().map_err(|why| not_json(&why))?;
    file.ok_or(Error::NotAProject)
}

fn not_json(why: &serde_json::Error) -> Error {
    let full = why.to_string();
    let place = format!(" at line {} column {}", why.line(), why.column());
    Error::NotJson { line: why.line(), column: why.column(), why: full.replace(&place, "") }
}

/// Reads records one by one into a project.
struct Records<'a>(&'a mut Loaded<Project>);

impl<'de> DeserializeSeed<'de> for Records<'_> {
    type Value = ();
    fn deserialize<D: de::Deserializer<'de>>(self, d: D) -> Result<(), D::Error> {
        d.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Records<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("records by id")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Loaded { value: project, issues } = self.0;
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            let raw: &RawValue = map.next_value()?;
            let id = RecordId::from_file(&key);
            if project.entry(&id).is_some() {
                let what = "This record stands in the file twice; both were joined.".to_owned();
                issues.push(Issue { place: key.to_string(), what });
            }
            match Entry::read(&id, raw.get()) {
                Ok(entry) => project.merge_entry(id, entry),
                Err(why) => {
                    issues.push(Issue {
                        place: key.to_string(),
                        what: format!(
                            "This record cannot be read ({why}); it is kept as it is, but not shown."
                        ),
                    });
                    match Json::read(raw.get()) {
                        Ok(json) => project.keep_damaged(id, json),
                        Err(why) => issues.push(Issue { place: key.to_string(), what: why.to_string() }),
                    }
                }
            }
        }
        Ok(())
    }
}
