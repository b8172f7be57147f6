//! Which ids count as one: what `alias` records say, put together.

use super::{Alias, Id, Kind, Project, RecordId};
use std::collections::BTreeMap;

/// Ids in classes of those that are the same thing. Each class is spoken of by its smallest id, so that
/// all copies of a project agree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Same(BTreeMap<RecordId, RecordId>);

impl Same {
    /// The id that stands for all that are the same as `id`.
    pub fn of<'a>(&'a self, id: &'a RecordId) -> &'a RecordId {
        self.0.get(id).unwrap_or(id)
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
            self.0.iter().filter(|(_, root)| *root == one).map(|(id, _)| id.clone()).collect();
        if all.is_empty() {
            all.push(id.clone());
        }
        all
    }

    fn join(&mut self, a: &RecordId, b: &RecordId) {
        let (x, y) = (self.of(a).clone(), self.of(b).clone());
        let (first, second) = if x <= y { (x, y) } else { (y, x) };
        for root in self.0.values_mut().filter(|root| **root == second) {
            *root = first.clone();
        }
        for id in [&first, &second] {
            self.0.insert(id.clone(), first.clone());
        }
    }
}

impl Project {
    /// Which ids count as one everywhere. Aliases between different kinds are left out; `check` reports
    /// them.
    pub fn same(&self) -> Same {
        let mut same = Same::default();
        for alias in self.all::<Alias>() {
            if *alias.same.get() && alias.a.prefix() == alias.b.prefix() {
                same.join(&alias.a, &alias.b);
            }
        }
        same
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
}
