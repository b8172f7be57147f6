//! What the list of projects shows of each, without opening it.

use super::engine::Engine;
use super::error::StorageError;
use super::frame;
use super::keys::{Part, Space};
use super::ledger::Ledger;
use crate::model::{Article, Id, Project, ProjectInfo, Time};
use crate::store::{Op, Step};
use serde::{Deserialize, Serialize};

/// A project in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: Id<ProjectInfo>,
    /// Its name.
    pub name: String,
    /// Its live articles.
    pub articles: usize,
    /// Its records, deleted ones too.
    pub records: usize,
    /// When it was last changed.
    pub changed: Time,
    /// When it was last saved as a file.
    pub exported: Option<Time>,
    /// Commands since it was last saved as a file.
    pub unexported: u64,
    /// What it takes up, in UTF-16 units, without texts (projects share those).
    pub size_units: usize,
    /// Since when it is in the trash.
    pub trashed: Option<Time>,
}

/// What a project is going through; a crash in the middle is seen at the next start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Phase {
    /// It is being written for the first time; nobody was told yet that it is kept.
    Making,
    /// It is there.
    Here,
    /// It is being removed for good.
    Going,
}

/// The value of a project's `i` key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Card {
    pub(super) id: Id<ProjectInfo>,
    pub(super) phase: Phase,
    pub(super) name: String,
    pub(super) articles: usize,
    pub(super) records: usize,
    pub(super) changed: Time,
    pub(super) exported: Option<Time>,
    pub(super) unexported: u64,
    pub(super) trashed: Option<Time>,
    /// When its time in the trash was first seen to be over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) expired: Option<Time>,
    /// Counts how often a project of this id came into being here after it was removed for good.
    #[serde(default)]
    pub(super) life: u64,
    /// How many of the project's records are removed for good from all that this copy holds. Where the
    /// project knows of more, other values here may still have their words: each copy says so of itself,
    /// since a crash may take either of them back.
    #[serde(default)]
    pub(super) cleaned: usize,
}

impl Card {
    pub(super) fn new(project: &Project, phase: Phase, changed: Time) -> Self {
        let mut card = Self {
            id: project.id().clone(),
            phase,
            name: String::new(),
            articles: 0,
            records: 0,
            changed,
            exported: None,
            unexported: 0,
            trashed: None,
            expired: None,
            life: 0,
            cleaned: 0,
        };
        card.describe(project);
        card
    }

    /// Makes it say what is so now.
    pub(super) fn describe(&mut self, project: &Project) {
        self.name = project.name().to_owned();
        self.articles = project.all::<Article>().count();
        self.records = project.len();
    }

    /// Makes it say what is so after further steps, given when each was taken.
    pub(super) fn after(&mut self, project: &Project, steps: &[Option<Time>]) {
        self.describe(project);
        self.changed = steps.iter().copied().flatten().fold(self.changed, Time::max);
        self.unexported += steps.len() as u64;
    }

    /// The card of a space; `None` where there is none, or none that can be read.
    pub(super) fn read<E: Engine>(ledger: &Ledger<E>, space: &Space) -> Result<Option<Self>, StorageError> {
        let value = ledger.get(&space.key(&Part::Card))?;
        Ok(value.and_then(|value| Self::decode(&value)))
    }

    pub(super) fn decode(value: &str) -> Option<Self> {
        serde_json::from_str(&frame::open(value).ok()?).ok()
    }

    pub(super) fn write<E: Engine>(&self, ledger: &mut Ledger<E>, space: &Space) -> Result<(), StorageError> {
        let json = serde_json::to_string(self).map_err(|why| StorageError::Failed(why.to_string()))?;
        ledger.put(space.key(&Part::Card), frame::plain(&json))
    }

    pub(super) fn listed(self, size_units: usize) -> Listed {
        let Self { id, name, articles, records, changed, exported, unexported, trashed, .. } = self;
        Listed { id, name, articles, records, changed, exported, unexported, size_units, trashed }
    }
}

/// When a step was taken.
pub(super) fn moment(step: &Step) -> Option<Time> {
    step.ops
        .iter()
        .map(|op| match op {
            Op::Make(made) => made.entry.made.on,
            Op::Write(_, _, write) => write.on,
        })
        .max()
}
