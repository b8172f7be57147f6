//! What a person sends: their own work, or everything.

use crate::model::{Body, Entry, Id, Mention, Person, Project, RecordId};
use std::collections::BTreeSet;

/// A person's own work: what they made or changed, with the articles, labels, people and cast it needs;
/// nobody else's annotations, coverage, comments or decisions, so that whoever gets it stays blind.
/// Mentions that the person's attributions use are kept, whoever marked them.
pub fn my_work(project: &Project, person: &Id<Person>) -> Project {
    let same = project.same();
    let me = same.of(person.record()).clone();
    let mine = |entry: &Entry| {
        let is_me = |by: &Id<Person>| *same.of(by.record()) == me;
        is_me(&entry.made.by) || entry.writes().iter().any(|(_, write)| is_me(&write.by))
    };
    let mut used: BTreeSet<RecordId> = BTreeSet::new();
    for (_, entry) in project.records().filter(|(_, entry)| mine(entry)) {
        let mentions = entry.references().into_iter().map(|(_, id)| id);
        used.extend(mentions.filter(|id| id.typed::<Mention>().is_some()));
    }
    project.only(|id, entry| !is_work(&entry.body) || mine(entry) || used.contains(id))
}

/// Whether a record is somebody's work, rather than the ground that all work on.
fn is_work(body: &Body) -> bool {
    matches!(
        body,
        Body::Attribution(_)
            | Body::Stance(_)
            | Body::Mention(_)
            | Body::Segment(_)
            | Body::Link(_)
            | Body::Alignment(_)
            | Body::QuoteLink(_)
            | Body::Comment(_)
            | Body::Coverage(_)
            | Body::Fate(_)
            | Body::Decision(_)
    )
}

/// Everything: the project as it is. For whoever joins and adjudicates.
pub fn everything(project: &Project) -> Project {
    project.clone()
}

/// The ground without anybody's work and, of articles, only those of which `wanted` says so.
pub(super) fn ground(project: &Project, wanted: &dyn Fn(&RecordId) -> bool) -> Project {
    project.only(|id, entry| {
        let of_articles = matches!(entry.body, Body::Article(_) | Body::ArticleText(_) | Body::Story(_));
        !is_work(&entry.body) && (!of_articles || wanted(id))
    })
}
