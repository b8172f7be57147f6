//! Commands on the labels that stances say.

use super::command::Rejection;
use super::editor::{Editor, set};
use crate::model::{Id, Label, Stance};

/// Stances that say `gone` say `kept` from now on; the label itself goes.
pub(super) fn merge_labels(
    e: &mut Editor<'_, '_, '_>,
    kept: &Id<Label>,
    gone: &Id<Label>,
) -> Result<(), Rejection> {
    e.get(kept).ok_or(Rejection::Gone("label"))?;
    e.get(gone).ok_or(Rejection::Gone("label"))?;
    if kept == gone {
        return Err(Rejection::NoChange);
    }
    let says = |s: &Stance| s.value.get().as_ref() == Some(gone);
    let stances: Vec<_> = e.project().all::<Stance>().filter(|s| says(s)).map(|s| s.id()).collect();
    for stance in &stances {
        set!(e, stance, Stance.value = Some(kept.clone()));
    }
    e.delete(gone.record());
    Ok(())
}
