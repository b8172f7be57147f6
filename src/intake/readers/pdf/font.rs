//! From the codes in a PDF's strings to letters and widths: ISO 32000-1, sections 9.6 to 9.10.

use super::file::File;
use super::object::{Dictionary, Lexer, Object};
use encoding_rs::{MACINTOSH, WINDOWS_1252};
use std::collections::HashMap;

/// A font as far as reading needs it.
pub(super) struct Font {
    /// Bytes in a code.
    wide: usize,
    /// Letters by code, where the font says so itself.
    mapped: HashMap<u32, String>,
    /// Letters by one-byte code.
    table: Vec<Option<String>>,
    widths: HashMap<u32, f64>,
    usual: f64,
}

/// Codes that one font may map.
const CODES: usize = 70_000;
/// Mappings that are read of one font, codes that are mapped again and again included.
const MAPPINGS: u32 = 500_000;

impl Font {
    pub(super) fn read(file: &File<'_>, d: &Dictionary) -> Self {
        let composite = d.get("Subtype").and_then(Object::name) == Some("Type0");
        let mut font = Self {
            wide: if composite { 2 } else { 1 },
            mapped: HashMap::new(),
            table: Vec::new(),
            widths: HashMap::new(),
            usual: if composite { 1_000.0 } else { 500.0 },
        };
        let to_unicode = file.resolve(d.get("ToUnicode"));
        if matches!(to_unicode, Object::Stream(..)) {
            font.read_map(&file.bytes_of(to_unicode));
        }
        if composite {
            font.composite_widths(file, d);
        } else {
            font.table = table(file, d);
            font.simple_widths(file, d);
        }
        font
    }

    fn simple_widths(&mut self, file: &File<'_>, d: &Dictionary) {
        let first = file.resolve(d.get("FirstChar")).number().unwrap_or(0.0).max(0.0) as u32;
        match file.resolve(d.get("Widths")).array() {
            Some(widths) => {
                let scale = if d.get("Subtype").and_then(Object::name) == Some("Type3") {
                    1_000.0 * type3_scale(file, d)
                } else {
                    1.0
                };
                let known = widths.iter().take(256).zip(first..);
                self.widths = known
                    .filter_map(|(w, code)| Some((code, file.resolve(Some(w)).number()? * scale)))
                    .collect();
            }
            // One of the fonts every reader has: widths as Helvetica's, roughly.
            None => {
                for (code, letters) in self.table.iter().enumerate() {
                    let width = letters.as_deref().and_then(|l| l.chars().next()).map_or(500.0, rough_width);
                    self.widths.insert(code as u32, width);
                }
            }
        }
    }

    fn composite_widths(&mut self, file: &File<'_>, d: &Dictionary) {
        let below = file.resolve(d.get("DescendantFonts")).array().and_then(|all| all.first());
        let Some(below) = file.resolve(below).dictionary() else { return };
        self.usual = file.resolve(below.get("DW")).number().unwrap_or(1_000.0);
        let entries = file.resolve(below.get("W")).array().unwrap_or_default();
        let mut at = 0;
        while at + 1 < entries.len() && self.widths.len() < CODES {
            let first = file.resolve(entries.get(at)).number().unwrap_or(0.0).max(0.0) as u32;
            match file.resolve(entries.get(at + 1)) {
                Object::Array(widths) => {
                    for (w, code) in widths.iter().zip(first..) {
                        self.widths.extend(file.resolve(Some(w)).number().map(|w| (code, w)));
                    }
                    at += 2;
                }
                Object::Number(last) => {
                    let width = file.resolve(entries.get(at + 2)).number().unwrap_or(self.usual);
                    let last = (last.max(0.0) as u32).min(first.saturating_add(CODES as u32));
                    self.widths.extend((first..=last).map(|code| (code, width)));
                    at += 3;
                }
                _ => break,
            }
        }
    }

