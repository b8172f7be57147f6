//! A project: all its records, and the one index that every screen needs.

use super::{
    Article, ArticleText, AsBody, Body, Entry, Id, Json, Kind, Label, Person, ProjectInfo, RecordId, Source,
    Story,
};
use crate::text::{Text, order};
use std::collections::btree_map::Entry as Place;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Bound, Deref};
use std::sync::Arc;

/// All records of a project by id. Ids begin with the kind's prefix, so records of a kind lie side by
/// side, and the map's order is the file's. Cloning shares the records.
#[derive(Clone, Debug)]
pub struct Project {
    id: Id<ProjectInfo>,
    records: BTreeMap<RecordId, Arc<Entry>>,
    /// For each text, the records that are about it, deleted ones too.
    about: BTreeMap<Id<ArticleText>, BTreeSet<RecordId>>,
    /// What stood beside the records in the file and is not known here.
    unknown: BTreeMap<String, Json>,
    /// Records that could not be read, as they came.
    damaged: BTreeMap<RecordId, Json>,
}

impl PartialEq for Project {
    fn eq(&self, other: &Self) -> bool {
        // The index follows from the records.
        self.id == other.id
            && self.records == other.records
            && self.unknown == other.unknown
            && self.damaged == other.damaged
    }
}

/// A live record of kind `K` with what it shares with all others.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a, K> {
    record: &'a RecordId,
    /// The whole record.
    pub entry: &'a Entry,
    body: &'a K,
}

impl<K: Kind> Item<'_, K> {
    /// Its id.
    pub fn id(&self) -> Id<K> {
        self.record.typed().expect("an item is found under an id of its kind")
    }
}

impl<K> Deref for Item<'_, K> {
    type Target = K;
    fn deref(&self) -> &K {
        self.body
    }
}

impl Project {
    /// A project with nothing in it, not even a record of its own.
    pub fn new(id: Id<ProjectInfo>) -> Self {
        Self {
            id,
            records: BTreeMap::new(),
            about: BTreeMap::new(),
            unknown: BTreeMap::new(),
            damaged: BTreeMap::new(),
        }
    }

    /// A project of these records, and the ids that stood there more than once: copies are joined.
    pub(crate) fn of(id: Id<ProjectInfo>, mut records: Vec<(RecordId, Entry)>) -> (Self, Vec<RecordId>) {
        let mut project = Self::new(id);
        if !records.is_sorted_by(|a, b| a.0 <= b.0) {
            order::sort_by(&mut records, |a, b| a.0.cmp(&b.0));
        }
        let mut twice = Vec::new();
        let mut sorted: Vec<(RecordId, Arc<Entry>)> = Vec::with_capacity(records.len());
        for (id, entry) in records {
            match sorted.last_mut().filter(|(last, _)| *last == id) {
                Some((_, ours)) => {
                    *ours = Arc::new((**ours).clone().merge(entry, &id));
                    twice.push(id);
                }
                None => sorted.push((id, Arc::new(entry))),
            }
        }
        for (id, entry) in &sorted {
            project.index(id, entry);
        }
        // Made of sorted pairs, the map is built without looking anything up.
        project.records = sorted.into_iter().collect();
        (project, twice)
    }

    /// Its id.
    pub fn id(&self) -> &Id<ProjectInfo> {
        &self.id
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        let info = self.find::<ProjectInfo>(&self.id);
        info.and_then(|info| info.body.name.get().as_deref()).unwrap_or("Untitled project")
    }

    /// All records, deleted ones too, in the order of the file.
    pub fn records(&self) -> impl Iterator<Item = (&RecordId, &Entry)> {
        self.records.iter().map(|(id, entry)| (id, &**entry))
    }

    /// The records after one of them, or all.
    pub fn records_after(&self, id: Option<&RecordId>) -> impl Iterator<Item = (&RecordId, &Entry)> {
        let from = id.map_or(Bound::Unbounded, Bound::Excluded);
        self.records.range::<RecordId, _>((from, Bound::Unbounded)).map(|(id, entry)| (id, &**entry))
    }

    /// How many records there are, deleted ones too.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there is no record at all.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The record under an id, deleted or not.
    pub fn entry(&self, id: &RecordId) -> Option<&Entry> {
        self.records.get(id).map(|entry| &**entry)
    }

