//! All of the desk without a mouse, as a person without one would do it: nothing here clicks, and what no key
//! reaches directly is reached with Tab.

use crate::desk::{assert_anchors_hold, records, shown};
use crate::harness::Page;
use serde_json::{Value, json};

const TALKS: &str = "Ferry talks\n\n\
    “We stay in port,” Anna Berg told the council, “until the oil is paid.”\n\n\
    “Nobody asked us,” said Piet Holt and Mara Lund.\n\n\
    An official told Norrey One that Berg said “the crews are safe”.\n\n\
    She said: “The log is complete.\n\n\
    “It will be opened in June.”\n\n\
    Anna Berg left. Anna Berg will be back.\n";

impl Page {
    /// Presses Tab until this has the keyboard.
    pub(crate) fn tab_to(&self, css: &str) {
        for _ in 0..160 {
            let there = self.run(
                "return !!document.activeElement && document.activeElement.matches(arguments[0])",
                vec![css.into()],
            );
            if there == json!(true) {
                return;
            }
            self.press("Tab");
        }
        panic!("Tab leads to no {css}");
    }

    /// Presses a key until these words are selected.
    pub(crate) fn walk(&self, key: &str, words: &str) {
        for _ in 0..80 {
            if self.selection() == words {
                return;
            }
            let before = self.selection();
            self.press(key);
            // A key may come before the frame in which the last one's selection is shown.
            for _ in 0..10 {
                if self.selection() != before {
                    break;
                }
                std::thread::sleep(std::time::Duration::from_millis(20));
            }
        }
        panic!("{key} does not lead to “{words}”, but to “{}”", self.selection());
    }

    /// From anywhere in the text to words of it, by keys.
    fn to_words(&self, first: &str, all: &str) {
        self.press_times("Ctrl+ArrowUp", 8);
        self.walk("ArrowRight", first);
        self.walk("Shift+ArrowRight", all);
    }

    /// Empties the field that has the keyboard and types.
    fn retype(&self, words: &str) {
        self.press("Ctrl+a");
        self.type_text(words);
    }

    /// Runs a command by its name.
    pub(crate) fn command(&self, name: &str) {
        self.press("Ctrl+k");
        self.wait_until("the palette is open", || {
            self.run("return document.activeElement.id === 'palette-field'", vec![]) == json!(true)
        });
        self.type_text(name);
        self.wait_until("it is found", || !self.find_all(".palette li button.chosen").is_empty());
        self.press("Enter");
    }

    fn active_card(&self) -> String {
        self.find_all(".card.active").first().map(|card| card.text()).unwrap_or_default()
    }

    fn wait_for_active(&self, words: &str) {
        self.wait_until(&format!("the active card says {words}"), || self.active_card().contains(words));
    }
}

/// Opens the text and says who sits here, both by keys.
fn begin(name: &'static str) -> Page {
    let page = Page::open(name);
    page.add_article(TALKS, None);
    page.press("g");
    page.wait_until("the first quotation is selected", || page.selection() == "“We stay in port,”");
    page.press("q");
    page.wait_until("the name is asked for", || !page.find_all("#my-name").is_empty());
    page.tab_to("#my-name");
    page.type_text("Jana Roe\n");
    page.wait_until("the question is gone", || page.find_all("#my-name").is_empty());
    page.wait_for_cards(1);
    page
}

