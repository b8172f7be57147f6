//! Taking files of other tools in: nothing is lost, nothing comes twice.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use super::*;
use crate::codecs::exchange::{Annotator, Opinion, Relation};
use crate::model::{Coverage, Dot, Label, Person, ProjectInfo, ReplicaId, Stance, Time};
use crate::text::{Span, Text};

const TEXT: &str = "“We stay,” Mayor Holm added, and so did others.";

fn mark(record: &str, words: &str, label: &str) -> Mark {
    let at = TEXT.find(words).unwrap();
    Mark {
        span: Span::new(TEXT, at, at + words.len()).unwrap(),
        layer: MarkLayer::Other,
        label: label.into(),
        attributes: vec![],
        record: record.into(),
    }
}

fn document(marks: Vec<Mark>, ties: &[(usize, usize, &str)]) -> Document {
    let relations =
        ties.iter().map(|(from, to, label)| Relation { from: *from, to: *to, label: (*label).into() });
    Document {
        article: "a".into(),
        text: Text::new(TEXT),
        marks,
        relations: relations.collect(),
        ..Document::default()
    }
}

/// A project and whoever takes files in.
struct Desk {
    project: Project,
    n: u64,
    issues: Vec<Issue>,
}

impl Desk {
    fn new() -> Self {
        Self { project: Project::new(Id::<ProjectInfo>::random(1)), n: 0, issues: vec![] }
    }

    fn take(&mut self, documents: &[Document], map: &[(&str, &str)]) -> TakenIn {
        let map = map.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect();
        let n = &mut self.n;
        let mut stamp = || {
            *n += 1;
            Stamp { at: Dot(ReplicaId::new("r"), *n), by: Id::<Person>::random(2), on: Time::default() }
        };
        take_in(&mut self.project, documents, "hash", &map, &mut stamp, &mut self.issues)
    }

    /// Deletes everything, as undoing the import does.
    fn undo(&mut self) {
        let all: Vec<_> = self.project.records().map(|(id, entry)| (id.clone(), entry.clone())).collect();
        for (id, mut entry) in all {
            self.n += 1;
            let (at, by) = (Dot(ReplicaId::new("r"), self.n), Id::random(2));
            let seen = entry.seen("deleted").unwrap();
            let write = Write { at, by, on: Time::default(), seen, v: Json::of(&true) };
            entry.take("deleted", write).unwrap();
            self.project.merge_entry(id, entry);
        }
    }

    fn contents(&self) -> Vec<String> {
        let of = |a: crate::model::Item<'_, Attribution>| {
            let all = a.contents.get().iter().map(|c| c.exact.to_string()).collect::<Vec<_>>();
            all.join(" … ")
        };
        self.project.all::<Attribution>().map(of).collect()
    }
}

#[test]
fn what_two_people_marked_in_the_same_text_under_the_same_names_is_all_there() {
    let mut desk = Desk::new();
    let anna = document(vec![mark("T1", "“We stay,”", "content")], &[]);
    let bob = document(vec![mark("T1", "so did others", "content")], &[]);
    let both = [anna.clone(), bob, anna];
    desk.take(&both, &[]);
    let mut found = desk.contents();
    found.sort();
    assert_eq!(found, ["so did others", "“We stay,”"], "and what is there twice word for word once");
    assert_eq!(desk.take(&both, &[]).records, 0, "a file read twice changes nothing");
}

