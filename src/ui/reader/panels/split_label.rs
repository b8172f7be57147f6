//! Splitting a label in two: a new one, and which of the stances that say the old one say it from now on.

use crate::browser;
use crate::model::{Article, Id, Json, Label, Meaning, Stance};
use crate::store::Command;
use crate::ui::messages::{M, count, fill, t};
use crate::ui::reader::marks::{holder_words, stance_words};
use crate::ui::session::{Session, fresh_bits};
use crate::ui::view::{El, Node, button, el, live, many};
use leptos::prelude::*;

/// A label about to be split.
#[derive(Clone, PartialEq)]
pub(super) struct Splitting {
    scheme: String,
    meaning: Meaning,
    name: String,
    /// The stances that say it, in words; whether each goes over to the new one.
    stances: Vec<(Id<Stance>, String, bool)>,
}

impl Splitting {
    pub(super) fn of(session: Session, label: &Id<Label>, name: String) -> Self {
        session.project.with_untracked(|p| {
            let old = p.find(label);
            let stances = p.all::<Stance>().filter(|s| s.value.get().as_ref() == Some(label)).map(|s| {
                let holder = s.holder.get().as_ref();
                let who = holder.map(|h| holder_words(p, h, t(M::TheArticle))).unwrap_or_default();
                let article = p.all::<Article>().find(|a| a.text == s.text);
                let title = article.and_then(|a| a.title.get().clone()).unwrap_or_default();
                (s.id(), format!("{who} · {} · {title}", stance_words(p, &s)), false)
            });
            Self {
                scheme: old.as_ref().map(|l| l.scheme.clone()).unwrap_or_default(),
                meaning: old.and_then(|l| l.meaning.get().clone()).unwrap_or(Meaning::Neutral),
                name,
                stances: stances.collect(),
            }
        })
    }

    /// The new label and what goes over to it, as one step.
    fn commands(&self) -> Vec<Command> {
        let label: Id<Label> = Id::random(fresh_bits());
        let (scheme, name) = (self.scheme.clone(), self.name.clone());
        let add = Command::AddLabel { label: label.clone(), scheme, name, meaning: self.meaning.clone() };
        let goes = self.stances.iter().filter(|(.., goes)| *goes).map(|(stance, ..)| Command::SetField {
            record: stance.record().clone(),
            field: "value",
            value: Json::of(&Some(label.clone())),
        });
        std::iter::once(add).chain(goes).collect()
    }
}

/// The stances to be divided, while a label is being split.
pub(super) fn chooser(session: Session, splitting: RwSignal<Option<Splitting>>) -> Node {
    // Another label than before may be split: its list is another.
    let which = Memo::new(move |_| splitting.read().as_ref().map(|s| (s.scheme.clone(), s.name.clone())));
    live(move || which.get().map(|_| untrack(|| list(session, splitting))).into())
}

fn list(session: Session, splitting: RwSignal<Option<Splitting>>) -> Node {
    let Some(now) = splitting.get_untracked() else { return Node::Nothing };
    let taken =
        move || splitting.read().as_ref().map_or(0, |s| s.stances.iter().filter(|(.., goes)| *goes).count());
    let split = move || {
        if let Some(what) = splitting.get_untracked() {
            splitting.set(None);
            session.run(Command::Several { commands: what.commands() });
        }
    };
    let rows = now.stances.into_iter().enumerate().map(|(i, (_, words, _))| row(splitting, i, words));
    request_animation_frame(|| browser::focus("split-now"));
    let title = fill(M::SplitLabelWhich, &[&now.name]);
    el("div")
        .class("split-label")
        .set("role", "group")
        .label(title.clone())
        .child(el("h3").child(title))
        .child(many(rows))
        .child(
            el("p")
                .class("row")
                .child(
                    button(Node::Nothing)
                        .id("split-now")
                        .class("primary split-now")
                        .words(move || count(taken(), M::SplitLabelOne, M::SplitLabelMany))
                        .on_click(split),
                )
                .child(button(t(M::Cancel)).class("quiet").on_click(move || splitting.set(None))),
        )
        .into()
}

fn row(splitting: RwSignal<Option<Splitting>>, i: usize, words: String) -> El {
    let flip = move |_: String| {
        splitting.update(|all| {
            if let Some(stance) = all.as_mut().and_then(|all| all.stances.get_mut(i)) {
                stance.2 = !stance.2;
            }
        });
    };
    let tick = el("input").set("type", "checkbox").on_change(flip);
    el("label").class("field").child(tick).child(el("span").set("dir", "auto").child(words))
}
