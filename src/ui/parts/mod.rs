//! Parts of the program that come when they are needed: the page's file holds what the first screen needs,
//! and a part beside it the rest.
//!
//! A part is one function, its [`Door`], which takes whatever is asked of the part ([`Ask`]); behind it stand
//! screens, dialogs and actions. Code outside of a part must not name anything behind the door, or the linker
//! puts it into the page's file. `src/main.rs` says how a part comes: in the release `wasm_split` cuts the
//! linked program along the doors; elsewhere all parts are there from the beginning.
//!
//! - `doors`: what each part does with what it is asked; - `waiting`: what is seen until a part is there
//! - `deciding`, `compacting`: working commands out and writing snapshots, which come with every part

mod compacting;
mod deciding;
mod doors;
mod waiting;

pub(super) use compacting::compact;
pub(super) use deciding::{decide, now_or_later};
pub use doors::{files, panels, reader, together, versions};
pub(super) use waiting::{over, show};

use super::messages::{M, t};
use super::reader::Desk;
use super::session::{Screen, Session};
use super::view::Node;
use crate::browser::Dropped;
use crate::model::{Id, Story};
use crate::store::Command;
use gloo::file::File;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};

/// A part of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The reader, with all that marks. Asked for at once.
    Reader,
    /// Comparison, columns, family, and where a passage occurs.
    Versions,
    /// Working together, and training data.
    Together,
    /// Dialogs over the page and over the reader.
    Panels,
    /// What comes in as files, and goes out; what is kept.
    Files,
}

impl Part {
    const ALL: [Self; 5] = [Self::Reader, Self::Files, Self::Panels, Self::Versions, Self::Together];
}

/// What a part is asked.
pub(super) enum Ask {
    /// To show a screen.
    Screen(Screen),
    /// To show what lies over the page.
    Over,
    /// To show what lies over the reader.
    OverReader(Box<Desk>),
    /// To show the projects kept here, and what was deleted.
    Shelf,
    /// To take this one of the cast as the speaker.
    Speaker(usize),
    /// To take this one of the targets.
    Target(usize),
    /// To carry a command out.
    Run(Box<Command>),
    /// To do what an action of this name does.
    Do(&'static str),
    /// To take files in, with their paths.
    Take(Vec<(String, File)>),
    /// To take in what was dropped.
    Drop(Dropped),
    /// To take in rich text.
    Html(String),
    /// To make an article of the words in a field, which is empty then.
    Paste(RwSignal<String>, Option<Id<Story>>),
}

/// The one way into a part: it shows something, or does something and shows nothing.
#[derive(Clone, Copy)]
pub struct Door(fn(Session, Ask) -> Node);

/// Brings a part, and hands on its door, or nothing where it cannot be loaded.
pub type Bring = fn(Part, Box<dyn FnOnce(Option<Door>)>);

#[derive(Clone, Copy)]
enum State {
    Away,
    Asked,
    Missing,
    Here(Door),
}

thread_local! {
    static BRING: Cell<Option<Bring>> = const { Cell::new(None) };
    static STATES: Cell<[State; 5]> = const { Cell::new([State::Away; 5]) };
    /// What is to be asked of parts that are on their way.
    static LATER: RefCell<Vec<(Part, Ask)>> = const { RefCell::new(Vec::new()) };
}

/// Says how parts come, before anything else, and sends for the reader: it comes while the page looks for what
/// is stored.
pub(super) fn start(bring: Bring) {
    BRING.set(Some(bring));
    bring(
        Part::Reader,
        Box::new(|door| {
            // Where it was asked for meanwhile, that request is answered too.
            if let (Some(door), State::Away) = (door, state(Part::Reader)) {
                note(Part::Reader, State::Here(door));
            }
        }),
    );
}

fn state(part: Part) -> State {
    STATES.get()[part as usize]
}

fn note(part: Part, state: State) {
    let mut all = STATES.get();
    all[part as usize] = state;
    STATES.set(all);
}

fn set_state(session: Session, part: Part, state: State) {
    note(part, state);
    session.parts.update(|n| *n += 1);
}

/// Asks something of a part, now or as soon as it is there. That it cannot be loaded is said.
pub(super) fn ask(session: Session, part: Part, what: Ask) {
    if let State::Here(Door(door)) = state(part) {
        door(session, what);
        return;
    }
    LATER.with_borrow_mut(|later| later.push((part, what)));
    want(session, part);
}

/// Does the action of this name, which a part has.
pub(super) fn act(session: Session, part: Part, name: &'static str) {
    ask(session, part, Ask::Do(name));
}

/// The same as soon as the part is here, which is not loaded for it: nobody waits.
pub(super) fn act_when_here(session: Session, part: Part, name: &'static str) {
    match state(part) {
        State::Here(_) => act(session, part, name),
        _ => LATER.with_borrow_mut(|later| later.push((part, Ask::Do(name)))),
    }
}

/// Has a part loaded that is not here and not on its way.
fn want(session: Session, part: Part) {
    bring(session, part, || {});
}

fn bring(session: Session, part: Part, then: impl FnOnce() + 'static) {
    match (state(part), BRING.get()) {
        (State::Away | State::Missing, Some(bring)) => {
            set_state(session, part, State::Asked);
            bring(
                part,
                Box::new(move |door| {
                    arrived(session, part, door);
                    then();
                }),
            );
        }
        _ => then(),
    }
}

fn arrived(session: Session, part: Part, door: Option<Door>) {
    set_state(session, part, door.map_or(State::Missing, State::Here));
    if door.is_some() {
        session.catch_up_storing();
    }
    let asked = LATER.with_borrow_mut(|later| {
        let (mine, others) = std::mem::take(later).into_iter().partition(|(of, _)| *of == part);
        *later = others;
        let mine: Vec<_> = mine;
        mine
    });
    match door {
        Some(Door(door)) => asked.into_iter().for_each(|(_, what)| {
            door(session, what);
        }),
        None if asked.is_empty() => {}
        None => session.complain(t(M::PartMissing).to_owned()),
    }
}

/// Brings the parts one after the other while nobody waits for them, so that the connection may be lost
/// later. One that does not come is asked for again when it is needed.
pub(super) fn bring_rest(session: Session) {
    let delay = std::time::Duration::from_millis(QUIET);
    set_timeout(move || bring_from(session, 0), delay);
}

/// So long the page has for itself first, in milliseconds.
const QUIET: u64 = 1_500;

fn bring_from(session: Session, first: usize) {
    if let Some(part) = Part::ALL.get(first) {
        bring(session, *part, move || bring_from(session, first + 1));
    }
}
