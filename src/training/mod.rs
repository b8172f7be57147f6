//! The desk of training data: what goes out, in which formats and parts, with what each loses; and what comes in
//! from other tools.
//!
//! Like [`crate::together`] it works beside the page, in a worker of its own, holds a copy of the project there,
//! and answers with what is to be shown and done. A worker of its own, so that long work can be broken off by
//! ending it: what was chosen is kept by the page. Native tests drive it like a person.

mod choices;
mod incoming;
mod look;
mod making;
mod pairs;
mod recognise;
mod through;
mod view_in;
mod view_out;
mod words;

pub use pairs::pairs;
pub use recognise::one_format;

use crate::beside::{Event, Order, Reply};
use crate::codecs::{format, project_file};
use crate::model::{Article, Id, Person, Project, ReplicaId, Time};
use crate::tree::{self, Page, Tree, button, t};
use choices::{Choices, LAYERS, flip};
use incoming::{Incoming, Writer};
use look::Look;

/// More articles than this are looked through only when somebody asks for it.
const AT_ONCE: usize = 200;

/// A part of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Part {
    #[default]
    Export,
    Import,
}

/// What a control does.
#[derive(Clone, Debug)]
enum Act {
    Part(Part),
    Format(&'static str),
    Layer(usize),
    Whose,
    Tokens,
    WithoutTexts,
    Split,
    Share(usize),
    Seed,
    TestFrom,
    TestOutlet,
    Look,
    Save,
    InFormat,
    Means(String),
    TakeIn,
    Leave,
}

/// The desk.
pub struct Desk {
    project: Option<Project>,
    me: Option<Id<Person>>,
    today: String,
    part: Part,
    choices: Choices,
    look: Option<Look>,
    incoming: Incoming,
    writer: Writer,
    drawn: u32,
    /// What the controls of the last two drawings do.
    acts: Vec<(u32, Vec<Act>)>,
}

impl Default for Desk {
    fn default() -> Self {
        let writer = Writer { replica: ReplicaId::new("training"), next: 0, on: Time::default() };
        Self {
            project: None,
            me: None,
            today: String::new(),
            part: Part::Export,
            choices: Choices::default(),
            look: None,
            incoming: Incoming::default(),
            writer,
            drawn: 0,
            acts: Vec::new(),
        }
    }
}

impl Desk {
    /// Takes note of an event and draws what is to be shown after it. `tell` hears replies that come before:
    /// how far long work has come.
    pub fn hear(&mut self, event: Event, tell: &dyn Fn(Reply)) -> Reply {
        let busy = |words: &str, far: u32| {
            tell(Reply { orders: vec![Order::Busy(words.to_owned(), far)], ..Reply::default() });
        };
        let mut orders = match event {
            Event::Begin { project, me, today, .. } => {
                let project = project_file::read(&project).ok().map(|loaded| loaded.value);
                let (choices, part) = (self.choices.clone(), self.part);
                *self = Self { drawn: self.drawn, project, today, choices, part, ..Self::default() };
                self.me = Id::parse(&me);
                // The seat comes next, and only then it is known what to draw.
                return Reply::default();
            }
            Event::Seat { choices, replica, now } => {
                self.choices = Choices::read(&choices);
                self.writer = Writer {
                    replica: ReplicaId::new(&replica),
                    next: 0,
                    on: Time::parse(&now).unwrap_or_default(),
                };
                Vec::new()
            }
            Event::Changed(file) => {
                if let (Some(ours), Ok(news)) = (&mut self.project, project_file::read(&file)) {
                    ours.join(&news.value);
                }
                self.look = None;
                self.incoming.found = None;
                Vec::new()
            }
            // The shared folder is the other desk's.
            Event::LookInFolder | Event::Folder(_) | Event::Share(_) | Event::NotWritten(_) => {
                return Reply::default();
            }
            Event::Files(files) => {
                self.part = Part::Import;
                self.incoming.choose(files);
                Vec::new()
            }
            Event::Act { drawn, act, value } => {
                let acts = self.acts.iter().find(|(number, _)| *number == drawn);
                let act = acts.and_then(|(_, acts)| acts.get(act as usize)).cloned();
                act.map(|act| self.act(act, value, &busy)).unwrap_or_default()
            }
        };
        self.work_out(false, &busy);
        orders.push(Order::Busy(String::new(), 100));
        let page = Page::default();
        let tree = self.draw(&page);
        self.drawn += 1;
        self.acts.insert(0, (self.drawn, page.into_acts()));
        self.acts.truncate(2);
        Reply { drawn: self.drawn, tree, orders }
    }

