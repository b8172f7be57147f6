//! The one handle every component holds: the project, what is in view, and the door for commands.

mod commands;
mod notices;
mod place;
mod storing;
mod typing;
mod who;

use super::compare::Comparing;
use super::keep::{Keep, SaveState, Vitals};
use super::on_disk;
use super::parts::{self, Part, decide};
use super::tabs::{Among, Role};
use crate::browser;
use crate::model::{
    Article, Attribution, Id, Label, Person, Project, ReplicaId, Stance, Story, Target, timed_bits,
};
use crate::store::{Command, History, Replica};
pub(super) use commands::ReadSoFar;
use commands::Touched;
use leptos::prelude::*;
pub(super) use notices::{Notice, Taken};
pub(super) use place::{Panel, Place, Reading, Screen, Selected, Theme};

/// The handle. All signals live as long as the page.
#[derive(Clone, Copy)]
pub(super) struct Session {
    /// The open project. Changed only by [`Session::run`], undo and redo.
    pub(super) project: RwSignal<Project>,
    pub(super) screen: RwSignal<Screen>,
    /// The attribution that the next words join.
    pub(super) active: RwSignal<Option<Id<Attribution>>>,
    /// The stance that the next evidence joins.
    pub(super) stance: RwSignal<Option<Id<Stance>>>,
    /// What stances are about until somebody says otherwise.
    pub(super) target: RwSignal<Option<Id<Target>>>,
    /// The scheme whose labels have the keys.
    pub(super) scheme: RwSignal<String>,
    /// Whose annotations are shown: the id of a person, `gold`, or nothing for everybody's.
    pub(super) whose: RwSignal<String>,
    pub(super) selected: RwSignal<Option<Selected>>,
    /// Where articles were left.
    reading: StoredValue<Vec<Reading>>,
    pub(super) panel: RwSignal<Option<Panel>>,
    /// What was typed for the palette while its field is on its way; `None` where none is.
    pub(super) ahead: StoredValue<Option<String>>,
    /// The action that waits for a key of its own.
    pub(super) remapping: RwSignal<Option<&'static str>>,
    pub(super) notices: RwSignal<Vec<Notice>>,
    /// Said to screen readers.
    pub(super) spoken: RwSignal<String>,
    pub(super) theme: RwSignal<Theme>,
    pub(super) dropping: RwSignal<bool>,
    pub(super) saved: RwSignal<SaveState>,
    /// Whether a field holds words that are not taken in yet.
    pub(super) typing: RwSignal<bool>,
    /// What this tab is to the open project.
    pub(super) role: RwSignal<Role>,
    /// How full the storage is and when the project was last saved as a file.
    pub(super) vitals: RwSignal<Vitals>,
    /// Whether nothing can be shown yet.
    pub(super) blank: RwSignal<bool>,
    /// Whether texts are being moved.
    pub(super) moving: RwSignal<bool>,
    /// The file on disk that follows the project, by its name.
    pub(super) file: RwSignal<Option<String>>,
    /// Whether that file is not up to date for want of leave to write it.
    pub(super) file_waits: RwSignal<bool>,
    /// Work that takes a while: what is being done, and how far it is in hundredths.
    pub(super) busy: RwSignal<Option<(String, u32)>>,
    /// What there was to say of the file that was taken in last.
    pub(super) taken: RwSignal<Taken>,
    /// Whether the person should be asked for a name.
    pub(super) asking_name: RwSignal<bool>,
    /// What undo and redo would do, for the buttons.
    pub(super) can: RwSignal<(Option<String>, Option<String>)>,
    /// Raised when the list of stored projects changed.
    pub(super) shelf_changed: RwSignal<u32>,
    /// Raised when a part of the program has come, or could not be loaded.
    pub(super) parts: RwSignal<u32>,
    /// What is on the screens of comparison.
    pub(super) compare: Comparing,
    inner: StoredValue<Inner, LocalStorage>,
}

struct Inner {
    history: History,
    replica: Replica,
    me: Id<Person>,
    my_name: Option<String>,
    keep: Keep,
    touched: Touched,
    /// How many records were touched when the field that has the keyboard was taken in last.
    typed: Option<usize>,
    among: Among,
    /// How many records were touched when the project was saved as a file last.
    exported: usize,
    /// The file of a project that is only looked at, as it came.
    visited: Option<String>,
    /// The file on disk as this tab left it.
    on_disk: Option<(u64, u64)>,
    /// Counts the changes, so that the file on disk waits for the last of several.
    changes: u64,
}

