//! How a label looks: the class of its meaning, and its colour with a shape of its own, so that neither is told
//! by colour alone.

use crate::model::{Id, Label, Meaning, Project};
use crate::ui::view::{El, el};

/// The colours a label can have, by their names in the file, each with its shape.
pub(super) const COLOURS: [(&str, &str); 6] =
    [("amber", "◆"), ("blue", "●"), ("green", "▲"), ("pink", "■"), ("violet", "★"), ("teal", "✚")];

/// The class by which a label's meaning is coloured; the word itself says it too.
pub(super) fn meaning(label: Option<&Id<Label>>, project: &Project) -> &'static str {
    let meaning = label.and_then(|id| project.find(id)?.meaning.get().clone());
    match meaning {
        Some(Meaning::For) => "favor",
        Some(Meaning::Against) => "against",
        _ => "neither",
    }
}

/// The name of a label's colour; empty where it has none of ours.
pub(super) fn colour(label: Option<&Id<Label>>, project: &Project) -> &'static str {
    let label = label.and_then(|id| project.find(id));
    let named = label.as_ref().and_then(|label| label.colour.get().as_deref());
    COLOURS.iter().find(|(name, _)| Some(*name) == named).map_or("", |(name, _)| name)
}

/// A label's colour beside its name.
pub(super) fn swatch(colour: &'static str) -> Option<El> {
    let (name, shape) = COLOURS.iter().find(|(name, _)| *name == colour)?;
    Some(el("span").class(format!("swatch {name}")).set("aria-hidden", "true").child(*shape))
}
