//! Commands on the work itself: what somebody has finished, and what was decided where people disagree.
//! Gold annotations are records of their own, by the adjudicator; nobody's annotation is ever changed.

use super::command::Rejection;
use super::editor::{Editor, set};
use crate::model::{
    Anchor, ArticleText, Body, Content, Coverage, CoverageState, Decision, How, Id, Json, Kind, Layer, Made,
    Part, RecordId,
};
use crate::text::Span;

/// What an adjudicator decided on one case.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdict {
    /// The annotations it is about.
    pub members: Vec<RecordId>,
    /// What was decided: `variant`, `own`, `none`, `both`, `cannot_decide` or `agreed`.
    pub outcome: String,
    /// The annotations that become gold, as copies.
    pub keep: Vec<RecordId>,
    /// Other content than the first of `keep` has, where the adjudicator marked their own.
    pub contents: Option<Vec<Span>>,
    /// Why, in a word of the short list.
    pub reason: Option<String>,
    /// A note.
    pub note: Option<String>,
    /// The digest of the members as they were looked at ([`crate::model::Project::digest`]).
    pub digest: String,
}

/// Says how far the person has come; there is one such record for each person, text and layer.
pub(super) fn set_coverage(
    e: &mut Editor<'_, '_, '_>,
    text: Id<ArticleText>,
    layer: Layer,
    state: Option<CoverageState>,
) -> Result<(), Rejection> {
    e.get(&text).ok_or(Rejection::Gone("article"))?;
    let person = e.person();
    let id: Id<Coverage> = Id::derived(&[person.as_str(), text.as_str(), layer.as_str()]);
    e.make(id.record(), Coverage::blank(person, text, layer));
    set!(e, &id, Coverage.state = state);
    Ok(())
}

/// Writes a decision and its gold. The same person deciding the same case again changes the decision, and
/// the gold that came of it before goes.
pub(super) fn decide_case(e: &mut Editor<'_, '_, '_>, verdict: Verdict) -> Result<(), Rejection> {
    let mut members = verdict.members.clone();
    members.sort_unstable();
    members.dedup();
    if members.is_empty() || members.iter().any(|id| e.entry(id).is_none()) {
        return Err(Rejection::Gone("case"));
    }
    let me = e.person();
    let before = e.project().all::<Decision>().find(|d| d.entry.made.by == me && *d.members.get() == members);
    let id: Id<Decision> = match before.map(|d| d.id()) {
        Some(id) => {
            drop_gold(e, &members);
            id
        }
        None => e.new_id(),
    };
    let mut gold = Vec::new();
    for (i, kept) in verdict.keep.iter().enumerate() {
        let contents = verdict.contents.as_deref().filter(|_| i == 0);
        gold.push(copy_as_gold(e, kept, contents)?);
    }
    e.make(id.record(), Decision::blank());
    set!(e, &id, Decision.members = members);
    set!(e, &id, Decision.outcome = Some(verdict.outcome));
    set!(e, &id, Decision.result = gold.into_iter().next());
    set!(e, &id, Decision.reason = verdict.reason);
    set!(e, &id, Decision.digest = Some(verdict.digest));
    e.change_json(id.record(), "note", Json::of(&verdict.note));
    Ok(())
}

/// Deletes the person's gold that was made from these annotations.
fn drop_gold(e: &mut Editor<'_, '_, '_>, members: &[RecordId]) {
    let me = e.person();
    let is_gold = |body: &Body| match body {
        Body::Attribution(a) => {
            a.made.how == How::Gold && a.made.from.as_ref().is_some_and(|f| members.contains(f))
        }
        Body::Stance(s) => {
            s.made.how == How::Gold && s.made.from.as_ref().is_some_and(|f| members.contains(f))
        }
        _ => false,
    };
    let gold = e.project().records().filter(|(_, entry)| entry.made.by == me && is_gold(&entry.body));
    let gold: Vec<RecordId> = gold.map(|(id, _)| id.clone()).collect();
    gold.iter().for_each(|id| e.delete(id));
}

/// A copy of what an annotation shows now, as gold by the adjudicator.
fn copy_as_gold(
    e: &mut Editor<'_, '_, '_>,
    of: &RecordId,
    contents: Option<&[Span]>,
) -> Result<RecordId, Rejection> {
    let mut body = e.entry(of).ok_or(Rejection::Gone("annotation"))?.shown_body();
    let gold = Made { blind: false, from: Some(of.clone()), how: How::Gold, rule: None };
    let id = match &mut body {
        Body::Attribution(a) => {
            a.made = gold;
            if let Some(spans) = contents {
                let text = e.project().text(&a.text).ok_or(Rejection::Gone("article"))?;
                let part = |at: &Anchor| {
                    let same = a.contents.get().iter().find(|c| c.start < at.end && at.start < c.end);
                    same.map_or(Part::Quoted, |c| c.part.clone())
                };
                let anchors = spans.iter().filter_map(|span| Anchor::of(text, *span));
                let pieces: Vec<Content> = anchors.map(|at| Content::new(at.clone(), part(&at))).collect();
                a.contents = pieces.into();
            }
            fresh::<crate::model::Attribution>(e)
        }
        Body::Stance(s) => {
            s.made = gold;
            fresh::<crate::model::Stance>(e)
        }
        _ => return Err(Rejection::Gone("annotation")),
    };
    e.make(&id, body);
    Ok(id)
}

fn fresh<K: Kind>(e: &mut Editor<'_, '_, '_>) -> RecordId {
    e.new_id::<K>().record().clone()
}
