//! The closed vocabularies, in the field's own terms. A value outside a vocabulary is kept as it came
//! (`Other`), so that nothing a file says is lost; `variorum check` reports it.

use super::cursor::{Cursor, write_string};
use super::value::{Value, ValueError, take_string};
use std::sync::Arc;

/// The place of a word among others: once for all vocabularies, instead of code for each word of each.
fn place(word: &str, words: &[&str]) -> Option<usize> {
    words.iter().position(|other| *other == word)
}

macro_rules! vocabulary {
    ($( $(#[$doc:meta])* $name:ident { $( $(#[$vdoc:meta])* $variant:ident $text:literal ),* $(,)? } )*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub enum $name {
                $( #[doc = concat!("`", $text, "`")] $(#[$vdoc])* $variant, )*
                /// A value this vocabulary does not have.
                Other(Arc<str>),
            }

            impl $name {
                /// The values of the vocabulary, in order.
                pub const ALL: &'static [Self] = &[ $( Self::$variant, )* ];

                /// The value as the file has it.
                pub fn as_str(&self) -> &str {
                    match self {
                        $( Self::$variant => $text, )*
                        Self::Other(text) => text,
                    }
                }
            }

            impl From<&str> for $name {
                fn from(text: &str) -> Self {
                    let known = place(text, &[ $( $text, )* ]).and_then(|at| Self::ALL.get(at));
                    known.cloned().unwrap_or_else(|| Self::Other(text.into()))
                }
            }

            impl Value for $name {
                fn take(from: &mut Cursor<'_>) -> Result<Self, ValueError> {
                    take_string(from, "a word").map(|word| Self::from(&*word))
                }
                fn write(&self, out: &mut String) {
                    write_string(self.as_str(), out);
                }
            }
        )*

        /// Every vocabulary by the name of its type, with its values.
        pub const VOCABULARIES: &[(&str, &[&str])] = &[
            $( (stringify!($name), &[ $( $text, )* ]), )*
        ];
    };
}

vocabulary! {
    /// What a stretch of an article is.
    SegmentKind {
        Headline "headline", Subheading "subheading", Byline "byline", Dateline "dateline",
        Caption "caption", Paragraph "paragraph", List "list", PullQuote "pull_quote",
        Credit "credit", Boilerplate "boilerplate", ForeignGloss "foreign_gloss", Url "url",
    }

    /// What an article is among the versions of its story.
    VersionRole {
        Original "original", AgencyCopy "agency_copy", SyndicatedCopy "syndicated_copy",
        EditedCopy "edited_copy", Rewrite "rewrite", Translation "translation",
        BackTranslation "back_translation", SpunCopy "spun_copy", Summary "summary",
        SameEventIndependent "same_event_independent", Unknown "unknown",
    }

    /// What kind of speaker a source is.
    SourceKind {
        Person "person", Organisation "organisation", GovernmentBody "government_body",
        MediaOutlet "media_outlet", GroupOfPeople "group_of_people", Document "document",
        DatasetPoll "dataset_poll", UnnamedPerson "unnamed_person", UnnamedGroup "unnamed_group",
        PlaceAsActor "place_as_actor", OtherKind "other",
    }

    /// Where a source belongs (Spangher et al. 2023).
    Affiliation {
        Government "government", Corporate "corporate", Ngo "ngo", Academic "academic",
        OtherGroup "other_group", Actor "actor", Witness "witness", Victim "victim",
        OtherAffiliation "other",
    }

    /// In which capacity a source speaks.
    SourceRole {
        Participant "participant", Representative "representative",
        Informational "informational", OtherRole "other",
    }

    /// Whether a source still is what it is called.
    SourceStatus { Current "current", Former "former", OtherStatus "other" }

    /// How a source is mentioned.
    MentionForm {
        FullName "full_name", Surname "surname", HonorificName "honorific_name", Role "role",
        Pronoun "pronoun", Organisation "organisation", Metonym "metonym",
        UnnamedRole "unnamed_role", Implicit "implicit",
    }

    /// How somebody's words are reported; the last three mark quotation marks that quote nobody.
    AttributionType {
        Direct "direct", Indirect "indirect", Mixed "mixed", FreeIndirect "free_indirect",
        Reported "reported", Orphan "orphan", Scare "scare", Title "title", Term "term",
    }

    /// Through which medium the words came.
    Medium { Speech "speech", Writing "writing", Thought "thought", Unknown "unknown" }

    /// What kind of act the cue reports.
    VerbClass {
        Assertion "assertion", Belief "belief", Intention "intention", Directive "directive",
        Question "question", Perception "perception", Evaluation "evaluation", Denial "denial",
        DeclineComment "decline_comment", OtherClass "other",
    }

    /// Whether the cue affirms or negates that the words were said.
    CuePolarity { Affirmed "affirmed", Negated "negated" }

    /// The occasion on which the words reached the reporter.
    Channel {
        Interview "interview", PressConference "press_conference", Statement "statement",
        PublicSpeech "public_speech", SocialPost "social_post",
        CommunicationNotToJournalist "communication_not_to_journalist",
        PublishedWork "published_work", PressReport "press_report", Document "document",
        LawOrOrder "law_or_order", Court "court", Poll "poll", PriceSignal "price_signal",
        Observation "observation", Unknown "unknown",
    }

    /// How far the article says who speaks.
    AttributionForm {
        Named "named", RoleDescribed "role_described",
        UnnamedWithDescription "unnamed_with_description", UnnamedBare "unnamed_bare",
        Collective "collective", NoForm "none",
    }

    /// Under which conditions the source seems to have spoken.
    Record {
        OnRecord "on_record", Background "background", DeepBackground "deep_background",
        Unknown "unknown",
    }

    /// What is wrong with the quotation marks or the text of an attribution.
    Defect {
        MarkMissingOpen "mark_missing_open", MarkMissingClose "mark_missing_close",
        MarkReversed "mark_reversed", MarkSpacing "mark_spacing",
        FalseParagraphBreak "false_paragraph_break", MarkupInside "markup_inside",
        CueFused "cue_fused",
    }

    /// What a piece of content is.
    Part { Quoted "quoted", Paraphrase "paraphrase", Inserted "inserted", Elided "elided" }

    /// What a stance is towards.
    TargetKind { Entity "entity", Issue "issue", Claim "claim" }

    /// How large a stretch a stance is about.
    StanceLevel { Span "span", Quote "quote", Source "source", Article "article" }

    /// The neutral core of a stance label.
    Meaning { For "+", Against "-", Neutral "0", Query "?", NotApplicable "n/a" }

    /// How two versions hang together.
    Relation {
        Identical "identical", NearDuplicate "near_duplicate", WhollyDerived "wholly_derived",
        PartiallyDerived "partially_derived", SharedSource "shared_source",
        NonDerived "non_derived", Unknown "unknown",
    }

    /// What more the evidence says of a relation.
    Refinement {
        Syndicated "syndicated", Translation "translation", BackTranslated "back_translated",
        Spun "spun",
    }

    /// Which version came from which.
    Direction { FromTo "from_to", ToFrom "to_from", Unknown "unknown" }

    /// What happened to a sentence on its way from one version to another.
    AlignmentOp {
        Verbatim "verbatim", LightEdit "light_edit", Rewrite "rewrite", Split "split",
        Merge "merge", New "new", Dropped "dropped",
    }

    /// How true a version's quotation is to the reference, in order.
    Verdict {
        Verbatim "verbatim", Typographic "typographic", Trimmed "trimmed",
        MarkedEdit "marked_edit", LightEdit "light_edit",
        ParaphraseInMarks "paraphrase_in_marks", MeaningShifted "meaning_shifted",
        FabricatedOrUnmatched "fabricated_or_unmatched",
    }

    /// How far a person has come with a text in a layer.
    CoverageState { Todo "todo", Doing "doing", Done "done" }

    /// What became of a suggestion.
    Outcome { Accepted "accepted", Edited "edited", Rejected "rejected" }

    /// The kinds of work a project may ask for.
    Layer { Attribution "attribution", Stance "stance", Segment "segment", Link "link" }

    /// How a record came to be.
    How { Hand "hand", Rule "rule", Carried "carried", Import "import", Gold "gold" }
}
