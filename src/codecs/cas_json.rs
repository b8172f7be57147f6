//! UIMA CAS as JSON 0.4, as cassis and the Java libraries write it: plain `begin` and `end`, counted in
//! UTF-16 units.

use super::Issue;
use super::cas_views::{Structure, Views};
use super::exchange::{
    Codec, Direction, Document, Documents, Fault, JsonWriter, Loss, Sink, SourceFiles, Tokens, Unit, Units,
    of_files, page_files, read_or_why,
};
use super::spacy::packed;
use serde_json::Value;

/// The format `cas-json`.
pub(super) struct CasJson;

/// Our types: a mark, a tie between two, and what DKPro calls tokens and sentences.
pub(super) const SPAN: &str = "webanno.custom.Variorum";
pub(super) const TIE: &str = "webanno.custom.VariorumTie";
pub(super) const TOKEN: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token";
pub(super) const SENTENCE: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence";

/// What CAS cannot hold here.
pub(super) const LOSSES: &[Loss] = &[Loss::StanceWithoutWords, Loss::AboutArticle];

impl Codec for CasJson {
    fn name(&self) -> &'static str {
        "cas-json"
    }
    fn about(&self) -> &'static str {
        "UIMA CAS JSON 0.4, for INCEpTION and dkpro-cassis"
    }
    fn direction(&self) -> Direction {
        Direction::Both
    }
    fn unit(&self) -> Unit {
        Unit::Utf16
    }
    fn losses(&self) -> &'static [Loss] {
        LOSSES
    }

    fn write(&self, data: &dyn Documents, out: &mut dyn Sink) -> Result<(), Fault> {
        if data.options().without_texts {
            return Err(Fault::NeedsTexts(self.name()));
        }
        let cut = data.options().tokens;
        page_files(data, out, "json", &|d| page(d, &Tokens::of(d, cut)))
    }

    fn read(&self, files: &SourceFiles, issues: &mut Vec<Issue>) -> Result<Vec<Document>, Fault> {
        let (mut found, before) = (Vec::new(), issues.len());
        for (name, text) in files.files.iter().filter(|(name, _)| name.ends_with(".json")) {
            let what = match serde_json::from_str::<Value>(text) {
                Ok(cas) if cas.get("%FEATURE_STRUCTURES").is_some() => {
                    let documents = read(name, &cas, issues);
                    found.extend(documents.into_iter().map(|d| (name.clone(), d)));
                    continue;
                }
                Ok(_) => "It has no %FEATURE_STRUCTURES. Export it as CAS JSON 0.4.".to_owned(),
                Err(why) => format!("This is no JSON: {why}."),
            };
            issues.push(Issue { place: name.clone(), what });
        }
        read_or_why(self.name(), of_files(found), (issues, before), "there is no .json file.")
    }
}

/// Our types with their features, each with what it holds.
pub(super) const TYPES: [(&str, &[(&str, &str)]); 4] = [
    (SPAN, &[("label", STRING), ("attributes", STRING)]),
    (TIE, &[("label", STRING), ("Governor", SPAN), ("Dependent", SPAN)]),
    (TOKEN, &[]),
    (SENTENCE, &[]),
];
const STRING: &str = "uima.cas.String";

fn types(j: &mut JsonWriter) {
    let mark = "uima.tcas.Annotation";
    j.key("%TYPES").object(|j| {
        for (name, features) in TYPES {
            j.key(name).object(|j| {
                j.strings(&[("%NAME", name), ("%SUPER_TYPE", mark)]);
                for (feature, range) in features {
                    j.key(feature).object(|j| j.strings(&[("%NAME", feature), ("%RANGE", range)]));
                }
            });
        }
    });
}

fn page(d: &Document, tokens: &Tokens) -> String {
    let units = Units::of(&d.text, Unit::Utf16);
    // Sofa 1, document 2, marks from 3.
    let mark_id = |i: usize| i + 3;
    let mut id = d.marks.len() + 3;
    let mut json = JsonWriter::new();
    json.object(|j| {
        types(j);
        j.key("%FEATURE_STRUCTURES").list(|j| {
            j.object(|j| {
                j.key("%ID").number(1);
                j.strings(&[
                    ("%TYPE", "uima.cas.Sofa"),
                    ("sofaID", "_InitialView"),
                    ("mimeType", "text/plain"),
                ]);
                j.key("sofaNum").number(1);
                j.strings(&[("sofaString", &d.text)]);
            });
            let put = |j: &mut JsonWriter,
                       id: usize,
                       kind: &str,
                       ends: (usize, usize),
                       more: &dyn Fn(&mut JsonWriter)| {
                j.object(|j| {
                    j.key("%ID").number(id);
                    j.strings(&[("%TYPE", kind)]);
                    j.key("@sofa").number(1);
                    j.key("begin").number(ends.0);
                    j.key("end").number(ends.1);
                    more(j);
                });
            };
            let language = if d.language.is_empty() { "x-unspecified" } else { &d.language };
            put(j, 2, "uima.tcas.DocumentAnnotation", units.ends(d.text.whole()), &|j| {
                j.strings(&[("language", language)]);
            });
            for (i, mark) in d.marks.iter().enumerate() {
                put(j, mark_id(i), SPAN, units.ends(mark.span), &|j| {
                    j.strings(&[("label", &mark.label), ("attributes", &packed(mark))]);
                });
            }
            for r in &d.relations {
                // A tie stands where its dependent stands, as INCEpTION has it.
                put(j, id, TIE, units.ends(d.marks[r.to].span), &|j| {
                    j.strings(&[("label", &r.label)]);
                    j.key("@Governor").number(mark_id(r.from));
                    j.key("@Dependent").number(mark_id(r.to));
                });
                id += 1;
            }
            for sentence in &tokens.sentences {
                put(j, id, SENTENCE, units.ends(*sentence), &|_| {});
                id += 1;
            }
            for token in &tokens.tokens {
                put(j, id, TOKEN, units.ends(token.span), &|_| {});
                id += 1;
            }
        });
        j.key("%VIEWS").object(|j| {
            j.key("_InitialView").object(|j| {
                j.key("%SOFA").number(1);
                j.key("%MEMBERS").list(|j| (2..id).for_each(|i| j.number(i)));
            });
        });
    });
    json.line()
}

