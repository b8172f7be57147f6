//! A large project file as several small ones, to be read one after the other while a page stays alive.

use super::{Loaded, read};
use crate::model::Project;

/// What the first line of a file in canonical form ends with.
const HEAD: &str = ",\"records\":{\n";

/// The parts of a file whose records are on lines of their own. Reading is for whoever takes turns with
/// something else: [`read`] at once gives the same.
#[derive(Debug)]
pub struct Slices<'a> {
    text: &'a str,
    /// The first line, with its line end.
    head: &'a str,
    /// Where the next slice begins.
    at: usize,
    size: usize,
}

/// A file in slices of about so many bytes; `None` where it is not in canonical form, and to be read at once.
pub fn slices(text: &str, size: usize) -> Option<Slices<'_>> {
    let head = &text[..=text.find('\n')?];
    (head.starts_with("{\"format\"") && head.ends_with(HEAD) && text.ends_with("\n}}\n")).then_some(Slices {
        text,
        head,
        at: head.len(),
        size,
    })
}

impl Slices<'_> {
    /// How far it has come, in hundredths.
    pub fn percent(&self) -> u32 {
        (self.at * 100 / self.text.len().max(1)) as u32
    }

    /// Reads the next slice into `project`, which begins empty; whether that was the last. `None` where anything at
    /// all must be said of it: the whole file is then to be read at once, which says what and where.
    pub fn next(&mut self, project: &mut Option<Project>) -> Option<bool> {
        let end = self.text.len() - "}}\n".len();
        let rest = &self.text.as_bytes()[self.at..end];
        let from = self.size.min(rest.len());
        // A line end is one byte that no other character holds.
        let length = rest[from..].iter().position(|byte| *byte == b'\n').map_or(rest.len(), |n| from + n + 1);
        let lines = self.text[self.at..self.at + length].trim_end().trim_end_matches(',');
        let Loaded { value, issues, whole } = read(&format!("{}{lines}\n}}}}\n", self.head)).ok()?;
        if !whole || !issues.is_empty() {
            return None;
        }
        self.at += length;
        match project {
            Some(project) => {
                let count = project.len() + value.len();
                project.join(&value);
                // A record that stands there twice is worth a word.
                if project.len() < count {
                    return None;
                }
            }
            None => *project = Some(value),
        }
        Some(self.at >= end)
    }
}
