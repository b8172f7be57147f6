//! Reading a project from whatever is sound, here and in the second copy.

use super::backup::{Kept, Older};
use super::base::{Base, base, join, read_pieces};
use super::engine::Engine;
use super::error::{Finding, StorageError};
use super::journal;
use super::keys::{self, EntryId, Part, Space, Upto};
use super::ledger::Ledger;
use super::mirror::Mirror;
use super::removal;
use super::texts;
use super::view::View;
use crate::model::{ArticleText, AsBody, Id, Project, ProjectInfo, RecordId};
use crate::store::{History, Step, apply};
use crate::text::Text;
use std::cell::RefCell;

/// A project as it was read.
#[derive(Clone, Debug)]
pub struct Opened {
    /// All that is sound.
    pub project: Project,
    /// What can be undone and redone.
    pub history: History,
    /// What was noticed.
    pub findings: Vec<Finding>,
    /// How many steps were replayed on the snapshot.
    pub replayed: usize,
}

/// What reading found out for the writing that may follow.
#[derive(Debug, Default)]
pub(super) struct Trace {
    /// The commands that are in the project.
    pub(super) seen: Upto,
    /// The highest epoch found.
    pub(super) epoch: u64,
    /// The journal since the snapshot: entries and units.
    pub(super) entries: usize,
    pub(super) units: usize,
    /// Whether a new snapshot should be written at once, since the engine lacks something.
    pub(super) lacking: bool,
    /// The snapshot that counts, if it is sound, and the highest number any snapshot has.
    pub(super) current: Option<u64>,
    pub(super) highest: u64,
    /// Whether a record was removed for good and older values still hold its words.
    pub(super) removing: bool,
    /// What the project was in an earlier format, of which a backup is due.
    pub(super) older: Option<Older>,
    /// Keys that only the second copy has. A snapshot written here contains what they say.
    pub(super) strays: Vec<String>,
    /// Of texts that are removed for good: their marks in the second copy alone.
    pub(super) marks_left: Vec<String>,
    /// What only the second copy has set aside, of this project or of any text.
    pub(super) set_aside_there: Vec<String>,
}

