//! The desk of training data, used like a person would: through what it shows.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

#[path = "../common/zip_entries.rs"]
mod zip_entries;

use std::cell::RefCell;
use variorum::beside::{Event, Order, Reply, Tree};
use variorum::codecs::exchange::{MemorySink, Options};
use variorum::codecs::{format, project_file};
use variorum::dataset::{Dataset, Selection};
use variorum::model::{Attribution, Id, Mention, Person, Project, Source};
use variorum::sample;
use variorum::training::Desk;
use zip_entries::entries;

/// Somebody at the desk.
struct Visitor {
    desk: Desk,
    reply: Reply,
    /// What was said while it worked.
    heard: Vec<(String, u32)>,
    /// The page's copy of what was chosen.
    choices: String,
}

impl Visitor {
    fn open(project: &Project, choices: &str) -> Self {
        let mut visitor = Self {
            desk: Desk::default(),
            reply: Reply::default(),
            heard: Vec::new(),
            choices: choices.to_owned(),
        };
        let me: Id<Person> = Id::random(5);
        visitor.happens(Event::Begin {
            project: project_file::write(project),
            me: me.to_string(),
            today: "2026-11-21".into(),
            reports: Vec::new(),
            can_share: false,
        });
        let now = "2026-11-21T18:42:00Z".into();
        visitor.happens(Event::Seat { choices: choices.into(), replica: "page".into(), now });
        visitor
    }

    fn happens(&mut self, event: Event) {
        let told = RefCell::new(Vec::new());
        self.reply = self.desk.hear(event, &|reply| told.borrow_mut().push(reply));
        let mut orders: Vec<Order> = told.into_inner().into_iter().flat_map(|r| r.orders).collect();
        orders.extend(self.reply.orders.clone());
        for order in orders {
            match order {
                Order::Busy(words, far) if far < 100 => self.heard.push((words, far)),
                Order::Remember(choices) => self.choices = choices,
                _ => {}
            }
        }
    }

    fn part(&self, id: &str) -> &Tree {
        self.reply.tree.by_id(id).unwrap_or_else(|| panic!("{id} is in {}", self.reply.tree.words()))
    }

    fn says(&self, id: &str) -> String {
        self.part(id).words()
    }

    fn set(&mut self, id: &str, value: &str) {
        let act = self.part(id).act.unwrap_or_else(|| panic!("{id} does something"));
        self.happens(Event::Act { drawn: self.reply.drawn, act, value: value.into() });
    }

    fn press(&mut self, id: &str) {
        self.set(id, "");
    }

    fn saved(&self) -> (String, Vec<u8>) {
        let save = self.reply.orders.iter().find_map(|order| match order {
            Order::Save { name, content, .. } => Some((name.clone(), content.clone())),
            _ => None,
        });
        save.expect("something is saved")
    }

    fn brings(&self) -> Project {
        let file = self.reply.orders.iter().find_map(|order| match order {
            Order::TakeIn(file) => Some(file.clone()),
            _ => None,
        });
        project_file::read(&file.expect("records are taken in")).unwrap().value
    }
}

fn written(project: &Project, name: &str) -> MemorySink {
    let selection = Selection::default();
    let data = Dataset::whole(project, &selection, Options::default());
    let mut files = MemorySink::default();
    format(name).unwrap().write(&data, &mut files).unwrap();
    files
}

#[test]
fn what_a_format_loses_is_shown_before_it_is_saved_and_the_files_are_those_of_the_command_line() {
    let project = sample::project().unwrap();
    let mut visitor = Visitor::open(&project, "");
    assert!(visitor.says("formats").contains("doccano"), "every format is offered");
    for name in ["doccano", "brat"] {
        visitor.press(&format!("format-{name}"));
    }
    let report = visitor.says("report-doccano");
    assert!(report.contains("First records") && report.contains("\"entities\""), "{report}");
    assert!(visitor.says("report-brat").contains("T1\t"), "{}", visitor.says("report-brat"));
    assert!(visitor.says("shares").contains("content"), "{}", visitor.says("shares"));
    visitor.press("format-conll");
    let report = visitor.says("report-conll");
    assert!(report.contains("What conll cannot hold here") && report.contains("stances"), "{report}");
    assert_eq!(visitor.says("save"), "Save 4 formats as one ZIP file");
    visitor.press("save");
    let (name, content) = visitor.saved();
    assert!(name.ends_with(".zip"), "{name}");
    let mut wanted = Vec::new();
    for name in ["jsonl", "conll", "brat", "doccano"] {
        let files = written(&project, name).files.into_iter();
        wanted.extend(files.map(|(path, text)| (format!("{name}/{path}"), text.into_bytes())));
    }
    let found = entries(&content);
    wanted.sort();
    assert_eq!(found.len(), wanted.len());
    for (one, other) in found.iter().zip(&wanted) {
        assert!(one == other, "{} and {}", one.0, other.0);
    }
    let far: Vec<u32> = visitor.heard.iter().map(|(_, far)| *far).collect();
    assert!(far.len() > 10 && far.is_sorted(), "it says how far it has come: {far:?}");
    // One format that is one file comes as it is.
    for name in ["jsonl", "conll", "brat"] {
        visitor.press(&format!("format-{name}"));
    }
    visitor.press("save");
    let (name, content) = visitor.saved();
    assert!(name.ends_with("doccano.jsonl"), "{name}");
    assert_eq!(content, written(&project, "doccano").files["data/train.jsonl"].as_bytes());
}

