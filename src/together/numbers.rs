//! Agreement, layer by layer: numbers with what they rest on, pictures, and the paragraph for the paper.

use super::describe::title;
use super::drawing::svg;
use super::tree::{Act as Any, Page, Tree, button, t};
use super::{Desk, Order, words};
use crate::agreement::bootstrap::Resampling;
use crate::agreement::pictures::{self, Picture};
use crate::agreement::{Ground, LayerReport, Measure, Settings, Undefined, methods};
use crate::model::Project;

/// How it is counted.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counting {
    pub(super) settings: Settings,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Act {
    Blind,
    Trim,
    Resamples,
    Seed,
    Svg(usize, usize),
    Csv(usize, usize),
    Methods,
}

impl Desk {
    pub(super) fn act_numbers(&mut self, act: Act, value: &str) -> Vec<Order> {
        let settings = &mut self.counting.settings;
        let Resampling { resamples, seed } = &mut settings.resampling;
        match act {
            Act::Blind => settings.blind_only = !settings.blind_only,
            Act::Trim => settings.trim_edges = !settings.trim_edges,
            Act::Resamples => *resamples = value.trim().parse().unwrap_or(*resamples).min(10_000),
            Act::Seed => *seed = value.trim().parse().unwrap_or(*seed),
            Act::Svg(layer, picture) => return self.picture(layer, picture, true),
            Act::Csv(layer, picture) => return self.picture(layer, picture, false),
            Act::Methods => {
                let reports = self.found.numbers.as_deref().unwrap_or_default();
                return vec![Order::Copy(methods::methods(reports, &self.counting.settings))];
            }
        }
        self.found.numbers = None;
        Vec::new()
    }

    fn picture(&self, layer: usize, picture: usize, as_svg: bool) -> Vec<Order> {
        let (Some(project), Some(report)) =
            (&self.project, self.found.numbers.as_ref().and_then(|all| all.get(layer)))
        else {
            return Vec::new();
        };
        let Some((name, picture)) = pictures_of(project, report).into_iter().nth(picture) else {
            return Vec::new();
        };
        let (end, kind, content) =
            if as_svg { ("svg", "image/svg+xml", picture.svg()) } else { ("csv", "text/csv", picture.csv()) };
        let name = format!("{} {}-{name}.{end}", project.name(), report.layer.replace('.', "-"));
        vec![Order::Download { name, kind: kind.into(), content }]
    }
}

/// The pictures of a layer, with a name for their files.
fn pictures_of(project: &Project, report: &LayerReport) -> Vec<(&'static str, Picture)> {
    let names: Vec<String> = report.documents.iter().map(|text| title(project, text)).collect();
    let last = match &report.ground {
        Ground::Ratings(ratings) => ("confusion", pictures::confusion(report.layer, ratings)),
        Ground::Units(units) => ("boundaries", pictures::boundaries(report.layer, units)),
    };
    vec![
        ("pairs", pictures::pairwise(report)),
        last,
        ("articles", pictures::by_article(report, &names)),
        ("time", pictures::over_time(report)),
    ]
}

pub(super) fn view(desk: &Desk, project: &Project, page: &Page) -> Tree {
    let reports = desk.found.numbers.as_deref().unwrap_or_default();
    let head = t("section")
        .child(t("h2").says(words::NUMBERS_TITLE))
        .child(t("p").class("hint").says(words::NUMBERS_HINT));
    let nothing = reports.iter().all(|report| report.documents.is_empty());
    let body = if nothing {
        t("p").class("empty").id("nothing-finished").says(words::NOTHING_FINISHED)
    } else {
        let paragraph = methods::methods(reports, &desk.counting.settings);
        let copy = button(words::COPY).id("copy-methods").on(page, Any::Numbers(Act::Methods));
        let paragraph = t("section")
            .class("methods")
            .child(t("header").class("row").child(t("h3").says(words::METHODS)).child(copy))
            .child(t("p").id("methods").says(paragraph));
        let layers = reports
            .iter()
            .enumerate()
            .map(|(i, report)| layer(project, page, i, report, desk.counting.settings));
        t("div").child(paragraph).children(layers)
    };
    t("div").class("numbers").child(head).child(settings(desk, page)).child(body)
}

