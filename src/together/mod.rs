//! The desk at which colleagues' files are joined, counted and settled: what a person does comes in, what is
//! to be shown and done comes out.
//!
//! It runs in the worker, beside the page, and holds a copy of the project there. What it shows is data (a
//! [`Tree`]) that the page paints; what is to be done to the project it only orders ([`Order`]): the page's
//! session carries that out, so that undo and storage know of it, and sends what changed back. So the page's
//! program needs neither merging nor agreement nor adjudication, and large projects do not hold it up.
//!
//! Conflicts (faults of the data) and disagreements (results) are two parts that never mix. This module does
//! not know what a browser is: native tests drive it like a person.

mod cases;
mod choices;
mod conflicts;
mod context;
mod describe;
mod drawing;
mod folder;
mod gold;
mod guide;
mod joining;
mod numbers;
mod sharing;
mod tree;
mod words;

pub use crate::beside::{Decided, Event, FolderAct, FolderNow, Order, Reply, Tree};

use crate::adjudicate::{self, Case};
use crate::agreement::{self, LayerReport};
use crate::codecs::project_file;
use crate::merge::{self, Conflict, Merged};
use crate::model::{Id, Person, Project};
use tree::{Act, Page};

/// A part of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Part {
    #[default]
    Joining,
    Conflicts,
    Sharing,
    Numbers,
    Cases,
}

/// What was worked out of the project as it is, each when first needed.
#[derive(Default)]
struct Found {
    conflicts: Option<Vec<Conflict>>,
    cases: Option<Vec<Case>>,
    numbers: Option<Vec<LayerReport>>,
    merged: Option<Merged>,
}

/// The desk.
#[derive(Default)]
pub struct Desk {
    project: Option<Project>,
    me: Option<Id<Person>>,
    today: String,
    reports: Vec<String>,
    can_share: bool,
    shared: folder::Shared,
    part: Part,
    chosen: Vec<joining::Chosen>,
    split: sharing::Split,
    counting: numbers::Counting,
    judging: cases::Judging,
    found: Found,
    drawn: u32,
    /// What the controls of the last two drawings do.
    acts: Vec<(u32, Vec<Act>)>,
}

impl Desk {
    /// Takes note of an event and draws what is to be shown after it.
    pub fn hear(&mut self, event: Event) -> Reply {
        let orders = match event {
            Event::Begin { project, me, today, reports, can_share } => {
                let read = project_file::read(&project).ok().map(|loaded| loaded.value);
                let drawn = self.drawn;
                *self = Self { drawn, project: read, today, reports, can_share, ..Self::default() };
                self.me = Id::parse(&me);
                Vec::new()
            }
            Event::Changed(file) => {
                self.take_over(&file);
                Vec::new()
            }
            Event::Share(file) => {
                self.take_over(&file);
                let orders = self.share().into_iter().collect();
                return Reply { orders, ..Reply::default() };
            }
            Event::LookInFolder => return Reply::default(),
            Event::Folder(now) => self.read_folder(now),
            Event::NotWritten(why) => {
                self.not_written(why);
                Vec::new()
            }
            Event::Files(files) => {
                self.choose(files);
                Vec::new()
            }
            // This desk needs nothing of it.
            Event::Seat { .. } => Vec::new(),
            Event::Act { drawn, act, value } => {
                let acts = self.acts.iter().find(|(number, _)| *number == drawn);
                let act = acts.and_then(|(_, acts)| acts.get(act as usize)).cloned();
                act.map(|act| self.act(act, value)).unwrap_or_default()
            }
        };
        self.work_out();
        let page = Page::default();
        let tree = self.draw(&page);
        self.drawn += 1;
        self.acts.insert(0, (self.drawn, page.into_acts()));
        self.acts.truncate(2);
        Reply { drawn: self.drawn, tree, orders }
    }

    /// The records that changed in the page's project.
    fn take_over(&mut self, file: &str) {
        if let (Some(ours), Ok(news)) = (&mut self.project, project_file::read(file))
            && !news.value.is_empty()
        {
            ours.join(&news.value);
            self.found = Found::default();
        }
    }

    /// The project at hand, for whoever keeps things by it.
    pub fn project_id(&self) -> Option<String> {
        Some(self.project.as_ref()?.id().to_string())
    }

    fn act(&mut self, act: Act, value: String) -> Vec<Order> {
        match act {
            Act::Part(part) => {
                self.part = part;
                Vec::new()
            }
            Act::Orders(orders) => orders,
            Act::Name { record } => vec![Order::Field {
                record,
                field: "name".into(),
                value: crate::model::Json::of(&Some(value)).as_str().to_owned(),
            }],
            Act::Joining(act) => self.act_joining(act),
            Act::Sharing(act) => self.act_sharing(act, &value),
            Act::Numbers(act) => self.act_numbers(act, &value),
            Act::Cases(act) => self.act_cases(act, value),
        }
    }

    /// Works out what the part at hand needs.
    fn work_out(&mut self) {
        let Some(project) = &self.project else { return };
        let found = &mut self.found;
        found.conflicts.get_or_insert_with(|| merge::conflicts(project));
        match self.part {
            Part::Joining if found.merged.is_none() => found.merged = joining::merged(project, &self.chosen),
            Part::Numbers if found.numbers.is_none() => {
                found.numbers = Some(agreement::report(project, None, &self.counting.settings));
            }
            Part::Cases if found.cases.is_none() => found.cases = Some(adjudicate::cases(project)),
            _ => {}
        }
    }

    fn draw(&self, page: &Page) -> Tree {
        let Some(project) = &self.project else { return tree::t("div") };
        let body = match self.part {
            Part::Joining => joining::view(self, project, page),
            Part::Conflicts => conflicts::view(self, project, page),
            Part::Sharing => sharing::view(self, project, page),
            Part::Numbers => numbers::view(self, project, page),
            Part::Cases => cases::view(self, project, page),
        };
        tree::t("div").class("together").child(self.parts(page)).child(body)
    }

    /// The ways to the parts.
    fn parts(&self, page: &Page) -> Tree {
        let open = self.found.conflicts.as_ref().map_or(0, Vec::len);
        let conflicts =
            if open == 0 { words::CONFLICTS.into() } else { format!("{} ({open})", words::CONFLICTS) };
        let all = [
            ("part-joining", words::JOIN.to_owned(), Part::Joining),
            ("part-conflicts", conflicts, Part::Conflicts),
            ("part-sharing", words::SHARE.into(), Part::Sharing),
            ("part-numbers", words::AGREEMENT.into(), Part::Numbers),
            ("part-cases", words::ADJUDICATE.into(), Part::Cases),
        ];
        let way = |(id, name, part): (&str, String, Part)| {
            let here = tree::button(name).id(id).on(page, Act::Part(part));
            if part == self.part { here.set("aria-current", "page") } else { here }
        };
        tree::t("nav").class("parts").set("aria-label", words::PARTS).children(all.map(way))
    }
}
