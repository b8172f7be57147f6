//! What the storage promises, on engines that fail in every way that was measured in browsers.

#![allow(clippy::unwrap_used, reason = "in tests a panic is the message")]

mod copies;
mod desk;
mod hostile;
mod rescue;

use desk::{Desk, TEXT, add, alone, now, open};
use hostile::Hostile;
use proptest::prelude::*;
use variorum::model::{Article, Project, Time};
use variorum::storage::{Change, Engine, Finding, MemoryEngine, Mirror, Reason, Shelf, StorageError};
use variorum::store::{Command, Op};

/// A morning's work: what was acknowledged, and the project after each acknowledgement.
#[derive(Default)]
struct Morning {
    created: bool,
    /// The project when something was last acknowledged.
    kept: Option<Project>,
    /// The project at the end, acknowledged or not.
    end: Option<Project>,
    /// For each acknowledgement, how many writes had been done by then.
    marks: Vec<(usize, Project)>,
}

/// Works: commands, undo, three snapshots and a backup among them. Goes on after errors, as people do.
fn work(shelf: &mut Shelf<Hostile>, commands: usize) -> Morning {
    let mut morning = Morning::default();
    let mut desk = Desk::new(1);
    let acknowledge = |shelf: &Shelf<Hostile>, morning: &mut Morning, desk: &Desk| {
        morning.kept = Some(desk.project.clone());
        morning.marks.push((shelf.engine().log.len(), desk.project.clone()));
    };
    morning.created = shelf.create(&desk.project, &desk.history, now()).is_ok();
    if morning.created {
        acknowledge(shelf, &mut morning, &desk);
        for n in 0..commands {
            let Some(step) = desk.nth(n) else { continue };
            if shelf.append(&desk.project, &step).is_ok() {
                acknowledge(shelf, &mut morning, &desk);
            }
            if n % 9 == 8 && shelf.compact(&desk.project, &desk.history).is_ok() {
                acknowledge(shelf, &mut morning, &desk);
            }
            if n == 12 {
                let _ = shelf.keep_backup(&desk.project, Reason::Import, now());
            }
        }
    }
    morning.end = Some(desk.project);
    morning
}

fn shelf_of(engine: Hostile) -> Option<Shelf<Hostile>> {
    open(engine, 1).ok()
}

fn reload(engine: impl Engine, project: &Project) -> Result<variorum::storage::Opened, StorageError> {
    open(engine, 2)?.load(project.id(), &alone())
}

#[test]
fn a_crash_after_any_write_loses_nothing_that_was_acknowledged() {
    let mut whole = shelf_of(Hostile::default()).unwrap();
    work(&mut whole, 30);
    let writes = whole.engine().log.len();
    assert!(writes > 100);
    for n in 0..=writes {
        let Some(mut shelf) = shelf_of(Hostile { dies_after: Some(n), ..Hostile::default() }) else {
            continue;
        };
        let morning = work(&mut shelf, 30);
        let Some(kept) = morning.kept else { continue };
        let opened = reload(shelf.engine().kept.clone(), &kept).unwrap();
        assert_eq!(opened.findings, [], "after {n} writes");
        // A step that was written, but whose acknowledgement never came, may be there as well.
        if opened.project != kept {
            let (more, less) = (opened.project.len(), kept.len());
            assert!(more >= less, "after {n} writes: {more} of {less} records");
            let mut joined = opened.project.clone();
            for (id, entry) in kept.records() {
                joined.merge_entry(id.clone(), entry.clone());
            }
            assert_eq!(joined, opened.project, "after {n} writes all that was acknowledged is in it");
        }
    }
}

#[test]
fn whatever_was_written_by_some_moment_opens_as_it_was_then() {
    let mut shelf = shelf_of(Hostile::default()).unwrap();
    let morning = work(&mut shelf, 30);
    for n in 0..=shelf.engine().log.len() {
        let then = Hostile::first(&shelf.engine().log, n);
        let Some((_, kept)) = morning.marks.iter().rev().find(|(mark, _)| *mark <= n) else { continue };
        let opened = reload(then, kept).unwrap();
        let later = morning.marks.iter().find(|(mark, _)| *mark >= n).map(|(_, project)| project);
        assert!(opened.project == *kept || Some(&opened.project) == later, "after {n} writes");
    }
}

