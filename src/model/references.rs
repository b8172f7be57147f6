//! Which records a record points at, and a digest of what it shows.

use super::body::{Field, Nature};
use super::entry::{Body, Entry, KINDS};
use super::{Project, RecordId};
use sha2::{Digest, Sha256};
use std::sync::OnceLock;

impl Entry {
    /// The records this one points at, with the field; deleted and missing ones too. How it came to be
    /// (`made`) is no pointer.
    pub fn references(&self) -> Vec<(&'static str, RecordId)> {
        let kind = self.kind();
        let Some((_, points)) = pointers().iter().find(|(of, _)| *of == kind) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        // What nearly every record has is at hand; other fixed fields are written out to be read.
        let text = super::project::text_of(&self.body);
        found.extend(text.map(|text| ("text", text.record().clone())));
        for field in points.iter().filter(|f| f.nature != Nature::Register) {
            if !(text.is_some() && field.name == "text")
                && let Some(value) = self.fixed(field.name)
            {
                found.extend(ids_in(value.as_str()).map(|id| (field.name, id)));
            }
        }
        // Only what holds ids is written out: marked words are long, and there are many.
        self.registers(&mut |name, register| {
            if !register.is_absent() && points.iter().any(|field| field.name == name) {
                found.extend(ids_in(register.json().as_str()).map(|id| (name, id)));
            }
        });
        found
    }
}

/// Of each kind the fields that hold ids, as they are declared.
fn pointers() -> &'static [(&'static str, Vec<&'static Field>)] {
    static FOUND: OnceLock<Vec<(&str, Vec<&Field>)>> = OnceLock::new();
    FOUND.get_or_init(|| {
        let holds_ids = |f: &&Field| f.rust_type.contains("Id") || f.rust_type.contains("Holder");
        KINDS.iter().map(|(_, kind, fields)| (*kind, fields.iter().filter(holds_ids).collect())).collect()
    })
}

/// The ids in the JSON of a field that holds nothing but ids.
fn ids_in(json: &str) -> impl Iterator<Item = RecordId> + '_ {
    json.split('"').skip(1).step_by(2).filter(|s| s.as_bytes().get(3) == Some(&b':')).map(RecordId::from_file)
}

impl Project {
    /// A digest of what these records show, and of the mentions they point at: equal for equal content,
    /// whoever computes it. Ten hexadecimal bytes.
    pub fn digest<'a>(&self, records: impl IntoIterator<Item = &'a RecordId>) -> String {
        let mut all: Vec<&RecordId> = records.into_iter().collect();
        all.sort_unstable();
        all.dedup();
        let mut hash = Sha256::new();
        for id in all {
            self.shown(id, &mut hash);
            let pointed = self.entry(id).map(Entry::references).unwrap_or_default();
            for (_, mention) in pointed.iter().filter(|(_, id)| id.prefix() == "men") {
                self.shown(mention, &mut hash);
            }
        }
        hash.finalize()[..10].iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn shown(&self, id: &RecordId, hash: &mut Sha256) {
        hash.update(id.as_str());
        let Some(entry) = self.entry(id) else { return hash.update("\u{1f}missing\u{1e}") };
        hash.update(if entry.is_live() { "\u{1f}live" } else { "\u{1f}gone" });
        if let Body::Unknown(json) = &entry.body {
            hash.update(json.as_str());
        }
        // Fixed fields never change: the id stands for them.
        for (name, value) in
            entry.said().iter().filter(|(name, _)| !matches!(*name, "deleted" | "note" | "unsure"))
        {
            hash.update("\u{1f}");
            hash.update(name);
            hash.update("=");
            hash.update(value.as_str());
        }
        hash.update("\u{1e}");
    }
}
