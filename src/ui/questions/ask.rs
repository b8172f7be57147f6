//! The page's side: who asks, who waits, who takes back.

use super::{Answer, Question, Told};
use crate::browser::{self, Helper};
use std::cell::RefCell;
use std::collections::BTreeSet;
use wasm_bindgen::JsValue;

/// What is done with the answer and with word of progress.
pub(in crate::ui) trait Hear: 'static {
    /// How far it has come, in thousandths.
    fn progress(&mut self, done: u32);
    /// The answer.
    fn answer(&mut self, answer: Answer);
    /// Somebody took it back who did not ask it: the key for that.
    fn stopped(&mut self);
}

/// A question that waits for its answer.
struct Pending {
    number: u32,
    bytes: JsValue,
    hear: Box<dyn Hear>,
}

/// One worker, which stays while there may be more to ask.
#[derive(Default)]
struct Desk {
    helper: Option<Helper>,
    pending: Vec<Pending>,
    /// The texts that the worker's index holds, by key.
    known: BTreeSet<String>,
}

thread_local! {
    /// One for searches, which keeps an index, and one for all else, so that neither waits for the other.
    static DESKS: [RefCell<Desk>; 2] = Default::default();
    static NUMBER: RefCell<u32> = const { RefCell::new(0) };
}

/// A question under way. Dropping it takes the question back.
pub(in crate::ui) struct Call {
    desk: usize,
    number: u32,
}

impl Drop for Call {
    fn drop(&mut self) {
        take_back(self.desk, |pending| pending.number == self.number);
    }
}

/// Asks a question.
pub(in crate::ui) fn ask(mut question: Question, hear: impl Hear) -> Call {
    let desk = usize::from(matches!(question, Question::Find(..)));
    let number = NUMBER.with_borrow_mut(|number| {
        *number += 1;
        *number
    });
    DESKS.with(|desks| {
        let mut here = desks[desk].borrow_mut();
        if let Question::Find(texts, _) = &mut question {
            texts.retain(|(key, _)| here.known.insert(key.clone()));
        }
        let bytes = browser::packed((number, question));
        if here.helper.is_none() {
            here.helper = start(desk);
        }
        if let Some(helper) = &here.helper {
            helper.send(&bytes);
        }
        here.pending.push(Pending { number, bytes, hear: Box::new(hear) });
    });
    Call { desk, number }
}

/// Takes back all that is under way; false where nothing is.
pub(in crate::ui) fn stop_all() -> bool {
    let mut stopped = Vec::new();
    for desk in 0..2 {
        stopped.extend(take_back(desk, |_| true));
    }
    let any = !stopped.is_empty();
    stopped.into_iter().for_each(|mut pending| pending.hear.stopped());
    any
}

fn start(desk: usize) -> Option<Helper> {
    Helper::start("worker.js", move |bytes| hear(desk, bytes))
}

/// Hands on what the worker says. Who hears may ask again at once, so nothing is borrowed meanwhile.
fn hear(desk: usize, bytes: JsValue) {
    let (number, told): (u32, Told) = browser::unpacked(bytes);
    let Some((at, mut pending)) = DESKS.with(|desks| {
        let waiting = &mut desks[desk].borrow_mut().pending;
        let at = waiting.iter().position(|p| p.number == number)?;
        Some((at, waiting.remove(at)))
    }) else {
        return;
    };
    match told {
        Told::Answer(answer) => pending.hear.answer(answer),
        Told::Progress(done) => {
            pending.hear.progress(done);
            DESKS.with(|desks| {
                let waiting = &mut desks[desk].borrow_mut().pending;
                waiting.insert(at.min(waiting.len()), pending);
            });
        }
    }
}

/// Ends the worker where it works on what nobody waits for any more; the others' questions are put again.
fn take_back(desk: usize, which: impl Fn(&Pending) -> bool) -> Vec<Pending> {
    DESKS.with(|desks| {
        let mut here = desks[desk].borrow_mut();
        let (gone, stay): (Vec<Pending>, Vec<Pending>) =
            std::mem::take(&mut here.pending).into_iter().partition(|p| which(p));
        here.pending = stay;
        if !gone.is_empty() {
            here.known.clear();
            here.helper = if here.pending.is_empty() { None } else { start(desk) };
            if let Some(helper) = &here.helper {
                here.pending.iter().for_each(|p| helper.send(&p.bytes));
            }
        }
        gone
    })
}
