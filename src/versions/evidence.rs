//! What a guess of relation rests on, as values with a sentence each, so that a face can show the
//! sentence and link the value to the place it came from.

use super::operation::Group;
use super::origin::origins;
use super::reuse::{Containment, Reuse};
use super::sentences::UnitKind;
use super::words::Change;
use super::{Prepared, align::Edge};
use crate::text::words;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::fmt;

/// One of the two texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// The first.
    A,
    /// The second.
    B,
}

impl Which {
    fn other(self) -> Self {
        if self == Self::A { Self::B } else { Self::A }
    }
}

impl fmt::Display for Which {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if *self == Self::A { "the first text" } else { "the second text" })
    }
}

/// Why one text seems to be the origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It was published first.
    Earlier,
    /// Only it says who wrote it.
    Byline,
    /// Only it claims the copyright.
    Copyright,
    /// Only it has links in its story.
    Links,
    /// The other's quotation marks are damaged.
    MarksDamaged,
    /// The other says its headline several times.
    HeadlineRepeated,
    /// Where it has *said*, the other has words that nobody reports speech with.
    CuesSpun,
    /// The other carries a comment form or links of another page.
    PageFurniture,
    /// It tells more than the other takes up.
    Fuller,
}

impl Reason {
    /// How much it weighs; a direction needs two.
    pub(super) fn weight(self) -> f32 {
        match self {
            Self::Earlier => 3.0,
            Self::Copyright | Self::MarksDamaged | Self::CuesSpun => 1.0,
            Self::Byline | Self::Links | Self::HeadlineRepeated => 0.8,
            Self::PageFurniture | Self::Fuller => 0.4,
        }
    }
}

/// A reason for a direction and the text that it makes the origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Origin {
    /// The text that seems to be the origin.
    pub origin: Which,
    /// Why.
    pub reason: Reason,
}

/// A piece of evidence. Shares are fractions, 0 to 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// Word for word the same.
    SameWords,
    /// Reuse of runs of three words outside quotation marks.
    ReuseOutside {
        /// Share of the first text's runs.
        a_in_b: f32,
        /// Share of the second text's runs.
        b_in_a: f32,
    },
    /// Reuse of runs of three words inside quotation marks.
    ReuseInside {
        /// Share of the first text's runs.
        a_in_b: f32,
        /// Share of the second text's runs.
        b_in_a: f32,
    },
    /// The share of each story's words that stand in aligned sentences.
    Aligned {
        /// Of the first text.
        a: f32,
        /// Of the second text.
        b: f32,
    },
    /// The longest run of words in both.
    LongestRun {
        /// In words.
        words: usize,
    },
    /// What kind of changes were made in aligned sentences.
    Changes {
        /// Words exchanged for as many others.
        one_for_one: usize,
        /// Words put in, left out, or exchanged for more or fewer.
        rebuilt: usize,
    },
    /// A reason for a direction.
    Origin(Origin),
    /// The two are written in different scripts, so their wording says nothing.
    ScriptsDiffer,
}

fn percent(share: f32) -> String {
    // Whole numbers: formatting fractions costs the page some kilobytes.
    format!("{} %", (share * 100.0).round() as i32)
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SameWords => f.write_str("Both stories are the same, word for word."),
            Self::ReuseOutside { a_in_b, b_in_a } => write!(
                f,
                "Outside quotation marks, {} of the first text's runs of three words stand in the second, and {} of \
                 the second's in the first.",
                percent(*a_in_b),
                percent(*b_in_a)
            ),
            Self::ReuseInside { a_in_b, b_in_a } => write!(
                f,
                "Of the words in quotation marks, {} of the first text's runs of three stand in the second, and {} of \
                 the second's in the first.",
                percent(*a_in_b),
                percent(*b_in_a)
            ),
            Self::Aligned { a, b } => write!(
                f,
                "{} of the first story and {} of the second, by words, stand in sentences that answer each other.",
                percent(*a),
                percent(*b)
            ),
            Self::LongestRun { words } => write!(f, "The longest run that both have is {words} words long."),
            Self::Changes { one_for_one, rebuilt } => write!(
                f,
                "In sentences that answer each other, {one_for_one} stretches were exchanged word for word and \
                 {rebuilt} rebuilt, put in or left out."
            ),
            Self::ScriptsDiffer => {
                f.write_str("The two are written in different scripts; their wording says nothing.")
            }
            Self::Origin(Origin { origin, reason }) => {
                let copy = origin.other();
                match reason {
                    Reason::Earlier => write!(f, "By its date {origin} was published first."),
                    Reason::Byline => write!(f, "Only {origin} says who wrote it."),
                    Reason::Copyright => write!(f, "Only {origin} claims the copyright."),
                    Reason::Links => write!(f, "Only {origin} has links in its story."),
                    Reason::MarksDamaged => write!(f, "In {copy} quotation marks are lost or turned."),
                    Reason::HeadlineRepeated => write!(f, "In {copy} the headline stands several times."),
                    Reason::CuesSpun => {
                        write!(
                            f,
                            "In {copy} people “mention” and “advise” what they say and tell in {origin}."
                        )
                    }
                    Reason::PageFurniture => {
                        write!(f, "In {copy} parts of a web page stand around the story.")
                    }
                    Reason::Fuller => {
                        write!(f, "Much of {origin} is not in {copy}, but little the other way round.")
                    }
                }
            }
        }
    }
}

