//! What comes out of a file: articles, what is to be said of them, or why none came.

use super::limits;
use crate::codecs::NotText;
use crate::model::{Facts, Hyperlink, Origin};
use crate::text::Text;
use std::fmt;

/// An article as it came out of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// Its text.
    pub content: Text,
    /// What read it, «name version».
    pub extractor: String,
    /// The file, where there was one.
    pub origin: Option<Origin>,
    /// What seems to be its headline.
    pub title: String,
    /// Its language as a BCP 47 tag, where it is plain.
    pub language: Option<String>,
    /// The links it carried.
    pub links: Vec<Hyperlink>,
    /// What else was found out about it.
    pub facts: Facts,
    /// The encoding of the file, where the bytes had to be read as one, and whether it was guessed.
    pub encoding: Option<(&'static str, bool)>,
    /// Paragraphs of the file that the reader took for no part of the article, in order.
    pub set_aside: Vec<String>,
}

/// Something to be said of a file that was read, with where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// The part of the file: a name inside a ZIP file, a row, a page. Empty for all of it.
    pub place: String,
    /// What.
    pub what: Trouble,
}

/// What there is to be said.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant is documented; its fields say what they are")]
pub enum Trouble {
    /// No article came out of this part.
    Failed(Error),
    /// The encoding is a guess.
    Guessed { encoding: &'static str },
    /// Letters that the encoding does not have were replaced.
    Replaced { encoding: &'static str },
    /// The main text of a page could not be told from what stands around it.
    WholePage,
    /// Pages without a text layer were left out.
    NoTextLayer { pages: usize, of: usize },
    /// Rows, parts or pages after a limit were left out.
    TooMany { what: &'static str, limit: usize },
    /// Parts that hold no articles (pictures and the like) were left out.
    PassedOver { parts: usize },
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(why) => why.fmt(f),
            Self::Guessed { encoding } => write!(
                f,
                "The file does not say its encoding; {encoding} was guessed. If letters look wrong, choose another encoding."
            ),
            Self::Replaced { encoding } => write!(
                f,
                "Some letters cannot be read as {encoding} and were replaced by �. Choose another encoding."
            ),
            Self::WholePage => f.write_str(
                "The article could not be told from the rest of the page, so all its text was taken. Look at it before annotating.",
            ),
            Self::NoTextLayer { pages, of } => write!(
                f,
                "{pages} of {of} pages are pictures without a text layer and were left out. Run text recognition (OCR) on the file first."
            ),
            Self::TooMany { what, limit } => {
                write!(f, "There are more than {limit} {what}; the rest was left out. Split the file.")
            }
            Self::PassedOver { parts } => {
                write!(f, "{parts} parts are no articles (pictures, styles and the like) and were left out.")
            }
        }
    }
}

/// All that a file gave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Loaded {
    /// The articles, each with the part of the file it was: empty for all of it.
    pub drafts: Vec<(String, Draft)>,
    /// What is to be said.
    pub issues: Vec<Issue>,
}

impl Loaded {
    /// One article, from all of the file.
    pub(crate) fn one(draft: Draft) -> Self {
        Self { drafts: vec![(String::new(), draft)], issues: Vec::new() }
    }

    /// Adds something to be said of all of the file.
    pub(crate) fn say(&mut self, what: Trouble) {
        self.issues.push(Issue { place: String::new(), what });
    }
}

/// Why no article came out of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant is documented; its fields say what they are")]
pub enum Error {
    /// It holds no text.
    NotText(NotText),
    /// A format that cannot be read here.
    UnknownFormat(&'static str),
    /// JSON, but no project.
    OtherJson,
    /// It is a project, not an article.
    IsProject,
    /// The file is not what it should be: the format, and what is wrong.
    Broken { format: &'static str, what: String },
    /// It asks for a password.
    Password { format: &'static str },
    /// Unpacked it would be larger than is read.
    Bomb,
    /// A ZIP file in a ZIP file in a ZIP file.
    Nested,
    /// A document without text.
    NoText { format: &'static str },
    /// A PDF that holds pictures of pages only.
    NoTextLayer,
    /// A table or JSON in which no column holds the text.
    NoTextColumn { columns: Vec<String> },
    /// An encoding that there is not.
    UnknownEncoding(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotText(why) => why.fmt(f),
            Self::UnknownFormat(what) => write!(
                f,
                "This is {what}, which cannot be read here. Save the article as plain text (.txt), a web page (.html) or a Word document (.docx), or paste it.",
            ),
            Self::OtherJson => f.write_str(
                "This is a JSON file, but not a Variorum project (its first line should say “format”: “variorum/1”). Choose a file that was exported from Variorum.",
            ),
            Self::IsProject => f.write_str("This is a Variorum project, not an article. Open it instead."),
            Self::Broken { format, what } => write!(
                f,
                "The {format} is damaged or incomplete ({what}). Fetch or save it again, or save the article as plain text."
            ),
            Self::Password { format } => {
                write!(f, "The {format} asks for a password. Save it without one, then add it.")
            }
            Self::Bomb => write!(
                f,
                "Unpacked, this would be larger than {} MB, which is more than is read. Unpack it yourself and add the articles.",
                limits::UNPACKED / 1_048_576
            ),
            Self::Nested => f.write_str(
                "ZIP files inside ZIP files inside ZIP files are not opened. Unpack it and add what is inside.",
            ),
            Self::NoText { format } => write!(f, "The {format} holds no text."),
            Self::NoTextLayer => f.write_str(
                "The PDF holds pictures of pages, without a text layer. Run text recognition (OCR) on it first, then add the result.",
            ),
            Self::NoTextColumn { columns } => write!(
                f,
                "None of the columns ({}) is known to hold the article's text. Say which one does.",
                columns.join(", ")
            ),
            Self::UnknownEncoding(name) => write!(
                f,
                "There is no encoding called “{name}”. Known ones are utf-8, utf-16le, windows-1251, windows-1252, koi8-u, iso-8859-2 and the others of the web."
            ),
        }
    }
}

impl std::error::Error for Error {}
