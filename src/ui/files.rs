//! Files that come in, by whatever door, and the project going out.

use super::messages::{M, fill, t};
use super::session::{Screen, Session};
use crate::browser;
use crate::codecs::{self, project_file};
use crate::intake;
use crate::model::{Article, Attribution, Entry, Id, Project, RecordId, Story};
use crate::store::{Command, NewArticle, article_id, text_id};
use gloo::file::File;
use leptos::prelude::*;

/// Takes files in one after the other; what cannot be read is said, the rest goes on.
pub(super) fn take_in(session: Session, files: Vec<File>, story: Option<Id<Story>>) {
    leptos::task::spawn_local(async move {
        let mut drafts = Vec::new();
        for file in files {
            let name = file.name();
            match read_one(session, file).await {
                Ok(Some(draft)) => drafts.push(draft),
                Ok(None) => {}
                Err(why) => session.complain(fill(M::FileProblem, &[&name, &why])),
            }
        }
        add(session, drafts, story);
    });
}

/// A draft article, or nothing more to do where the file was a project.
async fn read_one(session: Session, file: File) -> Result<Option<intake::Draft>, String> {
    let name = file.name();
    let bytes = browser::read_file(file, codecs::MAX_FILE).await.map_err(|why| why.to_string())?;
    if intake::is_project(&name, &bytes) {
        let text = codecs::decode(&bytes, codecs::MAX_FILE).map_err(|why| why.to_string())?;
        open_project(session, &text)?;
        return Ok(None);
    }
    intake::read(&name, &bytes).map(Some).map_err(|why| why.to_string())
}

/// Adds drafts as articles and goes to the first of them.
pub(super) fn add(session: Session, drafts: Vec<intake::Draft>, story: Option<Id<Story>>) {
    if drafts.is_empty() {
        return;
    }
    let mut ids: Vec<Id<Article>> = Vec::new();
    let mut articles = Vec::new();
    for draft in drafts {
        let id = article_id(&text_id(&draft.content), "");
        if session.project.with_untracked(|p| p.find(&id).is_some()) {
            session.say(fill(M::AlreadyThere, &[&draft.title]));
        } else {
            articles.push(NewArticle {
                content: draft.content,
                extractor: draft.extractor,
                origin: draft.origin,
                title: draft.title,
                language: draft.language,
                links: draft.links,
                story: story.clone(),
                facts: draft.facts,
                cleaning: None,
            });
        }
        ids.push(id);
    }
    let said = match &*articles {
        [] => None,
        [one] => Some(fill(M::Added, &[&one.title])),
        many => Some(fill(M::AddedMany, &[&many.len().to_string()])),
    };
    if let Some(said) = said
        && session.run(Command::AddArticles { articles })
    {
        session.say(said);
    }
    if let [only] = &*ids {
        session.go(Screen::Read(only.clone()));
    }
}

/// Opens the text of a project file: joined with the project of the same id where there is one.
pub(super) fn open_project(session: Session, text: &str) -> Result<(), String> {
    let loaded = project_file::read(text).map_err(|why| why.to_string())?;
    let theirs = loaded.value;
    let name = theirs.name().to_owned();
    let id = theirs.id().clone();
    if !loaded.issues.is_empty() {
        session.complain(fill(M::Issues, &[&loaded.issues.len().to_string()]));
    }
    // A removed copy comes back and is joined: it may hold what the file does not.
    session.keep(|keep| keep.take_back(&id)).map_err(|why| why.to_string())?;
    let ours_is_open = *session.project.read_untracked().id() == id;
    let stored = session.keep(|keep| keep.has(&id));
    if stored && !ours_is_open && !session.load(&id) {
        // Said by `load`. Nothing is joined with what could not be read.
        return Ok(());
    }
    if stored {
        let news = news(&session.project.read_untracked(), &theirs);
        if news.is_empty() {
            session.say(fill(M::SameAlready, &[&name]));
        } else {
            let count = news.len().to_string();
            if let Err(why) = session.keep(|keep| keep.back_up(&session.project.read_untracked())) {
                session.complain(why.to_string());
            }
            if session.run(Command::TakeIn { records: news }) {
                session.say(fill(M::Merged, &[&name, &count]));
            }
        }
    } else {
        session.take_up(theirs, Default::default());
        session.store_whole();
        session.say(fill(M::Opened, &[&name]));
    }
    session.screen.set(Screen::Library);
    session.remember_place();
    Ok(())
}

/// The records of `theirs` that change `ours`.
fn news(ours: &Project, theirs: &Project) -> Vec<(RecordId, Entry)> {
    let changes = |id: &RecordId, entry: &Entry| match ours.entry(id) {
        Some(mine) => mine.clone().merge(entry.clone()) != *mine,
        None => true,
    };
    theirs.records().filter(|(id, e)| changes(id, e)).map(|(id, e)| (id.clone(), e.clone())).collect()
}

/// Hands the project to the person as one file.
pub(super) fn export(session: Session) {
    let (name, text) = session.project.with_untracked(|p| (p.name().to_owned(), project_file::write(p)));
    let file = format!("{name} {}.variorum.json", browser::today());
    browser::download(&file, &text, "application/json");
    session.keep(|keep| keep.exported(session.project.read_untracked().id()));
    session.say(fill(M::Exported, &[&file]));
}

/// Fetches the sample, a file beside the app, and opens it.
pub(super) fn open_sample(session: Session) {
    leptos::task::spawn_local(async move {
        let opened = match browser::fetch_text("sample.variorum.json").await {
            Ok(text) => open_project(session, &text),
            Err(why) => Err(why),
        };
        match opened {
            Ok(()) => {
                // The version with the most to see.
                let first = session.project.with_untracked(|p| {
                    let marked =
                        |a: &crate::model::Item<'_, Article>| p.about::<Attribution>(&a.text).count();
                    p.all::<Article>().max_by_key(marked).map(|a| a.id())
                });
                if let Some(first) = first {
                    session.go(Screen::Read(first));
                }
            }
            Err(why) => session.complain(fill(M::FileProblem, &[t(M::OpenSample), &why])),
        }
    });
}