#[test]
fn without_room_at_any_write_everything_is_stored_or_refused() {
    let mut whole = shelf_of(Hostile::default()).unwrap();
    work(&mut whole, 30);
    for n in 0..whole.engine().log.len() {
        let Some(mut shelf) = shelf_of(Hostile { full_at: Some(n), ..Hostile::default() }) else { continue };
        let morning = work(&mut shelf, 30);
        let Some(kept) = morning.kept else { continue };
        let opened = reload(shelf.engine().kept.clone(), &kept).unwrap();
        assert_eq!(opened.project, kept, "no room at write {n}");
        assert_eq!(Some(kept), morning.end, "what waited was stored with the next command");
    }
}

#[test]
fn under_any_quota_what_was_acknowledged_is_there() {
    let mut whole = shelf_of(Hostile::default()).unwrap();
    work(&mut whole, 30);
    let most = whole.engine().kept.used();
    // Finely below what the work takes, coarsely where the reserve still fits beside it.
    let needed = most - 32 * 1024;
    for quota in (0..needed + 500).step_by(613).chain((needed..most + 500).step_by(4001)) {
        let engine = Hostile { kept: MemoryEngine::with_quota(quota), ..Hostile::default() };
        let Some(mut shelf) = shelf_of(engine) else { continue };
        let morning = work(&mut shelf, 30);
        let Some(kept) = morning.kept else {
            assert!(shelf.projects().unwrap().is_empty(), "nothing half made is listed");
            continue;
        };
        assert_eq!(reload(shelf.engine().kept.clone(), &kept).unwrap().project, kept, "quota {quota}");
        assert_eq!(shelf.used().units, shelf.engine().kept.used(), "the books are right");
    }
}

/// Ways in which a value goes bad.
fn spoil(value: &str, how: u8) -> Option<String> {
    let units: Vec<u16> = value.encode_utf16().collect();
    let middle = units.len() / 2;
    match how {
        0 => Some(String::new()),
        1 => Some(String::from_utf16_lossy(&units[..middle])),
        2 => {
            let mut units = units;
            *units.get_mut(middle)? ^= 1;
            Some(String::from_utf16_lossy(&units))
        }
        _ => None,
    }
}

