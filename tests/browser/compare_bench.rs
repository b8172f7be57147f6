//! The worker measured in Chromium beside jsdiff and diff-match-patch: `cargo xtask bench`. It prints, and
//! fails where a promise is broken.

use crate::harness::Page;
use serde_json::{Value, json};

/// Sends one question, packed as `src/ui/questions/` packs it, to a worker that has answered before, and
/// times the way there and back, copies and all. The answer's last eight bytes are handed on.
const ASK: &str = "const done = arguments[arguments.length - 1]; const [kind, texts, rounds] = arguments;
    const encoder = new TextEncoder();
    const number = (n, size) => Array.from({ length: size }, (_, i) => Math.floor(n / 256 ** i) % 256);
    const parts = [number(1, 4), number(kind, 4)];
    for (const part of texts) {
        if (typeof part === 'string') { const bytes = encoder.encode(part); parts.push(number(bytes.length, 8), bytes); }
        else parts.push(part);
    }
    const size = parts.reduce((n, part) => n + part.length, 0);
    const message = new Uint8Array(size); let at = 0;
    for (const part of parts) { message.set(part, at); at += part.length; }
    const worker = window.benchWorker ??= new Worker('worker.js', { type: 'module' });
    const once = () => new Promise((answered) => {
        const start = performance.now();
        worker.onmessage = ({ data }) => {
            const told = new DataView(data.buffer, data.byteOffset).getUint32(4, true);
            if (told === 1) answered([performance.now() - start, [...data.slice(-8)]]);
        };
        worker.postMessage(message);
    });
    (async () => { await once(); const times = []; let last;
        for (let i = 0; i < rounds; i++) { const [time, bytes] = await once(); times.push(time); last = bytes; }
        times.sort((a, b) => a - b); done([times[0], last]); })();";

/// Words that repeat as news does: few common, many rare. The same numbers on every machine.
struct Chance(u64);

impl Chance {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % below
    }

    fn word(&mut self) -> String {
        // The product of two numbers falls on small ones most often.
        let n = self.next(140) * self.next(140);
        format!("{}{}", ["an", "be", "co", "du", "el", "fi", "go", "ha"][n % 8], n / 8)
    }
}

fn sentences(words: usize) -> Vec<Vec<String>> {
    let mut chance = Chance(7);
    (0..words / 20).map(|_| (0..20).map(|_| chance.word()).collect()).collect()
}

/// A copy with so many of a hundred words changed and of a hundred sentences moved.
fn edited(text: &[Vec<String>], words: usize, moved: usize) -> Vec<Vec<String>> {
    let mut chance = Chance(11);
    let mut copy: Vec<Vec<String>> = text.to_vec();
    for word in copy.iter_mut().flatten() {
        if chance.next(100) < words {
            *word = format!("new{}", chance.next(20_000));
        }
    }
    for _ in 0..copy.len() * moved / 100 {
        let one = copy.remove(chance.next(copy.len()));
        copy.insert(chance.next(copy.len()), one);
    }
    copy
}

fn written(text: &[Vec<String>]) -> String {
    text.iter().map(|s| format!("{}.", s.join(" "))).collect::<Vec<_>>().join("\n")
}

fn ask(page: &Page, kind: u32, texts: Value, rounds: u32) -> f64 {
    page.run_async(ASK, vec![json!(kind), texts, json!(rounds)])[0].as_f64().unwrap()
}

