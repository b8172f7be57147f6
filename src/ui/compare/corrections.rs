//! Corrections by hand: these two sentences belong together, or they do not. Each is a record with an
//! author, can be taken back, and goes before what the program finds.

use super::between::{action_button, following};
use super::comparing::{Held, Shown, Side};
use super::layout::Line;
use crate::model::{Alignment, AlignmentOp, Anchor, ArticleText, Id, Project, RecordId};
use crate::store::Command;
use crate::text::Span;
use crate::ui::actions::how;
use crate::ui::messages::{M, count, fill, fill_in, t};
use crate::ui::session::Session;
use crate::ui::view::{El, Node, button, el, many};
use crate::versions::operation::Op;
use leptos::prelude::*;
use std::sync::Arc;

/// A correction as it is shown.
#[derive(Clone, PartialEq)]
struct Said {
    record: RecordId,
    by: String,
    joined: bool,
    left: String,
    right: String,
    /// Where, on the left and on the right.
    at: [Vec<(u32, u32)>; 2],
}

/// What people said of two texts, whichever way they said it.
fn all_said(project: &Project, left: &Id<ArticleText>, right: &Id<ArticleText>) -> Vec<Said> {
    let said = project.all::<Alignment>().filter_map(|x| {
        let straight = x.from_text == *left && x.to_text == *right;
        let turned = x.from_text == *right && x.to_text == *left && !straight;
        if !straight && !turned {
            return None;
        }
        let joined = (*x.confirmed.get())?;
        let (from, to): (&[Anchor], &[Anchor]) = (x.from.get(), x.to.get());
        let (a, b) = if turned { (to, from) } else { (from, to) };
        let words = |all: &[Anchor]| all.iter().map(|x| x.exact.to_string()).collect::<Vec<_>>().join(" ");
        let at = |all: &[Anchor]| all.iter().map(|x| (x.start.0, x.end.0)).collect::<Vec<_>>();
        let by = Some(project.person_name(&x.entry.made.by)).filter(|name| !name.is_empty());
        let by = by.unwrap_or_else(|| t(M::Nameless).to_owned());
        Some(Said {
            record: x.id().record().clone(),
            by,
            joined,
            left: words(a),
            right: words(b),
            at: [at(a), at(b)],
        })
    });
    said.collect()
}

/// Who confirmed a row.
pub(super) fn said_of_row(session: Session, shown: &Arc<Shown>, row: usize) -> Node {
    let shown = shown.clone();
    let by = Memo::new(move |_| {
        let row = &shown.found.rows[row];
        let on = |side: Side, places: &[(u32, u32)]| {
            side.units(row).iter().any(|unit| {
                let at = shown.units(side)[*unit].at;
                places.iter().any(|(start, end)| at.start.0 < *end && *start < at.end.0)
            })
        };
        let ids = [Side::Left, Side::Right].map(|side| shown.end(side).text_id.clone());
        let all = session.project.with(|p| all_said(p, &ids[0], &ids[1]));
        let here = all.iter().filter(|s| s.joined && on(Side::Left, &s.at[0]) && on(Side::Right, &s.at[1]));
        let mut names: Vec<String> = here.map(|s| s.by.clone()).collect();
        names.dedup();
        names.join(", ")
    });
    following(move || {
        let by = by.get();
        (!by.is_empty()).then(|| el("span").class("confirmed").child(fill(M::ConfirmedBy, &[&by]))).into()
    })
}

/// The tools of a row that is the current one.
pub(super) fn row_tools(session: Session) -> Node {
    let all = ["confirm", "unlink", "link"].map(|name| action_button(session, name));
    el("span").class("row-tools").children(all).into()
}

/// The tool of a sentence that has no other.
pub(super) fn link_tool(session: Session) -> Node {
    el("span").class("row-tools").child(action_button(session, "link")).into()
}

fn current_row(session: Session) -> Option<(Arc<Shown>, usize)> {
    let shown = session.compare.shown.get_untracked()?;
    let key = session.compare.current.get_untracked();
    let row = key.and_then(|key| match shown.line(&key)? {
        Line::Row(row) | Line::Moved(row) => Some(row),
        Line::OnlyLeft(_) | Line::OnlyRight(_) => None,
    });
    if row.is_none() {
        session.say_how(M::RowFirst);
    }
    Some((shown, row?))
}

/// Says that the sentences of the current row belong together; a second time takes it back.
pub(in crate::ui) fn confirm(session: Session) {
    let Some((shown, row)) = current_row(session) else { return };
    let row = &shown.found.rows[row];
    let op = match row.op {
        Op::Verbatim => AlignmentOp::Verbatim,
        Op::LightEdit => AlignmentOp::LightEdit,
        Op::Rewrite => AlignmentOp::Rewrite,
        Op::Split => AlignmentOp::Split,
        Op::Merge => AlignmentOp::Merge,
    };
    let ends = [Side::Left, Side::Right].map(|side| shown.spans(side, side.units(row)));
    let mine = mine(session, &shown, &ends);
    let confirmed = if mine == Some(true) { None } else { Some(true) };
    if say(session, &shown, ends, Some(op), confirmed) {
        session.say(t(if confirmed.is_some() { M::Confirmed } else { M::TakenBack }).to_owned());
    }
}

/// Says that they do not.
pub(in crate::ui) fn unlink(session: Session) {
    let Some((shown, row)) = current_row(session) else { return };
    let row = &shown.found.rows[row];
    let ends = [Side::Left, Side::Right].map(|side| shown.spans(side, side.units(row)));
    if say(session, &shown, ends, None, Some(false)) {
        session.say(t(M::Unlinked).to_owned());
    }
}

