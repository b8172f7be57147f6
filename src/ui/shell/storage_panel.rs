//! Where the work is kept: how full that is, what for, how safe, and what could not be read.

use super::top_bar::file_words;
use crate::browser;
use crate::model::Time;
use crate::storage::QUOTA;
use crate::ui::actions::action;
use crate::ui::keep::SaveState;
use crate::ui::messages::{M, count, fill, t};
use crate::ui::on_disk;
use crate::ui::session::{Panel, Session};
use crate::ui::view::{El, Node, button, dialog_head, el, live, many, when};
use leptos::prelude::*;

/// How long ago something was, in words.
pub(in crate::ui) fn ago(when: &Time) -> String {
    match browser::minutes_since(when.as_str()) {
        0 => t(M::JustNow).to_owned(),
        minutes @ 1..60 => count(minutes as usize, M::OneMinuteAgo, M::MinutesAgo),
        minutes @ 60..1440 => count(minutes as usize / 60, M::OneHourAgo, M::HoursAgo),
        minutes => count(minutes as usize / 1440, M::OneDayAgo, M::DaysAgo),
    }
}

/// The panel.
pub(in crate::ui) fn storage_panel(session: Session) -> Node {
    when(move || session.panel.get() == Some(Panel::Storage), move || open(session))
}

/// A dialog over the page, with a way out.
pub(super) fn dialog(session: Session, title: M, id: &'static str) -> (El, El) {
    let close = move || session.panel.set(None);
    let closing = button("×").class("quiet").id("close-panel").label(t(M::Close)).on_click(close);
    request_animation_frame(|| browser::focus("close-panel"));
    let sheet = el("div")
        .class("sheet panel")
        .id(id)
        .set("role", "dialog")
        .set("aria-modal", "true")
        .label(t(title))
        .child(dialog_head().child(el("h2").child(t(title))).child(closing));
    (el("div").class("veil").on_click(close), sheet)
}

fn open(session: Session) -> Node {
    let (veil, sheet) = dialog(session, M::StorageTitle, "storage-panel");
    let persistent = RwSignal::new(None);
    leptos::task::spawn_local(async move {
        let promised = browser::is_persistent().await;
        persistent.try_set(Some(promised));
    });
    let safety = live(move || match session.saved.get() {
        SaveState::TabOnly(why) => el("p").class("risk").child(why).into(),
        _ => Node::Nothing,
    });
    let second = session.keep(|keep| keep.has_second_copy());
    let sheet = sheet
        .child(safety)
        .child(el("p").child(t(M::SavedWhere)))
        .child(usage(session))
        .child(el("p").child(t(if second { M::SecondCopyHere } else { M::NoSecondCopy })))
        .child(el("p").words(move || {
            persistent
                .get()
                .map(|p| t(if p { M::PersistGranted } else { M::PersistNot }))
                .unwrap_or_default()
                .to_owned()
        }))
        .child(files_part(session))
        .child(aside(session))
        .child(el("p").child(el("a").set("href", "rescue.html").child(t(M::RescuePage))));
    many([veil, sheet])
}

fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

fn usage(session: Session) -> Node {
    live(move || {
        session.vitals.track();
        session.shelf_changed.track();
        let (shares, used) = session.keep(|keep| keep.shares());
        let percent = (used / (QUOTA / 100)).to_string();
        let rows = [
            (M::ShareTexts, shares.texts),
            (M::ShareProjects, shares.projects),
            (M::ShareTrash, shares.trash),
            (M::ShareAside, shares.aside),
            (M::ShareReserve, shares.reserve),
            (M::ShareOthers, shares.others),
        ];
        let row = |(what, units): (M, usize)| {
            el("tr").child(el("td").child(t(what))).child(el("td").class("number").child(thousands(units)))
        };
        let table = el("table").child(el("tbody").children(rows.into_iter().filter(|r| r.1 > 0).map(row)));
        let words = fill(M::StorageUse, &[&thousands(used), &thousands(QUOTA), &percent]);
        let meter = el("meter")
            .id("quota")
            .set("max", QUOTA.to_string())
            .set("high", (QUOTA / 10 * 8).to_string())
            .set("value", used.to_string())
            .label(words.clone());
        many([el("p").id("quota-words").child(words), meter, table])
    })
}

fn files_part(session: Session) -> El {
    let now = live(move || match session.file.get() {
        Some(name) => many([
            el("span").id("disk-file").child(match session.file_waits.get() {
                true => fill(M::FileWaits, &[&name]),
                false => fill(M::FollowsFile, &[&name]),
            }),
            button(t(M::UpdateFile)).on_click(move || on_disk::update_on_disk(session, true)),
            button(t(M::LeaveFile)).on_click(move || on_disk::leave_disk(session)),
        ]),
        None if browser::can_save_to_disk() => button(t(M::SaveToDisk))
            .id("save-to-disk")
            .on_click(move || action("save-to-disk").run(session))
            .into(),
        None => Node::Nothing,
    });
    let since = move || {
        let vitals = session.vitals.get();
        let since = match vitals.unexported {
            0 => String::new(),
            n => format!(", {}", count(n as usize, M::OneChangeSince, M::ChangesSince)),
        };
        format!("{}{since}", file_words(session))
    };
    el("p")
        .class("row")
        .child(el("span").id("exported").words(since))
        .child(button(t(M::ExportProject)).on_click(move || action("export").run(session)))
        .child(now)
}

/// What could not be read, to be had as it was found.
fn aside(session: Session) -> Node {
    live(move || {
        session.shelf_changed.track();
        let values = session.keep(|keep| keep.set_aside());
        if values.is_empty() {
            return Node::Nothing;
        }
        let row = move |(number, key, raw): (u64, String, String)| {
            let name = format!("variorum damaged value {number}.txt");
            el("li")
                .child(el("code").child(key))
                .child(
                    button(t(M::DownloadValue))
                        .class("download-value")
                        .on_click(move || browser::download(&name, &raw, "text/plain")),
                )
                .child(button(t(M::ForgetValue)).class("quiet").on_click(move || {
                    session.keep(|keep| keep.forget_value(number));
                    session.shelf_changed.update(|n| *n += 1);
                }))
        };
        many([
            el("h3").child(t(M::SetAsideTitle)),
            el("p").class("hint").child(t(M::SetAsideNote)),
            el("ul").class("set-aside").children(values.into_iter().map(row)),
        ])
    })
}
