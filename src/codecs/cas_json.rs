//! UIMA CAS as JSON 0.4, as cassis and the Java libraries write it: plain `begin` and `end`, counted in
//! UTF-16 units.

use super::Issue;
use super::exchange::{
    Codec, Direction, Document, Documents, Fault, JsonWriter, Loss, Reader, Sink, SourceFiles, Tokens, Unit,
    Units, page_files,
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
        let mut documents = Vec::new();
        for (name, text) in files.files.iter().filter(|(name, _)| name.ends_with(".json")) {
            match serde_json::from_str::<Value>(text) {
                Ok(cas) if cas.get("%FEATURE_STRUCTURES").is_some() => {
                    documents.extend(read(name, &cas, issues))
                }
                _ => issues.push(Issue { place: name.clone(), what: "This is no CAS in JSON.".to_owned() }),
            }
        }
        if documents.is_empty() {
            let why = "it has no %FEATURE_STRUCTURES.".to_owned();
            return Err(Fault::NotThis { format: self.name(), why });
        }
        Ok(documents)
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

/// Types of every CAS that are no marks of a person.
pub(super) fn is_structure(kind: &str) -> bool {
    let last = kind.rsplit('.').next().unwrap_or(kind);
    matches!(
        last,
        "Sofa"
            | "DocumentAnnotation"
            | "DocumentMetaData"
            | "TagsetDescription"
            | "Token"
            | "Sentence"
            | "Paragraph"
            | "View"
            | "NULL"
            | "CASMetadata"
            | "LayerDefinition"
            | "FeatureDefinition"
            | "Div"
            | "Lemma"
            | "POS"
    ) || kind.contains(".pos.POS")
}

fn read(file: &str, cas: &Value, issues: &mut Vec<Issue>) -> Option<Document> {
    let structures = cas.get("%FEATURE_STRUCTURES")?.as_array()?;
    let get = |of: &Value, key: &str| of.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let text = structures.iter().find_map(|s| s.get("sofaString")?.as_str())?;
    let stem = file.trim_end_matches(".json").rsplit('/').next().unwrap_or(file);
    let mut reader = Reader::new(file, stem, text, Unit::Utf16, issues);
    let number = |of: &Value, key: &str| of.get(key).and_then(Value::as_u64);
    let mut later = Vec::new();
    for s in structures {
        let kind = get(s, "%TYPE");
        let id = number(s, "%ID").map(|n| n.to_string()).unwrap_or_default();
        if kind.ends_with("DocumentAnnotation") || kind.ends_with("DocumentMetaData") {
            let language = get(s, "language");
            if language != "x-unspecified" {
                reader.about().language = language;
            }
        } else if let (Some(from), Some(to)) = (number(s, "@Governor"), number(s, "@Dependent")) {
            later.push((from.to_string(), to.to_string(), label_of(&kind, &get(s, "label"), s)));
        } else if !is_structure(&kind) && s.get("begin").is_some() {
            let ends = (number(s, "begin"), number(s, "end"));
            reader.mark(&id, ends, &label_of(&kind, &get(s, "label"), s), &get(s, "attributes"), None);
        }
    }
    for (from, to, label) in later {
        reader.relation(&from, &to, &label);
    }
    Some(reader.finish())
}

/// The label, the value of another layer's only feature, or the layer's name.
fn label_of(kind: &str, label: &str, structure: &Value) -> String {
    if !label.is_empty() {
        return label.to_owned();
    }
    let value = structure.get("value").and_then(Value::as_str);
    value.unwrap_or(kind.rsplit('.').next().unwrap_or(kind)).to_owned()
}
