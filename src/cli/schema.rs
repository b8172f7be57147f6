//! `variorum schema`: the JSON Schema of the project file.

use super::{Outcome, Sound};
use crate::codecs::schema;

pub(super) fn run() -> Outcome {
    print!("{}", schema::text());
    Ok(Sound::Yes)
}
