//! An element and how it is put together.

use super::attribute::{Attribute, AttributeState};
use super::node::{Node, NodeState, live, words};
use leptos::tachys::view::{Mountable, Render};
use std::borrow::Cow;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};

/// An element to be. Small to hand on: what it holds is behind one pointer.
pub(in crate::ui) struct El(Box<Parts>);

struct Parts {
    tag: &'static str,
    attributes: Vec<Attribute>,
    children: Vec<Node>,
}

/// An element by its tag, which must be one of HTML's, or `svg` and what belongs in it.
pub(in crate::ui) fn el(tag: &'static str) -> El {
    El(Box::new(Parts { tag, attributes: Vec::new(), children: Vec::new() }))
}

/// The head of a dialog. A `header` outside of a section is the page's banner to a screen reader; this is none.
pub(in crate::ui) fn dialog_head() -> El {
    el("header").set("role", "presentation")
}

/// A button that says what it does.
pub(in crate::ui) fn button(says: impl Into<Node>) -> El {
    el("button").set("type", "button").child(says)
}

impl El {
    fn with(mut self, attribute: Attribute) -> Self {
        self.0.attributes.push(attribute);
        self
    }

    /// An attribute that stays as it is.
    pub(in crate::ui) fn set(self, name: &'static str, value: impl Into<Cow<'static, str>>) -> Self {
        self.with(Attribute::Fixed(name, Some(value.into())))
    }

    /// An attribute that is there or not, and stays so.
    pub(in crate::ui) fn set_some(self, name: &'static str, value: Option<String>) -> Self {
        self.with(Attribute::Fixed(name, value.map(Cow::Owned)))
    }

    /// An attribute without a value that is there or not, and stays so.
    pub(in crate::ui) fn flag(self, name: &'static str, on: bool) -> Self {
        self.with(Attribute::Fixed(name, on.then_some(Cow::Borrowed(""))))
    }

    /// Its classes.
    pub(in crate::ui) fn class(self, names: impl Into<Cow<'static, str>>) -> Self {
        self.set("class", names)
    }

    /// Its id.
    pub(in crate::ui) fn id(self, id: impl Into<Cow<'static, str>>) -> Self {
        self.set("id", id)
    }

    /// What a screen reader calls it.
    pub(in crate::ui) fn label(self, words: impl Into<Cow<'static, str>>) -> Self {
        self.set("aria-label", words)
    }

    /// What is shown when a pointer rests on it.
    pub(in crate::ui) fn tip(self, words: impl Into<Cow<'static, str>>) -> Self {
        self.set("title", words)
    }

    /// An attribute that follows the signals read.
    pub(in crate::ui) fn live(self, name: &'static str, mut value: impl FnMut() -> String + 'static) -> Self {
        self.live_some(name, move || Some(value()))
    }

    /// An attribute that follows the signals read, and is not there for `None`.
    pub(in crate::ui) fn live_some(
        self,
        name: &'static str,
        value: impl FnMut() -> Option<String> + 'static,
    ) -> Self {
        self.with(Attribute::Live(name, Box::new(value)))
    }

    /// An attribute without a value that comes and goes.
    pub(in crate::ui) fn live_flag(self, name: &'static str, mut on: impl FnMut() -> bool + 'static) -> Self {
        self.live_some(name, move || on().then(String::new))
    }

    /// A class that comes and goes, beside fixed ones.
    pub(in crate::ui) fn class_if(self, name: &'static str, on: impl FnMut() -> bool + 'static) -> Self {
        self.with(Attribute::Toggle(name, Box::new(on)))
    }

    /// What a field holds, until somebody types.
    pub(in crate::ui) fn value(self, value: impl FnMut() -> String + 'static) -> Self {
        self.with(Attribute::Value(Box::new(value)))
    }

    /// One property of its style that follows the signals read.
    pub(in crate::ui) fn style(self, name: &'static str, value: impl FnMut() -> String + 'static) -> Self {
        self.with(Attribute::Style(name, Box::new(value)))
    }

    /// Runs `f` for an event.
    pub(in crate::ui) fn on(self, event: &'static str, f: impl FnMut(&Event) + 'static) -> Self {
        self.with(Attribute::On(event, Box::new(f)))
    }

    /// Runs `f` when it is clicked or pressed.
    pub(in crate::ui) fn on_click(self, mut f: impl FnMut() + 'static) -> Self {
        self.on("click", move |_| f())
    }

