//! A case for each kind of conflict, and for what merging must not do.

use super::desk::{Desk, TEXT, article, file, start, text};
use variorum::codecs::project_file;
use variorum::merge::{ConflictKind, Fault, conflicts, merge, variants};
use variorum::model::{Alias, Dot, Entry, Id, Json, ReplicaId, Stamp, Target, TargetKind, Time};
use variorum::store::{Command, MarkRole};
use variorum::text::Text;

/// Two people with copies of one project.
fn two() -> (Desk, Desk) {
    let start = start();
    (Desk::open(&start.project, "a", 10), Desk::open(&start.project, "b", 11))
}

fn found(a: &Desk, b: &Desk) -> Vec<(ConflictKind, Option<&'static str>)> {
    let merged = merge(("a", &a.project), &[("b", &b.project)]).unwrap();
    merged.conflicts.into_iter().map(|c| (c.kind, c.field)).collect()
}

#[test]
fn two_values() {
    let (mut a, mut b) = two();
    a.run(Command::RetitleArticle { article: article(), title: "A".into() });
    b.run(Command::RetitleArticle { article: article(), title: "B".into() });
    assert_eq!(found(&a, &b), [(ConflictKind::TwoValues, Some("title"))]);
    b.run(Command::RetitleArticle { article: article(), title: "A".into() });
    assert_eq!(found(&a, &b), [], "the same value twice is no conflict");
    // Choosing one is a write that has seen both.
    b.run(Command::RetitleArticle { article: article(), title: "B".into() });
    a.pull(&b.project);
    a.run(Command::RetitleArticle { article: article(), title: "C".into() });
    assert_eq!(found(&a, &b), []);
}

#[test]
fn edit_and_delete_stays_and_a_deletion_that_knew_the_edit_does_not() {
    let (mut a, mut b) = two();
    let id = a.mark(1, "“We are not leaving,”", MarkRole::Content);
    b.pull(&a.project);
    a.run(Command::Delete { records: vec![id.record().clone()] });
    b.mark(1, "said", MarkRole::Cue);
    assert_eq!(found(&a, &b), [(ConflictKind::EditAndDelete, Some("deleted"))]);
    let merged = merge(("a", &a.project), &[("b", &b.project)]).unwrap();
    assert!(merged.project.find(&id).is_some(), "it stays until somebody decides");
    let (mut a, mut b) = two();
    let id = a.mark(1, "“We are not leaving,”", MarkRole::Content);
    b.pull(&a.project);
    b.mark(1, "said", MarkRole::Cue);
    a.pull(&b.project);
    a.run(Command::Delete { records: vec![id.record().clone()] });
    assert_eq!(found(&a, &b), []);
    assert!(merge(("b", &b.project), &[("a", &a.project)]).unwrap().project.find(&id).is_none());
}

#[test]
fn a_copied_replica_loses_nothing_and_is_said() {
    let start = start();
    let (mut a, mut b) = (Desk::open(&start.project, "same", 10), Desk::open(&start.project, "same", 11));
    a.run(Command::RetitleArticle { article: article(), title: "A".into() });
    b.run(Command::RetitleArticle { article: article(), title: "B".into() });
    let kinds = found(&a, &b);
    assert!(kinds.contains(&(ConflictKind::SameWrite, Some("title"))), "{kinds:?}");
    assert!(kinds.contains(&(ConflictKind::TwoValues, Some("title"))), "both are kept: {kinds:?}");
    a.mark(1, "said", MarkRole::Cue);
    b.mark(2, "harbour", MarkRole::Content);
    let merged = merge(("a", &a.project), &[("b", &b.project)]).unwrap();
    assert!(matches!(merged.faults[0], Fault::SameWriteOtherContent { .. }));
}

