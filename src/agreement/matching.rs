//! Who found the same: maximum one-to-one matching.

/// A maximum one-to-one matching (Kuhn 1955) of `left` things with `right` ones over the pairs that may be
/// matched, each with a weight; gives the partner of each on the left. No other matching has more pairs;
/// among those, heavy pairs are taken first. Touching is not sharing: the caller says what may match.
pub fn matching(left: usize, right: usize, pairs: &[(usize, usize, u64)]) -> Vec<Option<usize>> {
    let mut heavy_first: Vec<&(usize, usize, u64)> = pairs.iter().collect();
    heavy_first.sort_by_key(|(a, b, weight)| (u64::MAX - weight, *a, *b));
    let mut may = vec![Vec::new(); left];
    let (mut of_left, mut of_right) = (vec![None; left], vec![None; right]);
    for (a, b, _) in heavy_first {
        may[*a].push(*b);
        if of_left[*a].is_none() && of_right[*b].is_none() {
            (of_left[*a], of_right[*b]) = (Some(*b), Some(*a));
        }
    }
    for start in 0..left {
        if of_left[start].is_none() {
            augment(start, &may, &mut of_left, &mut of_right);
        }
    }
    of_left
}

/// Looks for a path from an unmatched thing on the left to one on the right, going to and fro over pairs
/// that are not and that are matched; turning the path round gives one pair more. Breadth first, so that
/// no depth of stack depends on the data.
fn augment(start: usize, may: &[Vec<usize>], of_left: &mut [Option<usize>], of_right: &mut [Option<usize>]) {
    let mut from: Vec<Option<usize>> = vec![None; of_right.len()];
    let mut queue = std::collections::VecDeque::from([start]);
    while let Some(a) = queue.pop_front() {
        for &b in &may[a] {
            if from[b].is_some() {
                continue;
            }
            from[b] = Some(a);
            match of_right[b] {
                Some(next) => queue.push_back(next),
                None => return turn_round(b, &from, of_left, of_right),
            }
        }
    }
}

fn turn_round(
    end: usize,
    from: &[Option<usize>],
    of_left: &mut [Option<usize>],
    of_right: &mut [Option<usize>],
) {
    let mut next = Some(end);
    while let Some(b) = next {
        let Some(a) = from[b] else { return };
        next = of_left[a];
        (of_left[a], of_right[b]) = (Some(b), Some(a));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The most pairs there can be, by trying everything.
    fn most(left: usize, taken: u32, pairs: &[(usize, usize, u64)]) -> usize {
        let Some(a) = left.checked_sub(1) else { return 0 };
        let without = most(a, taken, pairs);
        let free = pairs.iter().filter(|(x, b, _)| *x == a && taken & (1 << b) == 0);
        free.map(|(_, b, _)| 1 + most(a, taken | 1 << b, pairs)).max().unwrap_or(0).max(without)
    }

    proptest! {
        #[test]
        fn no_matching_has_more_pairs(pairs in prop::collection::vec((0usize..6, 0usize..6, 1u64..9), 0..20)) {
            let found = matching(6, 6, &pairs);
            let mut right: Vec<usize> = found.iter().flatten().copied().collect();
            prop_assert_eq!(right.len(), most(6, 0, &pairs));
            right.sort_unstable();
            right.dedup();
            prop_assert_eq!(right.len(), found.iter().flatten().count(), "one to one");
            for (a, b) in found.iter().enumerate().filter_map(|(a, b)| Some((a, (*b)?))) {
                prop_assert!(pairs.iter().any(|(x, y, _)| (*x, *y) == (a, b)));
            }
        }
    }
}
