//! A card in the margin for each attribution, in reading order.

use super::card_tools::tools;
use super::desk::Desk;
use super::gestures;
use super::label_look;
use super::marks::{Card, Chip, Marks, Part, Piece};
use super::reading_place;
use super::whose;
use crate::browser;
use crate::model::{Attribution, Id};
use crate::store::Command;
use crate::text::{Span, Utf16};
use crate::ui::actions::how;
use crate::ui::messages::{M, fill, meaning, t};
use crate::ui::session::Session;
use crate::ui::view::{El, Node, button, each, el, live, many, react, when};
use leptos::prelude::*;
use std::sync::Arc;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Up to so many cards are all in the page; of more, those beside the words in sight.
const ALL: usize = 120;

/// How many cards are in the page before and after the first one in sight.
const BEFORE: usize = 6;
const AFTER: usize = 24;

/// After a leap to another place of the text so many come first; the others follow when these are painted, so
/// that the key which leapt is answered at once.
const AFTER_LEAP: usize = 3;
const UNHURRIED: Duration = Duration::from_millis(300);

/// The cards.
pub(super) fn cards(desk: Desk) -> Node {
    let session = desk.session;
    let count = Memo::new(move |_| {
        desk.changed.track();
        desk.shown(|m| m.cards().len()).unwrap_or_default()
    });
    // The first card beside the words in sight, where not all are in the page.
    let top = RwSignal::new(0_usize);
    let leapt = RwSignal::new(false);
    let leaps = StoredValue::new(0_u32);
    follow_scrolling(desk, count, top);
    let ids = Memo::new(move |_| {
        desk.changed.track();
        let top = top.get();
        let ids = desk.shown(|m| {
            let all = m.cards();
            let range = match all.len() <= ALL {
                true => 0..all.len(),
                false => {
                    let from = top.saturating_sub(BEFORE).min(all.len());
                    let after = if leapt.get() { AFTER_LEAP } else { AFTER };
                    from..(from + BEFORE + after).min(all.len())
                }
            };
            all[range].iter().map(|c| c.id.clone()).collect::<Vec<_>>()
        });
        ids.unwrap_or_default()
    });
    // The active card is in the page, and in view.
    react(move || {
        let Some(active) = session.active.get() else { return };
        let place = desk.shown(|m| m.card(&active).and_then(|card| m.position(card))).flatten();
        if let Some(place) = place {
            let shown = ids.with_untracked(|ids| ids.contains(&active));
            if !shown {
                leapt.set(true);
                top.set(place);
                leaps.update_value(|count| *count += 1);
                let leap = leaps.get_value();
                // Not in the midst of several leaps, one after the other.
                let all = move || {
                    if leaps.try_get_value() == Some(leap) {
                        leapt.set(false);
                    }
                };
                set_timeout(all, UNHURRIED);
            }
            request_animation_frame(move || {
                browser::scroll_beside(&format!("card-{active}"), ".margin", ".cast")
            });
        }
    });
    let heading = move || match count.get() {
        0 => String::new(),
        n => crate::ui::messages::count(n, M::OneAttribution, M::Attributions),
    };
    let teach = move || {
        el("div")
            .class("empty teach")
            .child(el("p").child(el("b").child(t(M::NoAttributions))))
            .child(el("p").child(how(M::NoAttributionsHow)))
            .into()
    };
    let heading = el("div").class("row").child(el("h2").words(heading)).child(whose::choice(desk));
    let several = move || {
        desk.changed.track();
        desk.is_of_several()
    };
    el("section")
        .class("cards")
        .class_if("several", several)
        .label(t(M::CardsLabel))
        .child(heading)
        .child(when(move || count.get() == 0 && session.whose.read().is_empty(), teach))
        .child(when(
            move || count.get() == 0 && !session.whose.read().is_empty(),
            || el("p").class("empty").child(t(M::NothingOfTheirs)).into(),
        ))
        .child(each(move || ids.get(), ToString::to_string, move |id| card(desk, id)))
        .into()
}

