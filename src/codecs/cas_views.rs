//! What a CAS says, view by view: each view has a text of its own, and its marks count in that.

use super::Issue;
use super::exchange::{Annotator, Document, Reader, Unit, Work};

/// A feature structure: something of a type, with fields.
pub(super) struct Structure<'s> {
    pub(super) id: &'s str,
    /// Its type.
    pub(super) kind: &'s str,
    pub(super) ends: (Option<u64>, Option<u64>),
    /// Whether it says where it begins.
    pub(super) begins: bool,
    pub(super) language: &'s str,
    /// Its features, but those of every annotation.
    pub(super) fields: Vec<(&'s str, &'s str)>,
}

impl Structure<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(n, v)| *n == name && !v.is_empty()).map(|(_, value)| *value)
    }
}

/// A mark or tie on its way into a document.
struct Kept {
    id: String,
    label: String,
    ends: (Option<u64>, Option<u64>),
    tie: Option<(String, String)>,
    packed: String,
    fields: Vec<(String, String)>,
}

struct View {
    sofa: String,
    name: String,
    text: String,
    language: String,
    kept: Vec<Kept>,
}

/// The views of a CAS that have a text.
#[derive(Default)]
pub(super) struct Views {
    views: Vec<View>,
    /// Marks of views that have no text, by the view.
    astray: Vec<String>,
    /// Whose CAS it is: INCEpTION and WebAnno say so in it.
    by: Option<Annotator>,
}

impl Views {
    /// A view's text.
    pub(super) fn text(&mut self, sofa: &str, name: &str, text: &str) {
        let [sofa, name, text] = [sofa, name, text].map(str::to_owned);
        self.views.push(View { sofa, name, text, language: String::new(), kept: Vec::new() });
    }

    /// Whatever the CAS holds: marks, ties and the document's language are taken out of it.
    pub(super) fn put(&mut self, sofa: &str, s: Structure<'_>) {
        let kind = s.kind.rsplit('.').next().unwrap_or(s.kind);
        if kind == "CASMetadata" {
            self.by = s.get("username").and_then(|name| Annotator::named(name, Work::Unsaid));
        }
        let tie = s.get("Governor").zip(s.get("Dependent")).map(|(g, d)| (g.to_owned(), d.to_owned()));
        let about = matches!(kind, "DocumentAnnotation" | "DocumentMetaData");
        if !about && (is_structure(s.kind) || (tie.is_none() && !s.begins)) {
            return;
        }
        let only = self.views.len() == 1 && sofa.is_empty();
        let Some(view) = self.views.iter_mut().find(|view| only || view.sofa == sofa) else {
            if !about {
                self.astray.push(sofa.to_owned());
            }
            return;
        };
        if about {
            if !matches!(s.language, "" | "x-unspecified") {
                s.language.clone_into(&mut view.language);
            }
            return;
        }
        let ours = kind == "Variorum";
        let named = ["value", "label"].into_iter().find(|name| s.get(name).is_some());
        let label = named.and_then(|name| s.get(name)).unwrap_or(kind).to_owned();
        let packed = s.get("attributes").filter(|_| ours).unwrap_or_default().to_owned();
        let own = |name: &str| {
            Some(name) == named || matches!(name, "Governor" | "Dependent") || (ours && name == "attributes")
        };
        let fields = s.fields.iter().filter(|(name, _)| !own(name));
        let fields = fields.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        view.kept.push(Kept { id: s.id.to_owned(), label, ends: s.ends, tie, packed, fields });
    }

    /// A document for each view on which there are marks; where there are none at all, one for the first.
    pub(super) fn documents(mut self, file: &str, stem: &str, issues: &mut Vec<Issue>) -> Vec<Document> {
        let mut issue = |what: String| issues.push(Issue { place: file.to_owned(), what });
        if self.views.is_empty() {
            issue("It has no text (no sofaString). Export it with its document text.".to_owned());
            return Vec::new();
        }
        for sofa in &self.astray {
            issue(format!("A mark of the view “{sofa}” was left out: that view has no text in this file."));
        }
        if self.views.iter().all(|view| view.kept.is_empty()) {
            let first = self.views.iter().position(|view| view.name == "_InitialView").unwrap_or(0);
            let first = self.views.swap_remove(first);
            self.views = vec![first];
        } else {
            self.views.retain(|view| !view.kept.is_empty());
        }
        let several = self.views.len() > 1;
        let name = |view: &View| match several {
            true => format!("{stem}, view {}", view.name),
            false => stem.to_owned(),
        };
        let of = |view: &View| {
            let document = document(file, &name(view), view, issues);
            Document { by: self.by.clone(), ..document }
        };
        self.views.iter().map(of).collect()
    }
}

fn document(file: &str, name: &str, view: &View, issues: &mut Vec<Issue>) -> Document {
    let mut reader = Reader::new(file, name, &view.text, Unit::Utf16, issues);
    view.language.clone_into(&mut reader.about().language);
    for mark in view.kept.iter().filter(|kept| kept.tie.is_none()) {
        reader.mark(&mark.id, mark.ends, &mark.label, &mark.packed, None);
        mark.fields.iter().for_each(|(field, value)| reader.attribute(&mark.id, field, value));
    }
    for kept in &view.kept {
        let Some((from, to)) = &kept.tie else { continue };
        reader.relation(from, to, &kept.label);
        for (field, _) in &kept.fields {
            reader.issue(format!(
                "Ties have a field “{field}”, for which there is no place here; it was left out."
            ));
        }
    }
    reader.finish()
}

/// Types of every CAS that are no marks of a person.
fn is_structure(kind: &str) -> bool {
    let last = kind.rsplit('.').next().unwrap_or(kind);
    matches!(
        last,
        "Sofa"
            | "DocumentAnnotation"
            | "DocumentMetaData"
            | "TagsetDescription"
            | "Token"
            | "Sentence"
            | "Paragraph"
            | "View"
            | "NULL"
            | "CASMetadata"
            | "LayerDefinition"
            | "FeatureDefinition"
            | "Div"
            | "Lemma"
            | "POS"
    ) || kind.contains(".pos.POS")
}
