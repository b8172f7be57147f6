//! The objects a PDF is made of, read from bytes: ISO 32000-1, section 7.3. What is malformed is read as
//! null; nothing nests deeper than a bound.

use std::collections::BTreeMap;
use std::ops::Range;

/// Arrays and dictionaries inside each other.
const DEPTH: usize = 40;

/// An object.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Object {
    Null,
    Number(f64),
    Words(Vec<u8>),
    Name(String),
    Array(Vec<Object>),
    Dictionary(Dictionary),
    /// Another object, by its number.
    Reference(u32),
    /// A dictionary, and where its bytes stand in the file.
    Stream(Dictionary, Range<usize>),
    /// A word of its own: an operator, or `true`.
    Keyword(Vec<u8>),
}

/// A dictionary.
pub(super) type Dictionary = BTreeMap<String, Object>;

impl Object {
    pub(super) fn dictionary(&self) -> Option<&Dictionary> {
        match self {
            Self::Dictionary(d) | Self::Stream(d, _) => Some(d),
            _ => None,
        }
    }

    pub(super) fn array(&self) -> Option<&[Object]> {
        match self {
            Self::Array(all) => Some(all),
            _ => None,
        }
    }

    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Self::Number(n) => Some(*n),
            _ => None,
        }
    }

    pub(super) fn name(&self) -> Option<&str> {
        match self {
            Self::Name(name) => Some(name),
            _ => None,
        }
    }
}

/// Reads objects one after the other.
pub(super) struct Lexer<'b> {
    pub(super) bytes: &'b [u8],
    pub(super) at: usize,
}

