//! The family as a drawing in the page: the layout of `versions::picture`, as elements in the page's
//! colours. The files that can be saved come from the same layout.

use super::{Member, full_name, percent, relation_words};
use crate::ui::messages::{M, t};
use crate::ui::questions::Drawn;
use crate::ui::session::{Screen, Session};
use crate::ui::view::{El, el, many};
use crate::versions::family::Edge;
use crate::versions::picture::{HEIGHT, Place, WIDTH, ends};
use crate::versions::relation::Guess;
use std::sync::Arc;

/// How long the point of an arrow is.
const TIP: f32 = 9.0;

/// How large a drawing is.
pub(super) fn size(found: &Drawn, tree: bool) -> (u32, u32) {
    let drawing = if tree { &found.tree } else { &found.heat };
    let number = |name: &str| -> Option<u32> {
        let rest = drawing.split_once(name)?.1;
        rest.split_once('"')?.0.parse().ok()
    };
    (number(" width=\"").unwrap_or(800), number(" height=\"").unwrap_or(600))
}

/// The tree: a box for each version, a line for each pair that connects two, dates at the edge.
pub(super) fn tree(session: Session, members: &[Member], found: &Arc<Drawn>) -> El {
    let layout = &found.layout;
    let (width, height) = (layout.width.to_string(), layout.height.to_string());
    let axis = layout.axis.iter().map(|(date, y)| {
        let y = *y;
        el("g").class("date").child(line((100, y), (layout.width - 24, y))).child(words(
            "axis",
            (24, y + 4),
            date.clone(),
        ))
    });
    let edges = found.family.branches().filter_map(|edge| {
        let ends = ends(*layout.places.get(edge.from)?, *layout.places.get(edge.to)?);
        Some(arrow(edge, ends))
    });
    let boxes = layout.places.iter().zip(members).map(|(place, member)| card(session, *place, member));
    el("svg")
        .class("family-tree")
        .set("viewBox", format!("0 0 {width} {height}"))
        .set("width", width)
        .set("height", height)
        .set("role", "group")
        .label(t(M::FamilyTree))
        .child(many(axis))
        .child(many(edges))
        .children(boxes)
}

fn line((x1, y1): (i32, i32), (x2, y2): (i32, i32)) -> El {
    el("line")
        .set("x1", x1.to_string())
        .set("y1", y1.to_string())
        .set("x2", x2.to_string())
        .set("y2", y2.to_string())
}

fn words(class: &'static str, (x, y): (i32, i32), said: String) -> El {
    el("text").class(class).set("x", x.to_string()).set("y", y.to_string()).child(said)
}

/// A pair: from the origin to the copy where that is known, broken where both have a source in common.
fn arrow(edge: &Edge, (from, to): ((i32, i32), (i32, i32))) -> El {
    let class = match edge.relation {
        Guess::SharedSource => "edge shared",
        _ if edge.judged => "edge judged",
        _ => "edge",
    };
    let middle = (i32::midpoint(from.0, to.0) + 8, i32::midpoint(from.1, to.1) + 4);
    let said = format!("{} · {} %", relation_words(edge.relation), percent(edge.reuse));
    let wide = 1 + (edge.reuse * 3.0) as i32;
    el("g")
        .class(class)
        .child(line(from, to).set("stroke-width", wide.to_string()))
        .child(edge.directed.then(|| point(from, to)))
        .child(words("reuse", middle, said))
}

/// The point of an arrow.
fn point((x1, y1): (i32, i32), (x2, y2): (i32, i32)) -> El {
    let (dx, dy) = ((x2 - x1) as f32, (y2 - y1) as f32);
    let length = (dx * dx + dy * dy).sqrt().max(1.0);
    let (ux, uy) = (dx / length * TIP, dy / length * TIP);
    let at = |along: f32, across: f32| {
        (x2 - (ux * along - uy * across) as i32, y2 - (uy * along + ux * across) as i32)
    };
    let (left, right) = (at(1.0, 0.5), at(1.0, -0.5));
    el("path").class("point").set("d", format!("M{x2} {y2}L{} {}L{} {}z", left.0, left.1, right.0, right.1))
}

/// A version. It opens the article, by click and by key.
fn card(session: Session, place: Place, member: &Member) -> El {
    let (by_click, by_key) = (member.id.clone(), member.id.clone());
    let detail: Vec<&str> = [Some(&*member.outlet), member.published.as_deref()]
        .into_iter()
        .flatten()
        .filter(|s| !s.is_empty())
        .collect();
    let name = full_name(session, &member.id);
    let (title, detail) = (shortened(&member.title, 26), shortened(&detail.join(" · "), 32));
    el("g")
        .class("member")
        .set("tabindex", "0")
        .set("role", "link")
        .on_click(move || session.go(Screen::Read(by_click.clone())))
        .on_key(move |event| {
            if event.key() == "Enter" {
                event.prevent_default();
                session.go(Screen::Read(by_key.clone()));
            }
        })
        // A screen reader says this; the words in the box may be cut short.
        .child(el("title").child(name))
        .child(
            el("rect")
                .set("x", place.x.to_string())
                .set("y", place.y.to_string())
                .set("width", WIDTH.to_string())
                .set("height", HEIGHT.to_string())
                .set("rx", "6"),
        )
        .child(words("title", (place.x + 10, place.y + 26), title))
        .child(words("detail", (place.x + 10, place.y + 48), detail))
}

fn shortened(words: &str, longest: usize) -> String {
    if words.chars().count() <= longest {
        return words.to_owned();
    }
    let kept: String = words.chars().take(longest - 1).collect();
    format!("{}…", kept.trim_end())
}
