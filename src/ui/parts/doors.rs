//! The doors: what each part does with what it is asked. The only code that names what stands behind them.

use super::{Ask, Door};
use crate::ui::session::{Screen, Session};
use crate::ui::view::{Node, many};
use crate::ui::{compare, family, files as files_of, library, reader, review, search, shell};

/// The door to what compares versions.
pub fn versions() -> Door {
    Door(|session, ask| match ask {
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
        "passage" => search::find_passage(session),
        _ => {}
    }
    Node::Nothing
}

/// The door to working together.
pub fn together() -> Door {
    Door(|session, ask| match ask {
        Ask::Screen(_) => review::together(session),
        Ask::Take(files, _) => {
            review::take_in(files);
            Node::Nothing
        }
        _ => Node::Nothing,
    })
}

/// The door to the dialogs.
pub fn panels() -> Door {
    Door(|session, ask| match ask {
        Ask::Over => many([
            shell::palette(session),
            shell::shortcut_sheet(session),
            shell::storage_panel(session),
            shell::history_panel(session),
        ]),
        Ask::OverReader(desk) => reader::over(*desk),
        Ask::Find(desk) => reader::find_bar(*desk),
        Ask::Pick(desk) => reader::picker(*desk),
        Ask::Do(name) => reader_action(session, name),
        _ => Node::Nothing,
    })
}

fn reader_action(session: Session, name: &str) -> Node {
    match name {
        "label-all" => reader::label_all(session),
        _ => {}
    }
    Node::Nothing
}

/// The door to files.
pub fn files() -> Door {
    Door(|session, ask| {
        match ask {
            Ask::Shelf => return library::shelf(session),
            Ask::Take(files, story) => files_of::take_in(session, files, story),
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
        "save-to-disk" => files_of::save_to_disk(session),
        "sample" => files_of::open_sample(session),
        "update-file" => files_of::update_on_disk(session, false),
        _ => {}
    }
}
