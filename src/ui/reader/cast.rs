//! The story's speakers, each on a number key.

use super::Shown;
use super::gestures;
use crate::model::{Id, Source};
use crate::store::Command;
use crate::ui::messages::{M, fill, t};
use crate::ui::session::Session;
use crate::ui::view::{El, Node, el, live, many, when};
use leptos::prelude::*;

/// How many of the cast have a number key; the rest unfold.
const KEYS: usize = 9;

/// The cast. Shown as soon as there is somebody in it.
pub(super) fn cast(session: Session, shown: &Shown) -> Node {
    let article = shown.article.clone();
    let cast = Memo::new(move |_| gestures::cast(session, &article));
    let rows = move |from: usize, count: usize| {
        let all = cast.get().into_iter().enumerate().skip(from).take(count);
        many(all.map(|(i, (id, name))| member(session, i + 1, id, name)))
    };
    let more = move || {
        let count = cast.read().len();
        (count > KEYS).then(|| {
            let title = fill(M::CastMore, &[&(count - KEYS).to_string()]);
            el("details")
                .child(el("summary").class("hint").child(title))
                .child(el("ul").child(rows(KEYS, count)))
        })
    };
    when(
        move || !cast.read().is_empty(),
        move || {
            el("section")
                .class("cast")
                .label(t(M::Cast))
                .tip(t(M::CastHint))
                .child(el("h2").child(t(M::Cast)))
                .child(el("ul").part(move || rows(0, KEYS)))
                .part(move || more().into())
                .into()
        },
    )
}

fn member(session: Session, number: usize, id: Id<Source>, name: String) -> El {
    let renaming = RwSignal::new(false);
    let speaks = {
        let id = id.clone();
        move || {
            session.project.track();
            session.active.get().and_then(|a| gestures::speaker_of(session, &a)) == Some(id.clone())
        }
    };
    let pick = {
        let id = id.clone();
        move || match session.active.get_untracked() {
            Some(attribution) => {
                session.run(Command::SetSpeaker { attribution, source: id.clone() });
            }
            None => session.say(t(M::ActiveFirst).to_owned()),
        }
    };
    let tip = fill(M::SpeakerIs, &[&name]);
    let shown = el("button")
        .set("type", "button")
        .class("quiet")
        .tip(tip)
        .on_click(pick)
        .on("dblclick", move |_| renaming.set(true))
        .child((number <= KEYS).then(|| el("kbd").child(number.to_string())))
        .child(el("span").child(name.clone()));
    let rename = live(move || {
        let (id, name) = (id.clone(), name.clone());
        let field = el("input").class("rename").set("value", name).flag("autofocus", true);
        let change = move |name: String| {
            renaming.set(false);
            session.run(Command::RenameSource { source: id.clone(), name });
        };
        renaming.get().then(|| field.on_change(change)).into()
    });
    el("li").class_if("speaks", speaks).child(shown).child(rename)
}
