//! What can be done about a conflict, kind by kind.

use super::Order;
use super::describe::{self, person, short, thing, value};
use super::joining::order_same;
use super::words;
use crate::merge::conflicts::anchors;
use crate::merge::variants::{carried, pairs};
use crate::merge::{Conflict, ConflictKind};
use crate::model::{
    Anchor, Article, Body, Content, Decision, Entry, How, Id, Json, Label, Project, RecordId, Source, Target,
    Write,
};
use crate::text::{Span, Text};

/// One thing that can be done, beside what it is about.
#[derive(Default)]
pub(super) struct Choice {
    /// What the button or field says; without orders and rename it is plain words.
    pub(super) says: String,
    pub(super) about: String,
    pub(super) detail: String,
    pub(super) orders: Vec<Order>,
    /// The record that a field renames.
    pub(super) rename: Option<String>,
}

fn choice(says: &str, about: impl Into<String>, detail: impl Into<String>, orders: Vec<Order>) -> Choice {
    Choice { says: says.into(), about: about.into(), detail: detail.into(), orders, rename: None }
}

fn set(record: &RecordId, field: &str, value: impl Into<String>) -> Vec<Order> {
    vec![Order::Field { record: record.to_string(), field: field.into(), value: value.into() }]
}

fn delete(record: &RecordId) -> Vec<Order> {
    vec![Order::Delete(vec![record.to_string()])]
}

pub(super) fn choices(project: &Project, conflict: &Conflict) -> Vec<Choice> {
    let Some(entry) = project.entry(&conflict.record) else { return Vec::new() };
    let other = conflict.other.as_ref();
    let field = conflict.field.unwrap_or_default();
    let id = &conflict.record;
    match conflict.kind {
        ConflictKind::TwoValues => two_values(project, id, entry, field),
        ConflictKind::EditAndDelete => edit_and_delete(project, id, entry),
        ConflictKind::TextVariant => variant(project, id, other),
        ConflictKind::ReAnchor => re_anchor(project, id, entry, field),
        ConflictKind::SameTextTwoArticles => {
            one_or_two(project, id, other, words::SAME_PUBLICATION, words::TWO_PUBLICATIONS)
        }
        ConflictKind::SameName | ConflictKind::SameLabelName => {
            let mut all = one_or_two(project, id, other, words::JOIN_TWO, words::KEEP_TWO);
            all.extend(other.map(|other| Choice {
                says: words::RENAME_SECOND.into(),
                about: thing(project, other),
                rename: Some(other.to_string()),
                ..Choice::default()
            }));
            all
        }
        ConflictKind::SamePersonName => one_or_two(project, id, other, words::SAME_PERSON, words::TWO_PEOPLE),
        ConflictKind::Duplicate => duplicate(project, id, other),
        ConflictKind::DanglingLink => dangling(project, id, entry, field, other),
        ConflictKind::RuleBroken => rule_broken(project, id, entry, field),
        ConflictKind::StaleDecision => stale(project, id),
        ConflictKind::TwoAdjudicators => {
            [Some(id), other].into_iter().flatten().map(|d| adjudicated(project, d, id, other)).collect()
        }
        ConflictKind::SameWrite => {
            vec![choice(words::WARNING_ONLY, words::COPIED_WRITE, by(project, entry), Vec::new())]
        }
        ConflictKind::NewerFormat => {
            vec![choice(words::WARNING_ONLY, words::NEWER_PART, by(project, entry), Vec::new())]
        }
    }
}

/// Who made a record, and when by their clock.
fn by(project: &Project, entry: &Entry) -> String {
    format!("{}, {}", person(project, entry.made.by.record()), entry.made.on.as_str())
}

fn wrote(project: &Project, write: &Write) -> String {
    format!("{}, {}", person(project, write.by.record()), write.on.as_str())
}

