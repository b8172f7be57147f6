//! A sentence as it is shown anywhere: its words painted by what became of them, and by what is marked.

use super::comparing::End;
use crate::browser::BlockIndex;
use crate::text::{Piece, Span, Text, pieces};
use crate::ui::reader::{self, Desk};
use crate::ui::session::Session;
use crate::ui::view::{El, Node, el, many};
use crate::versions::words::Change;
use leptos::prelude::*;

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

/// A sentence. Its element is a block of positions (`browser/selection.rs`): its text is the sentence's. It
/// is painted anew when what is marked in its paragraph changes.
pub(super) fn unit(session: Session, desk: Desk, text: &Text, span: Span, painted: Vec<(Span, Paint)>) -> El {
    let from = text.to_utf16(span.start()).map(|at| at.0.to_string()).unwrap_or_default();
    let text = text.clone();
    let words = move || {
        let paragraphs = desk.paragraphs_of(span);
        paragraphs.clone().for_each(|i| desk.paint_of(i).track());
        let active = session.active.get_untracked();
        let mut here: Vec<_> = paragraphs.flat_map(|i| desk.paragraph(i).to_vec()).collect();
        here.retain(|mark| mark.span.overlaps(span));
        let mut spans: Vec<Span> = painted.iter().map(|(span, _)| *span).collect();
        spans.extend(here.iter().map(|mark| mark.span));
        many(pieces(span, &spans).into_iter().map(|Piece { span, covered_by }| {
            let change = covered_by.iter().find_map(|i| painted.get(*i)).map(|(_, paint)| *paint);
            let covered_by = covered_by.iter().filter_map(|i| i.checked_sub(painted.len())).collect();
            let inner = reader::paint(&text, Piece { span, covered_by }, &here, active.as_ref(), false);
            match change {
                Some(change) => change.around(inner).into(),
                None => inner,
            }
        }))
    };
    el("span").class("unit").set(BlockIndex::FROM, from).part(words)
}

/// A text that is shown and what is marked in it.
#[derive(Clone, Copy)]
pub(super) struct Shows<'e> {
    pub(super) end: &'e End,
    pub(super) desk: Desk,
}

/// What differs at a place: how its words are painted, where they are, and where the other text has what it
/// has instead. Either place may be empty.
pub(super) type Differs = (Option<Paint>, Span, Span);

/// A stretch of one text with what the other one has instead, struck through where it stood. Words of either
/// text are blocks of their own, so that both can be read, selected and marked right there.
pub(super) fn interleaved(
    session: Session,
    here: Shows,
    other: Shows,
    span: Span,
    differs: Vec<Differs>,
) -> Vec<Node> {
    let mut made: Vec<Node> = Vec::new();
    let mut from = span.start();
    let mut painted: Vec<(Span, Paint)> = Vec::new();
    for (paint, at, gone) in differs {
        let gone = gone.trimmed(&other.end.text);
        if !gone.is_empty() {
            let before = Span::between(from, at.start().max(from));
            if !before.is_empty() {
                made.push(
                    unit(session, here.desk, &here.end.text, before, std::mem::take(&mut painted)).into(),
                );
            }
            let words = unit(session, other.desk, &other.end.text, gone, Vec::new());
            made.push(Paint::Removed.around(words).set("data-text", other.end.text_id.to_string()).into());
            made.push(" ".into());
            from = at.start().max(from);
        }
        let at = at.trimmed(&here.end.text);
        painted.extend(paint.filter(|_| !at.is_empty()).map(|paint| (at, paint)));
    }
    let rest = Span::between(from, span.end());
    if !rest.is_empty() {
        made.push(unit(session, here.desk, &here.end.text, rest, painted).into());
    }
    made
}
