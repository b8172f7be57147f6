//! Groups annotations of several people into what is about the same thing.

use crate::agreement::matching;

/// A group of things that belong together by pairs: connected parts.
pub(super) struct Groups(Vec<usize>);

impl Groups {
    /// Each thing by itself.
    pub(super) fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn first(&mut self, mut of: usize) -> usize {
        while self.0[of] != of {
            self.0[of] = self.0[self.0[of]];
            of = self.0[of];
        }
        of
    }

    /// Joins two.
    pub(super) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.first(a), self.first(b));
        self.0[a.max(b)] = a.min(b);
    }

    /// The groups, in the order of their first things.
    pub(super) fn parts(mut self) -> Vec<Vec<usize>> {
        let mut parts: Vec<Vec<usize>> = vec![Vec::new(); self.0.len()];
        for thing in 0..self.0.len() {
            let first = self.first(thing);
            parts[first].push(thing);
        }
        parts.retain(|part| !part.is_empty());
        parts
    }
}

/// Groups stretches (starts and ends) of several annotators: for each pair of annotators by maximum
/// matching of what overlaps, then connected parts; what overlaps only matched things joins the one it
/// overlaps most (one person made two of what another made one).
pub(super) fn by_overlap(owners: &[usize], spans: &[Vec<(u32, u32)>]) -> Vec<Vec<usize>> {
    let shared = |a: usize, b: usize| -> u64 {
        let one = |x: &(u32, u32), y: &(u32, u32)| u64::from(x.1.min(y.1).saturating_sub(x.0.max(y.0)));
        spans[a].iter().flat_map(|x| spans[b].iter().map(move |y| one(x, y))).sum()
    };
    let mut people: Vec<usize> = owners.to_vec();
    people.sort_unstable();
    people.dedup();
    let mut groups = Groups::new(owners.len());
    let mut alone: Vec<bool> = vec![true; owners.len()];
    let of = |person: usize| -> Vec<usize> { (0..owners.len()).filter(|i| owners[*i] == person).collect() };
    for (n, a) in people.iter().enumerate() {
        for b in &people[n + 1..] {
            let (ours, theirs) = (of(*a), of(*b));
            let mut may = Vec::new();
            for (i, x) in ours.iter().enumerate() {
                for (k, y) in theirs.iter().enumerate() {
                    let shared = shared(*x, *y);
                    if shared > 0 {
                        may.push((i, k, shared));
                    }
                }
            }
            for (i, k) in matching(ours.len(), theirs.len(), &may).into_iter().enumerate() {
                if let Some(k) = k {
                    groups.join(ours[i], theirs[k]);
                    (alone[ours[i]], alone[theirs[k]]) = (false, false);
                }
            }
        }
    }
    for i in (0..owners.len()).filter(|i| alone[*i]) {
        let others = (0..owners.len()).filter(|k| owners[*k] != owners[i] && shared(i, *k) > 0);
        if let Some(most) = others.max_by_key(|k| (shared(i, *k), usize::MAX - k)) {
            groups.join(i, most);
        }
    }
    groups.parts()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_boundaries_of_one_thing_are_one_case_and_a_split_joins_what_it_splits() {
        // Person 0: [0,10) and [20,30); person 1: [4,10), and [20,24), [26,30) of the second; person 2 else.
        let owners = [0, 0, 1, 1, 1, 2];
        let spans = [(0, 10), (20, 30), (4, 10), (20, 24), (26, 30), (50, 60)];
        let spans: Vec<Vec<(u32, u32)>> = spans.iter().map(|s| vec![*s]).collect();
        assert_eq!(by_overlap(&owners, &spans), [vec![0, 2], vec![1, 3, 4], vec![5]]);
    }
}
