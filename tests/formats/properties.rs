//! What holds of any document: positions slice to words, marks and ties come back, damage stops nobody.

use super::{Given, Said, WITH_MARKS_AND_TIES, said, to_read, written};
use proptest::prelude::*;
use serde_json::Value;
use variorum::codecs::exchange::{
    Attributed, Direction, Document, Mark, MarkLayer, Relation, Tokenisation, Unit, count,
};
use variorum::codecs::{FORMATS, format, hash};
use variorum::text::{Span, Text};

/// The words between two positions, counted here anew and not by the project's own code.
fn slice(text: &str, unit: Unit, start: u64, end: u64) -> String {
    let (start, end) = (usize::try_from(start).unwrap(), usize::try_from(end).unwrap());
    if unit == Unit::Utf16 {
        let units: Vec<u16> = text.encode_utf16().collect();
        return String::from_utf16(&units[start..end]).unwrap();
    }
    text.chars().skip(start).take(end - start).collect()
}

/// All objects in a JSON value that have a label and two positions.
fn spans(value: &Value, found: &mut Vec<(String, u64, u64)>) {
    match value {
        Value::Array(all) => all.iter().for_each(|v| spans(v, found)),
        Value::Object(fields) => {
            let number = |names: [&str; 3]| names.iter().find_map(|n| fields.get(*n)?.as_u64());
            let label = fields.get("label").or_else(|| fields.get("labels")?.get(0)).and_then(Value::as_str);
            let ends = number(["start", "start_offset", "begin"]).zip(number(["end", "end_offset", "end"]));
            let mark = fields.get("%TYPE").is_none_or(|t| t == "webanno.custom.Variorum");
            if let (Some(label), Some((start, end)), true) = (label, ends, mark) {
                found.push((label.to_owned(), start, end));
                return;
            }
            fields.iter().filter(|(key, _)| *key != "relations").for_each(|(_, v)| spans(v, found));
        }
        _ => {}
    }
}

fn documents() -> impl Strategy<Value = Document> {
    let piece = prop::sample::select(vec![
        "Мер ",
        "їжак",
        "😀",
        "👩\u{200d}💻",
        "e\u{301}",
        "“so”",
        " ",
        ".\n",
        "said ",
        "a",
        "\t",
        "\\",
        "\"",
        "_[1]|",
        "&<",
        "-> ",
        "\u{5d0}\u{5d1} ",
    ]);
    (prop::collection::vec(piece, 3..30), prop::collection::vec((0..60_usize, 1..12_usize, 0..3_usize), 1..6))
        .prop_map(|(pieces, marks)| {
            let content = format!("x{}", pieces.concat());
            let text = Text::new(content.clone());
            let borders: Vec<usize> = content.char_indices().map(|(i, _)| i).chain([content.len()]).collect();
            let mut found: Vec<Mark> = Vec::new();
            for (from, length, label) in marks {
                let from = from % (borders.len() - 1);
                let to = (from + length).min(borders.len() - 1);
                let span = Span::new(&content, borders[from], borders[to]).unwrap().trimmed(&content);
                if span.is_empty() || found.iter().any(|m| m.span == span) {
                    continue;
                }
                let label = ["content", "cue", "source"][label].to_owned();
                let record = format!("{}", found.len() + 1);
                found.push(Mark {
                    span,
                    layer: MarkLayer::Attribution,
                    label,
                    attributes: Vec::new(),
                    record,
                });
            }
            found.sort_by_key(|m| (m.span.start(), std::cmp::Reverse(m.span.end())));
            let relations =
                (1..found.len()).map(|to| Relation { from: 0, to, label: "part_of".into() }).collect();
            Document {
                article: "art:ONE".into(),
                sha256: hash(&content),
                text,
                marks: found,
                relations,
                ..Document::default()
            }
        })
}

/// Documents whose marks make up attributions: a content with the cues and sources after it.
fn attributed() -> impl Strategy<Value = Document> {
    documents().prop_map(|mut d| {
        d.relations.clear();
        for (i, mark) in d.marks.iter().enumerate() {
            if mark.label == "content" {
                d.attributions.push(Attributed { record: mark.record.clone(), ..Attributed::default() });
            }
            let Some(a) = d.attributions.last_mut() else { continue };
            match &*mark.label {
                "content" => a.contents.push(i),
                "cue" => a.cues.push(i),
                _ => a.sources.push(i),
            }
        }
        d
    })
}

/// An attribute's value in a line of XML, its escapes undone.
fn attribute(line: &str, name: &str) -> String {
    let value = line.split(&format!(" {name}=\"")).nth(1).unwrap().split('"').next().unwrap();
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")]
        .iter()
        .fold(value.to_owned(), |value, (from, to)| value.replace(from, to))
}

/// All strings below some keys of a JSON value.
fn strings(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(words) => found.push(words.clone()),
        Value::Array(all) => all.iter().for_each(|v| strings(v, found)),
        Value::Object(fields) => {
            fields.iter().filter(|(key, _)| *key != "type").for_each(|(_, v)| strings(v, found))
        }
        _ => {}
    }
}

