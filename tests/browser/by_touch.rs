//! All of the desk with a finger, on a telephone: every gesture here is a touch event; only words are typed.

use crate::desk::{assert_anchors_hold, records, shown};
use crate::harness::Page;
use serde_json::json;

const TALKS: &str = "Ferry talks\n\n\
    “We stay in port,” Anna Berg told the council, “until the oil is paid.”\n\n\
    “Nobody asked us,” said Piet Holt, who has run the northern quay since the winter of the great storm.\n\n\
    Holt said Berg’s promise “cannot be kept”.\n\n\
    Anna Berg left. Anna Berg will be back.\n";

impl Page {
    fn wait_for_selection(&self, words: &str) {
        self.wait_until(&format!("“{words}” is selected"), || self.selection() == words);
        self.wait_until("the bar is there", || !self.find_all(".selection-bar").is_empty());
    }

    /// Runs a command from the list of all, by taps.
    fn tap_command(&self, name: &str) {
        self.tap("#palette-button");
        self.tap(&format!(".palette [data-action={name}]"));
    }

    /// That nothing is wider than the screen, and everything that can be tapped is large enough.
    fn fits_the_screen(&self, what: &str) {
        let wide = self.run(
            "return [document.scrollingElement.scrollWidth, innerWidth,
                [...document.querySelectorAll('button, select, input:not([hidden]):not([type=checkbox]), summary')]
                    .filter((e) => e.checkVisibility()).map((e) => [e.getBoundingClientRect(), e.outerHTML.slice(0, 90)])
                    .filter(([b]) => b.width > 0 && (b.width < 24 || b.height < 24))
                    .map(([b, html]) => `${b.width} by ${b.height}: ${html}`)]",
            vec![],
        );
        assert!(wide[0].as_f64() <= wide[1].as_f64(), "{what} is {} wide", wide[0]);
        assert_eq!(wide[2], json!([]), "{what} has controls too small for a finger");
    }
}

