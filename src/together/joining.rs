//! Colleagues' files: what each would bring, and joining them all in one step.

use super::describe::{article_title, person};
use super::tree::{Act as Any, Page, Tree, button, t};
use super::{Desk, Order, conflicts, words};
use crate::codecs::{MAX_FILE, decode, project_file};
use crate::merge::{Brought, ConflictKind, Fault, MergeError, Merged, merge};
use crate::model::{Project, RecordId};

/// A file as it was chosen.
#[derive(Clone, Debug)]
pub(super) struct Chosen {
    name: String,
    read: Result<Project, String>,
    /// Whether nothing of it was lost.
    whole: bool,
    /// What had to be said about parts of it.
    issues: Vec<String>,
}

#[derive(Clone, Debug)]
pub(super) enum Act {
    LeaveOut(usize),
    Join,
}

impl Desk {
    pub(super) fn choose(&mut self, files: Vec<(String, Vec<u8>)>) {
        let Some(project) = &self.project else { return };
        for (name, bytes) in files {
            let chosen = read(project, name, &bytes);
            // The same file chosen again takes the place of the first.
            self.chosen.retain(|other| other.name != chosen.name);
            self.chosen.push(chosen);
        }
        self.part = super::Part::Joining;
        self.found.merged = None;
    }

    pub(super) fn act_joining(&mut self, act: Act) -> Vec<Order> {
        match act {
            Act::LeaveOut(place) => {
                if place < self.chosen.len() {
                    self.chosen.remove(place);
                }
                self.found.merged = None;
                Vec::new()
            }
            Act::Join => self.join(),
        }
    }

    fn join(&mut self) -> Vec<Order> {
        let (Some(project), Some(merged)) = (&self.project, self.found.merged.take()) else {
            return Vec::new();
        };
        let news = merged.project.only(|id, entry| project.entry(id) != Some(entry));
        let report = report(&self.today, &merged);
        let said = words::with(words::JOINED, &joined(&merged, &news).each_ref().map(|n| &**n));
        self.chosen.clear();
        self.reports.insert(0, report.clone());
        let mut orders = Vec::new();
        if !news.is_empty() {
            orders.push(Order::TakeIn(project_file::write(&news)));
        }
        orders.extend([Order::Report(report), Order::Say(said)]);
        orders
    }
}

/// Reads a file, and says in plain words why it cannot be joined.
fn read(project: &Project, name: String, bytes: &[u8]) -> Chosen {
    let text = decode(bytes, MAX_FILE).map_err(|why| why.to_string());
    let loaded = text.and_then(|text| project_file::read(&text).map_err(|why| why.to_string()));
    let whole = loaded.as_ref().is_ok_and(|loaded| loaded.whole && loaded.value.damaged().is_empty());
    let (read, issues) = match loaded {
        Ok(loaded) if loaded.value.id() != project.id() => {
            let other = MergeError::OtherProject { file: name.clone(), name: loaded.value.name().to_owned() };
            (Err(other.to_string()), Vec::new())
        }
        Ok(loaded) => {
            (Ok(loaded.value), loaded.issues.iter().map(|i| format!("{}: {}", i.place, i.what)).collect())
        }
        Err(why) => (Err(why), Vec::new()),
    };
    Chosen { name, read, whole, issues }
}

/// A file that was read whole, or why it was not: one that breaks off may be whole tomorrow.
pub(super) fn whole(project: &Project, name: String, bytes: &[u8]) -> Result<Chosen, String> {
    if bytes.is_empty() {
        return Err(words::EMPTY.into());
    }
    let chosen = read(project, name, bytes);
    match &chosen.read {
        Err(why) => Err(why.clone()),
        Ok(_) if !chosen.whole => Err(words::NOT_WHOLE.into()),
        Ok(_) => Ok(chosen),
    }
}

/// How many files were joined, and what they brought, in words.
pub(super) fn joined(merged: &Merged, news: &Project) -> [String; 2] {
    [words::some(merged.files.len() - 1, "file", "files"), words::some(news.len(), "record", "records")]
}

/// What a join brought, to be told again later.
pub(super) fn report(today: &str, merged: &Merged) -> String {
    let lines = merged.files.iter().skip(1).map(|file| format!("{}: {}", file.file, counts(file)));
    format!("{today}\n{}", lines.collect::<Vec<_>>().join("\n"))
}

/// What joining all that can be joined would give.
pub(super) fn merged(project: &Project, chosen: &[Chosen]) -> Option<Merged> {
    let others = chosen.iter().filter_map(|c| Some((&*c.name, c.read.as_ref().ok()?)));
    let others: Vec<(&str, &Project)> = others.collect();
    if others.is_empty() { None } else { merge((project.name(), project), &others).ok() }
}

fn counts(file: &Brought) -> String {
    let of = |n: usize| n.to_string();
    words::with(words::BRINGS, &[&of(file.new), &of(file.changed), &of(file.deleted), &of(file.conflicts)])
}

