//! The laws of joining, for honest histories, copied replicas and files edited by hand.

use super::desk::{Desk, Doing, command, file, history, start};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use variorum::agreement;
use variorum::codecs::project_file;
use variorum::merge::{ConflictKind, conflicts, merge};
use variorum::model::{Project, RecordId, Seen, Write};

fn joined(files: &[&Project]) -> Project {
    let mut all = files[0].clone();
    files[1..].iter().for_each(|file| all.join(file));
    all
}

/// Every order of four files, and every way to bracket three, gives the same bytes; repetition changes
/// nothing; the empty project adds nothing; the list of conflicts is that of the state.
fn the_laws_hold(files: &[Project]) -> Result<(), TestCaseError> {
    let [a, b, c, d] = files else { panic!("four files") };
    let all = file(&joined(&[a, b, c, d]));
    for (i, j, k, l) in orders() {
        prop_assert_eq!(
            &file(&joined(&[&files[i], &files[j], &files[k], &files[l]])),
            &all,
            "{}{}{}{}",
            i,
            j,
            k,
            l
        );
    }
    let left = joined(&[&joined(&[a, b]), c]);
    let right = joined(&[a, &joined(&[b, c])]);
    prop_assert_eq!(file(&left), file(&right), "associative");
    prop_assert_eq!(file(&joined(&[a, a])), file(a), "idempotent");
    prop_assert_eq!(file(&joined(&[&joined(&[a, b]), b])), file(&joined(&[a, b])), "a second time");
    let none = Project::new(a.id().clone());
    prop_assert_eq!(file(&joined(&[&none, a])), file(a), "nothing added");
    prop_assert_eq!(conflicts(&left), conflicts(&right));
    let read = project_file::read(&all).unwrap();
    prop_assert_eq!(&read.issues, &[]);
    prop_assert_eq!(file(&read.value), all.clone(), "what is written is read");
    prop_assert_eq!(conflicts(&read.value), conflicts(&joined(&[a, b, c, d])));
    Ok(())
}

fn orders() -> Vec<(usize, usize, usize, usize)> {
    let four = 0..4usize;
    let mut all = Vec::new();
    for i in four.clone() {
        for j in four.clone().filter(|j| *j != i) {
            for k in four.clone().filter(|k| *k != i && *k != j) {
                all.push((i, j, k, 6 - i - j - k));
            }
        }
    }
    all
}

fn doings(most: usize) -> impl Strategy<Value = Vec<Doing>> {
    prop::collection::vec((any::<u8>(), any::<u8>(), any::<u16>(), any::<u16>(), any::<u16>()), 1..most)
}

