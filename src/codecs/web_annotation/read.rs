//! Reads Web Annotations of any tool: which text each is about, where in it, and what it says.

use super::Issue;
use crate::codecs::exchange::{Annotator, Document, Reader, SourceFiles, Tie, Unit, Units, Work, unpack};
use crate::text::{Span, Text};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

fn get<'v>(of: &'v Value, key: &str) -> &'v str {
    of.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// One value or a list of them.
fn all(of: Option<&Value>) -> &[Value] {
    match of {
        Some(Value::Array(all)) => all,
        Some(one) => std::slice::from_ref(one),
        None => &[],
    }
}

fn is(item: &Value, motivation: &str) -> bool {
    all(item.get("motivation")).iter().any(|m| m.as_str() == Some(motivation))
}

/// What an annotation is about: a text, and where in it.
struct Target<'v> {
    source: &'v str,
    /// A place in plain text (RFC 5147), as the end of the address has it.
    fragment: Option<&'v str>,
    selectors: &'v [Value],
}

impl<'v> Target<'v> {
    fn of(target: &'v Value) -> Option<Self> {
        let named = |of: &'v Value| of.as_str().or_else(|| of.get("id")?.as_str());
        let address = target.get("source").and_then(named).or_else(|| named(target))?;
        let place = |fragment: &&str| fragment.starts_with("char=") || fragment.starts_with("line=");
        let (source, fragment) = match address.split_once('#').filter(|(_, fragment)| place(fragment)) {
            Some((source, fragment)) => (source, Some(fragment)),
            None => (address, None),
        };
        Some(Self { source, fragment, selectors: all(target.get("selector")) })
    }

    fn is_whole(&self) -> bool {
        self.selectors.is_empty() && self.fragment.is_none()
    }

    fn selector(&self, kind: &str) -> Option<&'v Value> {
        self.selectors.iter().find(|s| get(s, "type") == kind)
    }
}

fn targets(item: &Value) -> impl Iterator<Item = Target<'_>> {
    all(item.get("target")).iter().filter_map(Target::of)
}

/// The texts that annotations may be about, by their hash.
struct Texts(BTreeMap<String, Given>);

#[derive(Clone)]
struct Given {
    stem: String,
    text: String,
    /// Whether it came with the annotations, and is not only in the project.
    beside: bool,
}

impl Texts {
    fn of(files: &SourceFiles) -> Self {
        let mut texts = BTreeMap::new();
        for (path, text) in files.files.iter().filter(|(path, _)| path.ends_with(".txt")) {
            let stem = path.trim_end_matches(".txt").rsplit('/').next().unwrap_or(path).to_owned();
            texts.insert(crate::codecs::hash(text), Given { stem, text: text.clone(), beside: true });
        }
        for (hash, text) in &files.known {
            let given = || Given { stem: hash.clone(), text: text.to_string(), beside: false };
            texts.entry(hash.clone()).or_insert_with(given);
        }
        Self(texts)
    }

    /// The hash of the text of an address: named by the hash, by its file, or the only one there is.
    fn find(&self, source: &str, only: bool) -> Option<&str> {
        let hash = source.trim_start_matches("urn:sha256:");
        let name = source.split(['?', '#']).next().unwrap_or(source).rsplit('/').next().unwrap_or(source);
        let stem = name.trim_end_matches(".txt");
        let mut named = self.0.iter().filter(|(_, given)| given.beside && given.stem == stem);
        let single = || self.0.keys().next().filter(|_| only && self.0.len() == 1);
        let of_name = || named.next().filter(|_| !stem.is_empty()).map(|(hash, _)| hash);
        self.0.get_key_value(hash).map(|(hash, _)| hash).or_else(of_name).or_else(single).map(|hash| &**hash)
    }
}

/// An address, and which annotations are about it.
type About<'v> = (&'v str, Vec<usize>);

