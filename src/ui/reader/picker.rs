//! Picking by typing: a speaker, a target, a kind, a stance. What there are too many of for keys of their own.

use super::cast;
use super::desk::Desk;
use super::gestures;
use super::move_caret;
use super::taking;
use crate::browser;
use crate::model::{AttributionType, Id, Item, Label, Project, Source, Target, TargetKind};
use crate::store::{BUILT_IN_SCHEMES, Command};
use crate::text::order;
use crate::ui::messages::{M, fill, meaning, t};
use crate::ui::session::fresh_bits;
use crate::ui::view::{El, Node, button, el, many, when};
use leptos::prelude::*;
use web_sys::KeyboardEvent;

/// What is being picked.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui) enum Pick {
    /// Who speaks; somebody new by typing a name.
    Speaker,
    /// What stances are about; something new by typing a name. With the stance to be said then, where it was
    /// said before there was a target.
    Target(Option<Id<Label>>),
    /// How words are reported.
    Kind,
    /// What the holder thinks, from any scheme.
    Value,
    /// Which labels have the keys.
    Scheme,
    /// Who somebody really is.
    Merge(Id<Source>),
    /// Who speaks in the active attribution and was taken for another.
    Split,
}

/// One thing to pick.
#[derive(Clone)]
struct Choice {
    words: String,
    hint: String,
    what: What,
}

#[derive(Clone)]
enum What {
    Speaker(Id<Source>),
    NewSpeaker,
    Target(Id<Target>),
    NewTarget,
    Kind(AttributionType),
    Value(Id<Label>),
    Scheme(String),
    Merge(Id<Source>, Id<Source>),
    Split,
}

/// Opens the list.
pub(super) fn open(desk: Desk, pick: Pick) {
    desk.picker.set(Some(pick));
    // The list comes into the page in the next microtask, before any further key.
    wasm_bindgen_futures::spawn_local(async { browser::focus("picker-field") });
    request_animation_frame(|| browser::focus("picker-field"));
}

/// The list, while something is picked.
pub(super) fn picker(desk: Desk) -> Node {
    List::of(desk)
        .map(|list| {
            request_animation_frame(|| browser::focus("picker-field"));
            list.show()
        })
        .into()
}

#[derive(Clone, Copy)]
struct List {
    desk: Desk,
    all: StoredValue<(Pick, Vec<Choice>), LocalStorage>,
    typed: RwSignal<String>,
    chosen: RwSignal<usize>,
}

impl List {
    fn of(desk: Desk) -> Option<Self> {
        let pick = desk.picker.get_untracked()?;
        let choices = choices(desk, &pick);
        let all = StoredValue::new_local((pick, choices));
        Some(Self { desk, all, typed: RwSignal::new(String::new()), chosen: RwSignal::new(0) })
    }

