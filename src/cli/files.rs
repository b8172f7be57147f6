//! Project files on disk: read with a sentence for each fault, written whole or not at all.

use super::Failure;
use crate::codecs::{Loaded, MAX_FILE, decode, project_file};
use crate::model::Project;
use std::path::Path;

/// Reads the bytes of a file.
pub(super) fn read_bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|why| Failure(format!("{} cannot be read: {why}.", path.display())))
}

/// Opens a project file.
pub(super) fn open(path: &Path) -> Result<Loaded<Project>, Failure> {
    let said = |why: &dyn std::fmt::Display| Failure(format!("{}: {why}", path.display()));
    let text = decode(&read_bytes(path)?, MAX_FILE).map_err(|why| said(&why))?;
    project_file::read(&text).map_err(|why| said(&why))
}

/// Writes a project beside the file and then puts it in its place, so that a crash leaves the old one.
pub(super) fn save(path: &Path, project: &Project) -> Result<(), Failure> {
    let said = |why: std::io::Error| Failure(format!("{} cannot be written: {why}.", path.display()));
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let beside = path.with_file_name(name);
    std::fs::write(&beside, project_file::write(project)).map_err(said)?;
    std::fs::rename(&beside, path).map_err(said)
}
