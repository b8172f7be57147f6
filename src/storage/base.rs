//! The project that a journal is replayed on: the newest snapshot, or the sum of all that is sound.

use super::engine::Engine;
use super::error::{Finding, StorageError};
use super::keys::{Part, Upto};
use super::snapshot::{Head, Manifest, assemble, read_history};
use super::view::View;
use crate::codecs::project_file;
use crate::model::{Id, Project, ProjectInfo};
use crate::store::History;
use std::collections::BTreeSet;

/// A project to begin with.
pub(super) struct Base {
    pub(super) project: Project,
    /// The commands that need not be replayed.
    pub(super) contained: Upto,
    /// The commands that some snapshot contains.
    pub(super) known: Upto,
    pub(super) history: History,
    /// The commands that the history includes.
    pub(super) undo_upto: Upto,
    /// What the head says, and whether that snapshot is sound.
    pub(super) head: Option<u64>,
    pub(super) current: Option<u64>,
    /// Whether it is not simply the newest snapshot.
    pub(super) broken: bool,
    /// The newest snapshot that counts, where it is in an earlier format.
    pub(super) older: Option<Manifest>,
}

pub(super) fn base<E: Engine>(
    view: &View<'_, E>,
    id: &Id<ProjectInfo>,
    parts: &[Part<'_>],
    findings: &mut Vec<Finding>,
) -> Result<Base, StorageError> {
    let head = head(view)?;
    let snapshots: BTreeSet<u64> =
        parts.iter().filter_map(|part| if let Part::Snapshot(n) = part { Some(*n) } else { None }).collect();
    if let Some(n) = head
        && let Some(manifest) = manifest(view, n)?
        && let (pieces, true) = view.pieces(&manifest)?
        && let Some(project) = read_pieces(id, &pieces, &manifest, findings)
    {
        let (history, undo_upto) = match history(view, n)? {
            Some(history) => (history, manifest.upto.clone()),
            None => history_of_others(view, &snapshots)?,
        };
        let (contained, known) = (manifest.upto.clone(), manifest.upto.clone());
        let current = Some(n);
        let older = Some(manifest).filter(Manifest::is_older);
        return Ok(Base {
            project,
            contained,
            known,
            history,
            undo_upto,
            head,
            current,
            broken: false,
            older,
        });
    }
    // Not all is well: everything that is sound, of all generations, is put together. What an older
    // one holds has been seen by what superseded it, so it cannot come back. Which commands are in
    // the sum cannot be known, so all of the journal is replayed.
    let mut project = Project::new(id.clone());
    let mut known = Upto::default();
    let mut older = None;
    for n in &snapshots {
        if let Some(manifest) = manifest(view, *n)? {
            let (pieces, _) = view.pieces(&manifest)?;
            join(&mut project, id, &pieces, &manifest, findings);
            known.join(&manifest.upto);
            older = Some(manifest).filter(Manifest::is_older);
        }
    }
    let loose: Vec<&str> = parts
        .iter()
        .filter_map(|part| if let Part::Piece(hash) = part { Some(*hash) } else { None })
        .collect();
    let broken = head.is_some() || !snapshots.is_empty() || !loose.is_empty();
    if project.is_empty() && !loose.is_empty() {
        let pieces = loose.into_iter().map(str::to_owned).collect();
        let manifest = Manifest { pieces, ..Manifest::default() };
        join(&mut project, id, &view.pieces(&manifest)?.0, &manifest, findings);
    }
    let (history, undo_upto) = history_of_others(view, &snapshots)?;
    let (contained, current) = (Upto::default(), None);
    Ok(Base { project, contained, known, history, undo_upto, head, current, broken, older })
}

/// The newest head of both places.
fn head<E: Engine>(view: &View<'_, E>) -> Result<Option<u64>, StorageError> {
    let key = view.space.key(&Part::Head);
    let here = view.ledger.get(&key)?.and_then(|value| Head::read(&value));
    let there = view.mirror.get(&key).and_then(|value| Head::read(value));
    Ok(here.max(there).map(|head| head.gen_no))
}

fn manifest<E: Engine>(view: &View<'_, E>, n: u64) -> Result<Option<Manifest>, StorageError> {
    let said = view.open(&view.space.key(&Part::Snapshot(n)))?;
    Ok(said.and_then(|json| serde_json::from_str(&json).ok()))
}

fn history<E: Engine>(view: &View<'_, E>, n: u64) -> Result<Option<History>, StorageError> {
    let value = view.value(&view.space.key(&Part::Undo(n)))?;
    Ok(value.and_then(|value| read_history(&value)))
}

/// The newest history that is sound, with the commands it includes as its snapshot says.
fn history_of_others<E: Engine>(
    view: &View<'_, E>,
    snapshots: &BTreeSet<u64>,
) -> Result<(History, Upto), StorageError> {
    for n in snapshots.iter().rev() {
        if let (Some(history), Some(manifest)) = (history(view, *n)?, manifest(view, *n)?) {
            return Ok((history, manifest.upto));
        }
    }
    Ok(Default::default())
}

pub(super) fn read_pieces(
    id: &Id<ProjectInfo>,
    pieces: &[String],
    manifest: &Manifest,
    findings: &mut Vec<Finding>,
) -> Option<Project> {
    let loaded = project_file::read(&assemble(id.as_str(), pieces, manifest)).ok()?;
    findings.extend(
        loaded.issues.into_iter().map(|issue| Finding::Unreadable { record: issue.place, why: issue.what }),
    );
    Some(loaded.value)
}

/// Joins pieces one by one, so that one that cannot be read costs no other.
pub(super) fn join(
    project: &mut Project,
    id: &Id<ProjectInfo>,
    pieces: &[String],
    manifest: &Manifest,
    findings: &mut Vec<Finding>,
) {
    for piece in pieces {
        let Some(part) = read_pieces(id, std::slice::from_ref(piece), manifest, findings) else { continue };
        for (id, entry) in part.records() {
            project.merge_entry(id.clone(), entry.clone());
        }
        for (id, json) in part.damaged() {
            project.keep_damaged(id.clone(), json.clone());
        }
        for (name, json) in part.unknown() {
            project.keep_unknown(name.to_owned(), json.clone());
        }
    }
}
