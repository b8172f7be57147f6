//! Which format chosen files seem to be of: by their names, then by what their first lines hold.

use crate::codecs;
use crate::codecs::exchange::Direction;
use std::collections::BTreeSet;

/// Of the files of an archive, those to be read: an export of several formats has a folder for each, which all
/// say the same. What is written for people beside them is none.
pub fn one_format(files: Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
    let folders: BTreeSet<String> =
        files.iter().filter_map(|(name, _)| Some(name.split_once('/')?.0.to_owned())).collect();
    let can_be_read =
        |name: &&str| codecs::format(name).is_some_and(|codec| codec.direction() != Direction::Out);
    // The first holds the most.
    let wanted = ["jsonl"].into_iter().filter(|name| folders.contains(*name));
    let wanted = wanted.chain(folders.iter().map(|name| &**name)).find(can_be_read);
    let of_it = |(name, bytes): (String, Vec<u8>)| {
        let name = match wanted {
            Some(folder) => name.strip_prefix(folder)?.strip_prefix('/')?.to_owned(),
            None => name,
        };
        (!name.to_lowercase().ends_with(".md")).then_some((name, bytes))
    };
    files.into_iter().filter_map(of_it).collect()
}

/// The name of the format, where it can be told. `files` are names and contents.
pub(super) fn recognise(files: &[(String, &str)]) -> Option<&'static str> {
    let ending = |end: &str| files.iter().find(|(name, _)| name.to_lowercase().ends_with(end));
    let has = |text: &str, word: &str| start(text).contains(word);
    if let Some((_, ann)) = ending(".ann") {
        let events = ann.lines().any(|l| l.starts_with('E') && l.contains("\tAttribution"));
        return Some(if events { "polnear" } else { "brat" });
    }
    if ending(".xmi").is_some() {
        return Some("cas-xmi");
    }
    if files.iter().any(|(_, text)| text.starts_with("#FORMAT=WebAnno TSV")) {
        return Some("webanno-tsv");
    }
    if let Some(format) = ["csv", "tsv"].into_iter().find(|end| ending(&format!("marks.{end}")).is_some()) {
        return Some(format);
    }
    let columns = [".conll", ".bio", ".iob", ".bilou"].into_iter().find_map(ending);
    if let Some((_, text)) = columns {
        let tag = |line: &str| {
            line.split_whitespace().next_back().is_some_and(|t| t.starts_with("U-") || t.starts_with("L-"))
        };
        return Some(if text.lines().any(tag) { "conll-bilou" } else { "conll" });
    }
    // A side of a split may be empty.
    let is_json =
        |name: &str| [".jsonld", ".json", ".jsonl"].iter().any(|end| name.to_lowercase().ends_with(end));
    let all = || files.iter().filter(|(name, _)| is_json(name));
    let found = [
        ("%FEATURE_STRUCTURES", "cas-json"),
        ("anno.jsonld", "web-annotation"),
        ("\"suggestions\"", "argilla"),
        ("\"sha256\"", "jsonl"),
        ("\"_input_hash\"", "prodigy"),
        ("\"token_start\"", "prodigy"),
        ("\"start_offset\"", "doccano"),
        ("\"label\": [[", "doccano"),
        ("\"label\":[[", "doccano"),
        ("\"ents\"", "spacy"),
        ("\"result\"", "label-studio"),
        ("\"annotations\"", "label-studio"),
        ("\"spans\"", "prodigy"),
        ("\"label\"", "doccano"),
    ];
    found.into_iter().find(|(word, _)| all().any(|(_, text)| has(text, word))).map(|(_, format)| format)
}

/// The beginning, which is enough to tell.
fn start(text: &str) -> &str {
    const ENOUGH: usize = 20_000;
    let end = (0..=ENOUGH.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_archive_of_several_formats_one_that_can_be_read_is_taken() {
        let chosen = |names: &[&str]| -> Vec<String> {
            let files = names.iter().map(|name| ((*name).to_owned(), Vec::new())).collect();
            one_format(files).into_iter().map(|(name, _)| name).collect()
        };
        assert_eq!(
            chosen(&["brat/a.ann", "brat/a.txt", "jsonl/README.md", "jsonl/train.jsonl"]),
            ["train.jsonl"]
        );
        assert_eq!(chosen(&["alpaca/a.jsonl", "brat/test/a.ann", "spacy/a.jsonl"]), ["test/a.ann"]);
        assert_eq!(chosen(&["README.md", "train/a.ann", "train/a.txt"]), ["train/a.ann", "train/a.txt"]);
    }

    #[test]
    fn files_of_other_tools_are_recognised() {
        let of = |name: &str, text: &str| recognise(&[(name.to_owned(), text)]);
        assert_eq!(of("a.ann", "T1\tSource 0 4\tHolm\n"), Some("brat"));
        assert_eq!(of("a.ann", "E1\tAttribution:T4 Content:T3\n"), Some("polnear"));
        assert_eq!(of("a.xmi", "<xmi:XMI/>"), Some("cas-xmi"));
        assert_eq!(of("a.tsv", "#FORMAT=WebAnno TSV 3.3\n"), Some("webanno-tsv"));
        assert_eq!(of("marks.csv", "article,mark\n"), Some("csv"));
        assert_eq!(of("x.conll", "Holm B-source\nsaid O\n"), Some("conll"));
        assert_eq!(of("x.conll", "Holm U-source\n"), Some("conll-bilou"));
        assert_eq!(
            of("x.json", r#"[{"data":{"text":"a"},"annotations":[{"result":[]}]}]"#),
            Some("label-studio")
        );
        assert_eq!(of("x.json", r#"{"%TYPES":{},"%FEATURE_STRUCTURES":[]}"#), Some("cas-json"));
        assert_eq!(of("x.jsonl", r#"{"text":"a","entities":[{"id":1,"start_offset":0}]}"#), Some("doccano"));
        assert_eq!(of("x.jsonl", r#"{"text":"a","spans":[{"start":0,"token_start":0}]}"#), Some("prodigy"));
        assert_eq!(of("x.jsonl", r#"{"text":"a","ents":[],"tokens":[]}"#), Some("spacy"));
        assert_eq!(of("x.png", "?"), None);
        let split = [("test.jsonl", ""), ("train.jsonl", r#"{"text":"a","sha256":"b"}"#)];
        assert_eq!(recognise(&split.map(|(name, text)| (name.to_owned(), text))), Some("jsonl"));
    }
}
