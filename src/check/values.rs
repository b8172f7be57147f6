//! Values on their own: closed vocabularies, lengths, ids that should follow from content.

use super::Look;
use crate::model::{
    ArticleText, Body, Entry, How, Id, KINDS, Label, Nature, Part, ProjectInfo, VOCABULARIES,
};

pub(super) fn look(look: &mut Look<'_>, entry: &Entry) {
    vocabularies(look, entry);
    match &entry.body {
        Body::ArticleText(text) => text_record(look, text),
        Body::Label(l) => label(look, l),
        Body::ProjectInfo(info) => rules(look, info),
        Body::Stance(stance) => {
            if stance.intensity.get().is_some_and(|i| i > 3) {
                look.say("intensity", "The intensity is above 3.", "Set it to 0, 1, 2 or 3.");
            }
            how(look, &stance.made.how);
        }
        Body::Attribution(a) => {
            a.contents
                .get()
                .iter()
                .for_each(|c| word(look, "contents", c.part.as_str(), Part::ALL.iter().map(Part::as_str)));
            how(look, &a.made.how);
            cited(look, a.rule.get());
            if a.contents.get().is_empty() && a.cues.get().is_empty() && a.sources.get().is_empty() {
                look.say(
                    "contents",
                    "Nothing is marked in this attribution.",
                    "Mark its words, or delete it.",
                );
            }
        }
        Body::Source(s) => {
            let item = s.wikidata.get().as_deref().unwrap_or("Q1");
            let digits = item.strip_prefix('Q').unwrap_or_default();
            if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
                look.say("wikidata", format!("“{item}” is no item of Wikidata."), "Use a Q and digits: Q42.");
            }
        }
        _ => {}
    }
}

fn how(look: &mut Look<'_>, how: &How) {
    word(look, "made", how.as_str(), How::ALL.iter().map(How::as_str));
}

/// A value inside an object, which should be of a vocabulary.
fn word<'v>(look: &mut Look<'_>, field: &str, value: &str, allowed: impl Iterator<Item = &'v str>) {
    let allowed: Vec<&str> = allowed.collect();
    if !allowed.contains(&value) {
        let remedy = format!("Use one of: {}.", allowed.join(", "));
        look.say(field, format!("“{value}” is not a value of this field."), &remedy);
    }
}

fn label(look: &mut Look<'_>, label: &Label) {
    if label.scheme.trim().is_empty() {
        look.say("scheme", "The label belongs to no scheme.", "Delete it, and make it again in a scheme.");
    }
    if label.name.get().as_deref().unwrap_or_default().trim().is_empty() {
        look.say("name", "The label has no name.", "Name it, or delete it.");
    }
    let same = look.project.same();
    let namesakes = look.project.labels(&label.scheme).into_iter().filter(|other| {
        !same.are(other.id().record(), look.id)
            && other.name.get().is_some()
            && other.name.get() == label.name.get()
    });
    if let Some(other) = namesakes.map(|other| other.id()).next() {
        let problem = format!("{other} has the same name in the same scheme.");
        look.say("name", problem, "Say that they are the same, or rename one.");
    }
    cited(look, label.rule.get());
}

/// A rule that is cited stands in the guidelines.
fn cited(look: &mut Look<'_>, rule: &Option<String>) {
    let Some(rule) = rule else { return };
    let project: Id<ProjectInfo> = look.project.id().clone();
    let known = look.project.find(&project).is_some_and(|p| p.rules.get().iter().any(|r| r.key == *rule));
    if !known {
        let problem = format!("The project has no rule “{rule}”.");
        look.say("rule", problem, "Add the rule to the project, or cite another.");
    }
}

fn rules(look: &mut Look<'_>, info: &ProjectInfo) {
    if look.id != look.project.id().record() {
        look.say("", "It is the record of another project.", "Delete it: a file holds one project.");
    }
    let rules = info.rules.get();
    for (i, rule) in rules.iter().enumerate() {
        if rules[..i].iter().any(|other| other.key == rule.key) {
            look.say("rules", format!("Two rules are called “{}”.", rule.key), "Rename one of them.");
        }
    }
}

/// Values of closed vocabularies, found by the types that the fields are declared with.
fn vocabularies(look: &mut Look<'_>, entry: &Entry) {
    let Some((_, _, fields)) = KINDS.iter().find(|(_, kind, _)| *kind == entry.kind()) else { return };
    for field in fields.iter().filter(|f| f.nature != Nature::May) {
        let named = |(name, _): &&(&str, &[&str])| {
            let wanted = field.rust_type.replace(' ', "");
            wanted == *name || wanted == format!("Option<{name}>") || wanted == format!("Vec<{name}>")
        };
        let Some((_, allowed)) = VOCABULARIES.iter().find(named) else { continue };
        let Some(value) = entry.value(field.name) else { continue };
        let one: Option<Option<String>> = value.to().ok();
        let values: Vec<String> = match one {
            Some(one) => one.into_iter().collect(),
            None => value.to().unwrap_or_default(),
        };
        for value in values.iter().filter(|v| !allowed.contains(&v.as_str())) {
            let remedy = format!("Use one of: {}.", allowed.join(", "));
            look.say(field.name, format!("“{value}” is not a value of this field."), &remedy);
        }
    }
}

fn text_record(look: &mut Look<'_>, text: &ArticleText) {
    if let Some(origin) = &text.origin
        && !(origin.hash.len() == 64 && origin.hash.bytes().all(|b| b.is_ascii_hexdigit()))
    {
        look.say(
            "origin",
            "The hash of the file is not 64 hexadecimal digits.",
            "Nothing can be compared with it; ask for the file again.",
        );
    }
    let Some(content) = &text.content else { return };
    if content.length() != text.length {
        let problem =
            format!("The length says {} code points, the text has {}.", text.length.0, content.length().0);
        look.say("length", problem, "Ask for the file again: text or length was changed outside Variorum.");
    }
    if content.contains('\r') || content.starts_with('\u{feff}') {
        look.say(
            "content",
            "The text has line ends or a mark that should not be there.",
            "Add the article again.",
        );
    }
}
