//! Whoever a file says annotated is a person of the project, and is through with what was handed in.

use super::meaning::Role;
use super::{Placed, Taker};
use crate::codecs::exchange::{Document, Work};
use crate::model::{Coverage, CoverageState, Id, Item, Layer, Person};

impl Taker<'_> {
    /// The person of a document: by the name, if there is one of that name; otherwise somebody new, who is
    /// the same whoever takes the file in.
    pub(super) fn annotator(&mut self, d: &Document) -> Option<Id<Person>> {
        let by = d.by.as_ref()?;
        self.taken.annotators.insert(by.name.clone());
        let folded = |name: &str| name.trim().to_lowercase();
        let same = |p: &Item<'_, Person>| {
            p.name.get().as_deref().is_some_and(|name| folded(name) == folded(&by.name))
        };
        if let Some(there) = self.project.all::<Person>().find(same) {
            return Some(there.id());
        }
        let id = Id::derived(&["annotator", &folded(&by.name)]);
        self.put(&id, Person { name: Some(by.name.clone()).into(), ..Person::blank() });
        Some(id)
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
        self.handed_in.extend(p.by.clone().filter(|_| done).map(|by| (by, p.text.clone())));
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
                self.put_as(&id, body, Some(&person), &|_| None);
            }
        }
    }
}
