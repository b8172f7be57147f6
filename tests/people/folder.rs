//! The shared folder, as the desk hears of it: what is joined, what is left alone, what is written.

use super::desk::{Desk as Person, file, start};
use variorum::codecs::project_file;
use variorum::merge::export::my_work;
use variorum::model::{Attribution, Id, Project};
use variorum::store::{Command, MarkRole};
use variorum::together::{Desk, Event, FolderNow, Order, Reply};

fn begin(person: &Person) -> Desk {
    let mut desk = Desk::default();
    desk.hear(Event::Begin {
        project: file(&person.project),
        me: person.by.to_string(),
        today: "2026-11-22".into(),
        reports: Vec::new(),
        can_share: true,
    });
    desk
}

fn look(desk: &mut Desk, files: &[(&str, &str)]) -> Reply {
    let files = files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    desk.hear(Event::Folder(FolderNow { name: "Shared".into(), asleep: false, files }))
}

fn caught_up(reply: &Reply) -> Vec<Project> {
    let files = reply.orders.iter().filter_map(|order| match order {
        Order::CatchUp(file) => Some(project_file::read(file).unwrap().value),
        _ => None,
    });
    files.collect()
}

fn written(orders: &[Order]) -> Option<(String, Project)> {
    orders.iter().find_map(|order| match order {
        Order::WriteOwn { name, content } => Some((name.clone(), project_file::read(content).unwrap().value)),
        _ => None,
    })
}

fn two() -> (Person, Person) {
    let ground = start().project;
    let mut both = [(10, "Anna", "a"), (11, "Boris", "b")].map(|(person, name, replica)| {
        let mut desk = Person::open(&ground, replica, person);
        desk.run(Command::NamePerson { person: desk.by.clone(), name: name.into() });
        desk.mark(person, "harbour", MarkRole::Content);
        desk
    });
    let boris = both[1].clone();
    (std::mem::replace(&mut both[0], boris.clone()), boris)
}

#[test]
fn everybodys_files_are_joined_conflict_copies_too_and_only_ones_own_is_written() {
    let (anna, mut boris) = two();
    let work = file(&my_work(&boris.project, &boris.by));
    boris.mark(21, "He left", MarkRole::Content);
    let copy = file(&my_work(&boris.project, &boris.by));
    let mut desk = begin(&anna);
    let name = "Test Boris 0000000B.variorum.json";
    let copied = "Test Boris 0000000B.variorum (conflicted copy).json";
    let reply = look(&mut desk, &[(name, &work), (copied, &copy), ("notes.txt", "milk")]);
    let [news] = &caught_up(&reply)[..] else { panic!("{:?}", reply.orders) };
    assert_eq!(news.all::<Attribution>().count(), 2, "both of Boris's marks, one of them in the copy only");
    let (own, mine) = written(&reply.orders).unwrap();
    assert!(own.starts_with("Test Anna ") && own.ends_with(".variorum.json"), "{own}");
    assert!(mine.all::<Attribution>().all(|a| a.entry.made.by == anna.by), "nobody else's marks");
    // The next look finds one's own file, and nothing to do.
    let own_file = file(&mine);
    let files = [(&*own, &*own_file), (name, &*work), (copied, &*copy)];
    assert_eq!(look(&mut desk, &files).orders, []);
    // What one does goes there; once.
    let mut anna = anna;
    let before = anna.project.clone();
    anna.mark(22, "Mayor Holm", MarkRole::Content);
    let changed = anna.project.only(|id, entry| before.entry(id) != Some(entry));
    let reply = desk.hear(Event::Share(file(&changed)));
    assert_eq!(reply.drawn, 0, "nothing is drawn for it");
    let (again, mine) = written(&reply.orders).unwrap();
    assert_eq!((again, mine.all::<Attribution>().count()), (own, 2));
    assert_eq!(desk.hear(Event::Share(file(&before.only(|_, _| false)))).orders, []);
    // What could not be written is tried again.
    desk.hear(Event::NotWritten("the disk is full".into()));
    assert!(written(&desk.hear(Event::Share(file(&changed))).orders).is_some());
}

#[test]
fn what_is_not_whole_is_named_and_left_alone_and_ones_own_damaged_file_is_not_written_over() {
    let (anna, boris) = two();
    let mut desk = begin(&anna);
    let (own, mine) = written(&look(&mut desk, &[]).orders).unwrap();
    let mine = file(&mine);
    let half = &mine[..mine.len() / 2];
    let work = file(&my_work(&boris.project, &boris.by));
    let newer = work.replacen("variorum/1", "variorum/9", 1);
    let other = file(&Project::new(Id::random(99)));
    let hidden = ".Test Dana 0000000D.variorum.json.icloud";
    let reply = look(
        &mut desk,
        &[
            (&own, half),
            ("newer.json", &newer),
            ("other.json", &other),
            ("empty.variorum.json", ""),
            ("list.json", "[1]"),
            (hidden, "bplist"),
            ("boris.json", &work),
        ],
    );
    let [news] = &caught_up(&reply)[..] else { panic!("{:?}", reply.orders) };
    assert_eq!(news.all::<Attribution>().count(), 1, "the sound file is joined beside the others");
    let words = reply.tree.words();
    for part in [
        &format!("{own}: it breaks off"),
        "newer.json: ",
        "newer Variorum",
        "other.json is of another project",
        "empty.variorum.json: empty, or not synced yet",
        "list.json: ",
        &format!("{hidden}: not synced whole yet"),
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
    let (name, _) = written(&reply.orders).unwrap();
    assert!(name != own && name.ends_with(&own[own.len() - 22..]), "{name} beside {own}");
    assert!(reply.orders.iter().any(|o| matches!(o, Order::Say(words) if words.contains("left alone"))));
}

#[test]
fn a_folder_that_waits_for_a_click_is_neither_read_nor_written() {
    let (anna, _) = two();
    let mut desk = begin(&anna);
    let asleep = FolderNow { name: "Shared".into(), asleep: true, files: Vec::new() };
    let reply = desk.hear(Event::Folder(asleep));
    assert_eq!(reply.orders, []);
    assert!(reply.tree.words().contains("Read it now"), "{}", reply.tree.words());
    assert_eq!(desk.hear(Event::Share(file(&anna.project))).orders, []);
}
