//! JSON lines with a data set card: loads with Hugging Face's `datasets`, DuckDB, Spark, anything.
//!
//! Three tables: `documents` (text, spans, relations, stances), `tokens` (IOB2 tags a layer) and
//! `stances` (one row each). Positions are code points, as Python slices.

use super::Issue;
use super::bio::{self, Scheme};
use super::exchange::{
    Codec, Counts, Direction, Document, Documents, Fault, JsonWriter, Loss, Opinion, Part, Reader, Sink,
    SourceFiles, Tokenisation, Tokens, Unit, Units, document_files, lines_of, pack,
};
use serde_json::Value;

/// The format `jsonl`.
pub(super) struct Jsonl;

impl Codec for Jsonl {
    fn name(&self) -> &'static str {
        "jsonl"
    }
    fn about(&self) -> &'static str {
        "JSON lines with a data set card, for Hugging Face datasets, DuckDB, Spark"
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
    fn can_withhold_texts(&self) -> bool {
        true
    }

    fn write(&self, data: &dyn Documents, out: &mut dyn Sink) -> Result<(), Fault> {
        let with_texts = !data.options().without_texts;
        let file = |folder: &str, part: usize| format!("{folder}/{}.jsonl", data.parts()[part].name);
        let mut counts = Counts::of(data.parts().len());
        let cut = data.options().tokens;
        let make = |d: &Document| {
            let stances = d.opinions.iter().map(|o| stance_row(d, o, with_texts)).collect();
            let tokens = with_texts.then(|| token_row(d, cut));
            [row(d, with_texts), stances].into_iter().chain(tokens).collect()
        };
        document_files(data, out, "jsonl", &make, &mut |part, d, texts, out| {
            counts.count(part, d);
            out.put(&texts[0])?;
            let mut beside = ["stances", "tokens"].into_iter().zip(&texts[1..]);
            beside.try_for_each(|(folder, text)| out.beside(&file(folder, part), text))
        })?;
        for part in 0..data.parts().len() {
            // Those in which nothing stands, too.
            out.beside(&file("stances", part), "")?;
            if with_texts {
                out.beside(&file("tokens", part), "")?;
            }
        }
        out.file("README.md", &data.card(&features(data, with_texts, &counts), &counts))
    }

    fn read(&self, files: &SourceFiles, issues: &mut Vec<Issue>) -> Result<Vec<Document>, Fault> {
        let mut lines = lines_of(files, issues);
        let rows = lines.len();
        lines.retain(|(_, row)| is_document(row));
        if lines.is_empty() && rows > 0 {
            let why = "these are the tables of stances or tokens; the texts with their marks are in the folder data. Choose that.";
            return Err(Fault::NotThis { format: self.name(), why: why.to_owned() });
        }
        Ok(lines.iter().filter_map(|(place, row)| read_row(place, row, files, issues)).collect())
    }
}

fn row(d: &Document, with_texts: bool) -> String {
    let mut json = JsonWriter::new();
    json.object(|j| {
        j.strings(&[("id", &d.article)]);
        if with_texts {
            j.strings(&[("text", &d.text)]);
        }
        j.strings(&[
            ("sha256", &d.sha256),
            ("title", &d.title),
            ("outlet", &d.outlet),
            ("published", &d.published),
            ("url", &d.url),
            ("language", &d.language),
            ("story", &d.story),
            ("story_name", &d.story_name),
        ]);
        let units = Units::of(&d.text, Unit::CodePoints);
        j.key("spans").list(|j| {
            for (i, mark) in d.marks.iter().enumerate() {
                let (start, end) = units.ends(mark.span);
                j.object(|j| {
                    j.key("id").number(i + 1);
                    j.key("start").number(start);
                    j.key("end").number(end);
                    j.strings(&[("layer", mark.layer.as_str()), ("label", &mark.label)]);
                    attributes(j, &mark.attributes);
                });
            }
        });
        j.key("relations").list(|j| {
            for r in &d.relations {
                j.object(|j| {
                    j.key("from").number(r.from + 1);
                    j.key("to").number(r.to + 1);
                    j.strings(&[("label", &r.label)]);
                });
            }
        });
        j.key("stances").list(|j| d.opinions.iter().for_each(|o| j.object(|j| opinion(j, d, o))));
    });
    json.line()
}

fn attributes(j: &mut JsonWriter, attributes: &[(String, String)]) {
    j.key("attributes").list(|j| {
        for (name, value) in attributes {
            j.object(|j| j.strings(&[("name", name), ("value", value)]));
        }
    });
}

