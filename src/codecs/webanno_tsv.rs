//! WebAnno TSV 3.3, for INCEpTION: sentences, tokens, a column a feature. Positions in UTF-16 units.
//!
//! The layers `webanno.custom.Variorum` (features `label`, `attributes`) and `webanno.custom.VariorumTie`
//! (feature `label`) must be in the INCEpTION project.

use super::Issue;
use super::exchange::{
    Codec, Direction, Document, Documents, Fault, Loss, Reader, Sink, SourceFiles, Tokenisation, Tokens,
    Unit, Units, page_files,
};
use super::spacy::packed;
use std::fmt::Write as _;

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
        let mut documents = Vec::new();
        for (name, text) in &files.files {
            if text.starts_with("#FORMAT=WebAnno TSV 3") {
                documents.push(read(name, text, issues));
            }
        }
        if documents.is_empty() {
            let why = "its first line is not “#FORMAT=WebAnno TSV 3.3”.".to_owned();
            return Err(Fault::NotThis { format: self.name(), why });
        }
        Ok(documents)
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

/// A mark as its tokens are gathered.
struct Gathered {
    start: u64,
    end: u64,
    values: Vec<String>,
}

struct Layer {
    name: String,
    features: usize,
    /// Whether it ties others.
    relation: bool,
}

fn layers(text: &str) -> Vec<Layer> {
    let one = |line: &str| {
        let (kind, what) = line.strip_prefix("#T_")?.split_once('=')?;
        let mut parts = what.split('|');
        let name = parts.next()?.to_owned();
        Some(Layer { name, features: parts.count().max(1), relation: kind == "RL" })
    };
    text.lines().take_while(|line| !line.starts_with("#Text=")).filter_map(one).collect()
}

/// Splits at a mark of the format that no backslash stands before.
fn split(text: &str, at: char) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut from, mut escaped) = (0, false);
    for (i, c) in text.char_indices() {
        if c == at && !escaped {
            found.push(&text[from..i]);
            from = i + c.len_utf8();
        }
        escaped = c == '\\' && !escaped;
    }
    found.push(&text[from..]);
    found
}

/// A value and the number that tells stacked and long marks apart.
fn numbered(part: &str) -> (&str, Option<&str>) {
    let open = split(part, '[');
    match (&*open, part.strip_suffix(']')) {
        ([before, ..], Some(whole)) if open.len() > 1 => (before, Some(&whole[before.len() + 1..])),
        _ => (part, None),
    }
}

fn read(file: &str, page: &str, issues: &mut Vec<Issue>) -> Document {
    let layers = layers(page);
    let mut text = String::new();
    let mut units = 0_u64;
    let mut sentence: Option<String> = None;
    let mut rows: Vec<(String, u64, u64, Vec<String>)> = Vec::new();
    for line in page.lines() {
        if let Some(more) = line.strip_prefix("#Text=") {
            let more = unescape(more);
            sentence = Some(sentence.map_or(more.clone(), |before| format!("{before}\n{more}")));
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        if line.starts_with('#') || columns.len() < 3 {
            continue;
        }
        let Some((start, end)) =
            columns[1].split_once('-').and_then(|(s, e)| Some((s.parse().ok()?, e.parse().ok()?)))
        else {
            issues.push(Issue { place: file.to_owned(), what: format!("“{line}” has no positions.") });
            continue;
        };
        if let Some(whole) = sentence.take() {
            // The token may stand behind white space that belongs to the sentence.
            let token = unescape(columns[2]);
            let lead = whole.find(&token).map_or(0, |at| whole[..at].encode_utf16().count() as u64);
            while units + lead < start {
                text.push('\n');
                units += 1;
            }
            units += whole.encode_utf16().count() as u64;
            text.push_str(&whole);
        }
        let rest = columns[3..].iter().map(|c| (*c).to_owned()).collect();
        rows.push((columns[0].to_owned(), start, end, rest));
    }
    let stem = file.trim_end_matches(".tsv").rsplit('/').next().unwrap_or(file);
    let mut reader = Reader::new(file, stem, &text, Unit::Utf16, issues);
    let mut column = 0;
    for layer in layers.iter().filter(|l| !l.relation) {
        for (key, mark) in gather(&rows, column, layer) {
            let label = mark.values.first().filter(|v| !matches!(&***v, "_" | "*" | ""));
            let short = layer.name.rsplit('.').next().unwrap_or(&layer.name);
            let packed = mark.values.get(1).filter(|v| *v != "_").map_or("", |v| v);
            let label = label.map_or(short, |l| l);
            reader.mark(&key, (Some(mark.start), Some(mark.end)), label, packed, None);
        }
        column += layer.features;
    }
    for layer in layers.iter().filter(|l| l.relation) {
        ties(&mut reader, &rows, column, layer);
        column += layer.features;
    }
    reader.finish()
}

/// The marks of a layer by their numbers; one without a number is named by its token.
fn gather(rows: &[(String, u64, u64, Vec<String>)], column: usize, layer: &Layer) -> Vec<(String, Gathered)> {
    let mut found: Vec<(String, Gathered)> = Vec::new();
    for (token, start, end, columns) in rows {
        for feature in 0..layer.features {
            let Some(cell) = columns.get(column + feature).filter(|c| *c != "_" && !c.is_empty()) else {
                continue;
            };
            for part in split(cell, '|') {
                let (shown, number) = numbered(part);
                let key = number.map_or_else(|| format!("{token}@{column}"), str::to_owned);
                let value = unescape(shown);
                match found.iter_mut().find(|(k, _)| *k == key) {
                    Some((_, mark)) => {
                        mark.end = (*end).max(mark.end);
                        if mark.values.len() <= feature {
                            mark.values.resize(feature, "_".to_owned());
                            mark.values.push(value);
                        }
                    }
                    None => {
                        let mut values = vec!["_".to_owned(); feature];
                        values.push(value);
                        found.push((key, Gathered { start: *start, end: *end, values }));
                    }
                }
            }
        }
    }
    found
}

fn ties(reader: &mut Reader<'_>, rows: &[(String, u64, u64, Vec<String>)], column: usize, layer: &Layer) {
    for (token, _, _, columns) in rows {
        let cell = |i: usize| columns.get(column + i).filter(|c| *c != "_" && !c.is_empty());
        let Some(ends) = cell(layer.features - 1) else { continue };
        let labels = cell(0).map_or(Vec::new(), |c| split(c, '|'));
        for (i, end) in split(ends, '|').iter().enumerate() {
            let label = unescape(numbered(labels.get(i).unwrap_or(&"")).0);
            let (governor, numbers) = numbered(end);
            let (from, to) = numbers.and_then(|n| n.split_once('_')).unwrap_or(("0", "0"));
            let name = |number: &str, token: &str| {
                if number == "0" { format!("{token}@0") } else { number.to_owned() }
            };
            reader.relation(&name(from, governor), &name(to, token), &label);
        }
    }
}
