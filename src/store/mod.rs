//! Turns intentions into reversible changes.
//!
//! A [`Command`] says what somebody wants; [`decide`] works out the [`Step`] it takes, or says why it
//! cannot be; [`apply`] carries a step out, and nothing else ever changes a project. A step is a set of
//! writes in the sense of [`crate::model::Register`], so applying it twice, or in another order among
//! other steps, gives the same project: that is what makes journals and merging safe. Undo is a step
//! like any other ([`reversal`]), a new write that has seen the one it reverses.
//!
//! This module does not know how a step is kept, nor which algorithm worked out what a command carries.

mod apply;
mod attributing;
mod cast;
mod command;
mod comparing;
mod deciding;
mod editor;
mod history;
mod lasting;
mod library;
mod mentions;
mod removal;
mod schemes;
mod stances;
mod step;

pub use apply::{apply, reversal};
pub use attributing::MarkRole;
pub use command::{Command, Rejection, begin, decide};
pub use comparing::{Judgement, link_id};
pub use deciding::Verdict;
pub use editor::{Context, Replica};
pub use history::History;
pub use lasting::alias_id;
pub use library::{
    BUILT_IN_SCHEMES, BuiltInLabel, NewArticle, article_id, is_gone_for_good, label_id, segment_id, text_id,
};
pub use mentions::is_pronoun;
pub use step::{Before, Nature, Op, Step};
