//! What each file brings, and what the files show to have gone wrong outside.

use super::Conflict;
use super::dots::Dots;
use crate::model::{Article, ArticleText, Body, Entry, Id, Project, RecordId};
use std::collections::BTreeMap;

/// What a file brings to the first one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Brought {
    /// The file.
    pub file: String,
    /// Records that are not in the first file.
    pub new: usize,
    /// Records that are, and differ after joining this file.
    pub changed: usize,
    /// Of those, the ones that were there and are deleted now.
    pub deleted: usize,
    /// Conflicts about records this file brings or changes.
    pub conflicts: usize,
    /// The new and changed records by the person who made them.
    pub by_person: BTreeMap<RecordId, usize>,
    /// The new and changed records by the article they are about.
    pub by_article: BTreeMap<Id<Article>, usize>,
}

/// What the files are looked at with: worked out once for all of them.
pub(super) struct View<'a> {
    base: &'a Project,
    articles: BTreeMap<Id<ArticleText>, Id<Article>>,
    /// For each record that is in a conflict, which.
    in_conflict: BTreeMap<&'a RecordId, Vec<usize>>,
    conflicts: usize,
}

impl<'a> View<'a> {
    pub(super) fn new(base: &'a Project, joined: &Project, conflicts: &'a [Conflict]) -> Self {
        let mut in_conflict: BTreeMap<&RecordId, Vec<usize>> = BTreeMap::new();
        for (i, conflict) in conflicts.iter().enumerate() {
            conflict.records().for_each(|id| in_conflict.entry(id).or_default().push(i));
        }
        Self { base, articles: articles(joined), in_conflict, conflicts: conflicts.len() }
    }

    /// What a file brings.
    pub(super) fn brought(&self, file: &str, copy: &Project) -> Brought {
        let mut found = Brought { file: file.to_owned(), ..Brought::default() };
        let mut touched = vec![false; self.conflicts];
        let (mut people, mut texts) = (Tally::default(), Tally::default());
        for (id, entry) in copy.records() {
            match self.base.entry(id) {
                None => found.new += 1,
                Some(ours) if std::ptr::eq(ours, entry) || ours == entry => continue,
                Some(ours) => {
                    let after = ours.clone().merge(entry.clone(), id);
                    if after == *ours {
                        continue;
                    }
                    found.changed += 1;
                    found.deleted += usize::from(ours.is_live() && !after.is_live());
                }
            }
            if !self.in_conflict.is_empty() {
                self.in_conflict.get(id).into_iter().flatten().for_each(|i| touched[*i] = true);
            }
            people.count(entry.made.by.record());
            text_of(&entry.body).into_iter().for_each(|text| texts.count(text.record()));
        }
        found.by_person = people.all();
        for (text, n) in texts.all() {
            if let Some(article) = text.typed().and_then(|text| self.articles.get(&text)) {
                *found.by_article.entry(article.clone()).or_default() += n;
            }
        }
        found.conflicts = touched.iter().filter(|touched| **touched).count();
        found
    }
}

/// How often each id came: ids that follow each other are mostly the same.
#[derive(Default)]
struct Tally {
    counted: BTreeMap<RecordId, usize>,
    last: Option<(RecordId, usize)>,
}

impl Tally {
    fn count(&mut self, id: &RecordId) {
        match &mut self.last {
            Some((last, n)) if last == id => *n += 1,
            last => {
                let before = last.replace((id.clone(), 1));
                self.put(before);
            }
        }
    }

    fn put(&mut self, counted: Option<(RecordId, usize)>) {
        if let Some((id, n)) = counted {
            *self.counted.entry(id).or_default() += n;
        }
    }

    fn all(mut self) -> BTreeMap<RecordId, usize> {
        let last = self.last.take();
        self.put(last);
        self.counted
    }
}

/// The first article of each text.
fn articles(project: &Project) -> BTreeMap<Id<ArticleText>, Id<Article>> {
    let mut found = BTreeMap::new();
    for article in project.all::<Article>() {
        found.entry(article.text.clone()).or_insert_with(|| article.id());
    }
    found
}

pub(super) fn text_of(body: &Body) -> Option<&Id<ArticleText>> {
    match body {
        Body::Attribution(a) => Some(&a.text),
        Body::Stance(s) => Some(&s.text),
        Body::Mention(m) => Some(&m.text),
        Body::Segment(s) => Some(&s.text),
        Body::Coverage(c) => Some(&c.text),
        Body::Article(a) => Some(&a.text),
        _ => None,
    }
}

/// Something that only the files together show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Two files have different writes of one name: a browser profile or a file was copied, or edited
    /// outside. Both are kept.
    SameWriteOtherContent {
        /// The record in the one file.
        record: RecordId,
        /// The record in the other.
        other: RecordId,
    },
}

/// Looks for writes of one name with different content.
pub(super) fn faults(files: &[(&str, &Project)]) -> Vec<Fault> {
    let mut dots: Dots<(&RecordId, &Entry)> = Dots::default();
    for (id, entry) in files.iter().flat_map(|(_, file)| file.records()) {
        dots.put(&entry.made.at, (id, entry));
    }
    let mut found = Vec::new();
    dots.twice(&mut |(id, first), (other, entry)| {
        let same = std::ptr::eq(first, entry)
            || id == other && first.made.by == entry.made.by && first.kind() == entry.kind();
        if !same {
            found.push(Fault::SameWriteOtherContent { record: other.clone(), other: id.clone() });
        }
    });
    found.dedup();
    found
}
