//! UIMA CAS as XMI, with its type system beside. Positions in UTF-16 units.

use super::Issue;
use super::cas_json::{LOSSES, TYPES, is_structure};
use super::exchange::{
    Codec, Direction, Document, Documents, Fault, Loss, Reader, Sink, SourceFiles, Tokens, Unit, Units,
    page_files,
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
        let mut documents = Vec::new();
        for (name, text) in files.files.iter().filter(|(name, _)| name.ends_with(".xmi")) {
            match read(name, text, issues) {
                Ok(document) => documents.push(document),
                Err(why) => issues.push(Issue { place: name.clone(), what: why.to_string() }),
            }
        }
        if documents.is_empty() {
            let why = "there is no .xmi file with a text in it.".to_owned();
            return Err(Fault::NotThis { format: self.name(), why });
        }
        Ok(documents)
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

fn read(file: &str, xml: &str, issues: &mut Vec<Issue>) -> Result<Document, Fault> {
    let elements = elements(xml, "cas-xmi")?;
    let text = elements.iter().find_map(|e| e.get("sofaString"));
    let Some(text) = text else {
        return Err(Fault::NotThis { format: "cas-xmi", why: "it has no sofaString.".to_owned() });
    };
    let stem = file.trim_end_matches(".xmi").rsplit('/').next().unwrap_or(file);
    let mut reader = Reader::new(file, stem, text, Unit::Utf16, issues);
    let number = |text: Option<&str>| text.and_then(|t| t.parse().ok());
    for e in &elements {
        let kind = e.name.rsplit(':').next().unwrap_or(&e.name);
        let label = e.get("label").or(e.get("value")).unwrap_or(kind);
        if matches!(kind, "DocumentAnnotation" | "DocumentMetaData") {
            let language = e.get("language").filter(|l| *l != "x-unspecified").unwrap_or_default();
            language.clone_into(&mut reader.about().language);
        } else if e.get("Governor").is_none() && e.get("begin").is_some() && !is_structure(kind) {
            let id = e.get("xmi:id").unwrap_or_default();
            let ends = (number(e.get("begin")), number(e.get("end")));
            reader.mark(id, ends, label, e.get("attributes").unwrap_or_default(), None);
        }
    }
    for e in &elements {
        if let (Some(from), Some(to)) = (e.get("Governor"), e.get("Dependent")) {
            let kind = e.name.rsplit(':').next().unwrap_or(&e.name);
            reader.relation(from, to, e.get("label").or(e.get("value")).unwrap_or(kind));
        }
    }
    Ok(reader.finish())
}
