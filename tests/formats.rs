//! The interchange formats: their bytes, their units, and the way there and back.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

#[path = "common/every_kind.rs"]
#[allow(dead_code, unreachable_pub, reason = "other tests use the rest of it")]
mod every_kind;

use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use variorum::codecs::exchange::{
    Attributed, Codec, Counts, Direction, Document, Documents, Fault, Loss, Mark, MarkLayer, MemorySink,
    Options, Part, Relation, SentencePair, SourceFiles, Tokenisation, Unit, count,
};
use variorum::codecs::{FORMATS, format, hash};
use variorum::dataset::{Dataset, LabelMap, Selection, take_in};
use variorum::model::{Attribution, Dot, Id, Project, ReplicaId, Stamp, Time};
use variorum::sample;
use variorum::store::{Command, Context, Replica, apply, decide};
use variorum::text::{Span, Text};

/// Documents that are simply there.
struct Given {
    documents: Vec<Document>,
    parts: Vec<Part>,
    options: Options,
}

impl Given {
    fn new(documents: Vec<Document>) -> Self {
        let parts = vec![Part { name: "train".into(), documents: documents.len() }];
        Self { documents, parts, options: Options::default() }
    }
}

impl Documents for Given {
    fn parts(&self) -> &[Part] {
        &self.parts
    }
    fn each(
        &self,
        _: usize,
        take: &mut dyn FnMut(usize, &Document) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.documents.iter().enumerate().try_for_each(|(i, d)| take(i, d))
    }
    fn stance_labels(&self) -> &[String] {
        &[]
    }
    fn options(&self) -> &Options {
        &self.options
    }
    fn pairs(&self, _: usize) -> &[SentencePair] {
        &[]
    }
    fn card(&self, _: &str, _: &Counts) -> String {
        String::new()
    }
}

fn written(codec: &dyn Codec, data: &dyn Documents) -> BTreeMap<String, String> {
    let mut sink = MemorySink::default();
    codec.write(data, &mut sink).unwrap_or_else(|why| panic!("{}: {why}", codec.name()));
    sink.files
}

/// The files of an export as they are given to read back.
fn to_read(codec: &dyn Codec, files: &BTreeMap<String, String>) -> SourceFiles {
    let wanted =
        ["data/train.jsonl", "marks.csv", "marks.tsv", "train.json", "train.jsonld", "content/train.conll"];
    let main = wanted.iter().find(|name| files.contains_key(**name)).map(|name| (*name).to_owned());
    let mut found = SourceFiles::single("", "");
    found.files = files.clone();
    if codec.name().starts_with("cas") {
        found.files.retain(|name, _| name.starts_with("train/"));
    }
    if let Some(main) = main.as_ref().filter(|name| name.contains(".json") && !name.ends_with("ld")) {
        found.files.retain(|name, _| name == main);
    }
    found.main = main.unwrap_or_else(|| files.keys().next().unwrap().clone());
    found
}

#[test]
fn every_format_writes_the_bytes_it_promised() {
    let project = every_kind::project();
    let selection = Selection::default();
    let data = Dataset::whole(&project, &selection, Options::default());
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/formats");
    for codec in FORMATS {
        let mut all = String::new();
        for (path, text) in written(*codec, &data) {
            all.push_str(&format!("=== {path}\n{text}\n"));
        }
        let losses = count(*codec, &data).unwrap();
        all.push_str("=== not held\n");
        losses
            .iter()
            .for_each(|l| all.push_str(&format!("{} {}: {}\n", l.count, l.what, l.examples.join(" | "))));
        let golden = root.join(format!("{}.txt", codec.name()));
        if std::env::var_os("VARIORUM_WRITE_GOLDEN").is_some() {
            fs::create_dir_all(&root).unwrap();
            fs::write(&golden, &all).unwrap();
        }
        assert_eq!(all, fs::read_to_string(&golden).unwrap(), "{}", codec.name());
    }
}

/// A project as `variorum new` begins it, with the built-in schemes.
fn begun() -> Project {
    let mut project = Project::new(Id::random(1));
    let mut replica = Replica::new(ReplicaId::new("begin"));
    let mut bits = || 0;
    let mut context =
        Context { by: Id::random(9), on: Time::default(), replica: &mut replica, bits: &mut bits };
    let step = decide(&project, Command::Begin { name: "Read back".into() }, &mut context).unwrap();
    apply(&mut project, &step);
    project
}

