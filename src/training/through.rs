//! Documents seen on their way: counted, for word of progress, or only the first of them, for a preview.

use crate::codecs::exchange::{
    Codec, Counts, Document, Documents, Fault, MemorySink, Options, Part, SentencePair,
};
use std::cell::Cell;

/// The documents of a data set, or the first of them.
pub(super) struct Through<'a> {
    data: &'a dyn Documents,
    parts: Vec<Part>,
    limit: usize,
    /// How often a part was asked for.
    walks: Cell<usize>,
    step: Option<&'a dyn Fn()>,
}

impl<'a> Through<'a> {
    /// All of them; `step` is called after each.
    pub(super) fn all(data: &'a dyn Documents, step: &'a dyn Fn()) -> Self {
        let parts = data.parts().to_vec();
        Self { data, parts, limit: usize::MAX, walks: Cell::new(0), step: Some(step) }
    }

    /// So many of each part.
    pub(super) fn first(data: &'a dyn Documents, limit: usize) -> Self {
        let part = |part: &Part| Part { name: part.name.clone(), documents: part.documents.min(limit) };
        let parts = data.parts().iter().map(part).collect();
        Self { data, parts, limit, walks: Cell::new(0), step: None }
    }
}

impl Documents for Through<'_> {
    fn parts(&self) -> &[Part] {
        &self.parts
    }

    fn each(
        &self,
        part: usize,
        take: &mut dyn FnMut(usize, &Document) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.walks.set(self.walks.get() + 1);
        if self.limit == 0 {
            return Ok(());
        }
        let mut last = None;
        let result = self.data.each(part, &mut |i, document| {
            if i >= self.limit {
                // Nobody else can give this fault a meaning: it ends the walk below.
                last = Some(i);
                return Err(Fault::Nothing("more"));
            }
            take(i, document)?;
            if let Some(step) = self.step {
                step();
            }
            Ok(())
        });
        if last.is_some() { Ok(()) } else { result }
    }

    fn stance_labels(&self) -> &[String] {
        self.data.stance_labels()
    }

    fn options(&self) -> &Options {
        self.data.options()
    }

    fn pairs(&self, part: usize) -> &[SentencePair] {
        let all = self.data.pairs(part);
        all.get(..self.limit.saturating_mul(2)).unwrap_or(all)
    }

    fn card(&self, features: &str, counts: &Counts) -> String {
        self.data.card(features, counts)
    }
}

/// How many documents a format will ask for, the same one again each time it walks over them: found out by
/// letting it write nothing.
pub(super) fn steps(codec: &dyn Codec, data: &dyn Documents) -> usize {
    let nothing = Through::first(data, 0);
    let _ = codec.write(&nothing, &mut MemorySink::default());
    let documents: usize = data.parts().iter().map(|part| part.documents).sum();
    let walks = nothing.walks.get().div_ceil(data.parts().len().max(1)).max(1);
    documents * walks
}
