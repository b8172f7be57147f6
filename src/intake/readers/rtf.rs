//! Rich Text Format: Microsoft's specification 1.9.1, as far as words go. Letters come in the code page
//! of the document or of the font in use (`\'92`), or as Unicode with a replacement to be skipped.

use super::super::{Error, Loaded, limits};
use super::prose::{About, Prose};
use crate::codecs::NotText;
use crate::model::Origin;
use encoding_rs::{Encoding, WINDOWS_1252};
use std::collections::BTreeMap;

/// Groups whose words are not the text's.
const SILENT: &[&str] = &[
    "colortbl",
    "stylesheet",
    "pict",
    "object",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "footnote",
    "annotation",
    "themedata",
    "datastore",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "generator",
    "latentstyles",
    "xmlnstbl",
    "filetbl",
    "revtbl",
    "nonshppict",
    "bkmkstart",
    "bkmkend",
    "author",
    "operator",
    "company",
    "subject",
    "keywords",
    "comment",
    "doccomm",
    "creatim",
];

/// Where the words of a group go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum To {
    Text,
    Nowhere,
    Title,
    Fonts,
    Instruction,
}

#[derive(Clone, Copy)]
struct Group {
    to: To,
    encoding: &'static Encoding,
    /// How many letters follow a Unicode one for readers that do not know it.
    skip: usize,
    /// Whether a link was opened in it.
    link: bool,
    font: i32,
    hidden: bool,
}

/// Reads a document.
pub(crate) fn read(bytes: &[u8], from: Option<Origin>) -> Result<Loaded, Error> {
    let mut reader = Reader::new(bytes);
    reader.run();
    let Reader { prose, title, .. } = reader;
    if prose.is_empty() {
        return Err(Error::NotText(NotText::Empty));
    }
    if prose.len() > limits::ARTICLE {
        return Err(Error::NotText(NotText::TooLarge { size: prose.len(), limit: limits::ARTICLE }));
    }
    let about = About { title: Some(title).filter(|t| !t.trim().is_empty()), ..About::default() };
    Ok(Loaded::one(prose.draft(about, "rtf", from)))
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
    groups: Vec<Group>,
    now: Group,
    prose: Prose,
    title: String,
    instruction: String,
    fonts: BTreeMap<i32, &'static Encoding>,
    /// Letters still to be skipped after a Unicode one.
    skipping: usize,
    /// The first half of a letter beyond the 16-bit ones.
    half: Option<u16>,
    /// Bytes in a code page, until something else comes.
    pending: Vec<u8>,
}

impl<'b> Reader<'b> {
    fn new(bytes: &'b [u8]) -> Self {
        let now =
            Group { to: To::Text, encoding: WINDOWS_1252, skip: 1, link: false, font: 0, hidden: false };
        Self {
            bytes,
            at: 0,
            groups: Vec::new(),
            now,
            prose: Prose::default(),
            title: String::new(),
            instruction: String::new(),
            fonts: BTreeMap::new(),
            skipping: 0,
            half: None,
            pending: Vec::new(),
        }
    }

    fn run(&mut self) {
        while let Some(byte) = self.bytes.get(self.at).copied() {
            self.at += 1;
            match byte {
                b'{' => self.open(),
                b'}' => self.close(),
                b'\\' => self.control(),
                b'\r' | b'\n' => {}
                _ if self.skipping > 0 => self.skipping -= 1,
                byte => self.pending.push(byte),
            }
        }
        self.flush();
    }

    fn open(&mut self) {
        self.flush();
        // Deeper than any document: what is in there is read as if it were not.
        if self.groups.len() < 10_000 {
            self.groups.push(self.now);
        }
        self.now.link = false;
        self.skipping = 0;
    }

    fn close(&mut self) {
        self.flush();
        self.skipping = 0;
        if self.now.link {
            self.prose.close_link();
        }
        if self.now.to == To::Instruction && self.groups.last().is_none_or(|g| g.to != To::Instruction) {
            self.begin_link();
        }
        if let Some(before) = self.groups.pop() {
            let link = before.link;
            self.now = before;
            self.now.link = link;
        }
    }

    /// `HYPERLINK "address"`: what the field shows comes next, in a group of its own.
    fn begin_link(&mut self) {
        let said = std::mem::take(&mut self.instruction);
        let Some((_, rest)) = said.split_once("HYPERLINK") else { return };
        let address = rest.split('"').nth(1).unwrap_or(rest).trim().to_owned();
        self.prose.open_link(&address);
        if let Some(field) = self.groups.last_mut() {
            field.link = true;
        }
    }

