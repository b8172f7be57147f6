//! What a format must be able to say and do.

use super::{Counts, Document, Loss, Sink, Unit};
use crate::codecs::Issue;
use crate::text::Text;
use std::collections::BTreeMap;
use std::fmt;

/// Which ways a format goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Written only.
    Out,
    /// Read only.
    In,
    /// Both.
    Both,
}

impl Direction {
    /// Its name in `variorum formats`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Out => "out",
            Self::In => "in",
            Self::Both => "both",
        }
    }
}

/// How a text is cut into tokens, for formats that have them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tokenisation {
    /// Words and marks by Unicode's rules, cut again at every border of a mark: every mark fits.
    #[default]
    CutAtMarks,
    /// Words and marks by Unicode's rules alone, as for a text nobody has marked. Marks that do not
    /// fit are left out and counted.
    Words,
}

impl Tokenisation {
    /// Its name on the command line and in cards.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CutAtMarks => "cut",
            Self::Words => "words",
        }
    }
}

/// What whoever exports may choose.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// How texts are cut.
    pub tokens: Tokenisation,
    /// Offsets and hashes only: texts are other people's property.
    pub without_texts: bool,
    /// At most so many records in a file, for formats of one record a line.
    pub shard: Option<usize>,
}

/// One side of a split.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// `train`, `validation`, `test`; `all` where there is no split.
    pub name: String,
    /// How many documents it has.
    pub documents: usize,
}

/// Makes what is written of a document: a text for each file that a format makes.
pub type MakeTexts<'a> = dyn Fn(&Document) -> Vec<String> + Sync + 'a;

/// Takes a document, the how-manieth of its part, with the texts made of it.
pub type TakeTexts<'a> = dyn FnMut(usize, &Document, Vec<String>) -> Result<(), Fault> + 'a;

/// The documents to write, made a few at a time.
pub trait Documents {
    /// The parts of the split, in order.
    fn parts(&self) -> &[Part];
    /// Hands out the documents of a part, in order; stops at the first fault.
    fn each(
        &self,
        part: usize,
        take: &mut dyn FnMut(usize, &Document) -> Result<(), Fault>,
    ) -> Result<(), Fault>;
    /// [`Documents::each`] with what is made of each document; several may be in the making at a time.
    fn made(&self, part: usize, make: &MakeTexts<'_>, take: &mut TakeTexts<'_>) -> Result<(), Fault> {
        self.each(part, &mut |i, document| take(i, document, make(document)))
    }
    /// The names of the stance labels, in the order of their schemes.
    fn stance_labels(&self) -> &[String];
    /// What was chosen.
    fn options(&self) -> &Options;
    /// Sentences of versions that answer each other.
    fn pairs(&self, part: usize) -> &[SentencePair];
    /// The data set card in Markdown, given its YAML features and what is in the documents.
    fn card(&self, features: &str, counts: &Counts) -> String;
}

/// Sentences of two versions that answer each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentencePair {
    /// The story's id.
    pub story: String,
    /// The articles' ids.
    pub articles: (String, String),
    /// The sentences.
    pub texts: (String, String),
    /// What happened on the way.
    pub op: String,
    /// Whether a person said so.
    pub confirmed: bool,
}

/// The files given to read, as text, by their paths. The first is the one that was named.
pub struct SourceFiles {
    /// The file that was named.
    pub main: String,
    /// All files, the named one too.
    pub files: BTreeMap<String, String>,
    /// Texts that are at hand already, by their SHA-256: for files that came without.
    pub known: BTreeMap<String, Text>,
}

impl SourceFiles {
    /// A single file.
    pub fn single(name: &str, text: &str) -> Self {
        let files = BTreeMap::from([(name.to_owned(), text.to_owned())]);
        Self { main: name.to_owned(), files, known: BTreeMap::new() }
    }

    /// Texts that are at hand already.
    pub fn know(&mut self, texts: impl Iterator<Item = Text>) {
        self.known = texts.map(|text| (crate::codecs::hash(&text), text)).collect();
    }

