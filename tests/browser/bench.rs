//! Measurements in Chromium: `cargo xtask bench`. They print; they fail only where nothing could be measured.

use crate::harness::Page;
use serde_json::json;

/// Milliseconds since the page was asked for at which its largest content, the article, was painted.
const PAINTED: &str = "const done = arguments[arguments.length - 1];
    new PerformanceObserver((list) => {
        const largest = list.getEntries().at(-1);
        done([largest.startTime, largest.element?.closest('.page') !== null]);
    }).observe({ type: 'largest-contentful-paint', buffered: true });";

#[test]
#[ignore = "a bench, run by `cargo xtask bench`"]
fn bench_from_navigation_to_the_first_readable_article() {
    let page = Page::open("bench-open");
    page.find("#open-sample").click();
    page.wait_until("the article opens", || page.find_all(".card").len() > 20);
    let mut times: Vec<f64> = (0..7)
        .map(|_| {
            page.reload();
            page.wait_until("the article is there", || !page.find_all("#page-text p").is_empty());
            let found = page.run_async(PAINTED, vec![]);
            assert_eq!(found[1], true, "the largest content is the article");
            found[0].as_f64().unwrap()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!(
        "from navigation to the article, warm, 7 times: median {:.0} ms, slowest {:.0} ms",
        times[3], times[6]
    );
}

#[test]
#[ignore = "a bench, run by `cargo xtask bench`"]
fn bench_marking_a_quotation() {
    let page = Page::open("bench-mark");
    page.find("#open-sample").click();
    page.wait_until("the article opens", || page.find_all(".card").len() > 20);
    // From the key press to the frame after the one in which the mark is painted.
    let measure = "const done = arguments[arguments.length - 1];
        const start = performance.now();
        document.dispatchEvent(new KeyboardEvent('keydown', { key: 'q', code: 'KeyQ', bubbles: true }));
        requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));";
    let words =
        ["ferry", "island", "harbour", "said", "minister", "crew", "company", "route", "boat", "winter"];
    let mut times = Vec::new();
    for word in words {
        if !page.find("#page-text").text().contains(word) {
            continue;
        }
        page.press("Escape");
        page.select("#page-text", word);
        times.push(page.run_async(measure, vec![]).as_f64().unwrap());
    }
    assert!(times.len() >= 5, "there was something to mark");
    times.sort_by(f64::total_cmp);
    println!(
        "from key to painted mark, {} times: median {:.0} ms, slowest {:.0} ms",
        times.len(),
        times[times.len() / 2],
        times[times.len() - 1]
    );
}

/// From a key press to the first task after the frame in which its effect is painted, in milliseconds.
const KEY: &str = "const [key, code, done] = [arguments[0], arguments[1], arguments[arguments.length - 1]];
    const start = performance.now();
    document.dispatchEvent(new KeyboardEvent('keydown', { key, code, bubbles: true }));
    requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => done(performance.now() - start);
        channel.port2.postMessage(0);
    });";

impl Page {
    /// How many milliseconds the page's own thread has worked so far, whatever else the machine was doing.
    fn worked(&self) -> f64 {
        let all = self.devtools("Performance.getMetrics", json!({}));
        let metrics = all["metrics"].as_array().cloned().unwrap_or_default();
        let named = metrics.iter().find(|metric| metric["name"] == "TaskDuration");
        named.and_then(|metric| metric["value"].as_f64()).unwrap_or_default() * 1_000.0
    }

    /// The bytes of WebAssembly memory in the page, once [`KEEP_MEMORIES`] ran before all else.
    fn wasm_memory(&self) -> f64 {
        let sum = "return window.memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0)";
        self.run(sum, vec![]).as_f64().unwrap_or_default()
    }
}

/// Keeps the memories of the programs that are loaded, so that they can be measured.
const KEEP_MEMORIES: &str = "window.memories = [];
    for (const name of ['instantiate', 'instantiateStreaming']) {
        const real = WebAssembly[name];
        WebAssembly[name] = async (...all) => {
            const made = await real.apply(WebAssembly, all);
            const memory = (made.instance ?? made).exports.memory;
            if (memory && !window.memories.includes(memory)) window.memories.push(memory);
            return made;
        };
    }";

/// Does something several times and prints how long it took, beside its goal; and how long the page's thread worked
/// for it, which is the same on a machine that does other things too.
fn measured(page: &Page, what: &str, goal: f64, times: usize, mut once: impl FnMut(usize) -> f64) {
    let before = page.worked();
    let all: Vec<f64> = (0..times).map(&mut once).collect();
    let worked = (page.worked() - before) / times as f64;
    let (at_95, words) = told(all);
    let met = if at_95 < goal { "met" } else { "NOT met" };
    println!(
        "{what}, {times} times: {words}; the thread worked {worked:.0} ms each; goal {goal:.0} ms: {met}"
    );
}

