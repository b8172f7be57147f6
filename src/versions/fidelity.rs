//! How true a quotation stayed from one version to another: four numbers, flags that are reasons to
//! look, and a first guess of the verdict. Never *meaning shifted*: that is for a person to say, and
//! [`Fidelity::ask`] tells when to ask (domain notes, section 5).

use super::claims::claim_flags;
use super::lexicon::{List, has};
use super::operation::Flag;
use super::words::{Change, WordOp, Words, correspond};
use crate::text::shingles::folded_words;
use crate::text::{Span, words};
use serde::{Deserialize, Serialize};

/// The first guess of the verdict, in the order of the model's `Verdict`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Guess {
    /// Letter for letter.
    Verbatim,
    /// Other marks, capitals or spaces.
    Typographic,
    /// A part in a row.
    Trimmed,
    /// Changes marked with brackets or an ellipsis.
    MarkedEdit,
    /// One or two words that matter, none of them critical.
    LightEdit,
    /// Other words.
    ParaphraseInMarks,
    /// No place, or nothing of it.
    FabricatedOrUnmatched,
}

/// A reason to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// A negation came or went, or a word turned into its opposite.
    Negation,
    /// A number changed.
    Number,
    /// A modal or hedge changed.
    Modal,
    /// A name changed.
    Name,
    /// *I*, *we*, *you* changed.
    Person,
    /// The strength of a word changed: *total*, *stark*.
    Intensity,
    /// A reporting verb changed its class.
    ReportingVerb,
    /// It stands outside marks now.
    DemotedToIndirect,
    /// It stands in marks and did not before.
    PromotedToDirect,
    /// It became several.
    Split,
    /// Words were left out or put in without a sign.
    Unmarked,
}

impl Mark {
    /// Whether it can turn what was said.
    pub fn is_critical(self) -> bool {
        matches!(self, Self::Negation | Self::Number | Self::Modal | Self::Name | Self::Person)
    }
}

/// How true a quotation stayed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fidelity {
    /// The first guess of the verdict.
    pub verdict: Guess,
    /// The share of the original's words that are there, 0 to 1.
    pub kept: f32,
    /// The share of the variant's words that are the original's, 0 to 1.
    pub own: f32,
    /// The longest run of words untouched.
    pub longest_run: usize,
    /// How many places changed.
    pub changes: usize,
    /// Reasons to look, sorted.
    pub flags: Vec<Mark>,
}

impl Fidelity {
    /// Whether somebody should say if the meaning shifted.
    pub fn ask(&self) -> bool {
        self.flags.iter().any(|flag| flag.is_critical())
    }

    /// The harmonic mean of kept and own: how true it is as one number, 0 to 1.
    pub fn fidelity(&self) -> f32 {
        if self.kept + self.own == 0.0 { 0.0 } else { 2.0 * self.kept * self.own / (self.kept + self.own) }
    }

    fn none() -> Self {
        let verdict = Guess::FabricatedOrUnmatched;
        Self { verdict, kept: 0.0, own: 0.0, longest_run: 0, changes: 0, flags: Vec::new() }
    }
}

/// A quotation or what became of it: the text, its pieces in order, and whether it stands in marks.
#[derive(Clone, Copy, Debug)]
pub struct Said<'t> {
    /// The text.
    pub text: &'t str,
    /// Its pieces.
    pub pieces: &'t [Span],
    /// Whether it stands in quotation marks.
    pub in_marks: bool,
}

/// Compares a quotation with what another version made of it.
pub fn fidelity(original: Said, variant: Said) -> Fidelity {
    let found = in_order(original, variant);
    if variant.pieces.len() < 2 {
        return found;
    }
    // A quotation that was split may stand the other way round over there.
    let back: Vec<Span> = variant.pieces.iter().rev().copied().collect();
    let turned = in_order(original, Said { pieces: &back, ..variant });
    if turned.kept > found.kept { turned } else { found }
}

