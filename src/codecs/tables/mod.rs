//! Tables for spreadsheets, R and pandas: articles, marks, ties, attributions, stances, sources.
//!
//! RFC 4180: a field is quoted where it must be, quotes doubled, rows end CRLF. Positions are code points.
//! TSV has the same tables with tabs, quoted in the same way.

use super::Issue;
use super::exchange::{Codec, Direction, Document, Documents, Fault, Loss, Sink, SourceFiles, Unit, Units};
use super::spacy::{opinion_packed, packed};
use crate::text::fields::field;
use std::collections::{BTreeMap, BTreeSet};

mod read;

/// Tables with a separator.
pub(super) struct Tables {
    separator: char,
}

/// The format `csv`.
pub(super) const CSV: Tables = Tables { separator: ',' };
/// The format `tsv`.
pub(super) const TSV: Tables = Tables { separator: '\t' };

/// A row; its end too.
pub(crate) fn csv_row(fields: &[&str], separator: char) -> String {
    let quoted: Vec<String> = fields.iter().map(|words| field(words, separator)).collect();
    quoted.join(separator.encode_utf8(&mut [0; 4])) + "\r\n"
}

/// The rows of a table.
pub(crate) fn csv_rows(text: &str, separator: char) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let put = |rows: &mut Vec<Vec<String>>, c: char| {
            if let Some(field) = rows.last_mut().and_then(|row| row.last_mut()) {
                field.push(c);
            }
        };
        let empty = rows.last().and_then(|row| row.last()).is_none_or(String::is_empty);
        match c {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                put(&mut rows, '"');
            }
            '"' if quoted => quoted = false,
            '"' if empty => quoted = true,
            c if quoted => put(&mut rows, c),
            c if c == separator => rows.last_mut().into_iter().for_each(|row| row.push(String::new())),
            '\n' => rows.push(vec![String::new()]),
            '\r' => {}
            c => put(&mut rows, c),
        }
    }
    rows.retain(|row| row.len() > 1 || row.first().is_some_and(|f| !f.is_empty()));
    rows
}

const ARTICLES: &[&str] = &[
    "article",
    "sha256",
    "title",
    "outlet",
    "published",
    "url",
    "language",
    "story",
    "story_name",
    "part",
    "text",
];
const MARKS: &[&str] = &["article", "mark", "start", "end", "label", "words", "attributes"];
const TIES: &[&str] = &["article", "from", "to", "label"];
const ATTRIBUTIONS: &[&str] = &[
    "attribution",
    "article",
    "outlet",
    "published",
    "type",
    "sources",
    "source_words",
    "cue_words",
    "content_words",
    "content_start",
    "content_end",
    "parent",
];
const STANCES: &[&str] =
    &["stance", "article", "holder", "target", "scheme", "label", "meaning", "words", "votes", "attributes"];
const SOURCES: &[&str] = &["source", "articles", "mentions", "attributions"];

impl Codec for Tables {
    fn name(&self) -> &'static str {
        if self.separator == ',' { "csv" } else { "tsv" }
    }
    fn about(&self) -> &'static str {
        "tables: articles, marks, ties, attributions, stances, sources"
    }
    fn direction(&self) -> Direction {
        Direction::Both
    }
    fn unit(&self) -> Unit {
        Unit::CodePoints
    }
    fn losses(&self) -> &'static [Loss] {
        &[]
    }
    fn can_withhold_texts(&self) -> bool {
        true
    }

    fn write(&self, data: &dyn Documents, out: &mut dyn Sink) -> Result<(), Fault> {
        type Rows = fn(&Document, &str, bool) -> Vec<Vec<String>>;
        let tables: [(&str, &[&str], Rows); 5] = [
            ("articles", ARTICLES, article_rows),
            ("marks", MARKS, mark_rows),
            ("ties", TIES, tie_rows),
            ("attributions", ATTRIBUTIONS, attribution_rows),
            ("stances", STANCES, stance_rows),
        ];
        let with_texts = !data.options().without_texts;
        let file = |name: &str| format!("{name}.{}", self.name());
        for (name, head, _) in tables {
            out.beside(&file(name), &csv_row(head, self.separator))?;
        }
        let mut sources = Sources::default();
        for (at, part) in data.parts().iter().enumerate() {
            let lines = |row: Vec<String>| {
                let fields: Vec<&str> = row.iter().map(String::as_str).collect();
                csv_row(&fields, self.separator)
            };
            let make = |d: &Document| {
                let of = |(_, _, rows): (&str, &[&str], Rows)| {
                    rows(d, &part.name, with_texts).into_iter().map(lines).collect()
                };
                tables.into_iter().map(of).collect()
            };
            data.made(at, &make, &mut |_, d, texts| {
                sources.count(d);
                tables.iter().zip(&texts).try_for_each(|((name, ..), text)| out.beside(&file(name), text))
            })?;
        }
        out.beside(&file("sources"), &sources.table(self.separator))
    }

    fn read(&self, files: &SourceFiles, issues: &mut Vec<Issue>) -> Result<Vec<Document>, Fault> {
        read::read(self, files, issues)
    }
}

