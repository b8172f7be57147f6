//! Versions beside each other: two side by side or in one column, or any number in columns.

mod between;
mod columns;
mod comparing;
mod corrections;
mod judge;
mod layout;
mod order_map;
mod rows;
mod unit;
mod verdict;

pub(super) use between::go_change;
pub(super) use columns::columns;
pub(super) use comparing::Comparing;
pub(super) use corrections::{confirm, link, unlink};

use super::messages::{M, t};
use super::questions::{self, Answer, Asked, Question, Sent, asked};
use super::reader::{self, Desk, outlet_words};
use super::session::{Screen, Selected, Session};
use super::view::{El, Node, button, el, live, many, react, when};
use crate::browser;
use crate::model::{Article, Attribution, Id, Item, Story};
use crate::text::{Text, order};
use crate::versions::compare::Comparison;
use crate::versions::corrections::{Correction, corrections};
use between::action_button;
use comparing::{End, Shown};
use gloo::events::EventListener;
use layout::lines;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// The comparison of two.
pub(super) fn compare(session: Session, left: Id<Article>, right: Id<Article>) -> Node {
    let (Some(a), Some(b)) = (end_of(session, &left), end_of(session, &right)) else {
        return el("p").class("empty").child(t(M::CompareNeedTwo)).into();
    };
    session.compare.clear();
    let ends = [a, b];
    let (Some(first), Some(second)) = (Desk::open(session, left.clone()), Desk::open(session, right.clone()))
    else {
        return el("p").class("empty").child(t(M::CompareNeedTwo)).into();
    };
    let desks = [first, second];
    let (_, at_hand) = follow_selection(session, &ends, &desks);
    let answer = ask(session, &ends);
    react(move || {
        if let Some(found) = answer.answer.get() {
            show(session, &ends, found);
        }
    });
    let body = when(
        move || session.compare.shown.read().is_some(),
        move || {
            session
                .compare
                .shown
                .get_untracked()
                .map_or(Node::Nothing, |shown| body(session, &shown, desks, at_hand))
        },
    );
    el("div")
        .class("compare")
        .child(head(session, left, right))
        .child(answer.progress(M::Comparing))
        .child(body)
        .into()
}

/// An article with its text, if that is here.
fn end_of(session: Session, article: &Id<Article>) -> Option<End> {
    session.project.with_untracked(|p| {
        let text_id = p.find(article)?.text.clone();
        Some(End { article: article.clone(), text: p.text(&text_id)?.clone(), text_id })
    })
}

/// The comparison, made anew when somebody corrects it or a date changes.
fn ask(session: Session, ends: &[End; 2]) -> Asked<Comparison> {
    let known = ends.clone();
    let about: Memo<(Vec<Option<String>>, Vec<Correction>)> = Memo::new(move |_| {
        session.project.with(|p| {
            let dates = known.iter().map(|end| p.find(&end.article).and_then(|a| a.published.get().clone()));
            (dates.collect(), corrections(p, &known[0].text_id, &known[1].text_id))
        })
    });
    let texts = ends.clone().map(|end| end.text);
    asked(
        move || {
            let (mut dates, said) = about.get();
            let mut side = |k: usize| -> Option<Sent> {
                Some(Sent { text: texts[k].as_str().to_owned(), published: dates.get_mut(k)?.take() })
            };
            Some(Question::Compare(side(0)?, side(1)?, said))
        },
        |answer| match answer {
            Answer::Compared(found) => Some(*found),
            _ => None,
        },
    )
}

/// Puts a comparison on the screen.
fn show(session: Session, ends: &[End; 2], found: Arc<Comparison>) {
    let lines = lines(&found);
    let changes = lines.iter().filter(|line| line.is_change(&found)).map(|line| line.name(&found));
    session.compare.changes.set(changes.collect());
    // The line at hand may be another by now: two made one, or one made two.
    let before = session.compare.shown.get_untracked().zip(session.compare.current.get_untracked());
    if let Some((before, name)) = before {
        let line = before.line(&name).and_then(|line| line.again(&before.found, &lines, &found));
        session.compare.current.set(line.map(|line| line.name(&found)));
    }
    session.compare.shown.set(Some(Arc::new(Shown { ends: ends.clone(), found, lines })));
}

/// Which two versions, with a way to exchange either, and the ways to look at them.
fn head(session: Session, left: Id<Article>, right: Id<Article>) -> El {
    let (with_left, with_right) = (right.clone(), left.clone());
    let ways = el("div")
        .class("ways")
        .child(
            action_button(session, "one-column")
                .live("aria-pressed", move || session.compare.one_column.get().to_string()),
        )
        .child(
            action_button(session, "unfold")
                .live("aria-pressed", move || session.compare.unfolded.get().to_string()),
        )
        .child(action_button(session, "previous-change"))
        .child(action_button(session, "next-change"))
        .child(action_button(session, "columns"))
        .child(action_button(session, "family"));
    el("header")
        .class("compare-head")
        .child(choice(session, left, M::CompareLeft, move |id| Screen::Compare(id, with_left.clone())))
        .child(action_button(session, "swap"))
        .child(choice(session, right, M::CompareRight, move |id| Screen::Compare(with_right.clone(), id)))
        .child(ways)
}