fn read(file: &str, cas: &Value, issues: &mut Vec<Issue>) -> Vec<Document> {
    let none = serde_json::Map::new();
    let structures = cas.get("%FEATURE_STRUCTURES").and_then(Value::as_array).map_or(&[][..], |all| all);
    let get = |of: &Value, key: &str| of.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let number = |of: &Value, key: &str| of.get(key).and_then(Value::as_u64);
    let id = |of: &Value, key: &str| number(of, key).map(|n| n.to_string()).unwrap_or_default();
    let mut views = Views::default();
    for s in structures {
        if let Some(text) = s.get("sofaString").and_then(Value::as_str) {
            views.text(&id(s, "%ID"), &get(s, "sofaID"), text);
        }
    }
    for s in structures {
        let kind = get(s, "%TYPE");
        let own = |key: &str| key.starts_with(['%', '@']) || matches!(key, "begin" | "end" | "language");
        let given = s.as_object().unwrap_or(&none);
        // Ties name their ends by `@`, as everything that is no value.
        let tie = ["Governor", "Dependent"].map(|key| (key, id(s, &format!("@{key}"))));
        let shown = given.iter().filter(|(key, _)| !own(key)).filter_map(|(key, value)| {
            let value = match value {
                Value::String(words) => words.clone(),
                Value::Number(_) | Value::Bool(_) => value.to_string(),
                _ => return None,
            };
            Some((key.trim_start_matches('#'), value))
        });
        let fields: Vec<(&str, String)> =
            shown.chain(tie.into_iter().filter(|(_, v)| !v.is_empty())).collect();
        let fields = fields.iter().map(|(key, value)| (*key, &**value)).collect();
        let ends = (number(s, "begin"), number(s, "end"));
        let (begins, language) = (s.get("begin").is_some(), get(s, "language"));
        let structure =
            Structure { id: &id(s, "%ID"), kind: &kind, ends, begins, language: &language, fields };
        views.put(&id(s, "@sofa"), structure);
    }
    let stem = file.trim_end_matches(".json").rsplit('/').next().unwrap_or(file);
    views.documents(file, stem, issues)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_against_the_text_of_their_own_view_and_keep_their_features() {
        let json = r#"{"%FEATURE_STRUCTURES":[
            {"%ID":1,"%TYPE":"uima.cas.Sofa","sofaID":"raw","sofaString":"<p>Holm said.</p>"},
            {"%ID":2,"%TYPE":"uima.cas.Sofa","sofaID":"plain","sofaString":"Holm said."},
            {"%ID":3,"%TYPE":"x.Mark","@sofa":2,"begin":0,"end":4,"value":"source","form":"full_name"},
            {"%ID":4,"%TYPE":"x.Mark","@sofa":2,"begin":5,"end":9,"label":"cue","certain":true},
            {"%ID":5,"%TYPE":"x.Tie","@sofa":2,"begin":5,"end":9,"@Governor":4,"@Dependent":3,"label":"by"}]}"#;
        let mut issues = Vec::new();
        let documents = CasJson.read(&SourceFiles::single("a.json", json), &mut issues).unwrap();
        assert_eq!((documents.len(), documents[0].words(0), documents[0].words(1)), (1, "Holm", "said"));
        assert_eq!(documents[0].marks[0].attribute("form"), Some("full_name"));
        let r = &documents[0].relations[0];
        assert_eq!((r.from, r.to, &*r.label), (1, 0, "by"));
        assert!(issues.len() == 1 && issues[0].what.contains("“certain”"), "{issues:?}");
    }

    #[test]
    fn what_is_no_json_is_why_nothing_was_read() {
        let files = SourceFiles::single("a.json", "{\"%FEATURE_STRUCTURES\": [");
        let why = CasJson.read(&files, &mut Vec::new()).unwrap_err().to_string();
        assert!(why.contains("a.json: This is no JSON: EOF"), "{why}");
    }
}
