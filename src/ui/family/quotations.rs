//! What became of the quotations of one version in the others: a row for each, a column for each version.

use super::{Member, short};
use crate::model::{Article, Id};
use crate::text::{CodePoints, Text, order};
use crate::ui::compare::open_place;
use crate::ui::messages::{M, fill, t};
use crate::ui::questions::{Answer, Question, Quoted, QuotedCell, asked};
use crate::ui::session::Session;
use crate::ui::view::{El, Node, button, el, live, many, when};
use crate::versions::fidelity::{Guess, Mark};
use crate::versions::quoted::annotated;
use leptos::prelude::*;
use std::sync::Arc;

/// The section: it works only when somebody asks for it.
pub(super) fn quotations(session: Session, members: Vec<Member>) -> El {
    let wanted = RwSignal::new(false);
    let begin = button(t(M::QuotationsShow)).class("show-quotations").on_click(move || wanted.set(true));
    let begin = StoredValue::new_local(Some(begin));
    let shown = live(move || match wanted.get() {
        false => begin.try_update_value(Option::take).flatten().into(),
        true => Node::Nothing,
    });
    el("section")
        .class("quotations")
        .child(el("h2").child(t(M::QuotationsTitle)))
        .child(el("p").class("hint").child(t(M::QuotationsHint)))
        .child(shown)
        .child(when(move || wanted.get(), move || ledger(session, members.clone())))
}

/// The texts of the members, by their places.
fn texts(session: Session, members: &[Member]) -> Vec<Text> {
    session
        .project
        .with_untracked(|p| members.iter().map(|m| p.text_of(&m.id).cloned().unwrap_or_default()).collect())
}

fn ledger(session: Session, members: Vec<Member>) -> Node {
    let base = RwSignal::new(0_usize);
    let all = texts(session, &members);
    let sent = all.clone();
    // Followed anew when somebody marks another quotation, in this tab or in a follower's.
    let ids: Vec<Id<Article>> = members.iter().map(|m| m.id.clone()).collect();
    let said_in = Memo::new(move |_| {
        session.project.with(|p| {
            let said = |id: &Id<Article>| p.find(id).map(|a| annotated(p, &a.text)).unwrap_or_default();
            ids.iter().map(said).collect::<Vec<_>>()
        })
    });
    let answer = asked(
        move || {
            let base = base.get();
            let texts = in_turn(base, sent.len()).map(|i| sent[i].as_str().to_owned());
            let said = said_in.get().get(base).cloned().unwrap_or_default();
            Some(Question::Ledger(texts.collect(), said))
        },
        |answer| match answer {
            Answer::Ledger(annotated, found) => Some((annotated, found)),
            _ => None,
        },
    );
    let names: Vec<String> = members.iter().map(short).collect();
    let choose = el("select")
        .class("ledger-base")
        .label(t(M::QuotationsOf))
        .on_change(move |at| base.set(at.parse().unwrap_or(0)))
        .children(names.iter().enumerate().map(|(i, name)| {
            el("option").set("value", i.to_string()).child(fill(M::QuotationsOfWhom, &[name]))
        }));
    let shown = live(move || match answer.answer.get() {
        Some(found) => table(session, &members, &all, base.get_untracked(), &found),
        None => Node::Nothing,
    });
    many([choose.into(), answer.progress(M::QuotationsWorking), shown])
}

/// The base first, then the others in their order.
fn in_turn(base: usize, count: usize) -> impl Iterator<Item = usize> {
    std::iter::once(base).chain((0..count).filter(move |i| *i != base))
}

