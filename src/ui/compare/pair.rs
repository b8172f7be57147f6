//! One row: the sentence on the left, what became of it, the sentence on the right.

use super::layout::Line;
use crate::text::{CodePoints, Text, order};
use crate::ui::messages::{M, t};
use crate::versions::compare::{Comparison, Row, WordsAt};
use crate::versions::operation::{Flag, Op};
use crate::versions::words::Change;
use leptos::prelude::*;

/// Which text of the two.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

/// The row as it is shown.
pub(super) fn pair(
    number: usize,
    change: bool,
    line: &Line,
    found: &Comparison,
    texts: &(Text, Text),
) -> AnyView {
    let (left, between, right) = match line {
        Line::Row(i) => {
            let row = &found.rows[*i];
            let units = |of: &[usize], all: &[crate::versions::compare::UnitAt]| {
                of.iter().map(|u| all[*u].at).collect::<Vec<_>>()
            };
            (
                cell(Side::Left, &row.words, &units(&row.a, &found.a), &texts.0),
                between(row),
                cell(Side::Right, &row.words, &units(&row.b, &found.b), &texts.1),
            )
        }
        Line::OnlyLeft(i) => {
            let words = plain(&texts.0, found.a[*i].at);
            (
                view! { <div class="cell alone" dir="auto"><del>{words}</del></div> }.into_any(),
                word(M::OnlyLeft),
                empty(),
            )
        }
        Line::OnlyRight(j) => {
            let words = plain(&texts.1, found.b[*j].at);
            (
                empty(),
                word(M::OnlyRight),
                view! { <div class="cell alone right" dir="auto"><ins>{words}</ins></div> }.into_any(),
            )
        }
    };
    view! {
        <div class="pair" id=format!("pair-{number}") data-change=change.then_some("yes")>
            {left} <div class="between">{between}</div> {right}
        </div>
    }
    .into_any()
}

fn empty() -> AnyView {
    view! { <div class="cell"></div> }.into_any()
}

fn word(message: M) -> AnyView {
    t(message).into_any()
}

fn plain(text: &Text, at: CodePoints) -> String {
    text.span_from_chars(at).map(|s| s.slice(text).to_owned()).unwrap_or_default()
}

/// The words of one side, painted by what became of them.
fn cell(side: Side, words: &[WordsAt], units: &[CodePoints], text: &Text) -> AnyView {
    let class = if side == Side::Left { "cell" } else { "cell right" };
    let rewritten = words.iter().any(|w| w.rewritten);
    let inner = if rewritten || words.is_empty() {
        let all: Vec<String> = units.iter().map(|at| plain(text, *at)).collect();
        all.join(" ").into_any()
    } else {
        // Stretches come in the order of the pairing, which on this side may be another than the text's.
        let mut stretches: Vec<&WordsAt> = words.iter().collect();
        let at = |c: &crate::versions::compare::ChangeAt| if side == Side::Left { c.a } else { c.b };
        order::sort_by_key(&mut stretches, |w| w.changes.iter().map(|c| at(c).start).min());
        let pieces =
            stretches.iter().flat_map(|w| &w.changes).map(|c| piece(side, c.change, plain(text, at(c))));
        pieces.collect_view().into_any()
    };
    view! { <div class=class dir="auto">{inner}</div> }.into_any()
}

fn piece(side: Side, change: Change, words: String) -> AnyView {
    if words.is_empty() {
        return ().into_any();
    }
    match (change, side) {
        (Change::Equal, _) => words.into_any(),
        (Change::Respelt, _) => view! { <span class="respelt">{words}</span> }.into_any(),
        (_, Side::Left) => view! { <del>{words}</del> }.into_any(),
        (_, Side::Right) => view! { <ins>{words}</ins> }.into_any(),
    }
}

/// What happened, and what to look at twice.
fn between(row: &Row) -> AnyView {
    let op = t(match row.op {
        Op::Verbatim => M::OpVerbatim,
        Op::LightEdit => M::OpLightEdit,
        Op::Rewrite => M::OpRewrite,
        Op::Split => M::OpSplit,
        Op::Merge => M::OpMerge,
    });
    let moved = row.moved.then(|| view! { <span class="moved">", " {t(M::Moved)}</span> });
    let maybe = (row.certainty == crate::versions::align::Certainty::Maybe)
        .then(|| view! { <span>" " {t(M::Maybe)}</span> });
    let flags = row.flags.iter().map(|flag| {
        let words = t(match flag {
            Flag::Negation => M::FlagNegation,
            Flag::Modal => M::FlagModal,
            Flag::Number => M::FlagNumber,
            Flag::ReportingVerb => M::FlagReportingVerb,
            Flag::Name => M::FlagName,
        });
        view! { <span class="flag">{words}</span> }
    });
    let flags = flags.collect_view();
    view! { <span>{op}</span> {moved} {maybe} {flags} }.into_any()
}
