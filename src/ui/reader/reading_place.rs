//! Where an article is being read, for when it is opened again: after a look at another screen, or the next day.

use super::desk::Desk;
use super::page::PAGE;
use crate::browser;
use gloo::events::EventListener;
use leptos::prelude::*;

/// Goes on where the article was left, unless it was opened for a place in it.
pub(super) fn go_on(desk: Desk) {
    let session = desk.session;
    if let Some(left) = desk.article().and_then(|article| session.left_at(article.as_str())) {
        request_animation_frame(move || {
            if session.active.read_untracked().is_none() && session.selected.read_untracked().is_none() {
                browser::read_on(PAGE, left);
            }
        });
    }
}

/// Notes where the article is read while it is scrolled, and passes on the UTF-16 position of the first paragraph in
/// sight.
pub(super) fn follow(desk: Desk, pass: impl Fn(u32) + Copy + 'static) {
    let waiting = StoredValue::new(false);
    let listener = EventListener::new(&window(), "scroll", move |_| {
        if waiting.get_value() {
            return;
        }
        waiting.set_value(true);
        request_animation_frame(move || {
            // Not of another screen, which may have come meanwhile.
            if waiting.try_set_value(false).is_some() {
                return;
            }
            let (place, article) = (browser::reading_place(PAGE), desk.article());
            if let Some((place, article)) = place.zip(article) {
                desk.session.reads_at(article.as_str(), place);
                pass(place.0);
            }
        });
    });
    let listener = StoredValue::new_local(Some(listener));
    on_cleanup(move || listener.dispose());
}
