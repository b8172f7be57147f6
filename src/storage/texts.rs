//! Article texts: taken out of the records, each kept once under the hash of its content.
//!
//! A project says by a mark of its own which texts it uses, so that a text goes when the last mark
//! goes, and nobody has to read the projects for it. The mark is written before the text.

use super::engine::Engine;
use super::error::StorageError;
use super::frame;
use super::keys::{self, Part, Space};
use super::ledger::Ledger;
use crate::model::{ArticleText, AsBody, Body, Entry, Project, RecordId};
use crate::text::Text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The value of a mark; nothing at all where everything is as usual.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Mark {
    /// The record, where its id is not the hash of its content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) record: Option<RecordId>,
    /// Whether the text is kept only by the second copy.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) away: bool,
}

impl Mark {
    pub(super) fn encode(&self) -> String {
        if *self == Self::default() {
            return String::new();
        }
        frame::plain(&serde_json::to_string(self).unwrap_or_default())
    }

    pub(super) fn decode(value: &str) -> Self {
        let json = frame::open(value).unwrap_or_default();
        serde_json::from_str(&json).unwrap_or_default()
    }

    /// The record that is meant, for a mark under `hash`.
    pub(super) fn record(&self, hash: &str) -> RecordId {
        self.record.clone().unwrap_or_else(|| RecordId::from_file(&format!("txt:{hash}")))
    }
}

/// Takes the words out of a text's record.
pub(super) fn take_content(entry: &mut Entry) -> Option<Text> {
    ArticleText::in_body_mut(&mut entry.body)?.content.take()
}

/// The words of a text's record.
pub(super) fn content(entry: &Entry) -> Option<&Text> {
    entry.as_kind::<ArticleText>()?.content.as_ref()
}

/// The hash of the text that a mark is about.
pub(super) fn hash_of(mark: &str) -> &str {
    mark.split('.').next().unwrap_or(mark)
}

/// The writes that keep the words of `record`, the mark first; none where both are there.
pub(super) fn writes<E: Engine>(
    ledger: &Ledger<E>,
    space: &Space,
    record: &RecordId,
    content: &str,
) -> Vec<(String, String)> {
    // Where a mark stands under the record's own digits the hash was worked out before.
    let known = keys::digits(record.as_str());
    let there = |hash: &str| ledger.has(&keys::text(hash)) || ledger.is_away(&keys::text(hash));
    if ledger.has(&space.key(&Part::TextMark(known))) && there(known) {
        return Vec::new();
    }
    let hash = keys::hash(content);
    // A record whose id is not the hash of its content (a faulty file) must not hide one whose id is.
    let odd = record.as_str() != format!("txt:{hash}");
    let away = !ledger.has(&keys::text(&hash)) && (there(&hash) || ledger.is_tight());
    let mark = Mark { record: odd.then(|| record.clone()), away };
    let name = if odd { format!("{hash}.{}", keys::hash(record.as_str())) } else { hash.clone() };
    let wanted =
        [(space.key(&Part::TextMark(&name)), mark.encode()), (keys::text(&hash), frame::packed(content))];
    let missing = |(key, _): &(String, String)| !ledger.has(key) && !ledger.is_away(key);
    wanted.into_iter().filter(missing).collect()
}

/// Drops the marks of texts whose records were removed for good, and each text nobody marks any more.
pub(super) fn drop_purged<E: Engine>(
    ledger: &mut Ledger<E>,
    space: &Space,
    project: &Project,
) -> Result<(), StorageError> {
    let marks: Vec<String> = ledger.keys(&space.key(&Part::TextMark(""))).map(str::to_owned).collect();
    for key in marks {
        let Some(Part::TextMark(name)) = space.part(&key) else { continue };
        let hash = hash_of(name);
        let mark = Mark::decode(&ledger.get(&key)?.unwrap_or_default());
        let entry = project.entry(&mark.record(hash));
        if entry.is_some_and(|entry| matches!(entry.body, Body::Purged)) {
            let hash = hash.to_owned();
            ledger.remove(&key)?;
            drop_unmarked(ledger, space, &BTreeSet::from([hash]))?;
        }
    }
    Ok(())
}

/// Removes those of the texts that no project marks, here or in the second copy alone. The marks of `space`
/// that are not here any more do not count.
pub(super) fn drop_unmarked<E: Engine>(
    ledger: &mut Ledger<E>,
    space: &Space,
    hashes: &BTreeSet<String>,
) -> Result<(), StorageError> {
    let mut unmarked = hashes.clone();
    let elsewhere = ledger.marks_away().filter(|key| !key.starts_with(space.prefix()));
    for key in ledger.keys(keys::ALL).chain(elsewhere) {
        if let Some(Part::TextMark(hash)) = Space::around(key).as_ref().and_then(|space| space.part(key)) {
            unmarked.remove(hash_of(hash));
        }
    }
    for hash in unmarked {
        ledger.remove(&keys::text(&hash))?;
    }
    Ok(())
}
