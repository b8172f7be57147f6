//! The gold table: what was decided of each case, how it came to be, and what everybody had said.

use super::describe::{person, thing, title};
use super::words;
use crate::adjudicate::{Case, CaseKind, State};
use crate::model::Project;
use crate::text::fields::spreadsheet_field;

/// The table as CSV, and how many cases have no gold in it: open ones, and those two adjudicators dispute.
pub(super) fn table(project: &Project, cases: &[Case]) -> (String, usize) {
    let mut out = String::from(
        "article,layer,start,case,state,outcome,gold,reason,note,adjudicator,annotators,missing\r\n",
    );
    let mut refused = 0;
    for case in cases {
        let decision = case.decisions.last().and_then(|id| project.find(id));
        let settled = matches!(case.state, State::Decided | State::Stale);
        refused += usize::from(!settled);
        let decision = decision.filter(|_| settled);
        let gold = decision.as_ref().and_then(|d| d.result.get().clone());
        let said = case.variants.iter().map(|v| {
            let people: Vec<String> = v.people.iter().map(|p| person(project, p)).collect();
            format!("{}: {} {}", people.join(" + "), v.label, thing(project, &v.record))
        });
        let missing: Vec<String> = case.missing.iter().map(|p| person(project, p)).collect();
        let kind = if case.kind == CaseKind::AllAgree { "all_agree" } else { words::case_kind(case.kind).0 };
        let text = |value: Option<String>| value.unwrap_or_default();
        let row = [
            title(project, &case.text),
            case.layer.as_str().to_owned(),
            case.start.to_string(),
            kind.to_owned(),
            words::state(case.state).to_owned(),
            text(decision.as_ref().and_then(|d| d.outcome.get().clone())),
            gold.map(|id| thing(project, &id)).unwrap_or_default(),
            text(decision.as_ref().and_then(|d| d.reason.get().clone())),
            text(decision.as_ref().and_then(|d| d.entry.note.get().clone())),
            decision.as_ref().map(|d| person(project, d.entry.made.by.record())).unwrap_or_default(),
            said.collect::<Vec<_>>().join(" | "),
            missing.join(" + "),
        ];
        out.push_str(&row.map(|words| spreadsheet_field(&words)).join(","));
        out.push_str("\r\n");
    }
    (out, refused)
}
