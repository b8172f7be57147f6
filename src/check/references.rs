//! What a record points at: other records, and places in texts.

use super::Look;
use crate::model::{Anchor, ArticleText, AsBody, Body, Content, Entry, Holder, Id, Mention, RecordId};
use crate::text::Text;

pub(super) fn look(look: &mut Look<'_>, entry: &Entry) {
    match &entry.body {
        Body::Article(a) => {
            points_at(look, "text", &a.text);
            maybe(look, "story", a.story.get());
        }
        Body::Story(s) => maybe(look, "base", s.base.get()),
        Body::Segment(s) => {
            if let Some(text) = text(look, &s.text) {
                anchor(look, "anchor", &text, &s.anchor);
            }
        }
        Body::Source(s) => maybe(look, "story", s.story.get()),
        Body::Mention(m) => {
            if let (Some(text), Some(a)) = (text(look, &m.text), m.anchor.get()) {
                anchor(look, "anchor", &text, a);
            }
            maybe(look, "source", m.source.get());
        }
        Body::Attribution(a) => {
            if let Some(text) = text(look, &a.text) {
                a.contents.get().iter().for_each(|c| content(look, &text, c));
                a.cues.get().iter().for_each(|c| anchor(look, "cues", &text, c));
            }
            let mentions = [("sources", a.sources.get()), ("addressees", a.addressees.get())];
            for (field, all) in mentions {
                all.iter().for_each(|m| mention(look, field, &a.text, m));
            }
            a.via.get().iter().for_each(|m| mention(look, "via", &a.text, m));
            maybe(look, "parent", a.parent.get());
            maybe(look, "continues", a.continues.get());
            circle(look, entry);
        }
        Body::Target(t) => maybe(look, "source", t.source.get()),
        Body::Stance(s) => {
            if let Some(text) = text(look, &s.text) {
                s.evidence.get().iter().for_each(|a| anchor(look, "evidence", &text, a));
            }
            if let Some(Holder::Source(source)) = s.holder.get() {
                points_at(look, "holder", source);
            }
            for (field, missing) in [
                ("holder", s.holder.get().is_none()),
                ("target", s.target.get().is_none()),
                ("value", s.value.get().is_none()),
            ] {
                if missing {
                    look.say(field, "The stance does not say this.", "Complete the stance or delete it.");
                }
            }
            maybe(look, "target", s.target.get());
            maybe(look, "value", s.value.get());
            maybe(look, "attribution", s.attribution.get());
        }
        Body::Link(l) => {
            points_at(look, "from", &l.from);
            points_at(look, "to", &l.to);
        }
        Body::Alignment(a) => {
            for (id, anchors, field) in [(&a.from_text, a.from.get(), "from"), (&a.to_text, a.to.get(), "to")]
            {
                if let Some(text) = text(look, id) {
                    anchors.iter().for_each(|a| anchor(look, field, &text, a));
                }
            }
        }
        Body::QuoteLink(q) => {
            points_at(look, "from", &q.from);
            points_at(look, "to", &q.to);
        }
        Body::Comment(c) => any(look, "about", &c.about),
        Body::Coverage(c) => {
            points_at(look, "person", &c.person);
            points_at(look, "text", &c.text);
        }
        Body::Alias(a) => {
            any(look, "a", &a.a);
            any(look, "b", &a.b);
        }
        Body::Decision(d) => d.members.get().iter().for_each(|m| any(look, "members", m)),
        _ => {}
    }
}

/// The text a record is about; `None` where it is missing (said) or its content is (no fault).
fn text(look: &mut Look<'_>, id: &Id<ArticleText>) -> Option<Text> {
    points_at(look, "text", id);
    look.project.text(id).cloned()
}

fn points_at<K: AsBody>(look: &mut Look<'_>, field: &str, id: &Id<K>) {
    if look.project.find(id).is_none() {
        dangling(look, field, id.record());
    }
}

fn maybe<K: AsBody>(look: &mut Look<'_>, field: &str, id: &Option<Id<K>>) {
    if let Some(id) = id {
        points_at(look, field, id);
    }
}

fn any(look: &mut Look<'_>, field: &str, id: &RecordId) {
    if look.project.entry(id).is_none() {
        dangling(look, field, id);
    }
}

fn dangling(look: &mut Look<'_>, field: &str, id: &RecordId) {
    let gone = if look.project.entry(id).is_some() { "deleted" } else { "not in the project" };
    let problem = format!("It points at {id}, which is {gone}.");
    look.say(field, problem, "Bring that record back, point at another one, or delete this one.");
}

fn mention(look: &mut Look<'_>, field: &str, text: &Id<ArticleText>, id: &Id<Mention>) {
    points_at(look, field, id);
    if look.project.find(id).is_some_and(|m| m.text != *text) {
        look.say(field, format!("{id} stands in another text."), "Mark the words in this text.");
    }
}

fn content(look: &mut Look<'_>, text: &Text, piece: &Content) {
    anchor(look, "contents", text, &piece.anchor());
}

fn anchor(look: &mut Look<'_>, field: &str, text: &Text, anchor: &Anchor) {
    if anchor.span(text).is_some() {
        return;
    }
    let points = crate::text::CodePoints { start: anchor.start, end: anchor.end };
    let place = format!("{}–{}", anchor.start.0, anchor.end.0);
    let problem = match text.span_from_chars(points) {
        _ if anchor.end <= anchor.start => format!("The place {place} is empty or runs backwards."),
        None => {
            format!("The place {place} lies outside the text, which has {} code points.", text.length().0)
        }
        Some(span) => {
            let says: String = span.slice(text).chars().take(60).collect();
            let wanted: String = anchor.exact.chars().take(60).collect();
            format!("At {place} the text says “{says}”, the mark “{wanted}”.")
        }
    };
    look.say(field, problem, "Mark the words again; the file was probably changed outside Variorum.");
}

/// Reports that somebody says what they themselves report, through however many steps.
fn circle(look: &mut Look<'_>, entry: &Entry) {
    let Body::Attribution(first) = &entry.body else { return };
    for (field, start) in
        [("parent", first.parent.get().clone()), ("continues", first.continues.get().clone())]
    {
        let mut next = start;
        let mut steps = 0;
        while let Some(id) = next {
            if id.record() == look.id || steps > 1_000 {
                look.say(
                    field,
                    "The attributions point at each other in a circle.",
                    "Take one of the links back.",
                );
                break;
            }
            steps += 1;
            let found = look.project.find(&id);
            next = found
                .and_then(|a| if field == "parent" { a.parent.get() } else { a.continues.get() }.clone());
        }
    }
}
