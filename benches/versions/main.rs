//! Speed of comparison, as ratios and growth in one run: `cargo xtask bench`.

mod texts;

use std::hint::black_box;
use std::ops::ControlFlow;
use std::time::Instant;
use texts::{joined, monotonous, original, paraphrase, revision};
use variorum::text::Text;
use variorum::versions::compare::{Comparison, Side, compare};
use variorum::versions::difference::difference;
use variorum::versions::search::Index;

/// The best of several runs, in milliseconds: the one that was disturbed least.
fn best<T>(runs: usize, mut work: impl FnMut() -> T) -> f64 {
    let time = |_| {
        let start = Instant::now();
        black_box(work());
        start.elapsed().as_secs_f64() * 1e3
    };
    (0..runs).map(time).fold(f64::INFINITY, f64::min)
}

fn compared(a: &str, b: &str) -> Comparison {
    let (a, b) = (Side::new(Text::new(a)), Side::new(Text::new(b)));
    match compare(&a, &b, &mut |_| ControlFlow::Continue(())) {
        ControlFlow::Continue(found) => found,
        ControlFlow::Break(()) => unreachable!("nobody breaks it off"),
    }
}

/// The word difference of whole texts, beside the same words through `similar`.
fn words() {
    println!("word difference of whole texts");
    let time = |name: &str, n: usize, a: &str, b: &str| {
        let runs = if n > 100_000 { 1 } else { 5 };
        let ours = best(runs, || difference(a, b));
        let (wa, wb): (Vec<&str>, Vec<&str>) =
            (a.split_whitespace().collect(), b.split_whitespace().collect());
        let theirs = best(1, || similar::capture_diff_slices(similar::Algorithm::Myers, &wa, &wb));
        let kept = difference(a, b).kept * 100.0;
        println!(
            "  {n:6} words, {name}: {ours:7.2} ms ({kept:.0} % kept); `similar`, Myers on slices: {theirs:.2} ms"
        );
    };
    for n in [5_000, 50_000, 500_000] {
        let a = original(n, 1);
        let text = joined(&a);
        time("revision", n, &text, &joined(&revision(&a)));
        time("paraphrase", n, &text, &joined(&paraphrase(&a)));
    }
    for n in [5_000, 10_000, 20_000, 40_000] {
        time("worst: 8 words again and again", n, &few(n, 8, 1), &few(n, 8, 2));
        time("worst: nothing in common", n, &few(n, 1 << 30, 1), &few(n, 1 << 30, 2));
        time("worst: a period of 2 against one of 3", n, &"a b ".repeat(n / 2), &"b a a ".repeat(n / 3));
    }
}

/// Chance words out of so many.
fn few(n: usize, vocabulary: usize, seed: u64) -> String {
    let mut dice = texts::Dice::new(seed);
    (0..n).map(|_| format!("w{} ", dice.below(vocabulary))).collect()
}

/// Indexing a corpus and looking passages up in it, at growing sizes.
fn search() {
    println!("passage search: articles of about 640 words, one in four a paraphrase of another");
    let mut first = None;
    for count in [250, 500, 1_000, 2_000] {
        let texts: Vec<Text> = (0..count)
            .map(|k| match k % 4 {
                3 => Text::new(joined(&paraphrase(&original(640, k as u64 - 1)))),
                _ => Text::new(joined(&original(640, k as u64))),
            })
            .collect();
        let indexed = || {
            let mut index = Index::default();
            texts.iter().enumerate().for_each(|(k, text)| index.add(&k.to_string(), text));
            index
        };
        let time = best(3, indexed);
        let index = indexed();
        let (mut slowest, mut all, mut hits) = (0.0f64, 0.0, 0);
        for k in 0..100 {
            let source = original(640, (k * count / 100 / 4 * 4 + 2) as u64);
            let passage = source[k % source.len()].join(" ");
            let start = Instant::now();
            hits += usize::from(index.find(&passage).len() >= 2);
            let took = start.elapsed().as_secs_f64() * 1e3;
            (slowest, all) = (slowest.max(took), all + took);
        }
        let (from, at) = *first.get_or_insert((count, time));
        println!(
            "  {count:5} articles: indexed in {:.2} s; {:.0} × the articles, {:.1} × the time (n log n: {:.1} ×); a \
             passage: mean {:.1} ms, slowest {slowest:.1} ms, {hits} of 100 found in the copy too",
            time / 1e3,
            count as f64 / from as f64,
            time / at,
            n_log_n(count, from),
            all / 100.0
        );
    }
}

/// How many times as long work takes that grows with n log n.
fn n_log_n(n: usize, from: usize) -> f64 {
    let work = |n: usize| n as f64 * (n as f64).ln();
    work(n) / work(from)
}

/// Times of a comparison at growing sizes, and how they grow.
fn growth(name: &str, sizes: &[usize], pair: impl Fn(usize) -> (String, String)) {
    println!("comparison: {name}");
    let mut first = None;
    for &size in sizes {
        let (a, b) = pair(size);
        let time = best(if size > 10_000 { 1 } else { 5 }, || compared(&a, &b));
        let rows = compared(&a, &b).rows.len();
        let (from, at) = *first.get_or_insert((size, time));
        let (more, longer) = (size as f64 / from as f64, time / at);
        println!(
            "  {size:6} words: {time:8.1} ms, {rows} rows; {more:.0} × the words, {longer:.1} × the time (n log n: {:.1} ×)",
            n_log_n(size, from)
        );
    }
}

fn main() {
    // Cargo passes `--bench`; a plain word chooses.
    let wanted = std::env::args().skip(1).find(|a| !a.starts_with('-'));
    let runs = |name: &str| wanted.as_deref().is_none_or(|w| name.contains(w));
    if runs("words") {
        words();
    }
    if runs("search") {
        search();
    }
    if runs("compare") {
        growth("a revision (3 % of the words edited)", &[1_000, 4_000, 16_000], |n| {
            let a = original(n, 1);
            (joined(&a), joined(&revision(&a)))
        });
        growth(
            "a paraphrase (25 % of the words edited, 5 % of the sentences moved)",
            &[1_000, 2_000, 4_000, 8_000, 16_000, 50_000],
            |n| {
                let a = original(n, 1);
                (joined(&a), joined(&paraphrase(&a)))
            },
        );
        growth("another text out of the same stock of sentences", &[1_000, 4_000, 16_000], |n| {
            (joined(&original(n, 1)), joined(&original(n, 99)))
        });
        growth("the worst case: sentences that are all alike", &[1_000, 2_000, 4_000, 8_000], |n| {
            let a = monotonous(n, 7);
            let other =
                |(i, w): (usize, &str)| if i % 9 == 0 { "otherwise ".to_owned() } else { format!("{w} ") };
            let b: String = a.split(' ').enumerate().map(other).collect();
            (a, b)
        });
    }
}
