//! What the controls of this desk do.

use super::{Order, Part, cases, joining, numbers, sharing};
use crate::beside::tree;

pub(super) use tree::{Tree, button, select, t, text};

/// A drawing in the making.
pub(super) type Page = tree::Page<Act>;

/// What a control does.
#[derive(Clone, Debug)]
pub(super) enum Act {
    Part(Part),
    /// Have this done.
    Orders(Vec<Order>),
    /// Rename a record as the field says.
    Name {
        record: String,
    },
    Joining(joining::Act),
    Sharing(sharing::Act),
    Numbers(numbers::Act),
    Cases(cases::Act),
}
