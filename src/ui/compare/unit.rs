//! A sentence as it is shown anywhere: its words painted by what became of them, and by what is marked.

use crate::browser::BlockIndex;
use crate::text::{Piece, Span, Text, order, pieces};
use crate::ui::messages::{M, fill};
use crate::ui::reader::{Marked, Marks};
use crate::ui::session::Session;
use crate::ui::view::{El, Node, el, many};
use crate::versions::words::Change;
use leptos::prelude::*;
use std::sync::Arc;

/// How words are painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paint {
    Removed,
    Inserted,
    Respelt,
}

impl Paint {
    /// What became of words, seen from the first text or the second.
    pub(super) fn of(change: Change, second: bool) -> Option<Self> {
        match change {
            Change::Equal => None,
            Change::Respelt => Some(Self::Respelt),
            _ if second => Some(Self::Inserted),
            _ => Some(Self::Removed),
        }
    }

    /// Words painted so.
    pub(super) fn around(self, words: impl Into<Node>) -> El {
        match self {
            Self::Removed => el("del").child(words),
            Self::Inserted => el("ins").child(words),
            Self::Respelt => el("span").class("respelt").child(words),
        }
    }
}

/// A sentence. Its element is a block of positions (`browser/selection.rs`): its text is the sentence's.
pub(super) fn unit(
    session: Session,
    marks: Memo<Arc<Marks>>,
    text: &Text,
    span: Span,
    painted: Vec<(Span, Paint)>,
) -> El {
    let from = text.to_utf16(span.start()).map(|at| at.0.to_string()).unwrap_or_default();
    // What is marked here, and whether it belongs to the active attribution.
    let here: Memo<Vec<(Marked, bool)>> = Memo::new(move |_| {
        let active = session.active.get();
        let marks = marks.read();
        let here = marks.marked.iter().filter(|m| m.span.overlaps(span));
        here.map(|m| {
            let is_active = m.of.as_ref().is_some_and(|(id, _)| Some(id) == active.as_ref());
            (m.clone(), is_active)
        })
        .collect()
    });
    let text = text.clone();
    let words = move || {
        let here = here.read();
        let mut spans: Vec<Span> = painted.iter().map(|(span, _)| *span).collect();
        spans.extend(here.iter().map(|(m, _)| m.span));
        let all = pieces(span, &spans).into_iter();
        many(all.map(|piece| paint(&text, &piece, &painted, &here)))
    };
    el("span").class("unit").set(BlockIndex::FROM, from).part(words)
}

fn paint(text: &str, piece: &Piece, painted: &[(Span, Paint)], here: &[(Marked, bool)]) -> Node {
    let words = piece.span.slice(text).to_owned();
    let change = piece.covered_by.iter().find_map(|i| painted.get(*i)).map(|(_, paint)| *paint);
    let covering: Vec<&(Marked, bool)> =
        piece.covered_by.iter().filter_map(|i| here.get(i.checked_sub(painted.len())?)).collect();
    let inner = match covering.iter().min_by_key(|(m, _)| m.span.len()) {
        Some(innermost) => mark(words, innermost, &covering).into(),
        None => Node::from(words),
    };
    match change {
        Some(change) => change.around(inner).into(),
        None => inner,
    }
}

fn mark(words: String, innermost: &(Marked, bool), covering: &[&(Marked, bool)]) -> El {
    let (lead, active) = covering.iter().find(|(_, active)| *active).map_or(innermost, |found| found);
    let mut classes: Vec<&str> = covering.iter().map(|(m, _)| m.part.class()).collect();
    order::sort_by(&mut classes, Ord::cmp);
    classes.dedup();
    let mut class = classes.join(" ");
    let mut tip = None;
    if let Some((_, number)) = &lead.of {
        class += &format!(" h{}", number % 6);
        tip = Some(fill(M::AttributionNumber, &[&number.to_string()]));
    }
    if *active {
        class += " active";
    }
    let id = innermost.0.of.as_ref().map(|(id, _)| id.to_string());
    el("mark").class(class).set_some("data-attribution", id).set_some("title", tip).child(words)
}
