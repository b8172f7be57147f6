//! Krippendorff's alpha over judgements of units, by the coincidence matrix (Krippendorff 2011, *Computing
//! Krippendorff's Alpha-Reliability*).

use super::{Distance, Ratings, Statistic, Sums, Undefined, Value};

/// The coincidences o_ck, place c·q + k: for each unit the ordered pairs of judgements by two raters, over
/// the unit's judgements less one. Units with one judgement drop out.
pub fn coincidences(ratings: &Ratings) -> Sums {
    let q = ratings.categories.len();
    let mut amounts = Vec::new();
    for row in &ratings.rows {
        let counts = row.counts();
        let judged = row.judged() as f64;
        if judged < 2.0 {
            continue;
        }
        for (c, n_c) in &counts {
            for (k, n_k) in &counts {
                let pairs = n_c * if c == k { n_k - 1.0 } else { *n_k };
                if pairs > 0.0 {
                    amounts.push((row.document, c * q + k, pairs / (judged - 1.0)));
                }
            }
        }
    }
    Sums::collect(q * q, ratings.documents, amounts)
}

/// Alpha: 1 − observed over expected disagreement.
pub fn alpha(ratings: &Ratings, distance: Distance) -> Statistic {
    let q = ratings.categories.len();
    Statistic::new("krippendorff_alpha", coincidences(ratings), move |o| of_coincidences(o, q, &distance))
}

/// Alpha as one number, without what intervals and values per document need.
pub fn alpha_value(ratings: &Ratings, distance: &Distance) -> Value {
    let q = ratings.categories.len();
    let (mut o, mut counts, mut used) = (vec![0.0; q * q], vec![0.0; q], Vec::with_capacity(q));
    for row in &ratings.rows {
        let mut judged = 0.0;
        for category in row.cells.iter().flatten() {
            if counts[*category] == 0.0 {
                used.push(*category);
            }
            counts[*category] += 1.0;
            judged += 1.0;
        }
        for c in used.iter().filter(|_| judged > 1.0) {
            for k in &used {
                let pairs = counts[*c] * if c == k { counts[*k] - 1.0 } else { counts[*k] };
                o[c * q + k] += pairs / (judged - 1.0);
            }
        }
        used.drain(..).for_each(|category| counts[category] = 0.0);
    }
    of_coincidences(&o, q, distance)
}

/// Percent agreement by judgements, 1 − Do of the coincidence matrix: units with more judgements weigh
/// more. (By units: `percent_pairwise`.)
pub fn percent_coincidence(ratings: &Ratings) -> Statistic {
    let q = ratings.categories.len();
    Statistic::new("percent_coincidence", coincidences(ratings), move |o| {
        let n: f64 = o.iter().sum();
        let same: f64 = (0..q).map(|c| o[c * q + c]).sum();
        if n > 0.0 { Ok(same / n) } else { Err(Undefined::NothingToCompare) }
    })
}

fn of_coincidences(o: &[f64], q: usize, distance: &Distance) -> Value {
    let n_of: Vec<f64> = (0..q).map(|c| o[c * q..(c + 1) * q].iter().sum()).collect();
    let n: f64 = n_of.iter().sum();
    if n == 0.0 {
        return Err(Undefined::NothingToCompare);
    }
    let (mut observed, mut expected) = (0.0, 0.0);
    if *distance == Distance::Nominal {
        observed = n - (0..q).map(|c| o[c * q + c]).sum::<f64>();
        expected = n * n - n_of.iter().map(|n| n * n).sum::<f64>();
    } else {
        for c in 0..q {
            for k in (c + 1..q).filter(|k| n_of[c] * n_of[*k] > 0.0) {
                let apart = distance.between(&n_of, c, k);
                observed += (o[c * q + k] + o[k * q + c]) * apart;
                expected += 2.0 * n_of[c] * n_of[k] * apart;
            }
        }
    }
    if expected <= 0.0 {
        return Err(Undefined::NoVariation);
    }
    Ok(1.0 - (n - 1.0) * observed / expected)
}
