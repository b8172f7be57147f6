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

/// Alpha as one number, without what intervals and values per document need. Of the coincidences only those
/// of two different categories are added up; a category's margin is how often it was used, whence the rest
/// follows.
pub fn alpha_value(ratings: &Ratings, distance: &Distance) -> Value {
    let q = ratings.categories.len();
    let nominal = *distance == Distance::Nominal;
    let (mut o, mut margins, mut counts) = (vec![0.0; q * q], vec![0.0; q], vec![0.0_f64; q]);
    // How many judgements of a unit coincide with an equal one: all that nominal alpha asks for.
    let mut same = 0.0;
    let mut used = Vec::with_capacity(q);
    for row in &ratings.rows {
        let mut judged = 0.0;
        for category in row.cells.iter().flatten() {
            let count = &mut counts[*category];
            if *count == 0.0 {
                used.push(*category);
            }
            *count += 1.0;
            judged += 1.0;
        }
        if judged > 1.0 {
            let weight = 1.0 / (judged - 1.0);
            let mut squares = 0.0;
            for (i, c) in used.iter().enumerate() {
                let n = counts[*c];
                margins[*c] += n;
                squares += n * (n - 1.0);
                if !nominal {
                    let n = n * weight;
                    let row = &mut o[c * q..][..q];
                    used[i + 1..].iter().for_each(|k| row[*k] += n * counts[*k]);
                }
            }
            same += squares / (judged - 1.0);
        }
        used.drain(..).for_each(|category| counts[category] = 0.0);
    }
    if nominal {
        let n: f64 = margins.iter().sum();
        let expected = n * n - margins.iter().map(|n| n * n).sum::<f64>();
        return ratio(n, n - same, expected);
    }
    // Each pair was added up once, in either order.
    for c in 0..q {
        for k in c + 1..q {
            let both = o[c * q + k] + o[k * q + c];
            (o[c * q + k], o[k * q + c]) = (both, both);
        }
    }
    stated(&o, &margins, distance)
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
    if *distance != Distance::Nominal {
        return stated(o, &n_of, distance);
    }
    let n: f64 = n_of.iter().sum();
    let observed = n - (0..q).map(|c| o[c * q + c]).sum::<f64>();
    ratio(n, observed, n * n - n_of.iter().map(|n| n * n).sum::<f64>())
}

/// Alpha by a distance, from the coincidences of different categories and the margins.
fn stated(o: &[f64], n_of: &[f64], distance: &Distance) -> Value {
    let q = n_of.len();
    let (mut observed, mut expected) = (0.0, 0.0);
    for c in 0..q {
        for k in (c + 1..q).filter(|k| n_of[c] * n_of[*k] > 0.0) {
            let apart = distance.between(n_of, c, k);
            observed += (o[c * q + k] + o[k * q + c]) * apart;
            expected += 2.0 * n_of[c] * n_of[k] * apart;
        }
    }
    ratio(n_of.iter().sum(), observed, expected)
}

fn ratio(n: f64, observed: f64, expected: f64) -> Value {
    match () {
        () if n == 0.0 => Err(Undefined::NothingToCompare),
        () if expected <= 0.0 => Err(Undefined::NoVariation),
        () => Ok(1.0 - (n - 1.0) * observed / expected),
    }
}
