//! JSON, written piece by piece in the order of the calls: no tree, the same bytes every time.

use crate::model::cursor::write_string;

/// Appends JSON to a string; puts the commas.
#[derive(Debug, Default)]
pub struct JsonWriter {
    text: String,
    comma: bool,
}

impl JsonWriter {
    /// Nothing written yet.
    pub fn new() -> Self {
        Self::default()
    }

    fn item(&mut self) {
        if std::mem::replace(&mut self.comma, true) {
            self.text.push(',');
        }
    }

    /// Opens an object or a list, writes what is in it, closes it.
    fn nest(&mut self, open: char, close: char, inside: impl FnOnce(&mut Self)) {
        self.item();
        self.text.push(open);
        self.comma = false;
        inside(self);
        self.text.push(close);
        self.comma = true;
    }

    /// An object.
    pub fn object(&mut self, inside: impl FnOnce(&mut Self)) {
        self.nest('{', '}', inside);
    }

    /// A list.
    pub fn list(&mut self, inside: impl FnOnce(&mut Self)) {
        self.nest('[', ']', inside);
    }

    /// The key of what comes next.
    pub fn key(&mut self, key: &str) -> &mut Self {
        self.item();
        write_string(key, &mut self.text);
        self.text.push(':');
        self.comma = false;
        self
    }

    /// A string.
    pub fn string(&mut self, value: &str) {
        self.item();
        write_string(value, &mut self.text);
    }

    /// A whole number.
    pub fn number(&mut self, value: usize) {
        self.item();
        // Millions of them in an export: no string is made for each.
        let (mut digits, mut from, mut rest) = ([0; 20], 20, value);
        loop {
            from -= 1;
            digits[from] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        self.text.push_str(str::from_utf8(&digits[from..]).unwrap_or_default());
    }

    /// True or false.
    pub fn bool(&mut self, value: bool) {
        self.item();
        self.text.push_str(if value { "true" } else { "false" });
    }

    /// Null.
    pub fn null(&mut self) {
        self.item();
        self.text.push_str("null");
    }

    /// JSON that stands already.
    pub fn raw(&mut self, json: &str) {
        self.item();
        self.text.push_str(json);
    }

    /// Several keys with strings.
    pub fn strings(&mut self, pairs: &[(&str, &str)]) {
        for (key, value) in pairs {
            self.key(key).string(value);
        }
    }

    /// What was written.
    pub fn finish(self) -> String {
        self.text
    }

    /// What was written, as a line.
    pub fn line(mut self) -> String {
        self.text.push('\n');
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_they_are() {
        for number in [0, 7, 10, 4_096, 1_234_567_890, usize::MAX] {
            let mut json = JsonWriter::new();
            json.number(number);
            assert_eq!(json.finish(), number.to_string());
        }
    }
}
