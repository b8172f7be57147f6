//! An article as training data sees it: its text, marks on it, ties between marks, stances.

use super::{ANNOTATOR, Annotator};
use crate::text::{Span, Text};

/// What a mark is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MarkLayer {
    /// Who said what.
    Attribution,
    /// The words that show a stance.
    Stance,
    /// What a stretch of the article is.
    Segment,
    /// Not known: a mark of another tool that no mapping names yet.
    Other,
}

impl MarkLayer {
    /// Its name, as the project file has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Attribution => "attribution",
            Self::Stance => "stance",
            Self::Segment => "segment",
            Self::Other => "other",
        }
    }

    /// The layer of that name.
    pub fn named(name: &str) -> Self {
        [Self::Attribution, Self::Stance, Self::Segment]
            .into_iter()
            .find(|layer| layer.as_str() == name)
            .unwrap_or(Self::Other)
    }
}

/// The labels of the marks that make up attributions.
pub const ATTRIBUTION_LABELS: [&str; 6] =
    ["content", "cue", "source", "addressee", "intermediary", "mention"];

/// A marked stretch of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where.
    pub span: Span,
    /// What it is part of.
    pub layer: MarkLayer,
    /// What it is: `content`, `cue`, `source`; a stance's label; a segment's kind.
    pub label: String,
    /// What else is known of it, sorted by name.
    pub attributes: Vec<(String, String)>,
    /// The record it comes from; in a file of another tool, the name it has there.
    pub record: String,
}

impl Mark {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| &**v)
    }
}

/// How two marks hang together; the first is the attribution's head unless said otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tie {
    /// Content, and who said it.
    AttributedTo,
    /// Content, and the words that say that it was said.
    CuedBy,
    /// A further piece, and the first piece of the same content (or stance).
    PartOf,
    /// Content, and to whom it was said.
    AddressedTo,
    /// Content, and through whom it came.
    Via,
    /// A content, and the content inside which it is reported.
    NestedIn,
    /// A content, and the content it goes on with.
    Continues,
    /// The words of a stance, and the attribution in which it is taken.
    TakenIn,
}

impl Tie {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::AttributedTo,
        Self::CuedBy,
        Self::PartOf,
        Self::AddressedTo,
        Self::Via,
        Self::NestedIn,
        Self::Continues,
        Self::TakenIn,
    ];

    /// Its name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AttributedTo => "attributed_to",
            Self::CuedBy => "cued_by",
            Self::PartOf => "part_of",
            Self::AddressedTo => "addressed_to",
            Self::Via => "via",
            Self::NestedIn => "nested_in",
            Self::Continues => "continues",
            Self::TakenIn => "taken_in",
        }
    }

    /// The tie of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tie| tie.as_str() == name)
    }
}

/// Two marks that hang together: indexes into [`Document::marks`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Relation {
    /// From which mark.
    pub from: usize,
    /// To which.
    pub to: usize,
    /// How, in the file's words; [`Tie::as_str`] in ours.
    pub label: String,
}

/// An attribution put together: indexes into [`Document::marks`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributed {
    /// The record.
    pub record: String,
    /// The pieces of content, the first being the head (or the cue or source, where there is no content).
    pub contents: Vec<usize>,
    /// The cues.
    pub cues: Vec<usize>,
    /// Who said it.
    pub sources: Vec<usize>,
    /// To whom.
    pub addressees: Vec<usize>,
    /// Through whom.
    pub via: Option<usize>,
    /// The attribution inside which it is reported, an index into [`Document::attributions`].
    pub parent: Option<usize>,
    /// The attribution it goes on with, an index into [`Document::attributions`].
    pub continues: Option<usize>,
    /// Its fields that are no marks.
    pub fields: Vec<(String, String)>,
}

impl Attributed {
    /// The mark on which all else hangs.
    pub fn head(&self) -> Option<usize> {
        self.contents.iter().chain(&self.cues).chain(&self.sources).next().copied()
    }
}