#[test]
fn names_that_are_there_twice_until_somebody_says_what_they_are() {
    let (mut a, mut b) = two();
    let [x, y]: [Id<Target>; 2] = [Id::random(71), Id::random(72)];
    a.run(Command::AddTarget { target: x.clone(), name: "The port".into(), kind: TargetKind::Issue });
    b.run(Command::AddTarget { target: y.clone(), name: "the PORT".into(), kind: TargetKind::Issue });
    a.run(Command::NamePerson { person: a.by.clone(), name: "Anna".into() });
    b.run(Command::NamePerson { person: b.by.clone(), name: "Anna".into() });
    let kinds: Vec<_> = found(&a, &b).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, [ConflictKind::SameName, ConflictKind::SamePersonName]);
    a.pull(&b.project);
    let alias =
        |same: bool| Alias { same: same.into(), ..Alias::blank(x.record().clone(), y.record().clone()) };
    let made = Stamp { at: Dot(ReplicaId::new("z"), 1), by: a.by.clone(), on: Time::default() };
    let id: Id<Alias> = Id::derived(&[x.as_str(), y.as_str()]);
    for same in [true, false] {
        let mut said = a.project.clone();
        said.merge_entry(id.record().clone(), Entry::new(made.clone(), alias(same)));
        let kinds: Vec<_> = conflicts(&said).into_iter().map(|c| c.kind).collect();
        assert_eq!(kinds, [ConflictKind::SamePersonName], "said: {same}");
    }
}

#[test]
fn labels_of_one_name() {
    let (a, b) = two();
    let twin = |desk: &Desk, id: u128| {
        let mut project = desk.project.clone();
        let label = variorum::model::Label {
            name: Some("Ironic".to_owned()).into(),
            ..variorum::model::Label::blank("favor".into())
        };
        let made = Stamp { at: Dot(ReplicaId::new("z"), id as u64), by: Id::random(id), on: Time::default() };
        project
            .merge_entry(Id::<variorum::model::Label>::random(id).record().clone(), Entry::new(made, label));
        project
    };
    let merged = merge(("a", &twin(&a, 1)), &[("b", &twin(&b, 2))]).unwrap();
    assert_eq!(merged.conflicts.len(), 1);
    assert_eq!(merged.conflicts[0].kind, ConflictKind::SameLabelName);
}

#[test]
fn duplicates_and_dangling_links_and_broken_rules() {
    let (mut a, b) = two();
    a.mark(1, "harbour", MarkRole::Content);
    a.mark(2, "harbour", MarkRole::Content);
    assert_eq!(found(&a, &b), [(ConflictKind::Duplicate, None)]);
    let (mut a, mut b) = two();
    let target: Id<Target> = Id::random(70);
    a.run(Command::AddTarget { target: target.clone(), name: "Port".into(), kind: TargetKind::Issue });
    b.pull(&a.project);
    a.stance(&target, "favor");
    b.run(Command::Delete { records: vec![target.record().clone()] });
    assert_eq!(found(&a, &b), [(ConflictKind::DanglingLink, Some("target"))]);
    let broken = file(&a.project).replacen("\"holder\":\"article\",", "", 1);
    let broken = project_file::read(&broken).unwrap().value;
    assert!(conflicts(&broken).iter().any(|c| c.kind == ConflictKind::RuleBroken));
}

#[test]
fn words_that_are_not_where_they_should_be() {
    let (mut a, _) = two();
    a.mark(1, "harbour", MarkRole::Content);
    let moved = file(&a.project).replacen("\"exact\":\"harbour\"", "\"exact\":\"airport\"", 1);
    let moved = project_file::read(&moved).unwrap().value;
    assert!(
        conflicts(&moved).iter().any(|c| c.kind == ConflictKind::ReAnchor && c.field == Some("contents"))
    );
}

#[test]
fn two_texts_of_one_publication_and_one_text_as_two() {
    let long: String = (0..200).map(|i| format!("word{i} ")).collect();
    let (mut a, mut b) = two();
    a.add(&format!("{long}end."), "News");
    b.add(&format!("{long}end!  Corrected."), "News");
    let kinds = found(&a, &b);
    assert!(kinds.contains(&(ConflictKind::TextVariant, None)), "{kinds:?}");
    let (a, _) = two();
    let twice = file(&a.project);
    let line = twice.lines().find(|l| l.starts_with("\"art:")).unwrap().to_owned();
    let salted = line.replacen("\"salt\":\"\"", "\"salt\":\"x\"", 1).replacen("\"art:", "\"art:0", 1);
    let id = salted.split('"').nth(1).unwrap().to_owned();
    let salted = salted.replace(&id, &id[..30]);
    let twice = twice.replacen(&line, &format!("{},\n{line}", salted.trim_end_matches(',')), 1);
    let twice = project_file::read(&twice).unwrap().value;
    assert!(conflicts(&twice).iter().any(|c| c.kind == ConflictKind::SameTextTwoArticles), "{twice:?}");
}