/// Of very many cards, those beside the words in sight are in the page.
fn follow_scrolling(desk: Desk, count: Memo<usize>, top: RwSignal<usize>) {
    reading_place::follow(desk, move |at| {
        if count.get_untracked() <= ALL {
            return;
        }
        let at = desk.text().and_then(|(_, text)| text.from_utf16(Utf16(at)));
        if let Some(place) = at.and_then(|at| desk.marks(|m| m.position_after(at))) {
            // A few cards more or less do not matter.
            if top.get_untracked().abs_diff(place) > BEFORE / 2 {
                top.set(place);
            }
        }
    });
}

/// A card with its number and how many there are.
type Look = (Arc<Card>, usize, usize);

/// One card. It follows what is marked, and has its tools while its attribution is the active one.
pub(super) fn card(desk: Desk, id: Id<Attribution>) -> Node {
    let session = desk.session;
    // Apart, so that one attribution more is a number more on the others' cards, and no new face.
    let look: Memo<Option<Arc<Card>>> = {
        let id = id.clone();
        Memo::new(move |_| {
            desk.changed.track();
            desk.shown(|m| m.card(&id).cloned()).flatten()
        })
    };
    let place: Memo<(usize, usize)> = Memo::new(move |_| {
        desk.changed.track();
        let look = look.read();
        let place =
            |card: &Arc<Card>| desk.shown(|m| Some((m.position(card)? + 1, m.cards().len()))).flatten();
        look.as_ref().and_then(place).unwrap_or_default()
    });
    let is_active = {
        let id = id.clone();
        Memo::new(move |_| session.active.get().as_ref() == Some(&id))
    };
    let click = {
        let id = id.clone();
        move |event: &web_sys::Event| {
            // A control of the card has done its own work, which may have been to leave it.
            let on = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let control = on.and_then(|on| on.closest("button, select, input, textarea, a").ok().flatten());
            if control.is_none() && !is_active.get_untracked() {
                gestures::focus_attribution(session, &id);
            }
        }
    };
    let class = move || {
        let active = if is_active.get() { " active" } else { "" };
        format!("card h{}{active}", look.read().as_ref().map_or(0, |card| card.hue))
    };
    el("div")
        .live("class", class)
        .id(format!("card-{id}"))
        .set("role", "comment")
        .live("aria-label", move || {
            let (number, count) = place.get();
            look.get().map(|card| spoken(desk, &(card, number, count))).unwrap_or_default()
        })
        .live_some("aria-current", move || is_active.get().then(|| "true".to_owned()))
        .on("click", click)
        .part(move || look.get().map(|card| face(desk, &card, place, is_active.get())).into())
        .into()
}

/// The card as one sentence: `Quote by Olena Roe, 2 of 14: “We stay.”`.
pub(super) fn spoken(desk: Desk, (card, number, count): &Look) -> String {
    let said: Vec<&str> = card.of_part(Part::Content).map(|(_, words)| &**words).collect();
    let who = if card.speakers.is_empty() { t(M::NobodyYet).to_owned() } else { card.speakers.join(", ") };
    let said = fill(M::AttributionSaid, &[&who, &number.to_string(), &count.to_string(), &said.join(" … ")]);
    match &card.credit {
        Some(name) if desk.is_of_several() => format!("{said} ({})", fill(M::MarkedBy, &[name])),
        _ => said,
    }
}

