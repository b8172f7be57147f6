//! Disagreements, one case at a time, and what is decided.

use super::describe::{self, person, thing};
use super::tree::{Act as Any, Page, Tree, button, select, t};
use super::{Decided, Desk, Order, context, gold, guide, words};
use crate::adjudicate::{
    Case, CaseKind, Filter, Order as Sorted, Outcome, REASONS, State, progress, queue, shuffled,
};
use crate::model::{Id, Layer, Project, RecordId};
use crate::text::Span;

/// Where the adjudicator is, and what they have said of the case at hand.
#[derive(Clone, Debug)]
pub(super) struct Judging {
    pub(super) filter: Filter,
    sorted: Sorted,
    /// The place in the queue.
    at: usize,
    reason: Option<String>,
    note: String,
    /// Whether names are shown.
    names: bool,
}

impl Default for Judging {
    fn default() -> Self {
        Self {
            filter: Filter { kinds: differing(), states: waiting(), ..Filter::default() },
            sorted: Sorted::Text,
            at: 0,
            reason: None,
            note: String::new(),
            names: false,
        }
    }
}

/// Cases on which people differ.
fn differing() -> Vec<CaseKind> {
    CaseKind::ALL.into_iter().filter(|kind| *kind != CaseKind::AllAgree).collect()
}

/// Cases that wait for a decision.
fn waiting() -> Vec<State> {
    vec![State::Open, State::Stale, State::Disputed]
}

#[derive(Clone, Debug)]
pub(super) enum Act {
    Kind,
    State,
    Layer,
    Text,
    Person,
    Label,
    Sorted,
    Names,
    Next,
    Previous,
    Reason,
    Note,
    /// Decide: the outcome, and which variants become gold.
    Decide(Outcome, Vec<RecordId>),
    /// The adjudicator's own words.
    Own,
    Agreed,
    Gold,
}

impl Desk {
    fn queue(&self) -> Vec<usize> {
        let cases = self.found.cases.as_deref().unwrap_or_default();
        queue(cases, &self.judging.filter, self.judging.sorted)
    }

    /// The case at hand.
    fn case(&self) -> Option<&Case> {
        let queue = self.queue();
        let at = queue.get(self.judging.at.min(queue.len().saturating_sub(1)))?;
        self.found.cases.as_ref()?.get(*at)
    }

    pub(super) fn act_cases(&mut self, act: Act, value: String) -> Vec<Order> {
        let judging = &mut self.judging;
        let id = |value: &str| (!value.is_empty()).then(|| RecordId::from_file(value));
        match act {
            Act::Kind => {
                let one = CaseKind::ALL.into_iter().find(|kind| words::case_kind(*kind).0 == value);
                judging.filter.kinds =
                    one.map_or(if value == "all" { Vec::new() } else { differing() }, |kind| vec![kind]);
            }
            Act::State => {
                judging.filter.states = match &*value {
                    "all" => Vec::new(),
                    "decided" => vec![State::Decided],
                    "stale" => vec![State::Stale],
                    _ => waiting(),
                };
            }
            Act::Layer => judging.filter.layer = (!value.is_empty()).then(|| Layer::from(&*value)),
            Act::Text => judging.filter.text = Id::parse(&value),
            Act::Person => judging.filter.person = id(&value),
            Act::Label => judging.filter.label = (!value.is_empty()).then_some(value),
            Act::Sorted => judging.sorted = if value == "most" { Sorted::Disagreement } else { Sorted::Text },
            Act::Names => {
                judging.names = !judging.names;
                return Vec::new();
            }
            Act::Reason => {
                judging.reason = (!value.is_empty()).then_some(value);
                return Vec::new();
            }
            Act::Note => {
                judging.note = value;
                return Vec::new();
            }
            Act::Next => {
                let last = self.queue().len().saturating_sub(1);
                self.judging.at = (self.judging.at + 1).min(last);
                return Vec::new();
            }
            Act::Previous => {
                judging.at = judging.at.saturating_sub(1);
                return Vec::new();
            }
            Act::Decide(outcome, keep) => return self.decide(outcome, &keep, None),
            Act::Own => return self.own(&value),
            Act::Agreed => return self.agreed(),
            Act::Gold => return self.gold(),
        }
        self.judging.at = 0;
        Vec::new()
    }