/// The documents that annotations are about, and the texts beside them that nobody has annotated.
pub(super) fn read(
    files: &SourceFiles,
    items: &[Value],
    unit: Unit,
    issues: &mut Vec<Issue>,
) -> Vec<Document> {
    let texts = Texts::of(files);
    let marks = || items.iter().enumerate().filter(|(_, item)| !is(item, "linking"));
    let mut by_source: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, item) in marks() {
        for target in targets(item) {
            let of = by_source.entry(target.source).or_default();
            if of.last() != Some(&at) {
                of.push(at);
            }
        }
    }
    // What several people say of a text are several documents.
    let mut by_text: BTreeMap<(&str, &str), Vec<About<'_>>> = BTreeMap::new();
    let only = by_source.len() == 1;
    for (source, of) in by_source {
        match texts.find(source, only) {
            Some(hash) => {
                for at in of {
                    let said = by_text.entry((hash, creator(&items[at]))).or_default();
                    match said.last_mut().filter(|(last, _)| *last == source) {
                        Some((_, all)) => all.push(at),
                        None => said.push((source, vec![at])),
                    }
                }
            }
            None => {
                let what = "Its text is neither beside the file nor in the project. Add it first, or put it beside the file as a .txt file of this name.";
                issues.push(Issue { place: source.to_owned(), what: what.to_owned() });
            }
        }
    }
    let mut tied: BTreeSet<usize> = BTreeSet::new();
    let mut documents = Vec::new();
    for ((hash, creator), sources) in &by_text {
        let Some(given) = texts.0.get(*hash) else { continue };
        let place = sources.first().map_or("", |(source, _)| source);
        let mut reader = Reader::new(place, &given.stem, &given.text, unit, issues);
        reader.about().by = Annotator::named(creator, Work::Unsaid);
        for (source, of) in sources {
            for at in of {
                let own: Vec<Target<'_>> = targets(&items[*at]).collect();
                read_mark(&mut reader, &items[*at], *at, own.iter().filter(|t| t.source == *source));
            }
        }
        for (at, item) in items.iter().enumerate().filter(|(_, item)| is(item, "linking")) {
            let from = all(item.get("target")).iter().find_map(Value::as_str).unwrap_or_default();
            if reader.named(from).is_some() {
                tied.insert(at);
                let bodies = all(item.get("body"));
                let to = bodies.iter().find_map(Value::as_str).unwrap_or_default();
                let label = bodies.iter().find_map(|b| b.get("value")?.as_str()).unwrap_or_default();
                reader.relation(from, to, label);
            }
        }
        documents.push(reader.finish());
    }
    let lost = items.iter().enumerate().filter(|(at, item)| is(item, "linking") && !tied.contains(at));
    for _ in lost {
        let what = "A tie was left out: what it is about is not among the marks that were read.".to_owned();
        issues.push(Issue { place: files.main.clone(), what });
    }
    // Unless another of the files chosen with this one is about them.
    let elsewhere = |hash: &str| files.files.iter().any(|(path, t)| *path != files.main && t.contains(hash));
    for (hash, given) in
        texts.0.iter().filter(|(hash, given)| given.beside && !by_text.keys().any(|(of, _)| of == hash))
    {
        if !elsewhere(hash) {
            documents.push(Reader::new(&given.stem, &given.stem, &given.text, unit, issues).finish());
        }
    }
    documents
}

/// Who made an annotation, as it calls them; nothing where it is silent or names several.
fn creator(item: &Value) -> &str {
    let [creator] = all(item.get("creator")) else { return "" };
    if get(creator, "type") == "Software" {
        return "";
    }
    let named = ["name", "nickname", "id"].into_iter().map(|key| get(creator, key));
    named.chain(creator.as_str()).find(|name| !name.is_empty()).unwrap_or_default()
}

/// What an annotation says.
#[derive(Default)]
struct Said {
    label: String,
    /// What ours say beside.
    packed: String,
    /// What somebody remarked.
    notes: Vec<String>,
}

fn says(reader: &mut Reader<'_>, item: &Value) -> Said {
    let tagging = is(item, "tagging") || is(item, "classifying");
    if let Some(value) = item.get("bodyValue").and_then(Value::as_str) {
        return Said { label: value.to_owned(), ..Said::default() };
    }
    let Said { mut label, mut packed, mut notes } = Said::default();
    for body in all(item.get("body")) {
        let purpose = all(body.get("purpose")).first().and_then(Value::as_str);
        let value = body.get("value").or(body.get("source")).and_then(Value::as_str);
        let value = value.or_else(|| body.as_str()).unwrap_or_default();
        match purpose {
            Some("describing") if !unpack(value).is_empty() => value.clone_into(&mut packed),
            Some("classifying" | "tagging") if label.is_empty() => value.clone_into(&mut label),
            None if tagging && label.is_empty() => value.clone_into(&mut label),
            Some("classifying" | "tagging") => {
                reader.issue("A mark has one label here: further tags were left out.".to_owned())
            }
            _ if value.is_empty() => {}
            Some("commenting" | "describing" | "replying" | "questioning") | None => {
                notes.push(value.to_owned())
            }
            Some(purpose) => reader.issue(format!(
                "Bodies of the purpose “{purpose}” were left out: labels and remarks are taken in."
            )),
        }
    }
    Said { label, packed, notes }
}

