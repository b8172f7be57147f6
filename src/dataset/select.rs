//! A project's article as a document: the chosen layers and annotators, nothing else.

use super::people::Annotators;
use crate::codecs::exchange::{ANNOTATOR, Attributed, Document, Mark, MarkLayer, Opinion};
use crate::codecs::hash;
use crate::model::{
    Anchor, Article, AsBody, Attribution, Entry, Holder, How, Id, Item, Label, Layer, Made, Mention, Person,
    Project, RecordId, Same, Segment, Stance, Story, Target,
};
use crate::text::{Span, Text};
use std::collections::BTreeMap;

/// Whose annotations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Whose {
    /// Everybody's, but what was decided as gold.
    #[default]
    Everyone,
    /// What was decided as gold.
    Gold,
    /// One person's, gold left out.
    Person(Id<Person>),
}

/// What is to be exported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The layers; links are no part of a document.
    pub layers: Vec<Layer>,
    /// Whose annotations.
    pub whose: Whose,
    /// The stories; none means all.
    pub stories: Vec<Id<Story>>,
}

impl Default for Selection {
    fn default() -> Self {
        let layers = vec![Layer::Attribution, Layer::Stance, Layer::Segment];
        Self { layers, whose: Whose::Everyone, stories: Vec::new() }
    }
}

impl Selection {
    fn has(&self, layer: &Layer) -> bool {
        self.layers.contains(layer)
    }

    fn takes<K>(&self, item: &Item<'_, K>, made: Option<&Made>, same: &Same) -> bool {
        let gold = made.is_some_and(|made| made.how == How::Gold);
        match &self.whose {
            Whose::Everyone => !gold,
            Whose::Gold => gold,
            Whose::Person(person) => !gold && same.are(item.entry.made.by.record(), person.record()),
        }
    }
}

/// Fields that have a value, as names and values.
#[derive(Default)]
struct Fields(Vec<(String, String)>);

impl Fields {
    fn word(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value.filter(|v| !v.is_empty()) {
            self.0.push((name.to_owned(), value.to_owned()));
        }
    }

    /// What somebody remarked of a record.
    fn remarks(&mut self, entry: &Entry) {
        self.word("note", entry.note.get().as_deref());
        self.word("unsure", entry.unsure.get().then_some("true"));
    }

    fn sorted(mut self) -> Vec<(String, String)> {
        self.0.sort();
        self.0
    }
}

/// Makes the documents of a project.
pub(super) struct Maker<'p> {
    project: &'p Project,
    selection: &'p Selection,
    same: Same,
    annotators: Annotators,
}

/// Where the marks of one document are gathered, by the records they come from.
struct Gathering<'t> {
    text: &'t Text,
    document: Document,
    mentions: BTreeMap<RecordId, usize>,
    /// Whether several people's annotations are chosen, so that each says whose it is.
    several: bool,
}

impl Gathering<'_> {
    fn mark(
        &mut self,
        span: Option<Span>,
        layer: MarkLayer,
        label: &str,
        record: &str,
        attributes: Vec<(String, String)>,
    ) -> Option<usize> {
        let Some(span) = span else {
            self.document.broken.push(format!("{record} ({label})"));
            return None;
        };
        let (label, record) = (label.to_owned(), record.to_owned());
        self.document.marks.push(Mark { span, layer, label, attributes, record });
        Some(self.document.marks.len() - 1)
    }
}

impl<'p> Maker<'p> {
    pub(super) fn new(project: &'p Project, selection: &'p Selection) -> Self {
        let same = project.same();
        let annotators = Annotators::of(project, &same);
        Self { project, selection, same, annotators }
    }

    /// Who annotated.
    pub(super) fn annotators(&self) -> &Annotators {
        &self.annotators
    }