    fn decide(&mut self, outcome: Outcome, keep: &[RecordId], contents: Option<Vec<Span>>) -> Vec<Order> {
        let Some(case) = self.case().cloned() else { return Vec::new() };
        let bytes = |spans: Vec<Span>| spans.iter().map(|s| (s.start().byte(), s.end().byte())).collect();
        let decided = Decided {
            members: case.records().map(ToString::to_string).collect(),
            outcome: outcome.as_str().into(),
            keep: keep.iter().map(ToString::to_string).collect(),
            contents: contents.map(bytes),
            reason: self.judging.reason.take(),
            note: Some(std::mem::take(&mut self.judging.note)).filter(|note| !note.trim().is_empty()),
            digest: case.digest.clone(),
        };
        // A case that stays in the queue when it is decided is left behind.
        if self.judging.filter.states.is_empty() {
            self.judging.at += 1;
        }
        vec![Order::Decide(vec![decided])]
    }

    /// Decides for words of one's own: the place nearest to the case where the text has them.
    fn own(&mut self, value: &str) -> Vec<Order> {
        let wanted = value.trim();
        let (Some(project), Some(case)) = (&self.project, self.case()) else { return Vec::new() };
        let found = context::stretch(project, case).and_then(|(text, whole)| {
            let text = project.text(&text)?;
            let all = text.match_indices(wanted).filter(|_| !wanted.is_empty());
            let near = all.min_by_key(|(at, _)| at.abs_diff(whole.start().byte()));
            near.and_then(|(at, words)| Span::new(text, at, at + words.len()))
        });
        let first = case.variants.first().map(|v| v.record.clone());
        match (found, first) {
            (Some(span), Some(first)) => self.decide(Outcome::Own, &[first], Some(vec![span])),
            _ if wanted.is_empty() => Vec::new(),
            _ => vec![Order::Say(words::with(words::NOT_FOUND, &[wanted]))],
        }
    }

    /// The cases on which everybody agrees and nobody has decided.
    fn agreeing(&self) -> Vec<&Case> {
        let all = self.found.cases.iter().flatten();
        all.filter(|c| c.kind == CaseKind::AllAgree && c.state == State::Open).collect()
    }

    fn agreed(&self) -> Vec<Order> {
        let decided = |case: &&Case| Decided {
            members: case.records().map(ToString::to_string).collect(),
            outcome: Outcome::Agreed.as_str().into(),
            keep: case.variants.first().map(|v| v.record.to_string()).into_iter().collect(),
            digest: case.digest.clone(),
            ..Decided::default()
        };
        let all: Vec<Decided> = self.agreeing().iter().map(decided).collect();
        if all.is_empty() { Vec::new() } else { vec![Order::Decide(all)] }
    }

    fn gold(&self) -> Vec<Order> {
        let (Some(project), Some(cases)) = (&self.project, &self.found.cases) else { return Vec::new() };
        let (content, refused) = gold::table(project, cases);
        let name = format!("{} {} {}.csv", project.name(), words::FILE_GOLD, self.today);
        let mut orders = vec![Order::Download { name, kind: "text/csv".into(), content }];
        if refused > 0 {
            orders.push(Order::Say(words::with(words::REFUSED, &[&refused.to_string()])));
        }
        orders
    }
}

