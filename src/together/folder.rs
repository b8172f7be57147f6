//! The shared folder: everybody's files are read and joined, and one writes only one's own. Whatever carries
//! the folder from machine to machine (a file-syncing service, a Git repository) is the server.
//!
//! The browser's part, choosing, reading and writing, is done elsewhere; here is what becomes of the files. What
//! cannot be read whole is named and left alone: nobody else's file is ever written, and one's own damaged one
//! neither.

use super::joining::{self, Chosen};
use super::tree::{Act as Any, Page, Tree, button, t};
use super::{Desk, words};
use crate::beside::{FolderAct, FolderNow, Order};
use crate::codecs::project_file;
use crate::merge::export;
use crate::model::{Id, Person, Project};
use crate::text::shingles::stable_hash;

/// The folder as this desk knows it.
#[derive(Default)]
pub(super) struct Shared {
    name: String,
    asleep: bool,
    /// Names of the files that were joined.
    read: Vec<String>,
    /// Files that were left alone, and why.
    skipped: Vec<(String, String)>,
    /// One's own file, and a hash of what it holds.
    own: Option<(String, u64)>,
    /// Why one's own file could not be written, where it could not.
    failed: Option<String>,
}

/// What a project's file is called at its end.
const END: &str = ".variorum.json";

/// Whether a file in the folder may be somebody's work. Copies that a syncing service made of one file for two
/// writers keep its ending, whatever else they add to the name.
fn may_be_work(name: &str) -> bool {
    name.to_lowercase().ends_with(".json") && !name.starts_with('.')
}

/// Whether a file is one that a syncing service has not brought whole yet: `.name.variorum.json.icloud`,
/// `.syncthing.name.variorum.json.tmp` and their like.
fn is_on_its_way(name: &str) -> bool {
    name.to_lowercase().contains(END) && !may_be_work(name)
}

/// How the names of a person's own files end: nobody else's do.
fn own_end(me: &Id<Person>) -> String {
    let id = me.as_str();
    format!(" {}{END}", &id[id.len().saturating_sub(8)..])
}

impl Desk {
    /// Takes in what lies in the folder, and says what is new and what was left alone.
    pub(super) fn read_folder(&mut self, now: FolderNow) -> Vec<Order> {
        let (Some(project), Some(me)) = (&self.project, &self.me) else { return Vec::new() };
        let mut shared = Shared { name: now.name, asleep: now.asleep, ..Shared::default() };
        if shared.name.is_empty() || shared.asleep {
            self.shared = shared;
            return Vec::new();
        }
        let mut good: Vec<Chosen> = Vec::new();
        let own_end = own_end(me);
        for (name, bytes) in now.files {
            if is_on_its_way(&name) {
                shared.skipped.push((name, words::ON_ITS_WAY.into()));
            } else if may_be_work(&name) {
                match joining::whole(project, name.clone(), &bytes) {
                    Ok(file) => {
                        if name.ends_with(&own_end) && shared.own.is_none() {
                            shared.own = Some((name.clone(), stable_hash(&*String::from_utf8_lossy(&bytes))));
                        }
                        shared.read.push(name);
                        good.push(file);
                    }
                    Err(why) => shared.skipped.push((name, why)),
                }
            }
        }
        let mut orders = self.join_folder(&good);
        if !shared.skipped.is_empty() {
            let names: Vec<&str> = shared.skipped.iter().map(|(name, _)| &**name).collect();
            orders.push(Order::Say(words::with(words::FOLDER_SKIPPED, &[&names.join(", ")])));
        }
        self.shared = shared;
        orders.extend(self.share());
        orders
    }

    /// Joins what is new. It is nothing that the person did, so Undo passes over it.
    fn join_folder(&mut self, good: &[Chosen]) -> Vec<Order> {
        let Some(project) = &mut self.project else { return Vec::new() };
        let Some(merged) = joining::merged(project, good) else { return Vec::new() };
        let news = merged.project.only(|id, entry| project.entry(id) != Some(entry));
        if news.is_empty() {
            return Vec::new();
        }
        let report = joining::report(&self.today, &merged);
        self.reports.insert(0, report.clone());
        let said =
            words::with(words::FOLDER_JOINED, &joining::joined(&merged, &news).each_ref().map(|n| &**n));
        *project = merged.project;
        self.found = super::Found::default();
        vec![Order::CatchUp(project_file::write(&news)), Order::Report(report), Order::Say(said)]
    }

    /// One's own file anew, where it does not hold one's work as it is.
    pub(super) fn share(&mut self) -> Option<Order> {
        let (Some(project), Some(me)) = (&self.project, &self.me) else { return None };
        if self.shared.name.is_empty() || self.shared.asleep {
            return None;
        }
        let mine = export::my_work(project, me);
        if !mine.records().any(|(_, entry)| entry.made.by == *me) {
            // Whoever has done nothing yet has nothing to send.
            return None;
        }
        let content = project_file::write(&mine);
        let hash = stable_hash(&*content);
        let name = match &self.shared.own {
            Some((_, before)) if *before == hash => return None,
            Some((name, _)) => name.clone(),
            None => self.own_name(project, me),
        };
        self.shared.own = Some((name.clone(), hash));
        Some(Order::WriteOwn { name, content })
    }

