//! One writer per project: this tab, or another one that this one follows until it takes over.
//!
//! The right to write is a lock of the browser's, held as long as the tab lives; an epoch in the second copy
//! fences off whoever lost the lock without noticing. Whoever takes over asks first, so that the other tab
//! stores what it has; only one that does not answer is cut off.

use super::keep::{Keep, Loaded};
use super::messages::{M, t};
use super::session::Session;
use crate::browser::{self, Claim, Claimed, Held};
use crate::model::{Id, ProjectInfo};
use crate::storage::{StorageError, Word};
use crate::store::Step;
use gloo::timers::future::TimeoutFuture;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// What this tab is to the open project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It is being opened.
    Opening,
    /// This tab alone writes it.
    Writer,
    /// Another tab writes it, and this one shows what that one does.
    Follower,
    /// A later version wrote its file: it is looked at, and nothing of it is ever stored.
    Visitor,
}

impl Role {
    /// Its name for tests and styles: stable, never shown.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Writer => "writer",
            Self::Follower => "follower",
            Self::Visitor => "visitor",
        }
    }
}

/// What a session knows of its place among the tabs.
#[derive(Default)]
pub(super) struct Among {
    channel: Option<browser::Channel>,
    /// The lock, and which claim it came of.
    held: Option<(Id<ProjectInfo>, Held)>,
    claim: u64,
    /// Counts the openings: whatever was begun for an earlier one is dropped.
    turn: u64,
    /// Steps heard before there was a project to apply them to.
    heard: Vec<Step>,
    following: Option<Id<ProjectInfo>>,
    /// The project that the other tab has just handed over.
    yours: Option<Id<ProjectInfo>>,
}

/// A way to read a stored project.
pub(super) type Read<'a> = &'a dyn Fn(&mut Keep, &Id<ProjectInfo>) -> Result<Loaded, StorageError>;

/// How long the other tab may take to store what it has, in milliseconds.
const POLITE: u32 = 1_500;
const STEP: u32 = 25;

pub(super) fn lock_name(id: &Id<ProjectInfo>) -> String {
    format!("variorum {id}")
}

impl Session {
    /// Begins to listen to the other tabs.
    pub(super) fn listen(self) {
        let channel = browser::Channel::open("variorum", move |words| {
            if let Some(word) = Word::decode(&words) {
                self.hear(word);
            }
        });
        self.among(|among| among.channel = channel);
    }

    /// Tells the other tabs.
    pub(super) fn tell(&self, word: &Word) {
        self.among(|among| {
            if let Some(channel) = &among.channel {
                channel.say(&word.encode());
            }
        });
    }

    /// The list of projects changed, here and for the other tabs.
    pub(super) fn list_changed(&self) {
        self.shelf_changed.update(|n| *n += 1);
        self.tell(&Word::ListChanged);
    }

    /// Whether this tab may change the open project; says so where it may not.
    pub(super) fn may_write(&self) -> bool {
        let role = self.role.get_untracked();
        match role {
            Role::Follower => self.complain(t(M::OtherTabWrites).to_owned()),
            Role::Visitor => self.complain(t(M::NewerBanner).to_owned()),
            Role::Opening => self.say(t(M::StillOpening).to_owned()),
            Role::Writer => {}
        }
        role == Role::Writer
    }

    /// Opens a stored project, to write it or to follow whoever does; false where it cannot be read.
    pub(super) async fn open_stored(self, id: Id<ProjectInfo>) -> bool {
        let turn = self.leave(Some(&id));
        self.show_safety();
        if self.among(|among| among.held.is_some()) {
            return self.write(id, turn).await;
        }
        match self.claim(&id, Claim::IfFree).await {
            Claimed::Elsewhere => self.follow(id, turn).await,
            claimed => {
                self.hold(&id, turn, claimed);
                self.write(id, turn).await
            }
        }
    }

    /// Makes sure that no other tab writes a project that was just begun or came from a file; false where
    /// one does.
    pub(super) async fn secure(self, id: Id<ProjectInfo>, turn: u64) -> bool {
        match self.claim(&id, Claim::IfFree).await {
            Claimed::Elsewhere => return false,
            claimed => self.hold(&id, turn, claimed),
        }
        self.raise_epoch(&id, 1).await;
        self.is_turn(turn)
    }

