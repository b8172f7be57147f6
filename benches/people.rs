//! Speed of working together: merging, intervals of agreement, conflicts. Times are of this machine; where the
//! Python package `krippendorff` can be imported (`PYTHON` names the interpreter), the ratio to it.

use std::hint::black_box;
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Instant;
use variorum::adjudicate::cases;
use variorum::agreement::bootstrap::{Resampling, interval};
use variorum::agreement::{Distance, Ratings, Row, Settings, alpha, alpha_value, report};
use variorum::codecs::project_file;
use variorum::merge::merge;
use variorum::model::Project;

#[path = "../tests/people/scale.rs"]
mod scale;

use scale::{Chance, annotated, ground};

/// Milliseconds this process has spent computing, where the system tells (Linux): on a machine with other work
/// a clock would measure that work, too.
fn computed() -> Option<f64> {
    let told = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    Some(told.split(' ').next()?.parse::<f64>().ok()? / 1e6)
}

/// The best of several runs, in milliseconds: of computing where the system tells that, else by the clock.
fn best<T>(runs: usize, mut work: impl FnMut() -> T) -> f64 {
    let time = |_| {
        let (start, before) = (Instant::now(), computed());
        black_box(work());
        let by_clock = start.elapsed().as_secs_f64() * 1e3;
        // The system tells it in steps of some milliseconds; what is short is mostly not interrupted.
        let told = computed().zip(before).filter(|_| by_clock > 40.0);
        told.map_or(by_clock, |(after, before)| after - before)
    };
    (0..runs).map(time).fold(f64::INFINITY, f64::min)
}

/// Judgements of 500 documents with a unit each, by ten raters, a tenth missing.
fn ratings(documents: usize) -> Ratings {
    let mut chance = Chance(3);
    let rows = (0..documents).map(|document| {
        let truth = chance.below(5);
        let cells = (0..10).map(|_| match chance.below(10) {
            0 => None,
            1..=3 => Some(chance.below(5) as usize),
            _ => Some(truth as usize),
        });
        Row { unit: String::new(), document, cells: cells.collect() }
    });
    let rows = rows.collect();
    let names = |n: usize| (0..n).map(|i| i.to_string()).collect();
    Ratings { categories: names(5), raters: names(10), rows, documents }
}

fn main() {
    println!("merging 10 annotators × 500 articles × 40 spans");
    let (ground, texts) = ground(500);
    let files: Vec<Project> = (0..10).map(|who| annotated(&ground, &texts, who)).collect();
    let others: Vec<(&str, &Project)> = files.iter().map(|file| ("", file)).collect();
    let join = best(3, || {
        let mut all = ground.clone();
        files.iter().for_each(|file| all.join(file));
        all
    });
    println!("  joining: {join:.0} ms");
    let whole = best(2, || merge(("", &ground), &others).expect("one project"));
    println!("  joining with preview and conflicts: {whole:.0} ms");
    let merged = merge(("", &ground), &others).expect("one project").project;
    println!(
        "  ({} records, {:.0} MB as a file)",
        merged.len(),
        project_file::write(&merged).len() as f64 / 1e6
    );
    let conflicts = best(2, || variorum::merge::conflicts(&merged));
    println!("  of that the conflicts: {conflicts:.0} ms");
    let again = best(2, || merge(("", &merged), &others).expect("one project"));
    println!("  the same files once more: {again:.0} ms");
    println!(
        "  agreement on attributions, 45 pairs, with intervals: {:.0} ms",
        best(1, || { report(&merged, Some("attribution"), &Settings::default()) })
    );
    println!("  all cases: {:.0} ms", best(1, || cases(&merged)));

    println!("alpha of 500 documents, 10 raters");
    let data = ratings(500);
    let once = best(20, || alpha_value(&data, &Distance::Nominal));
    println!("  once: {once:.3} ms");
    let nominal = alpha(&data, Distance::Nominal);
    let thousand = best(5, || interval(&nominal, Resampling::default()));
    println!("  1,000 resamples: {thousand:.1} ms");
    let ordinal = alpha(&data, Distance::Ordinal);
    println!("  1,000 resamples, ordinal: {:.1} ms", best(5, || interval(&ordinal, Resampling::default())));
    for (level, distance) in [("nominal", Distance::Nominal), ("ordinal", Distance::Ordinal)] {
        let ours = best(20, || alpha_value(&data, &distance));
        match python(&data, level) {
            Some((value, theirs)) => {
                let same = alpha_value(&data, &distance).expect("defined");
                assert!((value - same).abs() < 1e-9, "{value} {same}");
                println!(
                    "  the Python package krippendorff, {level}: {theirs:.2} ms, {:.0} × ours",
                    theirs / ours
                );
            }
            None => println!("  (the Python package krippendorff is not here: no comparison)"),
        }
    }
}

/// The value and the best time in milliseconds of the Python package on the same data: of one call, computing
/// alone, without starting Python, importing the package or reading the table.
fn python(data: &Ratings, level: &str) -> Option<(f64, f64)> {
    let script = "
import sys, time, numpy, krippendorff
d = numpy.array([[float(x) if x else numpy.nan for x in l.rstrip('\\n').split(',')] for l in sys.stdin])
best = 1e9
for _ in range(30):
    t = time.process_time()
    v = krippendorff.alpha(reliability_data=d, level_of_measurement=sys.argv[1])
    best = min(best, time.process_time() - t)
print(v, best * 1e3)
";
    let interpreter = std::env::var("PYTHON").unwrap_or_else(|_| "python3".into());
    let mut child = Command::new(interpreter)
        .args(["-c", script, level])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let cell = |row: &Row, rater: usize| row.cells[rater].map(|c| c.to_string()).unwrap_or_default();
    let line = |rater: usize| data.rows.iter().map(|row| cell(row, rater)).collect::<Vec<_>>().join(",");
    let table: String = (0..data.raters.len()).map(|rater| line(rater) + "\n").collect();
    // A Python without the package ends before it has read everything.
    let _ = child.stdin.take()?.write_all(table.as_bytes());
    let out = child.wait_with_output().ok()?;
    let text = String::from_utf8(out.stdout).ok()?;
    let (value, time) = text.trim().split_once(' ')?;
    Some((value.parse().ok()?, time.parse().ok()?))
}
