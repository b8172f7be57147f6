//! `variorum agreement`: how far annotators agree, in a project or in tables from elsewhere.

use super::{Failure, Outcome, Sound, count, files};
use crate::agreement::bootstrap::Resampling;
use crate::agreement::table::{Level, TableError, UnitTables, read_ratings, read_units};
use crate::agreement::{
    Distance, Ground, LAYERS, LayerReport, Measure, Settings, Undefined, methods, of_ratings, of_units,
    pictures, report,
};
use crate::codecs::{MAX_FILE, decode};
use crate::model::{Article, ArticleText, Id, Project};
use clap::{Args, ValueEnum};
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};

#[derive(Args)]
pub(super) struct AgreementArgs {
    /// The project file.
    #[arg(required_unless_present_any = ["ratings", "units"], conflicts_with_all = ["ratings", "units"])]
    project: Option<PathBuf>,
    /// Only this layer: stance, attribution (with its parts), segment or link.
    #[arg(long, requires = "project")]
    layer: Option<String>,
    /// Only work done without sight of others' annotations.
    #[arg(long, requires = "project")]
    blind: bool,
    /// Ignore spaces and punctuation at the edges of spans.
    #[arg(long, requires = "project")]
    trim_edges: bool,
    /// A table of ratings (CSV): unit, then a column per rater.
    #[arg(long, value_name = "FILE.csv", conflicts_with = "units")]
    ratings: Option<PathBuf>,
    /// What the ratings measure.
    #[arg(long, value_enum, default_value = "nominal", requires = "ratings")]
    level: LevelArg,
    /// The whole scale of the ratings from low to high, where not all of it is in use or it is in words.
    #[arg(long, value_delimiter = ',', requires = "ratings", value_name = "A,B,…")]
    scale: Vec<String>,
    /// A table of marked units (CSV): annotator,document,start,end,label.
    #[arg(long, value_name = "FILE.csv", requires = "lengths")]
    units: Option<PathBuf>,
    /// The lengths of the documents (CSV): document,length.
    #[arg(long, value_name = "FILE.csv", requires = "units")]
    lengths: Option<PathBuf>,
    /// Write pictures (SVG) and their data (CSV) into this folder.
    #[arg(long, requires = "project", value_name = "DIR")]
    pictures: Option<PathBuf>,
    /// How many bootstrap resamples make an interval; 0 for none.
    #[arg(long, default_value_t = 1_000)]
    resamples: u32,
    /// The seed of the resamples.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print one JSON document.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum LevelArg {
    Nominal,
    Ordinal,
    Interval,
    Ratio,
}

pub(super) fn run(args: &AgreementArgs) -> Outcome {
    let resampling = Resampling { resamples: args.resamples, seed: args.seed };
    match (&args.ratings, &args.units, &args.lengths, &args.project) {
        (Some(path), ..) => ratings(path, args, resampling),
        (_, Some(units), Some(lengths), _) => of_unit_tables(units, lengths, args.json, resampling),
        (.., Some(path)) => project(path, args, resampling),
        _ => Err(Failure("Name a project, or a table with --ratings or --units.".into())),
    }
}

fn table(path: &Path) -> Result<String, Failure> {
    let bytes = files::read_bytes(path)?;
    decode(&bytes, MAX_FILE).map_err(|why| Failure(format!("{}: {why}", path.display())))
}

fn at_fault(path: &Path) -> impl Fn(TableError) -> Failure + '_ {
    move |why| Failure(format!("{}: {why}.", path.display()))
}

