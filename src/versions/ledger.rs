//! The ledger of a story's quotations: a row for each quotation of the base, a cell for what each other
//! version made of it.

use super::align::{Certainty, align};
use super::carry::{Carried, Carrier};
use super::fidelity::{Fidelity, Said, fidelity};
use super::operation::groups;
use super::quoted::Quote;
use super::{Prepared, Progress};
use crate::text::{Span, Text};
use std::ops::ControlFlow;

/// What became of a quotation in one version.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Where it is.
    pub carried: Carried,
    /// How true it stayed.
    pub fidelity: Fidelity,
}

/// A quotation and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The quotation in the base, with its marks.
    pub quote: Quote,
    /// A cell for each other version, in their order.
    pub cells: Vec<Cell>,
}

/// The quotations of `base` (see `quoted`) through `others`.
pub fn ledger(
    base: &Text,
    quotes: Vec<Quote>,
    others: &[Text],
    progress: Progress,
) -> ControlFlow<(), Vec<Row>> {
    let from = Prepared::new(base);
    let mut rows: Vec<Row> = quotes.into_iter().map(|quote| Row { quote, cells: Vec::new() }).collect();
    for (done, other) in others.iter().enumerate() {
        progress((done * 1000 / others.len()) as u32)?;
        let to = Prepared::new(other);
        let edges = align(&from, &to, &mut |_| ControlFlow::Continue(()))?;
        let groups = groups(&from, &to, &edges);
        let carrier = Carrier::new(&from, &to, &edges, &groups);
        for row in &mut rows {
            row.cells.push(cell(base, row.quote.span, &carrier, &to));
        }
    }
    progress(1000)?;
    ControlFlow::Continue(rows)
}

fn cell(base: &Text, quote: Span, carrier: &Carrier, to: &Prepared) -> Cell {
    let carried = carrier.carry(quote);
    let quoted = |place: &Span| {
        let inside = |q: &crate::text::marks::Quotation| q.span.intersection(*place).map_or(0, Span::len);
        2 * to.quotations.iter().filter(|q| q.level == 0).map(inside).max().unwrap_or(0) >= place.len()
    };
    let in_marks = !carried.places.is_empty() && carried.places.iter().all(quoted);
    let original = Said { text: base, pieces: &[quote], in_marks: true };
    let found = fidelity(original, Said { text: to.text, pieces: &carried.places, in_marks });
    Cell { carried, fidelity: found }
}

impl Cell {
    /// Whether a person should look before relying on it.
    pub fn is_doubtful(&self) -> bool {
        self.carried.certainty == Certainty::Maybe || self.fidelity.ask()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::testing::article;
    use crate::versions::carry::Fate;
    use crate::versions::fidelity::{Guess, Mark};
    use crate::versions::quoted::quotes;

    #[test]
    fn the_quotations_of_real_versions_are_judged_as_people_did() {
        let (Some(base), Some(copy), Some(agency)) = (article("000"), article("001"), article("002")) else {
            return;
        };
        let others = [Text::new(copy), Text::new(agency)];
        let base = Text::new(base);
        let quotes = quotes(&base, &[]).all;
        let ControlFlow::Continue(rows) = ledger(&base, quotes, &others, &mut |_| ControlFlow::Continue(()))
        else {
            panic!("nobody cancelled")
        };
        let row = |begins: &str| {
            let found =
                rows.iter().find(|r| r.quote.span.slice(&base).trim_start_matches('“').starts_with(begins));
            &found.unwrap().cells
        };
        if std::env::var("SHOW").is_ok() {
            for r in &rows {
                let show = |c: &Cell| {
                    format!(
                        "{:?} {:.2} {:.2} {:?}",
                        c.fidelity.verdict, c.fidelity.kept, c.fidelity.own, c.fidelity.flags
                    )
                };
                eprintln!(
                    "{}\n   {}\n   {}",
                    r.quote.span.slice(&base),
                    show(&r.cells[0]),
                    show(&r.cells[1])
                );
            }
        }
        let verdict = |begins: &str, version: usize| row(begins)[version].fidelity.verdict;
        assert_eq!(verdict("long and difficult", 0), Guess::Verbatim);
        assert_eq!(verdict("war criminal", 0), Guess::Verbatim);
        assert_eq!(verdict("prepared to", 0), Guess::LightEdit);
        assert_eq!(verdict("We have a strong", 0), Guess::Verbatim);
        assert_eq!(verdict("We have a strong", 1), Guess::FabricatedOrUnmatched);
        assert_eq!(row("Instead, it")[1].carried.fate, Fate::Split);
        // “… impose costs on you”: somebody is addressed who was not.
        assert!(row("make clear that")[1].fidelity.own < 1.0);
        let invented = row("Our experts")[1].fidelity.flags.contains(&Mark::Modal);
        assert!(invented, "“potential” became “possible”");
    }
}
