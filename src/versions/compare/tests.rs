//! What a comparison must hold, on the sample and on real articles.

use super::*;
use crate::text::testing::article;
use crate::versions::relation::{Guess, Refined, Way};
use proptest::prelude::*;

fn of(a: &str, b: &str) -> Comparison {
    let side = |t: &str| Side::new(Text::new(t));
    match compare(&side(a), &side(b), &mut |_| ControlFlow::Continue(())) {
        ControlFlow::Continue(found) => found,
        ControlFlow::Break(()) => panic!("nobody cancelled"),
    }
}

fn verdict(c: &Comparison) -> (Guess, Vec<Refined>, Way) {
    (c.relation.guess, c.relation.refinement.clone(), c.relation.direction)
}

/// Prints, with `SHOW` set, what a person would want to see of a pair.
fn show(name: &str, c: &Comparison) {
    if std::env::var("SHOW").is_ok() {
        let r = &c.relation;
        eprintln!("{name}: {:?} {:.2} {:?} {:?}", r.guess, r.confidence, r.refinement, r.direction);
        r.evidence.iter().for_each(|e| eprintln!("    {e}"));
    }
}

#[test]
fn the_ten_pairs_of_real_articles_are_told_apart() {
    let names = ["000", "001", "002", "003", "004"];
    for (i, x) in names.iter().enumerate() {
        for y in &names[i + 1..] {
            let (Some(a), Some(b)) = (article(x), article(y)) else { return };
            let found = of(&a, &b);
            show(&format!("{x} {y}"), &found);
            let want = match (*x, *y) {
                ("000", "001") => (Guess::WhollyDerived, vec![Refined::BackTranslated], Way::AToB),
                ("000" | "001", "002") => (Guess::SharedSource, vec![], Way::Unknown),
                _ => (Guess::NonDerived, vec![], Way::Unknown),
            };
            assert_eq!(verdict(&found), want, "{x} {y}");
            let back = of(&b, &a).relation;
            assert_eq!(back.guess, want.0, "{y} {x}");
            assert_eq!(back.direction, if want.2 == Way::AToB { Way::BToA } else { Way::Unknown });
        }
    }
}

#[test]
fn the_versions_of_the_sample_story_are_told_apart() {
    let folder = std::env::var("VARIORUM_SAMPLE")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/src/sample").to_owned());
    let names = ["1-original", "2-back-translated", "3-agency", "4-earlier", "5-spun"];
    let text = |name: &str| std::fs::read_to_string(format!("{folder}/texts/{name}.txt")).ok();
    for (i, x) in names.iter().enumerate() {
        for y in &names[i + 1..] {
            let (Some(a), Some(b)) = (text(x), text(y)) else {
                return eprintln!("skipped: no sample in {folder}");
            };
            let found = of(&a, &b);
            show(&format!("{x} {y}"), &found);
            let want = match (i + 1, &y[..1]) {
                (1, "2") => (Guess::WhollyDerived, vec![Refined::BackTranslated], Way::AToB),
                (4, "5") => (Guess::WhollyDerived, vec![Refined::Spun], Way::AToB),
                (_, "3") => (Guess::SharedSource, vec![], Way::Unknown),
                _ => (Guess::NonDerived, vec![], Way::Unknown),
            };
            assert_eq!(verdict(&found), want, "{x} {y}");
        }
    }
}

#[test]
fn a_text_is_identical_with_itself_and_nearly_with_a_corrected_copy() {
    let a = "The ferry left the harbour early on Monday with nobody on board. The owners refused to say why. \
             Islanders had waited for three weeks and feared another winter without a boat, they told the council.";
    assert_eq!(of(a, a).relation.guess, Guess::Identical);
    let longer = a.repeat(2).replace("boat, they", "boat. Nobody answered them in the capital, they");
    assert_eq!(of(&longer, &longer.replacen("Monday", "Tuesday", 1)).relation.guess, Guess::NearDuplicate);
}

#[test]
fn a_date_gives_the_direction() {
    let a = "The ferry left the harbour early on Monday with nobody on board. The owners refused to say why, and the \
             islanders had waited for three weeks. They feared another winter without a boat, they told the council.";
    let side = |t: &str, date: &str| Side { text: Text::new(t), published: Some(date.to_owned()) };
    let (x, y) = (side(a, "2023-02-18"), side(&a.replace("three", "four"), "2023-02-17T10:00:00Z"));
    let ControlFlow::Continue(found) = compare(&x, &y, &mut |_| ControlFlow::Continue(())) else { panic!() };
    assert_eq!(found.relation.direction, Way::BToA);
}

#[test]
fn a_comparison_survives_the_way_through_json() {
    let found = of(
        "The ferry sailed “again” on Monday morning.",
        "The ferry sailed “again” on Tuesday morning, їжак.",
    );
    let json = serde_json::to_string(&found).unwrap();
    assert_eq!(serde_json::from_str::<Comparison>(&json).unwrap(), found);
}

proptest! {
    #[test]
    fn any_two_texts_are_compared(a in any::<String>(), b in "[a-cXї \"“”«»'’.,\n5\\[\\]()#]{0,120}") {
        of(&a, &b);
        of(&b, &b);
    }
}
