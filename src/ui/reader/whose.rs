//! The choice whose marks are shown, where several people have annotated the text.

use super::desk::Desk;
use super::marks::Whose;
use crate::ui::messages::{M, t};
use crate::ui::session::Session;
use crate::ui::view::{Node, el, many, when};
use leptos::prelude::*;

/// A choice: how it is kept, and what it is called.
type Choice = (String, String);

/// The list; nothing where there is nothing to choose.
pub(super) fn choice(desk: Desk) -> Node {
    let session = desk.session;
    let choices: Memo<Vec<Choice>> = Memo::new(move |_| {
        desk.changed.track();
        choices(desk)
    });
    let options =
        move || {
            let current = session.whose.get();
            many(choices.get().into_iter().map(|(key, name)| {
                el("option").flag("selected", key == current).set("value", key).child(name)
            }))
        };
    when(
        move || choices.read().len() > 2 || !session.whose.read().is_empty(),
        move || {
            el("select")
                .class("whose")
                .label(t(M::WhoseMarks))
                .on_change(move |chosen| session.whose.set(chosen))
                .part(options)
                .into()
        },
    )
}

/// Everybody's, those of each who has marked something, and those of whoever is chosen now.
fn choices(desk: Desk) -> Vec<Choice> {
    let session = desk.session;
    let current = session.whose.get_untracked();
    let mut all = vec![(String::new(), t(M::EverybodysMarks).to_owned())];
    let people = session.project.with_untracked(|p| {
        desk.shown(|marks| {
            let mut people = marks.authors().to_vec();
            let chosen = (!current.is_empty()).then(|| Whose::kept(&current));
            people.extend(chosen.filter(|chosen| !people.contains(chosen)));
            let name = |whose: &Whose| (marks.eyes().name(p, whose), whose.key().to_owned());
            let mut people: Vec<_> = people.iter().map(name).collect();
            crate::text::order::sort_by(&mut people, Ord::cmp);
            people
        })
    });
    all.extend(people.into_iter().flatten().map(|(name, key)| (key, name)));
    all
}

/// Shows only one's own marks, or everybody's again.
pub(super) fn only_mine(session: Session) {
    let me = session.me().as_str().to_owned();
    let mine = session.whose.with_untracked(|whose| *whose == me);
    session.whose.set(if mine { String::new() } else { me });
}
