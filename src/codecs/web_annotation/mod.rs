//! W3C Web Annotation as JSON-LD: a collection a part, the texts beside. The Recommendation counts code
//! points; Recogito and Annotorious read the same JSON in UTF-16 units, so they get a flavour of their
//! own.

use super::Issue;
use super::exchange::{
    Codec, Direction, Document, Documents, Fault, JsonWriter, Loss, Mark, Sink, SourceFiles, Unit, Units,
    ending_in, file_stem, read_or_why,
};
use super::spacy::{opinion_packed, packed};
use serde_json::Value;

mod read;

/// Web Annotation in a unit.
pub(super) struct WebAnnotation {
    unit: Unit,
}

/// The format `web-annotation`.
pub(super) const WEB_ANNOTATION: WebAnnotation = WebAnnotation { unit: Unit::CodePoints };
/// The format `recogito`.
pub(super) const RECOGITO: WebAnnotation = WebAnnotation { unit: Unit::Utf16 };

const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";

impl Codec for WebAnnotation {
    fn name(&self) -> &'static str {
        if self.unit == Unit::Utf16 { "recogito" } else { "web-annotation" }
    }
    fn about(&self) -> &'static str {
        if self.unit == Unit::Utf16 {
            "Web Annotation in UTF-16 units, for Recogito and Annotorious"
        } else {
            "W3C Web Annotation JSON-LD, the texts beside"
        }
    }
    fn direction(&self) -> Direction {
        Direction::Both
    }
    fn unit(&self) -> Unit {
        self.unit
    }
    fn losses(&self) -> &'static [Loss] {
        &[Loss::AboutArticle]
    }
    fn can_withhold_texts(&self) -> bool {
        true
    }

    fn mains(&self, files: &SourceFiles) -> Vec<String> {
        ending_in(files, &[".jsonld", ".json"])
    }

    fn write(&self, data: &dyn Documents, out: &mut dyn Sink) -> Result<(), Fault> {
        let with_texts = !data.options().without_texts;
        for (at, part) in data.parts().iter().enumerate() {
            let make = |d: &Document| annotations(d, self.unit, with_texts);
            // Their number stands before the annotations.
            let mut total = 0;
            data.made(at, &make, &mut |_, d, made| {
                total += made.len();
                let path = || format!("{}/{}.txt", part.name, file_stem(d));
                if with_texts { out.file(&path(), &d.text) } else { Ok(()) }
            })?;
            out.begin(&format!("{}.jsonld", part.name))?;
            out.put(&format!(
                "{{\"@context\":\"{CONTEXT}\",\"id\":\"urn:variorum:{0}\",\"type\":\"AnnotationCollection\",\"label\":\"{0}\",\"total\":{total},\"first\":{{\"id\":\"urn:variorum:{0}:1\",\"type\":\"AnnotationPage\",\"startIndex\":0,\"items\":[\n",
                part.name
            ))?;
            let mut first = true;
            data.made(at, &make, &mut |_, _, made| {
                made.iter().try_for_each(|annotation| {
                    out.put(if std::mem::replace(&mut first, false) { "" } else { ",\n" })?;
                    out.put(annotation)
                })
            })?;
            out.put("\n]}}\n")?;
        }
        Ok(())
    }

    fn read(&self, files: &SourceFiles, issues: &mut Vec<Issue>) -> Result<Vec<Document>, Fault> {
        let fault = |why: String| Fault::NotThis { format: self.name(), why };
        let whole: Value = serde_json::from_str(files.text()).map_err(|why| fault(format!("{why}.")))?;
        let first = whole.get("first").unwrap_or(&whole);
        let items = first.get("items").or(Some(first)).and_then(Value::as_array);
        // A page on which nobody has marked anything yet is a page all the same.
        let empty = items.is_some_and(Vec::is_empty);
        let single = [whole.clone()];
        let items = items.map_or(&single[..], |items| items);
        let before = issues.len();
        let documents = read::read(files, items, self.unit, issues);
        if documents.is_empty() && empty {
            return Ok(documents);
        }
        read_or_why(self.name(), documents, (issues, before), "no annotation has a target.")
    }
}

fn name(d: &Document, what: &str, i: usize) -> String {
    format!("urn:variorum:{}:{what}{}", d.article, i + 1)
}

/// All annotations of a document, each a JSON object.
fn annotations(d: &Document, unit: Unit, with_texts: bool) -> Vec<String> {
    let source = format!("urn:sha256:{}", d.sha256);
    let head = |j: &mut JsonWriter, id: &str, motivation: &str| {
        j.strings(&[("@context", CONTEXT), ("id", id), ("type", "Annotation"), ("motivation", motivation)]);
    };
    let body = |j: &mut JsonWriter, purpose: &str, value: &str| {
        j.object(|j| j.strings(&[("type", "TextualBody"), ("purpose", purpose), ("value", value)]));
    };
    let mut found = Vec::new();
    for (i, mark) in d.marks.iter().enumerate() {
        let mut json = JsonWriter::new();
        json.object(|j| {
            head(j, &name(d, "m", i), "classifying");
            j.key("body").list(|j| {
                body(j, "classifying", &mark.label);
                body(j, "describing", &packed(mark));
            });
            j.key("target").object(|j| {
                j.strings(&[("source", &source)]);
                j.key("selector").list(|j| selectors(j, d, mark, unit, with_texts));
            });
        });
        found.push(json.finish());
    }
    for (i, r) in d.relations.iter().enumerate() {
        let mut json = JsonWriter::new();
        json.object(|j| {
            head(j, &name(d, "r", i), "linking");
            j.key("body").list(|j| {
                j.string(&name(d, "m", r.to));
                body(j, "tagging", &r.label);
            });
            j.strings(&[("target", &name(d, "m", r.from))]);
        });
        found.push(json.finish());
    }
    for (i, o) in d.opinions.iter().filter(|o| o.evidence.is_empty()).enumerate() {
        let mut json = JsonWriter::new();
        json.object(|j| {
            head(j, &name(d, "s", i), "classifying");
            j.key("body").list(|j| {
                body(j, "classifying", &o.label);
                body(j, "describing", &opinion_packed(o));
            });
            j.strings(&[("target", &source)]);
        });
        found.push(json.finish());
    }
    found
}

fn selectors(j: &mut JsonWriter, d: &Document, mark: &Mark, unit: Unit, with_texts: bool) {
    let (start, end) = Units::of(&d.text, unit).ends(mark.span);
    j.object(|j| {
        j.strings(&[("type", "TextPositionSelector")]);
        j.key("start").number(start);
        j.key("end").number(end);
    });
    if with_texts {
        let (prefix, suffix) = context(&d.text, mark);
        j.object(|j| {
            j.strings(&[
                ("type", "TextQuoteSelector"),
                ("exact", mark.span.slice(&d.text)),
                ("prefix", prefix),
                ("suffix", suffix),
            ]);
        });
    }
}

/// What stands around a mark: as much as makes it the only such place, within reason.
fn context<'d>(text: &'d str, mark: &Mark) -> (&'d str, &'d str) {
    let (before, after) = (&text[..mark.span.start().byte()], &text[mark.span.end().byte()..]);
    let mut size = 32;
    loop {
        let from = before.char_indices().rev().nth(size - 1).map_or(0, |(i, _)| i);
        let to = after.char_indices().nth(size).map_or(after.len(), |(i, _)| i);
        let whole = &text[from..mark.span.end().byte() + to];
        if size >= 1024 || text.matches(whole).count() == 1 {
            return (&before[from..], &after[..to]);
        }
        size *= 2;
    }
}
