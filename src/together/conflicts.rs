//! The list of conflicts, each as its kind wants to be shown, with what can be done about it.

use super::choices::{Choice, choices};
use super::describe::{self, thing};
use super::joining::order_same;
use super::tree::{Act, Page, Tree, button, t};
use super::{Desk, words};
use crate::merge::{Conflict, ConflictKind};
use crate::model::{Alias, Project};

/// Of one kind at most so many are drawn; settling some makes room for others.
const MOST: usize = 40;

pub(super) fn view(desk: &Desk, project: &Project, page: &Page) -> Tree {
    let all = desk.found.conflicts.as_deref().unwrap_or_default();
    let head = t("section")
        .child(t("h2").says(words::CONFLICTS_TITLE))
        .child(t("p").class("hint").says(words::CONFLICTS_HINT));
    if all.is_empty() {
        return t("div")
            .class("conflicts")
            .child(head)
            .child(t("p").class("empty").says(words::NO_CONFLICTS))
            .child(said_same(project, page));
    }
    let kind = |kind: ConflictKind| {
        let of: Vec<&Conflict> = all.iter().filter(|c| c.kind == kind).collect();
        let (title, meaning) = words::conflict(kind);
        let more = of.len().saturating_sub(MOST);
        (!of.is_empty()).then(|| {
            t("section")
                .class("kind")
                .set("data-kind", kind.as_str())
                .child(t("h3").says(format!("{title} ({})", of.len())))
                .child(t("p").class("hint").says(meaning))
                .child(t("div").class("cards").children(of.iter().take(MOST).map(|c| card(project, page, c))))
                .child(
                    (more > 0).then(|| {
                        t("p").class("hint").says(words::with(words::AND_MORE, &[&more.to_string()]))
                    }),
                )
        })
    };
    t("div")
        .class("conflicts")
        .child(head)
        .children(ConflictKind::ALL.into_iter().filter_map(kind))
        .child(said_same(project, page))
}

/// One conflict.
pub(super) fn card(project: &Project, page: &Page, conflict: &Conflict) -> Tree {
    let what = conflict.field.map_or(String::new(), |field| format!(" – {}", describe::field(field)));
    let title = format!("{}{what}", thing(project, &conflict.record));
    let place = project
        .entry(&conflict.record)
        .and_then(describe::text_of)
        .map(|text| describe::title(project, text));
    let all = choices(project, conflict).into_iter().map(|choice| row(page, choice));
    let kind = conflict.kind.as_str();
    t("section")
        .class("card-conflict")
        .set("data-kind", kind)
        .child(
            t("header")
                .child(t("b").says(title))
                .child(place.map(|place| t("span").class("hint").says(place))),
        )
        .child(t("ul").class("choices").children(all))
}

fn row(page: &Page, choice: Choice) -> Tree {
    let Choice { says, about, detail, orders, rename } = choice;
    let does = match (orders.is_empty(), rename) {
        (false, _) => Some(button(says).on(page, Act::Orders(orders))),
        (true, Some(record)) => {
            let field = t("input").set("aria-label", says.clone()).set("placeholder", says).set("value", "");
            Some(field.on(page, Act::Name { record }))
        }
        (true, None) => (!says.is_empty()).then(|| t("span").says(says)),
    };
    t("li")
        .child(
            t("span")
                .class("about")
                .says(about)
                .child((!detail.is_empty()).then(|| t("span").class("hint").says(detail))),
        )
        .child(does)
}

/// What was said to be the same, to be taken back.
pub(super) fn said_same(project: &Project, page: &Page) -> Option<Tree> {
    let all = project.all::<Alias>().filter(|alias| *alias.same.get());
    let rows = all.map(|alias| {
        let words = words::with(words::COUNT_AS_ONE, &[&thing(project, &alias.a), &thing(project, &alias.b)]);
        let back = button(words::TAKE_BACK)
            .class("quiet")
            .on(page, Act::Orders(vec![order_same(&alias.a, &alias.b, false)]));
        t("li").class("row").child(t("span").says(words)).child(back)
    });
    let rows: Vec<Tree> = rows.collect();
    (!rows.is_empty()).then(|| {
        t("section").child(t("h2").says(words::SAME_SAID)).child(t("ul").class("same").children(rows))
    })
}
