//! Links written into a text: `[words](address)`, `<address>`. The text keeps them as they are; the link
//! is kept as data, over its words.

use crate::model::Hyperlink;
use crate::text::{Span, Text};

/// Longer than this, what stands between brackets is no linked phrase.
const LONGEST_WORDS: usize = 300;
/// Longer than this, an address is none.
const LONGEST_ADDRESS: usize = 2_000;

/// A link in the markup of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    /// All of it, brackets too.
    pub whole: Span,
    /// The words that are linked; for a bare address the address.
    pub words: Span,
    /// The address.
    pub address: Span,
}

/// The links written in `text`, in order. Linear: each bracket looks a bounded way ahead.
pub(crate) fn written(text: &str) -> Vec<Written> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find(['[', '<']).map(|i| from + i) {
        let link = if text[at..].starts_with('[') { bracketed(text, at) } else { angled(text, at) };
        from = link.map_or(at + 1, |link| link.whole.end().byte());
        found.extend(link);
    }
    found
}

fn bracketed(text: &str, at: usize) -> Option<Written> {
    let inside = clipped(&text[at + 1..], LONGEST_WORDS);
    let close = inside.find("](")?;
    if inside[..close].contains(['\n', '[']) || inside[..close].trim().is_empty() {
        return None;
    }
    let start = at + 1 + close + 2;
    let address = clipped(&text[start..], LONGEST_ADDRESS);
    let mut depth = 0;
    let end = address.char_indices().find_map(|(i, c)| match c {
        '(' => {
            depth += 1;
            None
        }
        ')' if depth == 0 => Some(Some(i)),
        ')' => {
            depth -= 1;
            None
        }
        '\n' => Some(None),
        _ => None,
    })??;
    Some(Written {
        whole: Span::new(text, at, start + end + 1)?,
        words: Span::new(text, at + 1, at + 1 + close)?,
        address: Span::new(text, start, start + end)?,
    })
}

fn angled(text: &str, at: usize) -> Option<Written> {
    let inside = clipped(&text[at + 1..], LONGEST_ADDRESS);
    let end = inside.find('>')?;
    let address = &inside[..end];
    let sound = address.starts_with("http://") || address.starts_with("https://");
    if !sound || address.contains(char::is_whitespace) {
        return None;
    }
    let words = Span::new(text, at + 1, at + 1 + end)?;
    Some(Written { whole: Span::new(text, at, at + end + 2)?, words, address: words })
}

/// At most so many bytes of a text, cut between characters.
fn clipped(text: &str, longest: usize) -> &str {
    &text[..text.floor_char_boundary(longest.min(text.len()))]
}

/// The links as data. An address of no known kind (`javascript:` and the like) is not kept.
pub(crate) fn as_data(text: &Text) -> Vec<Hyperlink> {
    let links = written(text).into_iter().filter(|link| is_sound(link.address.slice(text)));
    links
        .map(|link| {
            let at = text.chars_of(link.words);
            let href = link.address.slice(text).split_whitespace().next().unwrap_or("#").to_owned();
            Hyperlink { end: at.end, href, start: at.start }
        })
        .collect()
}

/// Whether an address may be kept: a web or mail address, or one inside the page it came from.
pub(crate) fn is_sound(address: &str) -> bool {
    // Browsers drop white space and control characters inside a scheme, so it is looked at without them.
    let bare: String = address.chars().filter(|c| !c.is_whitespace() && !c.is_control()).take(64).collect();
    match bare.split_once(':') {
        Some((scheme, _)) if !scheme.contains(['/', '?', '#', '.']) => {
            ["http", "https", "mailto"].iter().any(|s| scheme.eq_ignore_ascii_case(s))
        }
        _ => true,
    }
}

/// The line without the marks of its links and headings: what a person reads.
pub(crate) fn plain(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut at = 0;
    for link in written(line) {
        out.push_str(&line[at..link.whole.start().byte()]);
        out.push_str(link.words.slice(line));
        at = link.whole.end().byte();
    }
    out.push_str(&line[at..]);
    let bare = out.trim().trim_start_matches('#').trim();
    bare.trim_matches('*').trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_data_over_their_words() {
        let text =
            Text::new("Їх [“war](#) and [peace (old)](https://a.example/x_(y)) at <https://b.example/>.");
        let got: Vec<_> = as_data(&text).into_iter().map(|l| (l.start.0, l.end.0, l.href)).collect();
        assert_eq!(
            got,
            [
                (4, 8, "#".to_owned()),
                (18, 29, "https://a.example/x_(y)".to_owned()),
                (60, 78, "https://b.example/".to_owned())
            ]
        );
        assert_eq!(plain(&text), "Їх “war and peace (old) at https://b.example/.");
    }

    #[test]
    fn brackets_of_an_editor_are_no_links_and_code_is_no_address() {
        let text =
            Text::new("“we stand up [to them]” (he said) [x](java\tscript:alert(1)) [y](data:text/html,z)");
        assert!(as_data(&text).is_empty());
        assert!(is_sound("/a:b") && is_sound("page.html?x=a:b") && !is_sound("JavaScript:x"));
    }
}
