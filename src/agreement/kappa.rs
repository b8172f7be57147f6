//! Percent agreement and the measures of the form (Po − Pe) / (1 − Pe), which differ in the agreement Pe
//! they expect by chance.

use super::{Ratings, Statistic, Sums, Undefined, Value};

/// (Po − Pe) / (1 − Pe).
fn corrected(observed: f64, expected: f64) -> Value {
    if 1.0 - expected <= 1e-12 {
        Err(Undefined::NoVariation)
    } else {
        Ok((observed - expected) / (1.0 - expected))
    }
}

/// How disagreements of two raters weigh, by the ranks of the categories on the declared scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weights {
    /// All the same: plain kappa.
    None,
    /// |i − j|.
    Linear,
    /// (i − j)².
    Quadratic,
}

/// The table of two raters, place i·q + j: units that the first put in i and the second in j.
fn table(ratings: &Ratings) -> Sums {
    let q = ratings.categories.len();
    let both = ratings.rows.iter().filter_map(|row| match row.cells[..] {
        [Some(a), Some(b)] => Some((row.document, a * q + b, 1.0)),
        _ => None,
    });
    Sums::collect(q * q, ratings.documents, both)
}

/// The margins of a table, as shares, and the number of units.
fn margins(t: &[f64], q: usize) -> Result<(Vec<f64>, Vec<f64>, f64), Undefined> {
    let n: f64 = t.iter().sum();
    if n == 0.0 {
        return Err(Undefined::NothingToCompare);
    }
    let rows = (0..q).map(|i| t[i * q..(i + 1) * q].iter().sum::<f64>() / n).collect();
    let columns = (0..q).map(|j| (0..q).map(|i| t[i * q + j]).sum::<f64>() / n).collect();
    Ok((rows, columns, n))
}

/// A measure of two raters' table; undefined for any other number of raters.
fn of_two(
    name: &'static str,
    ratings: &Ratings,
    formula: impl Fn(&[f64], usize) -> Value + 'static,
) -> Statistic {
    let (q, raters) = (ratings.categories.len(), ratings.raters.len());
    if raters != 2 {
        let sums = Sums::collect(1, ratings.documents, []);
        return Statistic::new(name, sums, move |_| Err(Undefined::TwoRatersOnly(raters)));
    }
    Statistic::new(name, table(ratings), move |t| formula(t, q))
}

/// Cohen's kappa (1960; weighted 1968): chance by each rater's own margins.
pub fn cohen(ratings: &Ratings, weights: Weights) -> Statistic {
    let name = match weights {
        Weights::None => "cohen_kappa",
        Weights::Linear => "weighted_kappa_linear",
        Weights::Quadratic => "weighted_kappa_quadratic",
    };
    of_two(name, ratings, move |t, q| cohen_of_table(t, q, weights))
}

fn cohen_of_table(t: &[f64], q: usize, weights: Weights) -> Value {
    let (rows, columns, n) = margins(t, q)?;
    let (mut observed, mut expected) = (0.0, 0.0);
    for (i, row) in rows.iter().enumerate() {
        for (j, column) in columns.iter().enumerate().filter(|(j, _)| *j != i) {
            let apart = i.abs_diff(j) as f64;
            let weight = match weights {
                Weights::None => 1.0,
                Weights::Linear => apart,
                Weights::Quadratic => apart * apart,
            };
            observed += weight * t[i * q + j] / n;
            expected += weight * row * column;
        }
    }
    if expected <= 0.0 { Err(Undefined::NoVariation) } else { Ok(1.0 - observed / expected) }
}

