//! Mails (.eml) and web pages saved with their parts (MHTML), which are mails too.

use super::super::{Error, Loaded, Trouble};
use super::charset::unix_lines;
use super::html;
use super::prose::{About, Prose, with};
use crate::codecs::NotText;
use crate::intake::draft;
use crate::model::Origin;
use mail_parser::{Message, MessageParser, PartType};

/// Reads a saved page.
pub(crate) fn read_page(bytes: &[u8], from: Option<Origin>) -> Result<Loaded, Error> {
    let message = parsed(bytes, "saved web page (MHTML)")?;
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
    let message = parsed(bytes, "mail")?;
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

/// The first page in a mail.
fn page_in<'m>(message: &'m Message<'_>) -> Option<&'m str> {
    message.parts.iter().find_map(|part| match &part.body {
        PartType::Html(page) if !page.trim().is_empty() => Some(&**page),
        _ => None,
    })
}
