//! Commands on the project itself: people, articles, stories, the built-in schemes.

use super::attributing;
use super::command::Rejection;
use super::editor::{Editor, set};
use super::lasting;
use crate::model::{
    Anchor, Article, ArticleText, Body, Cleaning, Facts, Hyperlink, Id, Label, Layer, Meaning, Origin,
    Person, Project, ProjectInfo, RecordId, Segment, Story,
};
use crate::text::Text;

/// An article on its way into a project.
#[derive(Clone, Debug)]
pub struct NewArticle {
    /// Its text, line ends LF, no byte order mark.
    pub content: Text,
    /// What read it out of its file, «name version».
    pub extractor: String,
    /// The file.
    pub origin: Option<Origin>,
    /// Its headline.
    pub title: String,
    /// Its language, as a BCP 47 tag.
    pub language: Option<String>,
    /// The links it carried.
    pub links: Vec<Hyperlink>,
    /// The story it joins, which begins with it if it is not there yet; without one it begins its own.
    pub story: Option<Id<Story>>,
    /// What was found out about it.
    pub facts: Facts,
    /// Where its text is a cleaning: of what, and what was cut.
    pub cleaning: Option<Cleaning>,
}

/// The id of the text with this content.
pub fn text_id(content: &str) -> Id<ArticleText> {
    Id::derived(&[content])
}

/// The id of the article with this text; `salt` is empty but for another publication of the same text.
pub fn article_id(text: &Id<ArticleText>, salt: &str) -> Id<Article> {
    Id::derived(&[text.as_str(), salt])
}

/// The id of the segment at a place of a text.
pub fn segment_id(text: &Id<ArticleText>, anchor: &Anchor) -> Id<Segment> {
    Id::derived(&[text.as_str(), &anchor.start.0.to_string(), &anchor.end.0.to_string()])
}

/// The id of a built-in label.
pub fn label_id(scheme: &str, name: &str) -> Id<Label> {
    Id::derived(&[scheme, name])
}

/// A label of a built-in scheme: its name, meaning and key.
pub type BuiltInLabel = (&'static str, Meaning, &'static str);

/// The schemes every project begins with: name, and each label's name, meaning and key.
pub const BUILT_IN_SCHEMES: &[(&str, &[BuiltInLabel])] = &[
    (
        "favor",
        &[("favor", Meaning::For, "f"), ("against", Meaning::Against, "a"), ("none", Meaning::Neutral, "n")],
    ),
    (
        "support",
        &[
            ("support", Meaning::For, "s"),
            ("deny", Meaning::Against, "d"),
            ("query", Meaning::Query, "q"),
            ("comment", Meaning::Neutral, "c"),
        ],
    ),
    (
        "agree",
        &[
            ("agree", Meaning::For, "a"),
            ("disagree", Meaning::Against, "d"),
            ("discuss", Meaning::Neutral, "i"),
            ("unrelated", Meaning::NotApplicable, "u"),
        ],
    ),
    (
        "observe",
        &[
            ("for", Meaning::For, "f"),
            ("against", Meaning::Against, "a"),
            ("observing", Meaning::Neutral, "o"),
        ],
    ),
    (
        "polarity",
        &[
            ("positive", Meaning::For, "p"),
            ("negative", Meaning::Against, "n"),
            ("neutral", Meaning::Neutral, "u"),
        ],
    ),
];

pub(super) fn begin(e: &mut Editor<'_, '_, '_>, name: String) {
    let info = ProjectInfo {
        name: Some(name.trim().to_owned()).filter(|n| !n.is_empty()).into(),
        layers: vec![Layer::Attribution, Layer::Stance].into(),
        ..ProjectInfo::blank()
    };
    let id = e.project().id().record().clone();
    e.make(&id, info);
    for (scheme, labels) in BUILT_IN_SCHEMES {
        for (order, (name, meaning, key)) in labels.iter().enumerate() {
            let label = Label {
                name: Some((*name).to_owned()).into(),
                meaning: Some(meaning.clone()).into(),
                key: Some((*key).to_owned()).into(),
                order: (order as u32).into(),
                ..Label::blank((*scheme).to_owned())
            };
            e.make(label_id(scheme, name).record(), label);
        }
    }
}

