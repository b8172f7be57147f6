//! Lists whose rows stay with their keys: a row keeps its place in the page, its focus and its effects while
//! others come, go and move.

use super::node::{Node, NodeState, live, mount_before, placeholder};
use leptos::prelude::*;
use leptos::tachys::view::{Mountable, Render};
use std::collections::BTreeMap;
use std::rc::Rc;
use web_sys::{Comment, Element};

/// Rows, each with its key.
pub(in crate::ui) struct Each {
    /// What owns the rows' signals: it outlives the change of the list.
    owner: Owner,
    rows: Vec<(String, Box<dyn FnOnce() -> Node>)>,
}

/// A list that follows the signals that `items` reads. A key names a row as long as it is shown: `row` is not
/// asked again for a key that stays, so a row looks up by itself what may change in it.
pub(in crate::ui) fn each<T: 'static>(
    mut items: impl FnMut() -> Vec<T> + 'static,
    key: fn(&T) -> String,
    row: impl Fn(T) -> Node + 'static,
) -> Node {
    let owner = Owner::current().unwrap_or_default();
    let row = Rc::new(row);
    live(move || {
        let rows = items().into_iter().map(|item| {
            let (key, row) = (key(&item), row.clone());
            let make: Box<dyn FnOnce() -> Node> = Box::new(move || row(item));
            (key, make)
        });
        Node::Each(Each { owner: owner.clone(), rows: rows.collect() })
    })
}

struct Row {
    key: String,
    owner: Owner,
    state: NodeState,
}

/// Rows in the page, with a comment that marks their end.
pub(in crate::ui) struct EachState {
    owner: Owner,
    rows: Vec<Row>,
    end: Comment,
}

fn build(owner: &Owner, key: String, make: Box<dyn FnOnce() -> Node>) -> Row {
    let owner = owner.with(Owner::new);
    let state = owner.with(|| untrack(make).build());
    Row { key, owner, state }
}

impl Each {
    pub(super) fn build(self) -> EachState {
        let rows = self.rows.into_iter().map(|(key, make)| build(&self.owner, key, make)).collect();
        EachState { owner: self.owner, rows, end: placeholder() }
    }

    /// Rows that stay and keep their order are not touched.
    pub(super) fn rebuild(self, state: &mut EachState) {
        let mut places = BTreeMap::new();
        // Rows of another list, whose signals may be gone, are not this one's, whatever their keys.
        if self.owner == state.owner {
            for (i, row) in state.rows.iter().enumerate() {
                places.insert(row.key.clone(), i);
            }
        }
        state.owner = self.owner.clone();
        let mut before: Vec<Option<Row>> = std::mem::take(&mut state.rows).into_iter().map(Some).collect();
        for (key, make) in self.rows {
            let stayed = places.get(&key).and_then(|i| before[*i].take());
            state.rows.push(stayed.unwrap_or_else(|| build(&self.owner, key, make)));
        }
        for mut gone in before.into_iter().flatten() {
            gone.state.unmount();
            gone.owner.cleanup();
        }
        place(&mut state.rows, &state.end);
    }
}

/// Puts rows in order, from the last to the first, moving only those that are not where they belong.
fn place(rows: &mut [Row], end: &Comment) {
    let mut next: web_sys::Node = end.clone().into();
    for row in rows.iter_mut().rev() {
        if row.state.last().and_then(|node| node.next_sibling()).as_ref() != Some(&next) {
            mount_before(&mut row.state, &next);
        }
        next = row.state.first().unwrap_or(next);
    }
}

impl EachState {
    pub(super) fn first(&self) -> Option<web_sys::Node> {
        match self.rows.first() {
            Some(row) => row.state.first(),
            None => Some(self.end.clone().into()),
        }
    }

    pub(super) fn last(&self) -> web_sys::Node {
        self.end.clone().into()
    }
}

impl Mountable for EachState {
    fn unmount(&mut self) {
        self.rows.iter_mut().for_each(|row| row.state.unmount());
        if let Some(parent) = self.end.parent_node() {
            let _ = parent.remove_child(&self.end);
        }
    }

    fn mount(&mut self, parent: &Element, before: Option<&web_sys::Node>) {
        self.rows.iter_mut().for_each(|row| row.state.mount(parent, before));
        let _ = parent.insert_before(&self.end, before);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.first().is_some_and(|first| mount_before(child, &first))
    }

    fn elements(&self) -> Vec<Element> {
        self.rows.iter().flat_map(|row| row.state.elements()).collect()
    }
}
