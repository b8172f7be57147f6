//! What is to be shown, as data: a worker draws it, the page makes elements of it and nothing else.

use serde::{Deserialize, Serialize};
use std::cell::RefCell;

/// The tags a tree may have. The first is text by itself.
pub const TAGS: [&str; 39] = [
    "", "div", "section", "header", "nav", "h2", "h3", "p", "span", "b", "ul", "li", "button", "select",
    "option", "input", "table", "thead", "tbody", "tr", "th", "td", "details", "summary", "label", "mark",
    "progress", "caption", "svg", "rect", "text", "title", "line", "q", "ol", "textarea", "del", "pre",
    "fieldset",
];

/// The attributes it may have.
pub const NAMES: [&str; 37] = [
    "class",
    "id",
    "title",
    "aria-label",
    "aria-current",
    "aria-pressed",
    "type",
    "value",
    "selected",
    "disabled",
    "min",
    "max",
    "step",
    "scope",
    "x",
    "y",
    "width",
    "height",
    "viewBox",
    "text-anchor",
    "fill-opacity",
    "role",
    "fill",
    "font-size",
    "open",
    "placeholder",
    "colspan",
    "dir",
    "data-kind",
    "aria-live",
    "multiple",
    "accept",
    "for",
    "tabindex",
    "aria-labelledby",
    "font-family",
    "aria-expanded",
];

/// An element, or text, with what is in it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tree {
    /// Its place in [`TAGS`].
    pub tag: u8,
    /// Text in it, before what else is in it.
    pub says: String,
    /// What it carries: places in [`NAMES`], and values.
    pub has: Vec<(u8, String)>,
    /// The number of what it does, where it is a control.
    pub act: Option<u32>,
    /// What is in it.
    pub inside: Vec<Tree>,
}

/// A drawing in the making: the acts of its controls.
pub(crate) struct Page<Act>(RefCell<Vec<Act>>);

impl<Act> Default for Page<Act> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<Act> Page<Act> {
    pub(crate) fn into_acts(self) -> Vec<Act> {
        self.0.into_inner()
    }
}

/// A place in a table. A name that is not there would be a mistake in this module; a test draws every part.
fn place(of: &str, table: &[&str]) -> u8 {
    let found = table.iter().position(|name| *name == of);
    debug_assert!(found.is_some(), "{of} is in the table");
    found.unwrap_or_default() as u8
}

/// An element.
pub(crate) fn t(tag: &'static str) -> Tree {
    Tree { tag: place(tag, &TAGS), ..Tree::default() }
}

/// Text by itself.
pub(crate) fn text(words: impl Into<String>) -> Tree {
    Tree { says: words.into(), ..Tree::default() }
}

/// A button that says what it does.
pub(crate) fn button(says: impl Into<String>) -> Tree {
    t("button").set("type", "button").says(says)
}

/// A list to choose from: values with words, and the chosen one.
pub(crate) fn select<S: Into<String>>(
    label: &str,
    chosen: &str,
    all: impl IntoIterator<Item = (String, S)>,
) -> Tree {
    let option = |(value, words): (String, S)| {
        let here = value == chosen;
        let option = t("option").set("value", value).says(words);
        if here { option.set("selected", "") } else { option }
    };
    t("select").set("aria-label", label).set("value", chosen).children(all.into_iter().map(option))
}

impl Tree {
    pub(crate) fn set(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.has.push((place(name, &NAMES), value.into()));
        self
    }

    pub(crate) fn class(self, names: impl Into<String>) -> Self {
        self.set("class", names)
    }

    pub(crate) fn id(self, id: impl Into<String>) -> Self {
        self.set("id", id)
    }

    pub(crate) fn pressed(self, on: bool) -> Self {
        self.set("aria-pressed", if on { "true" } else { "false" })
    }

    pub(crate) fn says(mut self, words: impl Into<String>) -> Self {
        self.says = words.into();
        self
    }

    pub(crate) fn child(mut self, child: impl Into<Option<Tree>>) -> Self {
        self.inside.extend(child.into());
        self
    }

    pub(crate) fn children(mut self, children: impl IntoIterator<Item = Tree>) -> Self {
        self.inside.extend(children);
        self
    }

    /// Makes it a control.
    pub(crate) fn on<Act>(mut self, page: &Page<Act>, act: Act) -> Self {
        let mut acts = page.0.borrow_mut();
        self.act = u32::try_from(acts.len()).ok();
        acts.push(act);
        drop(acts);
        self
    }

    /// All text in it, for tests and for what is read aloud.
    pub fn words(&self) -> String {
        let inside = self.inside.iter().map(Self::words).filter(|words| !words.is_empty());
        let all = std::iter::once(self.says.clone()).filter(|says| !says.is_empty()).chain(inside);
        all.collect::<Vec<_>>().join(" ")
    }

    /// The element with this id.
    pub fn by_id(&self, id: &str) -> Option<&Tree> {
        let name = place("id", &NAMES);
        let here = self.has.iter().any(|(n, value)| *n == name && value == id);
        if here { Some(self) } else { self.inside.iter().find_map(|tree| tree.by_id(id)) }
    }

    /// The first control that says exactly this.
    pub fn control(&self, says: &str) -> Option<&Tree> {
        let here = self.act.is_some() && self.says == says;
        if here { Some(self) } else { self.inside.iter().find_map(|tree| tree.control(says)) }
    }
}
