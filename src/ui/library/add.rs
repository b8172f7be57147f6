//! Pasting and choosing articles.

use super::stories::told;
use crate::browser;
use crate::model::{Id, Story};
use crate::ui::actions::tip;
use crate::ui::messages::{M, t};
use crate::ui::parts::{self, Ask, Part};
use crate::ui::session::Session;
use crate::ui::view::{El, Node, button, el, many, when};
use leptos::prelude::*;

/// A field to paste into, a button to choose files, and the story they join.
pub(in crate::ui) fn add(session: Session) -> Node {
    let text = RwSignal::new(String::new());
    let story = RwSignal::new(None::<Id<Story>>);
    let field = el("textarea")
        .id("paste")
        .set("rows", "5")
        .set("placeholder", t(M::PasteHint))
        .label(t(M::PasteTitle))
        .set("dir", "auto")
        .value(move || text.get())
        .on_input(move |words| text.set(words))
        .on("paste", move |event| {
            // What a page or a document puts on the clipboard has links and paragraphs: they are worth keeping.
            if let Some(html) = browser::pasted_html(event) {
                event.prevent_default();
                parts::ask(session, Part::Files, Ask::Html(html));
            }
        });
    let add = move || parts::ask(session, Part::Files, Ask::Paste(text, story.get_untracked()));
    let pasted = button(t(M::AddPasted))
        .class("primary")
        .id("add-pasted")
        .live_flag("disabled", move || text.read().trim().is_empty())
        .on_click(add);
    let choose = button(t(M::ChooseFiles)).tip(tip("import")).on_click(|| browser::click("file-input"));
    let folder = button(t(M::ChooseFolder)).tip(tip("folder")).on_click(|| browser::click("folder-input"));
    el("section")
        .class("add")
        .set("aria-labelledby", "add-title")
        .child(el("h2").id("add-title").child(t(M::AddArticle)))
        .child(field)
        .child(el("p").class("row pasting").child(story_choice(session, story)).child(pasted))
        .child(
            el("p")
                .class("row")
                .child(choose)
                .child(folder)
                .child(el("span").class("hint").child(t(M::ChooseFilesNote))),
        )
        .into()
}

/// Which story a pasted article joins.
fn story_choice(session: Session, story: RwSignal<Option<Id<Story>>>) -> Node {
    let stories = Memo::new(move |_| session.project.with(told));
    when(
        move || !stories.read().is_empty(),
        move || {
            let select = el("select")
                .id("paste-story")
                .on_change(move |id| story.set(Id::parse(&id)))
                .child(option("", t(M::OwnStory)))
                .part(move || many(stories.get().into_iter().map(|(id, name)| option(id.to_string(), name))));
            el("label").class("story-choice").child(t(M::MoveTo)).child(" ").child(select).into()
        },
    )
}

fn option(value: impl Into<std::borrow::Cow<'static, str>>, words: impl Into<Node>) -> El {
    el("option").set("value", value).child(words)
}
