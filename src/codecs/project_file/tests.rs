//! Damaged, hostile and foreign files.

use super::*;
use crate::model::{Body, Json, Value};
use proptest::prelude::*;
use std::sync::LazyLock;

/// A valid file with many kinds of records.
static FILE: LazyLock<String> =
    LazyLock::new(|| include_str!("../../../web/sample.variorum.json").to_owned());
static WHOLE: LazyLock<Project> = LazyLock::new(|| read(&FILE).unwrap().value);

fn said(loaded: &Loaded<Project>) -> String {
    loaded.issues.iter().map(|issue| format!("{}: {}\n", issue.place, issue.what)).collect()
}

#[test]
fn of_a_truncated_file_every_whole_record_is_read_and_where_it_stopped_is_said() {
    let lines: Vec<&str> = FILE.lines().collect();
    let cut = lines[..20].join("\n") + "\n" + &lines[20][..30];
    let loaded = read(&cut).unwrap();
    assert_eq!(loaded.value.len(), 19);
    assert!(said(&loaded).starts_with("line 21: The file breaks off or is damaged at line 21, column 31"));
    assert!(loaded.issues[0].what.contains("19 whole records were read; 1 that is not whole"));
    let again = write(&loaded.value);
    assert!(again.contains(&lines[20][3..20]), "what is left of the line is kept");
    assert_eq!(write(&read(&again).unwrap().value), again);
}

#[test]
fn a_lost_bracket_costs_one_record() {
    for (from, to) in [("},\n\"att:", ",\n\"att:"), ("},\n\"att:", "}},\n\"att:"), ("\",\n", ",\n")] {
        let Some(at) = FILE.find(from) else { continue };
        let broken = format!("{}{to}{}", &FILE[..at], &FILE[at + from.len()..]);
        let loaded = read(&broken).unwrap();
        assert!(loaded.value.len() >= WHOLE.len() - 1, "{}", said(&loaded));
        assert_eq!(loaded.value.len() + loaded.value.damaged().len(), WHOLE.len());
    }
}

#[test]
fn a_first_line_that_is_damaged_costs_no_record() {
    let broken = FILE.replacen("\"project\":\"prj:", "\"project\"\"prj:", 1);
    let loaded = read(&broken).unwrap();
    assert_eq!((loaded.value.id(), loaded.value.len()), (WHOLE.id(), WHOLE.len()));
}

#[test]
fn a_pretty_printed_file_that_breaks_off_gives_what_came_before() {
    let value: serde_json::Value = serde_json::from_str(&FILE).unwrap();
    let pretty = serde_json::to_string_pretty(&value).unwrap();
    assert_eq!(&read(&pretty).unwrap().value, &*WHOLE);
    let loaded = read(&pretty[..pretty.len() / 2]).unwrap();
    assert!(loaded.value.len() > 5 && !loaded.issues.is_empty());
}

#[test]
fn keys_that_stand_twice_are_said_and_records_that_do_are_joined() {
    let broken = FILE.replacen("\"kind\":\"story\",", "\"kind\":\"story\",\"name\":\"Other\",", 1);
    let loaded = read(&broken).unwrap();
    assert!(said(&loaded).contains("`name` stands here twice"), "{}", said(&loaded));
    let line = FILE.lines().find(|l| l.contains("\"kind\":\"story\"")).unwrap();
    let twice = FILE.replacen(line, &format!("{line}\n{line}"), 1);
    let loaded = read(&twice).unwrap();
    assert!(said(&loaded).contains("stands in the file twice"));
    assert_eq!(&loaded.value, &*WHOLE);
    let inside = FILE.replacen("\"start\":", "\"start\":1,\"start\":", 1);
    assert!(said(&read(&inside).unwrap()).contains("field `start` stands there twice"));
}

#[test]
fn hostile_values_cost_their_record_only() {
    for (value, says) in [
        ("1e999".to_owned(), "whole number"),
        ("99999999999999999999999999".to_owned(), "whole number"),
        ("-1".to_owned(), "whole number"),
        ("1.5".to_owned(), "whole number"),
        ("01".to_owned(), "whole number"),
        ("[".repeat(50_000) + &"]".repeat(50_000), "nested too deeply"),
        ("\"\\ud800\"".to_owned(), "whole number"),
        ("tru".to_owned(), "whole number"),
    ] {
        let broken = FILE.replacen("\"length\":", &format!("\"length\":{value},\"x\":"), 1);
        let loaded = read(&broken).unwrap();
        assert!(said(&loaded).contains(says), "{says}: {}", said(&loaded));
        assert_eq!(loaded.value.len(), WHOLE.len() - 1);
        assert_eq!(loaded.value.damaged().len(), 1);
        assert_eq!(read(&write(&loaded.value)).unwrap().value, loaded.value);
    }
}

#[test]
fn more_than_256_mb_are_refused_with_a_sentence() {
    let huge = " ".repeat(MAX_FILE + 1);
    assert!(read(&huge).unwrap_err().to_string().contains("at most 256 MB"));
}

