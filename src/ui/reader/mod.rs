//! Reading and annotating one article: the text in a column, a card in the margin for each attribution.
//!
//! - `desk`: the article at hand and what is marked in it; `marks`: that, record by record
//! - `units`, `move_caret`, `going`: the caret, and going from one thing to the next
//! - `deeds`: what is done, by the names of actions; `gestures`, `taking`: marking, and saying what somebody
//!   thinks
//! - `page`, `cards`, `cast`, `stances`, `selection_bar`: what is seen; `reading_place`: how far it is read
//! - `label_look`: how labels are coloured; `tapping`: selecting by taps
//! - `picker`, `find`, `everywhere`, `panels`: what comes when it is asked for

mod card_tools;
mod cards;
mod cast;
mod deeds;
mod desk;
mod everywhere;
mod find;
mod gestures;
mod going;
mod label_look;
mod marks;
mod move_caret;
mod page;
mod panels;
mod picker;
mod reading_place;
mod selection_bar;
mod stances;
mod taking;
mod tapping;
mod units;
mod whose;

pub(super) use deeds::{act, does};
pub(super) use desk::Desk;
pub(super) use everywhere::label_all;
pub(super) use gestures::{finish, focus_attribution, pick_speaker};
pub(super) use move_caret::show;
pub(super) use page::paint;
pub(super) use panels::flip_done;
pub(super) use selection_bar::selection_bar;
pub(super) use taking::pick_target;

/// Gives the keyboard back to the text.
pub(super) fn to_text() {
    if !browser::focus_in_place(page::PAGE) {
        browser::focus_in_place("screen");
    }
}

/// Whether words are looked for while the text has the keyboard.
pub(super) fn is_finding() -> bool {
    desk::desk().is_some_and(|desk| desk.finding.get_untracked()) && browser::has_focus(page::PAGE)
}

/// The card of an attribution of one of these texts, for a screen that shows several. Keys and buttons are
/// then about that text.
pub(super) fn card_of(desks: &[Desk], id: &Id<Attribution>) -> Option<Node> {
    let desk = *desks.iter().find(|desk| desk.card(id).is_some())?;
    desk.take_up();
    Some(cards::card(desk, id.clone()))
}

/// What comes over a screen that shows several texts when it is asked for in one of them.
pub(super) fn over_texts(desks: &[Desk]) -> Node {
    many(desks.iter().flat_map(|desk| [picking(*desk), everywhere::preview(*desk)]))
}

/// The list, while something is picked.
fn picking(desk: Desk) -> Node {
    live(move || {
        // One list may lead to another.
        desk.picker.track();
        untrack(|| picker::picker(desk))
    })
}

use super::messages::{M, fill, t};
use super::parts::{self, Ask, Part};
use super::session::{Panel, Screen, Session};
use super::view::{El, Node, button, el, live, many, when};
use crate::browser;
use crate::model::{Article, Attribution, Id};
use leptos::prelude::*;

/// The reader.
pub(super) fn reader(session: Session, article: Id<Article>) -> Node {
    let Some(desk) = desk::Desk::open(session, article) else {
        return el("p").class("empty").child(t(M::NoArticles)).into();
    };
    request_animation_frame(|| browser::focus_if_lost(page::PAGE));
    reading_place::go_on(desk);
    let reading = el("article")
        .class("reading")
        .label(t(M::ArticleLabel))
        .child(head(desk))
        .child(stances::strip(desk))
        .child(when(move || desk.finding.get(), move || find::bar(desk)))
        .child(page::page(desk));
    let margin = el("aside")
        .id(browser::BESIDE)
        .class("margin")
        .label(t(M::Annotations))
        .child(cast::cast(desk))
        .child(stances::stances(desk))
        .child(cards::cards(desk));
    let over = when(
        move || session.panel.get().is_some_and(is_over),
        move || parts::over(session, Part::Panels, move || Ask::OverReader(Box::new(desk))),
    );
    let main = el("div").class("reader").child(reading).child(margin);
    many([main.into(), selection_bar(desk), picking(desk), over])
}

/// Whether a panel is one of the reader's.
fn is_over(panel: Panel) -> bool {
    matches!(panel, Panel::Guidelines | Panel::Progress | Panel::Grid | Panel::Scheme | Panel::Everywhere)
}

/// What lies over the reader for a while.
pub(super) fn over(desk: Desk) -> Node {
    many([everywhere::preview(desk), panels::panels(desk)])
}

/// Another version of the story: the article, its title, its outlet and date.
type Version = (Id<Article>, String, String);

/// Where the article comes from, and the way to its other versions.
fn head(desk: Desk) -> Node {
    let session = desk.session;
    let (Some(article), Some((_, text))) = (desk.article(), desk.text()) else { return Node::Nothing };
    let count = text.split_whitespace().count().to_string();
    let story = session.story_of(&article);
    let others = {
        let article = article.clone();
        Memo::new(move |_| {
            let Some(story) = &story else { return Vec::new() };
            session.project.with(|p| {
                let versions = p.versions(story).into_iter();
                versions
                    .map(|a| (a.id(), a.title.get().clone().unwrap_or_default(), outlet_words(&a)))
                    .filter(|(id, ..)| *id != article)
                    .collect::<Vec<Version>>()
            })
        })
    };
    let from = article.clone();
    let source =
        move || session.project.with(|p| p.find(&from).map(|a| outlet_words(&a)).unwrap_or_default());
    let versions = when(
        move || !others.read().is_empty(),
        move || {
            let article = article.clone();
            el("p")
                .class("versions")
                .child(el("span").class("label").child(t(M::CompareWith)))
                .part(move || {
                    many(others.get().into_iter().map(|v| compare_with(session, article.clone(), v)))
                })
                .into()
        },
    );
    el("header")
        .class("article-head")
        .child(
            el("p")
                .class("facts")
                .child(el("span").words(source))
                .child(el("span").child(fill(M::Words, &[&count]))),
        )
        .child(versions)
        .into()
}

fn compare_with(session: Session, article: Id<Article>, (other, title, outlet): Version) -> El {
    let words = if outlet.is_empty() { title.clone() } else { outlet };
    let target = Screen::Compare(article, other);
    button(words).class("quiet compare-with").tip(title).on_click(move || session.go(target.clone()))
}

/// Outlet and date, as far as they are known.
pub(super) fn outlet_words(article: &Article) -> String {
    let parts = [article.outlet.get(), article.published.get()];
    parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(", ")
}
