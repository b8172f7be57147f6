//! `variorum compare`: two versions of a story, or an alignment against one made by hand. The
//! comparison itself is `versions::compare`; here it is only read in and written out.

use super::{Failure, Outcome, Sound, files};
use crate::codecs::{MAX_FILE, decode};
use crate::model::{Article, Id};
use crate::text::{CodePoint, CodePoints, Span, Text};
use crate::versions::align::{Certainty, align};
use crate::versions::compare::{Comparison, Row, Side, compare_corrected};
use crate::versions::corrections::corrections;
use crate::versions::evidence::Evidence;
use crate::versions::measures::Measures;
use crate::versions::operation::{Flag, Op};
use crate::versions::relation::{Guess, Refined, Way};
use crate::versions::reuse::Containment;
use crate::versions::score::{Score, score};
use crate::versions::sentences::UnitKind;
use crate::versions::{Prepared, Progress};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// What `variorum compare` is asked.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct CompareArgs {
    /// The first text: a file, or with --project an article's id.
    #[arg(required_unless_present = "score")]
    a: Option<String>,
    /// The second text.
    #[arg(required_unless_present = "score")]
    b: Option<String>,
    /// Take both from this project file.
    #[arg(long)]
    project: Option<PathBuf>,
    /// Score the alignment against one made by hand.
    #[arg(long, conflicts_with_all = ["a", "b", "project"])]
    score: Option<PathBuf>,
    /// Print one JSON document.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub(super) fn run(args: &CompareArgs) -> Outcome {
    if let Some(gold) = &args.score {
        return run_score(gold, args.json);
    }
    let (Some(a), Some(b)) = (&args.a, &args.b) else {
        return Err(Failure("Name two texts to compare.".into()));
    };
    let mut said = Vec::new();
    let (side_a, side_b) = match &args.project {
        Some(project) => {
            let project = files::look(project)?.value;
            let text_id =
                |id: &str| Id::<Article>::parse(id).and_then(|id| Some(project.find(&id)?.text.clone()));
            if let (Some(a), Some(b)) = (text_id(a), text_id(b)) {
                said = corrections(&project, &a, &b);
            }
            let side = |id: &str| {
                let article = Id::<Article>::parse(id).filter(|id| project.text_of(id).is_some());
                let id =
                    article.ok_or_else(|| Failure(format!("There is no article {id} in the project.")))?;
                let text = project.text_of(&id).cloned().unwrap_or_default();
                let published = project.find(&id).and_then(|article| article.published.get().clone());
                Ok(Side { text, published })
            };
            (side(a)?, side(b)?)
        }
        None => (Side::new(read(Path::new(a))?), Side::new(read(Path::new(b))?)),
    };
    let found = whole(|progress| compare_corrected(&side_a, &side_b, &said, progress))?;
    let report = Report::of(&found, &side_a.text, &side_b.text);
    if args.json {
        print_json(&report);
    } else {
        print!("{}", report.to_text((a, b), &found));
    }
    Ok(Sound::Yes)
}

/// Runs long work without a way to break it off: a pipeline has its own.
pub(super) fn whole<T>(work: impl FnOnce(Progress) -> ControlFlow<(), T>) -> Result<T, Failure> {
    match work(&mut |_| ControlFlow::Continue(())) {
        ControlFlow::Continue(done) => Ok(done),
        ControlFlow::Break(()) => Err(Failure("The comparison was broken off.".into())),
    }
}

fn read(path: &Path) -> Result<Text, Failure> {
    let text = decode(&files::read_bytes(path)?, MAX_FILE);
    text.map(Text::new).map_err(|why| Failure(format!("{}: {why}", path.display())))
}

pub(super) fn print_json(report: &impl Serialize) {
    println!("{}", serde_json::to_string(report).unwrap_or_default());
}

/// A sentence with its place in code points.
#[derive(Serialize)]
struct Sentence {
    start: CodePoint,
    end: CodePoint,
    text: String,
    kind: UnitKind,
}

#[derive(Serialize)]
struct Sentences {
    sentences: Vec<Sentence>,
}

#[derive(Serialize)]
struct Pair<'c> {
    a: &'c [usize],
    b: &'c [usize],
    op: Op,
    score: f32,
    certainty: Certainty,
    moved: bool,
    flags: &'c [Flag],
}

#[derive(Serialize)]
struct Share {
    containment_a_in_b: Option<f32>,
    containment_b_in_a: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
}

