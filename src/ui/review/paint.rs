//! Elements out of a tree.

use crate::browser;
use crate::tree::{NAMES, TAGS, Tree};
use crate::ui::view::{Node, el};
use std::rc::Rc;

/// What a control does: its number, and what its field holds.
pub(in crate::ui) type Does = Rc<dyn Fn(u32, String)>;

pub(in crate::ui) fn paint(tree: Tree, act: &Does) -> Node {
    let tag = TAGS.get(usize::from(tree.tag)).copied().unwrap_or_default();
    if tag.is_empty() {
        return Node::Text(tree.says.into());
    }
    let field = matches!(tag, "input" | "select");
    let mut made = el(tag);
    for (name, value) in tree.has {
        let Some(name) = NAMES.get(usize::from(name)).copied() else { continue };
        made = match name {
            "value" if field => made.value(move || value.clone()),
            // What opens a choice of files says which.
            "data-kind" if value.ends_with("-files") => made.on_click(move || browser::click(&value)),
            _ => made.set(name, value),
        };
    }
    if let Some(number) = tree.act {
        let act = act.clone();
        made = match field {
            true => made.on_change(move |value| act(number, value)),
            false => made.on_click(move || act(number, String::new())),
        };
    }
    if !tree.says.is_empty() {
        made = made.child(tree.says);
    }
    made.children(tree.inside.into_iter().map(|tree| paint(tree, act))).into()
}
