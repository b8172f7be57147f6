//! Reads the tables back: articles, with the marks, ties and stances of each.

use super::{ARTICLES, Tables, csv_rows};
use crate::codecs::Issue;
use crate::codecs::exchange::{Codec, Document, Fault, Reader, SourceFiles, Unit, count_alike};
use std::collections::{BTreeMap, BTreeSet};

/// The documents of tables that lie beside each other.
pub(super) fn read(
    tables: &Tables,
    files: &SourceFiles,
    issues: &mut Vec<Issue>,
) -> Result<Vec<Document>, Fault> {
    let beside = |name: &str| files.beside(&format!("{name}.{}", tables.name()));
    let table = |name: &str| beside(name).map(|text| Table::of(text, tables.separator));
    let (Some(articles), Some(marks)) = (table("articles"), table("marks")) else {
        let why = format!("articles.{0} and marks.{0} must lie beside each other.", tables.name());
        return Err(Fault::NotThis { format: tables.name(), why });
    };
    for (name, table, needed) in [
        ("articles", &articles, &["article"][..]),
        ("marks", &marks, &["article", "start", "end", "label"][..]),
    ] {
        if let Some(column) = needed.iter().find(|column| !table.columns.contains_key(**column)) {
            let why = format!(
                "{name}.{} has no column “{column}”. Its first row must name the columns: {}.",
                tables.name(),
                needed.join(", ")
            );
            return Err(Fault::NotThis { format: tables.name(), why });
        }
    }
    let (ties, stances) = (table("ties").unwrap_or_default(), table("stances").unwrap_or_default());
    let (mut documents, before) = (Vec::new(), issues.len());
    let mut seen = BTreeSet::new();
    for row in &articles.rows {
        let article = articles.get(row, "article");
        let place = format!("{}, article {article}", files.main);
        if !seen.insert(article) {
            let what = format!("The article “{article}” is there twice; only the first was taken in.");
            issues.push(Issue { place, what });
            continue;
        }
        let known = files.known.get(articles.get(row, "sha256")).map(|t| t.to_string());
        let given = Some(articles.get(row, "text").to_owned()).filter(|t| !t.is_empty());
        let Some(text) = given.or(known) else {
            let what = "It has no text, and no article of the project has its hash. Add the article first.";
            issues.push(Issue { place, what: what.to_owned() });
            continue;
        };
        let mut reader = Reader::new(&place, article, &text, Unit::CodePoints, issues);
        let meta: serde_json::Map<String, serde_json::Value> =
            ARTICLES[2..9].iter().map(|key| ((*key).to_owned(), articles.get(row, key).into())).collect();
        reader.meta(&meta.into());
        for mark in marks.rows_of(article) {
            let number = |key: &str| marks.get(mark, key).trim().parse().ok();
            let words = Some(marks.get(mark, "words")).filter(|w| !w.is_empty());
            let (name, label) = (marks.get(mark, "mark"), marks.get(mark, "label"));
            let packed = marks.get(mark, "attributes");
            reader.mark(name, (number("start"), number("end")), label, packed, words);
        }
        for tie in ties.rows_of(article) {
            reader.relation(ties.get(tie, "from"), ties.get(tie, "to"), ties.get(tie, "label"));
        }
        for stance in stances.rows_of(article).filter(|s| stances.get(s, "words").is_empty()) {
            let packed = stances.get(stance, "attributes");
            if packed.contains("evidence=") {
                continue;
            }
            reader.opinion(stances.get(stance, "label"), packed);
        }
        documents.push(reader.finish());
    }
    for (name, table) in [("marks", &marks), ("ties", &ties), ("stances", &stances)] {
        for article in table.by_article.keys().filter(|article| !seen.contains(&***article)) {
            let place = format!("{name}.{}", tables.name());
            let rows = table.rows_of(article).count();
            let what = format!(
                "Rows of the article “{article}” ({rows}) were left out: articles.{} has no such article.",
                tables.name()
            );
            issues.push(Issue { place, what });
        }
    }
    count_alike(issues, before);
    Ok(documents)
}

/// A table read, with its head.
#[derive(Default)]
struct Table {
    columns: BTreeMap<String, usize>,
    rows: Vec<Vec<String>>,
    by_article: BTreeMap<String, Vec<usize>>,
}

impl Table {
    /// Of a file that should have this separator; spreadsheets of many countries write another.
    fn of(text: &str, separator: char) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        let head = text.lines().next().unwrap_or_default();
        let fits = |separator: &char| head.split(*separator).any(|name| name.trim_matches('"') == "article");
        let separator = [separator, ';', ',', '\t'].into_iter().find(fits).unwrap_or(separator);
        let mut rows = csv_rows(text, separator);
        let head = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
        let columns = head.into_iter().enumerate().map(|(i, name)| (name.trim().to_owned(), i)).collect();
        let mut table = Self { columns, rows, by_article: BTreeMap::new() };
        for (at, row) in table.rows.iter().enumerate() {
            let article = table.columns.get("article").and_then(|i| row.get(*i)).cloned().unwrap_or_default();
            table.by_article.entry(article).or_default().push(at);
        }
        table
    }

    fn get<'r>(&self, row: &'r [String], column: &str) -> &'r str {
        self.columns.get(column).and_then(|i| row.get(*i)).map_or("", |field| field)
    }

    fn rows_of<'t>(&'t self, article: &str) -> impl Iterator<Item = &'t Vec<String>> + use<'t> {
        self.by_article.get(article).into_iter().flatten().map(|at| &self.rows[*at])
    }
}

#[cfg(test)]
mod tests {
    use super::super::CSV;
    use super::*;

    fn of(articles: &str, marks: &str, ties: &str) -> (Result<Vec<Document>, Fault>, Vec<Issue>) {
        let mut issues = Vec::new();
        let mut files = SourceFiles::single("marks.csv", marks);
        files.files.insert("articles.csv".into(), articles.into());
        files.files.insert("ties.csv".into(), ties.into());
        (CSV.read(&files, &mut issues), issues)
    }

    #[test]
    fn rows_of_articles_that_are_not_there_are_listed_with_their_number() {
        let marks = "article,mark,start,end,label\na,1,0,4,source\nb,1,0,4,cue\nb,2,0,x,cue\na,2,,7,cue\n";
        let (read, issues) = of("article,text\na,Holm said.\n", marks, "article,from,to,label\nc,1,2,by\n");
        assert_eq!(read.unwrap()[0].marks.len(), 1);
        let listed = ["“b” (2)", "“c” (1)", "has no start"];
        assert_eq!(issues.len(), listed.len(), "{issues:?}");
        assert!(listed.iter().all(|word| issues.iter().any(|i| i.what.contains(word))), "{issues:?}");
    }

    #[test]
    fn semicolons_between_columns_are_seen_and_missing_columns_named() {
        let marks = "article;mark;start;end;label\r\na;1;0;4;source\r\n";
        let (read, issues) = of("\"article\";\"text\"\r\na;\"Holm; said.\"\r\n", marks, "");
        assert_eq!((&*read.unwrap()[0].text, issues), ("Holm; said.", vec![]));
        let (read, _) = of("article,text\na,Holm said.\n", "article,from,to,label\n", "");
        assert!(read.unwrap_err().to_string().contains("marks.csv has no column “start”"));
    }
}
