//! What formats cannot hold, counted in the very documents that are to be written.

use super::{
    Codec, Counts, Document, Documents, Fault, MakeTexts, MarkLayer, Options, Part, SentencePair, TakeTexts,
    Tokens,
};
use std::cell::RefCell;

/// Something that some formats cannot hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// Attributions: the format is about something else.
    Attributions,
    /// An attribution inside another.
    Nested,
    /// An attribution that goes on with another.
    Continued,
    /// Content in several pieces.
    Pieces,
    /// A second cue.
    SecondCue,
    /// A second source.
    SecondSource,
    /// To whom it was said.
    Addressee,
    /// Through whom it came.
    Intermediary,
    /// Who belongs to what: the format holds marks, but no ties between them.
    Ties,
    /// Type, medium, form and other fields of attributions.
    Fields,
    /// Stances.
    Stances,
    /// Stances whose words are not marked.
    StanceWithoutWords,
    /// Stances of articles in which nothing is marked: the format hangs them on a mark.
    StanceOfBareArticle,
    /// Stances of sources: the format knows the author's only.
    StanceOfSource,
    /// Labels that the format's own scheme does not have.
    ForeignLabel,
    /// Strength, certainty and other fields of stances.
    StanceFields,
    /// Segments.
    Segments,
    /// Marks of one layer that share words.
    Overlap,
    /// Marks that do not begin and end with tokens.
    OffTokens,
    /// Lines of nothing but white space, of which some is lost.
    BlankLines,
    /// Control characters that XML does not have; each becomes a space.
    ControlCharacters,
    /// Titles, outlets, dates.
    AboutArticle,
}

impl Loss {
    /// What is lost, in words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Attributions => "attributions",
            Self::Nested => "attributions inside others",
            Self::Continued => "attributions that go on with others",
            Self::Pieces => "content in several pieces",
            Self::SecondCue => "second cues",
            Self::SecondSource => "second sources",
            Self::Addressee => "addressees",
            Self::Intermediary => "intermediaries",
            Self::Ties => "ties between content, cue and source",
            Self::Fields => "fields of attributions (type, medium, form, …)",
            Self::Stances => "stances",
            Self::StanceWithoutWords => "stances without marked words",
            Self::StanceOfBareArticle => "stances of articles in which nothing is marked",
            Self::StanceOfSource => "stances of sources",
            Self::ForeignLabel => "stances with labels that the format does not have",
            Self::StanceFields => "fields of stances (intensity, level, …)",
            Self::Segments => "segments",
            Self::Overlap => "marks that overlap others of their layer",
            Self::OffTokens => "marks that are not on token borders",
            Self::BlankLines => "lines of white space",
            Self::ControlCharacters => "control characters",
            Self::AboutArticle => "title, outlet, date and address of articles",
        }
    }
}

/// A loss counted, with up to three examples.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// What.
    pub what: &'static str,
    /// How often.
    pub count: usize,
    /// The first ones.
    pub examples: Vec<String>,
}

/// Counts what `codec` will not hold of these documents; also what no format can.
pub fn count(codec: &dyn Codec, data: &dyn Documents) -> Result<Vec<Counted>, Fault> {
    Counting::of(codec, data).finish()
}

/// Documents on their way into a format: what is lost of them is counted as they go by.
pub struct Counting<'a> {
    data: &'a dyn Documents,
    losses: &'static [Loss],
    found: RefCell<Vec<Counted>>,
    /// The parts whose documents have all gone by once.
    seen: RefCell<Vec<bool>>,
}

impl<'a> Counting<'a> {
    /// Nothing went by yet.
    pub fn of(codec: &dyn Codec, data: &'a dyn Documents) -> Self {
        let losses = codec.losses();
        let found = losses
            .iter()
            .map(|loss| loss.as_str())
            .chain(["marks that do not say what their text says"])
            .map(|what| Counted { what, count: 0, examples: Vec::new() })
            .collect();
        Self { data, losses, found: RefCell::new(found), seen: RefCell::new(vec![false; data.parts().len()]) }
    }

    /// What is lost of all documents; those that the format did not ask for are gone through now.
    pub fn finish(self) -> Result<Vec<Counted>, Fault> {
        for part in 0..self.data.parts().len() {
            if self.is_new(part) {
                self.each(part, &mut |_, _| Ok(()))?;
            }
        }
        let mut found = self.found.into_inner();
        found.retain(|counted| counted.count > 0);
        Ok(found)
    }

    /// Whether the documents of a part have not all gone by yet.
    fn is_new(&self, part: usize) -> bool {
        self.seen.borrow().get(part).is_some_and(|seen| !seen)
    }

    fn went_by(&self, part: usize) {
        if let Some(seen) = self.seen.borrow_mut().get_mut(part) {
            *seen = true;
        }
    }

    fn count_if(&self, new: bool, document: &Document) {
        if new {
            self.count(document);
        }
    }

    fn count(&self, document: &Document) {
        let cut = self.losses.contains(&Loss::OffTokens);
        let tokens = cut.then(|| Tokens::of(document, self.data.options().tokens));
        let found = &mut *self.found.borrow_mut();
        for (loss, counted) in self.losses.iter().zip(&mut *found) {
            counted.take(document, lost(*loss, document, tokens.as_ref()));
        }
        if let Some(last) = found.last_mut() {
            last.take(document, document.broken.clone());
        }
    }
}

