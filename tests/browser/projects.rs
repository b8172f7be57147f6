//! Several projects side by side, and what was deleted.

use crate::desk::ARTICLE;
use crate::harness::Page;

fn names(page: &Page) -> Vec<String> {
    page.find_all(".projects .kept .title").iter().map(|title| title.text()).collect()
}

#[test]
fn projects_can_be_found_renamed_duplicated_and_removed_for_good() {
    let mut page = Page::open("projects");
    page.add_article(ARTICLE, None);
    page.find(".brand").click();
    for count in 2..=4 {
        page.find(".projects li.open .duplicate-project").click();
        page.wait_until("the copy is listed", || names(&page).len() == count);
    }
    page.find(".projects li:not(.open) .rename-project").click();
    page.wait_until("the name can be changed", || !page.find_all("#rename-field").is_empty());
    page.run(
        "const field = document.querySelector('#rename-field'); field.value = 'Zebra';
         field.dispatchEvent(new Event('change', { bubbles: true }));",
        vec![],
    );
    page.wait_until("it has its name", || names(&page).contains(&"Zebra".to_owned()));
    page.find("#find-project").type_text("zeb");
    page.wait_until("it is found", || names(&page) == ["Zebra"]);
    page.screenshot("projects");
    page.narrow();
    page.dark();
    page.screenshot("projects-dark-400");
    page.light();
    page.wide();
    page.find(".kept .switch").click();
    page.wait_until("it opens", || page.find(".project-name").property("value").as_deref() == Some("Zebra"));
    page.find(".projects li.open .remove-project").click();
    page.wait_until("it is in the trash", || page.find_all(".trash li").len() == 1);
    page.wait_for_text("kept for 30 more days");
    page.find(".trash .restore").click();
    page.wait_until("it is back", || page.find_all(".trash li").is_empty());
    page.wait_until("it is listed", || names(&page) == ["Zebra"]);
    page.find(".kept .remove-project").click();
    page.wait_until("it is in the trash", || page.find_all(".trash li").len() == 1);
    page.find(".trash .remove-for-good").click();
    page.wait_for_text("Really?");
    page.screenshot("remove-for-good");
    page.find(".trash .remove-for-good").click();
    page.wait_until("the trash is empty", || page.find_all(".trash li").is_empty());
    page.wait_until("that is stored", || page.is_saved());
    // Neither copy brings it back, whichever survives.
    page.kill_and_restart();
    page.find(".brand").click();
    page.wait_until("the others are there", || names(&page).len() == 3);
    assert!(page.find_all(".trash").is_empty() && !names(&page).contains(&"Zebra".to_owned()));
}

#[test]
fn a_deleted_article_can_be_brought_back_after_a_reload() {
    let page = Page::open("deleted");
    page.add_article(ARTICLE, None);
    page.select("#page-text", "leaving");
    page.press("q");
    page.wait_for_cards(1);
    page.find(".brand").click();
    page.find(".version > button:last-child").click();
    page.wait_until("it is gone", || page.find_all(".version").is_empty());
    page.reload();
    page.find(".deleted summary").click();
    page.screenshot("deleted");
    page.find(".restore-record").click();
    page.wait_until("it is back", || page.find_all(".version").len() == 1);
    assert!(page.find(".version").text().contains("1 attribution"));
}

/// What all stored values say, unpacked: of both copies, as the rescue page gives them.
fn all_stored(page: &Page) -> String {
    page.go("rescue.html");
    page.wait_for_text("Ready.");
    page.forget_downloads();
    page.find("#download").click();
    let file: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(page.downloaded()).unwrap()).unwrap();
    let mut said = String::new();
    let places = [&file["entries"], &file["indexed"]["journal"], &file["indexed"]["blobs"]];
    for value in places.iter().flat_map(|place| place.as_object().unwrap().values()) {
        let value = value.as_str().unwrap();
        said += &variorum::storage::words_of(value).unwrap_or_else(|| value.to_owned());
        said.push('\n');
    }
    page.go("");
    said
}

#[test]
fn of_an_article_removed_for_good_no_stored_value_keeps_a_word() {
    let page = Page::open("purged");
    page.add_article(ARTICLE, None);
    page.select("#page-text", "leaving");
    page.press("q");
    page.wait_for_cards(1);
    page.introduce_if_asked();
    page.find(".brand").click();
    page.add_article(crate::desk::COPY, None);
    page.find(".brand").click();
    page.wait_until("two articles", || page.find_all(".version").len() == 2);
    page.find("#back-up").click();
    page.wait_until("the backup is listed", || page.find_all(".backups li").len() == 1);
    page.wait_until("it is stored", || page.is_saved());
    let sentence = ARTICLE.lines().find(|line| line.contains("leaving")).unwrap();
    assert!(all_stored(&page).contains(sentence), "it is stored at first");

    page.find(".brand").click();
    let title = ARTICLE.lines().next().unwrap();
    let rows = page.find_all(".version");
    let at = rows.iter().position(|row| row.text().contains(title)).unwrap();
    page.find_all(".version > button:last-child")[at].click();
    page.wait_until("it is deleted", || page.find_all(".version").len() == 1);
    assert!(all_stored(&page).contains(sentence), "deleting keeps it");
    page.find(".brand").click();
    page.find(".deleted summary").click();
    page.find(".remove-record").click();
    page.wait_for_text("Really?");
    page.screenshot("remove-record");
    page.find(".remove-record").click();
    page.wait_for_text("is gone for good");
    page.wait_until("that is stored", || page.is_saved());
    let stored = all_stored(&page);
    assert!(!stored.contains(sentence) && !stored.contains(title), "nothing of it is left");
    assert!(!stored.contains("leaving"), "nor the words that were marked");
    page.find(".brand").click();
    page.wait_until("the other article is there", || page.find_all(".version").len() == 1);
    assert_eq!(page.find_all(".backups li").len(), 1, "the backup is, too");
    assert_eq!(page.complaints(), Vec::<String>::new());
}