/// The value below which 95 of 100 are, the middle one and the largest.
fn told(mut times: Vec<f64>) -> (f64, String) {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() as f64 * share).ceil() as usize).clamp(1, times.len()) - 1];
    let words =
        format!("median {:.0} ms, 95th percentile {:.0} ms, slowest {:.0} ms", at(0.5), at(0.95), at(1.0));
    (at(0.95), words)
}

#[test]
#[ignore = "a bench, run by `cargo xtask bench`"]
fn bench_a_long_article_with_five_thousand_attributions() {
    let page = Page::open("bench-long");
    page.before_all(KEEP_MEMORIES);
    page.reload();
    let file = page.file("long.variorum.json", &crate::long::file());
    page.find("#file-input").choose(&[&file]);
    let start = std::time::Instant::now();
    let opened = || !page.find_all(".version .open, #page-text").is_empty();
    while !opened() {
        assert!(start.elapsed().as_secs() < 120, "the file opens");
    }
    println!("the long project was read from its file within {:.1} s", start.elapsed().as_secs_f64());
    // From the click in the library to the text, laid out and painted.
    page.devtools("Performance.enable", json!({ "timeDomain": "threadTicks" }));
    measured(&page, "100,000 words, 5,000 attributions: to the readable text", 1_000.0, 7, |_| {
        page.find(".brand").click();
        page.wait_until("the library is there", || !page.find_all(".version .open").is_empty());
        let took = page.run_async(
            "const done = arguments[arguments.length - 1];
             const start = performance.now();
             document.querySelector('.version .open').click();
             const look = () => document.querySelector('#page-text p')
                ? requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)))
                : requestAnimationFrame(look);
             look();",
            vec![],
        );
        page.wait_until("its marks are painted", || {
            page.run("return document.querySelectorAll('#page-text mark.content').length >= 5000", vec![])
                == true
        });
        took.as_f64().unwrap()
    });
    let press = |key: &str, code: &str| page.run_async(KEY, vec![key.into(), code.into()]).as_f64().unwrap();
    page.find("#page-text").click();
    let move_by = |key: &'static str| move |_: usize| press(key, key);
    measured(&page, "the caret goes a word further", 50.0, 40, move_by("ArrowRight"));
    measured(&page, "the caret goes a sentence further", 50.0, 40, move_by("ArrowDown"));
    measured(&page, "the next card has the focus", 50.0, 40, |_| press("j", "KeyJ"));
    press("Escape", "Escape");
    // Words all over the text that no attribution has.
    let select = |paragraph: usize, to_sight: bool| {
        page.run_async(
            "const [n, toSight, done] = arguments;
             const p = document.querySelectorAll('#page-text p')[n];
             const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
             let node;
             while ((node = walker.nextNode())) { if (node.data.length > 60) break; }
             if (toSight) p.scrollIntoView({ block: 'center' });
             getSelection().setBaseAndExtent(node, 10, node, 40);
             setTimeout(done, toSight ? 400 : 0);",
            vec![paragraph.into(), to_sight.into()],
        );
    };
    for (what, first, to_sight) in [
        ("a quotation is marked where it is read", 1, true),
        ("a quotation is marked far from what is in sight", 16, false),
    ] {
        measured(&page, what, 50.0, 40, |n| {
            press("Escape", "Escape");
            select(n * 31 + first, to_sight);
            press("q", "KeyQ")
        });
    }
    measured(&page, "it is taken back", 50.0, 20, |_| {
        let script = KEY.replace("bubbles: true", "bubbles: true, ctrlKey: true");
        page.run_async(&script, vec!["z".into(), "KeyZ".into()]).as_f64().unwrap()
    });
    let heap =
        page.run("return [performance.memory.usedJSHeapSize, document.querySelectorAll('*').length]", vec![]);
    println!(
        "heap of the page {:.0} MB, WebAssembly memory {:.0} MB, {} elements",
        heap[0].as_f64().unwrap() / 1e6,
        page.wasm_memory() / 1e6,
        heap[1]
    );
    // Words far below are found although they are not laid out.
    page.press("/");
    page.type_text("boat number 1249");
    page.wait_for_text("4 places");
}

