//! The stances that a file holds: those that marks show, and those of a text as a whole.

use super::fields::Remarks;
use super::meaning::{Role, folded};
use super::{Placed, Taker};
use crate::codecs::exchange::{ANNOTATOR, Opinion, Tie};
use crate::model::{Attribution, Holder, Id, Item, Label, Stance, Target};
use std::collections::BTreeSet;

impl Taker<'_> {
    pub(super) fn stances(&mut self, p: &Placed<'_>) {
        let pieces: BTreeSet<usize> =
            p.ties.iter().filter(|(.., t)| *t == Tie::PartOf).map(|(from, ..)| *from).collect();
        for (i, mark) in p.d.marks.iter().enumerate().filter(|(i, _)| !pieces.contains(i)) {
            let Some(Role::Stance(scheme, label)) = &p.roles[i] else { continue };
            let get = |name: &str| mark.attribute(name).unwrap_or_default().to_owned();
            let opinion = Opinion {
                record: mark.record.clone(),
                holder: get("holder"),
                target: get("target"),
                target_kind: get("target_kind"),
                wording: get("wording"),
                scheme: scheme.clone(),
                label: label.clone(),
                meaning: get("meaning"),
                fields: mark.attributes.clone(),
                ..Opinion::default()
            };
            let mut evidence = vec![i];
            evidence.extend(p.pieces(i));
            let taken = p.from(i, Tie::TakenIn).first().and_then(|head| p.attributions.get(head).cloned());
            self.stance(p, &opinion, &evidence, taken);
        }
        for opinion in &p.d.opinions {
            match self.class(opinion) {
                Some(Role::Stance(scheme, label)) => {
                    self.stance(p, &Opinion { scheme, label, ..opinion.clone() }, &[], None);
                }
                Some(Role::Ignore) => {}
                _ => *self.taken.unknown.entry(opinion.label.clone()).or_default() += 1,
            }
        }
    }

    /// The stance label of this name, of whichever scheme has it.
    pub(super) fn of_a_scheme(&self, label: &str) -> Option<Role> {
        if matches!(label, "favor" | "against") {
            return Some(Role::Stance("favor".to_owned(), label.to_owned()));
        }
        let same = |l: &Item<'_, Label>| l.name.get().as_deref().is_some_and(|n| folded(n) == label);
        let there = self.project.all::<Label>().find(same)?;
        Some(Role::Stance(there.scheme.clone(), there.name.get().clone()?))
    }

    /// What a label of a whole text is here: by the map, by the scheme it says it is of, or a label that only
    /// the schemes have. `None` where it may be anything: the topic, the section of the paper.
    pub(super) fn class(&mut self, o: &Opinion) -> Option<Role> {
        let label = folded(&o.label);
        let mapped =
            self.map.iter().find(|(from, _)| folded(from) == label).and_then(|(_, to)| Role::named(to));
        let found = match mapped {
            Some(role) => Some(role),
            None if !o.scheme.is_empty() || o.label == "stance" => {
                let scheme = if o.scheme.is_empty() { "favor" } else { &o.scheme };
                return Some(Role::Stance(scheme.to_owned(), o.label.clone()));
            }
            None => self.of_a_scheme(&label),
        };
        if let Some(role) = &found {
            self.taken.labels.insert(o.label.clone(), role.shown());
        }
        found
    }

    fn stance(
        &mut self,
        p: &Placed<'_>,
        o: &Opinion,
        evidence: &[usize],
        attribution: Option<Id<Attribution>>,
    ) {
        let field = |name: &str| o.fields.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
        let holder = match &*o.holder {
            "article" | "" => Holder::Article,
            name => Holder::Source(self.source(p, name)),
        };
        let scheme = if o.scheme.is_empty() { "favor" } else { &o.scheme };
        let body = Stance {
            holder: Some(holder).into(),
            target: self.target(o).into(),
            value: (o.label != "stance").then(|| self.label(scheme, &o.label, &o.meaning)).into(),
            level: field("level").map(Into::into).into(),
            evidence: evidence.iter().filter_map(|i| p.anchor(*i)).collect::<Vec<_>>().into(),
            attribution: attribution.into(),
            intensity: field("intensity").and_then(|n| n.parse().ok()).into(),
            explicit: field("explicit").map(|b| b == "true").into(),
            conditional: (field("conditional") == Some("true")).into(),
            mixed: (field("mixed") == Some("true")).into(),
            ..Stance::blank(p.text.clone(), p.made())
        };
        let id: Id<Stance> = self.id(p, &o.record);
        self.put_as(&id, body, p.whose(field(ANNOTATOR)), Remarks::among(&field));
    }

    fn target(&mut self, o: &Opinion) -> Option<Id<Target>> {
        if o.target.is_empty() {
            return None;
        }
        let same = |t: &Item<'_, Target>| t.name.get().as_deref() == Some(&*o.target);
        if let Some(there) = self.project.all::<Target>().find(same) {
            return Some(there.id());
        }
        let id = Id::derived(&[self.hash, "target", &o.target]);
        let body = Target {
            name: Some(o.target.clone()).into(),
            target_kind: Some(&*o.target_kind).filter(|k| !k.is_empty()).map(Into::into).into(),
            wording: Some(o.wording.clone()).filter(|w| !w.is_empty()).into(),
            ..Target::blank()
        };
        self.put(&id, body);
        Some(id)
    }

    fn label(&mut self, scheme: &str, name: &str, meaning: &str) -> Id<Label> {
        let there = self.project.labels(scheme).into_iter().find(|l| l.name.get().as_deref() == Some(name));
        if let Some(there) = there {
            return there.id();
        }
        let id = Id::derived(&[scheme, name]);
        let body = Label {
            name: Some(name.to_owned()).into(),
            meaning: Some(meaning).filter(|m| !m.is_empty()).map(Into::into).into(),
            ..Label::blank(scheme.to_owned())
        };
        self.put(&id, body);
        id
    }
}
