//! What a command does to a project, as data that can be kept, repeated and reversed.

use crate::model::{Body, Identified, Json, RecordId, Write};
use serde::{Deserialize, Serialize};

/// One elementary change. Taking it twice is taking it once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(clippy::large_enum_variant, reason = "a step has few, and most of them make records")]
pub enum Op {
    /// A record comes to be (or another copy of it joins).
    Make(Identified),
    /// A register is written.
    Write(RecordId, String, Write),
}

impl Op {
    /// The record it is about.
    pub fn record(&self) -> &RecordId {
        match self {
            Self::Make(made) => &made.id,
            Self::Write(id, ..) => id,
        }
    }
}

impl Step {
    /// Whether it removes something for good.
    pub fn removes_for_good(&self) -> bool {
        self.ops.iter().any(Op::purges)
    }
}

impl Op {
    /// Whether it removes a record for good.
    pub(super) fn purges(&self) -> bool {
        matches!(self, Self::Make(made) if matches!(made.entry.body, Body::Purged))
    }
}

/// The value that was shown in a register before a step wrote it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Before {
    /// The record.
    pub id: RecordId,
    /// The register.
    pub field: String,
    /// The value then.
    pub v: Json,
}

/// What a step is to the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// Somebody did something.
    Do,
    /// Somebody took back the last thing done.
    Undo,
    /// Somebody did again what was last taken back.
    Redo,
}

/// All that one command does: one undo step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// The name of the command, for the history.
    pub name: String,
    /// What it is to the history.
    pub nature: Nature,
    /// The changes, in order.
    pub ops: Vec<Op>,
    /// What the written registers showed before; for a record that came to be, `deleted`: true.
    pub before: Vec<Before>,
}
