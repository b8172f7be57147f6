//! `variorum add`: articles from files and folders into a project.

use super::world::{World, fresh_bits};
use super::{Failure, Outcome, Sound, files};
use crate::intake;
use crate::model::{Article, Id, Project, Story};
use crate::store::{Command, NewArticle, apply, article_id, decide, text_id};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// What became of a file.
#[derive(Serialize)]
struct Line {
    file: String,
    result: &'static str,
    article: Option<Id<Article>>,
    title: Option<String>,
    why: Option<String>,
}

#[derive(Serialize)]
struct Report {
    files: Vec<Line>,
}

pub(super) fn run(path: &Path, given: &[PathBuf], story: Option<&str>, json: bool) -> Outcome {
    let mut project = files::open(path)?.value;
    let mut world = World::new();
    let mut report = Report { files: Vec::new() };
    for file in listed(given)? {
        let line = add(&mut project, &mut world, &file, story)?;
        if !json {
            let words = line.why.as_deref().or(line.title.as_deref()).unwrap_or_default();
            println!("{:9}  {}  {words}", line.result, line.file);
        }
        report.files.push(line);
    }
    files::save(path, &project)?;
    if json {
        println!("{}", serde_json::to_string(&report).unwrap_or_default());
    }
    let failed = report.files.iter().any(|l| l.result == "failed");
    Ok(if failed { Sound::No } else { Sound::Yes })
}

/// The files given, folders opened, in the order of their names.
fn listed(given: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for path in given {
        if !path.is_dir() {
            found.push(path.clone());
            continue;
        }
        let said = |why: std::io::Error| Failure(format!("{} cannot be read: {why}.", path.display()));
        let mut inside = Vec::new();
        for entry in std::fs::read_dir(path).map_err(said)? {
            inside.push(entry.map_err(said)?.path());
        }
        inside.sort();
        found.extend(listed(&inside)?);
    }
    Ok(found)
}

fn add(project: &mut Project, world: &mut World, file: &Path, story: Option<&str>) -> Result<Line, Failure> {
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let shown = file.display().to_string();
    let failed = |why: String| Line {
        file: shown.clone(),
        result: "failed",
        article: None,
        title: None,
        why: Some(why),
    };
    let bytes = match std::fs::read(file) {
        Ok(bytes) => bytes,
        Err(why) => return Ok(failed(format!("It cannot be read: {why}."))),
    };
    if intake::is_project(&name, &bytes) {
        return Ok(failed(intake::Error::OtherJson.to_string()));
    }
    let draft = match intake::read(&name, &bytes) {
        Ok(draft) => draft,
        Err(why) => return Ok(failed(why.to_string())),
    };
    let article = article_id(&text_id(&draft.content), "");
    let title = draft.title.clone();
    if project.find(&article).is_some() && project.lacks(&draft.content).is_none() {
        return Ok(Line {
            file: shown,
            result: "duplicate",
            article: Some(article),
            title: Some(title),
            why: None,
        });
    }
    let new = NewArticle {
        content: draft.content,
        extractor: draft.extractor,
        origin: draft.origin,
        title: draft.title,
        language: draft.language,
        links: draft.links,
        story: story.and_then(|name| named_story(project, name)),
    };
    run_command(project, world, Command::AddArticles { articles: vec![new] })?;
    if let Some(name) = story
        && named_story(project, name).is_none()
    {
        let story = Id::random(fresh_bits());
        let article = article.clone();
        // The article began a story of its own, which gets the name that was asked for.
        let own = project.find(&article).and_then(|a| a.story.get().clone()).unwrap_or(story);
        run_command(project, world, Command::RenameStory { story: own, name: name.to_owned() })?;
    }
    Ok(Line { file: shown, result: "added", article: Some(article), title: Some(title), why: None })
}

fn run_command(project: &mut Project, world: &mut World, command: Command) -> Result<(), Failure> {
    let step = world.with(|context| decide(project, command, context));
    match step {
        Ok(step) => {
            apply(project, &step);
            Ok(())
        }
        Err(crate::store::Rejection::NoChange) => Ok(()),
        Err(why) => Err(Failure(why.to_string())),
    }
}

fn named_story(project: &Project, name: &str) -> Option<Id<Story>> {
    project.all::<Story>().find(|s| s.name.get().as_deref() == Some(name)).map(|s| s.id())
}
