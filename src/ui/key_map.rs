//! Which keys do what: each action's own keys, and those that the person gave it instead.

use super::actions::{ACTIONS, Action};
use crate::browser::Chord;
use leptos::prelude::*;
use std::cell::RefCell;

/// What was given to an action by its name.
type Given = (&'static str, Chord);

thread_local! {
    static GIVEN: RefCell<Vec<Given>> = const { RefCell::new(Vec::new()) };
    static CHANGED: RwSignal<u32> = RwSignal::new(0);
}

/// Takes up what was kept; what names no action or no key any more is left out.
pub(super) fn take_up(kept: &[(String, String)]) {
    let known = |(name, chord): &(String, String)| {
        let action = ACTIONS.iter().find(|a| a.name == *name)?;
        Some((action.name, Chord::parse(chord)?))
    };
    GIVEN.set(kept.iter().filter_map(known).collect());
}

/// What is to be kept.
pub(super) fn to_keep() -> Vec<(String, String)> {
    GIVEN.with_borrow(|given| given.iter().map(|(name, chord)| ((*name).to_owned(), chord.code())).collect())
}

/// The keys of an action as they are now. Follows changes.
pub(super) fn keys_of(action: &Action) -> Vec<Chord> {
    CHANGED.with(|changed| changed.track());
    let given = GIVEN.with_borrow(|g| g.iter().find(|(name, _)| *name == action.name).map(|(_, c)| *c));
    match given {
        Some(chord) => vec![chord],
        None => action.keys.to_vec(),
    }
}

/// Whether somebody gave the action a key of their own.
pub(super) fn is_given(action: &Action) -> bool {
    CHANGED.with(|changed| changed.track());
    GIVEN.with_borrow(|given| given.iter().any(|(name, _)| *name == action.name))
}

/// Gives an action a key; the other action that has it already, where both can be done at once, is returned
/// and nothing is changed.
pub(super) fn give(action: &'static Action, chord: Chord) -> Result<(), &'static Action> {
    let clash = ACTIONS
        .iter()
        .filter(|other| other.name != action.name && other.meets(action))
        .find(|other| keys_of(other).contains(&chord));
    if let Some(other) = clash {
        return Err(other);
    }
    GIVEN.with_borrow_mut(|given| {
        given.retain(|(name, _)| *name != action.name);
        if !action.keys.contains(&chord) || action.keys.len() > 1 {
            given.push((action.name, chord));
        }
    });
    CHANGED.with(|changed| changed.update(|n| *n += 1));
    Ok(())
}

/// Gives an action its own keys back.
pub(super) fn give_back(action: &Action) {
    GIVEN.with_borrow_mut(|given| given.retain(|(name, _)| *name != action.name));
    CHANGED.with(|changed| changed.update(|n| *n += 1));
}
