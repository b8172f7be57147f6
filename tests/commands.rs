//! What the desk's commands do to a project, and that undo takes all of it back.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use variorum::model::{
    Attribution, Defect, Holder, Id, Json, Label, Meaning, Mention, Person, Project, ReplicaId, Source,
    SourceKind, Stance, Target, TargetKind, Time,
};
use variorum::store::{
    Command, Context, History, MarkRole, NewArticle, Rejection, Replica, apply, decide, label_id, reversal,
    text_id,
};
use variorum::text::{Span, Text};

const TEXT: &str =
    "“We stay,” said Olena Roe. “And we fish,” she told Norrey One. “Never,” Olena Roe told Per Holm.";

struct Desk {
    project: Project,
    history: History,
    replica: Replica,
    next: u128,
}

impl Desk {
    fn new() -> Self {
        let replica = Replica::new(ReplicaId::new("r"));
        let mut desk =
            Self { project: Project::new(Id::random(1)), history: History::default(), replica, next: 99 };
        desk.run(Command::Begin { name: "Test".into() });
        let article = NewArticle {
            content: Text::new(TEXT),
            extractor: "test 1".into(),
            origin: None,
            title: "Test".into(),
            language: None,
            links: Vec::new(),
            story: None,
            facts: variorum::model::Facts::default(),
            cleaning: None,
        };
        desk.run(Command::AddArticles { articles: vec![article] });
        desk
    }

