//! Splits of a data set: no family on two sides, labels in proportion.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use std::collections::{BTreeMap, BTreeSet};
use variorum::codecs::exchange::{Documents as _, Options};
use variorum::dataset::split::{Chance, Family, distance, random, split};
use variorum::dataset::{Dataset, Plan, Rule, RuleBy, Selection};
use variorum::model::{Article, Id, Project, ReplicaId, Time};
use variorum::store::{Command, Context, NewArticle, Replica, apply, article_id, decide, text_id};
use variorum::text::Text;

fn plan(seed: u64) -> Plan {
    let parts = [("train", 80), ("validation", 10), ("test", 10)];
    Plan { parts: parts.map(|(name, share)| (name.to_owned(), share)).to_vec(), seed, rules: Vec::new() }
}

/// Families of one to five articles with labels in uneven numbers.
fn families(seed: u64, count: usize) -> Vec<Family> {
    let mut chance = Chance::new(seed);
    let labels = ["direct", "indirect", "mixed", "favor:against", "favor:favor", "favor:none"];
    let family = |_| {
        let mut of = BTreeMap::new();
        for (i, label) in labels.iter().enumerate() {
            let n = chance.below(12 / (i + 1) + 2);
            if n > 0 {
                of.insert((*label).to_owned(), n);
            }
        }
        Family { articles: 1 + chance.below(5), labels: of, fixed: None }
    };
    (0..count).map(family).collect()
}

#[test]
fn two_hundred_splits_are_each_at_least_as_even_as_the_best_of_a_hundred_random_ones() {
    for seed in 0..200 {
        let families = families(seed % 10, 40);
        let plan = plan(seed);
        let found = split(&families, &plan);
        assert_eq!(found, split(&families, &plan), "the same seed, the same split");
        let mut chance = Chance::new(seed ^ 0xabcd);
        let one = |_| distance(&families, &random(&families, &plan.parts, &mut chance), 3);
        let best = (0..100).map(one).fold(f64::INFINITY, f64::min);
        let ours = distance(&families, &found, 3);
        assert!(ours <= best, "seed {seed}: {ours} against {best}");
        let sizes = |part| {
            families.iter().zip(&found).filter(|(_, p)| **p == part).map(|(f, _)| f.articles).sum::<usize>()
        };
        let total: usize = families.iter().map(|f| f.articles).sum();
        let shares = [0.8, 0.1, 0.1];
        for (part, share) in shares.iter().enumerate() {
            // Each small part misses its share by at most one family; the large one makes up for both.
            assert!((sizes(part) as f64 - share * total as f64).abs() <= 10.0, "seed {seed}, part {part}");
        }
    }
}

/// A project of so many stories with two versions each; the last two stories share a text but for a word.
fn project(stories: usize) -> Project {
    let mut project = Project::new(Id::random(1));
    let mut replica = Replica::new(ReplicaId::new("test"));
    let mut next = 100;
    let mut bits = || {
        next += 1;
        next
    };
    let mut context =
        Context { by: Id::random(2), on: Time::default(), replica: &mut replica, bits: &mut bits };
    let mut run = |project: &mut Project, command| {
        let step = decide(project, command, &mut context).unwrap();
        apply(project, &step);
    };
    for story in 0..stories {
        let mut of = None;
        for version in 0..2 {
            let topic = story.min(stories - 2);
            let words: Vec<String> =
                (0..60).map(|i| format!("word{topic}x{}", (i * 7 + version * 300) % 997)).collect();
            let content = Text::new(format!("{} ending{story}.", words.join(" ")));
            let id = article_id(&text_id(&content), "");
            let article = NewArticle {
                content,
                extractor: "test".into(),
                origin: None,
                title: format!("Story {story}, version {version}"),
                language: None,
                links: vec![],
                story: of.clone(),
                facts: Default::default(),
                cleaning: None,
            };
            run(&mut project, Command::AddArticles { articles: vec![article] });
            of = project.find(&id).unwrap().story.get().clone();
        }
    }
    project
}

#[test]
fn no_story_and_no_copy_stands_on_two_sides() {
    let project = project(24);
    let selection = Selection::default();
    for seed in 0..200 {
        let data = Dataset::split(&project, &selection, Options::default(), plan(seed));
        assert_eq!(data.leaks(), [], "seed {seed}");
        let mut side: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        let mut named: BTreeMap<String, usize> = BTreeMap::new();
        for (part, articles) in data.articles().iter().enumerate() {
            for article in articles {
                let found = project.find::<Article>(article).unwrap();
                named.insert(found.title.get().clone().unwrap(), part);
                let story = found.story.get().clone().unwrap();
                side.entry(story.as_str().to_owned()).or_default().insert(part);
            }
        }
        assert_eq!(side.len(), 24);
        assert!(side.values().all(|parts| parts.len() == 1), "seed {seed}");
        let copies = (named["Story 22, version 0"], named["Story 23, version 0"]);
        assert_eq!(copies.0, copies.1, "copies in two stories stay together");
        assert!(data.parts().iter().all(|part| part.documents > 0));
    }
}

#[test]
fn a_rule_fixes_a_side_for_the_whole_story() {
    let project = variorum::sample::project().unwrap();
    let mut plan = plan(1);
    plan.rules = vec![Rule { part: "test".into(), by: RuleBy::From("2023-02-18".into()) }];
    let selection = Selection::default();
    let data = Dataset::split(&project, &selection, Options::default(), plan);
    assert_eq!(data.parts().iter().map(|p| p.documents).collect::<Vec<_>>(), [0, 0, 5]);
}
