//! A question as a screen sees it: an answer, or how far it has come and a way to take it back.

use super::ask::Hear;
use super::{Answer, Call, Question, ask};
use crate::ui::messages::{M, fill, t};
use crate::ui::view::{Node, button, el};
use leptos::prelude::*;
use std::sync::Arc;

/// How a question stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stand {
    /// Under way, in thousandths.
    Working(u32),
    Stopped,
    Done,
}

/// A question that is asked anew whenever what it is about changes. The last answer stays until the next.
pub(in crate::ui) struct Asked<T: Send + Sync + 'static> {
    pub(in crate::ui) answer: RwSignal<Option<Arc<T>>>,
    stand: RwSignal<Stand>,
    again: RwSignal<u32>,
}

impl<T: Send + Sync + 'static> Clone for Asked<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Asked<T> {}

struct Listener {
    stand: RwSignal<Stand>,
    take: Box<dyn FnMut(Answer)>,
}

impl Hear for Listener {
    fn progress(&mut self, done: u32) {
        self.stand.try_set(Stand::Working(done));
    }

    fn answer(&mut self, answer: Answer) {
        (self.take)(answer);
        self.stand.try_set(Stand::Done);
    }

    fn stopped(&mut self) {
        self.stand.try_set(Stand::Stopped);
    }
}

/// Asks what `question` says now and whenever a signal that it reads changes; `read` finds the answer.
/// Leaving the screen takes the question back.
pub(in crate::ui) fn asked<T: Send + Sync + 'static>(
    mut question: impl FnMut() -> Option<Question> + 'static,
    read: fn(Answer) -> Option<T>,
) -> Asked<T> {
    let answer = RwSignal::new(None);
    let (stand, again) = (RwSignal::new(Stand::Done), RwSignal::new(0));
    let call: StoredValue<Option<Call>, LocalStorage> = StoredValue::new_local(None);
    crate::ui::view::react(move || {
        again.track();
        let Some(question) = question() else { return };
        // The former question first: asking keeps the worker's place for one that comes.
        call.update_value(|call| drop(call.take()));
        stand.set(Stand::Working(0));
        let take = move |found: Answer| {
            if let Some(found) = read(found) {
                answer.try_set(Some(Arc::new(found)));
            }
        };
        let now = ask(question, Listener { stand, take: Box::new(take) });
        call.set_value(Some(now));
    });
    on_cleanup(move || call.dispose());
    Asked { answer, stand, again }
}

impl<T: Send + Sync + 'static> Asked<T> {
    /// How far it has come, with a way to stop. The style sheet shows it only after half a second.
    pub(in crate::ui) fn progress(self, working: M) -> Node {
        let (stand, again) = (self.stand, self.again);
        progress(stand, again, working)
    }
}

fn progress(stand: RwSignal<Stand>, again: RwSignal<u32>, working: M) -> Node {
    let phase = Memo::new(move |_| match stand.get() {
        Stand::Working(_) => 0,
        Stand::Stopped => 1,
        Stand::Done => 2,
    });
    let done = move || match stand.get() {
        Stand::Working(done) => done,
        _ => 1000,
    };
    crate::ui::view::live(move || match phase.get() {
        0 => el("div")
            .class("working")
            .child(
                el("progress").set("max", "1000").label(t(working)).live("value", move || done().to_string()),
            )
            .child(
                el("span").words(move || fill(M::WorkingPercent, &[t(working), &(done() / 10).to_string()])),
            )
            .child(button(t(M::Stop)).class("stop").tip(t(M::StopTip)).on_click(|| {
                super::stop_all();
            }))
            .into(),
        1 => el("p")
            .class("stopped-work")
            .set("role", "status")
            .child(t(M::StoppedWork))
            .child(" ")
            .child(button(t(M::DoAgain)).on_click(move || again.update(|n| *n += 1)))
            .into(),
        _ => Node::Nothing,
    })
}