fn settings(desk: &Desk, page: &Page) -> Tree {
    let now = &desk.counting.settings;
    let on = |tree: Tree, act: Act| tree.on(page, Any::Numbers(act));
    let number = |id: &str, label: &str, value: String, act: Act| {
        let field = t("input").id(id).set("type", "number").set("min", "0").set("value", value);
        t("label").child(t("span").says(label)).child(on(field, act))
    };
    t("section")
        .class("row settings")
        .set("aria-label", words::SETTINGS)
        .child(on(button(words::BLIND_ONLY).id("blind").pressed(now.blind_only), Act::Blind))
        .child(on(button(words::TRIM).id("trim").pressed(now.trim_edges), Act::Trim))
        .child(number("resamples", words::RESAMPLES, now.resampling.resamples.to_string(), Act::Resamples))
        .child(number("seed", words::SEED, now.resampling.seed.to_string(), Act::Seed))
}

fn layer(project: &Project, page: &Page, place: usize, report: &LayerReport, settings: Settings) -> Tree {
    let counts = [
        words::some(report.units, "unit", "units"),
        words::some(report.documents.len(), "text", "texts"),
        words::some(report.annotators.len(), "annotator", "annotators"),
    ];
    let counts = words::with(words::RESTS_ON, &counts.each_ref().map(|c| &**c));
    let section = t("section")
        .class("layer")
        .set("data-kind", report.layer)
        .child(t("h3").says(words::layer(report.layer)));
    if report.documents.is_empty() {
        return section.child(t("p").class("hint").says(Undefined::NothingFinished.to_string()));
    }
    let rests = format!("{} / {}", report.units, report.documents.len());
    let rows = report.measures.iter().map(|measure| row(measure, &rests));
    let head = [words::MEASURE, words::VALUE, words::INTERVAL, words::RESTS]
        .map(|n| t("th").set("scope", "col").says(n));
    let table = t("table")
        .child(t("caption").says(pictures::caption(settings.resampling)))
        .child(t("thead").child(t("tr").children(head)))
        .child(t("tbody").children(rows));
    let pictures = pictures_of(project, report).into_iter().enumerate().map(|(i, (name, picture))| {
        let get = |says: &str, end: &str, act| {
            let id = format!("{}-{name}-{end}", report.layer.replace('.', "-"));
            button(says)
                .id(id)
                .set("aria-label", format!("{}: {says}", picture.title()))
                .on(page, Any::Numbers(act))
        };
        t("div").class("picture").child(t("div").class("wide").child(svg(&picture.drawing()))).child(
            t("p").class("row").child(get("SVG", "svg", Act::Svg(place, i))).child(get(
                "CSV",
                "csv",
                Act::Csv(place, i),
            )),
        )
    });
    section
        .child(t("p").says(format!("{counts}: {}", report.annotators.join(", "))))
        .child(left_out(report))
        .child(t("div").class("wide").child(table))
        .child(
            t("details")
                .child(t("summary").says(words::PICTURES))
                .child(t("div").class("pictures").children(pictures)),
        )
}

fn row(measure: &Measure, rests: &str) -> Tree {
    let (value, interval) = match (&measure.value, measure.interval) {
        (Ok(value), interval) => (
            t("td").class("number").says(format!("{value:.3}")),
            interval.map_or(String::new(), |i| {
                let lost = if i.undefined > 0.0 {
                    format!(" ({:.1} % {})", i.undefined * 100.0, words::UNDEFINED)
                } else {
                    String::new()
                };
                format!("{:.3} – {:.3}{lost}", i.low, i.high)
            }),
        ),
        (Err(why), _) => (
            t("td").class("hint").says(words::with(words::UNDEFINED_BECAUSE, &[&why.to_string()])),
            String::new(),
        ),
    };
    let name = t("details")
        .child(t("summary").says(words::upper(&methods::in_words(&measure.name))))
        .child(t("p").class("hint").says(methods::explained(&measure.name)));
    t("tr")
        .set("data-kind", measure.name.to_string())
        .child(t("th").set("scope", "row").child(name))
        .child(value)
        .child(t("td").says(interval))
        .child(t("td").says(rests))
}

/// What was left out of the comparison, where anything was.
fn left_out(report: &LayerReport) -> Option<Tree> {
    let left = report.left_out;
    let all = [
        (left.not_blind, words::LEFT_NOT_BLIND),
        (left.orphans, words::LEFT_ORPHANS),
        (left.twice, words::LEFT_TWICE),
        (left.duplicates, words::LEFT_DUPLICATES),
        (report.joined, words::LEFT_JOINED),
    ];
    let all = all.iter().filter(|(n, _)| *n > 0).map(|(n, words)| words::with(words, &[&n.to_string()]));
    let all: Vec<String> = all.collect();
    (!all.is_empty()).then(|| t("p").class("hint").says(format!("{}: {}.", words::LEFT_OUT, all.join("; "))))
}
