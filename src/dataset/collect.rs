//! A data set ready to be written: the chosen articles, their sides, and what the card says of them.

use super::card;
use super::in_order::in_order;
use super::leaks;
use super::people::Annotators;
use super::select::{Maker, Selection};
use super::split::{self, Assignment, Family, Plan, RuleBy};
use crate::codecs::exchange::{
    Counts, Document, Documents, Fault, MakeTexts, Options, Part, SentencePair, TakeTexts,
};
use crate::model::{Alignment, Article, Id, Project, RecordId};
use crate::text::Text;
use std::collections::{BTreeMap, BTreeSet};

/// The chosen articles of a project, in the parts of a split.
pub struct Dataset<'p> {
    project: &'p Project,
    maker: Maker<'p>,
    options: Options,
    parts: Vec<Part>,
    articles: Vec<Vec<Id<Article>>>,
    labels: Vec<String>,
    pairs: Vec<Vec<SentencePair>>,
    leaks: Option<Vec<(Id<Article>, Id<Article>)>>,
    plan: Option<Plan>,
}

impl<'p> Dataset<'p> {
    /// Who annotated.
    pub(super) fn annotators(&self) -> &Annotators {
        self.maker.annotators()
    }

    /// How many articles hold annotations of several people, side by side.
    pub fn of_several(&self) -> usize {
        let several = |article: &&Id<Article>| self.maker.is_of_several(article);
        self.articles.iter().flatten().filter(several).count()
    }

    /// All of the selection in one part, `train`.
    pub fn whole(project: &'p Project, selection: &'p Selection, options: Options) -> Self {
        let maker = Maker::new(project, selection);
        let articles = maker.articles();
        let labels = stance_labels(project);
        let mut made = Self {
            project,
            maker,
            options,
            parts: Vec::new(),
            articles: Vec::new(),
            labels,
            pairs: Vec::new(),
            leaks: None,
            plan: None,
        };
        made.arrange(vec![("train".to_owned(), articles)]);
        made
    }

    /// The selection split by a plan: whole families only.
    pub fn split(project: &'p Project, selection: &'p Selection, options: Options, plan: Plan) -> Self {
        let mut made = Self::whole(project, selection, options);
        let articles = made.articles.concat();
        let near = near(project, &articles);
        let groups = made.families(&articles, &near);
        let families: Vec<Family> = groups.iter().map(|group| made.family(group, &plan)).collect();
        let assignment: Assignment = split::split(&families, &plan);
        let mut sides: Vec<(String, Vec<Id<Article>>)> =
            plan.parts.iter().map(|(name, _)| (name.clone(), Vec::new())).collect();
        for (group, part) in groups.into_iter().zip(assignment) {
            sides[part].1.extend(group);
        }
        sides.iter_mut().for_each(|(_, articles)| articles.sort());
        made.arrange(sides);
        // Looked for again in what came out, not assumed.
        let side: BTreeMap<&Id<Article>, usize> =
            made.articles.iter().enumerate().flat_map(|(i, all)| all.iter().map(move |a| (a, i))).collect();
        let found: Vec<_> = near.iter().filter(|(a, b)| side.get(a) != side.get(b)).cloned().collect();
        made.leaks = Some(found);
        made.plan = Some(plan);
        made
    }

    fn arrange(&mut self, sides: Vec<(String, Vec<Id<Article>>)>) {
        let part = |(name, articles): &(String, Vec<Id<Article>>)| Part {
            name: name.clone(),
            documents: articles.len(),
        };
        self.parts = sides.iter().map(part).collect();
        self.articles = sides.into_iter().map(|(_, articles)| articles).collect();
        self.pairs = vec![Vec::new(); self.parts.len()];
        self.add_confirmed_pairs();
    }

