//! Two texts of one publication: which they may be, and how marks go from one to the other as a view.

use super::{alike, conflicts};
use crate::model::{Anchor, Article, ArticleText, Entry, Id, Project, RecordId, Same};
use crate::text::{Span, Text};
use std::collections::BTreeMap;

/// Texts at least so alike may be one publication.
pub const ALIKE: f64 = 0.9;

/// Two articles that may be one publication.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// One.
    pub a: Id<Article>,
    /// The other.
    pub b: Id<Article>,
    /// Whether they stood at one address.
    pub same_url: bool,
    /// How alike their texts are, where that is known.
    pub similarity: Option<f64>,
}

/// Pairs of articles with different texts of which nobody has said whether they are one publication,
/// though they stood at one address, or their texts are nearly alike and nobody says that two outlets
/// published them.
pub fn pairs(project: &Project, same: &Same) -> Vec<Pair> {
    let articles: Vec<_> = project.all::<Article>().collect();
    let mut found: BTreeMap<(usize, usize), Pair> = BTreeMap::new();
    let mut put = |i: usize, k: usize, same_url: bool, similarity: Option<f64>| {
        let (a, b) = (articles[i].id(), articles[k].id());
        if articles[i].text != articles[k].text && same.said(a.record(), b.record()).is_none() {
            let pair = found.entry((i, k)).or_insert(Pair { a, b, same_url, similarity });
            pair.same_url |= same_url;
            pair.similarity = pair.similarity.or(similarity);
        }
    };
    let mut by_url: BTreeMap<String, usize> = BTreeMap::new();
    for (i, article) in articles.iter().enumerate() {
        if let Some(url) = article.url.get().as_deref().and_then(normalised_url) {
            match by_url.get(&url) {
                Some(first) => put(*first, i, true, None),
                None => {
                    by_url.insert(url, i);
                }
            }
        }
    }
    let with_text: Vec<(usize, &Text)> =
        articles.iter().enumerate().filter_map(|(i, a)| Some((i, project.text(&a.text)?))).collect();
    let texts: Vec<&Text> = with_text.iter().map(|(_, text)| *text).collect();
    for close in alike(&texts, ALIKE) {
        let (i, k) = (with_text[close.a].0, with_text[close.b].0);
        let (one, other) = (articles[i].outlet.get(), articles[k].outlet.get());
        if one.is_none() || other.is_none() || one == other {
            put(i, k, false, Some(close.similarity));
        }
    }
    found.into_values().collect()
}

/// An address without what does not tell articles apart: scheme, `www.`, query, fragment, final slash.
pub fn normalised_url(url: &str) -> Option<String> {
    let rest = url.trim().split_once("://")?.1;
    let rest = rest.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.to_lowercase();
    // A bare host is a front page, not an article.
    (!path.is_empty()).then(|| format!("{}/{path}", host.strip_prefix("www.").unwrap_or(&host)))
}

/// Where an anchor's words stand in another text: the only place that has them, or the one whose
/// surroundings agree best; `None` where they are not, or two places fit equally well.
pub fn carry(anchor: &Anchor, to: &Text) -> Option<Span> {
    if anchor.exact.is_empty() {
        return None;
    }
    let places =
        to.match_indices(&anchor.exact).filter_map(|(at, words)| Span::new(to, at, at + words.len()));
    let mut best: Vec<(usize, Span)> = Vec::new();
    for span in places.take(10_000) {
        let before = to[..span.start().byte()].chars().rev().zip(anchor.prefix.chars().rev());
        let after = to[span.end().byte()..].chars().zip(anchor.suffix.chars());
        let agree = before.take_while(|(a, b)| a == b).count() + after.take_while(|(a, b)| a == b).count();
        if best.first().is_none_or(|(most, _)| agree >= *most) {
            best.retain(|(most, _)| *most == agree);
            best.push((agree, span));
        }
    }
    match &best[..] {
        [(_, only)] => Some(*only),
        _ => None,
    }
}

/// The marks of one text seen in another: where each record's places are there, and which are lost.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Carried {
    /// Record, field, and the place in the other text.
    pub placed: Vec<(RecordId, &'static str, Span)>,
    /// Orphans: record, field, and the anchor as it is.
    pub orphans: Vec<(RecordId, &'static str, Anchor)>,
}

/// Shows the marks of `from` in the text `to`. Nothing is written: anchors stay as they are, and taking the
/// alias back undoes it.
pub fn carried(project: &Project, from: &Id<ArticleText>, to: &Id<ArticleText>) -> Carried {
    let mut found = Carried::default();
    let Some(content) = project.text(to) else { return found };
    for (id, entry) in project.records().filter(|(_, entry)| of_text(entry, from)) {
        for (field, anchor) in conflicts::anchors(&entry.body) {
            match carry(&anchor, content) {
                Some(span) => found.placed.push((id.clone(), field, span)),
                None => found.orphans.push((id.clone(), field, anchor)),
            }
        }
    }
    found
}

fn of_text(entry: &Entry, text: &Id<ArticleText>) -> bool {
    entry.is_live() && super::preview::text_of(&entry.body) == Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_compared_without_what_does_not_tell_articles_apart() {
        let url = |u| normalised_url(u);
        assert_eq!(url("https://www.Example.org/a/B/?utm=1#x"), url("http://example.org/a/B"));
        assert_ne!(url("http://example.org/a/B"), url("http://example.org/a/b"));
        assert_eq!(url("http://example.org/"), None);
        assert_eq!(url("not an address"), None);
    }

    #[test]
    fn words_are_found_by_what_stands_around_them() {
        let text = Text::new("He said no. Then she said yes.");
        let at = |t: &Text, from: usize| Span::new(t, from, from + 4).unwrap();
        let second = Anchor::of(&text, at(&text, text.rfind("said").unwrap())).unwrap();
        let other = Text::new("Well: he said no. Then she said yes!");
        assert_eq!(carry(&second, &other), Some(at(&other, other.rfind("said").unwrap())));
        assert_eq!(carry(&second, &Text::new("She answered yes.")), None);
        let alone = Anchor { prefix: String::new(), suffix: String::new(), ..second };
        assert_eq!(carry(&alone, &other), None, "two places fit equally well");
    }
}