    fn title(self) -> &'static str {
        t(self.all.with_value(|(pick, _)| match pick {
            Pick::Speaker => M::PickSpeaker,
            Pick::Target(_) => M::PickTarget,
            Pick::Kind => M::AttributionKind,
            Pick::Value => M::PickValue,
            Pick::Scheme => M::PickScheme,
            Pick::Merge(_) => M::PickMerge,
            Pick::Split => M::PickSplit,
        }))
    }

    fn show(self) -> Node {
        let title = self.title();
        let field = el("input")
            .id("picker-field")
            .set("type", "text")
            .set("placeholder", title)
            .label(title)
            .set("role", "combobox")
            .set("aria-expanded", "true")
            .set("aria-controls", "picker-list")
            .live("aria-activedescendant", move || format!("pick-{}", self.chosen.get()))
            .set("autocomplete", "off")
            .value(String::new)
            .on_input(move |words| {
                self.typed.set(words);
                self.chosen.set(0);
            })
            .on_key(move |event| self.press(event));
        let rows = move || many(self.found().into_iter().enumerate().map(|(i, choice)| self.row(i, choice)));
        let empty = move || self.found().is_empty() && !self.typed.read().trim().is_empty();
        let nothing = move || el("p").class("empty").child(t(M::PickEmpty)).into();
        let dialog = el("div")
            .class("palette picker")
            .set("role", "dialog")
            .set("aria-modal", "true")
            .label(title)
            .child(field)
            .child(el("ul").id("picker-list").set("role", "listbox").label(title).part(rows))
            .child(when(empty, nothing));
        many([el("div").class("veil").on_click(move || self.close()), dialog])
    }

    fn found(self) -> Vec<Choice> {
        let typed = self.typed.get();
        let wanted = typed.trim().to_lowercase();
        self.all.with_value(|(pick, all)| {
            let fits = |c: &&Choice| {
                c.words.to_lowercase().contains(&wanted) || c.hint.to_lowercase().contains(&wanted)
            };
            let mut found: Vec<Choice> = all.iter().filter(fits).cloned().collect();
            let same = found.iter().any(|c| c.words.to_lowercase() == wanted);
            let fresh = match pick {
                Pick::Speaker => Some(What::NewSpeaker),
                Pick::Target(_) => Some(What::NewTarget),
                Pick::Split => Some(What::Split),
                _ => None,
            };
            if let Some(what) = fresh.filter(|_| !wanted.is_empty() && !same) {
                let words = typed.trim().to_owned();
                found.push(Choice { words, hint: t(M::PickNew).to_owned(), what });
            }
            found
        })
    }

    fn row(self, i: usize, choice: Choice) -> El {
        let hint = (!choice.hint.is_empty()).then(|| el("span").class("hint").child(choice.hint.clone()));
        let words = el("span").set("dir", "auto").child(choice.words.clone());
        let chosen = move || self.chosen.get() == i;
        // The button is the option: a control inside of an option could not be reached by a screen reader.
        el("li").set("role", "presentation").child(
            button(words)
                .id(format!("pick-{i}"))
                .set("role", "option")
                .live("aria-selected", move || chosen().to_string())
                .class("quiet")
                .set("tabindex", "-1")
                .class_if("chosen", chosen)
                .child(hint)
                .on_click(move || self.take(&choice)),
        )
    }

    fn press(self, event: &KeyboardEvent) {
        let found = untrack(|| self.found());
        let step = match &*event.key() {
            "ArrowDown" => 1,
            "ArrowUp" => found.len().saturating_sub(1),
            "Enter" => {
                event.prevent_default();
                event.stop_propagation();
                if let Some(choice) = found.get(self.chosen.get_untracked()) {
                    self.take(choice);
                }
                return;
            }
            "Escape" => {
                event.prevent_default();
                event.stop_propagation();
                return self.close();
            }
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        self.chosen.update(|n| *n = (*n + step) % found.len().max(1));
        request_animation_frame(|| browser::scroll_to_first(".picker .chosen"));
    }

    /// Back to the text, with what was selected there.
    fn close(self) {
        let desk = self.desk;
        desk.picker.set(None);
        super::to_text();
        if let (Some((_, text)), Some(selected)) = (desk.text(), desk.session.selected.get_untracked()) {
            move_caret::show(&text, &selected);
        }
    }

    /// Stances are about this from now on, the one that waits for it too.
    fn aim(self, target: Id<Target>) {
        let session = self.desk.session;
        taking::choose_target(session, target);
        if let Some((Pick::Target(Some(value)), _)) = self.all.try_get_value() {
            taking::say_value(session, value);
        }
    }

    fn take(self, choice: &Choice) {
        let desk = self.desk;
        let session = desk.session;
        self.close();
        let words = choice.words.clone();
        match choice.what.clone() {
            What::Speaker(id) => gestures::say_speaker(desk, id, &words),
            What::NewSpeaker => new_speaker(desk, words),
            What::Target(id) => self.aim(id),
            What::NewTarget => {
                let target: Id<Target> = Id::random(fresh_bits());
                let made =
                    Command::AddTarget { target: target.clone(), name: words, kind: TargetKind::Issue };
                if session.run(made) {
                    self.aim(target);
                }
            }
            What::Kind(kind) => gestures::set_kind(session, kind),
            What::Value(label) => taking::say_value(session, label),
            What::Scheme(scheme) => session.use_scheme(scheme),
            What::Merge(gone, kept) => {
                let name = session.project.with_untracked(|p| p.source_name(&gone));
                if session.run(Command::MergeSources { kept, gone }) {
                    session.say(fill(M::MergedSpeakers, &[&name, &words]));
                }
            }
            What::Split => split(desk, words),
        }
    }
}