#[test]
fn what_was_chosen_is_remembered_and_a_split_says_that_nothing_leaks() {
    let project = sample::project().unwrap();
    let mut visitor = Visitor::open(&project, "");
    visitor.press("split");
    visitor.set("share-train", "60");
    visitor.set("split-seed", "7");
    visitor.press("layer-segment");
    visitor.press("texts");
    assert!(visitor.says("leaks").ends_with("0."), "{}", visitor.says("leaks"));
    assert!(visitor.says("shares").contains("validation"), "{}", visitor.says("shares"));
    let choices = visitor.choices.clone();
    let visitor = Visitor::open(&project, &choices);
    assert!(visitor.says("split").contains("training, validation, test"));
    assert!(visitor.part("share-train").has.iter().any(|(_, value)| value == "60"));
    assert!(visitor.part("layer-segment").has.iter().any(|(_, value)| value == "false"));
    // A format that holds the texts says so instead of being saved without them.
    let mut visitor = visitor;
    visitor.press("format-brat");
    assert!(visitor.says("report-brat").contains("carries the texts"));
    assert_eq!(visitor.says("save"), "Save as jsonl");
}

#[test]
fn an_empty_project_and_an_empty_layer_say_what_to_do() {
    let visitor = Visitor::open(&Project::new(Id::random(1)), "");
    assert!(visitor.says("no-articles").contains("Add articles"));
    let mut visitor = Visitor::open(&sample::project().unwrap(), "");
    visitor.set("whose", "gold");
    assert!(visitor.says("no-marks").contains("Nothing of this choice is marked"));
}

#[test]
fn another_tool_s_file_comes_in_as_its_labels_are_said_to_mean() {
    let project = sample::project().unwrap();
    let mut visitor = Visitor::open(&project, "");
    let tasks = r#"[{"id":1,"data":{"text":"“Yes,” said Holm. 😀"},"annotations":[{"result":[
        {"id":"a","type":"labels","value":{"start":0,"end":6,"labels":["Quote"]}},
        {"id":"b","type":"labels","value":{"start":12,"end":16,"labels":["Sprecher"]}},
        {"id":"c","type":"labels","value":{"start":90,"end":99,"labels":["Quote"]}},
        {"type":"relation","from_id":"a","to_id":"b","labels":["by"]}]}]}]"#;
    visitor.happens(Event::Files(vec![("tasks.json".into(), tasks.as_bytes().to_vec())]));
    assert!(visitor.says("in-format").contains("as recognised: label-studio"));
    assert!(
        visitor.says("issues").contains("90"),
        "what cannot be read is listed: {}",
        visitor.says("issues")
    );
    assert!(
        visitor.says("holds").starts_with("Texts: 1, of them already here: 0."),
        "{}",
        visitor.says("holds")
    );
    visitor.set("means-Sprecher", "source");
    visitor.press("take-in");
    let news = visitor.brings();
    let holm = news.all::<Mention>().next().expect("the speaker is in");
    assert_eq!(holm.anchor.get().as_ref().unwrap().exact, "Holm");
    let said = news.all::<Attribution>().next().unwrap();
    assert_eq!(said.contents.get()[0].anchor().exact, "“Yes,”");
    assert_eq!(said.sources.get().len(), 1, "the tie came along");
    assert_eq!(said.entry.made.by, Id::random(5));
    let mut joined = project.clone();
    joined.join(&news);
    // The page sends what changed; then nothing of the file is new, and the meaning is remembered.
    let choices = visitor.choices.clone();
    let mut visitor = Visitor::open(&joined, &choices);
    visitor.happens(Event::Files(vec![("tasks.json".into(), tasks.as_bytes().to_vec())]));
    assert!(visitor.says("nothing-new").contains("already here"));
    assert!(joined.all::<Source>().count() >= project.all::<Source>().count());
}

#[test]
fn a_file_of_no_known_format_can_be_said_to_be_of_one() {
    let mut visitor = Visitor::open(&sample::project().unwrap(), "");
    let file = "Holm U-source\nsaid U-cue\n";
    visitor.happens(Event::Files(vec![("columns.out".into(), file.as_bytes().to_vec())]));
    assert!(visitor.says("not-read").contains("not recognised"));
    visitor.set("in-format", "conll-bilou");
    assert!(visitor.says("labels").contains("source"), "{}", visitor.reply.tree.words());
    visitor.press("leave");
    assert!(visitor.says("can-read").contains("doccano"));
}

#[test]
fn who_annotated_a_file_is_shown_and_that_everybody_s_marks_go_out() {
    let project = sample::project().unwrap();
    let mut visitor = Visitor::open(&project, "");
    let annotation = |by: u32| {
        format!(
            r#"{{"completed_by":{by},"result":[{{"id":"a","type":"labels","value":{{"start":0,"end":6,"labels":["content"]}}}}]}}"#
        )
    };
    let tasks = format!(
        r#"[{{"data":{{"text":"“Yes,” said Holm."}},"annotations":[{},{}]}}]"#,
        annotation(1),
        annotation(2)
    );
    visitor.happens(Event::Files(vec![("tasks.json".into(), tasks.into_bytes())]));
    assert!(visitor.says("annotated-by").contains("Label Studio user 1, Label Studio user 2"));
    assert!(visitor.says("holds").starts_with("Texts: 1, of them already here: 0."));
    visitor.press("take-in");
    let mut joined = project.clone();
    joined.join(&visitor.brings());
    let visitor = Visitor::open(&joined, "");
    assert!(visitor.says("several").starts_with("Texts that several people annotated: 1."));
}
