//! Prodigy's tasks, one a line: text, tokens, spans, relations between tokens.

use super::Issue;
use super::exchange::{
    Annotator, Codec, Direction, Document, Documents, Fault, JsonWriter, Loss, Mark, Reader, Sink,
    SourceFiles, Tokenisation, Tokens, Unit, Units, Work, count_alike, line_files, lines_of,
};
use super::spacy::{beside, fits, read_beside, with_space};
use serde_json::Value;

/// The format `prodigy`.
pub(super) struct Prodigy;

impl Codec for Prodigy {
    fn name(&self) -> &'static str {
        "prodigy"
    }
    fn about(&self) -> &'static str {
        "Prodigy task lines with tokens, spans and relations"
    }
    fn direction(&self) -> Direction {
        Direction::Both
    }
    fn unit(&self) -> Unit {
        Unit::CodePoints
    }
    fn losses(&self) -> &'static [Loss] {
        &[Loss::OffTokens]
    }

    fn write(&self, data: &dyn Documents, out: &mut dyn Sink) -> Result<(), Fault> {
        if data.options().without_texts {
            return Err(Fault::NeedsTexts(self.name()));
        }
        let cut = data.options().tokens;
        line_files(data, out, "jsonl", &|d| row(d, cut))
    }

    fn read(&self, files: &SourceFiles, issues: &mut Vec<Issue>) -> Result<Vec<Document>, Fault> {
        let before = issues.len();
        let lines = lines_of(files, issues);
        let read = |(i, (place, row)): (usize, &(String, Value))| read_row(place, i, row, issues);
        let documents = lines.iter().enumerate().filter_map(read).collect();
        count_alike(issues, before);
        Ok(documents)
    }
}

fn row(d: &Document, cut: Tokenisation) -> String {
    let tokens = with_space(d, &Tokens::of(d, cut));
    let units = Units::of(&d.text, Unit::CodePoints);
    let span = |j: &mut JsonWriter, mark: &Mark, (from, to): (usize, usize)| {
        let (start, end) = units.ends(mark.span);
        for (key, value) in [("start", start), ("end", end), ("token_start", from), ("token_end", to)] {
            j.key(key).number(value);
        }
        j.strings(&[("label", &mark.label)]);
    };
    let mut json = JsonWriter::new();
    json.object(|j| {
        j.strings(&[("text", &d.text)]);
        j.key("tokens").list(|j| {
            for (i, (token, space)) in tokens.iter().enumerate() {
                let (start, end) = units.ends(*token);
                j.object(|j| {
                    j.strings(&[("text", token.slice(&d.text))]);
                    j.key("start").number(start);
                    j.key("end").number(end);
                    j.key("id").number(i);
                    j.key("ws").bool(*space);
                });
            }
        });
        j.key("spans").list(|j| {
            for mark in &d.marks {
                if let Some(range) = fits(&tokens, mark.span) {
                    j.object(|j| span(j, mark, range));
                }
            }
        });
        j.key("relations").list(|j| {
            for r in &d.relations {
                let (head, child) = (&d.marks[r.from], &d.marks[r.to]);
                let (Some(h), Some(c)) = (fits(&tokens, head.span), fits(&tokens, child.span)) else {
                    continue;
                };
                j.object(|j| {
                    // The last token stands for its span, as Prodigy's own interface has it.
                    j.key("head").number(h.1);
                    j.key("child").number(c.1);
                    j.strings(&[("label", &r.label)]);
                    j.key("head_span").object(|j| span(j, head, h));
                    j.key("child_span").object(|j| span(j, child, c));
                });
            }
        });
        j.key("meta").object(|j| j.strings(&[("title", &d.title), ("outlet", &d.outlet)]));
        j.strings(&[("answer", "accept")]);
        j.key("variorum").object(|j| beside(j, d, &mut |i| fits(&tokens, d.marks[i].span).is_some()));
    });
    json.line()
}

