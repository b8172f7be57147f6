//! spaCy's own JSON, a `Doc` a line: `Doc.from_json(line, validate=True)` takes it as it is, and ten
//! lines of Python (`to_docbin.py`, written beside) make a DocBin of it.
//!
//! Spans lie in the group `sc`, where they may overlap; what spaCy has no place for (relations,
//! attributes) stands beside, in `variorum`, and is read back.

use super::Issue;
use super::exchange::{
    Codec, Direction, Document, Documents, Fault, JsonWriter, Loss, Reader, Sink, SourceFiles, Tokenisation,
    Tokens, Unit, Units, count_alike, line_files, lines_of, pack,
};
use crate::text::Span;
use serde_json::Value;

/// The format `spacy`.
pub(super) struct Spacy;

const TO_DOCBIN: &str = "\
import json
import sys
import spacy
from spacy.tokens import Doc, DocBin

# python to_docbin.py data/train.jsonl train.spacy [language]
vocab = spacy.blank(sys.argv[3] if len(sys.argv) > 3 else \"en\").vocab
docs = DocBin()
for line in open(sys.argv[1], encoding=\"utf-8\"):
    docs.add(Doc(vocab).from_json(json.loads(line)))
docs.to_disk(sys.argv[2])
";

impl Codec for Spacy {
    fn name(&self) -> &'static str {
        "spacy"
    }
    fn about(&self) -> &'static str {
        "spaCy Doc JSON lines, with a converter to DocBin"
    }
    fn direction(&self) -> Direction {
        Direction::Both
    }
    fn unit(&self) -> Unit {
        Unit::CodePoints
    }
    fn losses(&self) -> &'static [Loss] {
        &[Loss::OffTokens]
    }

    fn write(&self, data: &dyn Documents, out: &mut dyn Sink) -> Result<(), Fault> {
        if data.options().without_texts {
            return Err(Fault::NeedsTexts(self.name()));
        }
        out.file("to_docbin.py", TO_DOCBIN)?;
        let (cut, labels) = (data.options().tokens, data.stance_labels());
        line_files(data, out, "jsonl", &|d| row(d, cut, labels))
    }

    fn read(&self, files: &SourceFiles, issues: &mut Vec<Issue>) -> Result<Vec<Document>, Fault> {
        let before = issues.len();
        let lines = lines_of(files, issues);
        let read = |(i, (place, row)): (usize, &(String, Value))| read_row(place, i, row, issues);
        let documents = lines.iter().enumerate().filter_map(read).collect();
        count_alike(issues, before);
        Ok(documents)
    }
}

/// The tokens of spaCy: ours, and the white space that is more than the one space after a token.
pub(super) fn with_space(d: &Document, tokens: &Tokens) -> Vec<(Span, bool)> {
    let mut found: Vec<(Span, bool)> = Vec::new();
    let mut at = 0;
    let ends = tokens.tokens.iter().map(|t| t.span).map(Some).chain([None]);
    for next in ends {
        let to = next.map_or(d.text.len(), |span| span.start().byte());
        let mut from = at;
        if to > from && d.text[from..to].starts_with(' ') && !found.is_empty() {
            if let Some(last) = found.last_mut() {
                last.1 = true;
            }
            from += 1;
        }
        found.extend(Span::new(&d.text, from, to).filter(|s| !s.is_empty()).map(|span| (span, false)));
        let Some(span) = next else { break };
        found.push((span, false));
        at = span.end().byte();
    }
    found
}

/// Which marks fit the tokens.
pub(super) fn fits(tokens: &[(Span, bool)], span: Span) -> Option<(usize, usize)> {
    let from = tokens.binary_search_by_key(&span.start(), |(t, _)| t.start()).ok()?;
    let to = tokens.binary_search_by_key(&span.end(), |(t, _)| t.end()).ok()?;
    (from <= to).then_some((from, to))
}

