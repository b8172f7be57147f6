//! What the controls of this desk do. What is shown is a [`crate::tree`].

use super::{Order, Part, cases, joining, numbers, sharing};

pub(super) use crate::tree::{Tree, button, select, t, text};

/// A drawing of this desk in the making.
pub(super) type Page = crate::tree::Page<Act>;

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
