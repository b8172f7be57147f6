//! The quotations of a version that the ledger follows: those that people annotated, or, where nobody
//! did, those that the text's own marks show. Each list says which it is, since marks alone cannot tell a
//! quotation from a title or a scare quote.

use super::reuse::counts;
use crate::model::{ArticleText, Attribution, AttributionType, Id, Project};
use crate::text::marks::{Quotation, quotations};
use crate::text::{CodePoints, Span, Text};
use serde::{Deserialize, Serialize};

/// Words that somebody marked as said by somebody, in a form that travels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annotated {
    /// Where they are.
    pub at: CodePoints,
    /// Whether all of them are quoted word for word; else only what stands in marks among them.
    pub direct: bool,
    /// Who says them, as far as that was said.
    pub who: String,
}

/// What is annotated in a text as said, by its place. What was marked as no quotation is left out.
pub fn annotated(project: &Project, id: &Id<ArticleText>) -> Vec<Annotated> {
    use AttributionType::{Direct, Scare, Term, Title};
    let mut found = Vec::new();
    for attribution in project.about::<Attribution>(id) {
        let kind = attribution.r#type.get();
        if matches!(kind, Some(Scare | Title | Term)) {
            continue;
        }
        let speakers = attribution.sources.get().iter().filter_map(|m| project.find(m)?.source.get().clone());
        let who: Vec<String> = speakers.map(|source| project.source_name(&source)).collect();
        for content in attribution.contents.get() {
            let anchor = content.anchor();
            found.push(Annotated {
                at: CodePoints { start: anchor.start, end: anchor.end },
                direct: *kind == Some(Direct),
                who: who.join(", "),
            });
        }
    }
    found
}

/// A quotation to follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// Where it is, with its marks.
    pub span: Span,
    /// Who says it, where that was annotated.
    pub who: String,
}

/// The quotations of a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotes {
    /// By place; none lies in another.
    pub all: Vec<Quote>,
    /// Whether they are what people annotated, not what the marks show.
    pub annotated: bool,
}

/// The quotations of `text`: of what is annotated in it, else of its marks. Terms of one or two words in
/// single marks are no quotations.
pub fn quotes(text: &Text, annotated: &[Annotated]) -> Quotes {
    let marks = quotations(text);
    let in_marks: Vec<&Quotation> = marks.iter().filter(|q| counts(text, q)).collect();
    let mut all: Vec<Quote> = Vec::new();
    for said in annotated {
        let Some(span) = text.span_from_chars(said.at) else { continue };
        // Marks that were left out of the annotation belong to the quotation all the same.
        let around = in_marks.iter().find(|q| q.inner == span).map(|q| q.span);
        let inside = in_marks.iter().map(|q| q.span).filter(|q| span.contains(*q));
        let spans = if said.direct { vec![around.unwrap_or(span)] } else { inside.collect() };
        all.extend(spans.into_iter().map(|span| Quote { span, who: said.who.clone() }));
    }
    // Of what several people marked the longest counts, once; of equals the one that names somebody.
    all.sort_by(|x, y| {
        (x.span.start(), y.span.end(), x.who.is_empty()).cmp(&(
            y.span.start(),
            x.span.end(),
            y.who.is_empty(),
        ))
    });
    let mut outer: Vec<Quote> = Vec::new();
    for quote in all {
        if !outer.last().is_some_and(|last| last.span.contains(quote.span)) {
            outer.push(quote);
        }
    }
    let annotated = !outer.is_empty();
    let found = || in_marks.iter().map(|q| Quote { span: q.span, who: String::new() }).collect();
    Quotes { all: if annotated { outer } else { found() }, annotated }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::testing::marked;

    /// The quotations of a text in the bracket notation: `direct` and `said` are what is annotated.
    fn of(notation: &str) -> (Vec<String>, bool) {
        let (text, spans) = marked(notation);
        let text = Text::new(text);
        let said = |(span, kind): &(Span, String)| Annotated {
            at: text.chars_of(*span),
            direct: kind == "direct",
            who: String::new(),
        };
        let found = quotes(&text, &spans.iter().map(said).collect::<Vec<_>>());
        (found.all.iter().map(|q| q.span.slice(&text).to_owned()).collect(), found.annotated)
    }

    fn some(words: &[&str]) -> Vec<String> {
        words.iter().map(|w| (*w).to_owned()).collect()
    }

    #[test]
    fn what_is_annotated_goes_before_the_marks() {
        let (found, annotated) = of("He read “The Fall of It” and said [“we will not sail again”]{direct}.");
        assert_eq!((found, annotated), (some(&["“we will not sail again”"]), true));
    }

    #[test]
    fn where_nothing_is_annotated_the_marks_count_and_it_is_said() {
        let (found, annotated) = of("He said “we will not sail again” and left.");
        assert_eq!((found, annotated), (some(&["“we will not sail again”"]), false));
    }

    #[test]
    fn of_an_indirect_report_only_what_stands_in_marks_is_quoted() {
        let (found, annotated) = of("He said [that they would “not sail again” before May]{said}.");
        assert_eq!((found, annotated), (some(&["“not sail again”"]), true));
        assert!(!of("He said [that they would stay]{said}. “We will not sail again,” he wrote.").1);
    }

    #[test]
    fn marks_belong_to_the_quotation_and_what_two_people_marked_counts_once() {
        let (found, _) = of("He said “[we will not [sail again]{direct}]{direct}” and left.");
        assert_eq!(found, some(&["“we will not sail again”"]));
    }
}