    fn control(&mut self) {
        let Some(byte) = self.bytes.get(self.at).copied() else { return };
        if !byte.is_ascii_alphabetic() {
            self.at += 1;
            return self.symbol(byte);
        }
        let start = self.at;
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_alphabetic) {
            self.at += 1;
        }
        let word = std::str::from_utf8(&self.bytes[start..self.at]).unwrap_or_default();
        let digits = self.at;
        if self.bytes.get(self.at) == Some(&b'-') {
            self.at += 1;
        }
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) && self.at - digits < 11 {
            self.at += 1;
        }
        let number =
            std::str::from_utf8(&self.bytes[digits..self.at]).ok().and_then(|n| n.parse::<i64>().ok());
        if self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        if word == "bin" {
            self.at = self.at.saturating_add(number.unwrap_or(0).max(0) as usize).min(self.bytes.len());
        } else {
            self.word(word, number);
        }
    }

    fn symbol(&mut self, byte: u8) {
        match byte {
            b'\'' => {
                let digits = self.bytes.get(self.at..self.at + 2).and_then(|d| std::str::from_utf8(d).ok());
                let Some(byte) = digits.and_then(|d| u8::from_str_radix(d, 16).ok()) else { return };
                self.at += 2;
                if self.skipping > 0 { self.skipping -= 1 } else { self.pending.push(byte) }
            }
            b'*' => {
                self.flush();
                // A destination that may be passed over; the few that are wanted say so next.
                self.now.to = To::Nowhere;
            }
            b'~' => self.letters("\u{a0}"),
            b'_' => self.letters("\u{2011}"),
            b'\\' | b'{' | b'}' if self.skipping > 0 => self.skipping -= 1,
            b'\\' | b'{' | b'}' => self.pending.push(byte),
            b'\n' | b'\r' => self.word("par", None),
            _ => {}
        }
    }

    fn word(&mut self, word: &str, number: Option<i64>) {
        self.flush();
        let small = number.unwrap_or(0) as i32;
        match word {
            "u" => self.unicode(number.unwrap_or(0)),
            "uc" => self.now.skip = number.unwrap_or(1).clamp(0, 16) as usize,
            "ansicpg" => self.now.encoding = code_page(small).unwrap_or(self.now.encoding),
            "mac" => self.now.encoding = encoding_rs::MACINTOSH,
            "fonttbl" => self.now.to = To::Fonts,
            "f" if self.now.to == To::Fonts => self.now.font = small,
            "fcharset" if self.now.to == To::Fonts => {
                if let Some(encoding) = charset(small) {
                    self.fonts.insert(self.now.font, encoding);
                }
            }
            "f" => {
                if let Some(encoding) = self.fonts.get(&small) {
                    self.now.encoding = encoding;
                }
            }
            "fldinst" => {
                self.now.to = To::Instruction;
                self.instruction.clear();
            }
            "info" => self.now.to = To::Nowhere,
            "title" if self.now.to == To::Nowhere => self.now.to = To::Title,
            "v" => self.now.hidden = number != Some(0),
            "plain" => self.now.hidden = false,
            _ if SILENT.contains(&word) => self.now.to = To::Nowhere,
            _ => self.break_or_sign(word),
        }
    }

    fn break_or_sign(&mut self, word: &str) {
        let sign = match word {
            "par" | "sect" | "page" | "row" if self.now.to == To::Text => return self.prose.paragraph(),
            "line" if self.now.to == To::Text => return self.prose.line(),
            "tab" | "cell" => "\t",
            "emdash" => "—",
            "endash" => "–",
            "lquote" => "‘",
            "rquote" => "’",
            "ldblquote" => "“",
            "rdblquote" => "”",
            "bullet" => "•",
            "emspace" | "enspace" => " ",
            _ => return,
        };
        self.letters(sign);
    }

    fn unicode(&mut self, number: i64) {
        let unit = number.rem_euclid(65_536) as u16;
        self.skipping = self.now.skip;
        match (self.half.take(), unit) {
            (_, 0xD800..=0xDBFF) => self.half = Some(unit),
            (Some(high), 0xDC00..=0xDFFF) => {
                self.letters(&String::from_utf16_lossy(&[high, unit]));
            }
            (_, unit) => self.letters(&String::from_utf16_lossy(&[unit])),
        }
    }

    fn flush(&mut self) {
        if !self.pending.is_empty() {
            let bytes = std::mem::take(&mut self.pending);
            let (words, _) = self.now.encoding.decode_without_bom_handling(&bytes);
            self.letters(&words);
        }
    }

    fn letters(&mut self, words: &str) {
        match self.now.to {
            To::Text if !self.now.hidden => self.prose.exactly(words),
            To::Title => self.title.push_str(words),
            To::Instruction => self.instruction.push_str(words),
            _ => {}
        }
    }
}

fn code_page(number: i32) -> Option<&'static Encoding> {
    let label = match number {
        874 | 1250..=1258 => format!("windows-{number}"),
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        866 => "ibm866".to_owned(),
        10_000 => "macintosh".to_owned(),
        65_001 => "utf-8".to_owned(),
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}

/// The code page of a font's character set.
fn charset(number: i32) -> Option<&'static Encoding> {
    let page = match number {
        0 => 1252,
        77 => 10_000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    };
    code_page(page)
}