#[test]
fn attributions_stances_and_names_are_made_with_a_finger() {
    let page = Page::open("by-touch");
    page.telephone();
    page.add_article(TALKS, None);
    page.fits_the_screen("the reader");
    // A tap takes the quotation, the next one the word, the third lets go.
    page.tap_words("stay");
    page.wait_for_selection("“We stay in port,”");
    page.screenshot("touch-quotation");
    page.fits_the_screen("the bar");
    page.tap_words("stay");
    page.wait_for_selection("stay");
    page.tap_words("stay");
    page.wait_until("nothing is selected", || page.find_all(".selection-bar").is_empty());
    page.tap_words("stay");
    page.wait_for_selection("“We stay in port,”");
    page.tap(".selection-bar .mark-quote");
    page.wait_until("the name is asked for", || !page.find_all("#my-name").is_empty());
    page.tap("#my-name");
    page.type_text("Jana Roe");
    page.tap(".name-prompt .primary");
    page.wait_for_cards(1);
    // From one word to another: the source. The words stay in sight, and the card comes to them.
    page.tap_words("Anna");
    page.wait_for_selection("Anna");
    page.tap_words("Berg");
    page.wait_for_selection("Anna Berg");
    page.tap(".selection-bar .mark-source");
    page.wait_until("she speaks", || page.cards()[0].contains("Anna Berg"));
    let seen = page.run(
        "const box = (css) => document.querySelector(css).getBoundingClientRect();
         const seen = (css, end) => box(css).top >= 0 && box(css).bottom <= end;
         return [seen('#page-text mark.source', box('.card.active').top), seen('.card.active header', innerHeight)]",
        vec![],
    );
    assert_eq!(seen, json!([true, true]), "the words and their card are in sight");
    page.screenshot("touch-source");
    page.tap_words("told");
    page.wait_for_selection("told");
    page.tap(".selection-bar .mark-cue");
    page.wait_until("the cue is in", || page.marked("cue") == ["told"]);
    // A second piece, and to whom.
    page.tap_words("until the oil");
    page.wait_for_selection("“until the oil is paid.”");
    page.tap(".selection-bar .mark-more");
    page.wait_until("it has two pieces", || page.find_all(".card.active .piece.content").len() == 2);
    // An end by a word, and back.
    page.tap_command("end-left");
    page.wait_until("the end moved", || page.marked("content").concat().ends_with("oil is paid"));
    page.tap("#undo");
    page.wait_until("it is back", || page.marked("content").concat().ends_with("paid.”"));
    page.tap_words("council");
    page.wait_for_selection("council");
    page.tap(".selection-bar .more-commands");
    page.tap(".palette [data-action=addressee]");
    page.wait_until("it is said to the council", || page.cards()[0].contains("to council"));
    // Everywhere she is named.
    page.tap(".card.active [data-action=label-all]");
    page.wait_until("the places are shown", || page.find_all(".everywhere .hits input").len() == 2);
    page.fits_the_screen("the places");
    page.screenshot("touch-everywhere");
    page.tap(".everywhere .hits input");
    page.tap("#label-all");
    page.wait_until("one is labelled", || page.marked("mention") == ["Anna Berg"]);
    // What she thinks of what, and with which words.
    page.tap("#target-name");
    page.type_text("The strike");
    page.tap(".new-target button");
    page.tap(".values .favor");
    page.wait_until("it is said", || page.cards()[0].contains("favor: The strike"));
    page.tap_words("paid");
    page.wait_until("the attribution is at hand", || page.find_all(".card.active").len() == 1);
    page.tap(".card.active .finish");
    page.wait_until("it is left", || page.find_all(".card.active").is_empty());

    // A known speaker from the list.
    page.tap_words("asked");
    page.wait_for_selection("“Nobody asked us,”");
    page.tap(".selection-bar .mark-quote");
    page.wait_for_cards(2);
    page.wait_until("the words are clear of their card", || {
        let clear = "const [mark, card] = ['#page-text mark.content.active', '.card.active']
            .map((css) => document.querySelector(css)?.getBoundingClientRect());
            return !!card && mark.top >= 0 && mark.bottom <= card.top";
        page.run(clear, vec![]) == json!(true)
    });
    page.tap(".card.active [data-action=speaker]");
    page.tap(".picker li:first-child button");
    page.wait_until("she speaks here too", || page.cards()[1].contains("Anna Berg"));
    // No, somebody else does.
    page.tap_words("Piet");
    page.wait_for_selection("Piet");
    page.tap_words("Holt");
    page.wait_for_selection("Piet Holt");
    page.tap(".selection-bar .mark-source");
    page.wait_until("he speaks", || page.cards()[1].contains("Piet Holt"));
    page.tap(".card.active [data-action=unsure]");
    page.wait_until("one is unsure", || !page.find_all(".card.active .unsure").is_empty());
    page.tap(".card.active .finish");
    // A piece is taken out by its cross.
    page.tap_words("told");
    page.wait_until("its attribution is at hand", || !page.find_all(".card.active").is_empty());
    page.tap(".card.active .piece.cue .remove");
    page.wait_until("the cue is gone", || page.marked("cue").is_empty());
    page.tap(".card.active .finish");
    // A long press is the browser's own, and its words are marked like any others.
    page.long_press("northern");
    if page.selection().is_empty() {
        println!("this browser selects nothing by a long press without a display");
    } else {
        page.wait_for_selection("northern");
    }
    page.telephone();
    for (command, name) in [
        ("labels", "labels"),
        ("guidelines", "guidelines"),
        ("progress", "progress"),
        ("grid", "grid"),
        ("shortcuts", "keys"),
    ] {
        page.tap_command(command);
        page.wait_until("it opens", || !page.find_all(".sheet").is_empty());
        page.fits_the_screen(name);
        page.screenshot(&format!("touch-{name}"));
        page.tap(".sheet header button");
        page.wait_until("it closes", || page.find_all(".sheet").is_empty());
    }
    page.tap_command("find");
    page.type_text("berg");
    page.tap(".find button[aria-label^='Next']");
    page.wait_until("it is found", || page.selection() == "Berg");
    page.screenshot("touch-find");
    let file = page.export();
    assert_anchors_hold(&file);
    let all = records(&file, "attribution");
    assert_eq!(all.len(), 2);
    assert_eq!(
        all.iter().filter(|a| shown(&a["contents"]).as_array().is_some_and(|c| c.len() == 2)).count(),
        1
    );
    assert_eq!(page.complaints(), Vec::<String>::new());
}
