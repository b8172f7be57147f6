//! Proposals to leave something out of a text. Nothing is cut unless a person says so; what then was
//! cut is remembered, and both texts are kept.

use super::{Draft, headline, links, recognise};
use crate::model::{Cleaning, Cut, Hyperlink, SegmentKind};
use crate::text::{CodePoint, Span, Text, blocks, paragraphs};

/// Why something might be cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// A line of furniture: copyright, newsletters, comment forms.
    Boilerplate,
    /// The headline once more.
    DoubledTitle,
    /// The signs of a link; its words stay, its address is kept as data.
    LinkMarkup,
    /// A paragraph break that a page put into a sentence.
    PageBreak,
}

impl Why {
    /// The reason as the file has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Boilerplate => "boilerplate",
            Self::DoubledTitle => "doubled title",
            Self::LinkMarkup => "link markup",
            Self::PageBreak => "page break",
        }
    }
}

/// Something that might be cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What.
    pub span: Span,
    /// Why.
    pub why: Why,
}

/// What might be cut from a draft's text: in order, none over another.
pub fn propose(draft: &Draft) -> Vec<Proposal> {
    let text = &draft.content;
    let mut found: Vec<Proposal> = Vec::new();
    let mut titles = 0;
    for (span, kind) in &draft.facts.segments {
        let why = match kind {
            SegmentKind::Boilerplate => Why::Boilerplate,
            SegmentKind::Headline => {
                titles += 1;
                if titles < 2 {
                    continue;
                }
                Why::DoubledTitle
            }
            _ => continue,
        };
        found.push(Proposal { span: with_its_line_end(text, *span), why });
    }
    for link in links::written(text) {
        // An address in angles is its own words: nothing to take off.
        if link.words != link.address {
            found.extend(span(text, link.whole.start().byte(), link.words.start().byte()));
            found.extend(span(text, link.words.end().byte(), link.whole.end().byte()));
        }
    }
    found.extend(page_breaks(text));
    crate::text::order::sort_by_key(&mut found, |p| (p.span.start(), std::cmp::Reverse(p.span.end())));
    let mut kept: Vec<Proposal> = Vec::new();
    for proposal in found {
        if kept.last().is_none_or(|last| last.span.end() <= proposal.span.start()) {
            kept.push(proposal);
        }
    }
    kept
}

fn span(text: &str, start: usize, end: usize) -> Option<Proposal> {
    Some(Proposal { span: Span::new(text, start, end)?, why: Why::LinkMarkup })
}

/// A line with the line ends after it, so that no empty lines stay.
fn with_its_line_end(text: &str, line: Span) -> Span {
    let mut start = line.start().byte();
    let mut end = line.end().byte();
    end += text[end..].len() - text[end..].trim_start_matches([' ', '\t', '\u{a0}', '\n']).len();
    if end == text.len() {
        let before = text[..start].trim_end();
        start = before.len() + usize::from(before.len() < start && text[before.len()..].starts_with('\n'));
    }
    Span::new(text, start, end).unwrap_or(line)
}

/// Line ends inside a paragraph. One is left, as the space between two words.
fn page_breaks(text: &Text) -> Vec<Proposal> {
    let lines = paragraphs(text);
    let blocks = blocks(text);
    let mut found = Vec::new();
    for pair in lines.windows(2) {
        let (end, start) = (pair[0].end().byte(), pair[1].start().byte());
        let inside = blocks.iter().any(|b| b.start().byte() < end && b.end().byte() > start);
        if inside
            && start - end > 1
            && let Some(span) = Span::new(text, end, start - 1)
            && text.as_bytes().get(start - 1).is_some_and(u8::is_ascii_whitespace)
        {
            found.push(Proposal { span, why: Why::PageBreak });
        }
    }
    found
}

