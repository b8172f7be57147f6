//! `variorum export`: a project's annotations as training data.

use super::unmatched::{is_day, unmatched};
use super::{Failure, Outcome, Sound, count, files};
use crate::codecs;
use crate::codecs::exchange::{Counted, Counting, Fault, Options, Sink, Tokenisation};
use crate::dataset::{Dataset, Plan, Rule, RuleBy, Selection, Whose};
use crate::model::{Layer, Person, Project, Story};
use crate::training;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::PathBuf;

/// What `variorum export` is asked.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct ExportArgs {
    /// The project file.
    project: PathBuf,
    /// The format; `variorum formats` lists them.
    #[arg(long)]
    format: String,
    /// The folder to write into; it must be empty or not be there yet.
    #[arg(short)]
    output: PathBuf,
    /// The layers: attribution, stance, segment.
    #[arg(long, value_delimiter = ',')]
    layers: Vec<String>,
    /// Only what was decided as gold.
    #[arg(long, conflicts_with = "annotator")]
    gold: bool,
    /// Only what this person annotated: a name or an id.
    #[arg(long)]
    annotator: Option<String>,
    /// Only these stories: names or ids.
    #[arg(long)]
    story: Vec<String>,
    /// Shares of training, validation and test: 80/10/10. Two numbers leave validation out.
    #[arg(long)]
    split: Option<String>,
    /// What the split's chance follows from.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Fix a side: test=from:2024-01-31 or test=outlet:NAME. The first that fits holds.
    #[arg(long)]
    assign: Vec<String>,
    /// How texts are cut: cut (at every border of a mark, too) or words.
    #[arg(long, default_value = "cut")]
    tokens: String,
    /// At most so many records in a file of JSON lines.
    #[arg(long, value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..))]
    shard: Option<usize>,
    /// Offsets and hashes only: texts are other people's property.
    #[arg(long)]
    without_texts: bool,
    /// Print one JSON document.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Loss {
    what: &'static str,
    count: usize,
    examples: Vec<String>,
}

#[derive(Serialize)]
struct Report {
    written: Vec<String>,
    losses: Vec<Loss>,
    /// Near-duplicates on two sides of the split: there must be none.
    leaks: Vec<[String; 2]>,
}

/// Writes files below a folder.
struct Folder {
    root: PathBuf,
    current: Option<BufWriter<File>>,
    beside: BTreeMap<String, BufWriter<File>>,
    written: Vec<String>,
}

impl Folder {
    fn finish(&mut self) -> Result<(), Fault> {
        let mut open = self.current.take().into_iter().chain(std::mem::take(&mut self.beside).into_values());
        open.try_for_each(|mut file| file.flush()).map_err(unwritten)
    }

    fn create(&mut self, path: &str) -> Result<BufWriter<File>, Fault> {
        let file = self.root.join(path);
        let said =
            |why: std::io::Error| Fault::Writing(format!("{} cannot be written: {why}.", file.display()));
        fs::create_dir_all(file.parent().unwrap_or(&self.root)).map_err(said)?;
        let created = File::create(&file).map_err(said)?;
        self.written.push(path.to_owned());
        Ok(BufWriter::with_capacity(1 << 18, created))
    }
}

fn unwritten(why: std::io::Error) -> Fault {
    Fault::Writing(format!("A file cannot be written: {why}."))
}

impl Sink for Folder {
    fn begin(&mut self, path: &str) -> Result<(), Fault> {
        if let Some(mut file) = self.current.take() {
            file.flush().map_err(unwritten)?;
        }
        self.current = Some(self.create(path)?);
        Ok(())
    }

    fn put(&mut self, text: &str) -> Result<(), Fault> {
        self.current.as_mut().map_or(Ok(()), |file| file.write_all(text.as_bytes()).map_err(unwritten))
    }

    fn beside(&mut self, path: &str, text: &str) -> Result<(), Fault> {
        if !self.beside.contains_key(path) {
            let file = self.create(path)?;
            self.beside.insert(path.to_owned(), file);
        }
        let file = self.beside.get_mut(path);
        file.map_or(Ok(()), |file| file.write_all(text.as_bytes()).map_err(unwritten))
    }
}

pub(super) fn run(args: &ExportArgs) -> Outcome {
    let unknown = || Failure(format!("There is no format “{}”; `variorum formats` lists them.", args.format));
    let codec = codecs::format(&args.format).ok_or_else(unknown)?;
    if args.without_texts && !codec.can_withhold_texts() {
        return Err(Failure(Fault::NeedsTexts(codec.name()).to_string()));
    }
    let project = files::look(&args.project)?.value;
    let selection = selection(args, &project)?;
    let options = options(args)?;
    let plan = plan(args)?;
    let mut data = match plan.clone() {
        Some(plan) => Dataset::split(&project, &selection, options, plan),
        None => Dataset::whole(&project, &selection, options),
    };
    if codec.name() == "pairs" {
        data.add_pairs(training::pairs(&project, data.articles()));
    }
    if fs::read_dir(&args.output).is_ok_and(|mut inside| inside.next().is_some()) {
        let folder = args.output.display();
        return Err(Failure(format!("{folder} is not empty. Choose a new folder; nothing is overwritten.")));
    }
    let mut folder =
        Folder { root: args.output.clone(), current: None, beside: BTreeMap::new(), written: Vec::new() };
    let said = |why: Fault| Failure(why.to_string());
    let counting = Counting::of(codec, &data);
    codec.write(&counting, &mut folder).map_err(said)?;
    folder.finish().map_err(said)?;
    let losses = counting.finish().map_err(said)?;
    let leaks: Vec<[String; 2]> =
        data.leaks().iter().map(|(a, b)| [a.as_str().to_owned(), b.as_str().to_owned()]).collect();
    for said in unmatched(&project, &data, &selection, plan.as_ref()) {
        eprintln!("{said}");
    }
    if data.of_several() > 0 {
        eprintln!(
            "Texts that several people annotated: {}. Everybody's marks are in the export side by side, and each says whose it is (annotator). For one set of marks use --gold or --annotator.",
            data.of_several()
        );
    }
    let sound = if leaks.is_empty() { Sound::Yes } else { Sound::No };
    print(args.json, folder.written, losses, leaks);
    Ok(sound)
}