    /// Gives up the open project; the number of the opening that begins. The lock of `but` is kept.
    pub(super) fn leave(self, but: Option<&Id<ProjectInfo>>) -> u64 {
        let open = self.project.read_untracked().id().clone();
        self.keep(|keep| keep.close(&open));
        self.role.set(Role::Opening);
        self.among(|among| {
            among.following = None;
            if among.held.as_ref().is_some_and(|(id, _)| Some(id) != but) {
                among.held = None;
            }
            among.turn += 1;
            among.turn
        })
    }

    fn is_turn(&self, turn: u64) -> bool {
        self.among(|among| among.turn == turn)
    }

    async fn claim(self, id: &Id<ProjectInfo>, how: Claim) -> Claimed {
        let number = self.among(|among| {
            among.claim += 1;
            among.claim
        });
        browser::claim(&lock_name(id), how, move || self.lost(number)).await
    }

    fn hold(&self, id: &Id<ProjectInfo>, turn: u64, claimed: Claimed) {
        if let Claimed::Here(held) = claimed
            && self.is_turn(turn)
        {
            self.among(|among| among.held = Some((id.clone(), held)));
        }
    }

    /// Reads the project in order to write it: nobody else does.
    async fn write(self, id: Id<ProjectInfo>, turn: u64) -> bool {
        self.freshen().await;
        self.raise_epoch(&id, 0).await;
        if !self.is_turn(turn) {
            return false;
        }
        if self.keep(|keep| keep.is_removed(&id)) {
            self.complain(t(M::RemovedElsewhere).to_owned());
            return false;
        }
        let Some((project, history, findings)) = self.read_stored(&id, &Keep::load).await else {
            return false;
        };
        if !self.is_turn(turn) {
            return false;
        }
        let found = self.keep(|keep| keep.epoch(&id));
        if self.keep(|keep| keep.raised(&id)) < found {
            // The second copy had forgotten its epochs.
            self.raise_epoch(&id, found).await;
        }
        if !self.is_turn(turn) {
            return false;
        }
        self.take_up(project, history);
        self.role.set(Role::Writer);
        findings.into_iter().for_each(|finding| self.complain(finding));
        self.make_room();
        true
    }

    /// Reads a stored project, with what the second copy has to add; says why it cannot be read.
    pub(super) async fn read_stored(self, id: &Id<ProjectInfo>, how: Read<'_>) -> Option<Loaded> {
        loop {
            let unread = match self.keep(|keep| how(keep, id)) {
                Err(StorageError::Unread(keys)) => keys,
                Ok(loaded) => return Some(loaded),
                Err(why) => {
                    self.complain(why.to_string());
                    return None;
                }
            };
            let values = match self.keep(|keep| keep.second_copy()) {
                // Only what has arrived can be read back.
                Some(copy) if copy.settle(10_000).await => copy.read(&unread).await.ok(),
                _ => None,
            };
            let Some(values) = values else {
                self.complain(StorageError::Unread(unread).to_string());
                return None;
            };
            self.keep(|keep| keep.note_read(unread, values));
        }
    }

    async fn raise_epoch(self, id: &Id<ProjectInfo>, at_least: u64) {
        if let Some(copy) = self.keep(|keep| keep.second_copy())
            && let Ok(epoch) = copy.raise_epoch(id.as_str(), at_least).await
        {
            self.keep(|keep| keep.fence(id, epoch));
        }
    }

    /// Brings what is known of the second copy up to date.
    async fn freshen(self) {
        if let Some(copy) = self.keep(|keep| keep.second_copy())
            && let Ok(Some(mirror)) = copy.news().await
        {
            self.keep(|keep| keep.set_mirror(mirror));
        }
    }

    /// Reads the project and shows from then on what the other tab does; becomes the writer when that one is
    /// gone.
    async fn follow(self, id: Id<ProjectInfo>, turn: u64) -> bool {
        self.among(|among| {
            among.heard.clear();
            among.following = Some(id.clone());
        });
        self.role.set(Role::Opening);
        self.freshen().await;
        if !self.is_turn(turn) {
            return false;
        }
        let Some((project, history, _)) = self.read_stored(&id, &Keep::look).await else { return false };
        if !self.is_turn(turn) {
            return false;
        }
        self.take_up(project, history);
        self.drop_dangling();
        self.role.set(Role::Follower);
        let heard = self.among(|among| std::mem::take(&mut among.heard));
        heard.iter().for_each(|step| self.take_step(step));
        self.wait_for_lock(id, turn);
        true
    }

