//! A text in the making: words, line ends, paragraphs and links, as a document's markup says them.

use super::super::{draft, links};
use crate::intake::Draft;
use crate::model::{Hyperlink, Origin};
use crate::text::{CodePoint, CodePoints, Span};

/// What a document says of itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct About {
    pub(super) title: Option<String>,
    pub(super) byline: Vec<String>,
    pub(super) outlet: Option<String>,
    pub(super) published: Option<String>,
    pub(super) url: Option<String>,
    pub(super) language: Option<String>,
}

/// A text being put together. Paragraphs are parted by an empty line.
#[derive(Default)]
pub(crate) struct Prose {
    text: String,
    links: Vec<(usize, usize, String)>,
    open: Vec<(usize, String)>,
    /// White space came since the last word.
    space: bool,
}

impl Prose {
    /// Words whose white space means no more than a space, as in HTML.
    pub(super) fn words(&mut self, words: &str) {
        let mut rest = words;
        while !rest.is_empty() {
            let odd = |c: char| matches!(c, ' ' | '\n' | '\t' | '\r' | '\u{c}');
            let end = rest.find(odd).unwrap_or(rest.len());
            if end > 0 {
                self.settle();
                self.text.push_str(&rest[..end]);
            }
            let after = rest[end..].trim_start_matches(odd);
            self.space |= after.len() < rest.len() - end;
            rest = after;
        }
    }

    /// Words as they are.
    pub(super) fn exactly(&mut self, words: &str) {
        if !words.is_empty() {
            self.settle();
            self.text.push_str(words);
        }
    }

    fn settle(&mut self) {
        if std::mem::take(&mut self.space) && !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push(' ');
        }
    }

    /// The end of a line inside a paragraph.
    pub(super) fn line(&mut self) {
        self.close_space();
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// The end of a paragraph.
    pub(super) fn paragraph(&mut self) {
        self.close_space();
        let kept = self.text.trim_end_matches('\n').len();
        self.text.truncate(kept);
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
    }

    fn close_space(&mut self) {
        self.space = false;
        let kept = self.text.trim_end_matches([' ', '\t']).len();
        self.text.truncate(kept);
    }

    /// The words from here on are linked, to the matching `close_link`.
    pub(super) fn open_link(&mut self, address: &str) {
        self.settle();
        self.open.push((self.text.len(), address.trim().to_owned()));
    }

    /// The linked words end.
    pub(super) fn close_link(&mut self) {
        if let Some((start, address)) = self.open.pop()
            && !address.is_empty()
            && links::is_sound(&address)
        {
            self.links.push((start, self.text.len(), address));
        }
    }

    /// Whether there are no words yet.
    pub(super) fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// How many bytes there are.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// The text and its links, in code points, over words that are there.
    pub(super) fn finish(mut self) -> (String, Vec<Hyperlink>) {
        self.close_space();
        let kept = self.text.trim_end().len();
        self.text.truncate(kept);
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let text = crate::text::Text::new(self.text);
        let mut links: Vec<Hyperlink> = Vec::new();
        for (start, end, href) in self.links {
            let span = Span::new(&text, start.min(text.len()), end.min(text.len()));
            let Some(span) = span.map(|s| s.trimmed(&text)).filter(|s| !s.is_empty()) else { continue };
            let CodePoints { start, end } = text.chars_of(span);
            links.push(Hyperlink { end, href, start });
        }
        crate::text::order::sort_by_key(&mut links, |l: &Hyperlink| (l.start, CodePoint(u32::MAX - l.end.0)));
        (text.as_str().to_owned(), links)
    }

    /// The draft of the text: what the document says of itself comes before what its lines say.
    pub(super) fn draft(self, about: About, reader: &str, origin: Option<Origin>) -> Draft {
        let (text, links) = self.finish();
        with(draft(text, reader, origin), about, links)
    }
}

/// A draft with what its document says of itself.
pub(crate) fn with(mut draft: Draft, about: About, links: Vec<Hyperlink>) -> Draft {
    let said = |words: Option<String>| words.map(|w| one_line(&w)).filter(|w| !w.is_empty());
    if let Some(title) = said(about.title) {
        draft.title = title;
    }
    if !about.byline.is_empty() {
        draft.facts.byline = about.byline;
    }
    draft.facts.outlet = said(about.outlet).or(draft.facts.outlet);
    draft.facts.published = said(about.published).or(draft.facts.published);
    draft.facts.url = said(about.url).filter(|u| links::is_sound(u)).or(draft.facts.url);
    draft.language = said(about.language).or(draft.language);
    if !links.is_empty() {
        draft.links = links;
    }
    draft
}

fn one_line(words: &str) -> String {
    let all: Vec<&str> = words.split_whitespace().collect();
    let line = all.join(" ");
    line.chars().take(500).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_of_markup_is_a_space_and_paragraphs_are_parted_by_a_line() {
        let mut prose = Prose::default();
        prose.words("  Ferry \n stays ");
        prose.open_link("https://a.example/");
        prose.words("for\tnow");
        prose.close_link();
        prose.words(" .");
        prose.paragraph();
        prose.paragraph();
        prose.words("Їх");
        prose.line();
        prose.words("two ");
        let (text, links) = prose.finish();
        assert_eq!(text, "Ferry stays for now .\n\nЇх\ntwo\n");
        assert_eq!((links[0].start.0, links[0].end.0), (12, 19));
    }

    #[test]
    fn links_that_run_code_are_dropped_and_their_words_stay() {
        let mut prose = Prose::default();
        prose.open_link(" java\nscript:alert(1)");
        prose.words("here");
        prose.close_link();
        prose.close_link();
        assert_eq!(prose.finish(), ("here\n".to_owned(), vec![]));
    }
}
