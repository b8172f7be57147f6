//! What the article, or the speaker of the active attribution, thinks of a target.

use super::desk::Desk;
use super::label_look::{colour, meaning, swatch};
use super::marks::{Eyes, holder_words, stance_words};
use super::taking;
use crate::browser;
use crate::model::{ArticleText, Attribution, Holder, Id, Project, Stance, Target, TargetKind};
use crate::store::Command;
use crate::text::Span;
use crate::ui::actions::{how, tip};
use crate::ui::messages::{M, fill, t};
use crate::ui::session::{Session, fresh_bits};
use crate::ui::view::{El, Node, button, el, live, many, react, when};
use leptos::prelude::*;

/// Who holds the stance at hand: the speaker of the active attribution, within it, or the article.
type At = (Holder, Option<Id<Attribution>>);

/// The targets of the project with their names.
type Targets = Memo<Vec<(Id<Target>, String)>>;

/// The stance panel: whose, towards what, which; and the stances said so far.
pub(super) fn stances(desk: Desk) -> Node {
    let session = desk.session;
    let Some((text, _)) = desk.text() else { return Node::Nothing };
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
        match active.as_ref().and_then(|id| taking::speaker_of(session, id)) {
            Some(source) => (Holder::Source(source), active),
            None => (Holder::Article, None),
        }
    });
    let who = move || session.project.with(|p| holder_words(p, &holder.read().0, t(M::TheArticle)));
    let about = text.clone();
    let renaming = RwSignal::new(false);
    let pencil = move || {
        button("✎")
            .class("quiet pencil")
            .label(t(M::RenameTarget))
            .tip(t(M::RenameTarget))
            .live("aria-expanded", move || renaming.get().to_string())
            .on_click(move || renaming.update(|open| *open = !*open))
    };
    let choose = move || {
        many([
            el("p").class("row-of-target").child(target_choice(session, targets)).child(pencil()).into(),
            live(move || renaming.get().then(|| about_target(session, targets)).into()),
            values(session, holder, about.clone()).into(),
        ])
    };
    el("section")
        .class("stances")
        .label(t(M::StanceTitle))
        .child(el("h2").child(t(M::StanceTitle)))
        .child(el("p").class("question").words(move || fill(M::StanceOf, &[&who()])))
        .child(when(move || !targets.read().is_empty(), choose))
        .child(when(move || targets.read().is_empty(), || el("p").class("hint").child(t(M::NoTarget)).into()))
        .child(new_target(session))
        .child(said(desk, text))
        .into()
}

/// Whether it is a source's, which it is, where it is taken, what it says, the class of its meaning, its colour.
type Chip = (bool, Id<Stance>, Option<Id<Attribution>>, String, &'static str, &'static str);

/// How many stances the strip shows before it counts the rest.
const STRIP: usize = 12;