/// A label of the project's own, behind those that its scheme has.
pub(super) fn add_label(
    e: &mut Editor<'_, '_, '_>,
    id: &Id<Label>,
    scheme: String,
    name: String,
    meaning: Meaning,
) {
    let order = e.project().labels(&scheme).last().map_or(0, |last| last.order.get() + 1);
    let label = Label {
        name: Some(name).into(),
        meaning: Some(meaning).into(),
        order: order.into(),
        ..Label::blank(scheme)
    };
    e.make(id.record(), label);
}

pub(super) fn name_person(e: &mut Editor<'_, '_, '_>, person: &Id<Person>, name: String) {
    e.make(person.record(), Person { name: Some(name.clone()).into(), ..Person::blank() });
    set!(e, person, Person.name = Some(name));
}

pub(super) fn make_story(e: &mut Editor<'_, '_, '_>, id: &Id<Story>, name: String) {
    e.make(id.record(), Story { name: Some(name).into(), ..Story::blank() });
}

/// Whether an article with these words was removed for good from a project, to which it cannot come back.
pub fn is_gone_for_good(project: &Project, content: &Text) -> bool {
    let text = text_id(content);
    let article = article_id(&text, "");
    let purged = |id: &RecordId| project.entry(id).is_some_and(|entry| matches!(entry.body, Body::Purged));
    purged(text.record()) || purged(article.record())
}

pub(super) fn add_articles(e: &mut Editor<'_, '_, '_>, articles: Vec<NewArticle>) -> Result<(), Rejection> {
    let gone = articles.iter().filter(|new| is_gone_for_good(e.project(), &new.content)).count();
    if gone > 0 && gone == articles.len() {
        return Err(Rejection::RemovedForGood);
    }
    for new in articles {
        if is_gone_for_good(e.project(), &new.content) {
            continue;
        }
        let text = text_id(&new.content);
        let article = article_id(&text, "");
        if e.get(&article).is_some() {
            // It may have come without its words.
            lasting::complete(e, vec![new.content]);
            continue;
        }
        let story = match new.story.clone() {
            Some(story) => {
                if e.get(&story).is_none() {
                    make_story(e, &story, new.title.clone());
                }
                story
            }
            None => {
                let story = e.new_id();
                make_story(e, &story, new.title.clone());
                story
            }
        };
        make_text(e, &text, &new);
        make_segments(e, &text, &new);
        let body = Article {
            story: Some(story.clone()).into(),
            title: Some(new.title).into(),
            outlet: new.facts.outlet.into(),
            byline: new.facts.byline.into(),
            credits: new.facts.credits.into(),
            published: new.facts.published.into(),
            url: new.facts.url.into(),
            language: new.language.into(),
            links: new.links.into(),
            ..Article::blank(text, String::new())
        };
        e.make(article.record(), body);
        // An article that was deleted before comes back, into the story it was added to now.
        set!(e, &article, Article.story = Some(story));
    }
    Ok(())
}

/// The text of an article, and before it the one of which it is a cleaning.
fn make_text(e: &mut Editor<'_, '_, '_>, text: &Id<ArticleText>, new: &NewArticle) {
    let whole = |content: &Text| ArticleText {
        content: Some(content.clone()),
        origin: new.origin.clone(),
        ..ArticleText::blank(content.length(), new.extractor.clone())
    };
    let mut record = whole(&new.content);
    if let Some(cleaning) = &new.cleaning {
        let from = text_id(&cleaning.from);
        e.make(from.record(), whole(&cleaning.from));
        record.cleaned_from = Some(from);
        record.cuts = Some(cleaning.cuts.clone());
    }
    e.make(text.record(), record);
}

fn make_segments(e: &mut Editor<'_, '_, '_>, text: &Id<ArticleText>, new: &NewArticle) {
    for (span, kind) in &new.facts.segments {
        let Some(anchor) = Anchor::of(&new.content, *span) else { continue };
        let id = segment_id(text, &anchor);
        let segment =
            Segment { segment_kind: Some(kind.clone()).into(), ..Segment::blank(text.clone(), anchor) };
        e.make(id.record(), segment);
    }
}

pub(super) fn delete(e: &mut Editor<'_, '_, '_>, id: &RecordId) {
    match id.typed() {
        Some(attribution) => attributing::delete(e, &attribution),
        None => e.delete(id),
    }
}