fn in_order(original: Said, variant: Said) -> Fidelity {
    // Pieces are read as one; the words decide, not where they stand.
    let (a, b) = (spoken(original), spoken(variant));
    let (Some(at_a), Some(at_b)) = (Span::new(&a, 0, a.len()), Span::new(&b, 0, b.len())) else {
        return Fidelity::none();
    };
    let fold =
        |text: &str, at: Span| folded_words(text, at).into_iter().map(|(_, w)| w).collect::<Vec<String>>();
    let (wa, wb) = (fold(&a, at_a), fold(&b, at_b));
    if wa.is_empty() || wb.is_empty() {
        return Fidelity::none();
    }
    let pair = correspond(&a, at_a, &b, at_b);
    let (stayed, longest_run) = kept_words(&pair, &a, |op| op.a);
    // A word that a hyphen parts is two on the one side and one on the other.
    let (own, _) = kept_words(&pair, &b, |op| op.b);
    let (kept, own) = (stayed as f32 / wa.len() as f32, own as f32 / wb.len() as f32);
    let changes = pair.ops.iter().filter(|op| !matches!(op.change, Change::Equal | Change::Respelt)).count();
    let mut flags = flags((&a, &b), (at_a, at_b), &pair);
    let inside = |part: &[String], whole: &[String]| whole.windows(part.len()).any(|run| run == part);
    let verdict = if wa == wb && changes == 0 {
        let bare = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        if bare(&a) == bare(&b) { Guess::Verbatim } else { Guess::Typographic }
    } else if wa != wb && (inside(&wb, &wa) || inside(&wa, &wb)) {
        Guess::Trimmed
    } else if is_marked(&wa, &b) {
        Guess::MarkedEdit
    } else if content_changes(&a, &b, &pair) <= 2 && kept >= 0.5 && !flags.iter().any(|f| f.is_critical()) {
        Guess::LightEdit
    } else if kept.max(own) >= 0.35 {
        Guess::ParaphraseInMarks
    } else {
        Guess::FabricatedOrUnmatched
    };
    flags.extend((original.in_marks && !variant.in_marks).then_some(Mark::DemotedToIndirect));
    flags.extend((!original.in_marks && variant.in_marks).then_some(Mark::PromotedToDirect));
    flags.extend((variant.pieces.len() > original.pieces.len()).then_some(Mark::Split));
    let signed = b.contains(['[', '…']) || b.contains("...");
    let shortened =
        variant.in_marks && matches!(verdict, Guess::LightEdit | Guess::ParaphraseInMarks) && !signed;
    flags.extend((shortened && changes > 0).then_some(Mark::Unmarked));
    flags.sort_unstable();
    Fidelity { verdict, kept, own, longest_run, changes, flags }
}

/// The words of a quotation without the marks around it and without link markup.
fn spoken(said: Said) -> String {
    let pieces: Vec<&str> = said.pieces.iter().map(|p| p.slice(said.text)).collect();
    let mut plain = String::new();
    let mut rest = &*pieces.join(" ");
    while let Some(at) = rest.find("](") {
        let (before, after) = rest.split_at(at);
        plain.push_str(&before.replacen('[', "", 1));
        rest = after.find(')').map_or("", |end| &after[end + 1..]);
    }
    plain.push_str(rest);
    let marks = ['“', '”', '"', '‘', '’', '\'', '«', '»', '„', ',', '.', ' ', '\n', '\u{a0}'];
    plain.trim_matches(marks).to_owned()
}

/// How many words of a side stayed, and the longest run of them.
fn kept_words(pair: &Words, text: &str, side: fn(&WordOp) -> Span) -> (usize, usize) {
    let (mut all, mut run, mut longest) = (0, 0, 0);
    for op in &pair.ops {
        if op.change == Change::Equal || op.change == Change::Respelt {
            let count = words(text, side(op)).len();
            (all, run) = (all + count, run + count);
            longest = longest.max(run);
        } else {
            run = 0;
        }
    }
    (all, longest)
}

fn flags((a, b): (&str, &str), at: (Span, Span), pair: &Words) -> Vec<Mark> {
    let claims = claim_flags(a, b, &(at.0, at.1, pair.clone()));
    let mut found: Vec<Mark> = claims
        .into_iter()
        .map(|flag| match flag {
            Flag::Negation => Mark::Negation,
            Flag::Modal => Mark::Modal,
            Flag::Number => Mark::Number,
            Flag::ReportingVerb => Mark::ReportingVerb,
            Flag::Name => Mark::Name,
        })
        .collect();
    let differ = |list: List| {
        let of = |text: &str, side: fn(&WordOp) -> Span| {
            let ops = pair.ops.iter().filter(|op| op.change != Change::Equal);
            let mut words: Vec<String> = ops
                .flat_map(|op| folded_words(text, side(op)))
                .map(|(_, w)| w)
                .map(|w| bare(&w))
                .filter(|w| has(list, w))
                .collect();
            words.sort();
            words
        };
        of(a, |op| op.a) != of(b, |op| op.b)
    };
    found.extend(differ(List::Pronoun).then_some(Mark::Person));
    found.extend(differ(List::Intensity).then_some(Mark::Intensity));
    found
}

/// A word without what is contracted with it: `we're` is `we`.
fn bare(word: &str) -> String {
    word.split('\'').next().unwrap_or(word).to_owned()
}

/// Words that matter, changed on the side that has more of them.
fn content_changes(a: &str, b: &str, pair: &Words) -> usize {
    let count = |text: &str, at: Span| super::grams::words(text, at).iter().filter(|w| w.content).count();
    let changed = pair.ops.iter().filter(|op| !matches!(op.change, Change::Equal | Change::Respelt));
    changed.map(|op| count(a, op.a).max(count(b, op.b))).sum()
}

