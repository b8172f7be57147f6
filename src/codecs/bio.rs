//! CoNLL columns: one token a line, IOB2 or BILOU tags, a file for each layer.
//!
//! `-DOCSTART- -X- O O` before each document, a blank line after each sentence, four columns with the
//! tag last, as CoNLL-2003 has them; the columns that we lack hold `-X-` and `_`.

use super::Issue;
use super::exchange::{
    Codec, Direction, Document, Documents, Fault, Loss, Reader, Sink, SourceFiles, Tokens, Unit, ending_in,
    read_or_why,
};
use crate::text::Span;
use std::borrow::Cow;

/// How the tokens of a mark are tagged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scheme {
    /// `B-` on the first token, `I-` on the others.
    Iob2,
    /// Also `L-` on the last and `U-` on an only one.
    Bilou,
}

/// CoNLL in a scheme.
pub(super) struct Conll(Scheme);

/// The format `conll`.
pub(super) const IOB2: Conll = Conll(Scheme::Iob2);
/// The format `conll-bilou`.
pub(super) const BILOU: Conll = Conll(Scheme::Bilou);

/// The layers that get a file each. `nested` holds the content that lies in other content.
const LAYERS: [&str; 6] = ["source", "cue", "content", "nested", "stance", "segment"];

/// The marks of a layer that a column of tags can hold: in order, none sharing words with another, the
/// longer first. `nested` takes the content left over by `content`.
fn held<'d>(d: &'d Document, tokens: &Tokens, layer: &str) -> Vec<(std::ops::Range<usize>, &'d str)> {
    let label = if layer == "nested" { "content" } else { layer };
    let of_layer = d.marks.iter().filter(|m| m.label == label || m.layer.as_str() == label);
    let mut left: Vec<_> = of_layer.filter_map(|m| Some((tokens.range(m.span)?, &*m.label))).collect();
    left.sort_by_key(|(range, _)| (std::cmp::Reverse(range.len()), range.start));
    let mut kept: Vec<(std::ops::Range<usize>, &str)> = Vec::new();
    for _ in 0..=usize::from(layer == "nested") {
        kept.clear();
        let mut over = Vec::new();
        for (range, name) in left {
            let free = kept.iter().all(|(k, _)| range.end <= k.start || k.end <= range.start);
            let held = if free { &mut kept } else { &mut over };
            held.push((range, name));
        }
        left = over;
    }
    kept.sort_by_key(|(range, _)| range.start);
    kept
}

/// The tags of a layer, one for each token.
pub(crate) fn column(d: &Document, tokens: &Tokens, layer: &str, scheme: Scheme) -> Vec<Cow<'static, str>> {
    let mut tags = vec![Cow::Borrowed("O"); tokens.tokens.len()];
    for (range, name) in held(d, tokens, layer) {
        // A tag may not run over the end of a sentence: there it begins anew.
        let mut from = range.start;
        while from < range.end {
            let sentence = tokens.tokens[from].sentence;
            let to = range.end.min(tokens.in_sentence(sentence).end);
            for (i, tag) in tags.iter_mut().enumerate().take(to).skip(from) {
                let letter = match (scheme, i == from, i + 1 == to) {
                    (Scheme::Bilou, true, true) => 'U',
                    (_, true, _) => 'B',
                    (Scheme::Bilou, false, true) => 'L',
                    _ => 'I',
                };
                *tag = Cow::Owned(format!("{letter}-{name}"));
            }
            from = to;
        }
    }
    tags
}

impl Codec for Conll {
    fn name(&self) -> &'static str {
        match self.0 {
            Scheme::Iob2 => "conll",
            Scheme::Bilou => "conll-bilou",
        }
    }
    fn about(&self) -> &'static str {
        match self.0 {
            Scheme::Iob2 => "CoNLL columns with IOB2 tags, a file a layer",
            Scheme::Bilou => "CoNLL columns with BILOU tags, a file a layer",
        }
    }
    fn direction(&self) -> Direction {
        Direction::Both
    }
    fn unit(&self) -> Unit {
        Unit::Tokens
    }
    fn losses(&self) -> &'static [Loss] {
        &[
            Loss::Ties,
            Loss::Fields,
            Loss::StanceWithoutWords,
            Loss::StanceFields,
            Loss::Overlap,
            Loss::OffTokens,
            Loss::BlankLines,
            Loss::AboutArticle,
        ]
    }

    fn mains(&self, files: &SourceFiles) -> Vec<String> {
        ending_in(files, &[".conll", ".bio", ".iob", ".bilou", ".txt", ".tsv"])
    }

    fn write(&self, data: &dyn Documents, out: &mut dyn Sink) -> Result<(), Fault> {
        if data.options().without_texts {
            return Err(Fault::NeedsTexts(self.name()));
        }
        for (at, part) in data.parts().iter().enumerate() {
            let file = |layer: &str| format!("{layer}/{}.conll", part.name);
            LAYERS.iter().try_for_each(|layer| out.beside(&file(layer), ""))?;
            let cut = data.options().tokens;
            let make = |d: &Document| {
                let tokens = Tokens::of(d, cut);
                let page = |layer: &&str| page(d, &tokens, &column(d, &tokens, layer, self.0));
                LAYERS.iter().map(page).collect()
            };
            data.made(at, &make, &mut |_, _, pages| {
                LAYERS.iter().zip(&pages).try_for_each(|(layer, page)| out.beside(&file(layer), page))
            })?;
        }
        Ok(())
    }

    fn read(&self, files: &SourceFiles, issues: &mut Vec<Issue>) -> Result<Vec<Document>, Fault> {
        let before = issues.len();
        let documents = read(files, issues);
        read_or_why(self.name(), documents, (issues, before), "no line has a token and a tag.")
    }
}

