//! The versions of a story as a family: who copied whom, how much any two share, and what became of the
//! quotations.

mod picture;
mod quotations;

use super::compare::name_of;
use super::messages::{M, fill, t};
use super::questions::{Answer, Drawn, Question, Relative, Sent, asked};
use super::session::{Screen, Session};
use super::view::{El, Node, button, el, live, many};
use crate::browser;
use crate::model::{Article, Direction, Id, Item, Link, Project, Relation, Story};
use crate::versions::compare::Side;
use crate::versions::family::Edge;
use crate::versions::relation::{Guess, Way};
use leptos::prelude::*;
use std::sync::Arc;

/// From this number of versions on the table of shades stands first: a tree of so many is a thicket.
const MANY: usize = 9;

/// A version as the family shows it.
#[derive(Clone, PartialEq)]
struct Member {
    id: Id<Article>,
    title: String,
    outlet: String,
    published: Option<String>,
}

/// The screen.
pub(super) fn family(session: Session, story: Id<Story>) -> Node {
    let (members, relatives) = session.project.with_untracked(|p| members(p, &story));
    let name = session.project.with_untracked(|p| p.find(&story).and_then(|s| s.name.get().clone()));
    let head = el("header")
        .class("family-head")
        .child(el("h2").class("screen-title").child(name.clone().unwrap_or_default()))
        .child(el("p").class("hint").child(t(M::FamilyHint)));
    let page = el("div").class("family").child(head);
    if members.len() < 2 {
        return page.child(el("p").class("empty").child(t(M::CompareNeedTwo))).into();
    }
    let ids: Vec<Id<Article>> = members.iter().map(|m| m.id.clone()).collect();
    let places = ids.clone();
    let judged = Memo::new(move |_| session.project.with(|p| judged(p, &places)));
    let answer = asked(
        move || {
            let sent = relatives.iter().map(|(member, side)| Relative {
                key: member.id.to_string(),
                title: member.title.clone(),
                detail: member.outlet.clone(),
                sent: Sent::from(side.clone()),
            });
            Some(Question::Family(sent.collect(), judged.get()))
        },
        |answer| match answer {
            Answer::Family(found) => Some(*found),
            _ => None,
        },
    );
    let file = name.filter(|n| !n.trim().is_empty()).unwrap_or_else(|| t(M::Untitled).to_owned());
    let found = {
        let members = members.clone();
        live(move || match answer.answer.get() {
            Some(found) => drawing(session, &members, &found, &file),
            None => Node::Nothing,
        })
    };
    page.child(answer.progress(M::FamilyWorking))
        .child(found)
        .child(quotations::quotations(session, members))
        .into()
}

/// The versions whose text is here, as they are shown and as they are sent.
fn members(p: &Project, story: &Id<Story>) -> (Vec<Member>, Vec<(Member, Side)>) {
    let versions = p.versions(story).into_iter();
    let found: Vec<(Member, Side)> = versions
        .filter_map(|a| {
            let text = p.text(&a.text)?.clone();
            let published = a.published.get().clone();
            let member = Member {
                id: a.id(),
                title: a.title.get().clone().unwrap_or_else(|| t(M::Untitled).to_owned()),
                outlet: a.outlet.get().clone().unwrap_or_default(),
                published: published.clone(),
            };
            Some((member, Side { text, published }))
        })
        .collect();
    (found.iter().map(|(member, _)| member.clone()).collect(), found)
}

/// What people judged of pairs, by their places.
fn judged(p: &Project, ids: &[Id<Article>]) -> Vec<(usize, usize, Guess, Way)> {
    let place = |id: &Id<Article>| ids.iter().position(|x| x == id);
    let links = p.all::<Link>().filter_map(|link: Item<'_, Link>| {
        let (a, b) = (place(&link.from)?, place(&link.to)?);
        let relation = match link.relation.get().as_ref()? {
            Relation::Identical => Guess::Identical,
            Relation::NearDuplicate => Guess::NearDuplicate,
            Relation::WhollyDerived => Guess::WhollyDerived,
            Relation::PartiallyDerived => Guess::PartiallyDerived,
            Relation::SharedSource => Guess::SharedSource,
            Relation::NonDerived => Guess::NonDerived,
            Relation::Unknown | Relation::Other(_) => return None,
        };
        let way = match link.direction.get() {
            Some(Direction::FromTo) => Way::AToB,
            Some(Direction::ToFrom) => Way::BToA,
            _ => Way::Unknown,
        };
        Some((a, b, relation, way))
    });
    links.collect()
}

fn drawing(session: Session, members: &[Member], found: &Arc<Drawn>, name: &str) -> Node {
    let tree = el("section")
        .class("tree")
        .child(el("header").child(el("h2").child(t(M::FamilyTree))).child(save(session, found, name, true)))
        .child(el("div").class("scroll").child(picture::tree(session, members, found)));
    let heat = el("section")
        .class("heat")
        .child(el("header").child(el("h2").child(t(M::FamilyHeat))).child(save(session, found, name, false)))
        .child(el("p").class("hint").child(t(M::FamilyHeatHint)))
        .child(el("div").class("scroll").child(heat(session, members, found)));
    let pairs = el("section").class("pairs").child(el("h2").child(t(M::FamilyPairs))).child(
        match found.family.edges.is_empty() {
            true => el("p").class("empty").child(t(M::FamilyNoPairs)),
            false => el("ul").children(found.family.edges.iter().map(|edge| pair(session, members, edge))),
        },
    );
    match members.len() >= MANY {
        true => many([heat, pairs, tree]),
        false => many([tree, pairs, heat]),
    }
}

