//! Speed of the core, as ratios and growth in one run: `cargo xtask bench`.
//!
//! Times are for looking at; what counts is how they grow and how they compare in the same run.

use std::hint::black_box;
use std::time::Instant;
use variorum::codecs::project_file;
use variorum::model::{ArticleText, Attribution, Id, Person, Project, ReplicaId, Time};
use variorum::store::{Command, Context, MarkRole, NewArticle, Replica, apply, decide, text_id};
use variorum::text::{Span, Text, words};

/// The best of several runs, in milliseconds: the one that was disturbed least.
fn best<T>(runs: usize, mut work: impl FnMut() -> T) -> f64 {
    let time = |_| {
        let start = Instant::now();
        let made = black_box(work());
        let time = start.elapsed().as_secs_f64() * 1e3;
        drop(made);
        time
    };
    (0..runs).map(time).fold(f64::INFINITY, f64::min)
}

/// A text of so many words that does not repeat itself, the same on every machine.
fn invented(count: usize, seed: u64) -> String {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    let syllables = ["ka", "lo", "mi", "ren", "tus", "ви", "ор", "sel", "pa", "dor"];
    let mut text = String::new();
    for i in 0..count {
        let word: String = (0..2 + next() % 3).map(|_| syllables[(next() % 10) as usize]).collect();
        text.push_str(&word);
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

/// A project of so many articles, each with twenty attributions.
fn project(articles: usize) -> Project {
    let mut project = Project::new(Id::random(1));
    let mut replica = Replica::new(ReplicaId::new("bench"));
    let mut next = 0;
    let mut bits = || {
        next += 1;
        next
    };
    let on = Time::default();
    let by: Id<Person> = Id::random(2);
    let mut context = Context { by, on, replica: &mut replica, bits: &mut bits };
    let mut run = |project: &mut Project, command: Command| {
        let step = decide(project, command, &mut context).expect("a sound command");
        apply(project, &step);
    };
    for i in 0..articles {
        let text = Text::new(invented(800, i as u64 + 1));
        let new = NewArticle {
            content: text.clone(),
            extractor: "bench".into(),
            origin: None,
            title: format!("Article {i}"),
            language: None,
            links: vec![],
            story: None,
            facts: variorum::model::Facts::default(),
            cleaning: None,
        };
        run(&mut project, Command::AddArticles { articles: vec![new] });
        let all = words(&text, text.whole());
        for k in 0..20 {
            let attribution: Id<Attribution> = Id::random(1 << 100 | (i as u128) << 16 | k);
            let at = k as usize * 38;
            for (role, from, to) in
                [(MarkRole::Content, 0, 12), (MarkRole::Cue, 13, 13), (MarkRole::Source, 14, 15)]
            {
                let span = Span::new(&text, all[at + from].start().byte(), all[at + to].end().byte())
                    .expect("words");
                let command = Command::Mark {
                    attribution: attribution.clone(),
                    text: text_id(&text),
                    span,
                    role,
                    blind: true,
                };
                run(&mut project, command);
            }
        }
    }
    project
}

fn main() {
    project_files();
    if std::env::args().any(|argument| argument == "files") {
        return;
    }
    copying();
}

fn project_files() {
    println!("project file: reading and writing (20 attributions an article)");
    let mut per_article = Vec::new();
    for articles in [50, 200, 1_000] {
        let project = project(articles);
        let file = project_file::write(&project);
        let mb = file.len() as f64 / 1e6;
        let read = best(5, || project_file::read(&file).expect("it was just written"));
        let write = best(5, || project_file::write(&project));
        per_article.push(read / articles as f64);
        let characters: usize = project.all::<ArticleText>().map(|text| text.length.0 as usize).sum();
        println!(
            "  {articles:4} articles, {:4.1} million characters, {mb:5.1} MB: read {:6.1} MB/s, write {:6.1} MB/s",
            characters as f64 / 1e6,
            mb / read * 1e3,
            mb / write * 1e3
        );
    }
    println!(
        "  growth of reading per article, 50 to 1,000 articles: {:.2} ×",
        per_article[2] / per_article[0]
    );
}

fn copying() {
    println!("copying a project (records are shared, the map of them is not)");
    for articles in [10, 100, 200] {
        let project = project(articles);
        let copy = best(5, || project.clone());
        println!("  {articles:4} articles: {copy:.2} ms");
    }
}
