//! Where an export goes: files one after the other, each written piece by piece.

use super::Fault;
use std::collections::BTreeMap;

/// Takes the files of an export.
pub trait Sink {
    /// Begins a file; the one before is finished. The path is relative, its parts joined by `/`.
    fn begin(&mut self, path: &str) -> Result<(), Fault>;

    /// Appends to the file begun last.
    fn put(&mut self, text: &str) -> Result<(), Fault>;

    /// Appends to a file beside the one begun last; its first piece, which may be empty, begins it. With this
    /// a format that makes several files of each document walks over the documents once.
    fn beside(&mut self, path: &str, text: &str) -> Result<(), Fault>;

    /// A file in one piece.
    fn file(&mut self, path: &str, text: &str) -> Result<(), Fault> {
        self.begin(path)?;
        self.put(text)
    }
}

/// Keeps the files in memory: for previews, tests, and the browser's downloads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemorySink {
    /// The files by their paths.
    pub files: BTreeMap<String, String>,
    current: String,
}

impl Sink for MemorySink {
    fn begin(&mut self, path: &str) -> Result<(), Fault> {
        path.clone_into(&mut self.current);
        self.files.insert(path.to_owned(), String::new());
        Ok(())
    }

    fn put(&mut self, text: &str) -> Result<(), Fault> {
        if let Some(file) = self.files.get_mut(&self.current) {
            file.push_str(text);
        }
        Ok(())
    }

    fn beside(&mut self, path: &str, text: &str) -> Result<(), Fault> {
        match self.files.get_mut(path) {
            Some(file) => file.push_str(text),
            None => {
                self.files.insert(path.to_owned(), text.to_owned());
            }
        }
        Ok(())
    }
}
