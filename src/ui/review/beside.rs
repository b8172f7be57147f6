//! The desk beside the page: a worker that stays once it was needed, and what it has been sent.

use super::orders;
use super::paint::Does;
use crate::browser::{self, DiskFolder, Helper};
use crate::codecs::project_file;
use crate::model::Project;
use crate::together::{Event, FolderAct, Reply, Tree};
use crate::ui::messages::{M, fill, t};
use crate::ui::session::Session;
use crate::ui::tabs::Role;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

/// Where the worker's program is asked to serve the desk.
const ADDRESS: &str = "worker.js#desk";

#[derive(Default)]
struct Beside {
    helper: Option<Helper>,
    /// The project as the desk knows it, and which taking up of a project that was.
    sent: Option<(u32, Project)>,
    session: Option<Session>,
    /// Where what it answers is shown.
    shown: Option<RwSignal<Option<Arc<Tree>>>>,
    /// Whether the project has a shared folder.
    shares: bool,
}

thread_local! {
    static BESIDE: RefCell<Beside> = RefCell::default();
    /// The number of the last drawing.
    static DRAWN: Cell<u32> = const { Cell::new(0) };
}

/// Shows what the desk answers in a signal, until another screen asks for it.
pub(super) fn attach(session: Session, shown: RwSignal<Option<Arc<Tree>>>) -> Does {
    BESIDE.with_borrow_mut(|beside| (beside.session, beside.shown) = (Some(session), Some(shown)));
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

/// Sends what changed since last time: the whole project, where another one was taken up since, or an older
/// state of this one.
pub(super) fn follow(session: Session, project: &Project) {
    send(changes(session, project).unwrap_or_else(Event::Changed));
}

/// The whole project, or as a file the records that changed.
fn changes(session: Session, project: &Project) -> Result<Event, String> {
    let now = (session.taken_up(), project.clone());
    let sent = BESIDE.with_borrow_mut(|beside| beside.sent.replace(now.clone()));
    match sent.filter(|sent| sent.0 == now.0) {
        None => Ok(Event::Begin {
            project: project_file::write(project),
            me: session.me().to_string(),
            today: browser::today(),
            reports: session.keep(|keep| keep.reports(project.id())),
            can_share: browser::can_share_folder(),
        }),
        // Records that did not change are shared between the two.
        Some((_, sent)) => Err(project_file::write(
            &project.only(|id, entry| sent.entry(id).is_none_or(|before| !std::ptr::eq(before, entry))),
        )),
    }
}

/// Reads the shared folder of the project that is open, where it has one.
pub(in crate::ui) fn look_in_folder(session: Session) {
    BESIDE.with_borrow_mut(|beside| (beside.session, beside.shares) = (Some(session), false));
    let id = session.project.with_untracked(|p| p.id().to_string());
    leptos::task::spawn_local(async move {
        let there = DiskFolder::recall(&id).await.is_some();
        let still = session.project.with_untracked(|p| p.id().as_str() == id);
        if there && still && session.role.get_untracked() == Role::Writer {
            BESIDE.with_borrow_mut(|beside| beside.shares = true);
            follow(session, &session.project.get_untracked());
            send(Event::LookInFolder);
        }
    });
}

/// Whether there is a folder that one's own work goes to.
pub(in crate::ui) fn shares() -> bool {
    BESIDE.with_borrow(|beside| beside.shares)
}

/// Brings one's own file in the shared folder up to date.
pub(in crate::ui) fn share(session: Session) {
    if shares() {
        match changes(session, &session.project.get_untracked()) {
            Ok(begin) => {
                send(begin);
                send(Event::LookInFolder);
            }
            Err(changed) => send(Event::Share(changed)),
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
                send(Event::LookInFolder);
                gone
            }
        };
        match done {
            Ok(()) => look_in_folder(session),
            Err(why) => session.complain(fill(M::FileProblem, &[t(M::Together), &why])),
        }
    });
}

fn hear(reply: Reply) {
    let Reply { drawn, tree, orders } = reply;
    let (session, shown) = BESIDE.with_borrow(|beside| (beside.session, beside.shown));
    if drawn > 0 {
        DRAWN.set(drawn);
        shown.map(|shown| shown.try_set(Some(Arc::new(tree))));
    }
    let Some(session) = session else { return };
    orders.into_iter().for_each(|order| orders::carry_out(session, order));
}