    fn act(&mut self, act: Act, value: String, busy: &dyn Fn(&str, u32)) -> Vec<Order> {
        match act {
            Act::Part(part) => self.part = part,
            Act::Look => self.work_out(true, busy),
            Act::Save => return self.save(busy),
            Act::InFormat => {
                self.incoming.format = format(&value).map(|codec| codec.name());
                self.incoming.found = None;
            }
            Act::Means(label) => {
                self.choices.labels.insert(label, value);
                let (Some(project), Some(me)) = (&self.project, &self.me) else { return Vec::new() };
                self.incoming.map_again(project, me, &self.writer, &self.choices);
                return vec![Order::Remember(self.choices.write())];
            }
            Act::TakeIn => return self.take_in(),
            Act::Leave => self.incoming = Incoming::default(),
            _ => return self.choose(&act, value),
        }
        Vec::new()
    }

    /// What goes out is chosen otherwise; it is remembered.
    fn choose(&mut self, act: &Act, value: String) -> Vec<Order> {
        let choices = &mut self.choices;
        let number = value.trim().parse::<u64>().ok();
        match *act {
            Act::Format(name) => flip(&mut choices.formats, name),
            Act::Layer(place) => flip(&mut choices.without, LAYERS[place].as_str()),
            Act::Whose => choices.whose = value,
            Act::Tokens => choices.plain_words = value == "words",
            Act::WithoutTexts => choices.without_texts = !choices.without_texts,
            Act::Split => choices.split = !choices.split,
            Act::Share(place) => {
                let share = number.map_or(choices.shares[place], |n| n.min(100) as u32);
                choices.shares[place] = share;
            }
            Act::Seed => choices.seed = number.unwrap_or(choices.seed),
            Act::TestFrom => choices.test_from = value.trim().to_owned(),
            Act::TestOutlet => choices.test_outlet = value,
            _ => {}
        }
        self.look = None;
        vec![Order::Remember(self.choices.write())]
    }

    /// Works out what the part at hand needs; what takes long, only when somebody asked.
    fn work_out(&mut self, asked: bool, busy: &dyn Fn(&str, u32)) {
        let Some(project) = &self.project else { return };
        match (self.part, &self.me) {
            (Part::Export, _) if self.look.is_none() && !self.choices.formats.is_empty() => {
                let many = project.all::<Article>().count();
                if many > 0 && (asked || many <= AT_ONCE) {
                    let tell = |far| {
                        if asked {
                            busy(words::LOOKING, far);
                        }
                    };
                    self.look = Some(look::look(project, &self.choices, &tell));
                }
            }
            (Part::Import, Some(me)) => {
                if self.incoming.found.is_none() && !self.incoming.names().is_empty() {
                    busy(words::READING, 30);
                }
                self.incoming.work_out(project, me, &self.writer, &self.choices);
            }
            _ => {}
        }
    }

    fn save(&mut self, busy: &dyn Fn(&str, u32)) -> Vec<Order> {
        let (Some(project), Some(look)) = (&self.project, &self.look) else { return Vec::new() };
        let writable: Vec<_> = look.formats.iter().filter(|f| f.refused.is_none()).map(|f| f.codec).collect();
        if writable.is_empty() {
            return Vec::new();
        }
        match making::make(project, &self.choices, &writable, &self.today, busy) {
            Ok(made) => {
                let said = words::with(words::SAVED_AS, &[&made.name]);
                let save = Order::Save { name: made.name, kind: made.kind.into(), content: made.content };
                vec![save, Order::Say(said)]
            }
            Err(why) => vec![Order::Say(why.to_string())],
        }
    }

    fn take_in(&mut self) -> Vec<Order> {
        let Some(Ok(found)) = &self.incoming.found else { return Vec::new() };
        let said = words::with(words::TAKEN, &[&found.news.taken.records.to_string()]);
        let records = project_file::write(&found.news.records);
        // Numbers once given are never given again.
        self.writer.next = found.next();
        self.incoming = Incoming::default();
        vec![Order::TakeIn(records), Order::Say(said)]
    }

    fn draw(&self, page: &Page<Act>) -> Tree {
        let Some(project) = &self.project else { return t("div") };
        let body = match self.part {
            Part::Export => view_out::view(self, project, page),
            Part::Import => view_in::view(self, project, page),
        };
        let all =
            [("part-export", words::EXPORT, Part::Export), ("part-import", words::IMPORT, Part::Import)];
        let way = |(id, name, part): (&str, &str, Part)| {
            let here = button(name).id(id).on(page, Act::Part(part));
            if part == self.part { here.set("aria-current", "page") } else { here }
        };
        let parts = t("nav").class("parts").set("aria-label", words::PARTS).children(all.map(way));
        t("div").class("together training").child(parts).child(body)
    }
}

/// A field with its name.
fn field(label: &str, control: tree::Tree) -> Tree {
    t("label").child(t("span").says(label)).child(control)
}

/// A table that may be wider than the page, in a frame that can be moved by keys, too.
fn wide(label: &str, table: Tree) -> Tree {
    t("div").class("wide").set("tabindex", "0").set("role", "group").set("aria-label", label).child(table)
}
