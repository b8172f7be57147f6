//! Chat messages for instruction tuning: the article asks, the answer is JSON with words of the article.
//!
//! Words, not positions: language models count badly. What is quoted more than once in the text is
//! numbered.

use super::exchange::{
    Codec, Direction, Document, Documents, Fault, JsonWriter, Loss, Sink, Unit, line_files,
};

/// The format `messages`.
pub(super) struct Messages;

const SYSTEM: &str = "You find who said what in news articles. Answer with one JSON object: \"attributions\" \
(each with \"contents\", \"cues\", \"sources\", copied from the article word for word, and \"type\") and \"stances\" \
(each with \"holder\", \"target\", \"label\").";

impl Codec for Messages {
    fn name(&self) -> &'static str {
        "messages"
    }
    fn about(&self) -> &'static str {
        "chat messages for instruction tuning, one conversation an article"
    }
    fn direction(&self) -> Direction {
        Direction::Out
    }
    fn unit(&self) -> Unit {
        Unit::None
    }
    fn losses(&self) -> &'static [Loss] {
        &[
            Loss::Nested,
            Loss::Continued,
            Loss::Addressee,
            Loss::Intermediary,
            Loss::StanceFields,
            Loss::Segments,
            Loss::AboutArticle,
        ]
    }

    fn write(&self, data: &dyn Documents, out: &mut dyn Sink) -> Result<(), Fault> {
        if data.options().without_texts {
            return Err(Fault::NeedsTexts(self.name()));
        }
        line_files(data, out, "jsonl", &conversation)
    }
}

fn conversation(d: &Document) -> String {
    let mut json = JsonWriter::new();
    json.object(|j| {
        j.key("messages").list(|j| {
            for (role, content) in [("system", SYSTEM), ("user", &d.text), ("assistant", &answer(d))] {
                j.object(|j| j.strings(&[("role", role), ("content", content)]));
            }
        });
    });
    json.line()
}

/// The words of marks; where the text has them more than once, an object with which occurrence it is.
fn words(j: &mut JsonWriter, d: &Document, marks: &[usize]) {
    j.list(|j| {
        for i in marks {
            let span = d.marks[*i].span;
            let words = span.slice(&d.text);
            let all: Vec<usize> = d.text.match_indices(words).map(|(at, _)| at).collect();
            match all.iter().position(|at| *at == span.start().byte()) {
                Some(which) if all.len() > 1 => j.object(|j| {
                    j.strings(&[("words", words)]);
                    j.key("occurrence").number(which + 1);
                }),
                _ => j.string(words),
            }
        }
    });
}

fn answer(d: &Document) -> String {
    let mut json = JsonWriter::new();
    json.object(|j| {
        j.key("attributions").list(|j| {
            for a in &d.attributions {
                j.object(|j| {
                    for (key, marks) in
                        [("contents", &a.contents), ("cues", &a.cues), ("sources", &a.sources)]
                    {
                        words(j.key(key), d, marks);
                    }
                    let kind = a.fields.iter().find(|(name, _)| name == "type").map(|(_, v)| v);
                    match kind {
                        Some(kind) => j.strings(&[("type", kind)]),
                        None => j.key("type").null(),
                    }
                });
            }
        });
        j.key("stances").list(|j| {
            for o in &d.opinions {
                j.object(|j| j.strings(&[("holder", &o.holder), ("target", &o.target), ("label", &o.label)]));
            }
        });
    });
    json.finish()
}
