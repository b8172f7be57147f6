//! Markdown as elements: headings, lists, paragraphs, emphasis, code. Text only ever becomes text nodes, so
//! that guidelines from a stranger's file can do nothing but be read.

use crate::ui::view::{El, Node, el, many};

/// The id of the element that a heading becomes, so that a label can lead to the rule it cites.
pub(super) fn place(heading: &str) -> String {
    let letters = heading.trim().chars().map(|c| if c.is_alphanumeric() { c } else { '-' });
    std::iter::once("rule-".to_owned()).chain(letters.map(String::from)).collect()
}

/// The document.
pub(super) fn markdown(source: &str) -> Node {
    let mut out: Vec<Node> = Vec::new();
    let mut list: Vec<El> = Vec::new();
    let mut paragraph = String::new();
    for line in source.lines().chain(std::iter::once("")) {
        let trimmed = line.trim();
        let item = trimmed.strip_prefix("- ").or_else(|| trimmed.strip_prefix("* "));
        let level = trimmed.bytes().take_while(|b| *b == b'#').count();
        let heading = (1..=6).contains(&level).then(|| trimmed[level..].strip_prefix(' ')).flatten();
        if (item.is_some() || heading.is_some() || trimmed.is_empty()) && !paragraph.is_empty() {
            out.push(el("p").child(inline(&std::mem::take(&mut paragraph))).into());
        }
        if item.is_none() && !list.is_empty() {
            out.push(el("ul").class("bullets").children(list.drain(..)).into());
        }
        match (item, heading) {
            (Some(item), _) => list.push(el("li").child(inline(item))),
            (_, Some(words)) => {
                let heading = el(if level == 1 { "h3" } else { "h4" }).id(place(words));
                out.push(heading.child(inline(words)).into())
            }
            _ if trimmed.is_empty() => {}
            _ => {
                if !paragraph.is_empty() {
                    paragraph.push(' ');
                }
                paragraph.push_str(trimmed);
            }
        }
    }
    many(out)
}

/// A line's strong words, stressed words and code.
fn inline(line: &str) -> Node {
    const MARKS: [(&str, &str); 3] = [("**", "strong"), ("`", "code"), ("*", "em")];
    let mut out: Vec<Node> = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        let found = MARKS.iter().filter_map(|(mark, tag)| {
            let from = rest.find(mark)?;
            let inside = &rest[from + mark.len()..];
            let length = inside.find(mark).filter(|length| *length > 0)?;
            Some((from, &inside[..length], from + length + 2 * mark.len(), *tag))
        });
        let Some((from, words, end, tag)) = found.min_by_key(|(from, ..)| *from) else {
            out.push(rest.to_owned().into());
            break;
        };
        out.push(rest[..from].to_owned().into());
        out.push(el(tag).child(words.to_owned()).into());
        rest = &rest[end..];
    }
    many(out)
}
