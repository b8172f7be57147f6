//! The files of a batch and what they gave.

use super::article::{Incoming, Wish};
use super::given::Joins;
use super::known::KnownArticles;
use super::{Order, Remembered};
use crate::intake::kin::{Index, Kind};
use crate::intake::readers::{self, Hint};
use crate::intake::{Columns, Format, Loaded, Trouble, sniff};
use std::collections::{HashMap, HashSet};

/// What a piece of rich text from the clipboard is called; the page gives it to the desk as a file.
pub const FROM_CLIPBOARD: &str = "Pasted rich text";

/// How far a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Waiting,
    Read,
    Failed(String),
    /// It was not read because the person stopped.
    Stopped,
}

/// A file.
pub(super) struct Source {
    pub(super) number: u32,
    pub(super) name: String,
    pub(super) stage: Stage,
    /// How it is read, as far as somebody said so.
    pub(super) hint: Hint,
    /// Where it holds many articles: the names of its columns or fields, and what holds what.
    pub(super) columns: Option<(Vec<String>, Columns)>,
    pub(super) format: Option<Format>,
    /// Parts out of which no article came, and why.
    pub(super) failures: Vec<(String, String)>,
    /// What is to be said of all of it.
    pub(super) remarks: Vec<String>,
}

/// What becomes of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum State {
    Ready,
    Look,
    /// The same text is there: what it is called.
    Duplicate(String),
    Added,
    LeftOut,
}

/// The story that an article joins.
pub(super) struct Joined {
    pub(super) joins: Joins,
    /// What it is called.
    pub(super) name: String,
    /// The one it was offered.
    pub(super) offer: Option<Offer>,
}

/// A story that an article seems to belong to.
pub(super) struct Offer {
    /// Which of its kin says so.
    pub(super) kin: usize,
    joins: Joins,
    pub(super) name: String,
}

/// All that came.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) files: Vec<Source>,
    /// Where each file is in the list.
    places: HashMap<u32, usize>,
    pub(super) articles: Vec<Incoming>,
    pub(super) known: KnownArticles,
    pub(super) index: Index,
    /// Ids of articles that were handed to the project from here.
    pub(super) handed: HashSet<String>,
    pub(super) stopped: bool,
    next: u32,
}

impl Batch {
    pub(super) fn expect(&mut self, number: u32, name: String) {
        self.stopped = false;
        self.places.insert(number, self.files.len());
        let pasted = name == FROM_CLIPBOARD;
        let hint = Hint {
            format: pasted.then_some(Format::Html),
            // Somebody selected it: that is the article.
            whole: pasted,
            ..Hint::named(name.rsplit('/').next().unwrap_or(&name))
        };
        self.files.push(Source {
            number,
            name,
            stage: Stage::Waiting,
            hint,
            columns: None,
            format: None,
            failures: Vec::new(),
            remarks: Vec::new(),
        });
    }

    pub(super) fn source(&self, number: u32) -> Option<&Source> {
        self.places.get(&number).and_then(|at| self.files.get(*at))
    }

    fn source_mut(&mut self, number: u32) -> Option<&mut Source> {
        self.places.get(&number).and_then(|at| self.files.get_mut(*at))
    }

    /// Reads a file; what it gave before is replaced.
    pub(super) fn read(
        &mut self,
        number: u32,
        bytes: Result<Vec<u8>, String>,
        remembered: &[Remembered],
    ) -> Vec<Order> {
        let Some(source) = self.source_mut(number) else { return Vec::new() };
        // A file that was stopped is not read any more, unless somebody chose how to read it.
        if source.stage == Stage::Stopped {
            return Vec::new();
        }
        source.failures.clear();
        source.remarks.clear();
        let loaded = bytes.and_then(|bytes| {
            source.find_columns(&bytes, remembered);
            readers::read(&bytes, &source.hint).map_err(|why| why.to_string())
        });
        source.stage = match &loaded {
            Ok(_) => Stage::Read,
            Err(why) => Stage::Failed(why.clone()),
        };
        let before: Vec<Incoming> = self.articles.extract_if(.., |a| a.file == number).collect();
        if let Ok(loaded) = loaded {
            self.take(number, loaded, &before);
        }
        Vec::new()
    }

