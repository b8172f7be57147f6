//! The files of an export, in one piece: a file by itself, or a ZIP.

use super::choices::Choices;
use super::pairs::pairs;
use super::through::{Through, steps};
use super::words;
use crate::codecs::Archive;
use crate::codecs::exchange::{Codec, Documents as _, Fault, MemorySink, Sink as _};
use crate::dataset::Dataset;
use crate::model::Project;
use std::cell::Cell;

/// A file to hand to the person.
pub(super) struct Made {
    pub(super) name: String,
    pub(super) kind: &'static str,
    pub(super) content: Vec<u8>,
}

/// Runs `f` with the data set of the choices.
pub(super) fn with_data<T>(project: &Project, choices: &Choices, f: impl FnOnce(&Dataset<'_>) -> T) -> T {
    let selection = choices.selection();
    let mut data = match choices.plan() {
        Some(plan) => Dataset::split(project, &selection, choices.options(), plan),
        None => Dataset::whole(project, &selection, choices.options()),
    };
    if choices.codecs().iter().any(|codec| codec.name() == "pairs") {
        let found = pairs(project, data.articles());
        data.add_pairs(found);
    }
    f(&data)
}

/// Writes these formats. `tell` hears what is being written and how far it has come, in hundredths.
pub(super) fn make(
    project: &Project,
    choices: &Choices,
    codecs: &[&'static dyn Codec],
    today: &str,
    tell: &dyn Fn(&str, u32),
) -> Result<Made, Fault> {
    tell(words::GATHERING, 0);
    with_data(project, choices, |data| {
        let total: usize = codecs.iter().map(|codec| steps(*codec, data)).sum();
        let (done, said) = (Cell::new(0_usize), Cell::new(0_u32));
        let name = Cell::new("");
        let step = || {
            done.set(done.get() + 1);
            let far = (done.get() * 100 / total.max(1)).min(99) as u32;
            if far > said.get() {
                said.set(far);
                tell(&words::with(words::WRITING, &[name.get()]), far);
            }
        };
        let counted = Through::all(data, &step);
        let title = format!("{} {today}", project.name());
        if let [codec] = *codecs {
            name.set(codec.name());
            return one(codec, &counted, &title);
        }
        let mut archive = Archive::default();
        for codec in codecs {
            name.set(codec.name());
            archive.enter(codec.name());
            codec.write(&counted, &mut archive)?;
        }
        Ok(zip(format!("{title} {}", words::FILE), archive))
    })
}

/// One format: its file by itself where it is one, else a ZIP.
fn one(codec: &dyn Codec, data: &Through<'_>, title: &str) -> Result<Made, Fault> {
    let mut files = MemorySink::default();
    codec.write(data, &mut files)?;
    let title = format!("{title} {}", codec.name());
    if files.files.len() > 1 {
        let mut archive = Archive::default();
        for (path, text) in &files.files {
            archive.file(path, text)?;
        }
        return Ok(zip(title, archive));
    }
    let (path, text) = files.files.into_iter().next().unwrap_or_default();
    let extension = path.rsplit_once('.').map_or("txt", |(_, extension)| extension);
    Ok(Made { name: format!("{title}.{extension}"), kind: "text/plain", content: text.into_bytes() })
}

fn zip(title: String, archive: Archive) -> Made {
    Made { name: format!("{title}.zip"), kind: "application/zip", content: archive.finish() }
}

/// The first records of a format, file by file, each cut where it grows long.
pub(super) fn preview(codec: &dyn Codec, data: &Dataset<'_>) -> Result<Vec<(String, String)>, Fault> {
    /// Articles whose records are shown.
    const FIRST: usize = 2;
    /// Files, and characters of each.
    const FILES: usize = 2;
    const LONG: usize = 2_000;
    let mut files = MemorySink::default();
    codec.write(&Through::first(data, FIRST), &mut files)?;
    // What belongs to a format rather than to these articles says little of them.
    let beside = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or(path);
        let known = ["README.md", "TypeSystem.xml", "to_docbin.py", "config.xml", "labels.json"];
        known.contains(&name) || name.ends_with(".conf") || path.ends_with("settings.json")
    };
    let mut shown: Vec<(String, String)> =
        files.files.into_iter().filter(|(path, text)| !beside(path) && !text.is_empty()).collect();
    shown.truncate(FILES);
    for (_, text) in &mut shown {
        *text = shortened(text, LONG);
    }
    Ok(shown)
}

/// At most so many characters, long quoted strings shortened first: an article's text hides its record.
fn shortened(text: &str, most: usize) -> String {
    const STRING: usize = 100;
    let (mut out, mut written) = (String::new(), 0);
    // The length of the quoted string at hand; none outside of one.
    let (mut inside, mut escaped) = (None, false);
    for c in text.chars() {
        let closes = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        inside = match (inside, closes) {
            (None, true) => Some(0),
            (None, false) => None,
            (Some(_), true) => None,
            (Some(length), false) => Some(length + 1),
        };
        match inside {
            Some(length) if length > STRING + 1 => continue,
            Some(length) if length > STRING => out.push('…'),
            _ => out.push(c),
        }
        written += 1;
        if written == most {
            out.push('…');
            break;
        }
    }
    out
}

/// Whether there is anything in the data set.
pub(super) fn documents(data: &Dataset<'_>) -> usize {
    data.parts().iter().map(|part| part.documents).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_string_does_not_hide_the_rest_of_its_record() {
        let record = format!("{{\"text\":\"{}\\\" \\\\\",\"label\":[1]}}", "Їжак ".repeat(50));
        let shown = shortened(&record, 1_000);
        assert!(shown.ends_with("…\",\"label\":[1]}"), "{shown}");
        assert!(shown.chars().count() < 130, "{shown}");
        assert_eq!(shortened("abcdef", 3), "abc…");
    }
}