/// Who speaks: in which articles, how often they are named, and in how many attributions they speak.
#[derive(Default)]
struct Sources(BTreeMap<String, (BTreeSet<String>, usize, usize)>);

impl Sources {
    fn count(&mut self, d: &Document) {
        for (i, mark) in d.marks.iter().enumerate() {
            let Some(source) = mark.attribute("source") else { continue };
            let entry = self.0.entry(source.to_owned()).or_default();
            entry.0.insert(d.article.clone());
            entry.1 += 1;
            entry.2 += d.attributions.iter().filter(|a| a.sources.contains(&i)).count();
        }
    }

    fn table(&self, separator: char) -> String {
        let mut table = csv_row(SOURCES, separator);
        for (source, (articles, mentions, attributions)) in &self.0 {
            let numbers = [articles.len(), *mentions, *attributions].map(|n| n.to_string());
            table += &csv_row(&[source, &numbers[0], &numbers[1], &numbers[2]], separator);
        }
        table
    }
}

fn article_rows(d: &Document, part: &str, with_texts: bool) -> Vec<Vec<String>> {
    let text = if with_texts { &*d.text } else { "" };
    let fields = [
        &d.article,
        &d.sha256,
        &d.title,
        &d.outlet,
        &d.published,
        &d.url,
        &d.language,
        &d.story,
        &d.story_name,
        part,
        text,
    ];
    vec![fields.map(str::to_owned).to_vec()]
}

fn mark_rows(d: &Document, _: &str, with_texts: bool) -> Vec<Vec<String>> {
    let units = Units::of(&d.text, Unit::CodePoints);
    let row = |(i, mark): (usize, &super::exchange::Mark)| {
        let (start, end) = units.ends(mark.span);
        let words = if with_texts { mark.span.slice(&d.text) } else { "" };
        let numbers = [i + 1, start, end].map(|n| n.to_string());
        let [i, start, end] = numbers;
        vec![d.article.clone(), i, start, end, mark.label.clone(), words.to_owned(), packed(mark)]
    };
    d.marks.iter().enumerate().map(row).collect()
}

fn tie_rows(d: &Document, _: &str, _: bool) -> Vec<Vec<String>> {
    let row = |r: &super::exchange::Relation| {
        vec![d.article.clone(), (r.from + 1).to_string(), (r.to + 1).to_string(), r.label.clone()]
    };
    d.relations.iter().map(row).collect()
}

fn attribution_rows(d: &Document, _: &str, with_texts: bool) -> Vec<Vec<String>> {
    let units = Units::of(&d.text, Unit::CodePoints);
    let words = |marks: &[usize]| {
        let all: Vec<&str> = marks.iter().filter(|_| with_texts).map(|i| d.words(*i)).collect();
        all.join(" … ")
    };
    let row = |a: &super::exchange::Attributed| {
        let kind =
            a.fields.iter().find(|(name, _)| name == "type").map(|(_, v)| v.clone()).unwrap_or_default();
        let names: Vec<&str> = a.sources.iter().filter_map(|i| d.marks[*i].attribute("source")).collect();
        let ends = a.contents.first().map(|i| units.ends(d.marks[*i].span));
        let [start, end] =
            [ends.map(|e| e.0), ends.map(|e| e.1)].map(|n| n.map_or_else(String::new, |n| n.to_string()));
        let parent =
            a.parent.and_then(|p| d.attributions.get(p)).map(|p| p.record.clone()).unwrap_or_default();
        vec![
            a.record.clone(),
            d.article.clone(),
            d.outlet.clone(),
            d.published.clone(),
            kind,
            names.join("; "),
            words(&a.sources),
            words(&a.cues),
            words(&a.contents),
            start,
            end,
            parent,
        ]
    };
    d.attributions.iter().map(row).collect()
}

fn stance_rows(d: &Document, _: &str, with_texts: bool) -> Vec<Vec<String>> {
    let row = |o: &super::exchange::Opinion| {
        let words: Vec<&str> = o.evidence.iter().filter(|_| with_texts).map(|i| d.words(*i)).collect();
        let votes: Vec<String> = o.votes.iter().map(|(label, n)| format!("{label}={n}")).collect();
        let mut attributes = opinion_packed(o);
        if !o.evidence.is_empty() {
            attributes.push_str("; evidence=yes");
        }
        vec![
            o.record.clone(),
            d.article.clone(),
            o.holder.clone(),
            o.target.clone(),
            o.scheme.clone(),
            o.label.clone(),
            o.meaning.clone(),
            words.join(" … "),
            votes.join("; "),
            attributes,
        ]
    };
    d.opinions.iter().map(row).collect()
}
