//! What was written and read again is what it was.

use super::{Given, WITH_MARKS_AND_TIES, read_back, to_read, written};
use variorum::codecs::exchange::{Direction, Document, Loss, Options};
use variorum::codecs::{FORMATS, format, hash};
use variorum::dataset::{Dataset, Selection, Whose};
use variorum::model::{Attribution, Id, Item, Person, Project, ReplicaId, Time};
use variorum::sample;
use variorum::store::{Command, Context, MarkRole, Replica, apply, decide};
use variorum::text::Text;

#[test]
fn what_was_written_and_read_is_written_again_as_it_was() {
    let first = sample::project().unwrap();
    let selection = Selection::default();
    for codec in FORMATS.iter().filter(|codec| codec.direction() == Direction::Both) {
        let export = |project: &Project| {
            let mut files = written(*codec, &Dataset::whole(project, &selection, Options::default()));
            // The card and these tables name the project's people and the records themselves.
            files.retain(|name, _| {
                !["README.md", "stances/", "attributions.", "stances."].iter().any(|n| name.starts_with(n))
            });
            files
        };
        let one = export(&first);
        let all = written(*codec, &Dataset::whole(&first, &selection, Options::default()));
        let second = read_back(*codec, &all);
        let two = export(&second);
        // What is lost is lost the first time: a column of tags, an event's single cue.
        if !matches!(codec.name(), "conll" | "conll-bilou" | "polnear" | "web-annotation" | "recogito") {
            let differ: Vec<&String> = one.keys().filter(|name| one.get(*name) != two.get(*name)).collect();
            assert!(differ.is_empty(), "{}: {differ:?}", codec.name());
        }
        let third =
            read_back(*codec, &written(*codec, &Dataset::whole(&second, &selection, Options::default())));
        let three = export(&third);
        let differ: Vec<&String> = two.keys().filter(|name| two.get(*name) != three.get(*name)).collect();
        assert!(differ.is_empty(), "{}, again: {differ:?}", codec.name());
    }
}

#[test]
fn what_somebody_remarked_goes_along_wherever_fields_do() {
    let mut project = sample::project().unwrap();
    let attribution = project.all::<Attribution>().find(|a| !a.contents.get().is_empty()).unwrap().id();
    let record = attribution.record().clone();
    let mut replica = Replica::new(ReplicaId::new("notes"));
    let words = "Who; said=this?\n100 % “sure” \u{1F6A2}".to_owned();
    let note = Command::SetNote { record: record.clone(), note: Some(words.clone()) };
    for command in [note, Command::SetUnsure { record, unsure: true }] {
        let mut bits = || 0;
        let mut context =
            Context { by: Id::random(9), on: Time::default(), replica: &mut replica, bits: &mut bits };
        let step = decide(&project, command, &mut context).unwrap();
        apply(&mut project, &step);
    }
    let selection = Selection::default();
    let all = FORMATS.iter().filter(|codec| codec.direction() == Direction::Both);
    for codec in all.filter(|codec| !codec.losses().contains(&Loss::Fields)) {
        let data = Dataset::whole(&project, &selection, Options::default());
        let back = read_back(*codec, &written(*codec, &data));
        let found: Vec<_> = back.all::<Attribution>().filter(|a| *a.entry.unsure.get()).collect();
        assert_eq!(found.len(), 1, "{}", codec.name());
        assert_eq!(found[0].entry.note.get().as_deref(), Some(&*words), "{}", codec.name());
    }
}

#[test]
fn whose_each_mark_is_goes_along_where_several_people_annotated_a_text() {
    let mut project = sample::project().unwrap();
    let first = project.all::<Attribution>().find(|a| !a.contents.get().is_empty()).unwrap();
    let (text, span) =
        (first.text.clone(), first.contents.get()[0].span(project.text(&first.text).unwrap()).unwrap());
    let (ben, attribution) = (Id::<Person>::random(9), Id::<Attribution>::random(8));
    let role = MarkRole::Content;
    let commands = [
        Command::NamePerson { person: ben.clone(), name: "Ben; or so".to_owned() },
        Command::Mark { attribution, text: text.clone(), span, role, blind: true },
    ];
    let mut replica = Replica::new(ReplicaId::new("ben"));
    for command in commands {
        let mut bits = || 7;
        let mut context =
            Context { by: ben.clone(), on: Time::default(), replica: &mut replica, bits: &mut bits };
        let step = decide(&project, command, &mut context).unwrap();
        apply(&mut project, &step);
    }
    let whose = |project: &Project| -> Vec<(String, String)> {
        let of = |a: Item<'_, Attribution>| {
            let words = a.contents.get().first().map(|c| c.exact.to_string()).unwrap_or_default();
            (project.person_name(&a.entry.made.by), words)
        };
        let mut all: Vec<_> = project.about::<Attribution>(&text).map(of).collect();
        all.sort();
        all
    };
    let everyone = Selection::default();
    let data = Dataset::whole(&project, &everyone, Options::default());
    assert_eq!(data.of_several(), 1);
    let all = FORMATS.iter().filter(|codec| codec.direction() == Direction::Both);
    for codec in all.filter(|codec| !codec.losses().contains(&Loss::Fields)) {
        let back = read_back(*codec, &written(*codec, &data));
        assert_eq!(whose(&back), whose(&project), "{}", codec.name());
    }
    let bens = Selection { whose: Whose::Person(ben), ..Selection::default() };
    let bens = Dataset::whole(&project, &bens, Options::default());
    let files = written(format("jsonl").unwrap(), &bens);
    assert!(bens.of_several() == 0 && files.values().all(|text| !text.contains("annotator\"")));
}

#[test]
fn an_article_without_a_mark_is_written_and_read_in_every_format_without_complaint() {
    let text = "Nobody has marked anything here.";
    let bare = Document {
        article: "art:ONE".into(),
        sha256: hash(text),
        text: Text::new(text.to_owned()),
        ..Document::default()
    };
    for name in WITH_MARKS_AND_TIES {
        let codec = format(name).unwrap();
        let files = written(codec, &Given::new(vec![bare.clone()]));
        let mut issues = Vec::new();
        let back = codec.read(&to_read(codec, &files), &mut issues);
        let back = back.unwrap_or_else(|why| panic!("{name}: {why}"));
        assert_eq!(issues, [], "{name}");
        assert!(back.iter().all(|d| d.marks.is_empty()), "{name}");
    }
}