    /// The hash of all that was given: ids of what is made of it follow from that.
    pub fn hash(&self) -> String {
        let all: Vec<&str> = self.files.iter().flat_map(|(name, text)| [&**name, text]).collect();
        crate::codecs::hash(&all.join("\u{1f}"))
    }

    /// The named file's text.
    pub fn text(&self) -> &str {
        self.files.get(&self.main).map_or("", |text| text)
    }

    /// A file beside the named one.
    pub fn beside(&self, name: &str) -> Option<&str> {
        let folder = self.main.rsplit_once('/').map_or("", |(folder, _)| folder);
        let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        self.files.get(&path).map(|text| &**text)
    }
}

/// The files with one of these endings; all, where there is none.
pub(crate) fn ending_in(files: &SourceFiles, endings: &[&str]) -> Vec<String> {
    let fits = |name: &&String| endings.iter().any(|end| name.to_lowercase().ends_with(end));
    let found: Vec<String> = files.files.keys().filter(fits).cloned().collect();
    if found.is_empty() { files.files.keys().cloned().collect() } else { found }
}

/// Reads all files that are read by themselves. One that is not of the format is listed, and costs the others
/// nothing; an error is only where none is.
pub fn read_all(
    codec: &dyn Codec,
    files: &mut SourceFiles,
    issues: &mut Vec<Issue>,
) -> Result<Vec<Document>, Fault> {
    let mut documents = Vec::new();
    let mut faults = Vec::new();
    let mut mains = codec.mains(files);
    if mains.is_empty() {
        mains.push(String::new());
    }
    for main in mains {
        files.main = main;
        match codec.read(files, issues) {
            Ok(found) => documents.extend(found),
            Err(fault) => faults.push((files.main.clone(), fault)),
        }
    }
    if documents.is_empty() && !faults.is_empty() {
        return Err(faults.swap_remove(0).1);
    }
    issues.extend(faults.into_iter().map(|(place, fault)| Issue { place, what: fault.to_string() }));
    Ok(documents)
}

