//! The second copy of all that is stored: every change goes to IndexedDB at once, and only its
//! acknowledgement means that the change survives a crash of the browser.
//!
//! Local storage reaches the disk some seconds after it was written, or minutes where much is written
//! (measured; see the design notes), and says nothing when it does not.

use super::chance::random_name;
use super::indexed::{Guard, Indexed, IndexedError};
use crate::storage::{Change, Mirror};
use gloo::timers::callback::Timeout;
use gloo::timers::future::TimeoutFuture;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// After so many milliseconds without an acknowledgement, somebody should be told.
const SLOW: u32 = 2_000;
/// The pause before a failed write is tried again, in milliseconds; it doubles up to the longest.
const PAUSE: u32 = 1_000;
const LONGEST_PAUSE: u32 = 60_000;
/// What nobody waits for goes with the next write, or after so many milliseconds.
const LATE: u32 = 1_000;

/// How safe the last changes are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Safety {
    /// They are on their way.
    Saving,
    /// They survive a crash of the browser.
    Saved,
    /// They did not arrive, for the reason given; it is being tried again.
    Failing(String),
}

/// The handle; clones are the same copy.
#[derive(Clone)]
pub struct SecondCopy(Rc<Inner>);

/// What is called with the id of a project that another tab writes by now.
type Fenced = Rc<dyn Fn(&str)>;

struct Inner {
    database: RefCell<Option<Indexed>>,
    queue: RefCell<Vec<Change>>,
    /// What goes before whatever is sent next.
    late: RefCell<Vec<Change>>,
    /// Whether a bell rings for them.
    rings: Cell<bool>,
    /// How many writes are under way: more than one where the page was about to be left.
    flying: Cell<u32>,
    pause: Cell<u32>,
    tell: RefCell<Box<dyn Fn(Safety)>>,
    guards: RefCell<Vec<Guard>>,
    /// What the keys of projects begin with that another tab writes by now.
    fenced: RefCell<Vec<String>>,
    on_fenced: RefCell<Fenced>,
    /// The token of the last write that this tab knows of.
    token: RefCell<String>,
    /// Whether the value under a key is to be read when all is.
    wanted: fn(&str) -> bool,
}

impl SecondCopy {
    /// Connects and reads what is there: all keys, and the values that are `wanted`. Gives up after `patience` milliseconds, so that a database
    /// that hangs does not keep the app from opening.
    pub async fn open(patience: u32, wanted: fn(&str) -> bool) -> Result<(Self, Mirror), IndexedError> {
        let reading = async {
            let database = Indexed::open().await?;
            let (mirror, token) = database.read_all(&wanted).await?;
            Ok((database, mirror, token))
        };
        let (database, mirror, token) = first_of(reading, patience).await?;
        let inner = Inner {
            database: RefCell::new(Some(database)),
            queue: RefCell::default(),
            late: RefCell::default(),
            rings: Cell::new(false),
            flying: Cell::new(0),
            pause: Cell::new(PAUSE),
            tell: RefCell::new(Box::new(|_| {})),
            guards: RefCell::default(),
            fenced: RefCell::default(),
            on_fenced: RefCell::new(Rc::new(|_| {})),
            token: RefCell::new(token),
            wanted,
        };
        Ok((Self(Rc::new(inner)), mirror))
    }

    /// Says from now on how safe the last changes are.
    pub fn on_safety(&self, tell: impl Fn(Safety) + 'static) {
        *self.0.tell.borrow_mut() = Box::new(tell);
    }

    /// Calls back, with a project's id, when another tab was given the right to write it.
    pub fn on_fenced(&self, tell: impl Fn(&str) + 'static) {
        *self.0.on_fenced.borrow_mut() = Rc::new(tell);
    }

    /// From now on the project is written in this epoch, and not if some tab was given a later one.
    pub fn guard(&self, guard: Guard) {
        self.0.fenced.borrow_mut().retain(|prefix| *prefix != guard.prefix);
        let mut guards = self.0.guards.borrow_mut();
        guards.retain(|other| other.project != guard.project);
        guards.push(guard);
    }

    /// Waits until all that was sent has arrived, but no longer than so many milliseconds; whether it
    /// has.
    pub async fn settle(&self, patience: u32) -> bool {
        self.write_now();
        let mut waited = 0;
        while self.is_waiting() && waited < patience {
            TimeoutFuture::new(5).await;
            waited += 5;
        }
        !self.is_waiting()
    }

    /// All that is there now, if another tab has written since this one knew everything.
    pub async fn news(&self) -> Result<Option<Mirror>, IndexedError> {
        self.settle(SLOW).await;
        let inner = self.0.clone();
        let reading = async move {
            let database = Indexed::open().await?;
            if database.last_token().await? == *inner.token.borrow() {
                return Ok(None);
            }
            let (mirror, token) = database.read_all(&inner.wanted).await?;
            *inner.token.borrow_mut() = token;
            Ok(Some(mirror))
        };
        first_of(reading, SLOW * 2).await
    }

    /// What is under these keys, read back from the database.
    pub async fn read(&self, keys: &[String]) -> Result<Vec<Option<String>>, IndexedError> {
        Indexed::open().await?.read(keys).await
    }

    /// Writes changes, at once and in order.
    pub fn send(&self, changes: Vec<Change>) {
        if changes.is_empty() {
            return;
        }
        let mut queue = self.0.queue.borrow_mut();
        queue.append(&mut self.0.late.borrow_mut());
        queue.extend(changes);
        drop(queue);
        self.0.say(Safety::Saving);
        if !self.0.is_busy() {
            Inner::write(&self.0);
        }
    }

