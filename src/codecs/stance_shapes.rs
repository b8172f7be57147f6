//! Stance in the shapes of four shared tasks, so that their baselines run unchanged.
//!
//! - SemEval-2016 task 6: `ID⇥Target⇥Tweet⇥Stance`, FAVOR, AGAINST, NONE; the author's stance.
//! - FNC-1: `stances.csv` and `bodies.csv`: agree, disagree, discuss, unrelated.
//! - RumourEval: the text of each reply and its label: support, deny, query, comment.
//! - VAST: a CSV of post, topic and label: 0 con, 1 pro, 2 neutral.

use super::exchange::{Codec, Direction, Document, Documents, Fault, JsonWriter, Loss, Opinion, Sink, Unit};
use super::tables::csv_row;

/// One of the shapes.
pub(super) struct StanceShape {
    name: &'static str,
    about: &'static str,
    shape: Shape,
}

#[derive(Clone, Copy, PartialEq)]
enum Shape {
    SemEval,
    Fnc,
    RumourEval,
    Vast,
}

/// The format `semeval-2016`.
pub(super) const SEMEVAL: StanceShape = StanceShape {
    name: "semeval-2016",
    about: "stance as in SemEval-2016 task 6: target, text, FAVOR, AGAINST or NONE",
    shape: Shape::SemEval,
};
/// The format `fnc-1`.
pub(super) const FNC: StanceShape = StanceShape {
    name: "fnc-1",
    about: "stance as in the Fake News Challenge: claim and body, agree, disagree, discuss, unrelated",
    shape: Shape::Fnc,
};
/// The format `rumoureval`.
pub(super) const RUMOUREVAL: StanceShape = StanceShape {
    name: "rumoureval",
    about: "stance as in RumourEval: support, deny, query, comment towards a claim",
    shape: Shape::RumourEval,
};
/// The format `vast`.
pub(super) const VAST: StanceShape = StanceShape {
    name: "vast",
    about: "stance as in VAST: post, topic, 0 con, 1 pro, 2 neutral",
    shape: Shape::Vast,
};

impl Shape {
    /// The shape's label for a stance, by the label's neutral core.
    fn label(self, o: &Opinion) -> Option<&'static str> {
        Some(match (self, &*o.meaning) {
            (Self::SemEval, "+") => "FAVOR",
            (Self::SemEval, "-") => "AGAINST",
            (Self::SemEval, "0") => "NONE",
            (Self::Fnc, "+") => "agree",
            (Self::Fnc, "-") => "disagree",
            (Self::Fnc, "0" | "?") => "discuss",
            (Self::Fnc, "n/a") => "unrelated",
            (Self::RumourEval, "+") => "support",
            (Self::RumourEval, "-") => "deny",
            (Self::RumourEval, "?") => "query",
            (Self::RumourEval, "0") => "comment",
            (Self::Vast, "-") => "0",
            (Self::Vast, "+") => "1",
            (Self::Vast, "0") => "2",
            _ => return None,
        })
    }
}

impl Codec for StanceShape {
    fn name(&self) -> &'static str {
        self.name
    }
    fn about(&self) -> &'static str {
        self.about
    }
    fn direction(&self) -> Direction {
        Direction::Out
    }
    fn unit(&self) -> Unit {
        Unit::None
    }
    fn losses(&self) -> &'static [Loss] {
        match self.shape {
            Shape::RumourEval => &[Loss::Attributions, Loss::StanceFields, Loss::Segments],
            Shape::Fnc => &[Loss::Attributions, Loss::StanceOfSource, Loss::StanceFields, Loss::Segments],
            _ => &[
                Loss::Attributions,
                Loss::StanceOfSource,
                Loss::ForeignLabel,
                Loss::StanceFields,
                Loss::Segments,
            ],
        }
    }

    fn write(&self, data: &dyn Documents, out: &mut dyn Sink) -> Result<(), Fault> {
        if data.options().without_texts {
            return Err(Fault::NeedsTexts(self.name));
        }
        for (at, part) in data.parts().iter().enumerate() {
            match self.shape {
                Shape::SemEval => out.begin(&format!("{}.txt", part.name))?,
                Shape::RumourEval => out.begin(&format!("{}.jsonl", part.name))?,
                Shape::Fnc => {
                    out.begin(&format!("{}_bodies.csv", part.name))?;
                    out.put("Body ID,articleBody\r\n")?;
                    data.each(at, &mut |i, d| out.put(&csv_row(&[&i.to_string(), &d.text], ',')))?;
                    out.begin(&format!("{}_stances.csv", part.name))?;
                }
                Shape::Vast => out.begin(&format!("{}.csv", part.name))?,
            }
            out.put(match self.shape {
                Shape::SemEval => "ID\tTarget\tTweet\tStance\n",
                Shape::Fnc => "Headline,Body ID,Stance\r\n",
                Shape::Vast => "author,post,topic_str,label,type_idx,new_id\r\n",
                Shape::RumourEval => "",
            })?;
            let mut id = 0;
            data.each(at, &mut |body, d| {
                for o in &d.opinions {
                    // All but RumourEval know the author's stance only.
                    let of_author = o.holder == "article" || self.shape == Shape::RumourEval;
                    if let Some(label) = self.shape.label(o).filter(|_| of_author) {
                        id += 1;
                        out.put(&self.row(d, o, label, id, body))?;
                    }
                }
                Ok(())
            })?;
        }
        Ok(())
    }
}

impl StanceShape {
    fn row(&self, d: &Document, o: &Opinion, label: &str, id: usize, body: usize) -> String {
        let words: Vec<&str> = o.evidence.iter().map(|i| d.words(*i)).collect();
        let own = words.join(" … ");
        let text = if words.is_empty() { &*d.text } else { &own };
        let claim = if o.wording.is_empty() { &o.target } else { &o.wording };
        match self.shape {
            // One line, four fields: white space in the text becomes a space.
            Shape::SemEval => {
                let line = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
                format!("{id}\t{}\t{}\t{label}\n", line(&o.target), line(text))
            }
            Shape::Fnc => csv_row(&[claim, &body.to_string(), label], ','),
            Shape::Vast => csv_row(&[&d.outlet, text, &o.target, label, "1", &id.to_string()], ','),
            Shape::RumourEval => {
                let mut json = JsonWriter::new();
                json.object(|j| {
                    j.strings(&[
                        ("id", &o.record),
                        ("claim", claim),
                        ("holder", &o.holder),
                        ("text", text),
                        ("label", label),
                    ]);
                });
                json.line()
            }
        }
    }
}
