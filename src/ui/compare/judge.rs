//! The annotator's own verdict on two articles: apart from the program's guess, and final.

use super::comparing::{Shown, Side};
use crate::model::{Article, Direction, Id, Link, Refinement, Relation};
use crate::store::{Command, Judgement, link_id};
use crate::ui::messages::{M, fill, t};
use crate::ui::session::Session;
use crate::ui::view::{El, Node, button, el, live};
use leptos::prelude::*;

/// A judgement and who made it.
type Judged = (Judgement, String);

const RELATIONS: [(Relation, M); 7] = [
    (Relation::Identical, M::RelationIdentical),
    (Relation::NearDuplicate, M::RelationNearDuplicate),
    (Relation::WhollyDerived, M::RelationWhollyDerived),
    (Relation::PartiallyDerived, M::RelationPartiallyDerived),
    (Relation::SharedSource, M::RelationSharedSource),
    (Relation::NonDerived, M::RelationNonDerived),
    (Relation::Unknown, M::RelationUnknown),
];

const REFINEMENTS: [(Refinement, M); 4] = [
    (Refinement::Syndicated, M::RefinedSyndicated),
    (Refinement::Translation, M::RefinedTranslation),
    (Refinement::BackTranslated, M::RefinedBackTranslated),
    (Refinement::Spun, M::RefinedSpun),
];

const DIRECTIONS: [(Direction, M); 3] = [
    (Direction::FromTo, M::WayLeftToRight),
    (Direction::ToFrom, M::WayRightToLeft),
    (Direction::Unknown, M::WayUnknown),
];

/// The form.
pub(super) fn judge(session: Session, shown: &Shown) -> Node {
    let [left, right] = [Side::Left, Side::Right].map(|side| shown.end(side).article.clone());
    live(move || form(session, &left, &right).into())
}

/// What was judged of the two, seen from left to right.
fn judged(session: Session, left: &Id<Article>, right: &Id<Article>) -> Option<Judged> {
    session.project.with(|p| {
        let link = p.find::<Link>(&link_id(left, right))?;
        let turned = link.from != *left;
        let direction = link.direction.get().clone().map(|direction| match direction {
            Direction::FromTo if turned => Direction::ToFrom,
            Direction::ToFrom if turned => Direction::FromTo,
            other => other,
        });
        let judgement = Judgement {
            relation: link.relation.get().clone(),
            refinement: link.refinement.get().clone(),
            direction,
            evidence: link.evidence.get().clone(),
        };
        Some((judgement, p.person_name(&link.entry.made.by)))
    })
}

fn form(session: Session, left: &Id<Article>, right: &Id<Article>) -> El {
    let found = judged(session, left, right);
    let by = found.as_ref().map(|(_, by)| by.clone()).filter(|by| !by.is_empty());
    let now = found.map(|(judgement, _)| judgement).unwrap_or_default();
    let is_judged = now.relation.is_some();
    let ends = (left.clone(), right.clone());
    let say = move |judgement: Judgement| {
        let (from, to) = ends.clone();
        session.run(Command::Judge { from, to, judgement });
    };
    let state = match (is_judged, by) {
        (true, Some(by)) => fill(M::JudgedBy, &[&by]),
        (true, None) => t(M::Judged).to_owned(),
        (false, _) => t(M::NotJudged).to_owned(),
    };
    let more = is_judged.then(|| {
        el("div")
            .class("judge-more")
            .child(direction(&now, say.clone()))
            .child(refinements(&now, say.clone()))
            .child(evidence(session, &now, say.clone()))
    });
    el("section")
        .class("judge")
        .label(t(M::YourVerdict))
        .child(el("h2").child(t(M::YourVerdict)))
        .child(relation(&now, say))
        .child(el("span").class("hint").child(state))
        .child(more)
}

fn relation(now: &Judgement, say: impl Fn(Judgement) + 'static) -> El {
    let chosen = RELATIONS.iter().position(|(relation, _)| Some(relation) == now.relation.as_ref());
    let names = RELATIONS.iter().map(|(_, name)| *name);
    let now = now.clone();
    choice("verdict-relation", M::YourVerdict, M::VerdictChoose, names, chosen, move |at| {
        say(Judgement {
            relation: at.and_then(|at| RELATIONS.get(at)).map(|(r, _)| r.clone()),
            ..now.clone()
        });
    })
}

fn direction(now: &Judgement, say: impl Fn(Judgement) + 'static) -> El {
    let chosen = DIRECTIONS.iter().position(|(direction, _)| Some(direction) == now.direction.as_ref());
    let names = DIRECTIONS.iter().map(|(_, name)| *name);
    let now = now.clone();
    choice("verdict-direction", M::VerdictDirection, M::VerdictDirection, names, chosen, move |at| {
        let direction = at.and_then(|at| DIRECTIONS.get(at)).map(|(d, _)| d.clone());
        say(Judgement { direction, ..now.clone() });
    })
}

/// A list to choose from, by place; the first entry chooses nothing.
fn choice(
    id: &'static str,
    label: M,
    nothing: M,
    names: impl Iterator<Item = M>,
    chosen: Option<usize>,
    choose: impl Fn(Option<usize>) + 'static,
) -> El {
    let none = el("option").set("value", "").flag("selected", chosen.is_none()).child(t(nothing));
    let options = names.enumerate().map(|(at, name)| {
        el("option").set("value", at.to_string()).flag("selected", chosen == Some(at)).child(t(name))
    });
    el("select")
        .id(id)
        .label(t(label))
        .on_change(move |value| choose(value.parse().ok()))
        .child(none)
        .children(options)
}

fn refinements(now: &Judgement, say: impl Fn(Judgement) + Clone + 'static) -> El {
    let buttons = REFINEMENTS.iter().map(|(refinement, name)| {
        let on = now.refinement.contains(refinement);
        let (now, say) = (now.clone(), say.clone());
        button(t(*name)).class("quiet").set("aria-pressed", on.to_string()).on_click(move || {
            let mut changed = now.clone();
            match on {
                true => changed.refinement.retain(|r| r != refinement),
                false => changed.refinement.push(refinement.clone()),
            }
            say(changed);
        })
    });
    el("span").class("refinements").set("role", "group").label(t(M::VerdictRefinement)).children(buttons)
}

fn evidence(session: Session, now: &Judgement, say: impl Fn(Judgement) + 'static) -> El {
    let (now, words) = (now.clone(), now.evidence.clone().unwrap_or_default());
    let field = el("textarea")
        .id("verdict-evidence")
        .set("rows", "2")
        .set("placeholder", t(M::VerdictEvidence))
        .label(t(M::VerdictEvidence))
        .value(move || words.clone());
    session.typed(field, move |words| {
        let evidence = Some(words).filter(|w| !w.trim().is_empty());
        say(Judgement { evidence, ..now.clone() });
    })
}
