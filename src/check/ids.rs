//! Ids that should follow from what a record says, and the form of all of them.

use super::Look;
use crate::model::{
    Alias, Article, ArticleText, Body, Coverage, Entry, Fate, Id, KINDS, Kind, Link, QuoteLink, Segment,
};

const EDITED: &str = "Ask for the file again: it was changed outside Variorum. The same thing, made elsewhere, would count as another.";

pub(super) fn look(look: &mut Look<'_>, entry: &Entry) {
    form(look);
    let by = entry.made.by.as_str();
    match &entry.body {
        Body::ArticleText(t) => {
            if let Some(content) = &t.content {
                derived::<ArticleText>(look, "content", &[content]);
            }
        }
        Body::Article(a) => derived::<Article>(look, "text", &[a.text.as_str(), &a.salt]),
        Body::Alias(a) => {
            let (first, second) = if a.a <= a.b { (&a.a, &a.b) } else { (&a.b, &a.a) };
            derived::<Alias>(look, "a", &[first.as_str(), second.as_str()]);
        }
        Body::Segment(s) => {
            let (start, end) = (s.anchor.start.0.to_string(), s.anchor.end.0.to_string());
            derived::<Segment>(look, "anchor", &[s.text.as_str(), &start, &end]);
        }
        Body::Link(l) => derived::<Link>(look, "from", &[l.from.as_str(), l.to.as_str()]),
        Body::QuoteLink(q) => derived::<QuoteLink>(look, "from", &[q.from.as_str(), q.to.as_str()]),
        Body::Coverage(c) => {
            derived::<Coverage>(look, "person", &[c.person.as_str(), c.text.as_str(), c.layer.as_str()]);
        }
        Body::Fate(f) => {
            let (start, end) = (f.start.0.to_string(), f.end.0.to_string());
            derived::<Fate>(look, "text", &[by, f.text.as_str(), &f.rule, &start, &end]);
        }
        _ => {}
    }
}

fn derived<K: Kind>(look: &mut Look<'_>, field: &str, parts: &[&str]) {
    if Id::<K>::derived(parts).record() == look.id {
        return;
    }
    let problem = match field {
        "content" => "The text is not the one its id was made from; its marks may have shifted.",
        _ => "The id does not follow from what the record says.",
    };
    look.say(field, problem, EDITED);
}

/// An id is its kind's prefix, a colon and 26 characters of base 32.
fn form(look: &mut Look<'_>) {
    let known = KINDS.iter().any(|(prefix, ..)| *prefix == look.id.prefix());
    let digits = look.id.as_str().get(4..).unwrap_or_default();
    let sound = digits.len() == 26
        && digits.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase() && !b"ILOU".contains(&b));
    if known && !sound {
        look.say(
            "",
            "The id is not three letters, a colon and 26 characters of base 32.",
            "Ask for the file again: the id was changed outside Variorum, and what points at it may have lost it.",
        );
    }
}
