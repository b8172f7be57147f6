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
