//! Laws that hold for every project: what is written is read, what is done can be undone.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use variorum::codecs::project_file;
use variorum::model::{
    Attribution, Holder, Id, Label, Person, Project, ProjectInfo, RecordId, ReplicaId, Source, Stance,
    Target, Time,
};
use variorum::store::{
    self, Command, Context, History, MarkRole, NewArticle, Replica, apply, article_id, decide, label_id,
    reversal, text_id,
};
use variorum::text::{Span, Text};

use proptest::prelude::*;

const TEXT: &str =
    "😀 “We are not leaving,” said Olena Їжак. Mayor Holm said that the “harbour” stays.\n\nHe left.";

/// A project under a test's hands, with everything a face would hold.
#[derive(Clone)]
struct Desk {
    project: Project,
    history: History,
    replica: Replica,
    next: u128,
    by: Id<Person>,
}

impl Desk {
    fn new(replica: &str) -> Self {
        let mut desk = Self {
            project: Project::new(Id::<ProjectInfo>::random(1)),
            history: History::default(),
            replica: Replica::new(ReplicaId::new(replica)),
            next: replica.bytes().map(u128::from).sum::<u128>() << 64,
            by: Id::random(2),
        };
        desk.run(Command::Begin { name: "Test".into() });
        let new = NewArticle {
            content: Text::new(TEXT),
            extractor: "test 1".into(),
            origin: None,
            title: "Harbour".into(),
            language: None,
            links: vec![],
            story: None,
        };
        desk.run(Command::AddArticles { articles: vec![new] });
        desk
    }