fn read_mark<'t>(
    reader: &mut Reader<'_>,
    item: &Value,
    at: usize,
    targets: impl Iterator<Item = &'t Target<'t>>,
) {
    let id = Some(get(item, "id")).filter(|id| !id.is_empty());
    let id = id.map_or_else(|| format!("annotation {}", at + 1), str::to_owned);
    let Said { label, packed, notes } = says(reader, item);
    for (i, target) in targets.enumerate() {
        let name = if i == 0 { id.clone() } else { format!("{id}.{}", i + 1) };
        place(reader, &name, target, &label, &packed);
        if i == 0 {
            notes.iter().for_each(|note| reader.note(&name, note));
            if !notes.is_empty() && target.is_whole() {
                reader.issue(
                    "A remark on the text as a whole was left out: there is no place for it here.".to_owned(),
                );
            }
        }
        if i > 0 && reader.named(&name).is_some() && reader.named(&id).is_some() {
            reader.relation(&name, &id, Tie::PartOf.as_str());
        }
    }
}

/// Puts a mark where its target says, or says why it cannot.
fn place(reader: &mut Reader<'_>, name: &str, target: &Target<'_>, label: &str, packed: &str) {
    if target.selectors.iter().any(|s| s.get("refinedBy").is_some()) {
        return reader.issue(format!(
            "“{name}” ({label}) was left out: one selector refines another (refinedBy), which is not followed here. Export it with a TextPositionSelector or a TextQuoteSelector."
        ));
    }
    let quote = target.selector("TextQuoteSelector");
    let exact = quote.map(|quote| get(quote, "exact")).filter(|exact| !exact.is_empty());
    if let Some(position) = target.selector("TextPositionSelector") {
        let number = |key: &str| position.get(key).and_then(Value::as_u64);
        return reader.mark(name, (number("start"), number("end")), label, packed, exact);
    }
    let text = reader.about().text.clone();
    let fragment = target.selector("FragmentSelector").map(|s| get(s, "value")).or(target.fragment);
    if let Some(fragment) = fragment {
        return match characters(&text, fragment) {
            Some(span) if exact.is_none_or(|exact| reader.agrees(name, label, exact, span.slice(&text))) => {
                reader.span(name, span, label, packed);
            }
            Some(_) => {}
            None => reader.issue(format!(
                "“{name}” ({label}) was left out: “{fragment}” is no stretch of the text. Places are read as char=START,END."
            )),
        };
    }
    if let (Some(quote), Some(exact)) = (quote, exact) {
        let found = quoted(&text, get(quote, "prefix"), exact, get(quote, "suffix"));
        return match &*found {
            [span] => reader.span(name, *span, label, packed),
            several => {
                let shown: String = exact.chars().take(60).collect();
                reader.issue(format!(
                    "“{name}” ({label}) was left out: the text has the words “{shown}” {} times, not once. Export it with a TextPositionSelector.",
                    several.len()
                ));
            }
        };
    }
    match target.selectors.first() {
        Some(selector) => reader.issue(format!(
            "“{name}” ({label}) was left out: a {} cannot be followed here. Export it with a TextPositionSelector or a TextQuoteSelector.",
            Some(get(selector, "type")).filter(|kind| !kind.is_empty()).unwrap_or("selector without a type")
        )),
        None if label.trim().is_empty() => reader.issue(format!("“{name}” has no label; it was left out.")),
        None if unpack(packed).is_empty() => reader.class(label),
        None => reader.opinion(label, packed),
    }
}

/// `char=22,29` as RFC 5147 has it: between characters, either end may be missing.
fn characters(text: &Text, fragment: &str) -> Option<Span> {
    let (start, end) = fragment.split(';').next()?.strip_prefix("char=")?.split_once(',')?;
    let units = Units::of(text, Unit::CodePoints);
    let last = units.ends(text.whole()).1 as u64;
    let start = if start.is_empty() { 0 } else { start.parse().ok()? };
    units.span(start, if end.is_empty() { last } else { end.parse().ok()? })
}

/// Where the text has these words with what stands before and after them.
fn quoted(text: &Text, prefix: &str, exact: &str, suffix: &str) -> Vec<Span> {
    let fits = |at: &usize| text[..*at].ends_with(prefix) && text[*at + exact.len()..].starts_with(suffix);
    let places =
        text.char_indices().map(|(at, _)| at).filter(|at| text[*at..].starts_with(exact)).filter(fits);
    places.filter_map(|at| Span::new(text, at, at + exact.len())).collect()
}

#[cfg(test)]
mod tests {
    use super::super::WEB_ANNOTATION;
    use super::*;
    use crate::codecs::exchange::{Codec, Fault};

