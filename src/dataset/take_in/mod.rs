//! What was read from another tool's file, as records of a project.
//!
//! Ids follow from the file's hash and the names in the file, so that reading a file twice changes
//! nothing. Good records are kept, whatever is wrong with others.

mod annotators;
mod attributions;
mod fields;
mod meaning;
mod stances;
#[cfg(test)]
mod tests;

pub use meaning::{LabelMap, is_meaning};

use crate::codecs::Issue;
use crate::codecs::exchange::{ANNOTATOR, Document, Mark, MarkLayer, Tie, Work};
use crate::model::{
    Anchor, Article, ArticleText, AsBody, Attribution, Body, Entry, How, Id, Json, Kind, Layer, Made,
    Mention, Person, Project, Segment, SegmentKind, Source, Stamp, Story, Write,
};
use fields::Remarks;
use meaning::{Role, folded};
use std::collections::{BTreeMap, BTreeSet};

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TakenIn {
    /// How many texts there are.
    pub texts: usize,
    /// How many records were made.
    pub records: usize,
    /// How each label of the file was understood.
    pub labels: BTreeMap<String, String>,
    /// Labels that nobody knows what they mean, with how many marks were left out for that.
    pub unknown: BTreeMap<String, usize>,
    /// Who annotated, where the file says; all else is by whoever takes it in.
    pub annotators: BTreeSet<String>,
}

/// Takes documents into a project. `hash` is that of the file they were read from; `stamp` names each
/// record's making.
pub fn take_in(
    project: &mut Project,
    documents: &[Document],
    hash: &str,
    map: &LabelMap,
    stamp: &mut dyn FnMut() -> Stamp,
    issues: &mut Vec<Issue>,
) -> TakenIn {
    let mut taker = Taker {
        project,
        hash,
        map,
        stamp,
        issues,
        taken: TakenIn::default(),
        names: BTreeMap::new(),
        no_place: BTreeMap::new(),
        layers: BTreeSet::new(),
        handed_in: BTreeSet::new(),
    };
    let mut of_text: BTreeMap<&str, Vec<&Document>> = BTreeMap::new();
    for document in documents {
        let before = of_text.entry(&document.text).or_default();
        // What is there twice word for word says nothing more the second time.
        if !before.contains(&document) {
            before.push(document);
            taker.document(document);
        }
    }
    taker.finished();
    taker.tell_of_fields();
    TakenIn { texts: of_text.len(), ..taker.taken }
}

struct Taker<'a> {
    project: &'a mut Project,
    hash: &'a str,
    map: &'a LabelMap,
    stamp: &'a mut dyn FnMut() -> Stamp,
    issues: &'a mut Vec<Issue>,
    taken: TakenIn,
    /// How often each name of a record was given; see [`Taker::id`].
    names: BTreeMap<String, usize>,
    /// What has no place here: what the marks are, which field, and how often.
    no_place: BTreeMap<(String, String), usize>,
    /// The layers that there are marks of.
    layers: BTreeSet<Layer>,
    /// Who is through with which text.
    handed_in: BTreeSet<(Id<Person>, Id<ArticleText>)>,
}

/// A document on its way in: where its marks went.
struct Placed<'d> {
    d: &'d Document,
    /// Who annotated, where that is known.
    by: Option<Id<Person>>,
    /// The same of marks that say it themselves, by name.
    people: BTreeMap<String, Id<Person>>,
    article: Id<Article>,
    text: Id<ArticleText>,
    story: Option<Id<Story>>,
    roles: Vec<Option<Role>>,
    mentions: BTreeMap<usize, Id<Mention>>,
    attributions: BTreeMap<usize, Id<Attribution>>,
    ties: Vec<(usize, usize, Tie)>,
}