    /// Runs `f` with what a field holds, once that is settled.
    pub(in crate::ui) fn on_change(self, mut f: impl FnMut(String) + 'static) -> Self {
        self.on("change", move |event| f(value_of(event)))
    }

    /// Likewise, for a field that is empty afterwards: what was typed or chosen there has been done.
    pub(in crate::ui) fn on_taken(self, mut f: impl FnMut(String) + 'static) -> Self {
        self.on("change", move |event| {
            let words = value_of(event);
            if let Some(field) = event.target() {
                let _ = js_sys::Reflect::set(&field, &"value".into(), &"".into());
            }
            f(words);
        })
    }

    /// Runs `f` with what a field holds, at each key.
    pub(in crate::ui) fn on_input(self, mut f: impl FnMut(String) + 'static) -> Self {
        self.on("input", move |event| f(value_of(event)))
    }

    /// Runs `f` for each key pressed in it.
    pub(in crate::ui) fn on_key(self, mut f: impl FnMut(&KeyboardEvent) + 'static) -> Self {
        self.on("keydown", move |event| {
            if let Some(event) = event.dyn_ref() {
                f(event);
            }
        })
    }

    /// What stands in it, after what is there already.
    pub(in crate::ui) fn child(mut self, child: impl Into<Node>) -> Self {
        self.0.children.push(child.into());
        self
    }

    /// Likewise, one after the other.
    pub(in crate::ui) fn children<N: Into<Node>>(mut self, children: impl IntoIterator<Item = N>) -> Self {
        children.into_iter().for_each(|child| self.0.children.push(child.into()));
        self
    }

    /// Text in it that follows the signals read.
    pub(in crate::ui) fn words(self, f: impl FnMut() -> String + 'static) -> Self {
        self.child(words(f))
    }

    /// A part of it that follows the signals read.
    pub(in crate::ui) fn part(self, f: impl FnMut() -> Node + 'static) -> Self {
        self.child(live(f))
    }
}

/// What the field holds at which an event happened.
fn value_of(event: &Event) -> String {
    let target = event.target().map(wasm_bindgen::JsValue::from).unwrap_or_default();
    js_sys::Reflect::get(&target, &"value".into()).ok().and_then(|v| v.as_string()).unwrap_or_default()
}

impl From<El> for Node {
    fn from(element: El) -> Self {
        Self::Element(element)
    }
}

/// An element in the page.
pub(in crate::ui) struct ElState {
    pub(super) element: Element,
    tag: &'static str,
    attributes: Vec<AttributeState>,
    children: Vec<NodeState>,
}

impl El {
    /// Makes it, with all that is in it.
    pub(super) fn build(self) -> ElState {
        let Parts { tag, attributes, children } = *self.0;
        let element = create(tag);
        let attributes = attributes.into_iter().map(|a| a.build(&element)).collect();
        let children = children.into_iter().map(|child| child_of(&element, child)).collect();
        ElState { element, tag, attributes, children }
    }

    /// Whether the element in the page can become this one: focus and scrolling stay then.
    pub(super) fn fits(&self, state: &ElState) -> bool {
        let parts = &*self.0;
        parts.tag == state.tag
            && parts.attributes.len() == state.attributes.len()
            && parts.attributes.iter().zip(&state.attributes).all(|(new, old)| new.fits(old))
    }

    /// Makes the element in the page, which it fits, this one.
    pub(super) fn rebuild(self, state: &mut ElState) {
        let Parts { attributes, children, .. } = *self.0;
        for (new, old) in attributes.into_iter().zip(&mut state.attributes) {
            new.rebuild(&state.element, old);
        }
        let count = children.len();
        for (i, child) in children.into_iter().enumerate() {
            match state.children.get_mut(i) {
                Some(old) => child.rebuild(old),
                None => state.children.push(child_of(&state.element, child)),
            }
        }
        state.children.drain(count..).for_each(|mut surplus| surplus.unmount());
    }
}

fn child_of(parent: &Element, child: Node) -> NodeState {
    let mut state = child.build();
    state.mount(parent, None);
    state
}

/// Tags of pictures need their namespace; no other tag of ours is in this list.
fn create(tag: &'static str) -> Element {
    const PICTURE: [&str; 10] =
        ["svg", "g", "path", "rect", "line", "circle", "text", "tspan", "polyline", "title"];
    let document = leptos::prelude::document();
    let made = match PICTURE.contains(&tag) {
        true => document.create_element_ns(Some("http://www.w3.org/2000/svg"), tag),
        false => document.create_element(tag),
    };
    made.expect("the tags in the source are valid names")
}
