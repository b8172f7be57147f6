//! `variorum ledger`: what each version of a story made of the base's quotations; and `variorum carry`:
//! where the annotations of one version are in another.

use super::{Failure, Outcome, Sound, compare, family, files};
use crate::model::{
    Anchor, Article, ArticleText, Attribution, Id, Mention, Project, RecordId, Stance, Story,
};
use crate::text::{CodePoints, Span, Text};
use crate::versions::Prepared;
use crate::versions::align::{Certainty, align};
use crate::versions::carry::{Carrier, Fate};
use crate::versions::corrections::corrections;
use crate::versions::fidelity::{Guess, Mark};
use crate::versions::ledger::{Cell, Row, ledger};
use crate::versions::operation::groups;
use crate::versions::quoted::{annotated, quotes};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// What `variorum ledger` is asked.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct LedgerArgs {
    /// The project file.
    project: PathBuf,
    /// The story: its id, its name, or the beginning of its name.
    story: String,
    /// Print comma-separated values.
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    /// Print one JSON document.
    #[arg(long)]
    json: bool,
}

/// What `variorum carry` is asked.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct CarryArgs {
    /// The project file.
    project: PathBuf,
    /// The id of the article whose annotations are carried.
    #[arg(long)]
    from: String,
    /// The id of the article they are carried to.
    #[arg(long)]
    to: String,
    /// Print one JSON document.
    #[arg(long)]
    json: bool,
}

/// Words with their place, in code points.
#[derive(Serialize)]
struct Quoted {
    #[serde(flatten)]
    at: CodePoints,
    text: String,
}

impl Quoted {
    fn of(text: &Text, span: Span) -> Self {
        Self { at: text.chars_of(span), text: span.slice(text).to_owned() }
    }
}

#[derive(Serialize)]
struct CellOut {
    article: Id<Article>,
    verdict: Guess,
    kept: f32,
    own: f32,
    longest_run: usize,
    changes: usize,
    flags: Vec<Mark>,
    /// Whether a person should say if the meaning shifted.
    ask: bool,
    places: Vec<Quoted>,
}

#[derive(Serialize)]
struct RowOut {
    article: Id<Article>,
    quote: Quoted,
    /// Who says it, where that is annotated.
    #[serde(skip_serializing_if = "String::is_empty")]
    who: String,
    cells: Vec<CellOut>,
}

#[derive(Serialize)]
struct LedgerOut {
    /// `annotations` or, where the base has none, `marks`.
    quotations_from: &'static str,
    rows: Vec<RowOut>,
}

pub(super) fn run(args: &LedgerArgs) -> Outcome {
    let project = files::open(&args.project)?.value;
    let story = family::story(&project, &args.story)?;
    let texts = texts(&project, &story);
    let base = project.find(&story).and_then(|s| s.base.get().clone());
    let first = texts.iter().position(|(id, _)| Some(id) == base.as_ref()).unwrap_or(0);
    let Some((base_id, base)) = texts.get(first).cloned() else {
        return Err(Failure("The story has no version whose text is here.".into()));
    };
    let others: Vec<(Id<Article>, Text)> =
        texts.into_iter().enumerate().filter(|(i, _)| *i != first).map(|(_, t)| t).collect();
    let contents: Vec<Text> = others.iter().map(|(_, text)| text.clone()).collect();
    let said = project.find(&base_id).map(|a| annotated(&project, &a.text)).unwrap_or_default();
    let quotes = quotes(&base, &said);
    let quotations_from = if quotes.annotated { "annotations" } else { "marks" };
    let rows = compare::whole(|progress| ledger(&base, quotes.all.clone(), &contents, progress))?;
    let cell = |(cell, (id, text)): (&Cell, &(Id<Article>, Text))| CellOut {
        article: id.clone(),
        verdict: cell.fidelity.verdict,
        kept: cell.fidelity.kept,
        own: cell.fidelity.own,
        longest_run: cell.fidelity.longest_run,
        changes: cell.fidelity.changes,
        flags: cell.fidelity.flags.clone(),
        ask: cell.fidelity.ask(),
        places: cell.carried.places.iter().map(|p| Quoted::of(text, *p)).collect(),
    };
    let row = |row: &Row| RowOut {
        article: base_id.clone(),
        quote: Quoted::of(&base, row.quote.span),
        who: row.quote.who.clone(),
        cells: row.cells.iter().zip(&others).map(cell).collect(),
    };
    let report = LedgerOut { quotations_from, rows: rows.iter().map(row).collect() };
    if args.json {
        compare::print_json(&report);
    } else if args.csv {
        print_csv(&report);
    } else {
        match quotes.annotated {
            true => println!("The quotations annotated in {base_id}:"),
            false => println!("Nothing is annotated in {base_id}; the quotations its marks show:"),
        }
        for row in &report.rows {
            let who = if row.who.is_empty() { String::new() } else { format!("{}: ", row.who) };
            println!("{who}{}", compare::one_line(&row.quote.text));
            for cell in &row.cells {
                let look = if cell.ask { "  did the meaning shift?" } else { "" };
                println!(
                    "    {}  {} kept {:.2} own {:.2}{look}",
                    cell.article,
                    word(&cell.verdict),
                    cell.kept,
                    cell.own
                );
            }
        }
    }
    Ok(Sound::Yes)
}

