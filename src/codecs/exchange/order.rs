//! The order of what a document holds, and the ties that its attributions and stances amount to.

use super::{Attributed, Document, Mark, Opinion, Relation, Tie};

impl Document {
    /// Puts marks in the order of the text, the longer first, and everything that points at them along.
    pub(crate) fn sort(&mut self) {
        let mut order: Vec<usize> = (0..self.marks.len()).collect();
        order.sort_by(|a, b| {
            let key = |i: &usize| {
                let m = &self.marks[*i];
                (
                    m.span.start(),
                    std::cmp::Reverse(m.span.end()),
                    m.layer,
                    m.label.clone(),
                    m.attributes.clone(),
                )
            };
            key(a).cmp(&key(b))
        });
        let mut place = vec![0; order.len()];
        order.iter().enumerate().for_each(|(new, old)| place[*old] = new);
        let mut sorted: Vec<Mark> = order.iter().map(|old| self.marks[*old].clone()).collect();
        std::mem::swap(&mut self.marks, &mut sorted);
        for relation in &mut self.relations {
            relation.from = place[relation.from];
            relation.to = place[relation.to];
        }
        self.relations.sort();
        self.relations.dedup();
        let all = |list: &mut Vec<usize>| list.iter_mut().for_each(|i| *i = place[*i]);
        for Attributed { contents, cues, sources, addressees, via, .. } in &mut self.attributions {
            [contents, cues, sources, addressees].into_iter().for_each(all);
            *via = via.map(|i| place[i]);
        }
        for opinion in &mut self.opinions {
            all(&mut opinion.evidence);
        }
        self.sort_attributions();
        // Not by record: whoever reads a file back gives its records other names.
        self.opinions.sort_by(|a, b| {
            let key = |o: &Opinion| {
                (o.evidence.clone(), o.holder.clone(), o.target.clone(), o.label.clone(), o.fields.clone())
            };
            key(a).cmp(&key(b))
        });
    }

    /// Puts attributions in the order of their heads.
    fn sort_attributions(&mut self) {
        let mut order: Vec<usize> = (0..self.attributions.len()).collect();
        order.sort_by_key(|i| (self.attributions[*i].head(), self.attributions[*i].cues.clone()));
        let mut place = vec![0; order.len()];
        order.iter().enumerate().for_each(|(new, old)| place[*old] = new);
        let mut sorted: Vec<Attributed> = order.iter().map(|old| self.attributions[*old].clone()).collect();
        for a in &mut sorted {
            a.parent = a.parent.map(|i| place[i]);
            a.continues = a.continues.map(|i| place[i]);
        }
        self.attributions = sorted;
        for opinion in &mut self.opinions {
            opinion.attribution = opinion.attribution.map(|i| place[i]);
        }
    }

    /// The relations that attributions and stances amount to, from the head outwards.
    pub(crate) fn tie_up(&mut self) {
        let mut found: Vec<(usize, usize, Tie)> = Vec::new();
        let head = |i: Option<usize>| i.and_then(|i| self.attributions.get(i)).and_then(Attributed::head);
        for a in &self.attributions {
            let Some(from) = a.head() else { continue };
            let ties =
                [(Tie::CuedBy, &a.cues), (Tie::AttributedTo, &a.sources), (Tie::AddressedTo, &a.addressees)];
            for (tie, to) in ties {
                found.extend(to.iter().filter(|to| **to != from).map(|to| (from, *to, tie)));
            }
            found.extend(a.contents.iter().skip(1).map(|piece| (*piece, from, Tie::PartOf)));
            found.extend(a.via.map(|to| (from, to, Tie::Via)));
            found.extend(head(a.parent).map(|to| (from, to, Tie::NestedIn)));
            found.extend(head(a.continues).map(|to| (from, to, Tie::Continues)));
        }
        for opinion in &self.opinions {
            let Some(first) = opinion.evidence.first() else { continue };
            found.extend(opinion.evidence.iter().skip(1).map(|piece| (*piece, *first, Tie::PartOf)));
            found.extend(head(opinion.attribution).map(|to| (*first, to, Tie::TakenIn)));
        }
        let relation =
            |(from, to, tie): (usize, usize, Tie)| Relation { from, to, label: tie.as_str().into() };
        self.relations.extend(found.into_iter().filter(|(from, to, _)| from != to).map(relation));
        self.relations.sort();
        self.relations.dedup();
    }
}
