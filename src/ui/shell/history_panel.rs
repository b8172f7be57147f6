//! What was done, by whom and when, with a way back to any point.

use super::storage_panel::{ago, dialog};
use crate::model::Time;
use crate::store::{Nature, Op, Step};
use crate::ui::messages::{M, command_words, fill, t};
use crate::ui::session::{Panel, Session};
use crate::ui::view::{El, Node, button, el, live, many, when};
use leptos::prelude::*;

/// The panel.
pub(in crate::ui) fn history_panel(session: Session) -> Node {
    when(move || session.panel.get() == Some(Panel::History), move || open(session))
}

/// The most lines shown.
const SHOWN: usize = 500;

fn open(session: Session) -> Node {
    let (veil, sheet) = dialog(session, M::HistoryTitle, "history-panel");
    let lines = live(move || {
        session.project.track();
        session.can.track();
        let lines: Vec<Line> = session.history(|history| history.steps().map(|s| line(session, s)).collect());
        let done = lines.iter().filter(|line| !line.undone).count();
        if lines.is_empty() {
            return el("p").class("empty").child(t(M::HistoryEmpty)).into();
        }
        // What was taken back first lies deepest: the last of the list is the next to be done again.
        let undone = lines.len() - done;
        let rows = lines.into_iter().enumerate().map(move |(i, line)| {
            let times = if i < done { done - i } else { undone - (i - done) };
            row(session, line, times)
        });
        let mut rows: Vec<El> = rows.collect();
        rows[done..].reverse();
        rows.reverse();
        rows.truncate(SHOWN);
        el("ol").class("history").set("reversed", "").children(rows).into()
    });
    many([veil, sheet.child(el("p").class("hint").child(t(M::HistoryReach))).child(lines)])
}

struct Line {
    what: &'static str,
    who: String,
    when: Option<Time>,
    undone: bool,
}

fn line(session: Session, step: &Step) -> Line {
    let stamp = step.ops.last().map(|op| match op {
        Op::Make(made) => (made.entry.made.by.clone(), made.entry.made.on),
        Op::Write(_, _, write) => (write.by.clone(), write.on),
    });
    let who = match &stamp {
        Some((by, _)) if *by == session.me() => t(M::HistoryYou).to_owned(),
        Some((by, _)) => session.project.with_untracked(|p| p.person_name(by)),
        None => String::new(),
    };
    Line {
        what: command_words(&step.name),
        who: if who.is_empty() { t(M::HistorySomebody).to_owned() } else { who },
        when: stamp.map(|(_, on)| on),
        undone: step.nature == Nature::Undo,
    }
}

fn row(session: Session, line: Line, times: usize) -> El {
    let undone = line.undone;
    let facts = fill(M::HistoryLine, &[&line.who, &line.when.map(|w| ago(&w)).unwrap_or_default()]);
    let go = move || {
        for _ in 0..times {
            if undone { session.redo() } else { session.undo() }
        }
    };
    let back = button(if undone { "↷" } else { "↶" })
        .class("quiet")
        .tip(t(if undone { M::RedoUpTo } else { M::UndoUpTo }))
        .label(format!("{}: {}", t(if undone { M::RedoUpTo } else { M::UndoUpTo }), line.what))
        .on_click(go);
    el("li")
        .class(if undone { "undone" } else { "" })
        .child(el("span").class("what").child(line.what))
        .child(undone.then(|| el("span").class("mark-word").child(t(M::UndoneMark))))
        .child(el("span").class("facts").child(facts))
        .child(back)
}
