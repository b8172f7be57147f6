//! XML as a row of events, entities resolved. A file that breaks off gives what came before.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// What comes along in a document. Names are without their prefix.
pub(crate) enum Xml<'e> {
    /// An element begins; its attributes by name without prefix.
    Open(&'e str, &'e [(String, String)]),
    /// An element ends.
    Close(&'e str),
    /// Words.
    Words(&'e str),
}

/// Walks through `text`. Returns whether it was sound to its end.
pub(crate) fn walk(text: &str, mut each: impl FnMut(Xml<'_>)) -> bool {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    loop {
        match reader.read_event() {
            Err(_) => return false,
            Ok(Event::Eof) => return true,
            Ok(Event::Start(tag)) => each(Xml::Open(local(tag.name().0), &attributes(&tag))),
            Ok(Event::Empty(tag)) => {
                let name = tag.name();
                each(Xml::Open(local(name.0), &attributes(&tag)));
                each(Xml::Close(local(name.0)));
            }
            Ok(Event::End(tag)) => each(Xml::Close(local(tag.name().0))),
            Ok(Event::Text(words)) => each(Xml::Words(&words.into_inner())),
            Ok(Event::CData(words)) => each(Xml::Words(&words.into_inner())),
            Ok(Event::GeneralRef(entity)) => {
                let meant = match entity.resolve_char_ref() {
                    Ok(Some(c)) => c.to_string(),
                    _ => match &*entity.into_inner() {
                        "amp" => "&".to_owned(),
                        "lt" => "<".to_owned(),
                        "gt" => ">".to_owned(),
                        "quot" => "\"".to_owned(),
                        "apos" => "'".to_owned(),
                        "nbsp" => "\u{a0}".to_owned(),
                        other => format!("&{other};"),
                    },
                };
                each(Xml::Words(&meant));
            }
            Ok(_) => {}
        }
    }
}

fn attributes(tag: &BytesStart<'_>) -> Vec<(String, String)> {
    let mut all = tag.attributes();
    all.with_checks(false)
        .flatten()
        .map(|a| {
            let value = a
                .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                .map_or_else(|_| a.value.to_string(), |v| v.into_owned());
            (local(a.key.0).to_owned(), value)
        })
        .collect()
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// The value of an attribute.
pub(crate) fn value<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes.iter().find(|(n, _)| n == name).map(|(_, v)| &**v)
}