    fn wait_for_lock(self, id: Id<ProjectInfo>, turn: u64) {
        spawn_local(async move {
            let claimed = self.claim(&id, Claim::Wait).await;
            let wanted = self.is_turn(turn) && self.role.get_untracked() == Role::Follower;
            if wanted && matches!(claimed, Claimed::Here(_)) {
                self.hold(&id, turn, claimed);
                self.write_from_now_on(id, turn).await;
            }
        });
    }

    /// Writes what was followed; where it is not there any more, there is nothing to go on with.
    async fn write_from_now_on(self, id: Id<ProjectInfo>, turn: u64) {
        if self.write(id, turn).await {
            self.say(t(M::WritesHereNow).to_owned());
        } else if self.is_turn(turn) {
            self.role.set(Role::Opening);
            self.resume_empty();
            self.drop_dangling();
        }
    }

    /// Writes here from now on.
    pub(super) fn take_over(self) {
        if self.role.get_untracked() != Role::Follower {
            return;
        }
        let id = self.project.read_untracked().id().clone();
        let turn = self.leave(None);
        self.among(|among| among.yours = None);
        self.tell(&Word::Asking { project: id.clone() });
        spawn_local(async move {
            let mut waited = 0;
            while waited < POLITE && self.among(|among| among.yours.as_ref() != Some(&id)) {
                TimeoutFuture::new(STEP).await;
                waited += STEP;
            }
            let claimed = self.claim(&id, Claim::TakeOver).await;
            self.hold(&id, turn, claimed);
            self.write_from_now_on(id, turn).await;
        });
    }

    /// Another tab took the lock, or was given a later epoch.
    fn lost(self, number: u64) {
        if self.among(|among| among.claim == number && among.held.is_some()) {
            self.become_follower();
        }
    }

    /// The second copy refused to write: another tab was given a later epoch.
    pub(super) fn fenced_off(self, project: &str) {
        if self.project.read_untracked().id().as_str() == project && self.role.get_untracked() == Role::Writer
        {
            self.become_follower();
        }
    }

    fn become_follower(self) {
        let id = self.project.read_untracked().id().clone();
        let unsaved = self.keep(|keep| keep.waiting(&id));
        let turn = self.leave(None);
        self.among(|among| among.following = Some(id.clone()));
        self.role.set(Role::Follower);
        if unsaved > 0 {
            self.complain(t(M::LostUnsaved).to_owned());
        }
        self.wait_for_lock(id, turn);
    }

    fn hear(self, word: Word) {
        let open = self.project.read_untracked().id().clone();
        let role = self.role.get_untracked();
        match word {
            Word::Step { project, step } => match role {
                Role::Follower if project == open => self.take_step(&step),
                _ => self.among(|among| {
                    if among.following == Some(project) {
                        among.heard.push(step);
                    }
                }),
            },
            Word::Asking { project } if project == open && role == Role::Writer => self.hand_over(project),
            Word::Yours { project } => self.among(|among| among.yours = Some(project)),
            Word::ListChanged => self.shelf_changed.update(|n| *n += 1),
            _ => {}
        }
    }

    /// Shows what the other tab did.
    fn take_step(&self, step: &Step) {
        if !self.take(step) {
            self.read_again();
        }
        self.drop_dangling();
    }

    fn read_again(self) {
        let id = self.project.read_untracked().id().clone();
        let turn = self.leave(None);
        spawn_local(async move {
            self.follow(id, turn).await;
        });
    }

    /// Stores all there is and lets the tab that asked write.
    fn hand_over(self, project: Id<ProjectInfo>) {
        // Somebody may be in the middle of a note.
        self.take_in_typed();
        self.role.set(Role::Follower);
        let turn = self.among(|among| {
            among.following = Some(project.clone());
            among.turn
        });
        spawn_local(async move {
            if let Some(copy) = self.keep(|keep| keep.second_copy()) {
                copy.settle(POLITE - 200).await;
            }
            self.tell(&Word::Yours { project });
            TimeoutFuture::new(2 * POLITE).await;
            // Nobody took it after all.
            if self.is_turn(turn) && self.among(|among| among.held.is_some()) {
                self.role.set(Role::Writer);
            }
        });
    }
}
