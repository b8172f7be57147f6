//! What an alignment must hold.

use super::*;
use crate::text::{CodePoint, CodePoints, Span, Text};
use crate::versions::score::{Score, score};

fn pairs(a: &str, b: &str) -> Vec<(usize, usize, Certainty)> {
    let (a, b) = (Prepared::new(a), Prepared::new(b));
    let ControlFlow::Continue(edges) = align(&a, &b, &mut |_| ControlFlow::Continue(())) else {
        panic!("nobody cancelled")
    };
    edges.into_iter().map(|e| (e.a, e.b, e.certainty)).collect()
}

/// The alignments made by hand, from `$VARIORUM_SAMPLE` or `src/sample`.
fn gold() -> Option<(String, serde_json::Value)> {
    let folder = std::env::var("VARIORUM_SAMPLE")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/src/sample").to_owned());
    let Ok(gold) = std::fs::read_to_string(format!("{folder}/alignments.json")) else {
        eprintln!("skipped: no alignments in {folder}");
        return None;
    };
    Some((folder, serde_json::from_str(&gold).unwrap()))
}

fn spans(text: &Text, units: &serde_json::Value) -> Vec<Span> {
    let at = |u: &serde_json::Value, key: &str| CodePoint(u[key].as_u64().unwrap() as u32);
    let units = units.as_array().unwrap().iter();
    units
        .map(|u| text.span_from_chars(CodePoints { start: at(u, "start"), end: at(u, "end") }).unwrap())
        .collect()
}

#[test]
fn alignments_made_by_hand_are_reached() {
    let Some((folder, gold)) = gold() else { return };
    let mut scores = Vec::new();
    for pair in gold.as_array().unwrap() {
        let read = |side: &str| {
            let file = pair[side]["file"].as_str().unwrap();
            Text::new(std::fs::read_to_string(format!("{folder}/texts/{file}")).unwrap())
        };
        let (ta, tb) = (read("a"), read("b"));
        let (a, b) = (Prepared::new(&ta), Prepared::new(&tb));
        let ControlFlow::Continue(edges) = align(&a, &b, &mut |_| ControlFlow::Continue(())) else {
            panic!()
        };
        let (ga, gb) = (spans(&ta, &pair["a"]["units"]), spans(&tb, &pair["b"]["units"]));
        let index = |p: &serde_json::Value, key: &str| p[key].as_u64().unwrap() as usize;
        let wanted: Vec<_> =
            pair["pairs"].as_array().unwrap().iter().map(|p| (index(p, "a"), index(p, "b"))).collect();
        let of = |p: &Prepared| p.units.iter().map(|u| u.span).collect::<Vec<_>>();
        let (ua, ub) = (of(&a), of(&b));
        if std::env::var("SHOW").is_ok() {
            for e in &edges {
                let one = score(&[*e], (&ua, &ub), (&ga, &gb), &wanted);
                if one.hits == 0 && one.found > 0 {
                    eprintln!(
                        "FALSE {:.2} {:?} | {} || {}",
                        e.score,
                        e.certainty,
                        ua[e.a].slice(&ta),
                        ub[e.b].slice(&tb)
                    );
                }
            }
            for w in &wanted {
                if score(&edges, (&ua, &ub), (&ga, &gb), &[*w]).hits == 0 {
                    eprintln!("MISSED {w:?} {} || {}", ga[w.0].slice(&ta), gb[w.1].slice(&tb));
                }
            }
        }
        scores.push(score(&edges, (&ua, &ub), (&ga, &gb), &wanted));
        eprintln!("{} {}: {:?}", pair["a"]["file"], pair["b"]["file"], scores.last());
    }
    let all = Score::pooled(&scores);
    eprintln!("pooled: {all:?}");
    assert!(all.f1.unwrap() >= 0.95, "{all:?}");
}

/// How many pairs two of the real articles have, sure and maybe.
fn article_pairs(x: &str, y: &str) -> Option<(usize, usize)> {
    use crate::text::testing::article;
    let found = pairs(&article(x)?, &article(y)?);
    let sure = found.iter().filter(|(_, _, c)| *c == Certainty::Sure).count();
    Some((sure, found.len() - sure))
}

