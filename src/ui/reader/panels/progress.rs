//! How far one has come: for each article and layer, and what is still unfinished in the one at hand.

use crate::model::{Article, ArticleText, Attribution, Coverage, CoverageState, Id, Layer, Stance};
use crate::store::Command;
use crate::ui::messages::{M, fill, t};
use crate::ui::reader::desk::{Desk, desk};
use crate::ui::session::{Screen, Session};
use crate::ui::view::{El, Node, button, el, many};
use leptos::prelude::*;

/// The layers that are done article by article here.
const LAYERS: [Layer; 2] = [Layer::Attribution, Layer::Stance];

fn state(session: Session, text: &Id<ArticleText>, layer: &Layer) -> CoverageState {
    let me = session.me();
    session.project.with_untracked(|p| {
        let mut mine = p.about::<Coverage>(text).filter(|c| c.person == me && c.layer == *layer);
        mine.next().and_then(|c| c.state.get().clone()).unwrap_or(CoverageState::Todo)
    })
}

/// Says that one is done with the article's attributions, or with its stances too; said again, not.
pub(in crate::ui) fn flip_done(session: Session, layer: &Layer) {
    let Some((text, _)) = desk().and_then(Desk::text) else { return };
    let done = state(session, &text, layer) == CoverageState::Done;
    let state = if done { CoverageState::Doing } else { CoverageState::Done };
    if session.run(Command::SetCoverage { text, layer: layer.clone(), state: Some(state) }) {
        let which = t(if *layer == Layer::Stance { M::LayerStance } else { M::LayerAttribution });
        session.say(fill(if done { M::LayerOpen } else { M::LayerDone }, &[which]));
    }
}

pub(super) fn progress(desk: Desk) -> El {
    let session = desk.session;
    el("div").part(move || table(desk, session))
}

fn table(desk: Desk, session: Session) -> Node {
    session.project.track();
    desk.changed.track();
    let rows = session.project.with_untracked(|p| {
        let all = p.all::<Article>().map(|a| {
            let text = a.text.clone();
            let count = [p.about::<Attribution>(&text).count(), p.about::<Stance>(&text).count()];
            (a.id(), a.title.get().clone().unwrap_or_default(), text, count)
        });
        all.collect::<Vec<_>>()
    });
    let total = rows.len();
    let done =
        rows.iter().filter(|r| LAYERS.iter().all(|l| state(session, &r.2, l) == CoverageState::Done)).count();
    let unfinished =
        desk.shown(|m| m.cards().iter().filter(|c| c.is_unfinished()).count()).unwrap_or_default();
    let here = desk.article();
    let head = [t(M::ArticleLabel), t(M::LayerAttribution), t(M::LayerStance)]
        .map(|words| el("th").set("scope", "col").child(words));
    let rows = rows.into_iter().map(|(id, title, text, count)| {
        let current = here.as_ref() == Some(&id);
        let go = move || {
            session.panel.set(None);
            session.go(Screen::Read(id.clone()));
        };
        let cells = LAYERS.iter().zip(count).map(|(layer, n)| cell(session, &text, layer, n));
        el("tr")
            .class(if current { "current" } else { "" })
            .child(
                el("th")
                    .set("scope", "row")
                    .child(button(title).class("quiet").set("dir", "auto").on_click(go)),
            )
            .children(cells.collect::<Vec<_>>())
    });
    let meter = el("progress")
        .set("max", total.max(1).to_string())
        .set("value", done.to_string())
        .label(t(M::Progress));
    many([
        el("p")
            .class("row")
            .child(meter)
            .child(fill(M::ProgressCount, &[&done.to_string(), &total.to_string()])),
        el("p").class("hint").child(fill(M::UnfinishedHere, &[&unfinished.to_string()])),
        el("table")
            .class("progress-table")
            .child(el("thead").child(el("tr").children(head)))
            .child(el("tbody").children(rows.collect::<Vec<_>>())),
    ])
}

fn cell(session: Session, text: &Id<ArticleText>, layer: &Layer, count: usize) -> El {
    let done = state(session, text, layer) == CoverageState::Done;
    let (text, layer) = (text.clone(), layer.clone());
    let flip = move || {
        let state = if done { CoverageState::Doing } else { CoverageState::Done };
        session.run(Command::SetCoverage { text: text.clone(), layer: layer.clone(), state: Some(state) });
    };
    let words = if done { t(M::IsDone) } else { t(M::IsOpen) };
    el("td").child(
        button(format!("{words} · {count}"))
            .class("quiet")
            .set("aria-pressed", done.to_string())
            .on_click(flip),
    )
}
