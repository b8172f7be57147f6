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
use std::collections::BTreeSet;

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
    let broken = |what: &str| Error::Broken { format, what: what.to_owned() };
    // The parser has arithmetic that torn mails can break. In the browser it is the reading worker that stops
    // then, and the file is named; here nothing else of a batch may be lost by it.
    let parsed = std::panic::catch_unwind(|| MessageParser::default().parse(bytes));
    parsed.map_err(|_| broken("its parts are torn"))?.ok_or_else(|| broken("it has no head"))
}

/// Takes out `=` at a line's end right before a boundary: "this line goes on", and then it does not. The parser
/// would take the line end for one that it has written, and cut words off or stop (mail-parser 0.11.9). A
/// boundary is known by its other line, the one that opens its part.
fn without_dangling_breaks(bytes: &[u8]) -> Cow<'_, [u8]> {
    /// So many boundaries are known: no true mail has more parts in parts, and a hostile one is not to be slow.
    const MOST: usize = 256;
    let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    let bare = |line: &'_ [u8]| line.trim_ascii_end().len();
    let goes_on = |at: usize| lines[at][..bare(lines[at])].ends_with(b"=");
    let opens = |at: &usize| lines[*at].starts_with(b"--") && (*at == 0 || !goes_on(at - 1));
    let boundaries: BTreeSet<&[u8]> = (0..lines.len())
        .filter(opens)
        .map(|at| &lines[at][..bare(lines[at])])
        .filter(|b| b.len() > 2)
        .collect();
    let dangles = |at: &usize| {
        let next = lines.get(at + 1).copied().unwrap_or_default();
        goes_on(*at) && boundaries.iter().take(MOST).any(|boundary| next.starts_with(boundary))
    };
    if !(0..lines.len()).any(|at| dangles(&at)) {
        return Cow::Borrowed(bytes);
    }
    let mut sound = Vec::with_capacity(bytes.len());
    for (at, line) in lines.iter().enumerate() {
        let (words, end) = line.split_at(bare(line));
        sound.extend_from_slice(if dangles(&at) { &words[..words.len() - 1] } else { words });
        sound.extend_from_slice(end);
    }
    Cow::Owned(sound)
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
