//! Which article is for training and which for testing: whole families only, labels in proportion.
//!
//! A family is a story with all its versions, joined with any other whose texts are near-duplicates: no
//! copy of a test article may stand in training. Within that, a seeded search brings every side's share
//! of labels as close to the whole's as the families allow.

use std::collections::BTreeMap;

/// A part of the plan: its name and its share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Names and shares; shares need not add up to anything.
    pub parts: Vec<(String, u32)>,
    /// Chance, passed in.
    pub seed: u64,
    /// What goes where whatever the shares say, in order.
    pub rules: Vec<Rule>,
}

/// A side fixed by what is known of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The part, by its name.
    pub part: String,
    /// Which articles.
    pub by: RuleBy,
}

/// What a rule goes by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleBy {
    /// Published on this day or later (as text: `2024-01-31`).
    From(String),
    /// Published by this outlet.
    Outlet(String),
}

/// A family: how many articles, and how many marks of each label.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Family {
    /// Its articles.
    pub articles: usize,
    /// Marks and stances by label.
    pub labels: BTreeMap<String, usize>,
    /// The part a rule gave it.
    pub fixed: Option<usize>,
}

/// For each family its part, an index into the plan's.
pub type Assignment = Vec<usize>;

/// How far the labels' shares in the parts are from those of the whole: the sum of the differences over
/// parts and labels. Parts without labels count as if they had nothing right.
pub fn distance(families: &[Family], assignment: &[usize], parts: usize) -> f64 {
    Balance::new(families, parts).distance(assignment)
}

/// Label counts as vectors, for quick sums.
struct Balance {
    counts: Vec<Vec<u64>>,
    whole: Vec<f64>,
    parts: usize,
}

impl Balance {
    fn new(families: &[Family], parts: usize) -> Self {
        let mut names: BTreeMap<&str, usize> = BTreeMap::new();
        for label in families.iter().flat_map(|f| f.labels.keys()) {
            let next = names.len();
            names.entry(label).or_insert(next);
        }
        let vector = |family: &Family| {
            let mut counts = vec![0; names.len()];
            for (label, count) in &family.labels {
                counts[names[&**label]] = *count as u64;
            }
            counts
        };
        let counts: Vec<Vec<u64>> = families.iter().map(vector).collect();
        let whole = shares(&sum(&counts, |_| true, names.len()));
        Self { counts, whole, parts }
    }

    fn sums(&self, assignment: &[usize]) -> Vec<Vec<u64>> {
        let of = |part| sum(&self.counts, |i| assignment[i] == part, self.whole.len());
        (0..self.parts).map(of).collect()
    }

    fn off(&self, counts: &[u64]) -> f64 {
        shares(counts).iter().zip(&self.whole).map(|(a, b)| (a - b).abs()).sum()
    }

    fn distance(&self, assignment: &[usize]) -> f64 {
        self.sums(assignment).iter().map(|counts| self.off(counts)).sum()
    }
}

fn sum(counts: &[Vec<u64>], wanted: impl Fn(usize) -> bool, width: usize) -> Vec<u64> {
    let mut total = vec![0; width];
    for (_, one) in counts.iter().enumerate().filter(|(i, _)| wanted(*i)) {
        total.iter_mut().zip(one).for_each(|(t, c)| *t += c);
    }
    total
}

fn shares(counts: &[u64]) -> Vec<f64> {
    let total = counts.iter().sum::<u64>().max(1) as f64;
    counts.iter().map(|c| *c as f64 / total).collect()
}

/// A sequence of numbers that follows from a seed (SplitMix64).
pub struct Chance(u64);

impl Chance {
    /// Of this seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next one below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % limit.max(1) as u64) as usize
    }
}

