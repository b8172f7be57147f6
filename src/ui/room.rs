//! What is done for the storage beside storing: making room, tidying up, backups, asking the browser to keep.

use super::keep::Keep;
use super::messages::{M, count, fill, t};
use super::session::Session;
use super::tabs::{Role, lock_name};
use crate::browser::{self, Claim, Claimed};
use crate::model::{Id, Project, ProjectInfo, RecordId};
use crate::storage::Reason;
use crate::store::{Command, decide};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// How long a removed project stays in the trash, in days.
pub(super) const TRASH_DAYS: u64 = 30;
/// Texts that are moved before the page is given a chance to do something else.
const AT_ONCE: usize = 50;

impl Session {
    /// Moves article texts to the second copy where the storage grows full: read back and compared before
    /// anything is let go.
    pub(super) fn make_room(self) {
        let open = self.project.read_untracked().id().clone();
        let texts = self.keep(|keep| keep.texts_to_move(&open));
        let Some(copy) = self.keep(|keep| keep.second_copy()) else { return };
        if texts.is_empty() || self.moving.get_untracked() {
            return;
        }
        self.moving.set(true);
        spawn_local(async move {
            let mut moved = 0;
            for some in texts.chunks(AT_ONCE) {
                // Only what has arrived can be read back.
                if !copy.settle(10_000).await {
                    break;
                }
                let Ok(values) = copy.read(some).await else { break };
                let pairs = some.iter().cloned().zip(values).collect();
                moved += self.keep(|keep| keep.let_go(pairs));
            }
            self.moving.set(false);
            if moved > 0 {
                self.say(count(moved, M::TextMoved, M::TextsMoved));
                self.store_again();
            }
        });
    }

    /// Empties the trash of what has been there long enough, and removes what broken-off removals left.
    pub(super) fn tidy(self) {
        self.keep(|keep| keep.tidy());
        if let Some(copy) = self.keep(|keep| keep.second_copy()) {
            spawn_local(async move {
                if copy.settle(10_000).await {
                    self.keep(|keep| keep.second_copy_is_whole());
                }
            });
        }
        let old = |day: &str| browser::days_since(day) >= TRASH_DAYS;
        let all = self.keep(|keep| keep.list()).into_iter();
        let expired = all.filter(|p| p.trashed.as_ref().is_some_and(|since| old(since.as_str())));
        for project in expired {
            spawn_local(async move {
                let gone = project.id.clone();
                let remove = move || {
                    if self.keep(|keep| keep.is_long_expired(&gone)) {
                        // It is tried again at the next start.
                        let _ = self.keep(|keep| keep.remove_for_good(&gone));
                    }
                };
                self.alone_with(project.id, Box::new(remove)).await;
            });
        }
    }

    /// Does something to a stored project while no other tab writes it; says so, and does nothing, where one
    /// does.
    pub(super) async fn alone_with(self, id: Id<ProjectInfo>, f: Box<dyn FnOnce()>) {
        let open = self.project.with_untracked(|p| *p.id() == id);
        if open {
            if self.may_write() {
                f();
            }
        } else {
            // Held until the end of the block.
            let claimed = browser::claim(&lock_name(&id), Claim::IfFree, || {}).await;
            match claimed {
                Claimed::Elsewhere => self.complain(t(M::OtherTabHas).to_owned()),
                _ => f(),
            }
        }
        self.list_changed();
    }

    /// Asks the browser to keep what is stored: after the first real edit, since some ask the person.
    pub(super) fn ask_to_persist(self) {
        spawn_local(async move {
            if !browser::is_persistent().await {
                browser::persist().await;
            }
        });
    }

    /// Brings a backup back; what is there now is kept as a backup itself.
    pub(super) fn restore_backup(self, number: u64) {
        if !self.may_write() {
            return;
        }
        let id = self.project.read_untracked().id().clone();
        let taken_up = self.taken_up();
        spawn_local(async move {
            let read = move |keep: &mut Keep, id: &Id<ProjectInfo>| keep.read_backup(id, number);
            let Some((earlier, _, findings)) = self.read_stored(&id, &read).await else { return };
            if self.taken_up() != taken_up || !self.may_write() {
                return;
            }
            // Nothing is changed before what is there now is safe.
            if let Err(why) = self.keep(|keep| keep.back_up(&self.project.read_untracked(), Reason::Restore))
            {
                return self.complain(why.to_string());
            }
            let whole = findings.is_empty();
            self.run(Command::BringBack { earlier: Box::new(earlier), whole });
            self.drop_dangling();
            self.list_changed();
            self.say(t(M::BackupRestored).to_owned());
            if !whole {
                self.complain(fill(M::BackupNotWhole, &[&findings.join(" ")]));
            }
        });
    }