    /// The letters, width in thousandths of the size, and code of each code of a string.
    pub(super) fn letters<'f>(
        &'f self,
        bytes: &'f [u8],
    ) -> impl Iterator<Item = (Option<String>, f64, u32)> + 'f {
        bytes.chunks(self.wide).map(|code| {
            let code = code.iter().fold(0u32, |n, b| n << 8 | u32::from(*b));
            let letters = self.mapped.get(&code).cloned().or_else(|| self.table.get(code as usize)?.clone());
            (letters, *self.widths.get(&code).unwrap_or(&self.usual), code)
        })
    }

    /// A ToUnicode map: `bfchar` and `bfrange`, and from the codespace how wide codes are.
    fn read_map(&mut self, bytes: &[u8]) {
        let mut lexer = Lexer::new(bytes, 0);
        let mut row: Vec<Object> = Vec::new();
        // However often a map maps the same codes again, it comes to an end.
        let mut left = MAPPINGS;
        while let Some(object) = lexer.next(false) {
            let Object::Keyword(word) = &object else {
                row.push(object);
                continue;
            };
            match &word[..] {
                b"endcodespacerange" => {
                    if let Some(Object::Words(code)) = row.first() {
                        self.wide = code.len().clamp(1, 4);
                    }
                }
                b"endbfchar" => {
                    for pair in row.chunks_exact(2) {
                        if let [Object::Words(code), Object::Words(letters)] = pair {
                            self.map(code_of(code), utf16(letters));
                        }
                    }
                }
                b"endbfrange" => {
                    for three in row.chunks_exact(3) {
                        left = left.saturating_sub(self.map_range(three, left));
                    }
                }
                _ => {}
            }
            row.clear();
        }
    }

    /// Maps a range of codes, at most so many; how many it were.
    fn map_range(&mut self, three: &[Object], most: u32) -> u32 {
        let [Object::Words(first), Object::Words(last), to] = three else { return 0 };
        let (first, last) = (code_of(first), code_of(last));
        let count = last.saturating_sub(first).min(65_535).min(most);
        if most == 0 {
            return 0;
        }
        match to {
            Object::Words(letters) => {
                let mut units: Vec<u8> = letters.clone();
                for code in first..=first.saturating_add(count) {
                    self.map(code, utf16(&units));
                    for byte in units.iter_mut().rev() {
                        *byte = byte.wrapping_add(1);
                        if *byte != 0 {
                            break;
                        }
                    }
                }
            }
            Object::Array(all) => {
                for (letters, code) in all.iter().zip(first..=first.saturating_add(count)) {
                    if let Object::Words(letters) = letters {
                        self.map(code, utf16(letters));
                    }
                }
            }
            _ => {}
        }
        count + 1
    }

    fn map(&mut self, code: u32, letters: String) {
        if self.mapped.len() < CODES {
            self.mapped.insert(code, letters);
        }
    }
}

fn type3_scale(file: &File<'_>, d: &Dictionary) -> f64 {
    let matrix = file.resolve(d.get("FontMatrix")).array();
    matrix.and_then(|m| m.first()).and_then(Object::number).unwrap_or(0.001).abs()
}

fn code_of(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |n, b| n << 8 | u32::from(*b))
}

fn utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|p| u16::from_be_bytes([p[0], p[1]])).collect();
    let letters = String::from_utf16_lossy(&units);
    letters.chars().filter(|c| *c != '\0').collect()
}

/// Letters by one-byte code: the encoding the font names, with its differences.
fn table(file: &File<'_>, d: &Dictionary) -> Vec<Option<String>> {
    let encoding = file.resolve(d.get("Encoding"));
    let own = encoding.dictionary();
    let name = encoding.name().or_else(|| file.resolve(own?.get("BaseEncoding")).name());
    let mut table: Vec<Option<String>> = (0..=255u8)
        .map(|code| {
            let (letters, ..) = match name {
                Some("MacRomanEncoding") => {
                    MACINTOSH.decode_without_bom_handling(std::slice::from_ref(&code))
                }
                _ => WINDOWS_1252.decode_without_bom_handling(std::slice::from_ref(&code)),
            };
            (code >= 32).then(|| letters.into_owned())
        })
        .collect();
    if name.is_none() {
        for (code, letter) in STANDARD {
            table[usize::from(*code)] = Some((*letter).to_owned());
        }
    }
    let differences = own.and_then(|own| file.resolve(own.get("Differences")).array()).unwrap_or_default();
    let mut code = 0usize;
    for one in differences {
        match file.resolve(Some(one)) {
            Object::Number(n) => code = n.max(0.0) as usize,
            Object::Name(name) => {
                if let Some(slot) = table.get_mut(code) {
                    *slot = glyph(name).or(slot.take());
                }
                code += 1;
            }
            _ => {}
        }
    }
    table
}

