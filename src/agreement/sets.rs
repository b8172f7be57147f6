//! Judgements that are sets of labels: all that an annotator gave one thing, at once. A set is a category, and
//! how far two sets are apart is what MASI and Jaccard say; kappa on the joined labels would take two sets that
//! share all but one label for as different as any two.

use super::distance::{jaccard, masi};
use super::{Distance, Ratings, Row, Statistic, alpha, kappa};
use std::collections::BTreeSet;

/// A set of labels.
pub(super) type Labels = BTreeSet<String>;

/// What a set is called.
pub(super) fn name(set: &Labels) -> String {
    let all: Vec<&str> = set.iter().map(String::as_str).collect();
    if all.is_empty() { "(none)".to_owned() } else { all.join(" + ") }
}

/// Alpha over sets by both distances. `sets` are those that the categories stand for.
pub(super) fn alphas(ratings: &Ratings, sets: &[Labels]) -> Vec<Statistic> {
    let of = |name: &'static str, between: fn(&Labels, &Labels) -> f64| Statistic {
        name: name.into(),
        ..alpha(ratings, Distance::of_sets(sets, between))
    };
    vec![of("krippendorff_alpha_masi", masi), of("krippendorff_alpha_jaccard", jaccard)]
}

/// Every measure of sets: how often they are equal, alpha by both distances, and one alpha for each label
/// (has it, has it not).
pub(super) fn measures(ratings: &Ratings, sets: &[Labels]) -> Vec<Statistic> {
    let mut all = vec![kappa::percent(ratings)];
    all.extend(alphas(ratings, sets));
    let labels: BTreeSet<&String> = sets.iter().flatten().collect();
    for label in labels {
        let has: Vec<usize> = sets.iter().map(|set| usize::from(set.contains(label))).collect();
        let row = |row: &Row| Row {
            cells: row.cells.iter().map(|cell| cell.map(|c| has[c])).collect(),
            ..row.clone()
        };
        let of_label = Ratings {
            categories: vec!["no".into(), "yes".into()],
            rows: ratings.rows.iter().map(row).collect(),
            ..ratings.clone()
        };
        let name = format!("krippendorff_alpha:{label}").into();
        all.push(Statistic { name, ..alpha(&of_label, Distance::Nominal) });
    }
    all
}
