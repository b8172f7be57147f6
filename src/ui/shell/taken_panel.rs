//! What there was to say of a file that was taken in: what was kept, and what could not be read.

use super::storage_panel::dialog;
use crate::browser;
use crate::ui::messages::{M, fill, t};
use crate::ui::session::{Panel, Session, Taken};
use crate::ui::view::{Node, button, el, many, when};
use leptos::prelude::*;

/// So many places are shown; all of them are in the list that can be saved.
const SHOWN: usize = 100;

/// The panel.
pub(in crate::ui) fn taken_panel(session: Session) -> Node {
    when(
        move || session.panel.get() == Some(Panel::Taken),
        move || open(session, session.taken.get_untracked()),
    )
}

fn open(session: Session, taken: Taken) -> Node {
    let (veil, sheet) = dialog(session, M::TakenTitle, "taken-panel");
    let mut sheet = sheet.child(
        el("p").set("dir", "auto").child(fill(M::TakenRecords, &[&taken.name, &taken.records.to_string()])),
    );
    if !taken.whole {
        sheet = sheet.child(el("p").class("risk").child(t(M::TakenTorn)));
    }
    let row = |(place, what): &(String, String)| {
        el("li").child(el("code").child(place.clone())).child(format!(" {what}"))
    };
    let rows = taken.issues.iter().take(SHOWN).map(row);
    sheet = sheet.child(el("p").child(t(M::TakenIssues))).child(el("ul").class("issues").children(rows));
    let more = taken.issues.len().saturating_sub(SHOWN);
    if more > 0 {
        sheet = sheet.child(el("p").child(fill(M::TakenMore, &[&more.to_string()])));
    }
    let save = move || {
        let lines = taken.issues.iter().map(|(place, what)| format!("{place}\t{what}\n"));
        browser::download("variorum file problems.txt", &lines.collect::<String>(), "text/plain");
    };
    many([veil, sheet.child(button(t(M::TakenSave)).id("save-issues").on_click(save))])
}
