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
    assert_eq!(run(&here, &["check", "newer.json"]).status.code(), Some(1), "not all of it could be checked");
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
fn a_reader_who_goes_away_ends_every_command_quietly() {
    let here = folder("pipe");
    assert!(run(&here, &["sample", "s.json"]).status.success());
    fs::write(here.join("a.txt"), "The ferry stays.").unwrap();
    for arguments in [
        &["log", "s.json"][..],
        &["log", "s.json", "--json"],
        &["check", "s.json"],
        &["formats"],
        &["schema"],
        &["--help"],
        &["add", "s.json", "a.txt"],
        &["export", "s.json", "--format", "jsonl", "-o", "out"],
        &["agreement", "s.json"],
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let program = Command::new(env!("CARGO_BIN_EXE_variorum"))
            .args(arguments)
            .current_dir(&here)
            .stdout(writer)
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let output = program.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), &*said), (Some(0), ""), "{arguments:?}");
    }
    let log = run(&here, &["log", "s.json"]);
    assert!(
        String::from_utf8_lossy(&log.stdout).contains("The ferry stays."),
        "what had no reader was done all the same"
    );

    let Ok(full) = fs::File::create("/dev/full") else { return };
    let output = Command::new(env!("CARGO_BIN_EXE_variorum")).arg("formats").stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("could not be written"));
}

#[test]
fn a_file_of_a_newer_version_is_never_called_sound() {
    let here = folder("newer");
    assert!(run(&here, &["sample", "s.json"]).status.success());
    let newer = fs::read_to_string(here.join("s.json")).unwrap().replace("variorum/1", "variorum/2");
    fs::write(here.join("s.json"), newer).unwrap();
    let checked = run(&here, &["check", "s.json"]);
    let words = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert_eq!(checked.status.code(), Some(1));
    assert!(words.contains("newer Variorum") && words.contains("only what this version knows"), "{words}");
    let checked = json(&run(&here, &["check", "s.json", "--json"]));
    assert_eq!(
        (&checked["problems"][0]["field"], checked["problems"].as_array().unwrap().len()),
        (&"format".into(), 1)
    );
    let log = run(&here, &["log", "s.json"]);
    assert_eq!(log.status.code(), Some(0));
    assert!(
        String::from_utf8_lossy(&log.stderr).contains("newer Variorum"),
        "it is said beside what is known"
    );
    for arguments in
        [&["add", "s.json", "s.json"][..], &["split", "s.json", "--people", "2", "--overlap", "1", "-o", "p"]]
    {
        let refused = run(&here, arguments);
        let words = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!(refused.status.code(), Some(2), "{arguments:?}");
        assert!(words.contains("install the newest") && !words.contains("page"), "{words}");
    }
    fs::remove_dir_all(here).unwrap();
}

#[test]
fn a_rescue_file_is_named_and_its_projects_become_files() {
    use variorum::storage::{MemoryEngine, Shelf, Tab};
    let here = folder("rescue");
    let mut shelf = Shelf::open(MemoryEngine::new(), Tab::random(1)).unwrap();
    let sample = variorum::sample::project().unwrap();
    shelf.create(&sample, &Default::default(), Default::default()).unwrap();
    fs::write(here.join("rescue.json"), shelf.dump().unwrap()).unwrap();
    for command in ["check", "log"] {
        let refused = run(&here, &[command, "rescue.json"]);
        assert_eq!(refused.status.code(), Some(2));
        let words = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(words.contains("rescue file") && words.contains("variorum rescue FILE"), "{words}");
    }
    let rescued = run(&here, &["rescue", "rescue.json", "-o", "out", "--json"]);
    assert_eq!(rescued.status.code(), Some(0), "{rescued:?}");
    let written = json(&rescued)["written"][0].as_str().unwrap().to_owned();
    assert_eq!(
        fs::read_to_string(here.join(written)).unwrap(),
        variorum::codecs::project_file::write(&sample)
    );
    fs::write(here.join("other.json"), "{}").unwrap();
    assert_eq!(run(&here, &["rescue", "other.json", "-o", "out"]).status.code(), Some(2));
    fs::remove_dir_all(here).unwrap();
}