fn read_row(place: &str, number: usize, row: &Value, issues: &mut Vec<Issue>) -> Option<Document> {
    let mut fail = |what: &str| issues.push(Issue { place: place.to_owned(), what: what.to_owned() });
    if row.get("answer").and_then(Value::as_str).is_some_and(|answer| answer != "accept") {
        fail("The annotator did not accept this task; it was passed over.");
        return None;
    }
    let Some(text) = row.get("text").and_then(Value::as_str) else {
        fail("The record has no text; it was left out.");
        return None;
    };
    let ours = row.get("variorum");
    let name = ours.and_then(|o| o.get("article")).and_then(Value::as_str);
    let name = name.map_or_else(|| format!("record {}", number + 1), str::to_owned);
    let mut reader = Reader::new(place, &name, text, Unit::CodePoints, issues);
    reader.about().by = annotator(row);
    let list = |key: &str| row.get(key).and_then(Value::as_array).into_iter().flatten();
    let spans: Vec<&Value> = list("spans").collect();
    read_beside(&mut reader, ours, &spans);
    if ours.is_none() {
        // Prodigy's own relations name their spans by positions.
        let at = |v: &Value| Some((v.get("start")?.as_u64()?, v.get("end")?.as_u64()?));
        for relation in list("relations") {
            let end = |key: &str| {
                let wanted = relation.get(key).and_then(at);
                let found = spans.iter().position(|s| at(s) == wanted && wanted.is_some());
                found.map_or_else(String::new, |i| (i + 1).to_string())
            };
            let label = relation.get("label").and_then(Value::as_str).unwrap_or_default();
            reader.relation(&end("head_span"), &end("child_span"), label);
        }
        // Of several choices those accepted; of a single one, the record itself was accepted.
        list("accept").filter_map(Value::as_str).for_each(|class| reader.class(class));
        row.get("label").and_then(Value::as_str).into_iter().for_each(|class| reader.class(class));
    }
    Some(reader.finish())
}

/// Whose session it was. Sessions without a name have a time in its place.
fn annotator(row: &Value) -> Option<Annotator> {
    let get = |key: &str| row.get(key).and_then(Value::as_str);
    let name = get("_annotator_id").or_else(|| get("_session_id"))?;
    Annotator::named(name, Work::HandedIn).filter(|by| by.name.contains(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_is_whoever_s_session_it_was() {
        let row = |who: &str| format!(r#"{{"text":"Holm said.",{who}"answer":"accept"}}"#);
        let rows = [
            row(r#""_session_id":"news-ann","_annotator_id":"ann","#),
            row(r#""_session_id":"news-ben","#),
            row(r#""_session_id":"2026-11-22_10-11-12","#),
            row(""),
        ];
        let files = SourceFiles::single("a.jsonl", &rows.join("\n"));
        let documents = Prodigy.read(&files, &mut Vec::new()).unwrap();
        let by: Vec<_> = documents.iter().map(|d| d.by.as_ref().map_or("", |by| &by.name)).collect();
        assert_eq!(by, ["ann", "news-ben", "", ""]);
    }

    #[test]
    fn what_was_accepted_of_a_choice_says_something_of_the_text() {
        let row = r#"{"text":"Holm said.","options":[{"id":"favor"},{"id":"sports"},{"id":"none"}],"accept":["favor","sports"],"answer":"accept"}"#;
        let rejected = r#"{"text":"No.","answer":"reject"}"#;
        let mut issues = Vec::new();
        let files = SourceFiles::single("a.jsonl", &[row, rejected, rejected].join("\n"));
        let documents = Prodigy.read(&files, &mut issues).unwrap();
        let classes: Vec<&str> = documents[0].opinions.iter().map(|o| &*o.label).collect();
        assert_eq!((documents.len(), classes), (1, vec!["favor", "sports"]));
        assert!(issues.len() == 1 && issues[0].what.contains("2 times"), "{issues:?}");
    }
}