/// Reads a project out of both places.
pub(super) fn load<E: Engine>(
    ledger: &Ledger<E>,
    mirror: &Mirror,
    id: &Id<ProjectInfo>,
) -> Result<(Opened, Trace), StorageError> {
    let space = Space::of(id);
    let view = View { ledger, mirror, space: &space, noted: RefCell::default() };
    let keys = view.keys();
    let parts: Vec<Part<'_>> = keys.iter().filter_map(|key| space.part(key)).collect();
    if !parts.iter().any(|part| matches!(part, Part::Snapshot(_) | Part::Entry(_) | Part::Piece(_))) {
        return Err(StorageError::NoProject);
    }
    let mut findings = Vec::new();
    let mut trace = Trace::default();

    let Base { mut project, contained, known, mut history, undo_upto, head, current, broken, older } =
        base(&view, id, &parts, &mut findings)?;
    if broken {
        findings.push(Finding::OlderSnapshot);
        trace.lacking = true;
    }
    trace.seen = known.clone();
    trace.strays = keys.iter().filter(|key| !ledger.has(key)).cloned().collect();
    trace.current = current;
    let numbers = parts.iter().filter_map(|part| if let Part::Snapshot(n) = part { Some(*n) } else { None });
    trace.highest = numbers.chain(head).max().unwrap_or(0);

    let mut entries: Vec<EntryId> = parts
        .iter()
        .filter_map(|part| if let Part::Entry(id) = part { Some(id.clone()) } else { None })
        .collect();
    crate::text::order::sort_by(&mut entries, Ord::cmp);
    let mut steps = Vec::new();
    let mut late = 0;
    let newest = known.epoch();
    for entry in entries {
        trace.epoch = trace.epoch.max(entry.epoch);
        let fresh = !contained.has(&entry);
        if !fresh && undo_upto.has(&entry) {
            continue;
        }
        let Some(value) = view.value(&space.key(&Part::Entry(entry.clone())))? else { continue };
        let mut broken = None;
        let blob = |hash: &str| {
            view.open(&space.key(&Part::Blob(hash))).unwrap_or_else(|why| {
                broken = Some(why);
                None
            })
        };
        let Ok((step, lacking)) = journal::read(&value, blob) else { continue };
        if let Some(why) = broken {
            return Err(why);
        }
        if lacking {
            findings.push(Finding::ChangesLeftOut { count: 1 });
        }
        if fresh {
            late += usize::from(entry.epoch < newest);
            trace.entries += 1;
            trace.units += value.len();
            trace.removing |= step.removes_for_good();
        }
        steps.push((entry, step));
    }
    findings.extend(gaps(&known, steps.iter().map(|(entry, _)| entry)));
    if late > 0 {
        findings.push(Finding::LateCommands { count: late });
    }

    let left_out = replay(&mut project, steps.iter().map(|(_, step)| step));
    if left_out > 0 {
        findings.push(Finding::ChangesLeftOut { count: left_out });
    }
    if let Some(manifest) = older {
        let commands = steps.iter().map(|(entry, _)| entry).filter(|entry| !manifest.upto.has(entry));
        trace.older = Some(Older::note(&view, manifest.clone(), commands)?);
        trace.lacking = true;
    }
    let replayed = steps.len();
    for (entry, step) in steps {
        trace.seen.add(&entry);
        if !undo_upto.has(&entry) {
            history.record(step);
        }
    }
    trace.epoch = trace.epoch.max(trace.seen.epoch());

    fill_texts(&view, &parts, &mut project, &mut findings)?;
    note_left(&view, &parts, &project, &mut trace);
    // A head or a list entry is read elsewhere; should it be damaged, that is noted here.
    for part in [Part::Head, Part::Card] {
        view.open(&space.key(&part))?;
    }

    let noted = view.noted.into_inner();
    if !noted.unread.is_empty() {
        return Err(StorageError::Unread(noted.unread.into_iter().collect()));
    }
    if !noted.from_mirror.is_empty() {
        findings.insert(0, Finding::FromBackupCopy { values: noted.from_mirror.len() });
        trace.lacking = true;
    }
    for (key, (raw, why)) in noted.damaged {
        trace.lacking = true;
        findings.push(Finding::Damaged { key, raw, why });
    }
    Ok((Opened { project, history, findings, replayed }, trace))
}

/// Applies steps and counts the writes that fit nothing. Steps are sets of writes, so those that came
/// before the record they are about are simply applied once more.
fn replay<'a>(project: &mut Project, steps: impl Iterator<Item = &'a Step>) -> usize {
    let early: Vec<&Step> = steps.filter(|step| !apply(project, step).is_empty()).collect();
    early.into_iter().map(|step| apply(project, step).len()).sum()
}

/// How many commands are missing between those that are there.
fn gaps<'a>(known: &Upto, entries: impl Iterator<Item = &'a EntryId>) -> Option<Finding> {
    let mut last: Option<&EntryId> = None;
    let mut count = 0;
    for entry in entries {
        let before = match last {
            Some(last) if (last.epoch, &last.tab) == (entry.epoch, &entry.tab) => last.seq,
            _ => 0,
        };
        count += entry.seq.saturating_sub(before.max(known.of(entry)) + 1);
        last = Some(entry);
    }
    (count > 0).then_some(Finding::CommandsMissing { count })
}

