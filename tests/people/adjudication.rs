//! From disagreement to gold: three people, their cases, and what is decided.

use super::desk::{Desk, file, start, text, words_at};
use variorum::adjudicate::{
    Case, CaseKind, Filter, Order, Outcome, State, cases, feedback, guideline_report, progress, queue,
    shuffled,
};
use variorum::merge::{ConflictKind, conflicts};
use variorum::model::{Attribution, AttributionType, Decision, How, Layer, Stance, TargetKind};
use variorum::store::{Command, MarkRole, Verdict};

/// The judge's desk, with what two annotators sent. Both found the first quotation with other ends, only Anna
/// the second, both the third alike; on «port» they differ.
fn judge() -> Desk {
    let mut begin = start();
    let port = variorum::model::Id::random(70);
    begin.run(Command::AddTarget { target: port.clone(), name: "Port".into(), kind: TargetKind::Issue });
    let [mut anna, mut boris] =
        [("a", 10), ("b", 11)].map(|(name, person)| Desk::open(&begin.project, name, person));
    anna.mark(1, "“We are not leaving,”", MarkRole::Content);
    anna.mark(2, "harbour", MarkRole::Content);
    anna.mark(3, "He left", MarkRole::Content);
    boris.mark(4, "We are not", MarkRole::Content);
    boris.mark(5, "He left", MarkRole::Content);
    anna.stance(&port, "favor");
    boris.stance(&port, "against");
    for desk in [&mut anna, &mut boris] {
        desk.finish(Layer::Attribution);
        desk.finish(Layer::Stance);
    }
    let mut judge = Desk::open(&begin.project, "j", 20);
    judge.pull(&anna.project);
    judge.pull(&boris.project);
    judge
}

fn verdict(case: &Case, outcome: Outcome, keep: &[usize]) -> Verdict {
    Verdict {
        members: case.records().cloned().collect(),
        outcome: outcome.as_str().into(),
        keep: keep.iter().map(|i| case.variants[*i].record.clone()).collect(),
        reason: Some("guideline_gap".into()),
        digest: case.digest.clone(),
        ..Verdict::default()
    }
}

fn gold(desk: &Desk) -> Vec<String> {
    let text = text();
    let of = desk.project.about::<Attribution>(&text);
    let of = of.filter(|a| a.made.how == How::Gold);
    of.map(|a| a.contents.get().iter().map(|c| c.exact.clone()).collect::<String>()).collect()
}

#[test]
fn cases_are_clusters_in_the_order_of_the_text() {
    let judge = judge();
    let found = cases(&judge.project);
    let kinds: Vec<_> = found.iter().map(|c| (c.layer.as_str(), c.kind)).collect();
    let wanted = [
        ("attribution", CaseKind::Label),
        ("attribution", CaseKind::OnlySome),
        ("attribution", CaseKind::AllAgree),
        ("stance", CaseKind::Label),
    ];
    // The first differs in its type, too: without its marks it looks indirect.
    assert_eq!(
        kinds,
        if found[0].kind == CaseKind::Boundary {
            [("attribution", CaseKind::Boundary), wanted[1], wanted[2], wanted[3]]
        } else {
            wanted
        }
    );
    assert_eq!(
        found[1].missing,
        [variorum::model::Id::<variorum::model::Person>::random(11).record().clone()]
    );
    assert_eq!(found[3].variants.iter().map(|v| &*v.label).collect::<Vec<_>>().len(), 2);
    let open = Filter { states: vec![State::Open], kinds: vec![CaseKind::OnlySome], ..Filter::default() };
    assert_eq!(queue(&found, &open, Order::Text), [1]);
    let stances = Filter { layer: Some(Layer::Stance), label: Some("favor".into()), ..Filter::default() };
    assert_eq!(queue(&found, &stances, Order::Text), [3]);
    assert_eq!(
        queue(&found, &Filter::default(), Order::Disagreement).last(),
        Some(&2),
        "the agreed one last"
    );
    let mut order = shuffled(&found[3], 7);
    assert_eq!(order, shuffled(&found[3], 7));
    order.sort_unstable();
    assert_eq!(order, [0, 1]);
}

#[test]
fn decisions_make_gold_and_change_nobodys_work() {
    let mut judge = judge();
    let found = cases(&judge.project);
    let before: Vec<String> = annotations(&judge);
    let mut own = verdict(&found[0], Outcome::Own, &[0]);
    own.contents = Some(vec![words_at("We are not leaving,")]);
    let verdicts = vec![
        own,
        verdict(&found[1], Outcome::None, &[]),
        verdict(&found[2], Outcome::Agreed, &[0]),
        verdict(&found[3], Outcome::Variant, &[1]),
    ];
    judge.run(Command::Decide { verdicts });
    assert_eq!(annotations(&judge), before);
    assert_eq!(gold(&judge), ["We are not leaving,", "He left"]);
    let found = cases(&judge.project);
    assert!(found.iter().all(|c| c.state == State::Decided), "{found:?}");
    assert_eq!(found.len(), 4, "gold is in no case");
    assert_eq!(progress(&found)[&text()].decided, 4);
    assert_eq!(judge.project.all::<Stance>().filter(|s| s.made.how == How::Gold).count(), 1);
    judge.undo();
    assert_eq!(gold(&judge), Vec::<String>::new(), "one step");
}

