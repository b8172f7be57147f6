//! The stories of the project and the versions of each.

use crate::model::{Article, Attribution, Id, Item, Project, Stance, Story};
use crate::store::Command;
use crate::ui::messages::{M, count, fill, t};
use crate::ui::reader::outlet_words;
use crate::ui::session::{Screen, Session, fresh_bits};
use crate::ui::view::{El, Node, button, each, el, live, many, when};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// What a row shows of an article.
#[derive(Clone, PartialEq)]
struct Row {
    id: Id<Article>,
    title: String,
    from: String,
    role: String,
    words: usize,
    attributions: usize,
    stances: usize,
}

/// The stories, newest last.
pub(super) fn stories(session: Session) -> Node {
    let ids = move || session.project.with(|p| p.all::<Story>().map(|s| s.id()).collect::<Vec<_>>());
    let ids = Memo::new(move |_| ids());
    let shown = RwSignal::new(AT_ONCE);
    let some = move || ids.with(|ids| ids.iter().take(shown.get()).cloned().collect::<Vec<_>>());
    let more = move || {
        let hidden = ids.read().len().saturating_sub(shown.get());
        match hidden {
            0 => Node::Nothing,
            n => button(fill(M::MoreStories, &[&n.to_string()]))
                .id("more-stories")
                .on_click(move || shown.update(|n| *n += AT_ONCE))
                .into(),
        }
    };
    many([each(some, ToString::to_string, move |id| story_card(session, id)), live(more)])
}

/// The stories shown at first, and with each press of the button below them: a list of thousands would keep
/// the page busy for seconds.
const AT_ONCE: usize = 100;

/// The versions of a story, as its card lists them.
fn rows_of(session: Session, story: &Id<Story>) -> Vec<Row> {
    let row = |p: &Project, a: Item<'_, Article>| Row {
        id: a.id(),
        title: a.title.get().clone().unwrap_or_else(|| t(M::Untitled).to_owned()),
        from: outlet_words(&a),
        role: a.version_role.get().as_ref().map(|r| r.as_str().replace('_', " ")).unwrap_or_default(),
        words: p.text(&a.text).map_or(0, |text| text.split_whitespace().count()),
        attributions: p.about::<Attribution>(&a.text).count(),
        stances: p.about::<Stance>(&a.text).count(),
    };
    session.project.with(|p| p.versions(story).into_iter().map(|a| row(p, a)).collect())
}

fn story_card(session: Session, id: Id<Story>) -> Node {
    let story = id.clone();
    let rows = Memo::new(move |_| rows_of(session, &story));
    when(
        move || !rows.read().is_empty(),
        move || {
            let list = {
                let id = id.clone();
                move || {
                    let rows = rows.get();
                    let alone = rows.len() == 1;
                    many(rows.into_iter().map(|row| line(session, row, id.clone(), alone)))
                }
            };
            el("section")
                .class("story")
                .child(
                    el("header")
                        .child(name_field(session, id.clone()))
                        .child(
                            el("span")
                                .class("facts")
                                .words(move || count(rows.read().len(), M::OneVersion, M::Versions)),
                        )
                        .part(move || compare_button(session, &rows.read()).into())
                        .part({
                            let id = id.clone();
                            move || family_button(session, &id, rows.read().len()).into()
                        }),
                )
                .child(el("ul").part(list))
                .into()
        },
    )
}

fn name_field(session: Session, id: Id<Story>) -> El {
    let story = id.clone();
    let name =
        move || session.project.with(|p| p.find(&id).and_then(|s| s.name.get().clone()).unwrap_or_default());
    session.typed(el("input").class("title-field").label(t(M::StoryName)).value(name), move |name| {
        session.run(Command::RenameStory { story: story.clone(), name });
    })
}

/// The way to the first two versions side by side.
fn compare_button(session: Session, rows: &[Row]) -> Option<El> {
    let [first, second, ..] = rows else { return None };
    let target = Screen::Compare(first.id.clone(), second.id.clone());
    let go = move || session.go(target.clone());
    Some(button(t(M::CompareVersions)).class("compare-story").on_click(go))
}

