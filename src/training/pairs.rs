//! Sentences of versions that answer each other, for the formats made of pairs.

use crate::codecs::exchange::SentencePair;
use crate::model::{Article, Id, Project};
use crate::text::Text;
use crate::versions::align::Certainty;
use crate::versions::compare::{Row, Side, UnitAt, compare};
use crate::versions::operation::Op;
use std::ops::ControlFlow;

/// Sentences that answer each other in the versions of each story, as comparison finds them.
/// `parts` are the articles of each part of a split.
pub fn pairs(project: &Project, parts: &[Vec<Id<Article>>]) -> Vec<SentencePair> {
    let mut found = Vec::new();
    for articles in parts {
        for (n, a) in articles.iter().enumerate() {
            for b in &articles[n + 1..] {
                found.extend(pair_up(project, a, b));
            }
        }
    }
    found
}

fn pair_up(project: &Project, a: &Id<Article>, b: &Id<Article>) -> Vec<SentencePair> {
    let story = |id| project.find::<Article>(id).and_then(|article| article.story.get().clone());
    let (Some(of), Some(other)) = (story(a), story(b)) else { return Vec::new() };
    let texts = (project.text_of(a), project.text_of(b));
    let (true, (Some(one), Some(two))) = (of == other, texts) else { return Vec::new() };
    let compared =
        compare(&Side::new(one.clone()), &Side::new(two.clone()), &mut |_| ControlFlow::Continue(()));
    let ControlFlow::Continue(found) = compared else { return Vec::new() };
    let words = |text: &Text, units: &[UnitAt], which: &[usize]| {
        let one = |i: &usize| Some(text.span_from_chars(units.get(*i)?.at)?.slice(text).to_owned());
        which.iter().filter_map(one).collect::<Vec<_>>().join(" ")
    };
    let pair = |row: &Row| SentencePair {
        story: of.as_str().to_owned(),
        articles: (a.as_str().to_owned(), b.as_str().to_owned()),
        texts: (words(one, &found.a, &row.a), words(two, &found.b, &row.b)),
        op: operation(row.op).to_owned(),
        confirmed: false,
    };
    found.rows.iter().filter(|row| row.certainty == Certainty::Sure).map(pair).collect()
}

fn operation(op: Op) -> &'static str {
    match op {
        Op::Verbatim => "verbatim",
        Op::LightEdit => "light_edit",
        Op::Rewrite => "rewrite",
        Op::Split => "split",
        Op::Merge => "merge",
    }
}
