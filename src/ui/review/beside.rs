//! The desks beside the page: workers that stay once they were needed, and what they have been sent.

use super::orders;
use super::paint::Does;
use crate::beside::{Event, FolderAct, Order, Reply, Tree};
use crate::browser::{self, DiskFolder, Helper};
use crate::codecs::project_file;
use crate::model::Project;
use crate::ui::messages::{M, fill, t};
use crate::ui::session::Session;
use crate::ui::tabs::Role;
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
    /// The project as the desk knows it, and which taking up of a project that was.
    sent: Option<(u32, Project)>,
    session: Option<Session>,
    /// Where what it answers is shown.
    shown: Option<RwSignal<Option<Arc<Tree>>>>,
    /// The number of the last drawing.
    drawn: u32,
    /// Whether it is at work that the person sees and may break off.
    working: bool,
    /// Whether the project has a shared folder.
    shares: bool,
}

thread_local! {
    static DESKS: [RefCell<Beside>; 2] = Default::default();
}

fn with<T>(which: Which, f: impl FnOnce(&mut Beside) -> T) -> T {
    DESKS.with(|desks| f(&mut desks[which as usize].borrow_mut()))
}

/// Shows what the desk answers in a signal, until another screen asks for it.
pub(super) fn attach(which: Which, session: Session, shown: RwSignal<Option<Arc<Tree>>>) -> Does {
    with(which, |beside| (beside.session, beside.shown) = (Some(session), Some(shown)));
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

/// Sends what changed since last time: the whole project, where another one was taken up since, or an older
/// state of this one.
pub(super) fn follow(which: Which, session: Session, project: &Project) {
    match changes(which, session, project) {
        Some(changed) => send(which, Event::Changed(changed)),
        None => begin(which, session, project),
    }
}

/// The records that changed as a file; nothing where the desk has to begin anew.
fn changes(which: Which, session: Session, project: &Project) -> Option<String> {
    let now = (session.taken_up(), project.clone());
    let (_, sent) = with(which, |beside| beside.sent.replace(now.clone())).filter(|sent| sent.0 == now.0)?;
    // Records that did not change are shared between the two.
    let changed = project.only(|id, entry| sent.entry(id).is_none_or(|before| !std::ptr::eq(before, entry)));
    Some(project_file::write(&changed))
}

fn begin(which: Which, session: Session, project: &Project) {
    let (reports, choices) = session.keep(|keep| (keep.reports(project.id()), keep.choices()));
    send(
        which,
        Event::Begin {
            project: project_file::write(project),
            me: session.me().to_string(),
            today: browser::today(),
            reports,
            can_share: browser::can_share_folder(),
        },
    );
    if which == Which::Training {
        send(which, Event::Seat { choices, replica: browser::random_name(), now: browser::now() });
    }
}

/// Reads the shared folder of the project that is open, where it has one.
pub(in crate::ui) fn look_in_folder(session: Session) {
    with(Which::Together, |beside| (beside.session, beside.shares) = (Some(session), false));
    let id = session.project.with_untracked(|p| p.id().to_string());
    leptos::task::spawn_local(async move {
        let there = DiskFolder::recall(&id).await.is_some();
        let still = session.project.with_untracked(|p| p.id().as_str() == id);
        if there && still && session.role.get_untracked() == Role::Writer {
            with(Which::Together, |beside| beside.shares = true);
            follow(Which::Together, session, &session.project.get_untracked());
            send(Which::Together, Event::LookInFolder);
        }
    });
}

/// Whether there is a folder that one's own work goes to.
pub(in crate::ui) fn shares() -> bool {
    with(Which::Together, |beside| beside.shares)
}

/// Brings one's own file in the shared folder up to date.
pub(in crate::ui) fn share(session: Session) {
    if shares() {
        let project = session.project.get_untracked();
        match changes(Which::Together, session, &project) {
            Some(changed) => send(Which::Together, Event::Share(changed)),
            None => {
                begin(Which::Together, session, &project);
                send(Which::Together, Event::LookInFolder);
            }
        }
    }
}

/// Does what the person wants done about the folder.
pub(super) fn folder(session: Session, act: FolderAct) {
    let id = session.project.with_untracked(|p| p.id().to_string());
    leptos::task::spawn_local(async move {
        let done = match act {
            FolderAct::Choose => match DiskFolder::pick().await {
                Ok(Some(folder)) => folder.remember(&id).await,
                Ok(None) => return,
                Err(why) => Err(why),
            },
            FolderAct::Wake => {
                if let Some(folder) = DiskFolder::recall(&id).await {
                    folder.ask().await;
                }
                Ok(())
            }
            FolderAct::Leave => {
                let gone = DiskFolder::forget(&id).await;
                send(Which::Together, Event::LookInFolder);
                gone
            }
        };
        match done {
            Ok(()) => look_in_folder(session),
            Err(why) => session.complain(fill(M::FileProblem, &[t(M::Together), &why])),
        }
    });
}

/// Breaks off what the desk is at, if it is: its worker ends, and another begins with the project as it is.
pub(super) fn stop(which: Which) {
    let stopped = with(which, |beside| {
        let working = std::mem::take(&mut beside.working);
        if working {
            beside.helper = None;
            beside.sent = None;
        }
        beside.session.filter(|_| working)
    });
    if let Some(session) = stopped {
        session.project.with_untracked(|project| follow(which, session, project));
    }
}

fn hear(which: Which, reply: Reply) {
    let Reply { drawn, tree, orders } = reply;
    let (session, shown, working) = with(which, |beside| (beside.session, beside.shown, beside.working));
    let Some(session) = session else { return };
    if working && session.busy.get_untracked().is_none() {
        // Somebody broke it off while this was on its way.
        return stop(which);
    }
    if drawn > 0 {
        with(which, |beside| beside.drawn = drawn);
        shown.map(|shown| shown.try_set(Some(Arc::new(tree))));
    }
    for order in orders {
        if let Order::Busy(_, far) = &order {
            let was = with(which, |beside| std::mem::replace(&mut beside.working, *far < 100));
            if *far >= 100 && !was {
                continue;
            }
        }
        orders::carry_out(which, session, order);
    }
}
