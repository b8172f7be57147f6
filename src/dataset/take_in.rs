//! What was read from another tool's file, as records of a project.
//!
//! Ids follow from the file's hash and the names in the file, so that reading a file twice changes
//! nothing. Good records are kept, whatever is wrong with others.

use crate::codecs::Issue;
use crate::codecs::exchange::{Document, Mark, MarkLayer, Opinion, Tie};
use crate::model::{
    Anchor, Article, ArticleText, AsBody, Attribution, Body, Content, Entry, Holder, How, Id, Kind, Label,
    Made, Mention, Part, Project, Segment, SegmentKind, Source, Stamp, Stance, Story, Target,
};
use std::collections::{BTreeMap, BTreeSet};

/// What labels of a file mean here: `content`, `cue`, `source`, `addressee`, `intermediary`, `mention`,
/// `segment:KIND`, `stance:SCHEME/LABEL`, `ignore`.
pub type LabelMap = BTreeMap<String, String>;

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TakenIn {
    /// How many records were made.
    pub records: usize,
    /// How each label of the file was understood.
    pub labels: BTreeMap<String, String>,
    /// Labels that nobody knows what they mean, with how many marks were left out for that.
    pub unknown: BTreeMap<String, usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Role {
    Content,
    Cue,
    Mention(&'static str),
    Segment(String),
    Stance(String, String),
    Ignore,
}

impl Role {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "content" | "quote" | "quotation" | "quoted" | "statement" => Self::Content,
            "cue" | "cue_verb" | "verb" | "reporting_verb" => Self::Cue,
            "source" | "speaker" => Self::Mention("source"),
            "addressee" => Self::Mention("addressee"),
            "intermediary" => Self::Mention("intermediary"),
            "mention" => Self::Mention("mention"),
            "ignore" => Self::Ignore,
            other => match other.split_once(':')? {
                ("segment", kind) => Self::Segment(kind.to_owned()),
                ("stance", rest) => {
                    let (scheme, label) = rest.split_once('/')?;
                    Self::Stance(scheme.to_owned(), label.to_owned())
                }
                _ => return None,
            },
        })
    }

    fn shown(&self) -> String {
        match self {
            Self::Content => "content".into(),
            Self::Cue => "cue".into(),
            Self::Mention(role) => (*role).into(),
            Self::Segment(kind) => format!("segment:{kind}"),
            Self::Stance(scheme, label) => format!("stance:{scheme}/{label}"),
            Self::Ignore => "ignore".into(),
        }
    }
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
    let mut taker = Taker { project, hash, map, stamp, issues, taken: TakenIn::default() };
    documents.iter().for_each(|document| taker.document(document));
    taker.taken
}

struct Taker<'a> {
    project: &'a mut Project,
    hash: &'a str,
    map: &'a LabelMap,
    stamp: &'a mut dyn FnMut() -> Stamp,
    issues: &'a mut Vec<Issue>,
    taken: TakenIn,
}

/// A label as it is compared.
fn folded(label: &str) -> String {
    let fold = |c: char| if c.is_alphanumeric() { c } else { '_' };
    label.trim().chars().flat_map(char::to_lowercase).map(fold).collect()
}

fn made() -> Made {
    Made { blind: false, from: None, how: How::Import, rule: None }
}

/// A document on its way in: where its marks went.
struct Placed<'d> {
    d: &'d Document,
    article: Id<Article>,
    text: Id<ArticleText>,
    story: Option<Id<Story>>,
    roles: Vec<Option<Role>>,
    mentions: BTreeMap<usize, Id<Mention>>,
    attributions: BTreeMap<usize, Id<Attribution>>,
    ties: Vec<(usize, usize, Tie)>,
}

impl Placed<'_> {
    fn anchor(&self, mark: usize) -> Option<Anchor> {
        Anchor::of(&self.d.text, self.d.marks[mark].span)
    }

    fn is(&self, mark: usize, role: &Role) -> bool {
        self.roles[mark].as_ref() == Some(role)
    }

    fn from(&self, mark: usize, tie: Tie) -> Vec<usize> {
        self.ties.iter().filter(|(f, _, t)| *f == mark && *t == tie).map(|(_, to, _)| *to).collect()
    }

    /// The further pieces of a mark.
    fn pieces(&self, mark: usize) -> Vec<usize> {
        self.ties.iter().filter(|(_, to, t)| *to == mark && *t == Tie::PartOf).map(|(f, ..)| *f).collect()
    }
}