#[derive(Serialize)]
struct Reuse {
    outside: Share,
    inside: Share,
    all: Share,
    longest_run: usize,
    tiled_a: f32,
    tiled_b: f32,
    aligned_a: f32,
    aligned_b: f32,
    /// Tiles, aligned sentences, words replaced and the longest run, outside quotation marks.
    told: Measures,
    /// The same inside.
    quoted: Measures,
}

/// A piece of evidence with its kind, its numbers and its words side by side.
fn said(evidence: &Evidence) -> Value {
    let mut fields = serde_json::Map::new();
    match serde_json::to_value(evidence) {
        Ok(Value::Object(one)) => {
            for (kind, numbers) in one {
                fields.extend(numbers.as_object().cloned().unwrap_or_default());
                fields.insert("kind".into(), kind.into());
            }
        }
        Ok(kind) => drop(fields.insert("kind".into(), kind)),
        Err(_) => {}
    }
    fields.insert("text".into(), evidence.to_string().into());
    Value::Object(fields)
}

#[derive(Serialize)]
struct Verdict<'c> {
    guess: Guess,
    confidence: f32,
    refinement: &'c [Refined],
    direction: Way,
    evidence: Vec<Value>,
    would_change: &'static str,
}

/// The JSON of `variorum compare`.
#[derive(Serialize)]
struct Report<'c> {
    a: Sentences,
    b: Sentences,
    alignment: Vec<Pair<'c>>,
    reuse: Reuse,
    relation: Verdict<'c>,
    /// Whether some pairs may be missing, because the texts are very long and much alike.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    coarse: bool,
}

impl<'c> Report<'c> {
    fn of(found: &'c Comparison, a: &Text, b: &Text) -> Self {
        let sentences = |units: &[crate::versions::compare::UnitAt], text: &Text| Sentences {
            sentences: units
                .iter()
                .map(|unit| {
                    let words = text.span_from_chars(unit.at).map_or("", |span| span.slice(text));
                    let CodePoints { start, end } = unit.at;
                    Sentence { start, end, text: words.to_owned(), kind: unit.kind }
                })
                .collect(),
        };
        let pair = |row: &'c Row| Pair {
            a: &row.a,
            b: &row.b,
            op: row.op,
            score: row.score,
            certainty: row.certainty,
            moved: row.moved,
            flags: &row.flags,
        };
        let share = |c: Containment| {
            let undefined = c.a_in_b.is_none() || c.b_in_a.is_none();
            let reason = undefined.then_some("A side has no run of three words of this kind.");
            Share { containment_a_in_b: c.a_in_b, containment_b_in_a: c.b_in_a, reason }
        };
        let (reuse, relation) = (&found.reuse, &found.relation);
        Self {
            a: sentences(&found.a, a),
            b: sentences(&found.b, b),
            alignment: found.rows.iter().map(pair).collect(),
            reuse: Reuse {
                outside: share(reuse.outside),
                inside: share(reuse.inside),
                all: share(reuse.all),
                longest_run: reuse.longest_run,
                tiled_a: reuse.tiled_a,
                tiled_b: reuse.tiled_b,
                aligned_a: reuse.aligned_a,
                aligned_b: reuse.aligned_b,
                told: reuse.told,
                quoted: reuse.quoted,
            },
            relation: Verdict {
                guess: relation.guess,
                confidence: relation.confidence,
                refinement: &relation.refinement,
                direction: relation.direction,
                evidence: relation.evidence.iter().map(said).collect(),
                would_change: relation.would_change(),
            },
            coarse: found.coarse,
        }
    }

    /// The report for a person: the guess and why, then the sentences row by row.
    fn to_text(&self, (a, b): (&str, &str), found: &Comparison) -> String {
        let mut out = String::new();
        // Writing into a string cannot fail.
        let mut line = |text: std::fmt::Arguments| writeln!(out, "{text}").unwrap_or_default();
        let verdict = &self.relation;
        line(format_args!("A  {a}\nB  {b}\n"));
        line(format_args!("{} (confidence {:.2})", guess_in_words(found), verdict.confidence));
        for said in &verdict.evidence {
            line(format_args!("  - {}", said["text"].as_str().unwrap_or_default()));
        }
        line(format_args!("  What would change this: {}\n", verdict.would_change));
        if self.coarse {
            line(format_args!(
                "  The texts are very long: pairs that have only everyday words in common may be missing.\n"
            ));
        }
        for row in &self.alignment {
            let list =
                |units: &[usize]| units.iter().map(|u| (u + 1).to_string()).collect::<Vec<_>>().join("+");
            let moved = if row.moved { ", moved" } else { "" };
            let maybe = match row.certainty {
                Certainty::Maybe => ", maybe",
                Certainty::Sure => "",
                Certainty::Confirmed => ", confirmed by hand",
            };
            let flags: Vec<_> = row.flags.iter().map(|f| flag_in_words(*f)).collect();
            let look =
                if flags.is_empty() { String::new() } else { format!("  look twice: {}", flags.join(", ")) };
            let op = op_in_words(row.op);
            line(format_args!(
                "A{} - B{}  {op}{moved}{maybe}  {:.2}{look}",
                list(row.a),
                list(row.b),
                row.score
            ));
            for (name, side, units) in [("A", &self.a, row.a), ("B", &self.b, row.b)] {
                for unit in units {
                    line(format_args!("   {name}  {}", one_line(&side.sentences[*unit].text)));
                }
            }
        }
        type Ends = fn(&Row) -> &[usize];
        let sides: [(&str, &str, &Sentences, Ends); 2] =
            [("Only in A", "A", &self.a, |row| &row.a), ("Only in B", "B", &self.b, |row| &row.b)];
        for (title, name, side, of) in sides {
            let answered = |unit: usize| found.rows.iter().any(|row| of(row).contains(&unit));
            let alone: Vec<_> = (0..side.sentences.len())
                .filter(|u| side.sentences[*u].kind == UnitKind::Sentence && !answered(*u))
                .collect();
            if !alone.is_empty() {
                line(format_args!("\n{title}"));
            }
            for unit in alone {
                line(format_args!("   {name}{}  {}", unit + 1, one_line(&side.sentences[unit].text)));
            }
        }
        out
    }
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn guess_in_words(found: &Comparison) -> String {
    let relation = &found.relation;
    let (copy, origin) = match relation.direction {
        Way::AToB => ("B", "A"),
        Way::BToA => ("A", "B"),
        Way::Unknown => ("One text", "the other (nothing says which)"),
    };
    let guess = match relation.guess {
        Guess::Identical => "Both stories are identical".into(),
        Guess::NearDuplicate => format!("{copy} is nearly a duplicate of {origin}"),
        Guess::WhollyDerived => format!("{copy} seems wholly derived from {origin}"),
        Guess::PartiallyDerived => format!("{copy} seems partly derived from {origin}"),
        Guess::SharedSource => "Both seem to report the same words, each in its own".into(),
        Guess::NonDerived => "Neither seems derived from the other".into(),
    };
    let more = relation.refinement.iter().map(|refined| match refined {
        Refined::Syndicated => ", syndicated",
        Refined::Translation => ", a translation",
        Refined::BackTranslated => ", perhaps translated and translated back",
        Refined::Spun => ", perhaps spun by a machine",
    });
    more.fold(guess, |guess, more| guess + more)
}

