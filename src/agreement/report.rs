//! The whole report on a project: per layer, the measures with intervals, counts and what was left out.

use super::attributions::Attributions;
use super::bootstrap::{Interval, Resampling, interval};
use super::gather::{Gather, LeftOut};
use super::kappa::{self, Weights};
use super::span_f1::{Match, span_f1};
use super::{
    Distance, Finished, Ratings, Statistic, Sums, UAlpha, Undefined, Units, Value, alpha, alpha_u,
    cu_coverage, link_f1, percent_coincidence, sets, shared_records, stances, u_alpha,
};
use crate::model::{ArticleText, Id, Project, RecordId, Time};
use std::borrow::Cow;

/// What a report depends on besides the project; part of the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Only the work of people who had not seen others' annotations of the text.
    pub blind_only: bool,
    /// Whether spaces and punctuation at the edges of spans are left aside.
    pub trim_edges: bool,
    /// How intervals are made.
    pub resampling: Resampling,
}

/// A number of a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// Its name.
    pub name: Cow<'static, str>,
    /// Its value, or why there is none.
    pub value: Value,
    /// Its 95 % interval over documents, where there is one.
    pub interval: Option<Interval>,
}

impl Measure {
    /// The value of a statistic with its interval.
    pub fn of(statistic: &Statistic, how: Resampling) -> Self {
        let value = statistic.value();
        let interval = value.is_ok().then(|| interval(statistic, how)).flatten();
        Self { name: statistic.name.clone(), value, interval }
    }
}

/// What a layer's numbers were computed from.
#[derive(Clone, Debug, PartialEq)]
pub enum Ground {
    /// Judgements of units.
    Ratings(Ratings),
    /// Marked stretches.
    Units(Units),
}

/// Agreement in one layer.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerReport {
    /// The layer.
    pub layer: &'static str,
    /// How many units two people or more judged; of marks, how many there are.
    pub units: usize,
    /// How many texts two people or more finished.
    pub documents: Vec<Id<ArticleText>>,
    /// When the last person finished each text, by their clocks.
    pub finished: Vec<Time>,
    /// Who.
    pub annotators: Vec<String>,
    /// The numbers.
    pub measures: Vec<Measure>,
    /// The first number, text by text.
    pub by_document: Vec<Value>,
    /// What was left out.
    pub left_out: LeftOut,
    /// Marks of one person and label that overlapped and were joined for unitizing measures.
    pub joined: usize,
    /// What it was computed from.
    pub ground: Ground,
}

/// Agreement in a project, layer by layer; of all layers, or of one by its name or the name it begins with.
pub fn report(project: &Project, only: Option<&str>, settings: &Settings) -> Vec<LayerReport> {
    let same = project.same();
    let finished = Finished::of(project, &same);
    let wanted = |name: &str| only.is_none_or(|only| name.split('.').next() == Some(only) || name == only);
    let layers = shared_records::LAYERS.iter().filter(|(name, _)| wanted(name));
    layers
        .map(|(name, layer)| {
            let gather = Gather::new(project, &same, &finished, layer, settings);
            let finished = gather.texts.iter().map(|(text, _)| finished.on(text, layer)).collect();
            LayerReport { finished, ..of_layer(name, gather) }
        })
        .collect()
}

fn of_layer(layer: &'static str, mut gather: Gather<'_>) -> LayerReport {
    let how = gather.settings.resampling;
    let mut extra: Vec<Measure> = Vec::new();
    // Measures of sets stand in the place of those of single categories.
    let mut of_sets: Option<Vec<Statistic>> = None;
    let ground = match layer {
        "stance" => Ground::Ratings(stances::ratings(&mut gather)),
        "link" => Ground::Ratings(shared_records::links(&mut gather)),
        "segment" => Ground::Units(shared_records::segments(&mut gather)),
        _ => {
            let all = Attributions::of(&mut gather);
            let (both, either) = all.matched_share();
            let share = if either > 0.0 { Ok(both / either) } else { Err(Undefined::NothingMarked) };
            let share = Measure { name: "matched_share".into(), value: share, interval: None };
            match layer {
                "attribution.type" => {
                    extra.push(share);
                    Ground::Ratings(all.types(gather.names()))
                }
                "attribution.speaker" => {
                    extra.push(share);
                    let mut ratings = all.speakers(gather.names());
                    name_sources(gather.project, &mut ratings);
                    let (everybody, sets) = all.all_speakers(gather.names());
                    let alphas = sets::alphas(&everybody, &sets);
                    extra.extend(alphas.iter().map(|alpha| Measure::of(alpha, how)));
                    Ground::Ratings(ratings)
                }
                "attribution.defects" => {
                    extra.push(share);
                    let (ratings, sets) = all.defects(gather.names());
                    of_sets = Some(sets::measures(&ratings, &sets));
                    Ground::Ratings(ratings)
                }
                "attribution.links" => {
                    let links = all.links();
                    extra.push(Measure::of(&link_f1::given_ends(&links), how));
                    extra.push(Measure::of(&link_f1::end_to_end(&links), how));
                    Ground::Units(all.units(gather.names()))
                }
                _ => Ground::Units(all.units(gather.names())),
            }
        }
    };
    let mut done = LayerReport {
        layer,
        units: 0,
        documents: gather.texts.iter().map(|(text, _)| text.clone()).collect(),
        finished: Vec::new(),
        annotators: gather.names(),
        measures: Vec::new(),
        by_document: Vec::new(),
        left_out: gather.left_out,
        joined: 0,
        ground,
    };
    fill(&mut done, how);
    if let Some(of_sets) = of_sets {
        done.measures = of_sets.iter().map(|statistic| Measure::of(statistic, how)).collect();
    }
    done.measures.extend(extra);
    if done.documents.is_empty() {
        done.measures.iter_mut().for_each(|measure| measure.value = Err(Undefined::NothingFinished));
    }
    done
}

