//! Labelling a name wherever it stands, in all versions of the story: looked through first, then one step.

use super::cast;
use super::desk::{Desk, desk};
use super::gestures::{active_card, selection};
use super::marks::Part;
use super::taking::speaker_of;
use crate::browser;
use crate::model::{ArticleText, Id, Mention, Source};
use crate::store::Command;
use crate::text::{Span, Text, order};
use crate::ui::messages::{M, count, fill, t};
use crate::ui::session::{Panel, Session};
use crate::ui::view::{El, Node, button, dialog_head, el, many, when};
use leptos::prelude::*;

/// What would be labelled.
#[derive(Clone, PartialEq)]
pub(in crate::ui) struct Everywhere {
    source: Id<Source>,
    name: String,
    hits: Vec<Hit>,
}

/// One place, with the words around it.
#[derive(Clone, PartialEq)]
struct Hit {
    text: Id<ArticleText>,
    article: String,
    span: Span,
    before: String,
    words: String,
    after: String,
    take: bool,
}

/// Looks for all places that name the speaker at hand: by the words selected, by their name, aliases and the
/// words by which the active attribution names them.
pub(in crate::ui) fn label_all(session: Session) {
    let Some(desk) = desk() else { return };
    let selected = selection(desk).filter(|s| !s.is_empty()).and_then(|s| {
        let (_, text) = desk.text()?;
        Some(s.trimmed(&text).slice(&text).to_owned())
    });
    let card = active_card();
    let members = cast::members(desk);
    let by_words = selected.as_ref().and_then(|words| {
        members.iter().find(|m| m.name == *words || m.aliases.contains(words)).map(|m| m.id.clone())
    });
    let speaker = by_words.or_else(|| card.as_ref().and_then(|card| speaker_of(session, &card.id)));
    let Some(member) = speaker.and_then(|id| members.into_iter().find(|m| m.id == id)) else {
        return session.say(t(M::LabelAllWhom).to_owned());
    };
    let mut phrases: Vec<String> = match selected {
        Some(words) => vec![words],
        None => std::iter::once(member.name.clone()).chain(member.aliases).collect(),
    };
    if let Some(card) = card.filter(|_| phrases.len() != 1 || phrases[0] == member.name) {
        let named = card.of_part(Part::Source).map(|(_, words)| words.clone());
        phrases.extend(named.filter(|words| !crate::store::is_pronoun(words)));
    }
    let hits = find(desk, &member.id, phrases);
    if hits.is_empty() {
        return session.say(fill(M::LabelAllNone, &[&member.name]));
    }
    session.panel.set(Some(Panel::Everywhere));
    desk.everywhere.set(Some(Everywhere { source: member.id, name: member.name, hits }));
    wasm_bindgen_futures::spawn_local(async { browser::focus("label-all") });
    request_animation_frame(|| browser::focus("label-all"));
}

fn find(desk: Desk, source: &Id<Source>, mut phrases: Vec<String>) -> Vec<Hit> {
    // The longest first: a surname inside a full name is no place of its own.
    phrases.retain(|p| !p.trim().is_empty());
    order::sort_by_key(&mut phrases, |p| std::cmp::Reverse(p.len()));
    phrases.dedup();
    let Some(article) = desk.article() else { return Vec::new() };
    desk.session.project.with_untracked(|p| {
        let story = p.find(&article).and_then(|a| a.story.get().clone());
        let mut versions = story.map(|story| p.versions(&story)).unwrap_or_default();
        order::sort_by_key(&mut versions, |v| v.id() != article);
        let mut hits = Vec::new();
        for version in versions {
            let Some(text) = p.text(&version.text) else { continue };
            let done: Vec<Span> = p
                .about::<Mention>(&version.text)
                .filter(|m| m.source.get().as_ref() == Some(source))
                .filter_map(|m| m.anchor.get().as_ref()?.span(text))
                .collect();
            let title = version.title.get().clone().unwrap_or_default();
            let fresh = places(text, &phrases).into_iter().filter(|s| !done.iter().any(|d| d.overlaps(*s)));
            hits.extend(fresh.map(|span| hit(&version.text, &title, text, span)));
        }
        hits
    })
}

