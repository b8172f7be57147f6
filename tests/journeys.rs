//! The command line as a pipeline would use it: the real program on real files.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

#[path = "common/valid.rs"]
mod valid;

use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

/// A folder of its own for a test.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("variorum-journey-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Runs the program in a folder. Every project that it writes there must fit the published schema.
fn run(folder: &PathBuf, arguments: &[&str]) -> Output {
    let files = || {
        let entries = fs::read_dir(folder).unwrap().flatten();
        let read = |path: PathBuf| Some((path.clone(), fs::read(path).ok()?));
        entries.filter_map(|entry| read(entry.path())).collect::<std::collections::BTreeMap<_, _>>()
    };
    let before = files();
    let output =
        Command::new(env!("CARGO_BIN_EXE_variorum")).args(arguments).current_dir(folder).output().unwrap();
    for (path, text) in files().into_iter().filter(|(path, text)| before.get(path) != Some(text)) {
        valid::assert_fits_if_a_project(&text, &path.display().to_string());
    }
    output
}

/// The one JSON document on standard output.
fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|why| panic!("{why}: {output:?}"))
}

#[test]
fn a_project_is_begun_filled_checked_and_compared() {
    let here = folder("whole");
    for (name, text) in &variorum::sample::TEXTS {
        fs::write(here.join(name), text).unwrap();
    }
    fs::write(here.join("empty.txt"), "").unwrap();
    assert_eq!(run(&here, &["new", "ferry.json", "--name", "Ferry"]).status.code(), Some(0));
    assert_eq!(run(&here, &["new", "ferry.json"]).status.code(), Some(2), "what is there is not overwritten");

    let added = run(
        &here,
        &[
            "add",
            "ferry.json",
            "1-original.txt",
            "2-back-translated.txt",
            "1-original.txt",
            "empty.txt",
            "--story",
            "The ferry",
            "--json",
        ],
    );
    assert_eq!(added.status.code(), Some(1), "one file failed");
    let lines = json(&added);
    let results: Vec<&str> =
        lines["files"].as_array().unwrap().iter().map(|l| l["result"].as_str().unwrap()).collect();
    assert_eq!(results, ["added", "added", "duplicate", "failed"]);
    assert!(lines["files"][3]["why"].as_str().unwrap().contains("empty"));

    let checked = run(&here, &["check", "ferry.json", "--json"]);
    assert_eq!((checked.status.code(), json(&checked)), (Some(0), serde_json::json!({"problems": []})));
    let file = fs::read_to_string(here.join("ferry.json")).unwrap();
    assert_eq!(file.matches("\"kind\":\"story\"").count(), 1, "both joined one story");
    fs::write(here.join("broken.json"), file.replace("Aldersund", "Oldersund")).unwrap();
    let checked = run(&here, &["check", "broken.json", "--json"]);
    assert_eq!(checked.status.code(), Some(1));
    assert!(!json(&checked)["problems"].as_array().unwrap().is_empty());

    let compared = json(&run(&here, &["compare", "1-original.txt", "2-back-translated.txt", "--json"]));
    assert_eq!(compared["relation"]["guess"], "wholly_derived");
    assert_eq!(compared["relation"]["direction"], "a_to_b");
    let text: Vec<char> = variorum::sample::TEXTS[0].1.chars().collect();
    for sentence in compared["a"]["sentences"].as_array().unwrap() {
        let at = |key: &str| usize::try_from(sentence[key].as_u64().unwrap()).unwrap();
        let slice: String = text[at("start")..at("end")].iter().collect();
        assert_eq!(sentence["text"], slice, "offsets count code points");
    }

    // The history is derived from the writes; a story that was renamed shows who did it.
    let log = json(&run(&here, &["log", "ferry.json", "--json"]));
    let renamed = log.as_array().unwrap().iter().find(|l| l["field"] == "name" && l["value"] == "The ferry");
    let renamed = renamed.unwrap_or_else(|| panic!("the renaming is in {log}"));
    assert!(renamed["record"].as_str().unwrap().starts_with("sty:"));
    assert!(log.as_array().unwrap().iter().any(|l| l["field"] == "language"), "values given at first too");
    let words = String::from_utf8(run(&here, &["log", "ferry.json"]).stdout).unwrap();
    assert!(words.contains("Command line: name of story “The ferry” (sty:"), "{words}");

    // A file of a newer format can be checked and read, not worked on; a cut one says where it stops.
    fs::write(here.join("newer.json"), file.replacen("variorum/1", "variorum/2", 1)).unwrap();
    assert_eq!(run(&here, &["check", "newer.json"]).status.code(), Some(0));
    assert_eq!(run(&here, &["add", "newer.json", "1-original.txt"]).status.code(), Some(2));
    fs::write(here.join("cut.json"), &file[..file.len() - 300]).unwrap();
    let cut = json(&run(&here, &["check", "cut.json", "--json"]));
    assert!(cut["problems"][0]["problem"].as_str().unwrap().contains("whole records were read"), "{cut}");
    assert_eq!(
        run(&here, &["add", "cut.json", "1-original.txt"]).status.code(),
        Some(2),
        "nothing is half done"
    );

    // Articles of a project are compared by their ids.
    let ids: Vec<&str> =
        lines["files"].as_array().unwrap().iter().filter_map(|l| l["article"].as_str()).collect();
    let within = json(&run(&here, &["compare", ids[0], ids[1], "--project", "ferry.json", "--json"]));
    assert_eq!(within["alignment"], compared["alignment"]);

    let family = json(&run(&here, &["family", "ferry.json", "The f", "--json"]));
    let edge = &family["edges"][0];
    assert_eq!((&edge["from"], &edge["relation"]), (&family["articles"][0]["id"], &"wholly_derived".into()));
    assert!(edge["reuse"].as_f64().unwrap() > 0.3);
    let drawn = run(&here, &["family", "ferry.json", "The ferry", "--svg"]);
    assert!(String::from_utf8_lossy(&drawn.stdout).starts_with("<svg "));
    assert_eq!(run(&here, &["family", "ferry.json", "Trams"]).status.code(), Some(2));

    let sentence =
        compared["alignment"].as_array().unwrap().iter().find(|row| row["op"] != "verbatim").unwrap();
    let sentence = &compared["a"]["sentences"][sentence["a"][0].as_u64().unwrap() as usize];
    let found = json(&run(&here, &["find", "ferry.json", sentence["text"].as_str().unwrap(), "--json"]));
    assert_eq!(
        (&found["hits"][0]["kind"], &found["hits"][0]["start"]),
        (&"exact".into(), &sentence["start"])
    );
    fs::remove_dir_all(here).unwrap();
}

