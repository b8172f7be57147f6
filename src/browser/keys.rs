//! Keys as people press them, whatever the layout of the keyboard.

use std::fmt;
use web_sys::KeyboardEvent;

/// A key with its modifiers. Letters and digits go by their place on the keyboard, so that shortcuts
/// work on a Ukrainian layout; everything else by its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Chord {
    /// The key: `q`, `1`, `ArrowLeft`, `?`.
    pub key: &'static str,
    /// Ctrl, or ⌘ on a Mac.
    pub main: bool,
    /// Shift, where it is not what makes the key.
    pub shift: bool,
    /// Alt, or ⌥ on a Mac.
    pub alt: bool,
}

impl Chord {
    /// A key alone.
    pub const fn key(key: &'static str) -> Self {
        Self { key, main: false, shift: false, alt: false }
    }

    /// The same with Ctrl or ⌘.
    pub const fn main(self) -> Self {
        Self { main: true, ..self }
    }

    /// The same with Shift.
    pub const fn shift(self) -> Self {
        Self { shift: true, ..self }
    }

    /// The same with Alt.
    pub const fn alt(self) -> Self {
        Self { alt: true, ..self }
    }

    /// Whether both are pressed alike.
    pub const fn is(&self, other: &Self) -> bool {
        let (one, two) = (self.key.as_bytes(), other.key.as_bytes());
        let same = self.main == other.main && self.shift == other.shift && self.alt == other.alt;
        let mut alike = same && one.len() == two.len();
        let mut at = 0;
        while alike && at < one.len() {
            alike = one[at] == two[at];
            at += 1;
        }
        alike
    }

    /// Whether the event is this chord.
    pub fn matches(&self, event: &KeyboardEvent) -> bool {
        let main = event.ctrl_key() || event.meta_key();
        let by_meaning = event.key() == self.key;
        let by_place = place(self.key).is_some_and(|place| event.code() == place);
        // A key such as `?` is made with Shift; the meaning alone counts then.
        let made_with_shift = self.key.len() == 1 && !by_place;
        (by_place || by_meaning)
            && main == self.main
            && event.alt_key() == self.alt
            && (made_with_shift || event.shift_key() == self.shift)
    }

    /// The chord that an event is; `None` for a modifier alone.
    pub fn of(event: &KeyboardEvent) -> Option<Self> {
        let key = event.key();
        if matches!(&*key, "Shift" | "Control" | "Alt" | "Meta" | "AltGraph" | "Dead") {
            return None;
        }
        let by_place = PLACES.iter().find(|(_, code)| *code == event.code()).map(|(key, _)| *key);
        let letter = event.code().strip_prefix("Key").map(|l| lasting(l.to_ascii_lowercase()));
        let key = letter.or(by_place).unwrap_or_else(|| lasting(key));
        let made_with_shift = key.len() == 1 && place(key).is_none();
        let (main, alt) = (event.ctrl_key() || event.meta_key(), event.alt_key());
        Some(Self { key, main, shift: event.shift_key() && !made_with_shift, alt })
    }

    /// The chord as it is kept: `main+alt+shift+x`.
    pub fn code(&self) -> String {
        let modifiers = [(self.main, "main+"), (self.alt, "alt+"), (self.shift, "shift+")];
        let mut code: String = modifiers.iter().filter(|(on, _)| *on).map(|(_, name)| *name).collect();
        code.push_str(self.key);
        code
    }

    /// A chord as it was kept.
    pub fn parse(code: &str) -> Option<Self> {
        let mut chord = Self::key("");
        let mut rest = code;
        loop {
            if let Some(after) = rest.strip_prefix("main+") {
                (chord.main, rest) = (true, after);
            } else if let Some(after) = rest.strip_prefix("alt+") {
                (chord.alt, rest) = (true, after);
            } else if let Some(after) = rest.strip_prefix("shift+") {
                (chord.shift, rest) = (true, after);
            } else {
                break;
            }
        }
        chord.key = lasting(rest.to_owned());
        (!rest.is_empty()).then_some(chord)
    }
}

/// A name that lasts as long as the page. A person gives away a handful of keys, so that nothing is lost.
fn lasting(name: String) -> &'static str {
    Box::leak(name.into_boxed_str())
}

/// Keys that go by their place although they are no letters: they bear other signs on other layouts.
const PLACES: [(&str, &str); 5] =
    [(",", "Comma"), (".", "Period"), ("[", "BracketLeft"), ("]", "BracketRight"), (";", "Semicolon")];

/// The browser's name for the place of a key.
fn place(key: &str) -> Option<String> {
    match key.as_bytes() {
        [letter @ b'a'..=b'z'] => Some(format!("Key{}", letter.to_ascii_uppercase() as char)),
        [digit @ b'0'..=b'9'] => Some(format!("Digit{}", *digit as char)),
        _ => PLACES.iter().find(|(name, _)| *name == key).map(|(_, code)| (*code).to_owned()),
    }
}

/// The number key of an event, 1 to 9.
pub fn digit(event: &KeyboardEvent) -> Option<usize> {
    event.code().strip_prefix("Digit")?.parse().ok().filter(|n| (1..=9).contains(n))
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mac = super::is_mac();
        if self.main {
            f.write_str(if mac { "⌘" } else { "Ctrl+" })?;
        }
        if self.alt {
            f.write_str(if mac { "⌥" } else { "Alt+" })?;
        }
        if self.shift {
            f.write_str(if mac { "⇧" } else { "Shift+" })?;
        }
        match self.key {
            "ArrowLeft" => f.write_str("←"),
            "ArrowRight" => f.write_str("→"),
            "ArrowUp" => f.write_str("↑"),
            "ArrowDown" => f.write_str("↓"),
            "Escape" => f.write_str("Esc"),
            "Delete" => f.write_str("Del"),
            letter if letter.len() == 1 => f.write_str(&letter.to_uppercase()),
            name => f.write_str(name),
        }
    }
}
