//! The built-in sample: an invented story in five versions, made into a project from its sources.
//!
//! The texts lie in `texts/`, who said what in them in `annotations.json`, written with words and their
//! occurrence instead of offsets. The app does not carry this: it loads `web/sample.variorum.json`,
//! which `variorum sample` writes and a test compares with what is made here. All ids are fixed, so that
//! two people who open the sample hold the same articles.

mod source;

use crate::model::{
    Anchor, Article, ArticleText, Attribution, Body, Content, Dot, Entry, Holder, How, Id, Kind, Link, Made,
    Mention, Part, Person, Project, ReplicaId, Segment, Source, Stamp, Stance, Story, Target, Time,
};
use crate::store::{Command, Context, NewArticle, Replica, apply, article_id, decide, label_id, text_id};
use crate::text::{Span, Text};
use source::{Annotations, Named, Words};
use std::collections::BTreeMap;
use std::fmt;

/// The five texts by the names of their files. They can never change: ids follow from their bytes.
pub const TEXTS: [(&str, &str); 5] = [
    ("1-original.txt", include_str!("texts/1-original.txt")),
    ("2-back-translated.txt", include_str!("texts/2-back-translated.txt")),
    ("3-agency.txt", include_str!("texts/3-agency.txt")),
    ("4-earlier.txt", include_str!("texts/4-earlier.txt")),
    ("5-spun.txt", include_str!("texts/5-spun.txt")),
];

/// Hand-made alignments of the sample's sentences, as `variorum compare --score` reads them.
pub const ALIGNMENTS: &str = include_str!("alignments.json");

/// What is wrong with the sample's sources.
#[derive(Debug)]
pub struct Fault(String);

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Fault {}

/// Makes the sample project.
pub fn project() -> Result<Project, Fault> {
    let source: Annotations =
        serde_json::from_str(include_str!("annotations.json")).map_err(|why| Fault(why.to_string()))?;
    let mut maker = Maker::begin(&source)?;
    maker.articles(&source)?;
    maker.cast(&source);
    for target in &source.targets {
        let of = source.sources.iter().find(|s| s.key == target.key);
        let body = Target {
            name: Some(target.name.clone()).into(),
            target_kind: Some(target.target_kind.as_str().into()).into(),
            source: of.map(|s| fixed(&s.key)).into(),
            wording: target.wording.clone().into(),
        };
        maker.put(&fixed::<Target>(&target.key), body);
    }
    source.segments.iter().try_for_each(|segment| maker.segment(segment))?;
    source.attributions.iter().try_for_each(|attribution| maker.attribution(attribution))?;
    source.stances.iter().enumerate().try_for_each(|(i, stance)| maker.stance(i, stance))?;
    source.links.iter().try_for_each(|link| maker.link(link))?;
    Ok(maker.project)
}

/// The id of something of the sample, by a key of its sources.
fn fixed<K: Kind>(key: &str) -> Id<K> {
    Id::derived(&["variorum sample", K::KIND, key])
}

struct Maker {
    project: Project,
    texts: BTreeMap<&'static str, (Id<ArticleText>, Text)>,
    by: Id<Person>,
    on: Time,
    made: u64,
}

impl Maker {
    fn begin(source: &Annotations) -> Result<Self, Fault> {
        let by = fixed("annotator");
        let on = Time::parse("2026-11-21T12:00:00Z").ok_or_else(|| Fault("no time".into()))?;
        let mut project = Project::new(fixed("project"));
        let mut replica = Replica::new(ReplicaId::new("sample-commands"));
        let mut bits = || 0;
        let mut context = Context { by: Clone::clone(&by), on, replica: &mut replica, bits: &mut bits };
        let name = source.people.first().map(|p| p.name.clone()).unwrap_or_default();
        let commands = [
            Command::Begin { name: format!("Sample: {}", source.story.name) },
            Command::NamePerson { person: by.clone(), name },
        ];
        for command in commands {
            let step = decide(&project, command, &mut context).map_err(|why| Fault(why.to_string()))?;
            apply(&mut project, &step);
        }
        let mut maker = Self { project, texts: BTreeMap::new(), by, on, made: 0 };
        let story = Story { name: Some(source.story.name.clone()).into(), ..Story::blank() };
        maker.put(&fixed::<Story>("story"), story);
        Ok(maker)
    }

