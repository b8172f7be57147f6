//! Who sits here.

use super::Session;
use crate::model::{ArticleText, Attribution, Id, Person};
use crate::store::Command;
use crate::ui::parts::decide;
use crate::ui::tabs::Role;
use leptos::prelude::*;

impl Session {
    /// Sees to it that whoever marks something is in the project by name, and asks for the name once.
    pub(super) fn introduce_me(&self, command: &Command) {
        if matches!(command, Command::NamePerson { .. } | Command::Begin { .. }) {
            return;
        }
        let (me, name) = self.inner.with_value(|inner| (inner.me.clone(), inner.my_name.clone()));
        let known = self.project.with_untracked(|p| p.person_name(&me));
        match name {
            Some(name) if known != name => {
                let introduce = Command::NamePerson { person: me, name };
                if let Ok(step) = self.act(|project, context| decide(project, introduce, context)) {
                    self.commit_unnoted(step);
                }
            }
            None if matches!(
                command,
                Command::Mark { .. }
                    | Command::Several { .. }
                    | Command::NameAll { .. }
                    | Command::SetStance { .. }
                    | Command::Align { .. }
                    | Command::Judge { .. }
                    | Command::TakeIn { .. }
                    | Command::Import { .. }
            ) =>
            {
                self.asking_name.set(true);
            }
            _ => {}
        }
    }

    /// Says who sits here.
    pub(in crate::ui) fn set_my_name(&self, name: &str) {
        let name = name.trim().to_owned();
        if name.is_empty() {
            return;
        }
        self.inner.update_value(|inner| inner.my_name = Some(name.clone()));
        self.asking_name.set(false);
        if self.role.get_untracked() != Role::Writer {
            return self.remember_place();
        }
        let person = self.me();
        let named = Command::NamePerson { person, name };
        if let Ok(step) = self.act(|project, context| decide(project, named, context)) {
            self.commit_unnoted(step);
        }
        self.remember_place();
    }

    /// Who sits here.
    pub(in crate::ui) fn me(&self) -> Id<Person> {
        self.inner.with_value(|inner| inner.me.clone())
    }

    /// Whether nobody else's annotation of the text can be seen.
    pub(in crate::ui) fn blind(&self, text: &Id<ArticleText>) -> bool {
        let me = self.me();
        self.project.with_untracked(|p| p.about::<Attribution>(text).all(|a| a.entry.made.by == me))
    }
}