fn print(json: bool, written: Vec<String>, losses: Vec<Counted>, leaks: Vec<[String; 2]>) {
    if json {
        let loss = |l: Counted| Loss { what: l.what, count: l.count, examples: l.examples };
        let report = Report { written, losses: losses.into_iter().map(loss).collect(), leaks };
        println!("{}", serde_json::to_string(&report).unwrap_or_default());
        return;
    }
    println!("{} written.", count(written.len(), "file", "files"));
    for loss in losses {
        println!("not held: {} {}", loss.count, loss.what);
        loss.examples.iter().for_each(|example| println!("    {example}"));
    }
    for [a, b] in leaks {
        println!("on two sides of the split: {a} and {b}");
    }
}

fn selection(args: &ExportArgs, project: &Project) -> Result<Selection, Failure> {
    let mut selection = Selection::default();
    if !args.layers.is_empty() {
        selection.layers = args.layers.iter().map(|name| Layer::from(name.trim())).collect();
        let wrong = selection.layers.iter().find(|l| matches!(l, Layer::Other(_) | Layer::Link));
        if let Some(wrong) = wrong {
            let wrong = wrong.as_str();
            return Err(Failure(format!(
                "There is no layer “{wrong}” to export; choose from attribution, stance, segment."
            )));
        }
    }
    if args.gold {
        selection.whose = Whose::Gold;
    }
    if let Some(wanted) = &args.annotator {
        let named = |p: &crate::model::Item<'_, Person>| {
            p.name.get().as_deref() == Some(wanted) || p.id().as_str() == wanted
        };
        let person = project.all::<Person>().find(named).map(|p| p.id());
        let nobody = || Failure(format!("Nobody in the project is called “{wanted}”."));
        selection.whose = Whose::Person(person.ok_or_else(nobody)?);
    }
    for wanted in &args.story {
        let named = |s: &crate::model::Item<'_, Story>| {
            s.name.get().as_deref() == Some(wanted) || s.id().as_str() == wanted
        };
        let story = project.all::<Story>().find(named).map(|s| s.id());
        selection.stories.push(story.ok_or_else(|| Failure(format!("No story is called “{wanted}”.")))?);
    }
    Ok(selection)
}

fn options(args: &ExportArgs) -> Result<Options, Failure> {
    let tokens = match &*args.tokens {
        "cut" => Tokenisation::CutAtMarks,
        "words" => Tokenisation::Words,
        other => return Err(Failure(format!("--tokens is cut or words, not “{other}”."))),
    };
    Ok(Options { tokens, without_texts: args.without_texts, shard: args.shard })
}

fn plan(args: &ExportArgs) -> Result<Option<Plan>, Failure> {
    if args.split.is_none() && args.assign.is_empty() {
        return Ok(None);
    }
    let given = args.split.as_deref().unwrap_or("100/0/0");
    let shares: Vec<u32> = given.split('/').filter_map(|n| n.trim().parse().ok()).collect();
    let names: &[&str] = match shares.len() {
        2 => &["train", "test"],
        3 => &["train", "validation", "test"],
        _ => return Err(Failure(format!("--split is two or three numbers, as in 80/10/10, not “{given}”."))),
    };
    if shares.iter().sum::<u32>() == 0 || given.split('/').count() != shares.len() {
        return Err(Failure(format!("--split is two or three numbers, as in 80/10/10, not “{given}”.")));
    }
    let parts: Vec<(String, u32)> = names.iter().map(|n| (*n).to_owned()).zip(shares).collect();
    let rule = |text: &String| {
        let (part, by) = text.split_once('=')?;
        let by = match by.split_once(':')? {
            ("from", day) if is_day(day) => RuleBy::From(day.to_owned()),
            ("outlet", outlet) => RuleBy::Outlet(outlet.to_owned()),
            _ => return None,
        };
        names.contains(&part).then(|| Rule { part: part.to_owned(), by })
    };
    let mut rules = Vec::new();
    for text in &args.assign {
        let wrong = || {
            Failure(format!(
                "--assign is PART=from:DATE, as in test=from:2024-01-31, or PART=outlet:NAME, and PART one of {}; not “{text}”.",
                names.join(", ")
            ))
        };
        rules.push(rule(text).ok_or_else(wrong)?);
    }
    Ok(Some(Plan { parts, seed: args.seed, rules }))
}
