//! Positions in an immutable article text, in every unit anyone counts in.
//!
//! Three units meet here and never share an integer type: Rust counts *bytes* ([`Offset`]), files and
//! most annotation tools count *code points* ([`CodePoint`]), browsers count *UTF-16 units*
//! ([`Utf16`]). [`Text`] converts between them. Paragraphs, sentences, words and
//! quotations ([`marks`]) are spans found in a text; nothing here ever changes one.
//!
//! This module does not know what an annotation is.

pub(crate) mod bounds;
pub mod fields;
mod index;
pub mod marks;
mod offset;
pub mod order;
mod paint;
mod segment;
pub mod shingles;
#[cfg(test)]
pub(crate) mod testing;

pub use index::Text;
pub use offset::{CodePoint, CodePoints, Offset, Span, Utf16};
pub use paint::{Piece, pieces};
pub use segment::{blocks, paragraphs, sentences, words};
