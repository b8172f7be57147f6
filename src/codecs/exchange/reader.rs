//! Puts a document together from what another tool's file says of it, fault by fault.

use super::{Attributed, Document, Mark, MarkLayer, Opinion, Relation, Tie, Unit, Units, unpack};
use crate::codecs::Issue;
use crate::text::{Span, Text};
use std::collections::BTreeMap;

/// A document in the making: marks by the names they have in the file.
pub(crate) struct Reader<'i> {
    place: String,
    document: Document,
    unit: Unit,
    names: BTreeMap<String, usize>,
    issues: &'i mut Vec<Issue>,
}

impl<'i> Reader<'i> {
    /// Of a text that stood at `place`, whose positions are counted in `unit`.
    pub(crate) fn new(place: &str, name: &str, text: &str, unit: Unit, issues: &'i mut Vec<Issue>) -> Self {
        let document = Document { article: name.to_owned(), text: Text::new(text), ..Document::default() };
        Self { place: place.to_owned(), document, unit, names: BTreeMap::new(), issues }
    }

    /// The document so far, to say more of the article.
    pub(crate) fn about(&mut self) -> &mut Document {
        &mut self.document
    }

    /// Takes the article's fields out of an object.
    pub(crate) fn meta(&mut self, of: &serde_json::Value) {
        let get = |key: &str| of.get(key).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
        let d = &mut self.document;
        for (field, key) in [
            (&mut d.title, "title"),
            (&mut d.outlet, "outlet"),
            (&mut d.published, "published"),
            (&mut d.url, "url"),
            (&mut d.language, "language"),
            (&mut d.story, "story"),
            (&mut d.story_name, "story_name"),
        ] {
            *field = get(key);
        }
    }

    /// Notes what cannot be read.
    pub(crate) fn issue(&mut self, what: String) {
        self.issues.push(Issue { place: self.place.clone(), what });
    }

    /// A mark between two positions in the file's unit. `says` are the words that the file has for it.
    pub(crate) fn mark(
        &mut self,
        name: &str,
        ends: (Option<u64>, Option<u64>),
        label: &str,
        packed: &str,
        says: Option<&str>,
    ) {
        let span = ends.0.zip(ends.1).and_then(|(s, e)| Units::of(&self.document.text, self.unit).span(s, e));
        let Some(span) = span else {
            let [start, end] = [ends.0, ends.1].map(|n| n.map_or("nowhere".to_owned(), |n| n.to_string()));
            return self.issue(format!(
                "“{name}” ({label}) from {start} to {end} is no stretch of the text, counted in {}.",
                self.unit.as_str()
            ));
        };
        let words = span.slice(&self.document.text);
        if let Some(says) = says
            && folded_space(says) != folded_space(words)
        {
            let words: String = words.chars().take(60).collect();
            return self
                .issue(format!("“{name}” ({label}) says “{says}”, but the text says “{words}” there."));
        }
        self.span(name, span, label, packed);
    }

    /// A mark whose span is known.
    pub(crate) fn span(&mut self, name: &str, span: Span, label: &str, packed: &str) {
        if label.trim().is_empty() {
            return self.issue(format!("“{name}” has no label."));
        }
        let mut attributes = unpack(packed);
        let at = attributes.iter().position(|(n, _)| n == "layer");
        let layer = at.map_or(MarkLayer::Other, |at| MarkLayer::named(&attributes.remove(at).1));
        if self.names.insert(name.to_owned(), self.document.marks.len()).is_some() {
            self.issue(format!("The name “{name}” is there twice; ties go to the last one."));
        }
        let (label, record) = (label.to_owned(), name.to_owned());
        self.document.marks.push(Mark { span, layer, label, attributes, record });
    }

    /// A tie between two marks by their names.
    pub(crate) fn relation(&mut self, from: &str, to: &str, label: &str) {
        match (self.names.get(from), self.names.get(to)) {
            (Some(from), Some(to)) => {
                let relation = Relation { from: *from, to: *to, label: label.to_owned() };
                self.document.relations.push(relation);
            }
            _ => self.issue(format!("The tie “{label}” from {from} to {to}: one end is not there.")),
        }
    }

    /// The index of a mark by its name.
    pub(crate) fn named(&self, name: &str) -> Option<usize> {
        self.names.get(name).copied()
    }

    /// A stance of the article as a whole, from `scheme:label`, or a label alone.
    pub(crate) fn opinion(&mut self, label: &str, packed: &str) {
        let mut fields = unpack(packed);
        let mut take = |name: &str| {
            let at = fields.iter().position(|(n, _)| n == name);
            at.map(|at| fields.remove(at).1).unwrap_or_default()
        };
        let opinion = Opinion {
            record: format!("stance {}", self.document.opinions.len() + 1),
            holder: take("holder"),
            target: take("target"),
            target_kind: take("target_kind"),
            wording: take("wording"),
            scheme: take("scheme"),
            label: label.to_owned(),
            meaning: take("meaning"),
            ..Opinion::default()
        };
        self.document.opinions.push(Opinion { fields, ..opinion });
    }

    /// The document: marks in the order of the text, line ends LF.
    pub(crate) fn finish(self) -> Document {
        let mut document = self.document;
        if document.text.contains('\r') {
            unix_lines(&mut document);
        }
        document.sort();
        document
    }
}

/// Words as brat and others compare them: any white space is one space.
fn folded_space(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ").replace("\\n", " ")
}

/// Makes CRLF and CR LF, and moves the marks along.
fn unix_lines(document: &mut Document) {
    let old = document.text.clone();
    let new = old.replace("\r\n", "\n").replace('\r', "\n");
    let moved = |at: usize| at - old[..at].matches("\r\n").count();
    for mark in &mut document.marks {
        let (start, end) = (moved(mark.span.start().byte()), moved(mark.span.end().byte()));
        mark.span = Span::new(&new, start, end).unwrap_or_default();
    }
    document.text = Text::new(new);
}

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