fn two_values(project: &Project, id: &RecordId, entry: &Entry, field: &'static str) -> Vec<Choice> {
    let shown = entry.value(field);
    let writes = entry.writes().into_iter().filter(|(name, _)| *name == field);
    let one = |(_, write): (&str, Write)| {
        let now = if shown.as_ref() == Some(&write.v) {
            format!(" · {}", words::SHOWN_NOW)
        } else {
            String::new()
        };
        let detail = format!("{}{now}", wrote(project, &write));
        choice(words::KEEP_THIS, value(project, &write.v), detail, set(id, field, write.v.as_str()))
    };
    writes.map(one).collect()
}

fn edit_and_delete(project: &Project, id: &RecordId, entry: &Entry) -> Vec<Choice> {
    let writes = entry.writes();
    let deleted = writes.iter().find(|(field, w)| *field == "deleted" && w.v.as_str() == "true");
    // What whoever deleted it did not know of.
    let unknown = |w: &Write| deleted.is_none_or(|(_, deletion)| !deletion.seen.has(&w.at));
    let edited = writes.iter().filter(|(field, w)| *field != "deleted" && unknown(w));
    let edited = edited.max_by_key(|(_, w)| w.on);
    let deleter = deleted.map(|(_, w)| wrote(project, w)).unwrap_or_default();
    let (what, editor) = edited
        .map(|(field, w)| {
            (format!("{}: {}", describe::field(field), value(project, &w.v)), wrote(project, w))
        })
        .unwrap_or_default();
    vec![
        choice(words::KEEP_IT, words::with(words::CHANGED_BY, &[&editor]), what, set(id, "deleted", "false")),
        choice(words::DELETE_IT, words::with(words::DELETED_BY, &[&deleter]), "", delete(id)),
    ]
}

fn one_or_two(
    project: &Project,
    id: &RecordId,
    other: Option<&RecordId>,
    one: &str,
    two: &str,
) -> Vec<Choice> {
    let Some(other) = other else { return Vec::new() };
    let made = |id: &RecordId| project.entry(id).map(|entry| by(project, entry)).unwrap_or_default();
    vec![
        choice(one, thing(project, id), made(id), vec![order_same(id, other, true)]),
        choice(two, thing(project, other), made(other), vec![order_same(id, other, false)]),
    ]
}

fn variant(project: &Project, id: &RecordId, other: Option<&RecordId>) -> Vec<Choice> {
    let (Some(a), Some(b)) = (id.typed::<Article>(), other.and_then(RecordId::typed::<Article>)) else {
        return Vec::new();
    };
    let texts = project.find(&a).zip(project.find(&b)).map(|(a, b)| (a.text.clone(), b.text.clone()));
    let marks = texts.map(|(from, to)| carried(project, &from, &to)).unwrap_or_default();
    let counts =
        words::with(words::CARRIED, &[&marks.placed.len().to_string(), &marks.orphans.len().to_string()]);
    let pair = pairs(project, &project.same()).into_iter().find(|p| p.a == a && p.b == b);
    let why = pair.map_or(String::new(), |pair| match (pair.same_url, pair.similarity) {
        (true, _) => words::SAME_ADDRESS.into(),
        (false, Some(alike)) => words::with(words::ALIKE, &[&((alike * 100.0) as u32).to_string()]),
        (false, None) => String::new(),
    });
    let look = Order::Compare(a.to_string(), b.to_string());
    let mut all = one_or_two(project, id, other, words::SAME_PUBLICATION, words::KEEP_APART);
    all.push(choice(words::SEE_DIFFERENCE, why, counts, vec![look]));
    all
}

/// Where the words of an anchor stand in the text, the likeliest first.
fn places(anchor: &Anchor, text: &Text) -> Vec<Span> {
    let all =
        text.match_indices(&anchor.exact).filter_map(|(at, words)| Span::new(text, at, at + words.len()));
    let mut all: Vec<Span> = all.take(200).collect();
    let agree = |span: &Span| {
        let before = text[..span.start().byte()].chars().rev().zip(anchor.prefix.chars().rev());
        let after = text[span.end().byte()..].chars().zip(anchor.suffix.chars());
        before.take_while(|(a, b)| a == b).count() + after.take_while(|(a, b)| a == b).count()
    };
    all.sort_by_key(|span| usize::MAX - agree(span));
    all.truncate(5);
    all
}

