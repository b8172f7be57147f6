//! Every word this desk says, in one place, as the page has its own in `ui/messages.rs`.

use super::article::Field;
use super::batch::State;
use crate::intake::cleaning::Why;
use crate::model::SegmentKind;

pub(super) const NO_TITLE: &str = "An article needs a title.";
pub(super) const NO_ADDRESS: &str = "Only web and mail addresses are kept (https://…).";
pub(super) const NO_DATE: &str = "Write the date like 2022-01-07, or 7 January 2022.";
pub(super) const PREVIOUS: &str = "Previous";
pub(super) const NEXT: &str = "Next";
pub(super) const START_OVER: &str = "Start over";
pub(super) const GO_LIBRARY: &str = "Go to the library";
pub(super) const LOOK_OVER: &str = "Look it over, then add it. Nothing is in the project yet.";
pub(super) const STORIES: &str = "Stories";
pub(super) const AS_OFFERED: &str = "as offered";
pub(super) const ALL_APART: &str = "each its own";
pub(super) const ALL_ONE: &str = "all in one new story";
pub(super) const OWN_STORY: &str = "a story of its own";
pub(super) const BATCH_STORY: &str = "one new story for the batch";
pub(super) const STORY: &str = "Story";
pub(super) const NOT_JOIN: &str = "Do not join";
pub(super) const JOIN: &str = "Join it";
pub(super) const LEAVE_OUT: &str = "Leave out";
pub(super) const TAKE_IN: &str = "Take in again";
pub(super) const OPEN_IT: &str = "Annotate";
pub(super) const FACTS: &str = "What was found of it";
pub(super) const LINES_AND_TEXT: &str = "Text";
pub(super) const BEFORE: &str = "As it came";
pub(super) const AFTER: &str = "Cleaned";
pub(super) const CLEAN: &str = "Accept the cleaning";
pub(super) const UNCLEAN: &str = "Keep the text whole";
pub(super) const CLEANED: &str = "Cleaned: what was cut is remembered, and the text as it came is kept.";
pub(super) const ENCODING: &str = "Encoding";
pub(super) const GUESSED: &str = "guessed";
pub(super) const TAKE_WHOLE: &str = "Take the whole page";
pub(super) const TAKE_MAIN: &str = "Take the article only";
pub(super) const COLUMNS: &str = "Which column holds what";
pub(super) const COLUMNS_HINT: &str = "Remembered for the next file with these columns.";
pub(super) const NO_COLUMN: &str = "none";
pub(super) const NOT_READ: &str = "not read: stopped";
pub(super) const WAITING: &str = "waiting";
pub(super) const FAILED: &str = "failed";
pub(super) const PARAGRAPH_KIND: &str = "What this line is";
pub(super) const CUT_HERE: &str = "would be cut";

/// `values` for the `{}`s of a sentence, in order.
pub(super) fn with(sentence: &str, values: &[&str]) -> String {
    let mut parts = sentence.split("{}");
    let mut out = parts.next().unwrap_or_default().to_owned();
    let mut values = values.iter();
    for part in parts {
        out.push_str(values.next().copied().unwrap_or_default());
        out.push_str(part);
    }
    out
}

/// A number with its noun.
pub(super) fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}

pub(super) fn field(field: Field) -> &'static str {
    match field {
        Field::Title => "Title",
        Field::Outlet => "Outlet",
        Field::Byline => "Byline (names, parted by commas)",
        Field::Published => "Published",
        Field::Url => "Address",
        Field::Language => "Language",
        Field::Credits => "Credits (names, parted by commas)",
    }
}

pub(super) const SLOTS: [&str; 7] = ["Text", "Title", "Date", "Address", "Outlet", "Byline", "Language"];

/// The name of a state for tests and colours, and what it is called.
pub(super) fn state(state: &State) -> (&'static str, &'static str) {
    match state {
        State::Ready => ("ready", "to be added"),
        State::Look => ("look", "needs a look"),
        State::Duplicate(_) => ("duplicate", "duplicate"),
        State::Added => ("added", "added"),
        State::LeftOut => ("left-out", "left out"),
    }
}

pub(super) fn why(why: Why) -> (&'static str, &'static str) {
    match why {
        Why::Boilerplate => ("line of furniture", "lines of furniture"),
        Why::DoubledTitle => ("doubled title", "doubled titles"),
        Why::LinkMarkup => ("sign of a link", "signs of links"),
        Why::PageBreak => ("page break in a sentence", "page breaks in sentences"),
    }
}

pub(super) fn segment(kind: &SegmentKind) -> &str {
    match kind {
        SegmentKind::Headline => "headline",
        SegmentKind::Subheading => "subheading",
        SegmentKind::Byline => "byline",
        SegmentKind::Dateline => "dateline",
        SegmentKind::Caption => "caption",
        SegmentKind::Paragraph => "the story itself",
        SegmentKind::List => "list",
        SegmentKind::PullQuote => "pull quote",
        SegmentKind::Credit => "credit",
        SegmentKind::Boilerplate => "furniture",
        SegmentKind::ForeignGloss => "foreign gloss",
        SegmentKind::Url => "address",
        SegmentKind::Other(other) => other,
    }
}