#[test]
fn what_was_undone_is_taken_in_again_as_its_labels_are_understood_now() {
    let mut desk = Desk::new();
    let file = [document(
        vec![mark("T1", "“We stay,”", "Statement"), mark("T2", "added", "Verbum")],
        &[(0, 1, "says")],
    )];
    let taken = desk.take(&file, &[]);
    assert_eq!(taken.unknown.get("Verbum"), Some(&1));
    desk.undo();
    assert_eq!(desk.project.all::<Article>().count(), 0);
    let again = desk.take(&file, &[("Verbum", "cue")]);
    assert!(again.records > 0);
    assert_eq!(desk.project.all::<Article>().count(), 1, "the article is back");
    let article = desk.project.all::<Article>().next().unwrap();
    assert!(desk.project.find(article.story.get().as_ref().unwrap()).is_some(), "in a story that is there");
    assert!(desk.project.text_of(&article.id()).is_some());
    let found: Vec<_> = desk.project.all::<Attribution>().collect();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].contents.get().len(), found[0].cues.get().len()), (1, 1));
    drop(found);
    assert_eq!(desk.take(&file, &[("Verbum", "cue")]).records, 0);
}

#[test]
fn a_cue_in_two_pieces_is_one_cue_of_one_attribution() {
    let mut desk = Desk::new();
    let marks =
        vec![mark("T1", "“We stay,”", "content"), mark("T2", "added", "cue"), mark("T3", "and so", "cue")];
    desk.take(&[document(marks, &[(0, 1, "cued_by"), (2, 1, "part_of")])], &[]);
    let found: Vec<_> = desk.project.all::<Attribution>().collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].cues.get().len(), 2);
}

#[test]
fn what_is_remarked_of_a_cue_is_remarked_of_its_attribution() {
    let mut desk = Desk::new();
    let mut cue = mark("T2", "added", "cue");
    cue.attributes.push(("note".into(), "Really?".into()));
    desk.take(&[document(vec![mark("T1", "“We stay,”", "content"), cue], &[(0, 1, "cued_by")])], &[]);
    let found: Vec<_> = desk.project.all::<Attribution>().collect();
    assert_eq!(found[0].entry.note.get().as_deref(), Some("Really?"));
}

#[test]
fn a_source_in_two_pieces_is_said_to_be_two_mentions() {
    let mut desk = Desk::new();
    let marks = vec![mark("T1", "Mayor", "source"), mark("T2", "others", "source")];
    desk.take(&[document(marks, &[(1, 0, "part_of")])], &[]);
    assert_eq!(desk.project.all::<Mention>().count(), 2);
    assert!(desk.issues[0].what.contains("“others” belongs to “Mayor”"), "{:?}", desk.issues);
}

#[test]
fn a_class_of_a_text_is_a_stance_only_where_somebody_knows_it_as_one() {
    let class = |label: &str| Opinion { record: "1".into(), label: label.into(), ..Opinion::default() };
    let file = [Document { opinions: vec![class("sports"), class("against")], ..document(vec![], &[]) }];
    let mut desk = Desk::new();
    let taken = desk.take(&file, &[]);
    assert_eq!(taken.unknown.get("sports"), Some(&1));
    assert_eq!(taken.labels.get("against").unwrap(), "stance:favor/against");
    assert_eq!(desk.project.all::<Stance>().count(), 1);
    assert!(Desk::new().take(&file, &[("sports", "ignore")]).unknown.is_empty());
    let mut desk = Desk::new();
    desk.take(&file, &[("sports", "stance:topic/sports")]);
    assert_eq!(desk.project.all::<Label>().filter(|l| l.scheme == "topic").count(), 1);
}

#[test]
fn a_text_removed_for_good_stays_away() {
    let mut desk = Desk::new();
    let file = [document(vec![mark("T1", "“We stay,”", "content")], &[])];
    desk.take(&file, &[]);
    let text = desk.project.all::<ArticleText>().next().unwrap().id();
    let purged = Stamp { at: Dot(ReplicaId::new("r"), 99), by: Id::random(2), on: Time::default() };
    desk.undo();
    desk.project.merge_entry(text.record().clone(), Entry::purged(purged));
    assert_eq!(desk.take(&file, &[]).records, 0);
    assert!(desk.issues[0].what.contains("removed for good"), "{:?}", desk.issues);
}

