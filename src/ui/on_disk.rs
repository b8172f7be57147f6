//! The file on disk that follows the project, where the browser allows it.
//!
//! Others may write that file too: a colleague in a shared folder, this person on another computer. So it is looked
//! at before it is written, and what it has beyond the project is joined first; nothing else is ever replaced unless
//! the person has just chosen it.

use super::files::{back_up, export, file_name, news, note_export, read_project};
use super::messages::{M, fill, t};
use super::session::Session;
use super::tabs::Role;
use crate::browser;
use crate::codecs;
use crate::storage::Reason;
use crate::store::Command;
use leptos::prelude::*;

/// Asks for a file on disk that follows the project from now on; a download where the browser has none.
pub(super) fn save_to_disk(session: Session) {
    if !browser::can_save_to_disk() {
        return export(session);
    }
    leptos::task::spawn_local(async move {
        let file = match browser::DiskFile::pick(&file_name(session)).await {
            Ok(Some(file)) => file,
            Ok(None) => return,
            Err(why) => return session.complain(fill(M::FileProblem, &[t(M::SaveToDisk), &why])),
        };
        let id = session.project.with_untracked(|p| p.id().to_string());
        // Forgotten, it must be chosen again at the next visit.
        let _ = file.remember(&id).await;
        session.follow_file(Some(file.name()));
        // The person has just said that the file may be replaced, whatever is in it.
        if write_to_disk(session, &file, true).await {
            session.say(fill(M::SavedToDisk, &[&file.name()]));
        }
    });
}

/// The project goes without its file on disk from now on.
pub(super) fn leave_disk(session: Session) {
    session.follow_file(None);
    let id = session.project.with_untracked(|p| p.id().to_string());
    leptos::task::spawn_local(async move {
        if let Err(why) = browser::DiskFile::forget(&id).await {
            session.complain(why);
        }
    });
}

/// Finds the file on disk that the project had at the last visit.
pub(super) fn find_on_disk(session: Session) {
    session.follow_file(None);
    let id = session.project.with_untracked(|p| p.id().to_string());
    leptos::task::spawn_local(async move {
        let file = browser::DiskFile::recall(&id).await;
        if session.project.with_untracked(|p| p.id().as_str() == id) {
            session.follow_file(file.map(|file| file.name()));
        }
    });
}

/// Brings the file on disk up to date; a person's click lets the browser ask for leave.
pub(super) fn update_on_disk(session: Session, clicked: bool) {
    let id = session.project.with_untracked(|p| p.id().to_string());
    leptos::task::spawn_local(async move {
        let Some(file) = browser::DiskFile::recall(&id).await else { return };
        let allowed = if clicked { file.ask().await } else { file.is_open().await };
        if session.project.with_untracked(|p| p.id().as_str() != id) {
            return;
        }
        if allowed {
            write_to_disk(session, &file, false).await;
        } else if !session.file_waits.get_untracked() {
            session.file_waits.set(true);
            session.complain(fill(M::FileWaits, &[&file.name()]));
        }
    });
}

/// Writes the file; first takes in what somebody else wrote there. Other than a copy of the project it replaces only
/// where the person said so.
async fn write_to_disk(session: Session, file: &browser::DiskFile, replace: bool) -> bool {
    let written = match take_in_from_disk(session, file, replace).await {
        Ok(true) => file.write(&session.as_file()).await,
        Ok(false) => return false,
        Err(why) => Err(why),
    };
    match written {
        Ok(()) => {
            let state = file.now().await.ok().map(|now| browser::state_of(&now));
            session.note_on_disk(state);
            session.file_waits.set(false);
            note_export(session);
            true
        }
        Err(why) => {
            session.complain(fill(M::DiskFailed, &[&file.name(), &why]));
            false
        }
    }
}

/// Joins what the file on disk has beyond the project; whether it may be written then.
async fn take_in_from_disk(
    session: Session,
    file: &browser::DiskFile,
    replace: bool,
) -> Result<bool, String> {
    let now = file.now().await?;
    let as_we_left_it = session.is_on_disk(browser::state_of(&now));
    if now.size() == 0 || as_we_left_it || session.role.get_untracked() == Role::Visitor {
        return Ok(true);
    }
    let id = session.project.with_untracked(|p| p.id().clone());
    let bytes = browser::read_file(now, codecs::MAX_FILE).await.map_err(|why| why.to_string())?;
    let text = codecs::decode(&bytes, codecs::MAX_FILE).unwrap_or_default();
    let theirs = match read_project(session, &text).await {
        Ok(Some(loaded)) if *loaded.value.id() == id && loaded.whole && loaded.issues.is_empty() => {
            loaded.value
        }
        _ if replace => return Ok(true),
        _ => {
            session.complain(fill(M::FileIsOther, &[&file.name()]));
            return Ok(false);
        }
    };
    let news = news(&session.project.read_untracked(), &theirs);
    if !news.is_empty() {
        if !session.may_write() {
            return Ok(false);
        }
        let count = news.len().to_string();
        back_up(session, Reason::Merge);
        session.run(Command::TakeIn { records: news });
        session.say(fill(M::TakenFromDisk, &[&file.name(), &count]));
    }
    Ok(session.project.with_untracked(|p| *p.id() == id))
}
