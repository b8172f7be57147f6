//! The published schema says what the code says, and an independent validator agrees with the writer.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

#[path = "common/every_kind.rs"]
mod every_kind;
#[path = "common/valid.rs"]
mod valid;

use every_kind::{id, named, project};
use serde_json::{Value, json};
use std::path::Path;
use valid::{assert_fits_if_a_project, validator};
use variorum::codecs::{project_file::write, schema};
use variorum::model::{KINDS, Project};

const PATH: &str = "schema/variorum-1.schema.json";

#[test]
fn the_committed_schema_is_made_from_the_declarations() {
    let committed = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(PATH)).unwrap();
    assert_eq!(committed, schema::text(), "run `variorum schema > {PATH}`");
}

#[test]
fn what_is_written_is_valid() {
    let (schemas, index) = validator();
    let every = project();
    for (_, kind, _) in KINDS {
        assert!(every.records().any(|(_, entry)| entry.kind() == *kind), "{kind} is in the test project");
    }
    for project in [every, Project::new(id(1)), variorum::sample::project().unwrap()] {
        let value: Value = serde_json::from_str(&write(&project)).unwrap();
        if let Err(why) = schemas.validate(&value, index) {
            panic!("{why:#}");
        }
    }
}

#[test]
#[should_panic(expected = "does not fit the published schema")]
fn a_test_that_lets_out_what_does_not_fit_fails() {
    let sound = write(&project());
    assert!(assert_fits_if_a_project(sound.as_bytes(), "a sound project"));
    let crooked = sound.replacen("\"kind\":\"article\"", "\"kind\":\"story\"", 1);
    assert_fits_if_a_project(crooked.as_bytes(), "a crooked project");
}

#[test]
fn mistakes_are_refused() {
    let (schemas, index) = validator();
    let sound: Value = serde_json::from_str(&write(&project())).unwrap();
    let record = |name: &str, rest: &str| format!("/records/{}{rest}", named(name));
    for (at, wrong) in [
        ("/format".to_owned(), json!("variorum/2")),
        ("/project".to_owned(), json!("prj:x")),
        (record("attribution", "/type"), json!("sideways")),
        (record("attribution", "/contents/0/start"), json!(-1)),
        (record("attribution", "/contents/0"), json!({"start": 1, "end": 2})),
        (record("attribution", "/text"), json!("art:00000000000000000000000001")),
        (record("stance", "/holder"), json!("somebody")),
        (record("stance", "/on"), json!("yesterday")),
        (record("stance", "/at"), json!(["r"])),
        (record("stance", "/kind"), json!("story")),
        (record("stance", "/mixed/w"), json!([])),
        (record("stance", "/mixed/w/0/v"), json!("yes")),
        (record("stance", "/note/w/0"), json!({"v": "x"})),
        (record("article", "/byline"), json!("one name")),
        (record("story", ""), json!({"kind": "story"})),
        (record("story", ""), json!("damaged")),
    ] {
        let mut damaged = sound.clone();
        *damaged.pointer_mut(&at).unwrap_or_else(|| panic!("{at} is there")) = wrong;
        assert!(schemas.validate(&damaged, index).is_err(), "{at}");
    }
    let mut misplaced = sound;
    let story = misplaced["records"][named("story").as_str()].clone();
    misplaced["records"]["sty:short"] = story;
    assert!(schemas.validate(&misplaced, index).is_err(), "an id that is none");
}
