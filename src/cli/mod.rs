//! The same subjects for pipelines: one file per subcommand.
//!
//! Exit codes: 0 done; 1 the data has problems, which are listed; 2 it could not run. With `--json`
//! standard output holds exactly one JSON document, everything else goes to standard error.

// First, since its macros hold in the files named after it.
#[macro_use]
mod out;

mod add;
mod agreement;
mod check;
mod compare;
mod export;
mod family;
mod files;
mod find;
mod formats;
mod import;
mod ledger;
mod log;
mod merge;
mod new;
mod rescue;
mod sample;
mod schema;
mod score_pages;
mod split;
mod unmatched;
mod world;

use clap::{Parser, Subcommand};
use std::fmt;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Parser)]
#[command(
    name = "variorum",
    version,
    about = "Who said what in the news, what they think of it, and what each version made of it",
    after_help = "Examples:\n  variorum new ferry.json --name \"Ferry dispute\"\n  variorum add ferry.json articles/ --story \"Ferry dispute\"\n  variorum check ferry.json\n  variorum compare original.txt copy.txt"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Begin a project file.
    #[command(after_help = "Example:\n  variorum new ferry.json --name \"Ferry dispute\"")]
    New {
        /// The file to write; it must not exist yet.
        project: PathBuf,
        /// What the project is called; without it, the file's name.
        #[arg(long)]
        name: Option<String>,
    },
    /// Add articles from files or folders: text, web pages, Word, PDF, tables, JSON, mails, ZIP files.
    #[command(
        after_help = "Examples:\n  variorum add ferry.json articles/ extra.docx --story \"Ferry dispute\" --json\n  variorum add ferry.json list.csv --text-column body --encoding windows-1251\n  variorum add --score pages/"
    )]
    Add(add::AddArgs),
    /// Say how far annotators agree: in a project, or in tables from elsewhere.
    #[command(
        after_help = "Examples:\n  variorum agreement ferry.json --layer stance --json\n  variorum agreement --ratings ratings.csv --level ordinal\n  variorum agreement --units units.csv --lengths lengths.csv"
    )]
    Agreement(agreement::AgreementArgs),
    /// Look for what is wrong in project files.
    #[command(after_help = "Example:\n  variorum check ferry.json --json")]
    Check {
        /// Project files.
        #[arg(required = true)]
        projects: Vec<PathBuf>,
        /// Print one JSON document.
        #[arg(long)]
        json: bool,
    },
    /// Compare two versions of a story, or score an alignment.
    #[command(
        after_help = "Examples:\n  variorum compare original.txt copy.txt --json\n  variorum compare --score gold.json"
    )]
    Compare(compare::CompareArgs),
    /// Say who copied whom in a story.
    #[command(
        after_help = "Examples:\n  variorum family ferry.json \"Ferry dispute\" --json\n  variorum family ferry.json \"Ferry dispute\" --svg > ferry.svg"
    )]
    Family(family::FamilyArgs),
    /// Look up where else a passage occurs, word for word or reworded.
    #[command(
        after_help = "Example:\n  variorum find ferry.json \"The ferry sailed with nobody on board.\" --json"
    )]
    Find(find::FindArgs),
    /// Say what each version of a story made of the base's quotations.
    #[command(after_help = "Example:\n  variorum ledger ferry.json \"Ferry dispute\" --csv > quotations.csv")]
    Ledger(ledger::LedgerArgs),
    /// Look where the annotations of one version are in another. Changes nothing.
    #[command(after_help = "Example:\n  variorum carry ferry.json --from art:… --to art:… --json")]
    Carry(ledger::CarryArgs),
    /// Write annotations as training data.
    #[command(
        after_help = "Examples:\n  variorum export ferry.json --format jsonl -o data --split 80/10/10 --seed 1\n  variorum export ferry.json --format brat -o brat --gold"
    )]
    Export(export::ExportArgs),
    /// Take in annotations made with other tools.
    #[command(
        after_help = "Example:\n  variorum import annotations/ --format brat -o ferry.json --map Speaker=source"
    )]
    Import(import::ImportArgs),
    /// List the formats, and what each cannot hold.
    #[command(after_help = "Example:\n  variorum formats --json")]
    Formats {
        /// Print one JSON document.
        #[arg(long)]
        json: bool,
    },
    /// Print who wrote what when.
    #[command(after_help = "Example:\n  variorum log ferry.json --json")]
    Log {
        /// The project file.
        project: PathBuf,
        /// Print one JSON document.
        #[arg(long)]
        json: bool,
    },
    /// Join copies of a project; the first is what the others are compared with.
    #[command(
        after_help = "Example:\n  variorum merge ferry.json anna.json boris.json -o joined.json --json"
    )]
    Merge {
        /// Project files, copies of one project.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// The file to write.
        #[arg(short, long)]
        out: PathBuf,
        /// Print one JSON document.
        #[arg(long)]
        json: bool,
    },
    /// Hand a project out in packages of whole stories, one package for each annotator.
    #[command(after_help = "Example:\n  variorum split ferry.json --people 3 --overlap 2 -o packages")]
    Split {
        /// The project file.
        project: PathBuf,
        /// How many annotators there are.
        #[arg(long)]
        people: usize,
        /// How many of them get each story; agreement needs at least two.
        #[arg(long)]
        overlap: usize,
        /// The folder to write the packages to.
        #[arg(short, long)]
        out: PathBuf,
        /// Print one JSON document.
        #[arg(long)]
        json: bool,
    },
    /// Write the projects in a file that the rescue page saved as project files.
    #[command(after_help = "Example:\n  variorum rescue variorum-rescue-2026-11-21T18-42-20.json -o rescued")]
    Rescue {
        /// The file that the rescue page saved.
        file: PathBuf,
        /// The folder to write the projects to.
        #[arg(short, long)]
        out: PathBuf,
        /// Print one JSON document.
        #[arg(long)]
        json: bool,
    },
    /// Print the JSON Schema of the project file.
    #[command(after_help = "Example:\n  variorum schema > variorum-1.schema.json")]
    Schema,
    /// Write the sample project to a file.
    #[command(after_help = "Example:\n  variorum sample sample.json")]
    Sample {
        /// The file to write.
        file: PathBuf,
    },
}

