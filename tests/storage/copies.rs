//! Two copies and one alone: removals that reached only one, damage without a second copy, texts that moved.

use crate::desk::{Desk, add, alone, now, open};
use crate::hostile::Hostile;
use variorum::storage::{Change, Engine, Finding, MemoryEngine, Mirror, QUOTA, Reason, Shelf, StorageError};
use variorum::store::Command;

/// Applies what was handed out to the second copy.
fn catch_up<E: Engine>(shelf: &mut Shelf<E>, mirror: &mut Mirror) {
    shelf.take_changes().iter().for_each(|change| apply_to(mirror, change));
}

fn apply_to(mirror: &mut Mirror, change: &Change) {
    match change {
        Change::Put(key, value) => mirror.insert(key.clone(), value.clone()),
        Change::Remove(key) => mirror.remove(key),
    }
}

/// Opens both copies as the page does at its start.
fn start<E: Engine>(engine: E, mirror: &mut Mirror) -> Shelf<E> {
    let mut shelf = open(engine, 7).unwrap();
    shelf.adopt(mirror).unwrap();
    shelf.mirror_to(mirror).unwrap();
    catch_up(&mut shelf, mirror);
    shelf
}

fn names<E: Engine>(shelf: &mut Shelf<E>) -> Vec<String> {
    shelf.projects().unwrap().into_iter().map(|p| p.name).collect()
}

/// A project in both copies.
fn both() -> (Desk, Shelf<Hostile>, Mirror) {
    let mut mirror = Mirror::new();
    let mut shelf = start(Hostile::default(), &mut mirror);
    let mut desk = Desk::new(1);
    shelf.create(&desk.project, &desk.history, now()).unwrap();
    for n in 0..8 {
        if let Some(step) = desk.nth(n) {
            shelf.append(&desk.project, &step).unwrap();
        }
    }
    catch_up(&mut shelf, &mut mirror);
    (desk, shelf, mirror)
}

#[test]
fn a_removal_that_reached_only_one_copy_is_completed_in_the_other() {
    let (desk, mut shelf, mirror) = both();
    let begun = shelf.engine().log.len();
    shelf.remove_for_good(&desk.id()).unwrap();
    let mut removed = mirror.clone();
    catch_up(&mut shelf, &mut removed);

    // The second copy never heard of it, whatever write the crash came after.
    for n in begun..=shelf.engine().log.len() {
        let mut theirs = mirror.clone();
        let mut later = start(Hostile::first(&shelf.engine().log, n), &mut theirs);
        later.tidy("2999-01-01").unwrap();
        catch_up(&mut later, &mut theirs);
        let there = names(&mut later);
        // Before the note was written nothing was promised; after it nothing comes back.
        if n > begun + 1 {
            assert_eq!(there, Vec::<String>::new(), "after {n} writes");
            let left: Vec<_> =
                theirs.keys().filter(|k| k.starts_with("v/p/") || k.starts_with("v/t/")).collect();
            assert_eq!(left, Vec::<&String>::new(), "after {n} writes");
        }
        let again = start(later.engine().clone(), &mut theirs).projects().unwrap();
        assert_eq!(again.len(), there.len(), "after {n} writes, at the next start");
    }

    // Local storage forgot it, as after a crash of the browser.
    let mut theirs = removed;
    let mut later = start(Hostile::first(&shelf.engine().log, begun), &mut theirs);
    assert_eq!(names(&mut later), Vec::<String>::new());
    assert!(!theirs.keys().any(|key| key.starts_with("v/p/")));
}

#[test]
fn a_project_that_comes_again_outlives_its_removal_in_both_copies() {
    let (desk, mut shelf, mut mirror) = both();
    shelf.remove_for_good(&desk.id()).unwrap();
    catch_up(&mut shelf, &mut mirror);
    let (gone_here, gone_there) = (shelf.engine().kept.clone(), mirror.clone());
    shelf.create(&desk.project, &desk.history, now()).unwrap();
    catch_up(&mut shelf, &mut mirror);
    // Each copy in turn lost the coming back.
    for (here, mut there) in [
        (gone_here, mirror.clone()),
        (shelf.engine().kept.clone(), gone_there),
        (shelf.engine().kept.clone(), mirror),
    ] {
        let mut later = start(here, &mut there);
        assert_eq!(names(&mut later), ["Harbour"]);
        assert_eq!(later.load(&desk.id(), &there).unwrap().project, desk.project);
    }
}