pub(super) fn view(desk: &Desk, project: &Project, page: &Page) -> Tree {
    let cases = desk.found.cases.as_deref().unwrap_or_default();
    let head = t("section")
        .child(t("h2").says(words::CASES_TITLE))
        .child(t("p").class("hint").says(words::CASES_HINT));
    if cases.is_empty() {
        return t("div").class("cases").child(head).child(t("p").class("empty").says(words::NO_CASES));
    }
    t("div")
        .class("cases")
        .child(head)
        .child(agreed_button(desk, project, page))
        .child(filters(desk, project, page, cases))
        .child(desk_of_case(desk, project, page))
        .child(articles(project, cases))
        .child(export(page))
        .child(guide::feedback_view(project, cases))
        .child(guide::guideline_view(project, cases))
}

/// Takes over what everybody agrees on, after listing it.
fn agreed_button(desk: &Desk, project: &Project, page: &Page) -> Option<Tree> {
    let all = desk.agreeing();
    let says = words::with(words::ACCEPT_ALL, &[&all.len().to_string()]);
    let accept =
        button(says).id("case-agreed").set("title", words::ACCEPT_TIP).on(page, Any::Cases(Act::Agreed));
    let list = all
        .iter()
        .take(200)
        .filter_map(|c| c.variants.first())
        .map(|v| t("li").says(thing(project, &v.record)));
    (!all.is_empty()).then(|| {
        let list = t("details").child(t("summary").says(words::WHICH)).child(t("ul").children(list));
        t("section").class("agreed").child(t("p").class("row").child(accept)).child(list)
    })
}

fn filters(desk: &Desk, project: &Project, page: &Page, cases: &[Case]) -> Tree {
    let judging = &desk.judging;
    let filter = &judging.filter;
    let count = |kind: CaseKind| cases.iter().filter(|c| c.kind == kind).count();
    let kinds = CaseKind::ALL.into_iter().filter(|kind| count(*kind) > 0).map(|kind| {
        let (name, words) = words::case_kind(kind);
        (name.to_owned(), format!("{words} ({})", count(kind)))
    });
    let kinds =
        [("".to_owned(), words::DIFFERING.to_owned()), ("all".to_owned(), words::ALL_KINDS.to_owned())]
            .into_iter()
            .chain(kinds);
    let kind = match &*filter.kinds {
        [] => "all",
        [one] => words::case_kind(*one).0,
        _ => "",
    };
    let state = match &*filter.states {
        [] => "all",
        [State::Decided] => "decided",
        [State::Stale] => "stale",
        _ => "",
    };
    let own = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect::<Vec<_>>()
    };
    let states = own(&[
        ("", words::WAITING),
        ("all", words::ALL_STATES),
        ("decided", words::DECIDED),
        ("stale", words::STALE),
    ]);
    let layers = own(&[
        ("", words::ALL_LAYERS),
        ("attribution", words::layer("attribution")),
        ("stance", words::layer("stance")),
    ]);
    let sorted = own(&[("", words::BY_TEXT), ("most", words::BY_DISAGREEMENT)]);
    let mut texts: Vec<_> = cases.iter().map(|c| &c.text).collect();
    texts.dedup();
    let texts = texts.into_iter().map(|text| (text.to_string(), describe::title(project, text)));
    let texts = std::iter::once((String::new(), words::ALL_ARTICLES.to_owned())).chain(texts);
    let mut labels: Vec<&String> =
        cases.iter().flat_map(|c| &c.variants).map(|v| &v.label).filter(|l| !l.is_empty()).collect();
    labels.sort_unstable();
    labels.dedup();
    let labels = std::iter::once((String::new(), words::ALL_LABELS.to_owned()))
        .chain(labels.into_iter().map(|l| (l.clone(), l.clone())));
    let label = filter.label.clone().unwrap_or_default();
    let text = filter.text.as_ref().map_or(String::new(), ToString::to_string);
    let layer = filter.layer.as_ref().map_or("", |l| l.as_str());
    let most = if judging.sorted == Sorted::Disagreement { "most" } else { "" };
    let on = |tree: Tree, act: Act| tree.on(page, Any::Cases(act));
    let people = judging.names.then(|| {
        let mut all: Vec<&RecordId> =
            cases.iter().flat_map(|c| c.members.iter().map(|m| &m.person).chain(&c.missing)).collect();
        all.sort_unstable();
        all.dedup();
        let all = all.into_iter().map(|id| (id.to_string(), person(project, id)));
        let chosen = filter.person.as_ref().map_or(String::new(), ToString::to_string);
        on(
            select(
                words::WHO,
                &chosen,
                std::iter::once((String::new(), words::EVERYBODY.to_owned())).chain(all),
            ),
            Act::Person,
        )
    });
    let names = button(words::SHOW_NAMES).id("names").pressed(judging.names);
    t("section")
        .class("filters row")
        .child(on(select(words::KIND, kind, kinds), Act::Kind))
        .child(on(select(words::STATE, state, states), Act::State))
        .child(on(select(words::LAYER, layer, layers), Act::Layer))
        .child(on(select(words::ARTICLE, &text, texts), Act::Text))
        .child(on(select(words::LABEL, &label, labels), Act::Label))
        .child(on(select(words::ORDER, most, sorted), Act::Sorted))
        .child(people)
        .child(on(names, Act::Names))
}

