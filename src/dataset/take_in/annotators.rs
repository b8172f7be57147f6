//! Whoever a file says annotated is a person of the project, and is through with what was handed in.

use super::fields::Remarks;
use super::meaning::Role;
use super::{Placed, Taker};
use crate::codecs::exchange::{ANNOTATOR, Document, Work};
use crate::model::{Coverage, CoverageState, Id, Item, Layer, Person};
use std::collections::{BTreeMap, BTreeSet};

impl Taker<'_> {
    /// Whose a document is.
    pub(super) fn annotator_of(&mut self, d: &Document) -> Option<Id<Person>> {
        d.by.as_ref().map(|by| self.person(&by.name))
    }

    /// The people whom marks and stances name of themselves.
    pub(super) fn annotators_in(&mut self, d: &Document) -> BTreeMap<String, Id<Person>> {
        let of_mark = d.marks.iter().filter_map(|mark| mark.attribute(ANNOTATOR));
        let fields = d.opinions.iter().flat_map(|o| &o.fields);
        let of_stance = fields.filter(|(name, _)| name == ANNOTATOR).map(|(_, value)| value.as_str());
        let names: BTreeSet<&str> = of_mark.chain(of_stance).collect();
        names.into_iter().map(|name| (name.to_owned(), self.person(name))).collect()
    }

    /// The person of that name, if there is one; otherwise somebody new, who is the same whoever takes the
    /// file in.
    fn person(&mut self, name: &str) -> Id<Person> {
        self.taken.annotators.insert(name.to_owned());
        let folded = |name: &str| name.trim().to_lowercase();
        let same =
            |p: &Item<'_, Person>| p.name.get().as_deref().is_some_and(|there| folded(there) == folded(name));
        if let Some(there) = self.project.all::<Person>().find(same) {
            return there.id();
        }
        let id = Id::derived(&["annotator", &folded(name)]);
        self.put(&id, Person { name: Some(name.to_owned()).into(), ..Person::blank() });
        id
    }

    /// Notes what somebody is through with: what was handed in, and what has marks, since no tool's file
    /// says more. «No mark» would otherwise be taken for «not looked at», and no agreement be measured.
    pub(super) fn hands_in(&mut self, p: &Placed<'_>) {
        let layer = |role: &Role| match role {
            Role::Content | Role::Cue | Role::Mention(_) => Some(Layer::Attribution),
            Role::Segment(_) => Some(Layer::Segment),
            Role::Stance(..) => Some(Layer::Stance),
            Role::Ignore => None,
        };
        let marked: Vec<Layer> = p.roles.iter().flatten().filter_map(layer).collect();
        let stated = p.d.opinions.iter().any(|o| matches!(self.class(o), Some(Role::Stance(..))));
        let done = match p.d.by.as_ref().map(|by| by.work) {
            Some(Work::HandedIn) => true,
            Some(Work::Unsaid) => stated || !marked.is_empty(),
            Some(Work::Gold) | None => false,
        };
        self.layers.extend(marked);
        self.layers.extend(stated.then_some(Layer::Stance));
        let through = p.by.clone().filter(|_| done).into_iter().chain(p.people.values().cloned());
        self.handed_in.extend(through.map(|by| (by, p.text.clone())));
    }

    /// Writes down who is through with what, in every layer that the files have marks of.
    pub(super) fn finished(&mut self) {
        for (person, text) in std::mem::take(&mut self.handed_in) {
            for layer in self.layers.clone() {
                let id: Id<Coverage> = Id::derived(&[person.as_str(), text.as_str(), layer.as_str()]);
                let body = Coverage {
                    state: Some(CoverageState::Done).into(),
                    ..Coverage::blank(person.clone(), text.clone(), layer)
                };
                self.put_as(&id, body, Some(&person), Remarks::default());
            }
        }
    }
}
