//! Words of the interface that name a key must name the key that the action has now: people change keys.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use std::fs;
use std::path::Path;

fn source(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui").join(path)).unwrap()
}

/// The messages: name and words.
fn messages(source: &str) -> Vec<(&str, &str)> {
    let all = source.lines().filter_map(|line| line.trim().split_once(" = \""));
    all.filter_map(|(name, words)| Some((name, words.strip_suffix("\",")?))).collect()
}

#[test]
fn no_message_has_a_key_in_its_words() {
    let source = source("messages.rs");
    let all = messages(&source);
    assert!(all.len() > 400, "{} messages", all.len());
    for (name, words) in all {
        // A capital alone, after what is said before a key: `press S`, `(Q)`.
        let alone = words.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() == 1);
        let keys: Vec<&str> =
            alone.filter(|w| w.chars().all(char::is_uppercase) && *w != "A" && *w != "I").collect();
        assert!(keys.is_empty() && !words.contains("press A"), "{name} names the keys {keys:?}: {words}");
    }
}

#[test]
fn every_key_in_a_message_is_that_of_an_action_and_is_filled_in() {
    let (source, actions) = (source("messages.rs"), source("actions.rs"));
    let actions = actions.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut code = String::new();
    for folder in ["", "compare", "reader", "reader/panels", "search", "session", "library", "shell"] {
        let files = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui").join(folder)).unwrap();
        let rust = files.flatten().map(|f| f.path()).filter(|f| f.extension().is_some_and(|e| e == "rs"));
        rust.for_each(|file| code += &fs::read_to_string(file).unwrap());
    }
    let with_keys: Vec<_> = messages(&source).into_iter().filter(|(_, words)| words.contains('[')).collect();
    assert!(with_keys.len() > 10, "{with_keys:?}");
    for (name, words) in with_keys {
        for action in words.split('[').skip(1).map(|rest| rest.split(']').next().unwrap()) {
            assert!(actions.contains(&format!("\"{action}\", M::")), "{name}: there is no action {action}");
        }
        assert!(!code.contains(&format!("t(M::{name})")), "{name} is shown without its keys");
    }
}
