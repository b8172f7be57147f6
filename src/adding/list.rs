//! What is shown: how the batch stands, what can be done with all of it, and a line for each file and article.

use super::acting::{Act, BATCH, OFFERED, OWN};
use super::article::{Incoming, Wish};
use super::batch::{Joined, Source, Stage, State, is_ready};
use super::{Desk, Filter, mapper, preview, words};
use crate::intake::kin::Kind;
use crate::tree::{Tree, button, select, t};

type Page = crate::tree::Page<Act>;

/// A line of the list.
enum Line<'a> {
    Article(&'a Incoming, &'a State, &'a Joined),
    /// A file, or a part of one, out of which no article came.
    Failure(&'a Source, &'a str, &'a str),
    /// A file that was not read.
    Unread(&'a Source),
}

pub(super) fn view(desk: &Desk, page: &Page) -> Tree {
    if desk.batch.files.is_empty() {
        return t("div");
    }
    let (states, stories) = (desk.batch.states(), desk.batch.stories());
    let lines = lines(desk, &states, &stories);
    let hidden = lines.len().saturating_sub(desk.lines);
    let shown = lines.iter().take(desk.lines).map(|line| self::line(desk, page, line));
    let more = (hidden > 0).then(|| {
        let says = words::with("{} more…", &[&hidden.to_string()]);
        button(says).id("more-lines").on(page, Act::More)
    });
    t("div")
        .class("adding")
        .child(summary(desk, page, &states))
        .child(all_at_once(desk, page, &states))
        .child(t("ul").class("lines").set("aria-label", "Files").children(shown))
        .child(more)
}

/// The lines that the filter shows, by file.
fn lines<'a>(desk: &'a Desk, states: &'a [State], stories: &'a [Joined]) -> Vec<Line<'a>> {
    let batch = &desk.batch;
    let mut all: Vec<(u32, Line<'a>)> = Vec::new();
    for ((article, state), joined) in batch.articles.iter().zip(states).zip(stories) {
        if desk.filter.shows(state) {
            all.push((article.file, Line::Article(article, state, joined)));
        }
    }
    let failures = matches!(desk.filter, Filter::All | Filter::Failed);
    for source in batch.files.iter().filter(|_| failures) {
        match &source.stage {
            Stage::Failed(why) => all.push((source.number, Line::Failure(source, "", why))),
            Stage::Stopped => all.push((source.number, Line::Unread(source))),
            Stage::Waiting | Stage::Read => {}
        }
        let parts = source.failures.iter();
        all.extend(parts.map(|(place, why)| (source.number, Line::Failure(source, place, why))));
    }
    crate::text::order::sort_by_key(&mut all, |(file, _)| *file);
    all.into_iter().map(|(_, line)| line).collect()
}

fn summary(desk: &Desk, page: &Page, states: &[State]) -> Tree {
    let batch = &desk.batch;
    let of = |wanted: &dyn Fn(&State) -> bool| states.iter().filter(|s| wanted(s)).count();
    let failed = batch.files.iter().filter(|f| matches!(f.stage, Stage::Failed(_))).count()
        + batch.files.iter().map(|f| f.failures.len()).sum::<usize>();
    let unread = batch.files.iter().filter(|f| f.stage == Stage::Stopped).count();
    let waiting = batch.files.iter().filter(|f| f.stage == Stage::Waiting).count();
    let (added, ready) = (of(&|s| *s == State::Added), of(&is_ready));
    let mut said = vec![words::count(batch.files.len(), "file", "files")];
    let mut say = |n: usize, words: &str| {
        if n > 0 {
            said.push(format!("{n} {words}"));
        }
    };
    say(waiting, words::WAITING);
    say(added, "added");
    say(ready, "to be added");
    say(of(&|s| *s == State::LeftOut), "left out");
    say(unread, words::NOT_READ);
    let filter = |id: &'static str, filter: Filter, n: usize, says: &str| {
        (n > 0).then(|| {
            button(format!("{n} {says}")).id(id).pressed(desk.filter == filter).on(page, Act::Filter(filter))
        })
    };
    t("div")
        .class("row batch-state")
        .child(t("p").id("batch-state").set("role", "status").says(said.join(", ")))
        .child(filter("only-look", Filter::Look, of(&|s| *s == State::Look), "to look at"))
        .child(filter(
            "only-duplicates",
            Filter::Duplicates,
            of(&|s| matches!(s, State::Duplicate(_))),
            "duplicates",
        ))
        .child(filter("only-failed", Filter::Failed, failed, words::FAILED))
}

