//! Clicks, drags and double clicks on words, with a real mouse.

use std::time::Duration;

use fantoccini::actions::{InputSource as _, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use serde_json::{Value, json};

use super::Page;

/// Finds words below an element; see the file.
const WORDS: &str = include_str!("words.js");

/// Where words are in the window: their first and last character's middle line.
struct Place {
    start: (f64, f64),
    end: (f64, f64),
}

impl Page {
    /// Drags the mouse over exactly these words, found below the element.
    #[track_caller]
    pub(crate) fn drag_over(&self, css: &str, words: &str) {
        let place = self.place(css, words);
        self.drag(place.start, place.end);
        assert_eq!(self.selection(), words, "the drag selected other words");
    }

    /// Drags from before the first words to after the last.
    #[track_caller]
    pub(crate) fn drag_from_to(&self, css: &str, first: &str, last: &str) {
        self.place(css, first);
        // Scrolling for the first must not be undone by looking for the last.
        let start = self.place(css, first).start;
        let end = self.visible_place(css, last).end;
        self.drag(start, end);
    }

    /// Drags the mouse between two points of the window.
    #[track_caller]
    pub(crate) fn drag(&self, from: (f64, f64), to: (f64, f64)) {
        let middle = (f64::midpoint(from.0, to.0), f64::midpoint(from.1, to.1));
        let mouse = MouseActions::new("mouse".to_owned())
            .then(move_to(from))
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
            .then(move_to(middle))
            .then(move_to(to))
            .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        self.ask(self.client().perform_actions(mouse));
    }

    /// Double-clicks a word.
    #[track_caller]
    pub(crate) fn double_click(&self, css: &str, word: &str) {
        self.click_on(css, word, 2);
    }

    /// Clicks once on words in a text.
    #[track_caller]
    pub(crate) fn click_words(&self, css: &str, words: &str) {
        self.click_on(css, words, 1);
    }

    #[track_caller]
    fn click_on(&self, css: &str, words: &str, times: usize) {
        let place = self.place(css, words);
        // In the first line of words that break over two.
        let x = if place.start.1 == place.end.1 {
            f64::midpoint(place.start.0, place.end.0)
        } else {
            place.start.0 + 4.0
        };
        let mut mouse = MouseActions::new("mouse".to_owned()).then(move_to((x.round(), place.start.1)));
        for _ in 0..times {
            mouse = mouse
                .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
                .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        }
        self.ask(self.client().perform_actions(mouse));
    }

    /// Selects words without a mouse: for tests that are about something else.
    #[track_caller]
    pub(crate) fn select(&self, css: &str, words: &str) {
        let script = format!(
            "{WORDS}\nconst range = rangeOf(...arguments);
             if (!range) return false;
             getSelection().removeAllRanges();
             getSelection().addRange(range);
             document.dispatchEvent(new PointerEvent('pointerup', {{ bubbles: true }}));
             return true"
        );
        let found = self.run(&script, vec![json!(css), json!(words)]);
        assert_eq!(found, json!(true), "there is no \"{words}\" in {css}");
    }

    /// The words that are selected now.
    #[track_caller]
    pub(crate) fn selection(&self) -> String {
        self.run("return getSelection().toString()", vec![]).as_str().unwrap_or_default().to_owned()
    }

    #[track_caller]
    fn place(&self, css: &str, words: &str) -> Place {
        self.run(
            &format!(
                "{WORDS}\nrangeOf(...arguments)?.startContainer.parentElement.scrollIntoView({{ block: 'center' }})"
            ),
            vec![json!(css), json!(words)],
        );
        self.visible_place(css, words)
    }

    #[track_caller]
    fn visible_place(&self, css: &str, words: &str) -> Place {
        let script = format!("{WORDS}\nreturn placeOf(...arguments)");
        let found = self.run(&script, vec![json!(css), json!(words)]);
        let number = |value: &Value| value.as_f64().unwrap_or_default();
        let Some([left, top, right, bottom]) = found.as_array().map(Vec::as_slice) else {
            panic!("there is no \"{words}\" in {css}");
        };
        Place { start: (number(left), number(top)), end: (number(right), number(bottom)) }
    }
}

fn move_to((x, y): (f64, f64)) -> PointerAction {
    PointerAction::MoveTo { duration: Some(Duration::from_millis(30)), x, y }
}
