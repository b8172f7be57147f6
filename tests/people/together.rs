//! The desk beside the page, driven as a person drives it: what is shown, and what becomes of each choice.

use super::desk::{Desk as Person, TEXT, article, file, start, text, words_at};
use variorum::codecs::project_file;
use variorum::merge::{ConflictKind, conflicts, export};
use variorum::model::{
    Alias, Anchor, Attribution, Content, CoverageState, Decision, Dot, Entry, How, Id, Json, KINDS, Label,
    Layer, Part, Project, RecordId, ReplicaId, Stamp, Stance, Target, TargetKind, Time,
};
use variorum::store::{Command, MarkRole, Verdict, text_id};
use variorum::together::{Decided, Desk, Event, Order, Reply, Tree};

/// A person at the desk, with the session that carries out what the desk orders.
struct Seat {
    desk: Desk,
    person: Person,
    shown: Reply,
    said: Vec<Order>,
}

impl Seat {
    fn take(person: Person) -> Self {
        let mut desk = Desk::default();
        let begin = Event::Begin {
            project: file(&person.project),
            me: person.by.to_string(),
            today: "2026-11-22".into(),
            reports: Vec::new(),
            can_share: true,
        };
        let shown = desk.hear(begin);
        Self { desk, person, shown, said: Vec::new() }
    }

    fn words(&self) -> String {
        self.shown.tree.words()
    }

    fn hear(&mut self, event: Event) {
        self.shown = self.desk.hear(event);
        let before = self.person.project.clone();
        for order in std::mem::take(&mut self.shown.orders) {
            self.carry_out(&order);
            self.said.push(order);
        }
        let changed = self.person.project.only(|id, entry| before.entry(id) != Some(entry));
        if !changed.is_empty() {
            self.shown = self.desk.hear(Event::Changed(file(&changed)));
        }
    }

    fn use_control(&mut self, tree: Option<Tree>, what: &str, value: &str) {
        let act = tree.and_then(|tree| tree.act);
        let act = act.unwrap_or_else(|| panic!("there is no {what} in: {}", self.words()));
        self.hear(Event::Act { drawn: self.shown.drawn, act, value: value.into() });
    }

    fn click(&mut self, says: &str) {
        self.use_control(self.shown.tree.control(says).cloned(), says, "");
    }

    fn press(&mut self, id: &str, value: &str) {
        self.use_control(self.shown.tree.by_id(id).cloned(), id, value);
    }

    fn carry_out(&mut self, order: &Order) {
        let id = |id: &String| RecordId::from_file(id);
        let command = match order {
            Order::TakeIn(file) | Order::CatchUp(file) => {
                let news = project_file::read(file).unwrap().value;
                Command::TakeIn { records: news.records().map(|(id, e)| (id.clone(), e.clone())).collect() }
            }
            Order::Field { record, field, value } => {
                let all = KINDS.iter().flat_map(|(_, _, fields)| fields.iter().map(|f| f.name));
                let field = ["deleted"].into_iter().chain(all).find(|name| name == field).unwrap();
                Command::SetField { record: id(record), field, value: Json::read(value).unwrap() }
            }
            Order::Same { a, b, same } => Command::SetSame { a: id(a), b: id(b), same: *same },
            Order::Delete(records) => Command::Delete { records: records.iter().map(id).collect() },
            Order::Decide(all) => Command::Decide { verdicts: all.iter().map(verdict).collect() },
            Order::Finished { text, layer, done } => Command::SetCoverage {
                text: Id::parse(text).unwrap(),
                layer: Layer::from(&**layer),
                state: Some(if *done { CoverageState::Done } else { CoverageState::Doing }),
            },
            _ => return,
        };
        self.person.run(command);
    }

    fn kinds(&self) -> Vec<ConflictKind> {
        let mut kinds: Vec<_> = conflicts(&self.person.project).iter().map(|c| c.kind).collect();
        kinds.dedup();
        kinds
    }
}