fn new_speaker(desk: Desk, name: String) {
    let story = desk.article().and_then(|a| desk.session.story_of(&a));
    let source: Id<Source> = Id::random(fresh_bits());
    let add = Command::AddSource { source: source.clone(), story, name: name.clone(), kind: None };
    if desk.session.run(add) {
        gestures::say_speaker(desk, source, &name);
    }
}

fn split(desk: Desk, name: String) {
    let session = desk.session;
    let Some(card) = gestures::active_card() else { return gestures::say_active_first(session) };
    match taking::speaker_of(session, &card.id) {
        Some(from) => {
            let new: Id<Source> = Id::random(fresh_bits());
            let said = fill(M::SpeakerIs, &[&name]);
            let attributions = vec![card.id.clone()];
            if session.run(Command::SplitSource { attributions, from, new, name }) {
                session.spoken.set(said);
            }
        }
        None => new_speaker(desk, name),
    }
}

fn choices(desk: Desk, pick: &Pick) -> Vec<Choice> {
    let session = desk.session;
    let speakers = || cast::members(desk).into_iter().map(|m| (m.id, m.name, m.kind, m.aliases));
    let hint = |kind: String, aliases: Vec<String>| {
        let kind = Some(kind.replace('_', " ")).filter(|k| !k.is_empty());
        kind.into_iter().chain(aliases).collect::<Vec<_>>().join(", ")
    };
    match pick {
        Pick::Speaker => speakers()
            .map(|(id, words, kind, aliases)| Choice {
                words,
                hint: hint(kind, aliases),
                what: What::Speaker(id),
            })
            .collect(),
        Pick::Merge(gone) => speakers()
            .filter(|(id, ..)| id != gone)
            .map(|(id, words, kind, aliases)| Choice {
                words,
                hint: hint(kind, aliases),
                what: What::Merge(gone.clone(), id),
            })
            .collect(),
        Pick::Split => Vec::new(),
        Pick::Target(_) => session.project.with_untracked(|p| {
            let all = p.all::<Target>().enumerate();
            all.map(|(i, target)| Choice {
                words: target.name.get().clone().unwrap_or_default(),
                hint: if i < 9 { format!("⇧{}", i + 1) } else { String::new() },
                what: What::Target(target.id()),
            })
            .collect()
        }),
        Pick::Kind => AttributionType::ALL
            .iter()
            .map(|kind| Choice {
                words: kind.as_str().replace('_', " "),
                hint: meaning(kind.as_str()).to_owned(),
                what: What::Kind(kind.clone()),
            })
            .collect(),
        Pick::Value => session.project.with_untracked(|p| {
            // Those that have keys come first.
            let mut names = scheme_names(p);
            let in_use = session.scheme.get_untracked();
            order::sort_by_key(&mut names, |name| *name != in_use);
            let labels = names.iter().flat_map(|name| p.labels(name));
            let choice = |label: Item<'_, Label>| Choice {
                words: label.name.get().clone().unwrap_or_default(),
                hint: [Some(label.scheme.clone()), label.definition.get().clone()]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(" · "),
                what: What::Value(label.id()),
            };
            labels.map(choice).collect()
        }),
        Pick::Scheme => schemes(desk),
    }
}

/// The schemes of the project: the built-in ones and its own.
fn scheme_names(project: &Project) -> Vec<String> {
    let mut names: Vec<String> = BUILT_IN_SCHEMES.iter().map(|(name, _)| (*name).to_owned()).collect();
    for label in project.all::<Label>() {
        if !names.contains(&label.scheme) {
            names.push(label.scheme.clone());
        }
    }
    names
}

/// Each with its labels.
fn schemes(desk: Desk) -> Vec<Choice> {
    desk.session.project.with_untracked(|p| {
        let labels = |scheme: &str| {
            let all = p.labels(scheme).into_iter();
            all.filter_map(|l| l.name.get().clone()).collect::<Vec<_>>().join(" / ")
        };
        let choice =
            |name: String| Choice { hint: labels(&name), what: What::Scheme(name.clone()), words: name };
        scheme_names(p).into_iter().map(choice).collect()
    })
}