/// The project that an export reads back to.
fn read_back(codec: &dyn Codec, files: &BTreeMap<String, String>) -> Project {
    let mut issues = Vec::new();
    let source = to_read(codec, files);
    let documents = codec.read(&source, &mut issues).unwrap_or_else(|why| panic!("{}: {why}", codec.name()));
    let mut project = begun();
    let mut n = 0;
    let mut stamp = || {
        n += 1;
        Stamp { at: Dot(ReplicaId::new("reader"), n), by: Id::random(9), on: Time::default() }
    };
    let hash = hash(source.text());
    let taken = take_in(&mut project, &documents, &hash, &LabelMap::new(), &mut stamp, &mut issues);
    assert_eq!(issues, [], "{}", codec.name());
    assert!(taken.records > 0);
    let again = take_in(&mut project, &documents, &hash, &LabelMap::new(), &mut stamp, &mut issues);
    assert_eq!(again.records, 0, "{}: a file read twice changes nothing", codec.name());
    project
}

#[test]
fn what_was_written_and_read_is_written_again_as_it_was() {
    let first = sample::project().unwrap();
    let selection = Selection::default();
    for codec in FORMATS.iter().filter(|codec| codec.direction() == Direction::Both) {
        let export = |project: &Project| {
            let mut files = written(*codec, &Dataset::whole(project, &selection, Options::default()));
            // The card and these tables name the project's people and the records themselves.
            files.retain(|name, _| {
                !["README.md", "stances/", "attributions.", "stances."].iter().any(|n| name.starts_with(n))
            });
            files
        };
        let one = export(&first);
        let all = written(*codec, &Dataset::whole(&first, &selection, Options::default()));
        let second = read_back(*codec, &all);
        let two = export(&second);
        // What is lost is lost the first time: a column of tags, an event's single cue.
        if !matches!(codec.name(), "conll" | "conll-bilou" | "polnear" | "web-annotation" | "recogito") {
            let differ: Vec<&String> = one.keys().filter(|name| one.get(*name) != two.get(*name)).collect();
            assert!(differ.is_empty(), "{}: {differ:?}", codec.name());
        }
        let third =
            read_back(*codec, &written(*codec, &Dataset::whole(&second, &selection, Options::default())));
        let three = export(&third);
        let differ: Vec<&String> = two.keys().filter(|name| two.get(*name) != three.get(*name)).collect();
        assert!(differ.is_empty(), "{}, again: {differ:?}", codec.name());
    }
}

#[test]
fn what_somebody_remarked_goes_along_wherever_fields_do() {
    let mut project = sample::project().unwrap();
    let attribution = project.all::<Attribution>().find(|a| !a.contents.get().is_empty()).unwrap().id();
    let record = attribution.record().clone();
    let mut replica = Replica::new(ReplicaId::new("notes"));
    let words = "Who; said=this?\n100 % “sure” \u{1F6A2}".to_owned();
    let note = Command::SetNote { record: record.clone(), note: Some(words.clone()) };
    for command in [note, Command::SetUnsure { record, unsure: true }] {
        let mut bits = || 0;
        let mut context =
            Context { by: Id::random(9), on: Time::default(), replica: &mut replica, bits: &mut bits };
        let step = decide(&project, command, &mut context).unwrap();
        apply(&mut project, &step);
    }
    let selection = Selection::default();
    let all = FORMATS.iter().filter(|codec| codec.direction() == Direction::Both);
    for codec in all.filter(|codec| !codec.losses().contains(&Loss::Fields)) {
        let data = Dataset::whole(&project, &selection, Options::default());
        let back = read_back(*codec, &written(*codec, &data));
        let found: Vec<_> = back.all::<Attribution>().filter(|a| *a.entry.unsure.get()).collect();
        assert_eq!(found.len(), 1, "{}", codec.name());
        assert_eq!(found[0].entry.note.get().as_deref(), Some(&*words), "{}", codec.name());
    }
}

/// Marks as label and words, in order.
type Said = Vec<(String, String)>;

