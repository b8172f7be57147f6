//! Two records that may be one: the same name, the same text, the same mark by one person.

use super::{Conflict, ConflictKind};
use crate::model::{
    Article, Attribution, How, Id, Label, Person, Project, RecordId, Same, Source, Stance, Story, Target,
};
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
    for a in project.all::<Attribution>().filter(|a| a.made.how != How::Gold) {
        let contents = a.contents.get().iter().map(|c| format!("{}-{}", c.start.0, c.end.0));
        let contents: Vec<String> = contents.collect();
        if !contents.is_empty() {
            let who = same.of(a.entry.made.by.record()).to_string();
            put(ConflictKind::Duplicate, [vec![a.text.to_string(), who], contents].concat(), a.id().record());
        }
    }
    for s in project.all::<Stance>().filter(|s| s.made.how != How::Gold) {
        let shown = |field| s.entry.value(field).map_or(String::new(), |v| v.as_str().to_owned());
        let who = same.of(s.entry.made.by.record()).to_string();
        let key = [
            vec![s.text.to_string(), who],
            ["holder", "target", "value", "attribution", "level"].map(shown).to_vec(),
        ];
        put(ConflictKind::Duplicate, key.concat(), s.id().record());
    }
    for ((kind, _), ids) in groups.iter().filter(|(_, ids)| ids.len() > 1) {
        // Each with the first: ten of one name are nine questions, not forty-five.
        let rest = ids[1..].iter().filter(|id| same.said(&ids[0], id).is_none());
        found.extend(rest.map(|id| Conflict::between(*kind, &ids[0], id)));
    }
}