/// Why a command could not run: exit code 2.
#[derive(Debug)]
pub struct Failure(String);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

/// Whether the data had problems.
type Outcome = Result<Sound, Failure>;

/// What a command that ran says of the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sound {
    Yes,
    No,
}

/// So many of something, by the words for one and for more: `1 story`, `2 stories`.
fn count(number: usize, one: &str, more: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { more })
}

/// Runs the command line.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match arguments.command {
        Command::New { project, name } => new::run(&project, name),
        Command::Add(args) => add::run(&args),
        Command::Agreement(args) => agreement::run(&args),
        Command::Check { projects, json } => check::run(&projects, json),
        Command::Compare(args) => compare::run(&args),
        Command::Family(args) => family::run(&args),
        Command::Find(args) => find::run(&args),
        Command::Ledger(args) => ledger::run(&args),
        Command::Carry(args) => ledger::run_carry(&args),
        Command::Export(args) => export::run(&args),
        Command::Import(args) => import::run(&args),
        Command::Formats { json } => formats::run(json),
        Command::Log { project, json } => log::run(&project, json),
        Command::Merge { files, out, json } => merge::run(&files, &out, json),
        Command::Split { project, people, overlap, out, json } => {
            split::run(&project, people, overlap, &out, json)
        }
        Command::Rescue { file, out, json } => rescue::run(&file, &out, json),
        Command::Schema => schema::run(),
        Command::Sample { file } => sample::run(&file),
    };
    match outcome.and_then(|sound| out::finish().map(|()| sound)) {
        Ok(Sound::Yes) => ExitCode::SUCCESS,
        Ok(Sound::No) => ExitCode::from(1),
        Err(why) => {
            eprintln!("variorum: {why}");
            ExitCode::from(2)
        }
    }
}
