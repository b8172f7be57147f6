//! The one registry of what can be done: menu, palette, shortcut sheet, key presses, tooltips and
//! tests all read it.

use super::messages::{M, t};
use super::session::{Panel, Screen, Session};
use super::{files, reader, review, shell};
use crate::browser::{self, Chord};
use leptos::prelude::*;
use web_sys::KeyboardEvent;

/// Where an action belongs in the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    Mark,
    Move,
    Project,
    View,
}

impl Group {
    pub(super) const ALL: &[Self] = &[Self::Mark, Self::Move, Self::Project, Self::View];

    pub(super) fn title(self) -> &'static str {
        t(match self {
            Self::Mark => M::GroupMark,
            Self::Move => M::GroupMove,
            Self::Project => M::GroupProject,
            Self::View => M::GroupView,
        })
    }
}

/// Where an action can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Anywhere,
    Reader,
    Compare,
    Together,
}

/// Something a person can do.
pub(super) struct Action {
    /// Its name for tests: stable, never shown.
    pub(super) name: &'static str,
    pub(super) title: M,
    pub(super) group: Group,
    pub(super) keys: &'static [Chord],
    place: Place,
    run: fn(Session),
}

const fn key(name: &'static str) -> Chord {
    Chord::key(name)
}

/// Everything there is, in the order of the sheet.
pub(super) const ACTIONS: &[Action] = &[
    on_reader("quote", M::Quote, Group::Mark, &[key("q")], reader::mark_content),
    on_reader("cue", M::Cue, Group::Mark, &[key("c")], reader::mark_cue),
    on_reader("source", M::Source, Group::Mark, &[key("s")], reader::mark_source),
    on_reader("evidence", M::Evidence, Group::Mark, &[key("e")], reader::mark_evidence),
    on_reader("favor", M::SetFavor, Group::Mark, &[key("f")], |s| reader::set_stance(s, 0)),
    on_reader("against", M::SetAgainst, Group::Mark, &[key("a")], |s| reader::set_stance(s, 1)),
    on_reader("neither", M::SetNone, Group::Mark, &[key("n")], |s| reader::set_stance(s, 2)),
    on_reader("target", M::GoToTarget, Group::Mark, &[key("t")], |_| browser::focus("target-name")),
    on_reader(
        "delete",
        M::DeleteAttribution,
        Group::Mark,
        &[key("Delete"), key("Backspace")],
        reader::delete_active,
    ),
    on_reader("note", M::AddNote, Group::Mark, &[key("m")], |_| browser::focus("active-note")),
    on_reader("done", M::FinishAttribution, Group::Mark, &[key("Escape")], reader::finish),
    on_reader("word-right", M::WordRight, Group::Move, &[key("ArrowRight")], |s| {
        reader::step(s, reader::Step::Word(1), false)
    }),
    on_reader("word-left", M::WordLeft, Group::Move, &[key("ArrowLeft")], |s| {
        reader::step(s, reader::Step::Word(-1), false)
    }),
    on_reader("extend-right", M::ExtendRight, Group::Move, &[key("ArrowRight").shift()], |s| {
        reader::step(s, reader::Step::Word(1), true)
    }),
    on_reader("extend-left", M::ExtendLeft, Group::Move, &[key("ArrowLeft").shift()], |s| {
        reader::step(s, reader::Step::Word(-1), true)
    }),
    on_reader("sentence-down", M::SentenceDown, Group::Move, &[key("ArrowDown")], |s| {
        reader::step(s, reader::Step::Sentence(1), false)
    }),
    on_reader("sentence-up", M::SentenceUp, Group::Move, &[key("ArrowUp")], |s| {
        reader::step(s, reader::Step::Sentence(-1), false)
    }),
    on_reader("extend-sentence", M::ExtendSentence, Group::Move, &[key("ArrowDown").shift()], |s| {
        reader::step(s, reader::Step::Sentence(1), true)
    }),
    on_reader("extend-sentence-back", M::ExtendSentenceBack, Group::Move, &[key("ArrowUp").shift()], |s| {
        reader::step(s, reader::Step::Sentence(-1), true)
    }),
    on_reader("next-attribution", M::NextAttribution, Group::Move, &[key("j")], |s| {
        reader::go_attribution(s, 1)
    }),
    on_reader("previous-attribution", M::PreviousAttribution, Group::Move, &[key("k")], |s| {
        reader::go_attribution(s, -1)
    }),
    on_reader("next-article", M::NextArticle, Group::Move, &[key("]")], reader::next_version),
    on_compare("next-change", M::NextChange, Group::Move, &[key("j"), key("ArrowDown").alt()], |_| {
        super::compare::go_change(1)
    }),
    on_compare("previous-change", M::PreviousChange, Group::Move, &[key("k"), key("ArrowUp").alt()], |_| {
        super::compare::go_change(-1)
    }),
    on_together("case-next", M::NextCase, Group::Move, &[key("j")], |_| review::press("case-next")),
    on_together("case-previous", M::PreviousCase, Group::Move, &[key("k")], |_| {
        review::press("case-previous")
    }),
    on_together("case-none", M::DecideNone, Group::Mark, &[key("n")], |_| review::press("case-none")),
    on_together("case-both", M::DecideBoth, Group::Mark, &[key("b")], |_| review::press("case-both")),
    on_together("case-cannot", M::DecideCannot, Group::Mark, &[key("u")], |_| review::press("case-cannot")),
    on_together("case-agreed", M::AcceptAgreed, Group::Mark, &[key("a")], |_| review::press("case-agreed")),
    anywhere("undo", M::Undo, Group::Project, &[key("z").main()], |s| s.undo()),
    anywhere("redo", M::Redo, Group::Project, &[key("z").main().shift(), key("y").main()], |s| s.redo()),
    anywhere("export", M::ExportProject, Group::Project, &[key("s").main()], files::export),
    anywhere("import", M::ImportFile, Group::Project, &[key("o").main()], |_| browser::click("file-input")),
    anywhere("library", M::GoLibrary, Group::View, &[key("g").alt()], |s| s.go(Screen::Library)),
    anywhere("read", M::GoRead, Group::View, &[key("r").alt()], shell::go_read),
    anywhere("compare", M::GoCompare, Group::View, &[key("c").alt()], shell::go_compare),
    anywhere("together", M::GoTogether, Group::View, &[key("t").alt()], |s| s.go(Screen::Together)),
    anywhere("palette", M::Palette, Group::View, &[key("k").main()], |s| shell::toggle(s, Panel::Palette)),
    anywhere("shortcuts", M::Shortcuts, Group::View, &[key("?")], |s| shell::toggle(s, Panel::Shortcuts)),
    anywhere("theme", M::Theme, Group::View, &[key("l").alt()], shell::next_theme),
];

