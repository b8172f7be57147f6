//! Anything that can stand in a page.

use super::each::{Each, EachState};
use super::element::{El, ElState};
use leptos::prelude::*;
use leptos::tachys::view::{Mountable, Render};
use std::borrow::Cow;
use web_sys::{Comment, Element, Text};

/// Something to be shown.
pub(in crate::ui) enum Node {
    /// Nothing yet: it keeps the place.
    Nothing,
    Text(Cow<'static, str>),
    Element(El),
    Many(Vec<Node>),
    /// Made anew whenever a signal that it reads changes.
    Live(Box<dyn FnMut() -> Node>),
    /// Rows that stay with their keys. See [`super::each`].
    Each(Each),
}

/// A part that is made anew whenever a signal that it reads changes. What fits stays as it is in the page.
pub(in crate::ui) fn live(f: impl FnMut() -> Node + 'static) -> Node {
    Node::Live(Box::new(f))
}

/// Text that follows the signals it reads.
pub(in crate::ui) fn words(mut f: impl FnMut() -> String + 'static) -> Node {
    live(move || Node::Text(f().into()))
}

/// One after the other.
pub(in crate::ui) fn many<N: Into<Node>>(nodes: impl IntoIterator<Item = N>) -> Node {
    Node::Many(nodes.into_iter().map(Into::into).collect())
}

/// Shows what `make` makes while `condition` holds; made once each time it begins to hold.
pub(in crate::ui) fn when(
    condition: impl Fn() -> bool + Send + Sync + 'static,
    mut make: impl FnMut() -> Node + 'static,
) -> Node {
    let condition: Box<dyn Fn() -> bool + Send + Sync> = Box::new(condition);
    let holds = Memo::new(move |_| condition());
    live(move || if holds.get() { untrack(&mut make) } else { Node::Nothing })
}

/// Does something outside the page's tree whenever a signal that it reads changes.
pub(in crate::ui) fn react(f: impl FnMut() + 'static) {
    let mut f: Box<dyn FnMut()> = Box::new(f);
    Effect::new(move |_: Option<()>| f());
}

impl From<&'static str> for Node {
    fn from(words: &'static str) -> Self {
        Self::Text(words.into())
    }
}

impl From<String> for Node {
    fn from(words: String) -> Self {
        Self::Text(words.into())
    }
}

impl<N: Into<Node>> From<Option<N>> for Node {
    fn from(node: Option<N>) -> Self {
        node.map_or(Self::Nothing, Into::into)
    }
}

/// Something in the page. Dropping it ends its effects and listeners.
pub(in crate::ui) enum NodeState {
    Nothing(Comment),
    Text(Text, Cow<'static, str>),
    Element(Box<ElState>),
    /// With a comment that marks its end.
    Many(Vec<NodeState>, Comment),
    Live(LiveState),
    Each(EachState),
}

/// A live part in the page. What it shows ends with it, at once: left to itself, the effect's task would keep
/// its value until the task runs for the last time, and a part within it, whose signals are gone by then,
/// could run before that.
pub(in crate::ui) struct LiveState(RenderEffect<NodeState>);

impl Drop for LiveState {
    fn drop(&mut self) {
        drop(self.0.take_value());
    }
}

impl LiveState {
    /// Asks what is shown; `None` only while it is being made anew.
    fn ask<T>(&self, f: impl FnOnce(&mut NodeState) -> T) -> Option<T> {
        self.0.with_value_mut(f)
    }
}

/// A place in the page that shows nothing.
pub(super) fn placeholder() -> Comment {
    document().create_comment("")
}

/// Builds or rebuilds a live part.
fn follow(mut f: Box<dyn FnMut() -> Node>, before: Option<NodeState>) -> LiveState {
    let run = move |before: Option<NodeState>| match before {
        Some(mut state) => {
            f().rebuild(&mut state);
            state
        }
        None => f().build(),
    };
    LiveState(match before {
        Some(_) => RenderEffect::new_with_value(run, before),
        None => RenderEffect::new(run),
    })
}

impl Render for Node {
    type State = NodeState;

    fn build(self) -> NodeState {
        match self {
            Self::Nothing => NodeState::Nothing(placeholder()),
            Self::Text(words) => NodeState::Text(document().create_text_node(&words), words),
            Self::Element(element) => NodeState::Element(Box::new(element.build())),
            Self::Many(nodes) => {
                NodeState::Many(nodes.into_iter().map(Render::build).collect(), placeholder())
            }
            Self::Live(f) => NodeState::Live(follow(f, None)),
            Self::Each(each) => NodeState::Each(each.build()),
        }
    }

