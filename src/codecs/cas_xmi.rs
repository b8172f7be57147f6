//! UIMA CAS as XMI, with its type system beside. Positions in UTF-16 units.

use super::Issue;
use super::cas_json::{LOSSES, TYPES};
use super::cas_views::{Structure, Views};
use super::exchange::{
    Codec, Direction, Document, Documents, Fault, Loss, Sink, SourceFiles, Tokens, Unit, Units, of_files,
    page_files, read_or_why,
};
use super::spacy::packed;
use super::xml::{elements, escape};
use std::fmt::Write as _;

/// The format `cas-xmi`.
pub(super) struct CasXmi;

impl Codec for CasXmi {
    fn name(&self) -> &'static str {
        "cas-xmi"
    }
    fn about(&self) -> &'static str {
        "UIMA CAS XMI with its type system, for INCEpTION, DKPro and dkpro-cassis"
    }
    fn direction(&self) -> Direction {
        Direction::Both
    }
    fn unit(&self) -> Unit {
        Unit::Utf16
    }
    fn losses(&self) -> &'static [Loss] {
        const ALL: &[Loss] = &[LOSSES[0], LOSSES[1], Loss::ControlCharacters];
        ALL
    }

    fn write(&self, data: &dyn Documents, out: &mut dyn Sink) -> Result<(), Fault> {
        if data.options().without_texts {
            return Err(Fault::NeedsTexts(self.name()));
        }
        out.file("TypeSystem.xml", &type_system())?;
        let cut = data.options().tokens;
        page_files(data, out, "xmi", &|d| page(d, &Tokens::of(d, cut)))
    }

    fn read(&self, files: &SourceFiles, issues: &mut Vec<Issue>) -> Result<Vec<Document>, Fault> {
        let (mut all, before) = (Vec::new(), issues.len());
        for (name, text) in files.files.iter().filter(|(name, _)| name.ends_with(".xmi")) {
            match read(name, text, issues) {
                Ok(found) => all.extend(found.into_iter().map(|d| (name.clone(), d))),
                Err(Fault::NotThis { why: what, .. }) => issues.push(Issue { place: name.clone(), what }),
                Err(why) => return Err(why),
            }
        }
        read_or_why(self.name(), of_files(all), (issues, before), "there is no .xmi file.")
    }
}

fn type_system() -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<typeSystemDescription xmlns=\"http://uima.apache.org/resourceSpecifier\">\n  <types>\n",
    );
    for (name, features) in TYPES {
        let _ = writeln!(
            xml,
            "    <typeDescription><name>{name}</name><description/><supertypeName>uima.tcas.Annotation</supertypeName><features>"
        );
        for (feature, range) in features {
            let _ = writeln!(
                xml,
                "      <featureDescription><name>{feature}</name><description/><rangeTypeName>{range}</rangeTypeName></featureDescription>"
            );
        }
        xml.push_str("    </features></typeDescription>\n");
    }
    xml.push_str("  </types>\n</typeSystemDescription>\n");
    xml
}

fn page(d: &Document, tokens: &Tokens) -> String {
    let units = Units::of(&d.text, Unit::Utf16);
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\" xmlns:cas=\"http:///uima/cas.ecore\" xmlns:tcas=\"http:///uima/tcas.ecore\" xmlns:custom=\"http:///webanno/custom.ecore\" xmlns:type=\"http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore\" xmi:version=\"2.0\">\n  <cas:NULL xmi:id=\"0\"/>\n",
    );
    let mark_id = |i: usize| i + 3;
    let mut id = 2;
    let mut put = |xml: &mut String, kind: &str, ends: (usize, usize), more: &str| {
        let _ = writeln!(
            xml,
            "  <{kind} xmi:id=\"{id}\" sofa=\"1\" begin=\"{}\" end=\"{}\"{more}/>",
            ends.0, ends.1
        );
        id += 1;
    };
    let language = if d.language.is_empty() { "x-unspecified" } else { &d.language };
    let more = format!(" language=\"{}\"", escape(language));
    put(&mut xml, "tcas:DocumentAnnotation", units.ends(d.text.whole()), &more);
    for mark in &d.marks {
        let more = format!(" label=\"{}\" attributes=\"{}\"", escape(&mark.label), escape(&packed(mark)));
        put(&mut xml, "custom:Variorum", units.ends(mark.span), &more);
    }
    for r in &d.relations {
        let (from, to) = (mark_id(r.from), mark_id(r.to));
        let more = format!(" label=\"{}\" Governor=\"{from}\" Dependent=\"{to}\"", escape(&r.label));
        put(&mut xml, "custom:VariorumTie", units.ends(d.marks[r.to].span), &more);
    }
    tokens.sentences.iter().for_each(|s| put(&mut xml, "type:Sentence", units.ends(*s), ""));
    tokens.tokens.iter().for_each(|t| put(&mut xml, "type:Token", units.ends(t.span), ""));
    let members: Vec<String> = (2..id).map(|i| i.to_string()).collect();
    let _ = writeln!(
        xml,
        "  <cas:Sofa xmi:id=\"1\" sofaNum=\"1\" sofaID=\"_InitialView\" mimeType=\"text/plain\" sofaString=\"{}\"/>\n  <cas:View sofa=\"1\" members=\"{}\"/>\n</xmi:XMI>",
        escape(&d.text),
        members.join(" ")
    );
    xml
}

