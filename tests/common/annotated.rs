//! Large projects with attributions, for measuring.

use variorum::model::{
    Anchor, Article, ArticleText, Attribution, Body, Content, Dot, Entry, Id, Kind, Made, Mention, Part,
    Project, ReplicaId, Source, Stamp, Story, Time,
};
use variorum::text::{Span, Text, words};

struct Maker {
    project: Project,
    made: u64,
}

impl Maker {
    fn put<K: Kind>(&mut self, id: &Id<K>, body: impl Into<Body>) {
        self.made += 1;
        let stamp = Stamp { at: Dot(ReplicaId::new("b"), self.made), by: Id::random(2), on: Time::default() };
        self.project.merge_entry(id.record().clone(), Entry::new(stamp, body));
    }
}

fn invented(count: usize, mut state: u64) -> String {
    let syllables = ["ka", "lo", "mi", "ren", "tus", "ви", "ор", "sel", "pa", "dor"];
    let mut text = String::new();
    for i in 0..count {
        for _ in 0..3 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(syllables[((state >> 33) % 10) as usize]);
        }
        text.push_str(if i % 60 == 59 {
            ".\n\n"
        } else if i % 15 == 14 {
            ". "
        } else {
            " "
        });
    }
    text
}

/// So many articles of 400 invented words, each a story of its own with so many attributions.
pub(crate) fn project(articles: usize, each: usize) -> Project {
    let mut m = Maker { project: Project::new(Id::random(1)), made: 0 };
    for n in 0..articles {
        let text = Text::new(invented(400, n as u64 + 1));
        let text_id: Id<ArticleText> = Id::derived(&[&text]);
        let article: Id<Article> = Id::derived(&[text_id.as_str(), ""]);
        let story: Id<Story> = Id::random(n as u128 + 1);
        let source: Id<Source> = Id::random(n as u128 + 1);
        m.put(&story, Story { name: Some(format!("Story {n}")).into(), ..Story::blank() });
        m.put(&source, Source { name: Some(format!("Source {n}")).into(), ..Source::blank() });
        let all = words(&text, text.whole());
        let anchor = |from: usize, to: usize| {
            let span = Span::new(&text, all[from].start().byte(), all[to].end().byte())?;
            Anchor::of(&text, span)
        };
        for k in 0..each {
            let at = k * (380 / each);
            let (Some(content), Some(cue)) = (anchor(at, at + 10), anchor(at + 11, at + 11)) else {
                continue;
            };
            let id = (n * each + k) as u128 + 1;
            let mention: Id<Mention> = Id::random(id);
            let named = Mention {
                anchor: anchor(at + 12, at + 13).into(),
                source: Some(source.clone()).into(),
                ..Mention::blank(text_id.clone())
            };
            m.put(&mention, named);
            let attribution = Attribution {
                contents: vec![Content::new(content, Part::Quoted)].into(),
                cues: vec![cue].into(),
                sources: vec![mention].into(),
                r#type: Some("direct".into()).into(),
                ..Attribution::blank(text_id.clone(), Made::by_hand(true))
            };
            m.put(&Id::<Attribution>::random(id), attribution);
        }
        let record =
            ArticleText { content: Some(text.clone()), ..ArticleText::blank(text.length(), "bench".into()) };
        m.put(&text_id, record);
        m.put(&article, Article { story: Some(story).into(), ..Article::blank(text_id, String::new()) });
    }
    m.project
}
