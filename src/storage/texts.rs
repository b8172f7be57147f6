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
    let mut going = Vec::new();
    for key in marks {
        let Some(Part::TextMark(name)) = space.part(&key) else { continue };
        let mark = Mark::decode(&ledger.get(&key)?.unwrap_or_default());
        if project.entry(&mark.record(hash_of(name))).is_some_and(|entry| matches!(entry.body, Body::Purged))
        {
            going.push(key);
        }
    }
    drop_marked(ledger, space, &going)
}

/// Removes marks of `space`, and before them each text that no other has, here or in the second copy alone: a
/// text without a mark would be found by nobody. The marks of `space` that are not here do not count.
pub(super) fn drop_marked<E: Engine>(
    ledger: &mut Ledger<E>,
    space: &Space,
    marks: &[String],
) -> Result<(), StorageError> {
    let hash = |mark: &str| match Space::around(mark)?.part(mark)? {
        Part::TextMark(name) => Some(hash_of(name).to_owned()),
        _ => None,
    };
    let mut unmarked: BTreeSet<String> = marks.iter().filter_map(|mark| hash(mark)).collect();
    if unmarked.is_empty() {
        return Ok(());
    }
    let going: BTreeSet<&str> = marks.iter().map(|mark| &**mark).collect();
    let elsewhere = ledger.marks_away().filter(|key| !key.starts_with(space.prefix()));
    for key in ledger.keys(keys::ALL).chain(elsewhere).filter(|key| !going.contains(key)) {
        if let Some(hash) = hash(key) {
            unmarked.remove(&hash);
        }
    }
    for hash in unmarked {
        ledger.remove(&keys::text(&hash))?;
    }
    marks.iter().try_for_each(|mark| ledger.remove(mark))
}
