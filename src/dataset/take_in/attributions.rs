//! The attributions that a file holds: each hangs on its first piece of content, or on its cue.

use super::fields::Remarks;
use super::meaning::Role;
use super::{Placed, Taker};
use crate::codecs::exchange::{ANNOTATOR, Mark, Tie};
use crate::model::{Anchor, Attribution, Content, Id, Mention, Part};
use std::collections::BTreeSet;

impl Taker<'_> {
    pub(super) fn attributions(&mut self, p: &mut Placed<'_>) {
        let pieces: BTreeSet<usize> =
            p.ties.iter().filter(|(.., t)| *t == Tie::PartOf).map(|(from, ..)| *from).collect();
        let cued: BTreeSet<usize> =
            p.ties.iter().filter(|(.., t)| *t == Tie::CuedBy).map(|(_, to, _)| *to).collect();
        let head = |i: &usize| {
            !pieces.contains(i) && (p.is(*i, &Role::Content) || (p.is(*i, &Role::Cue) && !cued.contains(i)))
        };
        let heads: Vec<usize> = (0..p.d.marks.len()).filter(head).collect();
        for i in &heads {
            let id = self.id(p, &p.d.marks[*i].record);
            p.attributions.insert(*i, id);
        }
        for i in heads {
            let of = Marks::of(p, i);
            let body = attribution(p, i, &of);
            if let Some(id) = p.attributions.get(&i).cloned() {
                let by = p.whose(of.field(p, ANNOTATOR));
                let all: Vec<&Mark> = of.all().map(|i| &p.d.marks[i]).collect();
                self.put_as(&id, body, by, Remarks::of(&all));
            }
        }
    }
}

/// The marks of an attribution that are no mentions.
struct Marks {
    contents: Vec<usize>,
    cues: Vec<usize>,
}

impl Marks {
    fn of(p: &Placed<'_>, head: usize) -> Self {
        let mut contents = Vec::new();
        let mut cues = p.from(head, Tie::CuedBy);
        if p.is(head, &Role::Content) {
            contents.push(head);
            contents.extend(p.pieces(head));
        } else {
            cues.insert(0, head);
        }
        let further: Vec<usize> = cues.iter().flat_map(|cue| p.pieces(*cue)).collect();
        cues.extend(further);
        Self { contents, cues }
    }

    fn all(&self) -> impl Iterator<Item = usize> {
        self.contents.iter().chain(&self.cues).copied()
    }

    /// A field of the attribution: of its head, or where else the other tool has it, such as on the verb.
    fn field<'p>(&self, p: &Placed<'p>, name: &str) -> Option<&'p str> {
        self.all().find_map(|i| p.d.marks[i].attribute(name))
    }
}

fn attribution(p: &Placed<'_>, head: usize, of: &Marks) -> Attribution {
    let field = |name: &str| of.field(p, name);
    let content = |i: &usize| {
        let quoted = p.d.words(*i).contains(['“', '"', '”', '«', '„']);
        let guess = if quoted { Part::Quoted } else { Part::Paraphrase };
        let part = p.d.marks[*i].attribute("part").map_or(guess, Part::from);
        Some(Content::new(p.anchor(*i)?, part))
    };
    let mentions = |tie: Tie| -> Vec<Id<Mention>> {
        p.from(head, tie).iter().filter_map(|i| p.mentions.get(i).cloned()).collect()
    };
    let other = |tie: Tie| p.from(head, tie).first().and_then(|i| p.attributions.get(i).cloned());
    let list = |name: &str| field(name).into_iter().flat_map(|all| all.split('+')).filter(|v| !v.is_empty());
    let cues: Vec<Anchor> = of.cues.iter().filter_map(|i| p.anchor(*i)).collect();
    Attribution {
        contents: of.contents.iter().filter_map(content).collect::<Vec<_>>().into(),
        cues: cues.into(),
        sources: mentions(Tie::AttributedTo).into(),
        addressees: mentions(Tie::AddressedTo).into(),
        via: mentions(Tie::Via).into_iter().next().into(),
        r#type: field("type").map(Into::into).into(),
        medium: list("medium").map(Into::into).collect::<Vec<_>>().into(),
        verb_class: field("verb_class").map(Into::into).into(),
        cue_polarity: field("cue_polarity").map(Into::into).into(),
        channel: field("channel").map(Into::into).into(),
        form: field("form").map(Into::into).into(),
        record: field("record").map(Into::into).into(),
        parent: other(Tie::NestedIn).into(),
        continues: other(Tie::Continues).into(),
        defects: list("defects").map(Into::into).collect::<Vec<_>>().into(),
        rule: field("rule").map(str::to_owned).into(),
        ..Attribution::blank(p.text.clone(), p.made())
    }
}
