//! Where an article is being read, for when it is opened again: after a look at another screen, or the next day.

use super::desk::Desk;
use super::page::PAGE;
use crate::browser;
use gloo::events::EventListener;
use leptos::prelude::*;
use std::time::Duration;

/// So long after a scroll the place is noted.
const SETTLED: Duration = Duration::from_millis(200);

/// Goes on where the article was left, unless it was opened for a place in it; and follows the reader.
pub(super) fn follow(desk: Desk) {
    let session = desk.session;
    let Some(article) = desk.article() else { return };
    if let Some(left) = session.left_at(&article) {
        request_animation_frame(move || {
            if session.active.read_untracked().is_none() && session.selected.read_untracked().is_none() {
                browser::read_on(PAGE, left);
            }
        });
    }
    let waiting = StoredValue::new(false);
    let listener = EventListener::new(&window(), "scroll", move |_| {
        if waiting.get_value() {
            return;
        }
        waiting.set_value(true);
        let article = article.clone();
        let note = move || {
            // Not of another screen, which may have come meanwhile.
            let gone = waiting.try_set_value(false).is_some();
            if let Some(place) = browser::reading_place(PAGE).filter(|_| !gone) {
                session.reads_at(article, place);
            }
        };
        set_timeout(note, SETTLED);
    });
    let listener = StoredValue::new_local(Some(listener));
    on_cleanup(move || listener.dispose());
}
