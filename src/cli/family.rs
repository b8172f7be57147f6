//! `variorum family`: who copied whom in a story, as a table, JSON or a drawing.

use super::{Failure, Outcome, Sound, compare, files};
use crate::model::{Article, Direction, Id, Link, Project, Relation, Story};
use crate::versions::compare::Side;
use crate::versions::family::{Edge, Family, Judged, Member, family};
use crate::versions::picture::{Caption, heat_svg, relation_in_words, tree_svg};
use crate::versions::relation::{Guess, Refined, Way};
use serde::Serialize;
use std::path::PathBuf;

/// What `variorum family` is asked.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct FamilyArgs {
    /// The project file.
    project: PathBuf,
    /// The story: its id, its name, or the beginning of its name.
    story: String,
    /// Print a drawing (SVG) instead.
    #[arg(long, conflicts_with = "json")]
    svg: bool,
    /// With --svg: draw a table of shades, every version against every other.
    #[arg(long, requires = "svg")]
    heat: bool,
    /// Print one JSON document.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Listed {
    id: Id<Article>,
    title: Option<String>,
    outlet: Option<String>,
    published: Option<String>,
}

#[derive(Serialize)]
struct Line {
    from: Id<Article>,
    to: Id<Article>,
    relation: Guess,
    refinement: Vec<Refined>,
    directed: bool,
    reuse: f32,
    confidence: f32,
    judged: bool,
    implied: bool,
}

#[derive(Serialize)]
struct Report {
    articles: Vec<Listed>,
    edges: Vec<Line>,
}

pub(super) fn run(args: &FamilyArgs) -> Outcome {
    let project = files::open(&args.project)?.value;
    let story = story(&project, &args.story)?;
    let articles: Vec<_> =
        project.versions(&story).into_iter().filter(|a| project.text(&a.text).is_some()).collect();
    let ids: Vec<Id<Article>> = articles.iter().map(|a| a.id()).collect();
    let members: Vec<Member> = articles
        .iter()
        .map(|a| Member {
            key: a.id().to_string(),
            title: a.title.get().clone().unwrap_or_default(),
            side: Side {
                text: project.text(&a.text).cloned().unwrap_or_default(),
                published: a.published.get().clone(),
            },
        })
        .collect();
    let found = compare::whole(|progress| family(&members, &judged(&project, &ids), progress))?;
    let captions: Vec<Caption> = articles
        .iter()
        .map(|a| Caption {
            title: a.title.get().clone().unwrap_or_default(),
            detail: a.outlet.get().clone().unwrap_or_default(),
            published: a.published.get().clone(),
        })
        .collect();
    if args.svg {
        let draw = if args.heat { heat_svg } else { tree_svg };
        print!("{}", draw(&found, &captions));
    } else if args.json {
        let listed = articles.iter().map(|a| Listed {
            id: a.id(),
            title: a.title.get().clone(),
            outlet: a.outlet.get().clone(),
            published: a.published.get().clone(),
        });
        let edges = found.edges.iter().map(|e| line(e, &ids)).collect();
        compare::print_json(&Report { articles: listed.collect(), edges });
    } else {
        print_text(&found, &captions);
    }
    Ok(Sound::Yes)
}

fn line(e: &Edge, ids: &[Id<Article>]) -> Line {
    Line {
        from: ids[e.from].clone(),
        to: ids[e.to].clone(),
        relation: e.relation,
        refinement: e.refinement.clone(),
        directed: e.directed,
        reuse: e.reuse,
        confidence: e.confidence,
        judged: e.judged,
        implied: e.implied,
    }
}

fn print_text(found: &Family, captions: &[Caption]) {
    for (i, caption) in captions.iter().enumerate() {
        println!("{:3}  {}  {}", i + 1, caption.published.as_deref().unwrap_or("no date"), caption.title);
    }
    for e in &found.edges {
        let arrow = if e.directed { "->" } else { "--" };
        let by = if e.judged { ", judged" } else { "" };
        let implied = if e.implied { ", follows from closer pairs" } else { "" };
        let words = relation_in_words(e.relation);
        println!("{:3} {arrow} {}  {words}, reuse {:.2}{by}{implied}", e.from + 1, e.to + 1, e.reuse);
    }
    if found.edges.is_empty() {
        println!("No two of these versions seem related.");
    }
}

/// A story by its id or name.
pub(super) fn story(project: &Project, given: &str) -> Result<Id<Story>, Failure> {
    if let Some(id) = Id::<Story>::parse(given).filter(|id| project.find(id).is_some()) {
        return Ok(id);
    }
    let named = |matches: &dyn Fn(&str) -> bool| -> Vec<Id<Story>> {
        let stories = project.all::<Story>().filter(|s| s.name.get().as_deref().is_some_and(matches));
        stories.map(|s| s.id()).collect()
    };
    let exact = named(&|name| name == given);
    let begins = named(&|name| name.starts_with(given));
    match (&exact[..], &begins[..]) {
        ([one], _) | ([], [one]) => Ok(one.clone()),
        ([], []) => {
            let names: Vec<String> = project.all::<Story>().filter_map(|s| s.name.get().clone()).collect();
            Err(Failure(format!("There is no story {given}. The project has: {}.", names.join("; "))))
        }
        _ => Err(Failure(format!("Several stories are called {given}; give the id of one."))),
    }
}

/// What people said of pairs of the articles.
fn judged(project: &Project, ids: &[Id<Article>]) -> Vec<Judged> {
    let place = |id: &Id<Article>| ids.iter().position(|x| x == id);
    let links = project.all::<Link>().filter_map(|link| {
        let (a, b) = (place(&link.from)?, place(&link.to)?);
        let relation = guess(link.relation.get().as_ref()?)?;
        let direction = match link.direction.get() {
            Some(Direction::FromTo) => Way::AToB,
            Some(Direction::ToFrom) => Way::BToA,
            _ => Way::Unknown,
        };
        Some(Judged { a, b, relation, direction })
    });
    links.collect()
}

fn guess(relation: &Relation) -> Option<Guess> {
    Some(match relation {
        Relation::Identical => Guess::Identical,
        Relation::NearDuplicate => Guess::NearDuplicate,
        Relation::WhollyDerived => Guess::WhollyDerived,
        Relation::PartiallyDerived => Guess::PartiallyDerived,
        Relation::SharedSource => Guess::SharedSource,
        Relation::NonDerived => Guess::NonDerived,
        Relation::Unknown | Relation::Other(_) => return None,
    })
}
