//! The labels in use: rename, define, colour, cite a rule, merge, split, add. Each change is a step like any other.

use super::split_label::{self, Splitting};
use crate::model::{Id, Item, Json, Label, Meaning, ProjectInfo};
use crate::store::{BUILT_IN_SCHEMES, Command};
use crate::ui::messages::{M, t};
use crate::ui::reader::label_look::{self, COLOURS};
use crate::ui::session::{Session, fresh_bits};
use crate::ui::view::{El, Node, el, many};
use leptos::prelude::*;

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
    let field =
        |words: M| el("input").set("type", "text").set("placeholder", t(words)).label(t(words)).class("own");
    let own = field(M::OwnScheme).on_taken(move |name| {
        if !name.trim().is_empty() {
            session.use_scheme(name.trim().to_owned());
        }
    });
    let add = field(M::AddLabel).on_taken(move |name| {
        let scheme = session.scheme.get_untracked();
        let label = Id::random(fresh_bits());
        session.run(Command::AddLabel { label, scheme, name, meaning: Meaning::Neutral });
    });
    let splitting = RwSignal::new(None);
    el("div")
        .child(el("p").class("row").child(choose).child(own))
        .child(el("div").class("labels").part(move || rows(session, splitting)))
        .child(split_label::chooser(session, splitting))
        .child(el("p").class("row").child(add))
}

/// A label as its row shows it.
#[derive(Clone)]
struct Row {
    id: Id<Label>,
    name: String,
    definition: String,
    colour: Option<String>,
    rule: Option<String>,
}

fn rows(session: Session, splitting: RwSignal<Option<Splitting>>) -> Node {
    let scheme = session.scheme.get();
    let (all, rules) = session.project.with(|p| {
        let row = |l: Item<'_, Label>| Row {
            id: l.id(),
            name: l.name.get().clone().unwrap_or_default(),
            definition: l.definition.get().clone().unwrap_or_default(),
            colour: l.colour.get().clone(),
            rule: l.rule.get().clone(),
        };
        let labels = p.labels(&scheme).into_iter().map(row).collect::<Vec<_>>();
        let rules = p.find::<ProjectInfo>(p.id()).map(|info| info.rules.get().clone()).unwrap_or_default();
        (labels, rules.into_iter().map(|rule| rule.key).collect::<Vec<_>>())
    });
    let others: Vec<(Id<Label>, String)> = all.iter().map(|row| (row.id.clone(), row.name.clone())).collect();
    many(all.into_iter().map(|label| row(session, splitting, label, &others, &rules)))
}

/// The words of a label, its colour and rule, and what becomes of it.
fn row(
    session: Session,
    splitting: RwSignal<Option<Splitting>>,
    label: Row,
    others: &[(Id<Label>, String)],
    rules: &[String],
) -> El {
    let id = label.id.clone();
    let (renamed, defined, split) = (id.clone(), id.clone(), id.clone());
    let rename = move |name: String| {
        session.run(Command::RenameLabel { label: renamed.clone(), name });
    };
    let define = move |words: String| {
        let definition = Some(words).filter(|w| !w.trim().is_empty());
        session.run(Command::DefineLabel { label: defined.clone(), definition });
    };
    let divide = move |name: String| {
        let name = name.trim().to_owned();
        splitting.set((!name.is_empty()).then(|| Splitting::of(session, &split, name)));
    };
    let swatch = COLOURS.iter().find(|(name, _)| label.colour.as_deref() == Some(name));
    let named = |label: M, value: String| el("input").set("type", "text").label(t(label)).set("value", value);
    el("p")
        .class("row label-row")
        .child(swatch.and_then(|(name, _)| label_look::swatch(name)))
        .child(session.typed(named(M::LabelName, label.name.clone()), rename))
        .child(
            session.typed(
                named(M::LabelDefinition, label.definition.clone())
                    .class("definition")
                    .set("placeholder", t(M::LabelDefinition)),
                define,
            ),
        )
        .child(colours(session, &label))
        .child((!rules.is_empty()).then(|| cites(session, &label, rules)))
        .child(merges(session, &id, others))
        .child(named(M::SplitLabel, String::new()).set("placeholder", t(M::SplitLabel)).on_taken(divide))
}

fn colours(session: Session, label: &Row) -> El {
    let id = label.id.clone();
    let recolour = move |colour: String| {
        let colour = Some(colour).filter(|c| !c.is_empty());
        session.run(Command::ColourLabel { label: id.clone(), colour });
    };
    let options = std::iter::once(("", "")).chain(COLOURS).map(|(name, shape)| {
        let words = if name.is_empty() { t(M::LabelColour).to_owned() } else { format!("{shape} {name}") };
        el("option").set("value", name).flag("selected", label.colour.as_deref() == Some(name)).child(words)
    });
    el("select").label(t(M::LabelColour)).on_change(recolour).children(options)
}

/// The rule of the guidelines that governs a label.
fn cites(session: Session, label: &Row, rules: &[String]) -> El {
    let record = label.id.record().clone();
    let cite = move |rule: String| {
        let value = Json::of(&Some(rule).filter(|rule| !rule.is_empty()));
        session.run(Command::SetField { record: record.clone(), field: "rule", value });
    };
    let nothing = el("option").set("value", "").child(t(M::CiteRule));
    let options = rules.iter().map(|rule| {
        let chosen = label.rule.as_ref() == Some(rule);
        el("option").set("value", rule.clone()).flag("selected", chosen).child(rule.clone())
    });
    el("select").label(t(M::CiteRule)).on_change(cite).child(nothing).children(options)
}

fn merges(session: Session, id: &Id<Label>, others: &[(Id<Label>, String)]) -> El {
    let gone = id.clone();
    let merge = move |kept: String| {
        if let Some(kept) = Id::parse(&kept) {
            session.run(Command::MergeLabels { kept, gone: gone.clone() });
        }
    };
    let options = others
        .iter()
        .filter(|(other, _)| other != id)
        .map(|(other, name)| el("option").set("value", other.to_string()).child(name.clone()));
    let nothing = el("option").set("value", "").child(t(M::MergeLabel));
    el("select").label(t(M::MergeLabel)).on_taken(merge).child(nothing).children(options)
}
