//! Stored values that are damaged or gone: what is sound comes back from the other copy, and the damaged bytes can be had.

use crate::desk::ARTICLE;
use crate::harness::Page;
use serde_json::json;

/// Changes a unit in the middle of the first value whose key fits, from a page that does not run the app.
const SPOIL: &str = "const fits = new RegExp(arguments[0]);
    const key = Object.keys(localStorage).sort().find((key) => fits.test(key));
    if (!key) return null;
    const value = localStorage.getItem(key), at = value.length >> 1;
    localStorage.setItem(key, value.slice(0, at) + String.fromCharCode(value.charCodeAt(at) ^ 1) + value.slice(at + 1));
    return key;";

const DROP_DATABASE: &str = "const done = arguments[arguments.length - 1];
    const request = indexedDB.deleteDatabase('variorum');
    request.onsuccess = () => done(true);
    // A page that was left a moment ago may still hold it: it goes when that is gone.
    request.onerror = () => done(false);";

/// A project with a snapshot, a journal and a backup.
fn prepare(page: &Page) -> String {
    page.add_article(ARTICLE, None);
    page.select("#page-text", "leaving");
    page.press("q");
    page.wait_for_cards(1);
    page.introduce_if_asked();
    page.press("Escape");
    page.select("#page-text", "harbour");
    page.press("q");
    page.wait_for_cards(2);
    page.wait_until("it is stored", || page.is_saved());
    page.export()
}

#[test]
fn each_kind_of_stored_value_may_be_damaged() {
    let page = Page::open("damaged");
    let before = prepare(&page);
    for class in ["/j/", "/h$", "/i$", "/s/", "/u/", "/c/", "^v/t/", "^v/meta$"] {
        page.go("rescue.html");
        assert_ne!(page.run(SPOIL, vec![json!(class)]), json!(null), "there is a {class}");
        page.go("");
        page.wait_for_cards(2);
        assert!(page.export() == before, "{class}");
    }
    page.find("#storage-button").click();
    page.wait_until("what was set aside is listed", || !page.find_all(".download-value").is_empty());
    page.screenshot("set-aside");
    page.forget_downloads();
    page.find(".download-value").click();
    let found = std::fs::read_to_string(page.downloaded()).unwrap();
    assert!(found.starts_with("1 "), "as it was found: {found}");
}

#[test]
fn local_storage_or_the_database_may_be_gone() {
    let page = Page::open("wiped");
    let before = prepare(&page);
    page.go("rescue.html");
    page.run("localStorage.clear()", vec![]);
    page.go("");
    page.wait_for_text("brought back from the second copy");
    page.screenshot("restored");
    page.wait_for_cards(2);
    assert!(page.export() == before, "from the database alone, with the article open that was");
    page.wait_until("it is stored", || page.is_saved());

    page.go("rescue.html");
    assert_eq!(page.run_async(DROP_DATABASE, vec![]), json!(true));
    page.go("");
    page.wait_for_cards(2);
    assert!(page.export() == before, "from local storage alone");
    page.wait_until("it is stored", || page.is_saved());

    // The second copy is whole again.
    page.go("rescue.html");
    page.run("localStorage.clear()", vec![]);
    page.go("");
    page.wait_for_cards(2);
    assert!(page.export() == before);

    // The entry in the list alone is gone, in both.
    page.go("rescue.html");
    assert_eq!(page.run_async(DROP_DATABASE, vec![]), json!(true));
    page.run(
        "Object.keys(localStorage).filter((key) => /^v\\/p\\/.*\\/i$/.test(key) || key === 'variorum.place')
            .forEach((key) => localStorage.removeItem(key))",
        vec![],
    );
    page.go("");
    page.find(".brand").click();
    page.wait_until("the project is found again", || page.find_all(".version").len() == 1);
}

#[test]
fn the_rescue_page_gives_everything_without_the_app_and_the_app_takes_it_back() {
    let page = Page::open("rescue-page");
    prepare(&page);
    let name = "Verwaltungsgericht".repeat(12);
    page.run(
        "const field = document.querySelector('.project-name'); field.value = arguments[0];
        field.dispatchEvent(new Event('change', { bubbles: true }));",
        vec![json!(name)],
    );
    page.wait_until("it is stored", || page.is_saved());
    let before = page.export();
    assert!(before.contains(&name));
    page.wait_until("it is stored", || page.is_saved());
    page.block("*.wasm");
    page.go("rescue.html");
    page.wait_for_text("Ready.");
    page.screenshot("rescue");
    let over = "return document.documentElement.scrollWidth > innerWidth";
    assert_eq!(page.run(over, vec![]), json!(false), "a long name fits");
    page.narrow();
    assert_eq!(page.run(over, vec![]), json!(false), "on a narrow screen, too");
    page.forget_downloads();
    page.find("#download").click();
    let file: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(page.downloaded()).unwrap()).unwrap();
    let local = file["entries"].as_object().unwrap();
    let copy = |store: &str| file["indexed"][store].as_object().unwrap().clone();
    assert!(local.keys().any(|key| key.starts_with("v/t/")) && local.keys().any(|key| key.contains("/c/")));
    for (key, value) in local.iter().filter(|(key, _)| key.starts_with("v/p/")) {
        let second = if key.contains("/j/") { copy("journal") } else { copy("blobs") };
        assert_eq!(second.get(key), Some(value), "{key} is there twice");
    }
    assert_eq!(page.complaints(), Vec::<String>::new());

    // Another browser.
    let other = Page::open("rescued");
    other.run("document.querySelector('#file-input').hidden = false", vec![]);
    other.find("#file-input").choose(&[&page.downloaded()]);
    other.wait_for_text("Brought back out of the rescue file");
    other.screenshot("rescued");
    assert!(other.export() == before, "the project is as it was");
    assert_eq!(other.find_all(".notice.problem").len(), 0, "all of it could be read");
    other.reload();
    other.wait_until("it is kept", || other.export() == before);
    assert_eq!(other.complaints(), Vec::<String>::new());
}
