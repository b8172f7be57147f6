//! What the desk wants done, done through the session.

use super::Which;
use crate::beside::{Decided, Order};
use crate::browser;
use crate::codecs::project_file;
use crate::model::{Article, CoverageState, Entry, Id, Json, KINDS, Layer, RecordId};
use crate::storage::Reason;
use crate::store::{Command, Verdict};
use crate::text::Span;
use crate::ui::messages::{M, t};
use crate::ui::session::{Screen, Session};
use leptos::prelude::*;

pub(super) fn carry_out(which: Which, session: Session, order: Order) {
    let id = |id: &String| RecordId::from_file(id);
    match order {
        Order::TakeIn(file) => take_in(which, session, &file),
        Order::CatchUp(file) => catch_up(session, &file),
        Order::Folder(act) => super::beside::folder(session, act),
        // The worker writes it itself.
        Order::WriteOwn { .. } => {}
        Order::Report(report) => session.keep(|keep| {
            let project = session.project.read_untracked();
            keep.add_report(project.id(), report);
        }),
        Order::Field { record, field, value } => {
            if let (Some(field), Ok(value)) = (known(&field), Json::read(&value)) {
                session.run(Command::SetField { record: id(&record), field, value });
            }
        }
        Order::Same { a, b, same } => {
            session.run(Command::SetSame { a: id(&a), b: id(&b), same });
        }
        Order::Delete(records) => {
            session.run(Command::Delete { records: records.iter().map(id).collect() });
        }
        Order::Decide(all) => {
            let verdicts = all.into_iter().map(|decided| verdict(session, decided)).collect();
            session.run(Command::Decide { verdicts });
        }
        Order::Finished { text, layer, done } => {
            if let Some(text) = Id::parse(&text) {
                let state = Some(if done { CoverageState::Done } else { CoverageState::Doing });
                session.run(Command::SetCoverage { text, layer: Layer::from(&*layer), state });
            }
        }
        Order::Download { name, kind, content } => {
            browser::download(&name, &content, &kind);
            session.say(crate::ui::messages::fill(M::Exported, &[&name]));
        }
        Order::Save { name, kind, content } => browser::download_bytes(&name, &content, &kind),
        Order::Busy(words, far) => session.busy.set((far < 100).then_some((words, far))),
        Order::Remember(choices) => session.keep(|keep| keep.set_choices(&choices)),
        Order::Copy(words) => browser::copy(words, move |done| match done {
            true => session.say(t(M::Copied).to_owned()),
            false => session.complain(t(M::NotCopied).to_owned()),
        }),
        Order::Say(words) => session.say(words),
        Order::Open(article) => {
            if let Some(article) = Id::<Article>::parse(&article) {
                session.go(Screen::Read(article));
            }
        }
        Order::Compare(a, b) => {
            if let Some((a, b)) = Id::parse(&a).zip(Id::parse(&b)) {
                session.go(Screen::Compare(a, b));
            }
        }
    }
}

/// The records of a join or an import, in one step, with a copy of the project kept before it.
fn take_in(which: Which, session: Session, file: &str) {
    if let Some(records) = records_of(session, file, which) {
        session.run(match which {
            Which::Together => Command::TakeIn { records },
            Which::Training => Command::Import { records },
        });
    }
}

/// The same as a step that Undo passes over: the person did nothing, and taking it back would delete what
/// colleagues did.
fn catch_up(session: Session, file: &str) {
    if session.role.get_untracked() == crate::ui::tabs::Role::Writer
        && let Some(records) = records_of(session, file, Which::Together)
    {
        session.run_unnoted(Command::TakeIn { records });
    }
}

/// What a file brings; a copy of the project as it is is kept first.
fn records_of(session: Session, file: &str, which: Which) -> Option<Vec<(RecordId, Entry)>> {
    let news = project_file::read(file).ok()?;
    let why = match which {
        Which::Together => Reason::Merge,
        Which::Training => Reason::Import,
    };
    if let Err(why) = session.keep(|keep| keep.back_up(&session.project.read_untracked(), why)) {
        session.complain(why.to_string());
    }
    Some(news.value.records().map(|(id, entry)| (id.clone(), entry.clone())).collect())
}

/// The field of this name, as the records declare it.
fn known(field: &str) -> Option<&'static str> {
    let shared = ["deleted", "note", "unsure"].into_iter();
    let declared = KINDS.iter().flat_map(|(_, _, fields)| fields.iter().map(|f| f.name));
    shared.chain(declared).find(|name| *name == field)
}

fn verdict(session: Session, decided: Decided) -> Verdict {
    let ids = |all: Vec<String>| all.iter().map(|id| RecordId::from_file(id)).collect::<Vec<_>>();
    let keep = ids(decided.keep);
    let contents = decided.contents.map(|spans| {
        session.project.with_untracked(|project| {
            let text = keep
                .first()
                .and_then(RecordId::typed)
                .and_then(|id| project.find::<crate::model::Attribution>(&id));
            let text = text.and_then(|a| project.text(&a.text));
            let spans = spans.iter().filter_map(|(start, end)| Span::new(text?, *start, *end));
            spans.collect()
        })
    });
    Verdict {
        members: ids(decided.members),
        outcome: decided.outcome,
        keep,
        contents,
        reason: decided.reason,
        note: decided.note,
        digest: decided.digest,
    }
}
