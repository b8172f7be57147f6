//! Issues of one kind, counted instead of repeated: a file with ten thousand marks in a wrong unit has
//! one thing wrong with it, not ten thousand.

use super::{Document, Fault};
use crate::codecs::Issue;
use std::collections::BTreeMap;

/// How many of one kind are told one by one.
const TOLD: usize = 10;

/// What was read; where that is nothing, why: the first thing that is wrong, or else `otherwise`. `before`
/// is how many issues there were before the reading began; those since are counted by kind.
pub(crate) fn read_or_why(
    format: &'static str,
    documents: Vec<Document>,
    (issues, before): (&mut Vec<Issue>, usize),
    otherwise: &str,
) -> Result<Vec<Document>, Fault> {
    count_alike(issues, before);
    if !documents.is_empty() {
        return Ok(documents);
    }
    let first = issues.get(before).map(|i| format!("{}: {}", i.place, i.what));
    Err(Fault::NotThis { format, why: first.unwrap_or_else(|| otherwise.to_owned()) })
}

/// Makes one issue of those that say the same of the same file, and tells only some of those that differ
/// in nothing but names and numbers.
pub(crate) fn count_alike(issues: &mut Vec<Issue>, before: usize) {
    if issues.len() < before + 2 {
        return;
    }
    let found = issues.split_off(before);
    let mut same: BTreeMap<(String, String), (usize, usize)> = BTreeMap::new();
    let mut kinds: BTreeMap<(String, String), (usize, usize, usize)> = BTreeMap::new();
    let mut kept: Vec<Issue> = Vec::new();
    for issue in found {
        let file = file_of(&issue.place);
        if let Some((_, count)) = same.get_mut(&(file.to_owned(), issue.what.clone())) {
            *count += 1;
            continue;
        }
        let (told, left, last) = kinds.entry((file.to_owned(), kind_of(&issue.what))).or_default();
        if *told == TOLD {
            *left += 1;
            continue;
        }
        (*told, *last) = (*told + 1, kept.len());
        same.insert((file.to_owned(), issue.what.clone()), (kept.len(), 1));
        kept.push(issue);
    }
    for (at, count) in same.into_values().filter(|(_, count)| *count > 1) {
        kept[at].what.push_str(&format!(" It is so {count} times in this file."));
    }
    for (_, left, last) in kinds.into_values().filter(|(_, left, _)| *left > 0) {
        kept[last].what.push_str(&format!(" There are {left} more of this kind in this file."));
    }
    issues.extend(kept);
}

/// The file of a place: `a.jsonl, line 3` is in `a.jsonl`.
pub(crate) fn file_of(place: &str) -> &str {
    let inside = |rest: &str| ["line ", "item ", "article "].iter().any(|word| rest.starts_with(word));
    place.rsplit_once(", ").filter(|(_, rest)| inside(rest)).map_or(place, |(file, _)| file)
}

/// What is said, without the names and numbers in it.
fn kind_of(what: &str) -> String {
    let mut kind = String::with_capacity(what.len());
    let mut quoted = 0_usize;
    for c in what.chars() {
        match c {
            '“' => quoted += 1,
            '”' => quoted = quoted.saturating_sub(1),
            c if quoted > 0 || c.is_ascii_digit() => {}
            c => kind.push(c),
        }
    }
    kind
}

#[cfg(test)]
mod tests {
    use super::*;

    fn issue(place: &str, what: &str) -> Issue {
        Issue { place: place.to_owned(), what: what.to_owned() }
    }

    #[test]
    fn what_is_said_a_thousand_times_is_said_once_with_its_number() {
        let mut issues = vec![issue("before", "Old.")];
        issues.extend((1..=1000).map(|i| issue(&format!("a.jsonl, line {i}"), "No place for it.")));
        issues.extend((1..=1000).map(|i| issue("b.ann", &format!("“T{i}” from {i} to 2 is nowhere."))));
        count_alike(&mut issues, 1);
        assert_eq!(issues.len(), 1 + 1 + TOLD);
        assert_eq!(issues[1].place, "a.jsonl, line 1");
        assert!(issues[1].what.ends_with("It is so 1000 times in this file."), "{issues:?}");
        assert!(issues[TOLD + 1].what.ends_with("There are 990 more of this kind in this file."));
    }

    #[test]
    fn where_nothing_was_read_the_first_reason_is_given() {
        let mut issues = vec![issue("x", "Old."), issue("a.xmi", "The XML breaks at byte 5.")];
        let why = read_or_why("cas-xmi", Vec::new(), (&mut issues, 1), "there is no file.").unwrap_err();
        assert!(why.to_string().ends_with("a.xmi: The XML breaks at byte 5."), "{why}");
        let why = read_or_why("cas-xmi", Vec::new(), (&mut issues, 2), "there is no file.").unwrap_err();
        assert!(why.to_string().ends_with("there is no file."), "{why}");
    }
}
