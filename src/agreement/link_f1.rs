//! F1 between annotators' links, such as those from a quotation to whoever said it.
//!
//! Links have no negatives, so kappa has nothing to stand on. Two numbers: end to end (both ends and the
//! link must match), and given the ends (only links both of whose ends the other annotator marked, too).

use super::{Statistic, Sums, Undefined, Unit, matching, span_f1::pairs};

/// A link between two units, by their places in the lists of units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Link {
    /// From which unit.
    pub from: usize,
    /// To which.
    pub to: usize,
}

/// What one annotator linked in one text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Linked {
    /// The units that links may begin and end at.
    pub units: Vec<Unit>,
    /// The links.
    pub links: Vec<Link>,
}

/// Link F1 over texts (each the annotators who finished it): both ends must overlap their counterparts.
pub fn end_to_end(documents: &[Vec<Linked>]) -> Statistic {
    f1("link_f1_end_to_end", documents, |a, b| {
        let weight = |x: &Link, y: &Link| {
            let one = |i: usize, k: usize| {
                let (u, v) = (a.units[i], b.units[k]);
                if u.label == v.label { u.shared(v) } else { 0 }
            };
            (one(x.from, y.from), one(x.to, y.to))
        };
        let mut may = Vec::new();
        for (i, x) in a.links.iter().enumerate() {
            for (k, y) in b.links.iter().enumerate() {
                let (from, to) = weight(x, y);
                if from > 0 && to > 0 {
                    may.push((i, k, u64::from(from) + u64::from(to)));
                }
            }
        }
        let matched = matching(a.links.len(), b.links.len(), &may).iter().flatten().count();
        (matched, a.links.len() + b.links.len())
    })
}

/// Link F1 over texts among links both of whose ends were marked by both.
pub fn given_ends(documents: &[Vec<Linked>]) -> Statistic {
    f1("link_f1_given_ends", documents, |a, b| {
        let of_a = pairs(&a.units, &b.units, false);
        let mut of_b = vec![None; b.units.len()];
        of_a.iter().enumerate().for_each(|(i, k)| k.iter().for_each(|k| of_b[*k] = Some(i)));
        let there: Vec<Link> =
            a.links.iter().filter_map(|l| Some(Link { from: of_a[l.from]?, to: of_a[l.to]? })).collect();
        let here = b.links.iter().filter(|l| of_b[l.from].is_some() && of_b[l.to].is_some()).count();
        let matched = there.iter().filter(|l| b.links.contains(l)).count();
        (matched, there.len() + here)
    })
}

fn f1(
    name: &'static str,
    documents: &[Vec<Linked>],
    count: impl Fn(&Linked, &Linked) -> (usize, usize),
) -> Statistic {
    let mut amounts = Vec::new();
    for (document, observers) in documents.iter().enumerate() {
        for (i, a) in observers.iter().enumerate() {
            for b in &observers[i + 1..] {
                let (matched, all) = count(a, b);
                amounts.push((document, 0, matched as f64));
                amounts.push((document, 1, all as f64));
            }
        }
    }
    Statistic::new(name, Sums::collect(2, documents.len(), amounts), |s| {
        if s[1] > 0.0 { Ok(2.0 * s[0] / s[1]) } else { Err(Undefined::NothingMatched) }
    })
}
