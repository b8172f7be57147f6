//! Several files as one: a ZIP archive with deflated entries, in the order given. Equal files give equal bytes:
//! there is no time in it.

use super::exchange::{Fault, Sink};
use crc::{CRC_32_ISO_HDLC, Crc, Table};
use miniz_oxide::deflate::compress_to_vec;

/// Deflate's effort: the least, since the person waits for it.
const LEVEL: u8 = 1;
/// 1 January 1980, the first day that the format knows.
const DAY: u16 = (1 << 5) | 1;
/// Names are UTF-8.
const FLAGS: u16 = 1 << 11;
/// Version 2.0: folders and deflate.
const VERSION: u16 = 20;
const DEFLATED: u16 = 8;
static CRC: Crc<u32, Table<1>> = Crc::<u32, Table<1>>::new(&CRC_32_ISO_HDLC);

/// An archive in the making. Files of it are written like those of any export, below a folder.
#[derive(Default)]
pub struct Archive {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    count: u16,
    folder: String,
    current: Option<(String, Vec<u8>)>,
    /// What is written beside the current file, in the order in which it was begun.
    beside: Vec<(String, Vec<u8>)>,
}

impl Archive {
    /// What comes next goes into this folder; empty for none.
    pub fn enter(&mut self, folder: &str) {
        self.close_all();
        folder.clone_into(&mut self.folder);
    }

    /// The whole archive.
    pub fn finish(mut self) -> Vec<u8> {
        self.close_all();
        let start = self.bytes.len() as u32;
        let size = self.directory.len() as u32;
        self.bytes.append(&mut self.directory);
        let mut end = Vec::from(*b"PK\x05\x06");
        for short in [0, 0, self.count, self.count] {
            end.extend(u16::to_le_bytes(short));
        }
        for long in [size, start] {
            end.extend(u32::to_le_bytes(long));
        }
        end.extend([0, 0]);
        self.bytes.append(&mut end);
        self.bytes
    }

    /// Ends the file at hand and those beside it.
    fn close_all(&mut self) {
        self.close();
        for (name, content) in std::mem::take(&mut self.beside) {
            self.add(&name, &content);
        }
    }

    /// Ends the file at hand.
    fn close(&mut self) {
        if let Some((name, content)) = self.current.take() {
            self.add(&name, &content);
        }
    }

    fn add(&mut self, name: &str, content: &[u8]) {
        let packed = compress_to_vec(content, LEVEL);
        let mut facts = Vec::new();
        for short in [VERSION, FLAGS, DEFLATED, 0, DAY] {
            facts.extend(u16::to_le_bytes(short));
        }
        for long in [CRC.checksum(content), packed.len() as u32, content.len() as u32] {
            facts.extend(u32::to_le_bytes(long));
        }
        facts.extend(u16::to_le_bytes(name.len() as u16));
        facts.extend([0, 0]);
        let at = self.bytes.len() as u32;
        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend(&facts);
        self.bytes.extend(name.as_bytes());
        self.bytes.extend(packed);
        self.directory.extend(b"PK\x01\x02");
        self.directory.extend(VERSION.to_le_bytes());
        self.directory.extend(&facts);
        // No comment, one disk, no attributes.
        self.directory.extend([0; 10]);
        self.directory.extend(at.to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.count += 1;
    }
}

impl Archive {
    /// The name of one more file, if there is room for it.
    fn name(&self, path: &str) -> Result<String, Fault> {
        let open: usize = self.beside.iter().map(|(_, content)| content.len()).sum();
        let count = usize::from(self.count) + self.beside.len();
        // Sizes and counts of the plain format end here; what is larger belongs to the command line.
        if self.bytes.len() + open > 1 << 31 || count >= usize::from(u16::MAX) {
            let why = "This is too much for one ZIP file. Choose fewer formats, or use the command line.";
            return Err(Fault::Writing(why.to_owned()));
        }
        Ok(if self.folder.is_empty() { path.to_owned() } else { format!("{}/{path}", self.folder) })
    }
}

impl Sink for Archive {
    fn begin(&mut self, path: &str) -> Result<(), Fault> {
        self.close();
        self.current = Some((self.name(path)?, Vec::new()));
        Ok(())
    }

    fn put(&mut self, text: &str) -> Result<(), Fault> {
        if let Some((_, content)) = &mut self.current {
            content.extend(text.as_bytes());
        }
        Ok(())
    }

    fn beside(&mut self, path: &str, text: &str) -> Result<(), Fault> {
        let is_it = |name: &str| {
            name.strip_suffix(path).is_some_and(|folder| folder.trim_end_matches('/') == self.folder)
        };
        match self.beside.iter_mut().find(|(name, _)| is_it(name)) {
            Some((_, content)) => content.extend(text.as_bytes()),
            None => {
                let name = self.name(path)?;
                self.beside.push((name, text.as_bytes().to_vec()));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_written_beside_each_other_are_each_in_one_piece_and_in_their_folder() {
        let write = |sink: &mut dyn Sink| {
            for words in ["one ", "two "] {
                sink.beside("a.txt", words).unwrap();
                sink.beside("in/a.txt", words).unwrap();
            }
        };
        let (mut beside, mut whole) = (Archive::default(), Archive::default());
        for folder in ["", "csv", "in"] {
            beside.enter(folder);
            write(&mut beside);
            whole.enter(folder);
            whole.file("a.txt", "one two ").unwrap();
            whole.file("in/a.txt", "one two ").unwrap();
        }
        assert_eq!(beside.finish(), whole.finish());
    }

    #[test]
    fn an_archive_says_where_its_files_are() {
        let mut archive = Archive::default();
        archive.enter("brat");
        archive.file("a.txt", "Їжак 🦔").unwrap();
        archive.enter("");
        archive.file("b.txt", &"word ".repeat(1_000)).unwrap();
        let bytes = archive.finish();
        assert!(bytes.starts_with(b"PK\x03\x04") && bytes.len() < 500);
        let end = bytes.len() - 22;
        assert_eq!(bytes[end..end + 4], *b"PK\x05\x06");
        let long = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
        assert_eq!(long(end + 16) + long(end + 12), end, "the directory stands before the end");
        assert_eq!(bytes[long(end + 16)..][..4], *b"PK\x01\x02");
        assert_eq!(&bytes[30..40], b"brat/a.txt");
    }
}
