//! Stances as judgements: what each annotator says a holder thinks of a target, article by article.

use super::gather::Gather;
use super::{Ratings, Row};
use crate::model::{Holder, Id, Label, Project, Stance};
use std::collections::{BTreeMap, BTreeSet};

/// What stands for «said nothing on it», a category of its own: somebody who finished a text and states
/// no stance has judged, too.
pub const NOT_STATED: &str = "(not stated)";

/// What was said of a holder and a target in a text.
struct Judged {
    document: usize,
    unit: String,
    said: BTreeMap<usize, String>,
    /// Who finished the text.
    who: Vec<usize>,
}

/// The stances of articles and of their sources (not those taken in single quotations), as judgements. A
/// unit is a text, a holder and a target on which at least one annotator said something.
pub(super) fn ratings(gather: &mut Gather<'_>) -> Ratings {
    let project = gather.project;
    let mut found: Vec<Judged> = Vec::new();
    let mut used: BTreeSet<String> = BTreeSet::new();
    for (document, (text, who)) in gather.texts.clone().into_iter().enumerate() {
        let mut units: BTreeMap<(String, String), BTreeMap<usize, String>> = BTreeMap::new();
        for stance in project.about::<Stance>(&text).filter(|s| s.attribution.get().is_none()) {
            let (Some(holder), Some(target), Some(value)) =
                (stance.holder.get(), stance.target.get(), stance.value.get())
            else {
                continue;
            };
            let Some(annotator) = gather.annotator(stance.entry, &stance.made).filter(|p| who.contains(p))
            else {
                continue;
            };
            let holder = match holder {
                Holder::Article => "article".to_owned(),
                Holder::Source(id) => gather.same.of(id.record()).to_string(),
            };
            let target = gather.same.of(target.record()).to_string();
            let value = label_name(gather, value);
            used.insert(value.clone());
            let said = units.entry((holder, target)).or_default();
            if said.get(&annotator).is_some_and(|before| *before != value) {
                gather.left_out.twice += 1;
            }
            said.entry(annotator).or_insert(value);
        }
        let who = &who;
        let units = units.into_iter().map(|((holder, target), said)| Judged {
            document,
            unit: format!("{text} {holder} {target}"),
            said,
            who: who.clone(),
        });
        found.extend(units);
    }
    let categories = categories(project, &used);
    let place = |name: &str| categories.iter().position(|c| c == name);
    let people = gather.people.len();
    let rows = found.into_iter().map(|Judged { document, unit, said, who }| {
        let mut cells = vec![None; people];
        for person in who {
            cells[person] = place(said.get(&person).map_or(NOT_STATED, |v| v));
        }
        Row { unit, document, cells }
    });
    let rows = rows.collect();
    Ratings { categories, raters: gather.names(), rows, documents: gather.texts.len() }
}

fn label_name(gather: &Gather<'_>, id: &Id<Label>) -> String {
    let one = gather.same.of(id.record());
    let label = one.typed::<Label>().and_then(|id| gather.project.find(&id));
    let name = label.and_then(|l| l.name.get().clone().map(|name| (l.scheme.clone(), name)));
    name.map_or_else(|| one.to_string(), |(scheme, name)| format!("{scheme}:{name}"))
}

/// The declared labels of the schemes in use, in their order, and what else was used.
fn categories(project: &Project, used: &BTreeSet<String>) -> Vec<String> {
    let schemes: BTreeSet<&str> =
        used.iter().filter_map(|name| name.split_once(':')).map(|(s, _)| s).collect();
    let mut all: Vec<String> = Vec::new();
    for scheme in schemes {
        let names = project.labels(scheme).into_iter().filter_map(|l| l.name.get().clone());
        all.extend(names.map(|name| format!("{scheme}:{name}")));
    }
    let rest: Vec<String> = used.iter().filter(|name| !all.contains(name)).cloned().collect();
    all.extend(rest);
    let mut seen = BTreeSet::new();
    all.retain(|name| seen.insert(name.clone()));
    all.push(NOT_STATED.into());
    all
}
