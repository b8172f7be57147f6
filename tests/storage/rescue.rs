//! Rescue files: everything stored as one file, and the projects out of it again.

use crate::desk::{Desk, now, open};
use serde_json::{Map, Value, json};
use variorum::storage::{Change, Engine, MemoryEngine, Mirror, Shelf, rescue};

/// Two projects on a shelf, and the second copy.
fn two() -> (Vec<Desk>, Shelf<MemoryEngine>, Map<String, Value>) {
    let mut shelf = open(MemoryEngine::new(), 7).unwrap();
    shelf.mirror_to(&Mirror::new()).unwrap();
    let mut desks: Vec<Desk> = [1, 2].map(Desk::new).into();
    desks.sort_by_key(Desk::id);
    for desk in &mut desks {
        shelf.create(&desk.project, &desk.history, now()).unwrap();
        for n in 0..12 {
            if let Some(step) = desk.nth(n) {
                shelf.append(&desk.project, &step).unwrap();
            }
        }
    }
    let mut copy = Map::new();
    for change in shelf.take_changes() {
        match change {
            Change::Put(key, value) => drop(copy.insert(key, value.into())),
            Change::Remove(key) => drop(copy.remove(&key)),
        }
    }
    (desks, shelf, copy)
}

fn local(engine: &impl Engine) -> Map<String, Value> {
    let value = |key: String| (key.clone(), engine.get(&key).unwrap().unwrap().into());
    engine.keys().unwrap().into_iter().map(value).collect()
}

/// The file as the rescue page lays it out.
fn file(entries: &Map<String, Value>, copy: &Map<String, Value>) -> String {
    let indexed = json!({"blobs": copy, "files": {"handle": {}}});
    let all = json!({"format": "variorum-rescue", "version": 1, "entries": entries, "indexed": indexed});
    serde_json::to_string_pretty(&all).unwrap()
}

#[test]
fn every_project_in_a_rescue_file_comes_back_as_it_was() {
    let (desks, shelf, copy) = two();
    let (local, none) = (local(shelf.engine()), Map::new());
    for text in [shelf.dump().unwrap(), file(&local, &copy), file(&local, &none), file(&none, &copy)] {
        let rescued = rescue(&text);
        assert_eq!(rescued.unread, []);
        assert!(rescued.projects.iter().eq(desks.iter().map(|desk| &desk.project)), "{}", &text[..200]);
    }
}

#[test]
fn what_one_copy_lost_comes_from_the_other_and_what_both_lost_is_named() {
    let (desks, shelf, copy) = two();
    let (mut local, copy) = (local(shelf.engine()), copy);
    let prefix = Shelf::<MemoryEngine>::prefix(&desks[1].id());
    let entry = local.keys().rfind(|key| key.starts_with(&format!("{prefix}j/"))).unwrap().clone();
    // Half a pair of surrogates: what a browser's storage can hold, and no text can.
    let broken = |text: String| text.replace("\"spoiled\"", "\"\\ud800\"");
    local.insert(entry.clone(), "spoiled".into());
    local.remove(&format!("v/d/{}", entry.trim_start_matches("v/")));
    let rescued = rescue(&broken(file(&local, &copy)));
    assert!(rescued.projects.iter().eq(desks.iter().map(|desk| &desk.project)));
    let rescued = rescue(&broken(file(&local, &Map::new())));
    assert_eq!(rescued.projects.len(), 2);
    assert_eq!(rescued.projects[0], desks[0].project, "the other project lacks nothing");
    assert!(rescued.unread.iter().any(|(place, _)| *place == entry), "{:?}", rescued.unread);
}

#[test]
fn a_copy_that_is_not_there_or_is_something_else_leaves_the_other() {
    let (desks, shelf, copy) = two();
    let (local, format) = (local(shelf.engine()), "variorum-rescue");
    for (odd, said) in [(Value::Null, 0), (json!(7), 1)] {
        let files = [
            json!({"format": format, "version": 1, "entries": odd, "indexed": {"blobs": copy}}),
            json!({"format": format, "version": 1, "entries": local, "indexed": odd}),
        ];
        // A second one that is missing takes nothing back of what was said of the first.
        let both = json!({"format": format, "version": 1, "entries": odd, "indexed": null});
        assert_eq!(rescue(&both.to_string()).unread.len(), said, "{odd}");
        for file in files {
            let rescued = rescue(&file.to_string());
            assert!(rescued.projects.iter().eq(desks.iter().map(|desk| &desk.project)), "{odd}");
            assert_eq!(rescued.unread.len(), said, "{odd}: {:?}", rescued.unread);
        }
    }
}

#[test]
fn a_rescue_file_that_breaks_off_gives_what_stands_before_and_nothing_panics() {
    let (_, shelf, copy) = two();
    let text = file(&local(shelf.engine()), &copy);
    let ends = (0..text.len()).step_by(997).filter(|at| text.is_char_boundary(*at));
    for end in ends {
        let rescued = rescue(&text[..end]);
        assert!(!rescued.unread.is_empty() && rescued.projects.len() <= 2, "at {end}");
    }
    for text in ["", "[]", "{\"entries\":[]}", "{\"entries\":{\"v/p/x/i\":\"1\"}}"] {
        assert!(rescue(text).projects.is_empty());
    }
}
