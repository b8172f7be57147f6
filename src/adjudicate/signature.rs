//! What an annotation says, taken apart into what people can differ in.

use crate::model::{Anchor, Attribution, Holder, Id, Item, Mention, Project, Same, Stance};

/// What one annotation says: equal where two people said the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Signature {
    /// Where: the marked stretches.
    pub(super) places: Vec<(u8, u32, u32)>,
    /// Which label: the type of an attribution, the value of a stance.
    pub(super) label: String,
    /// With what it is linked: who speaks.
    pub(super) link: String,
    /// Everything else.
    pub(super) rest: String,
    /// The rule of the guidelines that it cites.
    pub(super) rule: Option<String>,
}

fn places(kind: u8, anchors: impl IntoIterator<Item = Anchor>) -> Vec<(u8, u32, u32)> {
    anchors.into_iter().map(|a| (kind, a.start.0, a.end.0)).collect()
}

pub(super) fn of_attribution(project: &Project, same: &Same, a: &Item<'_, Attribution>) -> Signature {
    let mentions: Vec<Item<'_, Mention>> =
        a.sources.get().iter().filter_map(|m: &Id<Mention>| project.find(m)).collect();
    let mut marked = places(0, a.contents.get().iter().map(|c| c.anchor()));
    marked.extend(places(1, a.cues.get().iter().cloned()));
    marked.extend(places(2, mentions.iter().filter_map(|m| m.anchor.get().clone())));
    marked.sort_unstable();
    let speaker = mentions.first().and_then(|m| m.source.get().clone());
    Signature {
        places: marked,
        label: a.r#type.get().as_ref().map_or(String::new(), |t| t.as_str().to_owned()),
        link: speaker.map_or(String::new(), |s| same.of(s.record()).to_string()),
        rest: rest(a.entry, &["medium", "verb_class", "cue_polarity", "channel", "form", "record"]),
        rule: a.rule.get().clone(),
    }
}

pub(super) fn of_stance(project: &Project, same: &Same, s: &Item<'_, Stance>) -> Signature {
    let label = s.value.get().as_ref().map(|value| {
        let one = same.of(value.record()).typed().unwrap_or_else(|| value.clone());
        let label = project.find(&one);
        label.and_then(|l| l.name.get().clone()).unwrap_or_else(|| one.to_string())
    });
    let rule = s.value.get().as_ref().and_then(|v| project.find(v)).and_then(|l| l.rule.get().clone());
    Signature {
        places: places(3, s.evidence.get().iter().cloned()),
        label: label.unwrap_or_default(),
        link: String::new(),
        rest: rest(s.entry, &["intensity", "explicit", "conditional", "mixed", "level"]),
        rule,
    }
}

fn rest(entry: &crate::model::Entry, fields: &[&str]) -> String {
    let value = |field: &&str| entry.value(field).map_or(String::new(), |v| v.as_str().to_owned());
    fields.iter().map(value).collect::<Vec<_>>().join(" ")
}

/// The holder and target of a stance, joined ids counting as one.
pub(super) fn about(same: &Same, s: &Stance) -> (String, String) {
    let holder = match s.holder.get() {
        Some(Holder::Article) => "article".to_owned(),
        Some(Holder::Source(id)) => same.of(id.record()).to_string(),
        None => String::new(),
    };
    let target = s.target.get().as_ref().map_or(String::new(), |t| same.of(t.record()).to_string());
    (holder, target)
}
