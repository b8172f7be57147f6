//! The article at hand with what is marked in it, for all parts of the reader and for keys.

use super::everywhere::Everywhere;
use super::marks::{Card, Eyes, Marks};
use super::picker::Pick;
use super::units::{Units, units};
use crate::model::{Article, ArticleText, Attribution, Id, Project, RecordId};
use crate::text::{Span, Text};
use crate::ui::session::{ReadSoFar, Session};
use crate::ui::view::react;
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

/// The article that the reader shows. Small to hand on.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Desk {
    pub(super) session: Session,
    held: StoredValue<Rc<RefCell<Held>>, LocalStorage>,
    /// Raised when any card changed, came or went.
    pub(super) changed: RwSignal<u32>,
    /// Raised when a stance, or what one names, may have changed.
    pub(super) said: RwSignal<u32>,
    /// The list from which something is being picked.
    pub(super) picker: RwSignal<Option<Pick>>,
    /// Whether words are being looked for.
    pub(super) finding: RwSignal<bool>,
    /// What would be labelled everywhere, to be looked through first.
    pub(super) everywhere: RwSignal<Option<Everywhere>>,
}

struct Held {
    article: Id<Article>,
    text_id: Id<ArticleText>,
    text: Text,
    units: Rc<Units>,
    marks: Marks,
    read: ReadSoFar,
    /// One for each paragraph: raised when it is to be painted anew.
    paint: Vec<RwSignal<u32>>,
    /// Up to which paragraph marks are painted: the first screens at once, the rest piece by piece.
    painted: usize,
}

impl Held {
    /// Reads all marks anew, with these eyes.
    fn look(&mut self, project: &Project, eyes: Eyes) {
        self.marks = Marks::of(project, &self.text_id, &self.text, self.units.paragraphs(), eyes);
    }
}

/// How many paragraphs are painted before the page is shown, and then at a time.
const AT_ONCE: usize = 40;

/// A step that touches more records than this, such as a file that was taken in, is read as a whole.
const MANY: usize = 300;

thread_local! {
    static AT_HAND: RefCell<Option<Desk>> = const { RefCell::new(None) };
}

/// The desk on the screen, if the reader is open.
pub(super) fn desk() -> Option<Desk> {
    AT_HAND.with_borrow(|desk| *desk)
}

impl Desk {
    /// Opens an article; `None` where its text is not here.
    pub(in crate::ui) fn open(session: Session, article: Id<Article>) -> Option<Self> {
        let eyes = Eyes::chosen(session);
        let held = session.project.with_untracked(|p| {
            let text_id = p.find(&article)?.text.clone();
            let text = p.text(&text_id)?.clone();
            let units = units(&text_id, &text);
            let mut read = ReadSoFar::default();
            session.touched_since(&mut read);
            let marks = Marks::of(p, &text_id, &text, units.paragraphs(), eyes);
            let paint = units.paragraphs().iter().map(|_| RwSignal::new(0)).collect();
            Some(Held { article, text_id, text, units, marks, read, paint, painted: AT_ONCE })
        })?;
        let this = Self {
            session,
            held: StoredValue::new_local(Rc::new(RefCell::new(held))),
            changed: RwSignal::new(0),
            said: RwSignal::new(0),
            picker: RwSignal::new(None),
            finding: RwSignal::new(false),
            everywhere: RwSignal::new(None),
        };
        AT_HAND.set(Some(this));
        on_cleanup(|| AT_HAND.set(None));
        react(move || {
            session.project.track();
            this.catch_up();
        });
        this.follow_active();
        this.follow_whose();
        set_timeout(move || this.paint_on(), Duration::ZERO);
        Some(this)
    }

    /// Makes it the one that keys and buttons are about, where several texts are on the screen.
    pub(in crate::ui) fn take_up(self) {
        AT_HAND.set(Some(self));
    }

    /// The paragraphs in which a stretch of the text lies.
    pub(in crate::ui) fn paragraphs_of(self, span: Span) -> std::ops::Range<usize> {
        self.with(|held| {
            let all = held.units.paragraphs();
            let from = all.partition_point(|p| p.end() <= span.start());
            from..all.partition_point(|p| p.start() < span.end()).max(from)
        })
        .unwrap_or_default()
    }

    fn with<T>(self, f: impl FnOnce(&Held) -> T) -> Option<T> {
        let held = self.held.try_get_value()?;
        let held = held.try_borrow().ok()?;
        Some(f(&held))
    }