fn op_in_words(op: Op) -> &'static str {
    match op {
        Op::Verbatim => "verbatim",
        Op::LightEdit => "light edit",
        Op::Rewrite => "rewrite",
        Op::Split => "split",
        Op::Merge => "merge",
    }
}

fn flag_in_words(flag: Flag) -> &'static str {
    match flag {
        Flag::Negation => "negation",
        Flag::Modal => "modal",
        Flag::Number => "number",
        Flag::ReportingVerb => "reporting verb",
        Flag::Name => "name",
    }
}

/// An alignment made by hand.
#[derive(Deserialize)]
struct Gold {
    a: GoldSide,
    b: GoldSide,
    pairs: Vec<GoldPair>,
}

#[derive(Deserialize)]
struct GoldSide {
    file: String,
    units: Vec<GoldUnit>,
}

#[derive(Deserialize)]
struct GoldUnit {
    start: CodePoint,
    end: CodePoint,
    text: Option<String>,
}

#[derive(Deserialize)]
struct GoldPair {
    a: usize,
    b: usize,
}

/// A gold file holds one alignment or a list of them.
#[derive(Deserialize)]
#[serde(untagged)]
enum GoldFile {
    One(Gold),
    Many(Vec<Gold>),
}

/// One alignment's score in a list.
#[derive(Serialize)]
struct Scored {
    a: String,
    b: String,
    #[serde(flatten)]
    score: Score,
}

#[derive(Serialize)]
struct Scores {
    #[serde(flatten)]
    pooled: Score,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    each: Vec<Scored>,
}

