//! The same project in several tabs: one writes, the others follow, and anyone can take over.

use crate::desk::{ARTICLE, records};
use crate::harness::Page;

/// Marks a word as a quotation; how many cards there are to be then.
fn mark(page: &Page, word: &str, cards: usize) {
    page.press("Escape");
    page.select("#page-text", word);
    page.press("q");
    page.wait_for_cards(cards);
}

/// Whether the tab at hand may write: neither follows nor is about to open the project.
fn writes(page: &Page) -> bool {
    page.run("return document.body.dataset.role ?? ''", vec![]) == "writer"
}

#[test]
fn one_tab_writes_the_others_follow_and_take_over() {
    let page = Page::open("tabs");
    page.add_article(ARTICLE, None);
    mark(&page, "leaving", 1);
    let first = page.tab();
    let second = page.new_tab();
    page.wait_until("the second tab follows", || !writes(&page));
    page.wait_for_cards(1);
    page.screenshot("follower");
    page.dark();
    page.narrow();
    page.screenshot("follower-dark-400");
    page.light();
    page.wide();

    // What is done in the first is seen in the second, which changes nothing itself.
    page.switch_to(&first);
    assert!(writes(&page));
    mark(&page, "harbour", 2);
    page.switch_to(&second);
    page.wait_for_cards(2);
    page.select("#page-text", "mayor");
    page.press("q");
    page.wait_for_text("open in another tab, which writes it");
    assert_eq!(page.find_all(".card").len(), 2);

    // The second takes over; the first follows from then on.
    page.find("#take-over").click();
    page.wait_until("it writes here", || writes(&page));
    mark(&page, "mayor", 3);
    page.wait_until("it is stored", || page.is_saved());
    page.switch_to(&first);
    page.wait_until("the first follows", || !writes(&page));
    page.wait_for_cards(3);

    // Back again, and nothing was lost on the way.
    page.find("#take-over").click();
    page.wait_until("it writes here again", || writes(&page));
    page.wait_for_cards(3);
    mark(&page, "town", 4);

    // The writer is closed: whoever followed writes.
    page.switch_to(&second);
    page.wait_for_cards(4);
    page.switch_to(&first);
    page.wait_until("it is stored", || page.is_saved());
    page.close_tab();
    page.switch_to(&second);
    page.wait_until("the second writes now", || writes(&page));
    mark(&page, "wait", 5);
    page.press("Ctrl+z");
    page.wait_for_cards(4);
    page.press("Ctrl+Shift+z");
    page.wait_for_cards(5);
    page.reload();
    page.wait_for_cards(5);
    assert_eq!(records(&page.export(), "attribution").len(), 5);
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn a_backup_brought_back_and_a_project_removed_are_seen_in_the_other_tab() {
    let page = Page::open("tabs-backup");
    page.add_article(ARTICLE, None);
    mark(&page, "leaving", 1);
    page.introduce_if_asked();
    page.find(".brand").click();
    page.find("#back-up").click();
    page.wait_until("the backup is listed", || page.find_all(".backups li").len() == 1);
    page.find(".version .open").click();
    mark(&page, "harbour", 2);
    mark(&page, "mayor", 3);
    page.wait_until("it is stored", || page.is_saved());
    let first = page.tab();
    let second = page.new_tab();
    page.wait_until("the second tab follows", || !writes(&page));
    page.wait_for_cards(3);

    page.switch_to(&first);
    page.find(".brand").click();
    page.find(".restore-backup").click();
    page.wait_for_text("The backup was brought back");
    page.switch_to(&second);
    page.wait_for_cards(1);
    // It is a change like any other: whoever takes over takes it back.
    page.find("#take-over").click();
    page.wait_until("it writes here", || writes(&page));
    page.wait_for_cards(1);
    page.switch_to(&first);
    page.wait_until("the first follows", || !writes(&page));
    page.find("#take-over").click();
    page.wait_until("it writes here again", || writes(&page));
    page.press("Ctrl+z");
    page.wait_for_text(": bring back a backup");
    page.switch_to(&second);
    page.wait_for_cards(3);

    page.switch_to(&first);
    page.find(".projects li.open .remove-project").click();
    page.wait_until("it is in the trash", || page.find_all(".trash li").len() == 1);
    page.switch_to(&second);
    page.wait_for_text("was removed in another tab");
    page.wait_until("it can be brought back here", || page.find_all(".trash .restore").len() == 1);
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn a_tab_that_crashes_frees_its_project() {
    let page = Page::open("tab-crash");
    page.add_article(ARTICLE, None);
    mark(&page, "leaving", 1);
    page.wait_until("it is stored", || page.is_saved());
    let first = page.tab();
    let second = page.new_tab();
    page.wait_until("the second tab follows", || !writes(&page));
    page.switch_to(&first);
    page.crash_tab();
    page.switch_to(&second);
    // Tabs of one site may share a process; then this one is gone too, and is loaded again.
    if page.try_devtools("Runtime.evaluate", serde_json::json!({ "expression": "1" })).is_none() {
        page.go("");
    }
    page.wait_until("the second writes now", || writes(&page));
    page.wait_for_cards(1);
    mark(&page, "harbour", 2);
}

#[test]
fn a_tab_of_an_older_version_never_writes() {
    let page = Page::open("older-version");
    page.add_article(ARTICLE, None);
    mark(&page, "leaving", 1);
    page.wait_until("it is stored", || page.is_saved());
    // A later version was here in another tab.
    let payload = "{\"format\":9}";
    let units: Vec<u8> =
        std::iter::once(b'0').chain(payload.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let meta = format!(
        "1 0 {} {:08x} {payload}",
        payload.len(),
        crc::Crc::<u32>::new(&crc::CRC_32_ISO_HDLC).checksum(&units)
    );
    page.run("localStorage.setItem('v/meta', arguments[0])", vec![meta.into()]);
    let stored =
        "return JSON.stringify(Object.entries(localStorage).filter(([k]) => k.startsWith('v/')).sort())";
    let before = page.run(stored, vec![]);
    page.press("Escape");
    page.select("#page-text", "harbour");
    page.press("q");
    page.wait_for_text("newer Variorum");
    assert_eq!(page.run(stored, vec![]), before);
    page.reload();
    page.wait_for_text("newer Variorum");
    page.screenshot("older-version");
    page.wait_for_cards(1);
    assert_eq!(page.run(stored, vec![]), before, "it is read, and nothing is written");
}