impl Placed<'_> {
    fn made(&self) -> Made {
        let gold = self.d.by.as_ref().is_some_and(|by| by.work == Work::Gold);
        Made { blind: false, from: None, how: if gold { How::Gold } else { How::Import }, rule: None }
    }

    /// Whose a mark or stance with these fields is.
    fn whose(&self, annotator: Option<&str>) -> Option<&Id<Person>> {
        annotator.and_then(|name| self.people.get(name)).or(self.by.as_ref())
    }

    fn anchor(&self, mark: usize) -> Option<Anchor> {
        Anchor::of(&self.d.text, self.d.marks[mark].span)
    }

    fn is(&self, mark: usize, role: &Role) -> bool {
        self.roles[mark].as_ref() == Some(role)
    }

    fn from(&self, mark: usize, tie: Tie) -> Vec<usize> {
        self.ties.iter().filter(|(f, _, t)| *f == mark && *t == tie).map(|(_, to, _)| *to).collect()
    }

    /// The mark of which this one is a further piece.
    fn whole(&self, mark: usize) -> Option<usize> {
        self.ties.iter().find(|(from, _, t)| *from == mark && *t == Tie::PartOf).map(|(_, to, _)| *to)
    }

    /// The further pieces of a mark.
    fn pieces(&self, mark: usize) -> Vec<usize> {
        self.ties.iter().filter(|(_, to, t)| *to == mark && *t == Tie::PartOf).map(|(f, ..)| *f).collect()
    }
}

