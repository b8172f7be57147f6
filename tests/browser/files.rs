//! Files: one on disk that follows the project, a file with a bad record, backups before a merge, and the history.

use crate::desk::{ARTICLE, records};
use crate::harness::Page;
use serde_json::{Value, json};

/// The picker, answered with a file of the page's private directory: the same kind of handle, without a dialog.
const PICKER: &str = "window.showSaveFilePicker = async () =>
    (await navigator.storage.getDirectory()).getFileHandle('kept.json', { create: true });";

const READ: &str = "const done = arguments[arguments.length - 1];
    navigator.storage.getDirectory()
        .then((folder) => folder.getFileHandle('kept.json'))
        .then((handle) => handle.getFile()).then((file) => file.text()).then(done, (why) => done(String(why)));";

const WRITE: &str = "const done = arguments[arguments.length - 1];
    navigator.storage.getDirectory()
        .then((folder) => folder.getFileHandle('kept.json'))
        .then(async (handle) => {
            const stream = await handle.createWritable();
            await stream.write(arguments[0]);
            await stream.close();
        }).then(() => done(true), (why) => done(String(why)));";

fn mark(page: &Page, word: &str, cards: usize) {
    page.press("Escape");
    page.select("#page-text", word);
    page.press("q");
    page.wait_for_cards(cards);
}