/// What people do in a report, and what spinning programs make of it.
const SAID: &[&str] = &["said", "says", "told", "asked", "added"];
const NEVER_SAID: &[&str] = &["mentioned", "advised", "opined", "knowledgeable", "requested", "talked"];
/// The share of kept words from which narration is retold rather than told anew.
const WORDED: f32 = 0.5;
/// Fewer such exchanges than this may be a writer's taste.
const FEWEST_SPUN: usize = 3;

/// All that a guess is made from.
#[derive(Clone, Debug, PartialEq)]
pub struct Signs {
    /// Whether the stories are the same words.
    pub same_words: bool,
    /// Reuse outside quotation marks.
    pub outside: Containment,
    /// Reuse inside quotation marks.
    pub inside: Containment,
    /// Reuse of all.
    pub all: Containment,
    /// Words in the longest common run.
    pub longest_run: usize,
    /// Share of the first story's words in aligned sentences.
    pub aligned_a: f32,
    /// Share of the second story's words in aligned sentences.
    pub aligned_b: f32,
    /// Of the first story's sentences that are told rather than quoted, the share whose answers keep
    /// half of their words.
    pub narration_a: f32,
    /// The same of the second story.
    pub narration_b: f32,
    /// Aligned pairs of story sentences.
    pub pairs: usize,
    /// Stretches exchanged for as many words.
    pub one_for_one: usize,
    /// Stretches put in, left out, or exchanged for more or fewer words.
    pub rebuilt: usize,
    /// Reasons for a direction.
    pub origins: Vec<Origin>,
    /// Whether most letters of the two are of different scripts.
    pub scripts_differ: bool,
}

impl Signs {
    /// Gathers the signs of a comparison. `published` are dates as the articles give them.
    pub fn gather(
        (a, b): (&Prepared, &Prepared),
        (edges, groups): (&[Edge], &[Group]),
        reuse: &Reuse,
        published: (Option<&str>, Option<&str>),
    ) -> Self {
        let answered: (HashSet<usize>, HashSet<usize>) = edges.iter().map(|e| (e.a, e.b)).unzip();
        let worded = groups.iter().filter(|g| g.words.iter().all(|(_, _, words)| words.kept >= WORDED));
        let retold: (HashSet<usize>, HashSet<usize>) =
            worded.fold(Default::default(), |(mut a, mut b): (HashSet<usize>, HashSet<usize>), g| {
                a.extend(&g.a);
                b.extend(&g.b);
                (a, b)
            });
        let (aligned_a, narration_a) = covered(a, &answered.0, &retold.0);
        let (aligned_b, narration_b) = covered(b, &answered.1, &retold.1);
        let mut changes = (0, 0);
        for op in groups.iter().flat_map(|g| &g.words).flat_map(|(_, _, words)| &words.ops) {
            let count = |text: &str, span| words(text, span).len();
            match op.change {
                Change::Replaced if count(a.text, op.a) == count(b.text, op.b) => changes.0 += 1,
                Change::Replaced | Change::Inserted | Change::Dropped => changes.1 += 1,
                Change::Equal | Change::Respelt => {}
            }
        }
        let cues = |from: &str, to: &str| {
            let (from, to) = (from.to_lowercase(), to.to_lowercase());
            let has = |text: &str, words: &[&str]| {
                text.split(|c: char| !c.is_alphanumeric()).any(|w| words.contains(&w))
            };
            usize::from(has(&from, SAID) && has(&to, NEVER_SAID) && !has(&from, NEVER_SAID))
        };
        let mut spun = (0, 0);
        for op in groups.iter().flat_map(|g| &g.words).flat_map(|(_, _, words)| &words.ops) {
            if op.change == Change::Replaced {
                let (x, y) = (op.a.slice(a.text), op.b.slice(b.text));
                spun = (spun.0 + cues(x, y), spun.1 + cues(y, x));
            }
        }
        let words = |side: &Prepared| -> Vec<u64> {
            let story = side.units.iter().zip(&side.words).filter(|(u, _)| u.kind == UnitKind::Sentence);
            story.flat_map(|(_, words)| words.iter().map(|w| w.key)).collect()
        };
        let (wa, wb) = (words(a), words(b));
        let mut origins = origins(a, b, published);
        if spun.0.abs_diff(spun.1) >= FEWEST_SPUN {
            let origin = if spun.0 > spun.1 { Which::A } else { Which::B };
            origins.push(Origin { origin, reason: Reason::CuesSpun });
        }
        if !edges.is_empty() && (aligned_a - aligned_b).abs() >= 0.25 {
            let origin = if aligned_a < aligned_b { Which::A } else { Which::B };
            origins.push(Origin { origin, reason: Reason::Fuller });
        }
        Self {
            same_words: !wa.is_empty() && wa == wb,
            outside: reuse.outside,
            inside: reuse.inside,
            all: reuse.all,
            longest_run: reuse.longest_run,
            aligned_a,
            aligned_b,
            narration_a,
            narration_b,
            pairs: edges.iter().filter(|e| a.is_story(e.a)).count(),
            one_for_one: changes.0,
            rebuilt: changes.1,
            origins,
            scripts_differ: is_latin(a.text).zip(is_latin(b.text)).is_some_and(|(x, y)| x != y),
        }
    }

