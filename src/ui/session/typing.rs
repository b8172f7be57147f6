//! Words that somebody is typing: they are taken in after a pause, and when the page is hidden or left, without
//! waiting until the field is. However often, one stay in a field is one step.

use super::Session;
use crate::browser;
use crate::store::reversal;
use crate::ui::view::El;
use gloo::events::EventListener;
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

/// The pause in typing after which words are taken in.
const PAUSE: Duration = Duration::from_secs(1);

impl Session {
    /// Runs `f` with what a field holds: once that is settled, and while it is typed.
    pub(in crate::ui) fn typed(self, field: El, f: impl FnMut(String) + 'static) -> El {
        let mut f: Box<dyn FnMut(String)> = Box::new(f);
        field.set(browser::TYPED, "").on_change(move |words| self.take_in_words(&mut f, words))
    }

    /// In place of what was taken in before in the same stay, if nothing else was done since.
    fn take_in_words(self, f: &mut dyn FnMut(String), words: String) {
        let steps = || self.inner.with_value(|inner| inner.touched.records.len());
        let (before, typed) = (steps(), self.inner.with_value(|inner| inner.typed));
        if self.typing.get_untracked() && typed == Some(before) {
            let step = self.inner.with_value(|inner| inner.history.to_undo().cloned());
            if let Some(step) = step {
                let back = self.act(|project, context| reversal(project, &step, context));
                self.commit(back);
            }
        }
        let before = steps();
        f(words);
        let after = steps();
        self.inner.update_value(|inner| inner.typed = (after > before).then_some(after));
        self.typing.set(false);
    }

    /// Follows what is typed.
    pub(in crate::ui) fn listen_to_typing(self) {
        let turn = Rc::new(Cell::new(0_u32));
        let input = EventListener::new(&document(), "input", move |_| {
            if !browser::is_typing(true) {
                return;
            }
            self.typing.set(true);
            let (turn, now) = (turn.clone(), turn.get() + 1);
            turn.set(now);
            let pause = move || {
                // Half a name, or none, is no name yet.
                if turn.get() == now && browser::is_typing(false) {
                    self.take_in_typed();
                } else if !browser::is_typing(true) {
                    self.stop_typing();
                }
            };
            set_timeout(pause, PAUSE);
        });
        input.forget();
        let enter = move |_: &web_sys::Event| self.inner.update_value(|inner| inner.typed = None);
        EventListener::new(&document(), "focusin", enter).forget();
        // Words that were changed are in by now; of others nothing is said.
        EventListener::new(&document(), "focusout", move |_| self.stop_typing()).forget();
    }

    fn stop_typing(self) {
        if self.typing.get_untracked() {
            self.typing.set(false);
        }
    }

    /// Takes in what is being typed, now.
    pub(in crate::ui) fn take_in_typed(self) {
        if self.typing.get_untracked() {
            browser::settle_field();
            self.stop_typing();
        }
    }
}