fn row(d: &Document, cut: Tokenisation, labels: &[String]) -> String {
    let tokens = with_space(d, &Tokens::of(d, cut));
    let units = Units::of(&d.text, Unit::CodePoints);
    let mut json = JsonWriter::new();
    json.object(|j| {
        j.strings(&[("text", &d.text)]);
        j.key("ents").list(|_| {});
        j.key("cats").object(|j| {
            // Of the article as a whole, by the article itself.
            let own = |label: &String| d.opinions.iter().any(|o| o.holder == "article" && o.label == *label);
            labels.iter().for_each(|label| j.key(label).raw(if own(label) { "1.0" } else { "0.0" }));
        });
        j.key("tokens").list(|j| {
            for (i, (span, _)) in tokens.iter().enumerate() {
                let (start, end) = units.ends(*span);
                j.object(|j| {
                    j.key("id").number(i);
                    j.key("start").number(start);
                    j.key("end").number(end);
                });
            }
        });
        let fitting = || d.marks.iter().enumerate().filter(|(_, m)| fits(&tokens, m.span).is_some());
        j.key("spans").object(|j| {
            j.key("sc").list(|j| {
                for (_, mark) in fitting() {
                    let (start, end) = units.ends(mark.span);
                    j.object(|j| {
                        j.key("start").number(start);
                        j.key("end").number(end);
                        j.strings(&[("label", &mark.label), ("kb_id", "")]);
                    });
                }
            });
        });
        j.key("variorum").object(|j| beside(j, d, &mut |i| fits(&tokens, d.marks[i].span).is_some()));
    });
    json.line()
}