impl Documents for Counting<'_> {
    fn parts(&self) -> &[Part] {
        self.data.parts()
    }

    fn each(
        &self,
        part: usize,
        take: &mut dyn FnMut(usize, &Document) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let new = self.is_new(part);
        self.data.each(part, &mut |i, document| {
            self.count_if(new, document);
            take(i, document)
        })?;
        self.went_by(part);
        Ok(())
    }

    fn made(&self, part: usize, make: &MakeTexts<'_>, take: &mut TakeTexts<'_>) -> Result<(), Fault> {
        let new = self.is_new(part);
        self.data.made(part, make, &mut |i, document, texts| {
            self.count_if(new, document);
            take(i, document, texts)
        })?;
        self.went_by(part);
        Ok(())
    }

    fn stance_labels(&self) -> &[String] {
        self.data.stance_labels()
    }

    fn options(&self) -> &Options {
        self.data.options()
    }

    fn pairs(&self, part: usize) -> &[SentencePair] {
        self.data.pairs(part)
    }

    fn card(&self, features: &str, counts: &Counts) -> String {
        self.data.card(features, counts)
    }
}

impl Counted {
    fn take(&mut self, document: &Document, lost: Vec<String>) {
        self.count += lost.len();
        let room = 3_usize.saturating_sub(self.examples.len());
        let article = if document.title.is_empty() { &document.article } else { &document.title };
        self.examples.extend(lost.into_iter().take(room).map(|what| format!("{article}: {what}")));
    }
}

fn lost(loss: Loss, d: &Document, tokens: Option<&Tokens>) -> Vec<String> {
    let attributions = |wanted: &dyn Fn(&super::Attributed) -> usize| -> Vec<String> {
        let of = |a: &super::Attributed| {
            let head = a.head().map_or("", |head| d.words(head));
            std::iter::repeat_n(short(head), wanted(a)).collect::<Vec<_>>()
        };
        d.attributions.iter().flat_map(of).collect()
    };
    let stances = |wanted: &dyn Fn(&super::Opinion) -> bool| -> Vec<String> {
        let of = d.opinions.iter().filter(|o| wanted(o));
        of.map(|o| format!("{} – {} – {}", o.holder, o.label, o.target)).collect()
    };
    match loss {
        Loss::Attributions => attributions(&|_| 1),
        Loss::Nested => attributions(&|a| usize::from(a.parent.is_some())),
        Loss::Continued => attributions(&|a| usize::from(a.continues.is_some())),
        Loss::Pieces => attributions(&|a| usize::from(a.contents.len() > 1)),
        Loss::SecondCue => attributions(&|a| a.cues.len().saturating_sub(1)),
        Loss::SecondSource => attributions(&|a| a.sources.len().saturating_sub(1)),
        Loss::Addressee => attributions(&|a| a.addressees.len()),
        Loss::Intermediary => attributions(&|a| usize::from(a.via.is_some())),
        Loss::Ties => d
            .relations
            .iter()
            .map(|r| format!("{} {} {}", short(d.words(r.from)), r.label, short(d.words(r.to))))
            .collect(),
        Loss::Fields => attributions(&|a| a.fields.len()),
        Loss::Stances => stances(&|_| true),
        Loss::StanceWithoutWords => stances(&|o| o.evidence.is_empty()),
        Loss::StanceOfBareArticle => stances(&|_| d.marks.is_empty()),
        Loss::StanceOfSource => stances(&|o| o.holder != "article"),
        Loss::ForeignLabel => stances(&|o| !matches!(&*o.meaning, "+" | "-" | "0")),
        Loss::StanceFields => stances(&|o| !o.fields.is_empty()),
        Loss::Segments => {
            let segments = d.marks.iter().filter(|m| m.layer == MarkLayer::Segment);
            segments.map(|m| m.label.clone()).collect()
        }
        Loss::Overlap => overlaps(d),
        Loss::OffTokens => {
            let off = d.marks.iter().filter(|m| tokens.is_some_and(|t| t.range(m.span).is_none()));
            off.map(|m| format!("{} {}", m.label, short(m.span.slice(&d.text)))).collect()
        }
        Loss::BlankLines => {
            let blank = d.text.split('\n').filter(|line| !line.is_empty() && line.trim().is_empty());
            blank.map(|line| format!("{line:?}")).collect()
        }
        Loss::ControlCharacters => {
            d.text.chars().filter(|c| super::super::xml::is_forbidden(*c)).map(|c| format!("{c:?}")).collect()
        }
        Loss::AboutArticle => vec![short(&d.title)],
    }
}

/// Marks that share words with an earlier one of their kind: what a column of labels cannot hold.
fn overlaps(d: &Document) -> Vec<String> {
    let mut found = Vec::new();
    for (i, mark) in d.marks.iter().enumerate() {
        let same = |other: &super::Mark| other.layer == mark.layer && other.label == mark.label;
        if d.marks[..i].iter().any(|other| same(other) && other.span.overlaps(mark.span)) {
            found.push(format!("{} {}", mark.label, short(mark.span.slice(&d.text))));
        }
    }
    found
}

/// The first words, for a list.
fn short(text: &str) -> String {
    let mut shown: String = text.chars().take(40).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::super::{Mark, Opinion};
    use super::*;
    use crate::text::Text;

    #[test]
    fn a_stance_that_hangs_on_a_mark_is_lost_where_nothing_is_marked() {
        let opinion =
            Opinion { holder: "article".to_owned(), label: "favor".to_owned(), ..Opinion::default() };
        let text = Text::new("The ferry sails.");
        let bare = Document { text: text.clone(), opinions: vec![opinion], ..Document::default() };
        assert_eq!(lost(Loss::StanceOfBareArticle, &bare, None), ["article – favor – "]);
        let mark = Mark {
            span: text.whole(),
            layer: MarkLayer::Segment,
            label: "headline".to_owned(),
            attributes: Vec::new(),
            record: String::new(),
        };
        let marked = Document { marks: vec![mark], ..bare };
        assert!(lost(Loss::StanceOfBareArticle, &marked, None).is_empty());
    }
}
