//! How many keys and clicks the daily work takes: each case is done as a person would do it, counted, printed
//! and held to its goal.

use crate::desk::{records, shown};
use crate::harness::Page;
use std::cell::Cell;

/// An article with twenty attributions by three speakers.
fn article() -> String {
    const SAID: [&str; 20] = [
        "The quay is closed from Monday.",
        "Nobody asked the crews.",
        "We shall see each other in court.",
        "The log was complete.",
        "That is for the inspectors to say.",
        "Our boats have been ready since March.",
        "The price of oil explains nothing.",
        "I saw the letter myself.",
        "There never was a letter.",
        "The island will not be forgotten.",
        "We ask for a timetable and no more.",
        "The owners have asked for time.",
        "Time is what the island has not got.",
        "A boat is a boat.",
        "A promise is a promise too.",
        "The clinic has oxygen until Friday.",
        "Friday is a long way off.",
        "We are looking at every offer.",
        "There is one offer and it is bad.",
        "The last word is with parliament.",
    ];
    const BY: [&str; 3] = ["Marit Sund", "Piet Oldenkamp", "Harbour Council"];
    let mut text = "The quay and the quarrel\n\nOstray waits for a decision on its ferry.\n".to_owned();
    for (i, said) in SAID.iter().enumerate() {
        let words = said.strip_suffix('.').unwrap();
        text.push_str(&format!("\n“{words},” said {} on the {}th day.\n", BY[i % 3], i + 4));
    }
    text.push_str("\nSund left for the island. Piet Oldenkamp stayed.\n");
    text
}

/// Counts what a person does.
struct Hand<'a> {
    page: &'a Page,
    done: Cell<usize>,
}

impl Hand<'_> {
    fn press(&self, key: &str) {
        self.page.press(key);
        self.done.set(self.done.get() + 1);
    }

    fn select(&self, words: &str) {
        self.page.drag_over("#page-text", words);
        self.done.set(self.done.get() + 1);
    }

    /// What was done since the last case, which must be no more than `goal`.
    fn count(&self, case: &str, goal: usize) {
        let done = self.done.replace(0);
        println!("{case}: {done} (goal {goal})");
        assert!(done <= goal, "{case} took {done} keys or clicks, the goal is {goal}");
    }
}

