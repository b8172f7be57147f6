//! A project under a test's hands, and a shelf it is kept on.

use variorum::model::{Attribution, Id, Person, Project, ProjectInfo, ReplicaId, Time};
use variorum::storage::{Engine, Mirror, Shelf, StorageError, Tab};
use variorum::store::{
    Command, Context, History, MarkRole, NewArticle, Replica, Step, apply, article_id, decide, reversal,
    text_id,
};
use variorum::text::{Span, Text};

/// What the test article says.
pub(crate) const TEXT: &str =
    "😀 “We are not leaving,” said Olena Їжак. Mayor Holm said that the “harbour” stays.";

/// The time of everything.
pub(crate) fn now() -> Time {
    Time::parse("2026-11-21T18:42:20Z").unwrap()
}

/// A shelf on an engine, opened by the `n`th tab.
pub(crate) fn open<E: Engine>(engine: E, n: u64) -> Result<Shelf<E>, StorageError> {
    Shelf::open(engine, Tab::random(n))
}

/// No second copy.
pub(crate) fn alone() -> Mirror {
    Mirror::new()
}

/// A project with everything a face would hold.
#[derive(Clone)]
pub(crate) struct Desk {
    /// The project.
    pub(crate) project: Project,
    /// What can be undone.
    pub(crate) history: History,
    replica: Replica,
    next: u128,
}

impl Desk {
    /// A new project with one article.
    pub(crate) fn new(n: u128) -> Self {
        let mut desk = Self::of(Project::new(Id::<ProjectInfo>::random(n)), History::default(), "r1");
        desk.run(Command::Begin { name: "Harbour".into() }).unwrap();
        desk.run(add(TEXT)).unwrap();
        desk
    }

    /// A project that was loaded.
    pub(crate) fn of(project: Project, history: History, replica: &str) -> Self {
        let next = replica.bytes().map(u128::from).sum::<u128>() << 64;
        Self { project, history, replica: Replica::new(ReplicaId::new(replica)), next }
    }

    /// Its id.
    pub(crate) fn id(&self) -> Id<ProjectInfo> {
        self.project.id().clone()
    }

    fn act<T>(&mut self, f: impl FnOnce(&Project, &mut Context<'_>) -> T) -> T {
        let next = &mut self.next;
        let mut bits = || {
            *next += 1;
            *next
        };
        let by = Id::<Person>::random(2);
        let mut context = Context { by, on: now(), replica: &mut self.replica, bits: &mut bits };
        f(&self.project, &mut context)
    }

    fn take(&mut self, step: Step) -> Step {
        assert!(apply(&mut self.project, &step).is_empty());
        self.history.record(step.clone());
        step
    }

    /// Carries a command out, unless nothing would change.
    pub(crate) fn run(&mut self, command: Command) -> Option<Step> {
        let step = self.act(|project, context| decide(project, command, context)).ok()?;
        Some(self.take(step))
    }

    /// Takes the last step back.
    pub(crate) fn undo(&mut self) -> Option<Step> {
        let last = self.history.to_undo().cloned()?;
        let step = self.act(|project, context| reversal(project, &last, context));
        Some(self.take(step))
    }

    /// The `n`th of a varied sequence of commands, some of which build on earlier ones.
    pub(crate) fn nth(&mut self, n: usize) -> Option<Step> {
        let attribution: Id<Attribution> = Id::random(1000 + (n as u128 / 4));
        let span = |part: &str| {
            let at = TEXT.find(part).unwrap();
            Span::new(TEXT, at, at + part.len()).unwrap()
        };
        let text = text_id(TEXT);
        match n % 8 {
            0 | 4 => {
                let span = span("“We are not leaving,”");
                self.run(Command::Mark { attribution, text, span, role: MarkRole::Content, blind: true })
            }
            1 | 5 => self.run(Command::Mark {
                attribution,
                text,
                span: span("said"),
                role: MarkRole::Cue,
                blind: true,
            }),
            2 => self.run(Command::SetNote {
                record: attribution.record().clone(),
                note: Some(format!("note {n} їжак")),
            }),
            3 => self.undo(),
            6 => self
                .run(add(&format!("Article {n}. “Words,” said Person {n}. And some more of it, to read."))),
            _ => {
                let title = format!("Title {n}");
                self.run(Command::RetitleArticle { article: article_id(&text, ""), title })
            }
        }
    }
}

/// The command that adds an article.
pub(crate) fn add(content: &str) -> Command {
    let new = NewArticle {
        content: Text::new(content),
        extractor: "test 1".into(),
        origin: None,
        title: content.chars().take(12).collect(),
        language: None,
        links: vec![],
        story: None,
        facts: variorum::model::Facts::default(),
        cleaning: None,
    };
    Command::AddArticles { articles: vec![new] }
}