    fn put<K: Kind>(&mut self, id: &Id<K>, body: impl Into<Body>) {
        self.made += 1;
        let at = Dot(ReplicaId::new("sample"), self.made);
        let stamp = Stamp { at, by: self.by.clone(), on: self.on };
        self.project.merge_entry(id.record().clone(), Entry::new(stamp, body));
    }

    fn articles(&mut self, source: &Annotations) -> Result<(), Fault> {
        for (name, content) in TEXTS {
            let about = source.articles.iter().find(|a| a.file == name);
            let about = about.ok_or_else(|| Fault(format!("{name} is not described")))?;
            let text = Text::new(content);
            let id = text_id(content);
            let new = NewArticle {
                content: text.clone(),
                extractor: "plain-text 0.1.0".into(),
                origin: None,
                title: about.title.clone(),
                language: Some(about.language.clone()),
                links: Vec::new(),
                story: Some(fixed("story")),
                facts: crate::model::Facts::default(),
                cleaning: None,
            };
            let mut replica = Replica::new(ReplicaId::new(&format!("sample-{name}")));
            let mut bits = || 0;
            let mut context =
                Context { by: self.by.clone(), on: self.on, replica: &mut replica, bits: &mut bits };
            let step = decide(&self.project, Command::AddArticles { articles: vec![new] }, &mut context)
                .map_err(|why| Fault(why.to_string()))?;
            apply(&mut self.project, &step);
            self.texts.insert(name, (id.clone(), text));
            let article = article_id(&id, "");
            let entry = self.project.entry(article.record()).cloned();
            let Some(mut entry) = entry else { return Err(Fault(format!("{name} was not added"))) };
            if let Body::Article(body) = &mut entry.body {
                **body = Article {
                    outlet: Some(about.outlet.clone()).into(),
                    byline: about.byline.clone().into(),
                    credits: about.credits.clone().into(),
                    published: Some(about.published.clone()).into(),
                    url: about.url.clone().into(),
                    version_role: Some(about.version_role.as_str().into()).into(),
                    ..(**body).clone()
                };
            }
            self.project.replace_entry(article.record().clone(), entry);
        }
        Ok(())
    }

    fn cast(&mut self, source: &Annotations) {
        for speaker in &source.sources {
            let body = Source {
                name: Some(speaker.name.clone()).into(),
                source_kind: speaker.source_kind.as_deref().map(Into::into).into(),
                aliases: speaker.aliases.clone().into(),
                affiliation: speaker.affiliation.as_deref().map(Into::into).into(),
                role: speaker.role.as_deref().map(Into::into).into(),
                status: speaker.status.as_deref().map(Into::into).into(),
                story: Some(fixed("story")).into(),
                ..Source::blank()
            };
            self.put(&fixed::<Source>(&speaker.key), body);
        }
    }

    fn text(&self, file: &str) -> Result<(Id<ArticleText>, Text), Fault> {
        self.texts.get(file).cloned().ok_or_else(|| Fault(format!("no text {file}")))
    }

    fn anchor(&self, file: &str, words: &Words) -> Result<Anchor, Fault> {
        let (_, text) = self.text(file)?;
        let place = text.match_indices(&*words.exact).nth(words.nth.saturating_sub(1));
        let span = place.and_then(|(at, found)| Span::new(&text, at, at + found.len()));
        span.and_then(|span| Anchor::of(&text, span))
            .ok_or_else(|| Fault(format!("“{}” ({}) is not in {file}", words.exact, words.nth)))
    }

    fn anchors(&self, file: &str, all: &[Words]) -> Result<Vec<Anchor>, Fault> {
        all.iter().map(|words| self.anchor(file, words)).collect()
    }

    /// Words that name a source; the same words name it once.
    fn mention(&mut self, file: &str, named: &Named) -> Result<Id<Mention>, Fault> {
        let words = Words { exact: named.exact.clone(), nth: named.nth };
        let anchor = self.anchor(file, &words)?;
        let key = format!("{file} {} {} {}", anchor.start.0, anchor.end.0, named.source);
        let id: Id<Mention> = fixed(&key);
        if self.project.find(&id).is_none() {
            let body = Mention {
                anchor: Some(anchor).into(),
                source: Some(fixed(&named.source)).into(),
                form: named.form.as_deref().map(Into::into).into(),
                ..Mention::blank(self.text(file)?.0)
            };
            self.put(&id, body);
        }
        Ok(id)
    }

