//! Nothing that the interface showed as saved is lost when the browser is killed.

use crate::desk::{ARTICLE, records};
use crate::harness::Page;
use std::time::Duration;

/// How many attributions the page says there are: of very many it holds the cards of those in sight only.
fn told(page: &Page) -> usize {
    let said = page.find_all(".cards h2").first().map(|title| title.text()).unwrap_or_default();
    said.split(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// Marks words until the time is up; how many marks were shown as saved.
fn work(page: &Page, words: &[&str], from: usize, for_how_long: Duration) -> usize {
    let start = std::time::Instant::now();
    let mut done = from;
    while start.elapsed() < for_how_long {
        page.press("Escape");
        page.select("#page-text", words[done % words.len()]);
        page.press("q");
        done += 1;
        page.wait_until("the mark is shown as saved", || page.is_saved() && told(page) == done);
    }
    done
}

const WORDS: [&str; 10] =
    ["leaving", "harbour", "runs", "quay", "mayor", "told", "reporters", "town", "wait", "see"];

#[test]
fn what_was_shown_as_saved_survives_the_killing_of_the_browser() {
    let kills: u64 = if std::env::var_os("VARIORUM_LONG").is_some() { 200 } else { 10 };
    let mut page = Page::open("killed");
    page.add_article(ARTICLE, None);
    // A short article is marked all over soon; then another one is begun.
    let (mut saved, mut before) = (0, 0);
    for kill in 0..kills {
        if saved >= 80 {
            page.find(".brand").click();
            page.add_article(&format!("{ARTICLE}\nAgain, after {kill} kills.\n"), None);
            page.wait_until("it is stored", || page.is_saved());
            (saved, before) = (0, before + saved);
        }
        // Times that do not fall in step with anything, the same in every run.
        let pause = Duration::from_millis(150 + kill * 337 % 1_100);
        saved = work(&page, &WORDS, saved, pause);
        page.kill_and_restart();
        page.wait_until("the article is back", || !page.find_all("#page-text").is_empty());
        page.wait_until("its marks are back", || told(&page) >= saved);
        assert_eq!(told(&page), saved, "kill {kill}");
        if kill % 10 == 9 {
            println!("so far: {} kills, {} commands, 0 losses", kill + 1, before + saved);
        }
    }
    let file = page.export();
    let all = before + saved;
    assert_eq!(records(&file, "attribution").len(), all);
    println!("kills: {kills}, commands: {all}, losses: 0");
    // Undo reaches across all of it.
    page.press("Ctrl+z");
    page.wait_until("the last mark is taken back", || told(&page) == saved - 1);
}

#[test]
#[ignore = "a long run: a minute of work on a large project"]
fn a_large_project_loses_nothing_when_the_browser_is_killed_after_a_minute() {
    let mut page = Page::open("killed-big");
    let file = page.file("big.json", crate::big::project(200, 20).as_bytes());
    page.find("#file-input").choose(&[&file]);
    page.wait_until("it is in the list", || page.find_all(".version").len() >= 100);
    page.find(".version .open").click();
    page.wait_for_cards(20);
    let words = ["harbour", "ferry", "minister", "winter", "route", "company", "island", "crew"];
    let saved = work(&page, &words, 20, Duration::from_secs(60));
    page.kill_and_restart();
    page.wait_until("its marks are back", || told(&page) >= saved);
    println!(
        "a large project, killed after a minute: commands: {}, losses: {}",
        saved - 20,
        saved - told(&page)
    );
    assert_eq!(told(&page), saved);
}
