//! Projects out of a rescue file: everything that a browser had stored, as the rescue page, the panel of a
//! stopped app and [`Shelf::dump`] save it.
//!
//! ```json
//! {"format":"variorum-rescue","version":1,"entries":{KEY:VALUE},"indexed":{STORE:{KEY:VALUE}}}
//! ```
//!
//! Its values are laid out in memory, local storage as the first copy and the browser's database as the second,
//! and opened by the code that opens stored projects. So what one copy lost comes from the other here, too.

use super::engine::{Engine, MemoryEngine};
use super::error::{Finding, StorageError};
use super::load::Opened;
use super::mirror::Mirror;
use super::shelf::{Shelf, Tab};
use crate::model::cursor::Cursor;
use crate::model::{Project, ValueError};

/// What a rescue file held.
#[derive(Clone, Debug, Default)]
pub struct Rescued {
    /// The projects, those in the trash too.
    pub projects: Vec<Project>,
    /// What could not be read: where, and what is wrong.
    pub unread: Vec<(String, String)>,
}

/// Brings back what a rescue file holds; of a damaged one, what is sound.
pub fn rescue(text: &str) -> Rescued {
    let (engine, mirror, torn) = lay_out(text);
    let mut rescued = Rescued::default();
    if let Some(why) = torn {
        let what = format!("The file breaks off or is damaged ({why}); what is sound is here.");
        rescued.unread.push((String::new(), what));
    }
    let failed = |why: StorageError| (String::new(), why.to_string());
    if let Err(why) = open_all(engine, &mirror, &mut rescued) {
        rescued.unread.push(failed(why));
    }
    rescued
}

fn open_all(engine: MemoryEngine, mirror: &Mirror, rescued: &mut Rescued) -> Result<(), StorageError> {
    // As the page has it, so that this is no second set of the same code.
    let engine: Box<dyn Engine> = Box::new(engine);
    let mut shelf = Shelf::open(engine, Tab::random(0))?;
    // Fails for what a later version stored: then what is known of it is read all the same.
    let _ = shelf.adopt(mirror);
    for listed in shelf.projects()? {
        match shelf.look(&listed.id, mirror) {
            Ok(Opened { project, findings, .. }) => {
                let unread = findings.into_iter().filter_map(|finding| unread(&listed.name, finding));
                rescued.unread.extend(unread);
                rescued.projects.push(project);
            }
            Err(why) => rescued.unread.push((listed.name, why.to_string())),
        }
    }
    Ok(())
}

/// What of a finding is a loss; the rest is how things stood in that browser.
fn unread(project: &str, finding: Finding) -> Option<(String, String)> {
    match finding {
        Finding::FromBackupCopy { .. } | Finding::ListEntryLost | Finding::LateCommands { .. } => None,
        Finding::Damaged { key, why, .. } => Some((key, format!("A stored value is damaged ({why})."))),
        other => Some((project.to_owned(), other.to_string())),
    }
}

/// The values as they were stored, and where the file broke off.
fn lay_out(text: &str) -> (MemoryEngine, Mirror, Option<String>) {
    let (mut engine, mut mirror) = (MemoryEngine::new(), Mirror::new());
    let mut odd: Option<String> = None;
    let read = Cursor::new(text).object(&mut |name, cursor| match name {
        // One copy that is not there, or is something else, is no reason to leave the other.
        "entries" | "indexed" if cursor.peek() != Some(b'{') => {
            let is = cursor.skip()?;
            if is != "null" {
                odd = Some(format!("“{name}” is not an object"));
            }
            Ok(())
        }
        // Memory without a limit takes everything.
        "entries" => values(cursor, &mut |key, value| drop(engine.set(key, &value))),
        "indexed" => cursor
            .object(&mut |_, cursor| values(cursor, &mut |key, value| mirror.insert(key.to_owned(), value))),
        _ => {
            cursor.skip()?;
            Ok(())
        }
    });
    (engine, mirror, read.err().map(|why| why.to_string()).or(odd))
}

/// Passes an object of keys and values. What is no text (a handle to a file on disk) was no value of ours; a text
/// that cannot be is handed on as it stands in the file, to be found damaged.
fn values(cursor: &mut Cursor<'_>, take: &mut dyn FnMut(&str, String)) -> Result<(), ValueError> {
    cursor.object(&mut |key, cursor| {
        let before = *cursor;
        let is_text = cursor.peek() == Some(b'"');
        match cursor.string() {
            Ok(value) => take(key, value.into_owned()),
            Err(_) => {
                *cursor = before;
                let raw = cursor.skip()?;
                if is_text {
                    take(key, raw.to_owned());
                }
            }
        }
        Ok(())
    })
}
