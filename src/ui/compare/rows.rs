//! The lines of a comparison: side by side, each pair in one row of a grid, so that they stay in step; or
//! both texts in one column.

use super::between::{between, jump};
use super::comparing::{Shown, Side};
use super::layout::{Block, Line, blocks};
use super::unit::{Paint, Shows, interleaved, unit};
use crate::text::Span;
use crate::ui::actions::how;
use crate::ui::messages::{M, fill, t};
use crate::ui::reader::Desk;
use crate::ui::session::Session;
use crate::ui::view::{El, Node, button, each, el, many, react};
use crate::versions::compare::{ChangeAt, Row};
use crate::versions::operation::Op;
use crate::versions::sentences::UnitKind;
use leptos::prelude::*;
use std::sync::Arc;

/// What is marked in the two texts.
type Desks = [Desk; 2];

/// The lines. A line stays in the page as long as it says the same.
pub(super) fn rows(session: Session, marks: Desks) -> Node {
    let compare = session.compare;
    let items = move || {
        let one_column = compare.one_column.get();
        let Some(shown) = compare.shown.get() else { return Vec::new() };
        let all = blocks(&shown.lines, &shown.found).into_iter();
        all.map(|block| (block, shown.clone(), one_column)).collect()
    };
    let key = |(block, shown, one_column): &(Block, Arc<Shown>, bool)| {
        let way = if *one_column { "1" } else { "2" };
        match block {
            Block::Line(line) => format!("{way}{}", line.key(&shown.found)),
            Block::Fold(lines) => format!("{way}fold{}{}", lines.len(), lines[0].key(&shown.found)),
        }
    };
    let row = move |(block, shown, one_column): (Block, Arc<Shown>, bool)| match block {
        Block::Line(line) => line_row(session, marks, &shown, line, one_column).into(),
        Block::Fold(lines) => fold(session, marks, shown, lines, one_column),
    };
    each(items, key, row)
}

/// Unchanged lines behind a button that says how many there are. The browser's own search finds words in
/// them all the same, and unfolds them.
fn fold(session: Session, marks: Desks, shown: Arc<Shown>, lines: Vec<Line>, one_column: bool) -> Node {
    let open = RwSignal::new(session.compare.unfolded.get_untracked());
    react(move || open.set(session.compare.unfolded.get()));
    let count = lines.len().to_string();
    let title = move || fill(if open.get() { M::FoldOpen } else { M::FoldClosed }, &[&count]);
    let switch = el("button")
        .set("type", "button")
        .class("fold quiet")
        .tip(how(M::FoldTip))
        .live("aria-expanded", move || open.get().to_string())
        .on_click(move || open.update(|open| *open = !*open))
        .words(title);
    let rows = lines.into_iter().map(move |line| line_row(session, marks, &shown, line, one_column));
    let folded = el("div")
        .class("folded")
        .live_some("hidden", move || (!open.get()).then(|| "until-found".to_owned()))
        .on("beforematch", move |_| open.set(true))
        .children(rows);
    many([switch, folded])
}

fn line_row(session: Session, marks: Desks, shown: &Arc<Shown>, line: Line, one_column: bool) -> El {
    let key = line.name(&shown.found);
    let change = line.is_change(&shown.found);
    let is_current = {
        let key = key.clone();
        move || session.compare.current.read().as_ref() == Some(&key)
    };
    let choose = {
        let key = key.clone();
        move || session.compare.current.set(Some(key.clone()))
    };
    let pair = el("div")
        .class(if one_column { "pair one" } else { "pair" })
        .id(format!("pair-{key}"))
        .set_some("data-change", change.then(|| "yes".to_owned()))
        .class_if("current", is_current)
        .on_click(choose);
    if let Line::Moved(row) = line {
        return pair.class_if("other-end", || true).child(other_end(session, shown, row));
    }
    let between = el("div").class("between").child(between(session, shown, line, key));
    if one_column {
        return pair.child(merged(session, marks, shown, line)).child(between);
    }
    pair.child(cell(session, marks, shown, line, Side::Left)).child(between).child(cell(
        session,
        marks,
        shown,
        line,
        Side::Right,
    ))
}