/// Whether all that differs is marked: words in brackets put in, words left out at an ellipsis or a
/// bracket.
fn is_marked(original: &[String], variant: &str) -> bool {
    let variant = variant.replace("...", "…");
    if !variant.contains(['[', '…']) {
        return false;
    }
    let mut runs: Vec<Vec<String>> = vec![Vec::new()];
    let mut inside = false;
    for part in variant.split_inclusive(['[', ']', '…']) {
        let last = runs.len() - 1;
        if !inside && let Some(whole) = Span::new(part, 0, part.len()) {
            runs[last].extend(folded_words(part, whole).into_iter().map(|(_, w)| w));
        }
        inside = part.ends_with('[') || (inside && !part.ends_with(']'));
        if part.ends_with(['[', '…']) {
            runs.push(Vec::new());
        }
    }
    let mut from = 0;
    runs.iter().filter(|run| !run.is_empty()).all(|run| {
        let place = original[from..].windows(run.len()).position(|w| w == &run[..]);
        from += place.unwrap_or(0) + run.len();
        place.is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(a: &str, b: &str) -> Fidelity {
        let piece = |t: &str| [Span::new(t, 0, t.len()).unwrap()];
        let (x, y) = (piece(a), piece(b));
        let said = |text, pieces, in_marks| Said { text, pieces, in_marks };
        fidelity(said(a, &x, a.starts_with('“')), said(b, &y, b.starts_with('“')))
    }

    #[test]
    fn verdicts_follow_the_words() {
        use Guess::*;
        let verdict = |a, b| of(a, b).verdict;
        let said = "“We will not hesitate to impose costs and we will keep the licence under review.”";
        assert_eq!(verdict(said, said), Verbatim);
        assert_eq!(verdict("“the harbour’s licence”", "\"the Harbour's licence\""), Typographic);
        assert_eq!(verdict(said, "“We will not hesitate to impose costs”"), Trimmed);
        assert_eq!(
            verdict(said, "“[Aldersund] will not hesitate to impose costs … and keep the licence”"),
            ParaphraseInMarks
        );
        assert_eq!(
            verdict(said, "“We will not hesitate … [and] we will keep the licence under review”"),
            MarkedEdit
        );
        assert_eq!(
            verdict("“in total contrast to what she heard”", "“in complete opposition to what she heard”"),
            LightEdit
        );
        assert_eq!(verdict(said, "“Nobody minds”"), FabricatedOrUnmatched);
    }

    #[test]
    fn an_addressee_put_in_and_a_modal_taken_out_ask_for_a_person() {
        let added =
            of("“we will not hesitate to impose costs”", "“we will not hesitate to impose costs on you”");
        assert_eq!((added.kept, added.verdict), (1.0, Guess::Trimmed));
        assert!(added.ask() && added.flags.contains(&Mark::Person), "{:?}", added.flags);
        let modal = of("“they may sell the old ferry”", "“they sell the old ferry”");
        assert!(modal.ask() && modal.flags.contains(&Mark::Modal));
        let indirect = of("“the ships were sold abroad”", "the ships were sold abroad");
        assert_eq!((indirect.verdict, indirect.flags), (Guess::Verbatim, vec![Mark::DemotedToIndirect]));
    }

    #[test]
    fn a_fact_that_changed_is_not_kept_and_asks_for_a_person() {
        let of = |from: &str, to: &str| {
            let said = |w: &str| format!("“It would be {w} to sell the old ferry now”");
            of(&said(from), &said(to))
        };
        for (from, to, mark) in [
            ("appropriate", "inappropriate", Mark::Negation),
            ("legal", "illegal", Mark::Negation),
            ("possible", "impossible", Mark::Negation),
            ("14 million", "14 billion", Mark::Number),
            ("in 2024", "in 2025", Mark::Number),
            ("for £14", "for $14", Mark::Number),
            ("for Austria", "for Australia", Mark::Name),
        ] {
            let found = of(from, to);
            assert!(found.ask() && found.flags.contains(&mark), "{from} {to}: {:?}", found.flags);
            assert!(found.kept < 1.0 && found.own < 1.0 && found.changes == 1, "{from} {to}: {found:?}");
            assert_eq!(found.verdict, Guess::ParaphraseInMarks, "{from} {to}");
        }
        let spelt = of("e-mailed in favour of", "emailed in favor of");
        assert_eq!((spelt.kept, spelt.own, spelt.ask()), (1.0, 1.0, false));
    }

    #[test]
    fn link_markup_is_no_change() {
        assert_eq!(of("[“war profiteer”](#)", "“war profiteer”").kept, 1.0);
    }
}
