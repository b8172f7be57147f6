//! The interchange formats: their bytes, their units, and the way there and back.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

#[path = "../common/every_kind.rs"]
#[allow(dead_code, unreachable_pub, reason = "other tests use the rest of it")]
mod every_kind;
mod properties;
mod there_and_back;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use variorum::codecs::exchange::{
    Codec, Counts, Document, Documents, Fault, MemorySink, Options, Part, SentencePair, SourceFiles, count,
};
use variorum::codecs::{FORMATS, format, hash};
use variorum::dataset::{Dataset, LabelMap, Selection, take_in};
use variorum::model::{Dot, Id, Project, ReplicaId, Stamp, Time};
use variorum::sample;
use variorum::store::{Command, Context, Replica, apply, decide};

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

/// Marks as label and words, in order.
type Said = Vec<(String, String)>;

fn said(d: &Document) -> Said {
    let mut all: Said = d.marks.iter().map(|m| (m.label.clone(), m.span.slice(&d.text).to_owned())).collect();
    all.sort();
    all
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
