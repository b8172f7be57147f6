//! What the page says to the person: words that pass, and problems that stay.

use super::Session;
use crate::ui::actions;
use crate::ui::messages::M;
use leptos::prelude::*;

/// Something the person should know.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui) struct Notice {
    pub(in crate::ui) number: u64,
    pub(in crate::ui) words: String,
    pub(in crate::ui) problem: bool,
    /// Whether it is about a file that was opened: it goes when the next one is.
    of_file: bool,
}

/// What there is to say of a file that was taken in.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::ui) struct Taken {
    pub(in crate::ui) name: String,
    /// How many records of it are here.
    pub(in crate::ui) records: usize,
    /// Whether it was whole.
    pub(in crate::ui) whole: bool,
    /// The places in it, and what is wrong there.
    pub(in crate::ui) issues: Vec<(String, String)>,
}

impl Session {
    /// Says something that will pass.
    pub(in crate::ui) fn say(&self, words: String) {
        self.spoken.set(words.clone());
        self.notify(words, false, false);
    }

    /// Says what to do, with the keys that do it.
    pub(in crate::ui) fn say_how(&self, message: M) {
        self.say(actions::how(message));
    }

    /// Says something that went wrong. It stays until it is closed.
    pub(in crate::ui) fn complain(&self, words: String) {
        self.notify(words, true, false);
    }

    /// Says what is wrong with a file that was opened. It stays until it is closed, or another file is opened.
    pub(in crate::ui) fn complain_of_file(&self, words: String) {
        self.notify(words, true, true);
    }

    /// Another file is being opened.
    pub(in crate::ui) fn forget_last_file(&self) {
        self.notices.update(|notices| notices.retain(|n| !n.of_file));
    }

    fn notify(&self, words: String, problem: bool, of_file: bool) {
        let number = self.notices.with_untracked(|n| n.last().map_or(0, |last| last.number + 1));
        self.notices.update(|notices| {
            // One passing word at a time is enough; problems stay.
            notices.retain(|n| n.problem && n.words != words);
            notices.push(Notice { number, words, problem, of_file });
        });
        if !problem {
            let notices = self.notices;
            set_timeout(
                move || {
                    notices.try_update(|all| all.retain(|n| n.number != number));
                },
                std::time::Duration::from_secs(6),
            );
        }
    }
}