    fn rebuild(self, state: &mut NodeState) {
        match (self, state) {
            (Self::Nothing, NodeState::Nothing(_)) => {}
            (Self::Text(new), NodeState::Text(node, old)) => {
                if new != *old {
                    node.set_data(&new);
                    *old = new;
                }
            }
            (Self::Element(new), NodeState::Element(old)) if new.fits(old) => new.rebuild(old),
            (Self::Many(new), NodeState::Many(old, end)) => rebuild_many(new, old, end),
            (Self::Live(f), NodeState::Live(old)) => *old = follow(f, old.0.take_value()),
            (Self::Each(new), NodeState::Each(old)) => new.rebuild(old),
            (new, state) => {
                let mut fresh = new.build();
                state.insert_before_this(&mut fresh);
                state.unmount();
                *state = fresh;
            }
        }
    }
}

fn rebuild_many(new: Vec<Node>, old: &mut Vec<NodeState>, end: &Comment) {
    let count = new.len();
    for (i, node) in new.into_iter().enumerate() {
        match old.get_mut(i) {
            Some(state) => node.rebuild(state),
            None => {
                let mut state = node.build();
                mount_before(&mut state, end);
                old.push(state);
            }
        }
    }
    old.drain(count..).for_each(|mut surplus| surplus.unmount());
}

/// Mounts before a node that is in the page.
pub(super) fn mount_before(state: &mut dyn Mountable, node: &web_sys::Node) -> bool {
    match node.parent_element() {
        Some(parent) => {
            state.mount(&parent, Some(node));
            true
        }
        None => false,
    }
}

fn put(node: &web_sys::Node, parent: &Element, before: Option<&web_sys::Node>) {
    let _ = parent.insert_before(node, before);
}

fn take_out(node: &web_sys::Node) {
    if let Some(parent) = node.parent_node() {
        let _ = parent.remove_child(node);
    }
}

impl NodeState {
    /// Its first node in the page; `None` only while it is being made anew.
    pub(super) fn first(&self) -> Option<web_sys::Node> {
        match self {
            Self::Nothing(node) => Some(node.clone().into()),
            Self::Text(node, _) => Some(node.clone().into()),
            Self::Element(state) => Some(state.element.clone().into()),
            Self::Many(states, end) => states.first().map_or_else(|| Some(end.clone().into()), Self::first),
            Self::Live(part) => part.ask(|state| state.first()).flatten(),
            Self::Each(state) => state.first(),
        }
    }

    /// Its last one.
    pub(super) fn last(&self) -> Option<web_sys::Node> {
        match self {
            Self::Many(_, end) => Some(end.clone().into()),
            Self::Live(part) => part.ask(|state| state.last()).flatten(),
            Self::Each(state) => Some(state.last()),
            Self::Nothing(_) | Self::Text(..) | Self::Element(_) => self.first(),
        }
    }
}

impl Mountable for NodeState {
    fn unmount(&mut self) {
        match self {
            Self::Nothing(node) => take_out(node),
            Self::Text(node, _) => take_out(node),
            Self::Element(state) => take_out(&state.element),
            Self::Many(states, end) => {
                states.iter_mut().for_each(Mountable::unmount);
                take_out(end);
            }
            Self::Live(part) => {
                part.ask(Mountable::unmount);
            }
            Self::Each(state) => state.unmount(),
        }
    }

    fn mount(&mut self, parent: &Element, before: Option<&web_sys::Node>) {
        match self {
            Self::Nothing(node) => put(node, parent, before),
            Self::Text(node, _) => put(node, parent, before),
            Self::Element(state) => put(&state.element, parent, before),
            Self::Many(states, end) => {
                states.iter_mut().for_each(|state| state.mount(parent, before));
                put(end, parent, before);
            }
            Self::Live(part) => {
                part.ask(|state| state.mount(parent, before));
            }
            Self::Each(state) => state.mount(parent, before),
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.first().is_some_and(|first| mount_before(child, &first))
    }

    fn elements(&self) -> Vec<Element> {
        match self {
            Self::Element(state) => vec![state.element.clone()],
            Self::Many(states, _) => states.iter().flat_map(Mountable::elements).collect(),
            Self::Live(part) => part.ask(|state| state.elements()).unwrap_or_default(),
            Self::Each(state) => state.elements(),
            Self::Nothing(_) | Self::Text(..) => Vec::new(),
        }
    }
}
