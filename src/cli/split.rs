//! `variorum split`: packages of a project, one for each annotator.

use super::{Failure, Outcome, Sound, count, files};
use crate::merge::packages::{assign, package};
use serde_json::json;
use std::path::Path;

pub(super) fn run(path: &Path, people: usize, overlap: usize, folder: &Path, as_json: bool) -> Outcome {
    let project = files::open(path)?.value;
    let assignment = assign(&project, people, overlap)
        .map_err(|why| Failure(format!("{}: {why}; nothing was written.", path.display())))?;
    std::fs::create_dir_all(folder)
        .map_err(|why| Failure(format!("{} cannot be made: {why}.", folder.display())))?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let width = people.to_string().len();
    let mut written = Vec::new();
    for (person, stories) in assignment.people.iter().enumerate() {
        let file = folder.join(format!("{stem}-{:0width$}.json", person + 1));
        if file.exists() {
            return Err(Failure(format!("{} is there already; nothing more was written.", file.display())));
        }
        files::save(&file, &package(&project, &assignment, person))?;
        let articles: usize = stories.iter().map(|story| assignment.stories[*story].len()).sum();
        if !as_json {
            let stories = count(stories.len(), "story", "stories");
            println!("{}: {stories}, {}", file.display(), count(articles, "article", "articles"));
        }
        written.push(
            json!({"file": file.display().to_string(), "stories": stories.len(), "articles": articles}),
        );
    }
    if as_json {
        println!("{}", json!({"packages": written}));
    }
    Ok(Sound::Yes)
}