fn face(desk: Desk, card: &Arc<Card>, place: Memo<(usize, usize)>, active: bool) -> Node {
    let session = desk.session;
    let id = card.id.clone();
    let hint = |class: &'static str, words: M| el("p").class(class).child(how(words));
    let who = match &*card.speakers {
        [] => el("span").class("nobody").child(t(M::NobodyYet)),
        names => el("b").child(names.join(", ")),
    };
    let focus = {
        let id = id.clone();
        move || gestures::focus_attribution(session, &id)
    };
    let number = move || place.get().0.to_string();
    let number = button(Node::Nothing)
        .class("number quiet")
        .live("aria-label", move || fill(M::AttributionNumber, &[&number()]))
        .words(number)
        .on_click(focus);
    let header = el("header")
        .child(number)
        .child(who)
        .child(card.unsure.then(|| el("span").class("unsure").tip(t(M::Unsure)).child("?")))
        .child(card.credit.as_ref().map(|name| el("span").class("credit").child(fill(M::MarkedBy, &[name]))))
        .child(el("span").class("kind").tip(meaning(&card.kind)).child(card.kind.replace('_', " ")));
    let pieces = card.pieces.iter().map(|(part, words)| piece(session, &id, *part, words, active));
    let chip = |stance: &Chip| {
        el("span").class("stance-chip").child(label_look::swatch(stance.colour)).child(stance.words.clone())
    };
    let defect = |d: &crate::model::Defect| {
        el("span").class("defect").tip(meaning(d.as_str())).child(d.as_str().replace('_', " "))
    };
    many([
        header.into(),
        between(card).into(),
        linked(desk, card),
        (card.of_part(Part::Content).next().is_none()).then(|| hint("missing", M::NoQuoteYet)).into(),
        el("div").class("pieces").children(pieces).into(),
        many(card.defects.iter().map(defect)),
        many(card.stances.iter().map(chip)),
        (!card.note.is_empty() && !active).then(|| el("p").class("note").child(card.note.clone())).into(),
        many(card.questions.iter().map(|question| {
            el("p").class("question-asked").child(el("b").child("? ")).child(question.words.clone())
        })),
        (active && card.speakers.is_empty()).then(|| hint("hint", M::SelectSource)).into(),
        if active { tools(session, card) } else { Node::Nothing },
    ])
}

/// Through whom it came and to whom it was said.
fn between(card: &Card) -> Option<El> {
    let via = card.via.as_ref().map(|name| fill(M::ViaWhom, &[name]));
    let to = (!card.addressees.is_empty()).then(|| fill(M::ToWhom, &[&card.addressees.join(", ")]));
    let words: Vec<String> = [via, to].into_iter().flatten().collect();
    (!words.is_empty()).then(|| el("p").class("between").child(words.join(" · ")))
}

/// Those links, with the numbers as they are now.
fn linked(desk: Desk, card: &Arc<Card>) -> Node {
    if card.parent.is_none() && card.continues.is_none() {
        return Node::Nothing;
    }
    let card = card.clone();
    live(move || {
        desk.changed.track();
        links(desk, &card).into()
    })
}

/// The attributions inside which it is reported and with which it goes on.
fn links(desk: Desk, card: &Card) -> Option<El> {
    let link = |id: &Id<Attribution>, words: M| {
        let words = desk.shown(|marks| link_words(marks, id, words)).flatten()?;
        let id = id.clone();
        let go = move || gestures::focus_attribution(desk.session, &id);
        Some(button(words).class("quiet link").on_click(go))
    };
    let parent = card.parent.as_ref().and_then(|id| link(id, M::InsideWhich));
    let before = card.continues.as_ref().and_then(|id| link(id, M::ContinuesWhich));
    let found: Vec<El> = [parent, before].into_iter().flatten().collect();
    (!found.is_empty()).then(|| el("p").class("links").children(found))
}

/// The number and the speaker of an attribution, in `words`.
pub(super) fn link_words(marks: &Marks, id: &Id<Attribution>, words: M) -> Option<String> {
    let card = marks.card(id)?;
    let who = card.speakers.first().cloned().unwrap_or_else(|| t(M::NobodyYet).to_owned());
    Some(fill(words, &[&(marks.position(card)? + 1).to_string(), &who]))
}

fn piece(session: Session, id: &Id<Attribution>, part: Part, (span, words): &Piece, active: bool) -> El {
    let label = fill(M::RemovePiece, &[words]);
    let (attribution, span): (Id<Attribution>, Span) = (id.clone(), *span);
    let remove = move |event: &web_sys::Event| {
        event.stop_propagation();
        if let Some(role) = part.role() {
            session.run(Command::Unmark { attribution: attribution.clone(), span, role });
        }
    };
    let cross =
        || button("×").class("remove quiet").tip(label.clone()).label(label.clone()).on("click", remove);
    el("span")
        .class(format!("piece {}", part.class()))
        .tip(part.words())
        .child(el("span").class("words").set("dir", "auto").child(words.clone()))
        .child(active.then(cross))
}
