//! Where annotators disagree, case by case, and what was decided.
//!
//! A [`Case`] is a cluster of annotations of one thing, not a position: «the minister» and «minister» are one
//! case with two variants. What was decided is a record of its own (`model::Decision`, written by
//! `store::Command::Decide`) with gold annotations beside it; nobody's work is changed, and a decision whose
//! sources change later is *stale*. Everything here is a function of the project.

mod cases;
mod cluster;
mod feedback;
mod guideline;
mod progress;
mod queue;
mod signature;

pub use cases::{Case, CaseKind, Member, State, Variant, cases};
pub use feedback::{Feedback, feedback};
pub use guideline::{Confusion, guideline_report};
pub use progress::{Progress, progress};
pub use queue::{Filter, Order, queue, shuffled};

/// What can be decided on a case, as `Decision.outcome` has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// One of the variants.
    Variant,
    /// Something of the adjudicator's own.
    Own,
    /// Nothing should be marked here.
    None,
    /// More than one of the variants.
    Both,
    /// It cannot be decided.
    CannotDecide,
    /// All agreed.
    Agreed,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 6] =
        [Self::Variant, Self::Own, Self::None, Self::Both, Self::CannotDecide, Self::Agreed];

    /// As the file has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Variant => "variant",
            Self::Own => "own",
            Self::None => "none",
            Self::Both => "both",
            Self::CannotDecide => "cannot_decide",
            Self::Agreed => "agreed",
        }
    }
}

/// Why annotators differed, as `Decision.reason` has it (after the error taxonomy of Potato).
pub const REASONS: [&str; 5] =
    ["ambiguous_text", "guideline_gap", "annotator_error", "edge_case", "subjective"];