    /// Takes the articles of a file in. What the person wrote of one that is the same text stays.
    fn take(&mut self, number: u32, loaded: Loaded, before: &[Incoming]) {
        let pasted = self.source(number).is_some_and(|source| source.name == FROM_CLIPBOARD);
        let mut failures = Vec::new();
        let mut remarks = Vec::new();
        for issue in &loaded.issues {
            match &issue.what {
                Trouble::Failed(why) => failures.push((issue.place.clone(), why.to_string())),
                other if issue.place.is_empty() => remarks.push(other.to_string()),
                _ => {}
            }
        }
        for (place, mut draft) in loaded.drafts {
            if pasted {
                draft.origin = None;
            }
            let about: Vec<&Trouble> = loaded
                .issues
                .iter()
                .filter(|i| i.place == place || i.place.is_empty())
                .map(|i| &i.what)
                .filter(|what| !matches!(what, Trouble::Failed(_)))
                .collect();
            let mut article = Incoming::new(self.next, number, place, draft);
            self.next += 1;
            article.troubles = about.iter().map(ToString::to_string).collect();
            article.kin = self.index.kin(&article.original.content, &article.original.facts.segments);
            // The index forgets nothing: what a file gave before it was read another way is no kin.
            article.kin.retain(|kin| serial_of(&kin.key).is_none_or(|serial| self.holds(serial)));
            article.look = about.iter().any(|what| needs_a_look(what))
                || article.kin.iter().any(|kin| kin.kind == Kind::Repeats);
            self.index.add(
                &serial_key(article.serial),
                &article.original.content,
                &article.original.facts.segments,
            );
            if let Some(same) = before.iter().find(|old| old.original.content == article.original.content) {
                article.wish = same.wish.clone();
                article.left_out = same.left_out;
            }
            self.articles.push(article);
        }
        if let Some(source) = self.source_mut(number) {
            source.failures = failures;
            source.remarks = remarks;
        }
    }

    /// Reads a file another way.
    pub(super) fn again(&mut self, number: u32, change: impl FnOnce(&mut Hint)) -> Vec<Order> {
        let Some(source) = self.source_mut(number) else { return Vec::new() };
        change(&mut source.hint);
        source.stage = Stage::Waiting;
        vec![Order::Fetch(number)]
    }

    pub(super) fn lose(&mut self, number: u32, why: String) {
        if let Some(source) = self.source_mut(number) {
            source.stage = Stage::Failed(why);
        }
    }

    pub(super) fn stop(&mut self) {
        for source in &mut self.files {
            if source.stage == Stage::Waiting {
                source.stage = Stage::Stopped;
                self.stopped = true;
            }
        }
    }

    fn holds(&self, serial: u32) -> bool {
        self.articles.binary_search_by_key(&serial, |a| a.serial).is_ok()
    }

    pub(super) fn article_mut(&mut self, serial: u32) -> Option<&mut Incoming> {
        self.articles.binary_search_by_key(&serial, |a| a.serial).ok().map(|at| &mut self.articles[at])
    }

    /// What becomes of each article, in order.
    pub(super) fn states(&self) -> Vec<State> {
        let mut first: HashSet<&str> = HashSet::new();
        let mut states = Vec::with_capacity(self.articles.len());
        for article in &self.articles {
            let id = article.id.as_str();
            states.push(match self.known.get(id) {
                _ if article.left_out => State::LeftOut,
                _ if !first.insert(id) => State::Duplicate(article.draft().title.clone()),
                Some(_) if self.handed.contains(id) => State::Added,
                Some(known) => State::Duplicate(known.title.clone()),
                None if article.look => State::Look,
                None => State::Ready,
            });
        }
        states
    }

