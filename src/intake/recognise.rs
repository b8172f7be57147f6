//! What each line of an article is, and what the lines around it say of the article: headline, byline,
//! outlet, date, credits, captions, boilerplate, translations of the headline.
//!
//! Only whole lines are told apart, and a line that might be the article's own words stays a paragraph:
//! a quotation in a line that is wrongly called boilerplate would never be found.

use super::{dates, links, phrases};
use crate::model::{Facts, SegmentKind};
use crate::text::{Span, paragraphs};

/// A headline is no longer than this, in characters.
const LONGEST_HEADLINE: usize = 200;
/// Before the first paragraph of the story stand at most so many lines.
const HEAD: usize = 14;
/// Furniture is no longer than this, in words.
const LONGEST_FURNITURE: usize = 30;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    /// The headline, as a person reads it.
    pub title: Option<String>,
    /// All else.
    pub facts: Facts,
}

/// A line with what can be seen of it alone.
struct Line<'t> {
    span: Span,
    /// As it stands.
    raw: &'t str,
    /// Without markup.
    plain: String,
    lower: String,
    words: usize,
    stops: bool,
    foreign: bool,
    kind: Option<SegmentKind>,
}

/// Looks through a text.
pub(crate) fn recognise(text: &str) -> Found {
    let main = script_of(text);
    let mut lines: Vec<Line<'_>> = paragraphs(text).into_iter().map(|span| line(text, span, main)).collect();
    let mut found = Found::default();
    let body = lines.iter().position(is_body).unwrap_or(lines.len().min(HEAD));
    head(&mut lines[..body.min(HEAD)], &mut found);
    rest(&mut lines[body.min(HEAD)..], &mut found.facts);
    if let Some(title) = &found.title {
        let same = |l: &&mut Line<'_>| l.kind.is_none() && l.plain == *title;
        lines.iter_mut().filter(same).for_each(|l| l.kind = Some(SegmentKind::Headline));
    }
    let kinds = lines.iter().filter_map(|l| Some((l.span, l.kind.clone()?)));
    found.facts.segments = kinds.collect();
    if let Some(first) = lines.iter().skip(body).find(|l| l.kind.is_none()) {
        dateline(text, first.span, &mut found.facts);
    }
    if found.facts.published.is_none() {
        found.facts.published = found.facts.url.as_deref().and_then(dates::in_address);
    }
    found
}

fn line(text: &str, span: Span, main: Script) -> Line<'_> {
    let raw = span.slice(text);
    // What is looked for in a line is near its begin or in a short line; a book on one line costs no more.
    let near = &raw[..raw.floor_char_boundary(4_000.min(raw.len()))];
    let plain = links::plain(near);
    let lower = plain.to_lowercase();
    let end = plain.trim_end_matches(['”', '"', '’', '\'', '»', ')', '“', ' ']);
    Line {
        span,
        raw,
        words: plain.split_whitespace().count(),
        stops: end.ends_with(['.', '!', '?', '…', ':']),
        foreign: main != Script::Other && !matches!(script_of(&plain), s if s == main || s == Script::Other),
        plain,
        lower,
        kind: None,
    }
}

/// Whether a line must be the story itself.
fn is_body(line: &Line<'_>) -> bool {
    !line.foreign
        && !phrases::is_caption(&line.lower)
        && !is_furniture(line)
        && !line.raw.starts_with('#')
        && ((line.words >= 12 && line.stops) || line.words >= 35)
}

fn is_furniture(line: &Line<'_>) -> bool {
    line.words <= LONGEST_FURNITURE && !line.plain.contains(['“', '"']) && phrases::is_furniture(&line.lower)
}