/// The writes of a project by register, those that made a record among them.
fn writes(project: &Project) -> BTreeMap<(RecordId, String), Vec<Write>> {
    let mut found: BTreeMap<(RecordId, String), Vec<Write>> = BTreeMap::new();
    for (id, entry) in project.records() {
        for (field, write) in entry.writes() {
            found.entry((id.clone(), field.to_owned())).or_default().push(write);
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn joining_is_the_same_in_every_order(doings in doings(40)) {
        let files = history(&doings, false);
        the_laws_hold(&files)?;
        // Emoji, combining marks and right-to-left words: what is marked is where it was marked.
        let all = joined(&files.iter().collect::<Vec<_>>());
        prop_assert!(conflicts(&all).iter().all(|c| c.kind != ConflictKind::ReAnchor));
    }

    #[test]
    fn and_where_a_replica_was_copied(doings in doings(40)) {
        the_laws_hold(&history(&doings, true))?;
    }

    #[test]
    fn nothing_is_lost(doings in doings(40)) {
        let files = history(&doings, false);
        let all = joined(&files.iter().collect::<Vec<_>>());
        let kept = writes(&all);
        for file in &files {
            for (id, entry) in file.records() {
                let there = all.entry(id);
                prop_assert!(there.is_some(), "{} is there", id);
                // The values of creation stand or were written over; what a bare field says can be asked.
                if entry.writes().is_empty() && there.unwrap().writes().is_empty() {
                    prop_assert_eq!(entry.shown(), there.unwrap().shown());
                }
            }
            for ((id, field), writes) in writes(file) {
                let standing = kept.get(&(id.clone(), field.clone())).cloned().unwrap_or_default();
                for write in writes {
                    let known = |w: &Write| w == &write || w.seen.has(&write.at);
                    let bare = all.entry(&id).unwrap().made.at == write.at;
                    prop_assert!(bare || standing.iter().any(known), "{} {} {:?}", id, field, write);
                }
            }
        }
    }

    #[test]
    fn work_one_after_the_other_gives_no_conflict(doings in doings(30)) {
        let mut project = start().project;
        for (i, (who, kind, a, b, _)) in doings.into_iter().enumerate() {
            let mut desk = Desk::open(&project, &format!("m{i}"), 10 + u128::from(who % 3));
            let command = command(&desk, kind, a, b);
            desk.run(command);
            let earlier = std::mem::replace(&mut project, desk.project);
            // An old copy that comes back late changes nothing.
            prop_assert_eq!(file(&joined(&[&project, &earlier])), file(&project));
        }
        let of_writes = [ConflictKind::TwoValues, ConflictKind::EditAndDelete, ConflictKind::SameWrite];
        let found: Vec<_> = conflicts(&project).into_iter().filter(|c| of_writes.contains(&c.kind)).collect();
        prop_assert_eq!(found, vec![]);
    }

    #[test]
    fn clocks_change_no_state_but_what_they_say(doings in doings(30), shift: u16) {
        let other: Vec<Doing> = doings.iter().map(|(w, k, a, b, t)| (*w, *k, *a, *b, t.wrapping_mul(31).wrapping_add(shift))).collect();
        // What is shown may steer what people do next, so only histories without pulling are compared.
        let apart = |doings: &[Doing]| -> Vec<Doing> { doings.iter().filter(|d| d.1 % 5 != 4).copied().collect() };
        let without_times = |files: Vec<Project>| {
            let all = joined(&files.iter().collect::<Vec<_>>());
            let mut found: Vec<(RecordId, String, Seen, String)> = Vec::new();
            for (id, entry) in all.records() {
                for (field, w) in entry.writes() {
                    found.push((id.clone(), format!("{field} {:?}", w.at), w.seen, w.v.as_str().to_owned()));
                }
            }
            (found, all.records().map(|(id, _)| id.clone()).collect::<BTreeSet<_>>())
        };
        prop_assert_eq!(without_times(history(&apart(&doings), false)), without_times(history(&apart(&other), false)));
    }

    #[test]
    fn files_edited_by_hand_break_no_law(doings in doings(20), edits in prop::collection::vec((any::<u16>(), any::<u8>(), any::<u16>()), 1..12)) {
        let files: Vec<Project> = history(&doings, true).iter().enumerate().map(|(i, project)| edited(project, &edits, i)).collect();
        the_laws_hold(&files)?;
        let all = joined(&files.iter().collect::<Vec<_>>());
        // Whatever came of it can be looked at, and counted, without a panic.
        let _ = variorum::check::check(&all);
        let _ = agreement::report(&all, None, &agreement::Settings::default());
        for a in &files {
            for (id, _) in a.records() {
                prop_assert!(all.entry(id).is_some());
            }
        }
    }

    #[test]
    fn what_breaks_off_or_is_no_project_is_an_error_and_never_a_panic(doings in doings(8), cut: u16, byte: u8) {
        let text = file(&history(&doings, false)[0]);
        let mut bytes = text.into_bytes();
        let at = usize::from(cut) % bytes.len();
        bytes[at] = byte;
        if byte % 2 == 0 { bytes.truncate(at); }
        if let Ok(read) = project_file::read(&String::from_utf8_lossy(&bytes)) {
            let ours = start().project;
            let _ = merge(("a", &ours), &[("b", &read.value)]).map(|m| file(&m.project));
        }
    }
}

/// The project as somebody might have edited its file: other values, other names of writes, lies about what
/// was seen, purged and unknown records, fields of a later version.
fn edited(project: &Project, edits: &[(u16, u8, u16)], salt: usize) -> Project {
    let text = file(project);
    let mut json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let ids: Vec<String> = json["records"].as_object().unwrap().keys().cloned().collect();
    for (which, how, n) in edits {
        // The same edit differs from file to file.
        let how = how.wrapping_add(salt as u8 * 7);
        let id = &ids[usize::from(*which) % ids.len()];
        let record = json["records"][id].as_object_mut().unwrap();
        let write = serde_json::json!({
            "at": [format!("r{}", how % 3), n % 9], "by": "per:0000000000000000000000000A",
            "on": "2026-01-01T00:00:00Z", "v": format!("{}", how % 4),
            "seen": {"r0": n % 7, "r1": n / 7 % 7, "r2": n / 49 % 7},
        });
        match how % 7 {
            0 => record.insert("note".into(), serde_json::json!({"w": [write]})),
            1 => record.insert("x-later".into(), serde_json::json!({"w": [write]})),
            2 => record.insert("x-later".into(), serde_json::json!(how % 5)),
            3 => record.insert("at".into(), serde_json::json!([format!("r{}", how % 3), n % 9])),
            4 => {
                let purged = serde_json::json!({"kind": "purged", "at": ["r9", n % 5], "by": "per:0000000000000000000000000A", "on": "2026-01-01T00:00:00Z"});
                json["records"][format!("zzz:{}", n % 3)] = serde_json::json!({"kind": "later", "at": ["r9", how], "by": "per:0000000000000000000000000A", "on": "2026-01-01T00:00:00Z", "a": how % 3});
                (n % 4 == 0).then(|| json["records"][id] = purged);
                None
            }
            5 => record.insert("on".into(), serde_json::json!(format!("20{:02}-01-01T00:00:00Z", how % 90))),
            _ => record.insert("extractor".into(), serde_json::json!(format!("e{how}"))).filter(|_| false),
        };
        if let Some(record) = json["records"][id].as_object_mut().filter(|r| !r.contains_key("content")) {
            record.remove("extractor");
        }
    }
    project_file::read(&json.to_string()).unwrap().value
}
