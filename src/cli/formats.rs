//! `variorum formats`: which formats there are, which way each goes, what each cannot hold.

use super::{Outcome, Sound};
use crate::codecs::FORMATS;
use serde::Serialize;

#[derive(Serialize)]
struct Line {
    name: &'static str,
    about: &'static str,
    direction: &'static str,
    unit: &'static str,
    losses: Vec<&'static str>,
}

pub(super) fn run(json: bool) -> Outcome {
    let line = |codec: &&dyn crate::codecs::exchange::Codec| Line {
        name: codec.name(),
        about: codec.about(),
        direction: codec.direction().as_str(),
        unit: codec.unit().as_str(),
        losses: codec.losses().iter().map(|loss| loss.as_str()).collect(),
    };
    let lines: Vec<Line> = FORMATS.iter().map(line).collect();
    if json {
        println!("{}", serde_json::to_string(&lines).unwrap_or_default());
        return Ok(Sound::Yes);
    }
    for line in lines {
        println!("{:15} {:5} {:13} {}", line.name, line.direction, line.unit, line.about);
        if !line.losses.is_empty() {
            println!("{:35} without: {}", "", line.losses.join("; "));
        }
    }
    Ok(Sound::Yes)
}