fn ratings(path: &Path, args: &AgreementArgs, how: Resampling) -> Outcome {
    let level = match args.level {
        LevelArg::Nominal => Level::Nominal,
        LevelArg::Ordinal => Level::Ordinal,
        LevelArg::Interval => Level::Interval,
        LevelArg::Ratio => Level::Ratio,
    };
    let ratings = read_ratings(&table(path)?, level, &args.scale).map_err(at_fault(path))?;
    let numbers = || ratings.categories.iter().map(|c| c.parse().unwrap_or_default()).collect();
    let distance = match level {
        Level::Nominal => Distance::Nominal,
        Level::Ordinal => Distance::Ordinal,
        Level::Interval => Distance::Interval(numbers()),
        Level::Ratio => Distance::Ratio(numbers()),
    };
    let found: Vec<Measure> = of_ratings(&ratings, distance).iter().map(|s| Measure::of(s, how)).collect();
    let counts = json!({
        "units": ratings.rows.len(),
        "units_with_two_ratings": ratings.pairable(),
        "raters": ratings.raters.len(),
        "categories": ratings.categories,
        "settings": settings_json(how, "units"),
    });
    print(
        args.json,
        counts,
        &found,
        &format!(
            "{}, {} with two ratings or more; {}; {}",
            count(ratings.rows.len(), "unit", "units"),
            ratings.pairable(),
            count(ratings.raters.len(), "rater", "raters"),
            count(ratings.categories.len(), "category", "categories")
        ),
    )
}

fn of_unit_tables(path: &Path, lengths: &Path, as_json: bool, how: Resampling) -> Outcome {
    let mut units = read_units(&table(path)?, &table(lengths)?).map_err(|why| match why {
        UnitTables::Units(why) => at_fault(path)(why),
        UnitTables::Lengths(why) => at_fault(lengths)(why),
    })?;
    let tidied = units.tidy();
    let (found, joined) = of_units(&units, how);
    let counts = json!({
        "units": units.count(),
        "documents": units.documents.len(),
        "annotators": units.annotators.len(),
        "labels": units.labels,
        "duplicates_left_out": tidied.duplicates,
        "overlapping_joined_for_alpha": joined,
        "settings": settings_json(how, "documents"),
    });
    print(
        as_json,
        counts,
        &found,
        &format!(
            "{} in {} by {}, each taken to have finished every document; {} left out, {} of one label joined for the alphas",
            count(units.count(), "unit", "units"),
            count(units.documents.len(), "document", "documents"),
            count(units.annotators.len(), "annotator", "annotators"),
            count(tidied.duplicates, "duplicate", "duplicates"),
            count(joined, "overlapping unit", "overlapping units")
        ),
    )
}

fn settings_json(how: Resampling, resampled: &str) -> Value {
    json!({"resamples": how.resamples, "seed": how.seed, "resampled": resampled, "interval": "95 % percentile bootstrap"})
}

fn print(as_json: bool, mut counts: Value, found: &[Measure], head: &str) -> Outcome {
    if as_json {
        counts["measures"] = measures_json(found);
        println!("{counts}");
    } else {
        println!("{head}.");
        print_measures(found);
    }
    Ok(Sound::Yes)
}

fn measures_json(found: &[Measure]) -> Value {
    let one = |measure: &Measure| {
        let Measure { name, value, interval } = measure;
        let json = json!({
            "value": value.ok(),
            "low": interval.map(|i| i.low),
            "high": interval.map(|i| i.high),
            "undefined_resamples": interval.map(|i| i.undefined),
            "reason": value.err().map(|why| why.to_string()),
        });
        (name.to_string(), json)
    };
    Value::Object(found.iter().map(one).collect::<Map<_, _>>())
}

fn print_measures(found: &[Measure]) {
    for Measure { name, value, interval } in found {
        match (value, interval) {
            (Ok(value), Some(i)) => {
                let undefined = match i.undefined {
                    0.0 => String::new(),
                    share => format!(" ({:.1} % of resamples undefined)", share * 100.0),
                };
                println!("  {name:24} {value:7.3}  [{:.3}, {:.3}]{undefined}", i.low, i.high);
            }
            (Ok(value), None) => println!("  {name:24} {value:7.3}"),
            (Err(why), _) => println!("  {name:24}       –  {why}"),
        }
    }
}

