//! What is kept before a project is brought to a later format.

use super::*;
use crate::codecs::project_file;
use crate::model::{Person, ReplicaId};
use crate::storage::{MemoryEngine, Mirror, Tab};
use crate::store::{Command, Context, History, Replica, apply, decide};

const SAMPLE: &str = include_str!("../../../web/sample.variorum.json");

fn open(engine: MemoryEngine) -> Shelf<MemoryEngine> {
    Shelf::open(engine, Tab::random(3)).unwrap()
}

fn renamed(project: &mut Project, name: &str) -> crate::store::Step {
    let mut bits = || 1;
    let mut replica = Replica::new(ReplicaId::new(name));
    let (by, on) = (Id::<Person>::random(2), Time::default());
    let mut context = Context { by, on, replica: &mut replica, bits: &mut bits };
    let command = Command::RenameProject { name: name.into() };
    let step = decide(project, command, &mut context).unwrap();
    apply(project, &step);
    step
}

/// The sample as a version stored it whose format had the names of stories elsewhere, with a command since the
/// last snapshot, and the project that it is.
fn stored_in_an_earlier_format() -> (MemoryEngine, Project) {
    let mut project = project_file::read(SAMPLE).unwrap().value;
    let mut shelf = open(MemoryEngine::new());
    shelf.create(&project, &History::default(), Time::default()).unwrap();
    let step = renamed(&mut project, "Renamed");
    shelf.append(&project, &step).unwrap();
    let space = Space::of(project.id());
    let mut engine = shelf.engine().clone();
    let head = snapshot::Head::read(&engine.get(&space.key(&Part::Head)).unwrap().unwrap()).unwrap();
    let key = space.key(&Part::Snapshot(head.gen_no));
    let mut manifest = Manifest::read(&engine.get(&key).unwrap().unwrap()).unwrap();
    let mut told = 0;
    for hash in &mut manifest.pieces {
        let key = space.key(&Part::Piece(hash));
        let piece = frame::open(&engine.get(&key).unwrap().unwrap()).unwrap();
        let older = piece.replace("\"kind\":\"story\",\"name\":", "\"kind\":\"story\",\"title_words\":");
        told += usize::from(older != piece);
        engine.remove(&key).unwrap();
        *hash = crate::storage::keys::hash(&older);
        engine.set(&space.key(&Part::Piece(hash)), &frame::packed(&older)).unwrap();
    }
    assert!(told > 0, "the sample has a story");
    manifest.format = 0;
    engine.set(&key, &manifest.encode().unwrap()).unwrap();
    (engine, project)
}

fn words(engine: &MemoryEngine) -> String {
    let values = engine.keys().unwrap().into_iter().filter_map(|key| engine.get(&key).unwrap());
    values.filter_map(|value| frame::open(&value).ok()).collect()
}

#[test]
fn a_project_in_an_earlier_format_is_kept_as_it_was_before_it_is_written_in_the_present_one() {
    let (engine, project) = stored_in_an_earlier_format();
    let mut shelf = open(engine);
    let mut opened = shelf.load(project.id(), &Mirror::new()).unwrap();
    assert_eq!((&opened.project, &*opened.findings), (&project, &[][..]));
    assert!(shelf.needs_compaction(project.id()));
    assert!(shelf.backups(project.id()).unwrap().is_empty());
    shelf.compact(&opened.project, &opened.history).unwrap();
    let backups = shelf.backups(project.id()).unwrap();
    assert_eq!(backups.iter().map(|backup| backup.reason).collect::<Vec<_>>(), [Reason::Migration]);

    // It stays as it was while work goes on, and is the project then.
    for name in ["Once", "Twice", "Thrice"] {
        let step = renamed(&mut opened.project, name);
        shelf.append(&opened.project, &step).unwrap();
        shelf.compact(&opened.project, &opened.history).unwrap();
    }
    assert!(words(shelf.engine()).contains("title_words"), "the backup has it in the earlier format");
    let (kept, findings) = shelf.read_backup(project.id(), backups[0].number, &Mirror::new()).unwrap();
    assert_eq!((&kept, &*findings), (&project, &[][..]));

    // Once is enough.
    let mut later = open(shelf.engine().clone());
    let again = later.load(project.id(), &Mirror::new()).unwrap();
    assert_eq!((again.project.name(), later.needs_compaction(project.id())), ("Thrice", false));
    assert_eq!(later.backups(project.id()).unwrap().len(), 1);
}

#[test]
fn without_room_for_what_it_was_a_project_stays_in_its_earlier_format() {
    let (mut engine, project) = stored_in_an_earlier_format();
    for key in engine.keys().unwrap().iter().filter(|key| key.starts_with("v/d/") || *key == "v/ballast") {
        engine.remove(key).unwrap();
    }
    engine.set_quota(Some(engine.used() + 100));
    let before = engine.clone();
    let mut shelf = open(engine);
    let opened = shelf.load(project.id(), &Mirror::new()).unwrap();
    assert_eq!(shelf.compact(&opened.project, &opened.history), Err(StorageError::Full));
    for key in before.keys().unwrap().iter().filter(|key| key.starts_with(Space::of(project.id()).prefix())) {
        assert_eq!(shelf.engine().get(key), before.get(key), "{key}");
    }
    assert_eq!(open(shelf.engine().clone()).load(project.id(), &Mirror::new()).unwrap().project, project);
}

#[test]
fn what_only_the_second_copy_has_of_the_earlier_format_is_kept_too() {
    let (engine, project) = stored_in_an_earlier_format();
    let all = engine.keys().unwrap().into_iter();
    let mirror: Mirror = all.map(|key| (key.clone(), engine.get(&key).unwrap().unwrap())).collect();
    let mut shelf = open(MemoryEngine::new());
    shelf.adopt(&mirror).unwrap();
    let opened = shelf.load(project.id(), &mirror).unwrap();
    shelf.compact(&opened.project, &opened.history).unwrap();
    let number = shelf.backups(project.id()).unwrap()[0].number;
    let (kept, findings) = shelf.read_backup(project.id(), number, &mirror).unwrap();
    assert_eq!((&kept, &*findings), (&project, &[][..]));
    assert!(words(shelf.engine()).contains("title_words"));
}