    fn mentions(&mut self, file: &str, all: &[Named]) -> Result<Vec<Id<Mention>>, Fault> {
        all.iter().map(|named| self.mention(file, named)).collect()
    }

    fn segment(&mut self, segment: &source::Segment) -> Result<(), Fault> {
        let words = Words { exact: segment.exact.clone(), nth: segment.nth };
        let anchor = self.anchor(&segment.article, &words)?;
        let (text, _) = self.text(&segment.article)?;
        let (start, end) = (anchor.start.0.to_string(), anchor.end.0.to_string());
        let id = Id::<Segment>::derived(&[text.as_str(), &start, &end]);
        let body = Segment {
            segment_kind: Some(segment.segment_kind.as_str().into()).into(),
            ..Segment::blank(text, anchor)
        };
        self.put(&id, body);
        Ok(())
    }

    fn attribution(&mut self, from: &source::Attribution) -> Result<(), Fault> {
        let file = &*from.article;
        let mut contents = Vec::new();
        for piece in &from.contents {
            let words = Words { exact: piece.exact.clone(), nth: piece.nth };
            contents.push(Content::new(self.anchor(file, &words)?, Part::from(&*piece.part)));
        }
        contents.sort_by_key(|c| (c.start, c.end));
        let via = from.via.as_ref().map(|named| self.mention(file, named)).transpose()?;
        let body = Attribution {
            contents: contents.into(),
            cues: self.anchors(file, &from.cues)?.into(),
            sources: self.mentions(file, &from.sources)?.into(),
            via: via.into(),
            addressees: self.mentions(file, &from.addressees)?.into(),
            r#type: Some(from.r#type.as_str().into()).into(),
            medium: from.medium.iter().map(|m| m.as_str().into()).collect::<Vec<_>>().into(),
            verb_class: from.verb_class.as_deref().map(Into::into).into(),
            cue_polarity: from.cue_polarity.as_deref().map(Into::into).into(),
            channel: from.channel.as_deref().map(Into::into).into(),
            parent: from.parent.as_deref().map(fixed).into(),
            continues: from.continues.as_deref().map(fixed).into(),
            defects: from.defects.iter().map(|d| d.as_str().into()).collect::<Vec<_>>().into(),
            ..Attribution::blank(self.text(file)?.0, by_hand())
        };
        self.put(&fixed::<Attribution>(&from.key), body);
        Ok(())
    }

    fn stance(&mut self, number: usize, from: &source::Stance) -> Result<(), Fault> {
        let holder = match &*from.holder {
            "article" => Holder::Article,
            source => Holder::Source(fixed(source)),
        };
        let body = Stance {
            holder: Some(holder).into(),
            target: Some(fixed(&from.target)).into(),
            value: Some(label_id(&from.scheme, &from.value)).into(),
            level: Some(from.level.as_str().into()).into(),
            evidence: self.anchors(&from.article, &from.evidence)?.into(),
            attribution: from.attribution.as_deref().map(fixed).into(),
            intensity: from.intensity.into(),
            explicit: Some(from.explicit).into(),
            conditional: from.conditional.into(),
            mixed: from.mixed.into(),
            ..Stance::blank(self.text(&from.article)?.0, by_hand())
        };
        self.put(&fixed::<Stance>(&number.to_string()), body);
        Ok(())
    }

    fn link(&mut self, from: &source::Link) -> Result<(), Fault> {
        let [a, b] =
            [&from.from, &from.to].map(|file| self.text(file).map(|(text, _)| article_id(&text, "")));
        let (a, b) = (a?, b?);
        let id = Id::<Link>::derived(&[a.as_str(), b.as_str()]);
        let body = Link {
            relation: Some(from.relation.as_str().into()).into(),
            refinement: from.refinement.iter().map(|r| r.as_str().into()).collect::<Vec<_>>().into(),
            direction: Some(from.direction.as_str().into()).into(),
            evidence: Some(from.evidence.clone()).into(),
            ..Link::blank(a, b)
        };
        self.put(&id, body);
        Ok(())
    }
}

fn by_hand() -> Made {
    Made { blind: true, from: None, how: How::Hand, rule: None }
}