    /// Takes in what changed in the project since the last time.
    pub(super) fn catch_up(self) {
        let Some(held) = self.held.try_get_value() else { return };
        let (dirty, said, missed): (Vec<RwSignal<u32>>, bool, bool) = {
            let held = &mut *held.borrow_mut();
            let touched = self.session.touched_since(&mut held.read);
            if touched.as_ref().is_some_and(Vec::is_empty) {
                return;
            }
            let (dirty, missed) = self.session.project.with_untracked(|p| {
                let missed = touched.as_ref().is_some_and(|touched| held.marks.miss(p, touched));
                if let Some(touched) = touched.as_ref().filter(|all| all.len() <= MANY && !missed) {
                    return (held.marks.update(p, &held.text_id, &held.text, touched), false);
                }
                // So many, or the project was read again. Nobody's own mark goes where it cannot be seen.
                let everybodys = || Eyes::of(&self.session.me(), String::new());
                held.look(p, if missed { everybodys() } else { Eyes::chosen(self.session) });
                ((0..held.paint.len()).collect::<Vec<_>>(), missed)
            });
            let says = |id: &RecordId| ["sta", "tgt", "lab", "src"].contains(&id.prefix());
            let said = touched.is_none_or(|touched| touched.iter().any(says));
            (dirty.into_iter().filter_map(|i| held.paint.get(i).copied()).collect(), said, missed)
        };
        dirty.into_iter().for_each(|paint| paint.update(|n| *n += 1));
        self.changed.update(|n| *n += 1);
        if missed {
            self.session.whose.set(String::new());
        }
        if said {
            self.said.update(|n| *n += 1);
        }
    }

    /// The paragraphs of the attribution that was active and of the one that is are painted anew.
    fn follow_active(self) {
        let mut before: Option<Id<Attribution>> = None;
        react(move || {
            let now = self.session.active.get();
            let changed = std::mem::replace(&mut before, now.clone());
            for id in [changed, now].into_iter().flatten() {
                let paint = self.with(|held| {
                    let all = held.marks.paragraphs_with(&id).into_iter();
                    all.filter_map(|i| held.paint.get(i).copied()).collect::<Vec<_>>()
                });
                paint.into_iter().flatten().for_each(|paint| paint.update(|n| *n += 1));
            }
        });
    }

    /// Shows those annotations that are chosen.
    fn follow_whose(self) {
        react(move || {
            let only = self.session.whose.get();
            let Some(held) = self.held.try_get_value() else { return };
            if held.borrow().marks.eyes().only() == only {
                return;
            }
            let paint = {
                let held = &mut *held.borrow_mut();
                let eyes = Eyes::of(&self.session.me(), only);
                self.session.project.with_untracked(|p| held.look(p, eyes));
                held.paint.clone()
            };
            let active = self.session.active.get_untracked();
            if active.is_some_and(|id| held.borrow().marks.card(&id).is_none()) {
                self.session.active.set(None);
            }
            paint.into_iter().for_each(|paint| paint.update(|n| *n += 1));
            self.changed.update(|n| *n += 1);
            self.said.update(|n| *n += 1);
        });
    }

    /// Paints the next paragraphs' marks, and so on, without keeping the person waiting.
    fn paint_on(self) {
        let Some(held) = self.held.try_get_value() else { return };
        let (next, more) = {
            let held = &mut *held.borrow_mut();
            let from = held.painted.min(held.paint.len());
            held.painted = (from + AT_ONCE).min(held.paint.len());
            (held.paint[from..held.painted].to_vec(), held.painted < held.paint.len())
        };
        next.into_iter().for_each(|paint| paint.update(|n| *n += 1));
        if more {
            set_timeout(move || self.paint_on(), Duration::ZERO);
        } else {
            // The first key finds the text cut.
            self.with(|held| {
                (held.units.words().len(), held.units.sentences().len(), held.units.outermost().len())
            });
        }
    }

    /// What raises when paragraph `i` is to be painted anew.
    pub(in crate::ui) fn paint_of(self, i: usize) -> RwSignal<u32> {
        self.with(|held| held.paint.get(i).copied()).flatten().unwrap_or_default()
    }

    /// The marks in paragraph `i`, as far as they are painted yet.
    pub(in crate::ui) fn paragraph(self, i: usize) -> Rc<Vec<super::marks::Marked>> {
        self.with(|held| if i < held.painted { held.marks.paragraph(i) } else { Rc::default() })
            .unwrap_or_default()
    }

    /// Looks at the marks as they are now: for gestures, which may come before what follows the project.
    pub(super) fn marks<T>(self, f: impl FnOnce(&Marks) -> T) -> Option<T> {
        self.catch_up();
        self.with(|held| f(&held.marks))
    }

    /// Looks at the marks as they were when `changed` was raised last: for what follows that signal, and must
    /// not raise it.
    pub(super) fn shown<T>(self, f: impl FnOnce(&Marks) -> T) -> Option<T> {
        self.with(|held| f(&held.marks))
    }

    /// Whether several people have annotated the text, so that it matters whose a mark is.
    pub(super) fn is_of_several(self) -> bool {
        self.shown(|marks| marks.authors().len() > 1).unwrap_or_default()
    }

    /// The card of an attribution.
    pub(super) fn card(self, id: &Id<Attribution>) -> Option<Arc<Card>> {
        self.marks(|marks| marks.card(id).cloned()).flatten()
    }

    pub(super) fn article(self) -> Option<Id<Article>> {
        self.with(|held| held.article.clone())
    }

    pub(super) fn text(self) -> Option<(Id<ArticleText>, Text)> {
        self.with(|held| (held.text_id.clone(), held.text.clone()))
    }

    pub(super) fn units(self) -> Option<Rc<Units>> {
        self.with(|held| held.units.clone())
    }
}
