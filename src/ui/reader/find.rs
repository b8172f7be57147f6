//! Finding words in the whole text, on the screen or not, and in what is marked.

use super::desk::{Desk, desk};
use super::gestures::{focus_attribution, selection};
use super::marks::{Card, Part};
use super::move_caret;
use crate::browser;
use crate::text::{Span, order};
use crate::ui::messages::{M, count, fill, t};
use crate::ui::session::{Selected, Session};
use crate::ui::view::{El, Node, button, el, many};
use leptos::prelude::*;
use std::cell::Cell;
use std::sync::Arc;
use web_sys::KeyboardEvent;

thread_local! {
    /// The finder that is open.
    static OPEN: Cell<Option<Finder>> = const { Cell::new(None) };
}

/// Goes on to the next place, or back.
pub(super) fn find_on(on: bool) {
    if let Some(finder) = OPEN.get() {
        finder.go(on);
    }
}

/// Closes the field; true if it was open.
pub(super) fn close() -> bool {
    OPEN.get().inspect(|finder| finder.close()).is_some()
}

/// How many of the attributions found are listed.
const LISTED: usize = 12;

/// Opens the field.
pub(super) fn find(_: Session) {
    let Some(desk) = desk() else { return };
    desk.finding.set(true);
    wasm_bindgen_futures::spawn_local(async { browser::focus("find-field") });
    request_animation_frame(|| browser::focus("find-field"));
}

/// The field with what was found.
pub(super) fn bar(desk: Desk) -> Node {
    request_animation_frame(|| browser::focus("find-field"));
    Finder::new(desk).show()
}

#[derive(Clone, Copy)]
struct Finder {
    desk: Desk,
    typed: RwSignal<String>,
    hits: Memo<Vec<Span>>,
    at: RwSignal<Option<usize>>,
}

impl Finder {
    fn new(desk: Desk) -> Self {
        let typed = RwSignal::new(String::new());
        let hits = Memo::new(move |_| {
            let typed = typed.read();
            desk.units().map(|units| units.find(&typed)).unwrap_or_default()
        });
        let this = Self { desk, typed, hits, at: RwSignal::new(None) };
        OPEN.set(Some(this));
        on_cleanup(|| OPEN.set(None));
        this
    }

    fn show(self) -> Node {
        let field = el("input")
            .id("find-field")
            .set("type", "search")
            .set("placeholder", t(M::Find))
            .label(t(M::Find))
            .on_input(move |words| {
                self.typed.set(words);
                self.at.set(None);
            })
            .on_key(move |event| self.press(event));
        let status = move || match (self.hits.read().len(), self.at.get()) {
            (0, _) if self.typed.read().trim().is_empty() => String::new(),
            (0, _) => t(M::FoundNothing).to_owned(),
            (n, None) => count(n, M::OnePlace, M::FoundCount),
            (n, Some(i)) => fill(M::FoundWhich, &[&(i + 1).to_string(), &n.to_string()]),
        };
        let cards = move || many(self.cards().into_iter().map(|card| self.row(&card)));
        el("div")
            .class("find")
            .set("role", "search")
            .label(t(M::Find))
            .child(
                el("p")
                    .class("row")
                    .child(field)
                    .child(el("span").class("hint").set("role", "status").words(status))
                    .child(
                        button("↑").class("quiet").label(t(M::FindPrevious)).on_click(move || self.go(false)),
                    )
                    .child(button("↓").class("quiet").label(t(M::FindNext)).on_click(move || self.go(true)))
                    .child(button("×").class("quiet").label(t(M::Close)).on_click(move || self.close())),
            )
            .child(el("ul").class("found-cards").part(cards))
            .into()
    }

    fn press(self, event: &KeyboardEvent) {
        match &*event.key() {
            "Enter" => self.go(!event.shift_key()),
            "Escape" => self.close(),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    }

    /// Shows the next or previous place. The words found have the keyboard then, so that they can be seen, and
    /// marked at once; Enter goes on.
    fn go(self, on: bool) {
        let hits = self.hits.get_untracked();
        let Some((text_id, text)) = self.desk.text() else { return };
        if hits.is_empty() {
            return;
        }
        let next = match (self.at.get_untracked(), on) {
            (Some(i), true) => (i + 1) % hits.len(),
            (Some(i), false) => (i + hits.len() - 1) % hits.len(),
            // From the caret on.
            (None, _) => {
                let caret = selection(self.desk).map(Span::start);
                caret.map_or(0, |caret| hits.partition_point(|h| h.start() < caret)) % hits.len()
            }
        };
        self.at.set(Some(next));
        let selected = Selected { text: text_id, span: hits[next] };
        move_caret::show(&text, &selected);
        self.desk.session.selected.set(Some(selected));
    }

    /// Back to the text, at the place found last.
    fn close(self) {
        self.desk.finding.set(false);
        browser::focus_in_place(super::page::PAGE);
        if let (Some((_, text)), Some(selected)) =
            (self.desk.text(), self.desk.session.selected.get_untracked())
        {
            move_caret::show(&text, &selected);
        }
    }

    /// Attributions in whose speaker, note, kind or words it stands.
    fn cards(self) -> Vec<Arc<Card>> {
        let wanted = self.typed.get().trim().to_lowercase();
        if wanted.is_empty() {
            return Vec::new();
        }
        self.desk.changed.track();
        let has = |words: &str| words.to_lowercase().contains(&wanted);
        let fits = |card: &&Arc<Card>| {
            card.speakers.iter().any(|s| has(s))
                || has(&card.note)
                || has(&card.kind)
                || card.stances.iter().any(|s| has(&s.words))
                || card.questions.iter().any(|q| has(&q.words))
        };
        let found =
            self.desk.shown(|marks| marks.cards().iter().filter(fits).take(LISTED).cloned().collect());
        found.unwrap_or_default()
    }

    fn row(self, card: &Card) -> El {
        let id = card.id.clone();
        let who =
            if card.speakers.is_empty() { t(M::NobodyYet).to_owned() } else { card.speakers.join(", ") };
        let said = card.of_part(Part::Content).next().map(|(_, words)| words.clone()).unwrap_or_default();
        let go = move || focus_attribution(self.desk.session, &id);
        el("li").child(button(el("b").child(who)).class("quiet").child(" ").child(said).on_click(go))
    }
}

impl super::units::Units {
    /// Where words stand, whatever their case, their apostrophes and the shape of their quotation marks.
    pub(super) fn find(&self, wanted: &str) -> Vec<Span> {
        let wanted: String = wanted.trim().chars().map(fold).collect();
        if wanted.is_empty() {
            return Vec::new();
        }
        let (folded, places) = self.folded();
        // Folding changes lengths now and then: the list gives the place of each folded run.
        let place = |at: usize| {
            let i = places.partition_point(|(folded, _)| *folded as usize <= at) - 1;
            let (from, original) = places[i];
            original as usize + (at - from as usize)
        };
        let text = self.text();
        let found = folded.match_indices(&*wanted);
        let mut spans: Vec<Span> =
            found.filter_map(|(at, _)| Span::new(text, place(at), place(at + wanted.len()))).collect();
        order::sort_by(&mut spans, Ord::cmp);
        spans
    }
}

/// A character as it is compared.
pub(super) fn fold(c: char) -> char {
    match c {
        '’' | 'ʼ' | '‘' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '\u{a0}' | '\n' => ' ',
        c => c.to_lowercase().next().unwrap_or(c),
    }
}