/// One of the two, and what could stand in its place.
fn choice(
    session: Session,
    chosen: Id<Article>,
    label: M,
    go: impl Fn(Id<Article>) -> Screen + 'static,
) -> El {
    let story = session.story_of(&chosen);
    let here = chosen.clone();
    let options = move || {
        let all = session.project.with(|p| {
            // Versions of the story first; an article of another story can be compared all the same.
            let mut all: Vec<_> = p.all::<Article>().collect();
            order::sort_by_key(&mut all, |a| *a.story.get() != story);
            all.iter().map(|a| (a.id(), name_of(a))).collect::<Vec<_>>()
        });
        many(all.into_iter().map(|(id, words)| {
            el("option").set("value", id.to_string()).flag("selected", id == here).child(words)
        }))
    };
    let change = move |id: String| {
        if let Some(id) = Id::parse(&id) {
            session.go(go(id));
        }
    };
    let open = move || session.go(Screen::Read(chosen.clone()));
    el("span")
        .class("side")
        .child(el("select").label(t(label)).on_change(change).part(options))
        .child(button(t(M::OpenArticle)).class("quiet").on_click(open))
}

/// Outlet, date and title.
pub(super) fn name_of(a: &Item<'_, Article>) -> String {
    let (title, outlet) = (a.title.get().clone().unwrap_or_default(), outlet_words(a));
    if outlet.is_empty() { title } else { format!("{outlet}: {title}") }
}

/// What was found: the verdict with its reasons, then line by line. The verdict follows corrections.
fn body(session: Session, shown: &Arc<Shown>, desks: [Desk; 2], at_hand: RwSignal<usize>) -> Node {
    let bars = desks.to_vec();
    let guess =
        live(move || session.compare.shown.get().map_or(Node::Nothing, |shown| verdict::verdict(&shown)));
    let map =
        live(move || session.compare.shown.get().map(|shown| order_map::order_map(session, &shown)).into());
    let verdict = el("section").class("verdict").child(guess).child(judge::judge(session, shown));
    let legend = el("p")
        .class("legend")
        .set("aria-hidden", "true")
        .child(el("span").child(el("del").child(t(M::Removed))))
        .child(el("span").child(el("ins").child(t(M::Inserted))))
        .child(el("span").class("respelt").child(t(M::Respelt)));
    let coarse = shown
        .found
        .coarse
        .then(|| el("p").class("coarse-pairs").set("role", "note").child(t(M::CoarsePairs)));
    many([
        verdict.into(),
        coarse.into(),
        corrections::list(session, shown),
        legend.into(),
        map,
        sides(session).child(rows::rows(session, desks)).into(),
        corrections::held_bar(session),
        active_bar(session, bars.clone()),
        reader::over_texts(&bars),
        bar_at((bars, at_hand)),
    ])
}

/// The id of the element that holds the texts.
const SIDES: &str = "sides";

/// The element that holds the texts. A click on marked words makes their attribution the active one.
fn sides(session: Session) -> El {
    el("div").id(SIDES).class("sides").on("click", move |event| {
        let element = event.target().and_then(|t| t.dyn_into::<Element>().ok());
        let mark = element.and_then(|e| e.closest("[data-attribution]").ok().flatten());
        let id = mark.and_then(|m| m.get_attribute("data-attribution")).and_then(|id| Id::parse(&id));
        if browser::selected().is_none() && id.is_some() {
            session.active.set(id);
        }
    })
}

/// The desks of the texts on the screen, and which of them is at hand.
type AtHand = (Vec<Desk>, RwSignal<usize>);

/// Keeps the session's selection in step with the page's, in whichever text it is; that text is the one that
/// is marked.
fn follow_selection(session: Session, ends: &[End], desks: &[Desk]) -> AtHand {
    let (ends, desks) = (ends.to_vec(), desks.to_vec());
    let at_hand = RwSignal::new(desks.len().saturating_sub(1));
    let known = desks.clone();
    let listener = EventListener::new(&document(), "selectionchange", move |_| {
        let text = browser::text_of_selection();
        let at = text.and_then(|id| ends.iter().position(|end| end.text_id.to_string() == id));
        let Some((at, sides)) = at.zip(document().get_element_by_id(SIDES)) else { return };
        let end = &ends[at];
        let Some(span) = browser::span_of_selection(&sides, &end.text) else { return };
        known[at].take_up();
        if at_hand.get_untracked() != at {
            at_hand.set(at);
        }
        let selected = Selected { text: end.text_id.clone(), span };
        if session.selected.get_untracked().as_ref() != Some(&selected) {
            session.selected.set(Some(selected));
        }
    });
    let listener = StoredValue::new_local(Some(listener));
    on_cleanup(move || listener.dispose());
    (desks, at_hand)
}

