//! The list of projects: what is there, the trash, and the end of a project.

use super::card::{Card, Listed, Phase};
use super::engine::Engine;
use super::error::StorageError;
use super::keys::{self, Part, Space};
use super::load;
use super::mirror::Mirror;
use super::shelf::Shelf;
use super::texts;
use crate::model::{Id, ProjectInfo, Time};
use std::collections::BTreeSet;

impl<E: Engine> Shelf<E> {
    /// All projects, those in the trash too, in the order of their ids. Takes in what other tabs have
    /// written meanwhile.
    pub fn projects(&mut self) -> Result<Vec<Listed>, StorageError> {
        self.ledger.refresh()?;
        let mut listed = Vec::new();
        for space in self.spaces() {
            let card = match Card::read(&self.ledger, &space)? {
                Some(card) => card,
                None => {
                    let Some(id) = space.project() else { continue };
                    let Ok((opened, _)) = load::load(&self.ledger, &Mirror::new(), &id) else { continue };
                    Card::new(&opened.project, Phase::Here, Time::default())
                }
            };
            if card.phase == Phase::Here {
                listed.push(card.listed(self.ledger.size_of(space.prefix())));
            }
        }
        Ok(listed)
    }

    /// What the list shows of one project; nothing is asked of other tabs.
    pub fn listed(&self, id: &Id<ProjectInfo>) -> Result<Option<Listed>, StorageError> {
        let space = Space::of(id);
        let card = Card::read(&self.ledger, &space)?.filter(|card| card.phase == Phase::Here);
        Ok(card.map(|card| card.listed(self.ledger.size_of(space.prefix()))))
    }

    /// Whether a project is stored and not removed.
    pub fn has(&self, id: &Id<ProjectInfo>) -> Result<bool, StorageError> {
        let card = Card::read(&self.ledger, &Space::of(id))?;
        Ok(card.is_some_and(|card| card.phase == Phase::Here && card.trashed.is_none()))
    }

    /// Whether the entry of a project cannot be read though its snapshots can be counted on.
    pub fn is_unlisted(&self, id: &Id<ProjectInfo>) -> bool {
        let space = Space::of(id);
        let head = self.ledger.get(&space.key(&Part::Head));
        head.is_ok_and(|head| head.is_some()) && matches!(Card::read(&self.ledger, &space), Ok(None))
    }

    fn spaces(&self) -> BTreeSet<Space> {
        self.ledger.keys(keys::ALL).filter_map(Space::around).collect()
    }

    /// Puts a project into the trash.
    pub fn trash(&mut self, id: &Id<ProjectInfo>, now: Time) -> Result<(), StorageError> {
        // A clock that runs behind must not shorten its time there.
        self.change_card(id, |card| (card.trashed, card.expired) = (Some(now.max(card.changed)), None))
    }

    /// Takes note that a project's time in the trash is over; whether that was noted on an earlier day already. A
    /// clock that is wrong for a day costs nothing then.
    pub fn note_expired(&mut self, id: &Id<ProjectInfo>, now: Time) -> Result<bool, StorageError> {
        let day = |time: &Time| time.as_str()[..10].to_owned();
        let noted = Card::read(&self.ledger, &Space::of(id))?.and_then(|card| card.expired);
        if noted.is_some_and(|noted| day(&noted) < day(&now)) {
            return Ok(true);
        }
        self.change_card(id, |card| card.expired = Some(now))?;
        Ok(false)
    }

    /// Takes a project out of the trash again.
    pub fn restore(&mut self, id: &Id<ProjectInfo>) -> Result<(), StorageError> {
        self.change_card(id, |card| (card.trashed, card.expired) = (None, None))
    }

    /// Takes note that a project was saved as a file.
    pub fn exported(&mut self, id: &Id<ProjectInfo>, now: Time) -> Result<(), StorageError> {
        self.change_card(id, |card| (card.exported, card.unexported) = (Some(now), 0))
    }

    fn change_card(
        &mut self,
        id: &Id<ProjectInfo>,
        change: impl FnOnce(&mut Card),
    ) -> Result<(), StorageError> {
        self.may_write()?;
        let space = Space::of(id);
        let mut card = Card::read(&self.ledger, &space)?.ok_or(StorageError::NoProject)?;
        change(&mut card);
        card.write(&mut self.ledger, &space)
    }

    /// Removes a project with its backups, and the texts that no other project uses.
    pub fn remove_for_good(&mut self, id: &Id<ProjectInfo>) -> Result<(), StorageError> {
        let space = Space::of(id);
        self.change_card(id, |card| card.phase = Phase::Going)?;
        self.sessions.remove(&space);
        let life = Card::read(&self.ledger, &space)?.map_or(0, |card| card.life);
        let noted = self.note_gone(&space, life);
        self.remove_space(&space)?;
        // Now there is room.
        noted.or_else(|_| self.note_gone(&space, life))
    }

    /// Removes what a crash left of projects that were being made or removed. Only what is from before
    /// `today` (as `2026-11-21`): another tab may be in the middle of it now.
    pub fn tidy(&mut self, today: &str) -> Result<(), StorageError> {
        self.may_write()?;
        for space in self.spaces() {
            if let Some(card) = Card::read(&self.ledger, &space)?
                && card.phase != Phase::Here
                && &card.changed.as_str()[..10] < today
            {
                self.remove_space(&space)?;
            }
        }
        Ok(())
    }

    /// The card goes last, so that a removal that broke off is seen.
    pub(super) fn remove_space(&mut self, space: &Space) -> Result<(), StorageError> {
        self.ledger.refresh()?;
        let all: Vec<String> = self.ledger.keys(space.prefix()).map(str::to_owned).collect();
        let card = space.key(&Part::Card);
        let (marks, others): (Vec<String>, Vec<String>) = all
            .into_iter()
            .filter(|key| *key != card)
            .partition(|key| matches!(space.part(key), Some(Part::TextMark(_))));
        others.iter().try_for_each(|key| self.ledger.remove(key))?;
        texts::drop_marked(&mut self.ledger, space, &marks)?;
        self.ledger.remove(&card)
    }
}