/// Shows sources by name where that tells them apart.
fn name_sources(project: &Project, ratings: &mut Ratings) {
    let name = |id: &String| {
        let id = RecordId::from_file(id);
        id.typed().map(|id| project.source_name(&id)).filter(|name| !name.is_empty())
    };
    let names: Vec<Option<String>> = ratings.categories.iter().map(name).collect();
    for (i, category) in ratings.categories.iter_mut().enumerate() {
        if let Some(name) =
            names[i].as_ref().filter(|_| names.iter().filter(|n| **n == names[i]).count() == 1)
        {
            category.clone_from(name);
        }
    }
}

fn fill(done: &mut LayerReport, how: Resampling) {
    match &mut done.ground {
        Ground::Ratings(ratings) => {
            done.units = ratings.pairable();
            let statistics = of_ratings(ratings, Distance::Nominal);
            done.by_document = (0..ratings.documents).map(|d| statistics[0].of_document(d)).collect();
            done.measures = statistics.iter().map(|s| Measure::of(s, how)).collect();
        }
        Ground::Units(units) => {
            done.left_out.duplicates = units.tidy().duplicates;
            done.units = units.count();
            if done.layer == "attribution.links" {
                return;
            }
            let first = span_f1(units, Match::Overlap, true);
            done.by_document = (0..units.documents.len()).map(|d| first.of_document(d)).collect();
            (done.measures, done.joined) = of_units(units, how);
        }
    }
}

/// Every measure of judgements, percent agreement first.
pub fn of_ratings(ratings: &Ratings, distance: Distance) -> Vec<Statistic> {
    vec![
        kappa::percent(ratings),
        percent_coincidence(ratings),
        alpha(ratings, distance),
        kappa::cohen(ratings, Weights::None),
        kappa::cohen(ratings, Weights::Linear),
        kappa::cohen(ratings, Weights::Quadratic),
        kappa::scott(ratings),
        kappa::fleiss(ratings),
        kappa::bennett(ratings),
        kappa::brennan_prediger(ratings),
        kappa::gwet(ratings),
    ]
}

/// Every measure of marked stretches, and how many overlapping marks of one person and label were joined
/// for those that need it. Duplicates must have been taken out.
pub fn of_units(units: &Units, how: Resampling) -> (Vec<Measure>, usize) {
    let matches = [Match::Exact, Match::Overlap, Match::Character, Match::Token];
    let has_tokens = units.documents.iter().any(|d| !d.tokens.is_empty());
    let matches = matches.into_iter().filter(|m| has_tokens || *m != Match::Token);
    let mut found: Vec<Measure> = matches.map(|m| Measure::of(&span_f1(units, m, true), how)).collect();
    let mut apart = units.clone();
    let joined = apart.union_per_label();
    let mut put = |statistic: Statistic| found.push(Measure::of(&statistic, how));
    put(u_alpha(&apart, UAlpha::All));
    put(u_alpha(&apart, UAlpha::UnitOrGap));
    put(if units.annotators.len() > 2 {
        let raters = units.annotators.len();
        let none = Sums::collect(1, units.documents.len(), []);
        Statistic::new("cu_alpha", none, move |_| Err(Undefined::TwoRatersOnly(raters)))
    } else {
        u_alpha(&apart, UAlpha::Labels)
    });
    put(cu_coverage(&apart));
    for label in 0..units.labels.len() {
        let mut only = u_alpha(&apart.of_label(label), UAlpha::All);
        only.name = format!("u_alpha:{}", units.labels[label]).into();
        put(only);
    }
    let older = alpha_u::alpha_u(&apart);
    found.push(Measure { name: "alpha_u_1995".into(), value: older, interval: None });
    (found, joined)
}
