//! The one door for commands: the only code through which the open project changes.

use super::{Screen, Session};
use crate::browser;
use crate::model::{Article, Project, RecordId, Time};
use crate::storage::Word;
use crate::store::{Command, Context, History, Rejection, Step, apply, reversal};
use crate::ui::messages::{M, command_words, fill, t};
use crate::ui::parts::{self, decide};
use leptos::prelude::*;

/// Which records steps have touched, in order, since a project was taken up: what follows the project can
/// look at those alone.
#[derive(Default)]
pub(super) struct Touched {
    pub(super) project: u32,
    pub(super) records: Vec<RecordId>,
}

/// How far somebody has read in the list of touched records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::ui) struct ReadSoFar {
    project: u32,
    count: usize,
}

impl Session {
    /// The records touched since `read`, which moves on; `None` where another project was taken up.
    pub(in crate::ui) fn touched_since(&self, read: &mut ReadSoFar) -> Option<Vec<RecordId>> {
        self.inner.with_value(|inner| {
            let all = &inner.touched;
            let before =
                std::mem::replace(read, ReadSoFar { project: all.project, count: all.records.len() });
            (before.project == all.project).then(|| all.records[before.count..].to_vec())
        })
    }

    /// Carries out a command: the only way in which a project changes. True if something was done.
    pub(in crate::ui) fn run(&self, command: Command) -> bool {
        if !self.may_write() {
            return false;
        }
        let Some(command) = parts::now_or_later(*self, command) else { return false };
        self.introduce_me(&command);
        match self.act(|project, context| decide(project, command, context)) {
            Ok(step) => {
                self.commit(step);
                true
            }
            Err(Rejection::NoChange) => false,
            Err(why) => {
                self.complain(why.to_string());
                false
            }
        }
    }

    /// Takes the last command back.
    pub(in crate::ui) fn undo(&self) {
        let step = self.inner.with_value(|inner| inner.history.to_undo().cloned());
        self.reverse(step, M::NothingToUndo, M::Undone);
    }

    /// Does again what was taken back last.
    pub(in crate::ui) fn redo(&self) {
        let step = self.inner.with_value(|inner| inner.history.to_redo().cloned());
        self.reverse(step, M::NothingToRedo, M::Redone);
    }

    fn reverse(&self, step: Option<Step>, nothing: M, done: M) {
        if !self.may_write() {
            return;
        }
        let Some(step) = step else { return self.say(t(nothing).to_owned()) };
        let back = self.act(|project, context| reversal(project, &step, context));
        self.commit(back);
        let what = command_words(&step.name);
        self.say(match self.elsewhere(&step) {
            Some(title) => fill(if done == M::Undone { M::UndoneIn } else { M::RedoneIn }, &[&title, what]),
            None => fill(done, &[what]),
        });
        self.drop_dangling();
    }

    /// The title of the one article that a step is about, where that is not on the screen.
    fn elsewhere(&self, step: &Step) -> Option<String> {
        let here = match self.screen.get_untracked() {
            Screen::Read(article) => vec![article],
            Screen::Compare(left, right) => vec![left, right],
            Screen::Columns(all) => all,
            _ => Vec::new(),
        };
        self.project.with_untracked(|p| {
            let mut texts = step.ops.iter().filter_map(|op| p.text_about(op.record()));
            let text = texts.next()?;
            if texts.any(|other| other != text) {
                return None;
            }
            let article = p.all::<Article>().find(|a| a.text == *text && !here.contains(&a.id()))?;
            article.title.get().clone()
        })
    }

    /// Applies a step, notes it, keeps it.
    pub(super) fn commit(&self, step: Step) {
        self.inner.update_value(|inner| inner.history.record(step.clone()));
        self.take(&step);
        let first = self.store(&step);
        if first {
            self.remember_place();
            self.list_changed();
            self.ask_to_persist();
        }
        self.show_history();
        self.tell(&Word::Step { project: self.project.read_untracked().id().clone(), step });
        self.file_changed();
    }

    /// Makes a step part of the open project; false where something in it fits nothing here.
    pub(in crate::ui) fn take(&self, step: &Step) -> bool {
        // Before the project tells of the change, for whoever follows it.
        self.inner.update_value(|inner| {
            inner.touched.records.extend(step.ops.iter().map(|op| op.record().clone()));
        });
        let mut fits = true;
        self.project.update(|project| fits = apply(project, step).is_empty());
        fits
    }

    /// Runs `f` with the project and all that a command needs of the world.
    pub(super) fn act<T>(&self, f: impl FnOnce(&Project, &mut Context<'_>) -> T) -> T {
        self.act_on(&self.project.read_untracked(), f)
    }

    /// The same with any project.
    pub(in crate::ui) fn act_on<T>(
        &self,
        project: &Project,
        f: impl FnOnce(&Project, &mut Context<'_>) -> T,
    ) -> T {
        self.inner
            .try_update_value(|inner| {
                let mut bits = super::fresh_bits;
                let on = Time::parse(&browser::now()).unwrap_or_default();
                let by = inner.me.clone();
                let mut context = Context { by, on, replica: &mut inner.replica, bits: &mut bits };
                f(project, &mut context)
            })
            .expect("the session lives as long as the page")
    }

    /// Carries out a command that undo should pass over.
    pub(in crate::ui) fn run_unnoted(&self, command: Command) {
        if let Ok(step) = self.act(|project, context| decide(project, command, context)) {
            self.commit_unnoted(step);
        }
    }

    /// Applies and keeps a step that undo should pass over: it is nothing the person did.
    pub(super) fn commit_unnoted(&self, step: Step) {
        let stored = self.keep(|keep| keep.has(self.project.read_untracked().id()));
        self.take(&step);
        if stored {
            self.store(&step);
        }
        self.tell(&Word::Step { project: self.project.read_untracked().id().clone(), step });
    }

    /// What was done in the open project, as far back as undo reaches: newest last.
    pub(in crate::ui) fn history<T>(&self, f: impl FnOnce(&History) -> T) -> T {
        self.inner.with_value(|inner| f(&inner.history))
    }

    pub(super) fn show_history(&self) {
        let words = |step: Option<&Step>| step.map(|s| command_words(&s.name).to_owned());
        let can = self.inner.with_value(|i| (words(i.history.to_undo()), words(i.history.to_redo())));
        self.can.set(can);
    }
}
