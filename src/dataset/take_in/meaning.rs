//! What labels of a file mean here.

use crate::model::SegmentKind;
use std::collections::BTreeMap;

/// What labels of a file mean here: `content`, `cue`, `source`, `addressee`, `intermediary`, `mention`,
/// `segment:KIND`, `stance:SCHEME/LABEL`, `ignore`.
pub type LabelMap = BTreeMap<String, String>;

/// Whether a label can be said to mean this; see [`LabelMap`].
pub fn is_meaning(name: &str) -> bool {
    match Role::named(name) {
        Some(Role::Segment(kind)) => kind == "segment" || SegmentKind::ALL.iter().any(|k| k.as_str() == kind),
        Some(Role::Stance(scheme, label)) => !scheme.is_empty() && !label.is_empty(),
        role => role.is_some(),
    }
}

/// What a mark or a class is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Content,
    Cue,
    Mention(&'static str),
    Segment(String),
    Stance(String, String),
    Ignore,
}

impl Role {
    /// By its name; see [`LabelMap`].
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "content" | "quote" | "quotation" | "quoted" | "statement" => Self::Content,
            "cue" | "cue_verb" | "verb" | "reporting_verb" => Self::Cue,
            "source" | "speaker" => Self::Mention("source"),
            "addressee" => Self::Mention("addressee"),
            "intermediary" => Self::Mention("intermediary"),
            "mention" => Self::Mention("mention"),
            "ignore" => Self::Ignore,
            other => match other.split_once(':')? {
                ("segment", kind) => Self::Segment(kind.to_owned()),
                ("stance", rest) => {
                    let (scheme, label) = rest.split_once('/')?;
                    Self::Stance(scheme.to_owned(), label.to_owned())
                }
                _ => return None,
            },
        })
    }

    /// The name again.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Content => "content".into(),
            Self::Cue => "cue".into(),
            Self::Mention(role) => (*role).into(),
            Self::Segment(kind) => format!("segment:{kind}"),
            Self::Stance(scheme, label) => format!("stance:{scheme}/{label}"),
            Self::Ignore => "ignore".into(),
        }
    }
}

/// A label as it is compared.
pub(super) fn folded(label: &str) -> String {
    let fold = |c: char| if c.is_alphanumeric() { c } else { '_' };
    label.trim().chars().flat_map(char::to_lowercase).map(fold).collect()
}