#[test]
fn attributions_of_every_shape_are_made_by_keys() {
    let page = begin("keys-shapes");
    // A second piece, the source, whom it was said to, the verb.
    page.press("g");
    page.wait_until("the second half is selected", || page.selection() == "“until the oil is paid.”");
    page.press("Shift+q");
    page.wait_until("it has two pieces", || page.find_all(".card.active .piece.content").len() == 2);
    page.to_words("Anna", "Anna Berg");
    page.press("s");
    page.wait_for_active("Anna Berg");
    page.walk("ArrowRight", "told");
    page.press("c");
    page.wait_until("the cue is in", || page.marked("cue") == ["told"]);
    page.walk("ArrowRight", "council");
    page.press("d");
    page.wait_for_active("to council");
    page.press("Escape");

    // Two sources of one quotation.
    page.press("g");
    page.wait_until("the next quotation is selected", || page.selection() == "“Nobody asked us,”");
    page.press("q");
    page.wait_for_cards(2);
    page.to_words("Piet", "Piet Holt");
    page.press("s");
    page.wait_for_active("Piet Holt");
    page.walk("ArrowRight", "Mara");
    page.press("Shift+ArrowRight");
    page.wait_until("the name is selected", || page.selection() == "Mara Lund");
    page.press("s");
    page.wait_for_active("Piet Holt, Mara Lund");
    page.press("Escape");

    // What an official told a broadcaster, and inside it what Berg said.
    page.to_words("An", "An");
    page.walk("ArrowRight", "Berg");
    page.walk("Shift+ArrowRight", "Berg said “the crews are safe”");
    page.press("q");
    page.wait_for_cards(3);
    page.to_words("An", "An official");
    page.press("s");
    page.wait_for_active("An official");
    page.walk("ArrowRight", "Norrey");
    page.press("Shift+ArrowRight");
    page.wait_until("the broadcaster is selected", || page.selection() == "Norrey One");
    page.press("v");
    page.wait_for_active("via Norrey One");
    page.press("Escape");
    page.to_words("An", "An");
    page.walk("ArrowRight", "the");
    page.walk("Shift+ArrowRight", "“the crews are safe”");
    page.press("q");
    page.wait_for_cards(4);
    page.wait_for_active("inside");
    page.press("1");
    page.wait_for_active("Anna Berg");
    page.press("i");
    page.wait_until("it stands alone", || !page.active_card().contains("inside 3"));
    page.press("i");
    page.wait_for_active("inside 3 (An official)");
    page.press("Escape");

    // A quotation that goes on in the next paragraph is one; and by hand one goes on from another.
    page.press("g");
    page.wait_until("the long one is selected", || page.selection().contains("The log is complete."));
    page.press("q");
    page.wait_for_cards(5);
    page.press("g");
    page.press("q");
    page.wait_until("it is one with the next paragraph", || {
        page.marked("content").iter().any(|words| words.contains("opened in June"))
    });
    page.wait_for_cards(5);
    page.press("1");
    page.wait_for_active("Anna Berg");
    page.press("o");
    page.wait_for_active("goes on from");
    page.press("o");
    page.wait_until("it does not", || !page.active_card().contains("goes on from"));

    // Its type from a list.
    page.press("y");
    page.type_text("mixed\n");
    page.wait_for_active("mixed");
    let file = page.export_by_keys();
    assert_anchors_hold(&file);
    let all = records(&file, "attribution");
    assert_eq!(all.len(), 5);
    let with = |field: &str, count: usize| {
        all.iter().filter(|a| shown(&a[field]).as_array().is_some_and(|v| v.len() == count)).count()
    };
    assert_eq!(with("sources", 2), 1, "two speak one of them");
    assert_eq!(with("addressees", 1), 1);
    assert_eq!(all.iter().filter(|a| shown(&a["via"]).is_string()).count(), 1);
    assert_eq!(all.iter().filter(|a| shown(&a["parent"]).is_string()).count(), 1);
    page.screenshot("keys-shapes");
    assert_eq!(page.complaints(), Vec::<String>::new());
}

impl Page {
    /// Saves the project by its key and reads the file.
    fn export_by_keys(&self) -> String {
        self.forget_downloads();
        self.press("Ctrl+s");
        std::fs::read_to_string(self.downloaded()).unwrap()
    }
}

