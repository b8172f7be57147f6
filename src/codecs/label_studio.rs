//! Label Studio: a list of tasks, and the labelling configuration that the project there must have.

use super::Issue;
use super::exchange::{
    ATTRIBUTION_LABELS, Annotator, Codec, Direction, Document, Documents, Fault, JsonWriter, Loss, Reader,
    Sink, SourceFiles, Tie, Unit, Units, Work, count_alike, lines_of, unpack,
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
        let before = issues.len();
        let tasks = lines_of(files, issues);
        let mut documents = Vec::new();
        for (i, (place, task)) in tasks.iter().enumerate() {
            documents.extend(read_task(place, i, task, issues).unwrap_or_default());
        }
        count_alike(issues, before);
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

fn get<'v>(of: &'v Value, key: &str) -> &'v str {
    of.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn list<'v>(of: &'v Value, key: &str) -> &'v [Value] {
    of.get(key).and_then(Value::as_array).map_or(&[], |all| all)
}

/// A document for each annotation of the task; one without marks where nobody annotated it.
fn read_task(place: &str, number: usize, task: &Value, issues: &mut Vec<Issue>) -> Option<Vec<Document>> {
    let mut fail = |what: &str| {
        issues.push(Issue { place: place.to_owned(), what: what.to_owned() });
        None
    };
    let Some(data) = task.get("data") else {
        return fail("The task has no data. Export the full JSON, not JSON_MIN.");
    };
    let longest = || {
        let strings = data.as_object()?.values().filter_map(Value::as_str);
        strings.max_by_key(|s| s.len())
    };
    let text = data.get("text").and_then(Value::as_str).or_else(longest).unwrap_or_default();
    if text.trim().is_empty() {
        return fail("The task has no text; it was left out. Put the text into its data.");
    }
    let id = task.get("id").map_or_else(|| (number + 1).to_string(), Value::to_string);
    let name = Some(get(data, "article").to_owned()).filter(|n| !n.is_empty());
    let name = name.unwrap_or_else(|| format!("task {id}"));
    // `completions` is what annotations were called before 1.0.
    let annotations = list(task, "annotations").iter().chain(list(task, "completions"));
    let cancelled = |a: &&Value| a.get("was_cancelled") == Some(&Value::Bool(true));
    let annotations: Vec<&Value> = annotations.filter(|a| !cancelled(a)).collect();
    let mut first = Reader::new(place, &name, text, Unit::CodePoints, issues);
    first.meta(data);
    if !list(task, "predictions").is_empty() {
        first.issue("What a model predicted for the task was left out: only what people annotated is taken in. Accept the predictions in Label Studio first.".to_owned());
    }
    if annotations.len() > 1 && annotations.iter().any(|a| annotator(a).is_none()) {
        first.issue("The task was annotated more than once, and the file does not say by whom; what nobody is named for is taken in under the name of whoever imports it. Export the full JSON, with its annotators.".to_owned());
    }
    // Ours say more of the stances of the whole text in the task's data.
    let stances = list(data, "stances");
    for stance in stances {
        first.opinion(get(stance, "label"), get(stance, "attributes"));
    }
    let bare = first.about().clone();
    if annotations.is_empty() {
        return Some(vec![first.finish()]);
    }
    let mut documents = Vec::new();
    for annotation in &annotations {
        let mut reader = Reader::of(place, bare.clone(), Unit::CodePoints, issues);
        read_results(&mut reader, list(annotation, "result"), stances.is_empty());
        let document = Document { by: annotator(annotation), ..reader.finish() };
        // What is starred as the truth stays an annotation of somebody's.
        if annotation.get("ground_truth") == Some(&Value::Bool(true)) {
            let by = document.by.clone().map(|by| Annotator { work: Work::Gold, ..by });
            documents.extend(by.map(|by| Document { by: Some(by), ..document.clone() }));
        }
        documents.push(document);
    }
    Some(documents)
}

/// Who completed an annotation: a number, or all that is known of a user.
fn annotator(annotation: &Value) -> Option<Annotator> {
    let by = annotation.get("completed_by")?;
    let full = || format!("{} {}", get(by, "first_name"), get(by, "last_name"));
    let shown = [full(), get(by, "username").to_owned(), get(by, "email").to_owned()];
    let named = shown.into_iter().find(|name| !name.trim().is_empty());
    let number = by.as_u64().or_else(|| by.get("id")?.as_u64());
    let name = named.or_else(|| Some(format!("Label Studio user {}", number?)))?;
    Annotator::named(&name, Work::HandedIn)
}

