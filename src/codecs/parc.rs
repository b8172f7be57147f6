//! PARC 3's XML: a word an element, and in it the roles it plays in attributions.
//!
//! `ByteCount` is read as a position in characters by those who read the corpus, so it counts code
//! points.

use super::exchange::{
    Codec, Direction, Document, Documents, Fault, Loss, Sink, Tokens, Unit, Units, file_stem, page_files,
};
use super::xml::escape;
use std::fmt::Write as _;

/// The format `parc`.
pub(super) struct Parc;

impl Codec for Parc {
    fn name(&self) -> &'static str {
        "parc"
    }
    fn about(&self) -> &'static str {
        "XML as in the PARC 3 corpus: roles on each word, nesting kept"
    }
    fn direction(&self) -> Direction {
        Direction::Out
    }
    fn unit(&self) -> Unit {
        Unit::CodePoints
    }
    fn losses(&self) -> &'static [Loss] {
        &[
            Loss::Continued,
            Loss::Addressee,
            Loss::Intermediary,
            Loss::Fields,
            Loss::Stances,
            Loss::Segments,
            Loss::OffTokens,
            Loss::ControlCharacters,
            Loss::AboutArticle,
        ]
    }

    fn write(&self, data: &dyn Documents, out: &mut dyn Sink) -> Result<(), Fault> {
        if data.options().without_texts {
            return Err(Fault::NeedsTexts(self.name()));
        }
        let cut = data.options().tokens;
        page_files(data, out, "xml", &|d| page(d, &Tokens::of(d, cut)))
    }
}

fn page(d: &Document, tokens: &Tokens) -> String {
    let units = Units::of(&d.text, Unit::CodePoints);
    let mut roles: Vec<Vec<(usize, &str)>> = vec![Vec::new(); tokens.tokens.len()];
    for (number, a) in d.attributions.iter().enumerate() {
        for (role, marks) in [("source", &a.sources), ("cue", &a.cues), ("content", &a.contents)] {
            for range in marks.iter().filter_map(|i| tokens.range(d.marks[*i].span)) {
                range.for_each(|i| roles[i].push((number, role)));
            }
        }
    }
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<root>\n");
    for sentence in 0..tokens.sentences.len() {
        let _ = writeln!(xml, "  <SENTENCE gorn=\"{sentence}\">");
        for (inside, i) in tokens.in_sentence(sentence).enumerate() {
            let token = tokens.tokens[i].span;
            let (start, end) = units.ends(token);
            let word = escape(token.slice(&d.text));
            let _ = write!(
                xml,
                "    <WORD ByteCount=\"{start},{end}\" gorn=\"{sentence},{inside}\" lemma=\"{word}\" pos=\"-X-\" sentenceWord=\"{inside}\" text=\"{word}\" word=\"{i}\""
            );
            if roles[i].is_empty() {
                xml.push_str("/>\n");
                continue;
            }
            xml.push_str(">\n");
            for (number, role) in &roles[i] {
                let a = &d.attributions[*number];
                let nested = if a.parent.is_some() { "Nested" } else { "Attribution" };
                let id = format!("{}_{nested}_relation_{number}", file_stem(d));
                let _ = writeln!(
                    xml,
                    "      <attribution id=\"{id}\"><attributionRole roleValue=\"{role}\"/></attribution>"
                );
            }
            xml.push_str("    </WORD>\n");
        }
        xml.push_str("  </SENTENCE>\n");
    }
    xml.push_str("</root>\n");
    xml
}
