//! ZIP files: the table of parts at their end, and parts unpacked one at a time, never more than a
//! budget of bytes for all of them together. What the file says of sizes is not believed.
//!
//! PKWARE's APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16; parts stored or deflated.

use super::super::{Error, limits};
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};

/// A part, as the table at the end has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// Its name, `/` between folders.
    pub(super) name: String,
    method: u16,
    locked: bool,
    packed: usize,
    at: usize,
}

/// How many bytes may still be unpacked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Budget {
    left: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { left: limits::UNPACKED }
    }
}

/// A ZIP file.
pub(crate) struct Archive<'b> {
    bytes: &'b [u8],
    /// Its parts, folders left out.
    pub(super) parts: Vec<Part>,
    /// Whether there were more parts than are read.
    pub(super) cut: bool,
}

const FORMAT: &str = "ZIP file";

fn broken(what: &str) -> Error {
    Error::Broken { format: FORMAT, what: what.to_owned() }
}

impl<'b> Archive<'b> {
    /// Reads the table of parts.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, Error> {
        let end = end_of_table(bytes).ok_or_else(|| broken("its table of contents is missing"))?;
        let count = number(bytes, end + 10, 2).unwrap_or(0);
        let size = number(bytes, end + 12, 4).unwrap_or(0);
        let said = number(bytes, end + 16, 4).unwrap_or(0);
        // Bytes before the file (a program that unpacks itself) move everything by as many.
        let table = end.checked_sub(size).filter(|_| said != 0xFFFF_FFFF).unwrap_or(said);
        let moved = table.saturating_sub(said);
        let mut archive = Self { bytes, parts: Vec::new(), cut: false };
        let mut at = table;
        while bytes.get(at..at + 4) == Some(b"PK\x01\x02") {
            if archive.parts.len() >= limits::PARTS {
                archive.cut = true;
                break;
            }
            let field = |from: usize, wide: usize| number(bytes, at + from, wide).unwrap_or(0);
            let (name, extra, comment) = (field(28, 2), field(30, 2), field(32, 2));
            let name_bytes = bytes.get(at + 46..at + 46 + name).ok_or_else(|| broken("a name is cut off"))?;
            let part = Part {
                name: decoded_name(name_bytes),
                method: field(10, 2) as u16,
                locked: field(8, 2) & 1 == 1,
                packed: field(20, 4),
                at: field(42, 4).saturating_add(moved),
            };
            if !part.name.ends_with('/') {
                archive.parts.push(part);
            }
            at += 46 + name + extra + comment;
        }
        if archive.parts.is_empty() && count > 0 {
            return Err(broken("its table of contents cannot be read"));
        }
        Ok(archive)
    }

    /// The part of a name.
    pub(super) fn find(&self, name: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.name == name)
    }

    /// The bytes of a part.
    pub(super) fn read(&self, part: &Part, budget: &mut Budget) -> Result<Vec<u8>, Error> {
        if part.locked {
            return Err(Error::Password { format: FORMAT });
        }
        let head = self.bytes.get(part.at..part.at.saturating_add(30));
        let head =
            head.filter(|h| h.starts_with(b"PK\x03\x04")).ok_or_else(|| broken("a part is missing"))?;
        let skip = number(head, 26, 2).unwrap_or(0) + number(head, 28, 2).unwrap_or(0);
        let start = part.at + 30 + skip;
        let packed = self.bytes.get(start..start.saturating_add(part.packed));
        let packed = packed.ok_or_else(|| broken("a part is cut off"))?;
        let bytes = match part.method {
            0 if packed.len() > budget.left => return Err(Error::Bomb),
            0 => packed.to_vec(),
            8 => decompress_to_vec_with_limit(packed, budget.left).map_err(|why| match why.status {
                TINFLStatus::HasMoreOutput => Error::Bomb,
                _ => broken("a part cannot be unpacked"),
            })?,
            _ => return Err(broken("a part is packed in a way that is not known here")),
        };
        budget.left -= bytes.len().min(budget.left);
        Ok(bytes)
    }

    /// The words of a part in UTF-8, as all parts of office documents are.
    pub(super) fn text(&self, name: &str, budget: &mut Budget) -> Option<Result<String, Error>> {
        let part = self.find(name)?;
        Some(self.read(part, budget).map(|bytes| {
            let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
            String::from_utf8_lossy(bytes).into_owned()
        }))
    }
}

fn decoded_name(bytes: &[u8]) -> String {
    let name = String::from_utf8_lossy(bytes).replace('\\', "/");
    name.chars().filter(|c| !c.is_control()).collect()
}

/// Where the record that ends the table begins: the last one, before a comment of at most 64 KB.
fn end_of_table(bytes: &[u8]) -> Option<usize> {
    let first = bytes.len().saturating_sub(22 + 0xFFFF);
    let last = bytes.len().checked_sub(22)?;
    (first..=last).rev().find(|at| bytes[*at..].starts_with(b"PK\x05\x06"))
}

fn number(bytes: &[u8], at: usize, wide: usize) -> Option<usize> {
    let digits = bytes.get(at..at.checked_add(wide)?)?;
    Some(digits.iter().rev().fold(0, |n, b| n << 8 | usize::from(*b)))
}

#[cfg(test)]
pub(crate) mod testing;

#[cfg(test)]
mod tests {
    use super::testing::packed;
    use super::*;

    #[test]
    fn parts_come_out_as_they_went_in() {
        let file = packed(&[("a.txt", b"stored"), ("b/c.txt", &[b'x'; 5_000])]);
        let archive = Archive::open(&file).unwrap();
        let names: Vec<_> = archive.parts.iter().map(|p| &*p.name).collect();
        assert_eq!(names, ["a.txt", "b/c.txt"]);
        let mut budget = Budget::default();
        assert_eq!(archive.read(&archive.parts[1], &mut budget).unwrap(), [b'x'; 5_000]);
        let mut before: Vec<u8> = b"#! a program in front".to_vec();
        before.extend(&file);
        let moved = Archive::open(&before).unwrap();
        assert_eq!(moved.read(&moved.parts[0], &mut budget).unwrap(), b"stored");
    }

    #[test]
    fn a_bomb_is_stopped_at_the_budget_whatever_it_says_of_itself() {
        let file = packed(&[("bomb.txt", &vec![0; 3_000_000])]);
        let archive = Archive::open(&file).unwrap();
        assert!(file.len() < 20_000);
        let mut budget = Budget { left: 1_000_000 };
        assert_eq!(archive.read(&archive.parts[0], &mut budget), Err(Error::Bomb));
    }

    #[test]
    fn a_torn_file_says_so() {
        let file = packed(&[("a.txt", b"stored")]);
        for end in [0, 10, file.len() - 1] {
            assert!(matches!(Archive::open(&file[..end]), Err(Error::Broken { .. })));
        }
    }
}
