//! How the two seem to hang together: the guess, what it rests on, what would change it; and the measures
//! of reuse, each with what it means.

use super::comparing::Shown;
use crate::ui::messages::{M, fill, t};
use crate::ui::view::{El, Node, el, many};
use crate::versions::compare::Comparison;
use crate::versions::evidence::Evidence;
use crate::versions::measures::{Measures, Sides};
use crate::versions::relation::{Guess, Refined, Way};

/// The verdict of the program.
pub(super) fn verdict(shown: &Shown) -> Node {
    let found = &*shown.found;
    let evidence =
        found.relation.evidence.iter().map(|e| {
            el("li").child(e.to_string()).child(" ").child(el("span").class("hint").child(t(why(e))))
        });
    let sure = (found.relation.confidence * 100.0) as i32;
    many([
        el("p")
            .child(el("b").class("guess").child(guess_words(found)))
            .child(" ")
            .child(el("span").class("hint").child(reuse_words(found))),
        el("details")
            .class("why")
            .child(el("summary").child(t(M::WhyThis)))
            .child(el("p").class("hint").child(fill(M::GuessDoubt, &[&sure.to_string()])))
            .child(el("ul").class("evidence-list").children(evidence))
            .child(el("p").child(el("b").child(t(M::WouldChange))).child(found.relation.would_change()))
            .child(measures(found)),
    ])
}

/// The guess in a sentence.
pub(super) fn guess_words(found: &Comparison) -> String {
    let relation = &found.relation;
    let guess = t(match relation.guess {
        Guess::Identical => M::GuessIdentical,
        Guess::NearDuplicate => M::GuessNearDuplicate,
        Guess::WhollyDerived => M::GuessWhollyDerived,
        Guess::PartiallyDerived => M::GuessPartiallyDerived,
        Guess::SharedSource => M::GuessSharedSource,
        Guess::NonDerived => M::GuessNonDerived,
    });
    let way = match relation.direction {
        Way::AToB => Some(t(M::WayLeftToRight)),
        Way::BToA => Some(t(M::WayRightToLeft)),
        Way::Unknown => None,
    };
    let more = relation.refinement.iter().map(|r| {
        t(match r {
            Refined::Syndicated => M::RefinedSyndicated,
            Refined::Translation => M::RefinedTranslation,
            Refined::BackTranslated => M::RefinedBackTranslated,
            Refined::Spun => M::RefinedSpun,
        })
    });
    let parts: Vec<&str> = std::iter::once(guess).chain(way).chain(more).collect();
    format!("{}.", parts.join(", "))
}

/// What the guess rests on, in numbers.
fn reuse_words(found: &Comparison) -> String {
    let reuse = &found.reuse;
    fill(M::ReuseNumbers, &[&share(reuse.outside.b_in_a), &share(reuse.inside.b_in_a)])
}

/// A share as people read it.
fn share(share: Option<f32>) -> String {
    share.map_or("–".to_owned(), |s| format!("{} %", (s * 100.0).round() as i32))
}

/// What a piece of evidence says of the relation.
fn why(evidence: &Evidence) -> M {
    match evidence {
        Evidence::SameWords => M::WhySameWords,
        Evidence::ReuseOutside { .. } => M::WhyOutside,
        Evidence::ReuseInside { .. } => M::WhyInside,
        Evidence::Aligned { .. } => M::WhyAligned,
        Evidence::LongestRun { .. } => M::WhyLongest,
        Evidence::Changes { .. } => M::WhyChanges,
        Evidence::Origin(_) => M::WhyOrigin,
        Evidence::ScriptsDiffer => M::WhyScripts,
    }
}

/// The measures, outside and inside quotation marks.
fn measures(found: &Comparison) -> El {
    let reuse = &found.reuse;
    let head = |words: M| el("th").set("scope", "col").child(t(words));
    let (told, quoted) = (&reuse.told, &reuse.quoted);
    let runs = [reuse.outside, reuse.inside].map(|c| Sides { a: c.a_in_b, b: c.b_in_a });
    let both = |of: fn(&Measures) -> Sides| [of(told), of(quoted)];
    let longest = [told.longest_run, quoted.longest_run].map(|n| n.to_string());
    let [outside, inside] = longest;
    let run_row = el("tr")
        .child(label(M::MeasureLongest, M::MeasureLongestWhy))
        .child(el("td").set("colspan", "2").child(outside))
        .child(el("td").set("colspan", "2").child(inside));
    let table =
        el("table")
            .child(
                el("thead")
                    .child(
                        el("tr")
                            .child(el("td"))
                            .child(head(M::OutsideMarks).set("colspan", "2"))
                            .child(head(M::InsideMarks).set("colspan", "2")),
                    )
                    .child(el("tr").child(el("td")).children(
                        [M::CompareLeft, M::CompareRight, M::CompareLeft, M::CompareRight].map(head),
                    )),
            )
            .child(
                el("tbody")
                    .child(row(M::MeasureRuns, M::MeasureRunsWhy, runs))
                    .child(row(M::MeasureTiles, M::MeasureTilesWhy, both(|m| m.tiled)))
                    .child(row(M::MeasureAligned, M::MeasureAlignedWhy, both(|m| m.aligned)))
                    .child(row(M::MeasureReplaced, M::MeasureReplacedWhy, both(|m| m.replaced)))
                    .child(run_row),
            );
    el("div").class("measures").child(el("h3").child(t(M::MeasuresTitle))).child(table)
}

fn label(name: M, why: M) -> El {
    el("th").set("scope", "row").child(t(name)).child(el("span").class("hint").child(t(why)))
}

fn row(name: M, why: M, [outside, inside]: [Sides; 2]) -> El {
    let cells = [outside.a, outside.b, inside.a, inside.b].map(|s| el("td").child(share(s)));
    el("tr").child(label(name, why)).children(cells)
}
