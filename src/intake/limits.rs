//! How much is read. Above a limit there is a sentence, never a crash; the rest of a batch goes on.

/// The largest article, as text: 10 MB, about two million words.
pub const ARTICLE: usize = 10 * 1024 * 1024;
/// The largest file of any other kind: 100 MB.
pub const FILE: usize = 100 * 1024 * 1024;
/// The largest web page: 24 MB, with pictures written into it.
pub const PAGE: usize = 24 * 1024 * 1024;
/// What a packed file may come to, all its parts together: 256 MB.
pub const UNPACKED: usize = 256 * 1024 * 1024;
/// The parts of a packed file.
pub const PARTS: usize = 10_000;
/// The rows of a table, and the articles of a JSON file.
pub const ROWS: usize = 100_000;
/// ZIP files inside each other.
pub const NESTING: usize = 2;
/// The pages of a PDF.
pub const PDF_PAGES: usize = 3_000;
/// Elements of a page inside each other; what is deeper is taken as if it were not.
pub const DEPTH: usize = 400;
