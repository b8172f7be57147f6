//! What comes in, as it is shown: the files, what their labels mean, what they would bring.

use super::incoming::{Found, Label, readable};
use super::{Act, Desk, field, wide, words};
use crate::model::{Label as SchemeLabel, Project, SegmentKind};
use crate::tree::{Page, Tree, button, select, t};

pub(super) fn view(desk: &Desk, project: &Project, page: &Page<Act>) -> Tree {
    let choose =
        button(words::CHOOSE).id("choose-training").class("primary").set("data-kind", "training-files");
    let head = t("section")
        .child(t("h2").says(words::IN_TITLE))
        .child(t("p").class("hint").says(words::IN_HINT))
        .child(t("p").class("row").child(choose));
    let body = t("div").class("importing").child(head);
    let names = desk.incoming.names();
    if names.is_empty() {
        return body.child(can_read());
    }
    let files = t("ul").id("files").children(names.iter().take(8).map(|name| t("li").says(*name)));
    let more = names.len().saturating_sub(8);
    let more =
        (more > 0).then(|| t("p").class("hint").says(words::with(words::AND_MORE, &[&more.to_string()])));
    let leave = button(words::LEAVE).id("leave").class("quiet").on(page, Act::Leave);
    let chosen = t("section")
        .child(files)
        .child(more)
        .child(format_of(desk, page))
        .child(t("p").class("row").child(leave));
    let found = match &desk.incoming.found {
        Some(Ok(found)) => shown(project, page, found),
        Some(Err(why)) => t("p").class("risk").id("not-read").set("role", "alert").says(&**why),
        None => t("p").set("role", "status").says(words::READING),
    };
    body.child(chosen).child(found)
}

/// What there is to choose from, before anything is chosen.
fn can_read() -> Tree {
    let one = |codec: &'static dyn crate::codecs::exchange::Codec| {
        t("li").child(t("b").says(codec.name())).child(t("span").says(format!(" {}", codec.about())))
    };
    t("section")
        .id("can-read")
        .child(t("h3").says(words::CAN_READ))
        .child(t("ul").class("plain-list").children(readable().map(one)))
}

fn format_of(desk: &Desk, page: &Page<Act>) -> Tree {
    let recognised = match &desk.incoming.found {
        Some(Ok(found)) => found.format,
        _ => "–",
    };
    let chosen = desk.incoming.format.unwrap_or_default();
    let first = (String::new(), words::with(words::RECOGNISED, &[recognised]));
    let all = readable().map(|codec| (codec.name().to_owned(), codec.name().to_owned()));
    let all = std::iter::once(first).chain(all);
    let control = select(words::FORMAT, chosen, all).id("in-format").on(page, Act::InFormat);
    t("p").class("row").child(field(words::FORMAT, control))
}

fn shown(project: &Project, page: &Page<Act>, found: &Found) -> Tree {
    let news = &found.news;
    let numbers = [news.taken.texts, news.known, news.taken.records].map(|n| n.to_string());
    let holds = words::with(words::HOLDS, &numbers.each_ref().map(|n| &**n));
    let take = match news.taken.records {
        0 => t("p").id("nothing-new").says(words::NOTHING_NEW),
        n => {
            let says = words::with(words::TAKE_IN, &[&n.to_string()]);
            t("p")
                .class("row")
                .child(button(says).id("take-in").class("primary").on(page, Act::TakeIn))
                .child(t("span").class("hint").says(words::ONE_STEP))
        }
    };
    t("section")
        .child(t("p").id("holds").says(holds))
        .child(annotators(found))
        .child(labels(project, page, found))
        .child(issues(found))
        .child(take)
}

/// Who annotated, where the files say.
fn annotators(found: &Found) -> Option<Tree> {
    let all: Vec<&str> = found.news.taken.annotators.iter().map(|name| &**name).collect();
    let says = || words::with(words::ANNOTATED_BY, &[&all.join(", ")]);
    (!all.is_empty()).then(|| t("p").id("annotated-by").says(says()))
}

/// The labels, each with what it means here, to be changed.
fn labels(project: &Project, page: &Page<Act>, found: &Found) -> Tree {
    let all = found.labels();
    if all.is_empty() {
        return t("p").class("hint").says(words::NO_LABELS);
    }
    let choices = meanings(project);
    let row = |label: &Label| {
        let now = found.news.taken.labels.get(&label.name).map_or("", |now| now);
        let mut choices = choices.clone();
        if choices.iter().all(|(id, _)| id != now) {
            choices.push((now.to_owned(), now.to_owned()));
        }
        let name = format!("{}: {}", label.name, words::MEANING);
        let means = select(&name, now, choices).id(format!("means-{}", label.name));
        t("tr")
            .child(t("th").set("scope", "row").says(&*label.name))
            .child(t("td").child(means.on(page, Act::Means(label.name.clone()))))
            .child(t("td").class("number").says(label.count.to_string()))
            .child(t("td").class("hint").says(&*label.example))
    };
    let head = [words::LABEL, words::MEANING, words::OCCURS, words::EXAMPLE];
    let head = head.map(|name| t("th").set("scope", "col").says(name));
    let table = t("table")
        .id("labels")
        .child(t("thead").child(t("tr").children(head)))
        .child(t("tbody").children(all.iter().map(row)));
    t("section")
        .child(t("h3").says(words::LABELS))
        .child(t("p").class("hint").says(words::LABELS_HINT))
        .child(wide(words::LABELS, table))
}

/// What a label may mean: the parts of attributions, segments, the stances of the project's schemes.
fn meanings(project: &Project) -> Vec<(String, String)> {
    let mut all = vec![(String::new(), words::AUTOMATIC.to_owned())];
    all.extend(words::MEANINGS.map(|(id, name)| (id.to_owned(), name.to_owned())));
    all.extend(SegmentKind::ALL.iter().map(|kind| {
        let id = format!("segment:{}", kind.as_str());
        (id.clone(), id)
    }));
    let labels = project
        .all::<SchemeLabel>()
        .filter_map(|l| Some(format!("stance:{}/{}", l.scheme, l.name.get().clone()?)));
    let mut labels: Vec<String> = labels.collect();
    labels.sort();
    labels.dedup();
    all.extend(labels.into_iter().map(|id| (id.clone(), id)));
    all.push(("ignore".to_owned(), words::IGNORE.to_owned()));
    all
}

fn issues(found: &Found) -> Option<Tree> {
    const SHOWN: usize = 20;
    let all: Vec<_> = found.issues().collect();
    if all.is_empty() {
        return None;
    }
    let lines = all.iter().take(SHOWN).map(|i| t("li").says(format!("{}: {}", i.place, i.what)));
    let more = all.len().saturating_sub(SHOWN);
    let more = (more > 0).then(|| t("li").says(words::with(words::AND_MORE, &[&more.to_string()])));
    let says = words::with(words::ISSUES, &[&all.len().to_string()]);
    Some(
        t("details")
            .id("issues")
            .set("open", "")
            .child(t("summary").says(says))
            .child(t("ul").children(lines).child(more)),
    )
}