#[test]
fn what_a_later_version_wrote_can_be_looked_at_only() {
    let later = FILE.replacen("variorum/1", "variorum/9", 1);
    assert_eq!(read(&later), Err(Error::Newer { format: "variorum/9".into() }));
    assert_eq!(&look(&later).unwrap().value, &*WHOLE);
    let never = FILE.replacen("variorum/1", "variorum/0", 1);
    assert_eq!(open(&never, u32::MAX, &[]), Err(Error::NotAProject));
}

#[test]
fn an_older_format_is_read_step_by_step_and_one_bad_record_costs_no_other() {
    let old = FILE.replacen("variorum/1", "variorum/0", 1).replacen(
        "\"kind\":\"story\",\"name\":",
        "\"kind\":\"story\",\"title_words\":",
        1,
    );
    assert_eq!(&read(&old).unwrap().value, &*WHOLE);
    const REFUSING: &[Step] = &[Step {
        from: 0,
        record: |record| match record.fields.get("kind").map(Json::as_str) {
            Some("\"story\"") => Err(String::read("1").unwrap_err()),
            _ => Ok(()),
        },
    }];
    let loaded = open(&old, MAJOR, REFUSING).unwrap();
    assert_eq!((loaded.value.len(), loaded.value.damaged().len()), (WHOLE.len() - 1, 1));
    // The order of the keys of the outermost object does not matter to a migration either.
    let (head, rest) = old.split_once("\"records\":").unwrap();
    let shuffled = format!(
        "{{\"records\":{},{}}}",
        rest.trim_end().strip_suffix('}').unwrap(),
        head[1..].trim_end_matches(',')
    );
    assert_eq!(&read(&shuffled).unwrap().value, &*WHOLE);
}

#[test]
fn a_purged_record_reads_back() {
    let line = FILE.lines().find(|l| l.contains("\"kind\":\"story\"")).unwrap();
    let (id, _) = line.split_once(":{").unwrap();
    let purged = format!(
        "{id}:{{\"at\":[\"r\",1],\"by\":\"per:00000000000000000000000007\",\"kind\":\"purged\",\"on\":\"2026-11-21T18:42:20Z\"}},"
    );
    let loaded = read(&FILE.replacen(line, &purged, 1)).unwrap();
    assert_eq!(loaded.issues, []);
    assert!(loaded.value.records().any(|(_, entry)| entry.body == Body::Purged));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn damage_never_panics_and_never_costs_a_line_that_it_did_not_touch(
        hits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 1..6),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = FILE.clone().into_bytes();
        for (at, byte, kind) in hits {
            let at = at.index(bytes.len());
            let interesting = b"{}[]\",:\\\n\r0e-x\xc3\x00";
            let new = interesting[usize::from(byte) % interesting.len()];
            match kind {
                0 => bytes[at] = new,
                1 => bytes.insert(at, new),
                2 => { bytes.remove(at); }
                _ => bytes[at] ^= 1 << (byte % 8),
            }
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let loaded = match read(&text) {
            Ok(loaded) => loaded,
            // Without a format or a single record there is nothing to open.
            Err(Error::NotAProject | Error::Newer { .. } | Error::NoId | Error::NotJson { .. }) => return Ok(()),
            Err(why) => return Err(TestCaseError::fail(why.to_string())),
        };
        let lines: std::collections::HashSet<&str> = text.split('\n').skip(1).map(|l| l.trim_end_matches(',')).collect();
        for (id, entry) in WHOLE.records() {
            let mut line = String::new();
            id.write(&mut line);
            line.push(':');
            entry.write(&mut line);
            let twice = loaded.issues.iter().any(|issue| issue.place == id.as_str() && issue.what.contains("twice"));
            if lines.contains(&*line) && !twice {
                prop_assert_eq!(loaded.value.entry(id), Some(entry), "{}", said(&loaded));
            }
        }
        let again = write(&loaded.value);
        prop_assert_eq!(&read(&again).unwrap().value, &loaded.value);
    }
}

#[test]
fn a_file_read_in_slices_is_the_file_read_at_once() {
    let whole = WHOLE.clone();
    for size in [1, 300, 50_000, usize::MAX] {
        let (mut slices, mut project) = (slices(&FILE, size).unwrap(), None);
        let mut last = 0;
        while !slices.next(&mut project).unwrap() {
            assert!(slices.percent() >= last);
            last = slices.percent();
        }
        assert_eq!(project.unwrap(), whole, "{size}");
    }
    // Whatever needs a word is read at once.
    let line = FILE.lines().nth(1).unwrap();
    for odd in [FILE.replacen(line, &format!("{line}\n{line}"), 1), FILE.replacen("\"kind\"", "\"kimd\"", 1)]
    {
        let (mut slices, mut project) = (slices(&odd, 1).unwrap(), None);
        let mut said = false;
        loop {
            match slices.next(&mut project) {
                None => break said = true,
                Some(true) => break,
                Some(false) => {}
            }
        }
        assert!(said);
    }
    assert!(slices(&FILE.replace("\n", " "), 40).is_none());
    assert!(slices(FILE.trim_end(), 40).is_none());
}