/// The views of a file, each with its text and what is said of it, put into the words of JSON's reader.
fn read(file: &str, xml: &str, issues: &mut Vec<Issue>) -> Result<Vec<Document>, Fault> {
    let elements = elements(xml, "cas-xmi")?;
    let mut views = Views::default();
    for e in elements.iter().filter(|e| e.name.ends_with("Sofa")) {
        if let Some(text) = e.get("sofaString") {
            views.text(e.get("xmi:id").unwrap_or_default(), e.get("sofaID").unwrap_or_default(), text);
        }
    }
    for e in &elements {
        let name = e.name.rsplit(':').next().unwrap_or(&e.name);
        let fields = e.attributes.iter();
        let own = |key: &str| matches!(key, "sofa" | "begin" | "end" | "language") || key.contains(':');
        let fields = fields.filter(|(key, _)| !own(key)).map(|(key, value)| (&**key, &**value)).collect();
        let number = |key: &str| e.get(key).and_then(|text| text.parse().ok());
        let (id, sofa) = (e.get("xmi:id").unwrap_or_default(), e.get("sofa").unwrap_or_default());
        let begins = e.get("begin").is_some();
        let language = e.get("language").unwrap_or_default();
        let ends = (number("begin"), number("end"));
        views.put(sofa, Structure { id, kind: name, ends, begins, language, fields });
    }
    let stem = file.trim_end_matches(".xmi").rsplit('/').next().unwrap_or(file);
    Ok(views.documents(file, stem, issues))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codecs::exchange::Work;

    fn of(inside: &str) -> (Vec<Document>, Vec<Issue>) {
        let mut issues = Vec::new();
        let xml = format!("<xmi:XMI xmi:version=\"2.0\">{inside}</xmi:XMI>");
        let documents = read("a.xmi", &xml, &mut issues).unwrap();
        (documents, issues)
    }

    #[test]
    fn marks_are_read_against_the_text_of_their_own_view() {
        let (documents, issues) = of(
            "<cas:Sofa xmi:id=\"1\" sofaID=\"raw\" sofaString=\"&lt;p&gt;Holm said.&lt;/p&gt;\"/><cas:Sofa xmi:id=\"2\" sofaID=\"plain\" sofaString=\"Holm said.\"/><x:Mark xmi:id=\"5\" sofa=\"2\" begin=\"0\" end=\"4\" value=\"source\"/><x:Token xmi:id=\"6\" sofa=\"1\" begin=\"0\" end=\"3\"/><x:Mark xmi:id=\"7\" sofa=\"9\" begin=\"0\" end=\"4\" value=\"cue\"/>",
        );
        assert_eq!(documents.len(), 1, "a view without marks is no article");
        assert_eq!((&*documents[0].text, documents[0].words(0)), ("Holm said.", "Holm"));
        assert!(issues.len() == 1 && issues[0].what.contains("“9”"), "{issues:?}");
    }

    #[test]
    fn a_cas_is_whoever_s_it_says_it_is() {
        let of_user = |name: &str| {
            of(&format!(
                "<cas:Sofa xmi:id=\"1\" sofaID=\"_InitialView\" sofaString=\"Holm said.\"/><t:CASMetadata xmi:id=\"2\" sofa=\"1\" begin=\"0\" end=\"0\" username=\"{name}\"/>"
            ))
        };
        let by = |name: &str| of_user(name).0[0].by.clone().map(|by| (by.name, by.work));
        assert_eq!(by("anna"), Some(("anna".to_owned(), Work::Unsaid)));
        assert_eq!(by("CURATION_USER"), Some(("CURATION_USER".to_owned(), Work::Gold)));
        assert_eq!((by("INITIAL_CAS"), of_user("anna").1), (None, vec![]));
    }

    #[test]
    fn views_with_marks_of_their_own_are_articles_of_their_own() {
        let view = |n: usize, text: &str| {
            format!(
                "<cas:Sofa xmi:id=\"{n}\" sofaID=\"v{n}\" sofaString=\"{text}\"/><x:Mark xmi:id=\"1{n}\" sofa=\"{n}\" begin=\"0\" end=\"4\" label=\"source\"/>"
            )
        };
        let (documents, issues) = of(&(view(1, "Holm said.") + &view(2, "Lind said.")));
        let words: Vec<_> = documents.iter().map(|d| (&*d.article, d.words(0))).collect();
        assert_eq!((words, issues), (vec![("a, view v1", "Holm"), ("a, view v2", "Lind")], vec![]));
    }

    #[test]
    fn further_features_are_kept_and_those_without_a_place_are_listed_once() {
        let mark = |n: usize| {
            format!(
                "<x:Mark xmi:id=\"{n}\" sofa=\"1\" begin=\"0\" end=\"4\" value=\"source\" form=\"full_name\" identifier=\"Q{n}\"/>"
            )
        };
        let sofa = "<cas:Sofa xmi:id=\"1\" sofaID=\"_InitialView\" sofaString=\"Holm said.\"/>";
        let mut issues = Vec::new();
        let xml = format!("<xmi:XMI>{sofa}{}{}</xmi:XMI>", mark(2), mark(3));
        let files = SourceFiles::single("a.xmi", &xml);
        let documents = CasXmi.read(&files, &mut issues).unwrap();
        assert_eq!(documents[0].marks[0].attribute("form"), Some("full_name"));
        assert_eq!(documents[0].marks[0].attribute("identifier"), Some("Q2"));
        assert!(issues.len() == 1 && issues[0].what.contains("2 times"), "{issues:?}");
    }

    #[test]
    fn xml_that_breaks_is_why_nothing_was_read() {
        let files = SourceFiles::single("a.xmi", "<xmi:XMI><cas:Sofa sofaString=\"Holm");
        let why = CasXmi.read(&files, &mut Vec::new()).unwrap_err().to_string();
        assert!(why.contains("a.xmi: the XML breaks at byte 9"), "{why}");
    }
}
