//! The desks beside the page: workers that stay once they were needed, and what they have been sent.

use super::orders;
use super::paint::Does;
use crate::beside::{Event, Order, Reply, Tree};
use crate::browser::{self, Helper};
use crate::codecs::project_file;
use crate::model::Project;
use crate::ui::session::Session;
use crate::{together, training};
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

/// Which desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Which {
    /// Colleagues' files, agreement, disagreements.
    Together,
    /// Training data out and in.
    Training,
}

impl Which {
    /// Where the worker's program is asked to serve it.
    fn address(self) -> &'static str {
        match self {
            Self::Together => "worker.js#desk",
            Self::Training => "worker.js#training",
        }
    }
}

#[derive(Default)]
struct Beside {
    helper: Option<Helper>,
    /// The project as the desk knows it.
    sent: Option<Project>,
    /// Who is shown what it answers.
    shown: Option<(Session, RwSignal<Option<Arc<Tree>>>)>,
    /// The number of the last drawing.
    drawn: u32,
    /// Whether it is at work that the person sees and may break off.
    working: bool,
}

thread_local! {
    static DESKS: [RefCell<Beside>; 2] = Default::default();
}

fn with<T>(which: Which, f: impl FnOnce(&mut Beside) -> T) -> T {
    DESKS.with(|desks| f(&mut desks[which as usize].borrow_mut()))
}

/// Shows what the desk answers in a signal, until another screen asks for it.
pub(super) fn attach(which: Which, session: Session, shown: RwSignal<Option<Arc<Tree>>>) -> Does {
    with(which, |beside| beside.shown = Some((session, shown)));
    Rc::new(move |act, value| {
        let drawn = with(which, |beside| beside.drawn);
        send(which, Event::Act { drawn, act, value });
    })
}

/// Sends an event to the desk.
pub(super) fn send(which: Which, event: Event) {
    with(which, |beside| {
        if beside.helper.is_none() {
            beside.helper =
                Helper::start(which.address(), move |bytes| hear(which, browser::unpacked(bytes)));
        }
        if let Some(helper) = &beside.helper {
            helper.send(&browser::packed(event));
        }
    });
}

/// Sends what changed since last time: the whole project, where it is another one.
pub(super) fn follow(which: Which, session: Session, project: &Project) {
    let sent = with(which, |beside| beside.sent.replace(project.clone()));
    // Records that did not change are shared between the two.
    if let Some(sent) = sent.filter(|sent| sent.id() == project.id()) {
        let changed =
            project.only(|id, entry| sent.entry(id).is_none_or(|before| !std::ptr::eq(before, entry)));
        return send(which, Event::Changed(project_file::write(&changed)));
    }
    let (reports, choices) = session.keep(|keep| (keep.reports(project.id()), keep.choices()));
    let (me, today) = (session.me().to_string(), browser::today());
    send(which, Event::Begin { project: project_file::write(project), me, today, reports });
    send(which, Event::Seat { choices, replica: browser::random_name(), now: browser::now() });
}

/// Breaks off what the desk is at, if it is: its worker ends, and another begins with the project as it is.
pub(super) fn stop(which: Which) {
    let stopped = with(which, |beside| {
        let working = std::mem::take(&mut beside.working);
        if working {
            beside.helper = None;
            beside.sent = None;
        }
        beside.shown.filter(|_| working)
    });
    if let Some((session, _)) = stopped {
        session.project.with_untracked(|project| follow(which, session, project));
    }
}

fn hear(which: Which, reply: Reply) {
    let Reply { drawn, tree, orders } = reply;
    let (shown, working) = with(which, |beside| (beside.shown, beside.working));
    let Some((session, shown)) = shown else { return };
    if working && session.busy.get_untracked().is_none() {
        // Somebody broke it off while this was on its way.
        return stop(which);
    }
    if drawn > 0 {
        with(which, |beside| beside.drawn = drawn);
        shown.try_set(Some(Arc::new(tree)));
    }
    for order in orders {
        if let Order::Busy(_, far) = &order {
            let was = with(which, |beside| std::mem::replace(&mut beside.working, *far < 100));
            if *far >= 100 && !was {
                continue;
            }
        }
        orders::carry_out(session, order);
    }
}

/// Serves this global as a desk, if that is what was asked for.
pub fn serve_desk() -> bool {
    let get =
        |of: &wasm_bindgen::JsValue, name: &str| js_sys::Reflect::get(of, &name.into()).unwrap_or_default();
    let address = get(&get(&js_sys::global(), "location"), "hash").as_string();
    match address.as_deref() {
        Some("#desk") => {
            let mut desk = together::Desk::default();
            answer(move |event| desk.hear(event));
        }
        Some("#training") => {
            let mut desk = training::Desk::default();
            answer(move |event| desk.hear(event, &|reply| browser::tell_page(&browser::packed(reply))));
        }
        _ => return false,
    }
    true
}

fn answer(mut desk: impl FnMut(Event) -> Reply + 'static) {
    browser::hear_page(move |bytes| {
        let reply = desk(browser::unpacked(bytes));
        browser::tell_page(&browser::packed(reply));
    });
}