    /// The evidence, the weightiest first; reasons for a direction only where there is one to find.
    pub(super) fn evidence(&self, derived: bool) -> Vec<Evidence> {
        let or_none = |share: Option<f32>| share.unwrap_or(0.0);
        let mut found = Vec::new();
        if self.scripts_differ {
            found.push(Evidence::ScriptsDiffer);
        }
        if self.same_words {
            found.push(Evidence::SameWords);
        }
        let (out, inside) = (self.outside, self.inside);
        found.push(Evidence::ReuseOutside { a_in_b: or_none(out.a_in_b), b_in_a: or_none(out.b_in_a) });
        found.push(Evidence::ReuseInside { a_in_b: or_none(inside.a_in_b), b_in_a: or_none(inside.b_in_a) });
        found.push(Evidence::Aligned { a: self.aligned_a, b: self.aligned_b });
        if self.longest_run > 0 {
            found.push(Evidence::LongestRun { words: self.longest_run });
        }
        if derived && self.one_for_one + self.rebuilt > 0 {
            found.push(Evidence::Changes { one_for_one: self.one_for_one, rebuilt: self.rebuilt });
        }
        if derived {
            found.extend(self.origins.iter().map(|o| Evidence::Origin(*o)));
        }
        found
    }
}

/// The share of the story's words in answered units; and of those that are told rather than quoted, in
/// units retold. The few words around a quotation, `he said on Thursday`, are nobody's narration.
fn covered(side: &Prepared, answered: &HashSet<usize>, retold: &HashSet<usize>) -> (f32, f32) {
    let mut quoted = side.quotations.iter().filter(|q| q.level == 0).map(|q| q.span).peekable();
    let (mut all, mut told) = ((0u32, 0u32), (0u32, 0u32));
    for (i, words) in side.words.iter().enumerate().filter(|(i, _)| side.is_story(*i)) {
        let mut inside = 0;
        for word in words {
            while quoted.next_if(|q| q.end() <= word.span.start()).is_some() {}
            inside += usize::from(quoted.peek().is_some_and(|q| q.contains(word.span)));
        }
        let size = words.len() as u32;
        let count = |hit: bool, (part, whole): (u32, u32)| (part + if hit { size } else { 0 }, whole + size);
        all = count(answered.contains(&i), all);
        if 2 * inside < words.len() {
            told = count(retold.contains(&i), told);
        }
    }
    let share = |(part, whole): (u32, u32)| if whole == 0 { 0.0 } else { part as f32 / whole as f32 };
    (share(all), share(told))
}

/// Whether most letters are Latin; `None` for a text without letters.
fn is_latin(text: &str) -> Option<bool> {
    let (mut latin, mut other) = (0usize, 0usize);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        *(if c < '\u{250}' { &mut latin } else { &mut other }) += 1;
    }
    (latin + other > 0).then_some(latin >= other)
}
