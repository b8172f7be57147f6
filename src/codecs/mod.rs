//! Bytes to data and back, nothing lost silently.
//!
//! Reading gives a value *and* a list of issues: one bad record never costs the good ones. This module
//! does not know where bytes come from.

mod argilla;
mod bio;
mod brat;
mod bytes;
mod cas_json;
mod cas_views;
mod cas_xmi;
mod doccano;
pub mod exchange;
mod formats;
mod jsonl;
mod label_studio;
mod messages;
pub mod migrations;
mod pairs;
mod parc;
mod prodigy;
pub mod project_file;
#[cfg(not(target_arch = "wasm32"))]
pub mod schema;
mod spacy;
mod stance_shapes;
mod tables;
mod web_annotation;
mod webanno_tsv;
mod xml;
mod zip;

pub use bytes::{MAX_FILE, NotText, decode};
pub use formats::{FORMATS, format};
pub use zip::Archive;

/// Something a reader had to say about a part of a file; the rest was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Which part: a record's id, mostly.
    pub place: String,
    /// What is wrong with it, and what became of it.
    pub what: String,
}

/// What was read, and what had to be said about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded<T> {
    /// What was read.
    pub value: T,
    /// What had to be said.
    pub issues: Vec<Issue>,
    /// Whether the file was whole. If not, what stands in `value` may not be all that there was.
    pub whole: bool,
}

/// SHA-256 in hexadecimal: what texts without their words are known by.
pub fn hash(text: &str) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(text).iter().map(|b| format!("{b:02x}")).collect()
}