    fn act<T>(&mut self, f: impl FnOnce(&Project, &mut Context<'_>) -> T) -> T {
        let next = &mut self.next;
        let mut bits = || {
            *next += 1;
            *next
        };
        let by: Id<Person> = Id::random(5);
        let on = Time::parse("2026-11-21T18:42:20Z").unwrap();
        f(&self.project, &mut Context { by, on, replica: &mut self.replica, bits: &mut bits })
    }

    fn try_run(&mut self, command: Command) -> Result<(), Rejection> {
        let step = self.act(|project, context| decide(project, command, context))?;
        apply(&mut self.project, &step);
        self.history.record(step);
        Ok(())
    }

    fn run(&mut self, command: Command) {
        self.try_run(command).unwrap();
    }

    fn undo(&mut self) {
        let step = self.history.to_undo().unwrap().clone();
        let back = self.act(|project, context| reversal(project, &step, context));
        apply(&mut self.project, &back);
        self.history.record(back);
    }

    fn span(words: &str, nth: usize) -> Span {
        let (at, _) = TEXT.match_indices(words).nth(nth).unwrap();
        Span::new(TEXT, at, at + words.len()).unwrap()
    }

    fn mark(&mut self, n: u128, words: &str, nth: usize, role: MarkRole) -> Id<Attribution> {
        let attribution = Id::random(n);
        let text = text_id(TEXT);
        let span = Self::span(words, nth);
        self.run(Command::Mark { attribution: Id::clone(&attribution), text, span, role, blind: true });
        attribution
    }

    fn attribution(&self, id: &Id<Attribution>) -> Attribution {
        (*self.project.find(id).unwrap()).clone()
    }

    fn speaker(&self, id: &Id<Attribution>) -> Id<Source> {
        let mention = self.attribution(id).sources.get()[0].clone();
        self.project.find(&mention).unwrap().source.get().clone().unwrap()
    }

    /// What every live record says, for comparing before and after.
    fn says(&self) -> Vec<String> {
        let live = self.project.records().filter(|(_, entry)| entry.is_live());
        live.map(|(id, entry)| {
            let fields = [
                "contents",
                "sources",
                "via",
                "addressees",
                "parent",
                "source",
                "holder",
                "value",
                "aliases",
            ];
            let values: Vec<String> =
                fields.iter().filter_map(|f| entry.value(f)).map(|v| Json::as_str(&v).to_owned()).collect();
            format!("{id} {}", values.join(" "))
        })
        .collect()
    }
}

#[test]
fn who_passed_it_on_and_who_was_told_belong_to_the_attribution() {
    let mut desk = Desk::new();
    let id = desk.mark(10, "“And we fish,”", 0, MarkRole::Content);
    desk.mark(10, "she", 0, MarkRole::Source);
    desk.mark(10, "Norrey One", 0, MarkRole::Via);
    desk.mark(10, "Per Holm", 0, MarkRole::Addressee);
    let a = desk.attribution(&id);
    let name = |mention: &Id<Mention>| {
        let source = desk.project.find(mention).unwrap().source.get().clone().unwrap();
        desk.project.source_name(&source)
    };
    assert_eq!(name(a.via.get().as_ref().unwrap()), "Norrey One");
    assert_eq!(name(&a.addressees.get()[0]), "Per Holm");
    desk.run(Command::Unmark {
        attribution: id.clone(),
        span: Desk::span("Norrey One", 0),
        role: MarkRole::Via,
    });
    assert_eq!(*desk.attribution(&id).via.get(), None);
}

#[test]
fn a_report_inside_a_report_never_goes_round_in_a_circle() {
    let mut desk = Desk::new();
    let outer = desk.mark(10, "“We stay,”", 0, MarkRole::Content);
    let inner = desk.mark(11, "“And we fish,”", 0, MarkRole::Content);
    desk.run(Command::SetParent { attribution: inner.clone(), parent: Some(outer.clone()) });
    let round = Command::SetParent { attribution: outer.clone(), parent: Some(inner.clone()) };
    assert_eq!(desk.try_run(round), Err(Rejection::Circle));
    let itself = Command::SetContinues { attribution: outer.clone(), continues: Some(outer) };
    assert_eq!(desk.try_run(itself), Err(Rejection::Circle));
}

#[test]
fn what_hangs_on_a_deleted_attribution_hangs_on_what_that_hung_on() {
    let mut desk = Desk::new();
    let outer = desk.mark(10, "“We stay,”", 0, MarkRole::Content);
    let middle = desk.mark(11, "“And we fish,”", 0, MarkRole::Content);
    let inner = desk.mark(12, "“Never,”", 0, MarkRole::Content);
    desk.run(Command::SetParent { attribution: middle.clone(), parent: Some(outer.clone()) });
    desk.run(Command::SetParent { attribution: inner.clone(), parent: Some(middle.clone()) });
    desk.run(Command::SetContinues { attribution: inner.clone(), continues: Some(middle.clone()) });
    let before = desk.says();
    desk.run(Command::Delete { records: vec![middle.record().clone()] });
    assert_eq!(*desk.attribution(&inner).parent.get(), Some(outer.clone()));
    assert_eq!(*desk.attribution(&inner).continues.get(), None);
    desk.undo();
    assert_eq!(desk.says(), before);
    // Of two deleted in one step neither comes back through the other.
    desk.run(Command::Delete { records: vec![inner.record().clone(), middle.record().clone()] });
    assert!(desk.project.find(&inner).is_none() && desk.project.find(&middle).is_none());
}

#[test]
fn what_goes_on_has_the_speaker_of_what_it_goes_on_from() {
    let mut desk = Desk::new();
    let first = desk.mark(10, "“We stay,”", 0, MarkRole::Content);
    desk.mark(10, "Olena Roe", 0, MarkRole::Source);
    let second = desk.mark(11, "“And we fish,”", 0, MarkRole::Content);
    desk.run(Command::SetContinues { attribution: second.clone(), continues: Some(first.clone()) });
    assert_eq!(desk.speaker(&second), desk.speaker(&first));
}

#[test]
fn defects_add_up_and_several_commands_are_one_step() {
    let mut desk = Desk::new();
    let before = desk.says();
    let attribution: Id<Attribution> = Id::random(10);
    let mark = Command::Mark {
        attribution: attribution.clone(),
        text: text_id(TEXT),
        span: Desk::span("“Never,”", 0),
        role: MarkRole::Content,
        blind: true,
    };
    let note = |defects| Command::NoteDefects { attribution: attribution.clone(), defects };
    desk.run(Command::Several { commands: vec![mark, note(vec![Defect::MarkSpacing])] });
    assert_eq!(desk.history.to_undo().unwrap().name, "mark_content");
    desk.run(note(vec![Defect::CueFused, Defect::MarkSpacing]));
    assert_eq!(*desk.attribution(&attribution).defects.get(), [Defect::MarkSpacing, Defect::CueFused]);
    desk.undo();
    desk.undo();
    assert_eq!(desk.says(), before);
}

#[test]
fn two_speakers_who_are_one_become_one_and_undo_parts_them() {
    let mut desk = Desk::new();
    let first = desk.mark(10, "“We stay,”", 0, MarkRole::Content);
    desk.mark(10, "Olena Roe", 0, MarkRole::Source);
    let second = desk.mark(11, "“Never,”", 0, MarkRole::Content);
    desk.mark(11, "Per Holm", 0, MarkRole::Source);
    let (kept, gone) = (desk.speaker(&first), desk.speaker(&second));
    desk.run(Command::SetSourceKind { source: gone.clone(), kind: Some(SourceKind::Person) });
    let target: Id<Target> = Id::random(20);
    desk.run(Command::AddTarget { target: target.clone(), name: "Fishing".into(), kind: TargetKind::Issue });
    desk.run(Command::SetStance {
        text: text_id(TEXT),
        holder: Holder::Source(gone.clone()),
        target,
        attribution: Some(second.clone()),
        value: Some(label_id("favor", "against")),
        blind: true,
    });
    let before = desk.says();
    desk.run(Command::MergeSources { kept: kept.clone(), gone: gone.clone() });
    assert_eq!(desk.speaker(&second), kept);
    let merged = desk.project.find(&kept).unwrap();
    assert_eq!(*merged.aliases.get(), ["Per Holm"]);
    assert_eq!(*merged.source_kind.get(), Some(SourceKind::Person));
    let stance = desk.project.all::<Stance>().next().unwrap();
    assert_eq!(*stance.holder.get(), Some(Holder::Source(kept.clone())));
    assert!(desk.project.find(&gone).is_none());
    desk.undo();
    assert_eq!(desk.says(), before);
    let itself = Command::MergeSources { kept: kept.clone(), gone: kept };
    assert_eq!(desk.try_run(itself), Err(Rejection::NoChange));
}

#[test]
fn one_speaker_who_is_two_becomes_two() {
    let mut desk = Desk::new();
    let first = desk.mark(10, "“We stay,”", 0, MarkRole::Content);
    desk.mark(10, "Olena Roe", 0, MarkRole::Source);
    let from = desk.speaker(&first);
    let second = desk.mark(11, "“Never,”", 0, MarkRole::Content);
    desk.run(Command::SetSpeaker { attribution: second.clone(), source: from.clone() });
    let new: Id<Source> = Id::random(30);
    let split = Command::SplitSource {
        attributions: vec![second.clone()],
        from: from.clone(),
        new: new.clone(),
        name: "Another".into(),
    };
    desk.run(split);
    assert_eq!((desk.speaker(&first), desk.speaker(&second)), (from, new));
}

#[test]
fn a_name_is_labelled_everywhere_in_one_step_and_what_is_a_mention_stays_one() {
    let mut desk = Desk::new();
    let first = desk.mark(10, "“We stay,”", 0, MarkRole::Content);
    desk.mark(10, "Olena Roe", 0, MarkRole::Source);
    let source = desk.speaker(&first);
    let before = desk.says();
    let places =
        [("Olena Roe", 0), ("she", 0), ("Olena Roe", 1)].map(|(w, n)| (text_id(TEXT), Desk::span(w, n)));
    desk.run(Command::NameAll { source: source.clone(), places: places.to_vec() });
    let named = || desk.project.all::<Mention>().filter(|m| m.source.get().as_ref() == Some(&source)).count();
    assert_eq!(named(), 3, "the one that was there is not doubled");
    desk.undo();
    assert_eq!(desk.says(), before);
}

#[test]
fn labels_merge_and_stances_follow() {
    let mut desk = Desk::new();
    let target: Id<Target> = Id::random(20);
    desk.run(Command::AddTarget { target: target.clone(), name: "Fishing".into(), kind: TargetKind::Issue });
    let mine: Id<Label> = Id::random(40);
    desk.run(Command::AddLabel {
        label: mine.clone(),
        scheme: "favor".into(),
        name: "rather".into(),
        meaning: Meaning::For,
    });
    assert_eq!(*desk.project.find(&mine).unwrap().order.get(), 3, "after the three built in");
    desk.run(Command::SetStance {
        text: text_id(TEXT),
        holder: Holder::Article,
        target,
        attribution: None,
        value: Some(mine.clone()),
        blind: true,
    });
    let kept = label_id("favor", "favor");
    desk.run(Command::MergeLabels { kept: kept.clone(), gone: mine.clone() });
    assert_eq!(*desk.project.all::<Stance>().next().unwrap().value.get(), Some(kept));
    assert!(desk.project.find(&mine).is_none());
}

#[test]
fn being_done_with_a_layer_is_one_record_however_often_it_is_said() {
    use variorum::model::{Coverage, CoverageState, Layer};
    let mut desk = Desk::new();
    for state in [CoverageState::Done, CoverageState::Doing, CoverageState::Done] {
        desk.run(Command::SetCoverage { text: text_id(TEXT), layer: Layer::Stance, state: Some(state) });
    }
    let all: Vec<_> = desk.project.all::<Coverage>().collect();
    assert_eq!(all.len(), 1);
    assert_eq!(*all[0].state.get(), Some(CoverageState::Done));
}
