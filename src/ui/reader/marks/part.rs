//! What a marked stretch is.

use crate::store::MarkRole;
use crate::ui::messages::{M, t};

/// What a marked stretch is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::ui::reader) enum Part {
    Content,
    Cue,
    Source,
    Via,
    Addressee,
    Evidence,
    /// Words that name somebody of the cast, in no attribution.
    Mention,
}

impl Part {
    pub(in crate::ui::reader) const ALL: [Self; 7] =
        [Self::Content, Self::Cue, Self::Source, Self::Via, Self::Addressee, Self::Evidence, Self::Mention];

    /// The role in the attribution that a piece of this part has.
    pub(in crate::ui::reader) fn role(self) -> Option<MarkRole> {
        match self {
            Self::Content => Some(MarkRole::Content),
            Self::Cue => Some(MarkRole::Cue),
            Self::Source => Some(MarkRole::Source),
            Self::Via => Some(MarkRole::Via),
            Self::Addressee => Some(MarkRole::Addressee),
            Self::Evidence | Self::Mention => None,
        }
    }

    pub(in crate::ui::reader) fn class(self) -> &'static str {
        match self {
            Self::Content => "content",
            Self::Cue => "cue",
            Self::Source => "source",
            Self::Via => "via",
            Self::Addressee => "addressee",
            Self::Evidence => "evidence",
            Self::Mention => "mention",
        }
    }

    pub(in crate::ui::reader) fn words(self) -> &'static str {
        t(match self {
            Self::Content => M::PartContent,
            Self::Cue => M::PartCue,
            Self::Source => M::PartSource,
            Self::Via => M::PartVia,
            Self::Addressee => M::PartAddressee,
            Self::Evidence => M::PartEvidence,
            Self::Mention => M::PartMention,
        })
    }
}
