//! A case in its text: the sentences once, with a numbered pair of brackets for each variant.

use super::tree::{Tree, t, text as plain};
use crate::adjudicate::Case;
use crate::merge::conflicts::anchors;
use crate::model::{ArticleText, Body, Id, Project, RecordId};
use crate::text::{Span, Text, blocks};

/// The places a variant marks, in its text.
pub(super) fn places(project: &Project, text: &Text, record: &RecordId) -> Vec<Span> {
    let Some(entry) = project.entry(record) else { return Vec::new() };
    let wanted = |field: &str| field == "contents" || field == "evidence";
    let mut all: Vec<Span> = anchors(&entry.body)
        .iter()
        .filter(|(field, _)| wanted(field))
        .filter_map(|(_, a)| a.span(text))
        .collect();
    if all.is_empty() {
        all = anchors(&entry.body).iter().filter_map(|(_, a)| a.span(text)).collect();
    }
    if let (Body::Stance(stance), true) = (&entry.body, all.is_empty()) {
        let attribution = stance.attribution.get().as_ref().map(|a| a.record().clone());
        all = attribution.map_or(Vec::new(), |a| places(project, text, &a));
    }
    all
}

/// Everything a case marks.
pub(super) fn stretch(project: &Project, case: &Case) -> Option<(Id<ArticleText>, Span)> {
    let text = project.text(&case.text)?;
    let all = case.records().flat_map(|id| places(project, text, id));
    all.reduce(Span::union).map(|span| (case.text.clone(), span))
}

/// The paragraphs around a case. `shown` are the variants in the order of their numbers.
pub(super) fn context(project: &Project, case: &Case, shown: &[&RecordId]) -> Option<Tree> {
    let (_, whole) = stretch(project, case)?;
    let text = project.text(&case.text)?;
    let marks: Vec<(usize, Span)> = shown
        .iter()
        .enumerate()
        .flat_map(|(i, id)| places(project, text, id).into_iter().map(move |span| (i, span)))
        .collect();
    let around = blocks(text).into_iter().filter(|block| block.overlaps(whole));
    let paragraphs = around.map(|block| t("p").set("dir", "auto").children(pieces(text, block, &marks)));
    Some(t("div").class("context").id("context").children(paragraphs))
}

/// A paragraph cut at each bracket. Where several stand in one place, those that close come first.
fn pieces(text: &Text, block: Span, marks: &[(usize, Span)]) -> Vec<Tree> {
    let mut cuts: Vec<(usize, bool, usize)> = Vec::new();
    for (i, span) in marks {
        if let Some(part) = span.intersection(block).filter(|part| !part.is_empty()) {
            cuts.push((part.start().byte(), true, *i));
            cuts.push((part.end().byte(), false, *i));
        }
    }
    cuts.sort_by_key(|(at, opens, i)| (*at, *opens, if *opens { *i } else { usize::MAX - i }));
    let mut out = Vec::new();
    let mut at = block.start().byte();
    let mut depth = 0usize;
    for (cut, opens, i) in cuts {
        push(&mut out, &text[at..cut], depth);
        at = cut;
        depth = if opens { depth + 1 } else { depth.saturating_sub(1) };
        let sign = if opens { format!("[{}", i + 1) } else { format!("{}]", i + 1) };
        out.push(t("span").class(format!("bracket h{}", i % 6)).says(sign));
    }
    push(&mut out, &text[at..block.end().byte()], depth);
    out
}

fn push(out: &mut Vec<Tree>, words: &str, depth: usize) {
    if words.is_empty() {
        return;
    }
    out.push(if depth > 0 { t("mark").says(words) } else { plain(words) });
}
