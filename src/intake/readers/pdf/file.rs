//! A PDF file as a whole: its objects, found by looking through all of it, so that a file whose table of
//! objects is torn or wrong is read all the same; and its pages in order.

use super::object::{Dictionary, Lexer, Object};
use crate::intake::format::find;
use crate::intake::limits;
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;
use std::collections::{HashMap, HashSet};

/// Objects in a file.
const OBJECTS: usize = 1_000_000;
/// References that lead to references, and pages in trees of pages.
const STEPS: usize = 50;

/// A file.
pub(super) struct File<'b> {
    bytes: &'b [u8],
    objects: HashMap<u32, Object>,
    /// Whether it asks for a password.
    pub(super) locked: bool,
    left: std::cell::Cell<usize>,
}

impl<'b> File<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Self {
        let left = std::cell::Cell::new(limits::UNPACKED);
        let mut file = Self { bytes, objects: HashMap::new(), locked: false, left };
        file.look_through();
        file.unpack_objects();
        file
    }

    /// All `12 0 obj` of the file; what stands later is newer.
    fn look_through(&mut self) {
        let mut from = 0;
        while let Some(at) = find(&self.bytes[from..], b"obj").map(|i| from + i) {
            from = at + 3;
            let Some(number) = self.numbered(at) else { continue };
            let mut lexer = Lexer::new(self.bytes, from);
            let Some(object) = lexer.next(true) else { break };
            let object = match object {
                Object::Dictionary(d) => self.with_bytes(d, &mut lexer),
                other => other,
            };
            from = lexer.at.max(from);
            if self.objects.len() < OBJECTS {
                self.objects.insert(number, object);
            }
        }
        let mut from = 0;
        while let Some(at) = find(&self.bytes[from..], b"trailer").map(|i| from + i) {
            from = at + 7;
            if let Some(Object::Dictionary(trailer)) = Lexer::new(self.bytes, from).next(true) {
                self.locked |= trailer.contains_key("Encrypt");
            }
        }
        let tables = self.objects.values().filter_map(Object::dictionary);
        self.locked |= tables.into_iter().any(|d| is_type(d, "XRef") && d.contains_key("Encrypt"));
    }

    /// The number of the object whose `obj` stands at `at`.
    fn numbered(&self, at: usize) -> Option<u32> {
        let before = &self.bytes[at.saturating_sub(24)..at];
        let (rest, generation) = last_number(before)?;
        let (_, number) = last_number(rest)?;
        (generation <= 65_535).then_some(number)
    }

    /// A dictionary, or with `stream` after it the stream.
    fn with_bytes(&self, dictionary: Dictionary, lexer: &mut Lexer<'_>) -> Object {
        let before = lexer.at;
        lexer.skip_space();
        if !self.bytes[lexer.at..].starts_with(b"stream") {
            lexer.at = before;
            return Object::Dictionary(dictionary);
        }
        let mut start = lexer.at + 6;
        start += match self.bytes.get(start..) {
            Some([b'\r', b'\n', ..]) => 2,
            Some([b'\n' | b'\r', ..]) => 1,
            _ => 0,
        };
        let said = dictionary.get("Length").and_then(Object::number).map(|n| n.max(0.0) as usize);
        let said = said.and_then(|n| start.checked_add(n)).filter(|end| {
            let after = self.bytes.get(*end..(*end + 20).min(self.bytes.len()));
            after.is_some_and(|b| b.trim_ascii_start().starts_with(b"endstream"))
        });
        let end = said.or_else(|| find(&self.bytes[start..], b"endstream").map(|i| start + i));
        let end = end.unwrap_or(self.bytes.len());
        lexer.at = end;
        Object::Stream(dictionary, start..end)
    }

    /// Objects that are packed into streams.
    fn unpack_objects(&mut self) {
        let packed =
            self.objects.iter().filter(|(_, o)| o.dictionary().is_some_and(|d| is_type(d, "ObjStm")));
        let mut packed: Vec<u32> = packed.map(|(number, _)| *number).collect();
        packed.sort_unstable();
        for stream in packed {
            let Some(object) = self.objects.get(&stream) else { continue };
            let Some(d) = object.dictionary() else { continue };
            let figure = |name: &str| self.resolve(d.get(name)).number().unwrap_or(0.0) as usize;
            let (count, first) = (figure("N").min(OBJECTS), figure("First"));
            let bytes = self.bytes_of(object);
            let mut head = Lexer::new(&bytes, 0);
            let mut found = Vec::new();
            for _ in 0..count {
                let (Some(Object::Number(number)), Some(Object::Number(at))) =
                    (head.next(false), head.next(false))
                else {
                    break;
                };
                if let Some(object) =
                    Lexer::new(&bytes, first.saturating_add(at.max(0.0) as usize)).next(true)
                {
                    found.push((number as u32, object));
                }
            }
            for (number, object) in found {
                if self.objects.len() < OBJECTS {
                    self.objects.entry(number).or_insert(object);
                }
            }
        }
    }

    /// What a value is, references followed.
    pub(super) fn resolve<'f>(&'f self, value: Option<&'f Object>) -> &'f Object {
        let mut at = value;
        for _ in 0..STEPS {
            match at {
                Some(Object::Reference(number)) => at = self.objects.get(number),
                Some(object) => return object,
                None => break,
            }
        }
        &Object::Null
    }

    /// The bytes of a stream, unpacked as far as that is known here.
    pub(super) fn bytes_of(&self, object: &Object) -> Vec<u8> {
        let Object::Stream(d, range) = object else { return Vec::new() };
        let mut bytes = self.bytes.get(range.clone()).unwrap_or_default().to_vec();
        let filters = self.resolve(d.get("Filter"));
        let one = [filters.clone()];
        for filter in filters.array().unwrap_or(&one) {
            bytes = match self.resolve(Some(filter)).name() {
                Some("FlateDecode" | "Fl") => {
                    let limit = self.left.get();
                    let out = decompress_to_vec_zlib_with_limit(&bytes, limit);
                    // What a torn stream held before the tear is taken.
                    let out = out.unwrap_or_else(|why| why.output);
                    self.left.set(limit.saturating_sub(out.len()));
                    out
                }
                Some("ASCIIHexDecode" | "AHx") => {
                    let text = [b"<", &bytes[..], b">"].concat();
                    match Lexer::new(&text, 0).next(false) {
                        Some(Object::Words(out)) => out,
                        _ => Vec::new(),
                    }
                }
                Some("ASCII85Decode" | "A85") => ascii85(&bytes),
                None => bytes,
                Some(_) => Vec::new(),
            };
        }
        bytes
    }

    /// The pages in order, each with the resources it has or inherits.
    pub(super) fn pages(&self) -> Vec<(&Dictionary, &Object)> {
        let mut numbers: Vec<&u32> = self.objects.keys().collect();
        numbers.sort_unstable();
        let all = || numbers.iter().filter_map(|n| self.objects.get(n)?.dictionary());
        let mut pages = Vec::new();
        let mut seen = HashSet::new();
        for catalog in all().filter(|d| is_type(d, "Catalog")) {
            self.pages_below(catalog.get("Pages"), &Object::Null, &mut pages, &mut seen, 0);
        }
        if pages.is_empty() {
            pages.extend(all().filter(|d| is_type(d, "Page")).map(|d| (d, self.resolve(d.get("Resources")))));
        }
        pages
    }

    fn pages_below<'f>(
        &'f self,
        node: Option<&'f Object>,
        inherited: &'f Object,
        pages: &mut Vec<(&'f Dictionary, &'f Object)>,
        seen: &mut HashSet<u32>,
        depth: usize,
    ) {
        if let Some(Object::Reference(number)) = node
            && !seen.insert(*number)
        {
            return;
        }
        let Some(d) =
            self.resolve(node).dictionary().filter(|_| depth < STEPS && pages.len() <= limits::PDF_PAGES)
        else {
            return;
        };
        let resources = match d.get("Resources") {
            Some(own) => self.resolve(Some(own)),
            None => inherited,
        };
        match self.resolve(d.get("Kids")).array() {
            Some(kids) => {
                for kid in kids {
                    self.pages_below(Some(kid), resources, pages, seen, depth + 1);
                }
            }
            None => pages.push((d, resources)),
        }
    }
}

