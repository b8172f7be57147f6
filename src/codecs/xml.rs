//! The little XML that annotation formats need: flat elements with attributes, written and read.

use super::exchange::Fault;

/// Characters that XML 1.0 does not have.
pub(crate) fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}')
}

/// Text as it stands in an attribute: line ends and tabs kept by reference, forbidden characters as
/// spaces, one for one, so that no position moves.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\t' => out.push_str("&#9;"),
            c if is_forbidden(c) => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// An element's beginning: its name and attributes.
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
}

impl Element {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| &**v)
    }
}

/// The beginnings of all elements, in order. What stands between them is passed over.
pub(crate) fn elements(text: &str, format: &'static str) -> Result<Vec<Element>, Fault> {
    let broken = |at: usize| Fault::NotThis { format, why: format!("the XML breaks at byte {at}.") };
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('<').map(|i| at + i) {
        let rest = &text[open..];
        let skip = [("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"), ("</", ">"), ("<!", ">")];
        if let Some((_, end)) = skip.iter().find(|(begin, _)| rest.starts_with(begin)) {
            at = open + rest.find(end).ok_or_else(|| broken(open))? + end.len();
            continue;
        }
        let (element, length) = element(rest).ok_or_else(|| broken(open))?;
        found.push(element);
        at = open + length;
    }
    Ok(found)
}

/// One beginning tag and its length in bytes.
fn element(text: &str) -> Option<(Element, usize)> {
    let name: &str = text[1..].split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next()?;
    let mut attributes = Vec::new();
    let mut at = 1 + name.len();
    loop {
        at += text[at..].len() - text[at..].trim_start().len();
        match text.as_bytes().get(at)? {
            b'>' => break,
            b'/' => {
                at += 1;
                continue;
            }
            _ => {}
        }
        let equals = at + text[at..].find('=')?;
        let key = text[at..equals].trim();
        let value = text[equals + 1..].trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let length = value[1..].find(quote)?;
        attributes.push((key.to_owned(), unescape(&value[1..=length])?));
        at = text.len() - value.len() + length + 2;
    }
    Some((Element { name: name.to_owned(), attributes }, at + 1))
}

fn unescape(text: &str) -> Option<String> {
    // White space in an attribute is a space, as XML's reader has it; what is meant otherwise comes by
    // reference.
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.extend(rest[..at].chars().map(|c| if c.is_whitespace() && c.is_ascii() { ' ' } else { c }));
        let (name, after) = rest[at + 1..].split_once(';')?;
        out.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => {
                let digits = name.strip_prefix('#')?;
                let code = match digits.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                    None => digits.parse().ok()?,
                };
                char::from_u32(code)?
            }
        });
        rest = after;
    }
    out.extend(rest.chars().map(|c| if c.is_whitespace() && c.is_ascii() { ' ' } else { c }));
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_come_back_as_they_were() {
        let text = "“a” <b> & \"c\"\n\td 😀'";
        let xml = format!("<?xml?><!-- > --><x:Y  a=\"{}\" b='2'/></x:Y>", escape(text));
        let found = elements(&xml, "xml").unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].get("a"), found[0].get("b")), (Some(text), Some("2")));
        assert!(elements("<a b", "xml").is_err());
    }
}