#[test]
fn stances_ends_notes_and_questions_are_said_by_keys() {
    let page = begin("keys-stances");
    page.to_words("Anna", "Anna Berg");
    page.press("s");
    page.wait_for_active("Anna Berg");
    // Towards what, which, with which words, how strongly, on a condition.
    for target in ["The strike", "The council"] {
        page.press("t");
        page.type_text(&format!("{target}\n"));
    }
    page.press("Shift+1");
    page.press("f");
    page.wait_for_active("favor: The strike");
    page.to_words("oil", "oil is");
    page.press("e");
    page.wait_until("the words are evidence", || page.marked("evidence") == ["oil is"]);
    page.tab_to(".stance-tools select");
    page.press("ArrowDown");
    page.press("ArrowDown");
    page.press("ArrowDown");
    page.wait_until("it is strong", || {
        page.find(".stance-tools select").property("value").as_deref() == Some("2")
    });
    page.tab_to(".stance-tools button[aria-pressed=false]");
    page.press("Space");
    page.wait_until("it is conditional", || {
        !page.find_all(".stance-tools button[aria-pressed=true]").is_empty()
    });
    page.tab_to(".evidence-piece .remove");
    page.press("Enter");
    page.wait_until("the evidence is taken back", || page.marked("evidence").is_empty());
    page.press("Ctrl+z");
    page.wait_until("it is back", || page.marked("evidence") == ["oil is"]);
    // The value from all schemes, by typing; the article's own.
    page.press("Shift+2");
    page.press("h");
    page.type_text("deny\n");
    page.wait_for_active("deny: The council");
    page.press("Escape");
    page.press("a");
    page.wait_until("the article's stance is said", || page.find(".said").text().contains("the article"));
    page.press("Alt+s");
    page.wait_until("the grid is open", || page.find_all(".grid tbody tr").len() == 2);
    page.press("Escape");
    page.wait_until("it is closed", || page.find_all("[role=dialog]").is_empty());

    // Both ends by a word, by a character.
    page.press("j");
    page.wait_for_active("stay in port");
    let content = || page.marked("content").concat();
    for (key, then) in [
        (",", "“We stay in port"),
        (",", "“We stay in"),
        (".", "“We stay in port"),
        ("Alt+.", "“We stay in port,"),
        ("Alt+.", "“We stay in port,”"),
        ("Shift+.", "We stay in port,”"),
        ("Shift+.", "stay in port,”"),
        ("Shift+,", "We stay in port,”"),
        ("Alt+Shift+,", "“We stay in port,”"),
    ] {
        page.press(key);
        page.wait_until(&format!("{key} gives {then}, not {}", content()), || content() == then);
    }
    // Unsure, a remark, a question to the curator.
    page.press("x");
    page.wait_until("one is unsure", || !page.find_all(".card.active .unsure").is_empty());
    page.press("m");
    page.type_text("Is it she?");
    page.press("Escape");
    page.press("r");
    page.type_text("Whose oil?\n");
    page.wait_until("it is asked", || !page.find_all(".card.active .question-asked").is_empty());
    page.press("Escape");
    page.press("Escape");
    page.wait_until("the remark is on the card", || page.cards()[0].contains("Is it she?"));
    let file = page.export_by_keys();
    assert_eq!(records(&file, "stance").len(), 3);
    assert_eq!(records(&file, "comment").len(), 1);
    // Each of it is one undo.
    page.press_times("Ctrl+z", 3);
    page.wait_until("nothing is unsure", || page.find_all(".card .unsure").is_empty());
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn names_are_labelled_found_merged_and_split_by_keys() {
    let page = begin("keys-names");
    page.to_words("Anna", "Anna Berg");
    page.press("s");
    page.wait_for_active("Anna Berg");
    // Everywhere, looked through first: the first place is left out.
    page.press("l");
    page.wait_until("the places are shown", || page.find_all(".everywhere .hits input").len() == 2);
    page.tab_to(".everywhere .hits input");
    page.press("Space");
    page.tab_to("#label-all");
    page.press("Enter");
    page.wait_until("one is labelled", || page.marked("mention") == ["Anna Berg"]);
    page.press("Ctrl+z");
    page.wait_until("it is not", || page.marked("mention").is_empty());
    page.press("Escape");

    // Found in the text, and among the attributions.
    page.press("/");
    page.type_text("in june");
    page.wait_for_text("1 place");
    page.press("Enter");
    page.press("Escape");
    page.wait_until("the words are selected", || page.selection() == "in June");
    page.press("/");
    page.type_text("anna berg");
    page.wait_until("her attribution is found", || !page.find_all(".found-cards button").is_empty());
    page.tab_to(".found-cards button");
    page.press("Enter");
    page.wait_for_active("Anna Berg");
    page.press("Escape");
    page.press("Escape");

    // A second speaker who turns out to be the first; then not to be.
    page.press("g");
    page.wait_until("a quotation is selected", || page.selection() == "“until the oil is paid.”");
    page.press("p");
    page.type_text("Berg of the council\n");
    page.wait_for_cards(2);
    page.wait_for_active("Berg of the council");
    page.tab_to(".cast li:nth-child(2) .pencil");
    page.press("Enter");
    page.tab_to(".speaker .merge");
    page.press("Enter");
    page.type_text("anna\n");
    page.wait_for_active("Anna Berg");
    page.wait_until("the cast is one", || page.find_all(".cast li").len() == 1);
    page.press("Escape");
    page.press("k");
    page.press("k");
    page.press("Shift+p");
    page.type_text("Anna Bergström\n");
    page.wait_for_active("Anna Bergström");
    page.wait_until("the cast is two", || page.find_all(".cast li").len() == 2);
    page.screenshot("keys-names");
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn keys_labels_guidelines_and_progress_are_kept_by_keys() {
    let page = begin("keys-panels");
    page.to_words("Anna", "Anna Berg");
    page.press("s");
    page.wait_for_active("Anna Berg");
    page.press("t");
    page.type_text("The strike\n");
    page.press("f");
    page.wait_for_active("favor: The strike");

    // A key of one's own: one that is taken is refused by the name of what has it.
    let unsure = ".sheet .keys[aria-label$=': Unsure']";
    page.press("?");
    page.wait_until("the sheet is open", || !page.find_all(unsure).is_empty());
    page.tab_to(unsure);
    page.press("Enter");
    page.press("c");
    page.wait_for_text("C is taken already: Cue.");
    page.press("z");
    page.wait_until("it has its key", || page.find(unsure).text() == "Z");
    page.press("Escape");
    page.wait_until("it is closed", || page.find_all("[role=dialog]").is_empty());
    page.press("z");
    page.wait_until("the new key works", || !page.find_all(".card.active .unsure").is_empty());
    page.reload();
    page.wait_until("the article is back", || !page.find_all("#page-text p").is_empty());
    page.press("j");
    page.press("z");
    page.wait_until("it still does", || page.find_all(".card .unsure").is_empty());

    // Guidelines with a rule; a label that cites it, has a colour and a name of the project's own.
    page.press("Alt+i");
    page.wait_until("the guidelines are open", || !page.find_all(".sheet button[aria-pressed]").is_empty());
    page.tab_to(".sheet button[aria-pressed]");
    page.press("Enter");
    page.wait_until("they can be written", || !page.find_all(".sheet textarea").is_empty());
    page.tab_to(".sheet textarea");
    page.type_text("# How we annotate\n\n## Said or done\n\nOnly what is *said* counts.");
    page.press("Escape");
    page.wait_until("it is closed", || page.find_all("[role=dialog]").is_empty());
    page.command("labels of the scheme");
    page.wait_until("the labels are there", || page.find_all(".label-row").len() == 3);
    page.tab_to(".label-row input");
    page.retype("supports");
    page.tab_to(".label-row select[aria-label='Colour']");
    page.press_times("ArrowDown", 2);
    page.wait_until("it has a colour", || !page.find_all(".label-row .swatch.blue").is_empty());
    page.tab_to(".label-row select[aria-label^='Rule']");
    page.press("ArrowDown");
    page.tab_to("input[aria-label^='Add a label']");
    page.type_text("unclear\n");
    page.wait_until("there is one more", || page.find_all(".label-row").len() == 4);
    // One into another; one in two, with the stance that goes over.
    page.tab_to(".label-row:last-child select[aria-label^='Merge']");
    page.press_times("ArrowDown", 3);
    page.wait_until("there is one less", || page.find_all(".label-row").len() == 3);
    page.press("Escape");
    page.command("labels of the scheme");
    page.tab_to(".label-row input[aria-label^='Split']");
    page.type_text("supports strongly\n");
    page.wait_until("its stances are listed", || page.find_all(".split-label input").len() == 1);
    page.tab_to(".split-label input");
    page.press("Space");
    page.tab_to(".split-now");
    page.press("Enter");
    page.wait_until("there is one more", || page.find_all(".label-row").len() == 4);
    page.screenshot("keys-labels");
    page.press("Escape");
    page.wait_until("the stance went over", || page.cards()[0].contains("supports strongly: The strike"));
    page.press("Ctrl+z");
    page.wait_until("and back", || page.cards()[0].contains("supports: The strike"));
    page.wait_until("its colour shows", || !page.find_all(".stance-chip .swatch.blue").is_empty());
    page.press("Alt+i");
    page.wait_until("the definition leads to the rule", || !page.find_all(".definitions .rule").is_empty());
    page.tab_to(".definitions .rule");
    page.press("Enter");
    page.screenshot("keys-guidelines");
    page.press("Escape");

    // Done with a layer, seen over all articles.
    page.press("Alt+d");
    page.wait_for_text("Attributions of this article are done.");
    page.press("Alt+Shift+d");
    page.press("Alt+p");
    page.wait_until("the progress is open", || {
        page.find_all(".sheet progress").first().and_then(|p| p.attribute("value")).as_deref() == Some("1")
    });
    // Tab stays in what is open.
    for _ in 0..12 {
        page.press("Tab");
        let inside = page.run("return !!document.activeElement.closest('[role=dialog]')", vec![]);
        assert_eq!(inside, json!(true), "Tab leaves the dialog");
    }
    page.press("Escape");
    let file = page.export_by_keys();
    let project: Value = records(&file, "project")[0].clone();
    assert_eq!(shown(&project["rules"])[0]["key"], "Said or done");
    assert!(records(&file, "label").iter().any(|l| shown(&l["rule"]) == "Said or done"));
    assert_eq!(records(&file, "coverage").len(), 2);
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn words_are_kept_while_they_are_typed_and_questions_are_asked_once() {
    let page = begin("keys-typing");
    let has_focus = |id: &str| page.run("return document.activeElement.id", vec![]) == json!(id);
    let note = || page.find_all(".card .note").iter().map(|note| note.text()).collect::<String>();
    page.run(
        "window.said = []; document.addEventListener('input', () =>
            requestAnimationFrame(() => said.push(document.querySelector('#save-state').textContent)))",
        vec![],
    );
    page.press("m");
    page.type_text("Is it");
    page.wait_until("it was looked at", || page.run("return said.length > 4", vec![]) == json!(true));
    assert_eq!(page.run("return said[0]", vec![]), json!("Saving…"), "what is typed is not safe yet");
    page.wait_until("it is taken in after a pause", || page.is_saved());
    page.type_text(" she");
    page.wait_until("it is taken in again", || page.is_saved());
    page.type_text("?");
    page.reload();
    page.wait_until("the article is back with the whole note", || note() == "Is it she?");
    page.wait_until("the text has the keyboard", || has_focus("page-text"));
    page.press("m");
    page.wait_for_text("Go to an attribution first");
    page.press("Ctrl+a");
    let all = page.run("return document.querySelector('#page-text').innerText.length", vec![]);
    let selected = page.run("return getSelection().toString().length", vec![]);
    assert_eq!(selected, all, "the text alone is selected");

    // In one step, and by name where the article is not to be seen.
    page.press("Alt+g");
    page.wait_until("the library is there", || !page.find_all(".version").is_empty());
    assert!(has_focus("screen"), "the keyboard is in the screen");
    page.press("Ctrl+z");
    page.wait_for_text("Undone in “Ferry talks”: write a note");
    page.press("Alt+r");
    page.wait_for_cards(1);
    assert_eq!(note(), "");
    // Words typed and taken back leave nothing to be saved.
    page.press("j");
    page.press("m");
    page.wait_until("the note has the keyboard", || has_focus("active-note"));
    page.type_text("x");
    page.press("Backspace");
    page.press("Escape");
    page.wait_until("nothing is on its way", || page.is_saved());
    page.press("Escape");

    // A question that is left is not asked; one that is asked leaves its field.
    page.press("j");
    page.press("r");
    page.wait_until("the field has the keyboard", || has_focus("active-question"));
    page.type_text("Wh");
    page.press("Escape");
    page.press("r");
    page.wait_until("the field has the keyboard", || has_focus("active-question"));
    page.type_text("Whose oil?\n");
    page.wait_until("it is asked", || page.find_all(".question-asked").len() == 1);
    assert_eq!(page.find("#active-question").property("value").as_deref(), Some(""));
    page.press("Escape");
    page.wait_until("the text has the keyboard", || has_focus("page-text"));
    assert_eq!(page.find_all(".question-asked").len(), 1, "{:?}", page.cards());
    assert!(page.find(".question-asked").text().contains("Whose oil?"));
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn a_quotation_in_a_paragraph_longer_than_the_page_comes_into_sight() {
    let page = Page::open("keys-sight");
    let filler = "The ferry lay in port and nobody said a word about it. ".repeat(40);
    page.add_article(
        &format!("Ferry talks\n\n“We stay,” Anna Berg said. {filler}“We go,” said Piet Holt. {filler}"),
        None,
    );
    let sight = "const box = getSelection().getRangeAt(0).getBoundingClientRect();
        const over = document.elementFromPoint(box.left + 2, box.top + 2);
        return !!over && !!over.closest('#page-text') && box.bottom < innerHeight;";
    page.narrow();
    for words in ["“We stay,”", "“We go,”"] {
        page.press("g");
        page.wait_until("it is selected", || page.selection() == words);
        page.press("q");
        page.wait_until("its words are seen, whatever lies over the page", || {
            page.run(sight, vec![]) == json!(true)
        });
        page.press("Escape");
    }
}