    /// The story that each article joins, in order. An offer points to an earlier article always.
    pub(super) fn stories(&self) -> Vec<Joined> {
        let mut all: Vec<Joined> = Vec::with_capacity(self.articles.len());
        let batch = self.articles.iter().find(|a| a.wish == Wish::Batch && !a.left_out);
        for article in &self.articles {
            let title = || article.draft().title.clone();
            let offer = self.offer(article, &all);
            let (joins, name) = match &article.wish {
                Wish::Own => (Joins::Own, title()),
                Wish::Offered => offer
                    .as_ref()
                    .map_or_else(|| (Joins::Own, title()), |o| (o.joins.clone(), o.name.clone())),
                Wish::There(story) => {
                    let name = self.known.stories.iter().find(|(id, _)| id == story);
                    name.map_or_else(
                        || (Joins::Own, title()),
                        |(id, name)| (Joins::There(id.clone()), name.clone()),
                    )
                }
                Wish::Batch => {
                    let first = batch.unwrap_or(article);
                    (Joins::Group(first.serial), first.draft().title.clone())
                }
            };
            all.push(Joined { joins, name, offer });
        }
        all
    }

    /// The story of the nearest kin that is there. `before`: what the articles before this one join.
    fn offer(&self, article: &Incoming, before: &[Joined]) -> Option<Offer> {
        article.kin.iter().enumerate().find_map(|(at, kin)| {
            let offer = |joins, name| Some(Offer { kin: at, joins, name });
            let Some(serial) = serial_of(&kin.key) else {
                let (story, name) = self.known.get(&kin.key)?.story.clone()?;
                return offer(Joins::There(story), name);
            };
            let other = self.articles.binary_search_by_key(&serial, |a| a.serial).ok()?;
            let (other, joined) = (self.articles.get(other).filter(|a| !a.left_out)?, before.get(other)?);
            match self.known.get(other.id.as_str()).and_then(|known| known.story.clone()) {
                Some((story, name)) => offer(Joins::There(story), name),
                None if joined.joins == Joins::Own => {
                    offer(Joins::Group(serial), other.draft().title.clone())
                }
                None => offer(joined.joins.clone(), joined.name.clone()),
            }
        })
    }

    /// Everything that is ready, to be handed over.
    pub(super) fn hand_over(&mut self) -> Vec<Order> {
        let (states, stories) = (self.states(), self.stories());
        let mut handed = Vec::new();
        let mut given = Vec::new();
        for ((article, state), joined) in self.articles.iter().zip(&states).zip(stories) {
            if !is_ready(state) {
                continue;
            }
            handed.push(article.id.to_string());
            // Whoever is the first of a group begins it.
            let own = joined.joins == Joins::Own;
            given.push(article.given(if own { Joins::Group(article.serial) } else { joined.joins }));
        }
        self.handed.extend(handed);
        if given.is_empty() { Vec::new() } else { vec![Order::Add(given)] }
    }
}

/// Whether it will be added.
pub(super) fn is_ready(state: &State) -> bool {
    matches!(state, State::Ready | State::Look)
}

/// The key under which an article of the batch is in the index.
fn serial_key(serial: u32) -> String {
    format!("#{serial}")
}

fn serial_of(key: &str) -> Option<u32> {
    key.strip_prefix('#')?.parse().ok()
}

/// Whether somebody should look at an article before annotating it.
fn needs_a_look(trouble: &Trouble) -> bool {
    matches!(
        trouble,
        Trouble::WholePage | Trouble::Replaced { .. } | Trouble::Guessed { .. } | Trouble::NoTextLayer { .. }
    )
}

impl Source {
    /// Finds the columns of a file of many articles, and uses those that were chosen before.
    fn find_columns(&mut self, bytes: &[u8], remembered: &[Remembered]) {
        let format = self.hint.format.unwrap_or_else(|| sniff(&self.hint.name, bytes));
        self.format = Some(format);
        if !matches!(format, Format::Csv | Format::Tsv | Format::Json | Format::JsonLines) {
            return;
        }
        let Ok((names, _)) = readers::columns(bytes, &self.hint) else { return };
        let joined = joined(&names);
        if self.hint.columns == Columns::default()
            && let Some(before) = remembered.iter().find(|r| r.names == joined)
        {
            self.hint.columns = before.columns();
        }
        let told = self.hint.columns.clone().told_by(&names);
        self.columns = (names.len() > 1).then_some((names, told));
    }
}

/// The names of columns as one string, by which a choice is remembered.
pub(super) fn joined(names: &[String]) -> String {
    names.join("\u{1f}")
}
