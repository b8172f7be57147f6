//! Argilla records: `rg.Record.from_dict`, spans as responses, ties and stances in the metadata.

use super::exchange::{Codec, Direction, Document, Documents, Fault, JsonWriter, Loss, Sink, Unit, Units};

/// The format `argilla`.
pub(super) struct Argilla;

impl Codec for Argilla {
    fn name(&self) -> &'static str {
        "argilla"
    }
    fn about(&self) -> &'static str {
        "Argilla 2 records with spans as suggestions"
    }
    fn direction(&self) -> Direction {
        Direction::Out
    }
    fn unit(&self) -> Unit {
        Unit::CodePoints
    }
    fn losses(&self) -> &'static [Loss] {
        &[Loss::Ties, Loss::Fields, Loss::StanceFields, Loss::StanceOfSource]
    }

    fn write(&self, data: &dyn Documents, out: &mut dyn Sink) -> Result<(), Fault> {
        if data.options().without_texts {
            return Err(Fault::NeedsTexts(self.name()));
        }
        for (at, part) in data.parts().iter().enumerate() {
            out.begin(&format!("{}/records.json", part.name))?;
            out.put("[\n")?;
            data.made(at, &|d| vec![record(d)], &mut |i, _, records| {
                out.put(if i > 0 { ",\n" } else { "" })?;
                records.iter().try_for_each(|record| out.put(record))
            })?;
            out.put("\n]\n")?;
        }
        Ok(())
    }
}

fn record(d: &Document) -> String {
    let units = Units::of(&d.text, Unit::CodePoints);
    let mut json = JsonWriter::new();
    json.object(|j| {
        j.strings(&[("id", &d.article)]);
        j.key("fields").object(|j| j.strings(&[("text", &d.text)]));
        j.key("metadata").object(|j| {
            j.strings(&[
                ("title", &d.title),
                ("outlet", &d.outlet),
                ("published", &d.published),
                ("sha256", &d.sha256),
            ]);
        });
        j.key("suggestions").object(|j| {
            j.key("spans").object(|j| {
                j.key("value").list(|j| {
                    for mark in &d.marks {
                        let (start, end) = units.ends(mark.span);
                        j.object(|j| {
                            j.key("start").number(start);
                            j.key("end").number(end);
                            j.strings(&[("label", &mark.label)]);
                        });
                    }
                });
                j.key("score").null();
                j.strings(&[("agent", "variorum")]);
            });
            let own = d.opinions.iter().find(|o| o.holder == "article");
            if let Some(o) = own {
                j.key("stance").object(|j| {
                    j.strings(&[("value", &o.label)]);
                    j.key("score").null();
                    j.strings(&[("agent", "variorum")]);
                });
            }
        });
        j.key("responses").object(|_| {});
        j.key("vectors").object(|_| {});
        j.strings(&[("status", "pending")]);
    });
    json.finish()
}