#[test]
fn what_cannot_run_says_why_and_ends_with_two() {
    let here = folder("wrong");
    fs::write(here.join("other.json"), "{\"a\":1}").unwrap();
    for (arguments, says) in [
        (vec!["check", "missing.json"], "missing.json"),
        (vec!["check", "other.json"], "not a Variorum project"),
        (vec!["compare", "nowhere.txt", "other.json"], "nowhere.txt"),
        (vec!["dance"], "dance"),
    ] {
        let output = run(&here, &arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let words = String::from_utf8_lossy(&output.stderr);
        assert!(words.contains(says), "{arguments:?}: {words}");
        assert!(output.stdout.is_empty());
    }
    fs::remove_dir_all(here).unwrap();
}

#[test]
fn a_folder_of_an_export_is_read_whole_and_only_once() {
    let here = folder("folders");
    run(&here, &["sample", "sample.json"]);
    let taken = |format: &str| {
        let (to, back) = (format!("ex/{format}"), format!("{format}.json"));
        assert_eq!(
            run(&here, &["export", "sample.json", "--format", format, "-o", &to]).status.code(),
            Some(0)
        );
        run(&here, &["new", &back]);
        json(&run(&here, &["import", &to, "--format", format, "-o", &back, "--json"]))
    };
    let count = |file: &str, kind: &str| {
        let kind = format!("\"kind\":\"{kind}\"");
        fs::read_to_string(here.join(file)).unwrap().matches(&kind).count()
    };
    // A file a layer: contents, cues, sources, stances, segments.
    let report = taken("conll");
    for label in ["content", "cue", "source", "headline", "against"] {
        assert!(!report["labels"][label].is_null(), "{report}");
    }
    assert_eq!(count("conll.json", "article"), 5);
    // The tables of stances and tokens say again what the documents say.
    let report = taken("jsonl");
    assert_eq!(report["issues"], serde_json::json!([]));
    assert_eq!(count("jsonl.json", "article"), 5);
    let stances = run(&here, &["import", "ex/jsonl/stances", "--format", "jsonl", "-o", "jsonl.json"]);
    assert_eq!(stances.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&stances.stderr).contains("in the folder data"), "{stances:?}");
    let nonsense = run(
        &here,
        &["import", "ex/jsonl", "--format", "jsonl", "--map", "content=banana", "-o", "jsonl.json"],
    );
    assert_eq!(nonsense.status.code(), Some(2));
    assert!(
        String::from_utf8_lossy(&nonsense.stderr).contains("“banana” means nothing here"),
        "{nonsense:?}"
    );
}
