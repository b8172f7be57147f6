//! What goes out, as it is shown: formats, choices, the split, and what one will get.

use super::choices::{EVERYONE, GOLD, LAYERS, PARTS};
use super::look::{Format, Look};
use super::{Act, Desk, field, wide, words};
use crate::codecs::exchange::{Codec, Direction, Unit};
use crate::codecs::format;
use crate::dataset::Annotators;
use crate::model::{Article, Project, RecordId};
use crate::tree::{Page, Tree, button, select, t};
use std::collections::BTreeSet;

pub(super) fn view(desk: &Desk, project: &Project, page: &Page<Act>) -> Tree {
    let head = t("section").child(t("h2").says(words::TITLE)).child(t("p").class("hint").says(words::HINT));
    let body = t("div").class("exporting").child(head);
    let articles = project.all::<Article>().count();
    if articles == 0 {
        return body.child(t("p").class("empty").id("no-articles").says(words::NO_ARTICLES));
    }
    body.child(formats(desk, page))
        .child(what(desk, project, page))
        .child(split(desk, project, page))
        .child(result(desk, articles, page))
}

fn formats(desk: &Desk, page: &Page<Act>) -> Tree {
    let group = |(name, formats): &(&str, &[&str])| {
        let all = formats.iter().filter_map(|name| format(name)).map(|codec| one(desk, page, codec));
        t("section").class("formats").child(t("h3").says(*name)).child(t("ul").children(all))
    };
    t("section").id("formats").child(t("h2").says(words::FORMATS)).children(words::GROUPS.iter().map(group))
}

/// A format: who reads it, what it counts in, what it cannot hold.
fn one(desk: &Desk, page: &Page<Act>, codec: &'static dyn Codec) -> Tree {
    let name = codec.name();
    let on = desk.choices.formats.iter().any(|chosen| chosen == name);
    let toggle = button(name).id(format!("format-{name}")).class("toggle").pressed(on);
    let unit = match codec.unit() {
        Unit::None => words::NO_POSITIONS.to_owned(),
        unit => words::with(words::COUNTS_IN, &[unit.as_str()]),
    };
    let losses: Vec<&str> = codec.losses().iter().map(|loss| loss.as_str()).collect();
    let losses = match losses.is_empty() {
        true => words::HOLDS_ALL.to_owned(),
        false => words::with(words::CANNOT_HOLD, &[&losses.join(", ")]),
    };
    let back = if codec.direction() == Direction::Out { "" } else { words::READS_BACK };
    let about = upper(codec.about());
    t("li")
        .child(toggle.on(page, Act::Format(name)))
        .child(t("p").says(format!("{about}.")))
        .child(t("p").class("hint").says([&*unit, &*losses, back].join(" ")))
}

fn what(desk: &Desk, project: &Project, page: &Page<Act>) -> Tree {
    let choices = &desk.choices;
    let layers = LAYERS.iter().enumerate().map(|(i, layer)| {
        let name = layer.as_str();
        button(words::layer(name))
            .id(format!("layer-{name}"))
            .class("toggle")
            .pressed(choices.has(layer))
            .on(page, Act::Layer(i))
    });
    let layers = t("div")
        .class("row")
        .set("role", "group")
        .set("aria-label", words::LAYERS)
        .child(t("span").says(words::LAYERS))
        .children(layers);
    let mut who = vec![(EVERYONE.to_owned(), words::EVERYONE.to_owned())];
    who.push((GOLD.to_owned(), words::GOLD.to_owned()));
    who.extend(annotators(project));
    let known = who.iter().any(|(id, _)| *id == choices.whose);
    let whose = if known { &choices.whose } else { EVERYONE };
    let whose = select(words::WHOSE, whose, who).id("whose").on(page, Act::Whose);
    let tokens = if choices.plain_words { "words" } else { "cut" };
    let cuts = [("cut", words::CUT), ("words", words::WORDS)].map(|(id, name)| (id.to_owned(), name));
    let tokens = select(words::TOKENS, tokens, cuts).id("tokens").on(page, Act::Tokens);
    let texts = if choices.without_texts { words::WITHOUT_TEXTS } else { words::WITH_TEXTS };
    let texts = button(texts)
        .id("texts")
        .class("toggle")
        .set("aria-label", format!("{}: {texts}", words::TEXTS))
        .on(page, Act::WithoutTexts);
    t("section")
        .child(t("h2").says(words::WHAT))
        .child(layers)
        .child(t("div").class("row").child(field(words::WHOSE, whose)).child(field(words::TOKENS, tokens)))
        .child(
            t("div")
                .class("row")
                .child(t("span").says(words::TEXTS))
                .child(texts)
                .child(t("span").class("hint").says(words::TEXTS_HINT)),
        )
}

