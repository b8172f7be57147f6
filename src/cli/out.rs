//! What the commands print: `print!`, `println!` and `eprintln!` as in the standard library, except that a
//! reader who goes away (`variorum log p.json | head -1`) is no fault. The command then does the rest of
//! its work, so that no file is left half written, and says nothing more.
//!
//! The macros take the place of the standard ones in every file of the command line.

use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write};
use std::sync::OnceLock;

/// Why nothing more is printed: the first write that failed.
static STOPPED: OnceLock<io::Error> = OnceLock::new();

macro_rules! print {
    ($($words:tt)*) => { $crate::cli::out::put(format_args!($($words)*)) };
}

macro_rules! println {
    ($($words:tt)*) => { $crate::cli::out::put(format_args!("{}\n", format_args!($($words)*))) };
}

macro_rules! eprintln {
    ($($words:tt)*) => { $crate::cli::out::put_beside(format_args!("{}\n", format_args!($($words)*))) };
}

/// Writes on standard output, unless an earlier write there has failed.
pub(super) fn put(words: Arguments<'_>) {
    if STOPPED.get().is_none()
        && let Err(why) = io::stdout().write_fmt(words)
    {
        let _ = STOPPED.set(why);
    }
}

/// Writes on standard error. Where that fails, there is nowhere left to say so.
pub(super) fn put_beside(words: Arguments<'_>) {
    let _ = io::stderr().write_fmt(words);
}

/// Hands out what is still held back. Fails where something could not be printed although somebody was
/// there to read it, as on a full disk.
pub(super) fn finish() -> Result<(), super::Failure> {
    if let Err(why) = io::stdout().flush() {
        let _ = STOPPED.set(why);
    }
    match STOPPED.get() {
        Some(why) if why.kind() != ErrorKind::BrokenPipe => {
            Err(super::Failure(format!("What was to be printed could not be written: {why}.")))
        }
        _ => Ok(()),
    }
}