/// What I said of these very sentences.
fn mine(session: Session, shown: &Shown, ends: &[Vec<Span>; 2]) -> Option<bool> {
    let me = session.me();
    session.project.with_untracked(|p| {
        let [left, right] = [Side::Left, Side::Right].map(|side| shown.end(side));
        let same = |anchors: &[Anchor], spans: &[Span], text: &crate::text::Text| {
            anchors.iter().filter_map(|x| x.span(text)).eq(spans.iter().map(|s| s.trimmed(text)))
        };
        let mut all = p.all::<Alignment>().filter(|x| {
            x.entry.made.by == me
                && (&x.from_text, &x.to_text) == (&left.text_id, &right.text_id)
                && same(x.from.get(), &ends[0], &left.text)
                && same(x.to.get(), &ends[1], &right.text)
        });
        all.next().and_then(|x| *x.confirmed.get())
    })
}

fn say(
    session: Session,
    shown: &Shown,
    [from, to]: [Vec<Span>; 2],
    op: Option<AlignmentOp>,
    confirmed: Option<bool>,
) -> bool {
    let [left, right] = [Side::Left, Side::Right].map(|side| shown.end(side).text_id.clone());
    session.run(Command::Align { from_text: left, to_text: right, from, to, op, confirmed })
}

/// Joins sentences: the first time it takes those of one side, the second time those of the other. They are
/// the selected ones, else those of the current line.
pub(in crate::ui) fn link(session: Session) {
    let Some(shown) = session.compare.shown.get_untracked() else { return };
    let held = session.compare.held.get_untracked();
    let wanted = held.as_ref().map(|held| held.side.other());
    let found = selected(session, &shown).or_else(|| of_line(session, &shown, wanted));
    let Some((side, spans)) = found else { return session.say_how(M::LinkFirst) };
    match held {
        Some(held) if held.side != side => {
            let ends = if side == Side::Right { [held.spans, spans] } else { [spans, held.spans] };
            if say(session, &shown, ends, None, Some(true)) {
                session.say(t(M::Linked).to_owned());
            }
            session.compare.held.set(None);
        }
        _ => session.compare.held.set(Some(Held { side, spans })),
    }
}

/// The sentences that the selected words are in.
fn selected(session: Session, shown: &Shown) -> Option<(Side, Vec<Span>)> {
    let selected = session.selected.get_untracked().filter(|s| !s.span.is_empty())?;
    let side = [Side::Left, Side::Right].into_iter().find(|s| shown.end(*s).text_id == selected.text)?;
    let all = shown.units(side).iter().map(|unit| shown.span(side, unit.at));
    Some((side, all.filter(|span| span.overlaps(selected.span)).collect()))
}

/// The sentences of the current line on the side that is wanted, or on the only one it has.
fn of_line(session: Session, shown: &Shown, wanted: Option<Side>) -> Option<(Side, Vec<Span>)> {
    let key = session.compare.current.get_untracked()?;
    let (side, units) = match shown.line(&key)? {
        Line::OnlyLeft(i) => (Side::Left, vec![i]),
        Line::OnlyRight(j) => (Side::Right, vec![j]),
        Line::Row(i) | Line::Moved(i) => (wanted?, wanted?.units(&shown.found.rows[i]).to_vec()),
    };
    Some((side, shown.spans(side, &units)))
}

/// What is held, with a way to let it go.
pub(super) fn held_bar(session: Session) -> Node {
    following(move || {
        let (Some(held), Some(shown)) = (session.compare.held.get(), session.compare.shown.get()) else {
            return Node::Nothing;
        };
        let text = &shown.end(held.side).text;
        let words: Vec<&str> = held.spans.iter().map(|s| s.slice(text)).collect();
        let side = t(if held.side == Side::Left { M::CompareRight } else { M::CompareLeft });
        el("p")
            .class("held")
            .set("role", "status")
            .child(fill_in(&how(M::HeldWords), &[&words.join(" "), side]))
            .child(button(t(M::Cancel)).class("quiet").on_click(move || session.compare.held.set(None)))
            .into()
    })
}

/// The corrections of the pair, each with its author and a way to take it back.
pub(super) fn list(session: Session, shown: &Shown) -> Node {
    let ids = [Side::Left, Side::Right].map(|side| shown.end(side).text_id.clone());
    let all = Memo::new(move |_| session.project.with(|p| all_said(p, &ids[0], &ids[1])));
    following(move || {
        let all = all.get();
        if all.is_empty() {
            return Node::Nothing;
        }
        let title = count(all.len(), M::OneCorrection, M::CorrectionsCount);
        el("details")
            .class("corrections")
            .child(el("summary").child(title))
            .child(el("ul").children(all.into_iter().map(|said| item(session, said))))
            .into()
    })
}

fn item(session: Session, said: Said) -> El {
    let what = t(if said.joined { M::SaidJoined } else { M::SaidApart });
    let record = said.record;
    el("li")
        .child(el("b").child(fill(M::SaidBy, &[&said.by, what])))
        .child(many([el("q").child(said.left), el("span").child(" ↔ "), el("q").child(said.right)]))
        .child(button(t(M::TakeBack)).class("quiet").on_click(move || {
            session.run(Command::Delete { records: vec![record.clone()] });
        }))
}