/// The lines before the story.
fn head(lines: &mut [Line<'_>], found: &mut Found) {
    for i in 0..lines.len() {
        let before = &lines[..i];
        let headline_before = before.iter().any(|l| l.kind == Some(SegmentKind::Headline));
        let dated_before = before.iter().any(|l| l.kind == Some(SegmentKind::Byline));
        let headline_after = lines[i + 1..].iter().any(could_be_headline);
        let line = &lines[i];
        let kind = known_anywhere(line, &mut found.facts)
            .or_else(|| dated(line, &mut found.facts).then_some(SegmentKind::Byline))
            .or_else(|| {
                let may = headline_before || (dated_before && headline_after);
                byline(line, may, &mut found.facts).then_some(SegmentKind::Byline)
            })
            .or_else(|| {
                let marked = line.raw.starts_with("# ");
                let better = !marked && lines[i + 1..].iter().any(|l| l.raw.starts_with("# "));
                if headline_before {
                    (line.words <= 40).then_some(SegmentKind::Subheading)
                } else if could_be_headline(line) && !better {
                    found.title = Some(line.plain.clone());
                    Some(SegmentKind::Headline)
                } else {
                    // A word or two above the headline: the section, or a running title.
                    (line.words <= 3 && headline_after).then_some(SegmentKind::Subheading)
                }
            });
        let same = found.title.as_ref().is_some_and(|t| *t == lines[i].plain);
        lines[i].kind = if same { Some(SegmentKind::Headline) } else { kind };
    }
}

fn could_be_headline(line: &Line<'_>) -> bool {
    let marked = line.raw.starts_with("# ");
    let sentence = line.plain.ends_with(['.', '”', '"', ':']);
    !line.foreign
        && line.plain.chars().count() <= LONGEST_HEADLINE
        && !line.lower.starts_with("by ")
        && (marked || ((4..=30).contains(&line.words) && !sentence))
        && !is_furniture(line)
        && !phrases::is_caption(&line.lower)
        && dates::find(&line.plain).is_none()
        && address(line).is_none()
}

/// What a line is wherever it stands.
fn known_anywhere(line: &Line<'_>, facts: &mut Facts) -> Option<SegmentKind> {
    if let Some(url) = address(line) {
        facts.url.get_or_insert(url);
        return Some(SegmentKind::Url);
    }
    if line.foreign && line.words >= 3 {
        return Some(SegmentKind::ForeignGloss);
    }
    if line.words <= LONGEST_FURNITURE {
        let people = phrases::credited(&line.plain);
        if !people.is_empty() {
            people.into_iter().for_each(|p| add(&mut facts.credits, p));
            return Some(SegmentKind::Credit);
        }
    }
    if is_furniture(line) {
        if facts.outlet.is_none() {
            facts.outlet = copyright_holder(&line.plain);
        }
        return Some(SegmentKind::Boilerplate);
    }
    (line.words <= 45 && phrases::is_caption(&line.lower)).then_some(SegmentKind::Caption)
}

fn add(list: &mut Vec<String>, name: String) {
    if !list.contains(&name) {
        list.push(name);
    }
}

/// The address a line consists of.
fn address(line: &Line<'_>) -> Option<String> {
    let bare = line.raw.trim_start_matches('<').trim_end_matches('>');
    let is_web = bare.starts_with("http://") || bare.starts_with("https://");
    (is_web && !bare.contains(char::is_whitespace) && bare.len() < 2_000).then(|| bare.to_owned())
}

/// A line with the date, and perhaps the outlet.
fn dated(line: &Line<'_>, facts: &mut Facts) -> bool {
    let Some(date) = dates::find(&line.plain).filter(|_| line.words <= 14 && !line.stops) else {
        return false;
    };
    let rest: Vec<&str> = date.rest.split_whitespace().collect();
    if rest.len() > 7 {
        return false;
    }
    let capital = |w: &&str| w.chars().next().is_some_and(char::is_uppercase);
    if byline_names(&date.rest).is_empty() {
        if facts.outlet.is_none() && !rest.is_empty() && rest.len() <= 5 && capital(&rest[0]) {
            facts.outlet = Some(date.rest.clone());
        }
    } else {
        byline_names(&date.rest).into_iter().for_each(|n| add(&mut facts.byline, n));
    }
    facts.published.get_or_insert(date.iso);
    true
}

/// The names after «By».
fn byline_names(words: &str) -> Vec<String> {
    let by = ["By ", "BY ", "by ", "By: ", "Words by ", "Автор: ", "Від "];
    by.iter().find_map(|b| words.strip_prefix(b)).map(phrases::people).unwrap_or_default()
}

/// A line that names who wrote it; a bare name only where one is expected.
fn byline(line: &Line<'_>, bare_names_too: bool, facts: &mut Facts) -> bool {
    if line.words > 16 || line.stops {
        return false;
    }
    let mut names = byline_names(&line.plain);
    if names.is_empty() && bare_names_too {
        let without_day = ["YESTERDAY", "TODAY", "Yesterday", "Today"]
            .iter()
            .find_map(|d| line.plain.strip_suffix(d))
            .unwrap_or(&line.plain);
        let whole = phrases::people(without_day);
        let known: usize = whole.iter().map(|n| n.len()).sum();
        // All of the line is names, and places of names: nothing like «Ana Holm wins again».
        let places = without_day.split([' ', ',']).filter(|w| !w.is_empty()).all(|w| {
            w.chars().next().is_some_and(|c| c.is_uppercase())
                || ["in", "and", "de", "van", "von", "at", "у", "в", "та", "&"].contains(&w)
        });
        if places && known > 0 && without_day.split_whitespace().count() <= 10 {
            names = whole;
        }
    }
    let any = !names.is_empty();
    names.into_iter().for_each(|n| add(&mut facts.byline, n));
    any
}

/// The lines from the first paragraph of the story on.
fn rest(lines: &mut [Line<'_>], facts: &mut Facts) {
    let last_body = lines.iter().rposition(is_body).unwrap_or(0);
    let mut over = false;
    for (i, line) in lines.iter_mut().enumerate() {
        let after = i > last_body;
        over |= after && phrases::is_last(&line.lower);
        let kind = if over && line.words <= LONGEST_FURNITURE {
            known_anywhere(line, facts)
                .filter(|k| *k == SegmentKind::Credit)
                .or(Some(SegmentKind::Boilerplate))
        } else {
            known_anywhere(line, facts)
                .or_else(|| (after && dated(line, facts)).then_some(SegmentKind::Byline))
                .or_else(|| {
                    let named = after && !byline_names(&line.plain).is_empty();
                    (named && byline(line, false, facts)).then_some(SegmentKind::Byline)
                })
                .or_else(|| {
                    (line.raw.starts_with("#") && line.words <= 20).then_some(SegmentKind::Subheading)
                })
        };
        line.kind = kind;
    }
}

/// «Copyright The Harbour Post Limited 2022» names the outlet.
fn copyright_holder(line: &str) -> Option<String> {
    let at = ["Copyright", "©", "(c)"].iter().filter_map(|p| line.find(p).map(|at| at + p.len())).max()?;
    let words = line[at..].split(['.', '|', ',']).next()?.split_whitespace();
    let said = words.filter(|w| {
        let bare = w.to_lowercase();
        !["limited", "ltd", "inc", "llc", "plc", "gmbh", "©", "(c)", "by", "all", "rights", "reserved"]
            .contains(&&*bare)
            && !bare.chars().all(|c| c.is_ascii_digit() || c == '-' || c == '–')
    });
    let name = said.collect::<Vec<_>>().join(" ");
    let fits = name.chars().next().is_some_and(char::is_uppercase) && name.split(' ').count() <= 6;
    fits.then_some(name)
}

/// «PORT CITY, Northland (Reuters) —» at the begin of the story.
fn dateline(text: &str, first: Span, facts: &mut Facts) {
    let line = first.slice(text);
    let near = &line[..line.floor_char_boundary(90.min(line.len()))];
    let dash =
        [" — ", " – ", " - ", " -- "].iter().filter_map(|d| near.find(d).map(|at| (at, d.len()))).min();
    let Some((at, _)) = dash else { return };
    let place = near[..at].trim();
    let first_word = place.split([' ', ',']).next().unwrap_or_default();
    let shouted = first_word.chars().count() >= 2 && first_word.chars().all(|c| c.is_uppercase() || c == '-');
    let agency = place.split(['(', ')', ' ', '/']).find_map(phrases::agency);
    let capitals = place
        .split_whitespace()
        .all(|w| w.trim_start_matches('(').starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
    let bracketed = place.contains('(') && agency.is_some();
    if !(capitals && (shouted || bracketed)) || place.split_whitespace().count() > 8 {
        return;
    }
    if facts.outlet.is_none() {
        facts.outlet = agency.map(str::to_owned);
    }
    let end = first.start().byte() + place.len();
    if let Some(span) = Span::new(text, first.start().byte(), end) {
        facts.segments.push((span, SegmentKind::Dateline));
        crate::text::order::sort_by_key(&mut facts.segments, |(span, _)| *span);
    }
}

/// The scripts that news are written in, as far as glosses need them told apart.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Cyrillic,
    Greek,
    Semitic,
    East,
    Other,
}

/// The script of most of the letters.
fn script_of(text: &str) -> Script {
    let mut counts = [0u32; 5];
    for c in text.chars().filter(|c| c.is_alphabetic()).take(20_000) {
        let at = match c as u32 {
            0..=0x24F | 0x1E00..=0x1EFF => 0,
            0x400..=0x52F => 1,
            0x370..=0x3FF | 0x1F00..=0x1FFF => 2,
            0x590..=0x77F => 3,
            0x3040..=0x9FFF | 0xAC00..=0xD7AF => 4,
            _ => continue,
        };
        counts[at] += 1;
    }
    let all: u32 = counts.iter().sum();
    let scripts = [Script::Latin, Script::Cyrillic, Script::Greek, Script::Semitic, Script::East];
    let most = counts.iter().zip(scripts).find(|(count, _)| **count * 10 > all * 6);
    most.map_or(Script::Other, |(_, script)| script)
}

#[cfg(test)]
mod tests;
