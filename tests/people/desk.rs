//! People with copies of one project, under a test's hands.

use variorum::codecs::project_file;
use variorum::merge::merge;
use variorum::model::{
    Article, ArticleText, Attribution, Holder, Id, Layer, Person, Project, ProjectInfo, ReplicaId, Source,
    Stance, Target, TargetKind, Time,
};
use variorum::store::{
    Command, Context, MarkRole, NewArticle, Replica, Step, apply, article_id, decide, label_id, reversal,
    text_id,
};
use variorum::text::{Span, Text};

pub(crate) const TEXT: &str = "😀 “We are not leaving,” said Olena Їжак. e\u{301}Mayor Holm said that the “harbour” stays. שלום.\n\nHe left.";

#[derive(Clone)]
pub(crate) struct Desk {
    pub(crate) project: Project,
    replica: Replica,
    next: u128,
    pub(crate) by: Id<Person>,
    clock: u64,
    last: Option<Step>,
}

/// The project that all begin with: one article, nothing marked.
pub(crate) fn start() -> Desk {
    let mut desk = Desk {
        project: Project::new(Id::<ProjectInfo>::random(1)),
        replica: Replica::new(ReplicaId::new("start")),
        next: 1 << 100,
        by: Id::random(2),
        clock: 0,
        last: None,
    };
    desk.run(Command::Begin { name: "Test".into() });
    desk.add(TEXT, "Harbour");
    desk
}

impl Desk {
    /// Opens a copy on another machine, as somebody else.
    pub(crate) fn open(project: &Project, replica: &str, person: u128) -> Self {
        let next = person << 80 | replica.bytes().map(u128::from).sum::<u128>() << 64;
        let replica = Replica::new(ReplicaId::new(replica));
        Self { project: project.clone(), replica, next, by: Id::random(person), clock: 0, last: None }
    }

    pub(crate) fn run(&mut self, command: Command) -> bool {
        let Some(step) = self.act(|project, context| decide(project, command, context).ok()) else {
            return false;
        };
        assert!(apply(&mut self.project, &step).is_empty());
        self.last = Some(step);
        true
    }

    /// Takes back the last thing done.
    pub(crate) fn undo(&mut self) {
        let last = self.last.take().unwrap();
        let back = self.act(|project, context| reversal(project, &last, context));
        assert!(apply(&mut self.project, &back).is_empty());
    }

