//! The labels in use: rename, define, colour, merge, add. Each change is a step like any other.

use crate::model::{Id, Label, Meaning};
use crate::store::{BUILT_IN_SCHEMES, Command};
use crate::ui::messages::{M, t};
use crate::ui::session::{Session, fresh_bits};
use crate::ui::view::{El, Node, el, many};
use leptos::prelude::*;

/// The colours a label can have, by their names in the tokens.
const COLOURS: [&str; 6] = ["amber", "blue", "green", "pink", "violet", "teal"];

pub(super) fn scheme(session: Session) -> El {
    let options = move || {
        let now = session.scheme.get();
        let mut names: Vec<String> = BUILT_IN_SCHEMES.iter().map(|(name, _)| (*name).to_owned()).collect();
        session.project.with(|p| {
            for label in p.all::<Label>().filter(|l| !BUILT_IN_SCHEMES.iter().any(|(n, _)| *n == l.scheme)) {
                if !names.contains(&label.scheme) {
                    names.push(label.scheme.clone());
                }
            }
        });
        if !names.contains(&now) {
            names.push(now.clone());
        }
        many(
            names.into_iter().map(|name| {
                el("option").set("value", name.clone()).flag("selected", name == now).child(name)
            }),
        )
    };
    let choose = el("select").label(t(M::PickScheme)).on_change(move |s| session.use_scheme(s)).part(options);
    let own =
        el("input").set("type", "text").set("placeholder", t(M::OwnScheme)).label(t(M::OwnScheme)).on_change(
            move |name| {
                if !name.trim().is_empty() {
                    session.use_scheme(name.trim().to_owned());
                }
            },
        );
    let add =
        el("input").set("type", "text").set("placeholder", t(M::AddLabel)).label(t(M::AddLabel)).on_change(
            move |name| {
                let scheme = session.scheme.get_untracked();
                let label = Id::random(fresh_bits());
                session.run(Command::AddLabel { label, scheme, name, meaning: Meaning::Neutral });
            },
        );
    el("div")
        .child(el("p").class("row").child(choose).child(own))
        .child(el("div").class("labels").part(move || rows(session)))
        .child(el("p").class("row").child(add))
}

fn rows(session: Session) -> Node {
    let scheme = session.scheme.get();
    let all = session.project.with(|p| {
        let labels = p.labels(&scheme).into_iter();
        labels
            .map(|l| {
                let name = l.name.get().clone().unwrap_or_default();
                (l.id(), name, l.definition.get().clone().unwrap_or_default(), l.colour.get().clone())
            })
            .collect::<Vec<_>>()
    });
    let others: Vec<(Id<Label>, String)> =
        all.iter().map(|(id, name, ..)| (id.clone(), name.clone())).collect();
    many(all.into_iter().map(|(id, name, definition, colour)| {
        let (renamed, defined, coloured, gone) = (id.clone(), id.clone(), id.clone(), id.clone());
        let rename = move |name: String| {
            session.run(Command::RenameLabel { label: renamed.clone(), name });
        };
        let define = move |words: String| {
            let definition = Some(words).filter(|w| !w.trim().is_empty());
            session.run(Command::DefineLabel { label: defined.clone(), definition });
        };
        let recolour = move |colour: String| {
            let colour = Some(colour).filter(|c| !c.is_empty());
            session.run(Command::ColourLabel { label: coloured.clone(), colour });
        };
        let merge = move |kept: String| {
            if let Some(kept) = Id::parse(&kept) {
                session.run(Command::MergeLabels { kept, gone: gone.clone() });
            }
        };
        let colours = std::iter::once("").chain(COLOURS).map(|c| {
            let words = if c.is_empty() { t(M::LabelColour) } else { c };
            el("option").set("value", c).flag("selected", colour.as_deref() == Some(c)).child(words)
        });
        let merges = others
            .iter()
            .filter(|(other, _)| *other != id)
            .map(|(other, name)| el("option").set("value", other.to_string()).child(name.clone()));
        let nothing = el("option").set("value", "").child(t(M::MergeLabel));
        el("p")
            .class("row label-row")
            .child(
                el("input").set("type", "text").label(t(M::LabelName)).set("value", name).on_change(rename),
            )
            .child(
                el("input")
                    .set("type", "text")
                    .class("definition")
                    .set("placeholder", t(M::LabelDefinition))
                    .label(t(M::LabelDefinition))
                    .set("value", definition)
                    .on_change(define),
            )
            .child(el("select").label(t(M::LabelColour)).on_change(recolour).children(colours))
            .child(el("select").label(t(M::MergeLabel)).on_change(merge).child(nothing).children(merges))
    }))
}
