//! Every case of `../shared/oracles/agreement` whose measure is here.

use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use variorum::agreement::distance::{jaccard, masi};
use variorum::agreement::kappa::{self, Weights};
use variorum::agreement::span_f1::{Match, count, span_f1};
use variorum::agreement::{self as ag, Continuum, Distance, Ratings, Row, UAlpha, Unit, Units};
use variorum::agreement::{alpha_u, bootstrap};

fn cases(file: &str) -> Vec<Json> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/oracles/agreement").join(file);
    match std::fs::read_to_string(&path) {
        Ok(text) => serde_json::from_str::<Json>(&text).unwrap()["cases"].as_array().unwrap().clone(),
        Err(_) => {
            eprintln!("{} is not here: these cases were not looked at", path.display());
            Vec::new()
        }
    }
}

/// Compares with the case's expectations; measures that are not here are named and left out.
fn check(case: &Json, found: impl Fn(&str) -> Option<ag::Value>, seen: &mut BTreeMap<String, usize>) {
    for expect in case["expect"].as_array().unwrap() {
        let name = expect["measure"].as_str().unwrap();
        let Some(value) = found(name) else {
            *seen.entry(format!("(not here: {name})")).or_default() += 1;
            continue;
        };
        if expect.get("disputed").is_some() {
            continue;
        }
        *seen.entry(name.to_owned()).or_default() += 1;
        let tolerance = expect["tolerance"].as_f64().unwrap();
        let sound = match (expect["value"].as_f64(), value) {
            (Some(wanted), Ok(value)) => (wanted - value).abs() <= tolerance,
            (None, Err(_)) => true,
            _ => false,
        };
        assert!(sound, "{} {name}: wanted {}, got {value:?}", case["id"], expect["value"]);
    }
}

fn ratings(case: &Json) -> Ratings {
    let categories: Vec<String> =
        case["categories"].as_array().unwrap().iter().map(|c| c.as_str().unwrap().to_owned()).collect();
    let mut rows = Vec::new();
    if let Some(table) = case.get("table") {
        for (i, row) in table["counts"].as_array().unwrap().iter().enumerate() {
            for (j, n) in row.as_array().unwrap().iter().enumerate() {
                for _ in 0..n.as_u64().unwrap() {
                    rows.push(vec![Some(i), Some(j)]);
                }
            }
        }
    } else {
        for row in case["ratings"].as_array().unwrap() {
            let place = |c: &Json| categories.iter().position(|known| Some(&**known) == c.as_str());
            rows.push(row.as_array().unwrap().iter().map(place).collect());
        }
    }
    let raters = (0..rows[0].len()).map(|i| i.to_string()).collect();
    let documents = rows.len();
    let rows = rows.into_iter().enumerate();
    let rows = rows.map(|(document, cells)| Row { unit: document.to_string(), document, cells }).collect();
    Ratings { categories, raters, rows, documents }
}

fn measure(r: &Ratings, name: &str) -> Option<ag::Statistic> {
    let numbers = || r.categories.iter().map(|c| c.parse().unwrap_or(0.0)).collect::<Vec<f64>>();
    Some(match name {
        "percent_pairwise" => kappa::percent(r),
        "percent_coincidence" => ag::percent_coincidence(r),
        "alpha_nominal" => ag::alpha(r, Distance::Nominal),
        "alpha_ordinal" => ag::alpha(r, Distance::Ordinal),
        "alpha_interval" => ag::alpha(r, Distance::Interval(numbers())),
        "alpha_ratio" => ag::alpha(r, Distance::Ratio(numbers())),
        "cohen_kappa" => kappa::cohen(r, Weights::None),
        "weighted_kappa_linear" => kappa::cohen(r, Weights::Linear),
        "weighted_kappa_quadratic" => kappa::cohen(r, Weights::Quadratic),
        "scott_pi" => kappa::scott(r),
        "bennett_s" => kappa::bennett(r),
        "gwet_ac1" => kappa::gwet(r),
        "fleiss_kappa" | "fleiss_kappa_missing" => kappa::fleiss(r),
        "randolph_kappa" | "brennan_prediger" => kappa::brennan_prediger(r),
        "light_kappa" => kappa::light(r),
        "hubert_kappa" => kappa::hubert(r),
        _ => return None,
    })
}

