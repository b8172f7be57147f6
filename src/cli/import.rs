//! `variorum import`: annotations made with other tools, into a project.

use super::world::World;
use super::{Failure, Outcome, Sound, files};
use crate::codecs::exchange::{SourceFiles, read_all};
use crate::codecs::{self, Issue};
use crate::dataset::{LabelMap, TakenIn, is_meaning, take_in};
use crate::model::{ArticleText, Project, SegmentKind};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What `variorum import` is asked.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct ImportArgs {
    /// The file, or a folder of them; what lies beside the file is read where the format needs it.
    file: PathBuf,
    /// The format; `variorum formats` lists them.
    #[arg(long)]
    format: String,
    /// The project file to take it into.
    #[arg(short)]
    output: PathBuf,
    /// What a label means here: LABEL=content, cue, source, addressee, intermediary, mention,
    /// segment:KIND, stance:SCHEME/LABEL or ignore.
    #[arg(long)]
    map: Vec<String>,
    /// Print one JSON document.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct IssueOut {
    r#where: String,
    what: String,
}

#[derive(Serialize)]
struct Report {
    records: usize,
    issues: Vec<IssueOut>,
    /// How each label was understood.
    labels: BTreeMap<String, String>,
    /// Who annotated, where the file says.
    annotators: BTreeSet<String>,
}

pub(super) fn run(args: &ImportArgs) -> Outcome {
    let unknown = || Failure(format!("There is no format “{}”; `variorum formats` lists them.", args.format));
    let codec = codecs::format(&args.format).ok_or_else(unknown)?;
    let mut map = LabelMap::new();
    for given in &args.map {
        let wrong = || Failure(format!("--map is LABEL=MEANING, not “{given}”."));
        let (label, meaning) = given.rsplit_once('=').ok_or_else(wrong)?;
        map.insert(label.to_owned(), meaning_of(meaning)?);
    }
    let mut project = files::open(&args.output)?.value;
    let mut issues = Vec::new();
    let (mut found, several) = gather(&args.file, &project, &mut issues)?;
    let hash = found.hash();
    let read =
        if several { read_all(codec, &mut found, &mut issues) } else { codec.read(&found, &mut issues) };
    let documents = read.map_err(|why| Failure(why.to_string()))?;
    let mut world = World::new();
    let mut stamp = || world.stamp();
    let taken = take_in(&mut project, &documents, &hash, &map, &mut stamp, &mut issues);
    for (label, count) in &taken.unknown {
        let what = format!(
            "The label “{label}” ({count} ×) is not known here; they were left out. Say what it means with --map \"{label}=content\" (or cue, source, …, ignore)."
        );
        issues.push(Issue { place: "labels".to_owned(), what });
    }
    files::save_changes(&args.output, project)?;
    let sound = if issues.is_empty() { Sound::Yes } else { Sound::No };
    if args.json {
        let issues = issues.into_iter().map(|i| IssueOut { r#where: i.place, what: i.what }).collect();
        let TakenIn { records, labels, annotators, .. } = taken;
        let report = Report { records, issues, labels, annotators };
        println!("{}", serde_json::to_string(&report).unwrap_or_default());
    } else {
        let texts = if taken.texts == 1 { "text" } else { "texts" };
        println!("{} records taken in from {} {texts}.", taken.records, taken.texts);
        if !taken.annotators.is_empty() {
            let names: Vec<&str> = taken.annotators.iter().map(|name| &**name).collect();
            println!("Annotated by {}.", names.join(", "));
        }
        taken.labels.iter().for_each(|(from, to)| println!("  {from} → {to}"));
        issues.iter().for_each(|i| println!("{}: {}", i.place, i.what));
    }
    Ok(sound)
}

/// What somebody says a label means.
fn meaning_of(given: &str) -> Result<String, Failure> {
    is_meaning(given).then(|| given.to_owned()).ok_or_else(|| {
        let kinds: Vec<&str> = SegmentKind::ALL.iter().map(SegmentKind::as_str).collect();
        Failure(format!(
            "--map: “{given}” means nothing here. A label is content, cue, source, addressee, intermediary, mention, stance:SCHEME/LABEL, ignore or segment:KIND, where KIND is {}.",
            kinds.join(", ")
        ))
    })
}

fn gather(file: &Path, project: &Project, issues: &mut Vec<Issue>) -> Result<(SourceFiles, bool), Failure> {
    let several = file.is_dir() || begins_like_zip(file);
    let all = match (file.is_dir(), several) {
        (false, true) => {
            let said = |why| Failure(format!("{}: {why}", file.display()));
            crate::intake::unpack(&files::read_bytes(file)?).map_err(said)?
        }
        (dir, _) => {
            let folder = if dir { file } else { file.parent().unwrap_or(file) };
            let mut wanted = Vec::new();
            if dir {
                list(folder, &mut wanted)?;
            } else {
                wanted.push(file.to_path_buf());
                wanted.extend(companions(file));
            }
            let read = |path: PathBuf| {
                let inside = path.strip_prefix(folder).unwrap_or(&path);
                let name = inside.to_string_lossy().replace('\\', "/");
                Ok((name, files::read_bytes(&path)?))
            };
            wanted.into_iter().map(read).collect::<Result<_, Failure>>()?
        }
    };
    let mut found = SourceFiles::single("", "");
    found.files.clear();
    for (name, bytes) in all {
        // As it is: positions count its very characters, carriage returns too.
        match String::from_utf8(bytes) {
            Ok(text) => {
                let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
                found.files.insert(name, text);
            }
            Err(_) => issues.push(Issue { place: name, what: "The file is not in UTF-8.".to_owned() }),
        }
    }
    if !several {
        found.main = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    }
    found.know(project.all::<ArticleText>().filter_map(|text| text.content.clone()));
    Ok((found, several))
}

/// Whether a file is a ZIP file, by its first bytes: what is in it is read as a folder is.
fn begins_like_zip(file: &Path) -> bool {
    let mut begin = [0; 4];
    let read =
        std::fs::File::open(file).and_then(|mut file| std::io::Read::read_exact(&mut file, &mut begin));
    read.is_ok() && begin == *b"PK\x03\x04"
}

/// What may lie beside a file and belong to it: brat's text, the other tables, a collection's texts.
fn companions(file: &Path) -> Vec<PathBuf> {
    let extension = file.extension().unwrap_or_default().to_string_lossy().into_owned();
    let mut found = Vec::new();
    match &*extension {
        "ann" => found.push(file.with_extension("txt")),
        "csv" | "tsv" => {
            for name in ["articles", "marks", "ties", "stances"] {
                found.push(file.with_file_name(format!("{name}.{extension}")));
            }
        }
        "jsonld" => {
            let _ = list(&file.with_extension(""), &mut found);
        }
        _ => {}
    }
    found.retain(|path| path.is_file() && path != file);
    found
}

fn list(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let said = |why: std::io::Error| Failure(format!("{} cannot be read: {why}.", folder.display()));
    let mut inside = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(said)? {
        inside.push(entry.map_err(said)?.path());
    }
    inside.sort();
    for path in inside {
        if path.is_dir() {
            list(&path, found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}
