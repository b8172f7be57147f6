//! Pages whose elements nest deeper than anybody writes. Parsing such a page takes time with the square
//! of its depth, so it is made flat before: only paragraphs and line ends stay of its markup.

/// Elements inside each other that are still parsed.
const DEEPEST: usize = 1_500;

/// Elements that need no end, or whose end may be left out: they say nothing of depth.
const ENDLESS: &[&str] = &[
    "p", "li", "td", "tr", "th", "dt", "dd", "br", "hr", "img", "input", "meta", "link", "option", "source",
    "area", "base", "col", "embed", "param", "track", "wbr", "tbody", "thead", "tfoot", "html", "head",
    "body", "colgroup", "optgroup", "rt", "rp",
];

/// Elements that stand on lines of their own, as far as a flat page needs them.
const LINES: &[&str] =
    &["div", "p", "li", "tr", "h1", "h2", "h3", "h4", "section", "article", "table", "ul", "ol"];

/// The page without its nesting, if that is too deep.
pub(super) fn flattened(page: &str) -> Option<String> {
    let (mut depth, mut deepest) = (0usize, 0usize);
    each_tag(page, |_, name, closes| {
        if !ENDLESS.contains(&name) {
            depth = if closes { depth.saturating_sub(1) } else { depth + 1 };
            deepest = deepest.max(depth);
        }
    });
    (deepest > DEEPEST).then(|| flat(page))
}

fn flat(page: &str) -> String {
    let mut out = String::with_capacity(page.len() / 2);
    let mut silent: Option<String> = None;
    each_tag(page, |before, name, closes| {
        if silent.is_none() {
            out.push_str(before);
        }
        match &silent {
            Some(until) if closes && until == name => silent = None,
            Some(_) => {}
            None if !closes && matches!(name, "script" | "style") => silent = Some(name.to_owned()),
            None if LINES.contains(&name) => out.push_str("<p>"),
            None if name == "br" => out.push_str("<br>"),
            None => {}
        }
    });
    out
}

/// Calls `each` with the words before a tag, the tag's name in lower case, and whether it closes. After
/// the last tag it is called once more, with no name.
fn each_tag(page: &str, mut each: impl FnMut(&str, &str, bool)) {
    let mut at = 0;
    let mut name = String::new();
    while let Some(open) = page[at..].find('<').map(|i| at + i) {
        let rest = &page[open + 1..];
        let closes = rest.starts_with('/');
        let rest = rest.trim_start_matches('/');
        name.clear();
        name.extend(
            rest.chars().take_while(char::is_ascii_alphanumeric).take(20).map(|c| c.to_ascii_lowercase()),
        );
        let end = page[open..].find('>').map_or(page.len(), |i| open + i + 1);
        each(&page[at..open], &name, closes);
        at = end;
    }
    each(&page[at..], "", true);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_that_nest_without_reason_are_made_flat() {
        assert_eq!(flattened(&"<p>one<li>two<br>".repeat(5_000)), None);
        assert_eq!(flattened(&"<div><b>x</b></div>".repeat(5_000)), None);
        let page = format!("{}a &amp; b<script>evil()</script><br>c", "<div>".repeat(2_000));
        let flat = flattened(&page).unwrap();
        assert!(flat.ends_with("<p>a &amp; b<br>c"));
    }
}
