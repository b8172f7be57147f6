//! A family as a drawing: where each version stands, and the SVG of it. All text is escaped, all numbers
//! are whole, nothing in it is code: it can stand in a page or be saved as a file.

use super::family::{Family, is_derived};
use super::relation::Guess;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Write;

/// How wide the box of a version is.
pub const WIDTH: i32 = 220;
/// How high it is.
pub const HEIGHT: i32 = 64;
const GAP: i32 = 36;
const ROW: i32 = 128;
const MARGIN: i32 = 24;
/// What is said of a pair may reach beyond the last box.
const WORDS: i32 = 40;
/// Room for the dates at the left edge.
const AXIS: i32 = 110;
const CELL: i32 = 36;

/// What a box says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Caption {
    /// The title.
    pub title: String,
    /// Who published it, and the like.
    pub detail: String,
    /// When it was published: an ISO date or time, if it is known.
    pub published: Option<String>,
}

/// Where a version stands: the corner of its box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// From the left.
    pub x: i32,
    /// From above.
    pub y: i32,
}

/// Where everything stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// The box of each version.
    pub places: Vec<Place>,
    /// Dates and how far down they stand, where every version has one.
    pub axis: Vec<(String, i32)>,
    /// The whole drawing.
    pub width: i32,
    /// The whole drawing.
    pub height: i32,
}

/// Places the versions: a row for each date where all are dated, else a row for each generation.
pub fn layout(family: &Family, captions: &[Caption]) -> Layout {
    let dates: Option<Vec<&str>> = captions
        .iter()
        .map(|c| c.published.as_deref().and_then(|d| d.get(..10)).filter(|d| is_date(d)))
        .collect();
    let rows = match &dates {
        Some(dates) if !dates.is_empty() => {
            let mut known: Vec<&str> = dates.clone();
            known.sort_unstable();
            known.dedup();
            dates.iter().map(|d| known.partition_point(|k| k < d)).collect()
        }
        _ => generations(family),
    };
    let left = if dates.as_ref().is_some_and(|d| !d.is_empty()) { AXIS } else { 0 } + MARGIN;
    let mut filled: BTreeMap<usize, i32> = BTreeMap::new();
    let mut places = vec![Place { x: 0, y: 0 }; rows.len()];
    for at in walk(family, &rows) {
        let column = filled.entry(rows[at]).or_default();
        places[at] = Place { x: left + *column * (WIDTH + GAP), y: MARGIN + rows[at] as i32 * ROW };
        *column += 1;
    }
    let columns = filled.values().copied().max().unwrap_or(0);
    let axis: BTreeMap<i32, String> = dates
        .into_iter()
        .flatten()
        .zip(&places)
        .map(|(date, place)| (place.y + HEIGHT / 2, date.to_owned()))
        .collect();
    Layout {
        width: left + columns * (WIDTH + GAP) - GAP.min(columns * GAP) + WORDS + MARGIN,
        height: 2 * MARGIN + rows.iter().max().map_or(0, |last| *last as i32 * ROW + HEIGHT),
        axis: axis.into_iter().map(|(y, date)| (date, y)).collect(),
        places,
    }
}

fn is_date(text: &str) -> bool {
    let digits = |range: std::ops::Range<usize>| text.as_bytes()[range].iter().all(u8::is_ascii_digit);
    text.len() == 10 && digits(0..4) && digits(5..7) && digits(8..10)
}

/// How many known steps each version is away from an origin.
fn generations(family: &Family) -> Vec<usize> {
    let mut depth = vec![0; family.size];
    // As many rounds as there can be steps; a circle, which only judgements can make, ends with them.
    for _ in 0..family.size {
        for e in family.branches().filter(|e| is_derived(e.relation)) {
            depth[e.to] = depth[e.to].max(depth[e.from] + 1).min(family.size - 1);
        }
    }
    depth
}

/// The versions so that those that hang together stand together: from each top one down its branches.
fn walk(family: &Family, rows: &[usize]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..family.size).collect();
    order.sort_by_key(|at| (rows[*at], *at));
    let (mut found, mut stack): (Vec<usize>, Vec<usize>) = (Vec::new(), order.into_iter().rev().collect());
    while let Some(at) = stack.pop() {
        if found.contains(&at) {
            continue;
        }
        found.push(at);
        let ends = family.branches().filter_map(|e| match (e.from == at, e.to == at) {
            (true, _) => Some(e.to),
            (_, true) => Some(e.from),
            _ => None,
        });
        stack.extend(ends.filter(|end| !found.contains(end)).collect::<Vec<_>>().into_iter().rev());
    }
    found
}

