//! Places in texts: inside, not empty, and saying what the text says there.

use super::Look;
use crate::model::{Anchor, Body, Entry};
use crate::text::{CodePoint, CodePoints, Span, Text};

const REMEDY: &str = "Mark the words again; the file was probably changed outside Variorum.";

/// The longest prefix and suffix, in code points.
const CONTEXT: usize = 32;

pub(super) fn anchor(look: &mut Look<'_>, field: &str, text: &Text, anchor: &Anchor) {
    let Some(span) = place(look, field, text, anchor.start, anchor.end) else { return };
    let says = span.slice(text);
    if says != anchor.exact {
        let short = |words: &str| words.chars().take(60).collect::<String>();
        let (at, says, wanted) = (range(anchor.start, anchor.end), short(says), short(&anchor.exact));
        return look.say(field, format!("At {at} the text says “{says}”, the mark “{wanted}”."), REMEDY);
    }
    let (before, after) = (&text[..span.start().byte()], &text[span.end().byte()..]);
    for (name, context, stands) in [
        ("prefix", &anchor.prefix, before.ends_with(&*anchor.prefix)),
        ("suffix", &anchor.suffix, after.starts_with(&*anchor.suffix)),
    ] {
        if !stands {
            let problem = format!("The {name} “{context}” is not what stands there in the text.");
            look.say(field, problem, REMEDY);
        } else if context.chars().count() > CONTEXT {
            let problem = format!("The {name} is longer than {CONTEXT} code points.");
            look.say(field, problem, "Ask for the file again, from a version that keeps to the format.");
        }
    }
}

/// The place from `start` to `end`, or what is wrong with it.
pub(super) fn place(
    look: &mut Look<'_>,
    field: &str,
    text: &Text,
    start: CodePoint,
    end: CodePoint,
) -> Option<Span> {
    let at = range(start, end);
    if end <= start {
        look.say(field, format!("The place {at} is empty or runs backwards."), REMEDY);
        return None;
    }
    let span = text.span_from_chars(CodePoints { start, end });
    if span.is_none() {
        let problem =
            format!("The place {at} lies outside the text, which has {} code points.", text.length().0);
        look.say(field, problem, REMEDY);
    }
    span
}

fn range(start: CodePoint, end: CodePoint) -> String {
    format!("{}–{}", start.0, end.0)
}

/// Pieces may lie inside each other (an insertion in a quotation), but not cross.
pub(super) fn overlaps(look: &mut Look<'_>, entry: &Entry) {
    match &entry.body {
        Body::Attribution(a) => {
            let contents: Vec<_> = a.contents.get().iter().map(|c| (c.start, c.end)).collect();
            let cues: Vec<_> = a.cues.get().iter().map(|c| (c.start, c.end)).collect();
            for (field, places) in [("contents", contents), ("cues", cues)] {
                let one_crosses =
                    |i: usize| places[..i].iter().any(|a| *a == places[i] || cross(*a, places[i]));
                if (1..places.len()).any(one_crosses) {
                    look.say(field, "Two pieces of it overlap.", "Make one piece of them, or shorten one.");
                }
            }
        }
        Body::Segment(s) => {
            let here = (s.anchor.start, s.anchor.end);
            let mut others = look.project.about::<crate::model::Segment>(&s.text);
            let crossing = others.find(|other| cross(here, (other.anchor.start, other.anchor.end)));
            if let Some(other) = crossing.map(|other| other.id()) {
                let problem = format!("It overlaps {other}, and neither lies inside the other.");
                look.say("anchor", problem, "Shorten one of the two.");
            }
        }
        _ => {}
    }
}

type Place = (CodePoint, CodePoint);

fn cross(a: Place, b: Place) -> bool {
    (a.0 < b.0 && b.0 < a.1 && a.1 < b.1) || (b.0 < a.0 && a.0 < b.1 && b.1 < a.1)
}
