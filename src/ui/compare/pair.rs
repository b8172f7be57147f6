//! One row: the sentence on the left, what became of it, the sentence on the right.

use super::layout::Line;
use crate::text::{CodePoints, Text, order};
use crate::ui::messages::{M, t};
use crate::ui::view::{El, Node, el, many};
use crate::versions::compare::{Comparison, Row, WordsAt};
use crate::versions::operation::{Flag, Op};
use crate::versions::words::Change;

/// Which text of the two.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

/// The row as it is shown.
pub(super) fn pair(number: usize, change: bool, line: &Line, found: &Comparison, texts: &(Text, Text)) -> El {
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
                el("div").class("cell alone").set("dir", "auto").child(el("del").child(words)),
                word(M::OnlyLeft),
                empty(),
            )
        }
        Line::OnlyRight(j) => {
            let words = plain(&texts.1, found.b[*j].at);
            (
                empty(),
                word(M::OnlyRight),
                el("div").class("cell alone right").set("dir", "auto").child(el("ins").child(words)),
            )
        }
    };
    el("div")
        .class("pair")
        .id(format!("pair-{number}"))
        .set_some("data-change", change.then(|| "yes".to_owned()))
        .child(left)
        .child(el("div").class("between").child(between))
        .child(right)
}

fn empty() -> El {
    el("div").class("cell")
}

fn word(message: M) -> Node {
    t(message).into()
}

fn plain(text: &Text, at: CodePoints) -> String {
    text.span_from_chars(at).map(|s| s.slice(text).to_owned()).unwrap_or_default()
}

/// The words of one side, painted by what became of them.
fn cell(side: Side, words: &[WordsAt], units: &[CodePoints], text: &Text) -> El {
    let class = if side == Side::Left { "cell" } else { "cell right" };
    let rewritten = words.iter().any(|w| w.rewritten);
    let inner = if rewritten || words.is_empty() {
        let all: Vec<String> = units.iter().map(|at| plain(text, *at)).collect();
        Node::from(all.join(" "))
    } else {
        // Stretches come in the order of the pairing, which on this side may be another than the text's.
        let mut stretches: Vec<&WordsAt> = words.iter().collect();
        let at = |c: &crate::versions::compare::ChangeAt| if side == Side::Left { c.a } else { c.b };
        order::sort_by_key(&mut stretches, |w| w.changes.iter().map(|c| at(c).start).min());
        many(stretches.iter().flat_map(|w| &w.changes).map(|c| piece(side, c.change, plain(text, at(c)))))
    };
    el("div").class(class).set("dir", "auto").child(inner)
}

fn piece(side: Side, change: Change, words: String) -> Node {
    if words.is_empty() {
        return Node::Nothing;
    }
    match (change, side) {
        (Change::Equal, _) => words.into(),
        (Change::Respelt, _) => el("span").class("respelt").child(words).into(),
        (_, Side::Left) => el("del").child(words).into(),
        (_, Side::Right) => el("ins").child(words).into(),
    }
}

/// What happened, and what to look at twice.
fn between(row: &Row) -> Node {
    let op = t(match row.op {
        Op::Verbatim => M::OpVerbatim,
        Op::LightEdit => M::OpLightEdit,
        Op::Rewrite => M::OpRewrite,
        Op::Split => M::OpSplit,
        Op::Merge => M::OpMerge,
    });
    let moved = row.moved.then(|| el("span").class("moved").child(format!(", {}", t(M::Moved))));
    let maybe = (row.certainty == crate::versions::align::Certainty::Maybe)
        .then(|| el("span").child(format!(" {}", t(M::Maybe))));
    let flags = row.flags.iter().map(|flag| {
        let words = t(match flag {
            Flag::Negation => M::FlagNegation,
            Flag::Modal => M::FlagModal,
            Flag::Number => M::FlagNumber,
            Flag::ReportingVerb => M::FlagReportingVerb,
            Flag::Name => M::FlagName,
        });
        el("span").class("flag").child(words)
    });
    many([el("span").child(op).into(), moved.into(), maybe.into(), many(flags)])
}
