//! One article in full: what was found of it, its lines, what might be cut, what was left out.

use super::acting::{Act, BATCH, OFFERED, OWN};
use super::article::{Field, Incoming, Wish};
use super::batch::{Joined, Source};
use super::{Desk, Side, mapper, words};
use crate::intake::cleaning::{Proposal, Why};
use crate::intake::{Draft, Format};
use crate::model::SegmentKind;
use crate::text::{Span, paragraphs};
use crate::tree::{Tree, button, select, t, text};

type Page = crate::tree::Page<Act>;

/// Bytes of a text that are shown; the rest is said to be there.
const SHOWN: usize = 60_000;

/// Encodings to choose from: those of the web that articles come in.
const ENCODINGS: [&str; 17] = [
    "UTF-8",
    "windows-1252",
    "windows-1251",
    "KOI8-U",
    "KOI8-R",
    "ISO-8859-2",
    "windows-1250",
    "ISO-8859-5",
    "ISO-8859-15",
    "windows-1253",
    "windows-1254",
    "windows-1256",
    "UTF-16LE",
    "UTF-16BE",
    "GBK",
    "Shift_JIS",
    "EUC-KR",
];

pub(super) fn view(desk: &Desk, page: &Page, article: &Incoming, joined: &Joined, live: bool) -> Tree {
    let source = desk.batch.source(article.file);
    let body = match desk.side {
        Side::Aside if !article.original.set_aside.is_empty() => aside(&article.original),
        Side::After if article.is_clean() => lines(page, article, article.draft(), &[], live),
        Side::After => lines(page, article, &article_after(article), &[], false),
        _ if article.is_clean() => lines(page, article, &article.original, &article.wanted(), false),
        _ => lines(page, article, &article.original, &article.wanted(), live),
    };
    let body = body.set("tabindex", "0").set("role", "region").set("aria-label", words::LINES_AND_TEXT);
    t("section")
        .class("preview")
        .set("aria-label", article.draft().title.clone())
        .child(live.then(|| facts(desk, page, article, joined)))
        .child(live.then(|| source.map(|source| reading(page, article, source))).flatten())
        .child(live.then(|| cleaning(page, article)).flatten())
        .child(sides(desk, page, article))
        .child(body)
}

/// What was found of the article, to be put right.
fn facts(desk: &Desk, page: &Page, article: &Incoming, joined: &Joined) -> Tree {
    let field = |field: Field| {
        let refused = article.refusal.filter(|(at, _)| *at == field).map(|(_, why)| why);
        let input = t("input")
            .set("type", "text")
            .set("dir", "auto")
            .set("value", article.field(field))
            .on(page, Act::Edit(article.serial, field));
        t("label")
            .says(words::field(field))
            .child(input)
            .child(refused.map(|why| t("span").class("risk").set("role", "alert").says(why)))
    };
    let draft = article.draft();
    let dateline = draft.facts.segments.iter().find(|(_, kind)| *kind == SegmentKind::Dateline);
    let dateline = dateline.map(|(span, _)| words::with("Dateline: {}", &[span.slice(&draft.content)]));
    t("section")
        .class("found")
        .child(t("h2").says(words::FACTS))
        .child(
            t("div")
                .class("fields")
                .children(Field::ALL.map(field))
                .child(story(desk, page, article, joined)),
        )
        .child(dateline.map(|says| t("p").class("hint").set("dir", "auto").says(says)))
}

fn story(desk: &Desk, page: &Page, article: &Incoming, joined: &Joined) -> Tree {
    let chosen = match &article.wish {
        Wish::Offered if joined.offer.is_none() => OWN,
        Wish::Offered => OFFERED,
        Wish::Own => OWN,
        Wish::Batch => BATCH,
        Wish::There(story) => story,
    };
    let offered = joined.offer.as_ref().map(|offer| (OFFERED.to_owned(), offer.name.clone()));
    let own = (OWN.to_owned(), words::OWN_STORY.to_owned());
    let batch = (BATCH.to_owned(), words::BATCH_STORY.to_owned());
    let all = offered.into_iter().chain([own, batch]).chain(desk.batch.known.stories.iter().cloned());
    let list = select(words::STORY, chosen, all).on(page, Act::Story(article.serial));
    t("label").says(words::STORY).child(list)
}

/// How the file is read, where there is a choice.
fn reading(page: &Page, article: &Incoming, source: &Source) -> Tree {
    let zip = source.format == Some(Format::Zip);
    let encoding = article.original.encoding.filter(|_| !zip).map(|(name, guessed)| {
        let known = ENCODINGS.iter().any(|e| e.eq_ignore_ascii_case(name));
        let all = ENCODINGS.iter().copied().chain((!known).then_some(name));
        let words_of = |e: &str| {
            let here = e.eq_ignore_ascii_case(name);
            if here && guessed { format!("{e} ({})", words::GUESSED) } else { e.to_owned() }
        };
        let chosen = ENCODINGS.iter().find(|e| e.eq_ignore_ascii_case(name)).copied().unwrap_or(name);
        let list = select(words::ENCODING, chosen, all.map(|e| (e.to_owned(), words_of(e))));
        t("label")
            .class("row")
            .says(words::ENCODING)
            .child(list.id("encoding").on(page, Act::Encoding(source.number)))
    });
    let page_file = article.original.extractor.starts_with("html") && !zip;
    let whole = page_file.then(|| {
        let says = if source.hint.whole { words::TAKE_MAIN } else { words::TAKE_WHOLE };
        button(says).id("whole-page").on(page, Act::Whole(source.number))
    });
    t("div").class("row how-read").child(encoding).child(whole).child(mapper::view(source, page))
}