/// Cohen's kappa with its analytic 95 % interval (Fleiss, Cohen and Everitt 1969), for two raters.
pub fn cohen_analytic(ratings: &Ratings) -> Result<(f64, f64), Undefined> {
    if ratings.raters.len() != 2 {
        return Err(Undefined::TwoRatersOnly(ratings.raters.len()));
    }
    let q = ratings.categories.len();
    let t = table(ratings).total();
    let (rows, columns, n) = margins(&t, q)?;
    let kappa = cohen_of_table(&t, q, Weights::None)?;
    let expected: f64 = rows.iter().zip(&columns).map(|(r, c)| r * c).sum();
    let (mut on, mut off) = (0.0, 0.0);
    for i in 0..q {
        on += t[i * q + i] / n * (1.0 - (rows[i] + columns[i]) * (1.0 - kappa)).powi(2);
        for j in (0..q).filter(|j| *j != i) {
            off += t[i * q + j] / n * (columns[i] + rows[j]).powi(2);
        }
    }
    let rest = (kappa - expected * (1.0 - kappa)).powi(2);
    let variance = (on + (1.0 - kappa).powi(2) * off - rest) / ((1.0 - expected).powi(2) * n);
    let half = 1.959_963_984_540_054 * variance.max(0.0).sqrt();
    Ok((kappa - half, kappa + half))
}

/// Scott's pi (1955): chance by the margins of both raters together.
pub fn scott(ratings: &Ratings) -> Statistic {
    of_two("scott_pi", ratings, |t, q| {
        let (rows, columns, n) = margins(t, q)?;
        let same: f64 = (0..q).map(|c| t[c * q + c]).sum();
        let expected = rows.iter().zip(&columns).map(|(r, c)| ((r + c) / 2.0).powi(2)).sum();
        corrected(same / n, expected)
    })
}

/// Bennett, Alpert and Goldstein's S (1954): chance is one over the number of declared categories.
pub fn bennett(ratings: &Ratings) -> Statistic {
    of_two("bennett_s", ratings, |t, q| {
        let (_, _, n) = margins(t, q)?;
        let same: f64 = (0..q).map(|c| t[c * q + c]).sum();
        uniform(same / n, q)
    })
}

fn uniform(observed: f64, q: usize) -> Value {
    if q < 2 { Err(Undefined::OneCategory) } else { corrected(observed, 1.0 / q as f64) }
}

/// For any number of raters, after Gwet (2014): place 0 the sum of the units' percent agreement, 1 the units
/// with two judgements or more, 2 the units with any, 3 and on each category's share of a unit's
/// judgements.
fn shares(ratings: &Ratings) -> Sums {
    let mut amounts = Vec::new();
    for row in &ratings.rows {
        let (document, judged) = (row.document, row.judged() as f64);
        let counts = row.counts();
        if judged > 1.0 {
            let same: f64 = counts.iter().map(|(_, n)| n * (n - 1.0)).sum();
            amounts.push((document, 0, same / (judged * (judged - 1.0))));
            amounts.push((document, 1, 1.0));
        }
        if judged > 0.0 {
            amounts.push((document, 2, 1.0));
            amounts.extend(counts.iter().map(|(c, n)| (document, 3 + c, n / judged)));
        }
    }
    Sums::collect(3 + ratings.categories.len(), ratings.documents, amounts)
}

fn of_shares(
    name: &'static str,
    ratings: &Ratings,
    formula: impl Fn(f64, &[f64]) -> Value + 'static,
) -> Statistic {
    Statistic::new(name, shares(ratings), move |s| {
        if s[1] == 0.0 {
            return Err(Undefined::NothingToCompare);
        }
        let shares: Vec<f64> = s[3..].iter().map(|share| share / s[2]).collect();
        formula(s[0] / s[1], &shares)
    })
}

/// Percent agreement, the mean over units with two judgements or more (Gwet). By judgements instead:
/// `percent_coincidence`.
pub fn percent(ratings: &Ratings) -> Statistic {
    of_shares("percent_pairwise", ratings, |observed, _| Ok(observed))
}

/// Fleiss' kappa (1971): chance by all raters' judgements together; with judgements missing, as Gwet
/// (2014) extends it.
pub fn fleiss(ratings: &Ratings) -> Statistic {
    of_shares("fleiss_kappa", ratings, |observed, shares| {
        corrected(observed, shares.iter().map(|p| p * p).sum())
    })
}

