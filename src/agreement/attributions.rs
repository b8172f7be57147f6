//! Attributions as units: what each annotator marked as content, cue and source, who speaks in what.

use super::gather::Gather;
use super::link_f1::{Link, Linked};
use super::sets::{self, Labels};
use super::{Continuum, Ratings, Row, Unit, Units, matching};
use crate::model::{Anchor, ArticleText, Attribution, Id, Item, Mention};
use std::collections::BTreeMap;

/// The labels of an attribution's pieces.
pub const PIECES: [&str; 3] = ["content", "cue", "source"];

/// One attribution, as it is compared.
#[derive(Clone, Debug, Default)]
struct Marked {
    /// Its content pieces, as units with label 0.
    contents: Vec<Unit>,
    cues: Vec<Unit>,
    sources: Vec<Unit>,
    r#type: String,
    /// Who speaks: the first, where there are several.
    speaker: String,
    /// All who speak, with what the set is called.
    speakers: (String, Labels),
    /// What is wrong with the quotation, with what the set is called.
    defects: (String, Labels),
}

/// The attributions of all texts and annotators.
pub(super) struct Attributions {
    /// By text; in it by annotator.
    texts: Vec<Vec<(usize, Vec<Marked>)>>,
    lengths: Vec<u32>,
    tokens: Vec<Vec<(u32, u32)>>,
}

impl Attributions {
    pub(super) fn of(gather: &mut Gather<'_>) -> Self {
        let mut all = Self { texts: Vec::new(), lengths: Vec::new(), tokens: Vec::new() };
        for (text, who) in gather.texts.clone() {
            let mut by: Vec<(usize, Vec<Marked>)> = who.iter().map(|p| (*p, Vec::new())).collect();
            let project = gather.project;
            for attribution in project.about::<Attribution>(&text) {
                let annotator = gather.annotator(attribution.entry, &attribution.made);
                let Some(place) = by.iter().position(|(p, _)| Some(*p) == annotator) else { continue };
                let marked = read(gather, &text, &attribution);
                by[place].1.push(marked);
            }
            all.texts.push(by);
            all.lengths.push(gather.length(&text));
            all.tokens.push(gather.tokens(&text));
        }
        all
    }

    /// The pieces as labelled stretches.
    pub(super) fn units(&self, annotators: Vec<String>) -> Units {
        let documents = self.texts.iter().enumerate().map(|(i, by)| Continuum {
            length: self.lengths[i],
            observers: by.iter().map(|(p, all)| (*p, all.iter().flat_map(Marked::units).collect())).collect(),
            tokens: self.tokens[i].clone(),
        });
        let documents = documents.collect();
        Units { labels: PIECES.map(str::to_owned).to_vec(), annotators, documents }
    }

    /// A judgement on each pair of attributions that two annotators both found.
    fn judged(&self, annotators: Vec<String>, what: &dyn Fn(&Marked) -> &str) -> Ratings {
        let mut found: Vec<(usize, usize, usize, &str, &str)> = Vec::new();
        for (document, by) in self.texts.iter().enumerate() {
            for (i, (p, ours)) in by.iter().enumerate() {
                for (r, theirs) in &by[i + 1..] {
                    for (a, b) in matched(ours, theirs) {
                        found.push((document, *p, *r, what(&ours[a]), what(&theirs[b])));
                    }
                }
            }
        }
        let mut categories: Vec<String> = found.iter().flat_map(|f| [f.3, f.4]).map(str::to_owned).collect();
        categories.sort_unstable();
        categories.dedup();
        let place = |name: &str| categories.iter().position(|c| c == name);
        let rows = found.iter().map(|(document, p, r, a, b)| {
            let mut cells = vec![None; annotators.len()];
            (cells[*p], cells[*r]) = (place(a), place(b));
            Row { unit: String::new(), document: *document, cells }
        });
        let rows = rows.collect();
        Ratings { categories, raters: annotators, rows, documents: self.texts.len() }
    }

