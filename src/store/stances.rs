//! Commands on stances and targets.

use super::command::Rejection;
use super::editor::{Editor, set};
use crate::model::{
    Anchor, ArticleText, Attribution, Holder, Id, Label, Made, Stance, StanceLevel, Target, TargetKind,
};
use crate::text::{Span, order};

pub(super) fn make_target(e: &mut Editor<'_, '_, '_>, id: &Id<Target>, name: String, kind: TargetKind) {
    let target = Target { name: Some(name).into(), target_kind: Some(kind).into(), ..Target::blank() };
    e.make(id.record(), target);
}

/// One person says one thing about one holder, target and place: saying it again changes it.
pub(super) fn set_stance(
    e: &mut Editor<'_, '_, '_>,
    text: Id<ArticleText>,
    holder: Holder,
    target: Id<Target>,
    attribution: Option<Id<Attribution>>,
    value: Option<Id<Label>>,
    blind: bool,
) -> Result<(), Rejection> {
    e.get(&target).ok_or(Rejection::Gone("target"))?;
    if let Holder::Source(source) = &holder {
        e.get(source).ok_or(Rejection::Gone("source"))?;
    }
    let me = e.person();
    let mine = e.project().about::<Stance>(&text).find(|s| {
        s.entry.made.by == me
            && s.holder.get().as_ref() == Some(&holder)
            && s.target.get().as_ref() == Some(&target)
            && *s.attribution.get() == attribution
    });
    let id = mine.map(|s| s.id());
    let Some(value) = value else {
        let id = id.ok_or(Rejection::NoChange)?;
        e.delete(id.record());
        return Ok(());
    };
    match id {
        Some(id) => set!(e, &id, Stance.value = Some(value)),
        None => {
            let level = match (&attribution, &holder) {
                (Some(_), _) => StanceLevel::Quote,
                (None, Holder::Source(_)) => StanceLevel::Source,
                (None, Holder::Article) => StanceLevel::Article,
            };
            let id: Id<Stance> = e.new_id();
            let stance = Stance {
                holder: Some(holder).into(),
                target: Some(target).into(),
                value: Some(value).into(),
                level: Some(level).into(),
                attribution: attribution.into(),
                ..Stance::blank(text, Made::by_hand(blind))
            };
            e.make(id.record(), stance);
        }
    }
    Ok(())
}

pub(super) fn add_evidence(e: &mut Editor<'_, '_, '_>, id: &Id<Stance>, span: Span) -> Result<(), Rejection> {
    let stance = e.get(id).ok_or(Rejection::Gone("stance"))?.clone();
    let text = e.project().text(&stance.text).ok_or(Rejection::Gone("article"))?.clone();
    let anchor = Anchor::of(&text, span.trimmed(&text)).ok_or(Rejection::NothingSelected)?;
    let mut evidence = stance.evidence.get().clone();
    if !evidence.contains(&anchor) {
        evidence.push(anchor);
        order::sort_by_key(&mut evidence, |a| (a.start, a.end));
    }
    set!(e, id, Stance.evidence = evidence);
    Ok(())
}

pub(super) fn remove_evidence(
    e: &mut Editor<'_, '_, '_>,
    id: &Id<Stance>,
    span: Span,
) -> Result<(), Rejection> {
    let stance = e.get(id).ok_or(Rejection::Gone("stance"))?.clone();
    let text = e.project().text(&stance.text).ok_or(Rejection::Gone("article"))?.clone();
    let mut evidence = stance.evidence.get().clone();
    evidence.retain(|a| a.span(&text) != Some(span));
    set!(e, id, Stance.evidence = evidence);
    Ok(())
}