#[test]
fn an_export_says_what_is_nonsense_and_what_fits_nothing() {
    let here = folder("unmatched");
    assert!(run(&here, &["sample", "s.json"]).status.success());
    fs::write(here.join("a.txt"), "The ferry stays.").unwrap();
    for arguments in [&["new", "n.json"][..], &["add", "n.json", "a.txt"]] {
        assert!(run(&here, arguments).status.success());
    }
    let export = |number: usize, project: &str, wishes: &[&str]| {
        let into = format!("out-{number}");
        let mut arguments = vec!["export", project, "--format", "jsonl", "-o", &into, "--json"];
        arguments.extend(wishes);
        let output = run(&here, &arguments);
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    for wish in [
        &["--assign", "test=from:yesterday"][..],
        &["--assign", "test=from:2024-13"],
        &["--assign", "exam=from:2024"],
        &["--shard", "0"],
    ] {
        let (code, words) = export(0, "s.json", wish);
        assert_eq!(code, Some(2), "{wish:?}: {words}");
        assert!(words.contains(wish[0]), "{words}");
    }
    assert!(!here.join("out-0").exists());
    let fits_nothing: [(&str, &[&str], &str); 5] = [
        ("n.json", &["--gold"], "is gold"),
        ("n.json", &[], "is marked"),
        ("s.json", &["--split", "80/20", "--assign", "test=outlet:Nowhere News"], "“Nowhere News”"),
        ("s.json", &["--split", "80/20", "--assign", "test=from:2999"], "2999 or later"),
        ("s.json", &[], ""),
    ];
    for (i, (project, wish, says)) in fits_nothing.into_iter().enumerate() {
        let (code, words) = export(i + 1, project, wish);
        assert_eq!(code, Some(0), "{wish:?}: {words}");
        assert!(words.contains(says) && words.is_empty() == says.is_empty(), "{wish:?}: {words}");
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
    let folder_report = taken("conll");
    let report = &folder_report;
    for label in ["content", "cue", "source", "headline", "against"] {
        assert!(!report["labels"][label].is_null(), "{report}");
    }
    assert_eq!(count("conll.json", "article"), 5);
    // The tables of stances and tokens say again what the documents say.
    let report = taken("jsonl");
    assert_eq!(report["issues"], serde_json::json!([]));
    assert_eq!(count("jsonl.json", "article"), 5);
    // The same in a ZIP file.
    let mut zip = variorum::codecs::Archive::default();
    use variorum::codecs::exchange::Sink;
    let mut folders = vec![here.join("ex/conll")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(here.join("ex/conll")).unwrap().to_string_lossy().into_owned();
            zip.begin(&name).unwrap();
            zip.put(&fs::read_to_string(&path).unwrap()).unwrap();
        }
    }
    fs::write(here.join("conll.zip"), zip.finish()).unwrap();
    run(&here, &["new", "zip.json"]);
    let report = json(&run(&here, &["import", "conll.zip", "--format", "conll", "-o", "zip.json", "--json"]));
    assert_eq!(report, folder_report);
    assert_eq!(count("zip.json", "attribution"), count("conll.json", "attribution"));
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

#[test]
fn of_two_who_write_one_project_at_a_time_neither_loses_anything() {
    let here = folder("at-once");
    run(&here, &["new", "ferry.json", "--name", "Ferry"]);
    let begin = |n: usize| {
        let name = format!("{n}.txt");
        fs::write(here.join(&name), format!("Article {n} says something of its own about harbour {n}."))
            .unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_variorum"));
        command.args(["add", "ferry.json", &name, "--apart"]).current_dir(&here).output()
    };
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..8)
            .map(|n| {
                scope.spawn({
                    let begin = &begin;
                    move || begin(n)
                })
            })
            .collect();
        for one in all {
            assert_eq!(one.join().unwrap().unwrap().status.code(), Some(0));
        }
    });
    let text = fs::read_to_string(here.join("ferry.json")).unwrap();
    assert_eq!(text.matches("\"kind\":\"article\"").count(), 8);
    valid::assert_fits_if_a_project(text.as_bytes(), "ferry.json");
    let names = fs::read_dir(&here).unwrap().flatten().map(|entry| entry.file_name());
    assert_eq!(
        names.filter(|name| name.to_string_lossy().ends_with(".new")).count(),
        0,
        "nothing is left over"
    );
}

