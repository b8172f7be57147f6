//! Label Studio: a list of tasks, and the labelling configuration that the project there must have.

use super::Issue;
use super::exchange::{
    ATTRIBUTION_LABELS, Codec, Direction, Document, Documents, Fault, JsonWriter, Loss, Reader, Sink,
    SourceFiles, Tie, Unit, Units, lines_of,
};
use super::spacy::{opinion_packed, packed};
use super::xml;
use crate::model::SegmentKind;
use serde_json::Value;

/// The format `label-studio`.
pub(super) struct LabelStudio;

impl Codec for LabelStudio {
    fn name(&self) -> &'static str {
        "label-studio"
    }
    fn about(&self) -> &'static str {
        "Label Studio tasks (JSON) with their labelling configuration"
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
        out.file("config.xml", &config(data.stance_labels()))?;
        for (at, part) in data.parts().iter().enumerate() {
            out.begin(&format!("{}.json", part.name))?;
            out.put("[\n")?;
            data.each(at, &mut |i, d| {
                out.put(if i > 0 { ",\n" } else { "" })?;
                out.put(&task(i, d))
            })?;
            out.put("\n]\n")?;
        }
        Ok(())
    }

    fn read(&self, files: &SourceFiles, issues: &mut Vec<Issue>) -> Result<Vec<Document>, Fault> {
        let tasks = lines_of(files, issues);
        let mut documents = Vec::new();
        for (i, (place, task)) in tasks.iter().enumerate() {
            documents.extend(read_task(place, i, task, issues));
        }
        Ok(documents)
    }
}

fn config(stances: &[String]) -> String {
    let mut xml = String::from("<View>\n  <Labels name=\"label\" toName=\"text\">\n");
    let mut labels: Vec<&str> = ATTRIBUTION_LABELS.to_vec();
    labels.extend(stances.iter().map(String::as_str));
    labels.extend(SegmentKind::ALL.iter().map(SegmentKind::as_str));
    let mut seen = std::collections::BTreeSet::new();
    labels.retain(|label| seen.insert(*label));
    for label in labels {
        xml.push_str(&format!("    <Label value=\"{}\"/>\n", xml::escape(label)));
    }
    xml.push_str("  </Labels>\n  <Relations>\n");
    for tie in Tie::ALL {
        xml.push_str(&format!("    <Relation value=\"{}\"/>\n", tie.as_str()));
    }
    xml.push_str("  </Relations>\n  <Choices name=\"stance\" toName=\"text\" choice=\"multiple\">\n");
    for label in stances {
        xml.push_str(&format!("    <Choice value=\"{}\"/>\n", xml::escape(label)));
    }
    xml.push_str("  </Choices>\n  <Text name=\"text\" value=\"$text\"/>\n</View>\n");
    xml
}

fn task(number: usize, d: &Document) -> String {
    let units = Units::of(&d.text, Unit::CodePoints);
    let mut json = JsonWriter::new();
    json.object(|j| {
        j.key("id").number(number + 1);
        j.key("data").object(|j| {
            j.strings(&[
                ("text", &d.text),
                ("article", &d.article),
                ("sha256", &d.sha256),
                ("title", &d.title),
                ("outlet", &d.outlet),
                ("published", &d.published),
                ("url", &d.url),
                ("language", &d.language),
                ("story", &d.story),
                ("story_name", &d.story_name),
            ]);
            j.key("stances").list(|j| {
                for o in d.opinions.iter().filter(|o| o.evidence.is_empty()) {
                    j.object(|j| j.strings(&[("label", &o.label), ("attributes", &opinion_packed(o))]));
                }
            });
        });
        j.key("annotations").list(|j| {
            j.object(|j| {
                j.key("id").number(number + 1);
                j.key("result").list(|j| results(j, d, &units));
            });
        });
    });
    json.finish()
}

