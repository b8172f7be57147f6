//! `variorum sample`: writes the built-in sample, the same file that the app opens.

use super::{Failure, Outcome, Sound, files};
use std::path::Path;

pub(super) fn run(path: &Path) -> Outcome {
    let project = crate::sample::project().map_err(|why| Failure(why.to_string()))?;
    files::save(path, &project)?;
    Ok(Sound::Yes)
}