fn verdict(decided: &Decided) -> Verdict {
    let ids = |all: &[String]| all.iter().map(|id| RecordId::from_file(id)).collect::<Vec<_>>();
    let span = |(a, b): &(usize, usize)| variorum::text::Span::new(TEXT, *a, *b).unwrap();
    Verdict {
        members: ids(&decided.members),
        outcome: decided.outcome.clone(),
        keep: ids(&decided.keep),
        contents: decided.contents.as_ref().map(|all| all.iter().map(span).collect()),
        reason: decided.reason.clone(),
        note: decided.note.clone(),
        digest: decided.digest.clone(),
    }
}

fn two() -> (Person, Person) {
    let begin = start().project;
    (Person::open(&begin, "a", 10), Person::open(&begin, "b", 11))
}

/// Shows the conflicts of a project, checks their kind, uses a control, and gives the kinds that are left.
fn settled(person: Person, kind: ConflictKind, control: &str) -> Seat {
    let mut seat = Seat::take(person);
    assert!(seat.kinds().contains(&kind), "{:?}", seat.kinds());
    seat.press("part-conflicts", "");
    seat.click(control);
    assert!(!seat.kinds().contains(&kind), "{control} settles it: {:?}", seat.kinds());
    seat
}

fn joined(mut a: Person, b: &Person) -> Person {
    a.pull(&b.project);
    a
}

#[test]
fn two_values_either_of_which_can_be_kept() {
    for (place, kept) in ["A", "B"].iter().enumerate() {
        let (mut a, mut b) = two();
        a.run(Command::RetitleArticle { article: article(), title: "A".into() });
        b.run(Command::RetitleArticle { article: article(), title: "B".into() });
        let mut seat = Seat::take(joined(a, &b));
        seat.press("part-conflicts", "");
        let words = seat.words();
        assert!(words.contains("Two values") && words.contains("shown now"), "{words}");
        // The values stand side by side; take the button beside the wanted one.
        let row = row_of(&seat.shown.tree, kept).unwrap_or_else(|| panic!("{place}: {words}"));
        seat.use_control(row.control("Keep this").cloned(), kept, "");
        assert_eq!(seat.kinds(), []);
        let title = seat.person.project.find(&article()).unwrap().title.get().clone();
        assert_eq!(title.as_deref(), Some(*kept));
    }
}

/// The innermost element that holds a control and says exactly these words.
fn row_of(tree: &Tree, words: &str) -> Option<Tree> {
    let inner = tree.inside.iter().find_map(|t| row_of(t, words));
    let here = tree.control("Keep this").is_some() && tree.inside.iter().any(|t| t.says == words);
    inner.or_else(|| here.then(|| tree.clone()))
}

#[test]
fn edited_and_deleted_is_kept_or_deleted() {
    for (control, live) in [("Keep it", true), ("Delete it", false)] {
        let (mut a, mut b) = two();
        let id = a.mark(1, "harbour", MarkRole::Content);
        b.pull(&a.project);
        a.run(Command::Delete { records: vec![id.record().clone()] });
        b.run(Command::SetNote { record: id.record().clone(), note: Some("stay".into()) });
        let seat = settled(joined(a, &b), ConflictKind::EditAndDelete, control);
        assert_eq!(seat.person.project.find(&id).is_some(), live);
    }
}

