//! What every interchange format is written from and read into: articles with marks on their text.
//!
//! A [`Document`] holds an article's marks as one flat list and the ties between them as another; what
//! belongs to an attribution hangs on its head, its first piece of content. That is the shape most tools
//! share. A format is a [`Codec`]: it says its unit of position and what it cannot hold, writes documents
//! record by record into a [`Sink`], and reads what other tools have written.

mod alike;
mod annotators;
mod codec;
mod counts;
mod document;
mod json_writer;
mod loss;
mod order;
mod reader;
mod sink;
mod tokens;
mod unit;

pub use annotators::{ANNOTATOR, Annotator, Work};
pub use codec::{
    Codec, Direction, Documents, Fault, MakeTexts, Options, Part, SentencePair, SourceFiles, TakeTexts,
    Tokenisation, read_all,
};
pub use counts::Counts;
pub use document::{
    ATTRIBUTION_LABELS, Attributed, Document, Mark, MarkLayer, Opinion, Relation, Tie, pack, unpack,
};
pub use json_writer::JsonWriter;
pub use loss::{Counted, Counting, Loss, count};
pub use reader::understood;
pub use sink::{MemorySink, Sink};
pub use tokens::{Token, Tokens};
pub use unit::{Unit, Units};

pub(super) use alike::{count_alike, file_of, read_or_why};
pub(super) use annotators::of_files;
pub(super) use codec::{document_files, ending_in, file_stem, line_files, lines_of, page_files};
pub(super) use document::fold_label;
pub(super) use reader::{Reader, same_words};
