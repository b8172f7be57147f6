//! Whose annotations are shown, where several people's are in the project.

use crate::model::{Entry, How, Id, Item, Made, Person, Project, RecordId, Stance};
use crate::ui::messages::{M, t};
use crate::ui::session::Session;
use leptos::prelude::GetUntracked as _;

/// Whose an annotation is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ui::reader) enum Whose {
    Person(RecordId),
    /// Decided over what people marked; whoever decided.
    Gold,
}

const GOLD: &str = "gold";

impl Whose {
    pub(super) fn of(entry: &Entry, made: &Made) -> Self {
        match made.how {
            How::Gold => Self::Gold,
            _ => Self::maker(entry),
        }
    }

    /// The same of what is never decided.
    pub(super) fn maker(entry: &Entry) -> Self {
        Self::Person(entry.made.by.record().clone())
    }

    /// Whose a choice names that was kept.
    pub(in crate::ui::reader) fn kept(key: &str) -> Self {
        if key == GOLD { Self::Gold } else { Self::Person(RecordId::from_file(key)) }
    }

    /// How a choice of it is kept.
    pub(in crate::ui::reader) fn key(&self) -> &str {
        match self {
            Self::Person(id) => id.as_str(),
            Self::Gold => GOLD,
        }
    }
}

/// Whose annotations somebody looks at.
#[derive(Clone, Debug)]
pub(in crate::ui::reader) struct Eyes {
    me: RecordId,
    /// The key of the only one whose annotations are shown; empty for everybody's.
    only: String,
}

impl Default for Eyes {
    fn default() -> Self {
        Self { me: RecordId::from_file(""), only: String::new() }
    }
}

impl Eyes {
    pub(in crate::ui::reader) fn of(me: &Id<Person>, only: String) -> Self {
        Self { me: me.record().clone(), only }
    }

    /// As somebody has chosen to look.
    pub(in crate::ui::reader) fn chosen(session: Session) -> Self {
        Self::of(&session.me(), session.whose.get_untracked())
    }

    pub(in crate::ui::reader) fn only(&self) -> &str {
        &self.only
    }

    pub(super) fn see(&self, whose: &Whose) -> bool {
        self.only.is_empty() || self.only == whose.key()
    }

    /// Whether a stance is shown.
    pub(in crate::ui::reader) fn see_stance(&self, stance: &Item<'_, Stance>) -> bool {
        self.see(&Whose::of(stance.entry, &stance.made))
    }

    /// Whose a stance is, unless one's own.
    pub(in crate::ui::reader) fn credit_stance(
        &self,
        project: &Project,
        stance: &Item<'_, Stance>,
    ) -> Option<String> {
        self.credit(project, &Whose::of(stance.entry, &stance.made))
    }

    /// Whether it is one's own, and hidden.
    pub(super) fn miss(&self, whose: &Whose) -> bool {
        !self.see(whose) && self.is_mine(whose)
    }

    fn is_mine(&self, whose: &Whose) -> bool {
        *whose == Whose::Person(self.me.clone())
    }

    /// Whose it is, in words.
    pub(in crate::ui::reader) fn name(&self, project: &Project, whose: &Whose) -> String {
        match whose {
            Whose::Gold => t(M::GoldMarks).to_owned(),
            _ if self.is_mine(whose) => t(M::MyMarks).to_owned(),
            Whose::Person(id) => {
                let name = id.typed::<Person>().map(|id| project.person_name(&id)).unwrap_or_default();
                // Of somebody without a name, the end of the id tells who it is.
                let from = id.as_str().len().saturating_sub(4);
                if name.is_empty() { id.as_str().get(from..).unwrap_or_default().to_owned() } else { name }
            }
        }
    }

    /// Whose it is, on a card; one's own needs no word.
    pub(super) fn credit(&self, project: &Project, whose: &Whose) -> Option<String> {
        (!self.is_mine(whose)).then(|| self.name(project, whose))
    }
}
