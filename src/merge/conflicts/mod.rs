//! What is wrong in a joined project: a closed list of kinds, computed from the state alone, so that it is
//! the same whichever way the files met.

mod doubles;
mod gold;
pub(crate) mod links;
mod registers;

use super::variants;
use crate::model::{Project, RecordId};
pub(crate) use links::anchors;

/// What kind of fault it is, with what holds until somebody decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConflictKind {
    /// One field, two values written apart. Both are kept; the later by the clock is shown.
    TwoValues,
    /// Deleted by one, changed by another who did not know. It stays.
    EditAndDelete,
    /// Two texts of what seems to be one publication. They are kept apart.
    TextVariant,
    /// The words of a mark are not where they should be. It is kept, and not counted.
    ReAnchor,
    /// One text as two publications. They are kept apart.
    SameTextTwoArticles,
    /// Two sources, targets or stories of one name. They are two.
    SameName,
    /// Two labels of one name in a scheme. They are two.
    SameLabelName,
    /// Two people of one name. They are two.
    SamePersonName,
    /// One person marked the same twice. Both are kept, and counted once.
    Duplicate,
    /// It points at something deleted or missing. It is kept, and not counted.
    DanglingLink,
    /// A field that must be filled is empty.
    RuleBroken,
    /// What a gold decision was based on has changed since. It stays, marked.
    StaleDecision,
    /// Two adjudicators decided one case differently. Both are kept; gold leaves the case out.
    TwoAdjudicators,
    /// Two writes of one name: a copied browser profile, or a file edited outside. Both are kept.
    SameWrite,
    /// Something of a later format. It is kept and written back.
    NewerFormat,
}

impl ConflictKind {
    /// Every kind, the most urgent first.
    pub const ALL: [Self; 15] = [
        Self::TwoValues,
        Self::EditAndDelete,
        Self::TextVariant,
        Self::ReAnchor,
        Self::SameTextTwoArticles,
        Self::SameName,
        Self::SameLabelName,
        Self::SamePersonName,
        Self::Duplicate,
        Self::DanglingLink,
        Self::RuleBroken,
        Self::StaleDecision,
        Self::TwoAdjudicators,
        Self::SameWrite,
        Self::NewerFormat,
    ];

    /// Its name in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::TwoValues => "two_values",
            Self::EditAndDelete => "edit_and_delete",
            Self::TextVariant => "text_variant",
            Self::ReAnchor => "re_anchor",
            Self::SameTextTwoArticles => "same_text_two_articles",
            Self::SameName => "same_name",
            Self::SameLabelName => "same_label_name",
            Self::SamePersonName => "same_person_name",
            Self::Duplicate => "duplicate",
            Self::DanglingLink => "dangling_link",
            Self::RuleBroken => "rule_broken",
            Self::StaleDecision => "stale_decision",
            Self::TwoAdjudicators => "two_adjudicators",
            Self::SameWrite => "same_write",
            Self::NewerFormat => "newer_format",
        }
    }
}

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Conflict {
    /// What kind.
    pub kind: ConflictKind,
    /// The record it is about.
    pub record: RecordId,
    /// The other record, where there are two.
    pub other: Option<RecordId>,
    /// The field, where one is meant.
    pub field: Option<&'static str>,
}

impl Conflict {
    fn of(kind: ConflictKind, record: &RecordId) -> Self {
        Self { kind, record: record.clone(), other: None, field: None }
    }

    fn between(kind: ConflictKind, a: &RecordId, b: &RecordId) -> Self {
        let (record, other) = (a.min(b).clone(), Some(a.max(b).clone()));
        Self { kind, record, other, field: None }
    }

    fn in_field(mut self, field: &'static str) -> Self {
        self.field = Some(field);
        self
    }

    /// The records it is about.
    pub fn records(&self) -> impl Iterator<Item = &RecordId> {
        std::iter::once(&self.record).chain(&self.other)
    }
}

/// All conflicts of a project, by kind and record.
pub fn conflicts(project: &Project) -> Vec<Conflict> {
    let same = project.same();
    let mut found = Vec::new();
    let mut links = links::Links::new(project);
    for (id, entry) in project.records() {
        registers::look(id, entry, &mut found);
        if entry.is_live() {
            links.look(id, entry, &mut found);
        }
    }
    registers::same_writes(project, &mut found);
    doubles::look(project, &same, &mut found);
    gold::look(project, &same, &mut found);
    let pairs = variants::pairs(project, &same);
    found.extend(
        pairs.iter().map(|p| Conflict::between(ConflictKind::TextVariant, p.a.record(), p.b.record())),
    );
    found.sort();
    found.dedup();
    found
}
