//! What comes back from adjudication: to each annotator, and to the guidelines.

use super::describe::{person, thing};
use super::tree::{Tree, t};
use super::words;
use crate::adjudicate::{Case, feedback, guideline_report};
use crate::model::{Project, RecordId};

fn table(head: &[&str], rows: Vec<Tree>) -> Tree {
    let head = head.iter().map(|name| t("th").set("scope", "col").says(*name));
    let table = t("table").child(t("thead").child(t("tr").children(head))).child(t("tbody").children(rows));
    t("div").class("wide").child(table)
}

fn row(name: String, cells: Vec<String>) -> Tree {
    t("tr").child(t("th").set("scope", "row").says(name)).children(cells.into_iter().map(|c| t("td").says(c)))
}

/// For each annotator: which labels were upheld and which changed, with the cases.
pub(super) fn feedback_view(project: &Project, cases: &[Case]) -> Option<Tree> {
    let mut people: Vec<&RecordId> = cases.iter().flat_map(|c| c.members.iter().map(|m| &m.person)).collect();
    people.sort_unstable();
    people.dedup();
    let mut all = Vec::new();
    for id in people {
        let found = feedback(project, cases, id);
        if found.upheld.is_empty() && found.changed.is_empty() && found.missed.is_empty() {
            continue;
        }
        let rows = found.by_label.iter().map(|(label, (upheld, changed))| {
            let label = if label.is_empty() { words::NO_LABEL.to_owned() } else { label.clone() };
            row(label, vec![upheld.to_string(), changed.to_string()])
        });
        let rows: Vec<Tree> = rows.collect();
        let named = |places: &[usize]| {
            let all = places.iter().filter_map(|i| cases.get(*i)?.variants.first());
            all.take(20).map(|v| t("li").says(thing(project, &v.record))).collect::<Vec<_>>()
        };
        let reasons = found
            .reasons
            .iter()
            .map(|(r, n)| format!("{} ({n})", words::reason(r)))
            .collect::<Vec<_>>()
            .join(", ");
        let counts = [&found.upheld, &found.changed, &found.missed].map(|l| l.len().to_string());
        let counts = words::with(words::FEEDBACK, &counts.each_ref().map(|c| &**c));
        all.push(
            t("details")
                .child(t("summary").says(format!("{}: {counts}", person(project, id))))
                .child(table(&[words::LABEL, words::UPHELD, words::CHANGED], rows))
                .child((!reasons.is_empty()).then(|| t("p").class("hint").says(reasons)))
                .child(t("ul").children(named(&found.changed)))
                .child(
                    (!found.missed.is_empty())
                        .then(|| t("p").says(words::MISSED).child(t("ul").children(named(&found.missed)))),
                ),
        );
    }
    (!all.is_empty())
        .then(|| t("section").class("feedback").child(t("h3").says(words::FEEDBACK_TITLE)).children(all))
}

/// Which labels people confuse.
pub(super) fn guideline_view(project: &Project, cases: &[Case]) -> Option<Tree> {
    let named = |label: &str| if label.is_empty() { words::NO_LABEL.to_owned() } else { label.to_owned() };
    let all = guideline_report(project, cases).into_iter().take(30).map(|c| {
        let example = c.cases.first().and_then(|i| cases.get(*i)?.variants.first());
        let reasons = c
            .reasons
            .iter()
            .map(|(r, n)| format!("{} ({n})", words::reason(r)))
            .collect::<Vec<_>>()
            .join(", ");
        let rules = c.rules.into_iter().collect::<Vec<_>>().join(", ");
        let cells = vec![
            c.pairs.to_string(),
            c.cases.len().to_string(),
            rules,
            reasons,
            example.map(|v| thing(project, &v.record)).unwrap_or_default(),
        ];
        row(format!("{}: {} / {}", words::layer(&c.layer), named(&c.a), named(&c.b)), cells)
    });
    let rows: Vec<Tree> = all.collect();
    let head =
        [words::CONFUSED, words::PAIRS, words::CASES, words::RULES, words::REASONS_GIVEN, words::EXAMPLE];
    (!rows.is_empty()).then(|| {
        t("section").class("guideline").child(t("h3").says(words::GUIDELINE_TITLE)).child(table(&head, rows))
    })
}
