//! What a record points at: other records, and places in texts.

use super::Look;
use super::anchors::{anchor, place};
use crate::model::{
    Alias, ArticleText, AsBody, Attribution, Body, Entry, Holder, Id, Made, Mention, MentionForm, RecordId,
    StanceLevel,
};
use crate::text::Text;

pub(super) fn look(look: &mut Look<'_>, entry: &Entry) {
    match &entry.body {
        Body::Article(a) => {
            points_at(look, "text", &a.text);
            maybe(look, "story", a.story.get());
            if let Some(text) = look.project.text(&a.text).cloned() {
                a.links.get().iter().for_each(|l| {
                    place(look, "links", &text, l.start, l.end);
                });
            }
        }
        Body::ArticleText(t) => {
            maybe(look, "cleaned_from", &t.cleaned_from);
            let before = t.cleaned_from.as_ref().and_then(|id| look.project.text(id)).cloned();
            if let Some(before) = before {
                t.cuts.iter().flatten().for_each(|cut| {
                    place(look, "cuts", &before, cut.start, cut.end);
                });
            }
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
            if m.anchor.get().is_none() && *m.form.get() != Some(MentionForm::Implicit) {
                look.say(
                    "anchor",
                    "It does not say where the words stand, and is not an implicit mention.",
                    "Mark the words that name the source.",
                );
            }
            maybe(look, "source", m.source.get());
        }
        Body::Attribution(a) => {
            if let Some(text) = text(look, &a.text) {
                a.contents.get().iter().for_each(|c| anchor(look, "contents", &text, &c.anchor()));
                a.cues.get().iter().for_each(|c| anchor(look, "cues", &text, c));
            }
            let mentions = [("sources", a.sources.get()), ("addressees", a.addressees.get())];
            for (field, all) in mentions {
                all.iter().for_each(|m| mention(look, field, &a.text, m));
            }
            a.via.get().iter().for_each(|m| mention(look, "via", &a.text, m));
            for (field, other) in [("parent", a.parent.get()), ("continues", a.continues.get())] {
                maybe(look, field, other);
                same_text(look, field, &a.text, other);
            }
            made(look, &a.made);
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
            same_text(look, "attribution", &s.text, s.attribution.get());
            if *s.level.get() == Some(StanceLevel::Quote) && s.attribution.get().is_none() {
                look.say(
                    "level",
                    "The stance is that of a quotation, but no attribution is named.",
                    "Name the attribution, or say another level.",
                );
            }
            made(look, &s.made);
        }
        Body::Link(l) => {
            points_at(look, "from", &l.from);
            points_at(look, "to", &l.to);
            apart(look, l.from == l.to);
        }
        Body::Alignment(a) => {
            apart(look, a.from_text == a.to_text);
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
            apart(look, q.from == q.to);
        }
        Body::Comment(c) => any(look, "about", &c.about),
        Body::Coverage(c) => {
            points_at(look, "person", &c.person);
            if let (Some(text), Some(range)) = (text(look, &c.text), c.range.get()) {
                anchor(look, "range", &text, range);
            }
        }
        Body::Fate(f) => {
            if let Some(text) = text(look, &f.text) {
                place(look, "start", &text, f.start, f.end);
            }
            f.made_record.iter().for_each(|id| any(look, "made_record", id));
        }
        Body::Alias(a) => alias(look, a),
        Body::Decision(d) => {
            d.members.get().iter().for_each(|m| any(look, "members", m));
            d.result.get().iter().for_each(|r| any(look, "result", r));
        }
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

/// Two things that should be two.
fn apart(look: &mut Look<'_>, same: bool) {
    if same {
        look.say("to", "It links something with itself.", "Name another one, or delete this record.");
    }
}

fn same_text(look: &mut Look<'_>, field: &str, text: &Id<ArticleText>, id: &Option<Id<Attribution>>) {
    let elsewhere = id.as_ref().is_some_and(|id| look.project.find(id).is_some_and(|a| a.text != *text));
    if elsewhere {
        look.say(
            field,
            "It points at an attribution in another text.",
            "Point at one in the same text, or take the link back.",
        );
    }
}

fn made(look: &mut Look<'_>, made: &Made) {
    made.from.iter().for_each(|id| any(look, "made", id));
}

/// Kinds of which two can be one.
const ALIASED: &[&str] = &["per", "lab", "art", "sty", "src", "tgt"];

fn alias(look: &mut Look<'_>, alias: &Alias) {
    any(look, "a", &alias.a);
    any(look, "b", &alias.b);
    let (problem, remedy) = match (alias.a.prefix(), alias.b.prefix()) {
        _ if alias.a == alias.b => ("It says that something is the same as itself.", "Delete it."),
        (a, b) if a != b => ("It joins two things of different kinds.", "Delete it."),
        (a, _) if !ALIASED.contains(&a) => ("Things of this kind cannot be joined.", "Delete it."),
        _ => return,
    };
    look.say("b", problem, remedy);
}
