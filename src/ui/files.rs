//! Files that come in, by whatever door, and the project going out.

use super::adding;
use super::messages::{M, fill, t};
use super::parts::{self, Ask, Part};
use super::session::{Panel, Screen, Session, Taken};
use super::tabs::Role;
use crate::browser;
use crate::codecs::{self, Loaded, project_file};
use crate::intake;
use crate::model::{Article, Attribution, Entry, Id, Project, RecordId, Story};
use crate::storage::{Reason, Rescued, rescue};
use crate::store::{Command, NewArticle, Rejection, article_id, is_gone_for_good, text_id};
use gloo::file::File;
use leptos::prelude::*;

/// Files larger than this take long enough to say so, in bytes.
const LARGE: u64 = 4 << 20;
/// So many of a file's first bytes tell what it is.
const SNIFFED: u64 = 64 << 10;

/// Takes files in. Projects are opened and a single plain text is added at once; all else goes to the desk where
/// articles are looked over first.
pub(super) fn take_in(session: Session, files: Vec<(String, File)>) {
    session.forget_last_file();
    leptos::task::spawn_local(async move {
        let only = files.len() == 1;
        let mut articles = Vec::new();
        for (path, file) in files {
            if let Some(file) = take_at_once(session, file, only).await {
                articles.push((path, file));
            }
        }
        if !articles.is_empty() {
            adding::take_in(session, articles);
        }
    });
}

/// Takes in what was dropped on the page, folders included: where people's work comes together, there.
pub(super) fn take_dropped(session: Session, dropped: browser::Dropped) {
    leptos::task::spawn_local(async move {
        let files = dropped.files(adding::MOST_FILES).await;
        match session.screen.get_untracked() {
            Screen::Together | Screen::Training => parts::ask(session, Part::Together, Ask::Take(files)),
            _ => take_in(session, files),
        }
    });
}

/// Opens a project, or adds the only file if it is plain text; what is neither comes back.
async fn take_at_once(session: Session, file: File, only: bool) -> Option<File> {
    let name = file.name();
    if !only && !name.to_lowercase().ends_with(".json") {
        return Some(file);
    }
    let begin = file.size().min(SNIFFED);
    let near = browser::read_file(file.slice(0, begin), SNIFFED as usize).await.unwrap_or_default();
    if intake::is_project(&name, &near) {
        let large = file.size() > LARGE;
        if large {
            session.busy.set(Some((fill(M::Reading1, &[&name]), 0)));
            // The page shows it before it goes on.
            gloo::timers::future::TimeoutFuture::new(30).await;
        }
        let opened = open_file(session, file).await;
        if large {
            session.busy.set(None);
        }
        if let Err(why) = opened {
            session.complain_of_file(fill(M::FileProblem, &[&name, &why]));
        }
        return None;
    }
    let plain = matches!(intake::sniff(&name, &near), intake::Format::Text | intake::Format::Markdown);
    if only && plain && file.size() <= intake::MAX_ARTICLE as u64 {
        let bytes = browser::read_file(file.clone(), intake::MAX_ARTICLE).await.unwrap_or_default();
        if let Ok(draft) = intake::read(&name, &bytes) {
            add(session, vec![draft], None);
            return None;
        }
    }
    Some(file)
}

async fn open_file(session: Session, file: File) -> Result<(), String> {
    let bytes = browser::read_file(file, codecs::MAX_FILE).await.map_err(|why| why.to_string())?;
    let text = codecs::decode(&bytes, codecs::MAX_FILE).map_err(|why| why.to_string())?;
    drop(bytes);
    open_project(session, &text).await
}

/// Keeps the project as it is; a failure is said, and is no reason to stop.
pub(super) fn back_up(session: Session, why: Reason) {
    let kept = session.keep(|keep| keep.back_up(&session.project.read_untracked(), why));
    if let Err(why) = kept {
        session.complain(why.to_string());
    }
}

/// Makes an article of the words in a field, which is empty then.
pub(super) fn paste(session: Session, words: RwSignal<String>, story: Option<Id<Story>>) {
    // The words stay in the field where they cannot be added.
    if !session.may_write() {
        return;
    }
    match intake::paste(&words.get_untracked()) {
        Ok(draft) => {
            words.set(String::new());
            add(session, vec![draft], story);
        }
        Err(why) => session.complain(why.to_string()),
    }
}