#[test]
fn without_a_second_copy_one_damaged_value_costs_nothing() {
    let mut shelf = open(Hostile::default(), 1).unwrap();
    let mut desk = Desk::new(1);
    shelf.create(&desk.project, &desk.history, now()).unwrap();
    for n in 0..30 {
        if let Some(step) = desk.nth(n) {
            shelf.append(&desk.project, &step).unwrap();
        }
        if n % 9 == 8 {
            shelf.compact(&desk.project, &desk.history).unwrap();
        }
    }
    let kept = shelf.engine().kept.clone();
    let keys: Vec<String> = kept.keys().unwrap();
    assert!(keys.iter().any(|key| key.contains("/c/")) && keys.iter().any(|key| key.contains("/j/")));
    for key in keys {
        let value = kept.get(&key).unwrap().unwrap();
        for bad in [Some(String::new()), value.get(..value.len() / 2).map(str::to_owned), None] {
            let mut engine = kept.clone();
            match &bad {
                Some(bad) => engine.set(&key, bad).unwrap(),
                None => engine.remove(&key).unwrap(),
            }
            let mut later = open(engine, 2).unwrap();
            let opened = later.load(&desk.id(), &alone()).unwrap();
            assert_eq!(opened.project, desk.project, "{key} became {bad:?}");
            later.compact(&opened.project, &opened.history).unwrap();
            let again = later.load(&desk.id(), &alone()).unwrap();
            assert_eq!((&again.project, &*again.findings), (&desk.project, &[][..]), "{key} is mended");
        }
    }
    // Where a second copy is kept, or there is no room, nothing is kept twice.
    shelf.mirror_to(&alone()).unwrap();
    shelf.second_copy_is_whole().unwrap();
    assert!(!shelf.engine().keys().unwrap().iter().any(|key| key.starts_with("v/d/")));
    assert_eq!(shelf.used().units, shelf.engine().kept.used());
}

#[test]
fn texts_move_only_when_they_came_back_as_they_are_and_are_found_there() {
    let (desk, mut shelf, mut mirror) = both();
    assert_eq!(shelf.texts_to_move(&desk.id()), Vec::<String>::new(), "there is ample room");
    let used = shelf.used().units;
    shelf.engine_mut().kept.set("other", &"x".repeat(QUOTA * 9 / 10 - used)).unwrap();
    let mut shelf = start(shelf.engine().kept.clone(), &mut mirror);
    shelf.load(&desk.id(), &mirror).unwrap();
    let texts = shelf.texts_to_move(&desk.id());
    assert_eq!(texts.len(), 2);
    for key in &texts {
        assert_eq!(shelf.let_go(key, "1 0 2 00000000 no"), Ok(false), "that is not what is here");
        assert_eq!(shelf.let_go(key, mirror.get(key).unwrap()), Ok(true));
    }
    catch_up(&mut shelf, &mut mirror);
    assert!(!shelf.engine().keys().unwrap().iter().any(|key| key.starts_with("v/t/")));
    assert!(texts.iter().all(|key| mirror.contains_key(key)), "the second copy keeps them");
    let opened = shelf.load(&desk.id(), &mirror).unwrap();
    assert_eq!((&opened.project, &*opened.findings), (&desk.project, &[][..]));

    // A backup finds its texts there, too: where they were not read yet, they are asked for.
    let number = shelf.keep_backup(&desk.project, Reason::Asked, now()).unwrap();
    catch_up(&mut shelf, &mut mirror);
    let (kept, findings) = shelf.read_backup(&desk.id(), number, &mirror).unwrap();
    assert_eq!((&kept, &*findings), (&desk.project, &[][..]));
    let mut unread = mirror.clone();
    texts.iter().for_each(|key| unread.insert_unread(key.clone()));
    let asked = shelf.read_backup(&desk.id(), number, &unread);
    assert_eq!(asked.map(drop), Err(StorageError::Unread(texts.clone())));

    // A snapshot does not bring them back, and a text that is gone everywhere is said and can be added again.
    shelf.compact(&opened.project, &opened.history).unwrap();
    catch_up(&mut shelf, &mut mirror);
    assert!(!shelf.engine().keys().unwrap().iter().any(|key| key.starts_with("v/t/")));
    let mut alone_now = open(shelf.engine().clone(), 9).unwrap();
    let opened = alone_now.load(&desk.id(), &alone()).unwrap();
    let missing = opened.findings.iter().filter(|f| matches!(f, Finding::TextMissing { .. })).count();
    assert_eq!(missing, 2);
    alone_now.compact(&desk.project, &desk.history).unwrap();
    assert_eq!(alone_now.load(&desk.id(), &alone()).unwrap().project, desk.project);
}