#[test]
fn same_names_are_one_or_two_and_it_can_be_taken_back() {
    let (mut a, mut b) = two();
    a.run(Command::NamePerson { person: a.by.clone(), name: "Anna".into() });
    b.run(Command::NamePerson { person: b.by.clone(), name: "Anna".into() });
    let mut seat = settled(joined(a, &b), ConflictKind::SamePersonName, "Same person");
    assert!(seat.words().contains("count as one"), "{}", seat.words());
    seat.click("Take back");
    assert!(seat.person.project.all::<Alias>().all(|alias| !alias.same.get()));

    let (mut a, mut b) = two();
    for (desk, id) in [(&mut a, 71), (&mut b, 72)] {
        desk.run(Command::AddTarget { target: Id::random(id), name: "Port".into(), kind: TargetKind::Issue });
    }
    settled(joined(a.clone(), &b), ConflictKind::SameName, "They are one");
    let mut seat = Seat::take(joined(a, &b));
    seat.press("part-conflicts", "");
    let field = find(&seat.shown.tree, &|t| t.has.iter().any(|(_, v)| v == "Another name for the second"));
    seat.use_control(field, "the field", "The other port");
    assert_eq!(seat.kinds(), []);

    let (mut a, b) = two();
    for id in [81, 82] {
        let (label, scheme, name) = (Id::<Label>::random(id), "favor".into(), "Ironic".into());
        a.run(Command::AddLabel { label, scheme, name, meaning: variorum::model::Meaning::from("?") });
    }
    settled(joined(a, &b), ConflictKind::SameLabelName, "They are two");
}

fn find(tree: &Tree, fits: &dyn Fn(&Tree) -> bool) -> Option<Tree> {
    if fits(tree) { Some(tree.clone()) } else { tree.inside.iter().find_map(|t| find(t, fits)) }
}

#[test]
fn duplicates_dangling_links_and_missing_fields_are_put_right() {
    let (mut a, _) = two();
    a.mark(1, "harbour", MarkRole::Content);
    a.mark(2, "harbour", MarkRole::Content);
    let seat = settled(a, ConflictKind::Duplicate, "Keep only this");
    assert_eq!(seat.person.project.all::<Attribution>().count(), 1);

    for control in ["Bring it back", "Take the link out", "Delete it"] {
        let (mut a, mut b) = two();
        let target: Id<Target> = Id::random(70);
        a.run(Command::AddTarget { target: target.clone(), name: "Port".into(), kind: TargetKind::Issue });
        b.pull(&a.project);
        b.stance(&target, "favor");
        a.run(Command::Delete { records: vec![target.record().clone()] });
        settled(joined(a, &b), ConflictKind::DanglingLink, control);
    }

    let (mut a, _) = two();
    let target: Id<Target> = Id::random(70);
    a.run(Command::AddTarget { target: target.clone(), name: "Port".into(), kind: TargetKind::Issue });
    a.stance(&target, "favor");
    let stance = a.project.all::<Stance>().next().unwrap().id();
    a.run(Command::SetField {
        record: stance.record().clone(),
        field: "value",
        value: Json::read("null").unwrap(),
    });
    settled(a, ConflictKind::RuleBroken, "Set this");
}

#[test]
fn a_mark_without_its_words_is_placed_where_they_stand() {
    let (mut a, _) = two();
    let id = a.mark(1, "harbour", MarkRole::Content);
    let at = Anchor::of(&variorum::text::Text::new(TEXT), words_at("harbour")).unwrap();
    let wrong = Anchor {
        start: variorum::text::CodePoint(at.start.0 - 3),
        end: variorum::text::CodePoint(at.end.0 - 3),
        ..at
    };
    let value = Json::of(&vec![Content::new(wrong, Part::Quoted)]);
    a.run(Command::SetField { record: id.record().clone(), field: "contents", value });
    let seat = settled(a, ConflictKind::ReAnchor, "Place it here");
    let contents = seat.person.project.find(&id).unwrap().contents.get().clone();
    assert_eq!(
        contents[0].anchor().span(seat.person.project.text(&text()).unwrap()),
        Some(words_at("harbour"))
    );
}

#[test]
fn two_texts_of_one_publication_are_one_or_kept_apart() {
    for control in ["Same publication", "Keep apart"] {
        let (mut a, _) = two();
        let long = TEXT.repeat(6);
        a.add(&long, "Harbour");
        a.add(&format!("{long} So."), "Harbour");
        let seat = settled(a, ConflictKind::TextVariant, control);
        assert_eq!(seat.person.project.all::<Alias>().count(), 1);
    }
    let (mut a, _) = two();
    let made = Stamp { at: Dot(ReplicaId::new("z"), 1), by: a.by.clone(), on: Time::default() };
    let other = variorum::store::article_id(&text_id(TEXT), "again");
    let body = variorum::model::Article::blank(text_id(TEXT), "again".into());
    a.project.merge_entry(other.record().clone(), Entry::new(made, body));
    settled(a, ConflictKind::SameTextTwoArticles, "Two publications");
}