fn opinion(j: &mut JsonWriter, d: &Document, o: &Opinion) {
    j.strings(&[
        ("holder", &o.holder),
        ("target", &o.target),
        ("target_kind", &o.target_kind),
        ("wording", &o.wording),
        ("scheme", &o.scheme),
        ("label", &o.label),
        ("meaning", &o.meaning),
    ]);
    attributes(j, &o.fields);
    j.key("evidence").list(|j| o.evidence.iter().for_each(|i| j.number(i + 1)));
    // 0 where it is taken in no attribution: a column of one type.
    let head = o.attribution.and_then(|a| d.attributions.get(a)).and_then(|a| a.head());
    j.key("taken_in").number(head.map_or(0, |i| i + 1));
    j.key("votes").list(|j| {
        for (label, count) in &o.votes {
            j.object(|j| {
                j.strings(&[("label", label)]);
                j.key("count").number(*count as usize);
            });
        }
    });
}

fn stance_row(d: &Document, o: &Opinion, with_texts: bool) -> String {
    let mut json = JsonWriter::new();
    json.object(|j| {
        j.strings(&[("id", &o.record), ("article", &d.article), ("sha256", &d.sha256)]);
        if with_texts {
            let words: Vec<&str> = o.evidence.iter().map(|i| d.words(*i)).collect();
            let shown = if words.is_empty() { d.text.to_string() } else { words.join(" … ") };
            j.strings(&[("text", &shown)]);
        }
        opinion(j, d, o);
    });
    json.line()
}

/// The labels that have a column of tags.
const TAGGED: [&str; 3] = ["source", "cue", "content"];

fn token_row(d: &Document, cut: Tokenisation) -> String {
    let tokens = Tokens::of(d, cut);
    let mut json = JsonWriter::new();
    json.object(|j| {
        j.strings(&[("id", &d.article)]);
        let all = || tokens.tokens.iter();
        j.key("tokens").list(|j| all().for_each(|t| j.string(t.span.slice(&d.text))));
        j.key("starts").list(|j| {
            // Counted on from the token before, not each from the beginning.
            let (mut byte, mut start) = (0, 0);
            for token in all() {
                let at = token.span.start().byte();
                start += d.text[byte..at].chars().count();
                byte = at;
                j.number(start);
            }
        });
        j.key("sentences").list(|j| all().for_each(|t| j.number(t.sentence)));
        for label in TAGGED {
            let tags = bio::column(d, &tokens, label, Scheme::Iob2);
            j.key(&format!("{label}_tags")).list(|j| {
                for tag in tags {
                    j.number(match tag.as_bytes() {
                        [b'B', ..] => 1,
                        [b'I', ..] => 2,
                        _ => 0,
                    });
                }
            });
        }
    });
    json.line()
}

/// The YAML of the tables and their columns, for the card. `datasets` refuses a table with an empty file, so
/// that only those parts are named that hold something, and only the tables that have such a part.
fn features(data: &dyn Documents, with_texts: bool, counts: &Counts) -> String {
    let mut yaml = String::from("configs:\n");
    let any_stance = counts.stances.iter().any(|n| *n > 0);
    let shards = |part: &Part| {
        let many = data.options().shard.is_some_and(|shard| part.documents > shard);
        if many { format!("{}-*", part.name) } else { part.name.clone() }
    };
    let mut config = |name: &str, folder: &str| {
        yaml.push_str(&format!("- config_name: {name}\n"));
        if name == "documents" {
            yaml.push_str("  default: true\n");
        }
        yaml.push_str("  data_files:\n");
        for (part, stances) in data.parts().iter().zip(&counts.stances) {
            if part.documents == 0 || (folder == "stances" && *stances == 0) {
                continue;
            }
            let file = if folder == "data" { shards(part) } else { part.name.clone() };
            yaml.push_str(&format!("  - split: {}\n    path: {folder}/{file}.jsonl\n", part.name));
        }
    };
    config("documents", "data");
    if any_stance {
        config("stances", "stances");
    }
    if with_texts {
        config("tokens", "tokens");
    }
    let string = |out: &mut String, indent: &str, names: &[&str]| {
        for name in names {
            out.push_str(&format!("{indent}- name: {name}\n{indent}  dtype: string\n"));
        }
    };
    let int = |out: &mut String, indent: &str, names: &[&str]| {
        for name in names {
            out.push_str(&format!("{indent}- name: {name}\n{indent}  dtype: int32\n"));
        }
    };
    let pairs = |out: &mut String, indent: &str, name: &str, number: bool| {
        out.push_str(&format!("{indent}- name: {name}\n{indent}  list:\n"));
        string(out, &format!("{indent}  "), if number { &["label"] } else { &["name", "value"] });
        if number {
            int(out, &format!("{indent}  "), &["count"]);
        }
    };
    let stance = |out: &mut String, indent: &str| {
        string(out, indent, &["holder", "target", "target_kind", "wording", "scheme"]);
        out.push_str(&format!(
            "{indent}- name: label\n{indent}  dtype:\n{indent}    class_label:\n{indent}      names:\n"
        ));
        for (i, label) in data.stance_labels().iter().enumerate() {
            out.push_str(&format!("{indent}        '{i}': {}\n", yaml_string(label)));
        }
        string(out, indent, &["meaning"]);
        pairs(out, indent, "attributes", false);
        out.push_str(&format!("{indent}- name: evidence\n{indent}  list: int32\n"));
        int(out, indent, &["taken_in"]);
        pairs(out, indent, "votes", true);
    };
    let text: &[&str] = if with_texts { &["text"] } else { &[] };
    yaml.push_str("dataset_info:\n- config_name: documents\n  features:\n");
    string(&mut yaml, "  ", &["id"]);
    string(&mut yaml, "  ", text);
    string(
        &mut yaml,
        "  ",
        &["sha256", "title", "outlet", "published", "url", "language", "story", "story_name"],
    );
    yaml.push_str("  - name: spans\n    list:\n");
    int(&mut yaml, "    ", &["id", "start", "end"]);
    string(&mut yaml, "    ", &["layer", "label"]);
    pairs(&mut yaml, "    ", "attributes", false);
    yaml.push_str("  - name: relations\n    list:\n");
    int(&mut yaml, "    ", &["from", "to"]);
    string(&mut yaml, "    ", &["label"]);
    yaml.push_str("  - name: stances\n    list:\n");
    stance(&mut yaml, "    ");
    if any_stance {
        yaml.push_str("- config_name: stances\n  features:\n");
        string(&mut yaml, "  ", &["id", "article", "sha256"]);
        string(&mut yaml, "  ", text);
        stance(&mut yaml, "  ");
    }
    if with_texts {
        yaml.push_str("- config_name: tokens\n  features:\n");
        string(&mut yaml, "  ", &["id"]);
        yaml.push_str("  - name: tokens\n    list: string\n");
        yaml.push_str("  - name: starts\n    list: int32\n  - name: sentences\n    list: int32\n");
        for label in TAGGED {
            yaml.push_str(&format!(
                "  - name: {label}_tags\n    list:\n      class_label:\n        names:\n          '0': O\n          '1': B-{label}\n          '2': I-{label}\n"
            ));
        }
    }
    yaml
}

