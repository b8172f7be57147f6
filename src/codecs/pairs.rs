//! Sentence pairs of versions: what one wrote, what the other made of it, and which operation that was.

use super::exchange::{Codec, Direction, Documents, Fault, JsonWriter, Loss, Sink, Unit};

/// The format `pairs`.
pub(super) struct Pairs;

impl Codec for Pairs {
    fn name(&self) -> &'static str {
        "pairs"
    }
    fn about(&self) -> &'static str {
        "sentence pairs of a story's versions with their operation, JSON lines"
    }
    fn direction(&self) -> Direction {
        Direction::Out
    }
    fn unit(&self) -> Unit {
        Unit::None
    }
    fn losses(&self) -> &'static [Loss] {
        &[Loss::Attributions, Loss::Stances, Loss::Segments]
    }

    fn write(&self, data: &dyn Documents, out: &mut dyn Sink) -> Result<(), Fault> {
        if data.options().without_texts {
            return Err(Fault::NeedsTexts(self.name()));
        }
        if (0..data.parts().len()).all(|part| data.pairs(part).is_empty()) {
            return Err(Fault::Nothing("stories with several versions"));
        }
        for (at, part) in data.parts().iter().enumerate() {
            out.begin(&format!("data/{}.jsonl", part.name))?;
            for pair in data.pairs(at) {
                let mut json = JsonWriter::new();
                json.object(|j| {
                    j.strings(&[
                        ("story", &pair.story),
                        ("article_a", &pair.articles.0),
                        ("article_b", &pair.articles.1),
                        ("sentence_a", &pair.texts.0),
                        ("sentence_b", &pair.texts.1),
                        ("op", &pair.op),
                    ]);
                    j.key("confirmed").bool(pair.confirmed);
                });
                out.put(&json.line())?;
            }
        }
        Ok(())
    }
}
