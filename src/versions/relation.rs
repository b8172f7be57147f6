//! A guess of how two versions hang together, with what it rests on, its doubt, and what would change
//! it. The annotator's verdict is another matter and final.
//!
//! Three answers matter for news: derived, a shared source, neither. Reuse outside quotation marks
//! speaks for the first, reuse only inside them for the second. The two thresholds were found on ten
//! pairs of articles and six of an invented story: a hypothesis, not a calibration.

use super::evidence::{Evidence, Signs, Which};
use serde::{Deserialize, Serialize};

/// Reuse outside marks from which a text is derived.
const DERIVED: f32 = 0.15;
/// Reuse inside marks from which two texts share a source.
const SHARED: f32 = 0.10;
/// Fewer shared runs of three words than this may be a phrase everybody knows.
const FEWEST_RUNS: usize = 5;
/// The share of aligned narration from which a text is derived whatever its wording: spun text keeps
/// its sentences and no run of words.
const NARRATED: f32 = 0.6;
/// The share of a text's words in aligned sentences from which all of it is derived.
const WHOLLY: f32 = 0.8;
/// Reuse both ways from which two texts are nearly the same.
const NEAR: f32 = 0.85;
/// What the reasons for a direction must weigh together.
const DIRECTED: f32 = 2.0;

/// How two versions seem to hang together. The values are those of the model's `Relation`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Guess {
    /// Word for word the same story.
    Identical,
    /// Nearly word for word.
    NearDuplicate,
    /// All of the one text comes from the other.
    WhollyDerived,
    /// Some of the one text comes from the other.
    PartiallyDerived,
    /// Both report the same words of somebody, each in its own.
    SharedSource,
    /// Neither.
    NonDerived,
}

/// What more can be said of a derived text. The values are those of the model's `Refinement`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refined {
    /// Taken over with hardly a change.
    Syndicated,
    /// In another language. Not guessed yet: the words of two languages cannot be compared here.
    Translation,
    /// Translated and translated back.
    BackTranslated,
    /// Words exchanged for synonyms one by one, by a machine.
    Spun,
}

/// Which text came first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// The second came from the first.
    AToB,
    /// The first came from the second.
    BToA,
    /// Nothing says.
    Unknown,
}

/// The guess with all that belongs to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Relation {
    /// How the two seem to hang together.
    pub guess: Guess,
    /// How far the measures stand from the thresholds, 0 to 1. No probability.
    pub confidence: f32,
    /// What more can be said.
    pub refinement: Vec<Refined>,
    /// Which came first.
    pub direction: Way,
    /// What the guess rests on, the weightiest first.
    pub evidence: Vec<Evidence>,
}

impl Relation {
    /// What would make another guess right, for a reader who doubts.
    pub fn would_change(&self) -> &'static str {
        match self.guess {
            Guess::Identical | Guess::NearDuplicate => {
                "An earlier text from which both were taken would make them copies of it, not of each other."
            }
            Guess::WhollyDerived | Guess::PartiallyDerived => {
                "Agency copy from which both took their narration would make it their source instead."
            }
            Guess::SharedSource => {
                "Narration taken over in other words, or an earlier report that both quote from, would make it a copy."
            }
            Guess::NonDerived => {
                "Another language, or a rewording of nearly every word, would hide a copy from this comparison."
            }
        }
    }
}

/// The guess that the signs allow.
pub fn relation(signs: &Signs) -> Relation {
    let (outside, inside) = (signs.outside.greater(), signs.inside.greater());
    let both_ways = signs.all.a_in_b.unwrap_or(0.0).min(signs.all.b_in_a.unwrap_or(0.0));
    let copied = outside >= DERIVED && signs.outside.shared >= FEWEST_RUNS;
    let narrated = signs.narration_a.max(signs.narration_b) >= NARRATED && signs.pairs >= 3;
    let quoted = inside >= SHARED && signs.inside.shared >= FEWEST_RUNS;
    let direction = direction(signs);
    let aligned = match direction {
        Way::AToB => signs.aligned_b,
        Way::BToA => signs.aligned_a,
        Way::Unknown => signs.aligned_a.max(signs.aligned_b),
    };
    let guess = if signs.same_words {
        Guess::Identical
    } else if both_ways >= NEAR {
        Guess::NearDuplicate
    } else if (copied || narrated) && aligned >= WHOLLY {
        Guess::WhollyDerived
    } else if copied || narrated {
        Guess::PartiallyDerived
    } else if quoted {
        Guess::SharedSource
    } else {
        Guess::NonDerived
    };
    let derived = !matches!(guess, Guess::SharedSource | Guess::NonDerived);
    let reach = |value: f32, from: f32, to: f32| ((value - from) / (to - from)).clamp(0.0, 1.0);
    let confidence = match guess {
        Guess::Identical => 1.0,
        Guess::NearDuplicate => 0.9 + 0.1 * reach(both_ways, NEAR, 1.0),
        Guess::WhollyDerived | Guess::PartiallyDerived if copied => 0.5 + 0.45 * reach(outside, DERIVED, 0.4),
        Guess::WhollyDerived | Guess::PartiallyDerived => 0.5,
        Guess::SharedSource => {
            0.5 + 0.45 * reach(inside, SHARED, 0.25).min(reach(DERIVED - outside, 0.0, DERIVED * 0.6))
        }
        Guess::NonDerived if signs.scripts_differ => 0.3,
        Guess::NonDerived => {
            0.5 + 0.45 * (1.0 - reach(outside, 0.03, DERIVED).max(reach(inside, 0.02, SHARED)))
        }
    };
    Relation {
        guess,
        confidence,
        refinement: if derived { refinement(signs, guess, aligned) } else { Vec::new() },
        direction: if derived && guess != Guess::Identical { direction } else { Way::Unknown },
        evidence: signs.evidence(derived),
    }
}

/// What the kind of the changes says. A newsroom alters the narration and leaves the quotations; a
/// machine alters both: a spinner word for word, a translator the building of the sentences too.
fn refinement(signs: &Signs, guess: Guess, aligned: f32) -> Vec<Refined> {
    const QUOTES_LEFT_ALONE: f32 = 0.85;
    const FEWEST_CHANGES: usize = 12;
    let near = matches!(guess, Guess::Identical | Guess::NearDuplicate);
    let faithful = near || (guess == Guess::WhollyDerived && signs.all.greater() >= 0.75);
    if faithful {
        return vec![Refined::Syndicated];
    }
    let changes = signs.one_for_one + signs.rebuilt;
    let quotes_changed = signs.inside.shared > 0 && signs.inside.greater() < QUOTES_LEFT_ALONE;
    if !quotes_changed || changes < FEWEST_CHANGES || aligned < WHOLLY {
        return Vec::new();
    }
    match signs.one_for_one as f32 / changes as f32 {
        share if share >= 0.65 => vec![Refined::Spun],
        share if share < 0.55 => vec![Refined::BackTranslated],
        _ => Vec::new(),
    }
}

/// Dates, credits and what one side alone has. Never the wording itself.
fn direction(signs: &Signs) -> Way {
    let weight = |of: Which| -> f32 {
        signs.origins.iter().filter(|o| o.origin == of).map(|o| o.reason.weight()).sum()
    };
    let lead = weight(Which::A) - weight(Which::B);
    if lead >= DIRECTED {
        Way::AToB
    } else if lead <= -DIRECTED {
        Way::BToA
    } else {
        Way::Unknown
    }
}
