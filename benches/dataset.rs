//! Speed of exports: ten thousand articles with a hundred thousand attributions. `cargo xtask bench dataset`.

use std::time::Instant;
use variorum::codecs::exchange::{Fault, Options, Sink};
use variorum::codecs::format;
use variorum::dataset::{Dataset, Selection};
use variorum::model::{
    Anchor, Article, ArticleText, Attribution, Body, Content, Dot, Entry, Id, Kind, Made, Mention, Part,
    Project, ReplicaId, Source, Stamp, Story, Time,
};
use variorum::text::{Span, Text, words};

/// Counts what is written.
#[derive(Default)]
struct Bytes(usize);

impl Sink for Bytes {
    fn begin(&mut self, _: &str) -> Result<(), Fault> {
        Ok(())
    }
    fn put(&mut self, text: &str) -> Result<(), Fault> {
        self.0 += text.len();
        Ok(())
    }
}

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

fn project(articles: usize, each: usize) -> Project {
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

/// The most memory this program has held, in MB, where the system says.
fn peak() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<usize>().ok()? / 1024)
}

fn main() {
    let (articles, each) = (10_000, 10);
    let project = project(articles, each);
    println!("exports of {articles} articles with {} attributions", articles * each);
    let selection = Selection::default();
    for name in ["jsonl", "doccano", "csv", "conll", "cas-xmi"] {
        let start = Instant::now();
        let data = Dataset::whole(&project, &selection, Options::default());
        let mut bytes = Bytes::default();
        let codec = format(name).expect("a format");
        codec.write(&data, &mut bytes).expect("written");
        let time = start.elapsed().as_secs_f64();
        let memory = peak().map_or_else(String::new, |mb| format!(", {mb} MB at most so far"));
        println!("  {name:8} {:6.1} MB in {time:5.2} s{memory}", bytes.0 as f64 / 1e6);
    }
}
