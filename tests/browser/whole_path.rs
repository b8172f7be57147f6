//! The whole path: open, load, mark, compare, reload, export, clear, import.

use crate::desk::{ARTICLE, COPY, assert_anchors_hold, records, shown};
use crate::harness::Page;

/// Notes in each frame where the button that marks a cue is, as long as it is there.
const WATCH_CUE_BUTTON: &str = "window.lefts = [];
    const look = () => {
        const button = document.querySelector('.selection-bar .mark-cue');
        if (button) window.lefts.push(button.getBoundingClientRect().left);
        if (window.lefts.length < 40) requestAnimationFrame(look);
    };
    look();";

#[test]
fn the_main_job_works_by_mouse_and_survives_reload_and_a_file() {
    let page = Page::open("by-mouse");
    page.screenshot("welcome");
    page.add_article(ARTICLE, None);

    // Who said what.
    page.drag_over("#page-text", "“We are not leaving the harbour,”");
    assert_eq!(page.selection(), "“We are not leaving the harbour,”");
    page.find(".selection-bar .mark-quote").click();
    page.introduce("Jana Roe");
    page.run(WATCH_CUE_BUTTON, vec![]);
    page.drag_over("#page-text", "said");
    page.wait_until("the bar was watched", || page.run("return window.lefts.length > 20", vec![]) == true);
    let lefts = page.run("return [...new Set(window.lefts)]", vec![]);
    assert_eq!(lefts.as_array().unwrap().len(), 1, "no button moves away from under the pointer: {lefts}");
    page.find(".selection-bar .mark-cue").click();
    page.drag_over("#page-text", "Olena Їжак");
    page.find(".selection-bar .mark-source").click();
    page.wait_for_cards(1);
    let card = &page.cards()[0];
    assert!(card.contains("“We are not leaving the harbour,”") && card.contains("Olena Їжак"), "{card}");
    assert!(card.contains("direct"), "{card}");
    assert_eq!(page.marked("content"), ["“We are not leaving the harbour,”"]);
    assert_eq!(page.marked("source"), ["Olena Їжак"]);

    // A second one, which overlaps the first as seen from its content.
    page.drag_over("#page-text", "the town would “wait and see”");
    page.find(".selection-bar .mark-quote").click();
    page.drag_over("#page-text", "Per Holm");
    page.find(".selection-bar .mark-source").click();
    page.wait_for_cards(2);

    // What they think of it: the speaker, and the article.
    page.find("#target-name").type_text("Leaving the harbour\n");
    page.wait_until("the stances can be said", || !page.find_all(".values .against").is_empty());
    page.find(".values .against").click();
    page.wait_until("it is said", || page.find(".said").text().contains("Per Holm"));
    page.drag_over("#page-text", "wait and see");
    page.find(".selection-bar .mark-evidence").click();
    page.wait_until("evidence is marked", || !page.marked("evidence").is_empty());
    page.press("Escape");
    page.find(".values .neither").click();
    page.wait_until("the article's is said", || page.find(".said").text().contains("the article"));
    page.screenshot("reader");
    page.dark();
    page.screenshot("reader-dark");
    page.narrow();
    page.screenshot("reader-dark-400");
    page.light();
    page.wide();

    // Undo and redo.
    page.find("#undo").click();
    page.wait_until("it is taken back", || !page.find(".said").text().contains("the article"));
    page.find("#redo").click();
    page.wait_until("it is done again", || page.find(".said").text().contains("the article"));

    // A second version, side by side.
    page.find(".brand").click();
    page.add_article(COPY, Some("😀 Порт: the ferry stays in port"));
    page.find(".compare-with").click();
    page.wait_until("the comparison is there", || !page.find_all(".pair").is_empty());
    let removed: Vec<String> =
        page.find_all(".pair del").iter().map(|e| e.text().trim().to_owned()).collect();
    let inserted: Vec<String> =
        page.find_all(".pair ins").iter().map(|e| e.text().trim().to_owned()).collect();
    // The copy, which was open, stands on the left.
    assert!(removed.iter().any(|w| w.contains("abandoning")), "{removed:?}");
    assert!(inserted.iter().any(|w| w.contains("leaving")), "{inserted:?}");
    page.screenshot("compare");

    // Reload: everything is as it was, undo included.
    page.reload();
    page.wait_until("the comparison is back", || !page.find_all(".pair").is_empty());
    page.find(".brand").click();
    page.wait_until("the library is there", || page.find_all(".version").len() == 2);
    page.screenshot("library");
    let before = page.export();
    assert_anchors_hold(&before);
    assert_eq!(records(&before, "attribution").len(), 2);
    assert_eq!(
        records(&before, "person").iter().map(|p| shown(&p["name"]).clone()).collect::<Vec<_>>(),
        ["Jana Roe"]
    );

    // Export, clear, import: the same bytes.
    page.find(".projects li.open .remove-project").click();
    page.wait_until("it is gone", || page.find_all(".version").is_empty());
    let file = page.file("project.json", before.as_bytes());
    page.find("#file-input").choose(&[&file]);
    page.wait_until("it is back", || page.find_all(".version").len() == 2);
    assert_eq!(page.export(), before, "the same project gives the same bytes");
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn the_main_job_works_with_keys_alone() {
    let page = Page::open("by-keys");
    page.add_article(ARTICLE, None);
    // From the reading position: the headline, the word after it, and on to the end of the quotation.
    page.press("ArrowDown");
    page.press("ArrowRight");
    page.wait_until("the first word is selected", || page.selection() == "We");
    page.press_times("Shift+ArrowRight", 5);
    page.wait_until("the quotation is selected with its marks", || {
        page.selection() == "“We are not leaving the harbour,”"
    });
    let place = || {
        page.run(
            "return document.querySelector('#page-text p:nth-child(3)').getBoundingClientRect().top",
            vec![],
        )
    };
    let before = place();
    page.press("q");
    page.wait_until("the name is asked for", || !page.find_all("#my-name").is_empty());
    assert_eq!(place(), before, "the text does not move under the reader's eyes");
    page.introduce("Jana Roe");
    page.wait_for_cards(1);
    page.press_times("ArrowRight", 2);
    page.press("Shift+ArrowRight");
    page.wait_until("the name is selected", || page.selection() == "Olena Їжак");
    page.press("s");
    page.wait_until("the speaker is known", || page.cards()[0].contains("Olena Їжак"));
    page.press("t");
    page.type_text("Leaving\n");
    page.press("a");
    page.wait_until("the stance is said", || {
        page.find_all(".said").first().is_some_and(|s| s.text().contains("against"))
    });
    page.press("Ctrl+z");
    page.wait_until("it is taken back", || page.find_all(".said").is_empty());
    page.press("Ctrl+Shift+z");
    page.wait_until("it is done again", || !page.find_all(".said").is_empty());
    page.wait_until("it is kept", || page.is_saved());
    // A second quotation by the same speaker takes its number.
    page.press("Escape");
    for _ in 0..20 {
        if page.selection() == "wait" {
            break;
        }
        page.press("ArrowRight");
    }
    page.press_times("Shift+ArrowRight", 2);
    page.wait_until("the marks are in, the full stop is not", || page.selection() == "“wait and see”");
    page.press("q");
    page.wait_for_cards(2);
    page.press("1");
    page.wait_until("the number says who", || page.cards()[1].contains("Olena Їжак"));
    // All commands by name, all keys on one sheet.
    page.press("Ctrl+k");
    page.wait_until("the palette is open", || !page.find_all("#palette-field").is_empty());
    page.type_text("library\n");
    page.wait_until("the library is there", || !page.find_all(".version").is_empty());
    page.press("?");
    page.wait_until("the sheet is open", || !page.find_all(".sheet").is_empty());
    page.screenshot("shortcuts");
    page.press("Escape");
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn the_sample_opens_with_one_click_and_is_annotated() {
    let page = Page::open("sample");
    page.find("#open-sample").click();
    page.wait_until("the article opens", || page.find_all(".card").len() > 20);
    page.screenshot("sample");
    page.find(".brand").click();
    page.wait_until("five versions", || page.find_all(".version").len() == 5);
    page.narrow();
    page.screenshot("library-400");
    page.wide();
    page.find(".compare-story").click();
    page.wait_until("the comparison is there", || page.find_all(".pair").len() > 20);
    page.screenshot("sample-compare");
    page.narrow();
    page.dark();
    page.screenshot("sample-compare-dark-400");
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn an_older_file_never_takes_the_place_of_what_was_done_since() {
    let page = Page::open("older-file");
    page.add_article(ARTICLE, None);
    let older = page.export();
    page.select("#page-text", "“We are not leaving the harbour,”");
    page.press("q");
    page.wait_for_cards(1);
    let file = page.file("older.json", older.as_bytes());

    // Over the open project, and over the same project among the removed ones.
    page.find("#file-input").choose(&[&file]);
    page.wait_for_text("nothing that is not already");
    page.find(".projects li.open .remove-project").click();
    page.wait_until("it is gone", || page.find_all(".version").is_empty());
    page.find("#file-input").choose(&[&file]);
    page.wait_until("it is back", || page.find_all(".version").len() == 1);
    assert!(page.find(".version").text().contains("1 attribution"), "{}", page.find(".version").text());
    assert_eq!(page.complaints(), Vec::<String>::new());
}
