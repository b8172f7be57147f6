//! The projects kept in this browser, their backups, and the trash.

use crate::browser;
use crate::storage::{Listed, Reason};
use crate::ui::messages::{M, count, fill, t};
use crate::ui::room::TRASH_DAYS;
use crate::ui::session::Session;
use crate::ui::shell::ago;
use crate::ui::view::{El, Node, button, el, live, many, when};
use leptos::prelude::*;

/// From so many projects on there is a field to find one.
const MANY: usize = 4;

/// How the list is looked at.
#[derive(Clone, Copy)]
struct Look {
    session: Session,
    wanted: RwSignal<String>,
    order: RwSignal<u8>,
    /// The project that is being renamed.
    renaming: RwSignal<Option<String>>,
    /// The project that would go for good with one more click.
    going: RwSignal<Option<String>>,
}

/// The list of projects, with the removed ones below it.
pub(super) fn projects(session: Session) -> Node {
    let look = Look {
        session,
        wanted: RwSignal::new(String::new()),
        order: RwSignal::new(0),
        renaming: RwSignal::new(None),
        going: RwSignal::new(None),
    };
    let new = button(t(M::NewProject)).id("new-project").on_click(move || {
        if session.may_leave() {
            session.begin(String::new());
        }
    });
    el("section")
        .class("projects")
        .set("aria-labelledby", "projects-title")
        .child(el("h2").id("projects-title").child(t(M::Projects)))
        .child(look.tools())
        .child(el("ul").class("kept").part(move || many(look.kept().into_iter().map(|p| look.row(p)))))
        .child(when(
            move || !look.wanted.read().is_empty() && look.kept().is_empty(),
            || el("p").class("hint").child(t(M::NoProjectFits)).into(),
        ))
        .child(el("p").child(new))
        .child(live(move || look.trash()))
        .child(live(move || backups(session)))
        .into()
}

impl Look {
    fn all(self, removed: bool) -> Vec<Listed> {
        self.session.shelf_changed.track();
        self.session.vitals.track();
        let all = self.session.keep(|keep| keep.list()).into_iter();
        all.filter(|p| p.trashed.is_some() == removed).collect()
    }

    /// The projects that fit what was typed, in the order that was chosen.
    fn kept(self) -> Vec<Listed> {
        let wanted = self.wanted.get().trim().to_lowercase();
        let mut kept = self.all(false);
        kept.retain(|p| p.name.to_lowercase().contains(&wanted));
        let order = self.order.get();
        crate::text::order::sort_by(&mut kept, |a, b| match order {
            1 => a.name.to_lowercase().cmp(&b.name.to_lowercase()),
            2 => b.size_units.cmp(&a.size_units),
            _ => b.changed.cmp(&a.changed),
        });
        kept
    }

    fn tools(self) -> Node {
        let many_there = Memo::new(move |_| self.all(false).len() >= MANY);
        live(move || {
            if !many_there.get() {
                return Node::Nothing;
            }
            let field = el("input")
                .id("find-project")
                .set("type", "search")
                .set("placeholder", t(M::SearchProjects))
                .label(t(M::SearchProjects))
                .on_input(move |words| self.wanted.set(words));
            let option = |value: &'static str, words: M| el("option").set("value", value).child(t(words));
            let order = el("select")
                .id("sort-projects")
                .on_change(move |order| self.order.set(order.parse().unwrap_or(0)))
                .child(option("0", M::SortChanged))
                .child(option("1", M::SortName))
                .child(option("2", M::SortSize));
            el("p")
                .class("row")
                .child(field)
                .child(el("label").child(t(M::SortBy)).child(" ").child(order))
                .into()
        })
    }

    fn row(self, project: Listed) -> El {
        let session = self.session;
        let id = project.id.clone();
        let open = session.project.with(|p| *p.id() == id);
        let switch = {
            let id = id.clone();
            move || {
                if !session.may_leave() {
                    return;
                }
                let id = id.clone();
                leptos::task::spawn_local(async move {
                    if session.open_stored(id).await {
                        session.remember_place();
                        session.drop_dangling();
                    } else {
                        session.resume_empty();
                    }
                });
            }
        };
        let here = match open {
            true => el("span").class("facts").child(t(M::Current)),
            false => button(t(M::SwitchTo)).class("quiet switch").on_click(switch),
        };
        let articles = count(project.articles, M::OneArticle, M::ArticleCount);
        let facts = fill(M::ProjectFacts, &[&articles, &ago(&project.changed)]);
        let (start, copied) = (id.to_string(), id.clone());
        el("li")
            .class(if open { "open" } else { "" })
            .child(self.name(&project))
            .child(el("span").class("facts").child(facts))
            .child(here)
            .child(
                button(t(M::RenameProject))
                    .class("quiet rename-project")
                    .on_click(move || self.renaming.set(Some(start.clone()))),
            )
            .child(
                button(t(M::DuplicateProject))
                    .class("quiet duplicate-project")
                    .on_click(move || session.duplicate(&copied)),
            )
            .child(
                button(t(M::RemoveProject))
                    .class("quiet remove-project")
                    .on_click(move || remove(session, &project, open)),
            )
    }

