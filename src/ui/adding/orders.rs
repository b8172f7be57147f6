//! What the desk wants done, done through the session.

use super::beside;
use crate::adding::{Given, Joins, Order};
use crate::model::{Article, Id, Story};
use crate::storage::Reason;
use crate::store::{Command, NewArticle, Rejection, article_id, is_gone_for_good, text_id};
use crate::ui::files;
use crate::ui::messages::{M, fill};
use crate::ui::session::{Screen, Session, fresh_bits};
use leptos::prelude::WithUntracked;

/// More articles than this at once: the project is kept as it was before.
const MANY: usize = 20;

pub(super) fn carry_out(session: Session, order: Order) {
    match order {
        Order::Add(given) => add(session, given),
        Order::Remember(choice) => session.keep(|keep| keep.remember_columns(choice)),
        Order::Open(article) => {
            if let Some(article) = Id::<Article>::parse(&article) {
                session.go(Screen::Read(article));
            }
        }
        Order::Library => session.go(Screen::Library),
        Order::Forget => beside::forget(),
        // The worker has the files.
        Order::Fetch(_) => {}
    }
}

/// Adds articles in one step, which one undo takes back.
fn add(session: Session, given: Vec<Given>) {
    let mut groups: Vec<(u32, Id<Story>)> = Vec::new();
    let mut articles: Vec<NewArticle> = Vec::new();
    for one in given {
        let story = match &one.joins {
            Joins::Own => None,
            Joins::There(story) => Id::parse(story),
            Joins::Group(number) => Some(match groups.iter().find(|(n, _)| n == number) {
                Some((_, story)) => story.clone(),
                None => {
                    let story = Id::random(fresh_bits());
                    groups.push((*number, story.clone()));
                    story
                }
            }),
        };
        articles.push(one.into_new(story));
    }
    let gone = |new: &NewArticle| session.project.with_untracked(|p| is_gone_for_good(p, &new.content));
    let gone = articles.iter().filter(|new| gone(new)).count();
    let count = articles.len() - gone;
    if count > MANY {
        files::back_up(session, Reason::Import);
    }
    let only = match &*articles {
        [one] => Some((one.title.clone(), article_id(&text_id(&one.content), ""))),
        _ => None,
    };
    if !session.run(Command::AddArticles { articles }) {
        return;
    }
    if gone > 0 {
        session.complain(Rejection::RemovedForGood.to_string());
    }
    match only {
        Some((title, article)) => {
            session.say(fill(M::Added, &[&title]));
            beside::forget();
            session.go(Screen::Read(article));
        }
        None => {
            let added = fill(M::AddedMany, &[&count.to_string()]);
            session.say(fill(M::AddingUndo, &[&added]));
        }
    }
}