pub(super) fn view(desk: &Desk, project: &Project, page: &Page) -> Tree {
    let choose = button(words::CHOOSE).id("choose-files").class("primary").set("data-kind", "together-files");
    let head = t("section")
        .child(t("h2").says(words::JOIN_TITLE))
        .child(t("p").class("hint").says(words::JOIN_HINT))
        .child(t("p").class("row").child(choose));
    let merged = desk.found.merged.as_ref();
    let files = desk.chosen.iter().enumerate().map(|(i, chosen)| {
        let brought = merged.and_then(|m| m.files.iter().skip(1).find(|b| b.file == chosen.name));
        file(project, merged, page, i, chosen, brought)
    });
    let good = desk.chosen.iter().filter(|c| c.read.is_ok()).count();
    let join = (good > 0).then(|| {
        let says = if good == 1 {
            words::JOIN_ONE.into()
        } else {
            words::with(words::JOIN_ALL, &[&good.to_string()])
        };
        button(says).id("join").class("primary").on(page, Any::Joining(Act::Join))
    });
    t("div")
        .class("joining")
        .child(head)
        .child(t("div").class("cards").children(files))
        .child(merged.map(faults))
        .child(
            join.map(|join| {
                t("p").class("row").child(join).child(t("span").class("hint").says(words::ONE_STEP))
            }),
        )
        .child(super::folder::view(desk, page))
        .child(same(desk, project, page))
        .child(conflicts::said_same(project, page))
        .child(reports(desk))
}

fn file(
    project: &Project,
    merged: Option<&Merged>,
    page: &Page,
    place: usize,
    chosen: &Chosen,
    brought: Option<&Brought>,
) -> Tree {
    let out = button(words::LEAVE_OUT).class("quiet").on(page, Any::Joining(Act::LeaveOut(place)));
    let card = t("section")
        .class("card-file")
        .child(t("header").class("row").child(t("h3").says(&*chosen.name)).child(out));
    let card = match (&chosen.read, brought) {
        (Err(why), _) => card.child(t("p").class("risk").set("role", "alert").says(why)),
        (Ok(_), Some(brought)) if brought.new + brought.changed == 0 => {
            card.child(t("p").says(words::NOTHING_NEW))
        }
        (Ok(_), Some(brought)) => card
            .child(t("p").class("counts").says(counts(brought)))
            .child(spread(merged.map_or(project, |m| &m.project), brought)),
        (Ok(_), None) => card,
    };
    let issues = chosen.issues.iter().take(5).map(|issue| t("li").says(issue));
    let more = chosen.issues.len().saturating_sub(5);
    let more = (more > 0).then(|| t("li").says(words::with(words::AND_MORE, &[&more.to_string()])));
    card.child((!chosen.issues.is_empty()).then(|| t("ul").class("risk").children(issues).child(more)))
}

/// Who made what it brings, and about which articles.
fn spread(joined: &Project, brought: &Brought) -> Tree {
    let row = |name: String, n: usize| {
        t("tr").child(t("th").set("scope", "row").says(name)).child(t("td").says(n.to_string()))
    };
    let people = brought.by_person.iter().map(|(id, n)| row(person(joined, id), *n));
    let articles = brought.by_article.iter().map(|(id, n)| row(article_title(joined, id), *n));
    let table = |title: &str, rows: Vec<Tree>| {
        (!rows.is_empty())
            .then(|| t("table").child(t("caption").says(title)).child(t("tbody").children(rows)))
    };
    t("div")
        .class("spread")
        .child(table(words::BY_PERSON, people.collect()))
        .child(table(words::BY_ARTICLE, articles.collect()))
}

/// What the files show to have gone wrong outside.
fn faults(merged: &Merged) -> Tree {
    let all = merged.faults.iter().take(5).map(|Fault::SameWriteOtherContent { record, other }| {
        t("p")
            .class("risk")
            .set("role", "alert")
            .says(words::with(words::COPIED, &[record.as_str(), other.as_str()]))
    });
    t("div").children(all)
}

/// People and labels of one name: one, or two? Asked here because joining is when it comes up.
fn same(desk: &Desk, project: &Project, page: &Page) -> Option<Tree> {
    let all = desk.found.conflicts.iter().flatten();
    let all = all.filter(|c| matches!(c.kind, ConflictKind::SamePersonName | ConflictKind::SameLabelName));
    let cards: Vec<Tree> = all.map(|c| conflicts::card(project, page, c)).collect();
    (!cards.is_empty()).then(|| {
        t("section").child(t("h2").says(words::SAME_TITLE)).child(t("div").class("cards").children(cards))
    })
}

fn reports(desk: &Desk) -> Option<Tree> {
    (!desk.reports.is_empty()).then(|| {
        let one = |report: &String| t("li").children(report.lines().map(|line| t("p").says(line)));
        t("details")
            .class("reports")
            .child(t("summary").says(words::REPORTS))
            .child(t("ul").children(desk.reports.iter().map(one)))
    })
}

/// The aliases that hold can be taken back.
pub(super) fn order_same(a: &RecordId, b: &RecordId, same: bool) -> Order {
    Order::Same { a: a.to_string(), b: b.to_string(), same }
}
