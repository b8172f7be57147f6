//! The names of writes: each is given once, and no write knows what comes after it.

use super::{Look, Problem};
use crate::model::{Dot, Entry, Project, RecordId};
use std::collections::BTreeMap;

const EDITED: &str = "Ask for the file again: it was copied or edited outside Variorum, and changes may have been lost. Compare it with an older copy.";

pub(super) fn look(look: &mut Look<'_>, entry: &Entry) {
    let writes = entry.writes();
    for (field, write) in &writes {
        if write.seen.has(&write.at) {
            look.say(field, format!("The write {} says that it has seen itself.", name(&write.at)), EDITED);
        }
        let stale = writes.iter().any(|(other_field, other)| {
            other_field == field && other.at != write.at && other.seen.has(&write.at)
        });
        if stale {
            let problem =
                format!("The write {} stands there although a later one replaced it.", name(&write.at));
            look.say(field, problem, EDITED);
        }
    }
}

/// Writes that bear the name of another.
pub(super) fn twice(project: &Project) -> Vec<Problem> {
    let mut named: BTreeMap<Dot, (&RecordId, &str)> = BTreeMap::new();
    let mut found = Vec::new();
    for (id, entry) in project.records() {
        let made = entry.made.at.clone();
        let mut writes = vec![(made.clone(), "")];
        // A register that was in conflict names the write that made the record.
        writes.extend(entry.writes().into_iter().filter(|(_, w)| w.at != made).map(|(f, w)| (w.at, f)));
        for (dot, field) in writes {
            let Some((other, other_field)) = named.get(&dot) else {
                named.insert(dot, (id, field));
                continue;
            };
            let problem = format!("The write {} is also that of {other} {other_field}", name(&dot));
            let problem = format!("{}.", problem.trim_end());
            found.push(Problem {
                record: id.clone(),
                field: field.to_owned(),
                problem,
                remedy: EDITED.to_owned(),
            });
        }
    }
    found
}

fn name(dot: &Dot) -> String {
    format!("{} {}", dot.0.as_str(), dot.1)
}