    /// The live record under an id.
    pub fn find<K: AsBody>(&self, id: &Id<K>) -> Option<Item<'_, K>> {
        let (record, entry) = self.records.get_key_value(id.record())?;
        Self::item(record, entry).filter(|item| item.entry.is_live())
    }

    /// The live records of a kind, in the order of their ids: for random ids, by age.
    pub fn all<'a, K: AsBody + 'a>(&'a self) -> impl Iterator<Item = Item<'a, K>> {
        let from = RecordId::from_file(K::PREFIX);
        self.records
            .range(from..)
            .take_while(|(id, _)| id.as_str().starts_with(K::PREFIX))
            .filter(|(_, entry)| entry.is_live())
            .filter_map(|(id, entry)| Self::item(id, entry))
    }

    /// The live records of a kind that are about a text.
    pub fn about<'a, K: AsBody + 'a>(&'a self, text: &Id<ArticleText>) -> impl Iterator<Item = Item<'a, K>> {
        let from = RecordId::from_file(K::PREFIX);
        let ids = self.about.get(text).into_iter().flat_map(move |ids| ids.range(from.clone()..));
        ids.take_while(|id| id.as_str().starts_with(K::PREFIX))
            .filter_map(|id| self.records.get_key_value(id))
            .filter(|(_, entry)| entry.is_live())
            .filter_map(|(id, entry)| Self::item(id, entry))
    }

    /// The text under an id, if its content is here.
    pub fn text(&self, id: &Id<ArticleText>) -> Option<&Text> {
        self.find(id)?.body.content.as_ref()
    }

    /// The text of an article, if its content is here.
    pub fn text_of(&self, article: &Id<Article>) -> Option<&Text> {
        self.text(&self.find(article)?.body.text)
    }

    /// The text that a record is about, of one that was deleted too.
    pub fn text_about(&self, id: &RecordId) -> Option<&Id<ArticleText>> {
        text_of(&self.entry(id)?.body)
    }

    /// The versions of a story, in the order in which they were published as far as that is known.
    pub fn versions(&self, story: &Id<Story>) -> Vec<Item<'_, Article>> {
        let of_story = |a: &Item<'_, Article>| a.body.story.get().as_ref() == Some(story);
        let mut found: Vec<_> = self.all::<Article>().filter(of_story).collect();
        order::sort_by_key(&mut found, |a| {
            let published = a.body.published.get().clone();
            (published.is_none(), published, a.entry.made.at.clone())
        });
        found
    }

    /// The name of a source, as shown.
    pub fn source_name(&self, id: &Id<Source>) -> String {
        self.find(id).and_then(|s| s.body.name.get().clone()).unwrap_or_default()
    }

    /// The name of a person, as shown.
    pub fn person_name(&self, id: &Id<Person>) -> String {
        self.find(id).and_then(|p| p.body.name.get().clone()).unwrap_or_default()
    }

    /// The labels of a scheme, in their order.
    pub fn labels(&self, scheme: &str) -> Vec<Item<'_, Label>> {
        let mut found: Vec<_> = self.all::<Label>().filter(|l| l.body.scheme == scheme).collect();
        order::sort_by_key(&mut found, |label| *label.body.order.get());
        found
    }

    /// Puts a record in, joined with the copy that is there.
    pub fn merge_entry(&mut self, id: RecordId, entry: Entry) {
        if let Some(ours) = self.records.get_mut(&id) {
            let joined = Arc::new((**ours).clone().merge(entry, &id));
            *ours = Arc::clone(&joined);
            return self.index(&id, &joined);
        }
        self.index(&id, &entry);
        self.records.insert(id, Arc::new(entry));
    }

    fn index(&mut self, id: &RecordId, entry: &Entry) {
        let Some(text) = text_of(&entry.body) else { return };
        match self.about.get_mut(text) {
            Some(records) => records.insert(id.clone()),
            None => self.about.entry(text.clone()).or_default().insert(id.clone()),
        };
    }

    /// Joins another copy of the project. Order and repetition do not matter; records that only one of the
    /// two has are shared, not copied. Ids of projects are not compared: that is for the caller.
    pub fn join(&mut self, other: &Self) {
        let mut new: Vec<(&Id<ArticleText>, &RecordId)> = Vec::new();
        let mut in_both: Vec<(&RecordId, &Arc<Entry>)> = Vec::new();
        for (id, theirs) in &other.records {
            match self.records.entry(id.clone()) {
                Place::Vacant(place) => {
                    place.insert(theirs.clone());
                    new.extend(text_of(&theirs.body).map(|text| (text, id)));
                }
                Place::Occupied(ours) if Arc::ptr_eq(ours.get(), theirs) || ours.get() == theirs => {}
                Place::Occupied(_) => in_both.push((id, theirs)),
            }
        }
        for (id, theirs) in in_both {
            self.merge_entry(id.clone(), (**theirs).clone());
        }
        // Records that lie side by side are mostly about one text.
        for of_text in new.chunk_by(|a, b| a.0 == b.0) {
            let ids = of_text.iter().map(|(_, id)| (*id).clone());
            self.about.entry(of_text[0].0.clone()).or_default().extend(ids);
        }
        lesser_of_each(&mut self.unknown, &other.unknown);
        lesser_of_each(&mut self.damaged, &other.damaged);
        // A copy that can be read takes the place of one that cannot.
        let records = &self.records;
        self.damaged.retain(|id, _| !records.contains_key(id));
    }

    /// The same project with only the records that `keep` says, which are shared, not copied.
    pub fn only(&self, mut keep: impl FnMut(&RecordId, &Entry) -> bool) -> Self {
        let mut only = Self::new(self.id.clone());
        only.unknown = self.unknown.clone();
        only.damaged = self.damaged.clone();
        for (id, entry) in self.records.iter().filter(|(id, entry)| keep(id, entry)) {
            if let Some(text) = text_of(&entry.body) {
                only.about.entry(text.clone()).or_default().insert(id.clone());
            }
            only.records.insert(id.clone(), entry.clone());
        }
        only
    }

    /// Puts a record in place of the copy that is there. Only for building a project that nobody has a
    /// copy of yet: nothing is joined.
    pub fn replace_entry(&mut self, id: RecordId, entry: Entry) {
        self.records.remove(&id);
        self.merge_entry(id, entry);
    }

    /// Keeps a field of the file that stands beside the records and is not known here.
    pub fn keep_unknown(&mut self, name: String, value: Json) {
        self.unknown.insert(name, value);
    }

    /// What stood beside the records and is not known here.
    pub fn unknown(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.unknown.iter().map(|(name, value)| (&**name, value))
    }

    /// Keeps a record that cannot be read, so that it is written back as it came.
    pub fn keep_damaged(&mut self, id: RecordId, json: Json) {
        self.damaged.insert(id, json);
    }

    /// Records that could not be read, as they came.
    pub fn damaged(&self) -> &BTreeMap<RecordId, Json> {
        &self.damaged
    }

    /// The record under an id, to take writes.
    pub(crate) fn entry_mut(&mut self, id: &RecordId) -> Option<&mut Entry> {
        self.records.get_mut(id).map(Arc::make_mut)
    }

    fn item<'a, K: AsBody>(record: &'a RecordId, entry: &'a Entry) -> Option<Item<'a, K>> {
        entry.as_kind().map(|body| Item { record, entry, body })
    }
}

/// Takes over what is not here; where both have something, the lesser stays.
fn lesser_of_each<K: Ord + Clone>(ours: &mut BTreeMap<K, Json>, theirs: &BTreeMap<K, Json>) {
    for (name, value) in theirs {
        let kept = ours.entry(name.clone()).or_insert_with(|| value.clone());
        if value < kept {
            *kept = value.clone();
        }
    }
}

/// The text that a record is about.
pub(super) fn text_of(body: &Body) -> Option<&Id<ArticleText>> {
    match body {
        Body::Attribution(a) => Some(&a.text),
        Body::Stance(s) => Some(&s.text),
        Body::Mention(m) => Some(&m.text),
        Body::Segment(s) => Some(&s.text),
        Body::Coverage(c) => Some(&c.text),
        Body::Fate(f) => Some(&f.text),
        _ => None,
    }
}
