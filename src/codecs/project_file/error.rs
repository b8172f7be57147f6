//! Why a text is not a project that can be opened, in sentences.

use std::fmt;

/// How one gets the newest Variorum: the page brings itself up to date, a program does not.
const NEWER_WAY_OUT: &str = if cfg!(target_arch = "wasm32") {
    "Reload this page to get the newest version, then open it again."
} else {
    "This one can look at it, but changes nothing in it: install the newest Variorum to work on it."
};

/// How one gets at the projects in a rescue file.
const RESCUE_WAY_OUT: &str = if cfg!(target_arch = "wasm32") {
    "Open it in the library, which brings the projects in it back."
} else {
    "“variorum rescue FILE -o FOLDER” writes the projects in it as files; the app opens it, too."
};

/// Why a text is not a project that can be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant is documented; its fields say what they are")]
pub enum Error {
    /// It is not JSON, and not one whole record could be saved out of it.
    NotJson { line: usize, column: usize, why: String },
    /// It is JSON, but not a Variorum project.
    NotAProject,
    /// It was written by a later version of Variorum: it can be looked at, not worked on.
    Newer { format: String },
    /// It is no project, but what a browser had stored, as the rescue page saves it.
    Rescue,
    /// Its project id cannot be read.
    NoId,
    /// It has more bytes than are ever read.
    TooLarge { size: usize },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson { line, column, why } => write!(
                f,
                "This file cannot be read as a project: it breaks off or is damaged at line {line}, column {column} ({why}). Ask for the file again, or open an older copy.",
            ),
            Self::NotAProject => f.write_str(
                "This is a JSON file, but not a Variorum project (its first line should say “format”: “variorum/1”). Choose a file that was exported from Variorum.",
            ),
            Self::Newer { format } => write!(
                f,
                "This project was written by a newer Variorum (format “{format}”). {NEWER_WAY_OUT}",
            ),
            Self::Rescue => write!(
                f,
                "This is a rescue file: all that Variorum had stored in a browser. {RESCUE_WAY_OUT}",
            ),
            Self::NoId => f.write_str(
                "This project file does not say which project it is (its “project” is missing or damaged). Ask for the file again, or open an older copy.",
            ),
            Self::TooLarge { size } => {
                super::super::NotText::TooLarge { size: *size, limit: super::super::MAX_FILE }.fmt(f)
            }
        }
    }
}

impl std::error::Error for Error {}