#[test]
fn a_file_on_disk_follows_the_project() {
    let page = Page::open("disk-file");
    page.before_all(PICKER);
    page.reload();
    page.add_article(ARTICLE, None);
    mark(&page, "leaving", 1);
    page.wait_for_text("Never saved as a file");
    page.press("Ctrl+Shift+s");
    page.wait_for_text("follows the project from now on");
    page.wait_for_text("Saved as a file just now");
    // In the moment in which the browser puts the new file into the place of the old one there is nothing in it.
    let on_disk = || {
        let text = page.run_async(READ, vec![]).as_str().unwrap().to_owned();
        if text.is_empty() { 0 } else { records(&text, "attribution").len() }
    };
    page.wait_until("it is on the disk", || on_disk() == 1);
    mark(&page, "harbour", 2);
    page.wait_until("the file follows", || on_disk() == 2);
    page.reload();
    page.wait_for_cards(2);
    mark(&page, "mayor", 3);
    page.wait_until("it follows after a reload", || on_disk() == 3);
    // A colleague's copy in its place: what only that one has is taken in, and goes out again.
    let ours = page.run_async(READ, vec![]).as_str().unwrap().to_owned();
    let mut theirs: Value = serde_json::from_str(&ours).unwrap();
    let all = theirs["records"].as_object_mut().unwrap();
    let (id, record) =
        all.iter().find(|(_, r)| r["kind"] == "attribution").map(|(k, r)| (k.clone(), r.clone())).unwrap();
    all.insert(format!("{}{}", &id[..id.len() - 1], if id.ends_with('0') { "1" } else { "0" }), record);
    page.run_async(WRITE, vec![theirs.to_string().into()]);
    mark(&page, "town", 4);
    page.wait_for_text("Somebody else changed “kept.json”");
    page.wait_until("both are there", || on_disk() == 5);
    page.wait_for_cards(5);
    // Something else in its place is nobody's to replace.
    page.run_async(WRITE, vec!["A shopping list.".into()]);
    mark(&page, "wait", 6);
    page.wait_for_text("is no copy of this project any more");
    assert_eq!(page.run_async(READ, vec![]), json!("A shopping list."));
    page.find(".notice.problem button").click();
    page.find("#storage-button").click();
    page.wait_until("the panel names it", || page.find("#disk-file").text().contains("kept.json"));
    page.screenshot("storage");
    page.dark();
    page.narrow();
    page.screenshot("storage-dark-400");
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn a_bad_record_costs_no_good_one_and_is_named() {
    let page = Page::open("bad-record");
    page.add_article(ARTICLE, None);
    mark(&page, "leaving", 1);
    mark(&page, "harbour", 2);
    let mut file: Value = serde_json::from_str(&page.export()).unwrap();
    let all = file["records"].as_object_mut().unwrap();
    let bad = all.iter().find(|(_, record)| record["kind"] == "attribution").unwrap().0.clone();
    all[&bad]["text"] = json!(7);
    page.find(".brand").click();
    page.find(".projects li.open .remove-project").click();
    page.wait_until("it is gone", || page.find_all(".version").is_empty());
    page.find(".trash .remove-for-good").click();
    page.wait_for_text("Really?");
    page.find(".trash .remove-for-good").click();
    page.wait_until("the trash is empty", || page.find_all(".trash").is_empty());
    let file = page.file("bad.json", file.to_string().as_bytes());
    page.find("#file-input").choose(&[&file]);
    page.wait_until("it opens", || page.find_all(".version").len() == 1);
    page.wait_for_text(&bad);
    page.wait_until("a panel lists it", || page.find("#taken-panel .issues").text().contains(&bad));
    page.screenshot("bad-record");
    page.find("#close-panel").click();
    page.find(".version .open").click();
    page.wait_for_cards(1);
}

#[test]
fn a_merge_is_preceded_by_a_backup_and_everything_can_be_taken_back_after_a_reload() {
    let page = Page::open("backups");
    page.add_article(ARTICLE, None);
    mark(&page, "leaving", 1);
    page.introduce_if_asked();
    mark(&page, "harbour", 2);
    let two = page.export();
    page.press("Ctrl+z");
    page.wait_for_cards(1);
    // A colleague's copy, with a record of its own.
    let mut theirs: Value = serde_json::from_str(&two).unwrap();
    let all = theirs["records"].as_object_mut().unwrap();
    let (id, mut record) =
        all.iter().find(|(_, r)| r["kind"] == "attribution").map(|(k, r)| (k.clone(), r.clone())).unwrap();
    let other = format!("{}{}", &id[..id.len() - 1], if id.ends_with('0') { "1" } else { "0" });
    record["note"] = json!("by a colleague");
    all.insert(other, record);
    let file = page.file("theirs.json", theirs.to_string().as_bytes());
    page.find("#file-input").choose(&[&file]);
    page.wait_for_text("New or changed records: ");
    page.wait_until("the backup is listed", || page.find_all(".backups li").len() == 1);
    page.find(".version .open").click();
    page.wait_for_cards(2);

    // Undo of the whole merge, after a reload.
    page.reload();
    page.wait_for_cards(2);
    page.press("Ctrl+z");
    page.wait_for_cards(1);
    page.press("Ctrl+Shift+z");
    page.wait_for_cards(2);
    page.press("Alt+h");
    page.wait_until("the history shows", || page.find_all("#history-panel li").len() >= 3);
    page.wait_for_text("join files");
    page.screenshot("history");
    page.dark();
    page.narrow();
    page.screenshot("history-dark-400");
    page.light();
    page.wide();
    // Everything from the first mark on.
    let rows = page.find_all("#history-panel li button");
    rows[rows.len() - 2].click();
    page.find("#close-panel").click();
    page.wait_for_cards(0);
    page.press("Ctrl+Shift+z");
    page.wait_for_cards(1);

    page.find(".brand").click();
    page.find(".restore-backup").click();
    page.wait_for_text("The backup was brought back");
    page.wait_until("both states are backups", || page.find_all(".backups li").len() == 2);
    page.screenshot("backups");
    page.find(".version .open").click();
    page.wait_for_cards(1);
    page.reload();
    page.wait_for_cards(1);
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn a_file_that_breaks_off_says_what_was_kept_and_what_is_not_known() {
    let page = Page::open("torn");
    page.add_article(ARTICLE, None);
    mark(&page, "leaving", 1);
    mark(&page, "harbour", 2);
    let whole = page.export().replace("\"project\":\"prj:0", "\"project\":\"prj:1");
    let torn = &whole[..whole.trim_end().rfind('\n').unwrap() - 40];
    let file = page.file("torn.json", torn.as_bytes());
    page.find("#file-input").choose(&[&file]);
    page.wait_until("the panel opens", || !page.find_all("#taken-panel").is_empty());
    page.wait_for_text("The file is not whole");
    page.screenshot("torn");
    page.dark();
    page.narrow();
    page.screenshot("torn-dark-400");
    page.light();
    page.wide();
    page.forget_downloads();
    page.find("#save-issues").click();
    let list = std::fs::read_to_string(page.downloaded()).unwrap();
    assert!(list.contains("breaks off"), "{list}");
    page.find("#close-panel").click();
    page.wait_until("what is whole is here", || page.find_all(".version").len() == 1);
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn a_project_of_a_newer_version_can_be_looked_at_and_goes_out_as_it_came() {
    let page = Page::open("newer");
    page.add_article(ARTICLE, None);
    mark(&page, "leaving", 1);
    page.introduce_if_asked();
    page.wait_until("it is stored", || page.is_saved());
    let newer = page
        .export()
        .replace("\"variorum/1\"", "\"variorum/2\"")
        .replace("\"project\":\"prj:0", "\"project\":\"prj:1")
        .replace("\"kind\":\"article\"", "\"hologram\":{\"x\":1},\"kind\":\"article\"");
    let stored =
        "return JSON.stringify(Object.entries(localStorage).filter(([k]) => k.startsWith('v/')).sort())";
    let before = page.run(stored, vec![]);
    let file = page.file("newer.json", newer.as_bytes());
    page.find(".brand").click();
    page.find("#file-input").choose(&[&file]);
    page.wait_for_text("A newer Variorum wrote this project");
    page.screenshot("newer-file");
    assert_eq!(seen(&page, CHANGING), 0, "nothing is offered that would be refused");
    page.find(".version .open").click();
    page.wait_for_cards(1);
    page.select("#page-text", "harbour");
    page.press("q");
    page.wait_until("that is refused", || !page.find_all(".notice.problem").is_empty());
    page.wait_for_cards(1);
    assert!(page.export() == newer, "it goes out byte for byte as it came");
    assert_eq!(page.run(stored, vec![]), before, "nothing of it is stored");
    page.reload();
    page.wait_until("the own project is back", || !page.find_all(".card, .version").is_empty());
    assert!(!page.shows("A newer Variorum wrote this project"));
    page.find(".brand").click();
    page.wait_until("the library is there", || !page.find_all(".version").is_empty());
    assert_eq!(seen(&page, CHANGING), 4);
}

/// What changes a project, in the library: each is there once for a project of one article.
const CHANGING: &str = "#paste, #add-pasted, .version .move, .version > .quiet:not(.open)";

/// How many of such elements can be seen.
fn seen(page: &Page, css: &str) -> u64 {
    let script =
        "return [...document.querySelectorAll(arguments[0])].filter((e) => e.checkVisibility()).length";
    page.run(script, vec![css.into()]).as_u64().unwrap_or_default()
}