#[test]
fn with_little_room_left_new_texts_go_to_the_second_copy_at_once() {
    let (mut desk, mut shelf, mut mirror) = both();
    let used = shelf.used().units;
    shelf.engine_mut().kept.set("other", &"x".repeat(QUOTA * 97 / 100 - used)).unwrap();
    let mut shelf = start(shelf.engine().kept.clone(), &mut mirror);
    shelf.load(&desk.id(), &mirror).unwrap();
    let step = desk.run(crate::desk::add("A text that comes when there is hardly any room.")).unwrap();
    let texts = |shelf: &Shelf<MemoryEngine>| {
        shelf.engine().keys().unwrap().iter().filter(|key| key.starts_with("v/t/")).count()
    };
    let before = texts(&shelf);
    shelf.append(&desk.project, &step).unwrap();
    catch_up(&mut shelf, &mut mirror);
    assert_eq!(texts(&shelf), before);
    let opened = shelf.load(&desk.id(), &mirror).unwrap();
    assert_eq!((&opened.project, &*opened.findings), (&desk.project, &[][..]));
}

#[test]
fn a_later_format_that_only_the_second_copy_remembers_is_heeded() {
    let (desk, shelf, mut mirror) = both();
    let meta = mirror.get("v/meta").unwrap().clone();
    let payload = "{\"format\":2}";
    let bytes: Vec<u8> =
        std::iter::once(b'0').chain(payload.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert!(meta.ends_with("{\"format\":1}"));
    mirror.insert(
        "v/meta".into(),
        format!("1 0 12 {:08x} {payload}", crc::Crc::<u32>::new(&crc::CRC_32_ISO_HDLC).checksum(&bytes)),
    );
    drop(shelf);
    let mut wiped = open(MemoryEngine::new(), 3).unwrap();
    assert_eq!(wiped.adopt(&mirror), Err(StorageError::Newer));
    assert!(wiped.is_read_only());
    assert_eq!(wiped.trash(&desk.id(), now()), Err(StorageError::Newer));
    assert_eq!(wiped.look(&desk.id(), &mirror).unwrap().project, desk.project);
}

#[test]
fn without_room_for_anything_all_of_a_long_session_is_in_the_second_copy() {
    let (mut desk, mut shelf, mut mirror) = both();
    for round in 0..4 {
        // Other pages take all that is left, behind the shelf's back.
        let (mut kept, room) = (shelf.engine().kept.clone(), [100, 10, 0, 0][round]);
        kept.set_quota(Some(kept.used() + room));
        shelf = start(Hostile { kept, ..Hostile::default() }, &mut mirror);
        let opened = shelf.load(&desk.id(), &mirror).unwrap();
        assert_eq!(opened.project, desk.project, "round {round}");
        desk = Desk::of(opened.project, opened.history, &format!("r{round}x"));
        // The page tries to tidy up after loading, and after each command.
        let _ = shelf.compact(&desk.project, &desk.history);
        for n in 0..16 {
            if let Some(step) = desk.nth(round * 16 + n) {
                shelf.append(&desk.project, &step).unwrap();
                let _ = shelf.compact(&desk.project, &desk.history);
            }
        }
        catch_up(&mut shelf, &mut mirror);
    }
    let opened = start(shelf.engine().clone(), &mut mirror).load(&desk.id(), &mirror).unwrap();
    assert_eq!(opened.project, desk.project);
    // Room again: everything comes back here.
    let mut kept = shelf.engine().kept.clone();
    kept.set_quota(None);
    let mut roomy = start(kept, &mut mirror);
    let opened = roomy.load(&desk.id(), &mirror).unwrap();
    roomy.compact(&opened.project, &opened.history).unwrap();
    assert_eq!(
        open(roomy.engine().clone(), 8).unwrap().load(&desk.id(), &alone()).unwrap().project,
        desk.project
    );
}

/// What all stored values say, unpacked, one after the other.
fn all_words<'a>(values: impl Iterator<Item = &'a String>) -> String {
    values.map(|value| variorum::storage::words_of(value).unwrap_or_else(|| value.clone())).collect()
}

