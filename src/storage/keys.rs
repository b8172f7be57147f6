//! The names under which things are stored. Nothing that was imported ever becomes part of one.
//!
//! ```text
//! v/meta                     format version
//! v/t/<hash>                 an article's text: written once, compressed, shared by projects
//! v/p/<project>/i            what the list of projects shows
//! v/p/<project>/h            which snapshot counts; tiny, written last
//! v/p/<project>/s/<n>        snapshot n: the pieces it is made of
//! v/p/<project>/u/<n>        the steps that can be undone at snapshot n
//! v/p/<project>/c/<hash>     a piece: some records, compressed, written once, shared by snapshots
//! v/p/<project>/j/<epoch>.<tab>/<n>   one command, never rewritten
//! v/p/<project>/b/<hash>     changes too large for their command's own entry
//! v/p/<project>/t/<hash>     says that the project uses that text
//! v/p/<project>/k/<n>        a backup, made as a snapshot is
//! v/g/<project>              says that the project was removed for good, so that no copy brings it back
//! v/d/…                      the twin of `v/…`, where there is no second copy
//! v/q/<n>                    what could not be read, byte for byte
//! v/ballast                  filler, freed first when there is no room left
//! ```
//!
//! There is no list of projects: it would have to be read, changed and written by several tabs at
//! once, which loses changes. Each project's own `i` is written by its one writer.

use crate::model::{Id, ProjectInfo};
use std::collections::BTreeMap;
use std::fmt;

pub(super) const ALL: &str = "v/";
pub(super) const META: &str = "v/meta";
pub(super) const BALLAST: &str = "v/ballast";
pub(super) const QUARANTINE: &str = "v/q/";
pub(super) const GONE: &str = "v/g/";
const TWINS: &str = "v/d/";
const PROJECTS: &str = "v/p/";
const TEXTS: &str = "v/t/";

/// Which command: the how-manieth of which tab. Orders as the commands were given, since a project's
/// next writer always has a higher epoch.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct EntryId {
    /// The opening of the project for writing, counted.
    pub epoch: u64,
    /// The tab's random name.
    pub tab: String,
    /// Counts the commands of that opening from 1.
    pub seq: u64,
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}/{}", self.epoch, self.tab, self.seq)
    }
}

impl EntryId {
    fn parse(text: &str) -> Option<Self> {
        let (writer, seq) = text.split_once('/')?;
        let (epoch, tab) = writer.split_once('.')?;
        Some(Self { epoch: epoch.parse().ok()?, tab: tab.to_owned(), seq: seq.parse().ok()? })
    }
}

/// How far each opening has come: of `<epoch>.<tab>`, all commands up to a number.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub(super) struct Upto(BTreeMap<String, u64>);

impl Upto {
    pub(super) fn has(&self, id: &EntryId) -> bool {
        self.of(id) >= id.seq
    }

    pub(super) fn of(&self, id: &EntryId) -> u64 {
        self.0.get(&format!("{}.{}", id.epoch, id.tab)).copied().unwrap_or(0)
    }

    pub(super) fn add(&mut self, id: &EntryId) {
        let known = self.0.entry(format!("{}.{}", id.epoch, id.tab)).or_default();
        *known = (*known).max(id.seq);
    }

    pub(super) fn join(&mut self, other: &Self) {
        for (writer, seq) in &other.0 {
            let known = self.0.entry(writer.clone()).or_default();
            *known = (*known).max(*seq);
        }
    }

    /// Forgets the openings of which no entry is left anywhere.
    pub(super) fn retain(&mut self, still: impl Fn(&str) -> bool) {
        self.0.retain(|writer, _| still(writer));
    }

    pub(super) fn epoch(&self) -> u64 {
        let epochs = self.0.keys().filter_map(|writer| writer.split('.').next()?.parse().ok());
        epochs.max().unwrap_or(0)
    }
}