/// A string as YAML: always quoted, so that `no` and `on` stay words.
pub(crate) fn yaml_string(text: &str) -> String {
    let mut json = JsonWriter::new();
    json.string(text);
    json.finish()
}

/// Whether a record is a text with its marks. The tables of stances and of tokens say once more what the
/// documents say.
fn is_document(row: &Value) -> bool {
    row.get("spans").is_some() || (row.get("article").is_none() && row.get("tokens").is_none())
}

fn read_row(place: &str, row: &Value, files: &SourceFiles, issues: &mut Vec<Issue>) -> Option<Document> {
    let get = |key: &str| row.get(key).and_then(Value::as_str).unwrap_or_default();
    let known = files.known.get(get("sha256")).map(|text| text.to_string());
    let Some(text) = row.get("text").and_then(Value::as_str).map(str::to_owned).or(known) else {
        let what =
            "The record has no text, and no article of the project has its hash. Add the article first.";
        issues.push(Issue { place: place.to_owned(), what: what.to_owned() });
        return None;
    };
    let mut reader = Reader::new(place, get("id"), &text, Unit::CodePoints, issues);
    reader.meta(row);
    for span in list(row, "spans") {
        let name = span.get("id").map(Value::to_string).unwrap_or_default();
        let number = |key: &str| span.get(key).and_then(Value::as_u64);
        let label = span.get("label").and_then(Value::as_str).unwrap_or_default();
        let mut given = read_attributes(span);
        let layer = span.get("layer").and_then(Value::as_str).unwrap_or_default();
        given.push(("layer".to_owned(), layer.to_owned()));
        reader.mark(&name, (number("start"), number("end")), label, &pack(&given), None);
    }
    for relation in list(row, "relations") {
        let end = |key: &str| relation.get(key).map(Value::to_string).unwrap_or_default();
        let label = relation.get("label").and_then(Value::as_str).unwrap_or_default();
        reader.relation(&end("from"), &end("to"), label);
    }
    for stance in list(row, "stances").filter(|s| list(s, "evidence").next().is_none()) {
        let field = |key: &str| stance.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let mut given = read_attributes(stance);
        for key in ["holder", "target", "target_kind", "wording", "scheme", "meaning"] {
            given.push((key.to_owned(), field(key)));
        }
        given.sort();
        reader.opinion(&field("label"), &pack(&given));
    }
    Some(reader.finish())
}

fn list<'a>(of: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    of.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn read_attributes(of: &Value) -> Vec<(String, String)> {
    let get = |pair: &Value, key: &str| pair.get(key).and_then(Value::as_str).map(str::to_owned);
    list(of, "attributes").filter_map(|pair| Some((get(pair, "name")?, get(pair, "value")?))).collect()
}