/// Presses the key that marks a quotation; waits until the page shows the mark and says that it is saved. Gives the
/// milliseconds until it says so.
const MARK: &str = "const done = arguments[arguments.length - 1];
    const word = document.querySelector('#save-state');
    const cards = document.querySelectorAll('.card').length;
    window.sizes = [];
    performance.mark('key');
    const start = performance.now();
    const check = () => {
        if (word.textContent === 'Saved' && document.querySelectorAll('.card').length > cards) {
            observer.disconnect();
            clearInterval(timer);
            done(performance.now() - start);
        }
    };
    const observer = new MutationObserver(check);
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    const timer = setInterval(check, 50);
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'q', code: 'KeyQ', bubbles: true }));";

/// Opens a large project from its file.
fn open_big(page: &Page, articles: usize, attributions: usize) {
    let text = crate::big::project(articles, attributions);
    println!(
        "the file: {} articles, {} attributions, {} MB",
        articles,
        articles * attributions,
        text.len() >> 20
    );
    let file = page.file("big.json", text.as_bytes());
    let start = std::time::Instant::now();
    page.find("#file-input").choose(&[&file]);
    while page.find_all(".version").len() < articles.min(100) {
        assert!(start.elapsed().as_secs() < 180, "it opens");
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
    println!("  taken in and in the list after {} ms", start.elapsed().as_millis());
}

/// Notes the sizes of the values that the page writes to its database.
const SIZES: &str = "window.sizes = [];
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (value, key) {
        window.sizes.push(String(value).length);
        return put.call(this, value, key);
    };";

/// The bare floor of this machine: values of the same sizes put into a database of their own, strictly, in one
/// transaction, while nothing else happens in the page.
const FLOOR: &str = "const [sizes, done] = [arguments[0], arguments[arguments.length - 1]];
    const open = indexedDB.open('floor', 1);
    open.onupgradeneeded = () => ['a', 'b', 'c'].forEach((name) => open.result.createObjectStore(name));
    open.onsuccess = () => {
        performance.mark('floor');
        const transaction = open.result.transaction(['a', 'b', 'c'], 'readwrite', { durability: 'strict' });
        sizes.forEach((size, i) =>
            transaction.objectStore('abc'[i % 3]).put('x'.repeat(size), `${performance.now()}/${i}`));
        transaction.commit();
        transaction.oncomplete = () => { open.result.close(); done(); };
    };";

/// For each mark of that name in the browser's own notes, the milliseconds from it to the end of the first event of
/// the other name after it and before the next mark of any name.
fn after(notes: &[serde_json::Value], mark: &str, event: &str) -> Vec<f64> {
    let of = |names: &[&str], category: &str| {
        let fits = |e: &&serde_json::Value| {
            names.iter().any(|name| e["name"] == *name)
                && e["cat"].as_str().is_some_and(|cat| cat.contains(category))
        };
        let end = |e: &serde_json::Value| e["ts"].as_f64().unwrap() + e["dur"].as_f64().unwrap_or(0.0);
        let mut times: Vec<f64> = notes.iter().filter(fits).map(end).collect();
        times.sort_by(f64::total_cmp);
        times
    };
    let (events, marks) = (of(&[event], "IndexedDB"), of(&["key", "floor"], "user_timing"));
    let next = |mark: f64| {
        let until = marks.iter().copied().find(|other| *other > mark).unwrap_or(f64::INFINITY);
        let found = events.iter().find(|at| **at > mark && **at < until);
        found.map(|at| (at - mark) / 1000.0)
    };
    of(&[mark], "user_timing").into_iter().filter_map(next).collect()
}

fn median(all: &[f64]) -> f64 {
    let mut all = all.to_vec();
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

/// When the page asks for a transaction, and when the browser's own process has one on the disk: what it says to the
/// page then is heard there only after the page has painted.
const BEGUN: &str = "IDBDatabase::transaction";
const ON_DISK: &str = "Transaction::CommitPhaseTwo.TransactionCompleteCallbacks";

#[test]
#[ignore = "a bench, run by `cargo xtask bench`"]
fn bench_one_annotation_until_it_is_durable() {
    let page = Page::open_noting("bench-durable", Some("-*,IndexedDB,blink.user_timing"));
    page.before_all(SIZES);
    page.reload();
    open_big(&page, 200, 20);
    page.find(".version .open").click();
    page.wait_until("it opens", || !page.find_all("#page-text").is_empty());
    page.select("#page-text", "harbour");
    page.press("q");
    page.introduce_if_asked();
    let mut said = vec![];
    let mut sizes = serde_json::Value::Null;
    for word in
        ["ferry", "minister", "winter", "route", "company", "island", "crew", "speaker", "told", "come"]
    {
        page.press("Escape");
        page.select("#page-text", word);
        page.wait_until("all is stored", || page.is_saved());
        said.push(page.run_async(MARK, vec![]).as_f64().unwrap());
        sizes = page.run("return window.sizes", vec![]);
        page.run_async(FLOOR, vec![sizes.clone()]);
    }
    let notes = page.notes();
    let durable = after(&notes, "key", ON_DISK);
    assert_eq!(durable.len(), said.len(), "the browser noted each");
    let (sent, durable) = (median(&after(&notes, "key", BEGUN)), median(&durable));
    let (floor, said) = (median(&after(&notes, "floor", ON_DISK)), median(&said));
    let met = if durable < 5.0 { "met" } else { "NOT met" };
    println!(
        "one annotation at 200 articles (medians of 10): on its way after {sent:.1} ms, durable after {durable:.1} ms (goal 5 ms: {met}); the page, which paints the mark meanwhile, said so after {said:.1} ms; the bare floor of this machine for values of {sizes} units: {floor:.1} ms; ratio {:.2}",
        durable / floor
    );
}

#[test]
#[ignore = "a bench, run by `cargo xtask bench`"]
fn bench_a_project_of_a_thousand_articles() {
    let page = Page::open("bench-big");
    page.before_all(KEEP_MEMORIES);
    page.reload();
    open_big(&page, 1_000, 20);
    page.wait_until("it is stored", || page.is_saved());
    let mut times: Vec<f64> = Vec::new();
    for _ in 0..3 {
        page.reload_without_waiting();
        let opened = "const done = arguments[arguments.length - 1];
            const look = () => document.querySelectorAll('.version').length >= 100
                ? done(performance.now()) : setTimeout(look, 10);
            look();";
        times.push(page.run_async(opened, vec![]).as_f64().unwrap());
    }
    times.sort_by(f64::total_cmp);
    let heap = page.run("return performance.memory.usedJSHeapSize >> 20", vec![]);
    let memory = page.wasm_memory() / 1e6;
    let start = std::time::Instant::now();
    page.find("#export").click();
    let file = std::fs::read_to_string(page.downloaded_unread()).unwrap();
    println!(
        "a project of 1,000 articles: from navigation to its list {:.0} ms (median of 3, slowest {:.0}), script heap {heap} MB, WebAssembly memory of page and parts {memory:.0} MB, export of {} MB in {} ms with the download",
        times[1],
        times[2],
        file.len() >> 20,
        start.elapsed().as_millis()
    );
}

#[test]
#[ignore = "a bench, run by `cargo xtask bench`"]
fn bench_joining_ten_annotators_with_forty_spans_in_each_of_five_hundred_articles() {
    use crate::colleagues::scale::{annotated, ground};
    use variorum::codecs::project_file;
    let (ground, texts) = ground(500);
    let page = Page::open("bench-joining");
    let file = page.file("ground.variorum.json", project_file::write(&ground).as_bytes());
    page.find("#file-input").choose(&[&file]);
    page.wait_until("it is open", || page.find_all(".version").len() >= 100);
    page.click_text("Together");
    page.wait_until("the desk answers", || !page.find_all("#part-joining").is_empty());
    let (mut files, mut bytes) = (vec![file], 0);
    for who in 0..10 {
        let text = project_file::write(&annotated(&ground, &texts, who));
        bytes += text.len();
        files.push(page.file(&format!("annotator-{who}.variorum.json"), text.as_bytes()));
    }
    page.run("document.querySelector('#together-files').hidden = false", vec![]);
    let paths: Vec<&std::path::Path> = files.iter().map(|file| file.as_path()).collect();
    let start = std::time::Instant::now();
    page.find("#together-files").choose(&paths);
    while page.find_all(".card-file .counts").len() < 10 {
        assert!(start.elapsed().as_secs() < 300, "the files are looked at");
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    println!(
        "ten files, {} MB: read, joined and previewed in {} ms",
        bytes >> 20,
        start.elapsed().as_millis()
    );
    // Once more without the ground's own file, which brings nothing: all is joined anew, nothing is read.
    let took = page.run_async(
        "const done = arguments[arguments.length - 1];
         const cards = () => document.querySelectorAll('.card-file').length;
         const start = performance.now();
         document.querySelector('.card-file button').click();
         const look = () => cards() === 10 ? done(performance.now() - start) : setTimeout(look, 5);
         look();",
        vec![],
    );
    println!("  joining and previewing alone: {:.0} ms", took.as_f64().unwrap());
}
