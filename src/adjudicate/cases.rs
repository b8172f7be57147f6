//! The cases of a project: clusters of annotations of one thing, what kind of disagreement each is, and
//! how far it is decided.

use super::cluster::by_overlap;
use super::signature::{self, Signature};
use crate::agreement::Finished;
use crate::model::{ArticleText, Attribution, Decision, How, Id, Layer, Project, RecordId, Same, Stance};
use std::collections::{BTreeMap, BTreeSet};

/// What annotators differ in: the first that applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CaseKind {
    /// Everybody who finished the text said the same.
    AllAgree,
    /// Some found it, some did not.
    OnlySome,
    /// Somebody made two of what somebody else made one.
    Split,
    /// Other labels: the type of an attribution, the value of a stance.
    Label,
    /// Other ends.
    Boundary,
    /// Other speakers.
    Link,
    /// Something else.
    Attribute,
}

impl CaseKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::AllAgree,
        Self::OnlySome,
        Self::Split,
        Self::Label,
        Self::Boundary,
        Self::Link,
        Self::Attribute,
    ];
}

/// How far a case is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Nobody decided.
    Open,
    /// Somebody decided.
    Decided,
    /// Somebody decided, and what it was based on has changed since.
    Stale,
    /// Two adjudicators decided differently.
    Disputed,
}

/// One annotation of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Whose; people who are the same have one id here.
    pub person: RecordId,
    /// Which record.
    pub record: RecordId,
}

/// One thing that was said, and who said it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// The annotation that stands for it: the first.
    pub record: RecordId,
    /// Who said so.
    pub people: Vec<RecordId>,
    /// The label it gives.
    pub label: String,
    /// The rule of the guidelines it cites.
    pub rule: Option<String>,
}

/// A case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The text.
    pub text: Id<ArticleText>,
    /// The layer: attribution or stance.
    pub layer: Layer,
    /// Where it begins, in code points; for the order of the text.
    pub start: u32,
    /// What kind of disagreement it is.
    pub kind: CaseKind,
    /// How far it is decided.
    pub state: State,
    /// The annotations, by record.
    pub members: Vec<Member>,
    /// The different things said, those said by most first.
    pub variants: Vec<Variant>,
    /// Who finished the text and has nothing here.
    pub missing: Vec<RecordId>,
    /// The decisions about it.
    pub decisions: Vec<Id<Decision>>,
    /// The digest of the members now.
    pub digest: String,
}

impl Case {
    /// The members' ids.
    pub fn records(&self) -> impl Iterator<Item = &RecordId> {
        self.members.iter().map(|m| &m.record)
    }
}

/// One annotation on its way into a case.
struct Found {
    person: RecordId,
    record: RecordId,
    says: Signature,
}

/// Every case of a project, text by text in the order of the text. Gold is in none.
pub fn cases(project: &Project) -> Vec<Case> {
    let same = project.same();
    let finished = Finished::of(project, &same);
    let decisions = decisions(project);
    let mut all = Vec::new();
    for text in project.all::<ArticleText>() {
        let text = text.id();
        let (clusters, of_record) = attributions(project, &same, &text);
        let stances = stances(project, &same, &text, &of_record);
        for (layer, clusters) in [(Layer::Attribution, clusters), (Layer::Stance, stances)] {
            let mut expected: BTreeSet<RecordId> = finished.by(&text, &layer).cloned().collect();
            if expected.is_empty() {
                // Nobody said they finished: those who marked anything here are taken to have looked.
                expected = clusters.iter().flatten().map(|f| f.person.clone()).collect();
            }
            let mut of_layer: Vec<Case> = clusters
                .into_iter()
                .map(|cluster| case(project, &same, &text, layer.clone(), cluster, &expected, &decisions))
                .collect();
            of_layer.sort_by(|a, b| (a.start, &a.members[0].record).cmp(&(b.start, &b.members[0].record)));
            all.extend(of_layer);
        }
    }
    all
}

/// The decisions by each annotation they are about.
fn decisions(project: &Project) -> BTreeMap<RecordId, Vec<Id<Decision>>> {
    let mut found: BTreeMap<RecordId, Vec<Id<Decision>>> = BTreeMap::new();
    for decision in project.all::<Decision>() {
        for member in decision.members.get() {
            found.entry(member.clone()).or_default().push(decision.id());
        }
    }
    found
}

/// The clusters of attributions of a text, and for each attribution the number of its cluster.
fn attributions(
    project: &Project,
    same: &Same,
    text: &Id<ArticleText>,
) -> (Vec<Vec<Found>>, BTreeMap<RecordId, usize>) {
    let mut all: Vec<Option<Found>> = Vec::new();
    for a in project.about::<Attribution>(text).filter(|a| a.made.how != How::Gold) {
        let person = same.of(a.entry.made.by.record()).clone();
        let says = signature::of_attribution(project, same, &a);
        all.push(Some(Found { person, record: a.id().record().clone(), says }));
    }
    let people: BTreeSet<&RecordId> = all.iter().flatten().map(|f| &f.person).collect();
    let people: Vec<&RecordId> = people.into_iter().collect();
    let owners: Vec<usize> =
        all.iter().flatten().map(|f| people.binary_search(&&f.person).unwrap_or_default()).collect();
    let spans = |f: &Found| -> Vec<(u32, u32)> {
        let of =
            |kind| f.says.places.iter().filter(move |p| p.0 == kind).map(|p| (p.1, p.2)).collect::<Vec<_>>();
        let contents = of(0);
        if contents.is_empty() { of(1) } else { contents }
    };
    let spans: Vec<Vec<(u32, u32)>> = all.iter().flatten().map(spans).collect();
    let groups = by_overlap(&owners, &spans);
    let mut of_record = BTreeMap::new();
    let mut clusters = Vec::with_capacity(groups.len());
    for (number, group) in groups.into_iter().enumerate() {
        let cluster: Vec<Found> = group.into_iter().filter_map(|i| all[i].take()).collect();
        of_record.extend(cluster.iter().map(|f| (f.record.clone(), number)));
        clusters.push(cluster);
    }
    (clusters, of_record)
}

