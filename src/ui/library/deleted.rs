//! Deleted articles and stories, to be brought back.

use crate::model::{Article, Project, RecordId, Story};
use crate::store::Command;
use crate::ui::messages::{M, fill, t};
use crate::ui::session::Session;
use crate::ui::view::{Node, button, el, live};
use leptos::prelude::*;

/// What is deleted: its record and its name.
fn deleted(project: &Project) -> Vec<(RecordId, String)> {
    let gone = project.records().filter(|(_, entry)| *entry.deleted.get());
    gone.filter_map(|(id, entry)| {
        let article = entry.as_kind::<Article>().map(|a| a.title.get().clone());
        let name = article.or_else(|| entry.as_kind::<Story>().map(|s| s.name.get().clone()))?;
        Some((id.clone(), name.unwrap_or_else(|| t(M::Untitled).to_owned())))
    })
    .collect()
}

/// The list, where there is any.
pub(super) fn deleted_records(session: Session) -> Node {
    let all = Memo::new(move |_| session.project.with(deleted));
    // What would go for good with one more click.
    let going = RwSignal::new(None::<RecordId>);
    live(move || {
        let all = all.get();
        if all.is_empty() {
            return Node::Nothing;
        }
        let row = |(id, name): (RecordId, String)| {
            let label = fill(M::RestoreNamed, &[&name]);
            let sure = going.get().as_ref() == Some(&id);
            let words = t(if sure { M::ReallyRemove } else { M::RemoveForGood });
            let (gone, called) = (id.clone(), name.clone());
            let remove = move || match sure {
                true => session.purge(gone.clone(), &called),
                false => going.set(Some(gone.clone())),
            };
            el("li")
                .child(el("span").class("title").set("dir", "auto").child(name.clone()))
                .child(button(t(M::Restore)).class("quiet restore-record").label(label).on_click(move || {
                    session.run(Command::Restore { records: vec![id.clone()] });
                }))
                .child(
                    button(words)
                        .class(if sure { "remove-record risk" } else { "quiet remove-record" })
                        .label(format!("{words}: {name}"))
                        .on_click(remove),
                )
        };
        el("details")
            .class("deleted")
            .child(el("summary").child(t(M::DeletedTitle)))
            .child(el("ul").children(all.into_iter().map(row)))
            .child(el("p").class("hint").child(t(M::RemovedNote)))
            .into()
    })
}
