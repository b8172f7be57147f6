//! The second copy of all that is stored: every change goes to IndexedDB at once, and only its
//! acknowledgement means that the change survives a crash of the browser.
//!
//! Local storage reaches the disk some seconds after it was written, or minutes where much is written
//! (measured; see the design notes), and says nothing when it does not.

use super::indexed::{Indexed, IndexedError};
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

struct Inner {
    database: RefCell<Option<Indexed>>,
    queue: RefCell<Vec<Change>>,
    busy: Cell<bool>,
    pause: Cell<u32>,
    tell: RefCell<Box<dyn Fn(Safety)>>,
}

impl SecondCopy {
    /// Connects and reads all that is there. Gives up after `patience` milliseconds, so that a database
    /// that hangs does not keep the app from opening.
    pub async fn open(patience: u32) -> Result<(Self, Mirror), IndexedError> {
        let reading = async {
            let database = Indexed::open().await?;
            let mirror = database.read_all().await?;
            Ok((database, mirror))
        };
        let (database, mirror) = first_of(reading, patience).await?;
        let inner = Inner {
            database: RefCell::new(Some(database)),
            queue: RefCell::default(),
            busy: Cell::new(false),
            pause: Cell::new(PAUSE),
            tell: RefCell::new(Box::new(|_| {})),
        };
        Ok((Self(Rc::new(inner)), mirror))
    }

    /// Says from now on how safe the last changes are.
    pub fn on_safety(&self, tell: impl Fn(Safety) + 'static) {
        *self.0.tell.borrow_mut() = Box::new(tell);
    }

    /// Writes changes, at once and in order.
    pub fn send(&self, changes: Vec<Change>) {
        if changes.is_empty() {
            return;
        }
        self.0.queue.borrow_mut().extend(changes);
        self.0.say(Safety::Saving);
        if !self.0.busy.get() {
            Inner::write(&self.0);
        }
    }

    /// Writes what waits for an acknowledgement of what went before: the page is being left.
    pub fn flush(&self) {
        if !self.0.queue.borrow().is_empty() {
            Inner::write(&self.0);
        }
    }

    /// Whether something is not acknowledged yet.
    pub fn is_waiting(&self) -> bool {
        self.0.busy.get() || !self.0.queue.borrow().is_empty()
    }

    /// An epoch for a project that no tab was ever given; see [`Indexed::raise_epoch`].
    pub async fn raise_epoch(&self, project: &str, at_least: u64) -> Result<u64, IndexedError> {
        // A connection of its own: this one may be waiting for something else.
        Indexed::open().await?.raise_epoch(project, at_least).await
    }
}

impl Inner {
    fn say(&self, safety: Safety) {
        (self.tell.borrow())(safety);
    }

    /// Sends the queue; when it has arrived, whatever has come together meanwhile.
    fn write(this: &Rc<Self>) {
        let changes = this.queue.take();
        let sent = match &*this.database.borrow() {
            Some(database) => database.write(&changes),
            None => Err(IndexedError::from(wasm_bindgen::JsValue::from("closed"))),
        };
        this.busy.set(true);
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
            this.busy.set(false);
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
