//! Which of two texts came first, as far as what only one of them has can tell: a date, credits, links,
//! and the damage that copying does. Never the wording.

use super::Prepared;
use super::evidence::{Origin, Reason, Which};
use super::sentences::UnitKind;
use crate::text::marks::MarkDefect;
use std::collections::HashSet;

/// What only one side has, and what that says.
pub(super) fn origins(a: &Prepared, b: &Prepared, published: (Option<&str>, Option<&str>)) -> Vec<Origin> {
    let mut found = Vec::new();
    if let (Some(x), Some(y)) = published {
        // `2022-03-17` and `2022-03-17T18:00:00Z` say the same as far as both go.
        let shared = x.len().min(y.len());
        let dated = |d: &str| d.len() >= 4 && d.bytes().take(4).all(|c| c.is_ascii_digit());
        if let (true, Some(x), Some(y)) = (dated(x) && dated(y), x.get(..shared), y.get(..shared))
            && x != y
        {
            found.push(Origin { origin: if x < y { Which::A } else { Which::B }, reason: Reason::Earlier });
        }
    }
    let mut only = |has: fn(&Prepared) -> bool, reason: Reason, speaks_for: bool| match (has(a), has(b)) {
        (true, false) => found.push(Origin { origin: if speaks_for { Which::A } else { Which::B }, reason }),
        (false, true) => found.push(Origin { origin: if speaks_for { Which::B } else { Which::A }, reason }),
        _ => {}
    };
    only(has_copyright, Reason::Copyright, true);
    only(has_byline, Reason::Byline, true);
    only(|p| p.text.contains("]("), Reason::Links, true);
    only(has_damaged_marks, Reason::MarksDamaged, false);
    only(repeats_headline, Reason::HeadlineRepeated, false);
    only(has_page_furniture, Reason::PageFurniture, false);
    found
}

fn furniture<'p>(side: &'p Prepared) -> impl Iterator<Item = String> + 'p {
    let units = side.units.iter().filter(|u| u.kind == UnitKind::Furniture);
    units.map(|u| u.span.slice(side.text).to_lowercase())
}

fn has_copyright(side: &Prepared) -> bool {
    furniture(side).any(|line| line.contains("copyright") || line.contains("all rights reserved"))
}

/// A line above the story that says who wrote it: `By …`, or two or three names and nothing more,
/// perhaps with a place.
fn has_byline(side: &Prepared) -> bool {
    let story = side.units.iter().position(|u| u.kind == UnitKind::Sentence).unwrap_or(0);
    side.units[..story].iter().any(|u| {
        let line = u.span.slice(side.text);
        let words: Vec<&str> = line.split_whitespace().collect();
        let capital = |w: &&str| w.starts_with(char::is_uppercase);
        let name = words.iter().take_while(|w| capital(w)).count();
        let rest = words.get(name).is_none_or(|w| *w == "in");
        line.starts_with("By ")
            || ((2..=3).contains(&name) && words.len() <= 6 && rest && !line.contains('.'))
    })
}

fn has_damaged_marks(side: &Prepared) -> bool {
    use MarkDefect::{MarkMissingClose, MarkMissingOpen, MarkReversed};
    let damaged = |d: &MarkDefect| matches!(d, MarkMissingClose | MarkMissingOpen | MarkReversed);
    side.quotations.iter().any(|q| q.defects.iter().any(damaged))
}

fn repeats_headline(side: &Prepared) -> bool {
    let mut seen = HashSet::new();
    let lines = side.units.iter().take_while(|u| u.kind != UnitKind::Sentence);
    lines
        .map(|u| u.span.slice(side.text))
        .filter(|l| l.split_whitespace().count() > 3)
        .any(|l| !seen.insert(l))
}

fn has_page_furniture(side: &Prepared) -> bool {
    let phrases =
        ["leave a reply", "your email", "your e-mail", "post your comment", "latest news", "related news"];
    furniture(side).any(|line| phrases.iter().any(|p| line.starts_with(p)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(a: &str, b: &str, dates: (Option<&str>, Option<&str>)) -> Vec<(Which, Reason)> {
        let (a, b) = (Prepared::new(a), Prepared::new(b));
        origins(&a, &b, dates).into_iter().map(|o| (o.origin, o.reason)).collect()
    }

    #[test]
    fn credits_and_links_speak_for_a_text_and_damage_against_it() {
        let a = "By Clara Wendling\n\nThe [ferry](#) “sailed” on Monday.\n\nCopyright Aldersund Register Ltd";
        let b = "The ferry sailed on Monday morning\nThe ferry sailed on Monday morning\n\nThe ferry “sailed on \
                 Monday.\n\nLeave a Reply";
        use Reason::*;
        let want =
            [Copyright, Byline, Links, MarksDamaged, HeadlineRepeated, PageFurniture].map(|r| (Which::A, r));
        assert_eq!(of(a, b, (None, None)), want);
    }

    #[test]
    fn dates_count_as_far_as_both_go() {
        let dates = |a, b| of("One.", "Two.", (Some(a), Some(b)));
        assert_eq!(dates("2023-02-17", "2023-02-18T10:00:00Z"), [(Which::A, Reason::Earlier)]);
        assert_eq!(dates("2023-02-17", "2023-02-17T10:00:00Z"), []);
        assert_eq!(dates("Friday", "Thursday"), []);
    }
}