fn re_anchor(project: &Project, id: &RecordId, entry: &Entry, field: &'static str) -> Vec<Choice> {
    let Some((text_id, text)) = describe::text_of(entry).and_then(|id| Some((id, project.text(id)?))) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    let lost = anchors(&entry.body).into_iter().filter(|(name, a)| *name == field && a.span(text).is_none());
    for (_, anchor) in lost {
        let about = format!("…{}[{}]{}…", anchor.prefix, anchor.exact, anchor.suffix);
        let found = places(&anchor, text);
        if found.is_empty() {
            all.push(choice(words::NOT_IN_TEXT, about, "", Vec::new()));
            continue;
        }
        for span in found {
            let Some(new) = Anchor::of(text, span) else { continue };
            let detail =
                words::with(words::STANDS, &[&format!("…{}[{}]{}…", new.prefix, new.exact, new.suffix)]);
            let orders = moved(&entry.body, field, &anchor, &new).map(|json| set(id, field, json.as_str()));
            all.push(choice(words::PLACE_HERE, short(&about, 160), detail, orders.unwrap_or_default()));
        }
    }
    let article = describe::article_of(project, text_id);
    all.extend(
        article.map(|article| choice(words::OPEN_TEXT, words::MARK_ANEW, "", vec![Order::Open(article)])),
    );
    all.push(choice(words::DELETE_IT, "", "", delete(id)));
    all
}

/// The field with one anchor in another place.
fn moved(body: &Body, field: &str, old: &Anchor, new: &Anchor) -> Option<Json> {
    let put = |all: &[Anchor]| -> Vec<Anchor> {
        all.iter().map(|a| if a == old { new.clone() } else { a.clone() }).collect()
    };
    match (body, field) {
        (Body::Attribution(a), "contents") => {
            let all = a.contents.get().iter();
            let all = all.map(|c| {
                if c.anchor() == *old { Content::new(new.clone(), c.part.clone()) } else { c.clone() }
            });
            Some(Json::of(&all.collect::<Vec<Content>>()))
        }
        (Body::Attribution(a), "cues") => Some(Json::of(&put(a.cues.get()))),
        (Body::Stance(s), "evidence") => Some(Json::of(&put(s.evidence.get()))),
        (Body::Mention(_), "anchor") => Some(Json::of(&Some(new.clone()))),
        _ => None,
    }
}

fn duplicate(project: &Project, id: &RecordId, other: Option<&RecordId>) -> Vec<Choice> {
    let Some(other) = other else { return Vec::new() };
    let keep = |kept: &RecordId, gone: &RecordId| {
        let made = project.entry(kept).map(|entry| by(project, entry)).unwrap_or_default();
        choice(words::KEEP_ONLY_THIS, thing(project, kept), made, delete(gone))
    };
    vec![keep(id, other), keep(other, id)]
}

fn dangling(
    project: &Project,
    id: &RecordId,
    entry: &Entry,
    field: &str,
    other: Option<&RecordId>,
) -> Vec<Choice> {
    let Some(other) = other else { return Vec::new() };
    let mut all = Vec::new();
    let gone = project.entry(other).filter(|e| !matches!(e.body, Body::Purged));
    if gone.is_some() {
        all.push(choice(
            words::BRING_BACK,
            thing(project, other),
            words::IS_DELETED,
            set(other, "deleted", "false"),
        ));
    }
    // A register can point elsewhere or nowhere; a fixed field cannot.
    let can_change = entry.references().iter().any(|(name, _)| *name == field) && entry.seen(field).is_some();
    if can_change {
        let now = entry.value(field);
        let list = now.as_ref().and_then(|v| v.to::<Vec<String>>().ok());
        let without = list.map(|l| l.into_iter().filter(|i| i != other.as_str()).collect::<Vec<String>>());
        let without = without.map_or("null".to_owned(), |l| Json::of(&l).as_str().to_owned());
        all.push(choice(
            words::TAKE_OUT,
            thing(project, id),
            describe::field(field),
            set(id, field, without),
        ));
    }
    all.push(choice(words::DELETE_IT, thing(project, id), "", delete(id)));
    all
}

