//! The worker's side: questions are answered one after the other by the core.

use super::{Answer, Drawn, Place, Question, Quoted, QuotedCell, Relative, Told};
use crate::browser;
use crate::text::Text;
use crate::versions::Progress;
use crate::versions::columns::columns;
use crate::versions::compare::compare_corrected;
use crate::versions::difference::difference;
use crate::versions::family::{Judged, Member, family};
use crate::versions::ledger::{Cell, ledger};
use crate::versions::picture::{Caption, heat_svg, layout, tree_svg};
use crate::versions::quoted::{Annotated, quotes};
use crate::versions::search::{HitKind, Index};
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// Progress is told in steps of this many thousandths.
const STEP: u32 = 10;

/// Serves this global as the worker. Taking a question back ends the worker, so nothing is broken off
/// from inside.
pub fn serve() {
    let mut known = Known::default();
    browser::hear_page(move |bytes| {
        let (number, question): (u32, Question) = browser::unpacked(bytes);
        let tell = |told: Told| browser::tell_page(&browser::packed((number, told)));
        let mut last = 0;
        let mut go_on = |done: u32| {
            if done >= last + STEP {
                last = done;
                tell(Told::Progress(done));
            }
            ControlFlow::Continue(())
        };
        if let ControlFlow::Continue(answer) = answer(&mut known, question, &mut go_on) {
            tell(Told::Answer(answer));
        }
    });
}

/// What outlives a question: the index of all texts that were sent for a search.
#[derive(Default)]
struct Known {
    index: Index,
    texts: BTreeMap<String, Text>,
}

fn answer(known: &mut Known, question: Question, progress: Progress) -> ControlFlow<(), Answer> {
    ControlFlow::Continue(match question {
        Question::Compare(a, b, said) => {
            Answer::Compared(Box::new(compare_corrected(&a.into(), &b.into(), &said, progress)?))
        }
        Question::Columns(versions, said) => {
            let versions: Vec<_> = versions.into_iter().map(|(key, text)| (key, Text::new(text))).collect();
            let said = said.into_iter().map(|(i, j, said)| ((i, j), said)).collect();
            Answer::Columns(columns(&versions, 0, &said, progress)?)
        }
        Question::Family(relatives, judged) => {
            let judged: Vec<Judged> = judged
                .into_iter()
                .map(|(a, b, relation, direction)| Judged { a, b, relation, direction })
                .collect();
            Answer::Family(Box::new(drawn(relatives, &judged, progress)?))
        }
        Question::Ledger(texts, annotated) => {
            let (annotated, rows) = quoted(texts, &annotated, progress)?;
            Answer::Ledger(annotated, rows)
        }
        Question::Find(fresh, passage) => Answer::Found(known.find(fresh, &passage, progress)?),
        Question::Difference(a, b) => {
            let found = difference(&a, &b);
            Answer::Difference(found.ops.len() as u32, (found.kept * 100_000.0) as u32)
        }
    })
}

fn drawn(relatives: Vec<Relative>, judged: &[Judged], progress: Progress) -> ControlFlow<(), Drawn> {
    let captions: Vec<Caption> = relatives
        .iter()
        .map(|r| Caption {
            title: r.title.clone(),
            detail: r.detail.clone(),
            published: r.sent.published.clone(),
        })
        .collect();
    let members: Vec<Member> =
        relatives.into_iter().map(|r| Member { key: r.key, title: r.title, side: r.sent.into() }).collect();
    let family = family(&members, judged, progress)?;
    ControlFlow::Continue(Drawn {
        layout: layout(&family, &captions),
        tree: tree_svg(&family, &captions),
        heat: heat_svg(&family, &captions),
        family,
    })
}

fn quoted(
    texts: Vec<String>,
    annotated: &[Annotated],
    progress: Progress,
) -> ControlFlow<(), (bool, Vec<Quoted>)> {
    let mut texts = texts.into_iter().map(Text::new);
    let Some(base) = texts.next() else { return ControlFlow::Continue((false, Vec::new())) };
    let others: Vec<Text> = texts.collect();
    let quotes = quotes(&base, annotated);
    let rows = ledger(&base, quotes.all, &others, progress)?;
    let cell = |(cell, text): (&Cell, &Text)| QuotedCell {
        verdict: cell.fidelity.verdict,
        kept: percent(cell.fidelity.kept),
        flags: cell.fidelity.flags.clone(),
        places: cell.carried.places.iter().map(|place| text.chars_of(*place)).collect(),
        doubtful: cell.is_doubtful(),
    };
    let row = |row: &crate::versions::ledger::Row| Quoted {
        at: base.chars_of(row.quote.span),
        who: row.quote.who.clone(),
        cells: row.cells.iter().zip(&others).map(cell).collect(),
    };
    ControlFlow::Continue((quotes.annotated, rows.iter().map(row).collect()))
}

impl Known {
    fn find(
        &mut self,
        fresh: Vec<(String, String)>,
        passage: &str,
        progress: Progress,
    ) -> ControlFlow<(), Vec<Place>> {
        let count = fresh.len().max(1) as u32;
        for (done, (key, text)) in fresh.into_iter().enumerate() {
            progress(done as u32 * 1000 / count)?;
            let text = Text::new(text);
            self.index.add(&key, &text);
            self.texts.insert(key, text);
        }
        let place = |hit: crate::versions::search::Hit| {
            let at = self.texts.get(&hit.article)?.chars_of(hit.span);
            let (exact, likeness) = (hit.kind == HitKind::Exact, percent(hit.score));
            Some(Place { text: hit.article, at, exact, likeness })
        };
        ControlFlow::Continue(self.index.find(passage).into_iter().filter_map(place).collect())
    }
}

fn percent(share: f32) -> u8 {
    (share * 100.0).round() as u8
}