#[test]
fn coding_of_units_by_categories() {
    let mut seen = BTreeMap::new();
    for file in ["coding-two-raters", "coding-many-raters", "coding-missing-values", "degenerate"] {
        for mut case in cases(&format!("{file}.json")) {
            let table = ratings(&case);
            // Expectations that are no single number are looked at by themselves.
            case["expect"].as_array_mut().unwrap().retain(|expect| {
                match expect["measure"].as_str().unwrap() {
                    "cohen_kappa_ci95_analytic" => {
                        let (low, high) = kappa::cohen_analytic(&table).unwrap();
                        let near = |found: f64, i: usize| {
                            (found - expect["value"][i].as_f64().unwrap()).abs() < 1e-6
                        };
                        assert!(near(low, 0) && near(high, 1), "{low} {high}");
                        false
                    }
                    "fleiss_kappa_per_category" => {
                        for (i, name) in table.categories.iter().enumerate() {
                            let found = kappa::fleiss_of_category(&table, i).value().unwrap();
                            assert!(
                                (found - expect["value"][name].as_f64().unwrap()).abs() < 1e-9,
                                "{name} {found}"
                            );
                        }
                        false
                    }
                    _ => true,
                }
            });
            check(&case, |name| measure(&table, name).map(|m| m.value()), &mut seen);
            for distance in [Distance::Ordinal, Distance::Nominal] {
                let straight = ag::alpha_value(&table, &distance);
                let added_up = ag::alpha(&table, distance).value();
                assert!(straight == added_up || (straight.unwrap() - added_up.unwrap()).abs() < 1e-12);
            }
        }
    }
    println!("{seen:?}");
    assert!(seen.keys().all(|name| !name.starts_with("(not here")), "{seen:?}");
}

#[test]
fn coding_of_units_by_sets_of_labels() {
    let mut seen = BTreeMap::new();
    for case in cases("set-valued.json") {
        let set = |cell: &Json| -> Option<BTreeSet<String>> {
            Some(cell.as_array()?.iter().map(|l| l.as_str().unwrap().to_owned()).collect())
        };
        let cells: Vec<Vec<Option<BTreeSet<String>>>> = case["ratings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row.as_array().unwrap().iter().map(set).collect())
            .collect();
        let sets: BTreeSet<BTreeSet<String>> = cells.iter().flatten().flatten().cloned().collect();
        let sets: Vec<BTreeSet<String>> = sets.into_iter().collect();
        let place = |cell: &Option<BTreeSet<String>>| sets.iter().position(|s| Some(s) == cell.as_ref());
        let table = Ratings {
            categories: sets.iter().map(|s| format!("{s:?}")).collect(),
            raters: (0..cells[0].len()).map(|i| i.to_string()).collect(),
            documents: cells.len(),
            rows: cells
                .iter()
                .enumerate()
                .map(|(document, row)| Row {
                    unit: String::new(),
                    document,
                    cells: row.iter().map(place).collect(),
                })
                .collect(),
        };
        let found = |name: &str| {
            let between = match name {
                "alpha_masi" => masi,
                "alpha_jaccard" => jaccard,
                _ => return None,
            };
            Some(ag::alpha(&table, Distance::of_sets(&sets, between)).value())
        };
        check(&case, found, &mut seen);
    }
    println!("{seen:?}");
}

fn unit(of: &Json, labels: &[String], begin: u64) -> Unit {
    let at = |i: usize| (of[i].as_u64().unwrap() - begin) as u32;
    let label = labels.iter().position(|l| Some(&**l) == of[2].as_str()).unwrap();
    Unit { start: at(0), end: at(1), label }
}

fn labels_in<'a>(all: impl Iterator<Item = &'a Json>) -> Vec<String> {
    let found: BTreeSet<String> = all.map(|u| u[2].as_str().unwrap().to_owned()).collect();
    found.into_iter().collect()
}

