//! Files of other tools: what they hold, what their labels mean, and what they would bring.

use super::choices::Choices;
use super::recognise::recognise;
use super::words;
use crate::codecs::exchange::{Codec, Direction, Document, SourceFiles, read_all};
use crate::codecs::{self, FORMATS, Issue};
use crate::dataset::{TakenIn, take_in};
use crate::model::{ArticleText, Dot, Id, Person, Project, ReplicaId, Stamp, Time};
use std::collections::{BTreeMap, BTreeSet};

/// Under which name records are made here. Numbers rise and are never given twice.
pub(super) struct Writer {
    pub(super) replica: ReplicaId,
    pub(super) next: u64,
    pub(super) on: Time,
}

/// Files as they were chosen.
#[derive(Default)]
pub(super) struct Incoming {
    files: Vec<(String, Vec<u8>)>,
    /// What somebody says they are.
    pub(super) format: Option<&'static str>,
    pub(super) found: Option<Result<Found, String>>,
}

/// What the files hold.
pub(super) struct Found {
    pub(super) format: &'static str,
    pub(super) documents: Vec<Document>,
    hash: String,
    /// What had to be said while reading.
    issues: Vec<Issue>,
    pub(super) news: News,
}

/// What they would bring, as their labels are understood.
pub(super) struct News {
    /// Only the records that are not there yet, or come back.
    pub(super) records: Project,
    pub(super) taken: TakenIn,
    /// How many of the texts are in the project already.
    pub(super) known: usize,
    pub(super) issues: Vec<Issue>,
    /// How far the writer's numbers have come.
    next: u64,
}

/// A label as the files have it: how often, and the first words that have it.
pub(super) struct Label {
    pub(super) name: String,
    pub(super) count: usize,
    pub(super) example: String,
}

/// The formats that can be read.
pub(super) fn readable() -> impl Iterator<Item = &'static dyn Codec> {
    FORMATS.iter().copied().filter(|codec| codec.direction() != Direction::Out)
}

impl Incoming {
    pub(super) fn choose(&mut self, files: Vec<(String, Vec<u8>)>) {
        *self = Self { files, ..Self::default() };
    }

    pub(super) fn names(&self) -> Vec<&str> {
        self.files.iter().map(|(name, _)| &**name).collect()
    }

    /// Reads the files, and works out what they would bring.
    pub(super) fn work_out(
        &mut self,
        project: &Project,
        me: &Id<Person>,
        writer: &Writer,
        choices: &Choices,
    ) {
        if self.files.is_empty() || self.found.is_some() {
            return;
        }
        let read = self.read(project);
        self.found = Some(read.map(|(format, documents, hash, issues)| {
            let news = news(project, &documents, &hash, me, writer, choices);
            Found { format, documents, hash, issues, news }
        }));
    }

    /// Labels mean something else now.
    pub(super) fn map_again(
        &mut self,
        project: &Project,
        me: &Id<Person>,
        writer: &Writer,
        choices: &Choices,
    ) {
        if let Some(Ok(found)) = &mut self.found {
            found.news = news(project, &found.documents, &found.hash, me, writer, choices);
        }
    }

    #[allow(clippy::type_complexity, reason = "it is taken apart at once, in the one place that calls it")]
    fn read(&self, project: &Project) -> Result<(&'static str, Vec<Document>, String, Vec<Issue>), String> {
        let mut issues = Vec::new();
        let mut all = SourceFiles::single("", "");
        all.files.clear();
        for (name, bytes) in &self.files {
            // As it is: positions count its very characters, carriage returns too.
            match std::str::from_utf8(bytes) {
                Ok(text) => {
                    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
                    all.files.insert(name.clone(), text.to_owned());
                }
                Err(_) => issues.push(Issue { place: name.clone(), what: words::NOT_UTF8.to_owned() }),
            }
        }
        let texts: Vec<(String, &str)> = all.files.iter().map(|(n, t)| (n.clone(), &**t)).collect();
        let format = self.format.or_else(|| recognise(&texts)).ok_or(words::NOT_RECOGNISED)?;
        let codec = codecs::format(format).ok_or(words::NOT_RECOGNISED)?;
        all.know(project.all::<ArticleText>().filter_map(|text| text.content.clone()));
        let hash = all.hash();
        let documents = read_all(codec, &mut all, &mut issues).map_err(|why| why.to_string())?;
        Ok((format, documents, hash, issues))
    }
}

impl Found {
    /// Everything that had to be said.
    pub(super) fn issues(&self) -> impl Iterator<Item = &Issue> {
        self.issues.iter().chain(&self.news.issues)
    }

    /// The labels, the most frequent first.
    pub(super) fn labels(&self) -> Vec<Label> {
        let mut all: BTreeMap<&str, Label> = BTreeMap::new();
        for document in &self.documents {
            for mark in &document.marks {
                let words = || mark.span.slice(&document.text).chars().take(60).collect();
                let of = |name: &str| Label { name: name.to_owned(), count: 0, example: words() };
                all.entry(&mark.label).or_insert_with(|| of(&mark.label)).count += 1;
            }
        }
        for opinion in self.documents.iter().flat_map(|d| &d.opinions).filter(|o| o.scheme.is_empty()) {
            let whole = || words::WHOLE_TEXT.to_owned();
            let of = |name: &str| Label { name: name.to_owned(), count: 0, example: whole() };
            all.entry(&opinion.label).or_insert_with(|| of(&opinion.label)).count += 1;
        }
        let mut all: Vec<Label> = all.into_values().collect();
        all.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
        all
    }

    /// The writer's number after these records.
    pub(super) fn next(&self) -> u64 {
        self.news.next
    }
}

fn news(
    project: &Project,
    documents: &[Document],
    hash: &str,
    me: &Id<Person>,
    writer: &Writer,
    choices: &Choices,
) -> News {
    let mut joined = project.clone();
    let mut next = writer.next;
    let mut stamp = || {
        next += 1;
        Stamp { at: Dot(writer.replica.clone(), next), by: me.clone(), on: writer.on }
    };
    let mut issues = Vec::new();
    let taken = take_in(&mut joined, documents, hash, &choices.labels, &mut stamp, &mut issues);
    let records = joined.only(|id, entry| project.entry(id) != Some(entry));
    let texts: BTreeSet<Id<ArticleText>> = documents.iter().map(|d| Id::derived(&[&d.text])).collect();
    let known = texts.iter().filter(|text| project.find(*text).is_some()).count();
    News { records, taken, known, issues, next }
}