fn here(engine: &impl Engine) -> Vec<String> {
    engine.keys().unwrap().iter().map(|key| engine.get(key).unwrap().unwrap()).collect()
}

#[test]
fn what_is_removed_for_good_is_in_no_stored_value_whatever_write_the_crash_came_after() {
    let (mut desk, mut shelf, mut mirror) = both();
    let project = desk.id();
    shelf.compact(&desk.project, &desk.history).unwrap();
    let step = desk.run(add("Nobody may keep this sentence. It was said by mistake.")).unwrap();
    shelf.append(&desk.project, &step).unwrap();
    shelf.keep_backup(&desk.project, Reason::Asked, now()).unwrap();
    shelf.compact(&desk.project, &desk.history).unwrap();
    for n in 8..16 {
        if let Some(step) = desk.nth(n) {
            shelf.append(&desk.project, &step).unwrap();
        }
    }
    shelf.engine_mut().set("v/q/1", "v/t/0\nNobody may keep this sentence.").unwrap();
    shelf.projects().unwrap();
    catch_up(&mut shelf, &mut mirror);
    assert!(all_words(here(shelf.engine()).iter()).contains("Nobody may keep"));
    assert!(all_words(mirror.keys().filter_map(|key| mirror.get(key))).contains("Nobody may keep"));

    let article = variorum::store::article_id(
        &variorum::store::text_id("Nobody may keep this sentence. It was said by mistake."),
        "",
    );
    let begun = shelf.engine().log.len();
    let step = desk.run(Command::Purge { records: vec![article.record().clone()] }).unwrap();
    shelf.append(&desk.project, &step).unwrap();
    let journalled = shelf.engine().log.len();
    assert!(shelf.is_removing(&project) && shelf.needs_compaction(&project));
    shelf.compact(&desk.project, &desk.history).unwrap();
    assert!(!shelf.is_removing(&project));
    let before = mirror.clone();
    let changes = shelf.take_changes();
    changes.iter().for_each(|change| apply_to(&mut mirror, change));
    assert!(!all_words(here(shelf.engine()).iter()).contains("Nobody may keep"), "here");
    assert!(!all_words(mirror.keys().filter_map(|key| mirror.get(key))).contains("Nobody may keep"), "there");
    let (backup, findings) = shelf.read_backup(&project, 1, &mirror).unwrap();
    assert!(findings.is_empty() && backup.len() > 3, "the backup keeps all else");

    // A crash anywhere in between, of which each copy lost as much as it may: the next start finishes it.
    let (end, all) = (shelf.engine().log.len(), changes.len());
    let sides = (begun..=end).flat_map(|n| [(n, 0), (n, (n - begun).min(all)), (n, all)]);
    for (n, m) in sides.chain((0..=all).flat_map(|m| [(begun, m), (end, m)])) {
        let crash = format!("after {n} of {begun}..{end} writes here, and {m} of {all} there");
        let mut theirs = before.clone();
        changes[..m].iter().for_each(|change| apply_to(&mut theirs, change));
        let mut later = start(Hostile::first(&shelf.engine().log, n), &mut theirs);
        let opened = later.load(&project, &theirs).unwrap();
        if opened.project.entry(article.record()).is_some_and(|e| e.is_live()) {
            assert!(n < journalled && m == 0, "{crash} the command is there");
            continue;
        }
        if later.needs_compaction(&project) {
            later.compact(&opened.project, &opened.history).unwrap();
        }
        assert!(!later.is_removing(&project));
        catch_up(&mut later, &mut theirs);
        assert!(!all_words(here(later.engine()).iter()).contains("Nobody may keep"), "here {crash}");
        let there = all_words(theirs.keys().filter_map(|key| theirs.get(key)));
        assert!(!there.contains("Nobody may keep"), "there {crash}");
        assert_eq!(opened.project, desk.project, "{crash}");
        // It was done for good.
        let mut again = start(later.engine().clone(), &mut theirs);
        let opened = again.load(&project, &theirs).unwrap();
        assert!(!again.needs_compaction(&project), "{crash}");
        assert_eq!(opened.project, desk.project, "{crash}");
    }
}