/// The ways to keep a drawing.
fn save(session: Session, found: &Arc<Drawn>, name: &str, tree: bool) -> El {
    let (svg, png) = (found.clone(), found.clone());
    let kind = t(if tree { M::FamilyTree } else { M::FamilyHeat });
    let title = format!("{name} – {kind}");
    let file = title.clone();
    let of = move |found: &Drawn| if tree { found.tree.clone() } else { found.heat.clone() };
    let save_svg = move || browser::download(&format!("{file}.svg"), &of(&svg), "image/svg+xml");
    let save_png = move || {
        let (svg, file) = (of(&png), format!("{title}.png"));
        let size = picture::size(&png, tree);
        wasm_bindgen_futures::spawn_local(async move {
            if !browser::download_png(&file, &svg, size).await {
                session.complain(t(M::PngFailed).to_owned());
            }
        });
    };
    el("span")
        .class("save")
        .child(button("SVG").class("save-svg").tip(t(M::SaveSvg)).label(t(M::SaveSvg)).on_click(save_svg))
        .child(button("PNG").class("save-png").tip(t(M::SavePng)).label(t(M::SavePng)).on_click(save_png))
}

/// A relation in a few words.
pub(super) fn relation_words(relation: Guess) -> &'static str {
    t(match relation {
        Guess::Identical => M::RelationIdentical,
        Guess::NearDuplicate => M::RelationNearDuplicate,
        Guess::WhollyDerived => M::RelationWhollyDerived,
        Guess::PartiallyDerived => M::RelationPartiallyDerived,
        Guess::SharedSource => M::RelationSharedSource,
        Guess::NonDerived => M::RelationNonDerived,
    })
}

fn percent(share: f32) -> String {
    ((share * 100.0).round() as i32).to_string()
}

/// Two related versions in a sentence, and the way to see them side by side.
fn pair(session: Session, members: &[Member], edge: &Edge) -> El {
    let (from, to) = (&members[edge.from], &members[edge.to]);
    let arrow = if edge.directed { " → " } else { " – " };
    let target = Screen::Compare(from.id.clone(), to.id.clone());
    let mut facts = vec![fill(M::FamilyReuse, &[relation_words(edge.relation), &percent(edge.reuse)])];
    if edge.judged {
        facts.push(t(M::FamilyJudged).to_owned());
    }
    if edge.implied {
        facts.push(t(M::FamilyImplied).to_owned());
    }
    el("li")
        .child(
            button(format!("{}{arrow}{}", short(from), short(to)))
                .class("quiet")
                .tip(t(M::FamilyCompare))
                .on_click(move || session.go(target.clone())),
        )
        .child(el("span").class("hint").child(facts.join(" · ")))
}

/// An outlet, or else a title.
fn short(member: &Member) -> String {
    if member.outlet.is_empty() {
        member.title.clone()
    } else {
        format!("{} ({})", member.title, member.outlet)
    }
}

/// The reuse between all versions as a table of shades; a cell leads to the two side by side.
fn heat(session: Session, members: &[Member], found: &Drawn) -> El {
    let number = |i: usize| el("th").set("scope", "col").child((i + 1).to_string());
    let head = el("tr").child(el("td")).children((0..members.len()).map(number));
    let rows = members.iter().enumerate().map(|(i, member)| {
        let cells = (0..members.len()).map(|j| cell(session, members, found, i, j));
        let name = fill(M::ColumnNumber, &[&(i + 1).to_string()]);
        el("tr")
            .child(el("th").set("scope", "row").child(format!("{name}  {}", short(member))))
            .children(cells)
    });
    el("table").class("heat-map").child(el("thead").child(head)).child(el("tbody").children(rows))
}

fn cell(session: Session, members: &[Member], found: &Drawn, i: usize, j: usize) -> El {
    let share = percent(found.family.reuse(i, j));
    let shade = share.clone();
    let cell = el("td").style("--share", move || format!("{shade}%"));
    if i == j {
        return cell.class("self");
    }
    let target = Screen::Compare(members[i].id.clone(), members[j].id.clone());
    let label = fill(M::FamilyCell, &[&short(&members[i]), &short(&members[j]), &share]);
    cell.child(
        button(share)
            .class("quiet")
            .label(label.clone())
            .tip(label)
            .on_click(move || session.go(target.clone())),
    )
}

/// What the list of versions of a screen is called: for tips of the drawing.
fn full_name(session: Session, id: &Id<Article>) -> String {
    session.project.with_untracked(|p| p.find(id).map(|a| name_of(&a)).unwrap_or_default())
}