/// A control with its key.
fn tip(tree: Tree, key: &str) -> Tree {
    tree.set("title", words::with(words::KEY, &[key]))
}

/// The case at hand.
fn desk_of_case(desk: &Desk, project: &Project, page: &Page) -> Tree {
    let queue = desk.queue();
    let Some(case) = desk.case() else {
        return t("section")
            .class("case")
            .child(t("p").class("empty").id("no-case").says(words::QUEUE_EMPTY));
    };
    let judging = &desk.judging;
    let at = judging.at.min(queue.len().saturating_sub(1)) + 1;
    let order = shuffled(case, 1);
    let shown: Vec<&RecordId> =
        order.iter().take(9).filter_map(|i| Some(&case.variants.get(*i)?.record)).collect();
    let on = |tree: Tree, act: Act| tree.on(page, Any::Cases(act));
    let place = words::with(words::CASE_OF, &[&at.to_string(), &queue.len().to_string()]);
    let state = words::state(case.state);
    let head = t("header")
        .class("row")
        .child(t("b").id("case-place").says(place))
        .child(t("span").says(format!(
            "{} · {} · {state}",
            words::layer(case.layer.as_str()),
            words::case_kind(case.kind).1
        )))
        .child(tip(
            on(button("‹").id("case-previous").set("aria-label", words::PREVIOUS), Act::Previous),
            "K",
        ))
        .child(tip(on(button("›").id("case-next").set("aria-label", words::NEXT), Act::Next), "J"))
        .child(t("span").class("hint").says(describe::title(project, &case.text)));
    let variants = order.iter().take(9).enumerate().filter_map(|(n, i)| {
        let variant = case.variants.get(*i)?;
        let who: Vec<String> = variant.people.iter().map(|p| person(project, p)).collect();
        let who = if judging.names { who.join(", ") } else { words::people(variant.people.len()) };
        let label = if variant.label.is_empty() { String::new() } else { format!("{}: ", variant.label) };
        let key = (n + 1).to_string();
        let pick = on(
            button(key.clone()).id(format!("case-{key}")).class("key"),
            Act::Decide(Outcome::Variant, vec![variant.record.clone()]),
        );
        let pick = pick.set("aria-label", format!("{} {key}", words::VARIANT));
        Some(
            t("li").class(format!("h{}", n % 6)).child(tip(pick, &key)).child(
                t("span")
                    .says(format!("{label}{}", thing(project, &variant.record)))
                    .child(t("span").class("hint").says(who)),
            ),
        )
    });
    let missing: Vec<String> = case.missing.iter().map(|p| person(project, p)).collect();
    let missing = (!missing.is_empty()).then(|| {
        let who = if judging.names { missing.join(", ") } else { words::people(missing.len()) };
        t("p").class("hint").says(words::with(words::NOTHING_HERE, &[&who]))
    });
    let all: Vec<RecordId> = case.variants.iter().map(|v| v.record.clone()).collect();
    let cannot = Act::Decide(Outcome::CannotDecide, Vec::new());
    let acts = t("p")
        .class("row")
        .child(tip(on(button(words::NONE).id("case-none"), Act::Decide(Outcome::None, Vec::new())), "N"))
        .child(
            (all.len() > 1)
                .then(|| tip(on(button(words::BOTH).id("case-both"), Act::Decide(Outcome::Both, all)), "B")),
        )
        .child(tip(on(button(words::CANNOT).id("case-cannot"), cannot), "U"));
    t("section")
        .class("case")
        .set("aria-label", words::CASES_TITLE)
        .child(head)
        .child(context::context(project, case, &shown))
        .child(t("ol").class("variants").children(variants))
        .child(missing)
        .child(acts)
        .child(why(judging, case, page))
        .child(before(project, case))
}