/// What can be done with the selected words.
fn bar_at((desks, at_hand): AtHand) -> Node {
    live(move || desks.get(at_hand.get()).map_or(Node::Nothing, |desk| reader::selection_bar(*desk)))
}

/// The active attribution with all that can be said of it, whichever text it is in, and the way to go on with
/// it in the article.
fn active_bar(session: Session, desks: Vec<Desk>) -> Node {
    // The bar lies over the text: once it is there, the words it is about are shown above it.
    react(move || {
        if session.active.get().is_some() {
            request_animation_frame(|| browser::scroll_to_first(".sides mark.active"));
        }
    });
    live(move || {
        let Some(active) = session.active.get() else { return Node::Nothing };
        let Some(article) = article_of(session, &active) else { return Node::Nothing };
        let card = untrack(|| reader::card_of(&desks, &active));
        let open = move || open_at(session, &article, &active);
        let says = ["speaker", "favor", "against", "neither"].map(|name| action_button(session, name));
        el("aside")
            .class("active-bar")
            .label(t(M::Annotations))
            .child(card)
            .child(
                el("p")
                    .children(says)
                    .child(button(t(M::OpenArticle)).class("quiet").on_click(open))
                    .child(action_button(session, "stop")),
            )
            .into()
    })
}

/// The article that an attribution is in.
fn article_of(session: Session, id: &Id<Attribution>) -> Option<Id<Article>> {
    session.project.with_untracked(|p| {
        let text = p.find(id)?.text.clone();
        let found = p.all::<Article>().find(|a| a.text == text)?.id();
        Some(found)
    })
}

/// Opens an article at one of its attributions.
fn open_at(session: Session, article: &Id<Article>, attribution: &Id<Attribution>) {
    session.go(Screen::Read(article.clone()));
    let attribution = attribution.clone();
    // The reader is made first; then it shows the card and the words.
    request_animation_frame(move || reader::focus_attribution(session, &attribution));
}

/// Opens an article at a place in it.
pub(super) fn open_place(session: Session, article: &Id<Article>, text: &Text, span: crate::text::Span) {
    let Some(text_id) = session.project.with_untracked(|p| p.find(article).map(|a| a.text.clone())) else {
        return;
    };
    session.go(Screen::Read(article.clone()));
    let (text, selected) = (text.clone(), Selected { text: text_id, span });
    request_animation_frame(move || {
        session.selected.set(Some(selected.clone()));
        reader::show(&text, &selected);
    });
}

/// Selects the sentence of the current row, so that it can be marked without a mouse: that of the last text
/// first, then that of the one before, and round again.
pub(super) fn take_sentence(session: Session) {
    let row = session.compare.current.get_untracked().map(|key| format!("pair-{key}"));
    if !row.is_some_and(|row| browser::select_next_text(&row)) {
        session.say_how(M::RowFirst);
    }
}

/// Exchanges the sides.
pub(super) fn swap(session: Session) {
    if let Screen::Compare(left, right) = session.screen.get_untracked() {
        session.go(Screen::Compare(right, left));
    }
}

/// The story at hand.
fn story_at_hand(session: Session) -> Option<Id<Story>> {
    let article = match session.screen.get_untracked() {
        Screen::Family(story) => return Some(story),
        Screen::Read(article) | Screen::Compare(article, _) => Some(article),
        Screen::Columns(articles) => articles.into_iter().next(),
        Screen::Library | Screen::Together | Screen::Adding | Screen::Training | Screen::Passage(_) => None,
    };
    match article {
        Some(article) => session.story_of(&article),
        None => session.project.with_untracked(|p| {
            let mut stories = p.all::<Story>().map(|s| s.id());
            stories.find(|story| p.versions(story).len() > 1)
        }),
    }
}

/// Goes to the family of the story at hand.
pub(super) fn go_family(session: Session) {
    match story_at_hand(session) {
        Some(story) => session.go(Screen::Family(story)),
        None => session.say(t(M::CompareNeedTwo).to_owned()),
    }
}

/// Goes to all versions of the story at hand in columns: the article at hand is the base.
pub(super) fn go_columns(session: Session) {
    let base = match session.screen.get_untracked() {
        Screen::Read(article) | Screen::Compare(article, _) => Some(article),
        _ => None,
    };
    let versions = story_at_hand(session).map(|story| {
        session.project.with_untracked(|p| {
            let mut ids: Vec<_> = p.versions(&story).iter().map(|a| a.id()).collect();
            order::sort_by_key(&mut ids, |id| Some(id) != base.as_ref());
            ids
        })
    });
    match versions {
        Some(ids) if ids.len() > 1 => {
            session.go(Screen::Columns(ids.into_iter().take(columns::MOST).collect()))
        }
        _ => session.say(t(M::CompareNeedTwo).to_owned()),
    }
}

/// Escape: takes back what is under way, else what is held, else leaves the attribution.
pub(super) fn escape(session: Session) {
    if questions::stop_all() {
        return;
    }
    if session.compare.held.get_untracked().is_some() {
        return session.compare.held.set(None);
    }
    reader::finish(session);
}
