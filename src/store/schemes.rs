//! Commands on what the project asks for: its labels, and how far each person has come.

use super::command::Rejection;
use super::editor::{Editor, set};
use crate::model::{ArticleText, Coverage, CoverageState, Id, Label, Layer, Stance};

/// One person's state with a text in a layer is one record, wherever it is said.
pub(super) fn set_coverage(
    e: &mut Editor<'_, '_, '_>,
    text: Id<ArticleText>,
    layer: Layer,
    state: CoverageState,
) -> Result<(), Rejection> {
    e.project().text(&text).ok_or(Rejection::Gone("article"))?;
    let person = e.person();
    let id: Id<Coverage> = Id::derived(&[person.as_str(), text.as_str(), layer.as_str()]);
    e.make(id.record(), Coverage::blank(person, text, layer));
    set!(e, &id, Coverage.state = Some(state));
    Ok(())
}

/// A label after the others of its scheme.
pub(super) fn add_label(e: &mut Editor<'_, '_, '_>, id: &Id<Label>, scheme: String, name: String) {
    let last = e.project().labels(&scheme).iter().map(|l| *l.order.get() + 1).max().unwrap_or_default();
    let label = Label { name: Some(name).into(), order: last.into(), ..Label::blank(scheme) };
    e.make(id.record(), label);
}

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