impl Session {
    /// A session with nothing in it yet; [`Session::resume`] follows.
    pub(super) fn open(second: Option<(browser::SecondCopy, crate::storage::Mirror)>) -> Self {
        let saved = RwSignal::new(SaveState::Saved);
        let (keep, findings) = Keep::open(second, saved);
        saved.set(keep.state());
        let place = keep.place();
        super::key_map::take_up(&place.keys);
        let me = place.me.clone().unwrap_or_else(|| Id::random(fresh_bits()));
        let session = Self {
            project: RwSignal::new(Project::new(Id::random(fresh_bits()))),
            screen: RwSignal::new(Screen::Library),
            active: RwSignal::new(None),
            stance: RwSignal::new(None),
            target: RwSignal::new(None),
            scheme: RwSignal::new(place.scheme.clone().unwrap_or_else(|| "favor".to_owned())),
            whose: RwSignal::new(String::new()),
            selected: RwSignal::new(None),
            reading: StoredValue::new(place.reading.clone()),
            panel: RwSignal::new(None),
            ahead: StoredValue::new(None),
            remapping: RwSignal::new(None),
            notices: RwSignal::new(Vec::new()),
            spoken: RwSignal::new(String::new()),
            theme: RwSignal::new(place.theme),
            dropping: RwSignal::new(false),
            saved,
            typing: RwSignal::new(false),
            role: RwSignal::new(Role::Opening),
            vitals: RwSignal::new(Vitals::default()),
            blank: RwSignal::new(true),
            moving: RwSignal::new(false),
            file: RwSignal::new(None),
            file_waits: RwSignal::new(false),
            busy: RwSignal::new(None),
            taken: RwSignal::new(Taken::default()),
            asking_name: RwSignal::new(false),
            can: RwSignal::new((None, None)),
            shelf_changed: RwSignal::new(0),
            parts: RwSignal::new(0),
            compare: Comparing::new(),
            inner: StoredValue::new_local(Inner {
                history: History::default(),
                replica: new_replica(),
                me,
                my_name: place.name.clone(),
                keep,
                touched: Touched::default(),
                typed: None,
                among: Among::default(),
                exported: 0,
                visited: None,
                on_disk: None,
                changes: 0,
            }),
        };
        session.listen();
        if let Some(copy) = session.keep(|keep| keep.second_copy()) {
            copy.on_fenced(move |project| session.fenced_off(project));
        }
        findings.iter().for_each(|finding| session.complain(finding.clone()));
        session
    }

    /// Opens what was open last, or an empty project.
    pub(super) async fn resume(self) {
        let place = self.keep(|keep| keep.place());
        let last = place.project.clone().filter(|id| self.keep(|keep| keep.has(id)));
        let last = last.or_else(|| self.keep(|keep| keep.latest()));
        match last {
            Some(id) if self.open_stored(id.clone()).await => {
                self.target.set(place.target);
                self.go_if_there(place.screen);
            }
            _ => self.begin(String::new()),
        }
        self.blank.set(false);
        self.tidy();
    }

    /// What was to be opened could not be: an empty project takes its place, so that one can go on.
    pub(super) fn resume_empty(&self) {
        if self.role.get_untracked() == Role::Opening {
            self.begin(String::new());
        }
    }

    /// Works with what is known of the other tabs.
    pub(super) fn among<T>(&self, f: impl FnOnce(&mut Among) -> T) -> T {
        self.inner
            .try_update_value(|inner| f(&mut inner.among))
            .expect("the session lives as long as the page")
    }

    /// Works with what is kept between visits.
    pub(super) fn keep<T>(&self, f: impl FnOnce(&mut Keep) -> T) -> T {
        self.inner
            .try_update_value(|inner| f(&mut inner.keep))
            .expect("the session lives as long as the page")
    }

    /// Begins a new, empty project. It is stored with the first thing that is done in it.
    pub(super) fn begin(&self, name: String) {
        let turn = self.leave(None);
        self.show_safety();
        self.take_up(Project::new(Id::random(fresh_bits())), History::default());
        self.role.set(Role::Writer);
        let name = if name.trim().is_empty() { self.free_name("My project".to_owned()) } else { name };
        let begun = self.act(|project, context| decide(project, Command::Begin { name }, context));
        if let Ok(step) = begun {
            // Not undoable: there is nothing before the beginning.
            self.take(&step);
        }
        let (session, id) = (*self, self.project.read_untracked().id().clone());
        leptos::task::spawn_local(async move {
            // Nobody else can know its id.
            session.secure(id, turn).await;
        });
    }

    /// Makes a project the open one, in a new replica.
    pub(super) fn take_up(&self, project: Project, history: History) {
        self.active.set(None);
        self.stance.set(None);
        self.selected.set(None);
        self.target.set(None);
        self.whose.set(String::new());
        self.inner.update_value(|inner| {
            inner.history = history;
            inner.visited = None;
            inner.replica = new_replica();
            inner.touched.project += 1;
            inner.touched.records.clear();
            inner.exported = 0;
        });
        self.project.set(project);
        self.show_history();
        self.show_vitals();
        on_disk::find_on_disk(*self);
        parts::act_when_here(*self, Part::Together, "look-in-folder");
    }

    /// Raised each time a project is taken up: another one, or an older state of this one.
    pub(super) fn taken_up(&self) -> u32 {
        self.inner.with_value(|inner| inner.touched.project)
    }

    /// The story of an article.
    pub(super) fn story_of(&self, article: &Id<Article>) -> Option<Id<Story>> {
        self.project.with(|p| p.find(article).and_then(|a| a.story.get().clone()))
    }

    /// Gives the keys to the labels of another scheme.
    pub(super) fn use_scheme(&self, scheme: String) {
        self.scheme.set(scheme);
        self.remember_place();
    }

    /// The labels of the scheme in use: id and name.
    pub(super) fn labels(&self) -> Vec<(Id<Label>, String)> {
        self.project.with(|p| {
            let labels = p.labels(&self.scheme.get()).into_iter();
            labels.map(|l| (l.id(), l.name.get().clone().unwrap_or_default())).collect()
        })
    }
}

/// 128 bits for a new id.
pub(super) fn fresh_bits() -> u128 {
    timed_bits(browser::millis(), browser::chance())
}

fn new_replica() -> Replica {
    Replica::new(ReplicaId::new(&browser::random_name()))
}