    fn act<T>(&mut self, f: impl FnOnce(&Project, &mut Context<'_>) -> T) -> T {
        let next = &mut self.next;
        let mut bits = || {
            *next += 1;
            *next
        };
        let on = Time::parse("2026-11-21T18:42:20Z").unwrap();
        let mut context = Context { by: self.by.clone(), on, replica: &mut self.replica, bits: &mut bits };
        f(&self.project, &mut context)
    }

    fn run(&mut self, command: Command) -> bool {
        let Ok(step) = self.act(|project, context| decide(project, command, context)) else { return false };
        assert!(apply(&mut self.project, &step).is_empty(), "every op of a decided step fits");
        self.history.record(step);
        true
    }

    fn undo(&mut self) -> bool {
        let Some(step) = self.history.to_undo().cloned() else { return false };
        self.reverse(&step)
    }

    fn redo(&mut self) -> bool {
        let Some(step) = self.history.to_redo().cloned() else { return false };
        self.reverse(&step)
    }

    fn reverse(&mut self, step: &store::Step) -> bool {
        let back = self.act(|project, context| reversal(project, step, context));
        assert!(apply(&mut self.project, &back).is_empty());
        self.history.record(back);
        true
    }

    /// What a person can see: the live records, every field's shown value.
    fn visible(&self) -> Vec<String> {
        let shown = |id: &RecordId| {
            let entry = self.project.entry(id).unwrap();
            let kind = variorum::model::KINDS.iter().find(|(_, kind, _)| *kind == entry.kind());
            let fields = kind.map(|(_, _, fields)| *fields).unwrap_or_default();
            let values = fields.iter().map(|f| entry.value(f.name));
            format!("{id} {:?} {:?}", values.collect::<Vec<_>>(), entry.value("note"))
        };
        let live = self.project.records().filter(|(_, e)| e.is_live());
        live.map(|(id, _)| shown(id)).collect()
    }

    fn text(&self) -> Id<variorum::model::ArticleText> {
        text_id(TEXT)
    }
}

/// A command out of numbers, so that proptest can make any sequence of them.
fn command(desk: &Desk, kind: u8, a: u16, b: u16) -> Command {
    let pick = |n: u16, of: usize| usize::from(n) % of.max(1);
    let bounds: Vec<usize> = TEXT.char_indices().map(|(i, _)| i).chain([TEXT.len()]).collect();
    let (x, y) = (bounds[pick(a, bounds.len())], bounds[pick(b, bounds.len())]);
    let span = Span::new(TEXT, x.min(y), x.max(y)).unwrap();
    let atts: Vec<_> = desk.project.all::<Attribution>().map(|x| x.id()).collect();
    let fresh = Id::random(u128::from(a) << 16 | u128::from(b));
    let attribution = atts.get(pick(a, atts.len() + 1)).cloned().unwrap_or(fresh);
    let sources: Vec<_> = desk.project.all::<Source>().map(|x| x.id()).collect();
    let source = sources.get(pick(b, sources.len())).cloned().unwrap_or(Id::random(7));
    let targets: Vec<_> = desk.project.all::<Target>().map(|x| x.id()).collect();
    let target = targets.get(pick(b, targets.len())).cloned().unwrap_or(Id::random(8));
    let stances: Vec<_> = desk.project.all::<Stance>().map(|x| x.id()).collect();
    let stance = stances.get(pick(a, stances.len())).cloned().unwrap_or(Id::random(9));
    let role = [MarkRole::Content, MarkRole::Cue, MarkRole::Source][pick(b, 3)];
    match kind % 13 {
        0..=3 => Command::Mark { attribution, text: desk.text(), span, role, blind: true },
        4 => Command::Unmark { attribution, span, role },
        5 => Command::SetSpeaker { attribution, source },
        6 => Command::AddTarget {
            target: Id::random(u128::from(a) + 99),
            name: format!("target {b}"),
            kind: variorum::model::TargetKind::Issue,
        },
        7 => Command::SetStance {
            text: desk.text(),
            holder: if a.is_multiple_of(2) { Holder::Article } else { Holder::Source(source) },
            target,
            attribution: None,
            value: (!b.is_multiple_of(3)).then(|| label_id("favor", "favor")),
            blind: false,
        },
        8 => Command::AddEvidence { stance, span },
        9 => Command::Delete { records: vec![attribution.record().clone(), stance.record().clone()] },
        10 => Command::SetNote { record: attribution.record().clone(), note: Some(format!("note {a}")) },
        11 => Command::RenameSource { source, name: format!("Name {a}") },
        _ => Command::RetitleArticle { article: article_id(&desk.text(), ""), title: format!("Title {a}") },
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn undo_brings_back_exactly_what_was_visible(steps in prop::collection::vec((any::<u8>(), any::<u16>(), any::<u16>()), 1..25)) {
        let mut desk = Desk::new("r1");
        let mut seen = vec![desk.visible()];
        for (kind, a, b) in steps {
            let next = command(&desk, kind, a, b);
            if desk.run(next) {
                seen.push(desk.visible());
            }
        }
        for before in seen.iter().rev().skip(1) {
            prop_assert!(desk.undo());
            prop_assert_eq!(&desk.visible(), before);
        }
        for after in &seen[1..] {
            prop_assert!(desk.redo());
            prop_assert_eq!(&desk.visible(), after);
        }
    }

    #[test]
    fn what_is_written_is_read_and_written_again_the_same(steps in prop::collection::vec((any::<u8>(), any::<u16>(), any::<u16>()), 0..25)) {
        let mut desk = Desk::new("r1");
        for (kind, a, b) in steps {
            let next = command(&desk, kind, a, b);
            desk.run(next);
            if a % 7 == 0 { desk.undo(); }
        }
        let file = project_file::write(&desk.project);
        let read = project_file::read(&file).unwrap();
        prop_assert_eq!(&read.issues, &[]);
        prop_assert_eq!(&read.value, &desk.project);
        prop_assert_eq!(project_file::write(&read.value), file);
    }

    #[test]
    fn steps_taken_in_any_order_and_twice_give_the_same_project(steps in prop::collection::vec((any::<u8>(), any::<u16>(), any::<u16>()), 1..15), seed: u64) {
        let start = Desk::new("r1");
        let (mut ours, mut theirs) = (start.clone(), start.clone());
        theirs.replica = Replica::new(ReplicaId::new("r2"));
        let mut all = Vec::new();
        for (i, (kind, a, b)) in steps.into_iter().enumerate() {
            let desk = if i % 2 == 0 { &mut ours } else { &mut theirs };
            let next = command(desk, kind, a, b);
            if desk.run(next) {
                all.push(desk.history.to_undo().unwrap().clone());
            }
        }
        let mut together = start.project.clone();
        for step in &all { apply(&mut together, step); }
        let mut again = together.clone();
        for step in &all { apply(&mut again, step); }
        prop_assert_eq!(&again, &together);
        // Records must be there before they are written to; beyond that no order is asked for.
        let mut other = start.project.clone();
        let (mut makes, mut writes): (Vec<_>, Vec<_>) = all.iter().flat_map(|s| s.ops.clone()).partition(|op| matches!(op, store::Op::Make(_)));
        let turn = seed as usize % writes.len().max(1);
        writes.rotate_left(turn);
        makes.reverse();
        makes.extend(writes);
        let shuffled = store::Step { name: String::new(), nature: store::Nature::Do, ops: makes, before: vec![] };
        prop_assert!(apply(&mut other, &shuffled).is_empty());
        prop_assert_eq!(project_file::write(&other), project_file::write(&together));
    }
}

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
