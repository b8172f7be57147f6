//! Who annotated a document, where a file says so, or its place among others does.

use super::Document;
use std::collections::BTreeMap;

/// What INCEpTION and WebAnno call whoever curates, and what nobody has annotated yet.
const CURATION: [&str; 2] = ["CURATION_USER", "curation"];
const NOBODY: &str = "INITIAL_CAS";

/// Folders and files that are parts of a data set, and no people.
const PARTS: [&str; 10] =
    ["all", "data", "dev", "eval", "export", "output", "test", "train", "valid", "validation"];

/// The attribute of a mark that says whose it is, in documents that hold several people's.
pub const ANNOTATOR: &str = "annotator";

/// Whoever annotated a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotator {
    /// The name in the file.
    pub name: String,
    /// What the file says of the work.
    pub work: Work,
}

/// What a file says of somebody's work on a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// Nothing: it may be finished or not.
    Unsaid,
    /// It was handed in; where nothing is marked, there is nothing.
    HandedIn,
    /// It was decided to be right, over what others say.
    Gold,
}

impl Annotator {
    /// Of this name; `None` where it is nobody's.
    pub(crate) fn named(name: &str, work: Work) -> Option<Self> {
        let name = name.trim();
        let work = if CURATION.contains(&name) { Work::Gold } else { work };
        let nobody = name.is_empty() || name == NOBODY;
        (!nobody).then(|| Self { name: name.to_owned(), work })
    }
}

/// Documents with the files they were read from. The same text in several files was annotated by several
/// people: where the names of such files differ in one part, always the same one, that part is who
/// annotated (`anna/a.ann` and `ben/a.ann`, `a.txt/anna.xmi` and `a.txt/ben.xmi`). A file that says it
/// itself is left alone.
pub(crate) fn of_files(found: Vec<(String, Document)>) -> Vec<Document> {
    let level = level(&found);
    let name = |(file, mut document): (String, Document)| {
        if let Some(level) = level.filter(|_| document.by.is_none()) {
            let part = parts(&file).get(level).copied().unwrap_or_default();
            document.by = Annotator::named(part, Work::Unsaid);
        }
        document
    };
    found.into_iter().map(name).collect()
}

/// Which part of the files' names says who annotated.
fn level(found: &[(String, Document)]) -> Option<usize> {
    let mut of_text: BTreeMap<&str, Vec<Vec<&str>>> = BTreeMap::new();
    for (file, document) in found.iter().filter(|(_, document)| document.by.is_none()) {
        of_text.entry(&document.text).or_default().push(parts(file));
    }
    let mut level = None;
    for files in of_text.into_values().filter(|files| files.len() > 1) {
        for (i, one) in files.iter().enumerate() {
            for other in &files[i + 1..] {
                let here = differing(one, other)?;
                if level.is_some_and(|level| level != here) {
                    return None;
                }
                level = Some(here);
            }
        }
    }
    let level = level?;
    let is_part = |(file, _): &(String, Document)| {
        parts(file).get(level).is_none_or(|part| PARTS.contains(&&*part.to_lowercase()))
    };
    (!found.iter().any(is_part)).then_some(level)
}

/// The folders of a file and its name without its ending.
fn parts(file: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = file.split('/').collect();
    if let Some(last) = parts.last_mut() {
        *last = last.rsplit_once('.').map_or(*last, |(stem, _)| stem);
    }
    parts
}

/// The one part in which two names differ.
fn differing(one: &[&str], other: &[&str]) -> Option<usize> {
    let mut differ = (0..one.len()).filter(|i| one.get(*i) != other.get(*i));
    let first = differ.next().filter(|_| one.len() == other.len())?;
    differ.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    fn names(files: &[(&str, &str)]) -> Vec<String> {
        let document = |text: &str| Document { text: Text::new(text), ..Document::default() };
        let found = files.iter().map(|(file, text)| ((*file).to_owned(), document(text))).collect();
        of_files(found).into_iter().map(|d| d.by.map(|by| by.name).unwrap_or_default()).collect()
    }

    #[test]
    fn whoever_s_folder_or_file_it_is_annotated_what_is_in_it() {
        let folders = [("x/anna/a.ann", "A"), ("x/ben/a.ann", "A"), ("x/ben/b.ann", "B")];
        assert_eq!(names(&folders), ["anna", "ben", "ben"]);
        let files = [("a.txt/anna.xmi", "A"), ("a.txt/ben.xmi", "A"), ("a.txt/INITIAL_CAS.xmi", "A")];
        assert_eq!(names(&files), ["anna", "ben", ""]);
    }

    #[test]
    fn parts_of_a_data_set_are_nobody_and_neither_are_texts_that_come_once() {
        assert_eq!(names(&[("train/a.ann", "A"), ("test/a.ann", "A")]), ["", ""]);
        assert_eq!(names(&[("anna/a.ann", "A"), ("ben/b.ann", "B")]), ["", ""]);
    }

    #[test]
    fn names_that_differ_in_several_places_say_nothing() {
        assert_eq!(names(&[("anna/a.ann", "A"), ("ben/b.ann", "A")]), ["", ""]);
        let mixed = [("anna/a.ann", "A"), ("ben/a.ann", "A"), ("ben/c.ann", "C"), ("ben/d.ann", "C")];
        assert_eq!(names(&mixed), ["", "", "", ""]);
    }

    #[test]
    fn what_was_curated_is_gold() {
        let of = |name| Annotator::named(name, Work::HandedIn).map(|by| by.work);
        assert_eq!(
            (of("CURATION_USER"), of("anna"), of(" ")),
            (Some(Work::Gold), Some(Work::HandedIn), None)
        );
    }
}
