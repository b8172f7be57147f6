//! Every command by its name.

use crate::browser;
use crate::ui::actions::{ACTIONS, Action};
use crate::ui::messages::{M, t};
use crate::ui::session::{Panel, Screen, Session};
use crate::ui::view::{El, Node, button, el, live, many, when};
use leptos::prelude::*;
use web_sys::KeyboardEvent;

/// The palette.
pub(in crate::ui) fn palette(session: Session) -> Node {
    when(move || session.panel.get() == Some(Panel::Palette), move || open(session))
}

/// Notes a key for the palette whose field is on its way: whoever is quick has typed already. What is
/// in a dialog, as a button that asks for the palette once more, has its keys for itself.
pub(in crate::ui) fn typed_ahead(session: Session, key: &str) -> bool {
    if browser::is_in_dialog() {
        return false;
    }
    session.ahead.try_update_value(|ahead| {
        let Some(words) = ahead else { return false };
        match key {
            "Backspace" => drop(words.pop()),
            "Enter" if !words.is_empty() => words.push('\n'),
            _ if key.chars().count() == 1 => words.push_str(key),
            _ => return false,
        }
        true
    }) == Some(true)
}

/// The actions whose title holds what was typed.
fn matching(typed: &str, screen: &Screen) -> Vec<&'static Action> {
    let wanted = typed.trim().to_lowercase();
    ACTIONS.iter().filter(|a| a.fits(screen) && t(a.title).to_lowercase().contains(&wanted)).collect()
}

/// The open palette: what was typed, and which of the actions found is chosen.
#[derive(Clone, Copy)]
struct Open {
    session: Session,
    typed: RwSignal<String>,
    chosen: RwSignal<usize>,
}

fn open(session: Session) -> Node {
    let this = Open { session, typed: RwSignal::new(String::new()), chosen: RwSignal::new(0) };
    request_animation_frame(move || this.begin());
    let field = el("input")
        .id("palette-field")
        .set("type", "text")
        .set("placeholder", t(M::PaletteHint))
        .label(t(M::PaletteHint))
        .set("role", "combobox")
        .set("aria-expanded", "true")
        .set("aria-controls", "palette-list")
        .live("aria-activedescendant", move || format!("command-{}", this.chosen.get()))
        .value(move || this.typed.get())
        .on_input(move |words| {
            this.typed.set(words);
            this.chosen.set(0);
        })
        .on_key(move |event| this.press(event));
    let dialog =
        el("div")
            .class("palette")
            .set("role", "dialog")
            .set("aria-modal", "true")
            .label(t(M::Palette))
            .child(field)
            .child(el("ul").id("palette-list").set("role", "listbox").label(t(M::Palette)).part(move || {
                many(this.found().into_iter().enumerate().map(|(i, action)| this.row(i, action)))
            }))
            .child(live(move || match this.found().is_empty() {
                true => el("p").class("empty").child(t(M::PaletteEmpty)).into(),
                false => Node::Nothing,
            }));
    many([el("div").class("veil").on_click(move || session.panel.set(None)), dialog])
}

impl Open {
    /// Takes up what was typed before the field was there.
    fn begin(self) {
        browser::focus("palette-field");
        let ahead = self.session.ahead.try_update_value(Option::take).flatten().unwrap_or_default();
        let (words, entered) = ahead.split_once('\n').map_or((&*ahead, false), |(words, _)| (words, true));
        if words.is_empty() || self.session.panel.get_untracked() != Some(Panel::Palette) {
            return;
        }
        self.typed.set(words.to_owned());
        let found = untrack(|| self.found());
        if let Some(action) = found.first().filter(|_| entered) {
            self.run(action);
        }
    }

    fn found(self) -> Vec<&'static Action> {
        matching(&self.typed.get(), &self.session.screen.get())
    }

    fn run(self, action: &'static Action) {
        self.session.panel.set(None);
        action.run(self.session);
    }

    fn row(self, i: usize, action: &'static Action) -> El {
        let chosen = move || self.chosen.get() == i;
        el("li").set("role", "presentation").child(
            button(el("span").child(t(action.title)))
                .id(format!("command-{i}"))
                .set("role", "option")
                .live("aria-selected", move || chosen().to_string())
                .class("quiet")
                .class_if("chosen", chosen)
                .set("data-action", action.name)
                .child(el("kbd").child(action.key_words()))
                .on_click(move || self.run(action)),
        )
    }

    fn press(self, event: &KeyboardEvent) {
        let found = untrack(|| self.found());
        let step = match &*event.key() {
            "ArrowDown" => 1,
            "ArrowUp" => found.len().saturating_sub(1),
            "Enter" => {
                event.prevent_default();
                if let Some(action) = found.get(self.chosen.get_untracked()) {
                    self.run(action);
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        self.chosen.update(|n| *n = (*n + step) % found.len().max(1));
        request_animation_frame(|| browser::scroll_to_first(".palette .chosen"));
    }
}
