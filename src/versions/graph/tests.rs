//! What a graph of versions must hold.

use super::*;
use crate::text::CodePoints;
use proptest::prelude::*;

const A: &str = "Inspectors recovered the engine records of all three ships on Monday. Castellin hopes to be \
                 welcomed in Aldersund as an honest broker. Residents say that forty tonnes of salmon were dumped.";
const B: &str = "Castellin hopes to be welcomed as an honest broker in Aldersund. The engine records of all three \
                 ships were recovered by inspectors on Monday. Nobody answered at the ministry.";
const C: &str = "Forty tonnes of salmon were dumped, residents say. On Monday the inspectors recovered engine \
                 records of the three ships.";

fn of(texts: &[(&str, &str)], corrections: &Corrections) -> Graph {
    let texts: Vec<(&str, Text)> = texts.iter().map(|(key, text)| (*key, Text::new(*text))).collect();
    let prepared: Vec<Prepared> = texts.iter().map(|(_, text)| Prepared::new(text)).collect();
    let versions: Vec<Version> =
        texts.iter().zip(&prepared).map(|((key, text), prepared)| Version { key, text, prepared }).collect();
    match graph(&versions, corrections, &mut |_| ControlFlow::Continue(())) {
        ControlFlow::Continue(graph) => graph,
        ControlFlow::Break(()) => panic!("nobody cancelled"),
    }
}

/// The groups by the versions' keys, so that lists in another order can be compared.
fn groups(graph: &Graph, keys: &[&str]) -> BTreeSet<BTreeSet<(String, usize)>> {
    let named = |row: &Row| row.nodes.iter().map(|n| (keys[n.version].to_owned(), n.unit)).collect();
    graph.rows.iter().map(named).collect()
}

#[test]
fn what_belongs_together_is_a_row_in_the_order_of_the_base() {
    let graph = of(&[("a", A), ("b", B), ("c", C)], &Corrections::new());
    let rows = |base| -> Vec<Vec<(usize, usize)>> {
        let nodes = |row: &Row| row.nodes.iter().map(|n| (n.version, n.unit)).collect();
        graph.in_order_of(base).into_iter().map(nodes).collect()
    };
    assert_eq!(
        rows(0),
        [vec![(0, 0), (1, 1), (2, 1)], vec![(1, 2)], vec![(0, 1), (1, 0)], vec![(0, 2), (2, 0)],]
    );
    assert_eq!(rows(1)[0], [(0, 1), (1, 0)]);
    let first = graph.joins.iter().find(|j| (j.a.version, j.b.version) == (0, 2) && j.a.unit == 0);
    assert_eq!(first.map(|j| j.support), Some(1), "through the second version");
}

#[test]
fn a_persons_word_holds_against_the_program() {
    let whole = |text: &str, part: &str| {
        let at = text.find(part).unwrap() as u32;
        let (start, end) = (crate::text::CodePoint(at), crate::text::CodePoint(at + part.len() as u32));
        vec![CodePoints { start, end }]
    };
    let a = whole(A, "Castellin hopes to be welcomed in Aldersund as an honest broker.");
    let b = whole(B, "Castellin hopes to be welcomed as an honest broker in Aldersund.");
    let other = whole(B, "Nobody answered at the ministry.");
    let apart = Correction { a: a.clone(), b, joined: false, op: None };
    let linked = Correction { a, b: other, joined: true, op: None };
    let said = Corrections::from([((0, 1), vec![apart, linked])]);
    let graph = of(&[("a", A), ("b", B)], &said);
    let row = graph.rows.iter().find(|row| row.nodes[0] == Node { version: 0, unit: 1 }).unwrap();
    assert_eq!(row.of(1).collect::<Vec<_>>(), [2]);
    assert!(graph.joins.iter().any(|j| j.certainty == Certainty::Confirmed));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_order_of_loading_gives_the_same_groups(
        picks in prop::collection::vec(prop::collection::vec(0usize..7, 1..6), 2..5),
        turn in 0usize..5,
    ) {
        let sentences: Vec<&str> = [A, B, C].iter().flat_map(|t| t.split_inclusive(". ")).map(str::trim).collect();
        let texts: Vec<String> = picks
            .iter()
            .map(|pick| pick.iter().map(|i| sentences[*i]).collect::<Vec<_>>().join(" "))
            .collect();
        let keys = ["k1", "k2", "k3", "k4", "k5"];
        let listed: Vec<(&str, &str)> = keys.iter().zip(&texts).map(|(k, t)| (*k, t.as_str())).collect();
        let mut turned = listed.clone();
        turned.rotate_left(turn % listed.len());
        let mut back = listed.clone();
        back.reverse();
        let want = groups(&of(&listed, &Corrections::new()), &keys);
        for other in [turned, back] {
            let keys: Vec<&str> = other.iter().map(|(k, _)| *k).collect();
            prop_assert_eq!(&groups(&of(&other, &Corrections::new()), &keys), &want);
        }
    }
}