/// Those who annotated, but for what was decided as gold.
fn annotators(project: &Project) -> Vec<(String, String)> {
    let all = Annotators::of(project, &project.same());
    let named = |id: &RecordId| {
        let name = id.typed().map(|id| project.person_name(&id)).unwrap_or_default();
        let id = id.as_str().to_owned();
        // Of somebody without a name, the end of the id tells who it is.
        let shown = if name.is_empty() {
            id.get(id.len().saturating_sub(4)..).unwrap_or(&id).to_owned()
        } else {
            name
        };
        (id, shown)
    };
    all.all().into_iter().map(named).collect()
}

fn split(desk: &Desk, project: &Project, page: &Page<Act>) -> Tree {
    let choices = &desk.choices;
    let says = if choices.split { words::SPLIT_ON } else { words::SPLIT_OFF };
    let toggle = button(says).id("split").class("toggle").pressed(choices.split).on(page, Act::Split);
    let section = t("section")
        .child(t("h2").says(words::SPLIT))
        .child(t("p").class("hint").says(words::SPLIT_HINT))
        .child(t("p").class("row").child(toggle));
    if !choices.split {
        return section;
    }
    let number = |id: String, label: &str, value: String, act: Act| {
        let input = t("input").id(id).set("type", "number").set("min", "0").set("value", value);
        field(label, input.on(page, act))
    };
    let share = |(i, name): (usize, &&str)| {
        let label = words::with(words::SHARE_OF, &[name]);
        number(format!("share-{name}"), &label, choices.shares[i].to_string(), Act::Share(i))
    };
    let numbers = t("p").class("row").children(PARTS.iter().enumerate().map(share)).child(number(
        "split-seed".into(),
        words::SEED,
        choices.seed.to_string(),
        Act::Seed,
    ));
    let from = t("input").id("test-from").set("type", "date").set("value", choices.test_from.clone());
    let all = project.all::<Article>().filter_map(|a| a.outlet.get().clone());
    let outlets: BTreeSet<String> =
        all.chain(Some(choices.test_outlet.clone())).filter(|o| !o.is_empty()).collect();
    let none = (String::new(), words::NO_OUTLET.to_owned());
    let outlets = std::iter::once(none).chain(outlets.into_iter().map(|o| (o.clone(), o)));
    let outlet = select(words::TEST_OUTLET, &choices.test_outlet, outlets).id("test-outlet");
    let rules = t("p")
        .class("row")
        .child(field(words::TEST_FROM, from.on(page, Act::TestFrom)))
        .child(field(words::TEST_OUTLET, outlet.on(page, Act::TestOutlet)));
    section.child(numbers).child(rules)
}

fn result(desk: &Desk, articles: usize, page: &Page<Act>) -> Tree {
    let section = t("section").id("result").child(t("h2").says(words::LOOK));
    if desk.choices.codecs().is_empty() {
        return section.child(t("p").class("empty").says(words::NO_FORMAT));
    }
    let Some(look) = &desk.look else {
        let many = words::with(words::MANY, &[&articles.to_string()]);
        let go = button(words::LOOK_FIRST).id("look").class("primary").on(page, Act::Look);
        return section.child(t("p").class("row").child(go).child(t("span").class("hint").says(many)));
    };
    let nothing = look.counts.labels.is_empty();
    let nothing = nothing.then(|| t("p").class("empty").id("no-marks").says(words::NO_MARKS));
    section
        .child(nothing)
        .child(several(look))
        .child(shares(look))
        .child(leaks(desk, look))
        .children(look.formats.iter().map(report))
        .child(save(look, page))
}

/// That everybody's marks go out, where several people annotated the same texts.
fn several(look: &Look) -> Option<Tree> {
    let count = look.counts.several;
    let says = || words::with(words::SEVERAL, &[&count.to_string()]);
    (count > 0).then(|| t("p").class("hint").id("several").says(says()))
}

fn save(look: &Look, page: &Page<Act>) -> Option<Tree> {
    let writable: Vec<&Format> = look.formats.iter().filter(|f| f.refused.is_none()).collect();
    let says = match writable[..] {
        [] => return None,
        [one] => words::with(words::SAVE_ONE, &[one.codec.name()]),
        _ => words::with(words::SAVE_ALL, &[&writable.len().to_string()]),
    };
    Some(t("p").class("row").child(button(says).id("save").class("primary").on(page, Act::Save)))
}