    /// A name for one's own file that no file has which was left alone.
    fn own_name(&self, project: &Project, me: &Id<Person>) -> String {
        let safe = |words: String| -> String {
            let safe = |c: char| if c.is_alphanumeric() || "-_ ".contains(c) { c } else { '-' };
            words.chars().map(safe).take(60).collect()
        };
        let first = safe(format!("{} {}", project.name(), project.person_name(me)));
        let taken = |name: &String| self.shared.skipped.iter().any(|(other, _)| other == name);
        let named = |n: usize| match n {
            0 => format!("{}{}", first.trim(), own_end(me)),
            n => format!("{} {}{}", first.trim(), n + 1, own_end(me)),
        };
        let free = (0..=self.shared.skipped.len()).map(named).find(|name| !taken(name));
        free.unwrap_or_else(|| named(0))
    }

    /// Takes note that one's own file was not written.
    pub(super) fn not_written(&mut self, why: String) {
        if let Some((_, hash)) = &mut self.shared.own {
            *hash = 0;
        }
        self.shared.failed = Some(why);
    }
}

pub(super) fn view(desk: &Desk, page: &Page) -> Option<Tree> {
    if !desk.can_share {
        return None;
    }
    let shared = &desk.shared;
    let does = |says: &str, id: &str, act: FolderAct| {
        button(says).id(id).on(page, Any::Orders(vec![Order::Folder(act)]))
    };
    let choose = does(words::FOLDER_CHOOSE, "folder-choose", FolderAct::Choose);
    let leave = || does(words::FOLDER_LEAVE, "folder-leave", FolderAct::Leave).class("quiet");
    let section = t("section").class("folder").id("folder").child(t("h2").says(words::FOLDER_TITLE));
    if shared.name.is_empty() {
        let section = section.child(t("p").class("hint").says(words::FOLDER_HINT));
        return Some(section.child(t("p").class("row").child(choose)));
    }
    let named = words::with(words::FOLDER_NAMED, &[&shared.name]);
    if shared.asleep {
        let wake = does(words::FOLDER_READ, "folder-wake", FolderAct::Wake).class("primary");
        let section =
            section.child(t("p").says(named)).child(t("p").class("hint").says(words::FOLDER_ASLEEP));
        return Some(section.child(t("p").class("row").child(wake).child(leave())));
    }
    let own = shared.own.as_ref().map(|(name, _)| t("p").says(words::with(words::FOLDER_OWN, &[name])));
    let read = words::with(words::FOLDER_COUNT, &[&words::some(shared.read.len(), "file", "files")]);
    let skipped = shared.skipped.iter().map(|(name, why)| t("li").says(format!("{name}: {why}")));
    let skipped = (!shared.skipped.is_empty()).then(|| {
        t("div")
            .child(t("p").says(words::FOLDER_LEFT))
            .child(t("ul").class("risk").id("folder-skipped").children(skipped))
    });
    let failed = shared
        .failed
        .as_ref()
        .map(|why| t("p").class("risk").set("role", "alert").says(words::with(words::FOLDER_FAILED, &[why])));
    let again = does(words::FOLDER_AGAIN, "folder-again", FolderAct::Wake);
    Some(
        section
            .child(t("p").says(format!("{named} {read}")))
            .child(own)
            .child(failed)
            .child(skipped)
            .child(t("p").class("hint").says(words::FOLDER_NOT_BLIND))
            .child(t("p").class("row").child(again).child(leave())),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_that_syncing_services_make_are_work_and_unfinished_files_are_on_their_way() {
        for name in [
            "Ferry Anna 12345678.variorum.json",
            "Ferry Anna 12345678.variorum (Boris's conflicted copy 2026-11-22).json",
            "Ferry Anna 12345678.variorum (conflicted copy).json",
            "Ferry Anna 12345678.variorum.sync-conflict-20261122-101112-ABCDEFG.json",
            "Ferry Anna 12345678.variorum-LAPTOP.json",
            "Ferry Anna 12345678.variorum (1).JSON",
        ] {
            assert!(may_be_work(name) && !is_on_its_way(name), "{name}");
        }
        for name in [
            ".Ferry Anna 12345678.variorum.json.icloud",
            ".syncthing.Ferry Anna 12345678.variorum.json.tmp",
            "Ferry Anna 12345678.variorum.json.part",
            "Ferry Anna 12345678.variorum.json.crswap",
        ] {
            assert!(!may_be_work(name) && is_on_its_way(name), "{name}");
        }
        for name in ["notes.txt", ".DS_Store", "guidelines.pdf"] {
            assert!(!may_be_work(name) && !is_on_its_way(name), "{name}");
        }
    }
}
