//! Which column of a table, or field of JSON objects, holds what.

use super::acting::Act;
use super::batch::Source;
use super::words;
use crate::tree::{Tree, select, t};

/// A list to choose from for each thing that a column can hold; `None` for files of one article.
pub(super) fn view(source: &Source, page: &crate::tree::Page<Act>) -> Option<Tree> {
    let (names, columns) = source.columns.as_ref()?;
    let mut columns = columns.clone();
    let chosen = columns.slots_mut();
    let lists = chosen.into_iter().zip(words::SLOTS).enumerate().map(|(slot, (chosen, says))| {
        let none = (String::new(), words::NO_COLUMN.to_owned());
        let all = std::iter::once(none).chain(names.iter().map(|name| (name.clone(), name.clone())));
        let list = select(says, chosen.as_deref().unwrap_or_default(), all);
        t("label")
            .says(says)
            .child(list.id(format!("column-{slot}")).on(page, Act::Column(source.number, slot)))
    });
    Some(
        t("section")
            .class("mapper")
            .child(t("h2").says(words::COLUMNS))
            .child(t("div").class("fields").children(lists))
            .child(t("p").class("hint").says(words::COLUMNS_HINT)),
    )
}
