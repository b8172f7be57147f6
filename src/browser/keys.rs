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

    /// Whether the event is this chord.
    pub fn matches(&self, event: &KeyboardEvent) -> bool {
        let main = event.ctrl_key() || event.meta_key();
        let by_meaning = event.key() == self.key;
        let by_place = match self.key.as_bytes() {
            [letter @ b'a'..=b'z'] => event.code() == format!("Key{}", letter.to_ascii_uppercase() as char),
            [digit @ b'0'..=b'9'] => event.code() == format!("Digit{}", *digit as char),
            _ => false,
        };
        // A key such as `?` is made with Shift; the meaning alone counts then.
        let made_with_shift = self.key.len() == 1 && !by_place;
        (by_place || by_meaning)
            && main == self.main
            && event.alt_key() == self.alt
            && (made_with_shift || event.shift_key() == self.shift)
    }
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
