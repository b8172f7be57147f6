//! The u-alpha family: alpha for stretches of a text, with the text's length as the measure.
//!
//! After Krippendorff, Mathet, Bouvry and Widlöcher (2016), *On the reliability of unitizing textual
//! continua*. Each annotator cuts the text into units with labels and the gaps between them. Observed are
//! the lengths over which two annotators' values meet; expected, the same for values met by chance, a
//! unit not being matched with itself as a whole. The sums add up over texts, so documents may be pooled.
//! Units of one annotator must not overlap.

use super::{Continuum, Statistic, Sums, Undefined, Unit, Units, Value};

/// Which of the family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// u-alpha: all values, the gap one of them.
    All,
    /// |u-alpha: unit against gap, whatever the labels.
    UnitOrGap,
    /// cu-alpha: labels only, where units of two annotators meet.
    Labels,
    /// (k)u-alpha: one label against the others, where units of two annotators meet.
    Label(usize),
}

/// Where sums stand: for q labels, the lengths ℓ_ck of c meeting k with the gap as value q, then the sums of
/// self-pairings.
struct Places {
    q: usize,
}

impl Places {
    fn met(&self, c: usize, k: usize) -> usize {
        c * (self.q + 1) + k
    }
    /// Of all units and gaps.
    fn own(&self) -> usize {
        (self.q + 1) * (self.q + 1)
    }
    /// Of the parts of units of a label that meet units.
    fn own_met(&self, label: usize) -> usize {
        self.own() + 1 + label
    }
    fn width(&self) -> usize {
        self.own() + 1 + self.q
    }
}

/// The sums from which the whole family follows.
fn sums(units: &Units) -> Sums {
    let places = Places { q: units.labels.len() };
    let mut amounts = Vec::new();
    for (document, continuum) in units.shared() {
        let mut dense = vec![0.0; places.width()];
        let mut put = |place: usize, amount: f64| dense[place] += amount;
        let others = continuum.observers.len() as f64 - 1.0;
        let cut: Vec<Vec<Unit>> =
            continuum.observers.iter().map(|(_, units)| sections(units, continuum, places.q)).collect();
        for (i, ours) in cut.iter().enumerate() {
            for section in ours {
                let length = f64::from(section.len());
                put(places.own(), if section.label == places.q { length } else { length * length });
            }
            for theirs in cut.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, cut)| cut) {
                meet(ours, theirs, |c, k, length| put(places.met(c, k), length / others));
            }
            for unit in ours.iter().filter(|u| u.label < places.q) {
                let length = met_by_others(*unit, i, &cut, places.q);
                put(places.own_met(unit.label), length * length);
            }
        }
        let there = dense.into_iter().enumerate().filter(|(_, amount)| *amount != 0.0);
        amounts.extend(there.map(|(place, amount)| (document, place, amount)));
    }
    Sums::collect(places.width(), units.documents.len(), amounts)
}

/// The units and, with label `gap`, the gaps between them, from end to end of the text.
fn sections(units: &[Unit], continuum: &Continuum, gap: usize) -> Vec<Unit> {
    let mut sections = Vec::with_capacity(units.len() * 2 + 1);
    let mut at = 0;
    for unit in units {
        if unit.start > at {
            sections.push(Unit { start: at, end: unit.start, label: gap });
        }
        sections.push(*unit);
        at = unit.end;
    }
    if at < continuum.length {
        sections.push(Unit { start: at, end: continuum.length, label: gap });
    }
    sections
}

/// Says each length over which a section of the one and one of the other meet.
fn meet(ours: &[Unit], theirs: &[Unit], mut say: impl FnMut(usize, usize, f64)) {
    let (mut i, mut k) = (0, 0);
    while let (Some(a), Some(b)) = (ours.get(i), theirs.get(k)) {
        let length = a.shared(*b);
        if length > 0 {
            say(a.label, b.label, f64::from(length));
        }
        if a.end <= b.end { i += 1 } else { k += 1 }
    }
}

/// The length of a unit over which at least one of the others has a unit.
fn met_by_others(unit: Unit, own: usize, cut: &[Vec<Unit>], gap: usize) -> f64 {
    let mut met: Vec<(u32, u32)> = Vec::new();
    for sections in cut.iter().enumerate().filter(|(j, _)| *j != own).map(|(_, s)| s) {
        let from = sections.partition_point(|s| s.end <= unit.start);
        let near = sections[from..].iter().take_while(|s| s.start < unit.end);
        met.extend(near.filter(|s| s.label != gap).map(|s| (s.start.max(unit.start), s.end.min(unit.end))));
    }
    met.sort_unstable();
    let (mut length, mut at) = (0, unit.start);
    for (start, end) in met {
        length += end.saturating_sub(start.max(at));
        at = at.max(end);
    }
    f64::from(length)
}