    /// The families: stories, joined by near-duplicates.
    fn families(
        &self,
        articles: &[Id<Article>],
        near: &[(Id<Article>, Id<Article>)],
    ) -> Vec<Vec<Id<Article>>> {
        let mut root: BTreeMap<RecordId, RecordId> = BTreeMap::new();
        let find = |root: &BTreeMap<RecordId, RecordId>, mut id: RecordId| {
            while let Some(next) = root.get(&id) {
                id = next.clone();
            }
            id
        };
        for (a, b) in near {
            let [a, b] = [a, b].map(|x| find(&root, self.maker.family(x)));
            if a != b {
                let (first, second) = if a < b { (a, b) } else { (b, a) };
                root.insert(second, first);
            }
        }
        let mut groups: BTreeMap<RecordId, Vec<Id<Article>>> = BTreeMap::new();
        for article in articles {
            groups.entry(find(&root, self.maker.family(article))).or_default().push(article.clone());
        }
        groups.into_values().collect()
    }

    fn family(&self, group: &[Id<Article>], plan: &Plan) -> Family {
        let mut family = Family { articles: group.len(), ..Family::default() };
        for document in group.iter().filter_map(|article| self.maker.document(article)) {
            for attribution in &document.attributions {
                let kind = attribution.fields.iter().find(|(name, _)| name == "type");
                let label = kind.map_or("attribution", |(_, value)| value);
                *family.labels.entry(label.to_owned()).or_default() += 1;
            }
            for opinion in &document.opinions {
                *family.labels.entry(format!("{}:{}", opinion.scheme, opinion.label)).or_default() += 1;
            }
            let fits = |by: &RuleBy| match by {
                RuleBy::From(day) => !document.published.is_empty() && document.published >= *day,
                RuleBy::Outlet(outlet) => document.outlet == *outlet,
            };
            let rule = plan.rules.iter().find(|rule| fits(&rule.by));
            let part = rule.and_then(|rule| plan.parts.iter().position(|(name, _)| *name == rule.part));
            family.fixed = family.fixed.or(part);
        }
        family
    }

    /// Adds pairs that were worked out elsewhere, each to the part its story is in.
    pub fn add_pairs(&mut self, pairs: Vec<SentencePair>) {
        let side: BTreeMap<String, usize> = self.sides();
        for pair in pairs {
            let sides = (side.get(&pair.articles.0), side.get(&pair.articles.1));
            if let (Some(a), Some(b)) = sides
                && a == b
            {
                self.pairs[*a].push(pair);
            }
        }
        for pairs in &mut self.pairs {
            pairs.sort_by(|a, b| (&a.story, &a.articles, &a.texts).cmp(&(&b.story, &b.articles, &b.texts)));
            // What a person said comes first and wins.
            pairs.sort_by_key(|pair| !pair.confirmed);
            let mut seen = BTreeSet::new();
            pairs.retain(|pair| seen.insert((pair.articles.clone(), pair.texts.clone())));
        }
    }

    fn sides(&self) -> BTreeMap<String, usize> {
        let of = |(i, all): (usize, &Vec<Id<Article>>)| -> Vec<(String, usize)> {
            all.iter().map(|a| (a.as_str().to_owned(), i)).collect()
        };
        self.articles.iter().enumerate().flat_map(of).collect()
    }

    fn add_confirmed_pairs(&mut self) {
        let mut by_text: BTreeMap<String, Id<Article>> = BTreeMap::new();
        for article in self.articles.iter().flatten() {
            if let Some(found) = self.project.find(article) {
                by_text.entry(found.text.as_str().to_owned()).or_insert_with(|| article.clone());
            }
        }
        let mut pairs = Vec::new();
        for a in self.project.all::<Alignment>().filter(|a| *a.confirmed.get() != Some(false)) {
            let ends = (by_text.get(a.from_text.as_str()), by_text.get(a.to_text.as_str()));
            let (Some(from), Some(to)) = ends else { continue };
            let words = |anchors: &[crate::model::Anchor]| {
                anchors.iter().map(|a| a.exact.clone()).collect::<Vec<_>>().join(" ")
            };
            pairs.push(SentencePair {
                story: self.maker.family(from).as_str().to_owned(),
                articles: (from.as_str().to_owned(), to.as_str().to_owned()),
                texts: (words(a.from.get()), words(a.to.get())),
                op: a.op.get().as_ref().map(|op| op.as_str().to_owned()).unwrap_or_default(),
                confirmed: true,
            });
        }
        self.add_pairs(pairs);
    }