    /// The articles of the selection whose texts are here, in the order of their stories and ids.
    pub(super) fn articles(&self) -> Vec<Id<Article>> {
        let chosen = |a: &Item<'_, Article>| {
            let stories = &self.selection.stories;
            stories.is_empty() || a.story.get().as_ref().is_some_and(|s| stories.contains(s))
        };
        let with_text = |a: &Item<'_, Article>| self.project.text(&a.text).is_some();
        self.project.all::<Article>().filter(chosen).filter(with_text).map(|a| a.id()).collect()
    }

    /// The story an article belongs to, aliases followed; its own id where it has none.
    pub(super) fn family(&self, article: &Id<Article>) -> RecordId {
        let story = self.project.find(article).and_then(|a| a.story.get().clone());
        story.map_or_else(|| article.record().clone(), |s| self.same.of(s.record()).clone())
    }

    /// The document of an article.
    pub(super) fn document(&self, id: &Id<Article>) -> Option<Document> {
        let article = self.project.find(id)?;
        let text = self.project.text(&article.text)?;
        let own = |value: &Option<String>| value.clone().unwrap_or_default();
        let story = article.story.get().as_ref();
        let name = story.and_then(|s| self.project.find(s)).map(|s| own(s.name.get())).unwrap_or_default();
        let document = Document {
            article: id.as_str().to_owned(),
            text: text.clone(),
            sha256: hash(text),
            title: own(article.title.get()),
            outlet: own(article.outlet.get()),
            published: own(article.published.get()),
            url: own(article.url.get()),
            language: own(article.language.get()),
            story: story.map(|s| s.as_str().to_owned()).unwrap_or_default(),
            story_name: name,
            ..Document::default()
        };
        let several = self.is_of_several(id);
        let mut g = Gathering { text, document, mentions: BTreeMap::new(), several };
        if self.selection.has(&Layer::Attribution) {
            self.attributions(&article, &mut g);
        }
        if self.selection.has(&Layer::Stance) {
            self.stances(&article, &mut g);
        }
        if self.selection.has(&Layer::Segment) {
            for segment in self.of::<Segment>(&article).filter(|s| self.selection.takes(s, None, &self.same))
            {
                let kind = segment.segment_kind.get();
                let label = kind.as_ref().map_or("segment", |k| k.as_str());
                let span = segment.anchor.span(g.text);
                g.mark(span, MarkLayer::Segment, label, segment.id().as_str(), Vec::new());
            }
        }
        g.document.tie_up();
        g.document.sort();
        Some(g.document)
    }

    /// Whether the chosen annotations of an article are those of several people.
    pub(super) fn is_of_several(&self, id: &Id<Article>) -> bool {
        let article = self.project.find(id);
        self.selection.whose == Whose::Everyone
            && article.is_some_and(|article| self.annotators.are_several(&article.text))
    }

    /// Whose an annotation is, where that is to be said.
    fn annotator(&self, entry: &Entry, g: &Gathering<'_>) -> Option<String> {
        let name = || self.project.person_name(&self.same.of_kind(&entry.made.by));
        g.several.then(name).filter(|name| !name.is_empty())
    }

    fn of<K: AsBody + 'p>(
        &self,
        article: &Item<'_, Article>,
    ) -> impl Iterator<Item = Item<'p, K>> + use<'p, K> {
        let found: Vec<Item<'p, K>> = self.project.about::<K>(&article.text).collect();
        found.into_iter()
    }

    fn attributions(&self, article: &Item<'_, Article>, g: &mut Gathering<'_>) {
        let wanted = |a: &Item<'_, Attribution>| self.selection.takes(a, Some(&a.made), &self.same);
        let chosen: Vec<_> = self.of::<Attribution>(article).filter(wanted).collect();
        self.mentions(article, &chosen, g);
        let places: BTreeMap<Id<Attribution>, usize> =
            chosen.iter().enumerate().map(|(i, a)| (a.id(), i)).collect();
        for attribution in &chosen {
            let made = self.attribution(attribution, &places, g);
            g.document.attributions.push(made);
        }
    }

    /// The mentions that the chosen attributions name, and those that somebody chosen made.
    fn mentions(&self, article: &Item<'_, Article>, chosen: &[Item<'_, Attribution>], g: &mut Gathering<'_>) {
        let mut roles: BTreeMap<RecordId, &str> = BTreeMap::new();
        for a in chosen {
            let mut name = |id: &Id<Mention>, role: &'static str| {
                roles.entry(id.record().clone()).or_insert(role);
            };
            a.sources.get().iter().for_each(|id| name(id, "source"));
        }
        for a in chosen {
            for id in a.addressees.get() {
                roles.entry(id.record().clone()).or_insert("addressee");
            }
            if let Some(id) = a.via.get() {
                roles.entry(id.record().clone()).or_insert("intermediary");
            }
        }
        for mention in self.of::<Mention>(article) {
            let id = mention.id();
            let role = roles.get(id.record()).copied();
            // Gold is what was decided; a mention that nobody decided about is none of it.
            let loose =
                self.selection.whose != Whose::Gold && self.selection.takes(&mention, None, &self.same);
            let Some(label) = role.or(loose.then_some("mention")) else { continue };
            let mut fields = Fields::default();
            fields.word("form", mention.form.get().as_ref().map(|f| f.as_str()));
            fields.remarks(mention.entry);
            fields.word(ANNOTATOR, self.annotator(mention.entry, g).as_deref());
            let source = mention.source.get().as_ref().map(|s| self.same.of_kind(s));
            fields.word("source", source.map(|s| self.project.source_name(&s)).as_deref());
            let span = mention.anchor.get().as_ref().and_then(|a: &Anchor| a.span(g.text));
            if let Some(at) = g.mark(span, MarkLayer::Attribution, label, id.as_str(), fields.sorted()) {
                g.mentions.insert(id.record().clone(), at);
            }
        }
    }

    fn attribution(
        &self,
        a: &Item<'_, Attribution>,
        places: &BTreeMap<Id<Attribution>, usize>,
        g: &mut Gathering<'_>,
    ) -> Attributed {
        let id = a.id();
        let mut fields = Fields::default();
        fields.word("type", a.r#type.get().as_ref().map(|v| v.as_str()));
        fields.word("verb_class", a.verb_class.get().as_ref().map(|v| v.as_str()));
        fields.word("cue_polarity", a.cue_polarity.get().as_ref().map(|v| v.as_str()));
        fields.word("channel", a.channel.get().as_ref().map(|v| v.as_str()));
        fields.word("form", a.form.get().as_ref().map(|v| v.as_str()));
        fields.word("record", a.record.get().as_ref().map(|v| v.as_str()));
        fields.word("rule", a.rule.get().as_deref());
        fields.remarks(a.entry);
        let whose = self.annotator(a.entry, g);
        fields.word(ANNOTATOR, whose.as_deref());
        let further = || whose.iter().map(|name| (ANNOTATOR.to_owned(), name.clone())).collect::<Vec<_>>();
        let medium: Vec<&str> = a.medium.get().iter().map(|m| m.as_str()).collect();
        fields.word("medium", Some(&medium.join("+")));
        let defects: Vec<&str> = a.defects.get().iter().map(|d| d.as_str()).collect();
        fields.word("defects", Some(&defects.join("+")));
        let fields = fields.sorted();
        let mut head = Some(fields.clone());
        let mut contents = Vec::new();
        for piece in a.contents.get() {
            let mut attributes = head.take().unwrap_or_else(further);
            attributes.push(("part".to_owned(), piece.part.as_str().to_owned()));
            attributes.sort();
            let span = piece.span(g.text);
            contents.extend(g.mark(span, MarkLayer::Attribution, "content", id.as_str(), attributes));
        }
        let mut cues = Vec::new();
        for cue in a.cues.get() {
            let span = cue.span(g.text);
            // Without content the cue is the head.
            let attributes = head.take().filter(|_| contents.is_empty()).unwrap_or_else(further);
            cues.extend(g.mark(span, MarkLayer::Attribution, "cue", id.as_str(), attributes));
        }
        let mentions = |ids: &[Id<Mention>]| -> Vec<usize> {
            ids.iter().filter_map(|id| g.mentions.get(id.record()).copied()).collect()
        };
        Attributed {
            record: id.as_str().to_owned(),
            contents,
            cues,
            sources: mentions(a.sources.get()),
            addressees: mentions(a.addressees.get()),
            via: a.via.get().as_ref().and_then(|id| g.mentions.get(id.record()).copied()),
            parent: a.parent.get().as_ref().and_then(|id| places.get(id).copied()),
            continues: a.continues.get().as_ref().and_then(|id| places.get(id).copied()),
            fields,
        }
    }

    fn stances(&self, article: &Item<'_, Article>, g: &mut Gathering<'_>) {
        let all: Vec<_> = self.of::<Stance>(article).collect();
        for stance in all.iter().filter(|s| self.selection.takes(s, Some(&s.made), &self.same)) {
            let mut opinion = self.opinion(stance, g);
            opinion.votes = self.votes(stance, &all);
            g.document.opinions.push(opinion);
        }
    }

    fn opinion(&self, stance: &Item<'_, Stance>, g: &mut Gathering<'_>) -> Opinion {
        let id = stance.id();
        let mut fields = Fields::default();
        fields.word("level", stance.level.get().as_ref().map(|v| v.as_str()));
        fields.word("intensity", stance.intensity.get().map(|n| n.to_string()).as_deref());
        fields.word("explicit", stance.explicit.get().map(|b| if b { "true" } else { "false" }));
        fields.word("conditional", stance.conditional.get().then_some("true"));
        fields.word("mixed", stance.mixed.get().then_some("true"));
        fields.remarks(stance.entry);
        let whose = self.annotator(stance.entry, g);
        fields.word(ANNOTATOR, whose.as_deref());
        let further = || whose.iter().map(|name| (ANNOTATOR.to_owned(), name.clone())).collect::<Vec<_>>();
        let fields = fields.sorted();
        let target = stance.target.get().as_ref().map(|t| self.same.of_kind(t));
        let target = target.as_ref().and_then(|t| self.project.find(t));
        let target: Option<&Target> = target.as_deref();
        let label = stance.value.get().as_ref().and_then(|l| self.project.find(l));
        let label: Option<&Label> = label.as_deref();
        let own = |value: Option<&Option<String>>| value.cloned().flatten().unwrap_or_default();
        let mut opinion = Opinion {
            record: id.as_str().to_owned(),
            holder: self.holder(stance),
            target: own(target.map(|t| t.name.get().clone()).as_ref()),
            target_kind: target
                .and_then(|t| t.target_kind.get().as_ref().map(|k| k.as_str().to_owned()))
                .unwrap_or_default(),
            wording: own(target.map(|t| t.wording.get().clone()).as_ref()),
            scheme: label.map(|l| l.scheme.clone()).unwrap_or_default(),
            label: own(label.map(|l| l.name.get().clone()).as_ref()),
            meaning: label
                .and_then(|l| l.meaning.get().as_ref().map(|m| m.as_str().to_owned()))
                .unwrap_or_default(),
            fields: fields.clone(),
            ..Opinion::default()
        };
        let attribution = stance.attribution.get().as_ref().map(|a| a.as_str().to_owned());
        opinion.attribution =
            attribution.and_then(|a| g.document.attributions.iter().position(|b| b.record == a));
        let mut head = Some({
            let mut all = Fields(fields);
            for (name, value) in [
                ("holder", &opinion.holder),
                ("target", &opinion.target),
                ("target_kind", &opinion.target_kind),
                ("wording", &opinion.wording),
                ("scheme", &opinion.scheme),
                ("meaning", &opinion.meaning),
            ] {
                all.word(name, Some(value));
            }
            all.sorted()
        });
        let label = if opinion.label.is_empty() { "stance" } else { &opinion.label };
        for anchor in stance.evidence.get() {
            let attributes = head.take().unwrap_or_else(further);
            let span = anchor.span(g.text);
            opinion.evidence.extend(g.mark(span, MarkLayer::Stance, label, id.as_str(), attributes));
        }
        opinion
    }

    fn holder(&self, stance: &Stance) -> String {
        match stance.holder.get() {
            Some(Holder::Source(id)) => self.project.source_name(&self.same.of_kind(id)),
            _ => "article".to_owned(),
        }
    }

    /// How many annotators gave which label to the same holder's stance on the same target.
    fn votes(&self, stance: &Item<'_, Stance>, all: &[Item<'_, Stance>]) -> Vec<(String, u32)> {
        let about = |s: &Item<'_, Stance>| {
            let target = s.target.get().as_ref().map(|t| self.same.of_kind(t));
            (self.holder(s), target.map(|t| t.as_str().to_owned()))
        };
        let wanted = about(stance);
        let mut ballots: BTreeMap<(RecordId, String), ()> = BTreeMap::new();
        for other in all.iter().filter(|o| o.made.how != How::Gold && about(o) == wanted) {
            let label = other.value.get().as_ref().and_then(|l| self.project.find(l));
            let Some(name) = label.and_then(|l| l.name.get().clone()) else { continue };
            ballots.insert((self.same.of(other.entry.made.by.record()).clone(), name), ());
        }
        let mut votes: BTreeMap<String, u32> = BTreeMap::new();
        for (_, label) in ballots.into_keys() {
            *votes.entry(label).or_default() += 1;
        }
        votes.into_iter().collect()
    }
}
