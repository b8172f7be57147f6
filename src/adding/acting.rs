//! What the controls of the desk do.

use super::article::{Field, Wish};
use super::batch::{State, is_ready, joined};
use super::{AT_ONCE, Desk, Filter, Order, Remembered, Side};
use crate::intake::cleaning::Why;

/// What a control does. Articles and files are named by their numbers.
#[derive(Clone, Debug)]
pub(super) enum Act {
    Filter(Filter),
    More,
    /// Open an article, or shut it.
    Open(u32),
    /// The next article of the list, or the one before.
    Step(bool),
    LeaveOut(u32),
    /// Take the offered story, or not.
    FlipStory(u32),
    /// The story that the field says.
    Story(u32),
    /// Likewise for all.
    Stories,
    Clean(u32),
    Reason(u32, Why),
    CleanAll,
    Edit(u32, Field),
    Segment(u32, usize),
    Side(Side),
    Encoding(u32),
    Whole(u32),
    Column(u32, usize),
    Add,
    StartOver,
    Go(String),
    Library,
}

/// What the lists of stories say for an article's own story, for the offered one, and for one for all.
pub(super) const OWN: &str = "own";
pub(super) const OFFERED: &str = "offered";
pub(super) const BATCH: &str = "batch";

impl Desk {
    pub(super) fn act(&mut self, act: Act, value: String) -> Vec<Order> {
        match act {
            Act::Filter(filter) => {
                self.filter = if self.filter == filter { Filter::All } else { filter };
                self.lines = AT_ONCE;
            }
            Act::More => self.lines += AT_ONCE,
            Act::Open(serial) => {
                self.open = Some(serial).filter(|_| self.open != Some(serial));
                self.side = Side::Before;
            }
            Act::Step(forth) => self.step(forth),
            Act::Side(side) => self.side = side,
            Act::Stories => {
                let wish = wish(&value);
                self.batch.articles.iter_mut().for_each(|article| article.wish = wish.clone());
            }
            Act::CleanAll => self.clean_all(),
            Act::Encoding(file) => {
                return self.batch.again(file, |hint| hint.encoding = Some(value).filter(|e| !e.is_empty()));
            }
            Act::Whole(file) => return self.batch.again(file, |hint| hint.whole = !hint.whole),
            Act::Column(file, slot) => return self.choose_column(file, slot, value),
            Act::Add => return self.batch.hand_over(),
            Act::StartOver => {
                self.start_over();
                return vec![Order::Forget];
            }
            Act::Go(article) => return vec![Order::Open(article)],
            Act::Library => return vec![Order::Library],
            Act::LeaveOut(serial)
            | Act::FlipStory(serial)
            | Act::Story(serial)
            | Act::Clean(serial)
            | Act::Reason(serial, _)
            | Act::Edit(serial, _)
            | Act::Segment(serial, _) => self.act_on(serial, act, &value),
        }
        Vec::new()
    }

    fn act_on(&mut self, serial: u32, act: Act, value: &str) {
        let Some(article) = self.batch.article_mut(serial) else { return };
        match act {
            Act::LeaveOut(_) => article.left_out = !article.left_out,
            Act::FlipStory(_) => {
                article.wish = if article.wish == Wish::Offered { Wish::Own } else { Wish::Offered };
            }
            Act::Story(_) => article.wish = wish(value),
            Act::Clean(_) if article.is_clean() => {
                article.keep_whole();
                self.side = Side::Before;
            }
            Act::Clean(_) => self.side = if article.accept() { Side::After } else { Side::Before },
            Act::Reason(_, why) => {
                match article.refused.iter().position(|refused| *refused == why) {
                    Some(at) => {
                        article.refused.remove(at);
                    }
                    None => article.refused.push(why),
                }
                if article.is_clean() {
                    article.accept();
                }
            }
            Act::Edit(_, field) => article.write(field, value),
            Act::Segment(_, at) => article.say_segment(at, value),
            _ => {}
        }
    }

    /// Opens the next line, or the one before, of those that are shown.
    fn step(&mut self, forth: bool) {
        let states = self.batch.states();
        let shown = self.batch.articles.iter().zip(&states).filter(|(_, state)| self.filter.shows(state));
        let shown: Vec<u32> = shown.map(|(article, _)| article.serial).collect();
        let at = self.open.and_then(|open| shown.iter().position(|serial| *serial == open));
        let to = match (at, forth) {
            (None, _) => 0,
            (Some(at), true) => (at + 1).min(shown.len().saturating_sub(1)),
            (Some(at), false) => at.saturating_sub(1),
        };
        self.open = shown.get(to).copied();
        self.side = Side::Before;
        self.lines = self.lines.max(to + 1);
    }

    fn clean_all(&mut self) {
        let states = self.batch.states();
        for (article, state) in self.batch.articles.iter_mut().zip(states) {
            if is_ready(&state) && !article.is_clean() {
                article.accept();
            }
        }
    }

    fn choose_column(&mut self, file: u32, slot: usize, value: String) -> Vec<Order> {
        let found = self.batch.source(file).and_then(|source| source.columns.clone());
        let Some((names, mut columns)) = found else { return Vec::new() };
        if let Some(column) = columns.slots_mut().into_iter().nth(slot) {
            *column = Some(value).filter(|name| !name.is_empty());
        }
        let chosen = columns.slots_mut().into_iter().map(|slot| slot.clone().unwrap_or_default()).collect();
        let remembered = Remembered { names: joined(&names), chosen };
        self.remembered.retain(|before| before.names != remembered.names);
        self.remembered.push(remembered.clone());
        let mut orders = self.batch.again(file, |hint| hint.columns = columns);
        orders.push(Order::Remember(remembered));
        orders
    }

    /// Forgets the files; what is known of the project stays.
    fn start_over(&mut self) {
        self.batch.files.clear();
        self.batch.articles.clear();
        self.batch.stopped = false;
        self.open = None;
        self.filter = Filter::All;
        self.lines = AT_ONCE;
    }
}

impl Filter {
    pub(super) fn shows(self, state: &State) -> bool {
        match self {
            Self::All => true,
            Self::Look => *state == State::Look,
            Self::Duplicates => matches!(state, State::Duplicate(_)),
            Self::Failed => false,
        }
    }
}

fn wish(value: &str) -> Wish {
    match value {
        OWN => Wish::Own,
        OFFERED => Wish::Offered,
        BATCH => Wish::Batch,
        story => Wish::There(story.to_owned()),
    }
}