/// The results of one annotation: regions, what is said of them, ties between them, choices of the text.
fn read_results(reader: &mut Reader<'_>, results: &[Value], choices: bool) {
    let is_region = |r: &&Value| r["value"].get("start").is_some() && get(r, "type") == "labels";
    for result in results.iter().filter(is_region) {
        let value = &result["value"];
        let number = |key: &str| value.get(key).and_then(Value::as_u64);
        let meta = result.get("meta").map_or(&[][..], |meta| list(meta, "text"));
        let meta: Vec<&str> = meta.iter().filter_map(Value::as_str).collect();
        let is_ours = |packed: &&&str| unpack(packed).iter().any(|(name, _)| name == "layer");
        let packed = meta.iter().find(is_ours).copied().unwrap_or_default();
        let id = get(result, "id").to_owned();
        // A region without a label may be chosen for.
        let chosen = results.iter().filter(|r| !get(r, "id").is_empty() && r["id"] == result["id"]);
        let chosen = chosen.flat_map(|r| list(&r["value"], "choices"));
        let mut labels: Vec<&str> = list(value, "labels").iter().filter_map(Value::as_str).collect();
        if labels.is_empty() {
            labels = chosen.filter_map(Value::as_str).take(1).collect();
        }
        if labels.is_empty() {
            labels.push("");
        }
        for (i, label) in labels.iter().enumerate() {
            let name = if i == 0 { id.clone() } else { format!("{id}.{}", i + 1) };
            reader.mark(&name, (number("start"), number("end")), label, packed, None);
        }
        meta.iter().filter(|said| **said != packed).for_each(|said| reader.note(&id, said));
    }
    for result in results.iter().filter(|r| !is_region(r)) {
        let region = reader.named(get(result, "id")).is_some();
        match get(result, "type") {
            "relation" => {
                let label = list(result, "labels").first().and_then(Value::as_str).unwrap_or_default();
                let (from, to) = (get(result, "from_id"), get(result, "to_id"));
                match get(result, "direction") {
                    "left" => reader.relation(to, from, label),
                    _ => reader.relation(from, to, label),
                }
            }
            "choices" if region => {
                let of: Vec<&str> =
                    list(&result["value"], "choices").iter().filter_map(Value::as_str).collect();
                reader.attribute(get(result, "id"), get(result, "from_name"), &of.join("+"));
            }
            "choices" if choices => {
                let all = list(&result["value"], "choices").iter().filter_map(Value::as_str);
                all.for_each(|choice| reader.class(choice));
            }
            "choices" => {}
            other => reader.issue(format!(
                "Results of type “{other}” were left out: marks, relations and choices are taken in."
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(task: &str) -> (Vec<Document>, Vec<Issue>) {
        let mut issues = Vec::new();
        let documents = LabelStudio.read(&SourceFiles::single("a.json", task), &mut issues).unwrap();
        (documents, issues)
    }

    const REGION: &str = r#"{"id":"r1","from_name":"label","to_name":"text","type":"labels","meta":{"text":["Why?"]},"value":{"start":0,"end":4,"labels":["source"]}}"#;

    #[test]
    fn choices_of_a_region_are_the_region_s_and_others_the_text_s() {
        let (documents, issues) = of(&format!(
            r#"[{{"data":{{"text":"Holm said."}},"annotations":[{{"result":[{REGION},
            {{"id":"r1","from_name":"form","type":"choices","value":{{"start":0,"end":4,"choices":["full_name"]}}}},
            {{"id":"r1","from_name":"tone","type":"choices","value":{{"start":0,"end":4,"choices":["harsh"]}}}},
            {{"id":"c1","from_name":"topic","type":"choices","value":{{"choices":["against","sports"]}}}}]}}]}}]"#
        ));
        let d = &documents[0];
        let source = d.marks.iter().find(|m| m.label == "source").unwrap();
        assert_eq!((source.attribute("form"), source.attribute("tone")), (Some("full_name"), Some("harsh")));
        assert_eq!(source.attribute("note"), Some("Why?"));
        let classes: Vec<&str> = d.opinions.iter().map(|o| &*o.label).collect();
        assert_eq!((classes, d.marks.len()), (vec!["against", "sports"], 1));
        assert!(issues.len() == 1 && issues[0].what.contains("“tone”"), "{issues:?}");
    }

    #[test]
    fn predictions_and_empty_texts_are_listed_once_a_kind() {
        let task = format!(
            r#"{{"data":{{"text":"Holm said."}},"predictions":[{{"result":[]}}],"annotations":[{{"result":[{REGION}]}},{{"result":[{REGION}]}}]}}"#
        );
        let (documents, issues) = of(&format!(r#"[{task},{task},{{"data":{{"text":" "}}}}]"#));
        assert_eq!((documents.len(), documents[0].marks.len()), (4, 1));
        let listed = ["more than once", "predicted", "no text"];
        assert_eq!(issues.len(), listed.len(), "{issues:?}");
        assert!(listed.iter().all(|word| issues.iter().any(|i| i.what.contains(word))), "{issues:?}");
    }

    #[test]
    fn each_annotation_is_whoever_s_completed_it_and_a_starred_one_is_gold_too() {
        let (documents, issues) = of(&format!(
            r#"[{{"data":{{"text":"\r\n Holm."}},"annotations":[
            {{"completed_by":{{"id":4,"first_name":"Ann","last_name":"Lee","email":"a@b"}},"result":[]}},
            {{"completed_by":{{"id":5,"email":"c@d"}},"was_cancelled":true,"result":[]}},
            {{"completed_by":7,"ground_truth":true,"result":[{REGION}]}}]}}]"#
        ));
        let by = documents.iter().map(|d| d.by.clone().map(|by| (by.name, by.work, d.words(0).to_owned())));
        let seven = |work| Some(("Label Studio user 7".to_owned(), work, "\n H".to_owned()));
        let ann = Some(("Ann Lee".to_owned(), Work::HandedIn, String::new()));
        assert_eq!(by.collect::<Vec<_>>(), [ann, seven(Work::Gold), seven(Work::HandedIn)]);
        assert!(issues.is_empty(), "{issues:?}");
    }

    #[test]
    fn a_torn_list_of_tasks_is_one_issue_and_a_single_task_is_read() {
        let (documents, issues) = of("[\n{\"data\":\n{\"text\":\n");
        assert_eq!((documents.len(), issues.len()), (0, 1), "{issues:?}");
        let (documents, issues) = of("{\n\"data\": {\"text\": \"Holm said.\"},\n\"annotations\": []}");
        assert_eq!((documents.len(), issues.len()), (1, 0), "{issues:?}");
    }
}