    /// Writes changes whose loss would cost no work: before what is sent next, or after a while.
    pub fn send_late(&self, changes: Vec<Change>) {
        if changes.is_empty() {
            return;
        }
        self.0.late.borrow_mut().extend(changes);
        if !self.0.rings.replace(true) {
            self.write_late();
        }
    }

    /// Writes what nobody waits for, if that is still to be done in a while.
    fn write_late(&self) {
        let copy = self.clone();
        let bell = move || {
            let done = copy.0.late.borrow().is_empty();
            copy.0.rings.set(!done && copy.0.is_busy());
            match copy.0.rings.get() {
                true => copy.write_late(),
                false => copy.write_now(),
            }
        };
        Timeout::new(LATE, bell).forget();
    }

    /// Writes what nobody waits for with all else, now or after the write that is under way.
    pub fn write_now(&self) {
        self.0.queue.borrow_mut().append(&mut self.0.late.borrow_mut());
        if !self.0.is_busy() {
            self.flush();
        }
    }

    /// Writes what waits for an acknowledgement of what went before: the page is being left.
    pub fn flush(&self) {
        self.0.queue.borrow_mut().append(&mut self.0.late.borrow_mut());
        if !self.0.queue.borrow().is_empty() {
            Inner::write(&self.0);
        }
    }

    /// Whether something is not acknowledged yet.
    pub fn is_waiting(&self) -> bool {
        self.0.is_busy() || !self.0.queue.borrow().is_empty()
    }

    /// An epoch for a project that no tab was ever given; see [`Indexed::raise_epoch`].
    pub async fn raise_epoch(&self, project: &str, at_least: u64) -> Result<u64, IndexedError> {
        // A connection of its own: this one may be waiting for something else.
        let project = project.to_owned();
        first_of(async move { Indexed::open().await?.raise_epoch(&project, at_least).await }, SLOW).await
    }
}

impl Inner {
    fn is_busy(&self) -> bool {
        self.flying.get() > 0
    }

    fn say(&self, safety: Safety) {
        (self.tell.borrow())(safety);
    }

    /// Takes note that another tab was given a project.
    fn fence(&self, project: &str) {
        let lost = self.guards.borrow().iter().find(|guard| guard.project == project).cloned();
        let Some(lost) = lost else { return };
        self.guards.borrow_mut().retain(|guard| guard.project != project);
        self.fenced.borrow_mut().push(lost.prefix);
        let tell = self.on_fenced.borrow().clone();
        tell(project);
    }

    /// The changes without those that only the writer of a project may make. Commands are never left
    /// out: the writer takes them in as late ones.
    fn still_ours(&self, mut changes: Vec<Change>) -> Vec<Change> {
        let fenced = self.fenced.borrow();
        changes.retain(|change| match fenced.iter().find(|prefix| change.key().starts_with(&***prefix)) {
            Some(prefix) => change.is_part_of_a_command(prefix),
            None => true,
        });
        changes
    }

    /// Sends the queue; when it has arrived, whatever has come together meanwhile.
    fn write(this: &Rc<Self>) {
        let changes = this.still_ours(this.queue.take());
        let guards = this.guards.borrow();
        let touched = |guard: &&Guard| changes.iter().any(|change| change.key().starts_with(&guard.prefix));
        let guards: Vec<Guard> = guards.iter().filter(touched).cloned().collect();
        let fenced: Fenced = {
            let this = this.clone();
            Rc::new(move |project| this.fence(project))
        };
        let token = random_name();
        let sent = match &*this.database.borrow() {
            Some(database) => database.write(&changes, &guards, &token, &fenced),
            None => Err(IndexedError::from(wasm_bindgen::JsValue::from("closed"))),
        };
        *this.token.borrow_mut() = token;
        let fences = this.fenced.borrow().len();
        this.flying.set(this.flying.get() + 1);
        let this = this.clone();
        spawn_local(async move {
            let slow = {
                let this = this.clone();
                Timeout::new(SLOW, move || this.say(Safety::Failing("the disk is slow".to_owned())))
            };
            let arrived = match sent {
                Ok(promise) => JsFuture::from(promise).await.map(drop).map_err(IndexedError::from),
                Err(why) => Err(why),
            };
            drop(slow);
            match arrived {
                Ok(()) => this.pause.set(PAUSE),
                // Another tab writes a project of ours by now: without what is its business, once more.
                Err(_) if this.fenced.borrow().len() > fences => {
                    this.queue.borrow_mut().splice(0..0, changes);
                }
                Err(why) => {
                    this.queue.borrow_mut().splice(0..0, changes);
                    this.say(Safety::Failing(why.to_string()));
                    TimeoutFuture::new(this.pause.get()).await;
                    this.pause.set((this.pause.get() * 2).min(LONGEST_PAUSE));
                    // Connections break, in some browsers while one is away.
                    let again = Indexed::open().await.ok();
                    *this.database.borrow_mut() = again;
                }
            }
            this.flying.set(this.flying.get() - 1);
            if this.is_busy() {
                // Whichever arrives last says so, or goes on.
                return;
            }
            if this.queue.borrow().is_empty() {
                this.say(Safety::Saved);
            } else {
                Self::write(&this);
            }
        });
    }
}

/// The outcome of `work`, unless `patience` milliseconds pass first.
async fn first_of<T: 'static>(
    work: impl Future<Output = Result<T, IndexedError>>,
    patience: u32,
) -> Result<T, IndexedError> {
    let mut work = std::pin::pin!(work);
    let mut bell = std::pin::pin!(TimeoutFuture::new(patience));
    std::future::poll_fn(move |context| {
        if let std::task::Poll::Ready(done) = work.as_mut().poll(context) {
            return std::task::Poll::Ready(done);
        }
        let late = bell.as_mut().poll(context);
        late.map(|()| Err(IndexedError::from(wasm_bindgen::JsValue::from("IndexedDB does not answer"))))
    })
    .await
}
