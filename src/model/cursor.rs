//! A reader that walks JSON text once, from front to back, and hands out slices of it.
//!
//! Everything in a project file is read with it. It copies nothing but strings with escapes, builds no
//! tree, and needs no stack for what it only walks past, so that no nesting can exhaust it.

use super::ValueError;
use std::borrow::Cow;

/// Deeper nesting than this is refused.
pub(crate) const DEPTH: usize = 100;

/// A place in JSON text.
#[derive(Clone, Copy, Debug)]
pub struct Cursor<'a> {
    text: &'a str,
    at: usize,
    /// Whether a line ended on the way.
    broke: bool,
}

/// Why a text is no JSON, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The byte at which it was noticed.
    pub(crate) at: usize,
    pub(crate) why: &'static str,
}

impl From<Fault> for ValueError {
    fn from(fault: Fault) -> Self {
        Self(format!("{} at byte {} of the value", fault.why, fault.at + 1))
    }
}

impl<'a> Cursor<'a> {
    /// The beginning of a text.
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0, broke: false }
    }

    /// At byte `from` of a text of which no more than up to `to` is read.
    pub(crate) fn within(text: &'a str, from: usize, to: usize) -> Self {
        Self { text: text.get(..to).unwrap_or(text), at: from, broke: false }
    }

    /// Where it stands, in bytes.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// Whether a line ended since this was last asked.
    pub(crate) fn broke(&mut self) -> bool {
        std::mem::take(&mut self.broke)
    }

    /// What was passed since `start`.
    pub(crate) fn since(&self, start: &Self) -> &'a str {
        self.text.get(start.at..self.at).unwrap_or_default()
    }

    /// What is left, for messages.
    pub(crate) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(crate) fn fault<T>(&self, why: &'static str) -> Result<T, Fault> {
        Err(Fault { at: self.at, why })
    }

    /// The next byte that is no white space; not passed.
    pub(crate) fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let Some(space @ (b' ' | b'\n' | b'\r' | b'\t')) = bytes.get(self.at) {
            self.broke |= *space == b'\n';
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    /// Passes `byte` if it comes next.
    pub(crate) fn pass(&mut self, byte: u8) -> bool {
        let here = self.peek() == Some(byte);
        self.at += usize::from(here);
        here
    }

    /// Nothing may follow but white space.
    pub(crate) fn end(&mut self) -> Result<(), Fault> {
        if self.peek().is_none() { Ok(()) } else { self.fault("more follows where the text should end") }
    }

    /// Passes a string and gives what it says.
    pub(crate) fn string(&mut self) -> Result<Cow<'a, str>, Fault> {
        if !self.pass(b'"') {
            return self.fault("a string is expected");
        }
        let from = self.at;
        let plain_to = plain(self.text.as_bytes(), from);
        if self.text.as_bytes().get(plain_to) == Some(&b'"') {
            self.at = plain_to + 1;
            return Ok(Cow::Borrowed(&self.text[from..plain_to]));
        }
        let mut said = String::new();
        loop {
            let to = plain(self.text.as_bytes(), self.at);
            said.push_str(&self.text[self.at..to]);
            self.at = to;
            match self.text.as_bytes().get(to) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(Cow::Owned(said));
                }
                Some(b'\\') => said.push(self.escape()?),
                Some(_) => return self.fault("a line ends within a string"),
                None => return self.fault("the text ends within a string"),
            }
        }
    }

    /// Passes an escape, `\n` or `\u00e9` or a pair of surrogates.
    fn escape(&mut self) -> Result<char, Fault> {
        let bytes = self.text.as_bytes();
        let plain = match bytes.get(self.at + 1) {
            Some(c @ (b'"' | b'\\' | b'/')) => char::from(*c),
            Some(b'n') => '\n',
            Some(b't') => '\t',
            Some(b'r') => '\r',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'u') => {
                let first = self.hex(self.at + 2)?;
                self.at += 6;
                let surrogate = (0xD800..0xDC00).contains(&first) && bytes[self.at..].starts_with(b"\\u");
                let code = if surrogate {
                    let second = self.hex(self.at + 2)?;
                    self.at += 6;
                    let low = second.checked_sub(0xDC00).filter(|low| *low < 0x400);
                    low.map_or(first, |low| 0x10000 + ((first - 0xD800) << 10) + low)
                } else {
                    first
                };
                return char::from_u32(code)
                    .map_or_else(|| self.fault("an escape in a string means no character"), Ok);
            }
            _ => return self.fault("an escape in a string is not known"),
        };
        self.at += 2;
        Ok(plain)
    }

    fn hex(&self, at: usize) -> Result<u32, Fault> {
        let digits = self.text.as_bytes().get(at..at + 4).unwrap_or_default();
        let sound = digits.len() == 4 && digits.iter().all(u8::is_ascii_hexdigit);
        let digits = std::str::from_utf8(digits).ok().filter(|_| sound);
        let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        code.map_or_else(|| self.fault("an escape in a string is not known"), Ok)
    }

    /// Passes a number or `true`, `false`, `null`: whatever is neither string, list nor object.
    pub(crate) fn word(&mut self) -> &'a str {
        self.peek();
        let rest = &self.text.as_bytes()[self.at..];
        let inside = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.');
        let from = self.at;
        self.at += rest.iter().position(|b| !inside(b)).unwrap_or(rest.len());
        &self.text[from..self.at]
    }

    /// Passes a value of any kind and gives its text. Brackets and strings are sound then; what stands
    /// between them is for whoever reads it.
    pub(crate) fn skip(&mut self) -> Result<&'a str, Fault> {
        let bytes = self.text.as_bytes();
        self.peek();
        let from = self.at;
        // One bit for each open bracket: whether it is that of an object.
        let (mut open, mut depth) = (0_u128, 0);
        loop {
            match bytes.get(self.at) {
                Some(b'"') => self.skip_string()?,
                Some(bracket @ (b'{' | b'[')) => {
                    if depth == DEPTH {
                        return self.fault("brackets are nested too deeply");
                    }
                    open = open << 1 | u128::from(*bracket == b'{');
                    depth += 1;
                    self.at += 1;
                }
                Some(bracket @ (b'}' | b']')) if depth > 0 => {
                    if (open & 1 == 1) != (*bracket == b'}') {
                        return self.fault("a bracket closes another kind of bracket");
                    }
                    open >>= 1;
                    depth -= 1;
                    self.at += 1;
                }
                Some(b',' | b':') if depth > 0 => self.at += 1,
                Some(b' ' | b'\n' | b'\r' | b'\t') => {
                    self.peek();
                }
                Some(b) if b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.') => {
                    self.word();
                }
                Some(_) => return self.fault("a value is expected"),
                None => return self.fault("the text ends too early"),
            }
            if depth == 0 {
                return Ok(&self.text[from..self.at]);
            }
        }
    }

    fn skip_string(&mut self) -> Result<(), Fault> {
        let bytes = self.text.as_bytes();
        self.at += 1;
        loop {
            self.at = plain(bytes, self.at);
            match bytes.get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                // What follows an escape's backslash is one byte at least, and ASCII.
                Some(b'\\') if bytes.get(self.at + 1).is_some_and(u8::is_ascii) => self.at += 2,
                Some(b'\\') => return self.fault("an escape in a string is not known"),
                Some(_) => return self.fault("a line ends within a string"),
                None => return self.fault("the text ends within a string"),
            }
        }
    }

    /// Passes the comma before the next item of a list or object, or its end. `first` is true before
    /// the first item.
    pub(crate) fn more(&mut self, close: u8, first: &mut bool) -> Result<bool, Fault> {
        if self.pass(close) {
            return Ok(false);
        }
        if !std::mem::take(first) && !self.pass(b',') {
            return self.fault("a comma or a closing bracket is expected");
        }
        Ok(true)
    }

    /// Passes a key and its colon.
    pub(crate) fn key(&mut self) -> Result<Cow<'a, str>, Fault> {
        let key = self.string()?;
        if self.pass(b':') { Ok(key) } else { self.fault("a colon is expected") }
    }

    /// Passes an object; `field` passes the value of each key.
    pub(crate) fn object(
        &mut self,
        field: &mut dyn FnMut(&str, &mut Self) -> Result<(), ValueError>,
    ) -> Result<(), ValueError> {
        if !self.pass(b'{') {
            return Err(ValueError::wanted("an object", self.rest()));
        }
        let mut first = true;
        while self.more(b'}', &mut first)? {
            let key = self.key()?;
            field(&key, self)?;
        }
        Ok(())
    }

    /// Passes a list; `item` passes each item.
    pub(crate) fn list(
        &mut self,
        item: &mut dyn FnMut(&mut Self) -> Result<(), ValueError>,
    ) -> Result<(), ValueError> {
        if !self.pass(b'[') {
            return Err(ValueError::wanted("a list", self.rest()));
        }
        let mut first = true;
        while self.more(b']', &mut first)? {
            item(self)?;
        }
        Ok(())
    }
}