fn table(
    session: Session,
    members: &[Member],
    texts: &[Text],
    base: usize,
    found: &Arc<(bool, Vec<Quoted>)>,
) -> Node {
    let (annotated, found) = &**found;
    if found.is_empty() {
        return el("p").class("empty").child(t(M::QuotationsNone)).into();
    }
    let versions: Vec<usize> = in_turn(base, members.len()).collect();
    let heads = versions.iter().map(|i| el("th").set("scope", "col").child(short(&members[*i])));
    // What changed most stands first: that is what somebody looks for.
    let mut rows: Vec<&Quoted> = found.iter().collect();
    order::sort_by_key(&mut rows, |row| {
        let kept: u32 = row.cells.iter().map(|c| u32::from(c.kept)).sum();
        (std::cmp::Reverse(row.cells.iter().filter(|c| c.doubtful).count()), kept)
    });
    let row = |row: &&Quoted| {
        let words = button(said(&texts[base], row.at)).class("quiet words");
        let (id, text, at) = (members[base].id.clone(), texts[base].clone(), row.at);
        let head = el("th")
            .set("scope", "row")
            .set("dir", "auto")
            .child((!row.who.is_empty()).then(|| el("b").class("who").child(row.who.clone())))
            .child(words.on_click(move || open(session, &id, &text, at)));
        let cells = row.cells.iter().zip(&versions[1..]);
        el("tr").child(head).children(cells.map(|(cell, i)| verdict(session, &members[*i], &texts[*i], cell)))
    };
    let which = el("p").class("ledger-from hint").child(match annotated {
        true => t(M::QuotationsAnnotated),
        false => t(M::QuotationsFound),
    });
    let table = el("div").class("scroll").child(
        el("table")
            .class("ledger")
            .child(el("thead").child(el("tr").children(heads)))
            .child(el("tbody").children(rows.iter().map(row))),
    );
    many([which, table])
}

fn said(text: &Text, at: CodePoints) -> String {
    text.span_from_chars(at).map(|span| span.slice(text).to_owned()).unwrap_or_default()
}

fn open(session: Session, article: &Id<Article>, text: &Text, at: CodePoints) {
    if let Some(span) = text.span_from_chars(at) {
        open_place(session, article, text, span);
    }
}

/// What one version made of a quotation.
fn verdict(session: Session, member: &Member, text: &Text, cell: &QuotedCell) -> El {
    let words = t(match cell.verdict {
        Guess::Verbatim => M::FidelityVerbatim,
        Guess::Typographic => M::FidelityTypographic,
        Guess::Trimmed => M::FidelityTrimmed,
        Guess::MarkedEdit => M::FidelityMarked,
        Guess::LightEdit => M::FidelityLight,
        Guess::ParaphraseInMarks => M::FidelityParaphrase,
        Guess::FabricatedOrUnmatched => M::FidelityGone,
    });
    let shade = match cell.verdict {
        Guess::Verbatim | Guess::Typographic => "true",
        Guess::Trimmed | Guess::MarkedEdit | Guess::LightEdit => "near",
        Guess::ParaphraseInMarks => "far",
        Guess::FabricatedOrUnmatched => "gone",
    };
    let flags = cell.flags.iter().map(|flag| el("span").class("flag").child(flag_words(*flag)));
    let places: Vec<String> = cell.places.iter().map(|at| said(text, *at)).collect();
    let there = cell.places.first().map(|at| {
        let (id, text, at) = (member.id.clone(), text.clone(), *at);
        button(places.join(" … ")).class("quiet words").on_click(move || open(session, &id, &text, at))
    });
    let kept = (!cell.places.is_empty()).then(|| fill(M::FidelityKept, &[&cell.kept.to_string()]));
    el("td")
        .class(shade)
        .set("dir", "auto")
        .child(el("b").child(words))
        .child(kept.map(|kept| el("span").class("hint").child(kept)))
        .children(flags)
        .child(there)
}

fn flag_words(flag: Mark) -> &'static str {
    t(match flag {
        Mark::Negation => M::FlagNegation,
        Mark::Number => M::FlagNumber,
        Mark::Modal => M::FlagModal,
        Mark::Name => M::FlagName,
        Mark::Person => M::MarkPerson,
        Mark::Intensity => M::MarkIntensity,
        Mark::ReportingVerb => M::FlagReportingVerb,
        Mark::DemotedToIndirect => M::MarkDemoted,
        Mark::PromotedToDirect => M::MarkPromoted,
        Mark::Split => M::OpSplit,
        Mark::Unmarked => M::MarkUnmarked,
    })
}