#[test]
#[ignore = "a bench, run by `cargo xtask bench`"]
fn bench_word_difference_beside_jsdiff_and_diff_match_patch() {
    let (jsdiff, patch) = xtask::setup::differs::sources().unwrap_or_else(|failure| panic!("{failure}"));
    let page = Page::open("bench-difference");
    let text = sentences(50_000);
    for (name, words, moved) in [("light edits (3 %)", 3, 0), ("paraphrase (25 %, 5 % moved)", 25, 5)] {
        let (a, b) = (written(&text), written(&edited(&text, words, moved)));
        // `Question::Difference` is the sixth of its kind.
        let ours = ask(&page, 5, json!([a, b]), 5);
        // It stops by itself after so many milliseconds, and says so.
        let theirs = |limit: u32| {
            let script = format!(
                "const [a, b, limit] = arguments; var module, exports, define; {jsdiff};
                 const lib = typeof Diff === 'object' ? Diff : (globalThis.Diff ?? this.Diff);
                 const start = performance.now(); const found = lib.diffWords(a, b, {{ timeout: limit }});
                 return [performance.now() - start, !!found]"
            );
            page.run(&script, vec![json!(a), json!(b), json!(limit)])
        };
        let script = format!(
            "const [a, b] = arguments; const module = {{}}; {patch};
             const dmp = new module.exports(); dmp.Diff_Timeout = 6;
             const words = new Map(), codes = (text) => text.split(/(?<=\\s)/).map((w) => {{
                if (!words.has(w)) words.set(w, String.fromCharCode(words.size + (words.size > 55000 ? 2100 : 1)));
                return words.get(w); }}).join('');
             const start = performance.now(); dmp.diff_main(codes(a), codes(b), false);
             return performance.now() - start"
        );
        let jsdiff = theirs(6_000);
        let patch = page.run(&script, vec![json!(a), json!(b)]).as_f64().unwrap();
        let (time, whole) = (jsdiff[0].as_f64().unwrap(), jsdiff[1] == json!(true));
        let more = if whole { "" } else { "more than " };
        println!(
            "50,000 words, {name}: ours {ours:.0} ms with the way to the worker and back; jsdiff {more}{time:.0} ms, \
             {more}{:.1} times; diff-match-patch by words {patch:.0} ms, {:.1} times",
            time / ours,
            patch / ours
        );
        let least = if words > 10 { 10.0 } else { 1.0 };
        assert!(time / ours >= least, "{name}: jsdiff takes {:.2} times as long", time / ours);
        assert!(patch / ours >= least, "{name}: diff-match-patch takes {:.2} times as long", patch / ours);
    }
}

#[test]
#[ignore = "a bench, run by `cargo xtask bench`"]
fn bench_word_difference_in_bad_cases() {
    let page = Page::open("bench-difference-worst");
    let few = |n: usize, words: usize, seed: u64| -> String {
        let mut chance = Chance(seed);
        (0..n).map(|_| format!("w{} ", chance.next(words))).collect()
    };
    type Bad<'b> = (&'b str, &'b dyn Fn(usize) -> (String, String));
    let cases: [Bad; 3] = [
        ("eight words again and again", &|n| (few(n, 8, 1), few(n, 8, 2))),
        ("nothing in common", &|n| (few(n, 1 << 30, 1), few(n, 1 << 30, 2))),
        ("a period of two against one of three", &|n| ("a b ".repeat(n / 2), "b a a ".repeat(n / 3))),
    ];
    for (name, texts) in cases {
        let time = |n: usize| {
            let (a, b) = texts(n);
            ask(&page, 5, json!([a, b]), 7)
        };
        let (small, large) = (time(12_500), time(50_000));
        println!(
            "word difference, {name}: 12,500 words {small:.1} ms, 50,000 words {large:.1} ms; 4 times the words, {:.1} \
             times the time",
            large / small
        );
        assert!(large / small < 9.0, "{name} grows as a square");
    }
}

#[test]
#[ignore = "a bench, run by `cargo xtask bench`"]
fn bench_comparison_and_search_in_the_worker() {
    let page = Page::open("bench-compare");
    let text = sentences(1_000);
    let copy = edited(&text, 25, 5);
    // No date on either side, no corrections.
    let time = ask(&page, 0, json!([written(&text), [0], written(&copy), [0], [0, 0, 0, 0, 0, 0, 0, 0]]), 15);
    println!("full comparison of two 1,000-word texts, there and back: fastest of 15 {time:.1} ms");
    let corpus = sentences(600_000);
    let passage = corpus[12_345].join(" ");
    let count = 1_000_u64;
    let mut parts: Vec<Value> = vec![json!(count.to_le_bytes())];
    for (i, article) in corpus.chunks(30).enumerate() {
        parts.extend([json!(i.to_string()), json!(written(article))]);
    }
    parts.push(json!(passage));
    // The first round takes the articles in, the timed one takes them in again: one way or the other, once.
    let index = ask(&page, 4, json!(parts), 1);
    println!("index of 1,000 articles of 600 words: {index:.0} ms");
    let lookup = ask(&page, 4, json!([[0, 0, 0, 0, 0, 0, 0, 0], passage]), 15);
    println!("a sentence looked up in them: fastest of 15 {lookup:.1} ms");
    assert!(index < 20_000.0 && lookup < 50.0 && time < 30.0);
}
