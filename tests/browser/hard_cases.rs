//! What news does to quotations, on the sample's texts, annotated from nothing by keys: adjacent quotations, a
//! report inside a report with its denial, a page break and link markup inside, reversed marks, mixed ones.

use crate::desk::{assert_anchors_hold, records, shown};
use crate::harness::Page;
use serde_json::Value;

fn text(name: &str) -> &'static str {
    variorum::sample::TEXTS.iter().find(|(n, _)| *n == name).unwrap().1
}

/// The attribution whose content begins with these words.
fn saying<'a>(all: &'a [Value], words: &str) -> &'a Value {
    let begins = |r: &&Value| {
        let first = &shown(&r["contents"])[0]["exact"];
        first.as_str().is_some_and(|exact| exact.trim_start_matches(['“', '"']).starts_with(words))
    };
    all.iter().find(begins).unwrap_or_else(|| panic!("nothing says {words}"))
}

fn id_of(file: &str, record: &Value) -> String {
    let whole: Value = serde_json::from_str(file).unwrap();
    let all = whole["records"].as_object().unwrap();
    all.iter().find(|(_, r)| *r == record).unwrap().0.clone()
}

/// Selects words, presses a key, and waits for what that must bring about.
fn mark(page: &Page, words: &str, key: &str) {
    let before = page.run("return document.querySelectorAll('#page-text mark').length", vec![]);
    page.select("#page-text", words);
    page.press(key);
    page.wait_until("it is marked", || {
        page.run("return document.querySelectorAll('#page-text mark').length", vec![]) != before
    });
}