#[test]
fn marks_are_seen_in_a_variant_and_the_rest_are_orphans() {
    let mut a = Desk::open(&start().project, "a", 10);
    a.mark(1, "“We are not leaving,”", MarkRole::Content);
    a.mark(2, "He left", MarkRole::Content);
    let other = TEXT.replace("He left", "She left").replace("😀 ", "Corrected. ");
    a.add(&other, "Harbour");
    let to = variorum::store::text_id(&other);
    let seen = variants::carried(&a.project, &text(), &to);
    let words: Vec<&str> = seen.placed.iter().map(|(.., span)| span.slice(&other)).collect();
    assert_eq!(words, ["“We are not leaving,”"]);
    assert_eq!(seen.orphans.len(), 1);
    assert_eq!(seen.orphans[0].2.exact, "He left");
}

#[test]
fn a_later_format_is_named_and_kept() {
    let (a, b) = two();
    let later = file(&b.project).replacen("\"kind\":\"story\"", "\"kind\":\"story\",\"x-new\":[1]", 1);
    let later = project_file::read(&later).unwrap().value;
    let merged = merge(("a", &a.project), &[("b", &later)]).unwrap();
    assert_eq!(merged.conflicts.len(), 1);
    assert_eq!(merged.conflicts[0].kind, ConflictKind::NewerFormat);
    assert!(file(&merged.project).contains("\"x-new\":[1]"));
}

#[test]
fn a_text_sent_without_its_content_is_completed() {
    let (a, b) = two();
    let content = Json::of(&Text::new(TEXT));
    let without = file(&b.project).replacen(&format!("\"content\":{},", content.as_str()), "", 1);
    let without = project_file::read(&without).unwrap().value;
    assert!(without.text(&text()).is_none());
    for (x, y) in [(&a.project, &without), (&without, &a.project)] {
        let merged = merge(("x", x), &[("y", y)]).unwrap();
        assert_eq!(merged.project.text(&text()).unwrap().as_str(), TEXT);
    }
}

#[test]
fn purged_wins_whichever_way_and_keeps_who_did_it() {
    let (mut a, mut b) = two();
    let id = a.mark(1, "harbour", MarkRole::Content);
    b.pull(&a.project);
    b.mark(1, "said", MarkRole::Cue);
    let by: Id<variorum::model::Person> = Id::random(99);
    let purged =
        Entry::purged(Stamp { at: Dot(ReplicaId::new("zz"), 5), by: by.clone(), on: Time::default() });
    a.project.replace_entry(id.record().clone(), purged.clone());
    for (x, y) in [(&a, &b), (&b, &a)] {
        let merged = merge(("x", &x.project), &[("y", &y.project)]).unwrap();
        assert_eq!(merged.project.entry(id.record()), Some(&purged));
    }
}

#[test]
fn another_project_is_refused_with_a_sentence() {
    let other = variorum::model::Project::new(Id::random(77));
    let said = merge(("a.json", &start().project), &[("b.json", &other)]).unwrap_err().to_string();
    assert!(said.contains("b.json is of another project"), "{said}");
}

#[test]
fn the_preview_counts_what_each_file_brings_and_undo_takes_the_joining_back() {
    let (mut a, mut b) = two();
    let kept = a.mark(1, "harbour", MarkRole::Content);
    b.pull(&a.project);
    b.run(Command::Delete { records: vec![kept.record().clone()] });
    b.mark(2, "said", MarkRole::Cue);
    b.run(Command::RetitleArticle { article: article(), title: "B".into() });
    let merged = merge(("a", &a.project), &[("b", &b.project)]).unwrap();
    let brought = &merged.files[1];
    assert_eq!((brought.new, brought.changed, brought.deleted), (1, 2, 1));
    assert_eq!(brought.by_person.values().sum::<usize>(), 3);
    assert_eq!(brought.by_article.get(&article()), Some(&3));
    let visible = |desk: &Desk| -> Vec<_> {
        let live = desk.project.records().filter(|(_, entry)| entry.is_live());
        live.map(|(id, entry)| (id.clone(), entry.shown())).collect()
    };
    let before = visible(&a);
    a.pull(&b.project);
    assert_ne!(visible(&a), before);
    a.undo();
    assert_eq!(visible(&a), before);
}