/// What can be done with all of the batch.
fn all_at_once(desk: &Desk, page: &Page, states: &[State]) -> Tree {
    let batch = &desk.batch;
    let ready = states.iter().filter(|s| is_ready(s)).count();
    let add = (ready > 0).then(|| {
        let says = words::with("Add {}", &[&words::count(ready, "article", "articles")]);
        button(says).id("add-all").class("primary").set("title", "A").on(page, Act::Add)
    });
    let open = batch.articles.iter().zip(states);
    let unclean = open.filter(|(a, s)| is_ready(s) && !a.is_clean() && !a.wanted().is_empty()).count();
    let clean = (unclean > 1).then(|| {
        let says = words::with("Accept the cleaning of all {}", &[&unclean.to_string()]);
        button(says).id("clean-all").on(page, Act::CleanAll)
    });
    let stories = (ready > 1).then(|| {
        let wish = |w: &Wish| batch.articles.iter().all(|a| a.wish == *w);
        let chosen = match batch.articles.first().map(|a| &a.wish).filter(|w| wish(w)) {
            Some(Wish::Own) => OWN.to_owned(),
            Some(Wish::Batch) => BATCH.to_owned(),
            Some(Wish::There(story)) => story.clone(),
            _ => OFFERED.to_owned(),
        };
        let own = [(OFFERED, words::AS_OFFERED), (OWN, words::ALL_APART), (BATCH, words::ALL_ONE)];
        let own = own.map(|(value, says)| (value.to_owned(), says.to_owned()));
        let all = own.into_iter().chain(batch.known.stories.iter().cloned());
        t("label")
            .class("row")
            .says(words::STORIES)
            .child(select(words::STORIES, &chosen, all).id("all-stories").on(page, Act::Stories))
    });
    let many = batch.articles.len() > 1;
    let step = |id: &'static str, says: &'static str, forth: bool, key: &'static str| {
        many.then(|| button(says).id(id).class("quiet").set("title", key).on(page, Act::Step(forth)))
    };
    let added = states.contains(&State::Added);
    t("div")
        .class("row all-at-once")
        .child(add)
        .child(clean)
        .child(stories)
        .child(step("line-previous", words::PREVIOUS, false, "K"))
        .child(step("line-next", words::NEXT, true, "J"))
        .child(added.then(|| button(words::GO_LIBRARY).id("to-library").on(page, Act::Library)))
        .child(button(words::START_OVER).id("start-over").class("quiet").on(page, Act::StartOver))
        .child((ready > 0).then(|| t("p").class("hint").says(words::LOOK_OVER)))
}

fn line(desk: &Desk, page: &Page, line: &Line<'_>) -> Tree {
    match line {
        Line::Article(article, state, joined) => article_line(desk, page, article, state, joined),
        Line::Failure(source, place, why) => {
            let name =
                if place.is_empty() { source.name.clone() } else { format!("{}, {place}", source.name) };
            let mapper = place.is_empty().then(|| mapper::view(source, page)).flatten();
            row("failed", words::FAILED)
                .child(t("b").class("name").set("dir", "auto").says(name))
                .child(t("p").class("why").says(*why))
                .child(mapper)
        }
        Line::Unread(source) => {
            row("unread", words::NOT_READ).child(t("b").class("name").set("dir", "auto").says(&*source.name))
        }
    }
}

fn row(kind: &str, says: &str) -> Tree {
    t("li").set("data-kind", kind).child(t("span").class("state").says(says))
}

fn article_line(desk: &Desk, page: &Page, article: &Incoming, state: &State, joined: &Joined) -> Tree {
    let serial = article.serial;
    let open = desk.open == Some(serial);
    let (kind, says) = words::state(state);
    let source = desk.batch.source(article.file);
    let file = source.map_or("", |source| &*source.name);
    let from = if article.place.is_empty() { file.to_owned() } else { format!("{file}, {}", article.place) };
    let head = button(article.draft().title.clone())
        .class("name quiet")
        .set("dir", "auto")
        .set("aria-expanded", if open { "true" } else { "false" })
        .on(page, Act::Open(serial));
    let out = match state {
        State::Added => button(words::OPEN_IT).on(page, Act::Go(article.id.to_string())),
        State::Duplicate(_) => return_to(page, article),
        _ => {
            let says = if article.left_out { words::TAKE_IN } else { words::LEAVE_OUT };
            let out = button(says).class("quiet").on(page, Act::LeaveOut(serial));
            if open { out.id("line-out").set("title", "X") } else { out }
        }
    };
    let same = match state {
        State::Duplicate(title) => Some(words::with("The same text is there: “{}”.", &[title])),
        _ => None,
    };
    let why = article.troubles.iter().cloned().chain(same);
    let why = why.map(|why| t("p").class("why").says(why));
    let live = is_ready(state);
    row(kind, says)
        .child(head)
        .child(t("span").class("from").set("dir", "auto").says(from))
        .child(out)
        .children(why)
        .child(live.then(|| offer(desk, page, article, joined)).flatten())
        .child(open.then(|| preview::view(desk, page, article, joined, live)))
}

/// A duplicate that is in the project can be gone to.
fn return_to(page: &Page, article: &Incoming) -> Tree {
    button(words::OPEN_IT).class("quiet").on(page, Act::Go(article.id.to_string()))
}

/// The story that an article seems to belong to, with the evidence.
fn offer(desk: &Desk, page: &Page, article: &Incoming, joined: &Joined) -> Option<Tree> {
    let offer = joined.offer.as_ref()?;
    let kin = article.kin.get(offer.kin)?;
    let taken = article.wish == Wish::Offered;
    let sentence = match kin.kind {
        Kind::Repeats => "Nearly the same words as in the story “{}”: {}.",
        Kind::Version => "A version of the story “{}”: {}.",
    };
    let says = words::with(sentence, &[&offer.name, &kin.evidence()]);
    let flip = button(if taken { words::NOT_JOIN } else { words::JOIN })
        .class("quiet story-flip")
        .on(page, Act::FlipStory(article.serial));
    let here = desk.open == Some(article.serial);
    let flip = if here { flip.id("line-story").set("title", "Y") } else { flip };
    let class = if taken { "offer taken" } else { "offer" };
    Some(t("p").class(class).child(t("span").set("dir", "auto").says(says)).child(flip))
}