    /// The types of attributions both found.
    pub(super) fn types(&self, annotators: Vec<String>) -> Ratings {
        self.judged(annotators, &|marked| &marked.r#type)
    }

    /// The speakers of attributions both found.
    pub(super) fn speakers(&self, annotators: Vec<String>) -> Ratings {
        self.judged(annotators, &|marked| &marked.speaker)
    }

    /// All speakers of attributions both found, and the sets that the categories stand for.
    pub(super) fn all_speakers(&self, annotators: Vec<String>) -> (Ratings, Vec<Labels>) {
        self.judged_sets(annotators, |marked| &marked.speakers)
    }

    /// The defects of attributions both found, and the sets that the categories stand for.
    pub(super) fn defects(&self, annotators: Vec<String>) -> (Ratings, Vec<Labels>) {
        self.judged_sets(annotators, |marked| &marked.defects)
    }

    fn judged_sets(
        &self,
        annotators: Vec<String>,
        what: fn(&Marked) -> &(String, Labels),
    ) -> (Ratings, Vec<Labels>) {
        let ratings = self.judged(annotators, &|marked| what(marked).0.as_str());
        let all = self.texts.iter().flatten().flat_map(|(_, all)| all).map(what);
        let named: BTreeMap<&String, &Labels> = all.map(|(name, set)| (name, set)).collect();
        let set = |name: &String| named.get(name).copied().cloned().unwrap_or_default();
        let sets = ratings.categories.iter().map(set).collect();
        (ratings, sets)
    }

    /// The share of attributions that both of two annotators found: 2 · matched / (n_a + n_b).
    pub(super) fn matched_share(&self) -> (f64, f64) {
        let (mut both, mut all) = (0.0, 0.0);
        for by in &self.texts {
            for (i, (_, ours)) in by.iter().enumerate() {
                for (_, theirs) in &by[i + 1..] {
                    both += 2.0 * matched(ours, theirs).len() as f64;
                    all += (ours.len() + theirs.len()) as f64;
                }
            }
        }
        (both, all)
    }

    /// Links from contents to the sources' words.
    pub(super) fn links(&self) -> Vec<Vec<Linked>> {
        let of = |all: &Vec<Marked>| {
            let mut linked = Linked::default();
            for marked in all {
                let from: Vec<usize> = marked.contents.iter().map(|u| place(&mut linked.units, *u)).collect();
                let to: Vec<usize> = marked.sources.iter().map(|u| place(&mut linked.units, *u)).collect();
                let pairs = from.iter().flat_map(|f| to.iter().map(|t| Link { from: *f, to: *t }));
                linked.links.extend(pairs);
            }
            linked.links.sort_unstable();
            linked.links.dedup();
            linked
        };
        self.texts.iter().map(|by| by.iter().map(|(_, all)| of(all)).collect()).collect()
    }
}

/// The place of a unit in a list, where it is put if it is not there.
fn place(units: &mut Vec<Unit>, unit: Unit) -> usize {
    units.iter().position(|u| *u == unit).unwrap_or_else(|| {
        units.push(unit);
        units.len() - 1
    })
}

impl Marked {
    fn units(&self) -> impl Iterator<Item = Unit> + '_ {
        self.contents.iter().chain(&self.cues).chain(&self.sources).copied()
    }

    /// How many positions of content two attributions share; of cues, where one has no content.
    fn shared(&self, other: &Self) -> u64 {
        let either = self.contents.is_empty() || other.contents.is_empty();
        let (ours, theirs) =
            if either { (&self.cues, &other.cues) } else { (&self.contents, &other.contents) };
        let pairs = ours.iter().flat_map(|a| theirs.iter().map(|b| u64::from(a.shared(*b))));
        pairs.sum()
    }
}

/// Which attributions of two annotators are about the same words.
fn matched(ours: &[Marked], theirs: &[Marked]) -> Vec<(usize, usize)> {
    let extent = |marked: &Marked| {
        let all = || marked.contents.iter().chain(&marked.cues);
        let start = all().map(|unit| unit.start).min().unwrap_or_default();
        (start, all().map(|unit| unit.end).max().unwrap_or_default())
    };
    let extents: (Vec<_>, Vec<_>) = (ours.iter().map(extent).collect(), theirs.iter().map(extent).collect());
    let mut may = Vec::new();
    for (i, a) in ours.iter().enumerate() {
        for (k, b) in theirs.iter().enumerate() {
            // Most pairs are far apart: nothing to add up.
            if extents.0[i].0 < extents.1[k].1 && extents.1[k].0 < extents.0[i].1 {
                let shared = a.shared(b);
                if shared > 0 {
                    may.push((i, k, shared));
                }
            }
        }
    }
    let found = matching(ours.len(), theirs.len(), &may);
    found.into_iter().enumerate().filter_map(|(i, k)| Some((i, k?))).collect()
}

fn read(gather: &mut Gather<'_>, text: &Id<ArticleText>, attribution: &Item<'_, Attribution>) -> Marked {
    let mut marked = Marked {
        r#type: attribution.r#type.get().as_ref().map_or("(no type)", |t| t.as_str()).to_owned(),
        speaker: "(no speaker)".into(),
        ..Marked::default()
    };
    let unit = |gather: &mut Gather<'_>, anchor: &Anchor, label| {
        gather.ends(text, anchor).map(|(start, end)| Unit { start, end, label })
    };
    for piece in attribution.contents.get() {
        marked.contents.extend(unit(gather, &piece.anchor(), 0));
    }
    for cue in attribution.cues.get() {
        marked.cues.extend(unit(gather, cue, 1));
    }
    let project = gather.project;
    for mention in attribution.sources.get().iter().filter_map(|m: &Id<Mention>| project.find(m)) {
        if let Some(anchor) = mention.anchor.get() {
            marked.sources.extend(unit(gather, anchor, 2));
        }
    }
    let speaks = |m: &Item<'_, Mention>| Some(gather.same.of(m.source.get().as_ref()?.record()).to_string());
    let mut mentions = attribution.sources.get().iter().filter_map(|m| project.find(m));
    let first = mentions.next();
    marked.speaker = first.as_ref().and_then(speaks).unwrap_or(marked.speaker);
    let speakers: Labels =
        first.iter().filter_map(speaks).chain(mentions.filter_map(|m| speaks(&m))).collect();
    let defects: Labels = attribution.defects.get().iter().map(|d| d.as_str().to_owned()).collect();
    marked.speakers = (sets::name(&speakers), speakers);
    marked.defects = (sets::name(&defects), defects);
    marked
}
