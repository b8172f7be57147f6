//! No room left: nothing is lost, and the page says what to do.

use crate::desk::{ARTICLE, COPY, records};
use crate::harness::Page;
use serde_json::json;

/// Fills local storage from elsewhere until so many UTF-16 units are left.
const FILL: &str = "const left = arguments[0];
    localStorage.removeItem('other');
    let used = 'other'.length;
    for (const [key, value] of Object.entries(localStorage)) used += key.length + value.length;
    localStorage.setItem('other', 'x'.repeat(5242880 - used - left));
    try { localStorage.setItem('probe', 'x'.repeat(left)); } catch { return true; }
    localStorage.removeItem('probe');
    return false;";

/// Takes IndexedDB away.
const NO_DATABASE: &str = "Object.defineProperty(window, 'indexedDB', { get: () => undefined });";

#[test]
fn with_hardly_any_room_everything_is_kept_by_the_second_copy() {
    let page = Page::open("full");
    page.add_article(ARTICLE, None);
    page.introduce_if_asked();
    let words = ["leaving", "harbour", "mayor", "town"];
    for (i, left) in [100_000, 1_000, 10, 0].into_iter().enumerate() {
        assert_eq!(page.run(FILL, vec![json!(left)]), json!(true), "{left} units are left");
        // A large command: an article.
        page.find(".brand").click();
        page.add_article(&format!("{COPY}\nAgain, {left} times.\n"), None);
        page.press("Escape");
        page.select("#page-text", "harbour");
        page.press("q");
        page.wait_for_cards(1);
        // And small ones.
        page.find(".brand").click();
        page.wait_until("the library", || page.find_all(".version .open").len() == i + 2);
        page.find(".version .open").click();
        page.wait_until("it opens", || !page.find_all("#page-text").is_empty());
        page.select("#page-text", words[i]);
        page.press("q");
        page.wait_for_cards(i + 1);
        page.press("Ctrl+z");
        page.wait_for_cards(i);
        page.press("Ctrl+Shift+z");
        page.wait_for_cards(i + 1);
        page.wait_until("it is stored", || page.is_saved());
        let before = page.export();
        page.reload();
        page.wait_for_cards(i + 1);
        assert!(page.export() == before, "{left} units were left");
    }
    page.find("#storage-button").click();
    page.wait_until("the meter shows", || !page.find_all("#quota").is_empty());
    page.screenshot("storage-full");
    page.dark();
    page.narrow();
    page.screenshot("storage-full-dark-400");
    page.light();
    page.wide();
    page.find("#close-panel").click();
    assert_eq!(records(&page.export(), "attribution").len(), 8);
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn without_a_database_a_full_storage_is_said_and_nothing_is_lost() {
    let page = Page::open("full-alone");
    page.before_all(NO_DATABASE);
    page.reload();
    page.wait_for_text("no database for web pages");
    page.add_article(ARTICLE, None);
    page.select("#page-text", "leaving");
    page.press("q");
    page.wait_for_cards(1);
    page.introduce_if_asked();
    assert_eq!(page.run(FILL, vec![json!(0)]), json!(true));
    let mut marked = 1;
    // The reserve takes the first ones.
    for word in ["harbour", "mayor", "town", "wait"].iter().cycle().take(60) {
        page.press("Escape");
        page.select("#page-text", word);
        page.press("q");
        marked += 1;
        page.wait_for_cards(marked);
        if !page.is_saved() {
            break;
        }
        page.run(FILL, vec![json!(0)]);
    }
    page.wait_for_text("storage is full");
    page.screenshot("full-alone");
    // It is not left behind unsaid; saved as a file, it may be.
    page.find(".brand").click();
    page.find("#new-project").click();
    page.wait_for_text("are in this tab only");
    page.find(".version .open").click();
    page.wait_for_cards(marked);
    assert_eq!(records(&page.export(), "attribution").len(), marked, "the file has all of it");
    // Room comes back: the next command stores what waited.
    page.run("localStorage.removeItem('other')", vec![]);
    page.press("Escape");
    page.select("#page-text", "told");
    page.press("q");
    page.wait_until("it is stored", || page.is_saved());
    page.reload();
    page.wait_for_cards(marked + 1);
}

#[test]
fn at_four_fifths_the_texts_move_to_the_database_by_themselves() {
    let page = Page::open("texts-move");
    page.find("#open-sample").click();
    page.wait_until("the sample opens", || page.find_all(".card").len() > 20);
    page.wait_until("it is stored", || page.is_saved());
    let before = page.export();
    let texts = "return Object.keys(localStorage).filter((key) => key.startsWith('v/t/')).length";
    assert_eq!(page.run(texts, vec![]), json!(5));
    assert_eq!(page.run(FILL, vec![json!(900_000)]), json!(true));
    page.reload();
    page.wait_until("the texts have moved", || page.run(texts, vec![]) == json!(0));
    page.wait_for_text("moved to the browser’s database");
    assert!(page.export() == before);
    page.reload();
    page.wait_until("it opens again", || page.find_all(".card").len() > 20);
    assert_eq!(page.find_all(".notice.problem").len(), 0, "nothing is amiss");
    assert!(page.export() == before);
    // A backup has its words there, too.
    page.find(".brand").click();
    page.find("#back-up").click();
    page.wait_until("the backup is listed", || page.find_all(".backups li").len() == 1);
    page.find(".restore-backup").click();
    page.wait_for_text("The backup was brought back");
    assert!(page.export() == before);
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn where_the_disk_is_full_nothing_is_called_saved_until_there_is_room() {
    let page = Page::open("disk-full");
    // A site that the browser has not seen yet: of one that it knows it goes on for half a minute by the room
    // that there was.
    let origin = page.run("return location.origin.replace('127.0.0.1', 'localhost')", vec![]);
    let quota = |size: Option<u64>| {
        let mut parameters = json!({ "origin": origin });
        if let Some(size) = size {
            parameters["quotaSize"] = json!(size);
        }
        page.devtools("Storage.overrideQuotaForOrigin", parameters);
    };
    let visit = |path: &str, css: &str| {
        page.run("location.href = arguments[0] + '/' + arguments[1]", vec![origin.clone(), json!(path)]);
        page.wait_until("it opens", || !page.find_all(css).is_empty());
    };
    quota(Some(1));
    visit("", ".brand");
    page.add_article(ARTICLE, None);
    page.select("#page-text", "leaving");
    page.press("q");
    page.wait_for_cards(1);
    page.wait_until("it says why", || !page.find_all(".banner.risk").is_empty());
    page.screenshot("disk-full");
    assert!(!page.is_saved(), "{}", page.find("#save-state").text());
    assert!(page.find(".banner.risk").text().contains("Quota"), "{}", page.find(".banner.risk").text());
    // The first copy has it meanwhile.
    page.reload();
    page.wait_for_cards(1);
    quota(None);
    page.introduce_if_asked();
    page.press("Escape");
    page.select("#page-text", "harbour");
    page.press("q");
    page.wait_for_cards(2);
    page.wait_until("there is room again", || page.is_saved());
    let before = page.export();
    visit("rescue.html", "#download");
    page.run("localStorage.clear()", vec![]);
    visit("", ".card");
    page.wait_for_cards(2);
    assert!(page.export() == before, "the second copy has all of it");
}