impl Taker<'_> {
    fn put<K: Kind + AsBody>(&mut self, id: &Id<K>, body: impl Into<Body>) {
        if self.project.entry(id.record()).is_none() {
            let entry = Entry::new((self.stamp)(), body);
            self.project.merge_entry(id.record().clone(), entry);
            self.taken.records += 1;
        }
    }

    fn document(&mut self, d: &Document) {
        let (article, text, story) = self.article(d);
        let roles: Vec<Option<Role>> = d.marks.iter().map(|mark| self.role(mark)).collect();
        let ties = self.ties(d, &roles);
        let mut placed = Placed {
            d,
            article,
            text,
            story,
            roles,
            mentions: BTreeMap::new(),
            attributions: BTreeMap::new(),
            ties,
        };
        self.mentions(&mut placed);
        self.attributions(&mut placed);
        self.segments(&placed);
        self.stances(&placed);
    }

    fn article(&mut self, d: &Document) -> (Id<Article>, Id<ArticleText>, Option<Id<Story>>) {
        let text: Id<ArticleText> = Id::derived(&[&d.text]);
        let article: Id<Article> = Id::derived(&[text.as_str(), ""]);
        if let Some(there) = self.project.find(&article) {
            let story = there.story.get().clone();
            return (article, text, story);
        }
        let title = if d.title.is_empty() { &d.article } else { &d.title };
        let own = if d.story.is_empty() { &d.article } else { &d.story };
        let story: Id<Story> = Id::parse(own).unwrap_or_else(|| Id::derived(&[self.hash, "story", own]));
        let name = if d.story_name.is_empty() { title } else { &d.story_name };
        self.put(&story, Story { name: Some(name.clone()).into(), ..Story::blank() });
        let content = ArticleText {
            content: Some(d.text.clone()),
            ..ArticleText::blank(d.text.length(), concat!("import ", env!("CARGO_PKG_VERSION")).to_owned())
        };
        self.put(&text, content);
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
        (article, text, Some(story))
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
                    let scheme = mark.attribute("scheme").unwrap_or("favor");
                    Some(Role::Stance(scheme.to_owned(), mark.label.clone()))
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

    fn id<K: Kind>(&self, p: &Placed<'_>, name: &str) -> Id<K> {
        Id::derived(&[self.hash, p.article.as_str(), K::KIND, name])
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
            let id: Id<Mention> = self.id(p, &mark.record);
            let source = mark.attribute("source").map(|name| self.source(p, name));
            let body = Mention {
                anchor: p.anchor(i).into(),
                source: source.into(),
                form: mark.attribute("form").map(Into::into).into(),
                ..Mention::blank(p.text.clone())
            };
            self.put(&id, body);
            p.mentions.insert(i, id);
        }
    }

    fn attributions(&mut self, p: &mut Placed<'_>) {
        let pieces: BTreeSet<usize> =
            p.ties.iter().filter(|(.., t)| *t == Tie::PartOf).map(|(from, ..)| *from).collect();
        let cued: BTreeSet<usize> =
            p.ties.iter().filter(|(.., t)| *t == Tie::CuedBy).map(|(_, to, _)| *to).collect();
        let head = |i: &usize| {
            (p.is(*i, &Role::Content) && !pieces.contains(i)) || (p.is(*i, &Role::Cue) && !cued.contains(i))
        };
        let heads: Vec<usize> = (0..p.d.marks.len()).filter(head).collect();
        for i in &heads {
            let id = self.id(p, &p.d.marks[*i].record);
            p.attributions.insert(*i, id);
        }
        for i in heads {
            let body = attribution(p, i);
            if let Some(id) = p.attributions.get(&i).cloned() {
                self.put(&id, body);
            }
        }
    }

    fn segments(&mut self, p: &Placed<'_>) {
        for i in 0..p.d.marks.len() {
            let (Some(Role::Segment(kind)), Some(anchor)) = (&p.roles[i], p.anchor(i)) else { continue };
            let ends = [anchor.start.0, anchor.end.0].map(|n| n.to_string());
            let id: Id<Segment> = Id::derived(&[p.text.as_str(), &ends[0], &ends[1]]);
            let kind = Some(kind.as_str()).filter(|k| *k != "segment").map(SegmentKind::from);
            self.put(&id, Segment { segment_kind: kind.into(), ..Segment::blank(p.text.clone(), anchor) });
        }
    }

    fn stances(&mut self, p: &Placed<'_>) {
        let pieces: BTreeSet<usize> =
            p.ties.iter().filter(|(.., t)| *t == Tie::PartOf).map(|(from, ..)| *from).collect();
        for (i, mark) in p.d.marks.iter().enumerate().filter(|(i, _)| !pieces.contains(i)) {
            let Some(Role::Stance(scheme, label)) = &p.roles[i] else { continue };
            let get = |name: &str| mark.attribute(name).unwrap_or_default().to_owned();
            let opinion = Opinion {
                record: mark.record.clone(),
                holder: get("holder"),
                target: get("target"),
                target_kind: get("target_kind"),
                wording: get("wording"),
                scheme: scheme.clone(),
                label: label.clone(),
                meaning: get("meaning"),
                fields: mark.attributes.clone(),
                ..Opinion::default()
            };
            let mut evidence = vec![i];
            evidence.extend(p.pieces(i));
            let taken = p.from(i, Tie::TakenIn).first().and_then(|head| p.attributions.get(head).cloned());
            self.stance(p, &opinion, &evidence, taken);
        }
        for opinion in &p.d.opinions {
            self.stance(p, opinion, &[], None);
        }
    }

    fn stance(
        &mut self,
        p: &Placed<'_>,
        o: &Opinion,
        evidence: &[usize],
        attribution: Option<Id<Attribution>>,
    ) {
        let field = |name: &str| o.fields.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
        let holder = match &*o.holder {
            "article" | "" => Holder::Article,
            name => Holder::Source(self.source(p, name)),
        };
        let scheme = if o.scheme.is_empty() { "favor" } else { &o.scheme };
        let body = Stance {
            holder: Some(holder).into(),
            target: self.target(o).into(),
            value: (o.label != "stance").then(|| self.label(scheme, &o.label, &o.meaning)).into(),
            level: field("level").map(Into::into).into(),
            evidence: evidence.iter().filter_map(|i| p.anchor(*i)).collect::<Vec<_>>().into(),
            attribution: attribution.into(),
            intensity: field("intensity").and_then(|n| n.parse().ok()).into(),
            explicit: field("explicit").map(|b| b == "true").into(),
            conditional: (field("conditional") == Some("true")).into(),
            mixed: (field("mixed") == Some("true")).into(),
            ..Stance::blank(p.text.clone(), made())
        };
        let id: Id<Stance> = self.id(p, &o.record);
        self.put(&id, body);
    }

    fn target(&mut self, o: &Opinion) -> Option<Id<Target>> {
        if o.target.is_empty() {
            return None;
        }
        let same = |t: &crate::model::Item<'_, Target>| t.name.get().as_deref() == Some(&*o.target);
        if let Some(there) = self.project.all::<Target>().find(same) {
            return Some(there.id());
        }
        let id = Id::derived(&[self.hash, "target", &o.target]);
        let body = Target {
            name: Some(o.target.clone()).into(),
            target_kind: Some(&*o.target_kind).filter(|k| !k.is_empty()).map(Into::into).into(),
            wording: Some(o.wording.clone()).filter(|w| !w.is_empty()).into(),
            ..Target::blank()
        };
        self.put(&id, body);
        Some(id)
    }

    fn label(&mut self, scheme: &str, name: &str, meaning: &str) -> Id<Label> {
        let there = self.project.labels(scheme).into_iter().find(|l| l.name.get().as_deref() == Some(name));
        if let Some(there) = there {
            return there.id();
        }
        let id = Id::derived(&[scheme, name]);
        let body = Label {
            name: Some(name.to_owned()).into(),
            meaning: Some(meaning).filter(|m| !m.is_empty()).map(Into::into).into(),
            ..Label::blank(scheme.to_owned())
        };
        self.put(&id, body);
        id
    }
}