#[test]
fn a_real_copy_answers_every_sentence_and_an_unrelated_article_none() {
    let Some(copy) = article_pairs("000", "001") else { return };
    assert_eq!(copy.0 + copy.1, 26);
    assert_eq!(article_pairs("000", "002").map(|(sure, maybe)| sure + maybe), Some(11));
    for (x, y) in [
        ("000", "003"),
        ("000", "004"),
        ("001", "003"),
        ("001", "004"),
        ("002", "003"),
        ("002", "004"),
        ("003", "004"),
    ] {
        assert_eq!(article_pairs(x, y), Some((0, 0)), "{x} {y}");
    }
}

#[test]
fn a_sentence_split_in_two_has_two_partners_and_a_moved_one_is_found() {
    let a = "She was scathing about what the lay-up had done to Fenna, where the clinic is rationing oxygen and \
             school buses stand idle on the wrong shore. The owners denied any wrongdoing on Friday evening.";
    let b = "The owners denied any misconduct on Friday evening. She was scathing about what the lay-up had done \
             to Fenna. There the clinic is rationing oxygen and school buses are idle on the wrong shore.";
    use Certainty::Sure;
    assert_eq!(pairs(a, b), [(0, 1, Sure), (0, 2, Sure), (1, 0, Sure)]);
}

#[test]
fn a_sentence_said_three_times_gives_three_pairs() {
    let a = "The harbour board refused the licence again. ".repeat(3);
    assert_eq!(pairs(&a, &a).len(), 3);
}

#[test]
fn the_lines_of_a_list_answer_one_another_each_its_own() {
    let list = |names: &[&str], rest: &str| names.iter().map(|n| format!("{n} {rest}. ")).collect::<String>();
    let names = ["Holm", "Varga", "Renk", "Malloy", "Skarrow", "Castellin"];
    let more = ["Aldous", "Holm", "Varga", "Renk", "Malloy", "Skarrow", "Castellin"];
    let others = ["Aldous", "Brix", "Carmo", "Dell", "Eckl", "Fosse"];
    let (voted, favoured) = ("voted for the new harbour budget", "voted in favour of the harbour budget");
    let ends = |a: &str, b: &str| pairs(a, b).into_iter().map(|(a, b, _)| (a, b)).collect::<Vec<_>>();
    let steps = |n: usize| (0..n).map(|i| (i, i)).collect::<Vec<_>>();
    let a = list(&names, voted);
    assert_eq!(ends(&a, &a), steps(6));
    assert_eq!(ends(&a, &list(&names, favoured)), steps(6));
    assert_eq!(ends(&a, &list(&others, voted)), steps(6), "where no name decides, the order does");
    let turned: Vec<&str> = names.iter().rev().copied().collect();
    assert_eq!(ends(&a, &list(&turned, voted)), (0..6).map(|i| (i, 5 - i)).collect::<Vec<_>>());
    assert_eq!(ends(&a, &list(&more, voted)), (0..6).map(|i| (i, i + 1)).collect::<Vec<_>>());
    assert!(grouped(&a, &list(&names, favoured), false).iter().all(|(a, b, moved, ..)| a == b && !moved));
}

#[test]
fn a_page_of_one_line_said_again_and_again_stays_quick() {
    let a = "The harbour board refused the licence again.\n".repeat(4_000);
    assert_eq!(pairs(&a, &a).len(), 4_000);
}

#[test]
fn a_bound_that_makes_the_alignment_coarser_is_said() {
    let alike = |verb: &str, n: usize| -> String {
        let line =
            |i: usize| format!("Inspector number {i} {verb} the old pier beside the chapel on that day. ");
        (0..n).map(line).collect()
    };
    let found = |n: usize| {
        let (a, b) = (alike("saw", n), alike("visited", n));
        let (a, b) = (Prepared::new(&a), Prepared::new(&b));
        match aligned(&a, &b, &mut |_| ControlFlow::Continue(())) {
            ControlFlow::Continue(found) => found,
            ControlFlow::Break(()) => panic!("nobody cancelled"),
        }
    };
    assert!(!found(40).1, "all was looked at");
    let (pairs, coarse) = found(400);
    assert!(coarse && pairs.len() >= 400, "{} pairs", pairs.len());
}