/// Families in random order, each to the part that is furthest below its share: what a careful person
/// without this module would do. Fixed ones stay.
pub fn random(families: &[Family], parts: &[(String, u32)], chance: &mut Chance) -> Assignment {
    let mut order: Vec<usize> = (0..families.len()).collect();
    for i in (1..order.len()).rev() {
        order.swap(i, chance.below(i + 1));
    }
    let mut sizes = vec![0; parts.len()];
    let mut assignment: Vec<usize> = families.iter().map(|f| f.fixed.unwrap_or(0)).collect();
    for (family, part) in families.iter().zip(&assignment).filter(|(f, _)| f.fixed.is_some()) {
        sizes[*part] += family.articles;
    }
    for i in order.into_iter().filter(|i| families[*i].fixed.is_none()) {
        let fill = |part: &usize| sizes[*part] as f64 / f64::from(parts[*part].1.max(1));
        let open = (0..parts.len()).filter(|part| parts[*part].1 > 0);
        let part = open.min_by(|a, b| fill(a).total_cmp(&fill(b))).unwrap_or(0);
        sizes[part] += families[i].articles;
        assignment[i] = part;
    }
    assignment
}

/// Random beginnings tried, and steps taken from the best of them.
const BEGINNINGS: usize = 200;
const STEPS: usize = 12_000;

/// The split: from the best of many random ones, by moving and exchanging families as long as that
/// brings the labels' shares closer and no part's size further from its share than before.
pub fn split(families: &[Family], plan: &Plan) -> Assignment {
    let parts = &plan.parts;
    let mut chance = Chance::new(plan.seed);
    let balance = Balance::new(families, parts.len());
    let free: Vec<usize> = (0..families.len()).filter(|i| families[*i].fixed.is_none()).collect();
    let mut best = random(families, parts, &mut chance);
    let mut distance = balance.distance(&best);
    for _ in 1..if free.len() > 1 { BEGINNINGS } else { 1 } {
        let other = random(families, parts, &mut chance);
        let its = balance.distance(&other);
        if its < distance {
            (best, distance) = (other, its);
        }
    }
    if free.len() < 2 || parts.len() < 2 {
        return best;
    }
    let mut sums = balance.sums(&best);
    let mut sizes = sizes(families, &best, parts.len());
    let total: usize = sizes.iter().sum();
    let shares: f64 = parts.iter().map(|(_, share)| f64::from(*share)).sum();
    let wanted: Vec<f64> = parts.iter().map(|(_, s)| f64::from(*s) / shares * total as f64).collect();
    let slack = |sizes: &[usize]| {
        let off = sizes.iter().zip(&wanted).map(|(s, w)| (*s as f64 - w).abs());
        off.fold(0.0, f64::max)
    };
    let allowed = slack(&sizes).max(1.0);
    for _ in 0..STEPS {
        let i = free[chance.below(free.len())];
        let j = free[chance.below(free.len())];
        let from = best[i];
        // Half of the steps exchange two families, half move one.
        let exchange = chance.below(2) == 0;
        let to = if exchange { best[j] } else { chance.below(parts.len()) };
        if from == to || parts[to].1 == 0 {
            continue;
        }
        let mut moves = vec![(i, from, to)];
        if exchange {
            moves.push((j, to, from));
        }
        let before = balance.off(&sums[from]) + balance.off(&sums[to]);
        carry(&moves, &balance, families, &mut sums, &mut sizes);
        let after = balance.off(&sums[from]) + balance.off(&sums[to]);
        let emptied = sizes[from] == 0 || sizes[to] == 0;
        if after < before - 1e-12 && slack(&sizes) <= allowed && !emptied {
            moves.iter().for_each(|(family, _, to)| best[*family] = *to);
        } else {
            let back: Vec<_> = moves.iter().map(|(family, from, to)| (*family, *to, *from)).collect();
            carry(&back, &balance, families, &mut sums, &mut sizes);
        }
    }
    best
}

fn carry(
    moves: &[(usize, usize, usize)],
    balance: &Balance,
    families: &[Family],
    sums: &mut [Vec<u64>],
    sizes: &mut [usize],
) {
    for (family, from, to) in moves {
        sizes[*from] -= families[*family].articles;
        sizes[*to] += families[*family].articles;
        for (label, count) in balance.counts[*family].iter().enumerate() {
            sums[*from][label] -= count;
            sums[*to][label] += count;
        }
    }
}

fn sizes(families: &[Family], assignment: &[usize], parts: usize) -> Vec<usize> {
    let mut sizes = vec![0; parts];
    for (family, part) in families.iter().zip(assignment) {
        sizes[*part] += family.articles;
    }
    sizes
}
