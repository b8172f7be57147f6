//! A project in which there is a conflict of every kind.

use super::desk::{Desk, TEXT, article, file, start, text, words_at};
use variorum::codecs::project_file;
use variorum::model::{
    Anchor, Article, Content, Dot, Entry, Id, Json, Label, Meaning, Part, Person, Project, RecordId,
    ReplicaId, Stamp, Stance, Target, TargetKind, Time,
};
use variorum::store::{Command, MarkRole, Verdict, article_id};

/// Somebody decides that of these marks one is right.
fn decide(desk: &mut Desk, members: &[RecordId], keep: &RecordId) {
    let digest = desk.project.digest(members);
    let verdict = Verdict {
        members: members.to_vec(),
        outcome: "variant".into(),
        keep: vec![keep.clone()],
        contents: None,
        reason: None,
        note: None,
        digest,
    };
    assert!(desk.run(Command::Decide { verdicts: vec![verdict] }));
}

fn target(desk: &mut Desk, id: u128, name: &str) -> Id<Target> {
    let target: Id<Target> = Id::random(id);
    desk.run(Command::AddTarget { target: target.clone(), name: name.into(), kind: TargetKind::Issue });
    target
}

/// Anna, Boris and two judges at work on what is handed out, all of it joined.
pub(crate) fn crooked() -> Project {
    let begin = start().project;
    let (mut anna, mut boris) = (Desk::open(&begin, "a", 10), Desk::open(&begin, "b", 11));
    anna.run(Command::NamePerson { person: anna.by.clone(), name: "Anna".into() });
    boris.run(Command::NamePerson { person: boris.by.clone(), name: "Boris".into() });
    // Two people of one name, two targets, two labels.
    for (desk, id) in [(&mut anna, 90), (&mut boris, 91)] {
        desk.run(Command::NamePerson { person: Id::<Person>::random(id), name: "Kim".into() });
        target(desk, id, "Port");
        let (label, scheme, name) = (Id::<Label>::random(id), "favor".into(), "Ironic".into());
        desk.run(Command::AddLabel { label, scheme, name, meaning: Meaning::from("?") });
    }
    // One field, two values.
    anna.run(Command::RetitleArticle { article: article(), title: "Harbour stays".into() });
    boris.run(Command::RetitleArticle { article: article(), title: "Harbour goes".into() });
    // Deleted by one, changed by the other; deleted under a stance.
    let note = anna.mark(1, "harbour", MarkRole::Content).record().clone();
    let bridge = target(&mut anna, 70, "Bridge");
    boris.pull(&anna.project);
    boris.stance(&bridge, "favor");
    boris.run(Command::SetNote { record: note.clone(), note: Some("this one matters".into()) });
    anna.run(Command::Delete { records: vec![note, bridge.record().clone()] });
    // A stance without its value.
    let tunnel = target(&mut anna, 71, "Tunnel");
    anna.stance(&tunnel, "against");
    let stance = anna.project.all::<Stance>().find(|s| s.target.get().as_ref() == Some(&tunnel));
    let stance = stance.unwrap().id().record().clone();
    let value = Json::read("null").unwrap();
    anna.run(Command::SetField { record: stance, field: "value", value });
    // Marked twice; a mark three characters beside its words.
    anna.mark(5, "He left", MarkRole::Content);
    anna.mark(6, "He left", MarkRole::Content);
    let beside = anna.mark(7, "stays", MarkRole::Content).record().clone();
    let at = Anchor::of(&variorum::text::Text::new(TEXT), words_at("stays")).unwrap();
    let back = |n: variorum::text::CodePoint| variorum::text::CodePoint(n.0 - 3);
    let wrong = Anchor { start: back(at.start), end: back(at.end), ..at };
    let value = Json::of(&vec![Content::new(wrong, Part::Quoted)]);
    anna.run(Command::SetField { record: beside, field: "contents", value });
    // Two texts of one publication, and one text as two.
    let long = TEXT.repeat(6);
    anna.add(&long, "Long story");
    anna.add(&format!("{long} So."), "Long story");
    let again = article_id(&text(), "again");
    let made = Stamp { at: Dot(ReplicaId::new("z"), 1), by: boris.by.clone(), on: Time::default() };
    let body = Article::blank(text(), "again".into());
    boris.project.merge_entry(again.record().clone(), Entry::new(made, body));
    // What two judges decide apart, and what changes after it was decided.
    let whole = anna.mark(30, "We are not leaving", MarkRole::Content).record().clone();
    let short = boris.mark(31, "We are not", MarkRole::Content).record().clone();
    let changed = anna.mark(32, "Mayor Holm", MarkRole::Content).record().clone();
    anna.pull(&boris.project);
    let mut judges = [("j1", 30, "Judge One"), ("j2", 31, "Judge Two")].map(|(replica, person, name)| {
        let mut judge = Desk::open(&anna.project, replica, person);
        judge.run(Command::NamePerson { person: judge.by.clone(), name: name.into() });
        judge
    });
    decide(&mut judges[0], &[whole.clone(), short.clone()], &whole);
    decide(&mut judges[1], &[whole.clone(), short.clone()], &short);
    decide(&mut judges[0], std::slice::from_ref(&changed), &changed);
    let value = Json::read("\"mixed\"").unwrap();
    anna.run(Command::SetField { record: changed, field: "type", value });
    // Two copies of one browser's profile.
    for (person, words, id) in [(12, "Olena", 40), (13, "שלום", 41)] {
        let mut copied = Desk::open(&begin, "copied", person);
        copied.mark(id, words, MarkRole::Content);
        anna.pull(&copied.project);
    }
    judges.iter().for_each(|judge| anna.pull(&judge.project));
    // A field that this version does not know.
    let text = file(&anna.project).replacen("\"kind\":\"story\"", "\"kind\":\"story\",\"mood\":\"grave\"", 1);
    let text = match text.contains("mood") {
        true => text,
        false => text.replacen("\"kind\":\"text\"", "\"kind\":\"text\",\"mood\":\"grave\"", 1),
    };
    project_file::read(&text).unwrap().value
}