    fn of(items: &str, texts: &[(&str, &str)]) -> (Result<Vec<Document>, Fault>, Vec<Issue>) {
        let mut issues = Vec::new();
        let mut files = SourceFiles::single("a.jsonld", items);
        files.files.extend(texts.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
        let read = WEB_ANNOTATION.read(&files, &mut issues);
        (read, issues)
    }

    /// An annotation that tags a target with its number.
    fn tag(n: usize, target: &str) -> String {
        format!(r#"{{"id":"x:{n}","motivation":"tagging","body":{{"value":"tag{n}"}},"target":{target}}}"#)
    }

    #[test]
    fn places_are_found_by_quotes_and_by_fragments_where_they_are_clear() {
        let quote = |n: usize, exact: &str, prefix: &str| {
            tag(
                n,
                &format!(
                    r#"{{"source":"http://x/a","selector":{{"type":"TextQuoteSelector","exact":"{exact}","prefix":"{prefix}"}}}}"#
                ),
            )
        };
        let items = [
            tag(1, r#""http://x/a#char=3,7""#),
            quote(2, "said", "Holm "),
            quote(3, "said", ""),
            quote(4, "left", ""),
            tag(
                5,
                r#"{"source":"http://x/a","selector":{"type":"FragmentSelector","value":"char=,2;length=9"}}"#,
            ),
            tag(
                6,
                r#"{"source":"http://x/a","selector":{"type":"XPathSelector","value":"/p","refinedBy":{"type":"TextPositionSelector","start":0,"end":2}}}"#,
            ),
            tag(7, r#"{"source":"http://x/a","selector":{"type":"CssSelector","value":"p"}}"#),
        ];
        let text = "😀. Holm said, Lind said.";
        let (read, issues) = of(&format!("[{}]", items.join(",")), &[("a.txt", text)]);
        let read = read.unwrap();
        let words: Vec<_> = (0..3).map(|i| (&*read[0].marks[i].label, read[0].words(i))).collect();
        assert_eq!(words, [("tag5", "😀."), ("tag1", "Holm"), ("tag2", "said")]);
        assert_eq!((read[0].marks.len(), issues.len()), (3, 4), "{issues:?}");
        let listed = ["2 times", "0 times", "refinedBy", "CssSelector"];
        assert!(listed.iter().all(|word| issues.iter().any(|i| i.what.contains(word))), "{issues:?}");
    }

    #[test]
    fn texts_are_told_apart_by_name_and_those_without_marks_arrive_too() {
        let items =
            format!("[{},{}]", tag(1, r#""http://x/a.txt#char=0,4""#), tag(2, r#""http://x/b#char=0,4""#));
        let texts = [("a.txt", "Holm said."), ("b.txt", "Lind said."), ("c.txt", "Nobody.")];
        let (read, issues) = of(&items, &texts);
        let mut found: Vec<_> = read.unwrap().iter().map(|d| (d.article.clone(), d.marks.len())).collect();
        found.sort();
        assert_eq!((found, issues), (vec![("a".into(), 1), ("b".into(), 1), ("c".into(), 0)], vec![]));
    }

    #[test]
    fn a_class_of_the_whole_text_a_remark_and_a_tie_without_ends_are_not_lost_silently() {
        let items = format!(
            r#"[{},{{"id":"x:2","body":[{{"purpose":"tagging","value":"source"}},{{"purpose":"commenting","value":"Hm."}}],"target":"http://x/a#char=0,4"}},{{"id":"x:3","motivation":"linking","body":"x:2","target":"x:9"}}]"#,
            tag(1, r#""http://x/a""#)
        );
        let (read, issues) = of(&items, &[("a.txt", "Holm said.")]);
        let read = read.unwrap();
        let labels: Vec<_> = read[0].marks.iter().map(|m| (&*m.label, m.attribute("note"))).collect();
        assert_eq!((labels, &*read[0].opinions[0].label), (vec![("source", Some("Hm."))], "tag1"));
        assert!(issues.len() == 1 && issues[0].what.contains("A tie was left out"), "{issues:?}");
    }

    #[test]
    fn what_each_creator_says_of_a_text_is_a_document_of_its_own() {
        let by = |n: usize, creator: &str| {
            tag(n, r#""http://x/a#char=0,4""#).replacen('{', &format!(r#"{{"creator":{creator},"#), 1)
        };
        let ann = r#"{"id":"http://x/users/1","type":"Person","name":"Ann"}"#;
        let tool = r#"{"type":"Software","name":"Tagger"}"#;
        let items = [by(1, ann), by(2, r#""http://x/users/2""#), by(3, tool), by(4, ann)].join(",");
        let (read, issues) = of(&format!("[{items}]"), &[("a.txt", "Holm said.")]);
        let found: Vec<_> = read
            .unwrap()
            .iter()
            .map(|d| (d.by.clone().map_or(String::new(), |by| by.name), d.marks.len()))
            .collect();
        let user = "http://x/users/2";
        assert_eq!((found, issues), (vec![("".into(), 1), ("Ann".into(), 2), (user.into(), 1)], vec![]));
    }

    #[test]
    fn without_its_text_the_reason_is_in_the_error() {
        let (read, _) = of(&tag(1, r#""http://x/a#char=0,4""#), &[]);
        let why = read.unwrap_err().to_string();
        assert!(why.contains("http://x/a: Its text is neither beside the file"), "{why}");
    }
}
