//! Writing a project file.

use super::FORMAT;
use crate::model::{Project, RecordId, Value};

/// Writes a project. The same project gives the same bytes, whoever writes it.
pub fn write(project: &Project) -> String {
    let mut out = String::with_capacity(project.len() * 400);
    out.push_str(&format!("{{\"format\":\"{FORMAT}\",\"project\":\"{}\",\"records\":{{\n", project.id()));
    let mut damaged = project.damaged().iter().peekable();
    let mut lines = Lines(&mut out, true);
    for (id, entry) in project.records() {
        while let Some((id, json)) = damaged.next_if(|(other, _)| *other < id) {
            lines.begin(id).push_str(json.as_str());
        }
        // A damaged copy beside a sound one has nothing to add.
        damaged.next_if(|(other, _)| *other == id);
        entry.write(lines.begin(id));
    }
    for (id, json) in damaged {
        lines.begin(id).push_str(json.as_str());
    }
    let none = lines.1;
    out.push_str(if none { "}" } else { "\n}" });
    for (name, value) in project.unknown() {
        out.push(',');
        name.to_owned().write(&mut out);
        out.push(':');
        out.push_str(value.as_str());
    }
    out.push_str("}\n");
    out
}

/// Record lines, with commas between; the flag says that none has begun yet.
struct Lines<'a>(&'a mut String, bool);

impl Lines<'_> {
    fn begin(&mut self, id: &RecordId) -> &mut String {
        self.0.push_str(if std::mem::replace(&mut self.1, false) { "" } else { ",\n" });
        id.write(self.0);
        self.0.push(':');
        self.0
    }
}
