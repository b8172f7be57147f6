//! `variorum new`: begins a project file.

use super::world::{World, fresh_bits};
use super::{Failure, Outcome, Sound, files};
use crate::model::{Id, Project};
use crate::store::{Command, apply, decide};
use std::path::Path;

pub(super) fn run(path: &Path, name: Option<String>) -> Outcome {
    if path.exists() {
        return Err(Failure(format!("{} is there already; nothing was written.", path.display())));
    }
    let name = name.unwrap_or_else(|| path.file_stem().unwrap_or_default().to_string_lossy().into_owned());
    let mut project = Project::new(Id::random(fresh_bits()));
    let mut world = World::new();
    let person = world.by().clone();
    let commands = [Command::Begin { name }, Command::NamePerson { person, name: "Command line".to_owned() }];
    for command in commands {
        let step = world.with(|context| decide(&project, command, context));
        apply(&mut project, &step.map_err(|why| Failure(why.to_string()))?);
    }
    files::save(path, &project)?;
    Ok(Sound::Yes)
}
