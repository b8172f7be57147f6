//! Commands on what people say of versions: which sentences answer each other, how articles hang together.

use super::command::Rejection;
use super::editor::{Editor, set};
use crate::model::{
    Alignment, AlignmentOp, Anchor, Article, ArticleText, Direction, Id, Link, Refinement, Relation,
};
use crate::text::{Span, order};

/// One person says one thing about the same sentences: saying it again changes it, `None` takes it back.
pub(super) fn align(
    e: &mut Editor<'_, '_, '_>,
    (from_text, from): (Id<ArticleText>, &[Span]),
    (to_text, to): (Id<ArticleText>, &[Span]),
    op: Option<AlignmentOp>,
    confirmed: Option<bool>,
) -> Result<(), Rejection> {
    let (from, to) = (anchors(e, &from_text, from)?, anchors(e, &to_text, to)?);
    if from.is_empty() || to.is_empty() {
        return Err(Rejection::NothingSelected);
    }
    let me = e.person();
    let mine = e.project().all::<Alignment>().find(|x| {
        x.entry.made.by == me
            && (&x.from_text, &x.to_text) == (&from_text, &to_text)
            && (x.from.get(), x.to.get()) == (&from, &to)
    });
    let id = mine.map(|x| x.id());
    match (id, confirmed) {
        (None, None) => return Err(Rejection::NoChange),
        (Some(id), None) => e.delete(id.record()),
        (Some(id), Some(_)) => {
            set!(e, &id, Alignment.confirmed = confirmed);
            set!(e, &id, Alignment.op = op);
        }
        (None, Some(_)) => {
            let id: Id<Alignment> = e.new_id();
            let alignment = Alignment {
                from: from.into(),
                to: to.into(),
                op: op.into(),
                confirmed: confirmed.into(),
                ..Alignment::blank(from_text, to_text)
            };
            e.make(id.record(), alignment);
        }
    }
    Ok(())
}

fn anchors(e: &Editor<'_, '_, '_>, text: &Id<ArticleText>, spans: &[Span]) -> Result<Vec<Anchor>, Rejection> {
    let text = e.project().text(text).ok_or(Rejection::Gone("article"))?;
    let mut found: Vec<Anchor> =
        spans.iter().filter_map(|span| Anchor::of(text, span.trimmed(text))).collect();
    order::sort_by_key(&mut found, |a| (a.start, a.end));
    Ok(found)
}

/// What somebody judges of two articles.
#[derive(Clone, Debug, Default)]
pub struct Judgement {
    /// How they hang together.
    pub relation: Option<Relation>,
    /// What more can be said.
    pub refinement: Vec<Refinement>,
    /// Which came from which, `from` and `to` as given to the command.
    pub direction: Option<Direction>,
    /// Why.
    pub evidence: Option<String>,
}

/// The id of the link between two articles: the same whichever is named first.
pub fn link_id(a: &Id<Article>, b: &Id<Article>) -> Id<Link> {
    let (from, to) = (a.min(b), a.max(b));
    Id::derived(&[from.as_str(), to.as_str()])
}

pub(super) fn judge(
    e: &mut Editor<'_, '_, '_>,
    from: &Id<Article>,
    to: &Id<Article>,
    judgement: Judgement,
) -> Result<(), Rejection> {
    e.get(from).ok_or(Rejection::Gone("article"))?;
    e.get(to).ok_or(Rejection::Gone("article"))?;
    let id = link_id(from, to);
    let turned = from > to;
    let (first, second) = if turned { (to, from) } else { (from, to) };
    e.make(id.record(), Link::blank(first.clone(), second.clone()));
    let direction = judgement.direction.map(|direction| match direction {
        Direction::FromTo if turned => Direction::ToFrom,
        Direction::ToFrom if turned => Direction::FromTo,
        other => other,
    });
    set!(e, &id, Link.relation = judgement.relation);
    set!(e, &id, Link.refinement = judgement.refinement);
    set!(e, &id, Link.direction = direction);
    set!(e, &id, Link.evidence = judgement.evidence);
    Ok(())
}
