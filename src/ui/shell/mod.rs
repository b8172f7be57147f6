//! What surrounds every screen: the bar on top, what is said, the palette, the sheet of shortcuts.

mod banner;
mod history_panel;
mod notices;
mod palette;
mod progress;
mod sheet;
mod storage_panel;
mod taken_panel;
mod top_bar;

pub(super) use banner::banner;
pub(super) use history_panel::history_panel;
pub(super) use notices::notices;
pub(super) use palette::{palette, typed_ahead};
pub(super) use progress::progress;
pub(super) use sheet::shortcut_sheet;
pub(super) use storage_panel::{ago, storage_panel};
pub(super) use taken_panel::taken_panel;
pub(super) use top_bar::top_bar;

use super::messages::{M, t};
use super::session::{Panel, Screen, Session};
use crate::model::{Article, Id};
use leptos::prelude::*;

/// Opens or closes what lies over the page.
pub(super) fn toggle(session: Session, panel: Panel) {
    let open = session.panel.get_untracked() == Some(panel);
    session.ahead.set_value((!open && panel == Panel::Palette).then(String::new));
    session.panel.set((!open).then_some(panel));
}

/// The next of light, dark and automatic.
pub(super) fn next_theme(session: Session) {
    session.theme.update(|theme| *theme = theme.next());
    session.remember_place();
}

/// Goes to the article at hand: the left one of a comparison, else the first of the project.
pub(super) fn go_read(session: Session) {
    let article = match session.screen.get_untracked() {
        Screen::Read(_) => return,
        Screen::Compare(left, _) => Some(left),
        Screen::Columns(articles) => articles.into_iter().next(),
        Screen::Family(story) => {
            session.project.with_untracked(|p| p.versions(&story).first().map(|a| a.id()))
        }
        Screen::Library | Screen::Together | Screen::Adding | Screen::Training | Screen::Passage(_) => {
            session.project.with_untracked(|p| p.all::<Article>().next().map(|a| a.id()))
        }
    };
    match article {
        Some(article) => session.go(Screen::Read(article)),
        None => session.say(t(M::NoArticles).to_owned()),
    }
}

/// Goes to the comparison of the article at hand with another version of its story.
pub(super) fn go_compare(session: Session) {
    let pair = session.project.with_untracked(|p| {
        let first: Option<Id<Article>> = match session.screen.get_untracked() {
            Screen::Read(article) | Screen::Compare(article, _) => Some(article),
            Screen::Columns(articles) => articles.into_iter().next(),
            Screen::Family(story) => p.versions(&story).first().map(|a| a.id()),
            Screen::Library | Screen::Together | Screen::Adding | Screen::Training | Screen::Passage(_) => {
                let pairs = |a: &crate::model::Item<'_, Article>| {
                    a.story.get().as_ref().is_some_and(|s| p.versions(s).len() > 1)
                };
                p.all::<Article>().find(pairs).map(|a| a.id())
            }
        };
        let first = first?;
        let story = p.find(&first)?.story.get().clone()?;
        let other = p.versions(&story).into_iter().map(|a| a.id()).find(|id| *id != first)?;
        Some((first, other))
    });
    match pair {
        Some(_) if matches!(session.screen.get_untracked(), Screen::Compare(..)) => {}
        Some((left, right)) => session.go(Screen::Compare(left, right)),
        None => session.say(t(M::CompareNeedTwo).to_owned()),
    }
}