/// What the tools' own fields have no place for: the article, the marks' numbers and attributes, ties,
/// and stances of the whole article. `kept` says which marks the record has, in whose order they stand.
pub(super) fn beside(j: &mut JsonWriter, d: &Document, kept: &mut dyn FnMut(usize) -> bool) {
    j.strings(&[
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
    let numbers: Vec<usize> = (0..d.marks.len()).filter(|i| kept(*i)).collect();
    j.key("marks").list(|j| {
        for i in &numbers {
            let mark = &d.marks[*i];
            j.object(|j| {
                j.key("id").number(i + 1);
                j.strings(&[("attributes", &packed(mark))]);
            });
        }
    });
    j.key("relations").list(|j| {
        let both = |r: &&super::exchange::Relation| {
            numbers.binary_search(&r.from).is_ok() && numbers.binary_search(&r.to).is_ok()
        };
        for r in d.relations.iter().filter(both) {
            j.object(|j| {
                j.key("from").number(r.from + 1);
                j.key("to").number(r.to + 1);
                j.strings(&[("label", &r.label)]);
            });
        }
    });
    j.key("stances").list(|j| {
        for o in d.opinions.iter().filter(|o| o.evidence.is_empty()) {
            j.object(|j| j.strings(&[("label", &o.label), ("attributes", &opinion_packed(o))]));
        }
    });
}

/// A mark's attributes with its layer, in one string.
pub(super) fn packed(mark: &super::exchange::Mark) -> String {
    let mut all = mark.attributes.clone();
    all.push(("layer".to_owned(), mark.layer.as_str().to_owned()));
    all.sort();
    pack(&all)
}

/// All of a stance but its label, in one string.
pub(super) fn opinion_packed(o: &super::exchange::Opinion) -> String {
    let mut all = o.fields.clone();
    for (name, value) in [
        ("holder", &o.holder),
        ("target", &o.target),
        ("target_kind", &o.target_kind),
        ("wording", &o.wording),
        ("scheme", &o.scheme),
        ("meaning", &o.meaning),
    ] {
        if !value.is_empty() {
            all.push((name.to_owned(), value.clone()));
        }
    }
    all.sort();
    pack(&all)
}

fn read_row(place: &str, number: usize, row: &Value, issues: &mut Vec<Issue>) -> Option<Document> {
    let text = row.get("text").and_then(Value::as_str);
    let Some(text) = text else {
        let what = "The record has no text; it was left out.".to_owned();
        issues.push(Issue { place: place.to_owned(), what });
        return None;
    };
    let ours = row.get("variorum");
    let name = ours.and_then(|o| o.get("article")).and_then(Value::as_str);
    let name = name.map_or_else(|| format!("record {}", number + 1), str::to_owned);
    let mut reader = Reader::new(place, &name, text, Unit::CodePoints, issues);
    let groups = row.get("spans").and_then(Value::as_object);
    let named = groups.into_iter().flat_map(|groups| groups.values()).filter_map(Value::as_array).flatten();
    let ents = row.get("ents").and_then(Value::as_array).into_iter().flatten();
    let spans: Vec<&Value> = named.chain(ents).collect();
    read_beside(&mut reader, ours, &spans);
    if ours.is_none() {
        cats(&mut reader, row);
    }
    Some(reader.finish())
}

/// The classes of the text as a whole: those that are more likely than not.
fn cats(reader: &mut Reader<'_>, row: &Value) {
    let scores = row.get("cats").and_then(Value::as_object).into_iter().flatten();
    let scores: Vec<(&String, f64)> =
        scores.filter_map(|(class, score)| Some((class, score.as_f64()?))).collect();
    scores.iter().filter(|(_, score)| *score >= 0.5).for_each(|(class, _)| reader.class(class));
    if scores.iter().any(|(_, score)| *score != 0.0 && *score != 1.0) {
        reader.issue("The classes have scores between 0 and 1: those from 0.5 on are taken as given, the scores were left out.".to_owned());
    }
}

/// Reads spans in the order in which they stand, with what [`beside`] says of them.
pub(super) fn read_beside(reader: &mut Reader<'_>, ours: Option<&Value>, spans: &[&Value]) {
    let list = |key: &str| ours.and_then(|o| o.get(key)).and_then(Value::as_array).map_or(&[][..], |l| l);
    if let Some(ours) = ours {
        reader.meta(ours);
    }
    let marks = list("marks");
    for (i, span) in spans.iter().enumerate() {
        let about = marks.get(i).filter(|_| marks.len() == spans.len());
        let name = about.and_then(|m| m.get("id")).map_or_else(|| (i + 1).to_string(), Value::to_string);
        let packed = about.and_then(|m| m.get("attributes")).and_then(Value::as_str).unwrap_or_default();
        let number = |key: &str| span.get(key).and_then(Value::as_u64);
        let label = span.get("label").and_then(Value::as_str).unwrap_or_default();
        reader.mark(&name, (number("start"), number("end")), label, packed, None);
        for field in ["kb_id", "span_id"] {
            reader.attribute(&name, field, span.get(field).and_then(Value::as_str).unwrap_or_default());
        }
    }
    for relation in list("relations") {
        let end = |key: &str| relation.get(key).map(Value::to_string).unwrap_or_default();
        let label = relation.get("label").and_then(Value::as_str).unwrap_or_default();
        reader.relation(&end("from"), &end("to"), label);
    }
    for stance in list("stances") {
        let get = |key: &str| stance.get(key).and_then(Value::as_str).unwrap_or_default();
        reader.opinion(get("label"), get("attributes"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_and_links_of_other_tools_arrive_or_are_listed() {
        let row = r#"{"text":"Holm said.","ents":[{"start":0,"end":4,"label":"source","kb_id":"Q1"}],"cats":{"against":0.9,"sports":1.0,"favor":0.0}}"#;
        let mut issues = Vec::new();
        let documents = Spacy.read(&SourceFiles::single("a.jsonl", row), &mut issues).unwrap();
        let d = &documents[0];
        let classes: Vec<&str> = d.opinions.iter().map(|o| &*o.label).collect();
        assert_eq!((classes, &*d.marks[0].label, d.marks.len()), (vec!["against", "sports"], "source", 1));
        let listed = ["“kb_id”", "scores between"];
        assert!(listed.iter().all(|word| issues.iter().any(|i| i.what.contains(word))), "{issues:?}");
    }
}