fn rule_broken(project: &Project, id: &RecordId, entry: &Entry, field: &str) -> Vec<Choice> {
    let quoted = |id: &str| Json::of(&id.to_owned()).as_str().to_owned();
    let mut all: Vec<Choice> = match field {
        "value" => {
            let labels: Vec<Id<Label>> = project.labels("favor").iter().map(|l| l.id()).collect();
            labels
                .iter()
                .map(|l| {
                    choice(
                        words::SET_THIS,
                        thing(project, l.record()),
                        "",
                        set(id, field, quoted(l.as_str())),
                    )
                })
                .collect()
        }
        "target" => {
            let all = project.all::<Target>().take(12);
            all.map(|x| {
                choice(
                    words::SET_THIS,
                    thing(project, x.id().record()),
                    "",
                    set(id, field, quoted(x.id().as_str())),
                )
            })
            .collect()
        }
        _ => {
            let article = choice(words::SET_THIS, words::THE_ARTICLE, "", set(id, field, quoted("article")));
            let all = project.all::<Source>().take(12);
            let rest = all.map(|x| {
                choice(
                    words::SET_THIS,
                    thing(project, x.id().record()),
                    "",
                    set(id, field, quoted(x.id().as_str())),
                )
            });
            std::iter::once(article).chain(rest).collect()
        }
    };
    let article = describe::text_of(entry).and_then(|text| describe::article_of(project, text));
    all.extend(article.map(|article| choice(words::OPEN_TEXT, "", "", vec![Order::Open(article)])));
    all.push(choice(words::DELETE_IT, "", "", delete(id)));
    all
}

fn stale(project: &Project, id: &RecordId) -> Vec<Choice> {
    let Some(decision) = id.typed::<Decision>().and_then(|id| project.find(&id)) else { return Vec::new() };
    let now = project.digest(decision.members.get());
    let members: Vec<String> = decision
        .members
        .get()
        .iter()
        .map(|m| match project.entry(m) {
            Some(entry) if !entry.is_live() => format!("{} ({})", thing(project, m), words::IS_DELETED),
            _ => thing(project, m),
        })
        .collect();
    let digest = Json::of(&now).as_str().to_owned();
    vec![
        choice(
            words::STILL_HOLDS,
            words::with(words::BEFORE, &[&thing(project, id)]),
            by(project, decision.entry),
            set(id, "digest", digest),
        ),
        choice(words::AGAIN, words::with(words::AFTER, &[&members.join(" · ")]), "", undecide(project, id)),
    ]
}

/// Takes a decision and its gold away, so that the case is open again.
fn undecide(project: &Project, id: &RecordId) -> Vec<Order> {
    let Some(decision) = id.typed::<Decision>().and_then(|id| project.find(&id)) else { return Vec::new() };
    let members = decision.members.get();
    let gold = project.records().filter(|(_, entry)| {
        let made = match &entry.body {
            Body::Attribution(a) => &a.made,
            Body::Stance(s) => &s.made,
            _ => return false,
        };
        let of_it = made.from.as_ref().is_some_and(|from| members.contains(from));
        entry.is_live() && entry.made.by == decision.entry.made.by && made.how == How::Gold && of_it
    });
    let all = gold.map(|(id, _)| id.to_string()).chain([id.to_string()]);
    vec![Order::Delete(all.collect())]
}

fn adjudicated(project: &Project, kept: &RecordId, one: &RecordId, other: Option<&RecordId>) -> Choice {
    let gone = [Some(one), other].into_iter().flatten().filter(|id| *id != kept);
    let orders = gone.flat_map(|id| undecide(project, id)).collect();
    let made = project.entry(kept).map(|entry| by(project, entry)).unwrap_or_default();
    choice(words::KEEP_THIS, thing(project, kept), made, orders)
}
