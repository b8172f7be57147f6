//! What the person should know: passing words, and problems that stay until they are closed.

use crate::ui::messages::{M, t};
use crate::ui::session::{Notice, Session};
use crate::ui::view::{Node, button, each, el};
use leptos::prelude::*;

/// The notices, in a corner.
pub(in crate::ui) fn notices(session: Session) -> Node {
    // The newest first: it is in sight when there are more than fit.
    let all = move || {
        let mut all = session.notices.get();
        all.reverse();
        all
    };
    let rows = each(all, |n| n.number.to_string(), move |n| notice(session, n));
    el("div").class("notices").child(rows).into()
}

fn notice(session: Session, notice: Notice) -> Node {
    let number = notice.number;
    let close = move || session.notices.update(|all| all.retain(|n| n.number != number));
    el("div")
        .class(if notice.problem { "notice problem" } else { "notice" })
        .set("role", if notice.problem { "alert" } else { "status" })
        .child(el("span").child(notice.words))
        .child(button("×").class("quiet").label(t(M::Close)).on_click(close))
        .into()
}