impl Taker<'_> {
    /// Makes a record, or brings it back where it was deleted.
    fn put<K: Kind + AsBody>(&mut self, id: &Id<K>, body: impl Into<Body>) {
        self.put_as(id, body, None, Remarks::default());
    }

    /// The same for what somebody marked, with what the file remarks of it.
    fn put_as<K: Kind + AsBody>(
        &mut self,
        id: &Id<K>,
        body: impl Into<Body>,
        by: Option<&Id<Person>>,
        remarks: Remarks,
    ) {
        let there = self.project.entry(id.record());
        self.taken.records += usize::from(there.is_none_or(|entry| !entry.is_live()));
        match there {
            Some(entry) if entry.is_live() => {}
            Some(_) => self.write(id, "deleted", Json::of(&false)),
            None => {
                let stamp = (self.stamp)();
                let by = by.cloned().unwrap_or_else(|| stamp.by.clone());
                let mut entry = Entry::new(Stamp { by, ..stamp }, body);
                entry.note = remarks.note.into();
                entry.unsure = remarks.unsure.into();
                self.project.merge_entry(id.record().clone(), entry);
            }
        }
    }

    /// Changes a field of a record that is there.
    fn write<K: Kind>(&mut self, id: &Id<K>, field: &str, v: Json) {
        let Some(mut entry) = self.project.entry(id.record()).cloned() else { return };
        let Some(seen) = entry.seen(field) else { return };
        let Stamp { at, by, on } = (self.stamp)();
        if entry.take(field, Write { at, by, on, seen, v }).is_ok() {
            self.project.merge_entry(id.record().clone(), entry);
        }
    }

    fn document(&mut self, d: &Document) {
        let text: Id<ArticleText> = Id::derived(&[&d.text]);
        if self.project.entry(text.record()).is_some_and(|entry| matches!(entry.body, Body::Purged)) {
            let what = "This text was removed for good from the project, and stays away.".to_owned();
            return self.issues.push(Issue { place: d.article.clone(), what });
        }
        let (article, story) = self.article(d, &text);
        let by = self.annotator_of(d);
        let people = self.annotators_in(d);
        let roles: Vec<Option<Role>> = d.marks.iter().map(|mark| self.role(mark)).collect();
        let ties = self.ties(d, &roles);
        let mut placed = Placed {
            d,
            by,
            people,
            article,
            text,
            story,
            roles,
            mentions: BTreeMap::new(),
            attributions: BTreeMap::new(),
            ties,
        };
        self.without_a_place(&placed);
        self.mentions(&mut placed);
        self.attributions(&mut placed);
        self.segments(&placed);
        self.stances(&placed);
        self.hands_in(&placed);
    }

    fn article(&mut self, d: &Document, text: &Id<ArticleText>) -> (Id<Article>, Option<Id<Story>>) {
        let article: Id<Article> = Id::derived(&[text.as_str(), ""]);
        if let Some(there) = self.project.find(&article) {
            let story = there.story.get().clone();
            return (article, story);
        }
        let was_there = self.project.entry(article.record()).is_some();
        let title = if d.title.is_empty() { &d.article } else { &d.title };
        let own = if d.story.is_empty() { &d.article } else { &d.story };
        let story: Id<Story> = Id::parse(own).unwrap_or_else(|| Id::derived(&[self.hash, "story", own]));
        let name = if d.story_name.is_empty() { title } else { &d.story_name };
        self.put(&story, Story { name: Some(name.clone()).into(), ..Story::blank() });
        let content = ArticleText {
            content: Some(d.text.clone()),
            ..ArticleText::blank(d.text.length(), concat!("import ", env!("CARGO_PKG_VERSION")).to_owned())
        };
        self.put(text, content);
        let given = |value: &String| Some(value.clone()).filter(|v| !v.is_empty());
        let body = Article {
            story: Some(story.clone()).into(),
            title: Some(title.clone()).into(),
            outlet: given(&d.outlet).into(),
            published: given(&d.published).into(),
            url: given(&d.url).into(),
            language: given(&d.language).into(),
            ..Article::blank(text.clone(), String::new())
        };
        self.put(&article, body);
        // One that was deleted before comes back, into the story that it has now.
        if was_there {
            self.write(&article, "story", Json::of(&Some(story.clone())));
        }
        (article, Some(story))
    }

    /// What a mark is here: by the map, by the layer it says it is of, by its label.
    fn role(&mut self, mark: &Mark) -> Option<Role> {
        let label = folded(&mark.label);
        let mapped = self.map.iter().find(|(from, _)| folded(from) == label).map(|(_, to)| to.clone());
        let found = match mapped {
            Some(to) => Role::named(&to),
            None => match mark.layer {
                MarkLayer::Segment => Some(Role::Segment(mark.label.clone())),
                MarkLayer::Stance => {
                    let of = |scheme: &str| Role::Stance(scheme.to_owned(), mark.label.clone());
                    let found = mark.attribute("scheme").map(of).or_else(|| self.of_a_scheme(&label));
                    Some(found.unwrap_or_else(|| of("favor")))
                }
                MarkLayer::Attribution | MarkLayer::Other => {
                    let kind = SegmentKind::ALL.iter().any(|kind| kind.as_str() == label);
                    let favor = matches!(&*label, "favor" | "against");
                    Role::named(&label)
                        .or_else(|| kind.then(|| Role::Segment(label.clone())))
                        .or_else(|| favor.then(|| Role::Stance("favor".into(), label.clone())))
                }
            },
        };
        match &found {
            Some(role) => {
                self.taken.labels.insert(mark.label.clone(), role.shown());
            }
            None => *self.taken.unknown.entry(mark.label.clone()).or_default() += 1,
        }
        found
    }

    /// The ties, those of other tools understood by what they tie.
    fn ties(&mut self, d: &Document, roles: &[Option<Role>]) -> Vec<(usize, usize, Tie)> {
        let mut ties = Vec::new();
        let mut by_cue = Vec::new();
        for r in &d.relations {
            if let Some(tie) = Tie::named(&folded(&r.label)) {
                ties.push((r.from, r.to, tie));
                continue;
            }
            let mention = |role: &&str| match *role {
                "addressee" => Tie::AddressedTo,
                "intermediary" => Tie::Via,
                _ => Tie::AttributedTo,
            };
            match (&roles[r.from], &roles[r.to]) {
                (Some(Role::Content), Some(Role::Mention(role))) => ties.push((r.from, r.to, mention(role))),
                (Some(Role::Mention(role)), Some(Role::Content)) => ties.push((r.to, r.from, mention(role))),
                (Some(Role::Content), Some(Role::Cue)) => ties.push((r.from, r.to, Tie::CuedBy)),
                (Some(Role::Cue), Some(Role::Content)) => ties.push((r.to, r.from, Tie::CuedBy)),
                (Some(Role::Cue), Some(Role::Mention(role))) => by_cue.push((r.from, r.to, mention(role))),
                (Some(Role::Mention(role)), Some(Role::Cue)) => by_cue.push((r.to, r.from, mention(role))),
                _ => self.issues.push(Issue {
                    place: d.article.clone(),
                    what: format!("The tie “{}” was left out: it is not known what it says.", r.label),
                }),
            }
        }
        // What hangs on a cue hangs on the contents it introduces, or on the cue itself.
        for (cue, mention, tie) in by_cue {
            let heads: Vec<usize> = ties
                .iter()
                .filter(|(_, to, t)| *to == cue && *t == Tie::CuedBy)
                .map(|(from, ..)| *from)
                .collect();
            match heads.is_empty() {
                true => ties.push((cue, mention, tie)),
                false => ties.extend(heads.into_iter().map(|head| (head, mention, tie))),
            }
        }
        ties
    }

    /// The id of a record that the file has a name for. Names are given more than once, where several
    /// documents hold the same text or a file repeats itself: each time another record is meant. A record
    /// deleted since stays so, and another takes its place: what the labels of the file mean may have changed.
    fn id<K: Kind>(&mut self, p: &Placed<'_>, name: &str) -> Id<K> {
        let given = [p.article.as_str(), K::KIND, name].join("\n");
        let times = self.names.entry(given).or_default();
        let copy = if *times == 0 { String::new() } else { format!("\n{times}") };
        *times += 1;
        let mut again = 0;
        loop {
            let place = if again == 0 { copy.clone() } else { format!("{copy}\nagain {again}") };
            let id: Id<K> = Id::derived(&[self.hash, p.article.as_str(), K::KIND, &format!("{name}{place}")]);
            match self.project.entry(id.record()) {
                Some(entry) if !entry.is_live() => again += 1,
                _ => return id,
            }
        }
    }

    fn source(&mut self, p: &Placed<'_>, name: &str) -> Id<Source> {
        let same = |s: &crate::model::Item<'_, Source>| {
            s.name.get().as_deref() == Some(name) && (s.story.get().is_none() || *s.story.get() == p.story)
        };
        if let Some(there) = self.project.all::<Source>().find(same) {
            return there.id();
        }
        let story = p.story.as_ref().map_or(self.hash, |s| s.as_str());
        let id = Id::derived(&[self.hash, "source", story, name]);
        let body =
            Source { name: Some(name.to_owned()).into(), story: p.story.clone().into(), ..Source::blank() };
        self.put(&id, body);
        id
    }

    fn mentions(&mut self, p: &mut Placed<'_>) {
        for (i, mark) in p.d.marks.iter().enumerate() {
            if !matches!(p.roles[i], Some(Role::Mention(_))) {
                continue;
            }
            if let Some(whole) = p.whole(i).filter(|whole| matches!(p.roles[*whole], Some(Role::Mention(_))))
            {
                self.issues.push(Issue {
                    place: p.d.article.clone(),
                    what: format!(
                        "“{}” belongs to “{}”, and a mention here is one stretch of words: it is a mention of its own now.",
                        p.d.words(i),
                        p.d.words(whole)
                    ),
                });
            }
            let id: Id<Mention> = self.id(p, &mark.record);
            let source = mark.attribute("source").map(|name| self.source(p, name));
            let body = Mention {
                anchor: p.anchor(i).into(),
                source: source.into(),
                form: mark.attribute("form").map(Into::into).into(),
                ..Mention::blank(p.text.clone())
            };
            let by = p.whose(mark.attribute(ANNOTATOR));
            self.put_as(&id, body, by, Remarks::of(&[mark]));
            p.mentions.insert(i, id);
        }
    }

    fn segments(&mut self, p: &Placed<'_>) {
        for i in 0..p.d.marks.len() {
            let (Some(Role::Segment(kind)), Some(anchor)) = (&p.roles[i], p.anchor(i)) else { continue };
            let ends = [anchor.start.0, anchor.end.0].map(|n| n.to_string());
            let id: Id<Segment> = Id::derived(&[p.text.as_str(), &ends[0], &ends[1]]);
            let kind = Some(kind.as_str()).filter(|k| *k != "segment").map(SegmentKind::from);
            let body = Segment { segment_kind: kind.into(), ..Segment::blank(p.text.clone(), anchor) };
            self.put_as(&id, body, p.by.as_ref(), Remarks::default());
        }
    }
}
