//! Tables as printed in the literature, with the values printed there.

use variorum::agreement::{self as ag, Distance, Ratings, Row, Statistic, kappa};

/// Units as columns of raters' rows, as reliability data are printed; `.` is missing.
fn table(categories: &str, rows: &[&str]) -> Ratings {
    let categories: Vec<String> = categories.split(' ').map(str::to_owned).collect();
    let raters: Vec<Vec<&str>> = rows.iter().map(|row| row.split_whitespace().collect()).collect();
    let units = raters[0].len();
    let cell = |rater: &Vec<&str>, unit: usize| categories.iter().position(|c| c == rater[unit]);
    let rows = (0..units).map(|unit| Row {
        unit: unit.to_string(),
        document: unit,
        cells: raters.iter().map(|rater| cell(rater, unit)).collect(),
    });
    let rows = rows.collect();
    let raters = (0..raters.len()).map(|i| i.to_string()).collect();
    Ratings { categories, raters, rows, documents: units }
}

fn assert_printed(found: &Statistic, printed: f64, digits: i32) {
    let value = found.value().unwrap();
    let slack = 0.5 * 10f64.powi(-digits) + 1e-9;
    assert!((value - printed).abs() <= slack, "{}: {value}, printed {printed}", found.name);
}

fn numbers(ratings: &Ratings) -> Vec<f64> {
    ratings.categories.iter().map(|c| c.parse().unwrap()).collect()
}

/// Krippendorff (2011), *Computing Krippendorff's Alpha-Reliability*, section C: four observers, twelve
/// units, missing data.
#[test]
fn krippendorffs_standard_example() {
    let data = table(
        "1 2 3 4 5",
        &[
            "1 2 3 3 2 1 4 1 2 . . .",
            "1 2 3 3 2 2 4 1 2 5 . 3",
            ". 3 3 3 2 3 4 2 2 5 1 .",
            "1 2 3 3 2 4 4 1 2 5 1 .",
        ],
    );
    assert_printed(&ag::alpha(&data, Distance::Nominal), 0.743, 3);
    assert_printed(&ag::alpha(&data, Distance::Ordinal), 0.815, 3);
    assert_printed(&ag::alpha(&data, Distance::Interval(numbers(&data))), 0.849, 3);
    assert_printed(&ag::alpha(&data, Distance::Ratio(numbers(&data))), 0.797, 3);
    assert_printed(&ag::percent_coincidence(&data), 0.8, 3);
    assert_printed(&kappa::percent(&data), 0.8182, 4);
}

/// Krippendorff (2011), section A: two observers, binary.
#[test]
fn krippendorffs_binary_example() {
    let data = table("0 1", &["0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"]);
    assert_printed(&ag::alpha(&data, Distance::Nominal), 0.095, 3);
}

/// Cohen (1960), p. 37, as a table of counts; and the same table for Scott's pi and Gwet's AC1.
#[test]
fn a_table_below_chance() {
    let counts = [[25, 12, 3], [13, 2, 15], [12, 16, 2]];
    let mut data = table("1 2 3", &["1", "1"]);
    data.rows.clear();
    for (i, row) in counts.iter().enumerate() {
        for (j, n) in row.iter().enumerate() {
            let row = Row { cells: vec![Some(i), Some(j)], ..Row::default() };
            data.rows.extend((0..*n).map(|_| row.clone()));
        }
    }
    assert_printed(&kappa::percent(&data), 0.29, 2);
    assert_printed(&kappa::cohen(&data, kappa::Weights::None), -0.0923, 4);
}

/// Fleiss (1971): 30 subjects, six raters, five diagnoses; kappa .430.
#[test]
fn fleiss_psychiatric_diagnoses() {
    let counts = "0 0 0 6 0|0 3 0 0 3|0 1 4 0 1|0 0 0 0 6|0 3 0 3 0|2 0 4 0 0|0 0 4 0 2|2 0 3 1 0|2 0 0 4 0|0 0 0 0 6|1 0 0 5 0|1 1 0 4 0|0 3 3 0 0|1 0 0 5 0|0 2 0 3 1|0 0 5 0 1|3 0 0 1 2|5 1 0 0 0|0 2 0 4 0|1 0 2 0 3|0 0 0 0 6|0 1 0 5 0|0 2 0 1 3|2 0 0 4 0|1 0 0 4 1|0 5 0 1 0|4 0 0 0 2|0 2 0 4 0|1 0 5 0 0|0 0 0 0 6";
    let mut data = table("1 2 3 4 5", &["1", "1", "1", "1", "1", "1"]);
    let row = |(i, counts): (usize, &str)| Row {
        unit: i.to_string(),
        document: i,
        cells: counts
            .split(' ')
            .enumerate()
            .flat_map(|(category, n)| vec![Some(category); n.parse().unwrap()])
            .collect(),
    };
    data.rows = counts.split('|').enumerate().map(row).collect();
    data.documents = data.rows.len();
    assert_printed(&kappa::fleiss(&data), 0.430, 3);
    assert_printed(&kappa::percent(&data), 0.5556, 4);
    assert_printed(&ag::alpha(&data, Distance::Nominal), 0.433, 3);
}

/// Krippendorff (2004), *Quality & Quantity* 38, figure 2, category c: alpha_U .7286.
#[test]
fn krippendorffs_unitizing_example() {
    let unit = |start: u32, end: u32| ag::Unit { start: start - 150, end: end - 150, label: 0 };
    let observers = vec![
        (0, vec![unit(225, 295), unit(370, 400)]),
        (1, vec![unit(220, 300), unit(355, 375), unit(400, 420)]),
    ];
    let units = ag::Units {
        labels: vec!["c".into()],
        annotators: vec!["a".into(), "b".into()],
        documents: vec![ag::Continuum { length: 300, observers, tokens: vec![] }],
    };
    let value = ag::alpha_u::alpha_u(&units).unwrap();
    assert!((value - 0.7286).abs() < 5e-5, "{value}");
}
