//! ZIP files of articles: each part is read as a file of its own; what fails does not stop the rest.

use super::super::{Error, Format, Issue, Loaded, Trouble, limits, sniff};
use super::zip::{Archive, Budget};
use super::{Hint, read_within};

/// Reads all articles in a ZIP file.
pub(crate) fn read(bytes: &[u8], budget: &mut Budget, depth: usize) -> Result<Loaded, Error> {
    if depth >= limits::NESTING {
        return Err(Error::Nested);
    }
    let archive = Archive::open(bytes)?;
    let mut loaded = Loaded::default();
    let mut passed_over = 0;
    for part in &archive.parts {
        let name = part.name.rsplit('/').next().unwrap_or(&part.name);
        if is_furniture(&part.name, name) {
            passed_over += 1;
            continue;
        }
        let read = archive.read(part, budget).and_then(|bytes| match sniff(name, &bytes) {
            Format::Other("a picture") => Ok(None),
            _ => read_within(&bytes, &Hint::named(name), budget, depth + 1).map(Some),
        });
        match read {
            Ok(None) => passed_over += 1,
            Ok(Some(inner)) => {
                let within = |place: &str| {
                    if place.is_empty() { part.name.clone() } else { format!("{}, {place}", part.name) }
                };
                loaded.drafts.extend(inner.drafts.into_iter().map(|(place, draft)| (within(&place), draft)));
                let issues = inner.issues.into_iter();
                loaded.issues.extend(issues.map(|i| Issue { place: within(&i.place), what: i.what }));
            }
            Err(why) => {
                let bomb = why == Error::Bomb;
                loaded.issues.push(Issue { place: part.name.clone(), what: Trouble::Failed(why) });
                if bomb {
                    break;
                }
            }
        }
    }
    if passed_over > 0 {
        loaded.say(Trouble::PassedOver { parts: passed_over });
    }
    if archive.cut {
        loaded.say(Trouble::TooMany { what: "parts", limit: limits::PARTS });
    }
    if loaded.drafts.is_empty() && loaded.issues.iter().all(|i| !matches!(i.what, Trouble::Failed(_))) {
        return Err(Error::NoText { format: "ZIP file" });
    }
    Ok(loaded)
}

/// All files in a ZIP file.
pub(crate) fn files(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let (archive, mut budget) = (Archive::open(bytes)?, Budget::default());
    if archive.cut {
        let what = format!("it holds more than {} files; unpack it and choose them", limits::PARTS);
        return Err(Error::Broken { format: "ZIP file", what });
    }
    let wanted = archive.parts.iter().filter(|part| !is_of_a_system(&part.name));
    wanted.map(|part| Ok((part.name.clone(), archive.read(part, &mut budget)?))).collect()
}

/// Parts that come with articles and are none: what systems and saved pages put beside them.
fn is_furniture(path: &str, name: &str) -> bool {
    const ENDS: &[&str] = &[
        "css", "js", "png", "jpg", "jpeg", "gif", "svg", "webp", "ico", "woff", "woff2", "ttf", "mp4", "mp3",
        "map", "exe", "dll",
    ];
    let end = name.rsplit_once('.').map_or(String::new(), |(_, end)| end.to_lowercase());
    is_of_a_system(path) || name.starts_with('.') || path.contains("_files/") || ENDS.contains(&&*end)
}

/// What macOS packs beside every file.
fn is_of_a_system(path: &str) -> bool {
    path.starts_with("__MACOSX/") || path.ends_with(".DS_Store")
}
