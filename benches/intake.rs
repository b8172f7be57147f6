//! Speed of intake: megabytes of web pages a second on one core, and of the other readers; and how the
//! search for kin grows. `cargo bench --bench intake`.

use std::hint::black_box;
use std::time::Instant;
use variorum::intake::kin::Index;
use variorum::intake::readers::{self, Hint};
use variorum::text::Text;

fn best<T>(runs: usize, mut work: impl FnMut() -> T) -> f64 {
    let time = |_| {
        let start = Instant::now();
        black_box(work());
        start.elapsed().as_secs_f64()
    };
    (0..runs).map(time).fold(f64::INFINITY, f64::min)
}

/// Words that do not repeat themselves, the same on every machine.
fn invented(count: usize, seed: u64) -> String {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    let syllables = ["ka", "lo", "mi", "ren", "tus", "vi", "or", "sel", "pa", "dor"];
    let mut text = String::new();
    for i in 0..count {
        (0..2 + next() % 3).for_each(|_| text.push_str(syllables[(next() % 10) as usize]));
        text.push_str(if i % 15 == 14 {
            ". "
        } else if i % 7 == 6 {
            ", "
        } else {
            " "
        });
    }
    text
}

/// A page as newspapers serve them: about 100 KB, of which the article is a tenth.
fn page(seed: u64) -> String {
    let paragraphs: String =
        (0..20).map(|i| format!("<p class=\"story-text\">{}.</p>\n", invented(60, seed + i))).collect();
    let card = |i: u64| {
        format!(
            "<div class=\"card card--teaser\" data-id=\"{i}\"><a class=\"card__link\" href=\"/world/2022/jan/07/item-{i}\"><img src=\"/i/{i}.jpg\" alt=\"\"><h3 class=\"card__title\">{}</h3></a><span class=\"card__kicker\">World</span></div>\n",
            invented(9, seed * 31 + i)
        )
    };
    let cards: String = (0..120).map(card).collect();
    let script =
        format!("<script>window.data = {{\"x\": \"{}\"}};</script>", "0123456789abcdef".repeat(2_000));
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>T | Post</title>{script}</head><body><nav>{cards}</nav><main><article><h1>Ferry</h1>{paragraphs}</article></main><aside class=\"related\">{cards}</aside><footer><p>Copyright Post 2022</p></footer></body></html>"
    )
}

fn main() {
    let pages: Vec<String> = (0..20).map(|i| page(i * 1_000 + 1)).collect();
    let bytes: usize = pages.iter().map(String::len).sum();
    let hint = Hint::named("a.html");
    let seconds = best(5, || {
        pages.iter().map(|p| readers::read(p.as_bytes(), &hint).map(|l| l.drafts.len())).collect::<Vec<_>>()
    });
    println!(
        "web pages, {} KB each: {:.1} MB/s ({:.1} ms a page)",
        bytes / 20_000,
        bytes as f64 / 1e6 / seconds,
        seconds / 20.0 * 1e3
    );
    let text = invented(20_000, 3);
    let seconds = best(5, || readers::read(text.as_bytes(), &Hint::named("a.txt")));
    println!("plain text: {:.1} MB/s", text.len() as f64 / 1e6 / seconds);
    let mut each = Vec::new();
    for count in [100, 1_000] {
        let texts: Vec<Text> = (0..count).map(|i| Text::new(invented(800, i + 1))).collect();
        let seconds = best(1, || {
            let mut index = Index::default();
            for (at, text) in texts.iter().enumerate() {
                black_box(index.kin(text, &[]));
                index.add(&at.to_string(), text, &[]);
            }
        });
        println!("kin of {count} articles: {:.2} ms an article", seconds / count as f64 * 1e3);
        each.push(seconds / count as f64);
    }
    println!("  growth an article, 100 to 1,000 articles: {:.2} ×", each[1] / each[0]);
}