    /// The articles of each part.
    pub fn articles(&self) -> &[Vec<Id<Article>>] {
        &self.articles
    }

    /// Near-duplicates that stand on two sides; nothing where there is no split.
    pub fn leaks(&self) -> &[(Id<Article>, Id<Article>)] {
        self.leaks.as_deref().unwrap_or_default()
    }

    /// The project.
    pub(super) fn project(&self) -> &Project {
        self.project
    }

    /// The plan of the split, where there is one.
    pub(super) fn plan(&self) -> Option<&Plan> {
        self.plan.as_ref()
    }
}

/// Near-duplicates among articles.
fn near(project: &Project, articles: &[Id<Article>]) -> Vec<(Id<Article>, Id<Article>)> {
    let with_text = |a: &Id<Article>| Some((a.clone(), project.text_of(a)?));
    let all: Vec<(Id<Article>, &Text)> = articles.iter().filter_map(with_text).collect();
    let texts: Vec<&Text> = all.iter().map(|(_, text)| *text).collect();
    let pairs = leaks::near_duplicates(&texts).into_iter();
    pairs.map(|(a, b)| (all[a].0.clone(), all[b].0.clone())).collect()
}

/// The names of all stance labels of a project, in the order of schemes and labels, each once.
fn stance_labels(project: &Project) -> Vec<String> {
    let used: BTreeSet<String> = project
        .all::<crate::model::Stance>()
        .filter_map(|s| s.value.get().as_ref().map(|l| l.as_str().to_owned()))
        .collect();
    let mut labels: Vec<(String, u32, String)> = project
        .all::<crate::model::Label>()
        .filter_map(|l| Some((l.scheme.clone(), *l.order.get(), l.name.get().clone()?, l.id())))
        .map(|(scheme, order, name, id)| (scheme, order, name, used.contains(id.as_str())))
        .filter(|(.., used)| *used)
        .map(|(scheme, order, name, _)| (scheme, order, name))
        .collect();
    labels.sort();
    let mut seen = BTreeSet::new();
    let names = labels.into_iter().map(|(_, _, name)| name);
    let mut found: Vec<String> = names.filter(|name| seen.insert(name.clone())).collect();
    // A stance may have no label yet; an empty list of classes would be no type.
    found.push(String::new());
    found
}

impl Documents for Dataset<'_> {
    fn parts(&self) -> &[Part] {
        &self.parts
    }

    fn each(
        &self,
        part: usize,
        take: &mut dyn FnMut(usize, &Document) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        for (i, article) in self.articles.get(part).into_iter().flatten().enumerate() {
            if let Some(document) = self.maker.document(article) {
                take(i, &document)?;
            }
        }
        Ok(())
    }

    fn made(&self, part: usize, make: &MakeTexts<'_>, take: &mut TakeTexts<'_>) -> Result<(), Fault> {
        let articles = self.articles.get(part).map_or(&[][..], |articles| articles);
        let make = |article: &Id<Article>| {
            let document = self.maker.document(article)?;
            let texts = make(&document);
            Some((document, texts))
        };
        in_order(articles, &make, &mut |i, made| match made {
            Some((document, texts)) => take(i, &document, texts),
            None => Ok(()),
        })
    }

    fn stance_labels(&self) -> &[String] {
        &self.labels
    }

    fn options(&self) -> &Options {
        &self.options
    }

    fn pairs(&self, part: usize) -> &[SentencePair] {
        self.pairs.get(part).map_or(&[], |pairs| pairs)
    }

    fn card(&self, features: &str, counts: &Counts) -> String {
        card::card(self, features, counts)
    }
}
