//! Which ids count as one: what `alias` records say, put together.

use super::{Alias, Id, Kind, Project, RecordId};
use std::collections::BTreeMap;

/// Ids in classes of those that are the same thing. Each class is spoken of by its smallest id, so that
/// all copies of a project agree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Same {
    /// For each joined id the smallest of those it is joined with.
    first: BTreeMap<RecordId, RecordId>,
    /// What was said of each pair, the smaller id first.
    said: BTreeMap<(RecordId, RecordId), bool>,
}

impl Same {
    /// The id that stands for all that are the same as `id`.
    pub fn of<'a>(&'a self, id: &'a RecordId) -> &'a RecordId {
        self.first.get(id).unwrap_or(id)
    }

    /// The same for an id of a kind.
    pub fn of_kind<K: Kind>(&self, id: &Id<K>) -> Id<K> {
        // Only ids of one kind are ever joined.
        self.of(id.record()).typed().unwrap_or_else(|| id.clone())
    }

    /// Whether two ids count as one.
    pub fn are(&self, a: &RecordId, b: &RecordId) -> bool {
        self.of(a) == self.of(b)
    }

    /// All ids that count as one with `id`, itself included, in order.
    pub fn all(&self, id: &RecordId) -> Vec<RecordId> {
        let one = self.of(id);
        let mut all: Vec<_> =
            self.first.iter().filter(|(_, root)| *root == one).map(|(id, _)| id.clone()).collect();
        if all.is_empty() {
            all.push(id.clone());
        }
        all
    }

    /// What was said of two records: the same, not the same, or nothing.
    pub fn said(&self, a: &RecordId, b: &RecordId) -> Option<bool> {
        if self.are(a, b) {
            return Some(true);
        }
        self.said.get(&(a.min(b).clone(), a.max(b).clone())).copied()
    }

    fn join(&mut self, a: &RecordId, b: &RecordId) {
        let (x, y) = (self.of(a).clone(), self.of(b).clone());
        let (first, second) = if x <= y { (x, y) } else { (y, x) };
        for root in self.first.values_mut().filter(|root| **root == second) {
            *root = first.clone();
        }
        for id in [&first, &second] {
            self.first.insert(id.clone(), first.clone());
        }
    }
}

impl Project {
    /// Which ids count as one everywhere. Aliases between different kinds are left out; `check` reports
    /// them.
    pub fn same(&self) -> Same {
        let mut same = Same::default();
        for alias in self.all::<Alias>().filter(|alias| alias.a.prefix() == alias.b.prefix()) {
            let (a, b) = (alias.a.clone().min(alias.b.clone()), alias.a.clone().max(alias.b.clone()));
            if *alias.same.get() && a != b {
                same.join(&a, &b);
            }
            same.said.insert((a, b), *alias.same.get());
        }
        same
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Dot, Entry, Person, ProjectInfo, ReplicaId, Stamp, Time};
    use proptest::prelude::*;

    fn id(n: u8) -> RecordId {
        RecordId::from_file(&format!("src:{n}"))
    }

    proptest! {
        #[test]
        fn the_order_of_aliases_does_not_matter(pairs in prop::collection::vec((0..8_u8, 0..8_u8), 0..10), turn: prop::sample::Index) {
            let (mut one, mut other) = (Same::default(), Same::default());
            pairs.iter().for_each(|(a, b)| one.join(&id(*a), &id(*b)));
            let mut turned = pairs.clone();
            turned.rotate_left(turn.index(pairs.len().max(1)).min(pairs.len()));
            turned.iter().for_each(|(a, b)| other.join(&id(*b), &id(*a)));
            prop_assert_eq!(&one, &other);
            for (a, b) in pairs {
                prop_assert!(one.are(&id(a), &id(b)) && one.all(&id(a)).contains(&id(b)));
            }
        }
    }

    #[test]
    fn aliases_reach_through_each_other_and_can_be_denied() {
        let id = |n: u128| Id::<Person>::random(n).record().clone();
        let mut project = Project::new(Id::<ProjectInfo>::random(0));
        for (n, (a, b, same)) in
            [(3, 2, true), (9, 4, true), (4, 3, true), (7, 8, false)].into_iter().enumerate()
        {
            let made =
                Stamp { at: Dot(ReplicaId::new("r"), n as u64 + 1), by: Id::random(1), on: Time::default() };
            let alias = Alias { same: same.into(), ..Alias::blank(id(a), id(b)) };
            project.merge_entry(Id::<Alias>::random(n as u128).record().clone(), Entry::new(made, alias));
        }
        let same = project.same();
        assert!([2, 3, 4, 9].iter().all(|n| same.of(&id(*n)) == &id(2)));
        assert_eq!(same.said(&id(9), &id(2)), Some(true));
        assert_eq!(same.said(&id(8), &id(7)), Some(false));
        assert_eq!(same.said(&id(8), &id(2)), None);
    }
}
