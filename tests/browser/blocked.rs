//! A browser that stores nothing, or not all.

use crate::desk::{ARTICLE, records};
use crate::harness::Page;

const BLOCKED: &str = "for (const name of ['localStorage', 'indexedDB']) {
        Object.defineProperty(window, name, {
            get() { throw new DOMException('denied', 'SecurityError'); },
        });
    }";

#[test]
fn where_nothing_may_be_stored_the_app_works_says_so_and_offers_the_file() {
    let page = Page::open("blocked");
    page.before_all(BLOCKED);
    page.reload();
    page.wait_for_text("does not let Variorum keep anything");
    page.add_article(ARTICLE, None);
    page.select("#page-text", "leaving");
    page.press("q");
    page.wait_for_cards(1);
    assert!(!page.is_saved(), "{}", page.find("#save-state").text());
    page.screenshot("blocked");
    page.dark();
    page.narrow();
    page.screenshot("blocked-dark-400");
    page.light();
    page.wide();
    assert_eq!(records(&page.export(), "attribution").len(), 1);
}

#[test]
fn with_local_storage_alone_work_survives_a_reload() {
    let page = Page::open("no-database");
    page.before_all("Object.defineProperty(window, 'indexedDB', { get: () => undefined });");
    page.reload();
    page.wait_for_text("no database for web pages");
    page.add_article(ARTICLE, None);
    page.select("#page-text", "leaving");
    page.press("q");
    page.wait_for_cards(1);
    page.wait_until("it is stored", || page.is_saved());
    let before = page.export();
    page.reload();
    page.wait_for_cards(1);
    assert!(page.export() == before);
}
