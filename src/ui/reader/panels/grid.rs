//! Who thinks what of which: a row for each holder, a column for each target.

use crate::model::{Holder, Id, Label, Meaning, Stance, Target};
use crate::ui::messages::{M, t};
use crate::ui::reader::desk::Desk;
use crate::ui::reader::marks::holder_words;
use crate::ui::view::{El, Node, el, many};
use leptos::prelude::*;

/// A holder, its name, and what it says of which target: the label and its class.
type Row = (Holder, String, Vec<(Id<Target>, String, &'static str)>);

/// A cell: the labels said, and the class of the first.
type Said = Vec<(String, &'static str)>;

pub(super) fn grid(desk: Desk) -> El {
    el("div").class("wide").part(move || table(desk))
}

fn table(desk: Desk) -> Node {
    let session = desk.session;
    let Some((text, _)) = desk.text() else { return Node::Nothing };
    let (columns, rows) = session.project.with(|p| {
        let mut columns: Vec<(Id<Target>, String)> = Vec::new();
        let mut rows: Vec<Row> = Vec::new();
        for stance in p.about::<Stance>(&text) {
            let (Some(holder), Some(target)) = (stance.holder.get(), stance.target.get()) else { continue };
            if !columns.iter().any(|(id, _)| id == target) {
                let name = p.find(target).and_then(|t| t.name.get().clone()).unwrap_or_default();
                columns.push((target.clone(), name));
            }
            let label = stance.value.get().as_ref().and_then(|v| p.find(v));
            let name = label.and_then(|l| l.name.get().clone()).unwrap_or_default();
            let said = (target.clone(), name, meaning(stance.value.get().as_ref(), p));
            match rows.iter_mut().find(|(other, ..)| other == holder) {
                Some((.., all)) => all.push(said),
                None => rows.push((holder.clone(), holder_words(p, holder, t(M::TheArticle)), vec![said])),
            }
        }
        // The reporter's own voice stands apart, first.
        rows.sort_by_key(|(holder, ..)| *holder != Holder::Article);
        (columns, rows)
    });
    if rows.is_empty() {
        return el("p").class("empty").child(t(M::NoStances)).into();
    }
    let head = columns.iter().map(|(_, name)| el("th").set("scope", "col").child(name.clone()));
    let head = el("tr").child(el("td")).children(head.collect::<Vec<_>>());
    let body = rows.into_iter().map(|(holder, who, said)| {
        let cells = columns.iter().map(|(target, _)| {
            let here = said.iter().filter(|(of, ..)| of == target);
            cell(here.map(|(_, name, class)| (name.clone(), *class)).collect())
        });
        let row = el("tr").class(if holder == Holder::Article { "article" } else { "" });
        row.child(el("th").set("scope", "row").child(who)).children(cells.collect::<Vec<_>>())
    });
    el("table")
        .class("grid")
        .child(el("thead").child(head))
        .child(el("tbody").children(body.collect::<Vec<_>>()))
        .into()
}

fn cell(said: Said) -> El {
    let mut counted: Vec<(String, &'static str, usize)> = Vec::new();
    for (name, class) in said {
        match counted.iter_mut().find(|(other, ..)| *other == name) {
            Some((.., n)) => *n += 1,
            None => counted.push((name, class, 1)),
        }
    }
    let words = counted.into_iter().map(|(name, class, n)| {
        let times = if n > 1 { format!(" × {n}") } else { String::new() };
        el("span").class(format!("value-word {class}")).child(format!("{name}{times} "))
    });
    el("td").child(many(words))
}

/// The class by which a label's meaning is coloured; the word itself says it too.
pub(in crate::ui::reader) fn meaning(
    label: Option<&Id<Label>>,
    project: &crate::model::Project,
) -> &'static str {
    let meaning = label.and_then(|id| project.find(id)?.meaning.get().clone());
    match meaning {
        Some(Meaning::For) => "favor",
        Some(Meaning::Against) => "against",
        _ => "neither",
    }
}