#[test]
fn adjacent_nested_and_denied_quotations_are_annotated_exactly() {
    let page = Page::open("hard-earlier");
    page.add_article(text("4-earlier.txt"), None);
    // Three adjacent quotations by one speaker: one attribution with three pieces, each by its caret.
    page.caret_in("behaviour on the sound");
    page.press("q");
    page.introduce("Jana Roe");
    page.wait_for_cards(1);
    for (pieces, words) in [(2, "honour the timetable"), (3, "row to Aldersund")] {
        page.caret_in(words);
        page.press("Shift+q");
        page.wait_until("it is one piece more", || {
            page.find_all(".card.active .piece.content").len() == pieces
        });
    }
    mark(&page, "Una Brekkan", "s");
    page.wait_until("she speaks", || page.cards()[0].contains("Una Brekkan"));

    // A broadcaster reports what an official told it; a spokeswoman denies that.
    page.press("Escape");
    mark(
        &page,
        "the government was willing to buy a stake, with the operator keeping one vessel on the run until May and the province forgiving its harbour dues",
        "q",
    );
    mark(&page, "reported", "c");
    mark(&page, "Norrey One", "s");
    page.press("Escape");
    mark(&page, "“has a menu of guarantees almost ready to lay before the owners”", "q");
    mark(&page, "an official in the transport ministry", "s");
    mark(&page, "told", "c");
    page.wait_for_cards(3);
    page.press("Escape");
    page.select("#page-text", "“Nobody in this building is drawing up guarantees for Halvane, on paper or over the telephone, for next week or for any other week.”");
    page.press("q");
    page.wait_for_cards(4);
    mark(&page, "Brita Askvold", "s");
    page.press("t");
    page.type_text("Guarantees are being drawn up\n");
    page.press("h");
    page.type_text("deny\n");
    page.wait_until("she denies it", || page.find(".said").text().contains("deny"));
    // Back to the official: told through the broadcaster, inside its report.
    page.press("k");
    page.wait_until("the official is active", || page.find(".card.active").text().contains("official"));
    page.run(
        "const text = document.querySelector('#page-text');
         const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
         while (walker.nextNode()) {
           const at = walker.currentNode.data.indexOf(' Norrey One. The');
           if (at < 0) continue;
           getSelection().setBaseAndExtent(walker.currentNode, at + 1, walker.currentNode, at + 11);
           return;
         }",
        vec![],
    );
    page.press("v");
    page.wait_until("it came through the broadcaster", || {
        page.find(".card.active").text().contains("via Norrey One")
    });
    page.press("i");
    page.wait_until("it is inside the report", || page.find(".card.active").text().contains("inside"));
    page.screenshot("hard-earlier");
    page.narrow();
    page.dark();
    page.screenshot("hard-earlier-dark-400");
    page.wide();
    page.light();

    let file = page.export();
    assert_anchors_hold(&file);
    let all = records(&file, "attribution");
    let adjacent = saying(&all, "Halvane's behaviour");
    assert_eq!(shown(&adjacent["contents"]).as_array().unwrap().len(), 3);
    let official = saying(&all, "has a menu");
    assert_eq!(*shown(&official["parent"]), id_of(&file, saying(&all, "the government")), "{official}");
    assert!(shown(&official["via"]).is_string(), "{official}");
    let denied = &records(&file, "stance")[0];
    let labels = records(&file, "label");
    let deny = labels.iter().find(|l| shown(&l["name"]) == "deny").unwrap();
    assert_eq!(*shown(&denied["value"]), id_of(&file, deny));
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn broken_reversed_and_mixed_quotations_are_annotated_exactly() {
    let page = Page::open("hard-marks");
    page.add_article(text("1-original.txt"), None);
    // A page break goes through it, and link markup stands inside: the caret in it and one key take it whole.
    page.caret_in("now hopes to be welcomed");
    page.press("q");
    page.introduce("Jana Roe");
    page.wait_for_cards(1);
    assert!(page.find(".card").text().contains("false paragraph break"), "{}", page.find(".card").text());
    page.press("Escape");
    page.caret_in("every week it has stood");
    page.press("q");
    page.wait_for_cards(2);
    mark(&page, "Sunniva Holm", "s");
    page.screenshot("hard-original");

    // Reversed marks: the words are outside, the name is inside; the reading is repaired, the text is not.
    page.find(".brand").click();
    page.add_article(text("2-back-translated.txt"), None);
    page.caret_in("withdrawing the");
    page.press("q");
    page.wait_for_cards(1);
    assert!(page.find(".card").text().contains("mark reversed"), "{}", page.find(".card").text());

    // Half a sentence in marks inside a reported sentence.
    page.find(".brand").click();
    page.add_article(text("3-agency.txt"), None);
    mark(&page, "the safety register of the ferry Marram had been “doctored”", "q");
    page.wait_for_cards(1);
    mark(&page, "affirmed", "c");
    mark(&page, "Sunniva Holm", "s");
    let file = page.export();
    assert_anchors_hold(&file);
    let all = records(&file, "attribution");
    let broken = saying(&all, "Instead");
    let content = &shown(&broken["contents"])[0];
    assert!(content["exact"].as_str().unwrap().contains("And we’re\n\nworried"), "{content}");
    assert!(content["exact"].as_str().unwrap().contains("[two newer ships](#)"), "{content}");
    let defects = shown(&broken["defects"]).as_array().unwrap();
    assert!(
        defects.iter().any(|d| d == "false_paragraph_break") && defects.iter().any(|d| d == "markup_inside")
    );
    let mixed = saying(&all, "the safety register");
    assert_eq!(shown(&mixed["type"]), "mixed");
    let reversed = all
        .iter()
        .find(|r| shown(&r["defects"]).as_array().is_some_and(|d| d.iter().any(|d| d == "mark_reversed")));
    assert!(reversed.is_some(), "the reversed marks are noted");
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn other_scripts_select_and_mark_exactly() {
    let page = Page::open("scripts");
    let articles = [
        ("«Ми не підемо», – сказала Олена Їжак. Порт чекає.", "«Ми не підемо»", "Олена Їжак"),
        ("قالت ليلى حداد: «لن نغادر الميناء». ثم غادرت.", "«لن نغادر الميناء»", "ليلى حداد"),
        ("港口负责人李明说：“我们不会离开港口。”然后他走了。", "“我们不会离开港口。”", "李明"),
        ("👩‍👩‍👧 “We 🛳️ stay,” said 👨‍✈️ Captain Ó Néill.", "“We 🛳️ stay,”", "👨‍✈️ Captain Ó Néill"),
    ];
    for (i, (text, quote, who)) in articles.iter().enumerate() {
        page.find(".brand").click();
        page.add_article(text, None);
        page.press("g");
        page.wait_until("the quotation is selected", || page.selection() == *quote);
        page.press("q");
        if i == 0 {
            page.introduce("Їжак");
        }
        page.wait_for_cards(1);
        page.select("#page-text", who);
        page.press("s");
        page.wait_until("the speaker is in", || page.cards()[0].contains(who));
        assert_eq!(page.marked("content").concat(), *quote);
        // An end by a word and back: right to left as well.
        page.screenshot(&format!("script-{i}"));
    }
    assert_anchors_hold(&page.export());
    assert_eq!(page.complaints(), Vec::<String>::new());
}