fn attribution(p: &Placed<'_>, head: usize) -> Attribution {
    let mark = &p.d.marks[head];
    let field = |name: &str| mark.attribute(name);
    let mut contents = Vec::new();
    let mut cues = p.from(head, Tie::CuedBy);
    if p.is(head, &Role::Content) {
        contents.push(head);
        contents.extend(p.pieces(head));
    } else {
        cues.insert(0, head);
    }
    let content = |i: &usize| {
        let quoted = p.d.words(*i).contains(['“', '"', '”', '«', '„']);
        let guess = if quoted { Part::Quoted } else { Part::Paraphrase };
        let part = p.d.marks[*i].attribute("part").map_or(guess, Part::from);
        Some(Content::new(p.anchor(*i)?, part))
    };
    let mentions = |tie: Tie| -> Vec<Id<Mention>> {
        p.from(head, tie).iter().filter_map(|i| p.mentions.get(i).cloned()).collect()
    };
    let other = |tie: Tie| p.from(head, tie).first().and_then(|i| p.attributions.get(i).cloned());
    let list = |name: &str| field(name).into_iter().flat_map(|all| all.split('+')).filter(|v| !v.is_empty());
    Attribution {
        contents: contents.iter().filter_map(content).collect::<Vec<_>>().into(),
        cues: cues.iter().filter_map(|i| p.anchor(*i)).collect::<Vec<_>>().into(),
        sources: mentions(Tie::AttributedTo).into(),
        addressees: mentions(Tie::AddressedTo).into(),
        via: mentions(Tie::Via).into_iter().next().into(),
        r#type: field("type").map(Into::into).into(),
        medium: list("medium").map(Into::into).collect::<Vec<_>>().into(),
        verb_class: field("verb_class").map(Into::into).into(),
        cue_polarity: field("cue_polarity").map(Into::into).into(),
        channel: field("channel").map(Into::into).into(),
        form: field("form").map(Into::into).into(),
        record: field("record").map(Into::into).into(),
        parent: other(Tie::NestedIn).into(),
        continues: other(Tie::Continues).into(),
        defects: list("defects").map(Into::into).collect::<Vec<_>>().into(),
        rule: field("rule").map(str::to_owned).into(),
        ..Attribution::blank(p.text.clone(), made())
    }
}
