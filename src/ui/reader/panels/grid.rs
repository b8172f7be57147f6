//! Who thinks what of which: a row for each holder, a column for each target.

use crate::model::{Holder, Id, Stance, Target};
use crate::ui::messages::{M, t};
use crate::ui::reader::desk::Desk;
use crate::ui::reader::label_look::{colour, meaning, swatch};
use crate::ui::reader::marks::{Eyes, holder_words};
use crate::ui::view::{El, Node, el, many};
use leptos::prelude::*;

/// A label as a cell shows it: its name, the class of its meaning, its colour.
type Look = (String, &'static str, &'static str);

/// A holder, its name, and what it says of which target.
type Row = (Holder, String, Vec<(Id<Target>, Look)>);

pub(super) fn grid(desk: Desk) -> El {
    el("div").class("wide").part(move || table(desk))
}

fn table(desk: Desk) -> Node {
    let session = desk.session;
    let Some((text, _)) = desk.text() else { return Node::Nothing };
    session.whose.track();
    let eyes = Eyes::chosen(session);
    let (columns, rows) = session.project.with(|p| {
        let mut columns: Vec<(Id<Target>, String)> = Vec::new();
        let mut rows: Vec<Row> = Vec::new();
        for stance in p.about::<Stance>(&text).filter(|stance| eyes.see_stance(stance)) {
            let (Some(holder), Some(target)) = (stance.holder.get(), stance.target.get()) else { continue };
            if !columns.iter().any(|(id, _)| id == target) {
                let name = p.find(target).and_then(|t| t.name.get().clone()).unwrap_or_default();
                columns.push((target.clone(), name));
            }
            let label = stance.value.get().as_ref().and_then(|v| p.find(v));
            let name = label.and_then(|l| l.name.get().clone()).unwrap_or_default();
            let value = stance.value.get().as_ref();
            let said = (target.clone(), (name, meaning(value, p), colour(value, p)));
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
            let here = said.iter().filter(|(of, _)| of == target);
            cell(here.map(|(_, look)| look))
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

fn cell<'a>(said: impl Iterator<Item = &'a Look>) -> El {
    let mut counted: Vec<(&Look, usize)> = Vec::new();
    for look in said {
        match counted.iter_mut().find(|(other, _)| *other == look) {
            Some((.., n)) => *n += 1,
            None => counted.push((look, 1)),
        }
    }
    let words = counted.into_iter().map(|((name, class, colour), n)| {
        let times = if n > 1 { format!(" × {n}") } else { String::new() };
        let words = el("span").class(format!("value-word {class}"));
        words.child(swatch(colour)).child(format!("{name}{times} "))
    });
    el("td").child(many(words))
}
