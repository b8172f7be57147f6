//! Why a number has no value, as a closed list with a sentence each.

use std::fmt;

/// A number, or the reason why there is none. Never `NaN`, never a made-up 0 or 1.
pub type Value = Result<f64, Undefined>;

/// Why a measure has no value for some data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Undefined {
    /// No unit was judged by two people.
    NothingToCompare,
    /// No text was finished by two people.
    NothingFinished,
    /// All judgements are the same, so no disagreement could be expected by chance.
    NoVariation,
    /// A scale of one category leaves nothing to chance.
    OneCategory,
    /// The measure is for two raters; there are so many.
    TwoRatersOnly(usize),
    /// Neither person marked anything.
    NothingMarked,
    /// Somebody's marks of different labels overlap, and the measure needs one label at each place.
    LabelsOverlap,
    /// A share of pairs with nothing in them.
    NothingMatched,
}

impl fmt::Display for Undefined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NothingToCompare => "nothing to compare: no unit was judged by two people",
            Self::NothingFinished => {
                "nothing to compare: no text was marked as finished by two people"
            }
            Self::NoVariation => {
                "no variation: all judgements are the same, so there is no disagreement to expect by chance"
            }
            Self::OneCategory => "the scale has one category, which leaves nothing to chance",
            Self::TwoRatersOnly(raters) => {
                return write!(f, "defined for two raters; here are {raters}");
            }
            Self::NothingMarked => "nothing was marked, so there is nothing to compare",
            Self::LabelsOverlap => {
                "marks of different labels overlap, and this measure needs one label at each place; see the values per label"
            }
            Self::NothingMatched => "no marks of two people were matched",
        })
    }
}

impl std::error::Error for Undefined {}
