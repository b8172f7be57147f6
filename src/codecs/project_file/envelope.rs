//! The outermost object of a project file, and the records where they can be read in passing.

use super::FORMAT;
use super::records::Records;
use crate::model::cursor::Fault;
use crate::model::{Cursor, Json, Value};

/// What stands around the records.
#[derive(Default)]
pub(super) struct Envelope<'a> {
    pub(super) format: Option<String>,
    pub(super) project: Option<String>,
    /// Where the records begin, if they were not read.
    pub(super) unread: Option<Cursor<'a>>,
    pub(super) unknown: Vec<(String, Json)>,
}

/// Reads what stands around the records, up to a fault if there is one. The records are read in passing
/// where the format was said before them and is the present one; otherwise how to read them cannot be
/// known yet. Other JSON is sound JSON and gives an envelope of nothing.
pub(super) fn read<'a>(
    text: &'a str,
    lines: bool,
    records: &mut Records<'a>,
) -> (Envelope<'a>, Option<Fault>) {
    let mut from = Cursor::new(text);
    let mut envelope = Envelope::default();
    let read = match from.peek() {
        Some(b'{') => envelope.fields(&mut from, lines, records),
        _ => from.skip().map(|_| ()),
    };
    let fault = read.and_then(|()| from.end()).err();
    (envelope, fault)
}

impl<'a> Envelope<'a> {
    fn fields(&mut self, from: &mut Cursor<'a>, lines: bool, records: &mut Records<'a>) -> Result<(), Fault> {
        from.pass(b'{');
        let mut first = true;
        while from.more(b'}', &mut first)? {
            let key = from.key()?;
            let start = *from;
            if key == "records" {
                if self.format.as_deref() == Some(FORMAT) {
                    records.read(from, lines)?;
                } else {
                    self.unread = Some(start);
                    from.skip()?;
                }
                continue;
            }
            let raw = from.skip()?;
            match &*key {
                "format" => self.format = String::read(raw).ok(),
                "project" => self.project = String::read(raw).ok(),
                _ => match Json::read(raw) {
                    Ok(json) => self.unknown.push((key.into_owned(), json)),
                    Err(_) => return start.fault("a value is expected"),
                },
            }
        }
        Ok(())
    }
}
