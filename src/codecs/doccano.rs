//! doccano's JSON lines with relations: choose “JSONL(Relation)” there, and allow overlapping spans.

use super::Issue;
use super::exchange::{
    Codec, Direction, Document, Documents, Fault, JsonWriter, Loss, Reader, Sink, SourceFiles, Unit, Units,
    line_files, lines_of,
};
use super::spacy::beside;
use serde_json::Value;

/// The format `doccano`.
pub(super) struct Doccano;

impl Codec for Doccano {
    fn name(&self) -> &'static str {
        "doccano"
    }
    fn about(&self) -> &'static str {
        "doccano JSON lines with relations"
    }
    fn direction(&self) -> Direction {
        Direction::Both
    }
    fn unit(&self) -> Unit {
        Unit::CodePoints
    }
    fn losses(&self) -> &'static [Loss] {
        &[]
    }

    fn write(&self, data: &dyn Documents, out: &mut dyn Sink) -> Result<(), Fault> {
        if data.options().without_texts {
            return Err(Fault::NeedsTexts(self.name()));
        }
        line_files(data, out, "jsonl", &row)
    }

    fn read(&self, files: &SourceFiles, issues: &mut Vec<Issue>) -> Result<Vec<Document>, Fault> {
        let lines = lines_of(files, issues);
        let read = |(i, (place, row)): (usize, &(String, Value))| read_row(place, i, row, issues);
        Ok(lines.iter().enumerate().filter_map(read).collect())
    }
}

fn row(d: &Document) -> String {
    let units = Units::of(&d.text, Unit::CodePoints);
    let mut json = JsonWriter::new();
    json.object(|j| {
        j.strings(&[("text", &d.text)]);
        j.key("entities").list(|j| {
            for (i, mark) in d.marks.iter().enumerate() {
                let (start, end) = units.ends(mark.span);
                j.object(|j| {
                    j.key("id").number(i + 1);
                    j.strings(&[("label", &mark.label)]);
                    j.key("start_offset").number(start);
                    j.key("end_offset").number(end);
                });
            }
        });
        j.key("relations").list(|j| {
            for (i, r) in d.relations.iter().enumerate() {
                j.object(|j| {
                    j.key("id").number(i + 1);
                    j.key("from_id").number(r.from + 1);
                    j.key("to_id").number(r.to + 1);
                    j.strings(&[("type", &r.label)]);
                });
            }
        });
        // Any other key becomes `meta` there, and comes back in doccano's own exports.
        j.key("variorum").object(|j| beside(j, d, &mut |_| true));
    });
    json.line()
}

fn read_row(place: &str, number: usize, row: &Value, issues: &mut Vec<Issue>) -> Option<Document> {
    let Some(text) = row.get("text").or_else(|| row.get("data")).and_then(Value::as_str) else {
        issues.push(Issue { place: place.to_owned(), what: "The record has no text.".to_owned() });
        return None;
    };
    let ours = row.get("variorum").or_else(|| row.get("meta").and_then(|m| m.get("variorum")));
    let get = |of: &Value, key: &str| of.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let name = ours.map(|o| get(o, "article")).unwrap_or_else(|| format!("record {}", number + 1));
    let mut reader = Reader::new(place, &name, text, Unit::CodePoints, issues);
    let list = |of: Option<&'_ Value>, key: &str| -> Vec<Value> {
        of.and_then(|o| o.get(key)).and_then(Value::as_array).cloned().unwrap_or_default()
    };
    if let Some(ours) = ours {
        reader.meta(ours);
    }
    let marks = list(ours, "marks");
    for entity in list(Some(row), "entities") {
        let id = entity.get("id").map(Value::to_string).unwrap_or_default();
        let about = marks.iter().find(|m| m.get("id").map(Value::to_string).as_ref() == Some(&id));
        let packed = about.map(|m| get(m, "attributes")).unwrap_or_default();
        let number = |key: &str| entity.get(key).and_then(Value::as_u64);
        let ends = (number("start_offset"), number("end_offset"));
        reader.mark(&id, ends, &get(&entity, "label"), &packed, None);
    }
    // Without relations doccano gives lists: [start, end, label] for a span, a word for a class.
    for (i, label) in list(Some(row), "label").iter().enumerate() {
        match label {
            Value::Array(span) if span.len() == 3 => {
                let ends = (span[0].as_u64(), span[1].as_u64());
                reader.mark(
                    &format!("label {}", i + 1),
                    ends,
                    span[2].as_str().unwrap_or_default(),
                    "",
                    None,
                );
            }
            Value::String(class) => reader.opinion(class, ""),
            other => reader.issue(format!("{other} is no label.")),
        }
    }
    for relation in list(Some(row), "relations") {
        let end = |key: &str| relation.get(key).map(Value::to_string).unwrap_or_default();
        reader.relation(&end("from_id"), &end("to_id"), &get(&relation, "type"));
    }
    for stance in list(ours, "stances") {
        reader.opinion(&get(&stance, "label"), &get(&stance, "attributes"));
    }
    Some(reader.finish())
}
