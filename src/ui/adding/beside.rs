//! The worker beside the page: what it has been sent, what it is reading, and what becomes of it when it breaks
//! off at a file or the person stops.

use super::{Told, orders};
use crate::adding::{Event, Known, KnownText, Reply};
use crate::browser::{self, Helper};
use crate::model::{Article, ArticleText, Id, Project, Segment, Story};
use crate::tree::Tree;
use crate::ui::messages::{M, fill, t};
use crate::ui::review::Does;
use crate::ui::session::Session;
use gloo::file::File;
use gloo::timers::future::TimeoutFuture;
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::JsValue;

/// Where the program is that reads files.
const ADDRESS: &str = "reader.js";
/// How often the page looks whether the person stopped, in milliseconds.
const LOOKS: u32 = 150;
/// How long a worker may take to stop before it is ended, in milliseconds.
const GRACE: u64 = 1_500;

/// A file that was handed over, and why it is not tried again.
struct Handed {
    number: u32,
    name: String,
    file: File,
    lost: Option<String>,
}

#[derive(Default)]
struct Beside {
    helper: Option<Helper>,
    /// The project as the worker knows it.
    sent: Option<Project>,
    files: Vec<Handed>,
    next: u32,
    /// The file that is being read.
    reading: Option<u32>,
    stopping: bool,
    drawn: u32,
    /// Who is shown what it answers.
    shown: Option<(Session, RwSignal<Option<Arc<Tree>>>)>,
    /// Raised when files come or go.
    changed: Option<RwSignal<u32>>,
}

thread_local! {
    static BESIDE: RefCell<Beside> = RefCell::default();
}

/// Shows what the worker answers in a signal, until the screen is made anew.
pub(super) fn attach(session: Session, shown: RwSignal<Option<Arc<Tree>>>) -> Does {
    BESIDE.with_borrow_mut(|beside| {
        beside.shown = Some((session, shown));
        beside.changed = Some(RwSignal::new(0));
    });
    Rc::new(|act, value| {
        let drawn = BESIDE.with_borrow(|beside| beside.drawn);
        send(Event::Act { drawn, act, value }, &[]);
    })
}

/// Whether any files are at the desk.
pub(super) fn any(_session: Session) -> bool {
    let changed = BESIDE.with_borrow(|beside| beside.changed);
    if let Some(changed) = changed {
        changed.track();
    }
    BESIDE.with_borrow(|beside| !beside.files.is_empty())
}

/// Hands files over.
pub(super) fn take_in(session: Session, files: Vec<(String, File)>) {
    forget_other(&session.project.read_untracked());
    let (numbered, sent) = BESIDE.with_borrow_mut(|beside| {
        let mut numbered = Vec::new();
        let mut sent = Vec::new();
        for (name, file) in files {
            beside.next += 1;
            let number = beside.next;
            numbered.push((number, name.clone()));
            sent.push(JsValue::from(web_sys::File::clone(file.as_ref())));
            beside.files.push(Handed { number, name, file, lost: None });
        }
        (numbered, sent)
    });
    follow(session, &session.project.get_untracked());
    send(Event::Files(numbered), &sent);
    tell_changed();
}

/// The files are no longer needed; the worker begins anew with the next ones.
pub(super) fn forget() {
    BESIDE.with_borrow_mut(|beside| {
        beside.files.clear();
        beside.sent = None;
    });
    tell_changed();
}

/// Files that were taken in for another project are forgotten.
fn forget_other(project: &Project) {
    let other = BESIDE.with_borrow(|beside| beside.sent.as_ref().is_some_and(|p| p.id() != project.id()));
    if other {
        forget();
    }
}

fn tell_changed() {
    let changed = BESIDE.with_borrow(|beside| beside.changed);
    if let Some(changed) = changed {
        changed.try_update(|n| *n += 1);
    }
}

/// Tells what the project holds, as far as that is news. Nothing is told while there are no files.
pub(super) fn follow(session: Session, project: &Project) {
    forget_other(project);
    let before = BESIDE.with_borrow_mut(|beside| match beside.files.is_empty() {
        true => None,
        false => Some(beside.sent.replace(project.clone())),
    });
    let Some(before) = before else { return };
    if before.is_none() {
        send(Event::Begin(session.keep(|keep| keep.columns())), &[]);
    }
    send(Event::Articles(articles(project)), &[]);
    let news: Vec<KnownText> = project
        .all::<Article>()
        .filter(|article| before.as_ref().is_none_or(|p| p.find(&article.id()).is_none()))
        .filter_map(|article| text_of(project, &article.id(), &article.text))
        .collect();
    if !news.is_empty() {
        send(Event::Texts(news), &[]);
    }
}

fn articles(project: &Project) -> Vec<Known> {
    let story = |id: &Id<Story>| {
        let name = project.find(id).and_then(|story| story.name.get().clone());
        (id.to_string(), name.unwrap_or_default())
    };
    let known = project.all::<Article>().map(|article| Known {
        article: article.id().to_string(),
        title: article.title.get().clone().unwrap_or_default(),
        story: article.story.get().as_ref().map(story),
    });
    known.collect()
}

