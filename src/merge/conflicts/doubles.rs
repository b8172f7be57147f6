//! Two records that may be one: the same name, the same text, the same mark by one person.

use super::{Conflict, ConflictKind};
use crate::model::{
    Article, ArticleText, Attribution, How, Id, Json, Label, Person, Project, RecordId, Same, Source, Stance,
    Story, Target,
};
use crate::text::CodePoint;
use crate::text::shingles::folded;
use std::collections::BTreeMap;

pub(super) fn look(project: &Project, same: &Same, found: &mut Vec<Conflict>) {
    let mut groups: BTreeMap<(ConflictKind, Vec<String>), Vec<RecordId>> = BTreeMap::new();
    let mut put = |kind, key: Vec<String>, id: &RecordId| {
        groups.entry((kind, key)).or_default().push(id.clone());
    };
    let name = |name: &Option<String>| {
        let name = folded(name.as_deref().unwrap_or_default().trim());
        Some(name).filter(|name| !name.is_empty())
    };
    let story =
        |id: &Option<Id<Story>>| id.as_ref().map_or(String::new(), |s| same.of(s.record()).to_string());
    for s in project.all::<Source>() {
        let named = name(s.name.get());
        named.into_iter().for_each(|n| {
            put(ConflictKind::SameName, vec!["source".into(), story(s.story.get()), n], s.id().record())
        });
    }
    for t in project.all::<Target>() {
        name(t.name.get())
            .into_iter()
            .for_each(|n| put(ConflictKind::SameName, vec!["target".into(), n], t.id().record()));
    }
    for s in project.all::<Story>() {
        name(s.name.get())
            .into_iter()
            .for_each(|n| put(ConflictKind::SameName, vec!["story".into(), n], s.id().record()));
    }
    for l in project.all::<Label>() {
        let named = name(l.name.get());
        named
            .into_iter()
            .for_each(|n| put(ConflictKind::SameLabelName, vec![l.scheme.clone(), n], l.id().record()));
    }
    for p in project.all::<Person>() {
        name(p.name.get())
            .into_iter()
            .for_each(|n| put(ConflictKind::SamePersonName, vec![n], p.id().record()));
    }
    for a in project.all::<Article>() {
        put(ConflictKind::SameTextTwoArticles, vec![a.text.to_string()], a.id().record());
    }
    for text in project.all::<ArticleText>() {
        marks(project, same, &text.id(), found);
    }
    for ((kind, _), ids) in groups.iter().filter(|(_, ids)| ids.len() > 1) {
        // Each with the first: ten of one name are nine questions, not forty-five.
        let rest = ids[1..].iter().filter(|id| same.said(&ids[0], id).is_none());
        found.extend(rest.map(|id| Conflict::between(*kind, &ids[0], id)));
    }
}

/// Marks that one person made twice in a text.
fn marks(project: &Project, same: &Same, text: &Id<ArticleText>, found: &mut Vec<Conflict>) {
    let mut all: Vec<(Mark<'_>, RecordId)> = Vec::new();
    for a in project.about::<Attribution>(text).filter(|a| a.made.how != How::Gold) {
        let contents: Vec<_> = a.contents.get().iter().map(|c| (c.start, c.end)).collect();
        if !contents.is_empty() {
            let who = same.of(a.entry.made.by.record());
            all.push((Mark { who, contents, says: Vec::new() }, a.id().record().clone()));
        }
    }
    for s in project.about::<Stance>(text).filter(|s| s.made.how != How::Gold) {
        let says = ["holder", "target", "value", "attribution", "level"].map(|field| s.entry.value(field));
        let who = same.of(s.entry.made.by.record());
        all.push((Mark { who, contents: Vec::new(), says: says.to_vec() }, s.id().record().clone()));
    }
    // Stable: of equal ones the smallest id comes first.
    all.sort_by(|a, b| a.0.cmp(&b.0));
    for equal in all.chunk_by(|a, b| a.0 == b.0) {
        let rest = equal[1..].iter().filter(|(_, id)| same.said(&equal[0].1, id).is_none());
        found.extend(rest.map(|(_, id)| Conflict::between(ConflictKind::Duplicate, &equal[0].1, id)));
    }
}

/// What makes two marks in a text the same: whose, and where or what they say.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Mark<'a> {
    who: &'a RecordId,
    contents: Vec<(CodePoint, CodePoint)>,
    says: Vec<Option<Json>>,
}
