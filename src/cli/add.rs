//! `variorum add`: articles from files and folders into a project, in whatever format they are.

use super::world::{World, fresh_bits};
use super::{Failure, Outcome, Sound, files, score_pages};
use crate::intake::readers::{self, Hint};
use crate::intake::{self, Columns, Draft, Issue, Trouble, cleaning, kin};
use crate::model::{Article, ArticleText, Id, Project, SegmentKind, Story};
use crate::store::{Command, NewArticle, Rejection, apply, article_id, decide, is_gone_for_good, text_id};
use crate::text::{Span, Text};
use clap::Args;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// What `add` is asked to do.
#[derive(Args)]
pub(super) struct AddArgs {
    /// The project file.
    #[arg(required_unless_present = "score")]
    project: Option<PathBuf>,
    /// Article files, or folders of them.
    #[arg(required_unless_present = "score")]
    files: Vec<PathBuf>,
    /// The story they all join; it is begun if it is not there. Without it, each article joins the story
    /// of which it seems to be a version.
    #[arg(long, conflicts_with = "apart")]
    story: Option<String>,
    /// Let each article begin a story of its own.
    #[arg(long)]
    apart: bool,
    /// Leave out what seems to be no part of the article (boilerplate, link markup, page breaks, doubled
    /// titles); the text before is kept too.
    #[arg(long)]
    clean: bool,
    /// The encoding of the files, where the guess is wrong.
    #[arg(long)]
    encoding: Option<String>,
    /// The column of tables, or field of JSON objects, that holds the article's text.
    #[arg(long)]
    text_column: Option<String>,
    /// The one that holds the title.
    #[arg(long)]
    title_column: Option<String>,
    /// Score the main text found in a folder of NAME.html or NAME.html.gz against its gold.json
    /// {NAME: {"text": …}} instead.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["project", "files", "story", "apart", "clean"])]
    score: Option<PathBuf>,
    /// Print one JSON document.
    #[arg(long)]
    json: bool,
}

/// What became of a file, or of an article in it.
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

