//! Files whose bytes are promised: the sample, and the form of the project file.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use std::fs;
use std::path::Path;
use variorum::codecs::project_file;
use variorum::sample;
use variorum::store::text_id;

fn committed(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[test]
fn the_sample_that_the_app_opens_is_made_from_its_sources() {
    let made = project_file::write(&sample::project().unwrap());
    assert_eq!(made, committed("web/sample.variorum.json"), "run `variorum sample web/sample.variorum.json`");
}

/// Ids follow from the bytes of the texts: a changed comma would orphan everybody's annotations.
#[test]
fn the_texts_of_the_sample_have_not_changed() {
    let ids: Vec<String> =
        sample::TEXTS.iter().map(|(name, text)| format!("{name} {}", text_id(text))).collect();
    assert_eq!(ids.join("\n") + "\n", committed("tests/golden/sample-texts.txt"));
}

#[test]
fn the_sample_reads_back_without_a_word_of_complaint() {
    let text = committed("web/sample.variorum.json");
    let loaded = project_file::read(&text).unwrap();
    assert_eq!(loaded.issues, []);
    assert_eq!(project_file::write(&loaded.value), text);
}

#[test]
fn what_this_version_does_not_know_is_written_back_as_it_came() {
    let text = committed("tests/golden/unknown.json");
    let loaded = project_file::read(&text).unwrap();
    assert_eq!(loaded.issues, []);
    assert_eq!(project_file::write(&loaded.value), text);
}

#[test]
fn the_order_of_keys_and_records_and_the_space_between_do_not_matter() {
    let text = committed("tests/golden/unknown.json");
    let (head, records) = text.split_once("\"records\":{\n").unwrap();
    let (records, _) = records.split_once("\n}").unwrap();
    let mut lines: Vec<&str> = records.split(",\n").collect();
    lines.reverse();
    let head = head.strip_prefix('{').unwrap().trim_end_matches(',');
    let shuffled =
        format!("{{ \"records\" : {{ {} }} , \"x-extra\": [1, 2.50], {head} }}", lines.join(" , "));
    let loaded = project_file::read(&shuffled).unwrap();
    assert_eq!(project_file::write(&loaded.value), text);
}

#[test]
fn a_record_that_cannot_be_read_is_kept_and_said() {
    let text = committed("tests/golden/unknown.json").replace("\"kind\":\"story\"", "\"kind\":\"tale\"");
    let loaded = project_file::read(&text).unwrap();
    assert_eq!(loaded.issues.len(), 1);
    assert!(loaded.issues[0].what.contains("tale"), "{:?}", loaded.issues);
    assert_eq!(project_file::write(&loaded.value), text);
}

#[test]
fn what_is_no_project_is_refused_with_a_sentence() {
    let said = |text: &str| project_file::read(text).unwrap_err().to_string();
    assert!(said("{\"format\":\"variorum/1\",\"project\"").contains("breaks off"));
    assert!(said("[1,2]").contains("not a Variorum project"));
    assert!(said("{\"a\":1}").contains("not a Variorum project"));
    assert!(said("{\"format\":\"variorum/2\",\"project\":\"x\",\"records\":{}}").contains("newer"));
    assert!(said("{\"format\":\"variorum/1\",\"project\":\"x\",\"records\":{}}").contains("which project"));
    let deep = format!("{{\"format\":\"variorum/1\",\"x\":{}{}}}", "[".repeat(9000), "]".repeat(9000));
    assert!(said(&deep).contains("cannot be read"));
}
