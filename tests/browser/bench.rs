//! Measurements in Chromium: `cargo xtask bench`. They print; they fail only where nothing could be measured.

use crate::harness::Page;

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

/// Milliseconds from the key press to the moment at which the word says that the mark is durable.
const DURABLE: &str = "const done = arguments[arguments.length - 1];
    const word = document.querySelector('#save-state');
    const start = performance.now();
    const cards = document.querySelectorAll('.card').length;
    let stored = 0;
    const check = () => {
        if (word.textContent === 'Saved' && document.querySelectorAll('.card').length > cards) {
            observer.disconnect();
            clearInterval(timer);
            done([stored, performance.now() - start]);
        }
    };
    const observer = new MutationObserver(check);
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    const timer = setInterval(check, 50);
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'q', code: 'KeyQ', bubbles: true }));
    stored = performance.now() - start;";

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

#[test]
#[ignore = "a bench, run by `cargo xtask bench`"]
fn bench_one_annotation_until_it_is_durable() {
    let page = Page::open("bench-durable");
    open_big(&page, 200, 20);
    page.find(".version .open").click();
    page.wait_until("it opens", || !page.find_all("#page-text").is_empty());
    page.select("#page-text", "harbour");
    page.press("q");
    page.introduce_if_asked();
    let mut times: Vec<(f64, f64)> = Vec::new();
    for word in
        ["ferry", "minister", "winter", "route", "company", "island", "crew", "speaker", "told", "come"]
    {
        page.press("Escape");
        page.select("#page-text", word);
        page.wait_until("all is stored", || page.is_saved());
        let found = page.run_async(DURABLE, vec![]);
        times.push((found[0].as_f64().unwrap(), found[1].as_f64().unwrap()));
    }
    let median = |mut all: Vec<f64>| {
        all.sort_by(f64::total_cmp);
        all[all.len() / 2]
    };
    println!(
        "one annotation at 200 articles: the command with its view {:.1} ms, durable after {:.1} ms (medians of {})",
        median(times.iter().map(|t| t.0).collect()),
        median(times.iter().map(|t| t.1).collect()),
        times.len()
    );
}

#[test]
#[ignore = "a bench, run by `cargo xtask bench`"]
fn bench_a_project_of_a_thousand_articles() {
    let page = Page::open("bench-big");
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
    let heap = page.run(
        "return [performance.memory.usedJSHeapSize >> 20, (window.wasmMemory?.buffer.byteLength ?? 0) >> 20]",
        vec![],
    );
    let start = std::time::Instant::now();
    let file = page.export();
    println!(
        "a project of 1,000 articles: from navigation to its list {:.0} ms (median of 3, slowest {:.0}), script heap {} MB, export of {} MB in {} ms with the download",
        times[1],
        times[2],
        heap[0],
        file.len() >> 20,
        start.elapsed().as_millis()
    );
}
