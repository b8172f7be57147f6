//! What a family must hold, on the sample and on real articles.

use super::*;
use crate::text::{Text, testing::article};

fn of(texts: &[(&str, String)], judged: &[Judged]) -> Family {
    let members: Vec<Member> = texts
        .iter()
        .map(|(key, text)| Member {
            key: (*key).to_owned(),
            title: (*key).to_owned(),
            side: Side::new(Text::new(text.as_str())),
        })
        .collect();
    match family(&members, judged, &mut |_| ControlFlow::Continue(())) {
        ControlFlow::Continue(found) => found,
        ControlFlow::Break(()) => panic!("nobody cancelled"),
    }
}

#[test]
fn the_real_articles_are_one_family_of_three_and_two_strangers() {
    let names = ["000", "001", "002", "003", "004"];
    let texts: Option<Vec<(&str, String)>> = names.iter().map(|n| Some((*n, article(n)?))).collect();
    let Some(texts) = texts else { return };
    let found = of(&texts, &[]);
    let edges: Vec<_> =
        found.edges.iter().map(|e| (e.from, e.to, e.relation, e.directed, e.implied)).collect();
    assert_eq!(edges.len(), 3, "{edges:?}");
    assert_eq!(edges[0], (0, 1, Guess::WhollyDerived, true, false));
    assert!(edges[1..].iter().all(|e| e.2 == Guess::SharedSource && e.1 == 2), "{edges:?}");
    assert_eq!(found.branches().count(), 2, "one of the two shared sources follows from the other");
    let mut back: Vec<_> = texts.clone();
    back.reverse();
    let turned = of(&back, &[]);
    let first = turned.edges.iter().find(|e| is_derived(e.relation)).unwrap();
    assert_eq!((first.from, first.to, first.directed), (4, 3, true));
}

#[test]
fn a_copy_of_a_copy_hangs_on_the_copy_and_a_judgement_holds() {
    let original = crate::versions::family::tests::sample("1-original");
    let words: Vec<&str> = original.split(' ').collect();
    let edited = |every: usize, with: &str| -> String {
        words
            .iter()
            .enumerate()
            .map(|(i, w)| if i % every == 0 { with } else { w }.to_owned() + " ")
            .collect()
    };
    let copy = edited(7, "otherwise");
    let of_copy = copy.replace(" the ", " that ");
    let texts = [("a", original.clone()), ("b", copy), ("c", of_copy)];
    let found = of(&texts, &[]);
    let branches: Vec<_> = found.branches().map(|e| (e.from.min(e.to), e.from.max(e.to))).collect();
    assert_eq!(branches, [(0, 1), (1, 2)]);
    let said = Judged { a: 2, b: 0, relation: Guess::PartiallyDerived, direction: Way::AToB };
    let found = of(&texts, &[said]);
    let edge = found.edges.iter().find(|e| e.judged).unwrap();
    assert_eq!((edge.from, edge.to, edge.relation, edge.implied), (2, 0, Guess::PartiallyDerived, false));
}

pub(super) fn sample(name: &str) -> String {
    std::fs::read_to_string(format!("{}/src/sample/texts/{name}.txt", env!("CARGO_MANIFEST_DIR"))).unwrap()
}
