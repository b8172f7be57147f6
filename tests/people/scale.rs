//! A large project and the work of many on it, the same each time: for measuring.

use variorum::model::{
    Anchor, Attribution, Content, Coverage, CoverageState, Dot, Entry, Id, Layer, Made, Part, Person,
    Project, ReplicaId, Stamp, Time,
};
use variorum::store::{Context, NewArticle, Replica, apply, decide, text_id};
use variorum::text::{Text, words};

/// Numbers that look random and are the same everywhere.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// The project that is handed out: so many articles of 400 words.
pub(crate) fn ground(articles: usize) -> (Project, Vec<Text>) {
    let mut chance = Chance(1);
    let syllables = ["ka", "lo", "mi", "ren", "tus", "sel", "pa", "dor"];
    let mut word = || (0..3).map(|_| syllables[chance.below(8) as usize]).collect::<String>();
    let texts: Vec<Text> =
        (0..articles).map(|_| Text::new((0..400).map(|_| word()).collect::<Vec<_>>().join(" "))).collect();
    let mut project = Project::new(Id::random(1));
    let mut replica = Replica::new(ReplicaId::new("ground"));
    let mut next = 0;
    let mut bits = || {
        next += 1;
        next
    };
    let mut context =
        Context { by: Id::random(2), on: Time::default(), replica: &mut replica, bits: &mut bits };
    let new = texts.iter().enumerate().map(|(i, text)| NewArticle {
        content: text.clone(),
        extractor: "bench".into(),
        origin: None,
        title: format!("Article {i}"),
        language: None,
        links: vec![],
        story: None,
        facts: variorum::model::Facts::default(),
        cleaning: None,
    });
    let command = variorum::store::Command::AddArticles { articles: new.collect() };
    let step = decide(&project, command, &mut context).expect("a sound command");
    apply(&mut project, &step);
    (project, texts)
}

/// One annotator's copy: forty spans in every article, all finished.
pub(crate) fn annotated(ground: &Project, texts: &[Text], who: u64) -> Project {
    let mut project = ground.clone();
    let replica = ReplicaId::new(&format!("r{who}"));
    let by: Id<Person> = Id::random(100 + u128::from(who));
    let mut chance = Chance(who + 7);
    let mut n = 0;
    let mut stamp = || {
        n += 1;
        Stamp { at: Dot(replica.clone(), n), by: by.clone(), on: Time::default() }
    };
    for (t, text) in texts.iter().enumerate() {
        let all = words(text, text.whole());
        for span in 0..40 {
            let from = span * 10;
            let to = from + 3 + chance.below(5) as usize;
            let place = variorum::text::Span::new(text, all[from].start().byte(), all[to].end().byte());
            let anchor = Anchor::of(text, place.expect("words")).expect("words");
            let mut body = Attribution::blank(text_id(text), Made::by_hand(true));
            body.contents = vec![Content::new(anchor, Part::Quoted)].into();
            let id: Id<Attribution> =
                Id::random(u128::from(who + 1) << 80 | (t as u128) << 20 | span as u128);
            project.merge_entry(id.record().clone(), Entry::new(stamp(), body));
        }
        let id: Id<Coverage> = Id::derived(&[by.as_str(), text_id(text).as_str(), "attribution"]);
        let mut done = Coverage::blank(by.clone(), text_id(text), Layer::Attribution);
        done.state = Some(CoverageState::Done).into();
        project.merge_entry(id.record().clone(), Entry::new(stamp(), done));
    }
    project
}
