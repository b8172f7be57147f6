//! Storing a project that is not here yet, at once or a part at a time, so that a page stays alive.

use super::card::{Card, Phase};
use super::compact::PER_EPOCH;
use super::engine::Engine;
use super::error::StorageError;
use super::keys::Space;
use super::removal;
use super::shelf::{Session, Shelf};
use super::snapshot;
use crate::model::{Id, Project, ProjectInfo, Time};
use crate::store::History;

/// A project on its way into the storage. It must not change until it is there; a crash in the middle leaves
/// nothing that is listed.
#[derive(Debug)]
pub struct Making {
    space: Space,
    card: Card,
    pieces: snapshot::Making,
}

impl<E: Engine> Shelf<E> {
    /// Stores a project that is not here yet. It is all stored, or nothing is.
    pub fn create(&mut self, project: &Project, history: &History, now: Time) -> Result<(), StorageError> {
        let mut making = self.begin_making(project, now)?;
        while !self.go_on_making(&mut making, project, usize::MAX)? {}
        self.finish_making(making, project, history)
    }

    /// Begins to store a project that is not here yet.
    pub fn begin_making(&mut self, project: &Project, now: Time) -> Result<Making, StorageError> {
        self.may_write()?;
        let space = Space::of(project.id());
        self.ledger.refresh()?;
        let unfinished = Card::read(&self.ledger, &space)?.is_some_and(|card| card.phase != Phase::Here);
        if unfinished {
            self.remove_space(&space)?;
        } else if self.ledger.keys(space.prefix()).next().is_some() {
            return Err(StorageError::AlreadyHere);
        }
        let life = self.next_life(&space)?;
        let cleaned = removal::removed(project).count();
        let card = Card { life, cleaned, ..Card::new(project, Phase::Making, now) };
        card.write(&mut self.ledger, &space)?;
        Ok(Making { space, card, pieces: snapshot::Making::default() })
    }

    /// Stores the next `count` records; whether those were all. On an error nothing is left of it.
    pub fn go_on_making(
        &mut self,
        making: &mut Making,
        project: &Project,
        count: usize,
    ) -> Result<bool, StorageError> {
        // All of it goes where it fails.
        let written = &mut Vec::new();
        let done = making.pieces.go_on(&mut self.ledger, &making.space, project, count, written);
        done.or_else(|why| self.remove_space(&making.space).and(Err(why)))
    }

    /// Makes what was stored count: from now on it is listed, and may be written. On an error nothing is left.
    pub fn finish_making(
        &mut self,
        making: Making,
        project: &Project,
        history: &History,
    ) -> Result<(), StorageError> {
        let Making { space, card, pieces } = making;
        let manifest = pieces.finish(project, Default::default());
        let n = PER_EPOCH;
        let made = self
            .put_snapshot(&space, n, &manifest, history, &mut Vec::new())
            .and_then(|()| Card { phase: Phase::Here, ..card }.write(&mut self.ledger, &space));
        if let Err(why) = made {
            self.remove_space(&space)?;
            return Err(why);
        }
        self.sessions.insert(space.clone(), Session::begun(n));
        // The project is younger than its removal, which counts no more.
        let _ = self.forget_gone(&space);
        Ok(())
    }

    /// Gives up what was begun: nothing is left of it.
    pub fn give_up_making(&mut self, id: &Id<ProjectInfo>) -> Result<(), StorageError> {
        self.remove_space(&Space::of(id))
    }
}
