//! What each file brings, and what the files show to have gone wrong outside.

use super::Conflict;
use crate::model::{Article, ArticleText, Body, Dot, Entry, Id, Project, RecordId};
use crate::text::shingles::stable_hash;
use std::collections::{BTreeMap, BTreeSet, HashMap};

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

pub(super) fn brought(
    file: &str,
    copy: &Project,
    base: &Project,
    joined: &Project,
    conflicts: &[Conflict],
) -> Brought {
    let mut found = Brought { file: file.to_owned(), ..Brought::default() };
    let mut touched: BTreeSet<&RecordId> = BTreeSet::new();
    let articles = articles(joined);
    for (id, entry) in copy.records() {
        match base.entry(id) {
            None => found.new += 1,
            Some(ours) if std::ptr::eq(ours, entry) || ours == entry => continue,
            Some(ours) => {
                let after = ours.clone().merge(entry.clone());
                if after == *ours {
                    continue;
                }
                found.changed += 1;
                found.deleted += usize::from(ours.is_live() && !after.is_live());
            }
        }
        touched.insert(id);
        *found.by_person.entry(entry.made.by.record().clone()).or_default() += 1;
        if let Some(article) = text_of(&entry.body).and_then(|text| articles.get(text)) {
            *found.by_article.entry(article.clone()).or_default() += 1;
        }
    }
    found.conflicts = conflicts.iter().filter(|c| c.records().any(|id| touched.contains(id))).count();
    found
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
    let mut known: HashMap<&Dot, (&RecordId, u64)> = HashMap::new();
    let mut found = Vec::new();
    let mut seen: BTreeSet<*const Entry> = BTreeSet::new();
    for (_, file) in files {
        for (id, entry) in file.records() {
            if !seen.insert(std::ptr::from_ref(entry)) {
                continue;
            }
            let content = stable_hash(&(id.as_str(), entry.made.by.as_str(), entry.kind()));
            match known.get(&entry.made.at) {
                Some((other, before)) if *before != content => {
                    found.push(Fault::SameWriteOtherContent { record: id.clone(), other: (*other).clone() });
                }
                Some(_) => {}
                None => {
                    known.insert(&entry.made.at, (id, content));
                }
            }
        }
    }
    found.dedup();
    found
}