fn mirrored(mut pairs: Vec<(usize, usize, Certainty)>) -> Vec<(usize, usize, Certainty)> {
    pairs.iter_mut().for_each(|p| *p = (p.1, p.0, p.2));
    pairs.sort();
    pairs
}

#[test]
fn cases_in_which_the_sides_once_differed_are_mirrored() {
    let (a, b) = (
        "Varga. Varga. \nHolm Varga sailing. \nlicence 19. ",
        "Holm ferry Varga. licence 19 ferry sail harbour. ",
    );
    assert_eq!(pairs(a, b), mirrored(pairs(b, a)));
    let (a, b) = ("островний sailing. Holm. ", "Holm sailing. \nsail sailing. ");
    assert_eq!(grouped(a, b, false), grouped(b, a, true));
}

/// A group: its units on either side, whether it moved, how alike they are and how sure that is.
type Grouped = (Vec<usize>, Vec<usize>, bool, u32, Certainty);

/// The groups of two texts, seen from the other side where `turned`.
fn grouped(a: &str, b: &str, turned: bool) -> Vec<Grouped> {
    let (a, b) = (Prepared::new(a), Prepared::new(b));
    let ControlFlow::Continue(edges) = align(&a, &b, &mut |_| ControlFlow::Continue(())) else {
        panic!("nobody cancelled")
    };
    let groups = crate::versions::operation::groups(&a, &b, &edges).into_iter();
    let mut found: Vec<Grouped> = groups
        .map(|g| {
            let (x, y) = if turned { (g.b, g.a) } else { (g.a, g.b) };
            (x, y, g.moved, (g.score * 1e4).round() as u32, g.certainty)
        })
        .collect();
    found.sort();
    found
}

/// Sentences of a small world, so that some are alike, and stray marks.
fn story() -> impl proptest::strategy::Strategy<Value = String> {
    use proptest::prelude::*;
    let word = prop::sample::select(vec![
        "Holm",
        "Varga",
        "ferry",
        "harbour",
        "licence",
        "refused",
        "the",
        "“never",
        "again”",
        "not",
        "inspectors",
        "sail",
        "sailing",
        "sails",
        "19",
        "winter",
        "островний",
        "пором",
        "said",
    ]);
    let sentence = prop::collection::vec(word, 1..9).prop_map(|w| w.join(" ") + ". ");
    prop::collection::vec((sentence, any::<bool>()), 0..9)
        .prop_map(|s| s.into_iter().map(|(s, newline)| if newline { s + "\n" } else { s }).collect())
}

proptest::proptest! {
    #[test]
    fn swapping_the_sides_mirrors_the_alignment(a in story(), b in story()) {
        proptest::prop_assert_eq!(pairs(&a, &b), mirrored(pairs(&b, &a)));
    }

    #[test]
    fn swapping_the_sides_mirrors_the_groups_and_their_moves(a in story(), b in story()) {
        proptest::prop_assert_eq!(grouped(&a, &b, false), grouped(&b, &a, true));
    }

    #[test]
    fn an_unrelated_paragraph_changes_no_sure_pair_elsewhere(a in story(), b in story()) {
        let sure = |a: &str, b: &str| -> Vec<_> {
            pairs(a, b).into_iter().filter(|p| p.2 == Certainty::Sure).collect()
        };
        let more = format!("{b}\nQuantum gyroscopes baffled elderly zoologists throughout Yokohama yesterday.");
        proptest::prop_assert_eq!(sure(&a, &b), sure(&a, &more));
    }

    #[test]
    fn any_two_texts_are_aligned(a in proptest::prelude::any::<String>(), b in story()) {
        pairs(&a, &b);
    }
}

#[test]
fn work_breaks_off_when_told() {
    let a = Prepared::new("The ferry sailed again on Monday.");
    assert!(align(&a, &a, &mut |_| ControlFlow::Break(())).is_break());
}