fn is_type(d: &Dictionary, name: &str) -> bool {
    d.get("Type").and_then(Object::name) == Some(name)
}

/// The number at the end of `bytes`, and what stands before it.
fn last_number(bytes: &[u8]) -> Option<(&[u8], u32)> {
    let bytes = bytes.trim_ascii_end();
    let digits = bytes.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let (rest, number) = bytes.split_at(bytes.len() - digits);
    Some((rest, std::str::from_utf8(number).ok()?.parse().ok()?))
}

fn ascii85(bytes: &[u8]) -> Vec<u8> {
    let (mut out, mut group) = (Vec::new(), Vec::new());
    for byte in bytes.iter().copied().filter(|b| !b.is_ascii_whitespace()) {
        match byte {
            b'z' if group.is_empty() => out.extend([0; 4]),
            b'!'..=b'u' => {
                group.push(byte - b'!');
                if group.len() == 5 {
                    unpack85(&group, 4, &mut out);
                    group.clear();
                }
            }
            _ => break,
        }
    }
    if group.len() > 1 {
        let kept = group.len() - 1;
        group.resize(5, 84);
        unpack85(&group, kept, &mut out);
    }
    out
}

fn unpack85(group: &[u8], kept: usize, out: &mut Vec<u8>) {
    let number = group.iter().fold(0u32, |n, d| n.wrapping_mul(85).wrapping_add(u32::from(*d)));
    out.extend(&number.to_be_bytes()[..kept]);
}