fn run_score(path: &Path, json: bool) -> Outcome {
    let said = |why: &dyn std::fmt::Display| Failure(format!("{}: {why}", path.display()));
    let gold: GoldFile = serde_json::from_str(&read(path)?).map_err(|why| said(&why))?;
    let (golds, many) = match gold {
        GoldFile::One(gold) => (vec![gold], false),
        GoldFile::Many(golds) => (golds, true),
    };
    let mut each = Vec::new();
    for gold in golds {
        let score = score_one(path, &gold)?;
        each.push(Scored { a: gold.a.file, b: gold.b.file, score });
    }
    let pooled = Score::pooled(&each.iter().map(|s| s.score).collect::<Vec<_>>());
    let undefined = pooled.precision.is_none() || pooled.recall.is_none();
    let reason = undefined.then_some("No pair was found, or the gold has none.");
    if json {
        print_json(&Scores { pooled, reason, each: if many { each } else { Vec::new() } });
    } else {
        let share = |share: Option<f64>| share.map_or("undefined".to_owned(), |s| format!("{s:.3}"));
        let print = |name: &str, s: &Score| {
            let (precision, recall, f1) = (share(s.precision), share(s.recall), share(s.f1));
            println!(
                "{name}: precision {precision}, recall {recall}, F1 {f1} ({} of {} pairs)",
                s.hits, s.gold
            );
        };
        each.iter().for_each(|s| print(&format!("{} - {}", s.a, s.b), &s.score));
        if many {
            print("all", &pooled);
        }
    }
    Ok(Sound::Yes)
}

fn score_one(gold_path: &Path, gold: &Gold) -> Result<Score, Failure> {
    let (text_a, text_b) = (text_of(gold_path, &gold.a)?, text_of(gold_path, &gold.b)?);
    let (gold_a, gold_b) = (units_of(&gold.a, &text_a)?, units_of(&gold.b, &text_b)?);
    let (a, b) = (Prepared::new(&text_a), Prepared::new(&text_b));
    let edges = whole(|progress| align(&a, &b, progress))?;
    let spans = |side: &Prepared| side.units.iter().map(|u| u.span).collect::<Vec<Span>>();
    let pairs: Vec<_> = gold.pairs.iter().map(|p| (p.a, p.b)).collect();
    let sound = pairs.iter().all(|(i, j)| *i < gold_a.len() && *j < gold_b.len());
    if !sound {
        return Err(Failure(format!("{}: a pair names a unit that is not there.", gold_path.display())));
    }
    Ok(score(&edges, (&spans(&a), &spans(&b)), (&gold_a, &gold_b), &pairs))
}

/// The text of a gold side: beside the gold file, or in a folder `texts` there.
fn text_of(gold: &Path, side: &GoldSide) -> Result<Text, Failure> {
    let folder = gold.parent().unwrap_or(Path::new(""));
    let beside = folder.join(&side.file);
    read(&if beside.exists() { beside } else { folder.join("texts").join(&side.file) })
}

fn units_of(side: &GoldSide, text: &Text) -> Result<Vec<Span>, Failure> {
    let unit = |unit: &GoldUnit| {
        let span = text.span_from_chars(CodePoints { start: unit.start, end: unit.end });
        let same = |span: &Span| unit.text.as_ref().is_none_or(|text_of| span.slice(text) == text_of);
        span.filter(same).ok_or_else(|| {
            let (start, end) = (unit.start.0, unit.end.0);
            Failure(format!("{}: the text does not say at {start} to {end} what the gold says.", side.file))
        })
    };
    side.units.iter().map(unit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_has_the_shape_that_is_promised() {
        let a = Text::new("The ferry sailed on Monday, Holm said. Nobody else was on board that night.");
        let b = Text::new("The ferry did not sail on Monday, Holm claimed.");
        let (x, y) = (Side::new(a.clone()), Side::new(b.clone()));
        let found = whole(|progress| compare_corrected(&x, &y, &[], progress)).unwrap();
        let json = serde_json::to_value(Report::of(&found, &a, &b)).unwrap();
        assert_eq!(json["a"]["sentences"][0]["end"], 38);
        let pair = &json["alignment"][0];
        assert_eq!((&pair["a"][0], &pair["b"][0]), (&0.into(), &0.into()));
        assert_eq!(pair["flags"], serde_json::json!(["negation", "reporting_verb"]));
        assert!(json["reuse"]["inside"]["containment_a_in_b"].is_null());
        assert!(json["reuse"]["inside"]["reason"].is_string());
        assert!(json["relation"]["guess"].is_string() && json["relation"]["evidence"].is_array());
        let text = Report::of(&found, &a, &b).to_text(("x", "y"), &found);
        assert!(text.contains("Only in A") && text.contains("look twice: negation"), "{text}");
    }
}
