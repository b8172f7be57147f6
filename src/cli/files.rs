//! Project files on disk: read with a sentence for each fault, written whole or not at all.

use super::Failure;
use crate::codecs::{Loaded, MAX_FILE, NotText, decode, project_file};
use crate::model::Project;
use std::fmt::Display;
use std::fs::{File, Permissions};
use std::io::Write as _;
use std::path::Path;

/// Reads the bytes of a file, unless they are too many to be read anywhere.
pub(super) fn read_bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let size = std::fs::metadata(path).map_or(0, |about| about.len() as usize);
    if size > MAX_FILE {
        let why = NotText::TooLarge { size, limit: MAX_FILE };
        return Err(Failure(format!("{}: {why}", path.display())));
    }
    std::fs::read(path).map_err(|why| Failure(format!("{} cannot be read: {why}.", path.display())))
}

/// Opens a project file to work on.
pub(super) fn open(path: &Path) -> Result<Loaded<Project>, Failure> {
    let loaded = read(path, project_file::read)?;
    if !loaded.whole {
        let why = loaded.issues.first().map_or("", |issue| &issue.what);
        return Err(Failure(format!("{}: {why} Nothing was changed.", path.display())));
    }
    Ok(loaded)
}

/// Opens a project file to look at: also one that a newer version wrote, which is then said.
pub(super) fn look(path: &Path) -> Result<Loaded<Project>, Failure> {
    let (loaded, newer) = look_closely(path)?;
    if let Some(format) = newer {
        let file = path.display();
        eprintln!(
            "{file} was written by a newer Variorum (format “{format}”): what this one does not know is left out here."
        );
    }
    Ok(loaded)
}

/// The same, with the format of a file that a newer version wrote, for who says it in their own way.
pub(super) fn look_closely(path: &Path) -> Result<(Loaded<Project>, Option<String>), Failure> {
    let mut newer = None;
    let loaded = read(path, |text| match project_file::read(text) {
        Err(project_file::Error::Newer { format }) => {
            newer = Some(format);
            project_file::look(text)
        }
        read => read,
    })?;
    Ok((loaded, newer))
}

fn read(
    path: &Path,
    read: impl FnOnce(&str) -> Result<Loaded<Project>, project_file::Error>,
) -> Result<Loaded<Project>, Failure> {
    read(&decoded(path)?).map_err(|why| Failure(format!("{}: {why}", path.display())))
}

/// The text of a file.
pub(super) fn decoded(path: &Path) -> Result<String, Failure> {
    let text = decode(&read_bytes(path)?, MAX_FILE);
    text.map_err(|why| Failure(format!("{}: {why}", path.display())))
}

/// Writes a project beside the file and then puts it in its place, so that a crash or a full disk leaves the old
/// one. Where the path is a link, what it points at is written.
pub(super) fn save(path: &Path, project: &Project) -> Result<(), Failure> {
    let said = |why: &dyn Display| {
        Failure(format!("{} cannot be written: {why}. Nothing was changed.", path.display()))
    };
    let place = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let old = std::fs::metadata(&place).ok().map(|about| about.permissions());
    if old.as_ref().is_some_and(Permissions::readonly) {
        return Err(said(&"it is write-protected"));
    }
    let mut name = place.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let beside = place.with_file_name(name);
    let write = || {
        let mut file = File::create(&beside)?;
        if let Some(old) = old {
            file.set_permissions(old)?;
        }
        file.write_all(project_file::write(project).as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&beside, &place)
    };
    write().map_err(|why| {
        // There may be nothing to remove.
        let _ = std::fs::remove_file(&beside);
        said(&why)
    })
}

/// Writes what was changed in a project that was read from this file, joined with what others have written there
/// since.
pub(super) fn save_changes(path: &Path, mut project: Project) -> Result<(), Failure> {
    let folder = path.canonicalize().ok().and_then(|path| Some(path.parent()?.to_owned()));
    // One at a time, where the system can lock a folder; elsewhere only what comes in the same moment is missed.
    let folder = folder.and_then(|folder| File::open(folder).ok());
    let _locked = folder.as_ref().map(File::lock);
    if path.exists() {
        let now = open(path)?.value;
        if now.id() != project.id() {
            let path = path.display();
            return Err(Failure(format!("{path} became another project meanwhile. Nothing was changed.")));
        }
        project.join(&now);
    }
    save(path, &project)
}