/// The stances of a text by whose they are, towards what, and in which cluster of attributions.
fn stances(
    project: &Project,
    same: &Same,
    text: &Id<ArticleText>,
    of_record: &BTreeMap<RecordId, usize>,
) -> Vec<Vec<Found>> {
    let mut groups: BTreeMap<(String, String, Option<usize>, String), Vec<Found>> = BTreeMap::new();
    for s in project.about::<Stance>(text).filter(|s| s.made.how != How::Gold) {
        let (holder, target) = signature::about(same, &s);
        let cluster = s.attribution.get().as_ref().and_then(|a| of_record.get(a.record()).copied());
        // In an attribution that is not there any more: by itself.
        let lost = s.attribution.get().as_ref().filter(|_| cluster.is_none());
        let lost = lost.map_or(String::new(), |a| a.to_string());
        let person = same.of(s.entry.made.by.record()).clone();
        let says = signature::of_stance(project, same, &s);
        let found = Found { person, record: s.id().record().clone(), says };
        groups.entry((holder, target, cluster, lost)).or_default().push(found);
    }
    groups.into_values().collect()
}

fn case(
    project: &Project,
    same: &Same,
    text: &Id<ArticleText>,
    layer: Layer,
    mut found: Vec<Found>,
    expected: &BTreeSet<RecordId>,
    decisions: &BTreeMap<RecordId, Vec<Id<Decision>>>,
) -> Case {
    found.sort_by(|a, b| a.record.cmp(&b.record));
    let there: BTreeSet<&RecordId> = found.iter().map(|f| &f.person).collect();
    let missing: Vec<RecordId> = expected.iter().filter(|p| !there.contains(p)).cloned().collect();
    let kind = kind(&found, there.len(), !missing.is_empty());
    let mut variants: Vec<(Signature, Variant)> = Vec::new();
    for f in &found {
        match variants.iter_mut().find(|(says, _)| *says == f.says) {
            Some((_, variant)) => variant.people.push(f.person.clone()),
            None => {
                let Signature { label, rule, .. } = f.says.clone();
                let (record, people) = (f.record.clone(), vec![f.person.clone()]);
                variants.push((f.says.clone(), Variant { record, people, label, rule }));
            }
        }
    }
    variants.sort_by_key(|(_, v)| (usize::MAX - v.people.len(), v.record.clone()));
    let start = found.iter().filter_map(|f| f.says.places.first()).map(|place| place.1).min();
    let mut about: Vec<Id<Decision>> =
        found.iter().filter_map(|f| decisions.get(&f.record)).flatten().cloned().collect();
    about.sort_unstable();
    about.dedup();
    let digest = project.digest(found.iter().map(|f| &f.record));
    Case {
        text: text.clone(),
        layer,
        start: start.unwrap_or_default(),
        kind,
        state: state(project, same, &found, &about, &digest),
        members: found.into_iter().map(|f| Member { person: f.person, record: f.record }).collect(),
        variants: variants.into_iter().map(|(_, variant)| variant).collect(),
        missing,
        decisions: about,
        digest,
    }
}

fn kind(found: &[Found], people: usize, missing: bool) -> CaseKind {
    let differ = |what: fn(&Signature) -> String| {
        found.windows(2).any(|pair| what(&pair[0].says) != what(&pair[1].says))
    };
    match () {
        () if missing || people < 2 => CaseKind::OnlySome,
        () if found.len() > people => CaseKind::Split,
        () if differ(|s| s.label.clone()) => CaseKind::Label,
        () if differ(|s| format!("{:?}", s.places)) => CaseKind::Boundary,
        () if differ(|s| s.link.clone()) => CaseKind::Link,
        () if differ(|s| format!("{} {:?}", s.rest, s.rule)) => CaseKind::Attribute,
        () => CaseKind::AllAgree,
    }
}

fn state(project: &Project, same: &Same, found: &[Found], decisions: &[Id<Decision>], digest: &str) -> State {
    let mut said: Vec<(RecordId, String)> = Vec::new();
    let mut stale = false;
    for decision in decisions.iter().filter_map(|id| project.find(id)) {
        // A member that joined the case since was not decided on.
        let members = decision.members.get();
        let all_decided_on =
            found.len() == members.len() && found.iter().all(|f| members.contains(&f.record));
        stale |= !all_decided_on || decision.digest.get().as_deref() != Some(digest);
        let who = same.of(decision.entry.made.by.record()).clone();
        let gold = decision.result.get().as_ref().and_then(|id| project.entry(id));
        let gold = gold
            .map(|entry| entry.shown().into_iter().map(|(_, v)| v.as_str().to_owned()).collect::<String>());
        said.push((who, format!("{:?} {gold:?}", decision.outcome.get())));
    }
    let disputed =
        said.iter().any(|(who, what)| said.iter().any(|(other, else_)| who != other && what != else_));
    match () {
        () if said.is_empty() => State::Open,
        () if disputed => State::Disputed,
        () if stale => State::Stale,
        () => State::Decided,
    }
}
