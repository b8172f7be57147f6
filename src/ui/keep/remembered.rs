//! What is no work and is kept all the same: where the person was, what they chose, what joins brought.

use super::{Keep, PLACE};
use crate::adding::Remembered;
use crate::model::{Id, ProjectInfo};
use crate::storage::Change;
use crate::ui::session::Place;

/// Where choices of columns are kept.
const COLUMNS: &str = "variorum.columns";
/// Where choices for training data are kept.
const CHOICES: &str = "variorum.training";

/// What joins brought is told again later, but is no part of a project: a key of its own for each.
const REPORTS: &str = "variorum.joined.";
/// So many reports are kept for a project.
const MOST_REPORTS: usize = 20;
/// Stands between reports: no line of theirs is so.
const BETWEEN: &str = "\n\n";

impl Keep {
    /// Who sits here and where they were. The second copy first: after a crash it knows more.
    pub(in crate::ui) fn place(&self) -> Place {
        let ours = || self.shelf.engine().get(PLACE).ok().flatten();
        let text = self.mirror.get(PLACE).cloned().or_else(ours).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// What somebody chose for training data last time, as its desk wrote it.
    pub(in crate::ui) fn choices(&self) -> String {
        self.shelf.engine().get(CHOICES).ok().flatten().unwrap_or_default()
    }

    pub(in crate::ui) fn set_choices(&mut self, choices: &str) {
        if !self.shelf.is_read_only() {
            // Lost here, it costs the person a few clicks.
            let _ = self.shelf.engine_mut().set(CHOICES, choices);
        }
    }

    pub(in crate::ui) fn set_place(&mut self, place: &Place) {
        let Ok(text) = serde_json::to_string(place) else { return };
        if self.shelf.is_read_only() {
            return;
        }
        // Lost here, it costs the person a click at the next visit.
        let _ = self.shelf.engine_mut().set(PLACE, &text);
        if let Some(copy) = &self.second {
            copy.send(vec![Change::Put(PLACE.to_owned(), text)]);
        }
    }

    /// The columns of tables that were chosen before, the last first.
    pub(in crate::ui) fn columns(&self) -> Vec<Remembered> {
        let ours = || self.shelf.engine().get(COLUMNS).ok().flatten();
        let text = self.mirror.get(COLUMNS).cloned().or_else(ours).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// Keeps a choice of columns for the next visit; the oldest of very many go.
    pub(in crate::ui) fn remember_columns(&mut self, choice: Remembered) {
        let mut all = self.columns();
        all.retain(|before| before.names != choice.names);
        all.insert(0, choice);
        all.truncate(20);
        let Ok(text) = serde_json::to_string(&all) else { return };
        if !self.shelf.is_read_only() {
            // Lost here, it costs the person a choice at the next table.
            let _ = self.shelf.engine_mut().set(COLUMNS, &text);
        }
        self.mirror.insert(COLUMNS.to_owned(), text.clone());
        if let Some(copy) = &self.second {
            copy.send(vec![Change::Put(COLUMNS.to_owned(), text)]);
        }
    }

    /// Forgets what earlier joins brought: it names what was taken in.
    pub(in crate::ui) fn forget_reports(&mut self, id: &Id<ProjectInfo>) {
        // There is nothing then, or nothing can be changed.
        let _ = self.shelf.engine_mut().remove(&format!("{REPORTS}{id}"));
    }

    /// What earlier joins brought, the last first.
    pub(in crate::ui) fn reports(&self, id: &Id<ProjectInfo>) -> Vec<String> {
        let all = self.shelf.engine().get(&format!("{REPORTS}{id}")).ok().flatten().unwrap_or_default();
        all.split(BETWEEN).filter(|report| !report.is_empty()).map(str::to_owned).collect()
    }

    /// Keeps a report of what a join brought.
    pub(in crate::ui) fn add_report(&mut self, id: &Id<ProjectInfo>, report: String) {
        let mut all = self.reports(id);
        all.insert(0, report);
        all.truncate(MOST_REPORTS);
        // Lost here, it costs nothing but the telling.
        let _ = self.shelf.engine_mut().set(&format!("{REPORTS}{id}"), &all.join(BETWEEN));
    }
}
