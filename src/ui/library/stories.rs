//! The stories of the project and the versions of each.

use crate::model::{Article, Attribution, Id, Stance, Story};
use crate::store::Command;
use crate::text::words;
use crate::ui::messages::{M, count, fill, t};
use crate::ui::reader::outlet_words;
use crate::ui::session::{Screen, Session, fresh_bits, session};
use leptos::prelude::*;

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
#[component]
pub(super) fn Stories() -> impl IntoView {
    let session = session();
    let ids =
        Memo::new(move |_| session.project.with(|p| p.all::<Story>().map(|s| s.id()).collect::<Vec<_>>()));
    view! {
        <For each=move || ids.get() key=|id| id.clone() children=move |id| view! { <StoryCard id /> } />
    }
}

#[component]
fn StoryCard(id: Id<Story>) -> impl IntoView {
    let session = session();
    let story = id.clone();
    let rows = Memo::new(move |_| {
        session.project.with(|p| {
            let versions = p.versions(&story).into_iter();
            versions
                .map(|a| Row {
                    id: a.id(),
                    title: a.title.get().clone().unwrap_or_else(|| t(M::Untitled).to_owned()),
                    from: outlet_words(&a),
                    role: a
                        .version_role
                        .get()
                        .as_ref()
                        .map(|r| r.as_str().replace('_', " "))
                        .unwrap_or_default(),
                    words: p.text(&a.text).map_or(0, |text| words(text, text.whole()).len()),
                    attributions: p.about::<Attribution>(&a.text).count(),
                    stances: p.about::<Stance>(&a.text).count(),
                })
                .collect::<Vec<_>>()
        })
    });
    let name = {
        let id = id.clone();
        move || session.project.with(|p| p.find(&id).and_then(|s| s.name.get().clone()).unwrap_or_default())
    };
    let rename = {
        let story = id.clone();
        move |event: leptos::ev::Event| {
            session.run(Command::RenameStory { story: story.clone(), name: event_target_value(&event) });
        }
    };
    let compare = move || {
        let rows = rows.get();
        (rows.len() > 1).then(|| {
            let target = Screen::Compare(rows[0].id.clone(), rows[1].id.clone());
            view! {
                <button type="button" class="compare-story" on:click=move |_| session.go(target.clone())>
                    {t(M::CompareVersions)}
                </button>
            }
        })
    };
    let list = {
        let id = id.clone();
        move || rows.get().into_iter().map(|row| line(session, row, id.clone())).collect_view()
    };
    view! {
        <Show when=move || !rows.read().is_empty()>
            <section class="story">
                <header>
                    <input class="title-field" aria-label=t(M::StoryName) prop:value=name.clone() on:change=rename.clone() />
                    <span class="facts">{move || count(rows.read().len(), M::OneVersion, M::Versions)}</span>
                    {compare}
                </header>
                <ul>{list.clone()}</ul>
            </section>
        </Show>
    }
}

fn line(session: Session, row: Row, story: Id<Story>) -> AnyView {
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
        move |_| session.go(target.clone())
    };
    let delete = {
        let (record, title) = (row.id.record().clone(), row.title.clone());
        move |_| {
            if session.run(Command::Delete { records: vec![record.clone()] }) {
                session.say(fill(M::DeletedArticle, &[&title]));
            }
        }
    };
    let label = format!("{}: {}", t(M::DeleteArticle), row.title);
    view! {
        <li class="version">
            <button type="button" class="open quiet" on:click=open>
                <span class="title" dir="auto">{row.title}</span>
                <span class="facts">{facts.join(" · ")}</span>
                <span class="done" class:none={row.attributions + row.stances == 0}>{done}</span>
            </button>
            <MoveTo article=row.id story />
            <button type="button" class="quiet" title=t(M::DeleteArticle) aria-label=label on:click=delete>"×"</button>
        </li>
    }
    .into_any()
}

/// Which story the article belongs to.
#[component]
fn MoveTo(article: Id<Article>, story: Id<Story>) -> impl IntoView {
    let session = session();
    let options = move || {
        let all = session.project.with(|p| {
            let named = |s: crate::model::Item<'_, Story>| (s.id(), s.name.get().clone().unwrap_or_default());
            let full = |s: &crate::model::Item<'_, Story>| !p.versions(&s.id()).is_empty();
            p.all::<Story>().filter(full).map(named).collect::<Vec<_>>()
        });
        let one = |(id, name): (Id<Story>, String)| {
            let selected = id == story;
            view! { <option value=id.to_string() selected=selected>{name}</option> }
        };
        all.into_iter().map(one).collect_view()
    };
    let change = move |event: leptos::ev::Event| {
        let article = article.clone();
        match Id::<Story>::parse(&event_target_value(&event)) {
            Some(story) => session.run(Command::MoveArticle { article, story }),
            None => {
                let name =
                    session.project.with_untracked(|p| p.find(&article).and_then(|a| a.title.get().clone()));
                let name = name.unwrap_or_else(|| t(M::Untitled).to_owned());
                session.run(Command::SplitOff { article, story: Id::random(fresh_bits()), name })
            }
        };
    };
    view! {
        <select class="move" aria-label=t(M::MoveTo) title=t(M::MoveTo) on:change=change>
            {options}
            <option value="">{t(M::OwnStory)}</option>
        </select>
    }
}