fn results(j: &mut JsonWriter, d: &Document, units: &Units<'_>) {
    for (i, mark) in d.marks.iter().enumerate() {
        let (start, end) = units.ends(mark.span);
        j.object(|j| {
            j.strings(&[("id", &format!("m{}", i + 1)), ("from_name", "label"), ("to_name", "text")]);
            j.strings(&[("type", "labels")]);
            j.key("value").object(|j| {
                j.key("start").number(start);
                j.key("end").number(end);
                j.strings(&[("text", mark.span.slice(&d.text))]);
                j.key("labels").list(|j| j.string(&mark.label));
            });
            j.key("meta").object(|j| j.key("text").list(|j| j.string(&packed(mark))));
        });
    }
    for r in &d.relations {
        j.object(|j| {
            j.strings(&[("type", "relation"), ("direction", "right")]);
            j.strings(&[("from_id", &format!("m{}", r.from + 1)), ("to_id", &format!("m{}", r.to + 1))]);
            j.key("labels").list(|j| j.string(&r.label));
        });
    }
    let mut whole: Vec<&str> =
        d.opinions.iter().filter(|o| o.evidence.is_empty()).map(|o| &*o.label).collect();
    whole.sort_unstable();
    whole.dedup();
    if !whole.is_empty() {
        j.object(|j| {
            j.strings(&[("id", "stance"), ("from_name", "stance"), ("to_name", "text"), ("type", "choices")]);
            j.key("value").object(|j| {
                j.key("choices").list(|j| whole.iter().for_each(|label| j.string(label)));
            });
        });
    }
}

fn read_task(place: &str, number: usize, task: &Value, issues: &mut Vec<Issue>) -> Option<Document> {
    let Some(data) = task.get("data") else {
        let what = "The task has no data; export the full JSON, not JSON_MIN.".to_owned();
        issues.push(Issue { place: place.to_owned(), what });
        return None;
    };
    let get = |of: &Value, key: &str| of.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let longest = || {
        let strings = data.as_object()?.values().filter_map(Value::as_str);
        strings.max_by_key(|s| s.len()).map(str::to_owned)
    };
    let text = data.get("text").and_then(Value::as_str).map(str::to_owned).or_else(longest)?;
    let id = task.get("id").map_or_else(|| (number + 1).to_string(), Value::to_string);
    let name = Some(get(data, "article")).filter(|n| !n.is_empty()).unwrap_or(format!("task {id}"));
    let mut reader = Reader::new(place, &name, &text, Unit::CodePoints, issues);
    reader.meta(data);
    let list = |of: &Value, key: &str| of.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    // `completions` is what annotations were called before 1.0.
    let mut annotations = list(task, "annotations");
    annotations.extend(list(task, "completions"));
    annotations.retain(|a| a.get("was_cancelled") != Some(&Value::Bool(true)));
    let several = annotations.len() > 1;
    let stances = list(data, "stances");
    for (at, annotation) in annotations.iter().enumerate() {
        let results = list(annotation, "result");
        let full = |id: String| if several { format!("{}/{id}", at + 1) } else { id };
        for result in results.iter().filter(|r| get(r, "type") == "labels") {
            let value = &result["value"];
            let number = |key: &str| value.get(key).and_then(Value::as_u64);
            let meta = result.get("meta").and_then(|m| m.get("text")).and_then(|t| t.get(0));
            let packed = meta.and_then(Value::as_str).unwrap_or_default();
            for label in list(value, "labels") {
                let label = label.as_str().unwrap_or_default();
                let ends = (number("start"), number("end"));
                reader.mark(&full(get(result, "id")), ends, label, packed, None);
            }
        }
        for result in &results {
            match &*get(result, "type") {
                "labels" => {}
                "relation" => {
                    let label =
                        list(result, "labels").first().and_then(Value::as_str).unwrap_or("").to_owned();
                    let (from, to) = (full(get(result, "from_id")), full(get(result, "to_id")));
                    if get(result, "direction") == "left" {
                        reader.relation(&to, &from, &label);
                    } else {
                        reader.relation(&from, &to, &label);
                    }
                }
                // Ours say more of these in the task's data.
                "choices" if stances.is_empty() => {
                    for choice in list(&result["value"], "choices") {
                        reader.opinion(choice.as_str().unwrap_or_default(), "");
                    }
                }
                "choices" => {}
                other => reader.issue(format!("A result of type “{other}” was passed over.")),
            }
        }
    }
    for stance in &stances {
        reader.opinion(&get(stance, "label"), &get(stance, "attributes"));
    }
    Some(reader.finish())
}
