//! Reading the records of a project file, one by one: a bad one never costs the good ones.

use super::super::migrations::Step;
use super::{Issue, Loaded, place};
use crate::model::cursor::Fault;
use crate::model::value::Object;
use crate::model::{Cursor, Entry, Id, Json, Project, ProjectInfo, RecordId, ValueError};
use std::collections::BTreeMap;

/// Records as they were found, in any order.
pub(super) struct Records<'a> {
    pub(super) text: &'a str,
    steps: &'a [Step],
    /// Whether there are any records to speak of in the file.
    pub(super) begun: bool,
    pub(super) found: Vec<(RecordId, Entry)>,
    pub(super) damaged: BTreeMap<RecordId, Json>,
    pub(super) issues: Vec<Issue>,
}

impl<'a> Records<'a> {
    pub(super) fn new(text: &'a str, steps: &'a [Step]) -> Self {
        Self { text, steps, begun: false, found: Vec::new(), damaged: BTreeMap::new(), issues: Vec::new() }
    }

    /// Reads the object of all records. What was read before a fault stays. With `lines`, a record that
    /// goes beyond its line is a fault: a lost bracket makes it swallow those that follow.
    pub(super) fn read(&mut self, from: &mut Cursor<'a>, lines: bool) -> Result<(), Fault> {
        self.begun = true;
        if !from.pass(b'{') {
            return from.fault("the records are expected");
        }
        let mut first = true;
        while from.more(b'}', &mut first)? {
            let key = from.key()?;
            self.record(&key, from, lines)?;
        }
        from.broke();
        Ok(())
    }

    /// Reads the record that comes next. A fault says that where it ends is not known.
    pub(super) fn record(&mut self, key: &str, from: &mut Cursor<'a>, line: bool) -> Result<(), Fault> {
        from.peek();
        from.broke();
        let start = *from;
        let object = match from.peek() {
            Some(b'{') => Some(Object::take(from)?),
            _ => from.skip().map(|_| None)?,
        };
        if line && from.broke() {
            return start.fault("a record does not end on its line");
        }
        self.take(key, from.since(&start), object, start.at());
        Ok(())
    }

    /// Takes the record that stands under `key`.
    fn take(&mut self, key: &str, raw: &str, object: Option<Object<'_>>, at: usize) {
        let id = RecordId::from_file(key);
        let read = match object {
            None => Err(ValueError::wanted("an object", raw)),
            Some(mut object) => {
                if let Some(field) = object.twice.take() {
                    self.issue(key, at, &format!("The field `{field}` stands here twice; the last counts."));
                }
                match self.steps {
                    [] => Entry::read_object(&id, raw, object).map(|entry| (id.clone(), entry)),
                    steps => super::migrations::record(&id, raw, steps)
                        .and_then(|(id, raw)| Entry::read(&id, &raw).map(|entry| (id, entry))),
                }
            }
        };
        match read {
            Ok(record) => self.found.push(record),
            Err(why) => {
                self.issue(
                    key,
                    at,
                    &format!("This record cannot be read ({why}); it is kept as it is, but not shown."),
                );
                self.keep(id, raw);
            }
        }
    }

    /// Keeps what cannot be read, so that it is written back: as it is where it is JSON, otherwise as a
    /// string that says what stood there.
    pub(super) fn keep(&mut self, id: RecordId, raw: &str) {
        self.damaged.insert(id, Json::read(raw).unwrap_or_else(|_| Json::of(&raw.to_owned())));
    }

    pub(super) fn issue(&mut self, record: &str, at: usize, what: &str) {
        let (line, _) = place(self.text, at);
        self.issues.push(Issue { place: record.to_owned(), what: format!("{what} (Line {line}.)") });
    }

    /// The project that the records themselves say they are of.
    pub(super) fn project(&self) -> Option<Id<ProjectInfo>> {
        self.found.iter().find_map(|(id, _)| Id::parse(id.as_str()))
    }

    /// All of them as a project.
    pub(super) fn gather(mut self, id: Id<ProjectInfo>) -> Loaded<Project> {
        let (mut value, twice) = Project::of(id, self.found);
        for id in twice {
            let what = "This record stands in the file twice; both were joined.".to_owned();
            self.issues.push(Issue { place: id.as_str().to_owned(), what });
        }
        self.damaged.into_iter().for_each(|(id, json)| value.keep_damaged(id, json));
        Loaded { value, issues: self.issues, whole: true }
    }
}