/// A share in whole hundredths, or less than one.
fn percent(part: usize, whole: usize) -> String {
    match (part * 100 + whole / 2).checked_div(whole) {
        None => "–".to_owned(),
        Some(0) if part > 0 => "< 1 %".to_owned(),
        Some(share) => format!("{share} %"),
    }
}

/// The parts beside each other: articles, and each label with its share.
fn shares(look: &Look) -> Tree {
    let parts = look.parts.len();
    let totals: Vec<usize> =
        (0..parts).map(|part| look.counts.labels.values().map(|counts| counts[part]).sum()).collect();
    let whole: usize = totals.iter().sum();
    let one = parts == 1;
    let head = look.parts.iter().map(|part| part.name.clone()).chain((!one).then(|| words::WHOLE.to_owned()));
    let head = std::iter::once(words::LABEL.to_owned()).chain(head);
    let head = head.map(|name| t("th").set("scope", "col").says(name));
    let number = |says: String| t("td").class("number").says(says);
    let all: usize = look.parts.iter().map(|part| part.documents).sum();
    let articles = t("tr")
        .child(t("th").set("scope", "row").says(words::ARTICLES))
        .children(look.parts.iter().map(|part| number(part.documents.to_string())))
        .child((!one).then(|| number(all.to_string())));
    let row = |(label, counts): (&String, &Vec<usize>)| {
        let cell =
            |(count, total): (&usize, &usize)| number(format!("{count} · {}", percent(*count, *total)));
        let sum: usize = counts.iter().sum();
        t("tr")
            .child(t("th").set("scope", "row").says(&**label))
            .children(counts.iter().zip(&totals).map(cell))
            .child((!one).then(|| number(format!("{sum} · {}", percent(sum, whole)))))
    };
    let table = t("table")
        .id("shares")
        .child(t("caption").says(words::SHARES))
        .child(t("thead").child(t("tr").children(head)))
        .child(t("tbody").child(articles).children(look.counts.labels.iter().map(row)));
    wide(words::SHARES, table)
}

/// Whether copies stand on two sides.
fn leaks(desk: &Desk, look: &Look) -> Option<Tree> {
    desk.choices.plan()?;
    if look.leaks.is_empty() {
        return Some(t("p").id("leaks").says(words::NO_LEAK));
    }
    let all = look.leaks.iter().take(5).map(|(a, b)| t("li").says(format!("{a} – {b}")));
    let says = words::with(words::LEAK, &[&look.leaks.len().to_string()]);
    Some(
        t("div")
            .id("leaks")
            .class("risk")
            .child(t("p").set("role", "alert").says(says))
            .child(t("ul").children(all)),
    )
}

/// What a format loses here, and its first records.
fn report(format: &Format) -> Tree {
    let name = format.codec.name();
    let section = t("section").class("card-file").id(format!("report-{name}")).child(t("h3").says(name));
    if let Some(why) = &format.refused {
        return section.child(t("p").class("risk").set("role", "alert").says(why.to_string()));
    }
    let losses = if format.losses.is_empty() {
        t("p").says(words::NOTHING_LOST)
    } else {
        let head = [words::HOW_MANY, words::WHAT_LOST, words::EXAMPLES];
        let head = head.map(|name| t("th").set("scope", "col").says(name));
        let row = |loss: &crate::codecs::exchange::Counted| {
            t("tr")
                .child(t("td").class("number").says(loss.count.to_string()))
                .child(t("td").says(loss.what))
                .child(t("td").class("hint").says(loss.examples.join(" · ")))
        };
        let caption = words::with(words::LOST, &[name]);
        let table = t("table")
            .class("losses")
            .child(t("caption").says(&*caption))
            .child(t("thead").child(t("tr").children(head)))
            .child(t("tbody").children(format.losses.iter().map(row)));
        wide(&caption, table)
    };
    let file = |(path, text): &(String, String)| {
        let label = words::with(words::PREVIEW_OF, &[path]);
        let shown = t("pre").set("tabindex", "0").set("role", "group").set("aria-label", label);
        t("div").child(t("p").class("hint").says(&**path)).child(shown.says(&**text))
    };
    let preview =
        t("details").child(t("summary").says(words::FIRST_RECORDS)).children(format.preview.iter().map(file));
    section.child(losses).child(preview)
}

/// With a capital.
fn upper(words: &str) -> String {
    let mut chars = words.chars();
    // A name keeps its own way of being written.
    let named = ["brat", "doccano", "spaCy"].iter().any(|name| words.starts_with(name));
    match chars.next() {
        Some(first) if !named => first.to_uppercase().chain(chars).collect(),
        _ => words.to_owned(),
    }
}