/// Adds drafts as articles and goes to the first of them.
fn add(session: Session, drafts: Vec<intake::Draft>, story: Option<Id<Story>>) {
    if drafts.is_empty() || !session.may_write() {
        return;
    }
    let mut ids: Vec<Id<Article>> = Vec::new();
    let mut articles = Vec::new();
    for draft in drafts {
        let id = article_id(&text_id(&draft.content), "");
        if session.project.with_untracked(|p| is_gone_for_good(p, &draft.content)) {
            session.complain(Rejection::RemovedForGood.to_string());
            continue;
        }
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

/// How many of the records that could not be read are named at once.
const NAMED: usize = 5;
/// Bytes of a project file that are read before the page is given a chance to do something else.
const BYTES_AT_ONCE: usize = 1 << 20;

/// Reads a project file, a part at a time where it is large; `None` where the person broke it off.
pub(super) async fn read_project(
    session: Session,
    text: &str,
) -> Result<Option<Loaded<Project>>, project_file::Error> {
    if text.len() > BYTES_AT_ONCE
        && let Some(mut slices) = project_file::slices(text, BYTES_AT_ONCE)
    {
        let mut project = None;
        session.busy.set(Some((t(M::ReadingProject).to_owned(), 0)));
        while let Some(last) = slices.next(&mut project) {
            if last {
                session.busy.set(None);
                return Ok(project.map(|value| Loaded { value, issues: Vec::new(), whole: true }));
            }
            if !session.go_on(M::ReadingProject, "", slices.percent()).await {
                return Ok(None);
            }
        }
    }
    session.busy.set(None);
    project_file::read(text).map(Some)
}

/// Opens the text of a project file, or of a rescue file.
pub(super) async fn open_project(session: Session, text: &str) -> Result<(), String> {
    let loaded = match read_project(session, text).await {
        Ok(Some(loaded)) => loaded,
        Ok(None) => {
            session.say(t(M::BrokenOff).to_owned());
            return Ok(());
        }
        Err(newer @ project_file::Error::Newer { .. }) => {
            let looked = project_file::look(text).map_err(|_| newer.to_string())?;
            if !session.may_leave() {
                return Ok(());
            }
            session.visit(looked.value, text.to_owned());
            session.screen.set(Screen::Library);
            return Ok(());
        }
        Err(project_file::Error::Rescue) => return open_rescue(session, text).await,
        Err(why) => return Err(why.to_string()),
    };
    let issues = loaded.issues.into_iter().map(|issue| (issue.place, issue.what)).collect();
    let (name, records) = (loaded.value.name().to_owned(), loaded.value.len());
    tell_issues(session, M::Issues, Taken { name, records, whole: loaded.whole, issues });
    bring(session, loaded.value).await.map(drop)
}

/// Opens all projects that a rescue file holds, and says what of it could not be read.
async fn open_rescue(session: Session, text: &str) -> Result<(), String> {
    let Rescued { projects, unread } = rescue(text);
    let names = |projects: &[Project]| {
        projects.iter().map(|project| format!("“{}”", project.name())).collect::<Vec<_>>().join(", ")
    };
    let records = projects.iter().map(Project::len).sum();
    let name = names(&projects);
    tell_issues(session, M::RescueIssues, Taken { name, records, whole: true, issues: unread });
    if projects.is_empty() {
        return Err(t(M::RescueEmpty).to_owned());
    }
    // One that cannot be brought back costs no other.
    let (mut back, mut not) = (Vec::new(), Vec::new());
    for project in projects {
        match bring(session, project.clone()).await {
            Ok(true) => back.push(project),
            Ok(false) => not.push(project),
            Err(why) => {
                session.complain_of_file(fill(M::FileProblem, &[project.name(), &why]));
                not.push(project);
            }
        }
    }
    if !not.is_empty() {
        session.complain_of_file(fill(M::NotRescued, &[&names(&not)]));
    }
    if !back.is_empty() {
        session.say(fill(M::Rescued, &[&names(&back)]));
    }
    Ok(())
}

/// Opens a project out of a file: joined with the one of the same id where there is one. Whether all of it is here
/// then; where it is not, that was said.
async fn bring(session: Session, theirs: Project) -> Result<bool, String> {
    let name = theirs.name().to_owned();
    let id = theirs.id().clone();
    let ours_is_open = *session.project.read_untracked().id() == id;
    if !ours_is_open && !session.may_leave() {
        return Ok(false);
    }
    // A removed copy comes back and is joined: it may hold what the file does not.
    session.keep(|keep| keep.take_back(&id)).map_err(|why| why.to_string())?;
    let stored = session.keep(|keep| keep.has(&id));
    if stored && !ours_is_open && !session.open_stored(id.clone()).await {
        // Said already. Nothing is joined with what could not be read.
        return Ok(false);
    }
    if stored || ours_is_open {
        if !session.may_write() {
            return Ok(false);
        }
        let news = news(&session.project.read_untracked(), &theirs);
        if news.is_empty() {
            session.say(fill(M::SameAlready, &[&name]));
        } else {
            let count = news.len().to_string();
            back_up(session, Reason::Merge);
            if session.run(Command::TakeIn { records: news }) {
                session.say(fill(M::Merged, &[&name, &count]));
            }
        }
    } else {
        let turn = session.leave(None);
        if !session.secure(id, turn).await {
            session.begin(String::new());
            return Err(t(M::OtherTabHas).to_owned());
        }
        if !session.store_whole(&theirs, &name).await {
            session.begin(String::new());
            session.say(t(M::BrokenOff).to_owned());
            return Ok(false);
        }
        session.take_up(theirs, Default::default());
        session.role.set(Role::Writer);
        session.make_room();
        session.list_changed();
        session.say(fill(M::Opened, &[&name]));
    }
    session.screen.set(Screen::Library);
    session.remember_place();
    Ok(true)
}

/// Says what of a file could not be read: some of it at once, and all in a panel.
fn tell_issues(session: Session, words: M, taken: Taken) {
    if taken.issues.is_empty() {
        return;
    }
    let some = taken.issues.iter().take(NAMED).map(|(place, what)| format!("{place}: {what}"));
    let some = some.collect::<Vec<_>>().join("; ");
    session.complain_of_file(fill(words, &[&taken.issues.len().to_string(), &some]));
    session.taken.set(taken);
    session.panel.set(Some(Panel::Taken));
}

/// The records of `theirs` that change `ours`.
pub(super) fn news(ours: &Project, theirs: &Project) -> Vec<(RecordId, Entry)> {
    let changes = |id: &RecordId, entry: &Entry| match ours.entry(id) {
        Some(mine) => mine.clone().merge(entry.clone(), id) != *mine,
        None => true,
    };
    theirs.records().filter(|(id, e)| changes(id, e)).map(|(id, e)| (id.clone(), e.clone())).collect()
}

/// So much of a project's name is in its file's, which must keep its ending.
const LONGEST_NAME: usize = 50;

/// What the project's file is called.
pub(super) fn file_name(session: Session) -> String {
    let name = session.project.with_untracked(|p| p.name().to_owned());
    let safe = |c: char| if c.is_alphanumeric() || "-_ ".contains(c) { c } else { '-' };
    let name: String = name.chars().map(safe).take(LONGEST_NAME).collect();
    format!("{name} {}.variorum.json", browser::today())
}

pub(super) fn note_export(session: Session) {
    session.note_file();
    if session.role.get_untracked() != Role::Visitor {
        session.keep(|keep| keep.exported(session.project.read_untracked().id()));
    }
    session.show_vitals();
    session.shelf_changed.update(|n| *n += 1);
}

/// Hands the project to the person as one file.
pub(super) fn export(session: Session) {
    let text = session.as_file();
    let file = file_name(session);
    browser::download(&file, &text, "application/json");
    note_export(session);
    session.say(fill(M::Exported, &[&file]));
}

/// Fetches the sample, a file beside the app, and opens it.
pub(super) fn open_sample(session: Session) {
    session.forget_last_file();
    leptos::task::spawn_local(async move {
        let opened = match browser::fetch_text("sample.variorum.json").await {
            Ok(text) => open_project(session, &text).await,
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
