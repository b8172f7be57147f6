//! Values on their own: closed vocabularies, lengths, ids that should follow from content.

use super::Look;
use crate::model::{ArticleText, Body, Entry, Id, KINDS, Nature, VOCABULARIES};

pub(super) fn look(look: &mut Look<'_>, entry: &Entry) {
    vocabularies(look, entry);
    if let Body::ArticleText(text) = &entry.body {
        text_record(look, text);
    }
    if let Body::Stance(stance) = &entry.body
        && stance.intensity.get().is_some_and(|i| i > 3)
    {
        look.say("intensity", "The intensity is above 3.", "Set it to 0, 1, 2 or 3.");
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
    let Some(content) = &text.content else { return };
    if content.length() != text.length {
        let problem =
            format!("The length says {} code points, the text has {}.", text.length.0, content.length().0);
        look.say("length", problem, "Ask for the file again: text or length was changed outside Variorum.");
    }
    let derived = Id::<ArticleText>::derived(&[content]);
    if derived.record() != look.id {
        look.say(
            "content",
            "The text is not the one its id was made from.",
            "Ask for the file again: the text was changed outside Variorum, and its marks may have shifted.",
        );
    }
    if content.contains('\r') || content.starts_with('\u{feff}') {
        look.say(
            "content",
            "The text has line ends or a mark that should not be there.",
            "Add the article again.",
        );
    }
}
