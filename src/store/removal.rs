//! Removing for good: the records somebody named, and with an article all that repeats its words.

use super::editor::Editor;
use crate::model::{Article, ArticleText, Body, Entry, Id, Project, RecordId, Story};
use std::collections::BTreeSet;

/// Removes records for good. With a story go its deleted articles; with an article its text, unless another
/// article has it, the texts it was cleaned from or to, all that was said about either, and a story that has
/// no other article, since stories are named after what they tell.
pub(super) fn purge(e: &mut Editor<'_, '_, '_>, records: &[RecordId]) {
    let mut going = BTreeSet::new();
    records.iter().for_each(|id| add(e.project(), id, &mut going));
    // What is said of what goes: its words may repeat those that must not be kept.
    loop {
        let found =
            e.project().records().filter(|(id, entry)| !going.contains(*id) && is_about(entry, &going));
        let found: Vec<RecordId> = found.map(|(id, _)| id.clone()).collect();
        if found.is_empty() {
            break;
        }
        going.extend(found);
    }
    going.iter().for_each(|id| e.purge(id));
}

fn add(project: &Project, id: &RecordId, going: &mut BTreeSet<RecordId>) {
    going.insert(id.clone());
    if let Some(text) = id.typed::<ArticleText>() {
        add_text(project, &text, going);
    }
    if let Some(article) = id.typed::<Article>() {
        add_article(project, &article, going);
    }
    if id.typed::<Story>().is_some() {
        let of_story = articles(project).filter(|(_, entry, article)| {
            !entry.is_live() && article.story.get().as_ref().is_some_and(|story| story.record() == id)
        });
        let of_story: Vec<RecordId> = of_story.map(|(id, ..)| id.clone()).collect();
        of_story.iter().filter_map(RecordId::typed).for_each(|article| {
            going.insert(article.record().clone());
            add_article(project, &article, going);
        });
    }
}

fn add_article(project: &Project, id: &Id<Article>, going: &mut BTreeSet<RecordId>) {
    let Some(article) = project.entry(id.record()).and_then(Entry::as_kind::<Article>) else { return };
    add_text(project, &article.text, going);
    let story = article.story.get();
    let another = articles(project).any(|(other, _, a)| !going.contains(other) && a.story.get() == story);
    if let Some(story) = story.as_ref().filter(|_| !another) {
        going.insert(story.record().clone());
    }
}

/// Adds a text that no article has which stays, and those it was cleaned from or to.
fn add_text(project: &Project, text: &Id<ArticleText>, going: &mut BTreeSet<RecordId>) {
    let mut family = vec![text.clone()];
    while let Some(text) = family.pop() {
        let in_use =
            articles(project).any(|(id, entry, a)| entry.is_live() && a.text == text && !going.contains(id));
        if in_use || project.entry(text.record()).is_none_or(|e| e.as_kind::<ArticleText>().is_none()) {
            continue;
        }
        going.insert(text.record().clone());
        for (id, entry) in project.records().filter(|(id, _)| !going.contains(*id)) {
            let Some(other) = entry.as_kind::<ArticleText>() else { continue };
            let of = |id: &RecordId| project.entry(id).and_then(Entry::as_kind::<ArticleText>);
            let from = of(text.record()).and_then(|t| t.cleaned_from.as_ref());
            if other.cleaned_from.as_ref() == Some(&text) || from.is_some_and(|from| from.record() == id) {
                family.extend(id.typed());
            }
        }
    }
}

fn articles(project: &Project) -> impl Iterator<Item = (&RecordId, &Entry, &Article)> {
    project.records().filter_map(|(id, entry)| Some((id, entry, entry.as_kind::<Article>()?)))
}

/// Whether a record says something of one of these.
fn is_about(entry: &Entry, going: &BTreeSet<RecordId>) -> bool {
    let goes = |id: &RecordId| going.contains(id);
    match &entry.body {
        Body::Attribution(b) => goes(b.text.record()),
        Body::Stance(b) => goes(b.text.record()),
        Body::Mention(b) => goes(b.text.record()),
        Body::Segment(b) => goes(b.text.record()),
        Body::Coverage(b) => goes(b.text.record()),
        Body::Fate(b) => goes(b.text.record()),
        Body::Alignment(b) => goes(b.from_text.record()) || goes(b.to_text.record()),
        Body::Link(b) => goes(b.from.record()) || goes(b.to.record()),
        Body::QuoteLink(b) => goes(b.from.record()) || goes(b.to.record()),
        Body::Comment(b) => goes(&b.about),
        Body::Decision(b) => b.members.get().iter().any(goes),
        _ => false,
    }
}
