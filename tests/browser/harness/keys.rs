//! Typing and shortcuts, as key events that the page cannot tell from a person's.

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};

use super::Page;

impl Page {
    /// A shortcut such as `Ctrl+Shift+ArrowLeft`, `Ctrl+z` or `Enter`.
    #[track_caller]
    pub(crate) fn press(&self, shortcut: &str) {
        let keys: Vec<char> = match shortcut {
            "+" => vec!['+'],
            _ => shortcut.split('+').map(key).collect(),
        };
        let mut actions = KeyActions::new("keyboard".to_owned());
        for value in &keys {
            actions = actions.then(KeyAction::Down { value: *value });
        }
        for value in keys.iter().rev() {
            actions = actions.then(KeyAction::Up { value: *value });
        }
        self.ask(self.client().perform_actions(actions));
    }

    /// The same one several times.
    #[track_caller]
    pub(crate) fn press_times(&self, shortcut: &str, times: usize) {
        for _ in 0..times {
            self.press(shortcut);
        }
    }

    /// Types into what has the focus.
    #[track_caller]
    pub(crate) fn type_text(&self, text: &str) {
        let mut actions = KeyActions::new("keyboard".to_owned());
        for value in text.chars() {
            actions = actions.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        self.ask(self.client().perform_actions(actions));
    }
}

/// WebDriver's number for a key's name.
#[track_caller]
fn key(name: &str) -> char {
    match name {
        "Ctrl" => '\u{e009}',
        "Shift" => '\u{e008}',
        "Alt" => '\u{e00a}',
        "Meta" => '\u{e03d}',
        "Enter" => '\u{e007}',
        "Tab" => '\u{e004}',
        "Escape" => '\u{e00c}',
        "Space" => ' ',
        "Backspace" => '\u{e003}',
        "Delete" => '\u{e017}',
        "ArrowLeft" => '\u{e012}',
        "ArrowUp" => '\u{e013}',
        "ArrowRight" => '\u{e014}',
        "ArrowDown" => '\u{e015}',
        "Home" => '\u{e011}',
        "End" => '\u{e010}',
        "PageUp" => '\u{e00e}',
        "PageDown" => '\u{e00f}',
        "F1" => '\u{e031}',
        "F2" => '\u{e032}',
        _ => {
            let mut characters = name.chars();
            match (characters.next(), characters.next()) {
                (Some(one), None) => one,
                _ => panic!("there is no key named {name}"),
            }
        }
    }
}
