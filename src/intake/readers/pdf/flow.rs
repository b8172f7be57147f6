//! From pieces with places to paragraphs: lines put together, page furniture set aside, paragraphs
//! joined over lines, columns and pages, words joined that a line end parted.

use super::content::Piece;
use std::collections::HashMap;

/// A line of a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    text: String,
    x: f64,
    end: f64,
    y: f64,
    size: f64,
    page: usize,
}

/// The lines of a page, in the order they are drawn.
pub(super) fn lines(pieces: Vec<Piece>, page: usize) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for piece in pieces {
        let same = lines.last_mut().filter(|line| {
            let size = line.size.max(piece.size).max(1.0);
            (line.y - piece.y).abs() < 0.5 * size
                && piece.x > line.end - size
                && piece.x < line.end + 8.0 * size
        });
        match same {
            Some(line) => {
                let gap = piece.x - line.end;
                let parted =
                    line.text.ends_with(char::is_whitespace) || piece.text.starts_with(char::is_whitespace);
                if gap > 0.17 * line.size.max(1.0) && !parted {
                    line.text.push(' ');
                }
                line.text.push_str(&piece.text);
                line.end = piece.end;
            }
            None => lines.push(Line {
                text: piece.text,
                x: piece.x,
                end: piece.end,
                y: piece.y,
                size: piece.size,
                page,
            }),
        }
    }
    for line in &mut lines {
        let words: Vec<&str> = line.text.split_whitespace().collect();
        line.text = words.join(" ");
    }
    lines.retain(|line| !line.text.is_empty());
    lines
}

/// Takes out the lines that pages repeat at their top or bottom, and page numbers.
pub(super) fn set_furniture_aside(lines: Vec<Line>, pages: usize) -> (Vec<Line>, Vec<String>) {
    let mut edges: HashMap<usize, (f64, f64)> = HashMap::new();
    for line in &lines {
        let (low, high) = edges.entry(line.page).or_insert((line.y, line.y));
        (*low, *high) = (low.min(line.y), high.max(line.y));
    }
    let near_edge = |line: &Line| {
        let (low, high) = edges[&line.page];
        let margin = 2.5 * line.size.max(8.0);
        line.y - low < margin || high - line.y < margin
    };
    let form = |text: &str| -> String {
        let digits = text.chars().map(|c| if c.is_ascii_digit() { '#' } else { c });
        digits.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ").replace("##", "#")
    };
    let mut repeated: HashMap<String, Vec<usize>> = HashMap::new();
    for line in lines.iter().filter(|l| near_edge(l)) {
        let on = repeated.entry(form(&line.text)).or_default();
        if on.last() != Some(&line.page) {
            on.push(line.page);
        }
    }
    let (mut kept, mut aside) = (Vec::new(), Vec::new());
    for line in lines {
        let often = repeated.get(&form(&line.text)).is_some_and(|on| on.len() >= 2 && on.len() * 2 >= pages);
        if near_edge(&line) && ((often && pages > 1) || is_page_number(&line.text)) {
            aside.push(line.text);
        } else {
            kept.push(line);
        }
    }
    (kept, aside)
}

fn is_page_number(text: &str) -> bool {
    let lower = text.to_lowercase();
    let rest: String = ["page", "of", "/", "-", "–", "стор."].iter().fold(lower, |t, w| t.replace(w, ""));
    let rest = rest.trim();
    !rest.is_empty() && rest.len() <= 9 && rest.chars().all(|c| c.is_ascii_digit() || c == ' ')
}

/// The paragraphs that the lines make.
pub(super) fn paragraphs(lines: &[Line]) -> Vec<String> {
    let measure = Measure::of(lines);
    let whole_words: std::collections::HashSet<&str> = lines.iter().flat_map(|l| l.text.split(' ')).collect();
    let mut found: Vec<String> = Vec::new();
    let mut before: Option<&Line> = None;
    for line in lines {
        match (before, found.last_mut()) {
            (Some(last), Some(paragraph)) if measure.goes_on(last, line) => {
                join(paragraph, &line.text, &whole_words);
            }
            _ => found.push(line.text.clone()),
        }
        before = Some(line);
    }
    found
}

/// Puts a line behind a paragraph; a word that the line end parted is made whole.
fn join(paragraph: &mut String, line: &str, whole_words: &std::collections::HashSet<&str>) {
    let parted = paragraph.ends_with(['-', '\u{ad}', '\u{2010}']) && line.starts_with(char::is_lowercase);
    if !parted {
        if paragraph.ends_with('\u{ad}') {
            paragraph.pop();
        } else if !paragraph.ends_with(['—', '-']) || paragraph.ends_with(" -") {
            paragraph.push(' ');
        }
        return paragraph.push_str(line);
    }
    let head = paragraph.rsplit(' ').next().unwrap_or_default();
    let tail = line.split(' ').next().unwrap_or_default();
    let clean = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    // «well-» and «known» stay «well-known» where the text has that word unbroken elsewhere.
    let with_hyphen = format!("{head}{}", clean(tail));
    let is_compound = head.ends_with('-') && whole_words.iter().any(|w| clean(w) == clean(&with_hyphen));
    if !is_compound {
        paragraph.pop();
    }
    paragraph.push_str(line);
}

/// What is usual on these pages.
struct Measure {
    leading: f64,
    /// Left and right edge of a line by the left edge rounded: columns have edges of their own.
    right: f64,
    width: f64,
}

impl Measure {
    fn of(lines: &[Line]) -> Self {
        let mut steps: Vec<f64> = lines
            .windows(2)
            .filter(|w| w[0].page == w[1].page && w[0].y > w[1].y && (w[0].size - w[1].size).abs() < 1.0)
            .map(|w| w[0].y - w[1].y)
            .filter(|d| *d < 60.0)
            .collect();
        let mut widths: Vec<f64> = lines.iter().map(|l| l.end - l.x).collect();
        let mut rights: Vec<f64> = lines.iter().map(|l| l.end).collect();
        Self {
            leading: middle(&mut steps, 0.5).unwrap_or(14.0),
            right: middle(&mut rights, 0.75).unwrap_or(500.0),
            width: middle(&mut widths, 0.75).unwrap_or(400.0).max(1.0),
        }
    }

    /// Whether `next` goes on with the paragraph of `last`.
    fn goes_on(&self, last: &Line, next: &Line) -> bool {
        let end = last.text.trim_end_matches(['”', '"', '’', '\'', '»', ')']);
        let ended = end.ends_with(['.', '!', '?', '…', ':']);
        let small = next.text.starts_with(char::is_lowercase);
        let other_letters = (last.size - next.size).abs() > 0.12 * last.size.max(next.size);
        if other_letters {
            return false;
        }
        let step = last.y - next.y;
        if last.page != next.page || step < -0.5 * self.leading {
            // A new page or column: the sentence decides.
            return small || (!ended && self.is_full(last) && last.text.len() > 20);
        }
        if step > 1.45 * self.leading.max(last.size) {
            return small && !ended && step < 2.2 * self.leading;
        }
        let indented = next.x - last.x > 0.8 * last.size && next.x - last.x < 6.0 * last.size;
        !(indented && (ended || !small))
            && (!ended || self.is_full(last))
            && (small || ended || self.is_full(last))
    }

    /// Whether a line reaches about as far as lines do.
    fn is_full(&self, line: &Line) -> bool {
        line.end - line.x > 0.8 * self.width || line.end > self.right - 0.2 * self.width
    }
}

fn middle(values: &mut [f64], at: f64) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(((values.len() as f64 - 1.0).max(0.0) * at) as usize).copied()
}
