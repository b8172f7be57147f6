//! What happened to a row, how sure that is, what to look at twice, and what people said of it.

use super::comparing::{Shown, Side};
use super::corrections;
use super::layout::Line;
use crate::browser;
use crate::ui::actions::{how, tip};
use crate::ui::messages::{M, fill, t};
use crate::ui::session::Session;
use crate::ui::view::{El, Node, button, el, live, many, when};
use crate::versions::align::Certainty;
use crate::versions::compare::Row;
use crate::versions::operation::{Flag, Op};
use crate::versions::words::Change;
use leptos::prelude::*;
use std::sync::Arc;

/// How many changed words are said beside a flag.
const WORDS: usize = 4;

/// What stands between the two sides of a line.
pub(super) fn between(session: Session, shown: &Arc<Shown>, line: Line, key: String) -> Node {
    let row = match line {
        Line::OnlyLeft(_) => return alone(session, key, M::OnlyLeft),
        Line::OnlyRight(_) => return alone(session, key, M::OnlyRight),
        Line::Row(i) | Line::Moved(i) => i,
    };
    let said = &shown.found.rows[row];
    let other_end = Line::Moved(row).name(&shown.found);
    let moved = said.moved.then(|| {
        button(t(M::MovedJump)).class("quiet moved").tip(t(M::JumpTip)).on("click", move |event| {
            // The row of this button is not the one that is gone to.
            event.stop_propagation();
            jump(session, &other_end);
        })
    });
    let certainty = match said.certainty {
        Certainty::Maybe => Some(el("span").class("maybe").tip(how(M::MaybeWhy)).child(t(M::Maybe))),
        Certainty::Sure | Certainty::Confirmed => None,
    };
    let coarse = said.words.iter().any(|w| w.coarse);
    many([
        el("span").class("op").child(op_words(said.op)).into(),
        moved.into(),
        certainty.into(),
        flags(shown, said),
        coarse.then(|| el("span").class("coarse").tip(t(M::CoarseWhy)).child(t(M::Coarse))).into(),
        corrections::said_of_row(session, shown, row),
        tools(session, key, corrections::row_tools),
    ])
}

fn alone(session: Session, key: String, words: M) -> Node {
    many([t(words).into(), tools(session, key, corrections::link_tool)])
}

/// What can be done with the line, while it is the current one.
fn tools(session: Session, key: String, tools: fn(Session) -> Node) -> Node {
    let is_current = move || session.compare.current.read().as_ref() == Some(&key);
    when(is_current, move || tools(session))
}

pub(super) fn op_words(op: Op) -> &'static str {
    t(match op {
        Op::Verbatim => M::OpVerbatim,
        Op::LightEdit => M::OpLightEdit,
        Op::Rewrite => M::OpRewrite,
        Op::Split => M::OpSplit,
        Op::Merge => M::OpMerge,
    })
}

fn flags(shown: &Shown, row: &Row) -> Node {
    if row.flags.is_empty() {
        return Node::Nothing;
    }
    let named = row.flags.iter().map(|flag| {
        t(match flag {
            Flag::Negation => M::FlagNegation,
            Flag::Modal => M::FlagModal,
            Flag::Number => M::FlagNumber,
            Flag::ReportingVerb => M::FlagReportingVerb,
            Flag::Name => M::FlagName,
        })
    });
    let words: Vec<String> = changed_words(shown, row);
    let flag = |words: &'static str| el("span").class("flag").tip(t(M::FlagWhy)).child(words);
    many([
        many(named.map(flag)),
        many(words.into_iter().map(|words| el("span").class("flag-words").child(words))),
    ])
}

/// The words that changed in a row, as far as they are few.
fn changed_words(shown: &Shown, row: &Row) -> Vec<String> {
    let changes = row.words.iter().filter(|w| !w.rewritten).flat_map(|w| &w.changes);
    let words = changes.filter(|c| matches!(c.change, Change::Replaced | Change::Inserted | Change::Dropped));
    let said = words.map(|c| {
        let word = |side: Side, at| {
            let words = shown.span(side, at).slice(&shown.end(side).text).trim().to_owned();
            if words.is_empty() { "∅".to_owned() } else { words }
        };
        format!("{} → {}", word(Side::Left, c.a), word(Side::Right, c.b))
    });
    said.filter(|words| words.chars().count() <= 44).take(WORDS).collect()
}

/// Goes to a line.
pub(super) fn jump(session: Session, key: &str) {
    session.compare.current.set(Some(key.to_owned()));
    browser::scroll_to(&format!("pair-{key}"));
}

/// Goes to the next or previous line where something changed.
pub(in crate::ui) fn go_change(session: Session, by: i32) {
    let desk = session.compare;
    let changes = desk.changes.get_untracked();
    if changes.is_empty() {
        return session.say(t(M::NoChanges).to_owned());
    }
    let here = desk.current.get_untracked().and_then(|key| changes.iter().position(|k| *k == key));
    let count = changes.len();
    let next = match here {
        Some(i) => (i + count).wrapping_add_signed(by as isize) % count,
        None if by > 0 => 0,
        None => count - 1,
    };
    let key = &changes[next];
    jump(session, key);
    session.spoken.set(fill(M::ChangeOf, &[&(next + 1).to_string(), &count.to_string()]));
}

/// A button for an action, with its key.
pub(super) fn action_button(session: Session, name: &'static str) -> El {
    let action = crate::ui::actions::action(name);
    button(t(action.title))
        .class("quiet")
        .tip(tip(name))
        .child(action.key_words().map(|key| el("kbd").child(key)))
        .on("click", move |event| {
            event.stop_propagation();
            action.run(session);
        })
}

/// A part that follows what people said.
pub(super) fn following(f: impl FnMut() -> Node + 'static) -> Node {
    live(f)
}
