//! What the tabs of one browser tell each other, so that those that may not write follow the one that
//! does.

use crate::model::{Id, ProjectInfo};
use crate::store::Step;
use serde::{Deserialize, Serialize};

/// A word from one tab to all others. Words may be missed or heard twice; a tab that begins to follow
/// listens first and reads then, and applies each step it hears (applying one twice does nothing).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each variant is documented; its fields say what they are")]
pub enum Word {
    /// A command was carried out and stored.
    Step { project: Id<ProjectInfo>, step: Step },
    /// A tab would like to write the project: whoever writes it now, finish and say so.
    Asking { project: Id<ProjectInfo> },
    /// Everything is stored, and the one who asked may take the lock.
    Yours { project: Id<ProjectInfo> },
    /// The list of projects changed.
    ListChanged,
}

impl Word {
    /// The word as text.
    pub fn encode(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The word in a text; `None` for one that this version does not know.
    pub fn decode(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Nature;

    #[test]
    fn words_arrive_as_they_were_said_and_unknown_ones_are_not_heard() {
        let step = Step { name: "mark".into(), nature: Nature::Undo, ops: vec![], before: vec![] };
        for word in [Word::Step { project: Id::random(1), step }, Word::ListChanged] {
            assert_eq!(Word::decode(&word.encode()), Some(word));
        }
        assert_eq!(Word::decode("{\"sing\":{}}"), None);
    }
}