    fn act<T>(&mut self, f: impl FnOnce(&Project, &mut Context<'_>) -> T) -> T {
        let next = &mut self.next;
        let mut bits = || {
            *next += 1;
            *next
        };
        let time = format!("2026-11-{:02}T18:42:{:02}Z", 1 + self.clock / 60 % 28, self.clock % 60);
        let on = Time::parse(&time).unwrap();
        let mut context = Context { by: self.by.clone(), on, replica: &mut self.replica, bits: &mut bits };
        f(&self.project, &mut context)
    }

    pub(crate) fn add(&mut self, text: &str, title: &str) {
        let new = NewArticle {
            content: Text::new(text),
            extractor: "test 1".into(),
            origin: None,
            title: title.into(),
            language: None,
            links: vec![],
            story: None,
            facts: variorum::model::Facts::default(),
            cleaning: None,
        };
        self.run(Command::AddArticles { articles: vec![new] });
    }

    /// Takes in another copy, as the app does: in one step.
    pub(crate) fn pull(&mut self, other: &Project) {
        let merged = merge(("ours", &self.project), &[("theirs", other)]).unwrap();
        let records = merged.records_to_take(&self.project);
        self.run(Command::TakeIn { records });
        assert_eq!(file(&self.project), file(&merged.project), "the step makes the project the joined one");
    }

    pub(crate) fn mark(&mut self, attribution: u128, words: &str, role: MarkRole) -> Id<Attribution> {
        let attribution: Id<Attribution> = Id::random(attribution);
        let (id, text, span) = (attribution.clone(), text_id(TEXT), words_at(words));
        self.run(Command::Mark { attribution, text, span, role, blind: true });
        id
    }

    pub(crate) fn stance(&mut self, target: &Id<Target>, value: &str) {
        self.run(Command::SetStance {
            text: text_id(TEXT),
            holder: Holder::Article,
            target: target.clone(),
            attribution: None,
            value: Some(label_id("favor", value)),
            blind: true,
        });
    }

    pub(crate) fn finish(&mut self, layer: Layer) {
        let done = Some(variorum::model::CoverageState::Done);
        self.run(Command::SetCoverage { text: text_id(TEXT), layer, state: done });
    }
}

pub(crate) fn words_at(words: &str) -> Span {
    let at = TEXT.find(words).unwrap();
    Span::new(TEXT, at, at + words.len()).unwrap()
}

pub(crate) fn text() -> Id<ArticleText> {
    text_id(TEXT)
}

pub(crate) fn article() -> Id<Article> {
    article_id(&text(), "")
}

pub(crate) fn file(project: &Project) -> String {
    project_file::write(project)
}

/// One thing that somebody does.
pub(crate) type Doing = (u8, u8, u16, u16, u16);

/// A history: four people start from one copy and work, pull from each other, with clocks that lie. With
/// `copied`, two of them write under one replica's name.
pub(crate) fn history(doings: &[Doing], copied: bool) -> Vec<Project> {
    let start = start().project;
    let names = ["r1", "r2", "r3", if copied { "r1" } else { "r4" }];
    let mut desks: Vec<Desk> =
        names.iter().enumerate().map(|(i, name)| Desk::open(&start, name, 10 + i as u128)).collect();
    for (who, kind, a, b, clock) in doings {
        let who = usize::from(*who) % desks.len();
        desks[who].clock = u64::from(*clock);
        if kind % 5 == 4 {
            let other = desks[usize::from(*a) % desks.len()].project.clone();
            desks[who].pull(&other);
        } else {
            let command = command(&desks[who], *kind, *a, *b);
            desks[who].run(command);
        }
    }
    desks.into_iter().map(|desk| desk.project).collect()
}

/// A command out of numbers. Ids are few, so that people meet in the same records.
pub(crate) fn command(desk: &Desk, kind: u8, a: u16, b: u16) -> Command {
    let pick = |n: u16, of: usize| usize::from(n) % of.max(1);
    let bounds: Vec<usize> = TEXT.char_indices().map(|(i, _)| i).chain([TEXT.len()]).collect();
    let (x, y) = (bounds[pick(a, bounds.len())], bounds[pick(b, bounds.len())]);
    let span = Span::new(TEXT, x.min(y), x.max(y)).unwrap();
    let of_all = |n: u16| Id::random(u128::from(n % 4) + 50);
    let attributions: Vec<Id<Attribution>> = desk.project.all::<Attribution>().map(|x| x.id()).collect();
    let attribution = attributions.get(pick(a, attributions.len() + 1)).cloned().unwrap_or_else(|| of_all(b));
    let sources: Vec<Id<Source>> = desk.project.all::<Source>().map(|x| x.id()).collect();
    let source = sources.get(pick(b, sources.len())).cloned().unwrap_or_else(|| Id::random(7));
    let target: Id<Target> = Id::random(u128::from(b % 2) + 60);
    let stances: Vec<Id<Stance>> = desk.project.all::<Stance>().map(|x| x.id()).collect();
    let stance = stances.get(pick(a, stances.len())).cloned().unwrap_or_else(|| Id::random(9));
    let role = [MarkRole::Content, MarkRole::Cue, MarkRole::Source][pick(b, 3)];
    match kind / 5 % 12 {
        0..=2 => Command::Mark { attribution, text: text(), span, role, blind: true },
        3 => Command::SetSpeaker { attribution, source },
        4 => Command::AddTarget { target, name: format!("target {a}"), kind: TargetKind::Issue },
        5 => Command::SetStance {
            text: text(),
            holder: Holder::Article,
            target,
            attribution: None,
            value: (!b.is_multiple_of(5)).then(|| label_id("favor", ["favor", "against"][pick(a, 2)])),
            blind: false,
        },
        6 => Command::AddEvidence { stance, span },
        7 => Command::Delete { records: vec![attribution.record().clone()] },
        8 => Command::SetNote { record: attribution.record().clone(), note: Some(format!("note {a}")) },
        9 => Command::RetitleArticle { article: article(), title: format!("Title {a}") },
        10 => Command::Unmark { attribution, span, role },
        _ => Command::SetCoverage {
            text: text(),
            layer: Layer::Stance,
            state: (!a.is_multiple_of(3)).then_some(variorum::model::CoverageState::Done),
        },
    }
}