/// Two annotators who differ, and their judge.
fn judge() -> Person {
    let (mut a, mut b) = two();
    a.run(Command::NamePerson { person: a.by.clone(), name: "Anna".into() });
    b.run(Command::NamePerson { person: b.by.clone(), name: "Boris".into() });
    a.mark(1, "“We are not leaving,”", MarkRole::Content);
    b.mark(2, "We are not", MarkRole::Content);
    a.mark(3, "He left", MarkRole::Content);
    b.mark(4, "He left", MarkRole::Content);
    a.mark(5, "harbour", MarkRole::Content);
    for desk in [&mut a, &mut b] {
        desk.finish(Layer::Attribution);
    }
    let mut judge = Person::open(&start().project, "j", 20);
    judge.pull(&a.project);
    judge.pull(&b.project);
    judge
}

#[test]
fn decisions_that_rest_on_something_older_and_adjudicators_who_differ() {
    for control in ["It still holds", "Open it again"] {
        let mut seat = Seat::take(judge());
        seat.press("part-cases", "");
        seat.press("case-1", "");
        let record = Id::<Attribution>::random(1).record().clone();
        seat.person.run(Command::SetNote { record: record.clone(), note: Some("look again".into()) });
        seat.person.run(Command::SetField { record, field: "type", value: Json::read("\"mixed\"").unwrap() });
        settled(seat.person, ConflictKind::StaleDecision, control);
    }
    let [mut one, mut other] = [1, 2].map(|choice| {
        let mut seat = Seat::take(judge());
        seat.person =
            Person::open(&seat.person.project, if choice == 1 { "j1" } else { "j2" }, 30 + choice as u128);
        seat.press("part-cases", "");
        seat.press(&format!("case-{choice}"), "");
        seat.person
    });
    one.pull(&other.project);
    other.project = one.project.clone();
    let seat = settled(one, ConflictKind::TwoAdjudicators, "Keep this");
    let gold = seat.person.project.all::<Attribution>().filter(|a| a.made.how == How::Gold).count();
    assert_eq!(
        (seat.person.project.all::<Decision>().count(), gold),
        (1, 1),
        "the other's gold goes with it"
    );
}

#[test]
fn warnings_are_shown_with_nothing_to_decide() {
    let (mut a, _) = two();
    let newer = a.project.clone();
    let text = file(&newer).replacen("\"kind\":\"article\"", "\"kind\":\"article\",\"mood\":\"grave\"", 1);
    a.project = project_file::read(&text).unwrap().value;
    let mut seat = Seat::take(a);
    seat.press("part-conflicts", "");
    assert!(
        seat.words().contains("From a newer version") && seat.words().contains("nothing to decide"),
        "{}",
        seat.words()
    );
    let begin = start().project;
    let (mut a, mut b) = (Person::open(&begin, "r", 10), Person::open(&begin, "r", 11));
    a.run(Command::RetitleArticle { article: article(), title: "A".into() });
    b.run(Command::RetitleArticle { article: article(), title: "B".into() });
    let mut seat = Seat::take(joined(a, &b));
    seat.press("part-conflicts", "");
    assert!(seat.words().contains("One write, two contents"), "{}", seat.words());
}