#[test]
fn a_meaning_is_one_of_those_that_there_are() {
    for good in ["content", "segment:headline", "segment:segment", "stance:favor/against", "ignore"] {
        assert!(is_meaning(good), "{good}");
    }
    for bad in ["banana", "segment:nonsense", "stance:favor", "stance:/x", ""] {
        assert!(!is_meaning(bad), "{bad}");
    }
}

fn by(name: &str, work: Work, document: Document) -> Document {
    Document { by: Some(Annotator { name: name.into(), work }), ..document }
}

fn finished(desk: &Desk) -> Vec<(String, String)> {
    let of = |c: crate::model::Item<'_, Coverage>| {
        (desk.project.person_name(&c.person), c.layer.as_str().to_owned())
    };
    let mut all: Vec<_> = desk.project.all::<Coverage>().map(of).collect();
    all.sort();
    all
}

#[test]
fn each_annotator_of_a_file_is_a_person_whose_marks_are_theirs_and_finished() {
    let mut desk = Desk::new();
    let marks = || vec![mark("T1", "“We stay,”", "content")];
    let ann = by("Ann", Work::HandedIn, document(marks(), &[]));
    let ben = by("Ben", Work::HandedIn, document(vec![], &[]));
    let cyd = by("Cyd", Work::Unsaid, document(vec![], &[]));
    let dan = by("Dan", Work::Unsaid, document(marks(), &[]));
    let all = [ann.clone(), ben, cyd, dan];
    let taken = desk.take(&all, &[]);
    assert_eq!((taken.texts, taken.annotators.len()), (1, 4));
    let whose: Vec<String> =
        desk.project.all::<Attribution>().map(|a| desk.project.person_name(&a.entry.made.by)).collect();
    assert_eq!(BTreeSet::from_iter(whose), BTreeSet::from(["Ann".to_owned(), "Dan".to_owned()]));
    let done = |name: &str| (name.to_owned(), "attribution".to_owned());
    assert_eq!(finished(&desk), [done("Ann"), done("Ben"), done("Dan")], "nobody knows whether Cyd looked");

    assert_eq!(desk.take(&all, &[]).records, 0);
    desk.undo();
    desk.take(&all, &[]);
    assert_eq!((desk.contents().len(), finished(&desk).len()), (2, 3));

    // Whoever has that name already is meant, and what was decided as gold is no annotator's.
    let gold = document(vec![mark("T2", "“We stay,”", "content")], &[]);
    desk.take(&[by(" ann", Work::Gold, gold)], &[]);
    let golden = desk.project.all::<Attribution>().find(|a| a.made.how == How::Gold).unwrap();
    assert_eq!(desk.project.person_name(&golden.entry.made.by), "Ann");
    assert_eq!((desk.project.all::<Person>().count(), finished(&desk).len()), (4, 3));
}

#[test]
fn a_field_of_the_verb_is_one_of_its_attribution_and_what_has_no_place_is_listed() {
    let with = |fields: &[(&str, &str)], mark: Mark| Mark {
        attributes: fields.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect(),
        ..mark
    };
    let marks = vec![
        with(&[("note", "Whole?"), ("type", "direct")], mark("T1", "“We stay,”", "content")),
        with(&[("note", "Which verb?"), ("verb_class", "neutral")], mark("T2", "added", "cue")),
        with(&[("form", "full_name"), ("type", "person")], mark("T3", "Mayor Holm", "source")),
        with(&[("type", "person")], mark("T4", "others", "source")),
    ];
    let mut desk = Desk::new();
    desk.take(&[document(marks, &[(0, 1, "cued_by"), (0, 2, "attributed_to")])], &[]);
    let said = desk.project.all::<Attribution>().next().unwrap();
    assert_eq!(said.entry.note.get().as_deref(), Some("Whole?\nWhich verb?"));
    assert_eq!(said.verb_class.get().as_ref().map(|class| class.as_str()), Some("neutral"));
    assert_eq!(desk.issues.len(), 1, "{:?}", desk.issues);
    assert!(desk.issues[0].what.contains("“type” has no place on marks that are source; its 2 values"));
}