/// What might be cut: how much of each sort, and the one click that accepts it.
fn cleaning(page: &Page, article: &Incoming) -> Option<Tree> {
    if article.proposals.is_empty() {
        return None;
    }
    let all = [Why::Boilerplate, Why::DoubledTitle, Why::LinkMarkup, Why::PageBreak];
    let reasons = all.into_iter().filter_map(|why| {
        let n = article.proposals.iter().filter(|p| p.why == why).count();
        let (one, many) = words::why(why);
        (n > 0).then(|| {
            button(words::count(n, one, many))
                .class("reason")
                .pressed(!article.refused.contains(&why))
                .on(page, Act::Reason(article.serial, why))
        })
    });
    let clean = article.is_clean();
    let go = button(if clean { words::UNCLEAN } else { words::CLEAN })
        .id("line-clean")
        .set("title", "C")
        .on(page, Act::Clean(article.serial));
    Some(
        t("section")
            .class("cleaning")
            .child(t("div").class("row").children(reasons).child(go))
            .child(clean.then(|| t("p").class("hint").set("role", "status").says(words::CLEANED))),
    )
}

/// The ways to see the text.
fn sides(desk: &Desk, page: &Page, article: &Incoming) -> Option<Tree> {
    let way = |id: &'static str, side: Side, says: String| {
        button(says).id(id).pressed(desk.side == side).on(page, Act::Side(side))
    };
    let left = article.original.set_aside.len();
    let cuts = !article.proposals.is_empty();
    (cuts || left > 0).then(|| {
        let says = words::with("Left out by the reader ({})", &[&left.to_string()]);
        t("div")
            .class("row text-ways")
            .child(way("side-before", Side::Before, words::BEFORE.to_owned()))
            .child(cuts.then(|| way("side-after", Side::After, words::AFTER.to_owned())))
            .child((left > 0).then(|| way("side-aside", Side::Aside, says)))
    })
}

fn aside(draft: &Draft) -> Tree {
    let lines = draft.set_aside.iter().take(500).map(|line| t("p").set("dir", "auto").says(line));
    t("div").class("preview-text aside").children(lines)
}

/// The draft as it would be with the proposals accepted.
fn article_after(article: &Incoming) -> Draft {
    let cut = crate::intake::cleaning::accept(&article.original, &article.wanted());
    cut.map_or_else(|| article.original.clone(), |(draft, _)| draft)
}

/// The lines of a text with what they are; `cuts` are marked in it. Kinds can be changed where `live`.
fn lines(page: &Page, article: &Incoming, draft: &Draft, cuts: &[Proposal], live: bool) -> Tree {
    let content = &draft.content;
    let segment = |line: Span| draft.facts.segments.iter().position(|(span, _)| span.overlaps(line));
    let all = paragraphs(content);
    let shown = all.iter().take_while(|line| line.start().byte() < SHOWN);
    let mut body = t("div").class("preview-text");
    for line in shown {
        let words_in = with_cuts(content, *line, cuts);
        let row = match segment(*line) {
            None => t("div").class("line"),
            Some(at) => {
                let kind = &draft.facts.segments[at].1;
                let says = words::segment(kind);
                let tool = if live {
                    let kinds = SegmentKind::ALL.iter().map(|k| (k.as_str().to_owned(), words::segment(k)));
                    select(words::PARAGRAPH_KIND, kind.as_str(), kinds)
                        .class("kind")
                        .on(page, Act::Segment(article.serial, at))
                } else {
                    t("span").class("kind").says(says)
                };
                t("div").class("line told").child(tool)
            }
        };
        body = body.child(row.child(t("p").set("dir", "auto").children(words_in)));
    }
    let hidden = content.len() > SHOWN;
    body.child(hidden.then(|| {
        let says = words::with("… and {} more characters.", &[&(content.length().0 as usize).to_string()]);
        t("p").class("hint").says(says)
    }))
}

/// The words of a line, what would be cut marked.
fn with_cuts(content: &str, line: Span, cuts: &[Proposal]) -> Vec<Tree> {
    let from = cuts.partition_point(|cut| cut.span.end() <= line.start());
    let (mut at, end) = (line.start().byte(), line.end().byte());
    let mut all = Vec::new();
    for cut in cuts[from..].iter().take_while(|cut| cut.span.start().byte() < end) {
        let (start, stop) = (cut.span.start().byte().max(at), cut.span.end().byte().min(end));
        if start > at {
            all.push(text(&content[at..start]));
        }
        if stop > start {
            all.push(t("del").set("title", words::CUT_HERE).says(&content[start..stop]));
        }
        at = stop.max(at);
    }
    if end > at {
        all.push(text(&content[at..end]));
    }
    all
}
