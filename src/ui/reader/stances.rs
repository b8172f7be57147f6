//! What the article, or the speaker of the active attribution, thinks of a target.

use super::Shown;
use super::gestures;
use super::marks::holder_words;
use crate::browser;
use crate::model::{ArticleText, Attribution, Holder, Id, Stance, Target, TargetKind};
use crate::store::Command;
use crate::ui::actions::tip;
use crate::ui::messages::{M, fill, t};
use crate::ui::session::{Session, fresh_bits};
use crate::ui::view::{El, Node, button, el, live, many, react, when};
use leptos::prelude::*;

/// Who holds the stance at hand: the speaker of the active attribution, within it, or the article.
type At = (Holder, Option<Id<Attribution>>);

/// The targets of the project with their names.
type Targets = Memo<Vec<(Id<Target>, String)>>;

/// The stance panel: whose, towards what, which; and the stances said so far.
pub(super) fn stances(session: Session, shown: &Shown) -> Node {
    let targets: Targets = Memo::new(move |_| {
        session.project.with(|p| {
            let all = p.all::<Target>().map(|x| (x.id(), x.name.get().clone().unwrap_or_default()));
            all.collect::<Vec<_>>()
        })
    });
    // The target carries over from the last visit, or is the first there is.
    react(move || {
        let known = |id: &Id<Target>| targets.read().iter().any(|(other, _)| other == id);
        if !session.target.get_untracked().is_some_and(|id| known(&id)) {
            let first = targets.read().first().map(|(id, _)| id.clone());
            if session.target.get_untracked() != first {
                session.target.set(first);
            }
        }
    });
    let holder: Memo<At> = Memo::new(move |_| {
        session.project.track();
        let active = session.active.get();
        match active.as_ref().and_then(|id| gestures::speaker_of(session, id)) {
            Some(source) => (Holder::Source(source), active),
            None => (Holder::Article, None),
        }
    });
    let who = move || session.project.with(|p| holder_words(p, &holder.read().0, t(M::TheArticle)));
    let text = shown.text_id.clone();
    let choose = {
        let text = text.clone();
        move || many([target_choice(session, targets), values(session, holder, text.clone())])
    };
    el("section")
        .class("stances")
        .child(el("h2").child(t(M::StanceTitle)))
        .child(el("p").class("question").words(move || fill(M::StanceOf, &[&who()])))
        .child(when(move || !targets.read().is_empty(), choose))
        .child(when(move || targets.read().is_empty(), || el("p").class("hint").child(t(M::NoTarget)).into()))
        .child(new_target(session))
        .child(said(session, text))
        .into()
}

fn target_choice(session: Session, targets: Targets) -> El {
    let options = move || {
        let current = session.target.get();
        many(targets.get().into_iter().map(|(id, name)| {
            let selected = Some(&id) == current.as_ref();
            el("option").set("value", id.to_string()).flag("selected", selected).child(name)
        }))
    };
    let choose = move |chosen: String| {
        if let Some(id) = Id::<Target>::parse(&chosen) {
            session.target.set(Some(id));
            session.remember_place();
        }
    };
    el("select").class("target").label(t(M::TargetName)).on_change(choose).part(options)
}

/// One button for each value; the one chosen is pressed in.
fn values(session: Session, holder: Memo<At>, text: Id<ArticleText>) -> El {
    let current = Memo::new(move |_| {
        let (holder, attribution) = holder.get();
        let (target, me) = (session.target.get(), session.me());
        session.project.with(|p| {
            let mut mine = p.about::<Stance>(&text).filter(|s| {
                s.entry.made.by == me
                    && s.holder.get().as_ref() == Some(&holder)
                    && *s.target.get() == target
                    && *s.attribution.get() == attribution
            });
            mine.next().and_then(|s| s.value.get().clone())
        })
    });
    let buttons = move || {
        let names = ["favor", "against", "neither"];
        many(session.labels().into_iter().zip(names).map(|((label, name), action)| {
            let chosen = current.get().as_ref() == Some(&label);
            let say = move || {
                let (holder, attribution) = holder.get_untracked();
                // Pressing the chosen one again takes it back.
                let value = (!chosen).then(|| label.clone());
                gestures::say_stance(session, holder, attribution, value);
            };
            button(name)
                .class(format!("value {action}"))
                .set("aria-pressed", chosen.to_string())
                .tip(tip(action))
                .on_click(say)
        }))
    };
    el("div").class("values").set("role", "group").label(t(M::StanceTitle)).part(buttons)
}