const fn anywhere(
    name: &'static str,
    title: M,
    group: Group,
    keys: &'static [Chord],
    run: fn(Session),
) -> Action {
    Action { name, title, group, keys, place: Place::Anywhere, run }
}

const fn on_reader(
    name: &'static str,
    title: M,
    group: Group,
    keys: &'static [Chord],
    run: fn(Session),
) -> Action {
    Action { place: Place::Reader, ..anywhere(name, title, group, keys, run) }
}

const fn on_compare(
    name: &'static str,
    title: M,
    group: Group,
    keys: &'static [Chord],
    run: fn(Session),
) -> Action {
    Action { place: Place::Compare, ..anywhere(name, title, group, keys, run) }
}

const fn on_together(
    name: &'static str,
    title: M,
    group: Group,
    keys: &'static [Chord],
    run: fn(Session),
) -> Action {
    Action { place: Place::Together, ..anywhere(name, title, group, keys, run) }
}

impl Action {
    /// Whether it can be done on the screen that is shown.
    pub(super) fn fits(&self, screen: &Screen) -> bool {
        match self.place {
            Place::Anywhere => true,
            Place::Reader => matches!(screen, Screen::Read(_)),
            Place::Compare => matches!(screen, Screen::Compare(..)),
            Place::Together => matches!(screen, Screen::Together),
        }
    }

    /// Does it.
    pub(super) fn run(&self, session: Session) {
        (self.run)(session);
    }

    /// Its first key, as people read it.
    pub(super) fn key_words(&self) -> Option<String> {
        self.keys.first().map(Chord::to_string)
    }
}

/// The action of a name.
pub(super) fn action(name: &str) -> &'static Action {
    ACTIONS.iter().find(|a| a.name == name).expect("actions are asked for by names of this file")
}

/// A title with the key that does the same: `Undo (Ctrl+Z)`.
pub(super) fn tip(name: &str) -> String {
    let action = action(name);
    match action.key_words() {
        Some(key) => format!("{} ({key})", t(action.title)),
        None => t(action.title).to_owned(),
    }
}

/// Does what a key press means here; true if it meant something.
pub(super) fn press(session: Session, event: &KeyboardEvent) -> bool {
    let modified = event.ctrl_key() || event.meta_key();
    if session.panel.get_untracked().is_some() {
        return event.key() == "Escape" && {
            session.panel.set(None);
            true
        };
    }
    // While somebody writes, letters are letters, and the field has its own undo.
    let own_of_field = |a: &Action| matches!(a.name, "undo" | "redo");
    let writing = browser::in_text_field();
    if writing && event.key() == "Escape" {
        browser::blur();
        return true;
    }
    // On a button, Enter and Space and arrows are the button's; letters are ours.
    let screen = session.screen.get_untracked();
    if let Some(digit) = reader::digit(event).filter(|_| !writing && matches!(screen, Screen::Read(_))) {
        reader::pick_speaker(session, digit);
        return true;
    }
    if let Some(digit) = reader::digit(event).filter(|_| !writing && screen == Screen::Together) {
        review::press(&format!("case-{digit}"));
        return true;
    }
    let found = ACTIONS.iter().find(|a| a.fits(&screen) && a.keys.iter().any(|chord| chord.matches(event)));
    match found {
        Some(action) if writing && (!modified && !event.alt_key() || own_of_field(action)) => false,
        Some(action) => {
            action.run(session);
            true
        }
        None => false,
    }
}