/// The way to the story's family.
fn family_button(session: Session, story: &Id<Story>, versions: usize) -> Option<El> {
    let target = Screen::Family(story.clone());
    let go = move || session.go(target.clone());
    (versions > 1).then(|| button(t(M::FamilyTree)).class("family-story quiet").on_click(go))
}

fn line(session: Session, row: Row, story: Id<Story>, alone: bool) -> El {
    let done = match (row.attributions, row.stances) {
        (0, 0) => t(M::NotAnnotated).to_owned(),
        (a, 0) => count(a, M::OneAttribution, M::Attributions),
        (a, s) => format!(
            "{}, {}",
            count(a, M::OneAttribution, M::Attributions),
            count(s, M::OneStance, M::Stances)
        ),
    };
    let facts: Vec<String> = [row.from.clone(), row.role.clone(), fill(M::Words, &[&row.words.to_string()])]
        .into_iter()
        .filter(|f| !f.is_empty())
        .collect();
    let open = {
        let target = Screen::Read(row.id.clone());
        move || session.go(target.clone())
    };
    let label = format!("{}: {}", t(M::DeleteArticle), row.title);
    let delete = {
        let (record, title) = (row.id.record().clone(), row.title.clone());
        move || {
            if session.run(Command::Delete { records: vec![record.clone()] }) {
                session.say(fill(M::DeletedArticle, &[&title]));
            }
        }
    };
    let nothing = row.attributions + row.stances == 0;
    let open = el("button")
        .set("type", "button")
        .class("open quiet")
        .on_click(open)
        .child(el("span").class("title").set("dir", "auto").child(row.title))
        .child(el("span").class("facts").child(facts.join(" · ")))
        .child(el("span").class(if nothing { "done none" } else { "done" }).child(done));
    el("li")
        .class("version")
        .child(open)
        .child(move_to(session, row.id, story, alone))
        .child(button("×").class("quiet").tip(t(M::DeleteArticle)).label(label).on_click(delete))
}

/// The stories that have an article, with their names.
pub(super) fn told(p: &Project) -> Vec<(Id<Story>, String)> {
    let used: BTreeSet<String> =
        p.all::<Article>().filter_map(|a| a.story.get().as_ref().map(ToString::to_string)).collect();
    let full = p.all::<Story>().filter(|s| used.contains(s.id().as_str()));
    full.map(|s| (s.id(), s.name.get().clone().unwrap_or_default())).collect()
}

/// Which story the article belongs to. One that is alone has a story of its own already.
fn move_to(session: Session, article: Id<Article>, story: Id<Story>, alone: bool) -> El {
    // All stories are offered once somebody turns to the list; until then the present one is enough.
    let opened = RwSignal::new(false);
    let here = story.clone();
    let options = move || {
        let all = session.project.with(|p| {
            if opened.get() {
                return told(p);
            }
            p.find(&here).map(|s| (s.id(), s.name.get().clone().unwrap_or_default())).into_iter().collect()
        });
        many(all.into_iter().map(|(id, name)| {
            el("option").set("value", id.to_string()).flag("selected", id == story).child(name)
        }))
    };
    let change = move |chosen: String| {
        let article = article.clone();
        match Id::<Story>::parse(&chosen) {
            Some(story) => session.run(Command::MoveArticle { article, story }),
            None => {
                let name =
                    session.project.with_untracked(|p| p.find(&article).and_then(|a| a.title.get().clone()));
                let name = name.unwrap_or_else(|| t(M::Untitled).to_owned());
                session.run(Command::SplitOff { article, story: Id::random(fresh_bits()), name })
            }
        };
    };
    el("select")
        .class("move")
        .label(t(M::MoveTo))
        .tip(t(M::MoveTo))
        .on("focus", move |_| opened.set(true))
        .on("pointerdown", move |_| opened.set(true))
        .on_change(change)
        .part(options)
        .child((!alone).then(|| el("option").set("value", "").child(t(M::OwnStory))))
}