/// The drawing of a family as SVG: boxes, arrows from the origin to the copy, the share of reuse at
/// each. A shared source is a broken line.
pub fn tree_svg(family: &Family, captions: &[Caption]) -> String {
    let layout = layout(family, captions);
    let mut out = opened(layout.width, layout.height, "The versions of a story and what connects them");
    out.push_str(
        "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" \
         orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"#444\"/></marker></defs>",
    );
    for (date, y) in &layout.axis {
        let end = layout.width - MARGIN;
        push(&mut out, format_args!("<path d=\"M{AXIS} {y}H{end}\" stroke=\"#ddd\"/>"));
        text(&mut out, MARGIN, *y + 4, 12, "#555", date);
    }
    for edge in family.branches() {
        let (Some(from), Some(to)) = (layout.places.get(edge.from), layout.places.get(edge.to)) else {
            continue;
        };
        let ((x1, y1), (x2, y2)) = ends(*from, *to);
        let tip = if edge.directed { " marker-end=\"url(#tip)\"" } else { "" };
        let dash = if edge.relation == Guess::SharedSource { " stroke-dasharray=\"6 5\"" } else { "" };
        let wide = 1 + (edge.reuse * 3.0) as i32;
        push(
            &mut out,
            format_args!(
                "<path d=\"M{x1} {y1}L{x2} {y2}\" stroke=\"#444\" stroke-width=\"{wide}\" fill=\"none\"{dash}{tip}/>"
            ),
        );
        let label = format!("{} · {} %", relation_in_words(edge.relation), percent(edge.reuse));
        text(&mut out, i32::midpoint(x1, x2) + 6, i32::midpoint(y1, y2) + 4, 12, "#333", &label);
    }
    for (place, caption) in layout.places.iter().zip(captions) {
        let Place { x, y } = *place;
        push(
            &mut out,
            format_args!(
                "<rect x=\"{x}\" y=\"{y}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" rx=\"6\" fill=\"#fff\" stroke=\"#444\"/>"
            ),
        );
        text(&mut out, x + 10, y + 26, 14, "#111", &shortened(&caption.title, 28));
        let when = caption.published.as_deref().unwrap_or_default();
        let dot = if caption.detail.is_empty() || when.is_empty() { "" } else { " · " };
        text(&mut out, x + 10, y + 48, 12, "#555", &shortened(&format!("{}{dot}{when}", caption.detail), 34));
    }
    out.push_str("</svg>\n");
    out
}

/// Where a line leaves the one box and reaches the other.
pub fn ends(from: Place, to: Place) -> ((i32, i32), (i32, i32)) {
    let middle = |p: Place| (p.x + WIDTH / 2, p.y + HEIGHT / 2);
    let ((fx, fy), (tx, ty)) = (middle(from), middle(to));
    match fy.cmp(&ty) {
        std::cmp::Ordering::Less => ((fx, from.y + HEIGHT), (tx, to.y)),
        std::cmp::Ordering::Greater => ((fx, from.y), (tx, to.y + HEIGHT)),
        std::cmp::Ordering::Equal if fx < tx => ((from.x + WIDTH, fy), (to.x, ty)),
        std::cmp::Ordering::Equal => ((from.x, fy), (to.x + WIDTH, ty)),
    }
}

/// The reuse between all versions as a table of shades, for sets too large to draw as a tree.
pub fn heat_svg(family: &Family, captions: &[Caption]) -> String {
    let (n, left) = (family.size as i32, WIDTH + MARGIN);
    let mut out =
        opened(left + n * CELL + MARGIN, 2 * MARGIN + (n + 1) * CELL, "How much any two versions share");
    for (i, caption) in (0..).zip(captions) {
        let y = MARGIN + (i + 1) * CELL;
        text(&mut out, MARGIN, y + 22, 12, "#111", &shortened(&format!("{}  {}", i + 1, caption.title), 30));
        text(&mut out, left + i * CELL + 12, MARGIN + 22, 12, "#111", &(i + 1).to_string());
        for j in 0..n {
            let share = percent(family.reuse(i as usize, j as usize));
            let (x, ink) = (left + j * CELL, if share > 55 { "#fff" } else { "#111" });
            let size = CELL - 2;
            push(
                &mut out,
                format_args!(
                    "<rect x=\"{x}\" y=\"{y}\" width=\"{size}\" height=\"{size}\" fill=\"#1d4f91\" fill-opacity=\"0.{:02}\"/>",
                    share.min(99)
                ),
            );
            text(&mut out, x + 6, y + 22, 12, ink, &share.to_string());
        }
    }
    out.push_str("</svg>\n");
    out
}

