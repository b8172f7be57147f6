//! `variorum merge`: joins copies of a project, and says what each brought and what does not fit.

use super::{Failure, Outcome, Sound, count, files};
use crate::merge::{ConflictKind, Fault, Merged, merge};
use crate::model::Project;
use serde_json::json;
use std::path::{Path, PathBuf};

pub(super) fn run(paths: &[PathBuf], out: &Path, as_json: bool) -> Outcome {
    let mut copies: Vec<(String, Project)> = Vec::new();
    for path in paths {
        let loaded = files::open(path)?;
        for issue in &loaded.issues {
            eprintln!("{}: {}: {}", path.display(), issue.place, issue.what);
        }
        copies.push((path.display().to_string(), loaded.value));
    }
    let named: Vec<(&str, &Project)> = copies.iter().map(|(name, copy)| (&**name, copy)).collect();
    let (base, others) = named.split_first().ok_or_else(|| Failure("Name the files to join.".into()))?;
    let merged = merge(*base, others).map_err(|why| Failure(why.to_string()))?;
    files::save(out, &merged.project)?;
    if as_json {
        println!("{}", report(&merged));
    } else {
        print(&merged, out);
    }
    Ok(Sound::Yes)
}

fn report(merged: &Merged) -> serde_json::Value {
    let files = merged.files.iter().map(|file| {
        json!({
            "file": file.file,
            "new": file.new,
            "changed": file.changed,
            "deleted": file.deleted,
            "conflicts": file.conflicts,
            "by_person": file.by_person.iter().map(|(id, n)| (id.to_string(), *n)).collect::<std::collections::BTreeMap<_, _>>(),
            "by_article": file.by_article.iter().map(|(id, n)| (id.to_string(), *n)).collect::<std::collections::BTreeMap<_, _>>(),
        })
    });
    let conflicts = merged.conflicts.iter().map(|conflict| {
        json!({"kind": conflict.kind.as_str(), "record": conflict.record, "other": conflict.other, "field": conflict.field})
    });
    let copied =
        merged.faults.iter().map(|Fault::SameWriteOtherContent { record, other }| json!([record, other]));
    json!({
        "files": files.collect::<Vec<_>>(),
        "conflicts": conflicts.collect::<Vec<_>>(),
        "copied_writes": copied.collect::<Vec<_>>(),
    })
}

fn print(merged: &Merged, out: &Path) {
    for file in &merged.files {
        println!("{}: {} new, {} changed, {} deleted", file.file, file.new, file.changed, file.deleted);
        for (person, count) in &file.by_person {
            let name = person.typed().map(|id| merged.project.person_name(&id)).unwrap_or_default();
            println!("  {count:6} by {}", if name.is_empty() { person.as_str() } else { &name });
        }
    }
    let conflicts = count(merged.conflicts.len(), "conflict", "conflicts");
    println!("{}: {}, {conflicts}", out.display(), count(merged.project.len(), "record", "records"));
    for kind in ConflictKind::ALL {
        let of_kind: Vec<_> = merged.conflicts.iter().filter(|c| c.kind == kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        println!("  {}: {}", kind.as_str(), of_kind.len());
        for conflict in of_kind.iter().take(10) {
            let other = conflict.other.as_ref().map(|o| format!(" and {o}")).unwrap_or_default();
            println!("    {}{other} {}", conflict.record, conflict.field.unwrap_or_default());
        }
        if of_kind.len() > 10 {
            println!("    and {} more", of_kind.len() - 10);
        }
    }
    if !merged.faults.is_empty() {
        println!(
            "Some writes of one name differ between the files: a browser profile or a file was copied, or edited outside. Both were kept; look at the records named with --json."
        );
    }
}
