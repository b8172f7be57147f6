//! The one registry of what can be done: menu, palette, shortcut sheet, key presses, tooltips and
//! tests all read it.

use super::key_map;
use super::messages::{M, fill, t};
use super::parts::{self, Ask, Part, act};
use super::reader;
use super::session::{Panel, Screen, Session};
use super::{adding, review, shell};
use crate::browser::{self, Chord};
use leptos::prelude::*;
use web_sys::KeyboardEvent;

/// Where an action belongs in the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    Mark,
    Stance,
    Move,
    Compare,
    Project,
    View,
}

impl Group {
    pub(super) const ALL: &[Self] =
        &[Self::Mark, Self::Stance, Self::Move, Self::Compare, Self::Project, Self::View];

    pub(super) fn title(self) -> &'static str {
        t(match self {
            Self::Mark => M::GroupMark,
            Self::Stance => M::StanceTitle,
            Self::Move => M::GroupMove,
            Self::Compare => M::GroupCompare,
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
    /// Two beside each other.
    Compare,
    /// Any number beside each other.
    Versions,
    /// Wherever a text can be marked.
    Text,
    /// Where long work may be under way.
    Work,
    /// Where people's work comes together.
    Together,
    /// Where files become articles.
    Adding,
}

/// Something a person can do.
pub(super) struct Action {
    /// Its name for tests: stable, never shown.
    pub(super) name: &'static str,
    pub(super) title: M,
    pub(super) group: Group,
    pub(super) keys: &'static [Chord],
    place: Place,
    run: Run,
}

/// Where that is done which an action stands for.
#[derive(Clone, Copy)]
enum Run {
    /// Here.
    Here(fn(Session)),
    /// In a part of the program, which knows it by the action's name.
    In(Part),
}
use Run::{Here, In};

/// What is done with a text is done in the reader.
const READER: Run = In(Part::Reader);

impl Place {
    const LIBRARY: u8 = 1;
    const READ: u8 = 2;
    const COMPARE: u8 = 4;
    const COLUMNS: u8 = 8;
    const TOGETHER: u8 = 16;
    const ELSE: u8 = 32;
    const ADDING: u8 = 64;

    /// The screens it stands for.
    const fn screens(self) -> u8 {
        match self {
            Self::Anywhere => u8::MAX,
            Self::Reader => Self::READ,
            Self::Compare => Self::COMPARE,
            Self::Versions => Self::COMPARE | Self::COLUMNS,
            Self::Text => Self::READ | Self::COMPARE | Self::COLUMNS,
            Self::Work => !(Self::READ | Self::LIBRARY),
            Self::Together => Self::TOGETHER,
            Self::Adding => Self::ADDING,
        }
    }
}

const fn key(name: &'static str) -> Chord {
    Chord::key(name)
}

/// No two actions that can be done on one screen have the same key: else this does not compile.
const _: () = {
    let mut pair = 0;
    while pair < ACTIONS.len() * ACTIONS.len() {
        let (one, other) = (pair / ACTIONS.len(), pair % ACTIONS.len());
        let clash = one < other && ACTIONS[one].meets(&ACTIONS[other]);
        assert!(!(clash && ACTIONS[one].shares_a_key(&ACTIONS[other])), "two actions have the same key");
        pair += 1;
    }
};

/// The reader knows every action that is done in it: else this does not compile.
const _: () = {
    let mut at = 0;
    while at < ACTIONS.len() {
        let known = !matches!(ACTIONS[at].run, In(Part::Reader)) || reader::does(ACTIONS[at].name);
        assert!(known, "the reader does not know an action of this name");
        at += 1;
    }
};

/// Everything there is, in the order of the sheet.
pub(super) const ACTIONS: &[Action] = &[
    on_text("quote", M::Quote, Group::Mark, &[key("q")], READER),
    on_text("more", M::MoreContent, Group::Mark, &[key("q").shift()], READER),
    on_text("cue", M::Cue, Group::Mark, &[key("c")], READER),
    on_text("source", M::Source, Group::Mark, &[key("s")], READER),
    on_text("via", M::Via, Group::Mark, &[key("v")], READER),
    on_text("addressee", M::Addressee, Group::Mark, &[key("d")], READER),
    on_text("speaker", M::PickSpeaker, Group::Mark, &[key("p")], READER),
    on_reader("split-speaker", M::SplitSpeaker, Group::Mark, &[key("p").shift()], READER),
    on_reader("kind", M::AttributionKind, Group::Mark, &[key("y")], READER),
    on_reader("nest", M::Nest, Group::Mark, &[key("i")], READER),
    on_reader("continue", M::GoOn, Group::Mark, &[key("o")], READER),
    on_reader("label-all", M::LabelAll, Group::Mark, &[key("l")], In(Part::Panels)),
    on_reader("end-right", M::EndRight, Group::Mark, &[key(".")], READER),
    on_reader("end-left", M::EndLeft, Group::Mark, &[key(",")], READER),
    on_reader("start-right", M::StartRight, Group::Mark, &[key(".").shift()], READER),
    on_reader("start-left", M::StartLeft, Group::Mark, &[key(",").shift()], READER),
    on_reader("end-right-character", M::EndRightCharacter, Group::Mark, &[key(".").alt()], READER),
    on_reader("end-left-character", M::EndLeftCharacter, Group::Mark, &[key(",").alt()], READER),
    on_reader(
        "start-right-character",
        M::StartRightCharacter,
        Group::Mark,
        &[key(".").alt().shift()],
        READER,
    ),
    on_reader("start-left-character", M::StartLeftCharacter, Group::Mark, &[key(",").alt().shift()], READER),
    on_reader("unsure", M::Unsure, Group::Mark, &[key("x")], READER),
    on_text("note", M::AddNote, Group::Mark, &[key("m")], READER),
    on_text("ask", M::Ask, Group::Mark, &[key("r")], READER),
    on_text("delete", M::DeleteAttribution, Group::Mark, &[key("Delete"), key("Backspace")], READER),
    on_reader("done", M::FinishAttribution, Group::Mark, &[key("Escape")], READER),
    at(Place::Work, "stop", M::StopOrFinish, Group::Mark, &[key("Escape")], In(Part::Versions)),
    on_text("favor", M::SetFavor, Group::Stance, &[key("f")], READER),
    on_text("against", M::SetAgainst, Group::Stance, &[key("a")], READER),
    on_text("neither", M::SetNone, Group::Stance, &[key("n")], READER),
    on_text("fourth", M::SetFourth, Group::Stance, &[key("b")], READER),
    on_reader("value", M::PickValue, Group::Stance, &[key("h")], READER),
    on_reader("target", M::GoToTarget, Group::Stance, &[key("t")], READER),
    on_text("evidence", M::Evidence, Group::Stance, &[key("e")], READER),
    on_reader("scheme", M::PickScheme, Group::Stance, &[], READER),
    on_reader("word-right", M::WordRight, Group::Move, &[key("ArrowRight")], READER),
    on_reader("word-left", M::WordLeft, Group::Move, &[key("ArrowLeft")], READER),
    on_reader("extend-right", M::ExtendRight, Group::Move, &[key("ArrowRight").shift()], READER),
    on_reader("extend-left", M::ExtendLeft, Group::Move, &[key("ArrowLeft").shift()], READER),
    on_reader("character-right", M::CharacterRight, Group::Move, &[key("ArrowRight").alt()], READER),
    on_reader("character-left", M::CharacterLeft, Group::Move, &[key("ArrowLeft").alt()], READER),
    on_reader(
        "extend-character",
        M::ExtendCharacter,
        Group::Move,
        &[key("ArrowRight").alt().shift()],
        READER,
    ),
    on_reader(
        "extend-character-back",
        M::ExtendCharacterBack,
        Group::Move,
        &[key("ArrowLeft").alt().shift()],
        READER,
    ),
    on_reader("sentence-down", M::SentenceDown, Group::Move, &[key("ArrowDown")], READER),
    on_reader("sentence-up", M::SentenceUp, Group::Move, &[key("ArrowUp")], READER),
    on_reader("extend-sentence", M::ExtendSentence, Group::Move, &[key("ArrowDown").shift()], READER),
    on_reader("extend-sentence-back", M::ExtendSentenceBack, Group::Move, &[key("ArrowUp").shift()], READER),
    on_reader("paragraph-down", M::ParagraphDown, Group::Move, &[key("ArrowDown").main()], READER),
    on_reader("paragraph-up", M::ParagraphUp, Group::Move, &[key("ArrowUp").main()], READER),
    on_reader(
        "extend-paragraph",
        M::ExtendParagraph,
        Group::Move,
        &[key("ArrowDown").main().shift()],
        READER,
    ),
    on_reader(
        "extend-paragraph-back",
        M::ExtendParagraphBack,
        Group::Move,
        &[key("ArrowUp").main().shift()],
        READER,
    ),
    on_reader("next-quotation", M::NextQuotation, Group::Move, &[key("g")], READER),
    on_reader("previous-quotation", M::PreviousQuotation, Group::Move, &[key("g").shift()], READER),
    on_reader("next-attribution", M::NextAttribution, Group::Move, &[key("j")], READER),
    on_reader("previous-attribution", M::PreviousAttribution, Group::Move, &[key("k")], READER),
    on_reader("next-unfinished", M::NextUnfinished, Group::Move, &[key("u")], READER),
    on_reader("previous-unfinished", M::PreviousUnfinished, Group::Move, &[key("u").shift()], READER),
    on_reader("only-mine", M::OnlyMine, Group::View, &[], READER),
    on_reader("select-all", M::SelectAll, Group::Move, &[key("a").main()], READER),
    on_reader("find", M::Find, Group::Move, &[key("/"), key("f").main()], READER),
    on_reader("next-article", M::NextArticle, Group::Move, &[key("]")], READER),
    at(
        Place::Versions,
        "next-change",
        M::NextChange,
        Group::Move,
        &[key("j"), key("ArrowDown").alt()],
        In(Part::Versions),
    ),
    at(
        Place::Versions,
        "previous-change",
        M::PreviousChange,
        Group::Move,
        &[key("k"), key("ArrowUp").alt()],
        In(Part::Versions),
    ),
    on_compare("confirm", M::Confirm, Group::Compare, &[key("y")], In(Part::Versions)),
    on_compare("unlink", M::Unlink, Group::Compare, &[key("x")], In(Part::Versions)),
    on_compare("link", M::Link, Group::Compare, &[key("l")], In(Part::Versions)),
    at(Place::Versions, "sentence", M::TakeSentence, Group::Compare, &[key("g")], In(Part::Versions)),
    on_compare("unfold", M::Unfold, Group::Compare, &[key("u")], Here(|s| s.compare.flip_folds())),
    on_compare("one-column", M::OneColumn, Group::Compare, &[key("i")], Here(|s| s.compare.flip_columns())),
    on_compare("swap", M::Swap, Group::Compare, &[key("t")], In(Part::Versions)),
    on_text("passage", M::PassageElsewhere, Group::Compare, &[key("w")], In(Part::Versions)),
    anywhere("columns", M::GoColumns, Group::View, &[key("v").alt()], In(Part::Versions)),
    anywhere("family", M::GoFamily, Group::View, &[key("f").alt()], In(Part::Versions)),
    anywhere(
        "search",
        M::GoPassage,
        Group::View,
        &[key("w").alt()],
        Here(|s| s.go(Screen::Passage(String::new()))),
    ),
    on_together("case-next", M::NextCase, Group::Move, &[key("j")], Here(|_| review::press("case-next"))),
    on_together(
        "case-previous",
        M::PreviousCase,
        Group::Move,
        &[key("k")],
        Here(|_| review::press("case-previous")),
    ),
    on_together("case-none", M::DecideNone, Group::Mark, &[key("n")], Here(|_| review::press("case-none"))),
    on_together("case-both", M::DecideBoth, Group::Mark, &[key("b")], Here(|_| review::press("case-both"))),
    on_together(
        "case-cannot",
        M::DecideCannot,
        Group::Mark,
        &[key("u")],
        Here(|_| review::press("case-cannot")),
    ),
    on_together("case-own", M::DecideOwn, Group::Mark, &[key("w")], Here(|_| review::own_words())),
    on_together(
        "case-reason",
        M::GiveReason,
        Group::Mark,
        &[key("r")],
        Here(|_| browser::focus("case-reason")),
    ),
    on_together("case-note", M::WriteNote, Group::Mark, &[key("m")], Here(|_| browser::focus("case-note"))),
    on_together(
        "case-agreed",
        M::AcceptAgreed,
        Group::Mark,
        &[key("a")],
        Here(|_| review::press("case-agreed")),
    ),
    on_adding("line-next", M::NextLine, Group::Move, &[key("j")], Here(|_| adding::press("line-next"))),
    on_adding(
        "line-previous",
        M::PreviousLine,
        Group::Move,
        &[key("k")],
        Here(|_| adding::press("line-previous")),
    ),
    on_adding("line-story", M::JoinStory, Group::Mark, &[key("y")], Here(|_| adding::press("line-story"))),
    on_adding(
        "line-clean",
        M::AcceptCleaning,
        Group::Mark,
        &[key("c")],
        Here(|_| adding::press("line-clean")),
    ),
    on_adding("line-out", M::LeaveLineOut, Group::Mark, &[key("x")], Here(|_| adding::press("line-out"))),
    on_adding("add-all", M::AddAll, Group::Project, &[key("a")], Here(|_| adding::press("add-all"))),
    anywhere("undo", M::Undo, Group::Project, &[key("z").main()], Here(|s| s.undo())),
    anywhere(
        "redo",
        M::Redo,
        Group::Project,
        &[key("z").main().shift(), key("y").main()],
        Here(|s| s.redo()),
    ),
    anywhere("export", M::ExportProject, Group::Project, &[key("s").main()], In(Part::Files)),
    anywhere(
        "import",
        M::ImportFile,
        Group::Project,
        &[key("o").main()],
        Here(|_| browser::click("file-input")),
    ),
    anywhere(
        "folder",
        M::ChooseFolder,
        Group::Project,
        &[key("o").main().shift()],
        Here(|_| browser::click("folder-input")),
    ),
    anywhere("adding", M::AddArticles, Group::View, &[key("a").alt()], Here(|s| s.go(Screen::Adding))),
    on_reader("attributions-done", M::AttributionsDone, Group::Project, &[key("d").alt()], In(Part::Panels)),
    on_reader("stances-done", M::StancesDone, Group::Project, &[key("d").alt().shift()], In(Part::Panels)),
    anywhere("save-to-disk", M::SaveToDisk, Group::Project, &[key("s").main().shift()], In(Part::Files)),
    anywhere(
        "history",
        M::HistoryTitle,
        Group::Project,
        &[key("h").alt()],
        Here(|s| shell::toggle(s, Panel::History)),
    ),
    anywhere(
        "storage",
        M::StorageTitle,
        Group::Project,
        &[key("m").alt()],
        Here(|s| shell::toggle(s, Panel::Storage)),
    ),
    anywhere("take-over", M::TakeOver, Group::Project, &[], Here(|s| s.take_over())),
    anywhere("library", M::GoLibrary, Group::View, &[key("g").alt()], Here(|s| s.go(Screen::Library))),
    anywhere("read", M::GoRead, Group::View, &[key("r").alt()], Here(shell::go_read)),
    anywhere("compare", M::GoCompare, Group::View, &[key("c").alt()], Here(shell::go_compare)),
    anywhere("together", M::GoTogether, Group::View, &[key("t").alt()], Here(|s| s.go(Screen::Together))),
    anywhere("training", M::GoTraining, Group::View, &[key("x").alt()], Here(|s| s.go(Screen::Training))),
    on_reader(
        "guidelines",
        M::Guidelines,
        Group::View,
        &[key("i").alt()],
        Here(|s| shell::toggle(s, Panel::Guidelines)),
    ),
    on_reader(
        "progress",
        M::Progress,
        Group::View,
        &[key("p").alt()],
        Here(|s| shell::toggle(s, Panel::Progress)),
    ),
    on_reader("grid", M::StanceGrid, Group::View, &[key("s").alt()], Here(|s| shell::toggle(s, Panel::Grid))),
    on_reader("labels", M::SchemeTitle, Group::View, &[], Here(|s| shell::toggle(s, Panel::Scheme))),
    anywhere(
        "palette",
        M::Palette,
        Group::View,
        &[key("k").main()],
        Here(|s| shell::toggle(s, Panel::Palette)),
    ),
    anywhere(
        "shortcuts",
        M::Shortcuts,
        Group::View,
        &[key("?")],
        Here(|s| shell::toggle(s, Panel::Shortcuts)),
    ),
    anywhere("theme", M::Theme, Group::View, &[key("l").alt()], Here(shell::next_theme)),
];

const fn anywhere(name: &'static str, title: M, group: Group, keys: &'static [Chord], run: Run) -> Action {
    Action { name, title, group, keys, place: Place::Anywhere, run }
}

const fn at(
    place: Place,
    name: &'static str,
    title: M,
    group: Group,
    keys: &'static [Chord],
    run: Run,
) -> Action {
    Action { place, ..anywhere(name, title, group, keys, run) }
}

const fn on_reader(name: &'static str, title: M, group: Group, keys: &'static [Chord], run: Run) -> Action {
    at(Place::Reader, name, title, group, keys, run)
}

const fn on_text(name: &'static str, title: M, group: Group, keys: &'static [Chord], run: Run) -> Action {
    at(Place::Text, name, title, group, keys, run)
}

const fn on_compare(name: &'static str, title: M, group: Group, keys: &'static [Chord], run: Run) -> Action {
    at(Place::Compare, name, title, group, keys, run)
}

const fn on_together(name: &'static str, title: M, group: Group, keys: &'static [Chord], run: Run) -> Action {
    Action { place: Place::Together, ..anywhere(name, title, group, keys, run) }
}

/// On the screen of files the desk draws the controls: an action presses one of them.
const fn on_adding(name: &'static str, title: M, group: Group, keys: &'static [Chord], run: Run) -> Action {
    at(Place::Adding, name, title, group, keys, run)
}

impl Action {
    /// Whether it can be done on the screen that is shown.
    pub(super) const fn fits(&self, screen: &Screen) -> bool {
        let bit = match screen {
            Screen::Library => Place::LIBRARY,
            Screen::Read(_) => Place::READ,
            Screen::Compare(..) => Place::COMPARE,
            Screen::Columns(_) => Place::COLUMNS,
            Screen::Together => Place::TOGETHER,
            Screen::Adding => Place::ADDING,
            _ => Place::ELSE,
        };
        self.place.screens() & bit != 0
    }

    /// Does it.
    pub(super) fn run(&self, session: Session) {
        match self.run {
            Here(run) => run(session),
            In(part) => act(session, part, self.name),
        }
    }

    /// Whether it and another action can be done on the same screen, so that one key cannot be both's.
    pub(super) const fn meets(&self, other: &Self) -> bool {
        self.place.screens() & other.place.screens() != 0
    }

    /// Whether both have a key of their own in common.
    const fn shares_a_key(&self, other: &Self) -> bool {
        let mut at = 0;
        while at < self.keys.len() * other.keys.len() {
            if self.keys[at / other.keys.len()].is(&other.keys[at % other.keys.len()]) {
                return true;
            }
            at += 1;
        }
        false
    }

    /// Its first key, as people read it.
    pub(super) fn key_words(&self) -> Option<String> {
        key_map::keys_of(self).first().map(Chord::to_string)
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

/// A message that names keys: `[quote]` in it stands for the key that the action of this name has now.
pub(super) fn how(message: M) -> String {
    let (mut out, mut rest) = (String::new(), t(message));
    while let Some((before, after)) = rest.split_once('[') {
        let (name, after) = after.split_once(']').unwrap_or((after, ""));
        let action = action(name);
        out.push_str(before);
        out.push_str(&action.key_words().unwrap_or_else(|| t(action.title).to_owned()));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Gives the key pressed to the action that is waiting for one; Escape leaves it as it was.
fn remap(session: Session, name: &'static str, event: &KeyboardEvent) {
    if event.key() == "Escape" {
        return session.remapping.set(None);
    }
    let Some(chord) = Chord::of(event) else { return };
    let words = chord.to_string();
    match key_map::give(action(name), chord) {
        Ok(()) => {
            session.remapping.set(None);
            session.remember_place();
        }
        // It waits for another one.
        Err(other) => session.say(fill(M::KeyTaken, &[&words, t(other.title)])),
    }
}

/// Does what a key press means here; true if it meant something.
pub(super) fn press(session: Session, event: &KeyboardEvent) -> bool {
    let modified = event.ctrl_key() || event.meta_key();
    if let Some(name) = session.remapping.get_untracked() {
        remap(session, name, event);
        return true;
    }
    if event.key() == "Tab" {
        return browser::tab_inside(event.shift_key());
    }
    if let Some(panel) = session.panel.get_untracked() {
        if event.key() == "Escape" {
            session.panel.set(None);
            reader::to_text();
            return true;
        }
        return !modified && panel == Panel::Palette && shell::typed_ahead(session, &event.key());
    }
    // While somebody writes, letters are letters, and the field has its own undo and selection.
    let own_of_field = |a: &Action| matches!(a.name, "undo" | "redo" | "select-all");
    let writing = browser::in_text_field();
    if writing && event.key() == "Escape" {
        browser::blur();
        reader::to_text();
        return true;
    }
    if event.key() == "Enter" && !modified && reader::is_finding() {
        act(session, Part::Reader, if event.shift_key() { "find-back" } else { "find-on" });
        return true;
    }
    // On a button, Enter and Space and arrows are the button's; letters are ours.
    let screen = session.screen.get_untracked();
    let plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key() && !writing;
    if let Some(number) = browser::digit(event).filter(|_| plain && action("quote").fits(&screen)) {
        let what = if event.shift_key() { Ask::Target(number) } else { Ask::Speaker(number) };
        parts::ask(session, Part::Reader, what);
        return true;
    }
    if let Some(number) = browser::digit(event).filter(|_| plain && screen == Screen::Together) {
        review::press(&format!("case-{number}"));
        return true;
    }
    let means = |a: &&Action| key_map::keys_of(a).iter().any(|chord| chord.matches(event));
    match ACTIONS.iter().filter(|a| a.fits(&screen)).find(means) {
        Some(action) if writing && (!modified && !event.alt_key() || own_of_field(action)) => false,
        Some(action) => {
            action.run(session);
            true
        }
        None => false,
    }
}
