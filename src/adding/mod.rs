//! The desk where files become articles: files come in, what each gave is shown, looked over and changed,
//! and handed to the project in one go.
//!
//! It runs in a worker of its own program (`src/reader.rs`), because the readers are large and files take
//! long; the page loads it when the first file comes that it cannot read alone. What it shows is data (a
//! [`Tree`]) that the page paints; what is to be done it only orders ([`Order`]): the page's session adds the
//! articles, in one step that one undo takes back. Nothing is in the project before.
//!
//! A line's state follows from the project, of which the page tells: what was added and undone is ready again.
//! This module does not know what a browser is: native tests drive it like a person.

mod acting;
mod article;
mod batch;
mod given;
mod known;
mod list;
mod mapper;
mod preview;
mod words;

pub use crate::tree::Tree;
pub use batch::FROM_CLIPBOARD;
pub use given::{Given, Joins, Places};
pub use known::{Known, KnownText};

use crate::intake::Columns;
use crate::tree::Page;
use acting::Act;
use batch::Batch;
use serde::{Deserialize, Serialize};

/// What happens at the desk.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Event {
    /// Another project is taken up; which columns were chosen before, by the names of all columns.
    Begin(Vec<Remembered>),
    /// All articles of the project, without their texts.
    Articles(Vec<Known>),
    /// Texts of articles of the project that were not sent before.
    Texts(Vec<KnownText>),
    /// Files are to come: their numbers, never used before, and names.
    Files(Vec<(u32, String)>),
    /// The bytes of a file, or why they could not be had.
    Read(u32, Result<Vec<u8>, String>),
    /// The program broke off at this file, or the person did: it is not tried again.
    Lost(u32, String),
    /// What has not been read yet is left.
    Stop,
    /// Somebody used a control.
    Act {
        /// In which drawing.
        drawn: u32,
        /// Which control.
        act: u32,
        /// What a field holds.
        value: String,
    },
}

/// What the desk wants done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each variant is documented; its fields say what they are")]
pub enum Order {
    /// Hand over the bytes of a file once more.
    Fetch(u32),
    /// Add these articles, in one step.
    Add(Vec<Given>),
    /// Remember which columns were chosen.
    Remember(Remembered),
    /// Go to an article.
    Open(String),
    /// Go to the library.
    Library,
    /// The files are no longer needed.
    Forget,
}

/// Columns that a person chose: the names of all, in order, and what holds what.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Remembered {
    /// The names of all columns, one after the other.
    pub names: String,
    /// The chosen ones, in the order of [`crate::intake::Columns`]; empty for none.
    pub chosen: Vec<String>,
}

impl Remembered {
    fn columns(&self) -> Columns {
        let mut columns = Columns::default();
        for (slot, name) in columns.slots_mut().into_iter().zip(&self.chosen) {
            *slot = Some(name.clone()).filter(|name| !name.is_empty());
        }
        columns
    }
}

/// What the desk answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    /// The number of this drawing.
    pub drawn: u32,
    /// What is to be shown.
    pub tree: Tree,
    /// What is to be done.
    pub orders: Vec<Order>,
}

/// Lines shown at once, and with each press of the button below them.
const AT_ONCE: usize = 100;

/// Which lines are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Filter {
    #[default]
    All,
    Look,
    Duplicates,
    Failed,
}

/// How an opened article is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Side {
    /// Its text, with what might be cut marked in it.
    #[default]
    Before,
    /// The text as it would be without that.
    After,
    /// What its reader left out.
    Aside,
}

/// The desk.
#[derive(Default)]
pub struct Desk {
    batch: Batch,
    remembered: Vec<Remembered>,
    filter: Filter,
    lines: usize,
    open: Option<u32>,
    side: Side,
    drawn: u32,
    /// What the controls of the last two drawings do.
    acts: Vec<(u32, Vec<Act>)>,
}

impl Desk {
    /// Takes note of an event; what is to be done after it.
    pub fn hear(&mut self, event: Event) -> Vec<Order> {
        match event {
            Event::Begin(remembered) => {
                *self = Self { drawn: self.drawn, remembered, lines: AT_ONCE, ..Self::default() };
            }
            Event::Articles(all) => self.batch.known.take(all),
            Event::Texts(texts) => self.batch.learn(texts),
            Event::Files(files) => {
                files.into_iter().for_each(|(number, name)| self.batch.expect(number, name))
            }
            Event::Read(number, bytes) => {
                let open =
                    self.batch.articles.iter().find(|a| Some(a.serial) == self.open && a.file == number);
                let open = open.map(|article| article.place.clone());
                let orders = self.batch.read(number, bytes, &self.remembered);
                if let Some(place) = open {
                    // What lay open and was read another way lies open.
                    let again = self.batch.articles.iter().find(|a| a.file == number && a.place == place);
                    self.open = again.map(|article| article.serial);
                }
                self.open_the_only_one();
                return orders;
            }
            Event::Lost(number, why) => self.batch.lose(number, why),
            Event::Stop => self.batch.stop(),
            Event::Act { drawn, act, value } => {
                let acts = self.acts.iter().find(|(number, _)| *number == drawn);
                let act = acts.and_then(|(_, acts)| acts.get(act as usize)).cloned();
                return act.map(|act| self.act(act, value)).unwrap_or_default();
            }
        }
        Vec::new()
    }

    /// Draws what is to be shown now.
    pub fn draw(&mut self) -> Reply {
        let page = Page::default();
        let tree = list::view(self, &page);
        self.drawn += 1;
        self.acts.insert(0, (self.drawn, page.into_acts()));
        self.acts.truncate(2);
        Reply { drawn: self.drawn, tree, orders: Vec::new() }
    }

    /// A single article is what the person came for: it lies open.
    fn open_the_only_one(&mut self) {
        if let [only] = &*self.batch.articles
            && self.batch.files.len() == 1
        {
            self.open.get_or_insert(only.serial);
        }
    }
}

#[cfg(test)]
mod tests;