#[test]
fn files_are_looked_at_then_joined_in_one_step() {
    let (mut a, mut b) = two();
    b.run(Command::NamePerson { person: b.by.clone(), name: "Boris".into() });
    b.mark(1, "harbour", MarkRole::Content);
    a.run(Command::NamePerson { person: a.by.clone(), name: "Anna".into() });
    let mut seat = Seat::take(a);
    let work = file(&export::my_work(&b.project, &b.by));
    let other = file(&Project::new(Id::random(99)));
    let files = [("b.json", work.as_bytes()), ("other.json", other.as_bytes()), ("x.json", b"{}")];
    seat.hear(Event::Files(files.map(|(name, bytes)| (name.to_owned(), bytes.to_vec())).to_vec()));
    let words = seat.words();
    assert!(words.contains("Boris") && words.contains("nothing was joined"), "{words}");
    assert!(words.contains("not a Variorum project"), "{words}");
    let before = file(&seat.person.project);
    seat.click("Join this file");
    assert_eq!(seat.person.project.all::<Attribution>().count(), 1);
    assert!(
        seat.said.iter().any(|order| matches!(order, Order::Report(report) if report.contains("b.json")))
    );
    seat.person.undo();
    assert_ne!(file(&seat.person.project), before, "undo is a write");
    assert_eq!(seat.person.project.all::<Attribution>().count(), 0);
}

#[test]
fn disagreements_are_decided_by_number_with_names_hidden_and_gold_comes_out() {
    let mut seat = Seat::take(judge());
    seat.press("part-cases", "");
    let words = seat.words();
    assert!(words.contains("Case 1 of 2") && words.contains("[1") && words.contains("1 person"), "{words}");
    let case = find(&seat.shown.tree, &|t| t.has.iter().any(|(_, v)| v == "case")).unwrap().words();
    assert!(!case.contains("Anna") && !case.contains("Boris"), "{case}");
    seat.press("names", "");
    assert!(seat.words().contains("Anna"), "{}", seat.words());
    seat.press("case-agreed", "");
    seat.press("case-reason", "guideline_gap");
    seat.press("case-own", "are not leaving");
    seat.press("case-none", "");
    assert!(seat.words().contains("No case is left"), "{}", seat.words());
    let of_gold = |project: &Project| {
        let all = project.all::<Attribution>().filter(|a| a.made.how == How::Gold);
        all.map(|a| a.contents.get()[0].exact.clone()).collect::<Vec<_>>()
    };
    let mut gold = of_gold(&seat.person.project);
    gold.sort();
    assert_eq!(gold, ["He left", "are not leaving"]);
    assert!(
        seat.words().contains("the guidelines leave it open"),
        "feedback gives reasons: {}",
        seat.words()
    );
    seat.press("gold", "");
    let Some(Order::Download { content, .. }) = seat.said.last() else { panic!("{:?}", seat.said.last()) };
    assert_eq!(content.matches(",decided,").count(), 3, "{content}");
    assert!(content.contains("Anna") && content.contains("Boris"), "everybody's marks stay: {content}");
}

#[test]
fn agreement_says_its_numbers_or_why_there_is_none() {
    let mut seat = Seat::take(judge());
    seat.press("part-numbers", "");
    let words = seat.words();
    assert!(words.contains("3 annotators") || words.contains("2 annotators"), "{words}");
    assert!(words.contains("undefined:") && words.contains("1000 resamples, seed 1"), "{words}");
    seat.press("seed", "7");
    assert!(seat.words().contains("seed 7"));
    seat.press("attribution-boundaries-svg", "");
    assert!(matches!(seat.said.last(), Some(Order::Download { content, .. }) if content.starts_with("<svg")));
    seat.press("copy-methods", "");
    assert!(matches!(seat.said.last(), Some(Order::Copy(words)) if words.contains("Agreement was computed")));
}

#[test]
fn a_crooked_project_has_a_conflict_of_every_kind_and_each_is_shown() {
    let project = super::crooked::crooked();
    let mut kinds: Vec<_> = conflicts(&project).iter().map(|c| c.kind).collect();
    kinds.dedup();
    assert_eq!(kinds, ConflictKind::ALL);
    let mut seat = Seat::take(Person::open(&project, "seat", 50));
    seat.press("part-conflicts", "");
    for kind in ConflictKind::ALL {
        let shown = find(&seat.shown.tree, &|t| {
            t.has.iter().any(|(_, v)| v == "kind") && t.has.iter().any(|(_, v)| v == kind.as_str())
        });
        assert!(shown.is_some(), "{}", kind.as_str());
    }
}