/// Where the first byte from `at` on is that a JSON string cannot hold as it is: a quotation mark, a
/// backslash, a control character. Eight bytes at a time, since most of a file is words.
fn plain(bytes: &[u8], mut at: usize) -> usize {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const TOPS: u64 = ONES << 7;
    // The top bit of each byte that is zero, and perhaps of bytes above it: the lowest is always right.
    let zero = |x: u64| x.wrapping_sub(ONES) & !x & TOPS;
    while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let word = u64::from_le_bytes(*eight);
        let control = word.wrapping_sub(ONES * 0x20) & !word & TOPS;
        let found = zero(word ^ (ONES * u64::from(b'"'))) | zero(word ^ (ONES * u64::from(b'\\'))) | control;
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    while bytes.get(at).is_some_and(|b| *b >= 0x20 && !matches!(b, b'"' | b'\\')) {
        at += 1;
    }
    at
}

/// Whether a word is a JSON number.
pub(crate) fn is_number(word: &str) -> bool {
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let unsigned = word.strip_prefix('-').unwrap_or(word);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|e| digits(e.strip_prefix(['+', '-']).unwrap_or(e)))
}

/// Appends a string as JSON: escaped where it must be and nowhere else, so that it has one form.
pub(crate) fn write_string(text: &str, out: &mut String) {
    out.push('"');
    let mut from = 0;
    loop {
        let to = plain(text.as_bytes(), from);
        out.push_str(&text[from..to]);
        let Some(byte) = text.as_bytes().get(to) else { break };
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\t' => out.push_str("\\t"),
            b'\r' => out.push_str("\\r"),
            8 => out.push_str("\\b"),
            12 => out.push_str("\\f"),
            control => {
                let digit = |n: u8| char::from(if n < 10 { b'0' + n } else { b'a' + n - 10 });
                out.push_str("\\u00");
                out.push(digit(control >> 4));
                out.push(digit(control & 15));
            }
        }
        from = to + 1;
    }
    out.push('"');
}

#[cfg(test)]
mod tests;
