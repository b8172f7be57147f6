//! Classes that other tools give a text as a whole: which of them are stances.

use super::{ATTRIBUTION_LABELS, Mark, MarkLayer, Reader, fold_label};
use crate::model::SegmentKind;
use crate::text::Span;

/// The labels of the stance schemes that every project has, each with its scheme.
const STANCES: [(&str, &str); 15] = [
    ("favor", "favor"),
    ("against", "favor"),
    ("none", "favor"),
    ("support", "support"),
    ("deny", "support"),
    ("query", "support"),
    ("comment", "support"),
    ("agree", "agree"),
    ("disagree", "agree"),
    ("discuss", "agree"),
    ("unrelated", "agree"),
    ("observing", "observe"),
    ("positive", "polarity"),
    ("negative", "polarity"),
    ("neutral", "polarity"),
];

/// What else labels of marks are called that a map need not name.
const OTHER_NAMES: [&str; 10] = [
    "quote",
    "quotation",
    "quoted",
    "statement",
    "cue_verb",
    "verb",
    "reporting_verb",
    "speaker",
    "ignore",
    "segment",
];

impl Reader<'_> {
    /// A class that another tool gives the text as a whole. One of a stance scheme is a stance of the
    /// article. What others mean only a map of labels can say, so they become marks on no words.
    pub(crate) fn class(&mut self, label: &str) {
        let folded = fold_label(label);
        if folded.is_empty() {
            return;
        }
        if let Some((known, scheme)) = STANCES.iter().find(|(known, _)| *known == folded) {
            return self.opinion(known, &format!("scheme={scheme}"));
        }
        let record = format!("class {}", self.document.marks.len() + 1);
        // A class by the name of a part of attributions, or of a segment, does not mean that.
        let taken = ATTRIBUTION_LABELS.contains(&&*folded)
            || OTHER_NAMES.contains(&&*folded)
            || SegmentKind::ALL.iter().any(|kind| kind.as_str() == folded);
        let label = if taken { format!("class {label}") } else { label.to_owned() };
        let (span, layer, attributes) = (Span::default(), MarkLayer::Other, Vec::new());
        self.document.marks.push(Mark { span, layer, label, attributes, record });
    }
}

#[cfg(test)]
mod tests {
    use super::super::Unit;
    use super::*;

    #[test]
    fn a_class_of_a_stance_scheme_is_a_stance_and_any_other_waits_for_its_meaning() {
        let mut issues = Vec::new();
        let mut reader = Reader::new("a", "a", "Holm said.", Unit::CodePoints, &mut issues);
        ["Against", "deny", "sports", "Statement", " "].into_iter().for_each(|class| reader.class(class));
        let document = reader.finish();
        let stances: Vec<_> = document.opinions.iter().map(|o| (&*o.scheme, &*o.label)).collect();
        assert_eq!(stances, [("favor", "against"), ("support", "deny")]);
        let marks: Vec<_> = document.marks.iter().map(|m| (&*m.label, m.span.is_empty())).collect();
        assert_eq!(marks, [("class Statement", true), ("sports", true)]);
    }
}