fn text_of(project: &Project, article: &Id<Article>, text: &Id<ArticleText>) -> Option<KnownText> {
    let content = project.text(text)?;
    let segments = project.about::<Segment>(text).filter_map(|segment| {
        let span = segment.anchor.span(content)?;
        let kind = segment.segment_kind.get().as_ref()?.as_str().to_owned();
        Some((span.start().byte() as u32, span.end().byte() as u32, kind))
    });
    let segments = segments.collect();
    Some(KnownText { article: article.to_string(), text: content.as_str().to_owned(), segments })
}

fn send(event: Event, files: &[JsValue]) {
    BESIDE.with_borrow_mut(|beside| {
        if beside.helper.is_none() {
            beside.helper = Helper::start(ADDRESS, hear);
        }
        let message = js_sys::Array::of1(&browser::packed(event));
        files.iter().for_each(|file| {
            message.push(file);
        });
        if let Some(helper) = &beside.helper {
            helper.send(&message);
        }
    });
}

fn hear(message: JsValue) {
    let Some((session, shown)) = BESIDE.with_borrow(|beside| beside.shown) else { return };
    match message.as_string().as_deref() {
        Some("missing") => {
            BESIDE.with_borrow_mut(|beside| {
                beside.helper = None;
                beside.sent = None;
                beside.reading = None;
            });
            forget();
            session.busy.set(None);
            return session.complain(t(M::ReaderMissing).to_owned());
        }
        Some(_) => return revive(session, t(M::ReaderLost)),
        None => {}
    }
    match browser::unpacked(message) {
        Told::Begins(number, name, done, of) => begins(session, number, &name, done, of),
        Told::Done => {
            BESIDE.with_borrow_mut(|beside| {
                beside.reading = None;
                beside.stopping = false;
            });
            session.busy.set(None);
        }
        Told::Reply(Reply { drawn, tree, orders }) => {
            BESIDE.with_borrow_mut(|beside| beside.drawn = drawn);
            shown.try_set(Some(Arc::new(tree)));
            orders.into_iter().for_each(|order| orders::carry_out(session, order));
        }
    }
}

/// Shows how far the worker is, with the way to stop it.
fn begins(session: Session, number: u32, name: &str, done: u32, of: u32) {
    let (first, stopping) = BESIDE.with_borrow_mut(|beside| {
        let first = beside.reading.replace(number).is_none();
        (first, beside.stopping)
    });
    if first || (!stopping && session.busy.with_untracked(Option::is_some)) {
        let far = done * 100 / of.max(1);
        session.busy.set(Some((fill(M::ReadingOf, &[&(done + 1).to_string(), &of.to_string(), name]), far)));
    }
    if first {
        leptos::task::spawn_local(watch(session));
    }
}

/// While files are read: stops when the person says so, and ends a worker that does not hear.
async fn watch(session: Session) {
    let mut asked = None;
    loop {
        TimeoutFuture::new(LOOKS).await;
        if BESIDE.with_borrow(|beside| beside.reading.is_none()) {
            return;
        }
        match asked {
            None if session.busy.with_untracked(Option::is_none) => {
                BESIDE.with_borrow_mut(|beside| beside.stopping = true);
                send(Event::Stop, &[]);
                asked = Some(browser::millis());
            }
            Some(when) if browser::millis() - when > GRACE => return revive(session, t(M::ReaderStopped)),
            _ => {}
        }
    }
}

/// Starts the worker anew: the file at which it broke off is lost, what came before it is read again, and what
/// comes after it too, unless the person stopped.
fn revive(session: Session, why: &str) {
    let (before, lost, after, stopping) = BESIDE.with_borrow_mut(|beside| {
        let culprit = beside.reading.take();
        beside.helper = None;
        beside.sent = None;
        let stopping = std::mem::take(&mut beside.stopping);
        let (mut before, mut lost, mut after) = (Vec::new(), Vec::new(), Vec::new());
        for handed in &mut beside.files {
            if Some(handed.number) == culprit {
                handed.lost = Some(why.to_owned());
            }
            let numbered = (handed.number, handed.name.clone());
            let file = JsValue::from(web_sys::File::clone(handed.file.as_ref()));
            match &handed.lost {
                Some(why) => lost.push((numbered, why.clone())),
                None if stopping && culprit.is_some_and(|c| handed.number > c) => {
                    after.push((numbered, file))
                }
                None => before.push((numbered, file)),
            }
        }
        (before, lost, after, stopping)
    });
    session.busy.set(None);
    follow(session, &session.project.get_untracked());
    for (numbered, why) in lost {
        let number = numbered.0;
        send(Event::Files(vec![numbered]), &[]);
        send(Event::Lost(number, why), &[]);
    }
    for (files, stopped) in [(after, stopping), (before, false)] {
        let (numbered, files): (Vec<_>, Vec<_>) = files.into_iter().unzip();
        send(Event::Files(numbered), &files);
        if stopped {
            send(Event::Stop, &[]);
        }
    }
}
