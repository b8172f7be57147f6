//! alpha_U, the older unitizing measure (Krippendorff 1995, 2004): squared differences of end points.
//!
//! Not the u-alpha of 2016: on the same data −.70 and +.18. Long spans dominate, and the value can be far
//! below zero. Observed and expected disagreement are computed per label. Documents are pooled: units and
//! gaps stay inside their document, lengths add up. The expected disagreement does not add up over
//! documents, so there is no bootstrap interval.

use super::{Undefined, Unit, Units, Value};

/// alpha_U of one label over all texts.
pub fn alpha_u_of_label(units: &Units, label: usize) -> Value {
    let (observed, expected) = parts(units, label)?;
    ratio(observed, expected)
}

/// alpha_U over labels: by the sums of observed and expected disagreement.
pub fn alpha_u(units: &Units) -> Value {
    let (mut observed, mut expected) = (0.0, 0.0);
    for label in 0..units.labels.len() {
        let (o, e) = parts(units, label)?;
        observed += o;
        expected += e;
    }
    ratio(observed, expected)
}

fn ratio(observed: f64, expected: f64) -> Value {
    if expected <= 0.0 { Err(Undefined::NothingMarked) } else { Ok(1.0 - observed / expected) }
}

/// Observed and expected disagreement of a label, both up to the same factor.
fn parts(units: &Units, label: usize) -> Result<(f64, f64), Undefined> {
    let (mut observed, mut room, mut of_units) = (0.0, 0.0, 0.0);
    let (mut lengths, mut gaps): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
    let mut length = 0.0;
    for (_, document) in units.shared() {
        let others = document.observers.len() as f64 - 1.0;
        let cut: Vec<(Vec<Unit>, Vec<Unit>)> = document
            .observers
            .iter()
            .map(|(_, all)| {
                let ours: Vec<Unit> = all.iter().filter(|u| u.label == label).copied().collect();
                let gaps = gaps_between(&ours, document.length);
                (ours, gaps)
            })
            .collect();
        for (i, (ours, our_gaps)) in cut.iter().enumerate() {
            for (theirs, their_gaps) in cut.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, c)| c) {
                observed += apart(ours, theirs, their_gaps) / others;
            }
            lengths.extend(ours.iter().map(|u| f64::from(u.len())));
            gaps.extend(our_gaps.iter().map(|g| f64::from(g.len())));
            of_units += ours.iter().map(|u| f64::from(u.len()) * (f64::from(u.len()) - 1.0)).sum::<f64>();
            room += f64::from(document.length);
        }
        length += f64::from(document.length);
    }
    if length == 0.0 {
        return Err(Undefined::NothingFinished);
    }
    let raters = room / length;
    let expected = 2.0 / length * chance(&lengths, gaps) / (room * (room - 1.0) - of_units);
    Ok((observed / (raters * length * length), if expected.is_finite() { expected } else { 0.0 }))
}

fn gaps_between(units: &[Unit], length: u32) -> Vec<Unit> {
    let mut gaps = Vec::new();
    let mut at = 0;
    for unit in units {
        if unit.start > at {
            gaps.push(Unit { start: at, end: unit.start, label: 0 });
        }
        at = at.max(unit.end);
    }
    if at < length {
        gaps.push(Unit { start: at, end: length, label: 0 });
    }
    gaps
}

/// The squared differences between one annotator's units and another's units and gaps. A unit in a
/// gap counts twice, once for each of the two: only units are gone through here.
fn apart(ours: &[Unit], theirs: &[Unit], their_gaps: &[Unit]) -> f64 {
    let mut sum = 0.0;
    for unit in ours {
        let from = theirs.partition_point(|t| t.end <= unit.start);
        for other in theirs[from..].iter().take_while(|t| t.start < unit.end) {
            let (begin, end) = (unit.start.abs_diff(other.start), unit.end.abs_diff(other.end));
            sum += f64::from(begin).powi(2) + f64::from(end).powi(2);
        }
        let from = their_gaps.partition_point(|g| g.end < unit.end);
        if their_gaps.get(from).is_some_and(|g| g.start <= unit.start) {
            sum += 2.0 * f64::from(unit.len()).powi(2);
        }
    }
    sum
}

/// The sum over all possible placements: each unit against all units, and against the gaps it fits in.
fn chance(lengths: &[f64], mut gaps: Vec<f64>) -> f64 {
    gaps.sort_by(f64::total_cmp);
    // For «all gaps from here on»: how many, and their total length.
    let mut from_here = vec![(0.0, 0.0); gaps.len() + 1];
    for i in (0..gaps.len()).rev() {
        from_here[i] = (from_here[i + 1].0 + 1.0, from_here[i + 1].1 + gaps[i]);
    }
    let others = lengths.len() as f64 - 1.0;
    let one = |l: &f64| {
        let (count, total) = from_here[gaps.partition_point(|gap| gap < l)];
        others / 3.0 * (2.0 * l * l * l - 3.0 * l * l + l) + l * l * (total - count * (l - 1.0))
    };
    lengths.iter().map(one).sum()
}
