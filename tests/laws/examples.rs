//! The laws in use, on projects that people might have.

use crate::commands::{fresh_of, new_article, one};
use crate::desk::{Desk, TEXT};
use variorum::codecs::project_file;
use variorum::model::{Article, Attribution, Id, Label, Source, Story};
use variorum::store::{self, Command, MarkRole, NewArticle, Rejection, article_id, label_id, text_id};
use variorum::text::{Span, Text};

#[test]
fn an_attribution_marked_word_by_word_is_one_object() {
    let mut desk = Desk::new("r1");
    let attribution: Id<Attribution> = Id::random(77);
    let words = |part: &str| {
        let at = TEXT.find(part).unwrap();
        Span::new(TEXT, at, at + part.len()).unwrap()
    };
    for (part, role) in [
        ("“We are not leaving,”", MarkRole::Content),
        ("said ", MarkRole::Cue),
        ("Olena Їжак", MarkRole::Source),
    ] {
        let span = words(part);
        let attribution = attribution.clone();
        desk.run(Command::Mark { attribution, text: desk.text(), span, role, blind: true });
    }
    let found = desk.project.find(&attribution).unwrap();
    assert_eq!(found.r#type.get().as_ref().unwrap().as_str(), "direct");
    assert_eq!(found.cues.get()[0].exact, "said", "the space at the end is not part of the cue");
    let mention = desk.project.find(&found.sources.get()[0]).unwrap();
    let source = mention.source.get().clone().unwrap();
    assert_eq!(desk.project.source_name(&source), "Olena Їжак");
    assert_eq!(found.contents.get()[0].start.0, 2, "code points, so the emoji counts one");
    let label: Id<Label> = label_id("favor", "favor");
    assert!(desk.project.find(&label).is_some());
}

#[test]
fn what_people_say_of_sentences_and_articles_is_kept_and_taken_back() {
    use variorum::model::{Alignment, Article, Direction, Link, Relation};
    let mut desk = Desk::new("r1");
    let other = NewArticle {
        content: Text::new("Mayor Holm said that the harbour stays."),
        extractor: "test 1".into(),
        origin: None,
        title: "Copy".into(),
        language: None,
        links: vec![],
        story: None,
        facts: variorum::model::Facts::default(),
        cleaning: None,
    };
    let to_text = text_id(&other.content);
    desk.run(Command::AddArticles { articles: vec![other] });
    let at = TEXT.find("Mayor").unwrap();
    let from = Span::new(TEXT, at, TEXT.find("\n\n").unwrap()).unwrap();
    let to = Span::new("Mayor Holm said", 0, 15).unwrap();
    let say = |confirmed| Command::Align {
        from_text: text_id(TEXT),
        to_text: to_text.clone(),
        from: vec![from],
        to: vec![to],
        op: None,
        confirmed,
    };
    assert!(desk.run(say(Some(true))) && !desk.run(say(Some(true))), "saying it again changes nothing");
    assert!(desk.run(say(Some(false))));
    assert_eq!(
        desk.project.all::<Alignment>().map(|a| *a.confirmed.get()).collect::<Vec<_>>(),
        [Some(false)]
    );
    let said = variorum::versions::corrections::corrections(&desk.project, &to_text, &text_id(TEXT));
    assert!(said.len() == 1 && !said[0].joined && said[0].b[0].start.0 > 0, "read from the other side too");
    assert!(desk.run(say(None)));
    assert_eq!(desk.project.all::<Alignment>().count(), 0);

    let (a, b): (Id<Article>, Id<Article>) = (article_id(&text_id(TEXT), ""), article_id(&to_text, ""));
    let judgement = store::Judgement {
        relation: Some(Relation::WhollyDerived),
        direction: Some(Direction::FromTo),
        ..store::Judgement::default()
    };
    desk.run(Command::Judge { from: a.clone(), to: b.clone(), judgement: judgement.clone() });
    let turned = store::Judgement { direction: Some(Direction::ToFrom), ..judgement };
    assert!(
        !desk.run(Command::Judge { from: b, to: a, judgement: turned }),
        "the same, said from the other end"
    );
    assert_eq!(desk.project.all::<Link>().count(), 1);
    let file = project_file::write(&desk.project);
    assert_eq!(project_file::read(&file).unwrap().value, desk.project);
    assert!(desk.undo() && desk.project.all::<Link>().count() == 0);
}

#[test]
fn a_project_has_labels_of_its_own_and_any_field_can_be_set_to_what_fits_it() {
    let mut desk = Desk::new("r1");
    let label: Id<Label> = fresh_of(1);
    let meaning = variorum::model::Meaning::For;
    let added =
        Command::AddLabel { label: label.clone(), scheme: "favor".into(), name: "cheers".into(), meaning };
    assert!(desk.run(added));
    assert_eq!(desk.project.labels("favor").last().unwrap().id(), label);
    let set = |field, value: &str| Command::SetField {
        record: label.record().clone(),
        field,
        value: variorum::model::Json::read(value).unwrap(),
    };
    assert!(desk.run(set("definition", "\"loudly\"")));
    assert!(!desk.run(set("definition", "7")) && !desk.run(set("scheme", "\"x\"")));
    assert_eq!(desk.project.find(&label).unwrap().definition.get().as_deref(), Some("loudly"));
}

#[test]
fn what_is_removed_for_good_stays_away_and_cannot_be_undone() {
    let mut desk = Desk::new("r1");
    let attribution: Id<Attribution> = Id::random(77);
    let span = Span::new(TEXT, 5, 30).unwrap();
    desk.run(Command::Mark {
        attribution: attribution.clone(),
        text: desk.text(),
        span,
        role: MarkRole::Content,
        blind: true,
    });
    let copy = desk.project.clone();
    let article: Id<Article> = one(&desk, 0);
    let purge = Command::Purge { records: vec![article.record().clone()] };
    assert!(purge.is_final() && desk.run(purge));
    let file = project_file::write(&desk.project);
    assert!(!file.contains("We are not leaving"), "no words of it are left: {file}");
    let steps: Vec<String> = desk.history.steps().map(|s| serde_json::to_string(s).unwrap()).collect();
    assert!(!steps.concat().contains("We are not leaving"), "nor in what undo knows");
    while desk.undo() {}
    while desk.redo() {}
    for (id, entry) in copy.records() {
        desk.project.merge_entry(id.clone(), entry.clone());
    }
    let again = project_file::write(&desk.project);
    assert!(!again.contains("We are not leaving"));
    assert_eq!(project_file::read(&again).unwrap().value, desk.project);
    assert!(desk.project.find(&attribution).is_none());

    // Whoever adds it again is told, and no story without an article is left behind.
    let before = desk.project.clone();
    let add =
        |texts: &[&str]| Command::AddArticles { articles: texts.iter().map(|t| new_article(t)).collect() };
    let refused = desk.act(|project, context| store::decide(project, add(&[TEXT]), context));
    assert_eq!(refused, Err(Rejection::RemovedForGood));
    assert!(desk.run(add(&[TEXT, "Another article."])), "one costs no other");
    assert_eq!(desk.project.all::<Article>().count(), before.all::<Article>().count() + 1);
    assert_eq!(desk.project.all::<Story>().count(), before.all::<Story>().count() + 1);
}

#[test]
fn a_project_without_texts_is_completed_by_whoever_has_them() {
    let whole = Desk::new("r1");
    let file = project_file::write(&whole.project.without_texts());
    assert!(!file.contains("He left."));
    let mut desk = Desk { project: project_file::read(&file).unwrap().value, ..whole.clone() };
    assert_eq!(desk.project.missing_texts(), [desk.text()]);
    assert!(!desk.run(Command::CompleteTexts { texts: vec![Text::new("Another text.")] }));
    let before = desk.history.clone();
    assert!(desk.run(Command::CompleteTexts { texts: vec![Text::new(TEXT)] }));
    assert_eq!(desk.project, whole.project);
    assert_eq!(desk.history, before, "there is nothing to take back");
}

#[test]
fn two_that_are_the_same_count_as_one_until_that_is_taken_back() {
    let mut desk = Desk::new("r1");
    let (a, b): (Id<Source>, Id<Source>) = (fresh_of(1), fresh_of(2));
    for id in [&a, &b] {
        desk.run(Command::AddSource { source: id.clone(), story: None, name: "Same".into(), kind: None });
    }
    let joined = |same| Command::SetSame { a: b.record().clone(), b: a.record().clone(), same };
    assert!(desk.run(joined(true)));
    assert_eq!(desk.project.same().of_kind(&b), a);
    assert!(desk.undo());
    assert_eq!(desk.project.same().of_kind(&b), b);
    assert!(desk.redo() && desk.run(joined(false)));
    assert!(!desk.project.same().are(a.record(), b.record()));
    let story = desk.project.all::<Story>().next().unwrap().id();
    assert!(!desk.run(Command::SetSame { a: a.record().clone(), b: story.record().clone(), same: true }));
}

#[test]
fn words_changed_outside_never_take_the_place_of_those_that_the_marks_belong_to() {
    let ours = Desk::new("r1");
    for other in ["A", "😀 😀"] {
        // Less than ours by its text, and more.
        let file = project_file::write(&ours.project).replace("“We are not", &format!("{other}“We are not"));
        let theirs = project_file::read(&file).unwrap().value;
        assert_ne!(theirs.text(&ours.text()), ours.project.text(&ours.text()));
        for (mut a, b) in [(ours.project.clone(), theirs.clone()), (theirs.clone(), ours.project.clone())] {
            a.join(&b);
            assert_eq!(a.text(&ours.text()), ours.project.text(&ours.text()), "{other}");
        }
        // Where there are no others, they stay as they came.
        let mut without = ours.project.without_texts();
        without.join(&theirs);
        assert_eq!(without.text(&ours.text()), theirs.text(&ours.text()));
    }
}
