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
use variorum::model::{
    Anchor, Attribution, Content, Coverage, CoverageState, Dot, Entry, Id, Layer, Made, Part, Person,
    Project, ReplicaId, Stamp, Time,
};
use variorum::store::{Context, NewArticle, Replica, apply, decide, text_id};
use variorum::text::{Text, words};

/// The best of several runs, in milliseconds.
fn best<T>(runs: usize, mut work: impl FnMut() -> T) -> f64 {
    let time = |_| {
        let start = Instant::now();
        black_box(work());
        start.elapsed().as_secs_f64() * 1e3
    };
    (0..runs).map(time).fold(f64::INFINITY, f64::min)
}

/// Numbers that look random and are the same everywhere.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// The project that is handed out: so many articles of 400 words.
fn ground(articles: usize) -> (Project, Vec<Text>) {
    let mut chance = Chance(1);
    let syllables = ["ka", "lo", "mi", "ren", "tus", "sel", "pa", "dor"];
    let mut word = || (0..3).map(|_| syllables[chance.below(8) as usize]).collect::<String>();
    let texts: Vec<Text> =
        (0..articles).map(|_| Text::new((0..400).map(|_| word()).collect::<Vec<_>>().join(" "))).collect();
    let mut project = Project::new(Id::random(1));
    let mut replica = Replica::new(ReplicaId::new("ground"));
    let mut next = 0;
    let mut bits = || {
        next += 1;
        next
    };
    let mut context =
        Context { by: Id::random(2), on: Time::default(), replica: &mut replica, bits: &mut bits };
    let new = texts.iter().enumerate().map(|(i, text)| NewArticle {
        content: text.clone(),
        extractor: "bench".into(),
        origin: None,
        title: format!("Article {i}"),
        language: None,
        links: vec![],
        story: None,
        facts: variorum::model::Facts::default(),
        cleaning: None,
    });
    let command = variorum::store::Command::AddArticles { articles: new.collect() };
    let step = decide(&project, command, &mut context).expect("a sound command");
    apply(&mut project, &step);
    (project, texts)
}

/// One annotator's copy: forty spans in every article, all finished.
fn annotated(ground: &Project, texts: &[Text], who: u64) -> Project {
    let mut project = ground.clone();
    let replica = ReplicaId::new(&format!("r{who}"));
    let by: Id<Person> = Id::random(100 + u128::from(who));
    let mut chance = Chance(who + 7);
    let mut n = 0;
    let mut stamp = || {
        n += 1;
        Stamp { at: Dot(replica.clone(), n), by: by.clone(), on: Time::default() }
    };
    for (t, text) in texts.iter().enumerate() {
        let all = words(text, text.whole());
        for span in 0..40 {
            let from = span * 10;
            let to = from + 3 + chance.below(5) as usize;
            let place = variorum::text::Span::new(text, all[from].start().byte(), all[to].end().byte());
            let anchor = Anchor::of(text, place.expect("words")).expect("words");
            let mut body = Attribution::blank(text_id(text), Made::by_hand(true));
            body.contents = vec![Content::new(anchor, Part::Quoted)].into();
            let id: Id<Attribution> =
                Id::random(u128::from(who + 1) << 80 | (t as u128) << 20 | span as u128);
            project.merge_entry(id.record().clone(), Entry::new(stamp(), body));
        }
        let id: Id<Coverage> = Id::derived(&[by.as_str(), text_id(text).as_str(), "attribution"]);
        let mut done = Coverage::blank(by.clone(), text_id(text), Layer::Attribution);
        done.state = Some(CoverageState::Done).into();
        project.merge_entry(id.record().clone(), Entry::new(stamp(), done));
    }
    project
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

/// The value and the best time in milliseconds of the Python package on the same data.
fn python(data: &Ratings, level: &str) -> Option<(f64, f64)> {
    let script = "
import sys, time, numpy, krippendorff
d = numpy.array([[float(x) if x else numpy.nan for x in l.rstrip('\\n').split(',')] for l in sys.stdin])
best = 1e9
for _ in range(10):
    t = time.perf_counter()
    v = krippendorff.alpha(reliability_data=d, level_of_measurement=sys.argv[1])
    best = min(best, time.perf_counter() - t)
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