/// Where Adobe's standard encoding differs from what Windows has, as far as news texts go.
const STANDARD: &[(u8, &str)] = &[
    (39, "’"),
    (96, "‘"),
    (0xA4, "⁄"),
    (0xA9, "'"),
    (0xAA, "“"),
    (0xAC, "‹"),
    (0xAD, "›"),
    (0xAE, "fi"),
    (0xAF, "fl"),
    (0xB1, "–"),
    (0xB7, "•"),
    (0xB8, "‚"),
    (0xB9, "„"),
    (0xBA, "”"),
    (0xBC, "…"),
    (0xD0, "—"),
];

/// Names of letters that are no letters themselves (Adobe Glyph List), as far as news texts go.
const GLYPHS: &[(&str, &str)] = &[
    ("space", " "),
    ("nbspace", " "),
    ("exclam", "!"),
    ("quotedbl", "\""),
    ("numbersign", "#"),
    ("dollar", "$"),
    ("percent", "%"),
    ("ampersand", "&"),
    ("quotesingle", "'"),
    ("quoteright", "’"),
    ("quoteleft", "‘"),
    ("quotedblleft", "“"),
    ("quotedblright", "”"),
    ("quotesinglbase", "‚"),
    ("quotedblbase", "„"),
    ("guillemotleft", "«"),
    ("guillemotright", "»"),
    ("guilsinglleft", "‹"),
    ("guilsinglright", "›"),
    ("parenleft", "("),
    ("parenright", ")"),
    ("asterisk", "*"),
    ("plus", "+"),
    ("comma", ","),
    ("hyphen", "-"),
    ("sfthyphen", "\u{ad}"),
    ("minus", "−"),
    ("period", "."),
    ("slash", "/"),
    ("colon", ":"),
    ("semicolon", ";"),
    ("less", "<"),
    ("equal", "="),
    ("greater", ">"),
    ("question", "?"),
    ("at", "@"),
    ("bracketleft", "["),
    ("backslash", "\\"),
    ("bracketright", "]"),
    ("underscore", "_"),
    ("grave", "`"),
    ("braceleft", "{"),
    ("bar", "|"),
    ("braceright", "}"),
    ("asciitilde", "~"),
    ("asciicircum", "^"),
    ("endash", "–"),
    ("emdash", "—"),
    ("ellipsis", "…"),
    ("bullet", "•"),
    ("periodcentered", "·"),
    ("dagger", "†"),
    ("section", "§"),
    ("paragraph", "¶"),
    ("copyright", "©"),
    ("registered", "®"),
    ("trademark", "™"),
    ("degree", "°"),
    ("Euro", "€"),
    ("sterling", "£"),
    ("yen", "¥"),
    ("cent", "¢"),
    ("fi", "fi"),
    ("fl", "fl"),
    ("ff", "ff"),
    ("ffi", "ffi"),
    ("ffl", "ffl"),
    ("germandbls", "ß"),
    ("ae", "æ"),
    ("AE", "Æ"),
    ("oe", "œ"),
    ("OE", "Œ"),
    ("oslash", "ø"),
    ("Oslash", "Ø"),
    ("dotlessi", "ı"),
    ("lslash", "ł"),
    ("Lslash", "Ł"),
    ("zero", "0"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("aring", "å"),
    ("Aring", "Å"),
    ("eth", "ð"),
    ("thorn", "þ"),
    ("afii10050", "Ґ"),
    ("afii10053", "Є"),
    ("afii10055", "І"),
    ("afii10056", "Ї"),
    ("afii10098", "ґ"),
    ("afii10101", "є"),
    ("afii10103", "і"),
    ("afii10104", "ї"),
    ("afii10023", "Ё"),
    ("afii10071", "ё"),
    ("afii61352", "№"),
];

/// Accents at the end of a glyph's name, as combining marks.
const ACCENTS: &[(&str, char)] = &[
    ("grave", '\u{300}'),
    ("acute", '\u{301}'),
    ("circumflex", '\u{302}'),
    ("tilde", '\u{303}'),
    ("dieresis", '\u{308}'),
    ("caron", '\u{30C}'),
    ("cedilla", '\u{327}'),
    ("ogonek", '\u{328}'),
    ("macron", '\u{304}'),
    ("breve", '\u{306}'),
    ("ring", '\u{30A}'),
    ("dotaccent", '\u{307}'),
    ("hungarumlaut", '\u{30B}'),
];

/// The letters a glyph's name stands for.
fn glyph(name: &str) -> Option<String> {
    let name = name.split('.').next().filter(|n| !n.is_empty())?;
    if let Some((_, letters)) = GLYPHS.iter().find(|(n, _)| *n == name) {
        return Some((*letters).to_owned());
    }
    if name.chars().count() == 1 {
        return Some(name.to_owned());
    }
    let code = |digits: &str| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
    if let Some(c) = name.strip_prefix("uni").filter(|d| d.len() == 4).and_then(code) {
        return Some(c.to_string());
    }
    if let Some(c) = name.strip_prefix('u').filter(|d| (4..=6).contains(&d.len())).and_then(code) {
        return Some(c.to_string());
    }
    // Cyrillic letters are numbered in the order of the alphabet, Ё standing apart.
    if let Some(number) = name.strip_prefix("afii").and_then(|n| n.parse::<u32>().ok()) {
        let (first, base) = match number {
            10_017..=10_022 => (10_017, 0x410),
            10_024..=10_049 => (10_024, 0x416),
            10_065..=10_070 => (10_065, 0x430),
            10_072..=10_097 => (10_072, 0x436),
            _ => return None,
        };
        return char::from_u32(base + number - first).map(|c| c.to_string());
    }
    let (base, accent) = ACCENTS.iter().find_map(|(n, mark)| Some((name.strip_suffix(n)?, *mark)))?;
    (base.chars().count() == 1).then(|| composed(base, accent))
}

/// A letter with its accent as one, where Windows' code pages have it as one.
fn composed(base: &str, accent: char) -> String {
    const TABLE: &[(char, &str, &str)] = &[
        ('\u{300}', "aeiouAEIOU", "àèìòùÀÈÌÒÙ"),
        ('\u{301}', "aeiouyAEIOUYcnszlrCNSZLR", "áéíóúýÁÉÍÓÚÝćńśźĺŕĆŃŚŹĹŔ"),
        ('\u{302}', "aeiouAEIOU", "âêîôûÂÊÎÔÛ"),
        ('\u{303}', "anoANO", "ãñõÃÑÕ"),
        ('\u{308}', "aeiouyAEIOU", "äëïöüÿÄËÏÖÜ"),
        ('\u{30C}', "cdenrstzCDENRSTZ", "čďěňřšťžČĎĚŇŘŠŤŽ"),
        ('\u{327}', "csCSt", "çşÇŞţ"),
        ('\u{328}', "aeAE", "ąęĄĘ"),
        ('\u{306}', "agAG", "ăğĂĞ"),
        ('\u{30A}', "uU", "ůŮ"),
        ('\u{307}', "zZIe", "żŻİė"),
        ('\u{30B}', "ouOU", "őűŐŰ"),
        ('\u{304}', "aeiouAEIOU", "āēīōūĀĒĪŌŪ"),
    ];
    let first = base.chars().next().unwrap_or(' ');
    let row = TABLE.iter().find(|(mark, ..)| *mark == accent);
    let whole = row.and_then(|(_, from, to)| to.chars().nth(from.chars().position(|c| c == first)?));
    whole.map_or_else(|| format!("{base}{accent}"), |c| c.to_string())
}

fn rough_width(letter: char) -> f64 {
    match letter {
        ' ' | 'i' | 'j' | 'l' | 't' | 'f' | 'I' | '.' | ',' | ':' | ';' | '!' | '\'' | '’' | '‘' | '|'
        | '/' => 278.0,
        'm' | 'w' | 'M' | 'W' | '—' => 833.0,
        c if c.is_uppercase() => 690.0,
        _ => 540.0,
    }
}