/// One of the family over all texts. `units` must be free of overlaps within an annotator
/// ([`Units::union_per_label`]); where labels overlap the value is undefined.
pub fn u_alpha(units: &Units, kind: Kind) -> Statistic {
    let q = units.labels.len();
    let name = match kind {
        Kind::All => "u_alpha".into(),
        Kind::UnitOrGap => "bu_alpha".into(),
        Kind::Labels => "cu_alpha".into(),
        Kind::Label(label) => format!("ku_alpha:{}", units.labels[label]),
    };
    guarded(units, name, move |s| value(s, q, kind))
}

/// The share of the text's length on which cu-alpha rests: where units of two annotators meet.
pub fn cu_coverage(units: &Units) -> Statistic {
    let q = units.labels.len();
    guarded(units, "cu_coverage".into(), move |s| {
        let places = Places { q };
        let all: f64 = s[..places.own()].iter().sum();
        let met: f64 =
            (0..q).flat_map(|c| (0..q).map(move |k| (c, k))).map(|(c, k)| s[places.met(c, k)]).sum();
        if all > 0.0 { Ok(met / all) } else { Err(Undefined::NothingToCompare) }
    })
}

/// The share of the length of one label's units on which its (k)u-alpha rests.
pub fn ku_coverage(units: &Units, label: usize) -> Statistic {
    let q = units.labels.len();
    guarded(units, format!("ku_coverage:{}", units.labels[label]), move |s| {
        let places = Places { q };
        let met: f64 = (0..q).map(|k| s[places.met(label, k)]).sum();
        let all = met + s[places.met(label, q)];
        if all > 0.0 { Ok(met / all) } else { Err(Undefined::NothingMarked) }
    })
}

fn guarded(units: &Units, name: String, formula: impl Fn(&[f64]) -> Value + 'static) -> Statistic {
    let refused = match () {
        () if units.shared().next().is_none() => Some(Undefined::NothingFinished),
        () if units.labels_overlap() => Some(Undefined::LabelsOverlap),
        () => None,
    };
    let sums = match refused {
        Some(_) => Sums::collect(1, units.documents.len(), []),
        None => sums(units),
    };
    Statistic::new(name, sums, move |s| refused.map_or_else(|| formula(s), Err))
}

fn value(s: &[f64], q: usize, kind: Kind) -> Value {
    let places = Places { q };
    let met = |c: usize, k: usize| s[places.met(c, k)];
    match kind {
        Kind::All => {
            let of: Vec<f64> = (0..=q).map(|c| (0..=q).map(|k| met(c, k)).sum()).collect();
            let all: f64 = of.iter().sum();
            let observed = all - (0..=q).map(|c| met(c, c)).sum::<f64>();
            let expected = all * all - of.iter().map(|l| l * l).sum::<f64>();
            alpha(observed, expected, all, s[places.own()])
        }
        Kind::UnitOrGap => {
            let gap: f64 = (0..=q).map(|k| met(q, k)).sum();
            let unit: f64 = (0..q).flat_map(|c| (0..=q).map(move |k| (c, k))).map(|(c, k)| met(c, k)).sum();
            let observed: f64 = (0..q).map(|c| met(c, q) + met(q, c)).sum();
            alpha(observed, 2.0 * unit * gap, unit + gap, s[places.own()])
        }
        Kind::Labels => {
            let of: Vec<f64> = (0..q).map(|c| (0..q).map(|k| met(c, k)).sum()).collect();
            let all: f64 = of.iter().sum();
            let observed = all - (0..q).map(|c| met(c, c)).sum::<f64>();
            let expected = all * all - of.iter().map(|l| l * l).sum::<f64>();
            alpha(observed, expected, all, (0..q).map(|c| s[places.own_met(c)]).sum())
        }
        Kind::Label(label) => {
            let of: Vec<f64> = (0..q).map(|c| (0..q).map(|k| met(c, k)).sum()).collect();
            let all: f64 = of.iter().sum();
            let observed = of[label] - met(label, label);
            let expected = of[label] * (all - of[label]);
            if of[label] == 0.0 {
                return Err(Undefined::NothingMatched);
            }
            let room = all - s[places.own_met(label)] / of[label];
            if expected <= 0.0 || room <= 0.0 {
                return Err(Undefined::NoVariation);
            }
            Ok(1.0 - observed * room / expected)
        }
    }
}

/// 1 − observed over expected, where chance pairs `all` less what would pair with itself.
fn alpha(observed: f64, expected: f64, all: f64, own: f64) -> Value {
    if all == 0.0 {
        return Err(Undefined::NothingMatched);
    }
    let room = all - own / all;
    if expected <= 0.0 || room <= 0.0 {
        Err(Undefined::NoVariation)
    } else {
        Ok(1.0 - observed * room / expected)
    }
}
