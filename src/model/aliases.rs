//! Which records are one and the same thing, as somebody said.

use super::{Alias, Project, RecordId};
use std::collections::BTreeMap;

/// The aliases of a project that hold: joined ids count as one everywhere.
#[derive(Clone, Debug, Default)]
pub struct Aliases {
    /// For each joined id the smallest of those it is joined with.
    first: BTreeMap<RecordId, RecordId>,
    /// What was said of each pair, the smaller id first.
    said: BTreeMap<(RecordId, RecordId), bool>,
}

impl Aliases {
    /// Reads them.
    pub fn of(project: &Project) -> Self {
        let mut aliases = Self::default();
        for alias in project.all::<Alias>() {
            let (a, b) = (alias.a.clone().min(alias.b.clone()), alias.a.clone().max(alias.b.clone()));
            let same = *alias.same.get();
            aliases.said.insert((a.clone(), b.clone()), same);
            if same && a != b {
                aliases.join(&a, &b);
            }
        }
        aliases
    }

    fn join(&mut self, a: &RecordId, b: &RecordId) {
        let (x, y) = (self.one(a).clone(), self.one(b).clone());
        let (low, high) = (x.clone().min(y.clone()), x.max(y));
        for id in [a, b, &high] {
            self.first.insert(id.clone(), low.clone());
        }
        for first in self.first.values_mut().filter(|first| **first == high) {
            *first = low.clone();
        }
    }

    /// The id that stands for all that are joined with this one.
    pub fn one<'a>(&'a self, id: &'a RecordId) -> &'a RecordId {
        self.first.get(id).unwrap_or(id)
    }

    /// What was said of two records: the same, not the same, or nothing.
    pub fn said(&self, a: &RecordId, b: &RecordId) -> Option<bool> {
        if self.one(a) == self.one(b) {
            return Some(true);
        }
        self.said.get(&(a.min(b).clone(), a.max(b).clone())).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Dot, Entry, Id, Person, ProjectInfo, ReplicaId, Stamp, Time};

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
        let aliases = Aliases::of(&project);
        assert!([2, 3, 4, 9].iter().all(|n| aliases.one(&id(*n)) == &id(2)));
        assert_eq!(aliases.said(&id(9), &id(2)), Some(true));
        assert_eq!(aliases.said(&id(8), &id(7)), Some(false));
        assert_eq!(aliases.said(&id(8), &id(2)), None);
    }
}
