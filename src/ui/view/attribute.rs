//! What an element carries: attributes, classes, properties and listeners.

use gloo::events::{EventListener, EventListenerOptions};
use leptos::prelude::RenderEffect;
use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

/// What is run for an event.
pub(super) type Handler = Box<dyn FnMut(&Event)>;

/// One thing that an element carries.
pub(super) enum Attribute {
    /// Set once. `None` is an attribute that is not there.
    Fixed(&'static str, Option<Cow<'static, str>>),
    /// Follows the signals it reads.
    Live(&'static str, Box<dyn FnMut() -> Option<String>>),
    /// A class that comes and goes. After the attribute `class`, which must be fixed then.
    Toggle(&'static str, Box<dyn FnMut() -> bool>),
    /// The property `value` of a field, which differs from the attribute once somebody typed.
    Value(Box<dyn FnMut() -> String>),
    /// One property of its style, set through the style object: the page's policy forbids inline styles.
    Style(&'static str, Box<dyn FnMut() -> String>),
    /// Runs for an event at the element.
    On(&'static str, Handler),
}

/// An attribute as it stands at its element. Dropping it ends effects and listeners.
pub(super) enum AttributeState {
    Fixed(&'static str, Option<Cow<'static, str>>),
    Live(&'static str, #[expect(dead_code, reason = "kept alive")] RenderEffect<Option<String>>),
    Toggle(&'static str, #[expect(dead_code, reason = "kept alive")] RenderEffect<bool>),
    Value(#[expect(dead_code, reason = "kept alive")] RenderEffect<String>),
    Style(&'static str, #[expect(dead_code, reason = "kept alive")] RenderEffect<String>),
    On(&'static str, Rc<RefCell<Handler>>, #[expect(dead_code, reason = "kept alive")] EventListener),
}

impl Attribute {
    /// Puts it on an element.
    pub(super) fn build(self, element: &Element) -> AttributeState {
        match self {
            Self::Fixed(name, value) => {
                if let Some(value) = &value {
                    put(element, name, Some(value));
                }
                AttributeState::Fixed(name, value)
            }
            Self::Live(name, value) => AttributeState::Live(name, follow(element.clone(), name, value)),
            Self::Toggle(name, on) => AttributeState::Toggle(name, toggle(element.clone(), name, on)),
            Self::Value(value) => AttributeState::Value(follow_value(element.clone(), value)),
            Self::Style(name, value) => AttributeState::Style(name, follow_style(element, name, value)),
            Self::On(name, handler) => listen(element, name, handler),
        }
    }

    /// Whether this one can take the place of `state` without a new element.
    pub(super) fn fits(&self, state: &AttributeState) -> bool {
        match (self, state) {
            (Self::Fixed(a, _), AttributeState::Fixed(b, _))
            | (Self::Live(a, _), AttributeState::Live(b, _))
            | (Self::Toggle(a, _), AttributeState::Toggle(b, _))
            | (Self::Style(a, _), AttributeState::Style(b, _))
            | (Self::On(a, _), AttributeState::On(b, ..)) => a == b,
            (Self::Value(_), AttributeState::Value(_)) => true,
            _ => false,
        }
    }

    /// Takes the place of one that it fits.
    pub(super) fn rebuild(self, element: &Element, state: &mut AttributeState) {
        match (self, state) {
            (Self::Fixed(name, new), AttributeState::Fixed(_, old)) => {
                if new != *old {
                    put(element, name, new.as_deref());
                    put_into_field(element, name, new.as_deref());
                    *old = new;
                }
            }
            (Self::On(_, handler), AttributeState::On(_, old, _)) => *old.borrow_mut() = handler,
            (new, state) => *state = new.build(element),
        }
    }
}

/// Sets or removes an attribute. A name that is none is a mistake in the source, seen at once as no effect.
fn put(element: &Element, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

/// What somebody typed or chose goes before the attribute, so that the property has to follow too; but not in a
/// field in which somebody is typing.
fn put_into_field(element: &Element, name: &str, value: Option<&str>) {
    let now = match name {
        "selected" | "checked" => value.is_some().into(),
        "value" if element.tag_name() == "INPUT" => {
            let at_hand = leptos::prelude::document().active_element();
            if at_hand.as_ref() == Some(element) {
                return;
            }
            value.unwrap_or_default().into()
        }
        _ => return,
    };
    let _ = js_sys::Reflect::set(element, &name.into(), &now);
}

fn follow(
    element: Element,
    name: &'static str,
    mut value: Box<dyn FnMut() -> Option<String>>,
) -> RenderEffect<Option<String>> {
    RenderEffect::new(move |before: Option<Option<String>>| {
        let now = value();
        if before.as_ref() != Some(&now) {
            put(&element, name, now.as_deref());
        }
        now
    })
}

fn toggle(element: Element, name: &'static str, mut on: Box<dyn FnMut() -> bool>) -> RenderEffect<bool> {
    RenderEffect::new(move |before: Option<bool>| {
        let now = on();
        if before != Some(now) {
            let _ = element.class_list().toggle_with_force(name, now);
        }
        now
    })
}

fn follow_value(element: Element, mut value: Box<dyn FnMut() -> String>) -> RenderEffect<String> {
    RenderEffect::new(move |_| {
        let now = value();
        let _ = js_sys::Reflect::set(&element, &"value".into(), &now.as_str().into());
        now
    })
}

fn follow_style(
    element: &Element,
    name: &'static str,
    mut value: Box<dyn FnMut() -> String>,
) -> RenderEffect<String> {
    let style = element.dyn_ref::<web_sys::HtmlElement>().map(web_sys::HtmlElement::style);
    RenderEffect::new(move |_| {
        let now = value();
        if let Some(style) = &style {
            let _ = style.set_property(name, &now);
        }
        now
    })
}

fn listen(element: &Element, name: &'static str, handler: Handler) -> AttributeState {
    let handler = Rc::new(RefCell::new(handler));
    let run = handler.clone();
    let options = EventListenerOptions::enable_prevent_default();
    let listener = EventListener::new_with_options(element, name, options, move |event| {
        // A handler that causes its own event (a blur, say) is not entered twice.
        if let Ok(mut run) = run.try_borrow_mut() {
            run(event);
        }
    });
    AttributeState::On(name, handler, listener)
}
