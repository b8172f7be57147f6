//! The desk beside the page: a worker that stays once it was needed, and what it has been sent.

use super::orders;
use super::paint::Does;
use crate::browser::{self, Helper};
use crate::codecs::project_file;
use crate::model::Project;
use crate::together::{Desk, Event, Reply, Tree};
use crate::ui::session::Session;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

/// Where the worker's program is asked to serve the desk.
const ADDRESS: &str = "worker.js#desk";

#[derive(Default)]
struct Beside {
    helper: Option<Helper>,
    /// The project as the desk knows it.
    sent: Option<Project>,
    /// Who is shown what it answers.
    shown: Option<(Session, RwSignal<Option<Arc<Tree>>>)>,
}

thread_local! {
    static BESIDE: RefCell<Beside> = RefCell::default();
    /// The number of the last drawing.
    static DRAWN: Cell<u32> = const { Cell::new(0) };
}

/// Shows what the desk answers in a signal, until another screen asks for it.
pub(super) fn attach(session: Session, shown: RwSignal<Option<Arc<Tree>>>) -> Does {
    BESIDE.with_borrow_mut(|beside| beside.shown = Some((session, shown)));
    Rc::new(|act, value| send(Event::Act { drawn: DRAWN.get(), act, value }))
}

/// Sends an event to the desk.
pub(super) fn send(event: Event) {
    BESIDE.with_borrow_mut(|beside| {
        if beside.helper.is_none() {
            beside.helper = Helper::start(ADDRESS, |bytes| hear(browser::unpacked(bytes)));
        }
        if let Some(helper) = &beside.helper {
            helper.send(&browser::packed(event));
        }
    });
}

/// Sends what changed since last time: the whole project, where it is another one.
pub(super) fn follow(session: Session, project: &Project) {
    let sent = BESIDE.with_borrow_mut(|beside| beside.sent.replace(project.clone()));
    let event = match sent.filter(|sent| sent.id() == project.id()) {
        None => Event::Begin {
            project: project_file::write(project),
            me: session.me().to_string(),
            today: browser::today(),
            reports: session.keep(|keep| keep.reports(project.id())),
        },
        // Records that did not change are shared between the two.
        Some(sent) => Event::Changed(project_file::write(
            &project.only(|id, entry| sent.entry(id).is_none_or(|before| !std::ptr::eq(before, entry))),
        )),
    };
    send(event);
}

fn hear(reply: Reply) {
    let Reply { drawn, tree, orders } = reply;
    DRAWN.set(drawn);
    let Some((session, shown)) = BESIDE.with_borrow(|beside| beside.shown) else { return };
    shown.try_set(Some(Arc::new(tree)));
    orders.into_iter().for_each(|order| orders::carry_out(session, order));
}

/// Serves this global as the desk, if that is what was asked for.
pub fn serve_desk() -> bool {
    let get =
        |of: &wasm_bindgen::JsValue, name: &str| js_sys::Reflect::get(of, &name.into()).unwrap_or_default();
    let address = get(&get(&js_sys::global(), "location"), "hash").as_string();
    if address.as_deref() != Some("#desk") {
        return false;
    }
    let mut desk = Desk::default();
    browser::hear_page(move |bytes| {
        let reply = desk.hear(browser::unpacked(bytes));
        browser::tell_page(&browser::packed(reply));
    });
    true
}