#[test]
fn twenty_attributions_take_no_more_keys_than_promised() {
    let page = Page::open("counted");
    page.add_article(&article(), None);
    let hand = Hand { page: &page, done: Cell::new(0) };
    let speaker = |n: usize, who: &str| {
        page.wait_until("the speaker is known", || page.cards().get(n).is_some_and(|c| c.contains(who)));
    };

    // By mouse and letter, with cue and source span: a new source.
    hand.select("“The quay is closed from Monday,”");
    hand.press("q");
    page.introduce("Jana Roe");
    page.wait_for_cards(1);
    hand.select("Marit Sund");
    hand.press("s");
    speaker(0, "Marit Sund");
    hand.count("T3, by hand, new source, by mouse", 4);
    page.select("#page-text", "said");
    hand.done.set(1);
    hand.press("c");
    page.wait_until("the cue is in", || !page.marked("cue").is_empty());
    hand.done.set(hand.done.get() + 4);
    hand.count("the full bundle by mouse: content, source, speaker, cue", 6);

    hand.press("Escape");
    hand.done.set(0);
    hand.select("“Nobody asked the crews,”");
    hand.press("q");
    hand.select("Piet Oldenkamp");
    hand.press("s");
    speaker(1, "Piet Oldenkamp");
    hand.count("T3 again", 4);
    hand.press("Escape");
    hand.done.set(0);
    hand.select("“We shall see each other in court,”");
    hand.press("q");
    hand.select("Harbour Council");
    hand.press("s");
    speaker(2, "Harbour Council");
    hand.count("T3, third speaker", 4);

    // A speaker of the cast, by mouse: select, digit.
    hand.select("“The log was complete,”");
    hand.press("1");
    page.wait_for_cards(4);
    speaker(3, "Marit Sund");
    hand.count("T4, known speaker, by mouse", 3);

    // By keyboard only, from the reading position: next quotation, digit.
    for (n, digit) in (4..20).zip(["2", "3", "1"].iter().cycle()) {
        hand.press("g");
        hand.press(digit);
        page.wait_for_cards(n + 1);
        hand.count("T5, known speaker, by keyboard", 6);
    }
    let by_sund = |card: &String| card.contains("Marit Sund");
    assert_eq!(page.cards().iter().filter(|c| by_sund(c)).count(), 7);

    // A further piece of a split quotation.
    page.select("#page-text", "Piet Oldenkamp stayed");
    hand.done.set(1);
    hand.press("Shift+q");
    page.wait_until("there are two pieces", || page.find_all(".card.active .piece.content").len() == 2);
    hand.count("T6, second piece", 2);

    // Undo, in one key.
    hand.press("Ctrl+z");
    page.wait_until("it is one piece", || page.find_all(".card.active .piece.content").len() == 1);
    hand.count("T10, undo", 1);

    // Stances: one key while the target carries over, two with another target.
    page.press("t");
    page.type_text("The closure\n");
    page.press("t");
    page.type_text("The owners\n");
    page.wait_until("there are two targets", || page.find_all(".stances .target option").len() == 2);
    hand.press("f");
    page.wait_until("it is said", || page.find(".said").text().contains("The owners"));
    hand.count("T7, the target carries over", 1);
    hand.press("Shift+1");
    hand.press("a");
    page.wait_until("it is said", || page.find(".said").text().contains("The closure"));
    hand.count("T7, another target", 2);

    // An end moves by a word, then back, then by a character; ids and links stay.
    let before = page.export();
    page.find("#page-text").click();
    page.press("Escape");
    page.press("k");
    page.wait_until("one is active", || page.find_all(".card.active").len() == 1);
    let words = || page.find(".card.active .piece.content .words").text();
    let old = words();
    hand.press(",");
    page.wait_until("the end moved", || words().len() < old.len());
    hand.count("T12, nudge by a word", 1);
    let shorter = words();
    hand.press("Alt+.");
    page.wait_until("a character more", || words().chars().count() == shorter.chars().count() + 1);
    hand.count("T12, nudge by a character", 1);
    let after = page.export();
    let ids =
        |file: &str| records(file, "attribution").iter().map(|r| r["sources"].clone()).collect::<Vec<_>>();
    assert_eq!(ids(&before), ids(&after), "the links are the same");
    page.press_times("Ctrl+z", 2);
    page.wait_until("the end is back", || words() == old);

    // A name everywhere: looked through, then one step.
    page.press("Escape");
    page.caret_in("Ostray waits");
    page.press("j");
    page.wait_until("the first is active", || page.find(".card.active").text().contains("quay is closed"));
    page.select("#page-text", "Marit Sund");
    hand.done.set(0);
    hand.press("l");
    page.wait_until("the places are shown", || !page.find_all(".everywhere .hits input").is_empty());
    let places = page.find_all(".everywhere .hits input").len();
    page.screenshot("label-all");
    hand.press("Enter");
    page.wait_until("they are labelled", || page.marked("mention").len() == places);
    hand.count("T9, label everywhere (and the preview)", 2);
    assert_eq!(places, 6, "all but the one that is marked already");
    page.reload();
    page.wait_until("it is back", || page.marked("mention").len() == places);
    hand.press("Ctrl+z");
    page.wait_until("they are gone", || page.marked("mention").is_empty());
    hand.count("T10, undo after a reload, all in one", 1);

    // Next unfinished: there is none.
    page.find("#page-text").click();
    page.press("u");
    page.wait_for_text("Every attribution has its words and its speaker.");
    let file = page.export();
    assert_eq!(records(&file, "attribution").len(), 20);
    assert!(records(&file, "attribution").iter().all(|r| shown(&r["type"]) == "direct"));
    assert_eq!(page.complaints(), Vec::<String>::new());
}