#[test]
fn spans_of_two_annotators() {
    let mut seen = 0;
    for case in cases("span-f1.json") {
        let list = |side: &str| case[side].as_array().unwrap().clone();
        let labels = labels_in(list("a").iter().chain(&list("b")));
        let side = |side: &str| list(side).iter().map(|u| unit(u, &labels, 0)).collect::<Vec<_>>();
        let tokens = case["tokens"].as_array().cloned().unwrap_or_default();
        let tokens: Vec<(u32, u32)> =
            tokens.iter().map(|t| (t[0].as_u64().unwrap() as u32, t[1].as_u64().unwrap() as u32)).collect();
        let observers = vec![(0, side("a")), (1, side("b"))];
        let mut units = Units {
            labels: labels.clone(),
            annotators: vec!["a".into(), "b".into()],
            documents: vec![Continuum { length: 1000, observers, tokens: tokens.clone() }],
        };
        units.tidy();
        for (name, expect) in case["expect"].as_object().unwrap() {
            let labelled = !name.ends_with("_unlabelled");
            let how = match name.trim_end_matches("_unlabelled") {
                "exact_f1" => Match::Exact,
                "overlap_f1" => Match::Overlap,
                "iou50_f1" => Match::HalfShared,
                "char_f1" => Match::Character,
                "token_f1" => Match::Token,
                other => panic!("{other} is not here"),
            };
            let found = span_f1(&units, how, labelled).value();
            let id = &case["id"];
            assert!(
                (found.unwrap() - expect["value"].as_f64().unwrap()).abs() < 1e-9,
                "{id} {name} {found:?}"
            );
            let observers = &units.documents[0].observers;
            let counts = count(&observers[0].1, &observers[1].1, &tokens, how, labelled);
            let wanted = ["matched", "n_a", "n_b"].map(|field| expect[field].as_u64().unwrap());
            assert_eq!([counts.matched, counts.a, counts.b], wanted, "{id} {name}");
            seen += 1;
        }
    }
    println!("{seen} values");
}

#[test]
fn stretches_of_a_text() {
    let mut seen = BTreeMap::new();
    for case in cases("unitizing-alpha.json") {
        let begin = case["continuum"]["begin"].as_u64().unwrap();
        let observers = case["observers"].as_array().unwrap();
        let labels = labels_in(observers.iter().flat_map(|o| o.as_array().unwrap()));
        let of = |(i, o): (usize, &Json)| {
            (i, o.as_array().unwrap().iter().map(|u| unit(u, &labels, begin)).collect::<Vec<_>>())
        };
        let document = Continuum {
            length: case["continuum"]["length"].as_u64().unwrap() as u32,
            observers: observers.iter().enumerate().map(of).collect(),
            tokens: vec![],
        };
        let annotators = (0..observers.len()).map(|i| i.to_string()).collect();
        let mut units = Units { labels: labels.clone(), annotators, documents: vec![document] };
        units.tidy();
        let found = |name: &str| {
            let (name, label) = name.split_once(':').unwrap_or((name, ""));
            let label = labels.iter().position(|l| l == label);
            Some(match (name, label) {
                ("alpha_u_1995", None) => alpha_u::alpha_u(&units),
                ("alpha_u_1995", Some(label)) => alpha_u::alpha_u_of_label(&units, label),
                ("u_alpha_2016", _) => ag::u_alpha(&units, UAlpha::All).value(),
                ("bu_alpha_2016", _) => ag::u_alpha(&units, UAlpha::UnitOrGap).value(),
                ("cu_alpha_2016", _) => ag::u_alpha(&units, UAlpha::Labels).value(),
                ("cu_coverage_2016", _) => ag::cu_coverage(&units).value(),
                ("ku_alpha_2016", Some(label)) => ag::u_alpha(&units, UAlpha::Label(label)).value(),
                ("ku_coverage_2016", Some(label)) => ag::ku_coverage(&units, label).value(),
                _ => return None,
            })
        };
        check(&case, found, &mut seen);
    }
    println!("{seen:?}");
    assert!(seen.keys().all(|name| !name.starts_with("(not here")), "{seen:?}");
}

#[test]
fn intervals_and_standard_errors() {
    let files = ["coding-two-raters", "coding-many-raters", "coding-missing-values"];
    let tables: Vec<Json> = files.iter().flat_map(|f| cases(&format!("{f}.json"))).collect();
    for case in cases("bootstrap.json") {
        let Some(table) = tables.iter().find(|t| t["id"] == case["id"]) else {
            eprintln!("the table of {} is not among the cases", case["id"]);
            continue;
        };
        let found = measure(&ratings(table), case["measure"].as_str().unwrap()).unwrap();
        let error = bootstrap::jackknife(&found).unwrap();
        assert!((error - case["jackknife_standard_error"]["value"].as_f64().unwrap()).abs() < 1e-6);
        let how = bootstrap::Resampling { resamples: 4_000, seed: 1 };
        let interval = bootstrap::interval(&found, how).unwrap();
        let tolerance = case["tolerance"].as_f64().unwrap();
        for (found, i) in [(interval.low, 0), (interval.high, 1)] {
            let wanted = case["percentile_95"][i].as_f64().unwrap();
            assert!((found - wanted).abs() <= tolerance, "{}: {found} for {wanted}", case["id"]);
        }
    }
}