fn said(d: &Document) -> Said {
    let mut all: Said = d.marks.iter().map(|m| (m.label.clone(), m.span.slice(&d.text).to_owned())).collect();
    all.sort();
    all
}

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

/// Formats that hold marks and the ties between them.
const WITH_MARKS_AND_TIES: [&str; 13] = [
    "jsonl",
    "csv",
    "tsv",
    "spacy",
    "prodigy",
    "brat",
    "webanno-tsv",
    "cas-xmi",
    "cas-json",
    "label-studio",
    "doccano",
    "web-annotation",
    "recogito",
];

#[test]
fn an_article_without_a_mark_is_written_and_read_in_every_format_without_complaint() {
    let text = "Nobody has marked anything here.";
    let bare = Document {
        article: "art:ONE".into(),
        sha256: hash(text),
        text: Text::new(text.to_owned()),
        ..Document::default()
    };
    for name in WITH_MARKS_AND_TIES {
        let codec = format(name).unwrap();
        let files = written(codec, &Given::new(vec![bare.clone()]));
        let mut issues = Vec::new();
        let back = codec.read(&to_read(codec, &files), &mut issues);
        let back = back.unwrap_or_else(|why| panic!("{name}: {why}"));
        assert_eq!(issues, [], "{name}");
        assert!(back.iter().all(|d| d.marks.is_empty()), "{name}");
    }
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

#[test]
fn an_export_without_texts_holds_no_word_of_them() {
    let project = every_kind::project();
    let selection = Selection::default();
    let options = Options { without_texts: true, ..Options::default() };
    let data = Dataset::whole(&project, &selection, options);
    for codec in FORMATS {
        let mut sink = MemorySink::default();
        match codec.write(&data, &mut sink) {
            Ok(()) => {
                assert!(codec.can_withhold_texts(), "{}", codec.name());
                let all: String = sink.files.into_values().collect();
                assert!(!all.contains("not leaving"), "{}", codec.name());
            }
            Err(why) => assert!(matches!(why, Fault::NeedsTexts(_)), "{}: {why}", codec.name()),
        }
    }
}

#[test]
fn shards_hold_so_many_records_each_and_together_all() {
    let project = sample::project().unwrap();
    let selection = Selection::default();
    let options = Options { shard: Some(2), ..Options::default() };
    let data = Dataset::whole(&project, &selection, options);
    let files = written(format("doccano").unwrap(), &data);
    let lines: Vec<usize> = files.values().map(|f| f.lines().count()).collect();
    assert_eq!(lines, [2, 2, 1], "{:?}", files.keys());
    assert!(files.contains_key("data/train-00002-of-00003.jsonl"));
}

#[test]
fn a_bad_record_costs_nothing_but_itself() {
    let good = r#"{"text":"Holm said yes","label":[[0,4,"Speaker"],[99,120,"source"],[5,9,"cue"]]}"#;
    let file = format!("{good}\nnot json\n{{\"no\":\"text\"}}\n");
    let mut issues = Vec::new();
    let read = format("doccano").unwrap().read(&SourceFiles::single("a.jsonl", &file), &mut issues).unwrap();
    assert_eq!(said(&read[0]), [("Speaker".into(), "Holm".into()), ("cue".into(), "said".into())]);
    assert_eq!(issues.len(), 3, "{issues:?}");
    assert!(issues.iter().any(|i| i.what.contains("99 to 120")));
}

#[test]
fn polnear_s_events_become_attributions() {
    let text = "“We stay,” Mayor Holm said. “For now.”\n";
    let ann = "T1\tSource 11 21\tMayor Holm\nT2\tCue 22 26\tsaid\nT3\tContent 0 10;28 38\t“We stay,” “For now.”\nT4\tAttribution 22 26\tsaid\nE1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n";
    let mut files = SourceFiles::single("a.ann", ann);
    files.files.insert("a.txt".into(), text.into());
    let mut issues = Vec::new();
    let read = format("polnear").unwrap().read(&files, &mut issues).unwrap();
    assert_eq!(issues, []);
    let labels: Vec<&str> = read[0].relations.iter().map(|r| &*r.label).collect();
    assert_eq!((read[0].marks.len(), labels), (4, vec!["attributed_to", "cued_by", "part_of"]));
}
