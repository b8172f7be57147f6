//! The story's speakers, each on a number key, and what is known of them.

use super::desk::Desk;
use super::gestures;
use super::picker::{self, Pick};
use super::taking::speaker_of;
use crate::model::{
    Affiliation, Holder, Id, Mention, Project, RecordId, Source, SourceKind, SourceRole, SourceStatus,
    Stance, Target,
};
use crate::store::Command;
use crate::text::order;
use crate::ui::messages::{M, fill, t};
use crate::ui::session::Session;
use crate::ui::view::{El, Node, button, el, many, when};
use leptos::prelude::*;

/// How many of the cast have a number key; the rest unfold, and are found by typing.
const KEYS: usize = 9;

/// A member of the cast.
#[derive(Clone, PartialEq)]
pub(super) struct Member {
    pub(super) id: Id<Source>,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) aliases: Vec<String>,
    affiliation: String,
    role: String,
    status: String,
}

/// The cast in the order of its number keys: those who speak in this article first, then the rest of the
/// story's; among each the ones that came first, so that a number keeps its speaker.
pub(super) fn members(desk: Desk) -> Vec<Member> {
    let here: Vec<RecordId> = desk.shown(super::marks::Marks::sources).unwrap_or_default();
    let Some(article) = desk.article() else { return Vec::new() };
    desk.session.project.with_untracked(|p| {
        let Some(article) = p.find(&article) else { return Vec::new() };
        let mut cast: Vec<_> = p.all::<Source>().filter(|s| s.story.get() == article.story.get()).collect();
        order::sort_by_key(&mut cast, |s| {
            (here.binary_search(s.id().record()).is_err(), s.entry.made.on, s.entry.made.at.clone())
        });
        let word = |word: Option<&str>| word.unwrap_or_default().to_owned();
        let member = |s: &crate::model::Item<'_, Source>| Member {
            id: s.id(),
            name: s.name.get().clone().unwrap_or_default(),
            kind: word(s.source_kind.get().as_ref().map(SourceKind::as_str)),
            aliases: s.aliases.get().clone(),
            affiliation: word(s.affiliation.get().as_ref().map(Affiliation::as_str)),
            role: word(s.role.get().as_ref().map(SourceRole::as_str)),
            status: word(s.status.get().as_ref().map(SourceStatus::as_str)),
        };
        cast.iter().map(member).collect()
    })
}

/// The cast. Shown as soon as there is somebody in it.
pub(super) fn cast(desk: Desk) -> Node {
    let cast = Memo::new(move |_| {
        desk.changed.track();
        members(desk)
    });
    let open: RwSignal<Option<Id<Source>>> = RwSignal::new(None);
    let rows = move |from: usize, count: usize| {
        let all = cast.get().into_iter().enumerate().skip(from).take(count);
        many(all.map(|(i, member)| row(desk, open, i + 1, member)))
    };
    let more = move || {
        let count = cast.read().len();
        (count > KEYS).then(|| {
            let title = fill(M::CastMore, &[&(count - KEYS).to_string()]);
            el("details")
                .child(el("summary").class("hint").child(title))
                .child(el("ul").child(rows(KEYS, count)))
        })
    };
    let editor = move || {
        let id = open.get()?;
        let member = cast.get().into_iter().find(|m| m.id == id)?;
        Some(editor(desk, open, member))
    };
    when(
        move || !cast.read().is_empty(),
        move || {
            el("section")
                .class("cast")
                .label(t(M::Cast))
                .tip(t(M::CastHint))
                .child(el("h2").child(t(M::Cast)))
                .child(el("ul").part(move || rows(0, KEYS)))
                .part(move || more().into())
                .part(move || editor().into())
                .into()
        },
    )
}

fn row(desk: Desk, open: RwSignal<Option<Id<Source>>>, number: usize, member: Member) -> El {
    let session = desk.session;
    let speaks = {
        let id = member.id.clone();
        move || {
            desk.changed.track();
            session.active.get().and_then(|a| speaker_of(session, &a)) == Some(id.clone())
        }
    };
    let pick = {
        let (id, name) = (member.id.clone(), member.name.clone());
        move || gestures::say_speaker(desk, id.clone(), &name)
    };
    let unfold = {
        let id = member.id.clone();
        move || open.update(|now| *now = (now.as_ref() != Some(&id)).then(|| id.clone()))
    };
    let (again, kind) = (unfold.clone(), member.kind.replace('_', " "));
    let tip = match &*kind {
        "" => fill(M::SpeakerIs, &[&member.name]),
        kind => format!("{} ({kind})", fill(M::SpeakerIs, &[&member.name])),
    };
    let shown = button(Node::Nothing)
        .class("quiet")
        .tip(tip)
        .on_click(pick)
        .on("dblclick", move |_| unfold())
        .child((number <= KEYS).then(|| el("kbd").child(number.to_string())))
        .child(el("span").set("dir", "auto").child(member.name.clone()));
    let pencil =
        button("✎").class("quiet pencil").label(fill(M::AboutSpeaker, &[&member.name])).on_click(again);
    el("li").class_if("speaks", speaks).child(shown).child(pencil)
}