/// Why nothing could be written or read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The format holds the texts; an export without them makes no sense.
    NeedsTexts(&'static str),
    /// The format goes the other way only.
    OneWay(&'static str),
    /// There is nothing in the selection that the format could hold.
    Nothing(&'static str),
    /// The file is not of the format.
    NotThis {
        /// The format.
        format: &'static str,
        /// What was found.
        why: String,
    },
    /// The files could not be written.
    Writing(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NeedsTexts(format) => write!(
                f,
                "The format {format} carries the texts themselves. Choose jsonl, csv or web-annotation for an export without texts."
            ),
            Self::OneWay(format) => {
                write!(f, "The format {format} cannot be read back; see `variorum formats`.")
            }
            Self::Nothing(what) => write!(f, "There is nothing to write: the selection has no {what}."),
            Self::NotThis { format, why } => write!(f, "This is no {format} file: {why}"),
            Self::Writing(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for Fault {}

/// An interchange format.
pub trait Codec: Sync {
    /// Its name on the command line.
    fn name(&self) -> &'static str;
    /// Who reads it, in a sentence.
    fn about(&self) -> &'static str;
    /// Which ways it goes.
    fn direction(&self) -> Direction;
    /// What it counts positions in.
    fn unit(&self) -> Unit;
    /// What it cannot hold.
    fn losses(&self) -> &'static [Loss];
    /// Whether it makes sense without the texts.
    fn can_withhold_texts(&self) -> bool {
        false
    }
    /// Writes all documents, record by record. Equal input gives equal bytes.
    fn write(&self, data: &dyn Documents, out: &mut dyn Sink) -> Result<(), Fault>;
    /// The files that are read by themselves, one after the other: of a format that has all in one file, each
    /// of its kind; otherwise the first, from which the others are found.
    fn mains(&self, files: &SourceFiles) -> Vec<String> {
        files.files.keys().next().cloned().into_iter().collect()
    }
    /// Reads what there is; what cannot be read is listed and costs nothing else.
    fn read(&self, _files: &SourceFiles, _issues: &mut Vec<Issue>) -> Result<Vec<Document>, Fault> {
        Err(Fault::OneWay(self.name()))
    }
}

/// Writes one record a line for each document: `data/train.jsonl`, or `data/train-00000-of-00002.jsonl`
/// where files are to stay small. `line` may give nothing, or several lines.
pub(crate) fn line_files(
    data: &dyn Documents,
    out: &mut dyn Sink,
    extension: &str,
    line: &(dyn Fn(&Document) -> String + Sync),
) -> Result<(), Fault> {
    let make = |document: &Document| vec![line(document)];
    document_files(data, out, extension, &make, &mut |_, _, texts, out| {
        texts.iter().try_for_each(|text| out.put(text))
    })
}

/// Writes what was made of a document of the how-manieth part.
type WriteTexts<'a> = dyn FnMut(usize, &Document, Vec<String>, &mut dyn Sink) -> Result<(), Fault> + 'a;

/// The same for formats that write to files beside, too.
pub(crate) fn document_files(
    data: &dyn Documents,
    out: &mut dyn Sink,
    extension: &str,
    make: &MakeTexts<'_>,
    write: &mut WriteTexts<'_>,
) -> Result<(), Fault> {
    for (at, part) in data.parts().iter().enumerate() {
        let shard = data.options().shard.unwrap_or(usize::MAX).max(1);
        let files = part.documents.div_ceil(shard).max(1);
        let name = |i: usize| match files {
            1 => format!("data/{}.{extension}", part.name),
            _ => format!("data/{}-{i:05}-of-{files:05}.{extension}", part.name),
        };
        out.begin(&name(0))?;
        data.made(at, make, &mut |i, document, texts| {
            if i > 0 && i % shard == 0 {
                out.begin(&name(i / shard))?;
            }
            write(at, document, texts, out)
        })?;
    }
    Ok(())
}

/// Writes a file for each document: `train/`, the digits of its article's id, and the extension.
pub(crate) fn page_files(
    data: &dyn Documents,
    out: &mut dyn Sink,
    extension: &str,
    page: &(dyn Fn(&Document) -> String + Sync),
) -> Result<(), Fault> {
    let make = |document: &Document| vec![page(document)];
    for (at, part) in data.parts().iter().enumerate() {
        data.made(at, &make, &mut |_, document, texts| {
            let path = format!("{}/{}.{extension}", part.name, file_stem(document));
            texts.iter().try_for_each(|text| out.file(&path, text))
        })?;
    }
    Ok(())
}

/// The name of a document's own file: the digits of its article's id.
pub(crate) fn file_stem(document: &Document) -> &str {
    document.article.split_once(':').map_or(&document.article, |(_, digits)| digits)
}

/// The JSON objects of files of one a line (or of one list of them), with where each stood. What is no
/// object is an issue. Several files are shards of one.
pub(crate) fn lines_of(files: &SourceFiles, issues: &mut Vec<Issue>) -> Vec<(String, serde_json::Value)> {
    let mut found = Vec::new();
    let json = |name: &str| name.ends_with(".json") || name.ends_with(".jsonl");
    for (name, text) in files.files.iter().filter(|(name, _)| files.files.len() == 1 || json(name)) {
        match serde_json::from_str(text) {
            Ok(serde_json::Value::Array(all)) => {
                let place = |i: usize| format!("{name}, item {}", i + 1);
                found.extend(all.into_iter().enumerate().map(|(i, v)| (place(i), v)));
                continue;
            }
            Ok(value @ serde_json::Value::Object(_)) => {
                found.push((format!("{name}, line 1"), value));
                continue;
            }
            Err(why) if text.trim_start().starts_with('[') => {
                let what = format!("This list is no JSON: {why}. Export it anew.");
                issues.push(Issue { place: name.clone(), what });
                continue;
            }
            _ => {}
        }
        for (i, line) in text.split('\n').enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let place = format!("{name}, line {}", i + 1);
            match serde_json::from_str::<serde_json::Value>(line) {
                Ok(value) if value.is_object() => found.push((place, value)),
                Ok(_) => issues.push(Issue { place, what: "This line is no JSON object.".to_owned() }),
                Err(why) => issues.push(Issue { place, what: format!("This line is no JSON: {why}.") }),
            }
        }
    }
    found
}
