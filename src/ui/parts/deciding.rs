//! Working commands out. The code for it is large and comes with every part of the program; the page's own
//! file has what it takes to begin a project, and keeps any other command until the reader is there.

use super::{Ask, Part, ask};
use crate::model::Project;
use crate::store::{self, Command, Context, Rejection, Step};
use crate::ui::session::Session;
use std::cell::Cell;

type Decide = fn(&Project, Command, &mut Context<'_>) -> Result<Step, Rejection>;

thread_local! {
    static DECIDE: Cell<Option<Decide>> = const { Cell::new(None) };
}

/// A part that has come brings what works commands out.
pub(super) fn take_up() {
    DECIDE.set(Some(store::decide));
}

/// Works out what a command does to a project. Until [`now_or_later`] says that it can be, only a beginning.
pub(in crate::ui) fn decide(
    project: &Project,
    command: Command,
    context: &mut Context<'_>,
) -> Result<Step, Rejection> {
    match (command, DECIDE.get()) {
        (Command::Begin { name }, None) => Ok(store::begin(project, name, context)),
        (command, Some(decide)) => decide(project, command, context),
        (_, None) => Err(Rejection::NoChange),
    }
}

/// The command again, where it can be worked out; else it is carried out as soon as it can be.
pub(in crate::ui) fn now_or_later(session: Session, command: Command) -> Option<Command> {
    if DECIDE.get().is_some() {
        return Some(command);
    }
    ask(session, Part::Reader, Ask::Run(Box::new(command)));
    None
}
