//! Agreement in a project: three people, planned differences, numbers worked out by hand.

use super::desk::{Desk, start};
use variorum::agreement::{LayerReport, Settings, Undefined, methods, report};
use variorum::model::{Alias, Dot, Entry, Id, Layer, Project, ReplicaId, Stamp, Target, TargetKind, Time};
use variorum::store::{Command, MarkRole};

/// Anna and Boris finish both layers; Cleo stances only. On «port» Anna and Boris agree, Cleo differs; on
/// «mayor» Anna speaks, the others do not.
fn three() -> [Desk; 3] {
    let mut begin = start();
    let [port, mayor] = [port(), mayor()];
    begin.run(Command::AddTarget { target: port.clone(), name: "Port".into(), kind: TargetKind::Issue });
    begin.run(Command::AddTarget { target: mayor.clone(), name: "Mayor".into(), kind: TargetKind::Entity });
    let open = |name: &str, person| Desk::open(&begin.project, name, person);
    let [mut anna, mut boris, mut cleo] = [open("a", 10), open("b", 11), open("c", 12)];
    anna.stance(&port, "favor");
    boris.stance(&port, "favor");
    cleo.stance(&port, "against");
    anna.stance(&mayor, "against");
    anna.mark(1, "“We are not leaving,”", MarkRole::Content);
    anna.mark(1, "Olena Їжак", MarkRole::Source);
    anna.mark(2, "the “harbour” stays", MarkRole::Content);
    boris.mark(3, "We are not leaving,", MarkRole::Content);
    boris.mark(3, "Olena Їжак", MarkRole::Source);
    for desk in [&mut anna, &mut boris, &mut cleo] {
        desk.finish(Layer::Stance);
    }
    anna.finish(Layer::Attribution);
    boris.finish(Layer::Attribution);
    [anna, boris, cleo]
}

fn port() -> Id<Target> {
    Id::random(70)
}

fn mayor() -> Id<Target> {
    Id::random(71)
}

fn joined(desks: &[Desk]) -> Project {
    let mut all = desks[0].project.clone();
    desks[1..].iter().for_each(|desk| all.join(&desk.project));
    all
}

fn layer(project: &Project, name: &str, settings: &Settings) -> LayerReport {
    report(project, Some(name), settings).into_iter().find(|l| l.layer == name).unwrap()
}

fn value(report: &LayerReport, name: &str) -> Result<f64, Undefined> {
    report.measures.iter().find(|m| m.name == name).unwrap_or_else(|| panic!("{name}")).value
}

fn near(found: Result<f64, Undefined>, wanted: f64) {
    assert!((found.unwrap() - wanted).abs() < 1e-9, "{found:?} for {wanted}");
}

#[test]
fn stances_by_those_who_finished() {
    let all = joined(&three());
    let found = layer(&all, "stance", &Settings::default());
    assert_eq!((found.units, found.documents.len(), found.annotators.len()), (2, 1, 3));
    // Port: one pair of three agrees. Mayor: Boris and Cleo agree on saying nothing.
    near(value(&found, "percent_pairwise"), 1.0 / 3.0);
    // Favor 2, against 2, not stated 2 of six; four disagreeing pairs of six ordered by halves: Do 4/6, De
    // 24/30.
    near(value(&found, "krippendorff_alpha"), 1.0 - (4.0 / 6.0) / (24.0 / 30.0));
    assert_eq!(value(&found, "cohen_kappa"), Err(Undefined::TwoRatersOnly(3)));
}

#[test]
fn spans_types_speakers_and_links() {
    let all = joined(&three());
    let found = layer(&all, "attribution", &Settings::default());
    assert_eq!(found.annotators.len(), 2, "Cleo did not finish this layer");
    // Anna three spans, Boris two; the sources are the same, the first contents overlap.
    near(value(&found, "span_f1_exact"), 2.0 / 5.0);
    near(value(&found, "span_f1_overlap"), 4.0 / 5.0);
    let trimmed = Settings { trim_edges: true, ..Settings::default() };
    near(value(&layer(&all, "attribution", &trimmed), "span_f1_exact"), 4.0 / 5.0);
    let types = layer(&all, "attribution.type", &Settings::default());
    near(value(&types, "matched_share"), 2.0 / 3.0);
    near(value(&types, "percent_pairwise"), 1.0);
    assert_eq!(value(&types, "krippendorff_alpha"), Err(Undefined::NoVariation));
    // Each made a source of her own; they are two until somebody says otherwise.
    near(value(&layer(&all, "attribution.speaker", &Settings::default()), "percent_pairwise"), 0.0);
    let links = layer(&all, "attribution.links", &Settings::default());
    near(value(&links, "link_f1_end_to_end"), 1.0);
    near(value(&links, "link_f1_given_ends"), 1.0);
}