fn project(path: &Path, args: &AgreementArgs, resampling: Resampling) -> Outcome {
    let project = files::open(path)?.value;
    let settings = Settings { blind_only: args.blind, trim_edges: args.trim_edges, resampling };
    if let Some(layer) = &args.layer {
        let known = |name: &str| name == layer || name.split('.').next() == Some(layer);
        if !LAYERS.iter().any(|(name, _)| known(name)) {
            let names: Vec<&str> = LAYERS.iter().map(|(name, _)| *name).collect();
            return Err(Failure(format!("There is no layer “{layer}”; there are {}.", names.join(", "))));
        }
    }
    let reports = report(&project, args.layer.as_deref(), &settings);
    if let Some(folder) = &args.pictures {
        write_pictures(folder, &project, &reports)?;
    }
    if args.json {
        let layers: Map<String, Value> =
            reports.iter().map(|r| (r.layer.to_owned(), layer_json(r))).collect();
        let mut how = settings_json(resampling, "documents");
        how["blind_only"] = json!(settings.blind_only);
        how["trim_edges"] = json!(settings.trim_edges);
        let methods = methods::methods(&reports, &settings);
        println!("{}", json!({"layers": layers, "settings": how, "methods": methods}));
        return Ok(Sound::Yes);
    }
    for report in &reports {
        println!("{}", head(report));
        let nothing = report.measures.iter().all(|m| m.value == Err(Undefined::NothingFinished));
        if nothing {
            println!("  {}", Undefined::NothingFinished);
        } else {
            print_measures(&report.measures);
        }
    }
    println!("\n{}", methods::methods(&reports, &settings));
    Ok(Sound::Yes)
}

fn write_pictures(folder: &Path, project: &Project, reports: &[LayerReport]) -> Result<(), Failure> {
    let said = |why: std::io::Error| Failure(format!("{} cannot be written: {why}.", folder.display()));
    std::fs::create_dir_all(folder).map_err(said)?;
    for report in reports.iter().filter(|report| !report.documents.is_empty()) {
        let title = |text: &Id<ArticleText>| {
            let article = project.all::<Article>().find(|article| article.text == *text);
            article.and_then(|a| a.title.get().clone()).unwrap_or_else(|| text.to_string())
        };
        let names: Vec<String> = report.documents.iter().map(title).collect();
        let (last, name) = match &report.ground {
            Ground::Ratings(ratings) => (pictures::confusion(report.layer, ratings), "confusion"),
            Ground::Units(units) => (pictures::boundaries(report.layer, units), "boundaries"),
        };
        let all = [
            ("measures", pictures::measures(report)),
            ("pairs", pictures::pairwise(report)),
            ("articles", pictures::by_article(report, &names)),
            ("time", pictures::over_time(report)),
            (name, last),
        ];
        for (name, picture) in all {
            let path = folder.join(format!("{}-{name}", report.layer.replace('.', "-")));
            std::fs::write(path.with_extension("svg"), picture.svg()).map_err(said)?;
            std::fs::write(path.with_extension("csv"), picture.csv()).map_err(said)?;
        }
    }
    Ok(())
}

fn head(report: &LayerReport) -> String {
    format!(
        "{}: {} in {}, {}",
        report.layer,
        count(report.units, "unit", "units"),
        count(report.documents.len(), "text", "texts"),
        count(report.annotators.len(), "annotator", "annotators")
    )
}

fn layer_json(report: &LayerReport) -> Value {
    let left_out = report.left_out;
    json!({
        "units": report.units,
        "documents": report.documents.len(),
        "annotators": report.annotators.len(),
        "names": report.annotators,
        "measures": measures_json(&report.measures),
        "left_out": {
            "not_blind": left_out.not_blind,
            "orphans": left_out.orphans,
            "judged_twice": left_out.twice,
            "duplicates": left_out.duplicates,
            "overlapping_joined_for_alpha": report.joined,
        },
    })
}
