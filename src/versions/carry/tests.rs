//! What carrying must hold, on invented texts and on real articles.

use super::*;
use crate::text::testing::article;
use crate::versions::align::align;
use crate::versions::operation::groups;
use proptest::prelude::*;
use std::ops::ControlFlow;

fn carried(a: &str, b: &str, parts: &[Span]) -> Vec<Carried> {
    let (a, b) = (Prepared::new(a), Prepared::new(b));
    let ControlFlow::Continue(edges) = align(&a, &b, &mut |_| ControlFlow::Continue(())) else {
        panic!("nobody cancelled")
    };
    let carrier = Carrier::new(&a, &b, &edges, &groups(&a, &b, &edges));
    parts.iter().map(|part| carrier.carry(*part)).collect()
}

fn one<'t>(a: &str, b: &'t str, part: &str) -> (Fate, Vec<&'t str>) {
    let at = a.find(part).unwrap();
    let found = carried(a, b, &[Span::new(a, at, at + part.len()).unwrap()]).remove(0);
    (found.fate, found.places.into_iter().map(|p| p.slice(b)).collect())
}

const A: &str = "Holm told reporters on Friday that “the harbour board has looked away for years”. The owners denied any \
                 wrongdoing. “We will not hesitate to impose costs and we will keep the licence under review,” she said.";

#[test]
fn each_fate_is_told() {
    let same = A.replace("Friday", "Thursday");
    assert_eq!(one(A, &same, "“the harbour board has looked away for years”").0, Fate::Exact);
    let moved = "“We will not hesitate to impose costs and we will keep the licence under review,” she said. Holm told \
                 reporters on Friday that “the harbour board has looked away for years”. The owners denied any wrongdoing.";
    assert_eq!(one(A, moved, "We will not hesitate to impose costs").0, Fate::Moved);
    let reworded = "Holm told journalists on Friday that “the harbour board has closed its eyes for years”. Nothing else.";
    let part = "“the harbour board has looked away for years”";
    assert_eq!(
        one(A, reworded, part),
        (Fate::Reworded, vec!["“the harbour board has closed its eyes for years”"])
    );
    let split = "“We will not hesitate to impose costs,” she said on Friday. She said as well: “We will keep the licence \
                 under review.” Nothing else happened.";
    let got =
        one(A, split, "“We will not hesitate to impose costs and we will keep the licence under review,”");
    assert_eq!(
        got,
        (
            Fate::Split,
            vec!["“We will not hesitate to impose costs,”", "“We will keep the licence under review.”"]
        )
    );
    assert_eq!(one(A, "The mayor of Fenna has other worries this week.", part), (Fate::Lost, vec![]));
}

#[test]
fn the_quotations_of_a_real_article_find_their_places() {
    let (Some(a), Some(b), Some(agency)) = (article("000"), article("001"), article("002")) else { return };
    let quotations = crate::text::marks::quotations(&a);
    let long: Vec<Span> = quotations.iter().filter(|q| q.level == 0 && !q.single).map(|q| q.span).collect();
    assert_eq!(long.len(), 15);
    let count = |to: &str| {
        let found = carried(&a, to, &long);
        if std::env::var("SHOW").is_ok() {
            for (from, to_places) in long.iter().zip(&found) {
                let places: Vec<_> = to_places.places.iter().map(|p| p.slice(to)).collect();
                eprintln!("{:?}\n   {}\n   {places:?}", to_places.fate, from.slice(&a));
            }
        }
        found.iter().filter(|c| c.fate != Fate::Lost).count()
    };
    assert_eq!(count(&b), 15, "all quotations are in the copy");
    // Seven of the fifteen are in the agency's report, one of them only in a fragment.
    assert!((5..=8).contains(&count(&agency)), "{}", count(&agency));
}

proptest! {
    #[test]
    fn a_place_carried_to_the_same_text_stays(from in 0usize..40, size in 1usize..12) {
        let all = words(A, Span::new(A, 0, A.len()).unwrap());
        let (first, last) = (from % all.len(), (from % all.len() + size - 1).min(all.len() - 1));
        let part = all[first].union(all[last]);
        let got = carried(A, A, &[part]).remove(0);
        let inside = |place: &Span| place.trimmed(A).slice(A).contains(part.slice(A)) || part.contains(*place);
        prop_assert!(got.fate == Fate::Exact && got.places.iter().all(inside), "{:?} {:?}", part.slice(A), got);
    }

    #[test]
    fn anything_can_be_carried_anywhere(a in "[a-c“”. \n]{1,80}", b in any::<String>()) {
        let whole = Span::new(&a, 0, a.len()).unwrap();
        for place in &carried(&a, &b, &[whole])[0].places {
            prop_assert!(place.end().byte() <= b.len());
        }
    }
}
