//! The form in which the sample's annotations are written down.

use serde::Deserialize;

/// `annotations.json`.
#[derive(Deserialize)]
pub(super) struct Annotations {
    pub(super) people: Vec<NameOnly>,
    pub(super) story: NameOnly,
    pub(super) articles: Vec<ArticleFacts>,
    pub(super) sources: Vec<Speaker>,
    pub(super) targets: Vec<TargetFacts>,
    pub(super) attributions: Vec<Attribution>,
    pub(super) stances: Vec<Stance>,
    pub(super) segments: Vec<Segment>,
    pub(super) links: Vec<Link>,
}

#[derive(Deserialize)]
pub(super) struct NameOnly {
    pub(super) name: String,
}

#[derive(Deserialize)]
pub(super) struct ArticleFacts {
    pub(super) file: String,
    pub(super) title: String,
    pub(super) outlet: String,
    pub(super) byline: Vec<String>,
    pub(super) credits: Vec<String>,
    pub(super) published: String,
    pub(super) language: String,
    pub(super) url: Option<String>,
    pub(super) version_role: String,
}

#[derive(Deserialize)]
pub(super) struct Speaker {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) source_kind: Option<String>,
    pub(super) aliases: Vec<String>,
    pub(super) affiliation: Option<String>,
    pub(super) role: Option<String>,
    pub(super) status: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct TargetFacts {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) target_kind: String,
    pub(super) wording: Option<String>,
}

/// Words of a text, by which occurrence of them is meant.
#[derive(Deserialize)]
pub(super) struct Words {
    pub(super) exact: String,
    pub(super) nth: usize,
}

/// Words that name a source.
#[derive(Deserialize)]
pub(super) struct Named {
    pub(super) exact: String,
    pub(super) nth: usize,
    pub(super) source: String,
    pub(super) form: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Piece {
    pub(super) exact: String,
    pub(super) nth: usize,
    pub(super) part: String,
}

#[derive(Deserialize)]
pub(super) struct Attribution {
    pub(super) key: String,
    pub(super) article: String,
    pub(super) contents: Vec<Piece>,
    pub(super) cues: Vec<Words>,
    pub(super) sources: Vec<Named>,
    pub(super) via: Option<Named>,
    pub(super) addressees: Vec<Named>,
    pub(super) r#type: String,
    pub(super) medium: Option<String>,
    pub(super) verb_class: Option<String>,
    pub(super) cue_polarity: Option<String>,
    pub(super) channel: Option<String>,
    pub(super) parent: Option<String>,
    pub(super) continues: Option<String>,
    pub(super) defects: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Stance {
    pub(super) article: String,
    pub(super) holder: String,
    pub(super) target: String,
    pub(super) scheme: String,
    pub(super) value: String,
    pub(super) level: String,
    pub(super) evidence: Vec<Words>,
    pub(super) attribution: Option<String>,
    pub(super) intensity: Option<u8>,
    pub(super) conditional: bool,
    pub(super) mixed: bool,
    pub(super) explicit: bool,
}

#[derive(Deserialize)]
pub(super) struct Segment {
    pub(super) article: String,
    pub(super) exact: String,
    pub(super) nth: usize,
    pub(super) segment_kind: String,
}

#[derive(Deserialize)]
pub(super) struct Link {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) relation: String,
    pub(super) refinement: Vec<String>,
    pub(super) direction: String,
    pub(super) evidence: String,
}
