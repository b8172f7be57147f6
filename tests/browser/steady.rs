//! What must stay where it is while somebody works: the text, the cast, the selection, what a field shows.

use crate::harness::Page;
use serde_json::json;

/// Eight quotations by two speakers, with words enough around them that cards and text fill the window.
fn article() -> String {
    let said = |i: usize| {
        let who = ["Marit Sund", "Piet Oldenkamp"][i % 2];
        let day = format!("On day {i} nothing else was decided at the quay, and the crews went home. ");
        format!("“Sentence number {i} of the quarrel,” said {who}. {}\n\n", day.repeat(3))
    };
    format!("The quay and the quarrel\n\n{}", (1..=8).map(said).collect::<String>())
}

fn begin(name: &'static str) -> Page {
    let page = Page::open(name);
    page.add_article(&article(), None);
    page.press("g");
    page.press("q");
    page.introduce("Jana Roe");
    page.wait_for_cards(1);
    page.select("#page-text", "Marit Sund");
    page.select("#page-text", "Piet Oldenkamp");
    page.press("s");
    page.wait_until("there is a cast", || page.find(".cast").text().contains("Piet Oldenkamp"));
    page
}

#[test]
fn the_text_and_the_cast_stay_in_place_while_cards_come() {
    let page = begin("steady-text");
    let top = |words: &str| {
        let find = "const p = [...document.querySelectorAll('#page-text p')];
             return Math.round(p.find((p) => p.textContent.includes(arguments[0])).getBoundingClientRect().top)";
        page.run(find, vec![json!(words)])
    };
    for n in 2..=8 {
        page.press("g");
        let words = format!("number {n} of");
        page.wait_until("it is selected", || page.selection().contains(&words));
        let before = top(&words);
        page.press("1");
        page.wait_for_cards(n);
        page.run_async("const done = arguments[0]; setTimeout(done, 150)", vec![]);
        assert_eq!(top(&words), before, "marking moves no words ({n})");
        let seen = "const c = document.querySelector('.cast').getBoundingClientRect();
             const a = document.querySelector('.card.active').getBoundingClientRect();
             return [c.top >= 40, c.bottom <= a.top, a.bottom <= innerHeight]";
        assert_eq!(page.run(seen, vec![]), json!([true, true, true]), "numbers and card are in sight ({n})");
    }
    // Tab through the cards, the tools of the active one and the top bar: the words stay where they are.
    let before = top("number 8 of");
    let seen = page.run(
        "window.passed = []; document.addEventListener('focusin', (e) => passed.push(e.target.tagName));
         return document.activeElement.id",
        vec![],
    );
    assert_eq!(seen, json!("page-text"));
    page.press_times("Tab", 45);
    assert!(page.run("return passed.length > 40", vec![]) == json!(true));
    assert_eq!(top("number 8 of"), before, "Tab moves no words");
    page.find("#page-text").click();
    page.press("Escape");
    page.press("k");
    page.press("j");
    // What is deleted under the caret, and what comes back there, selects nothing.
    page.press("k");
    page.press("Delete");
    page.wait_for_cards(7);
    page.wait_for_text("Attribution deleted. Ctrl+Z brings it back.");
    assert_eq!(page.selection(), "");
    page.press("Ctrl+z");
    page.wait_for_cards(8);
    page.run_async("const done = arguments[0]; setTimeout(done, 150)", vec![]);
    assert_eq!(page.selection(), "");
    // With the mouse, some of the words that are selected can be selected.
    page.drag_over("#page-text", "Sentence number 8 of the quarrel");
    page.drag_over("#page-text", "number 8 of");
    assert_eq!(page.selection(), "number 8 of");
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn a_field_shows_what_holds_now_not_what_was_once_put_in() {
    let page = begin("steady-fields");
    let choose = |css: &str, value: &str| {
        let choose = "const list = document.querySelector(arguments[0]);
             list.value = arguments[1]; list.dispatchEvent(new Event('change', { bubbles: true }));";
        page.run(choose, vec![json!(css), json!(value)]);
    };
    let holds = |css: &str, value: &str| page.find(css).property("value").as_deref() == Some(value);
    let kind = ".card.active select[aria-label='Kind of attribution']";
    choose(kind, "indirect");
    page.wait_until("it is indirect", || page.find(".card.active .kind").text() == "indirect");
    page.press("Ctrl+z");
    page.wait_until("it is direct again", || page.find(".card.active .kind").text() == "direct");
    assert!(holds(kind, "direct"));

    page.press("t");
    page.type_text("The ferry\n");
    page.wait_until("there are values", || !page.find_all(".values").is_empty());
    // Labels of one scheme, then of another; a label that was added leaves the field empty.
    page.command("labels");
    let label = ".label-row input[aria-label='Label']";
    page.wait_until("labels are there", || holds(label, "favor"));
    page.find(label).click();
    page.press("Ctrl+a");
    page.type_text("in favour\n");
    page.wait_until("it is renamed", || page.find(".values").text().contains("in favour"));
    page.find(".sheet .own").click();
    choose(".sheet select", "support");
    page.wait_until("it is the other scheme", || page.find(".values").text().contains("deny"));
    assert!(holds(label, "support"));
    let add = ".sheet input[aria-label='Add a label: type its name']";
    page.find(add).click();
    page.type_text("unclear\n");
    page.wait_until("it is added", || page.find(".values").text().contains("unclear"));
    assert!(holds(add, ""));
    page.press("Escape");

    // Any scheme's labels by typing: those in use first, in their order.
    page.press("h");
    let row = |n: usize| page.find_all(".picker li button").get(n).map(|row| row.text());
    page.wait_until("the labels are listed", || row(0).is_some_and(|row| row.starts_with("support")));
    assert!(row(1).is_some_and(|row| row.starts_with("deny")));
    page.press("Escape");

    // Two speakers of the cast, one after the other.
    page.press("p");
    page.type_text("Marit Sund\n");
    page.wait_until("there are two", || page.find_all(".cast .pencil").len() == 2);
    let pencil = |n: usize| page.find_all(".cast .pencil")[n].click();
    let name = ".speaker input[aria-label='Name']";
    pencil(1);
    page.wait_until("one is open", || holds(name, "Piet Oldenkamp"));
    page.find(name).click();
    page.press("Ctrl+a");
    page.type_text("Piet\n");
    page.wait_until("it is renamed", || !page.find(".cast ul").text().contains("Oldenkamp"));
    pencil(0);
    page.wait_until("the other is open", || holds(name, "Marit Sund"));
    assert!(!page.shows("Take out of the cast"), "she speaks");
    // Nobody speaks under the other name now.
    pencil(1);
    page.wait_until("the first is open again", || holds(name, "Piet"));
    page.click_text("Take out of the cast");
    page.wait_until("it is gone", || page.find_all(".cast .pencil").len() == 1);
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn an_article_is_read_on_where_it_was_left_and_other_screens_begin_at_their_top() {
    let page = Page::open("steady-reading");
    let paragraph =
        |n: usize| format!("In week {n} the ferry sailed on time, and nobody on the quay said a word.\n\n");
    page.add_article(&format!("A long summer\n\n{}", (1..=90).map(paragraph).collect::<String>()), None);
    let at = || page.run("return Math.round(scrollY)", vec![]).as_i64().unwrap();
    page.run("scrollTo(0, 1500)", vec![]);
    // The place is noted a moment after the last scroll.
    std::thread::sleep(std::time::Duration::from_millis(500));
    page.click_text("Library");
    page.wait_until("the library is there", || !page.find_all(".version").is_empty());
    assert_eq!(at(), 0);
    page.click_text("Read");
    page.wait_until("it is read on", || (at() - 1500).abs() < 4);
    page.click_text("Together");
    page.wait_until("the screen is there", || page.find_all(".together-screen").len() == 1);
    assert_eq!(at(), 0);
    page.click_text("Library");
    page.wait_until("the library is there", || !page.find_all(".version").is_empty());
    page.find(".version .open").click();
    page.wait_until("it is read on", || (at() - 1500).abs() < 4);
    page.reload();
    page.wait_until("the next day, too", || {
        !page.find_all("#page-text").is_empty() && (at() - 1500).abs() < 4
    });
    assert_eq!(page.complaints(), Vec::<String>::new());
}
