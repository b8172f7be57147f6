//! Handing a project out: which annotator gets which stories.

use super::export;
use crate::model::{Article, Project, RecordId};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Why a project cannot be handed out so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SplitError {
    /// There must be at least one person.
    NoPeople,
    /// Each story goes to at least one person and at most to all.
    Overlap {
        /// How many were asked to share each story.
        overlap: usize,
        /// How many there are.
        people: usize,
    },
    /// There is no article to hand out.
    NoArticles,
}

impl fmt::Display for SplitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPeople => f.write_str("there must be at least one person to hand work to"),
            Self::Overlap { overlap, people } => write!(
                f,
                "each story can go to 1 to {people} of {people} people, not to {overlap}; agreement needs at least 2"
            ),
            Self::NoArticles => f.write_str("the project has no articles to hand out"),
        }
    }
}

impl std::error::Error for SplitError {}

/// Who gets what: for each person, the places of their stories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The articles of each story; an article without a story is one of its own.
    pub stories: Vec<Vec<RecordId>>,
    /// For each person the stories they get, as places in `stories`.
    pub people: Vec<Vec<usize>>,
}

/// Assigns whole stories round robin, each to `overlap` people. Nothing but the project decides: the same
/// project gives the same packages. Every so often the step from one person to the next grows, so that
/// not only neighbours share stories.
pub fn assign(project: &Project, people: usize, overlap: usize) -> Result<Assignment, SplitError> {
    if people == 0 {
        return Err(SplitError::NoPeople);
    }
    if overlap == 0 || overlap > people {
        return Err(SplitError::Overlap { overlap, people });
    }
    let mut stories: BTreeMap<RecordId, Vec<RecordId>> = BTreeMap::new();
    for article in project.all::<Article>() {
        let story = article.story.get().as_ref().map(|s| s.record().clone());
        let story = story.unwrap_or_else(|| article.id().record().clone());
        stories.entry(story).or_default().push(article.id().record().clone());
    }
    if stories.is_empty() {
        return Err(SplitError::NoArticles);
    }
    let steps: Vec<usize> = (1..people.max(2)).filter(|step| coprime(*step, people)).collect();
    let mut given = vec![Vec::new(); people];
    for story in 0..stories.len() {
        let step = steps[story / people % steps.len()];
        for k in 0..overlap {
            given[(story + k * step) % people].push(story);
        }
    }
    Ok(Assignment { stories: stories.into_values().collect(), people: given })
}

fn coprime(mut a: usize, mut b: usize) -> bool {
    while b > 0 {
        (a, b) = (b, a % b);
    }
    a == 1
}

/// The package of one person: their stories with texts, and what all share (guidelines, labels, targets,
/// cast); no annotations. It is a copy of the project, so that what comes back joins it.
pub fn package(project: &Project, assignment: &Assignment, person: usize) -> Project {
    let mut wanted: BTreeSet<RecordId> = BTreeSet::new();
    let stories = assignment.people.get(person).into_iter().flatten();
    for article in stories.flat_map(|story| &assignment.stories[*story]) {
        wanted.insert(article.clone());
        if let Some(article) = article.typed::<Article>().and_then(|id| project.find(&id)) {
            wanted.insert(article.text.record().clone());
            wanted.extend(article.story.get().as_ref().map(|s| s.record().clone()));
        }
    }
    export::ground(project, &|id| wanted.contains(id))
}
