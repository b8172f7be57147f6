//! Segments and links between versions. Their ids follow from what they are about, so that two people
//! who judge the same thing write in one record; each person's own judgement is their write in it.

use super::gather::Gather;
use super::{Continuum, Ratings, Row, Unit, Units};
use crate::model::{ArticleText, Id, Layer, Link, Segment};
use std::collections::BTreeSet;

/// Segments as labelled stretches.
pub(super) fn segments(gather: &mut Gather<'_>) -> Units {
    let project = gather.project;
    let mut found: Vec<(usize, usize, u32, u32, String)> = Vec::new();
    for (document, (text, _)) in gather.texts.clone().iter().enumerate() {
        for segment in project.about::<Segment>(text) {
            let Some((start, end)) = gather.ends(text, &segment.anchor) else { continue };
            for (person, kind) in gather.said(segment.entry, "segment_kind") {
                let kind = kind.to::<String>().unwrap_or_else(|_| "(no kind)".into());
                found.push((document, person, start, end, kind));
            }
        }
    }
    let labels: BTreeSet<&String> = found.iter().map(|f| &f.4).collect();
    let labels: Vec<String> = labels.into_iter().cloned().collect();
    let documents = gather.texts.iter().enumerate().map(|(document, (text, who))| {
        let units = |person: usize| {
            let ours = found.iter().filter(|f| (f.0, f.1) == (document, person));
            ours.filter_map(|f| Some(Unit { start: f.2, end: f.3, label: labels.binary_search(&f.4).ok()? }))
                .collect()
        };
        let observers = who.iter().map(|p| (*p, units(*p))).collect();
        Continuum { length: gather.length(text), observers, tokens: gather.tokens(text) }
    });
    let documents = documents.collect();
    Units { labels, annotators: gather.names(), documents }
}

/// What was said of a pair of versions.
struct Judged {
    document: usize,
    unit: String,
    /// Who finished both texts.
    who: BTreeSet<usize>,
    said: Vec<(usize, String)>,
}

/// Judgements of how two versions hang together, by those who finished both. A pair of versions counts to
/// the document it begins with.
pub(super) fn links(gather: &mut Gather<'_>) -> Ratings {
    let project = gather.project;
    let finished = |article: &Id<crate::model::Article>| -> Option<(usize, BTreeSet<usize>)> {
        let text: Id<ArticleText> = project.find(article)?.text.clone();
        let place = gather.texts.iter().position(|(t, _)| *t == text)?;
        Some((place, gather.texts[place].1.iter().copied().collect()))
    };
    let mut found: Vec<Judged> = Vec::new();
    for link in project.all::<Link>() {
        let (Some((document, from)), Some((_, to))) = (finished(&link.from), finished(&link.to)) else {
            continue;
        };
        let who: BTreeSet<usize> = from.intersection(&to).copied().collect();
        let said = gather.said(link.entry, "relation").into_iter();
        let said = said.filter_map(|(person, v)| Some((person, v.to::<String>().ok()?))).collect();
        found.push(Judged { document, unit: link.id().to_string(), who, said });
    }
    let mut categories: Vec<String> =
        crate::model::Relation::ALL.iter().map(|relation| relation.as_str().to_owned()).collect();
    categories.push(super::stances::NOT_STATED.into());
    let place = |name: &str| categories.iter().position(|c| c == name);
    let rows = found.into_iter().map(|Judged { document, unit, who, said }| {
        let mut cells = vec![None; gather.people.len()];
        for person in who {
            let own = said.iter().find(|(p, _)| *p == person);
            cells[person] = place(own.map_or(super::stances::NOT_STATED, |(_, v)| v));
        }
        Row { unit, document, cells }
    });
    let rows = rows.collect();
    Ratings { categories, raters: gather.names(), rows, documents: gather.texts.len() }
}

/// The layers that a project can be asked about, with the name of each in reports.
pub const LAYERS: [(&str, Layer); 8] = [
    ("stance", Layer::Stance),
    ("attribution", Layer::Attribution),
    ("attribution.type", Layer::Attribution),
    ("attribution.speaker", Layer::Attribution),
    ("attribution.defects", Layer::Attribution),
    ("attribution.links", Layer::Attribution),
    ("segment", Layer::Segment),
    ("link", Layer::Link),
];
