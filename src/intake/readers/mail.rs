//! Mails (.eml) and web pages saved with their parts (MHTML), which are mails too.

use super::super::{Error, Loaded, Trouble};
use super::charset::unix_lines;
use super::html;
use super::prose::{About, Prose, with};
use crate::codecs::NotText;
use crate::intake::draft;
use crate::model::Origin;
use mail_parser::{Message, MessageParser, PartType};
use std::borrow::Cow;

/// Reads a saved page.
pub(crate) fn read_page(bytes: &[u8], from: Option<Origin>) -> Result<Loaded, Error> {
    let bytes = without_dangling_breaks(bytes);
    let message = parsed(&bytes, "saved web page (MHTML)")?;
    let url = message.header_raw("Snapshot-Content-Location").map(|u| u.trim().to_owned());
    let Some(page) = page_in(&message) else {
        return Err(Error::NoText { format: "saved web page (MHTML)" });
    };
    let (draft, whole) = html::read(&unix_lines(page.to_owned()), url.as_deref(), from, false)?;
    let mut loaded = Loaded::one(draft);
    if whole {
        loaded.say(Trouble::WholePage);
    }
    Ok(loaded)
}

/// Reads a mail: its plain text where it has one, else all words of its page.
pub(crate) fn read(bytes: &[u8], from: Option<Origin>) -> Result<Loaded, Error> {
    let bytes = without_dangling_breaks(bytes);
    let message = parsed(&bytes, "mail")?;
    let sender = message.from().and_then(|from| from.first());
    let about = About {
        title: message.subject().map(str::to_owned),
        outlet: sender.and_then(|s| s.name()).map(str::to_owned),
        published: message.date().filter(|d| d.is_valid()).map(|d| d.to_rfc3339()),
        ..About::default()
    };
    let plain = message.text_bodies().find_map(|part| match &part.body {
        PartType::Text(words) if !words.trim().is_empty() => Some(unix_lines(words.to_string())),
        _ => None,
    });
    let draft = match (plain, page_in(&message)) {
        (Some(words), _) => with(draft(words, "mail", from), about, Vec::new()),
        (None, Some(page)) => {
            let mut prose = Prose::default();
            html::all_of(page, &mut prose);
            if prose.is_empty() {
                return Err(Error::NotText(NotText::Empty));
            }
            prose.draft(about, "mail", from)
        }
        (None, None) => return Err(Error::NoText { format: "mail" }),
    };
    let mut loaded = Loaded::one(draft);
    let attached = message.attachment_count();
    if attached > 0 {
        loaded.say(Trouble::PassedOver { parts: attached });
    }
    Ok(loaded)
}

fn parsed<'b>(bytes: &'b [u8], format: &'static str) -> Result<Message<'b>, Error> {
    let broken = || Error::Broken { format, what: "it has no head".to_owned() };
    MessageParser::default().parse(bytes).ok_or_else(broken)
}

/// Takes out `=` at a line's end right before a boundary: "this line goes on", and then it does not. The parser
/// would take the line end for one that it has written, and cut words off or stop (mail-parser 0.11.9).
fn without_dangling_breaks(bytes: &[u8]) -> Cow<'_, [u8]> {
    const NAME: &[u8] = b"boundary=";
    let declared = |at: usize| {
        let rest = &bytes[at + NAME.len()..];
        let rest = rest.strip_prefix(b"\"").unwrap_or(rest);
        let end = rest.iter().position(|b| matches!(b, b'"' | b';' | b'\r' | b'\n')).unwrap_or(rest.len());
        &rest[..end]
    };
    let named = |at: &usize| {
        bytes[*at..].len() >= NAME.len() && bytes[*at..][..NAME.len()].eq_ignore_ascii_case(NAME)
    };
    let boundaries: Vec<&[u8]> = (0..bytes.len())
        .filter(|at| bytes[*at].eq_ignore_ascii_case(&b'b'))
        .filter(named)
        .map(declared)
        .collect();
    let dangles = |at: usize| {
        let rest = &bytes[at + 1..];
        let line = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n"))?;
        let line = line.strip_prefix(b"--")?;
        boundaries.iter().any(|boundary| line.starts_with(boundary)).then_some(at)
    };
    let found: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at] == b'=').filter_map(dangles).collect();
    if found.is_empty() {
        return Cow::Borrowed(bytes);
    }
    let kept = bytes.iter().enumerate().filter(|(at, _)| found.binary_search(at).is_err());
    Cow::Owned(kept.map(|(_, byte)| *byte).collect())
}

/// The first page in a mail.
fn page_in<'m>(message: &'m Message<'_>) -> Option<&'m str> {
    message.parts.iter().find_map(|part| match &part.body {
        PartType::Html(page) if !page.trim().is_empty() => Some(&**page),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_soft_line_break_before_a_boundary_costs_no_words() {
        let mail = "From: Ana <ana@post.example>\r\nSubject: Ferry\r\nMIME-Version: 1.0\r\n\
            Content-Type: multipart/mixed; boundary=\"b 1\"\r\n\r\n--b 1\r\nContent-Type: text/plain\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\r\nIt stays=\r\n--b 1--\r\n";
        let loaded = read(mail.as_bytes(), None).unwrap();
        assert_eq!(loaded.drafts[0].1.content.trim(), "It stays");
        let torn = mail.replace("It stays=", "I=");
        assert_eq!(read(torn.as_bytes(), None).unwrap().drafts[0].1.content.trim(), "I");
    }
}