/// What a key of a project is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    Card,
    Head,
    Snapshot(u64),
    Undo(u64),
    Piece(&'a str),
    Entry(EntryId),
    Blob(&'a str),
    TextMark(&'a str),
    Backup(u64),
}

/// The keys of one project.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Space(String);

impl Space {
    pub(super) fn of(id: &Id<ProjectInfo>) -> Self {
        // An id out of a file was checked when it was read; should it be malformed all the same, its
        // hash takes its place.
        let digits = match Id::<ProjectInfo>::parse(id.as_str()) {
            Some(_) => digits(id.as_str()).to_owned(),
            None => hash(id.as_str()),
        };
        Self(format!("{PROJECTS}{digits}/"))
    }

    /// The space that a key lies in.
    pub(super) fn around(key: &str) -> Option<Self> {
        let digits = key.strip_prefix(PROJECTS)?.split('/').next()?;
        Some(Self(format!("{PROJECTS}{digits}/")))
    }

    /// The project this space is of, unless its id was malformed.
    pub(super) fn project(&self) -> Option<Id<ProjectInfo>> {
        Id::parse(&format!("prj:{}", self.0.strip_prefix(PROJECTS)?.strip_suffix('/')?))
    }

    /// The key that says that the project was removed for good.
    pub(super) fn gone(&self) -> String {
        format!("{GONE}{}", self.0.trim_start_matches(PROJECTS).trim_end_matches('/'))
    }

    /// The space that such a key is about.
    pub(super) fn of_gone(key: &str) -> Option<Self> {
        Some(Self(format!("{PROJECTS}{}/", key.strip_prefix(GONE)?)))
    }

    /// What all its keys begin with.
    pub(super) fn prefix(&self) -> &str {
        &self.0
    }

    pub(super) fn part<'a>(&self, key: &'a str) -> Option<Part<'a>> {
        let name = key.strip_prefix(self.0.as_str())?;
        Some(match name.split_once('/') {
            None if name == "i" => Part::Card,
            None if name == "h" => Part::Head,
            Some(("s", n)) => Part::Snapshot(n.parse().ok()?),
            Some(("u", n)) => Part::Undo(n.parse().ok()?),
            Some(("c", hash)) => Part::Piece(hash),
            Some(("j", id)) => Part::Entry(EntryId::parse(id)?),
            Some(("b", hash)) => Part::Blob(hash),
            Some(("t", hash)) => Part::TextMark(hash),
            Some(("k", n)) => Part::Backup(n.parse().ok()?),
            _ => return None,
        })
    }

    pub(super) fn key(&self, part: &Part<'_>) -> String {
        let space = &self.0;
        match part {
            Part::Card => format!("{space}i"),
            Part::Head => format!("{space}h"),
            Part::Snapshot(n) => format!("{space}s/{n}"),
            Part::Undo(n) => format!("{space}u/{n}"),
            Part::Piece(hash) => format!("{space}c/{hash}"),
            Part::Entry(id) => format!("{space}j/{id}"),
            Part::Blob(hash) => format!("{space}b/{hash}"),
            Part::TextMark(hash) => format!("{space}t/{hash}"),
            Part::Backup(n) => format!("{space}k/{n}"),
        }
    }
}

/// The key of the twin of a value that nothing else could replace; `None` for all others, twins too.
pub(super) fn twin(key: &str) -> Option<String> {
    let space = Space::around(key);
    let part = space.as_ref().and_then(|space| space.part(key));
    let needed = matches!(part, Some(Part::Piece(_) | Part::Entry(_) | Part::Blob(_))) || is_text(key);
    needed.then(|| twins(key))
}

/// What the twins of all keys with a prefix begin with.
pub(super) fn twins(prefix: &str) -> String {
    format!("{TWINS}{}", prefix.strip_prefix(ALL).unwrap_or(prefix))
}

/// The key whose twin this is.
pub(super) fn untwin(key: &str) -> Option<String> {
    Some(format!("{ALL}{}", key.strip_prefix(TWINS)?))
}

/// The key of a text by the hash of its content.
pub(super) fn text(hash: &str) -> String {
    format!("{TEXTS}{hash}")
}

/// Whether a key is a text's.
pub(super) fn is_text(key: &str) -> bool {
    key.starts_with(TEXTS)
}

/// The hash of a text which the id of its record would have, in 26 characters that are safe in a key.
pub(super) fn hash(content: &str) -> String {
    digits(Id::<ProjectInfo>::derived(&[content]).as_str()).to_owned()
}

/// The part of an id after the colon.
pub(super) fn digits(id: &str) -> &str {
    id.split_once(':').map_or(id, |(_, digits)| digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RecordId;

    #[test]
    fn every_part_of_a_project_is_told_by_its_key() {
        let id = Id::random(7);
        let space = Space::of(&id);
        assert_eq!(space.project(), Some(id));
        let entry = EntryId { epoch: 3, tab: "K7".into(), seq: 12 };
        for part in [
            Part::Card,
            Part::Head,
            Part::Snapshot(4),
            Part::Undo(4),
            Part::Piece("AB"),
            Part::Entry(entry),
            Part::Blob("CD"),
            Part::TextMark("EF"),
            Part::Backup(2),
        ] {
            let key = space.key(&part);
            assert_eq!(space.part(&key), Some(part));
            assert_eq!(Space::around(&key).as_ref(), Some(&space));
        }
        assert_eq!(space.part("v/p/other/i"), None);
    }

    #[test]
    fn a_malformed_id_never_becomes_a_key() {
        let id = RecordId::from_file("prj:../../meta").typed::<ProjectInfo>().unwrap();
        let space = Space::of(&id);
        assert!(!space.prefix().contains(".."));
        assert_eq!(space.prefix().len(), "v/p//".len() + 26);
    }

    #[test]
    fn a_text_is_kept_under_the_digits_of_its_records_id() {
        assert_eq!(hash("Ferry"), digits(crate::store::text_id("Ferry").as_str()));
    }
}
