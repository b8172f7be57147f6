//! Where the person is: the screen, what is selected, and what is kept of that for the next visit.

use super::Session;
use crate::model::{Article, ArticleText, Id, Person, Project, ProjectInfo, Story, Target};
use crate::text::Span;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What fills the page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(in crate::ui) enum Screen {
    /// Stories and articles.
    #[default]
    Library,
    /// One article, to read and annotate.
    Read(Id<Article>),
    /// Two articles side by side.
    Compare(Id<Article>, Id<Article>),
    /// Several in columns, the base first.
    Columns(Vec<Id<Article>>),
    /// The versions of a story as a family.
    Family(Id<Story>),
    /// Where a passage occurs.
    Passage(String),
    /// Colleagues' files, agreement, disagreements.
    Together,
    /// Files on their way to being articles.
    Adding,
    /// Training data out, other tools' files in.
    Training,
}

/// Words selected in a text. An empty span is the caret.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui) struct Selected {
    pub(in crate::ui) text: Id<ArticleText>,
    pub(in crate::ui) span: Span,
}

/// What lies over the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Panel {
    Palette,
    Shortcuts,
    Guidelines,
    Progress,
    Grid,
    Scheme,
    /// What would be labelled everywhere, in its context.
    Everywhere,
    Storage,
    History,
    /// What there was to say of a file.
    Taken,
}

/// Light, dark, or what the system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::ui) enum Theme {
    #[default]
    Auto,
    Light,
    Dark,
}

impl Theme {
    pub(in crate::ui) fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    pub(in crate::ui) fn next(self) -> Self {
        match self {
            Self::Auto => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::Auto,
        }
    }
}

/// What is kept between visits beside the projects: who sits here, and where they were.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::ui) struct Place {
    pub(in crate::ui) project: Option<Id<ProjectInfo>>,
    pub(in crate::ui) screen: Screen,
    pub(in crate::ui) me: Option<Id<Person>>,
    pub(in crate::ui) name: Option<String>,
    pub(in crate::ui) theme: Theme,
    pub(in crate::ui) target: Option<Id<Target>>,
    /// The scheme whose labels have the keys.
    pub(in crate::ui) scheme: Option<String>,
    /// Keys that the person gave to actions, by the actions' names.
    pub(in crate::ui) keys: Vec<(String, String)>,
    /// Where articles were left, the latest last.
    pub(in crate::ui) reading: Vec<Reading>,
}

/// The id of an article, and where it is being read: the two numbers of [`crate::browser::reading_place`], with a
/// space between them; text, as the keys above are, so that both are kept by the same code.
pub(in crate::ui) type Reading = (String, String);

/// Of so many articles it is kept.
const READ_LAST: usize = 40;

impl Session {
    /// Goes to a screen.
    pub(in crate::ui) fn go(&self, screen: Screen) {
        if self.screen.get_untracked() == screen {
            return;
        }
        self.active.set(None);
        self.stance.set(None);
        self.selected.set(None);
        self.screen.set(screen);
        self.remember_place();
    }

    pub(super) fn go_if_there(&self, screen: Screen) {
        let there = self.project.with_untracked(|p| is_there(p, &screen));
        if there {
            self.screen.set(screen);
        }
    }

    /// After an undo, what is in view may be gone.
    pub(in crate::ui) fn drop_dangling(&self) {
        let (active, screen) = self.project.with_untracked(|p| {
            let active = self.active.get_untracked().filter(|id| p.find(id).is_some());
            let screen = self.screen.get_untracked();
            let screen = if is_there(p, &screen) { screen } else { Screen::Library };
            (active, screen)
        });
        self.active.set(active);
        if self.screen.get_untracked() != screen {
            self.screen.set(screen);
        }
    }

    /// Where an article was left.
    pub(in crate::ui) fn left_at(&self, article: &str) -> Option<(u32, i32)> {
        self.reading.with_value(|all| {
            let (_, at) = all.iter().find(|(of, _)| of == article)?;
            let (from, top) = at.split_once(' ')?;
            Some((from.parse().ok()?, top.parse().ok()?))
        })
    }

    /// Notes where an article is being read.
    pub(in crate::ui) fn reads_at(&self, article: &str, (from, top): (u32, i32)) {
        self.reading.update_value(|all| {
            all.retain(|(of, _)| of != article);
            if all.len() == READ_LAST {
                all.remove(0);
            }
            all.push((article.to_owned(), format!("{from} {top}")));
        });
    }

    /// Keeps where the person is, for the next visit.
    pub(in crate::ui) fn remember_place(&self) {
        let (me, name) = self.inner.with_value(|inner| (inner.me.clone(), inner.my_name.clone()));
        let place = Place {
            project: Some(self.project.read_untracked().id().clone()),
            screen: self.screen.get_untracked(),
            me: Some(me),
            name,
            theme: self.theme.get_untracked(),
            target: self.target.get_untracked(),
            scheme: Some(self.scheme.get_untracked()),
            keys: crate::ui::key_map::to_keep(),
            reading: self.reading.get_value(),
        };
        self.keep(|keep| keep.set_place(&place));
    }
}

/// Whether what a screen shows is in the project.
fn is_there(p: &Project, screen: &Screen) -> bool {
    match screen {
        Screen::Library | Screen::Together | Screen::Adding | Screen::Training | Screen::Passage(_) => true,
        Screen::Read(a) => p.text_of(a).is_some(),
        Screen::Compare(a, b) => p.text_of(a).is_some() && p.text_of(b).is_some(),
        Screen::Columns(all) => all.iter().all(|a| p.text_of(a).is_some()),
        Screen::Family(story) => p.find(story).is_some(),
    }
}