#[test]
fn a_damaged_value_never_costs_the_others_and_none_at_all_with_a_second_copy() {
    let mut shelf = shelf_of(Hostile::default()).unwrap();
    let end = work(&mut shelf, 40).end.unwrap();
    let kept = shelf.engine().kept.clone();
    let mirror: Mirror =
        kept.keys().unwrap().into_iter().map(|k| (k.clone(), kept.get(&k).unwrap().unwrap())).collect();
    let space = format!("v/p/{}/", &end.id().as_str()[4..]);
    for key in kept.keys().unwrap() {
        for how in 0..4 {
            let value = kept.get(&key).unwrap().unwrap();
            let mut engine = kept.clone();
            match spoil(&value, how) {
                Some(bad) if bad == value => continue,
                Some(bad) => engine.set(&key, &bad).unwrap(),
                None => engine.remove(&key).unwrap(),
            }
            let what = format!("{key}, spoilt in way {how}");
            let mut shelf = open(engine.clone(), 3).unwrap();
            let opened = shelf.load(end.id(), &alone()).expect(&what);
            let part = key.strip_prefix(&*space).unwrap_or(&key);
            let needed = part.starts_with("c/")
                || part.starts_with("j/")
                || key.starts_with("v/t/")
                || part.starts_with("b/");
            if !needed {
                assert_eq!(opened.project, end, "{what}");
            }
            let same = end.records().filter(|(id, entry)| opened.project.entry(id) == Some(entry)).count();
            assert!(same * 10 >= end.len() * 3, "{what}: {same} of {} are as they were", end.len());
            // Repaired from memory, it opens without a word the next time.
            let found_bad = opened.findings.iter().any(|f| matches!(f, Finding::Damaged { .. }));
            if found_bad {
                shelf.compact(&opened.project, &opened.history).expect(&what);
                let again = shelf.load(end.id(), &alone()).expect(&what);
                assert_eq!(again.project, opened.project, "{what}");
                let left: Vec<_> =
                    again.findings.iter().filter(|f| !matches!(f, Finding::TextMissing { .. })).collect();
                assert!(left.is_empty(), "{what}: {left:?}");
                let aside = shelf.set_aside_values().unwrap();
                assert_eq!(Some(&aside[0].2), spoil(&value, how).as_ref(), "{what} is kept byte for byte");
            }

            let mut shelf = open(engine, 4).unwrap();
            let opened = shelf.load(end.id(), &mirror).expect(&what);
            assert_eq!(opened.project, end, "{what}, with a second copy");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn two_copies_that_each_lost_something_make_one_that_did_not(lost in prop::collection::vec(any::<u8>(), 20..60)) {
        let mut shelf = shelf_of(Hostile::default()).unwrap();
        let end = work(&mut shelf, 33).end.unwrap();
        let mut here = shelf.engine().kept.clone();
        let mut there = Mirror::new();
        for (i, key) in here.keys().unwrap().into_iter().enumerate() {
            let value = here.get(&key).unwrap().unwrap();
            match lost[i % lost.len()] % 3 {
                0 => here.remove(&key).unwrap(),
                1 => there.insert(key, value),
                _ => there.insert(key.clone(), if i % 2 == 0 { value } else {
                    here.set(&key, &value[..0]).unwrap();
                    value
                }),
            }
            if lost[i % lost.len()] % 3 == 0 {
                let key = shelf.engine().kept.keys().unwrap()[i].clone();
                there.insert(key.clone(), shelf.engine().kept.get(&key).unwrap().unwrap());
            }
        }
        let mut other = open(here, 2).unwrap();
        let opened = other.load(end.id(), &there).unwrap();
        prop_assert_eq!(&opened.project, &end);
        other.compact(&opened.project, &opened.history).unwrap();
        let again = other.load(end.id(), &alone()).unwrap();
        prop_assert_eq!(&again.project, &end, "repaired here");
        prop_assert_eq!(again.findings, []);
    }
}

#[test]
fn the_changes_handed_out_make_an_exact_copy() {
    let mut shelf = shelf_of(Hostile::default()).unwrap();
    shelf.mirror_to(&alone()).unwrap();
    let end = work(&mut shelf, 30).end.unwrap();
    let mut mirror = Mirror::new();
    for change in shelf.take_changes() {
        match change {
            Change::Put(key, value) => mirror.insert(key, value),
            Change::Remove(key) => mirror.remove(&key),
        }
    }
    for key in
        shelf.engine().keys().unwrap().iter().filter(|key| key.starts_with("v/p/") || key.starts_with("v/t/"))
    {
        assert_eq!(mirror.get(key), shelf.engine().get(key).unwrap().as_ref());
    }
    // A copy that begins later is the same.
    let mut again = open(shelf.engine().kept.clone(), 9).unwrap();
    again.mirror_to(&alone()).unwrap();
    let puts: Mirror = again
        .take_changes()
        .into_iter()
        .filter_map(|change| if let Change::Put(key, value) = change { Some((key, value)) } else { None })
        .collect();
    assert_eq!(puts, mirror);
    again.mirror_to(&mirror).unwrap();
    assert_eq!(again.take_changes(), [], "a copy that is whole needs nothing");

    let mut wiped = open(MemoryEngine::new(), 2).unwrap();
    assert_eq!(wiped.adopt(&mirror).unwrap(), 1);
    assert_eq!(wiped.projects().unwrap()[0].name, "Harbour");
    let opened = wiped.load(end.id(), &mirror).unwrap();
    assert_eq!(opened.project, end);
    assert!(matches!(opened.findings[..], [Finding::FromBackupCopy { .. }]));
    assert!(wiped.needs_compaction(end.id()), "so that it is here again");
    wiped.mirror_to(&mirror).unwrap();
    wiped.compact(&opened.project, &opened.history).unwrap();
    for change in wiped.take_changes() {
        match change {
            Change::Put(key, value) => mirror.insert(key, value),
            Change::Remove(key) => mirror.remove(&key),
        }
    }
    let again = wiped.load(end.id(), &mirror).unwrap();
    assert_eq!((&again.project, &*again.findings), (&end, &[][..]));
    let journal = mirror.keys().filter(|key| key.contains("/j/")).count();
    assert_eq!(journal, 0, "the copy does not keep what the snapshot contains");
}

#[test]
fn a_command_for_which_there_is_no_room_goes_to_the_second_copy() {
    let mut desk = Desk::new(1);
    let mut shelf = open(MemoryEngine::new(), 1).unwrap();
    shelf.mirror_to(&alone()).unwrap();
    shelf.create(&desk.project, &desk.history, now()).unwrap();
    let used = shelf.used().units;
    shelf.engine_mut().set_quota(Some(used - 32 * 1024));
    shelf.engine_mut().remove("v/ballast").unwrap();
    for n in 0..6 {
        if let Some(step) = desk.nth(n) {
            shelf.append(&desk.project, &step).unwrap();
        }
    }
    let mut mirror = Mirror::new();
    for change in shelf.take_changes() {
        match change {
            Change::Put(key, value) => mirror.insert(key, value),
            Change::Remove(key) => mirror.remove(&key),
        }
    }
    let opened = shelf.look(&desk.id(), &mirror).unwrap();
    assert_eq!(opened.project, desk.project);
}

#[test]
fn undo_reaches_across_reloads_and_snapshots() {
    let mut shelf = open(MemoryEngine::new(), 1).unwrap();
    let mut desk = Desk::new(1);
    shelf.create(&desk.project, &desk.history, now()).unwrap();
    for n in 0..20 {
        if let Some(step) = desk.nth(n) {
            shelf.append(&desk.project, &step).unwrap();
        }
        if n == 7 || n == 13 {
            shelf.compact(&desk.project, &desk.history).unwrap();
        }
    }
    let opened = shelf.load(&desk.id(), &alone()).unwrap();
    let mut later = Desk::of(opened.project, opened.history, "r2");
    let (names, again): (Vec<_>, Vec<_>) =
        (desk.history.steps().map(|s| &s.name).collect(), later.history.steps().map(|s| &s.name).collect());
    assert_eq!(names, again);
    let titles =
        |project: &Project| -> Vec<_> { project.all::<Article>().map(|a| a.title.get().clone()).collect() };
    while desk.undo().is_some() {
        let step = later.undo().unwrap();
        shelf.append(&later.project, &step).unwrap();
        assert_eq!(titles(&later.project), titles(&desk.project));
    }
    assert!(later.undo().is_none());
}

#[test]
fn a_step_whose_entry_in_the_list_a_crash_took_is_listed_when_the_project_is_opened() {
    let mut shelf = open(MemoryEngine::new(), 1).unwrap();
    let mut desk = Desk::new(1);
    shelf.create(&desk.project, &desk.history, now()).unwrap();
    let mut step = desk.run(add("Another article, of another harbour.")).unwrap();
    for op in &mut step.ops {
        if let Op::Make(made) = op {
            made.entry.made.on = Time::parse("2026-11-21T18:42:25Z").unwrap();
        }
    }
    shelf.journal(&desk.project, &step).unwrap();
    let id = desk.id();
    let listed = |shelf: &Shelf<MemoryEngine>| shelf.listed(&id).unwrap().unwrap();
    let before = listed(&shelf);
    assert_eq!((before.articles, before.unexported), (desk.project.all::<Article>().count() - 1, 0));
    for _ in 0..2 {
        shelf.load(&desk.id(), &alone()).unwrap();
        let after = listed(&shelf);
        assert_eq!((after.articles, after.unexported), (before.articles + 1, 1));
        assert!(after.changed > before.changed);
    }
}

#[test]
fn a_large_step_leaves_a_small_entry() {
    let mut shelf = open(MemoryEngine::new(), 1).unwrap();
    let mut desk = Desk::new(1);
    shelf.create(&desk.project, &desk.history, now()).unwrap();
    let articles = (0..300).flat_map(|n| match add(&format!("Article {n}. {TEXT}")) {
        Command::AddArticles { articles } => articles,
        _ => vec![],
    });
    let step = desk.run(Command::AddArticles { articles: articles.collect() }).unwrap();
    let id = shelf.append(&desk.project, &step).unwrap();
    let key = shelf.engine().keys().unwrap().into_iter().find(|key| key.ends_with(&id.to_string())).unwrap();
    assert!(shelf.engine().get(&key).unwrap().unwrap().len() < 2_000);
    let opened = shelf.load(&desk.id(), &alone()).unwrap();
    assert_eq!(opened.project, desk.project);
    assert_eq!(opened.findings, []);
}

#[test]
fn a_text_stays_as_long_as_some_project_uses_it() {
    let mut shelf = open(MemoryEngine::new(), 1).unwrap();
    let (one, two) = (Desk::new(1), Desk::new(2));
    for desk in [&one, &two] {
        shelf.create(&desk.project, &desk.history, now()).unwrap();
    }
    let texts = |shelf: &Shelf<MemoryEngine>| {
        shelf.engine().keys().unwrap().iter().filter(|k| k.starts_with("v/t/")).count()
    };
    assert_eq!(texts(&shelf), 1);
    shelf.remove_for_good(&one.id()).unwrap();
    assert_eq!(shelf.load(&two.id(), &alone()).unwrap().project, two.project);
    assert_eq!(shelf.load(&one.id(), &alone()).unwrap_err(), StorageError::NoProject);
    shelf.remove_for_good(&two.id()).unwrap();
    assert_eq!(texts(&shelf), 0);
    assert!(shelf.projects().unwrap().is_empty());
}

#[test]
fn a_storage_of_a_later_version_is_never_written() {
    let mut shelf = open(MemoryEngine::new(), 1).unwrap();
    let mut desk = Desk::new(1);
    shelf.create(&desk.project, &desk.history, now()).unwrap();
    // Another tab with a later version opens it.
    let meta = shelf.engine().get("v/meta").unwrap().unwrap();
    assert!(meta.contains("{\"format\":1}"));
    let crc = |digit: u8| {
        let payload = format!("0{{\"format\":{}}}", char::from(digit));
        let (codec, text) = payload.split_at(1);
        let bytes: Vec<u8> = codec.bytes().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        format!("1 0 12 {:08x} {text}", crc::Crc::<u32>::new(&crc::CRC_32_ISO_HDLC).checksum(&bytes))
    };
    assert_eq!(meta, crc(b'1'));
    shelf.engine_mut().set("v/meta", &crc(b'2')).unwrap();
    let before = shelf.engine().clone();
    let step = desk.nth(0).unwrap();
    assert_eq!(shelf.append(&desk.project, &step), Err(StorageError::Newer));
    assert_eq!(shelf.compact(&desk.project, &desk.history), Err(StorageError::Newer));
    assert_eq!(shelf.remove_for_good(&desk.id()), Err(StorageError::Newer));
    assert!(shelf.is_read_only() && shelf.look(&desk.id(), &alone()).is_ok());
    assert_eq!(shelf.engine(), &before);
}

#[test]
fn the_list_says_what_is_so_and_the_trash_can_be_emptied_or_not() {
    let mut shelf = open(MemoryEngine::new(), 1).unwrap();
    let mut desk = Desk::new(1);
    shelf.create(&desk.project, &desk.history, now()).unwrap();
    let step = desk.run(Command::RenameProject { name: "Ferry".into() }).unwrap();
    shelf.append(&desk.project, &step).unwrap();
    let listed = |shelf: &mut Shelf<MemoryEngine>| shelf.projects().unwrap().remove(0);
    let first = listed(&mut shelf);
    assert_eq!((&*first.name, first.articles, first.unexported), ("Ferry", 1, 1));
    shelf.exported(&desk.id(), now()).unwrap();
    shelf.trash(&desk.id(), now()).unwrap();
    assert_eq!(listed(&mut shelf).trashed, Some(now()));
    shelf.restore(&desk.id()).unwrap();
    let last = listed(&mut shelf);
    assert_eq!((last.trashed, last.exported, last.unexported), (None, Some(now()), 0));
    assert_eq!(shelf.create(&desk.project, &desk.history, now()), Err(StorageError::AlreadyHere));
}

#[test]
fn a_clock_that_is_wrong_for_a_day_does_not_empty_the_trash() {
    let time = |text: &str| Time::parse(text).unwrap();
    let mut shelf = open(MemoryEngine::new(), 1).unwrap();
    let mut desk = Desk::new(1);
    shelf.create(&desk.project, &desk.history, now()).unwrap();
    let step = desk.run(Command::RenameProject { name: "Ferry".into() }).unwrap();
    shelf.append(&desk.project, &step).unwrap();
    let changed = shelf.listed(&desk.id()).unwrap().unwrap().changed;
    shelf.trash(&desk.id(), time("2019-01-01T00:00:00Z")).unwrap();
    assert_eq!(shelf.listed(&desk.id()).unwrap().unwrap().trashed, Some(changed), "a clock that was behind");

    // One that is ahead: the time is over for a day, and is not any more on the next.
    assert_eq!(shelf.note_expired(&desk.id(), time("2031-05-01T09:00:00Z")), Ok(false));
    assert_eq!(shelf.note_expired(&desk.id(), time("2031-05-01T23:00:00Z")), Ok(false), "the same day");
    assert_eq!(shelf.note_expired(&desk.id(), time("2026-12-30T09:00:00Z")), Ok(false), "it was ahead");
    assert_eq!(shelf.note_expired(&desk.id(), time("2026-12-31T09:00:00Z")), Ok(true), "on a later day");
    // Out of the trash and in again, its time begins anew.
    shelf.restore(&desk.id()).unwrap();
    shelf.trash(&desk.id(), now()).unwrap();
    assert_eq!(shelf.note_expired(&desk.id(), time("2027-02-01T09:00:00Z")), Ok(false));
}

#[test]
fn work_goes_on_though_the_entry_in_the_list_is_lost() {
    let mut shelf = open(MemoryEngine::new(), 1).unwrap();
    let mut desk = Desk::new(1);
    shelf.create(&desk.project, &desk.history, now()).unwrap();
    let key = shelf.engine().keys().unwrap().into_iter().find(|key| key.ends_with("/i")).unwrap();
    shelf.engine_mut().remove(&key).unwrap();
    assert!(shelf.is_unlisted(&desk.id()));
    let step = desk.run(Command::RenameProject { name: "Ferry".into() }).unwrap();
    shelf.append(&desk.project, &step).unwrap();
    assert!(!shelf.is_unlisted(&desk.id()));
    assert_eq!(shelf.listed(&desk.id()).unwrap().unwrap().name, "Ferry");
    let mut later = open(shelf.engine().clone(), 2).unwrap();
    let opened = later.load(&desk.id(), &alone()).unwrap();
    assert_eq!((&opened.project, &*opened.findings), (&desk.project, &[][..]));
}

#[test]
fn a_backup_is_the_project_as_it_was() {
    let mut shelf = open(MemoryEngine::new(), 1).unwrap();
    let mut desk = Desk::new(1);
    shelf.create(&desk.project, &desk.history, now()).unwrap();
    let mut kept = Vec::new();
    for n in 0..12 {
        let number = shelf.keep_backup(&desk.project, Reason::Merge, now()).unwrap();
        kept.push((number, desk.project.clone()));
        let step = desk.run(add(&format!("Article {n}, before which a backup was made."))).unwrap();
        shelf.append(&desk.project, &step).unwrap();
        shelf.compact(&desk.project, &desk.history).unwrap();
    }
    let listed = shelf.backups(&desk.id()).unwrap();
    assert_eq!(listed.iter().map(|b| b.number).collect::<Vec<_>>(), (5..=12).collect::<Vec<_>>());
    for (number, project) in &kept[4..] {
        let (read, findings) = shelf.read_backup(&desk.id(), *number, &Mirror::new()).unwrap();
        assert_eq!((&read, &*findings), (project, &[][..]));
    }
    // One that has lost a piece says so, and is whole where the second copy has that piece.
    let (number, project) = &kept[4];
    let keys = shelf.engine().keys().unwrap();
    let mirror: Mirror = keys.iter().map(|k| (k.clone(), shelf.engine().get(k).unwrap().unwrap())).collect();
    for key in keys.iter().filter(|key| key.contains("/c/")) {
        shelf.engine_mut().remove(key).unwrap();
    }
    let shelf = open(shelf.engine().clone(), 2).unwrap();
    let (_, findings) = shelf.read_backup(&desk.id(), *number, &Mirror::new()).unwrap();
    assert!(findings.contains(&Finding::BackupTorn));
    let (read, findings) = shelf.read_backup(&desk.id(), *number, &mirror).unwrap();
    assert_eq!((&read, &*findings), (project, &[][..]));
}