/// A stance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opinion {
    /// The record.
    pub record: String,
    /// `article`, or the source's name.
    pub holder: String,
    /// What it is towards.
    pub target: String,
    /// What kind of target.
    pub target_kind: String,
    /// The claim or question in full.
    pub wording: String,
    /// The scheme its label belongs to.
    pub scheme: String,
    /// The label.
    pub label: String,
    /// The label's neutral core: `+`, `-`, `0`, `?`, `n/a`.
    pub meaning: String,
    /// Its other fields.
    pub fields: Vec<(String, String)>,
    /// The words that show it: indexes into [`Document::marks`].
    pub evidence: Vec<usize>,
    /// The attribution in which it is taken, an index into [`Document::attributions`].
    pub attribution: Option<usize>,
    /// How many annotators chose which label for this holder and target, by label.
    pub votes: Vec<(String, u32)>,
}

/// An article with what is marked in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The article's id; in a file of another tool, the name it has there.
    pub article: String,
    /// Its text. Empty where only its hash is known.
    pub text: Text,
    /// SHA-256 of the text, in hexadecimal.
    pub sha256: String,
    /// Its headline.
    pub title: String,
    /// Who published it.
    pub outlet: String,
    /// When.
    pub published: String,
    /// Where it stood.
    pub url: String,
    /// Its language.
    pub language: String,
    /// The story's id.
    pub story: String,
    /// The story's name.
    pub story_name: String,
    /// Whose marks these are, in a file of another tool that says it.
    pub by: Option<Annotator>,
    /// The marks, in the order of the text.
    pub marks: Vec<Mark>,
    /// The ties between them, in order.
    pub relations: Vec<Relation>,
    /// The attributions.
    pub attributions: Vec<Attributed>,
    /// The stances.
    pub opinions: Vec<Opinion>,
    /// Marks that do not say what the text says there, by record.
    pub broken: Vec<String>,
}

impl Document {
    /// The relations of a mark's attribution told as ties, where they are ours.
    pub fn ties(&self) -> impl Iterator<Item = (usize, usize, Tie)> {
        self.relations.iter().filter_map(|r| Some((r.from, r.to, Tie::named(&r.label)?)))
    }

    /// Whether it holds annotations of several people, each of which says whose it is.
    pub fn is_of_several(&self) -> bool {
        let fields = self.opinions.iter().flat_map(|o| &o.fields);
        let mut all = self.marks.iter().flat_map(|mark| &mark.attributes).chain(fields);
        all.any(|(name, _)| name == ANNOTATOR)
    }

    /// The words of a mark.
    pub fn words(&self, mark: usize) -> &str {
        self.marks.get(mark).map_or("", |m| m.span.slice(&self.text))
    }
}

/// Attributes as one string, for formats that give a mark one free field: `name=value; name=value`.
pub fn pack(attributes: &[(String, String)]) -> String {
    let mut out = String::new();
    for (name, value) in attributes {
        if !out.is_empty() {
            out.push_str("; ");
        }
        out.push_str(name);
        out.push('=');
        for c in value.chars() {
            match c {
                '%' | ';' | '\n' | '\t' => out.push_str(&format!("%{:02X}", u32::from(c))),
                c => out.push(c),
            }
        }
    }
    out
}

/// What [`pack`] wrote; anything else is a note.
pub fn unpack(packed: &str) -> Vec<(String, String)> {
    let parts = packed.split("; ").filter_map(|part| {
        let (name, value) = part.split_once('=')?;
        let value = value.replace("%3B", ";").replace("%0A", "\n").replace("%09", "\t").replace("%25", "%");
        let sound = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        sound.then(|| (name.to_owned(), value))
    });
    let mut found: Vec<_> = parts.collect();
    found.sort();
    found
}

/// A label as it is compared: lower case, words joined by `_`.
pub(crate) fn fold_label(label: &str) -> String {
    let fold = |c: char| if c.is_alphanumeric() { c } else { '_' };
    label.trim().chars().flat_map(char::to_lowercase).map(fold).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_attributes_come_back() {
        let given =
            vec![("form".to_owned(), "a; b=c%\n".to_owned()), ("type".to_owned(), "direct".to_owned())];
        assert_eq!(unpack(&pack(&given)), given);
        assert_eq!(unpack("just a remark"), []);
    }
}