    /// Stores a copy of a project under a new id.
    pub(super) fn duplicate(self, id: &Id<ProjectInfo>) {
        if self.role.get_untracked() == Role::Visitor {
            return self.complain(t(M::NewerBanner).to_owned());
        }
        if self.project.with_untracked(|p| p.id() == id) {
            return self.store_copy(&self.project.get_untracked());
        }
        let id = id.clone();
        spawn_local(async move {
            if let Some((original, ..)) = self.read_stored(&id, &Keep::look).await {
                self.store_copy(&original);
            }
        });
    }

    /// A name that no project in the list has: the one given, or that with a number.
    pub(super) fn free_name(&self, name: String) -> String {
        let taken: Vec<String> = self.keep(|keep| keep.list()).into_iter().map(|p| p.name).collect();
        let names = (2_usize..).map(|n| format!("{name} {n}"));
        let mut names = std::iter::once(name.clone()).chain(names);
        names.find(|name| !taken.contains(name)).unwrap_or_default()
    }

    fn store_copy(self, original: &Project) {
        let mut copy = Project::new(Id::random(super::session::fresh_bits()));
        for (record, entry) in original.records() {
            let own = record == original.id().record();
            let record = if own { copy.id().record().clone() } else { record.clone() };
            copy.merge_entry(record, entry.clone());
        }
        for (record, json) in original.damaged() {
            copy.keep_damaged(record.clone(), json.clone());
        }
        for (name, json) in original.unknown() {
            copy.keep_unknown(name.to_owned(), json.clone());
        }
        let name = self.free_name(fill(M::CopyOf, &[original.name()]));
        let renamed = Command::RenameProject { name: name.clone() };
        let step = self.act_on(&copy, |project, context| decide(project, renamed, context));
        if let Ok(step) = step {
            crate::store::apply(&mut copy, &step);
        }
        match self.keep(|keep| keep.store_aside(&copy)) {
            Ok(()) => self.say(fill(M::Duplicated, &[&name])),
            Err(why) => self.complain(why.to_string()),
        }
        self.make_room();
        self.list_changed();
    }

    /// Removes a deleted article or story for good: from the project, and from every value that is stored of it.
    pub(super) fn purge(self, record: RecordId, name: &str) {
        if !self.run(Command::Purge { records: vec![record] }) {
            return;
        }
        let id = self.project.read_untracked().id().clone();
        self.drop_dangling();
        self.list_changed();
        match self.keep(|keep| keep.is_removing(&id)) {
            true => self.complain(t(M::RemovalUnfinished).to_owned()),
            false => self.say(fill(M::RemovedForGood, &[name])),
        }
    }

    /// Renames a stored project, open or not.
    pub(super) fn rename(self, id: Id<ProjectInfo>, name: String) {
        if self.project.with_untracked(|p| *p.id() == id) {
            self.run(Command::RenameProject { name });
            return self.list_changed();
        }
        spawn_local(async move {
            let of = id.clone();
            // Whatever must come from the second copy is here from now on.
            if self.read_stored(&of, &Keep::look).await.is_none() {
                return;
            }
            let rename = move || {
                let loaded = self.keep(|keep| keep.load(&of)).map_err(|why| why.to_string());
                let renamed = loaded.and_then(|(mut project, mut history, _)| {
                    let renamed = Command::RenameProject { name };
                    let step = self.act_on(&project, |project, context| decide(project, renamed, context));
                    let step = step.map_err(|why| why.to_string())?;
                    crate::store::apply(&mut project, &step);
                    history.record(step.clone());
                    self.keep(|keep| keep.append(&project, &history, &step));
                    self.keep(|keep| keep.close(&of));
                    Ok(())
                });
                if let Err(why) = renamed {
                    self.complain(why);
                }
            };
            self.alone_with(id, Box::new(rename)).await;
        });
    }

    /// Whether another tab writes the open project.
    pub(super) fn is_follower(&self) -> bool {
        self.role.get() == Role::Follower
    }
}
