//! What a task says when it cannot go on: one sentence for a person.

use std::fmt;

/// A reason to stop, already worded for the person at the terminal.
#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    /// Words a failure.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}