/// Where the phrases stand as whole words, in order, none inside another.
fn places(text: &Text, phrases: &[String]) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for phrase in phrases {
        for (at, words) in text.match_indices(phrase.as_str()) {
            let end = at + words.len();
            let before = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
            let after = text[end..].chars().next().is_some_and(char::is_alphanumeric);
            let span = Span::new(text, at, end).filter(|s| !found.iter().any(|f| f.overlaps(*s)));
            found.extend(span.filter(|_| !before && !after));
        }
    }
    order::sort_by(&mut found, Ord::cmp);
    found
}

fn hit(text_id: &Id<ArticleText>, title: &str, text: &Text, span: Span) -> Hit {
    const AROUND: usize = 36;
    let before: Vec<char> = text[..span.start().byte()].chars().rev().take(AROUND).collect();
    let after = text[span.end().byte()..].chars().take(AROUND);
    let line = |c: char| if c == '\n' { ' ' } else { c };
    Hit {
        text: text_id.clone(),
        article: title.to_owned(),
        span,
        before: before.into_iter().rev().map(line).collect(),
        words: span.slice(text).to_owned(),
        after: after.map(line).collect(),
        take: true,
    }
}

/// The places in their context, each to be taken or left.
pub(super) fn preview(desk: Desk) -> Node {
    let asked = move || desk.session.panel.get() == Some(Panel::Everywhere);
    when(move || asked() && desk.everywhere.read().is_some(), move || dialog(desk))
}

fn dialog(desk: Desk) -> Node {
    // However it is closed: the places of one text must not come up again with those of another.
    on_cleanup(move || drop(desk.everywhere.try_set(None)));
    let close = move || {
        desk.session.panel.set(None);
        desk.everywhere.set(None);
        super::to_text();
    };
    let run = move || {
        let Some(what) = desk.everywhere.get_untracked() else { return };
        let places =
            what.hits.iter().filter(|hit| hit.take).map(|hit| (hit.text.clone(), hit.span)).collect();
        close();
        desk.session.run(Command::NameAll { source: what.source, places });
    };
    let taken =
        move || desk.everywhere.read().as_ref().map_or(0, |e| e.hits.iter().filter(|h| h.take).count());
    let title = move || {
        let name = desk.everywhere.read().as_ref().map(|e| e.name.clone()).unwrap_or_default();
        fill(M::LabelAllTitle, &[&name])
    };
    let rows = untrack(|| desk.everywhere.get()).map(|e| e.hits).unwrap_or_default();
    let mut last = String::new();
    let rows: Vec<Node> = rows
        .into_iter()
        .enumerate()
        .flat_map(|(i, hit)| {
            let head = (hit.article != last).then(|| el("li").child(el("h3").child(hit.article.clone())));
            last.clone_from(&hit.article);
            [Node::from(head), row(desk, i, hit).into()]
        })
        .collect();
    let sheet = el("div")
        .class("sheet everywhere")
        .set("role", "dialog")
        .set("aria-modal", "true")
        .label(t(M::LabelAll))
        .child(
            dialog_head()
                .child(el("h2").words(title))
                .child(button("×").class("quiet").label(t(M::Close)).on_click(close)),
        )
        .child(el("ul").class("hits").children(rows))
        .child(
            el("p").class("row").child(
                button(Node::Nothing)
                    .id("label-all")
                    .class("primary")
                    .words(move || count(taken(), M::LabelOne, M::LabelMany))
                    .on_click(run),
            ),
        );
    many([el("div").class("veil").on_click(close), sheet])
}

fn row(desk: Desk, i: usize, hit: Hit) -> El {
    let flip = move |_: String| {
        desk.everywhere.update(|all| {
            if let Some(hit) = all.as_mut().and_then(|all| all.hits.get_mut(i)) {
                hit.take = !hit.take;
            }
        });
    };
    el("li").child(
        el("label").child(el("input").set("type", "checkbox").flag("checked", true).on_change(flip)).child(
            el("span")
                .set("dir", "auto")
                .child("… ")
                .child(hit.before)
                .child(el("b").child(hit.words))
                .child(hit.after)
                .child(" …"),
        ),
    )
}
