//! What there is in a data set, counted while its documents go by.

use super::Document;
use std::collections::{BTreeMap, BTreeSet};

/// Languages, labels and sources of the documents seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// The languages of the articles.
    pub languages: BTreeSet<String>,
    /// For each label, how often it occurs in each part. A label's name begins with its layer.
    pub labels: BTreeMap<String, Vec<usize>>,
    /// The names of those who speak.
    pub sources: BTreeSet<String>,
    /// How many documents hold the marks of several people.
    pub several: usize,
    /// How many stances each part has.
    pub stances: Vec<usize>,
    parts: usize,
}

impl Counts {
    /// Nothing seen yet of so many parts.
    pub fn of(parts: usize) -> Self {
        Self { parts, stances: vec![0; parts], ..Self::default() }
    }

    /// Counts a document of a part.
    pub fn count(&mut self, part: usize, document: &Document) {
        if !document.language.is_empty() && !self.languages.contains(&document.language) {
            self.languages.insert(document.language.clone());
        }
        self.several += usize::from(document.is_of_several());
        let mut name = String::new();
        for mark in &document.marks {
            name.clear();
            name.extend([mark.layer.as_str(), " · ", &mark.label]);
            self.label(part, &name);
            if let Some(source) = mark.attribute("source").filter(|source| !self.sources.contains(*source)) {
                self.sources.insert(source.to_owned());
            }
        }
        for opinion in &document.opinions {
            name.clear();
            name.extend(["stances · ", &opinion.scheme, " ", &opinion.label]);
            self.label(part, &name);
        }
        self.stances[part] += document.opinions.len();
    }

    fn label(&mut self, part: usize, name: &str) {
        if !self.labels.contains_key(name) {
            self.labels.insert(name.to_owned(), vec![0; self.parts]);
        }
        if let Some(count) = self.labels.get_mut(name).and_then(|counts| counts.get_mut(part)) {
            *count += 1;
        }
    }
}