fn page(d: &Document, tokens: &Tokens, tags: &[Cow<'static, str>]) -> String {
    let mut page = String::from("-DOCSTART- -X- O O\n\n");
    for sentence in 0..tokens.sentences.len() {
        let range = tokens.in_sentence(sentence);
        if range.is_empty() {
            continue;
        }
        for i in range {
            let word = tokens.tokens[i].span.slice(&d.text);
            for piece in [word, " -X- _ ", &tags[i], "\n"] {
                page.push_str(piece);
            }
        }
        page.push('\n');
    }
    page
}

/// Reads any number of columns: the token first, the tag last. The text is made of the tokens with
/// single spaces, a sentence a line.
fn read(files: &SourceFiles, issues: &mut Vec<Issue>) -> Vec<Document> {
    let mut documents = Vec::new();
    let mut text = String::new();
    let mut marks: Vec<(usize, usize, String)> = Vec::new();
    let mut open: Option<(usize, usize, String)> = None;
    let mut tagged = false;
    let mut finish = |text: &mut String, marks: &mut Vec<_>, issues: &mut Vec<Issue>| {
        if !text.trim().is_empty() {
            let name = format!("{} {}", files.main, documents.len() + 1);
            documents.push(document(&name, text, marks, issues));
        }
        text.clear();
        marks.clear();
    };
    for (number, line) in files.text().split('\n').enumerate() {
        let columns: Vec<&str> = line.split([' ', '\t', '\r']).filter(|c| !c.is_empty()).collect();
        let (token, tag) = match *columns {
            [] => {
                marks.extend(open.take());
                if !text.is_empty() && !text.ends_with('\n') {
                    text.push('\n');
                }
                continue;
            }
            ["-DOCSTART-", ..] => {
                marks.extend(open.take());
                finish(&mut text, &mut marks, issues);
                continue;
            }
            [token, .., tag] => (token, tag),
            [token] => {
                let place = format!("{}, line {}", files.main, number + 1);
                issues.push(Issue { place, what: format!("“{token}” has no tag; it counts as O.") });
                (token, "O")
            }
        };
        if !text.is_empty() && !text.ends_with('\n') {
            text.push(' ');
        }
        let from = text.len();
        text.push_str(token);
        let (letter, label) = tag.split_once('-').unwrap_or((tag, ""));
        tagged |= columns.len() > 1 && matches!(letter, "O" | "B" | "I" | "L" | "E" | "U" | "S");
        match letter {
            // `I` (and `L`, `E`) goes on with an open mark of its label; without one it begins one, as
            // in IOB1.
            "I" | "L" | "E" if open.as_ref().is_some_and(|(_, _, l)| l == label) => {
                if let Some(mark) = &mut open {
                    mark.1 = text.len();
                }
            }
            "O" => marks.extend(open.take()),
            "B" | "I" | "L" | "E" | "U" | "S" => {
                marks.extend(open.replace((from, text.len(), label.to_owned())));
            }
            _ => {
                let place = format!("{}, line {}", files.main, number + 1);
                issues.push(Issue { place, what: format!("“{tag}” is no tag; it counts as O.") });
                marks.extend(open.take());
            }
        }
        if matches!(letter, "L" | "E" | "U" | "S") {
            marks.extend(open.take());
        }
    }
    marks.extend(open.take());
    finish(&mut text, &mut marks, issues);
    // Any text has words at the ends of its lines.
    if tagged { documents } else { Vec::new() }
}

fn document(name: &str, text: &str, marks: &[(usize, usize, String)], issues: &mut Vec<Issue>) -> Document {
    let mut reader = Reader::new(name, name, text, Unit::CodePoints, issues);
    for (i, (from, to, label)) in marks.iter().enumerate() {
        if let Some(span) = Span::new(text, *from, *to) {
            reader.span(&(i + 1).to_string(), span, label, "");
        }
    }
    reader.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_a_tag_is_no_article_and_the_first_of_its_lines_says_why() {
        let mut issues = Vec::new();
        let why = IOB2.read(&SourceFiles::single("README.txt", "About these files\n"), &mut issues);
        let why = why.unwrap_err().to_string();
        assert!(why.contains("README.txt, line 1: “files” is no tag"), "{why}");
        let read = IOB2.read(&SourceFiles::single("a.conll", "Holm B-source\nsaid O\n"), &mut issues);
        assert_eq!(read.unwrap()[0].marks.len(), 1);
    }
}