/// Gives texts their words.
fn fill_texts<E: Engine>(
    view: &View<'_, E>,
    parts: &[Part<'_>],
    project: &mut Project,
    findings: &mut Vec<Finding>,
) -> Result<(), StorageError> {
    for part in parts {
        let Part::TextMark(name) = part else { continue };
        let mark = view.mark(&view.space.key(part))?;
        let hash = texts::hash_of(name);
        let record: RecordId = mark.record(hash);
        let lacking = |text: &ArticleText| text.content.is_none();
        if !project.entry(&record).is_some_and(|entry| entry.as_kind().is_some_and(lacking)) {
            continue;
        }
        let key = keys::text(hash);
        let moved = mark.away && !view.ledger.has(&key);
        match if moved { view.open_away(&key) } else { view.open(&key)? } {
            Some(content) => give_content(project, &record, Text::new(content)),
            None => findings.push(Finding::TextMissing { text: record }),
        }
    }
    // Whoever has the same text completes it by its hash, even where the mark was lost.
    let wordless = project.all::<ArticleText>().filter(|text| text.content.is_none());
    let wordless: Vec<RecordId> = wordless.map(|text| text.id().record().clone()).collect();
    for record in wordless {
        let key = keys::text(keys::digits(record.as_str()));
        if (view.ledger.has(&key) || view.mirror.contains_key(&key))
            && let Some(content) = view.open(&key)?
        {
            give_content(project, &record, Text::new(content));
        }
    }
    Ok(())
}

/// Takes note of what only the second copy has of records that are removed for good, beside this project's own
/// values.
fn note_left<E: Engine>(view: &View<'_, E>, parts: &[Part<'_>], project: &Project, trace: &mut Trace) {
    for part in parts {
        let Part::TextMark(name) = part else { continue };
        let key = view.space.key(part);
        let record = view.mark(&key).unwrap_or_default().record(texts::hash_of(name));
        if !view.ledger.has(&key) && project.entry(&record).is_some_and(removal::is_removed) {
            trace.marks_left.push(key);
        }
    }
    let aside = view.mirror.keys_in(keys::QUARANTINE).filter(|key| {
        let value = view.mirror.get(key).map_or("", |value| value);
        !view.ledger.has(key) && removal::is_doubtful(view.space, value)
    });
    trace.set_aside_there = aside.cloned().collect();
}

fn give_content(project: &mut Project, record: &RecordId, content: Text) {
    let Some(entry) = project.entry(record) else { return };
    let mut with = entry.clone();
    if let Some(text) = ArticleText::in_body_mut(&mut with.body) {
        text.content = Some(content);
        project.merge_entry(record.clone(), with);
    }
}

/// The project that a backup names, out of whichever place has it.
pub(super) fn read_kept<E: Engine>(
    ledger: &Ledger<E>,
    mirror: &Mirror,
    id: &Id<ProjectInfo>,
    kept: &Kept,
) -> Result<(Project, Vec<Finding>), StorageError> {
    let manifest = &kept.manifest;
    let space = Space::of(id);
    let view = View { ledger, mirror, space: &space, noted: RefCell::default() };
    let mut findings = Vec::new();
    let mut project = Project::new(id.clone());
    let (pieces, whole) = view.pieces(manifest)?;
    if !whole {
        findings.push(Finding::BackupTorn);
    }
    match read_pieces(id, &pieces, manifest, &mut findings) {
        Some(whole) => project = whole,
        None => join(&mut project, id, &pieces, manifest, &mut findings),
    }
    let mut steps = Vec::new();
    for command in &kept.commands {
        let Some(value) = view.value(&space.key(&Part::Entry(command.clone())))? else { continue };
        let blob = |hash: &str| view.open(&space.key(&Part::Blob(hash))).ok().flatten();
        steps.extend(journal::read(&value, blob).ok().map(|(step, _)| step));
    }
    let left_out = replay(&mut project, steps.iter()) + kept.commands.len() - steps.len();
    if left_out > 0 {
        findings.push(Finding::ChangesLeftOut { count: left_out });
    }
    let keys = view.keys();
    let parts: Vec<Part<'_>> = keys.iter().filter_map(|key| space.part(key)).collect();
    fill_texts(&view, &parts, &mut project, &mut findings)?;
    let noted = view.noted.into_inner();
    if !noted.unread.is_empty() {
        return Err(StorageError::Unread(noted.unread.into_iter().collect()));
    }
    let damaged = noted.damaged.into_iter().filter(|(key, _)| !noted.from_mirror.contains(key));
    findings.extend(damaged.map(|(key, (raw, why))| Finding::Damaged { key, raw, why }));
    Ok((project, findings))
}