fn texts(project: &Project, story: &Id<Story>) -> Vec<(Id<Article>, Text)> {
    let versions = project.versions(story).into_iter();
    versions.filter_map(|a| Some((a.id(), project.text(&a.text)?.clone()))).collect()
}

/// A value of a closed vocabulary as the file has it.
fn word(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

fn print_csv(report: &LedgerOut) {
    println!("quote,article,verdict,kept,own,longest_run,changes,flags,ask,places");
    // A field that a spreadsheet would read as a formula gets an apostrophe before it.
    let field = |text: &str| {
        let text = compare::one_line(text).replace('"', "\"\"");
        let guard = if text.starts_with(['=', '+', '-', '@']) { "'" } else { "" };
        format!("\"{guard}{text}\"")
    };
    for row in &report.rows {
        for cell in &row.cells {
            let flags: Vec<String> = cell.flags.iter().map(word).collect();
            let places: Vec<&str> = cell.places.iter().map(|p| &*p.text).collect();
            println!(
                "{},{},{},{:.3},{:.3},{},{},{},{},{}",
                field(&row.quote.text),
                cell.article,
                word(&cell.verdict),
                cell.kept,
                cell.own,
                cell.longest_run,
                cell.changes,
                flags.join(" "),
                cell.ask,
                field(&places.join(" … "))
            );
        }
    }
}

/// A place of an annotation, carried over.
#[derive(Serialize)]
struct CarriedOut {
    record: RecordId,
    from: Quoted,
    to: Vec<Quoted>,
    sure: bool,
}

#[derive(Default, Serialize)]
struct Listed {
    count: usize,
    list: Vec<CarriedOut>,
}

#[derive(Default, Serialize)]
struct CarryOut {
    exact: Listed,
    moved: Listed,
    reworded: Listed,
    split: Listed,
    lost: Listed,
}

pub(super) fn run_carry(args: &CarryArgs) -> Outcome {
    let project = files::open(&args.project)?.value;
    let (from_id, from) = text_of(&project, &args.project, &args.from)?;
    let (to_id, to) = text_of(&project, &args.project, &args.to)?;
    let (a, b) = (Prepared::new(&from), Prepared::new(&to));
    let edges = compare::whole(|progress| align(&a, &b, progress))?;
    let said = corrections(&project, &from_id, &to_id);
    let edges = crate::versions::corrections::carried_out((&a, &from), (&b, &to), edges, &said);
    let carrier = Carrier::new(&a, &b, &edges, &groups(&a, &b, &edges));
    let mut out = CarryOut::default();
    for (record, span) in places(&project, &from_id, &from) {
        let found = carrier.carry(span);
        let list = match found.fate {
            Fate::Exact => &mut out.exact,
            Fate::Moved => &mut out.moved,
            Fate::Reworded => &mut out.reworded,
            Fate::Split => &mut out.split,
            Fate::Lost => &mut out.lost,
        };
        list.count += 1;
        list.list.push(CarriedOut {
            record,
            from: Quoted::of(&from, span),
            to: found.places.iter().map(|p| Quoted::of(&to, *p)).collect(),
            sure: found.certainty != Certainty::Maybe,
        });
    }
    if args.json {
        compare::print_json(&out);
        return Ok(Sound::Yes);
    }
    for (name, listed) in [
        ("exact", &out.exact),
        ("moved", &out.moved),
        ("reworded", &out.reworded),
        ("split", &out.split),
        ("lost", &out.lost),
    ] {
        println!("{name}: {}", listed.count);
        for line in &listed.list {
            let to: Vec<String> = line.to.iter().map(|p| compare::one_line(&p.text)).collect();
            let doubt = if line.sure || line.to.is_empty() { "" } else { "  (look at it)" };
            println!("    {}{doubt}\n      {}", compare::one_line(&line.from.text), to.join(" … "));
        }
    }
    Ok(Sound::Yes)
}

fn text_of(project: &Project, path: &Path, given: &str) -> Result<(Id<ArticleText>, Text), Failure> {
    let article = Id::<Article>::parse(given).and_then(|id| project.find(&id).map(|a| a.text.clone()));
    let missing = || Failure(format!("{}: there is no article {given} whose text is here.", path.display()));
    let id = article.ok_or_else(missing)?;
    let text = project.text(&id).cloned().ok_or_else(missing)?;
    Ok((id, text))
}

/// The places that annotations of a text are about.
fn places(project: &Project, id: &Id<ArticleText>, text: &Text) -> Vec<(RecordId, Span)> {
    let mut found = Vec::new();
    let mut add = |record: &RecordId, span: Option<Span>| found.extend(span.map(|s| (record.clone(), s)));
    let at = |anchor: &Anchor| anchor.span(text);
    for item in project.about::<Attribution>(id) {
        let record = item.id();
        item.contents.get().iter().for_each(|c| add(record.record(), c.span(text)));
        item.cues.get().iter().for_each(|c| add(record.record(), at(c)));
    }
    for item in project.about::<Mention>(id) {
        add(item.id().record(), item.anchor.get().as_ref().and_then(at));
    }
    for item in project.about::<Stance>(id) {
        let record = item.id();
        item.evidence.get().iter().for_each(|e| add(record.record(), at(e)));
    }
    found
}
