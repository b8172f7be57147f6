//! What is on the screen of a comparison, for the parts of it and for the keys.

use super::layout::Line;
use crate::model::{Article, ArticleText, Id};
use crate::text::{CodePoints, Span, Text};
use crate::versions::compare::{Comparison, Row, UnitAt};
use leptos::prelude::*;
use std::sync::Arc;

/// Which text of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Side {
    Left,
    Right,
}

impl Side {
    pub(super) fn other(self) -> Self {
        if self == Self::Left { Self::Right } else { Self::Left }
    }

    /// The units of a row on this side.
    pub(super) fn units(self, row: &Row) -> &[usize] {
        if self == Self::Left { &row.a } else { &row.b }
    }
}

/// An article that is compared.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui) struct End {
    pub(super) article: Id<Article>,
    pub(super) text_id: Id<ArticleText>,
    pub(super) text: Text,
}

/// A comparison as it is shown.
pub(in crate::ui) struct Shown {
    pub(super) ends: [End; 2],
    pub(super) found: Arc<Comparison>,
    pub(super) lines: Vec<Line>,
}

impl Shown {
    pub(super) fn end(&self, side: Side) -> &End {
        &self.ends[usize::from(side == Side::Right)]
    }

    pub(super) fn units(&self, side: Side) -> &[UnitAt] {
        if side == Side::Left { &self.found.a } else { &self.found.b }
    }

    pub(super) fn span(&self, side: Side, at: CodePoints) -> Span {
        self.end(side).text.span_from_chars(at).unwrap_or_default()
    }

    /// Where the units of a side are.
    pub(super) fn spans(&self, side: Side, units: &[usize]) -> Vec<Span> {
        units.iter().map(|unit| self.span(side, self.units(side)[*unit].at)).collect()
    }

    /// The line of a name.
    pub(super) fn line(&self, name: &str) -> Option<Line> {
        self.lines.iter().copied().find(|line| line.name(&self.found) == name)
    }
}

/// Sentences of one side that wait for those of the other.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui) struct Held {
    pub(super) side: Side,
    pub(super) spans: Vec<Span>,
}

/// The signals of the comparison screens.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Comparing {
    /// The comparison of two, while it is on the screen.
    pub(super) shown: RwSignal<Option<Arc<Shown>>>,
    /// The lines where something changed, in order, by name.
    pub(super) changes: RwSignal<Vec<String>>,
    /// The line that keys are about, by name.
    pub(super) current: RwSignal<Option<String>>,
    /// Whether unchanged stretches are unfolded.
    pub(super) unfolded: RwSignal<bool>,
    /// Whether both texts run in one column.
    pub(super) one_column: RwSignal<bool>,
    pub(super) held: RwSignal<Option<Held>>,
}

impl Comparing {
    pub(in crate::ui) fn new() -> Self {
        Self {
            shown: RwSignal::new(None),
            changes: RwSignal::new(Vec::new()),
            current: RwSignal::new(None),
            unfolded: RwSignal::new(false),
            one_column: RwSignal::new(false),
            held: RwSignal::new(None),
        }
    }

    /// Folds what is unchanged, or unfolds it.
    pub(in crate::ui) fn flip_folds(self) {
        self.unfolded.update(|unfolded| *unfolded = !*unfolded);
    }

    /// Between side by side and one column.
    pub(in crate::ui) fn flip_columns(self) {
        self.one_column.update(|one| *one = !*one);
    }

    /// For another comparison.
    pub(super) fn clear(self) {
        self.shown.set(None);
        self.changes.set(Vec::new());
        self.current.set(None);
        self.held.set(None);
    }
}