impl<'b> Lexer<'b> {
    pub(super) fn new(bytes: &'b [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub(super) fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b'%' => {
                    let rest = &self.bytes[self.at..];
                    self.at += rest.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(rest.len());
                }
                0 | b'\t' | b'\n' | 12 | b'\r' | b' ' => self.at += 1,
                _ => return,
            }
        }
    }

    /// The next object or keyword; `None` at the end. In files, `12 0 R` is a reference.
    pub(super) fn next(&mut self, references: bool) -> Option<Object> {
        self.object(references, 0)
    }

    fn object(&mut self, references: bool, depth: usize) -> Option<Object> {
        self.skip_space();
        let byte = self.peek()?;
        Some(match byte {
            b'/' => {
                self.at += 1;
                Object::Name(self.name())
            }
            b'(' => Object::Words(self.string()),
            b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => {
                self.at += 2;
                self.dictionary(references, depth)
            }
            b'<' => Object::Words(self.hexadecimal()),
            b'[' => {
                self.at += 1;
                self.array(references, depth)
            }
            b'+' | b'-' | b'.' | b'0'..=b'9' => self.number_or_reference(references),
            b']' | b'}' | b'{' | b')' => {
                self.at += 1;
                Object::Keyword(vec![byte])
            }
            b'>' => {
                self.at += if self.bytes.get(self.at + 1) == Some(&b'>') { 2 } else { 1 };
                Object::Keyword(b">>".to_vec())
            }
            _ => Object::Keyword(self.regular().to_vec()),
        })
    }

    fn regular(&mut self) -> &'b [u8] {
        let start = self.at;
        let ends = |b: &u8| {
            matches!(
                b,
                0 | 9
                    | 10
                    | 12
                    | 13
                    | b' '
                    | b'('
                    | b')'
                    | b'<'
                    | b'>'
                    | b'['
                    | b']'
                    | b'{'
                    | b'}'
                    | b'/'
                    | b'%'
            )
        };
        let rest = &self.bytes[start..];
        self.at += rest.iter().position(ends).unwrap_or(rest.len());
        &self.bytes[start..self.at]
    }

    fn name(&mut self) -> String {
        let raw = self.regular();
        let mut out = Vec::with_capacity(raw.len());
        let mut at = 0;
        while at < raw.len() {
            let code = raw.get(at + 1..at + 3).and_then(|d| std::str::from_utf8(d).ok());
            match code.filter(|_| raw[at] == b'#').and_then(|d| u8::from_str_radix(d, 16).ok()) {
                Some(byte) => {
                    out.push(byte);
                    at += 3;
                }
                None => {
                    out.push(raw[at]);
                    at += 1;
                }
            }
        }
        String::from_utf8_lossy(&out).into_owned()
    }

    fn number_or_reference(&mut self, references: bool) -> Object {
        let first = self.plain_number();
        if !references || first < 0.0 || first.fract() != 0.0 {
            return Object::Number(first);
        }
        let after = self.at;
        self.skip_space();
        let generation = self.regular();
        if !generation.is_empty() && generation.len() <= 5 && generation.iter().all(u8::is_ascii_digit) {
            self.skip_space();
            if self.peek() == Some(b'R')
                && self.bytes.get(self.at + 1).is_none_or(|b| !b.is_ascii_alphanumeric())
            {
                self.at += 1;
                return Object::Reference(first as u32);
            }
        }
        self.at = after;
        Object::Number(first)
    }

    fn plain_number(&mut self) -> f64 {
        let raw = self.regular();
        let text = std::str::from_utf8(raw).unwrap_or_default();
        let number: f64 = text.parse().unwrap_or_else(|_| {
            // «--5» and «5-3» occur in files of careless programs.
            let bare: String = text
                .trim_start_matches(['-', '+'])
                .chars()
                .take_while(|c| c.is_ascii_digit() || *c == '.')
                .collect();
            bare.parse().unwrap_or(0.0)
        });
        if number.is_finite() { number.clamp(-1e9, 1e9) } else { 0.0 }
    }

    fn string(&mut self) -> Vec<u8> {
        self.at += 1;
        let (mut out, mut depth) = (Vec::new(), 1);
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => depth += 1,
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                b'\\' => {
                    self.escape(&mut out);
                    continue;
                }
                _ => {}
            }
            out.push(byte);
        }
        out
    }

    fn escape(&mut self, out: &mut Vec<u8>) {
        let Some(byte) = self.peek() else { return };
        self.at += 1;
        match byte {
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b't' => out.push(b'\t'),
            b'b' => out.push(8),
            b'f' => out.push(12),
            b'\r' if self.peek() == Some(b'\n') => self.at += 1,
            b'\r' | b'\n' => {}
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek() else { break };
                    code = code * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                out.push((code & 255) as u8);
            }
            other => out.push(other),
        }
    }

    fn hexadecimal(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut digits = Vec::new();
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'>' => break,
                _ => digits.extend((byte as char).to_digit(16).map(|d| d as u8)),
            }
        }
        digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).unwrap_or(&0)).collect()
    }

    fn array(&mut self, references: bool, depth: usize) -> Object {
        let mut all = Vec::new();
        if depth < DEPTH {
            while let Some(object) = self.object(references, depth + 1) {
                match object {
                    Object::Keyword(word) if word == b"]" => break,
                    Object::Keyword(word) if word == b"endobj" => break,
                    object => all.push(object),
                }
            }
        }
        Object::Array(all)
    }

    fn dictionary(&mut self, references: bool, depth: usize) -> Object {
        let mut all = Dictionary::new();
        if depth < DEPTH {
            while let Some(key) = self.object(references, depth + 1) {
                match key {
                    Object::Name(name) => {
                        let before = self.at;
                        match self.object(references, depth + 1) {
                            Some(Object::Keyword(word)) if word == b">>" || word == b"endobj" => {
                                self.at = before;
                            }
                            Some(value) => {
                                all.insert(name, value);
                            }
                            None => break,
                        }
                    }
                    Object::Keyword(word) if word == b">>" || word == b"endobj" || word == b"stream" => break,
                    _ => {}
                }
            }
        }
        Object::Dictionary(all)
    }
}
