//! The one handle every component holds: the project, what is in view, and the door for commands.

use super::compare::Comparing;
use super::files;
use super::keep::{Keep, SaveState, Vitals};
use super::messages::{M, command_words, fill, t};
use super::parts::{self, Part, decide};
use super::tabs::{Among, Role};
use crate::browser;
use crate::model::{
    Article, ArticleText, Attribution, Id, Label, Person, Project, ProjectInfo, RecordId, ReplicaId, Stance,
    Story, Target, Time, timed_bits,
};
use crate::storage::Word;
use crate::store::{Command, Context, History, Replica, Step, apply, reversal};
use crate::text::Span;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What fills the page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) enum Screen {
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
pub(super) struct Selected {
    pub(super) text: Id<ArticleText>,
    pub(super) span: Span,
}

/// What lies over the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Panel {
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
}

/// Something the person should know.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Notice {
    pub(super) number: u64,
    pub(super) words: String,
    pub(super) problem: bool,
}

/// Light, dark, or what the system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Theme {
    #[default]
    Auto,
    Light,
    Dark,
}

impl Theme {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    pub(super) fn next(self) -> Self {
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
pub(super) struct Place {
    pub(super) project: Option<Id<ProjectInfo>>,
    pub(super) screen: Screen,
    pub(super) me: Option<Id<Person>>,
    pub(super) name: Option<String>,
    pub(super) theme: Theme,
    pub(super) target: Option<Id<Target>>,
    /// The scheme whose labels have the keys.
    pub(super) scheme: Option<String>,
    /// Keys that the person gave to actions, by the actions' names.
    pub(super) keys: Vec<(String, String)>,
}

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
    pub(super) selected: RwSignal<Option<Selected>>,
    pub(super) panel: RwSignal<Option<Panel>>,
    /// The action that waits for a key of its own.
    pub(super) remapping: RwSignal<Option<&'static str>>,
    pub(super) notices: RwSignal<Vec<Notice>>,
    /// Said to screen readers.
    pub(super) spoken: RwSignal<String>,
    pub(super) theme: RwSignal<Theme>,
    pub(super) dropping: RwSignal<bool>,
    pub(super) saved: RwSignal<SaveState>,
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
    /// Work that takes a while: what is being done, and how far it is in hundredths.
    pub(super) busy: RwSignal<Option<(String, u32)>>,
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
    among: Among,
    /// Counts the changes, so that the file on disk waits for the last of several.
    changes: u64,
}

/// Which records steps have touched, in order, since a project was taken up: what follows the project can
/// look at those alone.
#[derive(Default)]
struct Touched {
    project: u32,
    records: Vec<RecordId>,
}

/// How far somebody has read in the list of touched records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ReadSoFar {
    project: u32,
    count: usize,
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
            selected: RwSignal::new(None),
            panel: RwSignal::new(None),
            remapping: RwSignal::new(None),
            notices: RwSignal::new(Vec::new()),
            spoken: RwSignal::new(String::new()),
            theme: RwSignal::new(place.theme),
            dropping: RwSignal::new(false),
            saved,
            role: RwSignal::new(Role::Opening),
            vitals: RwSignal::new(Vitals::default()),
            blank: RwSignal::new(true),
            moving: RwSignal::new(false),
            file: RwSignal::new(None),
            busy: RwSignal::new(None),
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
                among: Among::default(),
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
        self.take_up(Project::new(Id::random(fresh_bits())), History::default());
        self.role.set(Role::Writer);
        let name = if name.trim().is_empty() { "My project".to_owned() } else { name };
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
        self.inner.update_value(|inner| {
            inner.history = history;
            inner.replica = new_replica();
            inner.touched.project += 1;
            inner.touched.records.clear();
        });
        self.project.set(project);
        self.show_history();
        self.show_vitals();
        files::find_on_disk(*self);
        parts::act(*self, Part::Together, "look-in-folder");
    }

    /// Raised each time a project is taken up: another one, or an older state of this one.
    pub(super) fn taken_up(&self) -> u32 {
        self.inner.with_value(|inner| inner.touched.project)
    }

    /// Brings files on disk up to date, some seconds after the last change.
    fn file_changed(&self) {
        if self.file.with_untracked(Option::is_none) && !super::review::shares() {
            return;
        }
        let session = *self;
        let turn = self.inner.try_update_value(|inner| {
            inner.changes += 1;
            inner.changes
        });
        set_timeout(
            move || {
                if session.inner.try_with_value(|inner| inner.changes) == turn {
                    parts::act(session, Part::Files, "update-file");
                    parts::act(session, Part::Together, "share");
                }
            },
            std::time::Duration::from_secs(3),
        );
    }

    /// Brings up to date what is said of storage and files.
    pub(super) fn show_vitals(&self) {
        let vitals = self.keep(|keep| keep.vitals(self.project.read_untracked().id()));
        if self.vitals.with_untracked(|shown| *shown != vitals) {
            self.vitals.set(vitals);
        }
    }

    /// The records touched since `read`, which moves on; `None` where another project was taken up.
    pub(super) fn touched_since(&self, read: &mut ReadSoFar) -> Option<Vec<RecordId>> {
        self.inner.with_value(|inner| {
            let all = &inner.touched;
            let before =
                std::mem::replace(read, ReadSoFar { project: all.project, count: all.records.len() });
            (before.project == all.project).then(|| all.records[before.count..].to_vec())
        })
    }

    /// Carries out a command: the only way in which a project changes. True if something was done.
    pub(super) fn run(&self, command: Command) -> bool {
        if !self.may_write() {
            return false;
        }
        let Some(command) = parts::now_or_later(*self, command) else { return false };
        self.introduce_me(&command);
        match self.act(|project, context| decide(project, command, context)) {
            Ok(step) => {
                self.commit(step);
                true
            }
            Err(crate::store::Rejection::NoChange) => false,
            Err(why) => {
                self.complain(why.to_string());
                false
            }
        }
    }

    /// Takes the last command back.
    pub(super) fn undo(&self) {
        let step = self.inner.with_value(|inner| inner.history.to_undo().cloned());
        self.reverse(step, M::NothingToUndo, M::Undone);
    }

    /// Does again what was taken back last.
    pub(super) fn redo(&self) {
        let step = self.inner.with_value(|inner| inner.history.to_redo().cloned());
        self.reverse(step, M::NothingToRedo, M::Redone);
    }

    fn reverse(&self, step: Option<Step>, nothing: M, done: M) {
        if !self.may_write() {
            return;
        }
        let Some(step) = step else { return self.say(t(nothing).to_owned()) };
        let back = self.act(|project, context| reversal(project, &step, context));
        self.commit(back);
        self.say(fill(done, &[command_words(&step.name)]));
        self.drop_dangling();
    }

    /// Applies a step, notes it, keeps it.
    fn commit(&self, step: Step) {
        self.inner.update_value(|inner| inner.history.record(step.clone()));
        self.take(&step);
        let first = self.store(&step);
        if first {
            self.remember_place();
            self.list_changed();
            self.ask_to_persist();
        }
        self.show_history();
        self.tell(&Word::Step { project: self.project.read_untracked().id().clone(), step });
        self.file_changed();
    }

    /// Makes a step part of the open project; false where something in it fits nothing here.
    pub(super) fn take(&self, step: &Step) -> bool {
        // Before the project tells of the change, for whoever follows it.
        self.inner.update_value(|inner| {
            inner.touched.records.extend(step.ops.iter().map(|op| op.record().clone()));
        });
        let mut fits = true;
        self.project.update(|project| fits = apply(project, step).is_empty());
        fits
    }

    /// Stores a step that was applied: with the whole project, where that was not stored yet.
    fn store(&self, step: &Step) -> bool {
        let project = self.project.read_untracked();
        let stored = self.inner.try_update_value(|inner| {
            let first = !inner.keep.has(project.id());
            let state = match first {
                true => inner.keep.create(&project, &inner.history),
                false => inner.keep.append(&project, &inner.history, step),
            };
            (first, state)
        });
        drop(project);
        let Some((first, state)) = stored else { return false };
        self.saved.set(state);
        self.show_vitals();
        self.make_room();
        first
    }

    /// Stores the open project as a whole, as one that came from a file.
    pub(super) fn store_whole(&self) {
        let project = self.project.read_untracked();
        let state = self.inner.try_update_value(|inner| inner.keep.create(&project, &inner.history));
        drop(project);
        if let Some(state) = state {
            self.saved.set(state);
        }
        self.show_vitals();
        self.make_room();
        self.list_changed();
    }

    /// Tries once more to store what is in this tab only.
    pub(super) fn store_again(&self) {
        let project = self.project.read_untracked();
        let state = self.inner.try_update_value(|inner| match inner.keep.has(project.id()) {
            true => inner.keep.store_waiting(&project),
            false => inner.keep.create(&project, &inner.history),
        });
        drop(project);
        if let Some(state) = state {
            self.saved.set(state);
        }
        self.show_vitals();
    }

    /// What was done in the open project, as far back as undo reaches: newest last.
    pub(super) fn history<T>(&self, f: impl FnOnce(&History) -> T) -> T {
        self.inner.with_value(|inner| f(&inner.history))
    }

    /// Runs `f` with the project and all that a command needs of the world.
    fn act<T>(&self, f: impl FnOnce(&Project, &mut Context<'_>) -> T) -> T {
        self.act_on(&self.project.read_untracked(), f)
    }

    /// The same with any project.
    pub(super) fn act_on<T>(&self, project: &Project, f: impl FnOnce(&Project, &mut Context<'_>) -> T) -> T {
        self.inner
            .try_update_value(|inner| {
                let mut bits = fresh_bits;
                let on = Time::parse(&browser::now()).unwrap_or_default();
                let by = inner.me.clone();
                let mut context = Context { by, on, replica: &mut inner.replica, bits: &mut bits };
                f(project, &mut context)
            })
            .expect("the session lives as long as the page")
    }

    /// Sees to it that whoever marks something is in the project by name, and asks for the name once.
    fn introduce_me(&self, command: &Command) {
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
            ) =>
            {
                self.asking_name.set(true);
            }
            _ => {}
        }
    }

    /// Carries out a command that undo should pass over.
    pub(super) fn run_unnoted(&self, command: Command) {
        if let Ok(step) = self.act(|project, context| decide(project, command, context)) {
            self.commit_unnoted(step);
        }
    }

    /// Applies and keeps a step that undo should pass over: it is nothing the person did.
    fn commit_unnoted(&self, step: Step) {
        let stored = self.keep(|keep| keep.has(self.project.read_untracked().id()));
        self.take(&step);
        if stored {
            self.store(&step);
        }
        self.tell(&Word::Step { project: self.project.read_untracked().id().clone(), step });
    }

    /// Says who sits here.
    pub(super) fn set_my_name(&self, name: &str) {
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
    pub(super) fn me(&self) -> Id<Person> {
        self.inner.with_value(|inner| inner.me.clone())
    }

    /// Whether nobody else's annotation of the text can be seen.
    pub(super) fn blind(&self, text: &Id<ArticleText>) -> bool {
        let me = self.me();
        self.project.with_untracked(|p| p.about::<Attribution>(text).all(|a| a.entry.made.by == me))
    }

    /// Goes to a screen.
    pub(super) fn go(&self, screen: Screen) {
        if self.screen.get_untracked() == screen {
            return;
        }
        self.active.set(None);
        self.stance.set(None);
        self.selected.set(None);
        self.screen.set(screen);
        self.remember_place();
    }

    fn go_if_there(&self, screen: Screen) {
        let there = self.project.with_untracked(|p| is_there(p, &screen));
        if there {
            self.screen.set(screen);
        }
    }

    /// After an undo, what is in view may be gone.
    pub(super) fn drop_dangling(&self) {
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

    /// Keeps where the person is, for the next visit.
    pub(super) fn remember_place(&self) {
        let (me, name) = self.inner.with_value(|inner| (inner.me.clone(), inner.my_name.clone()));
        let place = Place {
            project: Some(self.project.read_untracked().id().clone()),
            screen: self.screen.get_untracked(),
            me: Some(me),
            name,
            theme: self.theme.get_untracked(),
            target: self.target.get_untracked(),
            scheme: Some(self.scheme.get_untracked()),
            keys: super::key_map::to_keep(),
        };
        self.keep(|keep| keep.set_place(&place));
    }

    /// Says something that will pass.
    pub(super) fn say(&self, words: String) {
        self.spoken.set(words.clone());
        self.notify(words, false);
    }

    /// Says something that went wrong. It stays until it is closed.
    pub(super) fn complain(&self, words: String) {
        self.notify(words, true);
    }

    fn notify(&self, words: String, problem: bool) {
        let number = self.notices.with_untracked(|n| n.last().map_or(0, |last| last.number + 1));
        self.notices.update(|notices| {
            // One passing word at a time is enough; problems stay.
            notices.retain(|n| n.problem && n.words != words);
            notices.push(Notice { number, words, problem });
        });
        if !problem {
            let notices = self.notices;
            set_timeout(
                move || {
                    notices.try_update(|all| all.retain(|n| n.number != number));
                },
                std::time::Duration::from_secs(6),
            );
        }
    }

    fn show_history(&self) {
        let words = |step: Option<&Step>| step.map(|s| command_words(&s.name).to_owned());
        let can = self.inner.with_value(|i| (words(i.history.to_undo()), words(i.history.to_redo())));
        self.can.set(can);
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

/// 128 bits for a new id.
pub(super) fn fresh_bits() -> u128 {
    timed_bits(browser::millis(), browser::chance())
}

fn new_replica() -> Replica {
    Replica::new(ReplicaId::new(&browser::random_name()))
}