/// Fleiss' kappa of one category against all others.
pub fn fleiss_of_category(ratings: &Ratings, category: usize) -> Statistic {
    let mut two = ratings.clone();
    two.categories = vec![String::new(), ratings.categories[category].clone()];
    for cell in two.rows.iter_mut().flat_map(|row| row.cells.iter_mut()) {
        *cell = cell.map(|c| usize::from(c == category));
    }
    fleiss(&two)
}

/// Brennan and Prediger's kappa (1981), Randolph's free-marginal kappa: S for any number of raters.
pub fn brennan_prediger(ratings: &Ratings) -> Statistic {
    let q = ratings.categories.len();
    of_shares("brennan_prediger", ratings, move |observed, _| uniform(observed, q))
}

/// Gwet's AC1 (2008): chance by how undecided raters are; stable where one category prevails.
pub fn gwet(ratings: &Ratings) -> Statistic {
    let q = ratings.categories.len();
    of_shares("gwet_ac1", ratings, move |observed, shares| {
        if q < 2 {
            return Err(Undefined::OneCategory);
        }
        let undecided: f64 = shares.iter().map(|p| p * (1.0 - p)).sum();
        corrected(observed, undecided / (q as f64 - 1.0))
    })
}

/// The tables of all pairs of raters, one behind the other.
fn tables(ratings: &Ratings) -> (Sums, usize) {
    let (q, m) = (ratings.categories.len(), ratings.raters.len());
    let pairs: Vec<(usize, usize)> = (0..m).flat_map(|a| (a + 1..m).map(move |b| (a, b))).collect();
    let mut amounts = Vec::new();
    for row in &ratings.rows {
        for (pair, (a, b)) in pairs.iter().enumerate() {
            if let (Some(a), Some(b)) = (row.cells[*a], row.cells[*b]) {
                amounts.push((row.document, pair * q * q + a * q + b, 1.0));
            }
        }
    }
    (Sums::collect(pairs.len() * q * q, ratings.documents, amounts), q)
}

/// Light's kappa (1971): the mean of Cohen's kappas over pairs of raters. Undefined where that of a pair is.
pub fn light(ratings: &Ratings) -> Statistic {
    let (sums, q) = tables(ratings);
    Statistic::new("light_kappa", sums, move |t| {
        let pairs: Vec<&[f64]> = t.chunks_exact((q * q).max(1)).collect();
        if pairs.is_empty() {
            return Err(Undefined::NothingToCompare);
        }
        let kappas = pairs.iter().map(|t| cohen_of_table(t, q, Weights::None));
        Ok(kappas.sum::<Result<f64, _>>()? / pairs.len() as f64)
    })
}

/// Hubert's kappa (1977; Conger 1980): observed and expected agreement are each averaged over pairs of
/// raters.
pub fn hubert(ratings: &Ratings) -> Statistic {
    let (sums, q) = tables(ratings);
    Statistic::new("hubert_kappa", sums, move |t| {
        let (mut observed, mut expected, mut pairs) = (0.0, 0.0, 0.0);
        for t in t.chunks_exact((q * q).max(1)) {
            let (rows, columns, n) = margins(t, q)?;
            observed += (0..q).map(|c| t[c * q + c]).sum::<f64>() / n;
            expected += rows.iter().zip(&columns).map(|(r, c)| r * c).sum::<f64>();
            pairs += 1.0;
        }
        if pairs == 0.0 {
            Err(Undefined::NothingToCompare)
        } else {
            corrected(observed / pairs, expected / pairs)
        }
    })
}

/// Cohen's kappa of each pair of raters: row by row, `None` on the diagonal.
pub fn pairwise(ratings: &Ratings, weights: Weights) -> Vec<Vec<Option<Value>>> {
    let m = ratings.raters.len();
    let of = |a: usize, b: usize| (a != b).then(|| cohen(&ratings.of_pair(a, b), weights).value());
    (0..m).map(|a| (0..m).map(|b| of(a, b)).collect()).collect()
}
