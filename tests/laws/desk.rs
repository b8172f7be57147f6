//! A project under a test's hands.

use crate::commands::new_article;
use variorum::model::{Id, Person, Project, ProjectInfo, RecordId, ReplicaId, Time};
use variorum::store::{self, Command, Context, History, Replica, apply, decide, reversal, text_id};

pub(crate) const TEXT: &str =
    "😀 “We are not leaving,” said Olena Їжак. Mayor Holm said that the “harbour” stays.\n\nHe left.";

/// A project under a test's hands, with everything a face would hold.
#[derive(Clone)]
pub(crate) struct Desk {
    pub(crate) project: Project,
    pub(crate) history: History,
    pub(crate) replica: Replica,
    pub(crate) next: u128,
    pub(crate) by: Id<Person>,
}

impl Desk {
    pub(crate) fn new(replica: &str) -> Self {
        let mut desk = Self {
            project: Project::new(Id::<ProjectInfo>::random(1)),
            history: History::default(),
            replica: Replica::new(ReplicaId::new(replica)),
            next: replica.bytes().map(u128::from).sum::<u128>() << 64,
            by: Id::random(2),
        };
        desk.run(Command::Begin { name: "Test".into() });
        desk.run(Command::AddArticles { articles: vec![new_article(TEXT)] });
        desk
    }

    pub(crate) fn act<T>(&mut self, f: impl FnOnce(&Project, &mut Context<'_>) -> T) -> T {
        let next = &mut self.next;
        let mut bits = || {
            *next += 1;
            *next
        };
        let on = Time::parse("2026-11-21T18:42:20Z").unwrap();
        let mut context = Context { by: self.by.clone(), on, replica: &mut self.replica, bits: &mut bits };
        f(&self.project, &mut context)
    }

    pub(crate) fn run(&mut self, command: Command) -> bool {
        let Ok(step) = self.act(|project, context| decide(project, command, context)) else { return false };
        assert!(apply(&mut self.project, &step).is_empty(), "every op of a decided step fits");
        self.history.record(step);
        true
    }

    pub(crate) fn undo(&mut self) -> bool {
        let Some(step) = self.history.to_undo().cloned() else { return false };
        self.reverse(&step)
    }

    pub(crate) fn redo(&mut self) -> bool {
        let Some(step) = self.history.to_redo().cloned() else { return false };
        self.reverse(&step)
    }

    pub(crate) fn reverse(&mut self, step: &store::Step) -> bool {
        let back = self.act(|project, context| reversal(project, step, context));
        assert!(apply(&mut self.project, &back).is_empty());
        self.history.record(back);
        true
    }

    /// What a person can see: the live records, every field's shown value.
    pub(crate) fn visible(&self) -> Vec<String> {
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

    pub(crate) fn text(&self) -> Id<variorum::model::ArticleText> {
        text_id(TEXT)
    }
}
