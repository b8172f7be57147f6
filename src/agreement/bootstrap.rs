//! How far a number could be off: resampling whole documents.
//!
//! Percentile bootstrap (Efron 1979) over documents, not over spans or characters, which are not
//! independent. Known to be too narrow for few documents (Hughes 2022, arXiv:2210.13265). The same seed
//! gives the same interval on every machine.

use super::Statistic;

/// How to resample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resampling {
    /// How many resamples; 0 leaves intervals out.
    pub resamples: u32,
    /// The seed.
    pub seed: u64,
}

impl Default for Resampling {
    fn default() -> Self {
        Self { resamples: 1_000, seed: 1 }
    }
}

/// A 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The 2.5th percentile.
    pub low: f64,
    /// The 97.5th percentile.
    pub high: f64,
    /// The share of resamples in which the measure was undefined; they are left out.
    pub undefined: f64,
}

/// The 95 % interval of a measure; `None` where there are fewer than two documents or no resample has a
/// value.
pub fn interval(statistic: &Statistic, how: Resampling) -> Option<Interval> {
    let documents = statistic.sums.documents();
    if documents < 2 || how.resamples == 0 {
        return None;
    }
    let mut chance = Pcg::new(how.seed);
    let mut values = Vec::with_capacity(how.resamples as usize);
    let (mut times, mut sums) = (vec![0u32; documents], Vec::new());
    for _ in 0..how.resamples {
        times.fill(0);
        for _ in 0..documents {
            times[chance.below(documents as u32) as usize] += 1;
        }
        statistic.sums.weighted(&times, &mut sums);
        values.extend((statistic.formula)(&sums).ok());
    }
    values.sort_by(f64::total_cmp);
    let undefined = 1.0 - values.len() as f64 / f64::from(how.resamples);
    Some(Interval { low: percentile(&values, 0.025)?, high: percentile(&values, 0.975)?, undefined })
}

/// The jackknife standard error: each document left out once. `None` where that leaves no value.
pub fn jackknife(statistic: &Statistic) -> Option<f64> {
    let documents = statistic.sums.documents();
    let mut times = vec![1; documents];
    let (mut sums, mut values) = (Vec::new(), Vec::with_capacity(documents));
    for left_out in 0..documents {
        times[left_out] = 0;
        statistic.sums.weighted(&times, &mut sums);
        times[left_out] = 1;
        values.push((statistic.formula)(&sums).ok()?);
    }
    let n = documents as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|v| (v - mean) * (v - mean)).sum();
    (documents > 1).then(|| ((n - 1.0) / n * squares).sqrt())
}

/// The percentile of sorted values, interpolated between neighbours.
fn percentile(sorted: &[f64], share: f64) -> Option<f64> {
    let at = share * sorted.len().checked_sub(1)? as f64;
    let (below, above) = (sorted[at.floor() as usize], sorted[at.ceil() as usize]);
    Some(below + (above - below) * at.fract())
}

/// PCG-XSH-RR 32 (O'Neill 2014): small, good enough for resampling, and the same everywhere.
struct Pcg(u64);

impl Pcg {
    fn new(seed: u64) -> Self {
        let mut chance = Self(seed.wrapping_add(0x1405_7B7E_F767_814F));
        chance.next();
        chance
    }

    fn next(&mut self) -> u32 {
        let old = self.0;
        self.0 = old.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((((old >> 18) ^ old) >> 27) as u32).rotate_right((old >> 59) as u32)
    }

    /// A number below `limit`. Off by less than one in four billion per value: nothing to a resample.
    fn below(&mut self, limit: u32) -> u32 {
        ((u64::from(self.next()) * u64::from(limit)) >> 32) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreement::{Sums, Undefined};

    fn share() -> Statistic {
        let amounts = (0..200).flat_map(|d| [(d, 0, f64::from(d as u32 % 2)), (d, 1, 1.0)]);
        let formula = |s: &[f64]| if s[1] > 0.0 { Ok(s[0] / s[1]) } else { Err(Undefined::NothingMarked) };
        Statistic::new("share", Sums::collect(2, 200, amounts), formula)
    }

    #[test]
    fn the_interval_of_a_share_is_about_what_theory_says_and_the_same_each_time() {
        let found = interval(&share(), Resampling::default()).unwrap();
        let theory = 1.96 * (0.25f64 / 200.0).sqrt();
        assert!((found.low - (0.5 - theory)).abs() < 0.01, "{found:?}");
        assert!((found.high - (0.5 + theory)).abs() < 0.01, "{found:?}");
        assert_eq!(interval(&share(), Resampling::default()), Some(found));
        assert_ne!(interval(&share(), Resampling { seed: 2, ..Default::default() }), Some(found));
    }

    #[test]
    fn resamples_without_a_value_are_left_out_and_their_share_said() {
        let amounts = [(0, 0, 1.0), (0, 1, 1.0)];
        let formula = |s: &[f64]| if s[1] > 0.0 { Ok(s[0] / s[1]) } else { Err(Undefined::NothingMarked) };
        let one_of_two = Statistic::new("share", Sums::collect(2, 2, amounts), formula);
        let found = interval(&one_of_two, Resampling { resamples: 4_000, seed: 1 }).unwrap();
        assert!((found.undefined - 0.25).abs() < 0.03, "{found:?}");
    }

    #[test]
    fn one_document_has_no_interval() {
        let formula = |s: &[f64]| Ok(s[0]);
        assert_eq!(
            interval(&Statistic::new("x", Sums::collect(1, 1, []), formula), Resampling::default()),
            None
        );
    }
}
