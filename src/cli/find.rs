//! `variorum find`: where else in a project a passage occurs, word for word or reworded.

use super::{Outcome, Sound, compare, files};
use crate::model::{Article, Id};
use crate::text::CodePoint;
use crate::versions::search::{HitKind, Index};
use serde::Serialize;
use std::path::PathBuf;

/// What `variorum find` is asked.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct FindArgs {
    /// The project file.
    project: PathBuf,
    /// The passage: a sentence, a part of one, or several.
    passage: String,
    /// Print one JSON document.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Line {
    article: Id<Article>,
    title: Option<String>,
    start: CodePoint,
    end: CodePoint,
    text: String,
    /// Which sentence of the passage it answers, from 0.
    sentence: usize,
    kind: &'static str,
    score: f32,
}

#[derive(Serialize)]
struct Report {
    hits: Vec<Line>,
}

pub(super) fn run(args: &FindArgs) -> Outcome {
    let project = files::open(&args.project)?.value;
    let mut index = Index::default();
    for article in project.all::<Article>() {
        if let Some(text) = project.text(&article.text) {
            index.add(article.id().as_str(), text);
        }
    }
    let hits = index.find(&args.passage).into_iter().filter_map(|hit| {
        let article = Id::<Article>::parse(&hit.article)?;
        let text = project.text_of(&article)?;
        let at = text.chars_of(hit.span);
        Some(Line {
            title: project.find(&article).and_then(|a| a.title.get().clone()),
            article,
            start: at.start,
            end: at.end,
            text: hit.span.slice(text).to_owned(),
            sentence: hit.sentence,
            kind: if hit.kind == HitKind::Exact { "exact" } else { "reworded" },
            score: hit.score,
        })
    });
    let report = Report { hits: hits.collect() };
    if args.json {
        compare::print_json(&report);
        return Ok(Sound::Yes);
    }
    for Line { title, text, kind, score, .. } in &report.hits {
        println!(
            "{kind} {score:.2}  {}\n    {}",
            title.as_deref().unwrap_or_default(),
            compare::one_line(text)
        );
    }
    if report.hits.is_empty() {
        println!("No article has this passage, nor anything close to it.");
    }
    Ok(Sound::Yes)
}