/// What the annotators have, without gold and decisions.
fn annotations(desk: &Desk) -> Vec<String> {
    let mut lines: Vec<String> = file(&desk.project).lines().map(str::to_owned).collect();
    lines.retain(|l| l.starts_with("\"att:") || l.starts_with("\"sta:"));
    lines.retain(|l| !l.contains("\"how\":\"gold\""));
    lines.iter().map(|l| l.trim_end_matches(',').to_owned()).collect()
}

#[test]
fn deciding_again_takes_the_place_of_the_earlier_decision() {
    let mut judge = judge();
    let found = cases(&judge.project);
    judge.run(Command::Decide { verdicts: vec![verdict(&found[0], Outcome::Variant, &[0])] });
    judge.run(Command::Decide { verdicts: vec![verdict(&found[0], Outcome::Both, &[0, 1])] });
    assert_eq!(gold(&judge).len(), 2);
    judge.run(Command::Decide { verdicts: vec![verdict(&found[0], Outcome::None, &[])] });
    assert_eq!(gold(&judge).len(), 0);
    assert_eq!(judge.project.all::<Decision>().count(), 1);
}

#[test]
fn a_decision_is_stale_when_what_it_was_based_on_changes() {
    let mut judge = judge();
    let found = cases(&judge.project);
    judge.run(Command::Decide { verdicts: vec![verdict(&found[2], Outcome::Agreed, &[0])] });
    let mut anna = Desk::open(&judge.project, "a2", 10);
    let attribution = found[2].members[0].record.typed::<Attribution>().unwrap();
    anna.run(Command::SetType { attribution, r#type: Some(AttributionType::Scare) });
    judge.pull(&anna.project);
    let now = cases(&judge.project);
    assert_eq!((now[2].state, now[2].kind), (State::Stale, CaseKind::Label));
    assert!(conflicts(&judge.project).iter().any(|c| c.kind == ConflictKind::StaleDecision));
    assert_eq!(gold(&judge), ["He left"], "the decision stays");
}

#[test]
fn two_adjudicators_who_differ_are_both_kept_and_named() {
    let mut one = judge();
    let mut other = Desk::open(&one.project, "k", 21);
    let found = cases(&one.project);
    one.run(Command::Decide { verdicts: vec![verdict(&found[0], Outcome::Variant, &[0])] });
    other.run(Command::Decide { verdicts: vec![verdict(&found[0], Outcome::Variant, &[1])] });
    one.pull(&other.project);
    assert!(conflicts(&one.project).iter().any(|c| c.kind == ConflictKind::TwoAdjudicators));
    assert_eq!(cases(&one.project)[0].state, State::Disputed);
    let mut same = judge();
    let mut again = Desk::open(&same.project, "k", 21);
    same.run(Command::Decide { verdicts: vec![verdict(&found[0], Outcome::Variant, &[0])] });
    again.run(Command::Decide { verdicts: vec![verdict(&found[0], Outcome::Variant, &[0])] });
    same.pull(&again.project);
    assert!(!conflicts(&same.project).iter().any(|c| c.kind == ConflictKind::TwoAdjudicators));
}

#[test]
fn annotators_hear_what_became_of_their_work_and_the_guidelines_what_they_leave_open() {
    let mut judge = judge();
    let found = cases(&judge.project);
    let favor = found[3].variants.iter().position(|v| v.label == "favor").unwrap();
    let verdicts = vec![
        verdict(&found[1], Outcome::Variant, &[0]),
        verdict(&found[2], Outcome::Agreed, &[0]),
        verdict(&found[3], Outcome::Variant, &[favor]),
    ];
    judge.run(Command::Decide { verdicts });
    let now = cases(&judge.project);
    let person = |n: u128| variorum::model::Id::<variorum::model::Person>::random(n).record().clone();
    let anna = feedback(&judge.project, &now, &person(10));
    assert_eq!((anna.upheld, anna.changed.len(), anna.missed.len()), (vec![1, 2, 3], 0, 0));
    let boris = feedback(&judge.project, &now, &person(11));
    assert_eq!((boris.upheld, boris.changed, boris.missed), (vec![2], vec![3], vec![1]));
    assert_eq!(boris.by_label["against"], (0, 1));
    assert_eq!(boris.reasons["guideline_gap"], 2);
    let report = guideline_report(&judge.project, &now);
    let stance = report.iter().find(|c| c.layer == "stance").unwrap();
    assert_eq!((&*stance.a, &*stance.b, stance.pairs, &stance.cases), ("against", "favor", 1, &vec![3]));
    assert_eq!(stance.reasons["guideline_gap"], 1);
}