fn new_target(session: Session) -> El {
    let name = RwSignal::new(String::new());
    let add = move || {
        let target: Id<Target> = Id::random(fresh_bits());
        let wanted = name.get_untracked();
        if wanted.trim().is_empty() {
            return;
        }
        if session.run(Command::AddTarget { target: target.clone(), name: wanted, kind: TargetKind::Issue }) {
            name.set(String::new());
            session.target.set(Some(target));
            session.remember_place();
            browser::blur();
        }
    };
    let field = el("input")
        .id("target-name")
        .set("type", "text")
        .set("placeholder", t(M::TargetName))
        .label(t(M::TargetName))
        .value(move || name.get())
        .on_input(move |words| name.set(words))
        .on_key(move |event| {
            if event.key() == "Enter" {
                event.prevent_default();
                add();
            }
        });
    el("p").class("new-target").child(field).child(
        button(t(M::AddTarget))
            .class("quiet")
            .live_flag("disabled", move || name.read().trim().is_empty())
            .on_click(add),
    )
}

/// A stance as the list shows it.
#[derive(Clone, PartialEq)]
struct Line {
    id: Id<Stance>,
    who: String,
    value: String,
    target: String,
    evidence: usize,
    conditional: bool,
    mixed: bool,
}

fn said(session: Session, text: Id<ArticleText>) -> Node {
    let lines = Memo::new(move |_| {
        session.project.with(|p| {
            let all = p.about::<Stance>(&text).map(|s| Line {
                id: s.id(),
                who: s
                    .holder
                    .get()
                    .as_ref()
                    .map(|h| holder_words(p, h, t(M::TheArticle)))
                    .unwrap_or_default(),
                value: s.value.get().as_ref().and_then(|v| p.find(v)?.name.get().clone()).unwrap_or_default(),
                target: s
                    .target
                    .get()
                    .as_ref()
                    .and_then(|v| p.find(v)?.name.get().clone())
                    .unwrap_or_default(),
                evidence: s.evidence.get().len(),
                conditional: *s.conditional.get(),
                mixed: *s.mixed.get(),
            });
            all.collect::<Vec<_>>()
        })
    });
    let heading = move || crate::ui::messages::count(lines.read().len(), M::OneStance, M::Stances);
    // A long list is folded, so that the cards stay in sight.
    let open = lines.with_untracked(|l| l.len() <= 3);
    when(
        move || !lines.read().is_empty(),
        move || {
            el("details")
                .class("said-box")
                .flag("open", open)
                .child(el("summary").class("hint").words(heading))
                .child(
                    el("ul")
                        .class("said")
                        .part(move || many(lines.get().into_iter().map(|line| row(session, line)))),
                )
                .into()
        },
    )
}

fn row(session: Session, line: Line) -> El {
    let is_current = {
        let id = line.id.clone();
        move || session.stance.get().as_ref() == Some(&id)
    };
    let pick = {
        let id = line.id.clone();
        move || session.stance.set(Some(id.clone()))
    };
    let pressed = is_current.clone();
    let words = el("button")
        .set("type", "button")
        .class("quiet line")
        .on_click(pick)
        .live("aria-pressed", move || pressed().to_string())
        .child(el("b").child(line.who.clone()))
        .child(" ")
        .child(el("span").class(format!("value-word {}", line.value)).child(line.value.clone()))
        .child(" ")
        .child(line.target.clone());
    let shown = is_current.clone();
    el("li").class_if("current", is_current).child(words).child(live(move || match shown() {
        true => tools(session, &line).into(),
        false => Node::Nothing,
    }))
}

/// What can be said of the current stance.
fn tools(session: Session, line: &Line) -> El {
    let evidence = match line.evidence {
        0 => t(M::EvidenceAdd).to_owned(),
        n => format!("“…” × {n}"),
    };
    let switch = |words: M, on: bool| button(t(words)).class("quiet").set("aria-pressed", on.to_string());
    let (flipped, mixed) = (line.id.clone(), line.id.clone());
    let (conditional, is_mixed) = (!line.conditional, !line.mixed);
    let record = line.id.record().clone();
    el("div")
        .class("stance-tools")
        .child(el("span").class("hint").child(evidence))
        .child(switch(M::Conditional, line.conditional).on_click(move || {
            session.run(Command::SetConditional { stance: flipped.clone(), conditional });
        }))
        .child(switch(M::Mixed, line.mixed).on_click(move || {
            session.run(Command::SetMixed { stance: mixed.clone(), mixed: is_mixed });
        }))
        .child(button(t(M::ClearStance)).class("quiet").on_click(move || {
            session.run(Command::Delete { records: vec![record.clone()] });
        }))
}