#[cfg(unix)]
#[test]
fn a_project_stays_where_its_link_points_and_a_protected_one_as_it_is() {
    let here = folder("link");
    run(&here, &["new", "ferry.json", "--name", "Ferry"]);
    std::os::unix::fs::symlink("ferry.json", here.join("link.json")).unwrap();
    fs::write(here.join("a.txt"), "An article says something.").unwrap();
    fs::write(here.join("b.txt"), "Another article says something else.").unwrap();
    assert_eq!(run(&here, &["add", "link.json", "a.txt"]).status.code(), Some(0));
    assert!(fs::symlink_metadata(here.join("link.json")).unwrap().is_symlink());
    let before = fs::read_to_string(here.join("ferry.json")).unwrap();
    assert!(before.contains("\"kind\":\"article\""));

    let mut rights = fs::metadata(here.join("ferry.json")).unwrap().permissions();
    rights.set_readonly(true);
    fs::set_permissions(here.join("ferry.json"), rights).unwrap();
    let refused = run(&here, &["add", "ferry.json", "b.txt"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("write-protected"), "{refused:?}");
    assert_eq!(fs::read_to_string(here.join("ferry.json")).unwrap(), before);
}

#[test]
fn people_who_annotated_elsewhere_are_kept_apart_and_their_agreement_is_measured() {
    let here = folder("annotators");
    let text = "“We stay,” Mayor Holm said.";
    let region = |words: &str, label: &str| {
        let start = text[..text.find(words).unwrap()].chars().count();
        let end = start + words.chars().count();
        serde_json::json!({"id": label, "type": "labels", "value": {"start": start, "end": end, "labels": [label]}})
    };
    let quote = || region("“We stay,”", "content");
    let annotation = |by: u32, source: &str| serde_json::json!({"completed_by": by, "result": [quote(), region(source, "source")]});
    let annotations = [annotation(1, "Mayor Holm"), annotation(2, "Holm")];
    let tasks = serde_json::json!([{"data": {"text": text}, "annotations": annotations}]);
    fs::write(here.join("tasks.json"), tasks.to_string()).unwrap();
    for (who, source) in [("anna", "T2\tsource 11 21\tMayor Holm\n"), ("ben", "")] {
        fs::create_dir_all(here.join("brat").join(who)).unwrap();
        fs::write(here.join("brat").join(who).join("a.txt"), text).unwrap();
        let ann = format!("T1\tcontent 0 10\t“We stay,”\n{source}");
        fs::write(here.join("brat").join(who).join("a.ann"), ann).unwrap();
    }
    let ways = [
        ("tasks.json", "label-studio", ["Label Studio user 1", "Label Studio user 2"]),
        ("brat", "brat", ["anna", "ben"]),
    ];
    for (given, format, people) in ways {
        let project = format!("{format}.json");
        run(&here, &["new", &project]);
        let report = json(&run(&here, &["import", given, "--format", format, "-o", &project, "--json"]));
        assert_eq!(
            (&report["issues"], &report["annotators"]),
            (&serde_json::json!([]), &serde_json::json!(people))
        );
        let agreement = json(&run(&here, &["agreement", &project, "--layer", "attribution", "--json"]));
        let layer = &agreement["layers"]["attribution"];
        assert_eq!((&layer["annotators"], layer["units"].as_u64()), (&2.into(), Some(2)));
        assert!(layer["measures"]["u_alpha:content"]["value"] == 1.0, "{layer}");
        let log = run(&here, &["log", &project]);
        let log = String::from_utf8_lossy(&log.stdout).into_owned();
        assert!(log.contains(&format!("{}: made attribution", people[1])), "{log}");
    }
    fs::remove_dir_all(here).unwrap();
}
