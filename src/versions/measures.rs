//! Shares of a story that tiles cover, that aligned sentences hold, and whose words were replaced: each
//! for what is told and for what stands in quotation marks, because newsrooms retell the one and keep
//! the other, and machines alter both.

use super::Prepared;
use super::align::Edge;
use super::keys::{Set, word_key};
use super::reuse::{Same, Story};
use serde::{Deserialize, Serialize};

/// A share of each text, 0 to 1; `None` where a text has no such words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sides {
    /// Of the first text.
    pub a: Option<f32>,
    /// Of the second text.
    pub b: Option<f32>,
}

/// How much of the words of one kind is reused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Measures {
    /// The share in runs of three words or more that both have.
    pub tiled: Sides,
    /// The share in sentences that answer each other.
    pub aligned: Sides,
    /// Of the different words that matter in answered sentences, the share that the sentences answering
    /// them do not have, in no inflection.
    pub replaced: Sides,
    /// Words in the longest run, all of them of this kind.
    pub longest_run: usize,
}

/// The measures of what is told and of what is quoted.
pub(super) fn measures(
    (a, story_a): (&Prepared, &Story),
    (b, story_b): (&Prepared, &Story),
    edges: &[Edge],
    runs: &[Same],
) -> [Measures; 2] {
    let partners = |side: &Prepared, of: fn(&Edge) -> (usize, usize)| {
        let mut found: Vec<Vec<usize>> = vec![Vec::new(); side.units.len()];
        edges.iter().map(of).for_each(|(here, there)| found[here].push(there));
        found
    };
    let (from_a, from_b) = (partners(a, |e| (e.a, e.b)), partners(b, |e| (e.b, e.a)));
    [false, true].map(|quoted| {
        let x = shares((a, story_a), b, &from_a, &covered(runs, story_a.words.len(), |r| r.a), quoted);
        let y = shares((b, story_b), a, &from_b, &covered(runs, story_b.words.len(), |r| r.b), quoted);
        let [tiled, aligned, replaced] = [0, 1, 2].map(|k| Sides { a: x[k], b: y[k] });
        Measures { tiled, aligned, replaced, longest_run: longest(runs, story_a, quoted) }
    })
}

/// Which words of a story stand in runs.
fn covered(runs: &[Same], size: usize, start: fn(&Same) -> usize) -> Vec<bool> {
    let mut found = vec![false; size];
    runs.iter().for_each(|run| found[start(run)..start(run) + run.len].fill(true));
    found
}

fn longest(runs: &[Same], story: &Story, quoted: bool) -> usize {
    let words = |run: &Same| &story.words[run.a..run.a + run.len];
    let stretches = runs.iter().flat_map(|run| words(run).chunk_by(|x, y| x.2 == y.2));
    stretches.filter(|s| s[0].2 == quoted).map(<[_]>::len).max().unwrap_or(0)
}

/// The shares tiled, aligned and replaced of the words of one kind.
fn shares(
    (side, story): (&Prepared, &Story),
    other: &Prepared,
    partners: &[Vec<usize>],
    tiled: &[bool],
    quoted: bool,
) -> [Option<f32>; 3] {
    let (mut all, mut in_tiles, mut in_pairs) = (0u32, 0u32, 0u32);
    let (mut words, mut gone) = (Set::default(), Set::default());
    let mut at = 0;
    for (i, unit) in side.words.iter().enumerate().filter(|(i, _)| side.is_story(*i)) {
        let there: Set =
            partners[i].iter().flat_map(|j| &other.words[*j]).map(|w| word_key(w.stem())).collect();
        for word in unit {
            let (here, covered) = (story.words[at].2, tiled[at]);
            at += 1;
            if here != quoted {
                continue;
            }
            all += 1;
            in_tiles += u32::from(covered);
            in_pairs += u32::from(!partners[i].is_empty());
            if word.content && !partners[i].is_empty() {
                let stem = word_key(word.stem());
                words.insert(stem);
                if !there.contains(&stem) {
                    gone.insert(stem);
                }
            }
        }
    }
    let share = |part: u32, whole: u32| (whole > 0).then(|| part as f32 / whole as f32);
    [share(in_tiles, all), share(in_pairs, all), share(gone.len() as u32, words.len() as u32)]
}
