//! `variorum rescue`: the projects in a file that the rescue page saved, as project files.

use super::files::{decoded, save};
use super::{Failure, Outcome, Sound, count};
use crate::storage::{Rescued, rescue};
use serde::Serialize;
use std::collections::BTreeSet;
use std::path::Path;

#[derive(Serialize)]
struct Report {
    written: Vec<String>,
    unread: Vec<Unread>,
}

#[derive(Serialize)]
struct Unread {
    r#where: String,
    what: String,
}

pub(super) fn run(path: &Path, folder: &Path, json: bool) -> Outcome {
    let text = decoded(path)?;
    if !text.get(..200.min(text.len())).unwrap_or(&text).contains("variorum-rescue") {
        return Err(Failure(format!("{}: This is not a file that the rescue page saved.", path.display())));
    }
    let Rescued { projects, unread } = rescue(&text);
    std::fs::create_dir_all(folder)
        .map_err(|why| Failure(format!("{} cannot be made: {why}.", folder.display())))?;
    let mut names = BTreeSet::new();
    let mut written = Vec::new();
    for project in &projects {
        let file = folder.join(file_name(project.name(), &mut names));
        if file.exists() {
            return Err(Failure(format!("{} is there already; nothing more was written.", file.display())));
        }
        save(&file, project)?;
        if !json {
            println!("{}: {}", file.display(), count(project.len(), "record", "records"));
        }
        written.push(file.display().to_string());
    }
    let sound = if unread.is_empty() && !written.is_empty() { Sound::Yes } else { Sound::No };
    let unread: Vec<Unread> = unread.into_iter().map(|(r#where, what)| Unread { r#where, what }).collect();
    if json {
        println!("{}", serde_json::to_string(&Report { written, unread }).unwrap_or_default());
        return Ok(sound);
    }
    if written.is_empty() {
        println!("The file holds no project that can be read.");
    }
    for Unread { r#where, what } in unread {
        println!("not read: {}{}{what}", r#where, if r#where.is_empty() { "" } else { ": " });
    }
    Ok(sound)
}

/// A name that every system takes, given once.
fn file_name(project: &str, given: &mut BTreeSet<String>) -> String {
    let safe = |c: char| if c.is_alphanumeric() || "-_ ".contains(c) { c } else { '-' };
    let stem: String = project.trim().chars().map(safe).take(80).collect();
    let stem = if stem.is_empty() { "project".to_owned() } else { stem };
    let names = (1..).map(|n| if n == 1 { stem.clone() } else { format!("{stem} {n}") });
    let name = names.map(|name| format!("{name}.variorum.json")).find(|name| !given.contains(name));
    let name = name.unwrap_or_default();
    given.insert(name.clone());
    name
}