#[test]
fn a_text_that_another_project_has_in_the_second_copy_alone_outlives_the_project_that_shares_it() {
    let mut mirror = Mirror::new();
    let mut shelf = start(MemoryEngine::new(), &mut mirror);
    let (one, two) = (Desk::new(1), Desk::new(2));
    for desk in [&one, &two] {
        shelf.create(&desk.project, &desk.history, now()).unwrap();
    }
    catch_up(&mut shelf, &mut mirror);
    // Local storage is lost; only one of the two is opened before the other is removed.
    let mut later = start(MemoryEngine::new(), &mut mirror);
    let opened = later.load(&one.id(), &mirror).unwrap();
    later.compact(&opened.project, &opened.history).unwrap();
    later.remove_for_good(&one.id()).unwrap();
    catch_up(&mut later, &mut mirror);
    let left = later.load(&two.id(), &mirror).unwrap();
    assert_eq!(left.project, two.project);
}

#[test]
fn of_the_second_copy_only_what_is_needed_is_read() {
    let (desk, shelf, whole) = both();
    let kept = shelf.engine().kept.clone();
    // As the page opens it: values that are here as well are not read there.
    let light = |engine: &MemoryEngine| {
        let mut light = Mirror::new();
        for key in whole.keys() {
            match variorum::storage::is_worth_reading(key, engine.get(key).unwrap().is_some()) {
                true => light.insert(key.clone(), whole.get(key).unwrap().clone()),
                false => light.insert_unread(key.clone()),
            }
        }
        light
    };
    let mut mirror = light(&kept);
    assert!(mirror.keys().filter(|key| mirror.is_unread(key)).count() * 2 > whole.keys().count());
    let mut same = open(kept.clone(), 3).unwrap();
    same.adopt(&mirror).unwrap();
    same.mirror_to(&mirror).unwrap();
    assert_eq!(same.take_changes(), [], "a copy that is whole needs nothing");
    let opened = same.load(&desk.id(), &mirror).unwrap();
    assert_eq!((&opened.project, &*opened.findings), (&desk.project, &[][..]));
    // Each value may be damaged here: it is asked for there, and only it.
    for key in kept.keys().unwrap() {
        let mut engine = kept.clone();
        engine.set(&key, "damaged").unwrap();
        let mut mirror_now = light(&kept);
        let mut shelf = open(engine, 4).unwrap();
        let opened = loop {
            match shelf.load(&desk.id(), &mirror_now) {
                Err(StorageError::Unread(keys)) => {
                    assert!(keys.contains(&key), "{key} is asked for: {keys:?}");
                    keys.iter()
                        .for_each(|key| mirror_now.insert(key.clone(), whole.get(key).unwrap().clone()));
                }
                other => break other.unwrap(),
            }
        };
        assert_eq!(opened.project, desk.project, "{key}");
    }
    mirror.take(&Change::Put("v/meta".into(), "x".into()));
    assert_eq!(mirror.get("v/meta").map(|v| &**v), Some("x"));
}