/// The draft with the accepted proposals cut, and the cleaning to be recorded. `None` where nothing is
/// left, or nothing was accepted.
pub fn accept(draft: &Draft, accepted: &[Proposal]) -> Option<(Draft, Cleaning)> {
    let old = &draft.content;
    let mut text = String::with_capacity(old.len());
    let mut at = 0;
    let mut cuts = Vec::new();
    for proposal in accepted {
        let (start, end) = (proposal.span.start().byte(), proposal.span.end().byte());
        if start < at || end <= start || Span::new(old, start, end).is_none() {
            continue;
        }
        text.push_str(&old[at..start]);
        at = end;
        let points = old.chars_of(proposal.span);
        cuts.push(Cut { end: points.end, start: points.start, why: proposal.why.as_str().to_owned() });
    }
    text.push_str(&old[at..]);
    if cuts.is_empty() || text.trim().is_empty() {
        return None;
    }
    let content = Text::new(text);
    let found = recognise::recognise(&content);
    let mut facts = draft.facts.clone();
    facts.segments = found.facts.segments;
    let links = draft.links.iter().filter_map(|link| moved(link, &cuts)).collect();
    let language = draft.language.clone().or_else(|| headline::language(&content).map(str::to_owned));
    let cleaning = Cleaning { from: old.clone(), cuts };
    Some((Draft { content, facts, links, language, ..draft.clone() }, cleaning))
}

/// A link in the text after the cuts; `None` where its words were cut.
fn moved(link: &Hyperlink, cuts: &[Cut]) -> Option<Hyperlink> {
    let place = |at: CodePoint| {
        let before = cuts.iter().filter(|cut| cut.start < at).map(|cut| cut.end.0.min(at.0) - cut.start.0);
        CodePoint(at.0 - before.sum::<u32>())
    };
    let (start, end) = (place(link.start), place(link.end));
    (start < end).then(|| Hyperlink { end, href: link.href.clone(), start })
}

#[cfg(test)]
mod tests {
    use super::super::paste;
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str = "Ferry stays for another year\n\nFerry stays for another year\n\nThe board of the harbour has voted to keep the [ferry](#a) for another long and cold winter,\n\nthe mayor said on Monday in the town hall of the old port.\n\nSign up to our newsletter\n\nShe left.\n\nCopyright The Harbour Post. All rights reserved.\n";

    #[test]
    fn a_cleaning_says_what_it_cut_and_keeps_the_links() {
        let draft = paste(TEXT).unwrap();
        let proposals = propose(&draft);
        let said: Vec<_> = proposals.iter().map(|p| p.why).collect();
        assert_eq!(
            said,
            [
                Why::DoubledTitle,
                Why::LinkMarkup,
                Why::LinkMarkup,
                Why::PageBreak,
                Why::Boilerplate,
                Why::Boilerplate
            ]
        );
        let (clean, cleaning) = accept(&draft, &proposals).unwrap();
        assert_eq!(
            &*clean.content,
            "Ferry stays for another year\n\nThe board of the harbour has voted to keep the ferry for another long and cold winter,\nthe mayor said on Monday in the town hall of the old port.\n\nShe left.\n"
        );
        let link = &clean.links[0];
        let words: String = clean
            .content
            .chars()
            .skip(link.start.0 as usize)
            .take((link.end.0 - link.start.0) as usize)
            .collect();
        assert_eq!((&*words, &*link.href), ("ferry", "#a"));
        assert_eq!(cleaning.from, draft.content);
        assert!(propose(&clean).is_empty(), "a cleaned text is clean");
    }

    #[test]
    fn nothing_accepted_is_nothing_done() {
        let draft = paste(TEXT).unwrap();
        assert!(accept(&draft, &[]).is_none());
    }

    proptest! {
        #[test]
        fn what_was_cut_put_back_gives_the_text_before(text in "([a-z ї]{1,30}|\\[[a-z]{1,5}\\]\\(#\\)|\n\n|All rights reserved|\n){1,12}") {
            prop_assume!(!text.trim().is_empty());
            let draft = paste(&text).unwrap();
            if let Some((clean, cleaning)) = accept(&draft, &propose(&draft)) {
                let before: Vec<char> = cleaning.from.chars().collect();
                let mut after: Vec<char> = clean.content.chars().collect();
                for cut in &cleaning.cuts {
                    let (start, end) = (cut.start.0 as usize, cut.end.0 as usize);
                    after.splice(start..start, before[start..end].iter().copied());
                }
                prop_assert_eq!(before, after);
            }
        }
    }
}
