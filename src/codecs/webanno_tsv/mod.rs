//! WebAnno TSV 3.3, for INCEpTION: sentences, tokens, a column a feature. Positions in UTF-16 units.
//!
//! The layers `webanno.custom.Variorum` (features `label`, `attributes`) and `webanno.custom.VariorumTie`
//! (feature `label`) must be in the INCEpTION project.

use super::Issue;
use super::exchange::{
    Codec, Direction, Document, Documents, Fault, Loss, Sink, SourceFiles, Tokenisation, Tokens, Unit, Units,
    of_files, page_files, read_or_why,
};
use super::spacy::packed;
use std::fmt::Write as _;

mod read;

/// The format `webanno-tsv`.
pub(super) struct WebannoTsv;

const SPAN: &str = "webanno.custom.Variorum";
const TIE: &str = "webanno.custom.VariorumTie";

impl Codec for WebannoTsv {
    fn name(&self) -> &'static str {
        "webanno-tsv"
    }
    fn about(&self) -> &'static str {
        "WebAnno TSV 3.3, for INCEpTION"
    }
    fn direction(&self) -> Direction {
        Direction::Both
    }
    fn unit(&self) -> Unit {
        Unit::Utf16
    }
    fn losses(&self) -> &'static [Loss] {
        &[Loss::StanceWithoutWords, Loss::OffTokens, Loss::BlankLines, Loss::AboutArticle]
    }

    fn write(&self, data: &dyn Documents, out: &mut dyn Sink) -> Result<(), Fault> {
        if data.options().without_texts {
            return Err(Fault::NeedsTexts(self.name()));
        }
        let cut = data.options().tokens;
        page_files(data, out, "tsv", &|d| page(d, cut))
    }

    fn read(&self, files: &SourceFiles, issues: &mut Vec<Issue>) -> Result<Vec<Document>, Fault> {
        let (mut found, before) = (Vec::new(), issues.len());
        for (name, text) in &files.files {
            if text.starts_with("#FORMAT=WebAnno TSV 3") {
                found.push((name.clone(), read::read(name, text, issues)));
            }
        }
        let otherwise = "its first line is not “#FORMAT=WebAnno TSV 3.3”.";
        read_or_why(self.name(), of_files(found), (issues, before), otherwise)
    }
}

/// A value as it stands in a column.
fn value(text: &str) -> String {
    let mut out = String::new();
    for (i, c) in text.char_indices() {
        match c {
            '\\' | '[' | ']' | '|' | '_' | ';' | '*' => out.extend(['\\', c]),
            '-' if text[i..].starts_with("->") => out.push_str("\\-"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            c => out.push(c),
        }
    }
    out
}

/// A line of text, or a token.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\u{c}' => out.push_str("\\f"),
            '\u{8}' => out.push_str("\\b"),
            c => out.push(c),
        }
    }
    out
}

fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        match (c, c == '\\') {
            (_, true) => match characters.next() {
                Some('t') => out.push('\t'),
                Some('n') => out.push('\n'),
                Some('r') => out.push('\r'),
                Some('f') => out.push('\u{c}'),
                Some('b') => out.push('\u{8}'),
                Some(other) => out.push(other),
                None => {}
            },
            (c, false) => out.push(c),
        }
    }
    out
}

fn page(d: &Document, how: Tokenisation) -> String {
    let tokens = Tokens::of(d, how);
    let units = Units::of(&d.text, Unit::Utf16);
    let fits: Vec<_> = d.marks.iter().map(|m| tokens.range(m.span)).collect();
    let name = |i: usize| {
        let sentence = tokens.tokens[i].sentence;
        format!("{}-{}", sentence + 1, i - tokens.in_sentence(sentence).start + 1)
    };
    let mut page =
        format!("#FORMAT=WebAnno TSV 3.3\n#T_SP={SPAN}|label|attributes\n#T_RL={TIE}|label|BT_{SPAN}\n\n");
    for sentence in 0..tokens.sentences.len() {
        page.push('\n');
        // The first and the last one hold what stands before and after, which would be lost otherwise.
        let own = tokens.sentences[sentence];
        let from = if sentence == 0 { 0 } else { own.start().byte() };
        let to = if sentence + 1 == tokens.sentences.len() { d.text.len() } else { own.end().byte() };
        let whole = &d.text[from..to];
        for line in whole.split('\n') {
            let _ = writeln!(page, "#Text={}", plain(line));
        }
        for i in tokens.in_sentence(sentence) {
            let token = tokens.tokens[i].span;
            let (start, end) = units.ends(token);
            let mut columns = [const { String::new() }; 4];
            let mut put = |column: usize, text: &str| {
                if !columns[column].is_empty() {
                    columns[column].push('|');
                }
                columns[column].push_str(text);
            };
            for (at, mark) in d.marks.iter().enumerate() {
                if fits[at].as_ref().is_some_and(|range| range.contains(&i)) {
                    put(0, &format!("{}[{}]", value(&mark.label), at + 1));
                    put(1, &format!("{}[{}]", value(&packed(mark)), at + 1));
                }
            }
            for r in &d.relations {
                let (Some(from), Some(to)) = (&fits[r.from], &fits[r.to]) else { continue };
                if to.start == i {
                    put(2, &value(&r.label));
                    put(3, &format!("{}[{}_{}]", name(from.start), r.from + 1, r.to + 1));
                }
            }
            let shown = columns.each_ref().map(|c| if c.is_empty() { "_" } else { c });
            let _ = writeln!(
                page,
                "{}\t{start}-{end}\t{}\t{}\t",
                name(i),
                plain(token.slice(&d.text)),
                shown.join("\t")
            );
        }
    }
    page
}