/// Many more cases in the long run.
fn cases() -> ProptestConfig {
    let long = std::env::var_os("VARIORUM_LONG").is_some();
    ProptestConfig::with_cases(if long { 2_000 } else { 96 })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn words_of_corpora_and_conversations_are_those_of_the_text(d in attributed()) {
        let data = Given::new(vec![d.clone()]);
        let ann = &written(format("polnear").unwrap(), &data)["train/ONE.ann"];
        for line in ann.lines().filter(|line| line.starts_with('T')) {
            let fields: Vec<&str> = line.split('\t').collect();
            let ends = fields[1].split_once(' ').unwrap().1;
            let piece = |part: &str| {
                let (start, end) = part.split_once(' ').unwrap();
                slice(&d.text, Unit::CodePoints, start.parse().unwrap(), end.parse().unwrap())
            };
            let words: Vec<String> = ends.split(';').map(piece).collect();
            prop_assert_eq!(words.join(" "), fields[2..].join("\t"), "{}", line);
        }
        let xml = &written(format("parc").unwrap(), &data)["train/ONE.xml"];
        let mut heads = 0;
        for line in xml.lines() {
            if line.contains("<WORD ") {
                let (start, end) = attribute(line, "ByteCount").split_once(',').map(|(s, e)| (s.parse().unwrap(), e.parse().unwrap())).unwrap();
                prop_assert_eq!(slice(&d.text, Unit::CodePoints, start, end), attribute(line, "text"), "{}", line);
            }
            heads += usize::from(line.contains("roleValue=\"content\""));
        }
        prop_assert!(heads >= d.attributions.len(), "{}", xml);
        let line = &written(format("messages").unwrap(), &data)["data/train.jsonl"];
        let talk: Value = serde_json::from_str(line.trim()).unwrap();
        let answer: Value = serde_json::from_str(talk["messages"][2]["content"].as_str().unwrap()).unwrap();
        let mut quoted = Vec::new();
        strings(&answer["attributions"], &mut quoted);
        let count: usize = d.attributions.iter().map(|a| a.contents.len() + a.cues.len() + a.sources.len()).sum();
        prop_assert_eq!(quoted.len(), count);
        for words in quoted {
            prop_assert!(talk["messages"][1]["content"].as_str().unwrap().contains(&words));
        }
    }

    #[test]
    fn every_span_that_is_written_says_its_words_in_the_units_of_the_format(d in documents()) {
        let data = Given::new(vec![d.clone()]);
        let wanted = said(&d);
        for name in ["jsonl", "spacy", "prodigy", "doccano", "label-studio", "argilla", "cas-json"] {
            let codec = format(name).unwrap();
            let files = written(codec, &data);
            let file = ["data/train.jsonl", "train.json", "train/records.json", "train/ONE.json"].iter().find_map(|f| files.get(*f)).unwrap();
            let mut found = Vec::new();
            spans(&serde_json::from_str(file.trim()).unwrap(), &mut found);
            let mut got: Said = found.into_iter().map(|(label, s, e)| (label, slice(&d.text, codec.unit(), s, e))).collect();
            got.sort();
            prop_assert_eq!(&got, &wanted, "{}", name);
        }
    }

    #[test]
    fn marks_and_ties_come_back_from_every_format_that_has_both(d in documents()) {
        let data = Given::new(vec![d.clone()]);
        for name in WITH_MARKS_AND_TIES {
            let codec = format(name).unwrap();
            let files = written(codec, &data);
            let mut issues = Vec::new();
            let back = codec.read(&to_read(codec, &files), &mut issues).unwrap();
            prop_assert_eq!(&issues, &[], "{}", name);
            if back.is_empty() && d.marks.is_empty() {
                continue;
            }
            prop_assert_eq!(&*back[0].text, &*d.text, "{}", name);
            prop_assert_eq!(said(&back[0]), said(&d), "{}", name);
            prop_assert_eq!(back[0].relations.len(), d.relations.len(), "{}", name);
        }
    }

    #[test]
    fn damage_to_a_file_stops_no_reader(d in documents(), from in 0..4000_usize, length in 0..40_usize, by in "[\\[\\]|_*\\t\\n\"{}0-9a-z:;#\\-]{0,6}") {
        let data = Given::new(vec![d]);
        for codec in FORMATS.iter().filter(|codec| codec.direction() == Direction::Both) {
            let mut files = written(*codec, &data);
            for text in files.values_mut() {
                let places: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
                let from = from % places.len();
                let to = (from + length).min(places.len() - 1);
                text.replace_range(places[from]..places[to], &by);
            }
            let mut issues = Vec::new();
            let source = to_read(*codec, &files);
            for read in codec.read(&source, &mut issues).into_iter().flatten() {
                let inside = |i: &usize| *i < read.marks.len();
                prop_assert!(read.relations.iter().all(|r| inside(&r.from) && inside(&r.to)), "{}", codec.name());
            }
        }
    }

    #[test]
    fn a_column_of_tags_holds_what_it_can_and_the_rest_is_counted(d in documents(), words: bool) {
        let mut data = Given::new(vec![d.clone()]);
        data.options.tokens = if words { Tokenisation::Words } else { Tokenisation::CutAtMarks };
        for name in ["conll", "conll-bilou"] {
            let codec = format(name).unwrap();
            let files = written(codec, &data);
            let losses = count(codec, &data).unwrap();
            let lost: usize = losses.iter().filter(|l| l.what.starts_with("marks that")).map(|l| l.count).sum();
            for layer in ["source", "cue"] {
                let file = &files[&format!("{layer}/train.conll")];
                let begun = file.matches(" B-").count() + file.matches(" U-").count();
                let there = d.marks.iter().filter(|m| m.label == layer).count();
                prop_assert!(begun + lost >= there, "{} {}: {} {} {}\n{}", name, layer, begun, lost, there, file);
            }
        }
    }
}
