//! The doors: what each part does with what it is asked. The only code that names what stands behind them.

use super::{Ask, Door};
use crate::model::Layer;
use crate::ui::session::{Screen, Session};
use crate::ui::view::{Node, many};
use crate::ui::{
    adding, compare, family, files as files_of, library, on_disk, reader as reader_of, review, search, shell,
};
use leptos::prelude::GetUntracked;

fn door(answer: fn(Session, Ask) -> Node) -> Door {
    super::deciding::take_up();
    super::compacting::take_up();
    Door(answer)
}

/// The door to the reader.
pub fn reader() -> Door {
    door(|session, ask| {
        match ask {
            Ask::Screen(Screen::Read(article)) => return reader_of::reader(session, article),
            Ask::Speaker(number) => reader_of::pick_speaker(session, number),
            Ask::Target(number) => reader_of::pick_target(session, number),
            Ask::Run(command) => drop(session.run(*command)),
            Ask::Do(name) => reader_of::act(session, name),
            _ => {}
        }
        Node::Nothing
    })
}

/// The door to what compares versions.
pub fn versions() -> Door {
    door(|session, ask| match ask {
        Ask::Screen(Screen::Compare(left, right)) => compare::compare(session, left, right),
        Ask::Screen(Screen::Columns(articles)) => compare::columns(session, articles),
        Ask::Screen(Screen::Family(story)) => family::family(session, story),
        Ask::Screen(Screen::Passage(words)) => search::search(session, words),
        Ask::Do(name) => compare_action(session, name),
        _ => Node::Nothing,
    })
}

fn compare_action(session: Session, name: &str) -> Node {
    match name {
        "stop" => compare::escape(session),
        "next-change" => compare::go_change(session, 1),
        "previous-change" => compare::go_change(session, -1),
        "confirm" => compare::confirm(session),
        "unlink" => compare::unlink(session),
        "link" => compare::link(session),
        "swap" => compare::swap(session),
        "columns" => compare::go_columns(session),
        "family" => compare::go_family(session),
        "sentence" => compare::take_sentence(session),
        "passage" => search::find_passage(session),
        _ => {}
    }
    Node::Nothing
}

/// The door to working together.
pub fn together() -> Door {
    door(|session, ask| match ask {
        Ask::Screen(Screen::Training) => review::training(session),
        Ask::Screen(_) => review::together(session),
        Ask::Take(files) => {
            let desk = match session.screen.get_untracked() {
                Screen::Training => review::Which::Training,
                _ => review::Which::Together,
            };
            review::take_in(desk, files.into_iter().map(|(_, file)| file).collect());
            Node::Nothing
        }
        Ask::Do("look-in-folder") => {
            review::look_in_folder(session);
            Node::Nothing
        }
        Ask::Do("share") => {
            review::share(session);
            Node::Nothing
        }
        _ => Node::Nothing,
    })
}

/// The door to the dialogs.
pub fn panels() -> Door {
    door(|session, ask| match ask {
        Ask::Over => many([
            shell::palette(session),
            shell::shortcut_sheet(session),
            shell::storage_panel(session),
            shell::history_panel(session),
            shell::taken_panel(session),
        ]),
        Ask::OverReader(desk) => reader_of::over(*desk),
        Ask::Do(name) => panel_action(session, name),
        _ => Node::Nothing,
    })
}

fn panel_action(session: Session, name: &str) -> Node {
    match name {
        "label-all" => reader_of::label_all(session),
        "attributions-done" => reader_of::flip_done(session, &Layer::Attribution),
        "stances-done" => reader_of::flip_done(session, &Layer::Stance),
        _ => {}
    }
    Node::Nothing
}

/// The door to files.
pub fn files() -> Door {
    door(|session, ask| {
        match ask {
            Ask::Screen(_) => return adding::adding(session),
            Ask::Shelf => return library::shelf(session),
            Ask::Take(files) => files_of::take_in(session, files),
            Ask::Drop(dropped) => files_of::take_dropped(session, dropped),
            Ask::Html(html) => adding::take_in_html(session, &html),
            Ask::Paste(words, story) => files_of::paste(session, words, story),
            Ask::Do(name) => file_action(session, name),
            _ => {}
        }
        Node::Nothing
    })
}

fn file_action(session: Session, name: &str) {
    match name {
        "export" => files_of::export(session),
        "save-to-disk" => on_disk::save_to_disk(session),
        "sample" => files_of::open_sample(session),
        "update-file" => on_disk::update_on_disk(session, false),
        _ => {}
    }
}
