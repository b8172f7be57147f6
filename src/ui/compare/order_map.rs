//! The comparison at a glance, at the edge of the window: both texts from top to bottom, what changed in
//! them, lines for what moved, and where one is. A click goes there.

use super::between::jump;
use super::comparing::{Shown, Side};
use super::layout::Line;
use crate::browser;
use crate::text::CodePoints;
use crate::ui::messages::{M, t};
use crate::ui::session::Session;
use crate::ui::view::{El, el};
use crate::versions::compare::Row;
use crate::versions::operation::Op;
use gloo::events::EventListener;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

/// The map's own units: its height, its width, and how wide a text is.
const HEIGHT: u32 = 1000;
const WIDTH: u32 = 60;
const BAR: u32 = 14;

/// The map.
pub(super) fn order_map(session: Session, shown: &Arc<Shown>) -> El {
    let sides = [Side::Left, Side::Right];
    let bars = sides.iter().map(|side| rect(*side, (0, HEIGHT), "bar"));
    let units = sides.iter().flat_map(|side| changed(shown, *side));
    let moved = shown.found.rows.iter().filter(|row| row.moved).filter_map(|row| link(shown, row));
    let (here, click) = (in_view(shown), shown.clone());
    let viewport = sides.iter().enumerate().map(move |(k, side)| {
        rect(*side, (0, 0), "view")
            .live("y", move || here.get()[k].0.to_string())
            .live("height", move || here.get()[k].1.to_string())
    });
    el("svg")
        .class("order-map")
        .set("viewBox", "0 0 60 1000")
        .set("preserveAspectRatio", "none")
        .set("aria-hidden", "true")
        .child(el("title").child(t(M::MapTip)))
        .children(bars)
        .children(moved)
        .children(units)
        .children(viewport)
        .on("click", move |event| {
            if let Some(key) = event.dyn_ref().and_then(|event| line_at(&click, event)) {
                jump(session, &key);
            }
        })
}

fn rect(side: Side, (y, height): (u32, u32), class: &'static str) -> El {
    let x = if side == Side::Left { 0 } else { WIDTH - BAR };
    el("rect")
        .class(class)
        .set("x", x.to_string())
        .set("width", BAR.to_string())
        .set("y", y.to_string())
        .set("height", height.to_string())
}

/// Where a place of a text is on the map.
fn place(shown: &Shown, side: Side, at: CodePoints) -> (u32, u32) {
    let length = u64::from(shown.end(side).text.length().0.max(1));
    let scaled = |n: u32| (u64::from(n) * u64::from(HEIGHT) / length) as u32;
    let (start, end) = (scaled(at.start.0), scaled(at.end.0));
    (start, (end - start).max(2))
}

/// The units of a side in which something changed.
fn changed(shown: &Shown, side: Side) -> Vec<El> {
    let mut class = vec![if side == Side::Left { "gone" } else { "new" }; shown.units(side).len()];
    for row in &shown.found.rows {
        let what = match row.op {
            _ if !row.flags.is_empty() => "flagged",
            Op::Verbatim => "",
            Op::LightEdit => "edited",
            Op::Rewrite | Op::Split | Op::Merge => "rewritten",
        };
        side.units(row).iter().for_each(|unit| class[*unit] = what);
    }
    let units = shown.units(side).iter().zip(class).filter(|(_, class)| !class.is_empty());
    units.map(|(unit, class)| rect(side, place(shown, side, unit.at), class)).collect()
}

/// A line between the two places of a moved row.
fn link(shown: &Shown, row: &Row) -> Option<El> {
    let middle = |side: Side| {
        let unit = side.units(row).first()?;
        let (y, height) = place(shown, side, shown.units(side)[*unit].at);
        Some((y + height / 2).to_string())
    };
    Some(
        el("line")
            .class("moved-line")
            .set("x1", BAR.to_string())
            .set("y1", middle(Side::Left)?)
            .set("x2", (WIDTH - BAR).to_string())
            .set("y2", middle(Side::Right)?),
    )
}

/// The line at which somebody clicked.
fn line_at(shown: &Shown, event: &MouseEvent) -> Option<String> {
    let map: Element = event.current_target()?.dyn_into().ok()?;
    let area = map.get_bounding_client_rect();
    let down = (f64::from(event.client_y()) - area.top()) / area.height().max(1.0);
    let right = f64::from(event.client_x()) - area.left() > area.width() / 2.0;
    let side = if right { Side::Right } else { Side::Left };
    let at = (down * f64::from(shown.end(side).text.length().0)) as u32;
    let unit = shown.units(side).iter().position(|unit| at < unit.at.end.0)?;
    let has = |line: &&Line| match **line {
        Line::Row(i) => side.units(&shown.found.rows[i]).contains(&unit),
        Line::OnlyLeft(i) => side == Side::Left && i == unit,
        Line::OnlyRight(j) => side == Side::Right && j == unit,
        Line::Moved(_) => false,
    };
    shown.lines.iter().find(has).map(|line| line.name(&shown.found))
}

/// Which part of each text is in view, on the map.
fn in_view(shown: &Arc<Shown>) -> RwSignal<[(u32, u32); 2]> {
    let view = RwSignal::new([(0, 0); 2]);
    let (shown, waiting) = (shown.clone(), StoredValue::new_local(false));
    let look = move || {
        waiting.try_set_value(false);
        let edges = browser::visible_between("pair");
        let units = edges.map(|id| shown.line(id?.strip_prefix("pair-")?));
        let [Some(first), Some(last)] = units else { return };
        let at = |side: Side, line: Line, last: bool| {
            let units: &[usize] = match &line {
                Line::Row(i) | Line::Moved(i) => side.units(&shown.found.rows[*i]),
                Line::OnlyLeft(i) if side == Side::Left => std::slice::from_ref(i),
                Line::OnlyRight(j) if side == Side::Right => std::slice::from_ref(j),
                _ => &[],
            };
            let unit = if last { units.last() } else { units.first() };
            unit.map(|unit| place(&shown, side, shown.units(side)[*unit].at))
        };
        let Some(before) = view.try_get_untracked() else { return };
        let part = |k: usize, side: Side| match (at(side, first, false), at(side, last, true)) {
            (Some((y, _)), Some((end, height))) if end + height > y => (y, end + height - y),
            _ => before[k],
        };
        view.try_set([part(0, Side::Left), part(1, Side::Right)]);
    };
    let look = std::rc::Rc::new(look);
    let later = look.clone();
    let scrolled = EventListener::new(&window(), "scroll", move |_| {
        if waiting.try_get_value() == Some(false) {
            waiting.set_value(true);
            let look = later.clone();
            request_animation_frame(move || look());
        }
    });
    request_animation_frame(move || look());
    let scrolled = StoredValue::new_local(Some(scrolled));
    on_cleanup(move || scrolled.dispose());
    view
}