/// The article's stances at a glance: its own first, then those of its sources.
pub(super) fn strip(desk: Desk) -> Node {
    let session = desk.session;
    let Some((text, _)) = desk.text() else { return Node::Nothing };
    let chips = Memo::new(move |_| {
        desk.said.track();
        let eyes = Eyes::chosen(session);
        session.project.with_untracked(|p| {
            let mut all: Vec<Chip> = p
                .about::<Stance>(&text)
                .filter(|s| eyes.see_stance(s))
                .map(|s| {
                    let holder = s.holder.get();
                    let own = *holder == Some(Holder::Article);
                    let who =
                        holder.as_ref().map(|h| holder_words(p, h, t(M::TheArticle))).unwrap_or_default();
                    let class = meaning(s.value.get().as_ref(), p);
                    let colour = colour(s.value.get().as_ref(), p);
                    (
                        !own,
                        s.id(),
                        s.attribution.get().clone(),
                        format!("{who} · {}", stance_words(p, &s)),
                        class,
                        colour,
                    )
                })
                .collect();
            crate::text::order::sort_by(&mut all, |a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
            all
        })
    });
    let chip = move |(_, id, of, words, class, colour): Chip| {
        let go = move || {
            session.stance.set(Some(id.clone()));
            if let Some(of) = &of {
                super::gestures::focus_attribution(session, of);
            }
        };
        button(swatch(colour)).child(words).class(format!("chip {class}")).on_click(go)
    };
    let shown = move || {
        let all = chips.get();
        let more = all.len().saturating_sub(STRIP);
        let rest = (more > 0).then(|| {
            let open = move || session.panel.set(Some(crate::ui::session::Panel::Grid));
            button(fill(M::MoreStances, &[&more.to_string()])).class("chip").tip(tip("grid")).on_click(open)
        });
        many([many(all.into_iter().take(STRIP).map(chip)), rest.into()])
    };
    when(
        move || !chips.read().is_empty(),
        move || el("div").class("strip").set("role", "group").label(t(M::Strip)).part(shown).into(),
    )
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

/// The name of the target at hand, to be put right; one that no stance is about can be removed.
fn about_target(session: Session, targets: Targets) -> Node {
    live(move || {
        let Some(target) = session.target.get() else { return Node::Nothing };
        let name = targets.read().iter().find(|(id, _)| *id == target).map(|(_, name)| name.clone());
        let (renamed, gone) = (target.clone(), target.record().clone());
        let rename = move |name: String| {
            session.run(Command::RenameTarget { target: renamed.clone(), name });
        };
        let field =
            el("input").set("type", "text").label(t(M::RenameTarget)).set("value", name.unwrap_or_default());
        let is_used = move |p: &Project| p.all::<Stance>().any(|s| s.target.get().as_ref() == Some(&target));
        let remove = move || {
            session.run(Command::Delete { records: vec![gone.clone()] });
        };
        let remove = button(t(M::RemoveTarget)).class("quiet").on_click(remove);
        let unused = session.project.with(|p| !is_used(p));
        el("p")
            .class("new-target")
            .child(session.typed(field, Box::new(rename)))
            .child(unused.then_some(remove))
            .into()
    })
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
        let names = ["favor", "against", "neither", "fourth"];
        many(session.labels().into_iter().enumerate().map(|(i, (label, name))| {
            let action = names.get(i).copied();
            let (class, colour) =
                session.project.with_untracked(|p| (meaning(Some(&label), p), colour(Some(&label), p)));
            let chosen = current.get().as_ref() == Some(&label);
            let say = move || {
                let (holder, attribution) = holder.get_untracked();
                // Pressing the chosen one again takes it back.
                let value = (!chosen).then(|| label.clone());
                taking::say_stance(session, holder, attribution, value);
            };
            button(swatch(colour))
                .child(name.clone())
                .class(format!("value {class}"))
                .set("aria-pressed", chosen.to_string())
                .tip(action.map_or(name, tip))
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

/// How many stances the list shows.
const LISTED: usize = 60;

/// A stance as the list shows it.
#[derive(Clone, PartialEq)]
struct Line {
    id: Id<Stance>,
    /// Whose annotation it is, unless one's own.
    credit: Option<String>,
    who: String,
    value: String,
    target: String,
    evidence: Vec<(Span, String)>,
    class: &'static str,
    colour: &'static str,
    intensity: Option<u8>,
    conditional: bool,
    mixed: bool,
}

fn said(desk: Desk, text: Id<ArticleText>) -> Node {
    let session = desk.session;
    let lines = Memo::new(move |_| {
        desk.said.track();
        let (eyes, several) = (Eyes::chosen(session), desk.is_of_several());
        session.project.with_untracked(|p| {
            let all = p.about::<Stance>(&text).filter(|s| eyes.see_stance(s)).map(|s| Line {
                credit: several.then(|| eyes.credit_stance(p, &s)).flatten(),
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
                evidence: evidence_of(p, &s),
                class: meaning(s.value.get().as_ref(), p),
                colour: colour(s.value.get().as_ref(), p),
                intensity: *s.intensity.get(),
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
            // Of very many, those said last: the grid has them all.
            let rows = move || {
                let all = lines.get();
                let from = all.len().saturating_sub(LISTED);
                many(all.into_iter().skip(from).map(|line| row(session, line)))
            };
            el("details")
                .class("said-box")
                .flag("open", open)
                .child(el("summary").class("hint").words(heading))
                .child(el("ul").class("said").part(rows))
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
        .child(swatch(line.colour))
        .child(el("span").class(format!("value-word {}", line.class)).child(line.value.clone()))
        .child(" ")
        .child(line.target.clone())
        .child(line.credit.as_ref().map(|name| el("span").class("credit").child(fill(M::MarkedBy, &[name]))));
    let shown = is_current.clone();
    el("li").class_if("current", is_current).child(words).child(live(move || match shown() {
        true => tools(session, &line).into(),
        false => Node::Nothing,
    }))
}

/// The words that show a stance.
fn evidence_of(project: &Project, stance: &Stance) -> Vec<(Span, String)> {
    let Some(text) = project.text(&stance.text) else { return Vec::new() };
    let spans = stance.evidence.get().iter().filter_map(|a| a.span(text));
    spans.map(|span| (span, span.slice(text).to_owned())).collect()
}

/// Words that show the stance, and the way to take them back.
fn evidence(session: Session, stance: &Id<Stance>, span: Span, words: &str) -> El {
    let label = fill(M::RemoveEvidence, &[words]);
    let stance = stance.clone();
    let remove = move || {
        session.run(Command::RemoveEvidence { stance: stance.clone(), span });
    };
    el("span")
        .class("evidence-piece")
        .child(el("span").class("words").set("dir", "auto").child(words.to_owned()))
        .child(button("×").class("quiet remove").tip(label.clone()).label(label).on_click(remove))
}

/// What can be said of the current stance.
fn tools(session: Session, line: &Line) -> El {
    let evidence: Node = match &*line.evidence {
        [] => el("span").class("hint").child(how(M::EvidenceAdd)).into(),
        all => many(all.iter().map(|(span, words)| evidence(session, &line.id, *span, words))),
    };
    let switch = |words: M, on: bool| button(t(words)).class("quiet").set("aria-pressed", on.to_string());
    let (flipped, mixed) = (line.id.clone(), line.id.clone());
    let (conditional, is_mixed) = (!line.conditional, !line.mixed);
    let record = line.id.record().clone();
    let strong = line.id.clone();
    let set_intensity = move |n: String| {
        session.run(Command::SetIntensity { stance: strong.clone(), intensity: n.parse().ok() });
    };
    let degrees = ["", "0", "1", "2", "3"].map(|n| {
        let chosen = line.intensity.map(|i| i.to_string()).unwrap_or_default() == n;
        let words = if n.is_empty() { t(M::Intensity).to_owned() } else { fill(M::IntensityOf, &[n]) };
        el("option").set("value", n).flag("selected", chosen).child(words)
    });
    el("div")
        .class("stance-tools")
        .child(evidence)
        .child(switch(M::Conditional, line.conditional).on_click(move || {
            session.run(Command::SetConditional { stance: flipped.clone(), conditional });
        }))
        .child(switch(M::Mixed, line.mixed).on_click(move || {
            session.run(Command::SetMixed { stance: mixed.clone(), mixed: is_mixed });
        }))
        .child(el("select").label(t(M::Intensity)).on_change(set_intensity).children(degrees))
        .child(button(t(M::ClearStance)).class("quiet").on_click(move || {
            session.run(Command::Delete { records: vec![record.clone()] });
        }))
}
