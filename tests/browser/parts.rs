//! What is not on the first screen comes when it is asked for, and says so plainly when it cannot.

use crate::desk::ARTICLE;
use crate::harness::Page;

/// A build for trying only is in one piece: there is nothing to load later.
fn in_one_piece() -> bool {
    let whole = !xtask::project::dist().join(xtask::parts::FOLDER).is_dir();
    if whole {
        eprintln!("Skipped: this app is in one piece; `cargo xtask build` makes one in parts.");
    }
    whole
}

/// The wasm files that the page has fetched.
fn fetched(page: &Page) -> String {
    let names = "return performance.getEntriesByType('resource').map((entry) => entry.name)
        .filter((name) => name.endsWith('.wasm')).join(' ');";
    page.run(names, vec![]).as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_dialog_in_a_part_comes_when_it_is_asked_for() {
    let page = Page::open("parts");
    if in_one_piece() {
        return;
    }
    page.reload();
    page.find("#palette-button").click();
    page.wait_until("the palette shows", || page.find_all("#palette-field").len() == 1);
    assert!(fetched(&page).contains("split_panels.wasm"), "{}", fetched(&page));
    page.press("Escape");
    page.wait_until("the rest comes by itself", || fetched(&page).contains("split_together.wasm"));
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn what_is_typed_for_the_palette_before_its_field_is_there_is_not_lost() {
    let page = Page::open("parts-ahead");
    page.add_article(ARTICLE, None);
    // All in one breath, before the browser can show anything.
    let quick = "const press = (key, ctrlKey) => document.activeElement.dispatchEvent(
            new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true }));
        press('k', true);
        for (const key of arguments[0]) press(key, false);
        if (arguments[1]) press('Enter', false);";
    page.run(quick, vec!["progrr".into(), false.into()]);
    page.wait_until("the words are in the field", || {
        let field = page.find_all("#palette-field");
        field.first().is_some_and(|field| field.property("value").as_deref() == Some("progrr"))
    });
    page.type_text("x");
    page.wait_for_text("No command has this in its name");
    page.press("Escape");
    page.wait_until("it is closed", || page.find_all("#palette-field").is_empty());
    page.run(quick, vec!["shortcuts".into(), true.into()]);
    page.wait_until("the command is run", || page.find_all(".sheet").len() == 1);
    assert!(page.find_all("#palette-field").is_empty());
    assert_eq!(page.cards().len(), 0, "no key was taken for another command");
}

#[test]
fn where_the_palette_cannot_be_loaded_its_button_works_by_keys_whatever_was_typed() {
    let page = Page::open("parts-palette");
    if in_one_piece() {
        return;
    }
    page.block("*split_panels.wasm");
    page.reload();
    page.press("Ctrl+k");
    page.wait_until("it is said", || page.find_all(".part-missing").len() == 1);
    page.press("x");
    page.block("*nothing-of-ours*");
    page.run("document.querySelector('#try-part').focus()", vec![]);
    page.press("Enter");
    page.wait_until("the palette is there", || page.find_all("#palette-field").len() == 1);
}

#[test]
fn nothing_of_a_dialog_runs_after_the_command_that_closed_it() {
    let page = Page::open("parts-closed");
    page.add_article(ARTICLE, None);
    // One handler takes the palette away and changes what its list of commands follows. Whether its parts
    // would run before they are gone hangs on the order of subscribers, which changes each time.
    for _ in 0..12 {
        page.command("go to the library");
        page.wait_until("the library is there", || !page.find_all(".version").is_empty());
        page.command("go to the article");
        page.wait_until("the article is there", || !page.find_all("#page-text").is_empty());
    }
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn a_part_that_cannot_be_loaded_says_so_and_can_be_tried_again() {
    let page = Page::open("parts-missing");
    if in_one_piece() {
        return;
    }
    page.add_article(ARTICLE, None);
    page.block("*split_together.wasm");
    page.reload();
    page.click_text("Together");
    page.wait_until("it is said", || page.find_all("main .part-missing").len() == 1);
    assert!(page.shows("could not be loaded"));
    page.screenshot("part-missing");
    page.click_text("Read");
    page.wait_until("the rest works on", || page.find_all("#page-text").len() == 1);
    page.click_text("Together");
    page.wait_until("it is said again", || page.find_all("main .part-missing").len() == 1);
    page.block("*nothing-of-ours*");
    page.find("#try-part").click();
    page.wait_until("the screen is there", || page.find_all(".together-screen").len() == 1);
    assert!(page.find_all(".part-missing").is_empty());
}

#[test]
fn an_action_in_a_part_that_cannot_be_loaded_says_so_and_works_later() {
    let page = Page::open("parts-action");
    if in_one_piece() {
        return;
    }
    page.block("*split_files.wasm");
    page.reload();
    page.find("#paste").type_text("Two words.");
    page.find("#add-pasted").click();
    page.wait_for_text("could not be loaded");
    page.block("*nothing-of-ours*");
    page.find("#add-pasted").click();
    page.wait_until("the article is there", || page.find_all("#page-text").len() == 1);
}

#[test]
fn what_is_changed_before_the_reader_has_come_is_done_as_soon_as_it_has() {
    let page = Page::open("parts-reader");
    if in_one_piece() {
        return;
    }
    page.add_article(ARTICLE, None);
    page.block("*/parts/*.wasm");
    page.reload();
    page.wait_until("the reader is missed", || page.find_all("main .part-missing").len() == 1);
    page.click_text("Library");
    page.block("*nothing-of-ours*");
    let rename = "const name = document.querySelector('.project-name'); name.value = 'Harbour';
        name.dispatchEvent(new Event('change', { bubbles: true }));";
    page.run(rename, vec![]);
    page.wait_until("the project has its name", || page.title().starts_with("Harbour"));
    page.click_text("Read");
    page.wait_until("the article is there", || page.find_all("#page-text").len() == 1);
    page.press("Ctrl+z");
    page.wait_until("it was a step like any other", || page.title().starts_with("My project"));
}