/// The words of a closed vocabulary, as the file has them.
macro_rules! words {
    ($name:ident) => {
        $name::ALL.iter().map($name::as_str).collect()
    };
}

/// What is known of one of the cast.
fn editor(desk: Desk, open: RwSignal<Option<Id<Source>>>, member: Member) -> El {
    let session = desk.session;
    let id = member.id.clone();
    let rename = {
        let id = id.clone();
        move |name: String| {
            session.run(Command::RenameSource { source: id.clone(), name });
        }
    };
    let realias = {
        let id = id.clone();
        move |names: String| {
            let names = names.split(',').map(str::trim).filter(|n| !n.is_empty());
            session
                .run(Command::SetAliases { source: id.clone(), aliases: names.map(str::to_owned).collect() });
        }
    };
    let field = |label: M, value: &str, change: Box<dyn FnMut(String)>| {
        let input = el("input").set("type", "text").label(t(label)).set("value", value.to_owned());
        el("label").class("field").child(el("span").child(t(label))).child(session.typed(input, change))
    };
    let name = field(M::SpeakerName, &member.name, Box::new(rename));
    let aliases = field(M::Aliases, &member.aliases.join(", "), Box::new(realias));
    let close = move || {
        open.set(None);
        super::to_text();
    };
    let unused = session.project.with_untracked(|p| !is_named(p, &id));
    let remove = {
        let record = id.record().clone();
        move || {
            close();
            session.run(Command::Delete { records: vec![record.clone()] });
        }
    };
    let remove = button(t(M::RemoveSpeaker)).class("quiet").on_click(remove);
    let merge = move || {
        picker::open(desk, Pick::Merge(id.clone()));
    };
    el("div")
        .class("speaker")
        .child(name)
        .child(aliases)
        .child(vocabulary(
            session,
            M::SpeakerKind,
            words!(SourceKind),
            &member,
            &member.kind,
            |source, word| Command::SetSourceKind { source, kind: word.map(SourceKind::from) },
        ))
        .child(vocabulary(
            session,
            M::Affiliation,
            words!(Affiliation),
            &member,
            &member.affiliation,
            |source, word| Command::SetAffiliation { source, affiliation: word.map(Affiliation::from) },
        ))
        .child(vocabulary(
            session,
            M::SpeakerRole,
            words!(SourceRole),
            &member,
            &member.role,
            |source, word| Command::SetSourceRole { source, role: word.map(SourceRole::from) },
        ))
        .child(vocabulary(
            session,
            M::SpeakerStatus,
            words!(SourceStatus),
            &member,
            &member.status,
            |source, word| Command::SetSourceStatus { source, status: word.map(SourceStatus::from) },
        ))
        .child(
            el("p")
                .class("row")
                .child(button(t(M::MergeSpeaker)).class("quiet merge").on_click(merge))
                .child(
                    button(t(M::SplitSpeaker))
                        .class("quiet")
                        .on_click(move || picker::open(desk, Pick::Split)),
                )
                .child(unused.then_some(remove))
                .child(button(t(M::Close)).class("quiet").on_click(close)),
        )
}

/// Whether anything in the project says that it means this one.
fn is_named(project: &Project, id: &Id<Source>) -> bool {
    let holder = Holder::Source(id.clone());
    project.all::<Mention>().any(|m| m.source.get().as_ref() == Some(id))
        || project.all::<Stance>().any(|s| s.holder.get().as_ref() == Some(&holder))
        || project.all::<Target>().any(|t| t.source.get().as_ref() == Some(id))
}

/// A list of such words, to choose one or none.
fn vocabulary(
    session: Session,
    label: M,
    words: Vec<&'static str>,
    member: &Member,
    chosen: &str,
    command: fn(Id<Source>, Option<&str>) -> Command,
) -> El {
    let source = member.id.clone();
    let set = move |word: String| {
        session.run(command(source.clone(), Some(&*word).filter(|w| !w.is_empty())));
    };
    let options = std::iter::once("").chain(words).map(|word| {
        let shown = if word.is_empty() { "–".to_owned() } else { word.replace('_', " ") };
        el("option").set("value", word.to_owned()).flag("selected", word == chosen).child(shown)
    });
    el("label")
        .class("field")
        .child(el("span").child(t(label)))
        .child(el("select").label(t(label)).on_change(set).children(options))
}

/// Whether words are in a paragraph that credits contributors: those are no sources.
pub(super) fn is_credit(paragraph: &str) -> bool {
    const CREDITS: [&str; 7] = [
        "additional reporting by",
        "further reporting by",
        "reporting by",
        "editing by",
        "edited by",
        "with reporting by",
        "writing by",
    ];
    let begin: String = paragraph.chars().take(40).flat_map(char::to_lowercase).collect();
    CREDITS.iter().any(|credit| begin.trim_start().trim_start_matches('(').starts_with(credit))
        || (paragraph.len() < 200 && begin.contains(" contributed to this "))
}
