//! Comparing off the page's thread: a worker (`src/worker.rs`) runs the same core function.

use crate::text::Text;
use crate::versions::compare::{Comparison, Side, compare as compare_now};
use gloo::worker::{HandlerId, Registrable, Spawnable, Worker, WorkerScope};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::ops::ControlFlow;
use std::sync::Arc;

/// A text on its way to the worker.
#[derive(Serialize, Deserialize)]
struct Sent {
    text: String,
    published: Option<String>,
}

impl From<Side> for Sent {
    fn from(side: Side) -> Self {
        Self { text: side.text.as_str().to_owned(), published: side.published }
    }
}

impl From<Sent> for Side {
    fn from(sent: Sent) -> Self {
        Self { text: Text::new(sent.text), published: sent.published }
    }
}

/// What the page asks.
#[derive(Serialize, Deserialize)]
struct Question {
    a: Sent,
    b: Sent,
}

struct Comparer;

impl Worker for Comparer {
    type Message = ();
    type Input = Question;
    type Output = Comparison;

    fn create(_: &WorkerScope<Self>) -> Self {
        Self
    }

    fn update(&mut self, _: &WorkerScope<Self>, (): ()) {}

    fn received(&mut self, scope: &WorkerScope<Self>, question: Question, id: HandlerId) {
        // Leaving the screen ends the worker, so that nothing need be broken off from inside.
        let mut go_on = |_| ControlFlow::Continue(());
        if let ControlFlow::Continue(found) = compare_now(&question.a.into(), &question.b.into(), &mut go_on)
        {
            scope.respond(id, found);
        }
    }
}

/// Serves this global as the worker that compares.
pub fn serve() {
    Comparer::registrar().register();
}

/// Compares two texts; the answer comes when it is there. The worker ends with the component that
/// asked.
pub(super) fn compare(a: Side, b: Side) -> RwSignal<Option<Arc<Comparison>>> {
    let answer = RwSignal::new(None);
    let bridge = Comparer::spawner()
        .callback(move |found| {
            answer.try_set(Some(Arc::new(found)));
        })
        .with_loader(true)
        .as_module(true)
        .spawn("worker.js");
    bridge.send(Question { a: a.into(), b: b.into() });
    let bridge = StoredValue::new_local(Some(bridge));
    on_cleanup(move || bridge.dispose());
    answer
}
