//! Commands on what records are as a whole: one thing or two, any field of theirs, completed.

use super::command::Rejection;
use super::editor::{Editor, set};
use crate::model::{Alias, ArticleText, Body, Entry, Id, Json, Kind, Person, Project, RecordId};
use crate::text::Text;

/// The kinds of which two records can be one thing.
const ALIASED: &[&str] = &["per", "lab", "art", "sty", "src", "tgt"];

/// The id of the alias of two records.
pub fn alias_id(a: &RecordId, b: &RecordId) -> Id<Alias> {
    let (first, second) = if a <= b { (a, b) } else { (b, a) };
    Id::derived(&[first.as_str(), second.as_str()])
}

/// Says whether two records are the same thing.
pub(super) fn set_same(
    e: &mut Editor<'_, '_, '_>,
    a: RecordId,
    b: RecordId,
    same: bool,
) -> Result<(), Rejection> {
    if a == b || a.prefix() != b.prefix() || !ALIASED.contains(&a.prefix()) {
        return Err(Rejection::NotAlike);
    }
    for id in [&a, &b] {
        e.entry(id).filter(|entry| entry.is_live()).ok_or(Rejection::Gone("record"))?;
    }
    let id = alias_id(&a, &b);
    let (a, b) = if a <= b { (a, b) } else { (b, a) };
    e.make(id.record(), Alias { same: same.into(), ..Alias::blank(a, b) });
    set!(e, &id, Alias.same = same);
    Ok(())
}

/// Writes any register by its name.
pub(super) fn set_field(
    e: &mut Editor<'_, '_, '_>,
    id: &RecordId,
    field: &'static str,
    value: Json,
) -> Result<(), Rejection> {
    // A deleted record takes no values, but can come back.
    let there = |entry: &&Entry| entry.is_live() || field == "deleted" && !matches!(entry.body, Body::Purged);
    let entry = e.entry(id).filter(there).ok_or(Rejection::Gone("record"))?;
    // Of two values in conflict, to choose the one that is shown is a write too.
    if entry.conflicts().contains(&field) {
        e.write_json(id, field, value.clone());
    } else {
        e.change_json(id, field, value.clone());
    }
    let shown = e.entry(id).and_then(|entry| entry.value(field));
    if shown == Some(value) { Ok(()) } else { Err(Rejection::DoesNotFit(field)) }
}

/// Makes every record show again what it shows in an earlier state; younger ones are deleted, if that state is
/// `whole`. All of it are new writes, so that undo takes it back and no older copy brings back what it took away.
pub(super) fn bring_back(e: &mut Editor<'_, '_, '_>, earlier: &Project, whole: bool) {
    let wordless = |entry: &Entry| entry.as_kind().is_some_and(|text: &ArticleText| text.content.is_none());
    for (id, was) in earlier.records() {
        let now = e.entry(id).cloned();
        if now.as_ref().is_none_or(|now| wordless(now) && !wordless(was)) {
            e.take_in(id, was.clone());
        }
        let Some(now) = now else { continue };
        for (field, value) in was.shown_otherwise(&now) {
            e.write_json(id, field, value);
        }
    }
    if !whole {
        return;
    }
    let project = e.project();
    for (id, _) in project.records() {
        // Who somebody is stays known: what they did is there, if only in the history.
        let younger = earlier.entry(id).is_none() && !earlier.damaged().contains_key(id);
        if younger && id.prefix() != Person::PREFIX {
            e.delete(id);
        }
    }
}

/// Gives texts their words back, each where its hash says it belongs.
pub(super) fn complete(e: &mut Editor<'_, '_, '_>, texts: Vec<Text>) {
    for content in texts {
        let Some(id) = e.project().lacks(&content) else { continue };
        let Some(mut entry) = e.entry(id.record()).cloned() else { continue };
        if let Body::ArticleText(text) = &mut entry.body {
            text.content = Some(content);
            e.take_in(id.record(), entry);
        }
    }
}