/// Own words, reason and note.
fn why(judging: &Judging, case: &Case, page: &Page) -> Tree {
    let on = |tree: Tree, act: Act| tree.on(page, Any::Cases(act));
    let reasons = REASONS.iter().map(|r| ((*r).to_owned(), words::reason(r).to_owned()));
    let reasons = std::iter::once((String::new(), words::REASON.to_owned())).chain(reasons);
    let chosen = judging.reason.clone().unwrap_or_default();
    let own = (case.layer == Layer::Attribution).then(|| {
        on(
            t("input")
                .id("case-own")
                .set("placeholder", words::OWN)
                .set("aria-label", words::OWN)
                .set("title", words::OWN_TIP)
                .set("value", ""),
            Act::Own,
        )
    });
    let note = t("input").id("case-note").set("placeholder", words::NOTE).set("aria-label", words::NOTE);
    t("p")
        .class("row why")
        .child(on(tip(select(words::REASON, &chosen, reasons).id("case-reason"), "R"), Act::Reason))
        .child(on(tip(note, "M").set("value", judging.note.clone()), Act::Note))
        .child(own)
}

/// What was decided before, and whether on an older state.
fn before(project: &Project, case: &Case) -> Option<Tree> {
    let all = case.decisions.iter().map(|id| t("li").says(thing(project, id.record())));
    let words = if case.state == State::Stale { words::DECIDED_OLDER } else { words::DECIDED_BEFORE };
    (!case.decisions.is_empty()).then(|| {
        t("div").class("before").child(t("p").class("hint").says(words)).child(t("ul").children(all))
    })
}

/// How far each article is.
fn articles(project: &Project, cases: &[Case]) -> Tree {
    let rows = progress(cases).into_iter().map(|(text, p)| {
        let all = p.agreed + p.decided + p.open + p.stale + p.disputed;
        let bar = t("progress")
            .set("max", all.to_string())
            .set("value", p.decided.to_string())
            .set("aria-label", words::DECIDED);
        let counts = [p.agreed, p.decided, p.open, p.stale, p.disputed];
        t("tr")
            .child(t("th").set("scope", "row").says(describe::title(project, &text)))
            .child(t("td").child(bar))
            .children(counts.map(|n| t("td").says(n.to_string())))
    });
    let names = [words::AGREED, words::DECIDED, words::OPEN, words::STALE, words::DISPUTED];
    let head = t("tr")
        .child(t("th").says(words::ARTICLE))
        .child(t("th").says(words::PROGRESS))
        .children(names.map(|n| t("th").set("scope", "col").says(n)));
    t("section").child(t("h3").says(words::PROGRESS_TITLE)).child(
        t("div").class("wide").child(
            t("table").class("how-far").child(t("thead").child(head)).child(t("tbody").children(rows)),
        ),
    )
}

fn export(page: &Page) -> Tree {
    let gold = button(words::EXPORT_GOLD).id("gold").class("primary").on(page, Any::Cases(Act::Gold));
    t("section").child(t("p").class("row").child(gold).child(t("span").class("hint").says(words::GOLD_HINT)))
}