pub(super) fn run(args: &AddArgs) -> Outcome {
    if let Some(folder) = &args.score {
        return score_pages::run(folder, args.json);
    }
    let path = args.project.as_deref().unwrap_or(Path::new(""));
    let project = files::open(path)?.value;
    let mut adding = Adding { args, world: World::new(), kin: index_of(&project), project };
    let mut report = Report { files: Vec::new() };
    for file in listed(&args.files)? {
        for line in adding.file(&file)? {
            if !args.json {
                let words = [line.title.as_deref(), line.why.as_deref()];
                let words: Vec<&str> = words.into_iter().flatten().collect();
                println!("{:9}  {}  {}", line.result, line.file, words.join(" – "));
            }
            report.files.push(line);
        }
    }
    files::save_changes(path, adding.project)?;
    if args.json {
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

/// The articles of a project, by the runs of their words.
fn index_of(project: &Project) -> kin::Index {
    let mut index = kin::Index::default();
    for article in project.all::<Article>() {
        let text = project.find::<ArticleText>(&article.text).and_then(|t| t.content.clone());
        let Some(text) = text else { continue };
        let of_text = project.all::<crate::model::Segment>().filter(|s| s.text == article.text);
        let segments: Vec<(Span, SegmentKind)> =
            of_text.filter_map(|s| Some((s.anchor.span(&text)?, s.segment_kind.get().clone()?))).collect();
        index.add(article.id().as_str(), &text, &segments);
    }
    index
}

/// A batch on its way into a project.
struct Adding<'a> {
    args: &'a AddArgs,
    project: Project,
    world: World,
    kin: kin::Index,
}

impl Adding<'_> {
    /// What becomes of a file: a line for each article in it, and for each part that failed.
    fn file(&mut self, file: &Path) -> Result<Vec<Line>, Failure> {
        let shown = file.display().to_string();
        let loaded = match files::read_bytes(file).map_err(|why| why.to_string()) {
            Ok(bytes) => readers::read(&bytes, &self.hint(file)).map_err(|why| why.to_string()),
            Err(why) => Err(why),
        };
        let loaded = match loaded {
            Ok(loaded) => loaded,
            Err(why) => return Ok(vec![failed(shown, why)]),
        };
        let mut lines = Vec::new();
        for (place, draft) in loaded.drafts {
            let about = loaded.issues.iter().filter(|i| i.place == place || i.place.is_empty());
            let troubles: Vec<&Trouble> = about.map(|i| &i.what).collect();
            lines.push(self.article(place_in(&shown, &place), draft, &troubles)?);
        }
        for Issue { place, what } in &loaded.issues {
            if let Trouble::Failed(why) = what {
                lines.push(failed(place_in(&shown, place), why.to_string()));
            }
        }
        Ok(lines)
    }

    fn hint(&self, file: &Path) -> Hint {
        let columns = Columns {
            text: self.args.text_column.clone(),
            title: self.args.title_column.clone(),
            ..Columns::default()
        };
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Hint { encoding: self.args.encoding.clone(), columns, ..Hint::named(&name) }
    }

    fn article(&mut self, file: String, draft: Draft, troubles: &[&Trouble]) -> Result<Line, Failure> {
        let (draft, cleaned) =
            match self.args.clean.then(|| cleaning::accept(&draft, &cleaning::propose(&draft))) {
                Some(Some((draft, cleaning))) => (draft, Some(cleaning)),
                _ => (draft, None),
            };
        let article = article_id(&text_id(&draft.content), "");
        let title = Some(draft.title.clone());
        if self.project.find(&article).is_some() && self.project.lacks(&draft.content).is_none() {
            return Ok(Line { file, result: "duplicate", article: Some(article), title, why: None });
        }
        if is_gone_for_good(&self.project, &draft.content) {
            let why = Some(Rejection::RemovedForGood.to_string());
            return Ok(Line { file, result: "failed", article: None, title, why });
        }
        let near = self.kin.kin(&draft.content, &draft.facts.segments).into_iter().next();
        let (content, segments) = (draft.content.clone(), draft.facts.segments.clone());
        let look = troubles.iter().any(|t| needs_a_look(t))
            || near.as_ref().is_some_and(|kin| kin.kind == kin::Kind::Repeats);
        let mut why: Vec<String> =
            troubles.iter().filter(|t| !matches!(t, Trouble::Failed(_))).map(|t| t.to_string()).collect();
        why.extend(near.as_ref().map(|kin| self.said_of(kin)));
        let story = self.story_for(near.as_ref());
        self.add(draft, cleaned, story)?;
        self.name_story(&article)?;
        self.index(&article, &content, &segments);
        let why = (!why.is_empty()).then(|| why.join(" "));
        Ok(Line { file, result: if look { "look" } else { "added" }, article: Some(article), title, why })
    }

    fn add(
        &mut self,
        draft: Draft,
        cleaning: Option<crate::model::Cleaning>,
        story: Option<Id<Story>>,
    ) -> Result<(), Failure> {
        let new = NewArticle {
            content: draft.content,
            extractor: draft.extractor,
            origin: draft.origin,
            title: draft.title,
            language: draft.language,
            links: draft.links,
            story,
            facts: draft.facts,
            cleaning,
        };
        self.run(Command::AddArticles { articles: vec![new] })
    }

    fn index(&mut self, article: &Id<Article>, text: &Text, segments: &[(Span, SegmentKind)]) {
        self.kin.add(article.as_str(), text, segments);
    }

    /// The story that was asked for, or the one of the nearest article.
    fn story_for(&self, near: Option<&kin::Kin>) -> Option<Id<Story>> {
        match &self.args.story {
            Some(name) => named_story(&self.project, name),
            None if self.args.apart => None,
            None => self.project.find(&Id::<Article>::parse(&near?.key)?)?.story.get().clone(),
        }
    }

    fn said_of(&self, kin: &kin::Kin) -> String {
        let other = Id::<Article>::parse(&kin.key).and_then(|id| self.project.find(&id));
        let title = other.and_then(|a| a.title.get().clone()).unwrap_or_default();
        let what = match kin.kind {
            kin::Kind::Repeats => "Nearly the same words as",
            kin::Kind::Version => "A version of",
        };
        format!("{what} “{title}”: {}.", kin.evidence())
    }

    /// An article that began a story of its own gives it the name that was asked for.
    fn name_story(&mut self, article: &Id<Article>) -> Result<(), Failure> {
        let Some(name) = self.args.story.clone() else { return Ok(()) };
        if named_story(&self.project, &name).is_some() {
            return Ok(());
        }
        let own = self.project.find(article).and_then(|a| a.story.get().clone());
        let own = own.unwrap_or_else(|| Id::random(fresh_bits()));
        self.run(Command::RenameStory { story: own, name })
    }

    fn run(&mut self, command: Command) -> Result<(), Failure> {
        let project = &self.project;
        match self.world.with(|context| decide(project, command, context)) {
            Ok(step) => {
                apply(&mut self.project, &step);
                Ok(())
            }
            Err(Rejection::NoChange) => Ok(()),
            Err(why) => Err(Failure(why.to_string())),
        }
    }
}

fn failed(file: String, why: String) -> Line {
    Line { file, result: "failed", article: None, title: None, why: Some(why) }
}

/// Whether somebody should look at an article before annotating it.
fn needs_a_look(trouble: &Trouble) -> bool {
    matches!(
        trouble,
        intake::Trouble::WholePage
            | Trouble::Replaced { .. }
            | Trouble::Guessed { .. }
            | Trouble::NoTextLayer { .. }
    )
}

fn place_in(file: &str, place: &str) -> String {
    if place.is_empty() { file.to_owned() } else { format!("{file}, {place}") }
}

fn named_story(project: &Project, name: &str) -> Option<Id<Story>> {
    project.all::<Story>().find(|s| s.name.get().as_deref() == Some(name)).map(|s| s.id())
}
