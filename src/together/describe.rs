//! Records and values in words.

use crate::model::{
    Anchor, Article, ArticleText, Body, Content, Entry, Holder, Id, Json, Mention, Project, RecordId,
};

/// At most so many characters, then an ellipsis.
pub(super) fn short(words: &str, most: usize) -> String {
    let mut chars = words.chars();
    let mut shown: String = chars.by_ref().take(most).map(|c| if c == '\n' { ' ' } else { c }).collect();
    if chars.next().is_some() {
        shown.push('…');
    }
    shown
}

/// What people call a person.
pub(super) fn person(project: &Project, id: &RecordId) -> String {
    let name = id.typed().map(|id| project.person_name(&id)).unwrap_or_default();
    if name.is_empty() { format!("{} {}", super::words::UNNAMED, last(id.as_str())) } else { name }
}

/// The end of an id, which tells two nameless apart.
fn last(id: &str) -> &str {
    id.get(id.len().saturating_sub(4)..).unwrap_or(id)
}

/// The headline of the first article of a text.
pub(super) fn title(project: &Project, text: &Id<ArticleText>) -> String {
    let article = project.all::<Article>().find(|a| a.text == *text);
    article.map(|a| article_title(project, &a.id())).unwrap_or_default()
}

/// The headline of an article with its outlet.
pub(super) fn article_title(project: &Project, id: &Id<Article>) -> String {
    let Some(article) = project.find(id) else { return id.to_string() };
    let title = article.title.get().clone().unwrap_or_default();
    match article.outlet.get() {
        Some(outlet) => format!("{outlet}: {}", short(&title, 60)),
        None => short(&title, 70),
    }
}

/// The article of a text, to go to.
pub(super) fn article_of(project: &Project, text: &Id<ArticleText>) -> Option<String> {
    project.all::<Article>().find(|a| a.text == *text).map(|a| a.id().to_string())
}

/// The text a record is about.
pub(super) fn text_of(entry: &Entry) -> Option<&Id<ArticleText>> {
    match &entry.body {
        Body::Attribution(a) => Some(&a.text),
        Body::Stance(s) => Some(&s.text),
        Body::Mention(m) => Some(&m.text),
        Body::Segment(s) => Some(&s.text),
        Body::Coverage(c) => Some(&c.text),
        Body::Article(a) => Some(&a.text),
        _ => None,
    }
}

/// Whose stance.
fn holder(project: &Project, holder: Option<&Holder>) -> String {
    match holder {
        Some(Holder::Article) => super::words::THE_ARTICLE.into(),
        Some(Holder::Source(id)) => project.source_name(id),
        None => "?".into(),
    }
}

/// Who speaks in an attribution.
pub(super) fn speaker(project: &Project, sources: &[Id<Mention>]) -> Option<String> {
    let mention = project.find(sources.first()?)?;
    let named = mention.source.get().as_ref().map(|s| project.source_name(s)).filter(|n| !n.is_empty());
    named.or_else(|| mention.anchor.get().as_ref().map(|a| a.exact.clone()))
}

/// A record in a line.
pub(super) fn thing(project: &Project, id: &RecordId) -> String {
    let Some(entry) = project.entry(id) else { return format!("{} ({id})", super::words::MISSING) };
    let named = |name: &Option<String>| name.clone().unwrap_or_default();
    let words = match &entry.body {
        Body::Person(_) => person(project, id),
        Body::Label(l) => format!("{} ({})", named(l.name.get()), l.scheme),
        Body::Source(s) => named(s.name.get()),
        Body::Target(t) => named(t.name.get()),
        Body::Story(s) => named(s.name.get()),
        Body::ProjectInfo(p) => named(p.name.get()),
        Body::Article(_) => id.typed().map(|id| article_title(project, &id)).unwrap_or_default(),
        Body::Attribution(a) => attribution(project, a),
        Body::Mention(m) => {
            format!("“{}”", m.anchor.get().as_ref().map(|a| short(&a.exact, 60)).unwrap_or_default())
        }
        Body::Stance(s) => {
            let value =
                s.value.get().as_ref().and_then(|v| project.find(v)).and_then(|l| l.name.get().clone());
            let target =
                s.target.get().as_ref().and_then(|t| project.find(t)).and_then(|t| t.name.get().clone());
            let (value, target) = (value.unwrap_or("?".into()), target.unwrap_or("?".into()));
            format!("{} → {target}: {value}", holder(project, s.holder.get().as_ref()))
        }
        Body::Segment(s) => format!("“{}”", short(&s.anchor.exact, 60)),
        Body::Decision(d) => {
            let result = d.result.get().as_ref().map(|gold| thing(project, gold));
            let outcome = super::words::outcome(d.outcome.get().as_deref().unwrap_or_default());
            result.map_or(outcome.to_owned(), |gold| format!("{outcome}: {gold}"))
        }
        _ => entry.kind().replace('_', " "),
    };
    if words.is_empty() { format!("{} {}", entry.kind(), last(id.as_str())) } else { words }
}

/// An attribution in a line: what was said, and who said it.
fn attribution(project: &Project, a: &crate::model::Attribution) -> String {
    let said: Vec<String> = a.contents.get().iter().map(|c| format!("“{}”", short(&c.exact, 90))).collect();
    let said = if said.is_empty() { super::words::NO_QUOTATION.to_owned() } else { said.join(" … ") };
    let who = speaker(project, a.sources.get()).map_or(String::new(), |who| format!(" – {who}"));
    let label = a.r#type.get().as_ref().map_or(String::new(), |t| format!(" [{}]", t.as_str()));
    format!("{said}{who}{label}")
}

/// A field's name for people.
pub(super) fn field(name: &str) -> String {
    name.replace('_', " ")
}

/// A value for people: names for ids, the marked words for places.
pub(super) fn value(project: &Project, json: &Json) -> String {
    let one = |word: &String| {
        let id = RecordId::from_file(word);
        if project.entry(&id).is_some() { thing(project, &id) } else { word.clone() }
    };
    let marked = |exact: Vec<String>| {
        exact.iter().map(|e| format!("“{}”", short(e, 90))).collect::<Vec<_>>().join(" … ")
    };
    if let Ok(word) = json.to::<String>() {
        return short(&one(&word), 200);
    }
    if let Ok(list) = json.to::<Vec<String>>() {
        let list: Vec<String> = list.iter().map(one).collect();
        return if list.is_empty() { super::words::NOTHING.into() } else { list.join(", ") };
    }
    if let Ok(list) = json.to::<Vec<Content>>() {
        return marked(list.into_iter().map(|c| c.exact.clone()).collect());
    }
    if let Ok(list) = json.to::<Vec<Anchor>>() {
        return marked(list.into_iter().map(|a| a.exact).collect());
    }
    if let Ok(anchor) = json.to::<Anchor>() {
        return marked(vec![anchor.exact]);
    }
    match json.as_str() {
        "null" => super::words::NOTHING.into(),
        "true" => super::words::YES.into(),
        "false" => super::words::NO.into(),
        other => short(other, 120),
    }
}
