//! Which cases to look at, and in which order.

use super::{Case, CaseKind, State};
use crate::model::{ArticleText, Id, Layer, RecordId};
use crate::text::shingles::stable_hash;

/// Which cases; what is left empty does not narrow.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Of these kinds.
    pub kinds: Vec<CaseKind>,
    /// Decided so far.
    pub states: Vec<State>,
    /// In this text.
    pub text: Option<Id<ArticleText>>,
    /// In this layer.
    pub layer: Option<Layer>,
    /// Where this person has something, or has nothing though they finished.
    pub person: Option<RecordId>,
    /// Where somebody gave this label.
    pub label: Option<String>,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As in the texts.
    #[default]
    Text,
    /// Most different opinions first, for so many people.
    Disagreement,
}

/// The cases a filter lets through, in order, as places in the list.
pub fn queue(cases: &[Case], filter: &Filter, order: Order) -> Vec<usize> {
    let lets = |case: &Case| {
        (filter.kinds.is_empty() || filter.kinds.contains(&case.kind))
            && (filter.states.is_empty() || filter.states.contains(&case.state))
            && filter.text.as_ref().is_none_or(|text| case.text == *text)
            && filter.layer.as_ref().is_none_or(|layer| case.layer == *layer)
            && filter.label.as_ref().is_none_or(|label| case.variants.iter().any(|v| v.label == *label))
            && filter
                .person
                .as_ref()
                .is_none_or(|p| case.missing.contains(p) || case.members.iter().any(|m| m.person == *p))
    };
    let mut found: Vec<usize> = (0..cases.len()).filter(|i| lets(&cases[*i])).collect();
    if order == Order::Disagreement {
        found.sort_by_key(|i| (u32::MAX - disagreement(&cases[*i]), *i));
    }
    found
}

/// The share of pairs of people who differ, in thousandths; nothing marked counts as an opinion.
fn disagreement(case: &Case) -> u32 {
    let mut opinions: Vec<usize> = case.variants.iter().map(|v| v.people.len()).collect();
    opinions.push(case.missing.len());
    let people: usize = opinions.iter().sum();
    let pairs = |n: usize| n * n.saturating_sub(1) / 2;
    let same: usize = opinions.iter().map(|n| pairs(*n)).sum();
    ((pairs(people) - same) * 1000).checked_div(pairs(people)).unwrap_or_default() as u32
}

/// The variants of a case in an order that tells nothing about people, and differs from case to case: as
/// places in `variants`.
pub fn shuffled(case: &Case, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..case.variants.len()).collect();
    order.sort_by_key(|i| stable_hash(&(seed, &*case.digest, case.variants[*i].record.as_str())));
    order
}
