//! Puts a document together from what another tool's file says of it, fault by fault.

use super::{Document, Mark, MarkLayer, Opinion, Relation, Unit, Units, fold_label, unpack};
use crate::codecs::Issue;
use crate::text::{Span, Text};
use std::collections::BTreeMap;

/// What marks can say of themselves here. Fields of other names are kept in the document, and listed.
const UNDERSTOOD: [&str; 25] = [
    "annotator",
    "channel",
    "conditional",
    "cue_polarity",
    "defects",
    "explicit",
    "form",
    "holder",
    "intensity",
    "level",
    "meaning",
    "medium",
    "mixed",
    "note",
    "part",
    "record",
    "rule",
    "scheme",
    "source",
    "target",
    "target_kind",
    "type",
    "unsure",
    "verb_class",
    "wording",
];

/// Whether marks can say this of themselves here.
pub fn understood(field: &str) -> bool {
    UNDERSTOOD.contains(&field)
}

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
        Self::of(place, document, unit, issues)
    }

    /// Of a document without marks yet, to say what one of several people marked in it.
    pub(crate) fn of(place: &str, document: Document, unit: Unit, issues: &'i mut Vec<Issue>) -> Self {
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
        let Some(span) = span else { return self.no_stretch(name, ends, label) };
        let words = span.slice(&self.document.text).to_owned();
        if says.is_none_or(|says| self.agrees(name, label, says, &words)) {
            self.span(name, span, label, packed);
        }
    }

    /// Whether a mark says the `words` of the text; where not, that is listed.
    pub(crate) fn agrees(&mut self, name: &str, label: &str, says: &str, words: &str) -> bool {
        let agrees = same_words(says, words);
        if !agrees {
            let [says, words] = [says, words].map(|w| w.chars().take(60).collect::<String>());
            self.issue(format!(
                "“{name}” ({label}) says “{says}”, but the text says “{words}” there; it was left out. Give the very text that was annotated."
            ));
        }
        agrees
    }

    /// Says what is wrong with positions that are no stretch of the text.
    fn no_stretch(&mut self, name: &str, ends: (Option<u64>, Option<u64>), label: &str) {
        let unit = self.unit.as_str();
        let what = match ends {
            (Some(start), Some(end)) if start < end => {
                let whole = Units::of(&self.document.text, self.unit).ends(self.document.text.whole()).1;
                format!(
                    "from {start} to {end} is no stretch of the text, which has {whole} {unit}; it was left out. Give the very text that was annotated."
                )
            }
            (Some(start), Some(end)) => format!("from {start} to {end} holds no words; it was left out."),
            _ => {
                let missing = match ends {
                    (Some(_), None) => "end",
                    (None, Some(_)) => "start",
                    _ => "start and no end",
                };
                format!(
                    "has no {missing} that is a whole number of {unit}; it was left out. Export it with positions."
                )
            }
        };
        self.issue(format!("“{name}” ({label}) {what}"));
    }

    /// What somebody remarked of a mark, by the mark's name, behind what was remarked before.
    pub(crate) fn note(&mut self, mark: &str, note: &str) {
        let Some(mark) = self.names.get(mark).and_then(|at| self.document.marks.get_mut(*at)) else { return };
        match mark.attributes.iter_mut().find(|(name, _)| name == "note") {
            Some((_, before)) => before.extend(["\n", note]),
            None => {
                mark.attributes.push(("note".to_owned(), note.to_owned()));
                mark.attributes.sort();
            }
        }
    }

    /// A further field of a mark, by the mark's name. What nothing here can hold is listed.
    pub(crate) fn attribute(&mut self, mark: &str, field: &str, value: &str) {
        let Some(mark) = self.names.get(mark).and_then(|at| self.document.marks.get_mut(*at)) else { return };
        let name = fold_label(field);
        if value.is_empty() || name.is_empty() || mark.attribute(&name).is_some() {
            return;
        }
        let understood = understood(&name);
        mark.attributes.push((name, value.to_owned()));
        mark.attributes.sort();
        if !understood {
            self.issue(format!(
                "Marks have a field “{field}”, for which there is no place here; its values were left out. Where they matter, make them labels in the other tool."
            ));
        }
    }

    /// A mark whose span is known.
    pub(crate) fn span(&mut self, name: &str, span: Span, label: &str, packed: &str) {
        if label.trim().is_empty() {
            return self
                .issue(format!("“{name}” has no label; it was left out. Give it one in the other tool."));
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
            _ => self.issue(format!(
                "The tie “{label}” from “{from}” to “{to}” was left out: one end is not among the marks that were read."
            )),
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

    /// A class that another tool gives the text as a whole. Of no scheme yet: what it means here is found out
    /// when it is taken in.
    pub(crate) fn class(&mut self, label: &str) {
        if !label.trim().is_empty() {
            self.opinion(label, "");
        }
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

/// Whether these are the same words but for white space, in which tools differ.
pub(crate) fn same_words(one: &str, other: &str) -> bool {
    folded_space(one) == folded_space(other)
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
