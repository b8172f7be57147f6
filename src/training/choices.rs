//! What somebody chose to export, and how that is kept for next time.

use crate::codecs;
use crate::codecs::exchange::{Codec, Options, Tokenisation};
use crate::dataset::{LabelMap, Plan, Rule, RuleBy, Selection, Whose};
use crate::model::{Id, Layer};
use serde::{Deserialize, Serialize};

/// The layers that go into training data.
pub(super) const LAYERS: [Layer; 3] = [Layer::Attribution, Layer::Stance, Layer::Segment];
/// The parts of a split.
pub(super) const PARTS: [&str; 3] = ["train", "validation", "test"];

/// What was chosen. What a project does not have (a person of another one, say) counts as not chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Choices {
    /// The formats, by name.
    pub(super) formats: Vec<String>,
    /// The layers left out.
    pub(super) without: Vec<String>,
    /// `everyone`, `gold`, or a person's id.
    pub(super) whose: String,
    /// Tokens by Unicode's rules alone, whatever the marks.
    pub(super) plain_words: bool,
    /// Offsets and hashes only.
    pub(super) without_texts: bool,
    /// Whether there are parts at all.
    pub(super) split: bool,
    /// The shares of training, validation and test.
    pub(super) shares: [u32; 3],
    pub(super) seed: u64,
    /// What was published on this day or later is for testing.
    pub(super) test_from: String,
    /// What this outlet published is for testing.
    pub(super) test_outlet: String,
    /// What labels of other tools mean here.
    pub(super) labels: LabelMap,
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            formats: vec!["jsonl".into()],
            without: Vec::new(),
            whose: EVERYONE.into(),
            plain_words: false,
            without_texts: false,
            split: false,
            shares: [80, 10, 10],
            seed: 1,
            test_from: String::new(),
            test_outlet: String::new(),
            labels: LabelMap::new(),
        }
    }
}

pub(super) const EVERYONE: &str = "everyone";
pub(super) const GOLD: &str = "gold";

impl Choices {
    /// As kept; what cannot be read is as the first time.
    pub(super) fn read(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }

    pub(super) fn write(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The formats, in the order in which they are listed.
    pub(super) fn codecs(&self) -> Vec<&'static dyn Codec> {
        let chosen = |codec: &&&'static dyn Codec| self.formats.iter().any(|name| name == codec.name());
        codecs::FORMATS.iter().filter(chosen).copied().collect()
    }

    pub(super) fn has(&self, layer: &Layer) -> bool {
        self.without.iter().all(|name| name != layer.as_str())
    }

    pub(super) fn selection(&self) -> Selection {
        let whose = match &*self.whose {
            GOLD => Whose::Gold,
            id => Id::parse(id).map_or(Whose::Everyone, Whose::Person),
        };
        let layers = LAYERS.into_iter().filter(|layer| self.has(layer)).collect();
        Selection { layers, whose, stories: Vec::new() }
    }

    pub(super) fn options(&self) -> Options {
        let tokens = if self.plain_words { Tokenisation::Words } else { Tokenisation::CutAtMarks };
        Options { tokens, without_texts: self.without_texts, shard: None }
    }

    pub(super) fn plan(&self) -> Option<Plan> {
        if !self.split || self.shares.iter().sum::<u32>() == 0 {
            return None;
        }
        let parts = PARTS.iter().zip(self.shares).map(|(name, share)| ((*name).to_owned(), share)).collect();
        let test = |by| Rule { part: "test".to_owned(), by };
        let mut rules = Vec::new();
        if !self.test_from.is_empty() {
            rules.push(test(RuleBy::From(self.test_from.clone())));
        }
        if !self.test_outlet.is_empty() {
            rules.push(test(RuleBy::Outlet(self.test_outlet.clone())));
        }
        Some(Plan { parts, seed: self.seed, rules })
    }
}

/// Turns a thing in a list on or off.
pub(super) fn flip(list: &mut Vec<String>, name: &str) {
    let before = list.len();
    list.retain(|other| other != name);
    if list.len() == before {
        list.push(name.to_owned());
    }
}
