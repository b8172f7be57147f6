//! What takes long is asked of a worker (`src/worker.rs`): the page sends a question, hears how far it has
//! come, may take it back, and gets the answer. The worker runs the same core as the command line.

mod ask;
mod serve;
mod waiting;

pub(super) use ask::{Call, ask, stop_all};
pub use serve::serve;
pub(super) use waiting::{Asked, asked};

use crate::text::{CodePoints, Text};
use crate::versions::columns::Group;
use crate::versions::compare::{Comparison, Side};
use crate::versions::corrections::Correction;
use crate::versions::family::Family;
use crate::versions::fidelity::{Guess as Verdict, Mark};
use crate::versions::picture::Layout;
use crate::versions::quoted::Annotated;
use crate::versions::relation::{Guess, Way};
use serde::{Deserialize, Serialize};

/// A text on its way to the worker.
#[derive(Serialize, Deserialize)]
pub(super) struct Sent {
    pub(super) text: String,
    pub(super) published: Option<String>,
}

impl From<Side> for Sent {
    fn from(side: Side) -> Self {
        Self { text: side.text.as_str().to_owned(), published: side.published }
    }
}

impl From<Sent> for Side {
    fn from(sent: Sent) -> Self {
        Self { text: Text::new(sent.text), published: sent.published }
    }
}

/// What a box of the family's drawing says, and its text.
#[derive(Serialize, Deserialize)]
pub(super) struct Relative {
    pub(super) key: String,
    pub(super) title: String,
    pub(super) detail: String,
    pub(super) sent: Sent,
}

/// What the page asks.
#[derive(Serialize, Deserialize)]
pub(super) enum Question {
    /// Two texts, and what people said of their sentences.
    Compare(Sent, Sent, Vec<Correction>),
    /// Texts under keys of their own, the base first, and what people said of pairs by their places.
    Columns(Vec<(String, String)>, Vec<(usize, usize, Vec<Correction>)>),
    /// The versions of a story, and what people judged of pairs.
    Family(Vec<Relative>, Vec<(usize, usize, Guess, Way)>),
    /// A base and its other versions, and what is annotated in the base as said: what became of the
    /// quotations?
    Ledger(Vec<String>, Vec<Annotated>),
    /// Texts by key that the index has not seen yet, and the passage to look for.
    Find(Vec<(String, String)>, String),
    /// The word difference of two whole texts. Only the bench asks it.
    Difference(String, String),
}

/// What the worker answers.
#[derive(Serialize, Deserialize)]
pub(super) enum Answer {
    Compared(Box<Comparison>),
    Columns(Vec<Group>),
    Family(Box<Drawn>),
    /// Whether the quotations are those annotated, not those that marks show; and they.
    Ledger(bool, Vec<Quoted>),
    Found(Vec<Place>),
    /// How many pieces it has, and of how many words in a hundred thousand both texts have the same.
    Difference(u32, u32),
}

/// A family with its drawing.
#[derive(Serialize, Deserialize)]
pub(super) struct Drawn {
    pub(super) family: Family,
    pub(super) layout: Layout,
    /// The tree and the heat map as files.
    pub(super) tree: String,
    pub(super) heat: String,
}

/// A quotation of the base and what each other version made of it.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Quoted {
    pub(super) at: CodePoints,
    /// Who says it, where that is annotated.
    pub(super) who: String,
    pub(super) cells: Vec<QuotedCell>,
}

/// What one version made of a quotation.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct QuotedCell {
    pub(super) verdict: Verdict,
    /// Of a hundred words of the original, how many are there.
    pub(super) kept: u8,
    pub(super) flags: Vec<Mark>,
    pub(super) places: Vec<CodePoints>,
    pub(super) doubtful: bool,
}

/// A sentence of the project in which a passage occurs.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Place {
    /// The key of its text.
    pub(super) text: String,
    pub(super) at: CodePoints,
    pub(super) exact: bool,
    /// How alike the two are, of a hundred.
    pub(super) likeness: u8,
}

/// What the worker says.
#[derive(Serialize, Deserialize)]
enum Told {
    /// Thousandths.
    Progress(u32),
    Answer(Answer),
}