#[test]
fn aliased_people_are_one_coder_and_aliased_sources_one_source() {
    let desks = three();
    let mut all = joined(&desks);
    let sources: Vec<_> = all.all::<variorum::model::Source>().map(|s| s.id().record().clone()).collect();
    assert_eq!(sources.len(), 2);
    alias(&mut all, sources[0].clone(), sources[1].clone());
    near(value(&layer(&all, "attribution.speaker", &Settings::default()), "percent_pairwise"), 1.0);
    alias(&mut all, desks[0].by.record().clone(), desks[1].by.record().clone());
    let found = layer(&all, "stance", &Settings::default());
    assert_eq!(found.annotators.len(), 2);
    near(value(&found, "percent_pairwise"), 0.0);
    let none = layer(&all, "attribution", &Settings::default());
    assert_eq!(value(&none, "span_f1_exact"), Err(Undefined::NothingFinished));
}

fn alias(project: &mut Project, a: variorum::model::RecordId, b: variorum::model::RecordId) {
    let id: Id<Alias> = Id::derived(&[a.as_str(), b.as_str()]);
    let made = Stamp { at: Dot(ReplicaId::new(a.as_str()), 1), by: Id::random(1), on: Time::default() };
    project.merge_entry(
        id.record().clone(),
        Entry::new(made, Alias { same: true.into(), ..Alias::blank(a, b) }),
    );
}

#[test]
fn who_saw_others_work_is_left_out_where_only_blind_work_counts() {
    let [anna, boris, mut cleo] = three();
    cleo.run(Command::SetStance {
        text: super::desk::text(),
        holder: variorum::model::Holder::Article,
        target: mayor(),
        attribution: None,
        value: Some(variorum::store::label_id("favor", "none")),
        blind: false,
    });
    let all = joined(&[anna, boris, cleo]);
    let blind = Settings { blind_only: true, ..Settings::default() };
    let found = layer(&all, "stance", &blind);
    assert_eq!((found.annotators.len(), found.left_out.not_blind), (2, 1));
    near(value(&found, "percent_pairwise"), 0.5);
    assert_eq!(layer(&all, "stance", &Settings::default()).annotators.len(), 3);
}

#[test]
fn the_methods_paragraph_says_the_settings_and_the_numbers() {
    let all = joined(&three());
    let settings = Settings { trim_edges: true, ..Settings::default() };
    let text = methods::methods(&report(&all, Some("stance"), &settings), &settings);
    for part in [
        "2 units in 1 text by 3 annotators",
        "alpha (nominal",
        "0.167",
        "edges of spans were ignored",
        "1000 resamples, seed 1",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn sets_of_defects_and_of_speakers_are_compared_by_masi_and_jaccard() {
    let [mut anna, mut boris, _] = three();
    boris.mark(4, "the “harbour” stays", MarkRole::Content);
    for (desk, id, defects) in [
        (&mut anna, 1, "[\"mark_missing_close\",\"mark_spacing\"]"),
        (&mut boris, 3, "[\"mark_missing_close\"]"),
    ] {
        let record = Id::<variorum::model::Attribution>::random(id).record().clone();
        let value = variorum::model::Json::read(defects).unwrap();
        assert!(desk.run(Command::SetField { record, field: "defects", value }));
    }
    let all = joined(&[anna, boris]);
    let found = layer(&all, "attribution.defects", &Settings::default());
    // {a, b} against {a}, and twice nothing: of four judgements one disagreeing pair at distance d, expected
    // 2 d + 8 of twelve, so that alpha is 1 - 6 d / (2 d + 8); d is 2/3 by MASI, 1/2 by Jaccard.
    near(value(&found, "percent_pairwise"), 0.5);
    near(value(&found, "krippendorff_alpha_masi"), 4.0 / 7.0);
    near(value(&found, "krippendorff_alpha_jaccard"), 2.0 / 3.0);
    near(value(&found, "krippendorff_alpha:mark_spacing"), 0.0);
    near(value(&found, "krippendorff_alpha:mark_missing_close"), 1.0);
    near(value(&found, "matched_share"), 1.0);
    assert!(found.measures.iter().all(|m| m.name != "cohen_kappa"), "no kappa on joined labels");
    let speakers = layer(&all, "attribution.speaker", &Settings::default());
    assert!(value(&speakers, "krippendorff_alpha_masi").is_ok());
}