    fn name(self, project: &Listed) -> El {
        let id = project.id.clone();
        if self.renaming.get().as_deref() != Some(id.as_str()) {
            return el("span").class("title").child(project.name.clone());
        }
        let name = project.name.clone();
        request_animation_frame(|| browser::focus("rename-field"));
        el("input")
            .id("rename-field")
            .class("title")
            .label(t(M::ProjectName))
            .value(move || name.clone())
            .on_change(move |name| {
                self.renaming.set(None);
                self.session.rename(id.clone(), name);
            })
            .on_key(move |event| {
                if event.key() == "Escape" {
                    self.renaming.set(None);
                }
            })
    }

    fn trash(self) -> Node {
        let rows: Vec<El> = self.all(true).into_iter().map(|p| self.trashed(p)).collect();
        match rows.is_empty() {
            true => Node::Nothing,
            false => many([el("h3").child(t(M::TrashTitle)), el("ul").class("trash").children(rows)]),
        }
    }

    fn trashed(self, project: Listed) -> El {
        let session = self.session;
        let (id, name) = (project.id.clone(), project.name.clone());
        let restore = move || {
            if let Err(why) = session.keep(|keep| keep.restore(&id)) {
                return session.complain(why.to_string());
            }
            session.list_changed();
        };
        let since = project.trashed.map_or(0, |since| browser::days_since(since.as_str()));
        let left = count(TRASH_DAYS.saturating_sub(since) as usize, M::TrashDay, M::TrashDays);
        let sure = self.going.get().as_deref() == Some(project.id.as_str());
        let id = project.id;
        let remove = move || {
            if self.going.get_untracked().as_deref() != Some(id.as_str()) {
                return self.going.set(Some(id.to_string()));
            }
            self.going.set(None);
            let (id, name) = (id.clone(), name.clone());
            leptos::task::spawn_local(async move {
                let gone = id.clone();
                let remove = move || match session.keep(|keep| keep.remove_for_good(&gone)) {
                    Ok(()) => session.say(fill(M::RemovedForGood, &[&name])),
                    Err(why) => session.complain(why.to_string()),
                };
                session.alone_with(id, Box::new(remove)).await;
            });
        };
        el("li")
            .child(el("span").class("title").child(project.name))
            .child(el("span").class("facts").child(left))
            .child(button(t(M::Restore)).class("quiet restore").on_click(restore))
            .child(
                button(t(if sure { M::ReallyRemove } else { M::RemoveForGood }))
                    .class(if sure { "remove-for-good risk" } else { "quiet remove-for-good" })
                    .on_click(remove),
            )
    }
}

/// Puts a project into the trash, unless another tab has it open.
fn remove(session: Session, project: &Listed, open: bool) {
    let (id, name) = (project.id.clone(), project.name.clone());
    leptos::task::spawn_local(async move {
        let gone = id.clone();
        let remove = move || {
            if let Err(why) = session.keep(|keep| keep.remove(&gone)) {
                return session.complain(why.to_string());
            }
            session.say(fill(M::ProjectRemoved, &[&name]));
            if open {
                session.begin(String::new());
            }
        };
        session.alone_with(id, Box::new(remove)).await;
    });
}

/// The backups of the open project.
fn backups(session: Session) -> Node {
    session.shelf_changed.track();
    let id = session.project.with(|p| p.id().clone());
    if !session.vitals.read().stored {
        return Node::Nothing;
    }
    let kept = session.keep(|keep| keep.backups(&id));
    let row = move |backup: crate::storage::Backup| {
        let why = t(match backup.reason {
            Reason::Import => M::BackupImport,
            Reason::Merge => M::BackupMerge,
            Reason::Migration => M::BackupMigration,
            Reason::Restore => M::BackupRestore,
            Reason::Asked => M::BackupAsked,
        });
        let words = fill(M::BackupLine, &[&ago(&backup.made), why, &backup.records.to_string()]);
        el("li").child(el("span").child(words)).child(
            button(t(M::BringBack))
                .class("quiet restore-backup")
                .on_click(move || session.restore_backup(backup.number)),
        )
    };
    let make = move || {
        if !session.may_write() {
            return;
        }
        let kept = session.keep(|keep| keep.back_up(&session.project.read_untracked(), Reason::Asked));
        match kept {
            Ok(()) => session.list_changed(),
            Err(why) => session.complain(why.to_string()),
        }
    };
    many([
        el("h3").id("backups").child(t(M::Backups)),
        el("p").class("hint").child(t(M::BackupsNote)),
        el("ul").class("backups").children(kept.into_iter().rev().map(row)),
        el("p").child(button(t(M::BackUpNow)).id("back-up").on_click(make)),
    ])
}
