//! What goes out: finished work, one's own work, everything, and packages for annotators.

use super::describe::{article_title, short};
use super::tree::{Act as Any, Page, Tree, button, t};
use super::{Desk, Order, words};
use crate::agreement::Finished;
use crate::codecs::project_file;
use crate::merge::{export, packages};
use crate::model::{Article, Layer, Project, Story};

/// How the project is to be handed out.
#[derive(Clone, Debug)]
pub(super) struct Split {
    people: usize,
    overlap: usize,
}

impl Default for Split {
    fn default() -> Self {
        Self { people: 3, overlap: 2 }
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Act {
    Mine,
    Everything,
    People,
    Overlap,
    Package(usize),
    Packages,
}

const JSON: &str = "application/json";

impl Desk {
    pub(super) fn act_sharing(&mut self, act: Act, value: &str) -> Vec<Order> {
        let Some(project) = &self.project else { return Vec::new() };
        let name = format!("{} {}", project.name(), self.today);
        let file = |name: String, project: &Project| Order::Download {
            name: format!("{name}.variorum.json"),
            kind: JSON.into(),
            content: project_file::write(project),
        };
        let number = value.trim().parse().ok().filter(|n| (1..=99).contains(n));
        match act {
            Act::Mine => {
                let Some(me) = &self.me else { return Vec::new() };
                let who = project.person_name(me);
                vec![file(format!("{name} {who}"), &export::my_work(project, me))]
            }
            Act::Everything => {
                vec![file(format!("{name} {}", words::FILE_ALL), &export::everything(project))]
            }
            Act::People => {
                self.split.people = number.unwrap_or(self.split.people);
                Vec::new()
            }
            Act::Overlap => {
                self.split.overlap = number.unwrap_or(self.split.overlap);
                Vec::new()
            }
            Act::Package(_) | Act::Packages => {
                let Ok(assignment) = packages::assign(project, self.split.people, self.split.overlap) else {
                    return Vec::new();
                };
                let all = 0..self.split.people;
                let wanted = all.filter(|person| match act {
                    Act::Package(only) => only == *person,
                    _ => true,
                });
                let of = |person: usize| {
                    let number = words::with(
                        words::FILE_PACKAGE,
                        &[&(person + 1).to_string(), &self.split.people.to_string()],
                    );
                    file(
                        format!("{} {number}", project.name()),
                        &packages::package(project, &assignment, person),
                    )
                };
                wanted.map(of).collect()
            }
        }
    }
}

pub(super) fn view(desk: &Desk, project: &Project, page: &Page) -> Tree {
    let act = |act| Any::Sharing(act);
    let send = t("section")
        .child(t("h2").says(words::SEND_TITLE))
        .child(
            t("p")
                .class("row")
                .child(button(words::MY_WORK).id("my-work").class("primary").on(page, act(Act::Mine)))
                .child(t("span").class("hint").says(words::MY_WORK_HINT)),
        )
        .child(
            t("p")
                .class("row")
                .child(button(words::EVERYTHING).id("everything").on(page, act(Act::Everything)))
                .child(t("span").class("hint").says(words::EVERYTHING_HINT)),
        );
    t("div")
        .class("sharing")
        .child(finished(desk, project, page))
        .child(send)
        .child(split(desk, project, page))
}

/// Which layers of which articles the person has finished: only these are compared.
fn finished(desk: &Desk, project: &Project, page: &Page) -> Tree {
    let same = project.same();
    let done = Finished::of(project, &same);
    let layers = [Layer::Attribution, Layer::Stance, Layer::Segment, Layer::Link];
    let me = desk.me.as_ref().map(|me| same.of(me.record()).clone());
    let row = |article: &crate::model::Item<'_, Article>| {
        let cell = |layer: &Layer| {
            let on = me.as_ref().is_some_and(|me| done.by(&article.text, layer).any(|who| who == me));
            let others = done.by(&article.text, layer).filter(|who| Some(*who) != me.as_ref()).count();
            let order =
                Order::Finished { text: article.text.to_string(), layer: layer.as_str().into(), done: !on };
            let says = if on { words::FINISHED } else { words::NOT_FINISHED };
            let label =
                format!("{}: {}, {says}", short(&article_title(project, &article.id()), 60), layer.as_str());
            let toggle = button(says).pressed(on).set("aria-label", label).on(page, Any::Orders(vec![order]));
            let others = (others > 0)
                .then(|| t("span").class("hint").says(words::with(words::OTHERS, &[&others.to_string()])));
            t("td").child(toggle).child(others)
        };
        t("tr")
            .child(t("th").set("scope", "row").says(article_title(project, &article.id())))
            .children(layers.iter().map(cell))
    };
    let head = layers.iter().map(|layer| t("th").set("scope", "col").says(words::layer(layer.as_str())));
    let head =
        t("thead").child(t("tr").child(t("th").set("scope", "col").says(words::ARTICLE)).children(head));
    let articles: Vec<_> = project.all::<Article>().collect();
    t("section")
        .child(t("h2").says(words::FINISHED_TITLE))
        .child(t("p").class("hint").says(words::FINISHED_HINT))
        .child(
            t("div")
                .class("wide")
                .child(t("table").child(head).child(t("tbody").children(articles.iter().map(row)))),
        )
}

fn split(desk: &Desk, project: &Project, page: &Page) -> Tree {
    let number = |id: &str, label: &str, value: usize, act| {
        let field = t("input")
            .id(id)
            .set("type", "number")
            .set("min", "1")
            .set("max", "99")
            .set("value", value.to_string());
        t("label").child(t("span").says(label)).child(field.on(page, Any::Sharing(act)))
    };
    let fields = t("p")
        .class("row")
        .child(number("people", words::PEOPLE, desk.split.people, Act::People))
        .child(number("overlap", words::OVERLAP, desk.split.overlap, Act::Overlap));
    let section = t("section")
        .child(t("h2").says(words::SPLIT_TITLE))
        .child(t("p").class("hint").says(words::SPLIT_HINT))
        .child(fields);
    let assignment = match packages::assign(project, desk.split.people, desk.split.overlap) {
        Err(why) => return section.child(t("p").class("risk").set("role", "alert").says(why.to_string())),
        Ok(assignment) => assignment,
    };
    let story = |place: &usize| {
        let first = assignment.stories[*place].first().and_then(|id| id.typed::<Article>());
        let article = first.and_then(|id| project.find(&id));
        let named =
            article.as_ref().and_then(|a| a.story.get().as_ref()).and_then(|s| project.find::<Story>(s));
        let named = named.and_then(|s| s.name.get().clone());
        named.or_else(|| article.map(|a| article_title(project, &a.id()))).unwrap_or_default()
    };
    let row = |(person, stories): (usize, &Vec<usize>)| {
        let names: Vec<String> = stories.iter().take(4).map(story).collect();
        let more = stories.len().saturating_sub(4);
        let more = if more > 0 {
            format!(" {}", words::with(words::AND_MORE, &[&more.to_string()]))
        } else {
            String::new()
        };
        let get = button(words::DOWNLOAD)
            .id(format!("package-{}", person + 1))
            .on(page, Any::Sharing(Act::Package(person)));
        t("tr")
            .child(
                t("th").set("scope", "row").says(words::with(words::PACKAGE, &[&(person + 1).to_string()])),
            )
            .child(t("td").says(format!("{} ({}){more}", names.join("; "), stories.len())))
            .child(t("td").child(get))
    };
    let rows = assignment.people.iter().enumerate().map(row);
    let all =
        button(words::DOWNLOAD_ALL).id("packages").class("primary").on(page, Any::Sharing(Act::Packages));
    section.child(t("table").child(t("tbody").children(rows))).child(t("p").class("row").child(all))
}
