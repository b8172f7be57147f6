//! What can be undone and redone. A client of steps: it never changes a project itself.

use super::step::{Nature, Op, Step};
use crate::model::RecordId;
use std::collections::{BTreeSet, VecDeque};

/// How many steps back undo reaches.
const REACH: usize = 500;

/// The steps done, and the steps taken back since the last new one. Built again after a reload by
/// [`History::record`]ing the journal's steps in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    done: VecDeque<Step>,
    undone: Vec<Step>,
}

impl History {
    /// Takes note of a step that was applied.
    pub fn record(&mut self, mut step: Step) {
        let mut purged = BTreeSet::new();
        // One by one: collecting compiles a sort of its own.
        purged.extend(step.ops.iter().filter(|op| op.purges()).map(Op::record).cloned());
        if !purged.is_empty() {
            self.forget(&purged);
            step.before.retain(|before| !purged.contains(&before.id));
        }
        // Words given back to their text, records removed for good: there is nothing to take back.
        if step.nature == Nature::Do && step.before.is_empty() {
            return;
        }
        match step.nature {
            Nature::Do => {
                self.undone.clear();
                self.done.push_back(step);
            }
            Nature::Undo => {
                self.done.pop_back();
                self.undone.push(step);
            }
            Nature::Redo => {
                self.undone.pop();
                self.done.push_back(step);
            }
        }
        if self.done.len() > REACH {
            self.done.pop_front();
        }
    }

    /// Drops all that is known of records removed for good. That is no step: it cannot be taken back.
    fn forget(&mut self, purged: &BTreeSet<RecordId>) {
        for step in self.done.iter_mut().chain(&mut self.undone) {
            step.ops.retain(|op| !purged.contains(op.record()));
            step.before.retain(|before| !purged.contains(&before.id));
        }
        let empty = |step: &Step| step.ops.is_empty() && step.before.is_empty();
        self.done.retain(|step| !empty(step));
        self.undone.retain(|step| !empty(step));
    }

    /// The step that undo would take back.
    pub fn to_undo(&self) -> Option<&Step> {
        self.done.back()
    }

    /// The undoing that redo would take back.
    pub fn to_redo(&self) -> Option<&Step> {
        self.undone.last()
    }

    /// The steps that can be undone, oldest first, then those that can be redone: what a snapshot
    /// keeps so that undo reaches across it.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.done.iter().chain(&self.undone)
    }

    /// The history that these steps, as [`History::steps`] gave them, are.
    pub fn from_steps(steps: impl IntoIterator<Item = Step>) -> Self {
        let (undone, done): (Vec<_>, Vec<_>) =
            steps.into_iter().partition(|step| step.nature == Nature::Undo);
        Self { done: done.into(), undone }
    }
}