/// A relation in a few words.
pub fn relation_in_words(relation: Guess) -> &'static str {
    match relation {
        Guess::Identical => "identical",
        Guess::NearDuplicate => "nearly the same",
        Guess::WhollyDerived => "wholly derived",
        Guess::PartiallyDerived => "partly derived",
        Guess::SharedSource => "shared source",
        Guess::NonDerived => "not derived",
    }
}

fn percent(share: f32) -> i32 {
    (share * 100.0).round() as i32
}

fn opened(width: i32, height: i32, title: &str) -> String {
    let mut out = String::new();
    push(
        &mut out,
        format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
             role=\"img\" font-family=\"system-ui, sans-serif\"><title>"
        ),
    );
    escape(&mut out, title);
    out.push_str("</title>");
    out
}

fn push(out: &mut String, what: std::fmt::Arguments) {
    // Writing into a string cannot fail.
    out.write_fmt(what).unwrap_or_default();
}

fn text(out: &mut String, x: i32, y: i32, size: i32, ink: &str, words: &str) {
    push(out, format_args!("<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"{ink}\">"));
    escape(out, words);
    out.push_str("</text>");
}

/// Text as XML: marks written out, characters that XML cannot hold left out.
fn escape(out: &mut String, words: &str) {
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
}

fn shortened(words: &str, longest: usize) -> String {
    if words.chars().count() <= longest {
        return words.to_owned();
    }
    let kept: String = words.chars().take(longest - 1).collect();
    kept.trim_end().to_owned() + "…"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::versions::family::Edge;

    fn family() -> Family {
        let edge = |from, to, relation, directed| Edge {
            from,
            to,
            relation,
            refinement: vec![],
            directed,
            reuse: 0.61,
            confidence: 0.9,
            judged: false,
            implied: false,
        };
        let edges = vec![edge(0, 1, Guess::WhollyDerived, true), edge(0, 2, Guess::SharedSource, false)];
        Family { edges, heat: vec![1.0, 0.61, 0.2, 0.61, 1.0, 0.2, 0.2, 0.2, 1.0], size: 3 }
    }

    fn captions(dates: [Option<&str>; 3]) -> Vec<Caption> {
        let caption = |d: Option<&str>| Caption {
            title: "<script>alert(1)</script> & \"co\"\u{1}".into(),
            detail: "Harbour Post".into(),
            published: d.map(str::to_owned),
        };
        dates.map(caption).to_vec()
    }

    #[test]
    fn a_copy_stands_below_its_origin_and_dates_make_an_axis() {
        let place = |dates| layout(&family(), &captions(dates));
        let free = place([None; 3]);
        assert!(
            free.places[1].y > free.places[0].y
                && free.places[2].y == free.places[0].y
                && free.axis.is_empty()
        );
        let dated = place([Some("2023-02-18"), Some("2023-02-19T10:00:00Z"), Some("2023-02-17")]);
        let y = |k: usize| dated.places[k].y;
        assert!(y(2) < y(0) && y(0) < y(1));
        assert_eq!(
            dated.axis.iter().map(|(d, _)| &**d).collect::<Vec<_>>(),
            ["2023-02-17", "2023-02-18", "2023-02-19"]
        );
    }

    #[test]
    fn no_title_becomes_markup_and_no_two_boxes_overlap() {
        for svg in [tree_svg(&family(), &captions([None; 3])), heat_svg(&family(), &captions([None; 3]))] {
            assert!(!svg.contains("<script") && svg.contains("&lt;script&gt;") && !svg.contains('\u{1}'));
            assert!(svg.starts_with("<svg ") && svg.trim_end().ends_with("</svg>"));
        }
        let places = layout(&family(), &captions([None; 3])).places;
        for (i, p) in places.iter().enumerate() {
            let apart = |q: &Place| (p.x - q.x).abs() >= WIDTH || (p.y - q.y).abs() >= HEIGHT;
            assert!(places[i + 1..].iter().all(apart));
        }
    }

    #[test]
    fn an_empty_family_is_an_empty_drawing() {
        let none = Family { edges: vec![], heat: vec![], size: 0 };
        assert!(tree_svg(&none, &[]).contains("</svg>"));
    }
}
