//! doccano's JSON lines with relations: choose “JSONL(Relation)” there, and allow overlapping spans.

use super::Issue;
use super::exchange::{
    Codec, Direction, Document, Documents, Fault, JsonWriter, Loss, Reader, Sink, SourceFiles, Unit, Units,
    count_alike, file_of, line_files, lines_of, of_files,
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
        let before = issues.len();
        let lines = lines_of(files, issues);
        let read = |(i, (place, row)): (usize, &(String, Value))| {
            Some((file_of(place).to_owned(), read_row(place, i, row, issues)?))
        };
        let documents = lines.iter().enumerate().filter_map(read).collect();
        count_alike(issues, before);
        // It exports a file for each annotator, and is silent on who that is inside.
        Ok(of_files(documents))
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
        issues.push(Issue {
            place: place.to_owned(),
            what: "The record has no text; it was left out.".to_owned(),
        });
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
    // With relations doccano gives objects; without, lists: [start, end, label] for a span, a word for a class.
    for entity in list(Some(row), "entities").iter().filter(|e| e.is_object()) {
        let id = entity.get("id").map(Value::to_string).unwrap_or_default();
        let about = marks.iter().find(|m| m.get("id").map(Value::to_string).as_ref() == Some(&id));
        let packed = about.map(|m| get(m, "attributes")).unwrap_or_default();
        let number = |key: &str| entity.get(key).and_then(Value::as_u64);
        let ends = (number("start_offset"), number("end_offset"));
        reader.mark(&id, ends, &get(entity, "label"), &packed, None);
    }
    for key in ["entities", "label", "labels", "cats"] {
        for (i, label) in list(Some(row), key).iter().enumerate() {
            match label {
                Value::Array(span) if span.len() == 3 => {
                    let (name, ends) = (format!("{key} {}", i + 1), (span[0].as_u64(), span[1].as_u64()));
                    reader.mark(&name, ends, span[2].as_str().unwrap_or_default(), "", None);
                }
                Value::String(class) => reader.class(class),
                Value::Object(_) if key == "entities" => {}
                other => {
                    let shown: String = other.to_string().chars().take(60).collect();
                    reader.issue(format!("“{shown}” is neither a span nor a class; it was left out."));
                }
            }
        }
    }
    if !list(Some(row), "Comments").is_empty() || !list(Some(row), "comments").is_empty() {
        reader.issue("Comments were left out: there is no place for them here.".to_owned());
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_and_spans_of_either_kind_of_project_are_read() {
        let rows = [
            r#"{"text":"Holm said.","label":["sports","against"]}"#,
            r#"{"text":"Holm left.","entities":[[0,4,"source"]],"cats":["politics"]}"#,
            r#"{"text":"Lind left.","label":[7]}"#,
        ];
        let mut issues = Vec::new();
        let documents = Doccano.read(&SourceFiles::single("a.jsonl", &rows.join("\n")), &mut issues).unwrap();
        let classes =
            |d: &Document| d.opinions.iter().map(|o| (o.label.clone(), o.scheme.clone())).collect::<Vec<_>>();
        let of_no_scheme = |label: &str| (label.to_owned(), String::new());
        assert_eq!(classes(&documents[0]), ["against", "sports"].map(of_no_scheme));
        assert_eq!(classes(&documents[1]), ["politics"].map(of_no_scheme));
        assert_eq!((documents[1].marks.len(), &*documents[1].marks[0].label), (1, "source"));
        assert!(issues.len() == 1 && issues[0].what.contains("“7”"), "{issues:?}");
    }
}
