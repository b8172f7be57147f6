//! The choice whose marks are shown, where several people have annotated the text.

use super::desk::Desk;
use crate::model::Person;
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
    let people = session.project.with_untracked(|p| {
        desk.shown(|marks| {
            let name = |whose| (marks.eyes().name(p, whose), whose.key().to_owned());
            let mut people: Vec<_> = marks.authors().iter().map(name).collect();
            crate::text::order::sort_by(&mut people, Ord::cmp);
            people.into_iter().map(|(name, key)| (key, name)).collect::<Vec<Choice>>()
        })
    });
    let mut all = vec![(String::new(), t(M::EverybodysMarks).to_owned())];
    all.extend(people.unwrap_or_default());
    let current = session.whose.get_untracked();
    if all.iter().all(|(key, _)| *key != current) {
        let me = session.me().as_str() == current;
        let named = crate::model::Id::<Person>::parse(&current);
        let named = named.map(|id| session.project.with_untracked(|p| p.person_name(&id)));
        let name = if me { t(M::MyMarks).to_owned() } else { named.unwrap_or(t(M::GoldMarks).to_owned()) };
        all.push((current, name));
    }
    all
}

/// Shows only one's own marks, or everybody's again.
pub(super) fn only_mine(session: Session) {
    let me = session.me().as_str().to_owned();
    let mine = session.whose.with_untracked(|whose| *whose == me);
    session.whose.set(if mine { String::new() } else { me });
}
