//! What an export would be, looked at before it is made: what is lost, how it is split, its first records.

use super::choices::Choices;
use super::making::{documents, preview, with_data};
use crate::codecs::exchange::{Codec, Counted, Counts, Documents as _, Fault, Part, count};
use crate::dataset;
use crate::model::Project;

/// What was found.
pub(super) struct Look {
    pub(super) parts: Vec<Part>,
    pub(super) counts: Counts,
    /// Titles of near-duplicates that stand on two sides; there must be none.
    pub(super) leaks: Vec<(String, String)>,
    pub(super) formats: Vec<Format>,
}

/// What was found of a format.
pub(super) struct Format {
    pub(super) codec: &'static dyn Codec,
    /// Why it cannot be written at all, if so.
    pub(super) refused: Option<Fault>,
    pub(super) losses: Vec<Counted>,
    pub(super) preview: Vec<(String, String)>,
}

/// Looks. `tell` hears how far it has come.
pub(super) fn look(project: &Project, choices: &Choices, tell: &dyn Fn(u32)) -> Look {
    with_data(project, choices, |data| {
        let codecs = choices.codecs();
        let steps = codecs.len() as u32 + 1;
        tell(50 / steps);
        let counts = dataset::count(data);
        let mut formats = Vec::new();
        for (i, codec) in codecs.into_iter().enumerate() {
            tell((i as u32 + 1) * 100 / (steps + 1));
            let mut format = Format { codec, refused: None, losses: Vec::new(), preview: Vec::new() };
            match preview(codec, data) {
                Ok(shown) => format.preview = shown,
                Err(why) => format.refused = Some(why),
            }
            match count(codec, data) {
                Ok(losses) => format.losses = losses,
                Err(why) => format.refused = format.refused.or(Some(why)),
            }
            if documents(data) == 0 {
                format.refused = Some(Fault::Nothing("articles"));
            }
            formats.push(format);
        }
        let title = |id| {
            let article = project.find::<crate::model::Article>(id);
            article.and_then(|a| a.title.get().clone()).unwrap_or_else(|| id.to_string())
        };
        let leaks = data.leaks().iter().map(|(a, b)| (title(a), title(b))).collect();
        Look { parts: data.parts().to_vec(), counts, leaks, formats }
    })
}
