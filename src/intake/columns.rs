//! Which column of a table, or field of a JSON object, is what of an article.

/// The names of the columns, where somebody chose them; else they are told by their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "each field is the name of the column that holds what the field is called")]
pub struct Columns {
    pub text: Option<String>,
    pub title: Option<String>,
    pub published: Option<String>,
    pub url: Option<String>,
    pub outlet: Option<String>,
    pub byline: Option<String>,
    pub language: Option<String>,
}

const TEXT: &[&str] = &[
    "text",
    "body",
    "content",
    "article",
    "fulltext",
    "full_text",
    "full text",
    "maintext",
    "main_text",
    "article_text",
    "articlebody",
    "body_text",
    "story",
    "document",
    "текст",
];
const TITLE: &[&str] = &["title", "headline", "heading", "article_title", "заголовок", "назва"];
const PUBLISHED: &[&str] = &[
    "date",
    "published",
    "publish_date",
    "published_at",
    "date_published",
    "datepublished",
    "pubdate",
    "publication_date",
    "versioncreated",
    "firstcreated",
    "дата",
];
const URL: &[&str] = &["url", "link", "source_url", "canonical_url", "href", "uri", "посилання"];
const OUTLET: &[&str] = &[
    "outlet",
    "source",
    "publisher",
    "media_name",
    "media name",
    "publication",
    "newspaper",
    "site",
    "domain",
];
const BYLINE: &[&str] = &["author", "authors", "byline", "by", "creator", "writer", "автор"];
const LANGUAGE: &[&str] = &["language", "lang", "мова"];

impl Columns {
    /// All of them, in the order of the fields.
    pub fn slots_mut(&mut self) -> [&mut Option<String>; 7] {
        [
            &mut self.text,
            &mut self.title,
            &mut self.published,
            &mut self.url,
            &mut self.outlet,
            &mut self.byline,
            &mut self.language,
        ]
    }

    /// Tells the columns by their names, as far as they are not chosen yet.
    pub fn told_by(mut self, names: &[String]) -> Self {
        let known = [TEXT, TITLE, PUBLISHED, URL, OUTLET, BYLINE, LANGUAGE];
        for (column, words) in self.slots_mut().into_iter().zip(known) {
            if column.is_none() {
                let is = |word: &&&str, name: &String| name.trim().to_lowercase() == **word;
                *column = words.iter().find_map(|w| names.iter().find(|n| is(&w, n))).cloned();
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_told_by_their_names_unless_somebody_chose() {
        let names = ["Body", "Source", "headline", "id"].map(str::to_owned);
        let told = Columns::default().told_by(&names);
        assert_eq!((told.text.as_deref(), told.outlet.as_deref()), (Some("Body"), Some("Source")));
        assert_eq!(told.title.as_deref(), Some("headline"));
        let chosen = Columns { text: Some("id".into()), ..Columns::default() };
        assert_eq!(chosen.told_by(&names).text.as_deref(), Some("id"));
    }
}
