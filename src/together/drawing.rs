//! A picture as elements. What it consists of is said once, in `agreement::pictures`.

use super::tree::{Tree, t};
use crate::agreement::pictures::{Drawing, Shape};

/// The drawing as an element; its text is text, its colour that of the words around it.
pub(super) fn svg(drawing: &Drawing) -> Tree {
    let shape = |shape: &Shape| match shape {
        Shape::Words { x, y, anchor, words } => t("text")
            .set("x", x.to_string())
            .set("y", y.to_string())
            .set("text-anchor", *anchor)
            .says(words.clone()),
        Shape::Bar { x, y, width, height, thousandths } => t("rect")
            .set("x", x.to_string())
            .set("y", y.to_string())
            .set("width", width.to_string())
            .set("height", height.to_string())
            .set("fill-opacity", format!("0.{thousandths:03}")),
    };
    t("svg")
        .set("viewBox", format!("0 0 {} {}", drawing.width, drawing.height))
        .set("width", drawing.width.to_string())
        .set("height", drawing.height.to_string())
        .set("role", "img")
        .set("fill", "currentColor")
        .set("font-size", "12")
        .child(t("title").says(drawing.title.clone()))
        .children(drawing.shapes.iter().map(shape))
}