/// One side of a line.
fn cell(session: Session, marks: Desks, shown: &Arc<Shown>, line: Line, side: Side) -> El {
    let mut class = String::from(if side == Side::Left { "cell" } else { "cell right" });
    let units = alone_or(shown, line, side);
    let row = match line {
        Line::Row(i) => Some(&shown.found.rows[i]),
        _ => None,
    };
    if row.is_none() && !units.is_empty() {
        class += " alone";
    }
    if row.is_some_and(is_rewritten) {
        class += " rewritten";
    }
    if units.iter().any(|u| shown.units(side)[*u].kind == UnitKind::Headline) {
        class += " headline";
    }
    let end = shown.end(side);
    let sentences = units.iter().enumerate().flat_map(|(k, number)| {
        let span = shown.span(side, shown.units(side)[*number].at);
        let painted = match row {
            Some(row) => painted(shown, row, side, span),
            None => vec![(span, if side == Side::Left { Paint::Removed } else { Paint::Inserted })],
        };
        let gap = (k > 0).then(|| Node::from(" "));
        gap.into_iter().chain([unit(
            session,
            marks[usize::from(side == Side::Right)],
            &end.text,
            span,
            painted,
        )
        .into()])
    });
    el("div").class(class).set("data-text", end.text_id.to_string()).set("dir", "auto").children(sentences)
}

/// The units of a line on one side, as numbers of their own.
fn alone_or(shown: &Shown, line: Line, side: Side) -> Vec<usize> {
    match (line, side) {
        (Line::Row(i) | Line::Moved(i), _) => side.units(&shown.found.rows[i]).to_vec(),
        (Line::OnlyLeft(i), Side::Left) | (Line::OnlyRight(i), Side::Right) => vec![i],
        _ => Vec::new(),
    }
}

fn is_rewritten(row: &Row) -> bool {
    row.op != Op::Verbatim && row.words.iter().any(|w| w.rewritten)
}

/// What became of the words of a unit. Under a third kept, single words would be confetti.
fn painted(shown: &Shown, row: &Row, side: Side, unit: Span) -> Vec<(Span, Paint)> {
    if is_rewritten(row) {
        return Vec::new();
    }
    let second = side == Side::Right;
    let changes = row.words.iter().flat_map(|w| &w.changes);
    let painted = changes.filter_map(|c| {
        let paint = Paint::of(c.change, second)?;
        let span = shown.span(side, if second { c.b } else { c.a }).intersection(unit)?;
        Some((span.trimmed(&shown.end(side).text), paint))
    });
    painted.filter(|(span, _)| !span.is_empty()).collect()
}

/// Both sides of a line in one column: what stayed once, what was left out and what was put in.
fn merged(session: Session, marks: Desks, shown: &Arc<Shown>, line: Line) -> El {
    let Line::Row(i) = line else {
        let side = if matches!(line, Line::OnlyLeft(_)) { Side::Left } else { Side::Right };
        return cell(session, marks, shown, line, side);
    };
    let row = &shown.found.rows[i];
    if row.op == Op::Verbatim {
        return cell(session, marks, shown, line, Side::Right);
    }
    let [left, right] = [Side::Left, Side::Right].map(|side| {
        let desk = marks[usize::from(side == Side::Right)];
        Shows { end: shown.end(side), desk }
    });
    let cell =
        el("div").class("cell merged").set("data-text", right.end.text_id.to_string()).set("dir", "auto");
    if is_rewritten(row) || row.words.is_empty() {
        let all = |side: Side, shows: Shows| {
            let spans = shown.spans(side, side.units(row)).into_iter();
            many(spans.flat_map(|span| {
                [unit(session, shows.desk, &shows.end.text, span, Vec::new()).into(), Node::from(" ")]
            }))
        };
        let gone = Paint::Removed.around(all(Side::Left, left));
        return cell
            .child(gone.set("data-text", left.end.text_id.to_string()))
            .child(Paint::Inserted.around(all(Side::Right, right)));
    }
    let pieces = row.words.iter().flat_map(|words| {
        let at = |side: Side, c: &ChangeAt| shown.span(side, if side == Side::Left { c.a } else { c.b });
        let span = words.changes.iter().map(|c| at(Side::Right, c)).reduce(Span::union).unwrap_or_default();
        let differs = words.changes.iter().map(|c| {
            let paint = Paint::of(c.change, true);
            (paint, at(Side::Right, c), if paint.is_some() { at(Side::Left, c) } else { Span::default() })
        });
        interleaved(session, right, left, span, differs.collect())
    });
    cell.children(pieces)
}

/// The place on the right where a moved row stands there.
fn other_end(session: Session, shown: &Arc<Shown>, row: usize) -> Node {
    let key = Line::Row(row).name(&shown.found);
    let spans = shown.spans(Side::Right, &shown.found.rows[row].b);
    let words: String =
        spans.iter().map(|span| span.slice(&shown.end(Side::Right).text)).collect::<Vec<_>>().join(" ");
    let short: String = words.chars().take(70).collect();
    let label = fill(M::MovedHere, &[short.trim()]);
    button(label)
        .class("quiet moved-here")
        .tip(t(M::JumpTip))
        .on("click", move |event| {
            event.stop_propagation();
            jump(session, &key);
        })
        .into()
}
